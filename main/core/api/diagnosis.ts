import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { listCopies, secondFolder } from '#core/db/copies.ts';
import { attemptRead, outsideOf } from '#core/db/diagnosis.ts';
import { inFolder, names } from '#core/db/folder.ts';
import { migrations, newestOf } from '#core/db/migrations/all.ts';
import { secondPlace } from '#core/db/second-place.ts';
import { readKeyFileAt } from '#core/security/key-file.ts';
import type { Failure } from '#shared/api/errors.ts';
import type { Kit } from './context.ts';
import type { Vault } from './vault.ts';

/**
 * What a technician needs to know of a ledger that does not open, and nothing of what is in it: versions, names and sizes
 * of the program's own files, kinds of failures. No path (it may hold a person's name), no text of a file, no key.
 */
export function diagnosis(kit: Kit, vault: Vault, state: string, failure: Failure | null): string {
  const { folder } = vault;
  const second = secondPlace(folder);
  const secondAt = secondFolder(folder);
  const found = {
    program: kit.env.version,
    schema: newestOf(migrations),
    system: {
      platform: process.platform,
      release: os.release(),
      arch: process.arch,
      memoryMb: mb(os.totalmem()),
    },
    node: process.versions.node,
    at: kit.at(),
    state,
    isDemo: readKeyFileAt(inFolder(folder, 'key'))?.isDemo ?? null,
    failure: failure && { code: failure.code, ...numbersOf(failure.params) },
    freeMb: freeMb(folder),
    files: filesOf(folder),
    keys: (['key', 'keyCopy'] as const).map((name) => ({
      name: names[name],
      state: !fs.existsSync(inFolder(folder, name))
        ? 'missing'
        : readKeyFileAt(inFolder(folder, name))
          ? 'whole'
          : 'damaged',
    })),
    ledger: vault.key ? attemptRead(inFolder(folder, 'ledger'), vault.key, kit.env.nativeBinding) : null,
    // All that can be said of it before anybody signs in.
    ledgerFile: outsideOf(inFolder(folder, 'ledger')),
    copies: { own: sizes(inFolder(folder, 'backups')), second: secondAt === null ? null : sizes(secondAt) },
    second: second && { isThere: second.isThere, failure: second.failure?.failure.code ?? null },
  };
  return `${JSON.stringify(found, null, 1)}\n`;
}

const mb = (bytes: number) => Math.round(bytes / 2 ** 20);

/** Of a failure's facts only figures: names of files and folders stay here. */
function numbersOf(params: Failure['params']): Record<string, number> {
  return Object.fromEntries(
    Object.entries(params as Record<string, unknown>).filter(
      (pair): pair is [string, number] => typeof pair[1] === 'number',
    ),
  );
}

function freeMb(folder: string): number | null {
  try {
    const disk = fs.statfsSync(folder);
    return mb(Number(disk.bavail) * Number(disk.bsize));
  } catch {
    return null;
  }
}

const own: ReadonlySet<string> = new Set([
  ...Object.values(names),
  ...[names.ledger, names.drafts].flatMap((name) => [`${name}-wal`, `${name}-shm`]),
]);

/** The program's own files by name; of what else lies there only how many. */
function filesOf(folder: string) {
  let foreign = 0;
  const files: { name: string; bytes: number; at: string }[] = [];
  for (const name of fs.existsSync(folder) ? fs.readdirSync(folder) : []) {
    const found = fs.statSync(path.join(folder, name), { throwIfNoEntry: false });
    if (!own.has(name)) foreign++;
    else if (found)
      files.push({ name, bytes: found.isDirectory() ? 0 : found.size, at: found.mtime.toISOString() });
  }
  return { files, foreign };
}

const sizes = (place: string) => listCopies(place).map(({ name, bytes }) => ({ name, bytes }));
