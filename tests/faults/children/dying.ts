// Dies before the given operation on a file, counted from when this is called; without dying it counts them.
import fs from 'node:fs';

const counted = [
  'openSync',
  'writeFileSync',
  'fsyncSync',
  'closeSync',
  'renameSync',
  'rmSync',
  'existsSync',
] as const;

/** Gives how many operations there have been. */
export function dieAt(point: number): () => number {
  let operations = 0;
  for (const name of counted) {
    const real = fs[name] as (...parameters: unknown[]) => unknown;
    fs[name] = ((...parameters: unknown[]) => {
      operations++;
      if (operations === point) process.kill(process.pid, 'SIGKILL');
      return real(...parameters);
    }) as never;
  }
  return () => operations;
}
