import fs from 'node:fs';
import path from 'node:path';
import { AppError } from '#shared/api/errors.ts';
import type { PrintedScan } from '#shared/api/types.ts';
import type { OpenScans, Picture } from '#shared/document/print-layout.ts';
import { commandLineText as say } from '#shared/text/command-line.ts';
import { type Ledger, UsageError } from './command.ts';

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
