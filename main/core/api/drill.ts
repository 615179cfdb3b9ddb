import fs from 'node:fs';
import path from 'node:path';
import { firstBrokenEntry } from '#core/audit/chain.ts';
import { checkBackup } from '#core/db/backup.ts';
import { type Connection, connect, type ReadDb } from '#core/db/connection.ts';
import { keyBeside } from '#core/db/copies.ts';
import { inFolder, names } from '#core/db/folder.ts';
import { whileHeld } from '#core/db/held.ts';
import { contentsIn } from '#core/db/object-copies.ts';
import { objectPath, stateOfFile } from '#core/db/objects.ts';
import { sql } from '#core/db/sql.ts';
import { createRegistry, everyRecord } from '#core/ledgers/registry.ts';
import { strippedTips } from '#core/ledgers/stripped.ts';
import { contentHash, hashOfTips } from '#core/ledgers/verify.ts';
import { firstWrongVersion, tipsAt, versionsOf } from '#core/ledgers/versions.ts';
import { readKeyFileAt } from '#core/security/key-file.ts';
import { readSetting } from '#core/settings/settings.ts';
import type { DrillFault } from '#shared/api/care-types.ts';
import { ledgers } from '#shared/ledgers/all.ts';

/**
 * The steps of a restore drill, each a task of a helper. The copy goes into a folder of its own in the data folder, as a
 * restore would lay it down, and is gone at the end; it is encrypted there as everywhere. Sources: 网络安全法 23(四),
 * 网络数据安全管理条例 9; the ledger itself is only read.
 */
export const drillSteps = ['lay', 'read', 'compare', 'attachment'] as const;
export type DrillStep = (typeof drillSteps)[number];
export type DrillInput = {
  step: DrillStep;
  folder: string;
  /** The copy in its place. */
  file: string;
  key: Uint8Array;
  nativeBinding: string | null;
};
export type DrillFound = {
  fault: DrillFault | null;
  records?: number;
  isCompared?: boolean;
  hasAttachment?: boolean;
};

export function tryCopy(input: DrillInput): DrillFound {
  const steps = { lay, read, compare, attachment } satisfies Record<
    DrillStep,
    (input: DrillInput) => DrillFound
  >;
  return steps[input.step](input);
}

const laidAt = (folder: string) => path.join(inFolder(folder, 'drill'), names.ledger);

export function clearDrill(folder: string): void {
  whileHeld(() => fs.rmSync(inFolder(folder, 'drill'), { recursive: true, force: true }));
}

function lay({ folder, file, key, nativeBinding }: DrillInput): DrillFound {
  clearDrill(folder);
  fs.mkdirSync(inFolder(folder, 'drill'));
  const laid = laidAt(folder);
  try {
    fs.copyFileSync(file, laid);
    checkBackup(laid, key, nativeBinding ?? undefined);
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw error;
    return { fault: 'unreadable' };
  }
  // On a clean PC there is nothing but what lies beside the copy: its key file must be whole, and of this ledger.
  const beside = readKeyFileAt(path.join(path.dirname(file), keyBeside(path.basename(file), names.key)));
  const ledgerId = look(laid, key, nativeBinding, (db) => readSetting(db, 'ledgerId'));
  return { fault: beside?.ledgerId === ledgerId ? null : 'key' };
}

function look<T>(file: string, key: Uint8Array, native: string | null, work: (db: Connection) => T): T {
  const db = connect(file, { key, access: 'read', ...(native ? { nativeBinding: native } : {}) });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

/** Every record with all its versions, references, the log. What the program derives from them is no matter of a copy. */
function read({ folder, key, nativeBinding }: DrillInput): DrillFound {
  const registry = createRegistry(ledgers);
  return look(laidAt(folder), key, nativeBinding, (db) => {
    if (db.all(sql`select rowid from pragma_foreign_key_check`).length > 0) return { fault: 'database' };
    let records = 0;
    for (const record of everyRecord(db, registry)) {
      records++;
      if (firstWrongVersion(record, versionsOf(db, record.id)) !== null) return { fault: 'content', records };
    }
    // What was taken out counts, as in the hash of all content.
    records += strippedTips(db).length;
    return { fault: firstBrokenEntry(db) === null ? null : 'content', records };
  });
}

type Line = { commit: number; at: string | undefined };
const lineOf = (db: ReadDb, commit: number): Line => ({
  commit,
  at: db.value<string>(sql`select at from commit_entry where number = ${commit}`),
});

/** The copy against what the ledger says of itself at the copy's commit. */
function compare({ folder, key, nativeBinding }: DrillInput): DrillFound {
  const registry = createRegistry(ledgers);
  const copy = look(laidAt(folder), key, nativeBinding, (db) => {
    const commit = db.value<number | null>(sql`select max(number) from commit_entry`) ?? 0;
    return { ...contentHash(db, registry), line: lineOf(db, commit) };
  });
  const now = look(inFolder(folder, 'ledger'), key, nativeBinding, (db) => {
    const { commit } = copy.line;
    const known = registry.all.map(({ name }) => name);
    return { ...hashOfTips(tipsAt(db, commit, known)), line: lineOf(db, commit) };
  });
  // A ledger that went back to an older copy goes on under the same numbers.
  if (copy.line.at !== now.line.at) return { fault: null, isCompared: false };
  if (copy.records !== now.records) return { fault: 'counts', isCompared: true };
  return { fault: copy.hash === now.hash ? null : 'content', isCompared: true };
}

/** The newest attachment, opened from what lies beside the copy. */
function attachment({ folder, file, key, nativeBinding }: DrillInput): DrillFound {
  const contents = look(laidAt(folder), key, nativeBinding, contentsIn);
  const content = contents.at(-1);
  if (!content) return { fault: null, hasAttachment: false };
  const at = objectPath(path.join(path.dirname(file), names.objects), content.object);
  return { fault: stateOfFile(at, key, content) === 'whole' ? null : 'attachment', hasAttachment: true };
}
