import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { helperTasks } from '#core/api/helper-tasks.ts';
import { AppError } from '#shared/api/errors.ts';
import type { PrintedScan } from '#shared/api/types.ts';
import { packPage } from '#shared/document/print-bundle.ts';
import { layOut, type OpenScans, type PageAnswer, type Pictures } from '#shared/document/print-layout.ts';
import type { Places } from './places.ts';

/** What the program's own print mode answers without a screen (main/electron/program-arguments.ts). */
const statusNeedsScreen = 3;
const notFound = 127;

/**
 * Prints a document to PDF through the program's own page, started hidden. The document goes in by standard input:
 * nothing readable is left in a temporary file. Throws `needs-window` where there is no program or no screen,
 * `print-failed`.
 */
export async function printToPdf(html: string, pdf: string, places: Places): Promise<void> {
  await runPrinter(places, ['--print-report', '-', pdf], pdf, [html]);
}

/**
 * A paper or a file as the window prints it, with its numbers and what is attached; gives the pages, and the titles of
 * PDFs that could not be taken apart. Errors as of `printToPdf`, and those of the questions.
 */
export async function printPages(
  pdf: string,
  places: Places,
  { ask, open, namesPages }: PageQuestions,
): Promise<{ pages: number; beside: string[] }> {
  const laidOut = await layOut(
    {
      toPdf: (html, pictures = new Map()) => throughFile(pdf, places, html, pictures),
      places: (made) => helperTasks['document.places']({ pdf: made }),
    },
    namesPages,
    ask,
    open,
  );
  const { pdf: made, numbers, placed } = laidOut;
  const bound = await helperTasks['document.bind']({
    pdf: made,
    scans: placed,
    ...(numbers ? { numbers } : {}),
  });
  writeBeside(pdf, bound.pdf);
  const beside = placed.filter(({ at }) => bound.beside.includes(at)).map(({ title }) => title);
  return { pages: bound.pages, beside };
}

export type PageQuestions = {
  ask(more: { pages?: Record<string, number> }): Promise<PageAnswer>;
  open(scans: readonly PrintedScan[]): Promise<OpenScans>;
  /** Whether the page is asked for again with the pages that its pieces turned out to have. */
  namesPages: boolean;
};

const besideOf = (pdf: string) => `${pdf}.${process.pid}.tmp`;

/** The hidden program writes beside the file that was named; what it wrote is taken up and put away at once. */
async function throughFile(
  pdf: string,
  places: Places,
  html: string,
  pictures: Pictures,
): Promise<Uint8Array> {
  const beside = besideOf(pdf);
  try {
    await runPrinter(
      places,
      ['--print-pages', beside],
      beside,
      packPage(html, pictures, (text) => Buffer.from(text, 'utf8')),
    );
    return fs.readFileSync(beside);
  } finally {
    fs.rmSync(beside, { force: true });
  }
}

/** Throws `file-unwritable`. */
function writeBeside(pdf: string, bytes: Uint8Array): void {
  const beside = besideOf(pdf);
  try {
    fs.writeFileSync(beside, bytes);
    fs.renameSync(beside, pdf);
  } catch (error) {
    fs.rmSync(beside, { force: true });
    throw new AppError('file-unwritable', { file: path.basename(pdf) }, { cause: error });
  }
}

async function runPrinter(
  places: Places,
  args: string[],
  out: string,
  input: readonly (string | Uint8Array)[],
): Promise<void> {
  const command = printCommand(places, args);
  if (command === null) throw new AppError('needs-window', {});
  const { status, complaint } = await feed(command, input);
  if (status === statusNeedsScreen || status === notFound) throw new AppError('needs-window', {});
  if (status !== 0 || !fs.existsSync(out)) throw new AppError('print-failed', { reason: complaint });
}

/** The packaged program is its own printer; a working copy starts its runtime through the tools; else there is none. */
function printCommand({ isPackaged, root }: Places, args: string[]): [string, string[]] | null {
  if (isPackaged) {
    const until = process.argv.indexOf('--cli');
    // What the command line ran with to do without a screen would keep the printer from one.
    const switches = process.argv
      .slice(1, until)
      .filter((one) => !/^--(ozone-platform|log-level)=/.test(one));
    return [process.execPath, [...switches, ...args]];
  }
  const starter = path.join(root, 'main', 'tools', 'start.ts');
  if (process.versions.electron || !fs.existsSync(starter)) return null;
  return [process.execPath, [starter, ...args]];
}

function feed(
  [program, args]: [string, string[]],
  input: readonly (string | Uint8Array)[],
): Promise<{ status: number; complaint: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr.on('data', (part: Buffer) => {
      complaint = (complaint + part.toString('utf8')).slice(-400);
    });
    child.on('error', () => resolve({ status: notFound, complaint: '' }));
    child.on('close', (status) =>
      resolve({ status: status ?? 1, complaint: complaint.trim().split('\n').at(-1) ?? '' }),
    );
    // A program that ends before it has read everything closes the pipe; its status says why.
    child.stdin.on('error', () => undefined);
    for (const part of input) child.stdin.write(part);
    child.stdin.end();
  });
}
