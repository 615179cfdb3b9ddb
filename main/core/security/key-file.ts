import { createCipheriv, createDecipheriv, createHash, randomBytes, scrypt } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { besideFiles, type Exchanged, type Laid, layBeside } from '#core/db/beside.ts';
import { isFull } from '#core/db/connection.ts';
import { keyPathBeside } from '#core/db/copies.ts';
import { inFolder, names } from '#core/db/folder.ts';
import { AppError } from '#shared/api/errors.ts';
import type { UnitLevel } from '#shared/api/types.ts';
import type { KeyPair, Sealed as SealedTo } from './sealed-to.ts';
import { newPair, openPair, type SealingKeys, shareWith, wrapPair } from './sealing-key.ts';
import { openSigner, type SealedSigner, type Signer, sealSigner } from './signer.ts';

/**
 * The key file: one random data key, wrapped once for every account and once for the recovery key. It stands in two
 * copies. Names are kept as hashes; what the sign-in page shows (unit, demo) is the only clear text.
 * A slot's own authentication tag alone decides whether a password is right.
 */
export type KeyFile = {
  format: 1;
  ledgerId: string;
  unit: string;
  level: UnitLevel;
  isDemo: boolean;
  salt: string;
  slots: KeySlot[];
  /** The level above that may open the ledger for somebody who forgot his password: the data key, sealed to it. */
  help?: { unitCode: string; unitName: string; signKey: string; key: SealedTo };
  /** The key of sealed records, for those who may decide on them. */
  sealing?: SealingKeys;
};

export type KeySlot = {
  kind: 'account' | 'recovery';
  /** Hash of the account's name with the file's salt; '' for the recovery key. */
  who: string;
  kdf: { name: 'scrypt'; cost: number; salt: string };
  nonce: string;
  wrapped: string;
  tag: string;
  /** The signing key of an account that holds the audit duty, under the same password. */
  signer?: SealedSigner;
  /** The pair of keys of whoever may open what is sealed, under the same secret. */
  sealer?: SealedSigner;
};

/** What stands under a password besides the data key. */
export type OwnKeys = { signer?: Signer | null; sealer?: KeyPair | null };

/** 64 MiB and about a third of a second on the machines meant (scrypt is what Electron's BoringSSL has). */
export const kdfCost = 2 ** 16;
/** No look-alikes: read out on the telephone and typed back from paper. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const keyBytes = 32;

function derive(secret: string, slot: { cost: number; salt: string }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N: slot.cost, r: 8, p: 1, maxmem: 256 * slot.cost * 8 };
    scrypt(secret.normalize('NFC'), Buffer.from(slot.salt, 'base64'), keyBytes, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

export function whoOf(salt: string, name: string): string {
  return createHash('sha256').update(salt).update(name.normalize('NFC')).digest('base64');
}

export async function wrap(
  kind: KeySlot['kind'],
  who: string,
  secret: string,
  key: Uint8Array,
  cost: number,
  { signer, sealer }: OwnKeys = {},
): Promise<KeySlot> {
  const kdf = { name: 'scrypt' as const, cost, salt: randomBytes(16).toString('base64') };
  const nonce = randomBytes(12);
  const derived = await derive(secret, kdf);
  const cipher = createCipheriv('aes-256-gcm', derived, nonce);
  cipher.setAAD(Buffer.from(`${kind}\n${who}`));
  const wrapped = Buffer.concat([cipher.update(key), cipher.final()]);
  return {
    kind,
    who,
    kdf,
    nonce: nonce.toString('base64'),
    wrapped: wrapped.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    ...(signer ? { signer: sealSigner(signer, derived) } : {}),
    ...(sealer ? { sealer: wrapPair(sealer, derived) } : {}),
  };
}

/** What a secret opens: the data key, and what keys of its own the slot has. */
export type Opened = { key: Uint8Array; signer: Signer | null; sealer: KeyPair | null };

/** Null where the secret is not the slot's. */
export async function unwrap(slot: KeySlot, secret: string): Promise<Opened | null> {
  const derived = await derive(secret, slot.kdf);
  const decipher = createDecipheriv('aes-256-gcm', derived, Buffer.from(slot.nonce, 'base64'));
  decipher.setAAD(Buffer.from(`${slot.kind}\n${slot.who}`));
  decipher.setAuthTag(Buffer.from(slot.tag, 'base64'));
  try {
    const key = Buffer.concat([decipher.update(Buffer.from(slot.wrapped, 'base64')), decipher.final()]);
    return {
      key,
      signer: slot.signer ? openSigner(slot.signer, derived) : null,
      sealer: slot.sealer ? openPair(slot.sealer, derived) : null,
    };
  } catch {
    return null;
  }
}

export function newDataKey(): Uint8Array {
  return randomBytes(keyBytes);
}

/** Eight groups of five, about 196 bits; shown once. */
export function newRecoveryKey(): string {
  const letters: string[] = [];
  while (letters.length < 40) {
    for (const byte of randomBytes(64)) {
      // Bytes at or above the last whole multiple would make the first letters likelier.
      if (byte < 256 - (256 % alphabet.length) && letters.length < 40)
        letters.push(alphabet[byte % alphabet.length] ?? '');
    }
  }
  return Array.from({ length: 8 }, (_, group) => letters.slice(group * 5, group * 5 + 5).join('')).join('-');
}

export function normaliseRecoveryKey(typed: string): string {
  const letters = typed.toUpperCase().replace(/[^0-9A-Z]/g, '');
  return (letters.match(/.{1,5}/g) ?? []).join('-');
}

export type NewKeyFile = {
  ledgerId: string;
  unit: string;
  level: UnitLevel;
  isDemo: boolean;
  accounts: { name: string; password: string; canUnseal?: boolean }[];
  recoveryKey: string;
  key: Uint8Array;
  cost?: number;
};

export async function makeKeyFile(options: NewKeyFile): Promise<KeyFile> {
  const salt = randomBytes(16).toString('base64');
  const cost = options.cost ?? kdfCost;
  const own = { sealer: newPair() };
  const holders = [own.sealer.publicKey];
  const slots: KeySlot[] = [await wrap('recovery', '', options.recoveryKey, options.key, cost, own)];
  for (const { name, password, canUnseal } of options.accounts) {
    const sealer = canUnseal ? newPair() : null;
    if (sealer) holders.push(sealer.publicKey);
    slots.push(await wrap('account', whoOf(salt, name), password, options.key, cost, { sealer }));
  }
  const { ledgerId, unit, level, isDemo } = options;
  const sealing = shareWith(newPair(), holders);
  return { format: 1, ledgerId, unit, level, isDemo, salt, slots, sealing };
}

/**
 * The key under a password of an account, for `withSlot`. Nothing is re-encrypted. The account's own keys go along where
 * they are given; without them, they are made anew at the next sign-in.
 */
export function slotFor(
  file: KeyFile,
  name: string,
  password: string,
  key: Uint8Array,
  own: OwnKeys = {},
): Promise<KeySlot> {
  return wrap('account', whoOf(file.salt, name), password, key, file.slots[0]?.kdf.cost ?? kdfCost, own);
}

/**
 * The file with a slot in place of the one that it had for the same account, or for the recovery key. Deriving a key takes
 * a while, in which another's password may change: a slot goes into the file as it stands when it is written.
 */
export function withSlot(file: KeyFile, slot: KeySlot): KeyFile {
  const others = file.slots.filter(({ kind, who }) => kind !== slot.kind || who !== slot.who);
  return { ...file, slots: [...others, slot] };
}

/** Takes an account's way to the key away. */
export function dropPassword(file: KeyFile, name: string): KeyFile {
  const who = whoOf(file.salt, name);
  return { ...file, slots: file.slots.filter((slot) => slot.kind !== 'account' || slot.who !== who) };
}

/** What an account's password opens; null for a wrong name or password, which are not told apart. */
export async function openByPassword(file: KeyFile, name: string, password: string): Promise<Opened | null> {
  const who = whoOf(file.salt, name);
  const slot = file.slots.find((candidate) => candidate.kind === 'account' && candidate.who === who);
  if (slot) return unwrap(slot, password);
  // An unknown name takes as long as a wrong password.
  await derive(password, { cost: file.slots[0]?.kdf.cost ?? kdfCost, salt: file.salt });
  return null;
}

/** Something small that only a password opens, in the form of a slot. */
export const wrapUnder = (password: string, secret: Uint8Array, cost: number = kdfCost) =>
  wrap('account', '', password, secret, cost);

export const openUnder = async (slot: KeySlot, password: string) =>
  (await unwrap(slot, password))?.key ?? null;

/** The data key alone. */
export const keyByPassword = async (file: KeyFile, name: string, password: string) =>
  (await openByPassword(file, name, password))?.key ?? null;

type Sealed = { file: KeyFile; sum: string };
const sumOf = (file: KeyFile) => createHash('sha256').update(JSON.stringify(file)).digest('base64');

export function writeKeyFile(folder: string, file: KeyFile): void {
  exchangeKeyFile(folder, file).keep();
}

/** Both copies of it; what goes with it in the ledger may still fail (db/beside.ts). */
export const exchangeKeyFile = (folder: string, file: KeyFile): Exchanged =>
  layKeyFile(folder, file).exchange();

/** The same, laid and not yet in its place. */
export const layKeyFile = (folder: string, file: KeyFile): Laid =>
  layBeside(folder, 'key', `${JSON.stringify({ file, sum: sumOf(file) } satisfies Sealed, null, 1)}\n`);

/** Null where the file does not exist; `damaged` where it cannot be read or its sum is wrong. */
function readOne(at: string): KeyFile | 'damaged' | null {
  let text: string;
  try {
    text = fs.readFileSync(at, 'utf8');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : 'damaged';
  }
  try {
    const { file, sum } = JSON.parse(text) as Sealed;
    return file.format === 1 && sumOf(file) === sum ? file : 'damaged';
  } catch {
    return 'damaged';
  }
}

/** A key file that lies anywhere; null where there is none or it cannot be read. */
export function readKeyFileAt(at: string): KeyFile | null {
  const found = readOne(at);
  return found === 'damaged' ? null : found;
}

/**
 * The key file of a folder; null where neither copy exists. One damaged or missing copy is mended from the other.
 * Throws `key-file-damaged` where no copy can be read.
 */
export function readKeyFile(folder: string): KeyFile | null {
  const first = readOne(inFolder(folder, 'key'));
  const second = readOne(inFolder(folder, 'keyCopy'));
  if (first === null && second === null) return null;
  const whole = [first, second].find((file): file is KeyFile => file !== null && file !== 'damaged');
  if (!whole) throw new AppError('key-file-damaged', { folder });
  // The copy is written first: where both can be read and differ, the copy is the newer one.
  const newest = second !== null && second !== 'damaged' ? second : whole;
  if (
    typeof first !== 'object' ||
    typeof second !== 'object' ||
    first === null ||
    second === null ||
    sumOf(first) !== sumOf(second)
  ) {
    try {
      writeKeyFile(folder, newest);
    } catch (error) {
      if (!isFull(error)) throw error; // it opens the ledger as it is, and is mended when there is room
    }
  }
  return newest;
}

/**
 * After a restore: the key file that stands beside the copy, where the folder's own cannot be read or belongs to
 * another ledger. A sound one of the same ledger stays, because passwords may have changed since the copy was made.
 */
export function takeKeyBeside(folder: string, backup: string): void {
  const beside = readOne(keyPathBeside(folder, backup));
  if (beside === null || beside === 'damaged') return;
  let own: KeyFile | null = null;
  try {
    own = readKeyFile(folder);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  if (own?.ledgerId === beside.ledgerId) return;
  const aside = inFolder(folder, 'aside');
  fs.mkdirSync(aside, { recursive: true });
  // They may be the only key of another ledger; what it signed would refuse the new key.
  for (const name of [names.key, names.keyCopy, names.identity, names.identityCopy, names.destroyed]) {
    const from = path.join(folder, name);
    if (fs.existsSync(from)) fs.copyFileSync(from, path.join(aside, `${backup}-${name}`));
  }
  for (const name of besideFiles.identity) fs.rmSync(inFolder(folder, name), { force: true });
  writeKeyFile(folder, beside);
}
