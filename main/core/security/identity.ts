import { createHmac, timingSafeEqual } from 'node:crypto';
import fs from 'node:fs';
import { inFolder, writeDurably } from '#core/db/folder.ts';
import type { KeptBlock, KeptPattern } from '#core/settings/number-block.ts';
import { AppError } from '#shared/api/errors.ts';
import type { SealBasis } from '#shared/domain/sealing.ts';

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
};

/**
 * A small file beside the database that says, under the data key, which ledger this is and the last numbers it gave.
 * It tells a key of another ledger (`wrong-key`) from a damaged database, which the cipher alone cannot.
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
  /** What is sealed, without its content: an older copy that comes back is sealed again by it. */
  sealed?: KeptSealing[];
};

const sign = (key: Uint8Array, text: string) => createHmac('sha256', key).update(text).digest();

export function writeIdentity(folder: string, key: Uint8Array, identity: LedgerIdentity): void {
  const text = JSON.stringify(identity);
  writeDurably(
    inFolder(folder, 'identity'),
    `${JSON.stringify({ text, tag: sign(key, text).toString('base64') })}\n`,
  );
}

/** Which ledger a folder's file names, unproven: it helps to choose a key, which then proves itself. */
export function ledgerIdBeside(folder: string): string | null {
  try {
    const { text } = JSON.parse(fs.readFileSync(inFolder(folder, 'identity'), 'utf8')) as { text: string };
    const { ledgerId } = JSON.parse(text) as LedgerIdentity;
    return typeof ledgerId === 'string' ? ledgerId : null;
  } catch {
    return null;
  }
}

/** Null where there is no such file or it cannot be read. Throws `wrong-key` where another key signed it. */
export function readIdentity(folder: string, key: Uint8Array): LedgerIdentity | null {
  let sealed: { text: string; tag: string };
  try {
    sealed = JSON.parse(fs.readFileSync(inFolder(folder, 'identity'), 'utf8'));
    if (typeof sealed.text !== 'string' || typeof sealed.tag !== 'string') return null;
  } catch {
    return null;
  }
  const tag = Buffer.from(sealed.tag, 'base64');
  const right = sign(key, sealed.text);
  if (tag.length !== right.length || !timingSafeEqual(tag, right)) {
    throw new AppError('wrong-key', { file: inFolder(folder, 'key') });
  }
  return JSON.parse(sealed.text) as LedgerIdentity;
}
