import type { ReadDb } from '#core/db/connection.ts';
import { id, join, sql } from '#core/db/sql.ts';
import { AppError } from '#shared/api/errors.ts';
import { columnOf } from '#shared/ledgers/describe.ts';
import { commonText } from '#shared/text/window.ts';
import type { NameReader } from './name-reader.ts';
import { type Registry, titleOf } from './registry.ts';

/** Records to choose from, by what is typed of their titles. */

/** So many of the newest are looked through for a title, at every sign that is typed; of a small register all. */
const mostLookedThrough = 5000;
/** And so many where letters are typed: what a name sounds like is worked out once, at 0.2 ms a long one. */
const mostReadAloud = 1000;
/** For SQLite: no limit. */
const all = -1;

type Reader = Pick<NameReader, 'readings'>;
const readAloud = new WeakMap<Reader, Map<string, Map<string, readonly string[]>>>();

/**
 * What the titles of a register sound like, by title. Kept of the last time for those that still stand, whatever else
 * the reader of names had to forget since: ten thousand names of committees take 0.2 s of a processor to read anew.
 */
function readingsOf(
  ledger: string,
  titles: readonly string[],
  names: Reader,
): Map<string, readonly string[]> {
  const registers = readAloud.get(names) ?? new Map<string, Map<string, readonly string[]>>();
  readAloud.set(names, registers);
  const before = registers.get(ledger);
  const now = new Map<string, readonly string[]>();
  for (const title of titles)
    now.set(
      title,
      before?.get(title) ?? [
        title.toLowerCase(),
        ...title.split(commonText.comma).flatMap((name) => names.readings(name)),
      ],
    );
  registers.set(ledger, now);
  return now;
}

/** How well letters fit a title as it is written and read: 0 begins so, 1 holds them, 2 not at all. */
function fitOf(said: readonly string[], letters: string): 0 | 1 | 2 {
  if (said.some((one) => one.startsWith(letters))) return 0;
  return said.some((one) => one.includes(letters)) ? 1 : 2;
}

/**
 * Records to choose from in a field of kind `ref`: those in use whose title holds the text or is read so (letters typed:
 * pinyin or initials), newest first, in registers of few what is in use before the rest. Of those that name a third record (`near`: a mediator's committee) the ones that
 * name this one come first, and each says which.
 */
export function choices(
  db: ReadDb,
  registry: Registry,
  input: {
    ledger: string;
    text?: string | undefined;
    limit?: number | undefined;
    near?: { field: string; id: string | null } | undefined;
  },
  names: Reader,
  unitIds: readonly string[] | null = null,
) {
  const ledger = registry.find(input.ledger);
  const typed = (input.text ?? '').trim().toLowerCase();
  const isLetters = /^[a-z]+$/.test(typed);
  const most = input.limit ?? 20;
  const lookedThrough = ledger.isSmall ? all : isLetters ? mostReadAloud : mostLookedThrough;
  const like = isLetters ? '%' : `%${typed.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const closed = Object.entries(ledger.workflow.states)
    .filter(([, state]) => state.isClosed)
    .map(([name]) => name);
  const spec = ledger.fields[input.near?.field ?? ''];
  if (input.near && spec?.kind !== 'ref') throw new AppError('filter-unknown', { field: input.near.field });
  const other = input.near ? id(columnOf(input.near.field)) : sql`null`;
  // Of what lasts for years, what is in use comes before what is lost, in repair or stopped
  const inUse = ledger.isSmall ? sql`state = ${ledger.workflow.initial}` : sql`1`;
  const rows = db.all<{ id: string; title: string; state: string; other: string | null }>(sql`
    select id, title, state, other from (
      select id, title, state, unit_id, ${id(columnOf(ledger.day))} as of_day, seq, ${other} as other
      from ${id(ledger.table)} order by ${id(columnOf(ledger.day))} desc, seq desc
      limit ${lookedThrough})
    where title like ${like} escape ${'\\'} and state not in (${join(closed)})
    ${unitIds === null ? sql`` : sql`and unit_id in (${join(unitIds)})`}
    order by other is ${input.near?.id ?? null} desc, ${inUse} desc, of_day desc, seq desc
    limit ${isLetters ? all : most}`);
  const isNear = ({ other: one }: (typeof rows)[number]) => one !== null && one === input.near?.id;
  const said = isLetters
    ? readingsOf(
        ledger.name,
        rows.map(({ title }) => title),
        names,
      )
    : null;
  const fitting = said
    ? rows
        .map((row) => ({ row, fit: fitOf(said.get(row.title) ?? [], typed) }))
        .filter(({ fit }) => fit < 2)
        .sort((one, two) => Number(isNear(two.row)) - Number(isNear(one.row)) || one.fit - two.fit)
        .map(({ row }) => row)
        .slice(0, most)
    : rows;
  return fitting.map((row) => ({
    id: row.id,
    label: row.title,
    note: [
      row.other === null ? null : titleOf(db, registry, spec?.ref ?? '', row.other),
      ledger.workflow.states[row.state]?.label,
    ]
      .filter(Boolean)
      .join(commonText.gap),
  }));
}
