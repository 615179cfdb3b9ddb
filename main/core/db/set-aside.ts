import fs from 'node:fs';
import path from 'node:path';
import type { AsideState, SetAside } from '#shared/api/care-types.ts';
import { AppError } from '#shared/api/errors.ts';
import { asideDays } from '#shared/domain/keeping-copies.ts';
import { inFolder, names } from './folder.ts';
import { isGone } from './held.ts';

/**
 * What a restore, a repair or a damaged file put aside is there for second thoughts, and holds what was sealed or
 * destroyed since: it goes after as many days, when copies are given up, or earlier where somebody says so. What bears no
 * moment in its name was put there by somebody else and stays.
 */
const day = 86_400_000;
const stamp = /^(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})/;

function instantOf(name: string): string | null {
  const [, date, hours, minutes, seconds] = stamp.exec(name) ?? [];
  return date === undefined ? null : `${date}T${hours}:${minutes}:${seconds}.000Z`;
}

const namesIn = (aside: string) => (fs.existsSync(aside) ? fs.readdirSync(aside).sort() : []);

export function dropOldAside(folder: string, now: string): void {
  const aside = inFolder(folder, 'aside');
  const until = Date.parse(now) - asideDays * day;
  for (const name of namesIn(aside)) {
    const instant = instantOf(name);
    if (instant === null || Date.parse(instant.slice(0, 10)) >= until) continue;
    const at = path.join(aside, name);
    const found = fs.statSync(at);
    // A single file bears the day when it was last written, which may lie long before it was put here.
    if (found.isDirectory() || found.ctimeMs < until) isGone(at); // or the next time, where it is held
  }
}

function bytesIn(at: string): number {
  const found = fs.statSync(at);
  if (!found.isDirectory()) return found.size;
  return fs.readdirSync(at).reduce((sum, name) => sum + bytesIn(path.join(at, name)), 0);
}

function kindOf(aside: string, name: string): SetAside['kind'] {
  if (fs.existsSync(path.join(aside, name, names.ledger))) return 'ledger';
  if (name.endsWith(names.key) || name.endsWith(names.keyCopy)) return 'key';
  return name.includes(names.drafts) || fs.existsSync(path.join(aside, name, names.drafts))
    ? 'drafts'
    : 'other';
}

/**
 * What was set aside, newest first. It is needed while the ledger is damaged, and as long as no copy was made after it: until
 * then what it held besides the copy stands nowhere else.
 */
export function asideState(folder: string, newestCopy: string | null): AsideState {
  const aside = inFolder(folder, 'aside');
  const all = namesIn(aside);
  const entries = all.flatMap((name): SetAside[] => {
    const at = instantOf(name);
    if (at === null) return [];
    const goesAt = new Date(Date.parse(at) + (asideDays + 1) * day).toISOString();
    return [{ name, kind: kindOf(aside, name), at, goesAt, bytes: bytesIn(path.join(aside, name)) }];
  });
  entries.sort((one, other) => (one.at < other.at ? 1 : -1));
  const newest = entries[0]?.at ?? '';
  const isDamaged = fs.existsSync(inFolder(folder, 'damaged'));
  const neededFor =
    entries.length === 0 ? null : isDamaged ? 'damaged' : (newestCopy ?? '') <= newest ? 'copy' : null;
  return { entries, others: all.length - entries.length, neededFor };
}

/** Throws `aside-kept` where something of it cannot be taken away. */
export function dropAside(folder: string, given: readonly string[]): void {
  const aside = inFolder(folder, 'aside');
  const kept = given.filter((name) => !isGone(path.join(aside, name)));
  if (kept.length > 0) throw new AppError('aside-kept', { folder: aside, count: kept.length });
}
