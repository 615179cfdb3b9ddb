import fs from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Terminal } from './command.ts';

const write = (stream: NodeJS.WriteStream) => (text: string) =>
  new Promise<void>((resolve) => {
    stream.write(text, () => resolve());
  });

/** The command line of the program; resolves to its exit status once everything is written. */
export async function main(argv: string[]): Promise<number> {
  keepCompiled();
  const { findPlaces } = await import('./places.ts');
  const { runLine } = await import('./run.ts');
  const terminal: Terminal = {
    env: process.env,
    out: write(process.stdout),
    err: write(process.stderr),
    isWatched: process.stderr.isTTY === true,
  };
  return runLine(argv, terminal, findPlaces(import.meta.url));
}

/**
 * Node strips the types of two hundred files at every start, which takes longer than most commands; it can keep what
 * it made of them (Node 22 and later; a bundle needs none of it).
 */
function keepCompiled(): void {
  const file = fileURLToPath(import.meta.url);
  const node = module as typeof module & { enableCompileCache?: (folder: string) => unknown };
  if (file.endsWith('.ts'))
    node.enableCompileCache?.(path.join(path.dirname(file), '..', '..', 'out', 'compiled'));
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
