import fs from 'node:fs';
import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { flushFolder, inFolder, writeDurably } from '#core/db/folder.ts';
import { whileHeld } from '#core/db/held.ts';
import { sql } from '#core/db/sql.ts';
import { readSetting, writeSetting } from './settings.ts';

/**
 * Why a folder gets a new installation id at its next opening: it went back to a copy (`instead`: it is the same place
 * and takes over what the old id had, for nobody goes on under that), or it is a second copy of a ledger that goes on
 * elsewhere (`beside`: it takes over nothing).
 */
export type NewInstallation = 'instead' | 'beside';

/**
 * Asked before anything is moved: an id drawn without need does little harm, one missing would. Gives what takes the
 * asking back where nothing was moved after all.
 */
export function askNewInstallation(folder: string, why: NewInstallation): () => void {
  const before = askedInstallation(folder);
  writeDurably(inFolder(folder, 'installation'), why);
  return () => {
    if (before === null) clearAskedInstallation(folder);
  };
}

export function askedInstallation(folder: string): NewInstallation | null {
  const file = inFolder(folder, 'installation');
  if (!fs.existsSync(file)) return null;
  return fs.readFileSync(file, 'utf8') === 'beside' ? 'beside' : 'instead';
}

export function clearAskedInstallation(folder: string): void {
  whileHeld(() => fs.rmSync(inFolder(folder, 'installation'), { force: true }));
  flushFolder(folder);
}

/** What the signed file says of the installation that this folder was. */
export type FormerInstallation = { installation: string; was?: string[]; ownsNumbers?: boolean };

/** Ids that this place had before. */
export function formerInstallations(db: ReadDb): string[] {
  return (readSetting(db, 'installationWas') ?? '').split(' ').filter((id) => id !== '');
}

/**
 * Draws a new installation id. `instead` takes over the blocks and, where the place had it, the ownership of the unit's
 * numbers. The signed file tells whose place it is: a copy that was made by another installation says nothing of that,
 * and two owners would give the same numbers.
 */
export function drawInstallation(
  db: WriteDb,
  options: { id: string; at: string; why: NewInstallation; former: FormerInstallation | null },
): void {
  const { id, at, why, former } = options;
  const found = readSetting(db, 'installationId') ?? '';
  const isFoundOwner = readSetting(db, 'numberOwner') === found;
  db.run(
    sql`insert into installation (id, unit_id, created_at) values (${id}, ${readSetting(db, 'unitId')}, ${at})`,
  );
  writeSetting(db, 'installationId', id);
  if (why === 'beside') {
    writeSetting(db, 'installationWas', '');
    // The owner is somebody else, also where the copy was made by the owner.
    if (readSetting(db, 'numberOwner') === null) writeSetting(db, 'numberOwner', found);
    return;
  }
  const own = former ? [former.installation, ...(former.was ?? [])] : [];
  const isSamePlace = former === null || own.includes(found);
  const before = new Set([...own, ...(isSamePlace ? [found, ...formerInstallations(db)] : [])]);
  before.delete('');
  writeSetting(db, 'installationWas', [...before].join(' '));
  for (const old of before) {
    db.run(sql`update number_block set holder = ${id} where holder = ${old}`);
  }
  if (former?.ownsNumbers ?? (isSamePlace && isFoundOwner)) writeSetting(db, 'numberOwner', id);
}
