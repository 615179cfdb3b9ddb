import fs from 'node:fs';
import path from 'node:path';
import { AppError } from '#shared/api/errors.ts';
import type { Printable, PrintedScan } from '#shared/api/types.ts';
import type { OpenScans, Picture } from '#shared/document/print-layout.ts';
import { commandLineText as say } from '#shared/text/command-line.ts';
import { type Ledger, type OptionValues, UsageError } from './command.ts';
import type { Places } from './places.ts';

/** The file for a PDF besides `--out`; null where none was asked for. Looked at before anything is written. */
export function pdfBeside(options: Readonly<Record<string, unknown>>, out: string): string | null {
  const pdf = typeof options.pdf === 'string' ? path.resolve(options.pdf) : null;
  if (pdf !== null && pdf === path.resolve(out))
    throw new UsageError(say.badOption('pdf', String(options.pdf)));
  for (const file of [path.resolve(out), pdf]) {
    if (file !== null && options.force !== true && fs.existsSync(file))
      throw new AppError('file-exists', { file: path.basename(file) });
  }
  return pdf;
}

/** A sheet that is printed and not kept, as PDF. Throws `file-exists` before anybody signs in. */
export async function sheetToPdf(
  options: OptionValues,
  places: Places,
  ask: () => Promise<() => Promise<Printable>>,
): Promise<{ pdf: string; pages: number }> {
  const pdf = path.resolve(String(options.pdf));
  if (options.force !== true && fs.existsSync(pdf))
    throw new AppError('file-exists', { file: path.basename(pdf) });
  const asked = await ask();
  const { printPages } = await import('./print.ts');
  const { pages } = await printPages(pdf, places, {
    ask: asked,
    open: async () => ({ pictures: new Map(), pdfs: new Map() }),
    namesPages: false,
  });
  return { pdf, pages };
}

/** What is attached, one by one, as the window opens it: each is an entry in the log. */
export async function openScans(ledger: Ledger, scans: readonly PrintedScan[]): Promise<OpenScans> {
  const pictures = new Map<string, Picture>();
  const pdfs = new Map<string, Uint8Array>();
  for (const { id, isPicture } of scans) {
    const { attachment, content } = await ledger.call('attachment.view', { id, removed: true });
    if (isPicture) pictures.set(id, { content, type: attachment.mediaType });
    else pdfs.set(id, content);
  }
  return { pictures, pdfs };
}
