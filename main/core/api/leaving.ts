import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { type AuditActor, lastEntry } from '#core/audit/chain.ts';
import { digestOfFile } from '#core/db/file-digest.ts';
import { writeDurably } from '#core/db/folder.ts';
import { isGone } from '#core/db/held.ts';
import { sql } from '#core/db/sql.ts';
import { decipherText, encipherText } from '#core/security/enciphered-text.ts';
import type { AuditEntry, AuditNote, Peer } from './contract.ts';
import { openConnection, openKey, type Vault } from './vault.ts';

/**
 * Files that leave the ledger (网络数据安全管理条例 art. 12: who was given what, when and what for, kept three years). The
 * entry of the log follows the file, so that a file that could not be written is not one that left; a program that dies in
 * between leaves a file of which nobody knows. So what is about to leave stands in a small enciphered file before the
 * first byte of it is written, and the next opening makes the entry of it that is missing.
 */
export type Leaves = (file: LeavingFile) => Leaving;
export type LeavingFile = {
  at: string;
  /** Under which name it is written first; null where whoever writes it clears that away himself. */
  temporary: string | null;
  /** SHA-256 in hexadecimal digits; null where the bytes are not known beforehand and what is there counts. */
  digest: string | null;
};
/** `over`: the entry stands, or the file is gone; `becomes`: the bytes are known now. */
export type Leaving = { over(): void; becomes(digest: string): void };

/** How far a file had come when its program died. Words: `auditDetail`. */
type Ended = 'written' | 'half' | 'stray' | 'absent' | 'unknown';

type Pending = LeavingFile & { id: string; entry: AuditEntry; after: number };

const purpose = 'leaving 1';
const pendingName = /^leaving-[0-9a-f]{16}\.pending$/;
/** The act of an entry that was to be made of a file that nobody can read any more. */
const unread = 'leaving.unread';

/** Who, when and where. */
type By = AuditActor & { at: string };
type Way = {
  by: By;
  /** As far as it is known when the file is written; values are never among it. */
  note: AuditNote;
  /** The entry is told under which name it is waited for. */
  wrote(id: string): void;
};

/** Throws what writing throws, before anything of the file is written. */
export function leave(vault: Vault, { by, note, wrote }: Way, file: LeavingFile): Leaving {
  const id = randomBytes(8).toString('hex');
  wrote(id);
  // The entry that is to come has a higher number than the last one now.
  const after = lastEntry(openConnection(vault))?.entry ?? 0;
  const pending: Pending = { ...file, id, entry: { ...by, note }, after };
  const at = path.join(vault.folder, `leaving-${id}.pending`);
  const key = openKey(vault);
  const write = (one: Pending) => writeDurably(at, encipherText(key, purpose, JSON.stringify(one)));
  write(pending);
  return {
    over: () => fs.rmSync(at, { force: true }),
    becomes: (digest) => write({ ...pending, digest }),
  };
}

/** What programs left that died; half ones go at once, as the files that they speak of were not begun. */
export function leftBehind(folder: string): string[] {
  const all = fs.readdirSync(folder);
  for (const name of all)
    if (pendingName.test(name.replace(/\.tmp$/, '')) && name.endsWith('.tmp'))
      isGone(path.join(folder, name)); // or a scanner holds it, and it goes at the next opening
  return all.filter((name) => pendingName.test(name)).map((name) => path.join(folder, name));
}

/** The entries that are missing, by `leftBehind`; `by` speaks for those of which nobody can read who it was. */
export async function takeUpLeft(
  left: readonly string[],
  { vault, peer, by }: { vault: Vault; peer: Peer; by(): By },
): Promise<void> {
  for (const at of left) {
    const entry = missingEntry(at, vault, by);
    if (entry) await peer.request({ is: 'audit', entries: [entry] });
    fs.rmSync(at, { force: true });
  }
}

/** Null where the entry stands and only the note of it was left. What another key made, or was harmed, gets one that says so. */
function missingEntry(at: string, vault: Vault, by: () => By): AuditEntry | null {
  const text = decipherText(openKey(vault), purpose, fs.readFileSync(at));
  const nothing = { ledger: null, recordId: null, version: null, detail: {} };
  if (text === null) return { ...by(), note: { action: unread, ...nothing } };
  const { id, entry, after, ...file } = JSON.parse(text) as Pending;
  const { action, detail } = entry.note;
  const isLogged = openConnection(vault).value(
    sql`select 1 from audit_entry where seq > ${after} and action = ${action} and instr(detail, ${id}) > 0`,
  );
  if (isLogged !== undefined) return null;
  return { ...entry, note: { ...entry.note, detail: { ...detail, ended: endOf(file) } } };
}

/** Whether it stands where it was to be, or its half does. */
export function hasLeft({ at, temporary, digest }: LeavingFile): Ended {
  try {
    if (temporary !== null && fs.statSync(temporary, { throwIfNoEntry: false })?.isFile()) return 'half';
    if (fs.existsSync(at) && (digest === null || digestOfFile(at) === digest)) return 'written';
    // A stick that was taken out says nothing of what is on it.
    return fs.existsSync(path.dirname(at)) ? 'absent' : 'unknown';
  } catch {
    return 'unknown';
  }
}

/** The same at an opening. What bears the name of before it was whole is this program's own, and of no use to anybody. */
function endOf(file: LeavingFile): Ended {
  const found = hasLeft(file);
  if (found !== 'half' || file.temporary === null) return found;
  if (!isGone(file.temporary)) return 'stray';
  const rest = hasLeft(file);
  return rest === 'absent' ? 'half' : rest;
}
