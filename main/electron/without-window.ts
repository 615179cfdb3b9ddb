import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { app } from 'electron';
import { createHelperRunner } from '#host/helper-runner.ts';
import { unpackPage } from '#shared/document/print-bundle.ts';
import { createPrintPages } from './files/print-pages.ts';
import { writeComplete } from './files/write-complete.ts';
import type { Places } from './places.ts';
import { createPrinter } from './print.ts';

/** `--cli`: the command line inside the packaged program; no lock, no window, its own exit status. */
export async function runCommandLine(places: Places, argv: string[]): Promise<void> {
  await aside(async () => {
    const { main } = createRequire(places.cli)(places.cli) as { main: (argv: string[]) => Promise<number> };
    return main(argv);
  });
}

/** `--print-report HTML OUT`: one document to PDF with page numbers; status 1 and one line when it failed. */
export async function runPrint(places: Places, html: string, out: string): Promise<void> {
  await aside(async () => {
    await app.whenReady();
    const pages = createPrintPages();
    const source = html === '-' ? await text(standardInput()) : await readFile(html, 'utf8');
    const pdf = await createPrinter(pages).toPdf(source);
    const stamped = await createHelperRunner(places.helperFile)('document.numberPages', { pdf });
    const { pdf: bytes, pages: count } = stamped as { pdf: Uint8Array; pages: number };
    await writeComplete(out, bytes);
    process.stdout.write(`${JSON.stringify({ pages: count })}\n`);
    return 0;
  });
}

/** `--print-pages OUT`: what comes by standard input, to a PDF as the browser lays it out. */
export async function runPrintPages(out: string): Promise<void> {
  await aside(async () => {
    await app.whenReady();
    const pages = createPrintPages();
    const { html, pictures } = unpackPage(await buffer(standardInput()), (bytes) =>
      Buffer.from(bytes).toString('utf8'),
    );
    await writeComplete(out, await createPrinter(pages).toPdf(html, pictures));
    return 0;
  });
}

/** On Windows Electron puts an empty stream in the place of standard input; the pipe itself is still there. */
function standardInput(): Readable {
  return process.platform === 'win32' ? createReadStream('', { fd: 0 }) : process.stdin;
}

/** Runs beside an open window, so Chromium's own files (nothing of a document is among them) have another folder. */
async function aside(work: () => Promise<number>): Promise<void> {
  app.setPath('userData', join(process.env.JUDICIAL_USER_DATA || app.getPath('userData'), 'aside'));
  app.on('window-all-closed', () => undefined);
  let status = 1;
  try {
    status = await work();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`);
  }
  app.exit(status);
}
