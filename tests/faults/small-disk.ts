// A small disk of its own (tmpfs) with exactly so much left free as a test wants.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const pageBytes = 4096;
/** Where disks are mounted: in a name space that ends with the child, so its parent removes the empty folders. */
const disksAt = 'SMALL_DISKS';

/** A script again, where it may mount: as root, or as the root of a name space of its own. The answer is its last line. */
export function againWithMounts(script: string, parameters: readonly string[]): unknown {
  const own = [process.execPath, script, ...parameters, 'mounted'];
  const ways = [
    ['unshare', '-m', ...own],
    ['unshare', '-rm', ...own],
  ];
  const disks = fs.mkdtempSync(path.join(os.tmpdir(), 'judicial-ledger-disks-'));
  let said = '';
  try {
    for (const [command = '', ...rest] of ways) {
      const { status, stdout, stderr } = spawnSync(command, rest, {
        encoding: 'utf8',
        maxBuffer: 2 ** 26,
        env: { ...process.env, [disksAt]: disks },
      });
      if (status === 0) return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
      said += stderr;
    }
  } finally {
    fs.rmSync(disks, { recursive: true });
  }
  throw new Error(`a small disk cannot be mounted here, as root or with user name spaces:\n${said}`);
}

export type SmallDisk = {
  at: string;
  /** Leaves so many pages free, no more and no fewer. */
  fill(pages: number): void;
  /** Gives the room back. */
  empty(): void;
  freePages(): number;
};

export function smallDisk(sizeMb: number): SmallDisk {
  const at = fs.mkdtempSync(path.join(process.env[disksAt] ?? os.tmpdir(), 'disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m`, 'tmpfs', at], {
    encoding: 'utf8',
  });
  if (mounted.status !== 0) throw new Error(mounted.stderr);
  const ballast = path.join(at, 'ballast');
  const real = fs.statfsSync;
  const freePages = () => Number(real(at).bavail);
  const empty = () => fs.rmSync(ballast, { force: true });
  return {
    at,
    fill(pages) {
      empty();
      const handle = fs.openSync(ballast, 'w');
      const block = Buffer.alloc(pageBytes * 64);
      for (let left = freePages() - pages; left > 0; left = freePages() - pages)
        fs.writeSync(handle, block, 0, Math.min(left, 64) * pageBytes);
      fs.closeSync(handle);
      if (freePages() !== pages) throw new Error(`${freePages()} pages are free, not ${pages}`);
    },
    empty,
    freePages,
  };
}
