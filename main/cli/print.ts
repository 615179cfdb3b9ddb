import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { AppError } from '#shared/api/errors.ts';
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
  const command = printCommand(places, ['--print-report', '-', pdf]);
  if (command === null) throw new AppError('needs-window', {});
  const { status, complaint } = await feed(command, html);
  if (status === statusNeedsScreen || status === notFound) throw new AppError('needs-window', {});
  if (status !== 0 || !fs.existsSync(pdf)) throw new AppError('print-failed', { reason: complaint });
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
  text: string,
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
    child.stdin.end(text);
  });
}
