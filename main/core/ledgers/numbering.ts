import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import type { KeptPattern } from '#core/settings/number-block.ts';
import { readSetting } from '#core/settings/settings.ts';
import { AppError } from '#shared/api/errors.ts';
import type { RecordContent } from '#shared/api/types.ts';
import {
  type CaseNumberPattern,
  formatCaseNumber,
  hasPrefix,
  isCaseNumberPrefix,
  parseCaseNumber,
  readCaseNumberPattern,
} from '#shared/domain/case-number.ts';
import { isEmpty } from '#shared/kinds/conditions.ts';
import type { CheckResult } from '#shared/ledgers/check.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { waiverOf } from '#shared/ledgers/waivers.ts';
import { holds } from '#shared/ledgers/workflow.ts';
import { anotherWithNumber } from './same-number.ts';
import type { WriteContext } from './store.ts';

/**
 * Which number a record gets. Numbers run in series: a ledger, the short name printed in the number, a year. The
 * unit's first installation owns every series and counts it up; the others draw from the blocks it granted them. No
 * number is given twice and no gap is filled, whatever is restored, copied or set to another clock; the decisions
 * stand in README.md.
 */
export type Series = {
  ledger: string;
  /** The short name where the pattern prints one, else empty: one series for the whole ledger. */
  scope: string;
  year: number;
  pattern: CaseNumberPattern;
};

/**
 * Counters and blocks that a transaction moved, by the key of the signed file, with where they stand now; and whether it
 * changed anything else that the file keeps: blocks, paper numbers, patterns.
 */
export type MovedNumbers = { last: Map<string, number>; hasOthers: boolean };
export const nothingMoved = (): MovedNumbers => ({ last: new Map(), hasOthers: false });

export const counterKey = (ledger: string, scope: string, year: number) => `${ledger} ${scope} ${year}`;
export const blockKey = (blockId: string) => `block:${blockId}`;

export type Patterns = {
  current: CaseNumberPattern;
  /** Every pattern ever used, the oldest first: the first that reads a number is the one it was printed by, for good. */
  all: readonly CaseNumberPattern[];
};

const read = new Map<string, CaseNumberPattern>();

/** A pattern that was accepted before. */
export function knownPattern(source: string): CaseNumberPattern {
  const known = read.get(source);
  if (known) return known;
  const reading = readCaseNumberPattern(source);
  if (!reading.ok) throw new Error(`pattern cannot be read: ${source}`);
  read.set(source, reading.pattern);
  return reading.pattern;
}

/** Chosen from now on. A pattern is never forgotten: what it printed must be told from what another prints. */
export function addPattern(db: WriteDb, { ledger, pattern, since, account }: KeptPattern): void {
  db.run(sql`insert into number_pattern (ledger, pattern, since, account)
    values (${ledger}, ${pattern}, ${since}, ${account})`);
}

export function keptPatterns(db: ReadDb): KeptPattern[] {
  return db.all<KeptPattern>(sql`select ledger, pattern, since, account from number_pattern order by seq`);
}

export function patternsOf(db: ReadDb, ledger: LedgerSpec): Patterns {
  const first = numberOf(ledger).pattern;
  const later = db.column<string>(
    sql`select pattern from number_pattern where ledger = ${ledger.name} order by seq`,
  );
  const all = [...new Set([first, ...later])].map(knownPattern);
  return { current: knownPattern(later.at(-1) ?? first), all };
}

/** How a register numbers its records. Throws `ledger-unnumbered`. */
export function numberOf(ledger: LedgerSpec) {
  if (!ledger.number) throw new AppError('ledger-unnumbered', { ledger: ledger.title });
  return ledger.number;
}

const remembered = new WeakMap<WriteContext, { patterns: Map<LedgerSpec, Patterns>; isOwner?: boolean }>();

function memoryOf(context: WriteContext) {
  let memory = remembered.get(context);
  if (!memory) {
    memory = { patterns: new Map() };
    remembered.set(context, memory);
  }
  return memory;
}

function patternsFor(context: WriteContext, ledger: LedgerSpec): Patterns {
  const { patterns } = memoryOf(context);
  let known = patterns.get(ledger);
  if (!known) {
    known = patternsOf(context.db, ledger);
    patterns.set(ledger, known);
  }
  return known;
}

/** Whether this installation owns the unit's numbers. */
export function ownsNumbers(db: ReadDb): boolean {
  return readSetting(db, 'numberOwner') === readSetting(db, 'installationId');
}

export function isOwner(context: WriteContext): boolean {
  const memory = memoryOf(context);
  memory.isOwner ??= ownsNumbers(context.db);
  return memory.isOwner;
}

/** The short name in a number: that of the record which the description names, else the unit's. */
export function prefixFor(context: WriteContext, ledger: LedgerSpec, content: RecordContent): string {
  const scope = numberOf(ledger).scope;
  const id = scope && content[scope.by];
  const other = scope && ledger.fields[scope.by]?.ref;
  const own = id && other ? context.valueOf(other, String(id), scope.name) : null;
  const prefix = String(own ?? '').trim() === '' ? context.unit.prefix : String(own).trim();
  const composed = prefix.normalize('NFC');
  if (!isCaseNumberPrefix(composed)) throw new AppError('number-prefix-invalid', { prefix });
  return composed;
}

export function yearOf(ledger: LedgerSpec, content: RecordContent): number {
  return Number(String(content[ledger.day] ?? '').slice(0, 4));
}

export function seriesFor(context: WriteContext, ledger: LedgerSpec, prefix: string, year: number): Series {
  const { current } = patternsFor(context, ledger);
  return { ledger: ledger.name, scope: hasPrefix(current) ? prefix : '', year, pattern: current };
}

export function textOf({ scope, year, pattern }: Omit<Series, 'ledger'>, number: number): string {
  return formatCaseNumber(pattern, { year, prefix: scope, number });
}

/** The number of a new record; null where this installation has none left to give: the record waits for one. */
export function nextNumber(context: WriteContext, ledger: LedgerSpec, content: RecordContent): string | null {
  const prefix = prefixFor(context, ledger, content);
  const series = seriesFor(context, ledger, prefix, yearOf(ledger, content));
  if (isOwner(context)) return textOf(series, advance(context, ledger, series, 1));
  const run = drawFromBlocks(context, series, 1);
  return run && textOf({ ...series, pattern: run.pattern }, run.first);
}

/** The last number of a series that was given to anybody, nought where none was. */
export function lastOf(db: ReadDb, ledger: string, scope: string, year: number): number {
  const last = db.value<number>(
    sql`select last from number_counter where ledger = ${ledger} and scope = ${scope} and year = ${year}`,
  );
  return last ?? 0;
}

/** Counts a series up by so many numbers in a row; the first of them. The owner's alone. */
export function advance(context: WriteContext, ledger: LedgerSpec, series: Series, count: number): number {
  const { db } = context;
  const { scope, year } = series;
  const last = lastOf(db, ledger.name, scope, year);
  const first = firstFree(context, ledger, series, last + 1, count);
  setCounter(db, ledger.name, scope, year, first + count - 1, last === 0);
  context.moved.last.set(counterKey(ledger.name, scope, year), first + count - 1);
  return first;
}

// Not one "insert … on conflict … returning": it makes SQLite open a statement journal, at which the full-text index
// writes what it has gathered; one small segment for every record took 0.5 ms of each in a long transaction.
function setCounter(
  db: WriteDb,
  ledger: string,
  scope: string,
  year: number,
  last: number,
  isNew: boolean,
): void {
  if (isNew) {
    db.run(
      sql`insert into number_counter (ledger, scope, year, last) values (${ledger}, ${scope}, ${year}, ${last})`,
    );
  } else {
    db.run(sql`update number_counter set last = ${last}
      where ledger = ${ledger} and scope = ${scope} and year = ${year}`);
  }
}

/** Counts a series up to at least this number; null where it had come as far already. */
export function raiseCounter(db: WriteDb, ledger: string, scope: string, year: number, to: number): boolean {
  const last = lastOf(db, ledger, scope, year);
  if (to <= last) return false;
  setCounter(db, ledger, scope, year, to, last === 0);
  return true;
}

/**
 * The first of so many numbers in a row of which none prints as one that another pattern may have printed: with one
 * pattern a series and a number are one text; with several, two of them could be.
 */
function firstFree(
  context: WriteContext,
  ledger: LedgerSpec,
  series: Series,
  from: number,
  count: number,
): number {
  const { all } = patternsFor(context, ledger);
  if (all.length === 1) return from;
  let first = from;
  for (let number = from; number < first + count; number++) {
    if (isTaken(context, ledger, series, number, all)) first = number + 1;
  }
  return first;
}

function isTaken(
  { db }: WriteContext,
  ledger: LedgerSpec,
  { scope, year, pattern }: Series,
  number: number,
  all: readonly CaseNumberPattern[],
): boolean {
  const text = textOf({ scope, year, pattern }, number);
  return all.some((other) => {
    const seen = parseCaseNumber(other, text);
    if (!seen || (seen.prefix === scope && seen.year === year && seen.number === number)) return false;
    return seen.number <= lastOf(db, ledger.name, seen.prefix, seen.year);
  });
}

export type Run = { first: number; last: number; pattern: CaseNumberPattern };

/** The next numbers in a row, at most so many, out of the first block of this installation that has any. */
export function drawFromBlocks(context: WriteContext, series: Series, most: number): Run | null {
  const { db, installation, moved } = context;
  const { ledger, scope, year } = series;
  const block = db.get<{ id: string; drawn: number; last: number; pattern: string }>(sql`
    select id, drawn, last, pattern from number_block
    where ledger = ${ledger} and scope = ${scope} and year = ${year} and purpose = 'installation'
      and holder = ${installation} and drawn < last
    order by first limit 1`);
  if (!block) return null;
  const last = Math.min(block.last, block.drawn + most);
  db.run(sql`update number_block set drawn = ${last} where id = ${block.id}`);
  moved.last.set(blockKey(block.id), last);
  return { first: block.drawn + 1, last, pattern: knownPattern(block.pattern) };
}

/** `number_order` is year × this + number. */
export const mostInYear = 10_000_000;

/** Year and number as one whole number, by the pattern the number was printed by; null for one that is none of ours. */
export function orderOf(context: WriteContext, ledger: LedgerSpec, content: RecordContent): number | null {
  const number = ledger.number && content[ledger.number.field];
  if (typeof number !== 'string' || number === '') return null;
  return orderIn(patternsFor(context, ledger), number);
}

/**
 * Gives a record its second number, with the short name, year and number of its first, where it is time for one and
 * nobody wrote another or declared that it does not apply. What is left out by a save comes back: a draft that is sent
 * again after the program died is the same record. Where somebody wrote this very number into another record, it is left
 * empty, and said.
 */
export function fillSecondNumber(
  context: WriteContext,
  ledger: LedgerSpec,
  recordId: string | null,
  { content, warnings }: Pick<CheckResult, 'content' | 'warnings'>,
): void {
  const { field = '', also } = ledger.number ?? {};
  if (!also || isEmpty(content[field]) || !isEmpty(content[also.field])) return;
  if (waiverOf(content, also.field) !== null) return;
  if (!also.when.every((condition) => holds(content, condition))) return;
  const number = String(content[field]);
  for (const pattern of patternsFor(context, ledger).all) {
    const parsed = parseCaseNumber(pattern, number);
    if (!parsed) continue;
    const prefix = parsed.prefix === '' ? prefixFor(context, ledger, content) : parsed.prefix;
    const text = formatCaseNumber(knownPattern(also.pattern), { ...parsed, prefix });
    const by = anotherWithNumber(context.db, ledger, recordId, also.field, text);
    if (by === null) content[also.field] = text;
    else warnings[also.field] = { problem: 'number-left', text, by: context.reads(by.id) ? by.called : null };
    return;
  }
}

/** The place of a number among the others; null where no pattern printed it. */
export function orderIn({ all }: Pick<Patterns, 'all'>, number: string): number | null {
  for (const pattern of all) {
    const parsed = parseCaseNumber(pattern, number);
    if (parsed) return parsed.year * mostInYear + parsed.number;
  }
  return null;
}
