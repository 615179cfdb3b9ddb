import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { besideFiles, type Exchanged, exchangeBeside } from '#core/db/beside.ts';
import { inFolder, names } from '#core/db/folder.ts';
import type { KeptBlock, KeptPattern } from '#core/settings/number-block.ts';
import type { HeadPurpose } from '#shared/api/audit-types.ts';
import { AppError } from '#shared/api/errors.ts';
import type { SealBasis } from '#shared/domain/sealing.ts';
import type { KeptAccount } from './accounts.ts';
import { decipherText, encipherText } from './enciphered-text.ts';
import type { SealingKeys } from './sealing-key.ts';

/** A sealing as it was decided (sealing/requests.ts); accounts by their id, the reason under the sealing key as base64. */
export type KeptSealing = {
  id: string;
  recordId: string;
  ledger: string;
  unitId: string;
  basis: SealBasis;
  reason: string;
  appliedAt: string;
  appliedBy: string;
  decidedAt: string;
  decidedBy: string;
  /** Whoever decided at the level above, and the second key that it holds (`sealing/lock.ts`). */
  decidedAbove?: string;
  lock?: SealingKeys;
};

/** The last head of the log that was given out (audit/heads.ts). */
export type KeptHead = { entry: number; hash: string; at: string; purpose: HeadPurpose };

/**
 * A small file beside the database, in two copies, that says which ledger this is, what a restore must not take back (the
 * last numbers, blocks and patterns) and what is sealed. Only which ledger it is stands in clear: that has to be known
 * before there is a key. It tells a key of another ledger (`wrong-key`) from a damaged database, which the cipher alone
 * cannot.
 */
export type LedgerIdentity = {
  ledgerId: string;
  installation: string;
  /** Ids that this place had before a restore. */
  was?: string[];
  /** Whether this is the installation that owns the unit's numbers. */
  ownsNumbers?: boolean;
  /** The last number of every series and the last one drawn of every block. */
  numbers: Record<string, number>;
  /** How far they may have come since. */
  ahead?: Record<string, number>;
  blocks?: KeptBlock[];
  /** Every pattern chosen, in order: a restore brings back none that went before it. */
  patterns?: KeptPattern[];
  /** The newest commit that the ledger had for certain. */
  commit?: number;
  /** The last head of the log that left the ledger: an older ledger laid in its place is known by it. */
  head?: KeptHead | null;
  /**
   * Accounts as they stand. While one of them changes both states of it are there, the newer last: a program that dies in
   * between leaves the old one or the new one.
   */
  accounts?: KeptAccount[];
  /** The last entry of the log when they became so: a ledger that has it is as new as what is said of accounts, or newer. */
  accountsEnd?: { entry: number; hash: string } | null;
  /** What is sealed, without its content: an older copy that comes back is sealed again by it. */
  sealed?: KeptSealing[];
};

type Stored = {
  ledgerId: string;
  /** The whole identity under the data key, as base64. */
  content: string;
  /** Over both, without a key: it tells a file that was harmed from one of another key. */
  sum: string;
};

const purpose = 'identity 1';
const sumOf = ({ ledgerId, content }: Omit<Stored, 'sum'>) =>
  createHash('sha256').update(`${ledgerId}\n${content}`).digest('base64');

/** Both copies of it; what goes with it in the ledger may still fail (db/beside.ts). */
export function exchangeIdentity(folder: string, key: Uint8Array, identity: LedgerIdentity): Exchanged {
  const { ledgerId } = identity;
  const content = encipherText(key, purpose, JSON.stringify(identity)).toString('base64');
  const stored = { ledgerId, content, sum: sumOf({ ledgerId, content }) } satisfies Stored;
  return exchangeBeside(folder, 'identity', `${JSON.stringify(stored)}\n`);
}

export const writeIdentity = (folder: string, key: Uint8Array, identity: LedgerIdentity): void =>
  exchangeIdentity(folder, key, identity).keep();

/** Null where there is no such file, or it was harmed. */
function readOne(at: string): Stored | null {
  try {
    const stored = JSON.parse(fs.readFileSync(at, 'utf8')) as Stored;
    return typeof stored.ledgerId === 'string' && stored.sum === sumOf(stored) ? stored : null;
  } catch {
    return null;
  }
}

/** Null where it is under another key, or of another ledger than it says. */
function open({ ledgerId, content }: Stored, key: Uint8Array): LedgerIdentity | null {
  const text = decipherText(key, purpose, Buffer.from(content, 'base64'));
  const identity = text === null ? null : (JSON.parse(text) as LedgerIdentity);
  return identity?.ledgerId === ledgerId ? identity : null;
}

/** Which ledger a file names, unproven; null where it cannot be read. */
export const ledgerIdAt = (file: string): string | null => readOne(file)?.ledgerId ?? null;

/** Which ledgers a folder's files name, unproven: it helps to choose a key, which then proves itself. */
export const ledgerIdsBeside = (folder: string): string[] =>
  besideFiles.identity.map((name) => ledgerIdAt(inFolder(folder, name))).filter((id) => id !== null);

/** What was found of a folder's identity, and the name of the file that it has to be written anew from, if any. */
export type FoundIdentity = { identity: LedgerIdentity; mendFrom: string | null };

/**
 * By the copy, which is the newer where the two differ; where it cannot be read, by the file; where neither can, by the
 * first of `others` (files beside copies of the ledger) that this key opens. Null where there is none.
 * Throws `wrong-key` where another key made the folder's own.
 */
export function findIdentity(
  folder: string,
  key: Uint8Array,
  others: readonly string[] = [],
): FoundIdentity | null {
  const own = besideFiles.identity.map((name) => ({ name, stored: readOne(inFolder(folder, name)) }));
  const whole = own.filter((one): one is typeof one & { stored: Stored } => one.stored !== null);
  for (const { name, stored } of whole) {
    const identity = open(stored, key);
    if (!identity) continue;
    const isSame = own.every((one) => one.stored?.sum === stored.sum);
    return { identity, mendFrom: isSame ? null : names[name] };
  }
  if (whole.length > 0) throw new AppError('wrong-key', { file: inFolder(folder, 'key') });
  for (const file of others) {
    const stored = readOne(file);
    const identity = stored && open(stored, key);
    if (identity) return { identity, mendFrom: path.basename(file) };
  }
  return null;
}
