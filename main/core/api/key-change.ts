import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { appendAudit } from '#core/audit/chain.ts';
import type { Connection, WriteDb } from '#core/db/connection.ts';
import { inFolder, writeDurably } from '#core/db/folder.ts';
import { isGone } from '#core/db/held.ts';
import { accountNamed, changeAccount } from '#core/security/accounts.ts';
import { decipherText, encipherText } from '#core/security/enciphered-text.ts';
import { exchangeKeyFile, type KeyFile, type KeySlot, readKeyFile } from '#core/security/key-file.ts';
import { readSetting, writeSetting } from '#core/settings/settings.ts';
import type { AuditEntry } from './contract.ts';
import { openConnection, openKey, type Vault } from './vault.ts';

/**
 * Whoever changes his own way to the key (a new password, a signing key) has it from the moment in which the key file
 * stands; the ledger follows. What it is to say then lies in a small enciphered file before, so that a program that dies
 * in between leaves the old way, or the new one with its entry at the latest at the next opening.
 */
export type OwnChange = {
  /** As it is to stand; null where nothing of it changes. */
  file: KeyFile | null;
  /** What of it is somebody's own and new. */
  slots: readonly KeySlot[];
  entries: readonly AuditEntry[];
  /** The account whose password is its own again. */
  ownAgain: string | null;
};

type Noted = { id: string; slots: readonly string[] } & Pick<OwnChange, 'entries' | 'ownAgain'>;

const purpose = 'key change 1';
const digestOf = (slot: KeySlot) => createHash('sha256').update(JSON.stringify(slot)).digest('base64');

/** The key file and what goes with it in the ledger; where that comes to nothing, the key file is as it was. */
export function changeOwnKeys(
  vault: Vault,
  { file, slots, entries, ownAgain }: OwnChange,
  commit: (also: (db: WriteDb) => void) => void,
): void {
  const settle = (db: WriteDb, at: string) => {
    if (ownAgain !== null) isOwnAgain(db, ownAgain, at);
  };
  const at = entries[0]?.at ?? '';
  if (!file) {
    commit((db) => settle(db, at));
    return;
  }
  const noted = inFolder(vault.folder, 'keyChange');
  const id = randomUUID();
  const note: Noted = { id, slots: slots.map(digestOf), entries, ownAgain };
  if (slots.length > 0) writeDurably(noted, encipherText(openKey(vault), purpose, JSON.stringify(note)));
  try {
    const { keep, takeBack } = exchangeKeyFile(vault.folder, file);
    try {
      commit((db) => {
        settle(db, at);
        if (slots.length > 0) writeSetting(db, 'keyChange', id);
      });
    } catch (error) {
      takeBack();
      throw error;
    }
    keep();
  } finally {
    // Either way it is decided; what a scanner holds goes at the next opening.
    if (slots.length > 0) isGone(noted);
  }
}

/** At an opening: the ledger follows a key file that stood before the program died. */
export function takeUpKeyChange(vault: Vault): void {
  const noted = inFolder(vault.folder, 'keyChange');
  if (!fs.existsSync(noted)) return;
  const text = decipherText(openKey(vault), purpose, fs.readFileSync(noted));
  // Under another key it speaks of another ledger, and half of one was never followed by a change.
  const note = text === null ? null : (JSON.parse(text) as Noted);
  if (note && stands(vault.folder, note)) follow(openConnection(vault), note);
  isGone(noted);
}

function stands(folder: string, { slots }: Noted): boolean {
  const standing = new Set(readKeyFile(folder)?.slots.map(digestOf));
  return slots.every((slot) => standing.has(slot));
}

function follow(connection: Connection, { id, entries, ownAgain }: Noted): void {
  connection.transaction((db) => {
    if (readSetting(db, 'keyChange') === id) return;
    for (const { at, note, ...actor } of entries) appendAudit(db, at, actor, note);
    if (ownAgain !== null) isOwnAgain(db, ownAgain, entries[0]?.at ?? '');
    writeSetting(db, 'keyChange', id);
  });
}

/** The password is its owner's own again. */
function isOwnAgain(db: WriteDb, name: string, at: string): void {
  const account = accountNamed(db, name);
  if (account?.mustChange) changeAccount(db, account, { mustChange: false }, at);
}
