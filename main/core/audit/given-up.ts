import type { ReadDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';

/** How far a log had come that gave way to a copy. */
export type LogEnd = { entry: number; hash: string };

const restore = 'program.restore';
const mostCarried = 50;

/**
 * All such ends that an entry of a restore names: that of the log it gave up, and of those which were given up for that one
 * before; what said so then is given up itself.
 */
export function endsNamed(detail: Record<string, unknown>): LogEnd[] {
  const { lastEntry, lastHash, givenUp } = detail;
  const own = typeof lastEntry === 'number' ? [{ entry: lastEntry, hash: String(lastHash ?? '') }] : [];
  const before = Array.isArray(givenUp) ? givenUp.map(String) : [];
  return [
    ...own,
    ...before.flatMap((text) => {
      const [entry = '', hash = ''] = text.split(' ');
      return /^\d+$/.test(entry) ? [{ entry: Number(entry), hash }] : [];
    }),
  ];
}

/** As `endsNamed` reads them. */
export const endsWritten = (ends: readonly LogEnd[]): string[] =>
  ends.slice(-mostCarried).map(({ entry, hash }) => `${entry} ${hash}`);

/** All that a log names. */
export const endsIn = (db: ReadDb): LogEnd[] =>
  db
    .column<string>(sql`select detail from audit_entry where action = ${restore} order by seq`)
    .flatMap((detail) => endsNamed(JSON.parse(detail) as Record<string, unknown>));

/** The end of the log given up that an entry with this hash may have belonged to; null where it was of none. */
export const endOver = (ends: readonly LogEnd[], { entry, hash }: LogEnd): LogEnd | null =>
  ends.find((end) => entry < end.entry || (entry === end.entry && hash === end.hash)) ?? null;
