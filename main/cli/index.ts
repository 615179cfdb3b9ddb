import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Terminal } from './command.ts';
import { findPlaces } from './places.ts';
import { runLine } from './run.ts';

const write = (stream: NodeJS.WriteStream) => (text: string) =>
  new Promise<void>((resolve) => {
    stream.write(text, () => resolve());
  });

/** The command line of the program; resolves to its exit status once everything is written. */
export function main(argv: string[]): Promise<number> {
  const terminal: Terminal = {
    env: process.env,
    out: write(process.stdout),
    err: write(process.stderr),
    isWatched: process.stderr.isTTY === true,
  };
  return runLine(argv, terminal, findPlaces(import.meta.url));
}

function isOwnProcess(): boolean {
  const [, started] = process.argv;
  if (started === undefined || process.versions.electron) return false;
  try {
    return fs.realpathSync(started) === fs.realpathSync(fileURLToPath(import.meta.url));
  } catch {
    return false;
  }
}

if (isOwnProcess()) {
  void main(process.argv.slice(2)).then((status) => {
    process.exitCode = status;
  });
}
