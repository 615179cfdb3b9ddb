import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { type HelpKeys, newHelpKeys } from '#core/security/password-help.ts';
import { openPlainSigner, plainSigner } from '#core/security/signer.ts';
import { readSetting, writeSetting } from '#core/settings/settings.ts';

/**
 * The unit's own pairs towards other levels: files for it are sealed to one, it signs with the other. They stay in the
 * encrypted ledger; the public halves go out on the unit's card.
 */
type Stored = { seal: HelpKeys['seal']; signer: { publicKey: string; privateKey: string } };

export function ownKeys(db: ReadDb): HelpKeys | null {
  const text = readSetting(db, 'helpKeys');
  if (text === null) return null;
  const stored = JSON.parse(text) as Stored;
  return { seal: stored.seal, signer: openPlainSigner(stored.signer) };
}

/** Made when they are first asked for. */
export function keysOf(db: WriteDb): HelpKeys {
  const known = ownKeys(db);
  if (known) return known;
  const keys = newHelpKeys();
  const stored: Stored = { seal: keys.seal, signer: plainSigner(keys.signer) };
  writeSetting(db, 'helpKeys', JSON.stringify(stored));
  return keys;
}
