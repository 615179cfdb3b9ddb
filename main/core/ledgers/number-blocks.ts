import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { id as name, sql } from '#core/db/sql.ts';
import type { Block, KeptBlock, Paper, PaperState } from '#core/settings/number-block.ts';
import { AppError, type FieldProblem, type FormNumberFault } from '#shared/api/errors.ts';
import type { RecordContent } from '#shared/api/types.ts';
import { caseNumberKey, hasPrefix, parseCaseNumber } from '#shared/domain/case-number.ts';
import { columnOf, type LedgerSpec, numberOrder } from '#shared/ledgers/describe.ts';
import { hiddenText } from '#shared/text/words.ts';
import {
  advance,
  drawFromBlocks,
  isOwner,
  knownPattern,
  orderIn,
  patternsOf,
  prefixFor,
  type Run,
  type Series,
  textOf,
  yearOf,
} from './numbering.ts';
import type { WriteContext } from './store.ts';

const columns = sql`id, ledger, scope, year, first, last, purpose, holder, pattern, drawn, granted_at as grantedAt, account`;

export function allBlocks(db: ReadDb, ledger?: string): Block[] {
  const where = ledger === undefined ? sql`` : sql`where ledger = ${ledger}`;
  return db.all<Block>(sql`select ${columns} from number_block ${where}
    order by ledger, year desc, scope, first`);
}

export function papersOf(db: ReadDb, blockId: string): Paper[] {
  return db.all<Paper>(sql`select number, state, record_id as recordId, reason from paper_number
    where block_id = ${blockId} order by number`);
}

export const blockText = (block: Block, number: number) =>
  textOf({ scope: block.scope, year: block.year, pattern: knownPattern(block.pattern) }, number);

/** Puts a block into the books of this ledger, with the paper numbers it stands for; one that is there stays as it is. */
export function addBlock(db: WriteDb, block: Block): boolean {
  const known = db.value(sql`select 1 from number_block where id = ${block.id}`);
  if (known !== undefined) return false;
  db.run(sql`insert into number_block (id, ledger, scope, year, first, last, purpose, holder, pattern, drawn, granted_at, account)
    values (${block.id}, ${block.ledger}, ${block.scope}, ${block.year}, ${block.first}, ${block.last}, ${block.purpose},
            ${block.holder}, ${block.pattern}, ${block.drawn}, ${block.grantedAt}, ${block.account})`);
  if (block.purpose !== 'paper') return true;
  for (let number = block.first; number <= block.last; number++) {
    db.run(sql`insert into paper_number (block_id, number, ledger, key, state, changed_at)
      values (${block.id}, ${number}, ${block.ledger}, ${caseNumberKey(blockText(block, number))}, 'free', ${block.grantedAt})`);
  }
  return true;
}

export type Giving = { purpose: Block['purpose']; holder: string; account: string };

function give(context: WriteContext, series: Series, { first, last, pattern }: Run, giving: Giving): Block {
  const block: Block = {
    id: context.newId(),
    ledger: series.ledger,
    scope: series.scope,
    year: series.year,
    first,
    last,
    ...giving,
    pattern: pattern.source,
    drawn: first - 1,
    grantedAt: context.at,
  };
  addBlock(context.db, block);
  context.moved.hasOthers = true;
  return block;
}

/** The next numbers of a series for another installation: the owner's alone. Throws `number-not-owner`. */
export function grantBlock(
  context: WriteContext,
  ledger: LedgerSpec,
  series: Series,
  count: number,
  to: { holder: string; account: string },
): Block {
  if (!isOwner(context)) throw new AppError('number-not-owner', {});
  const first = advance(context, ledger, series, count);
  const run = { first, last: first + count - 1, pattern: series.pattern };
  return give(context, series, run, { purpose: 'installation', ...to });
}

/**
 * The next numbers of a series for paper forms: the owner counts up, another installation takes them out of its own
 * blocks, in several rows where one does not hold them all. Throws `number-no-block`.
 */
export function reservePaper(
  context: WriteContext,
  ledger: LedgerSpec,
  series: Series,
  count: number,
  account: string,
): Block[] {
  const giving = { purpose: 'paper' as const, holder: context.installation, account };
  if (isOwner(context)) {
    const first = advance(context, ledger, series, count);
    return [give(context, series, { first, last: first + count - 1, pattern: series.pattern }, giving)];
  }
  const blocks: Block[] = [];
  for (let left = count; left > 0; ) {
    const run = drawFromBlocks(context, series, left);
    if (!run) throw new AppError('number-no-block', { count, year: series.year });
    blocks.push(give(context, series, run, giving));
    left -= run.last - run.first + 1;
  }
  return blocks;
}

type Wanted = {
  ledger: LedgerSpec;
  recordId: string;
  content: RecordContent;
  /** As typed: the whole number, or only how many it is in its series. */
  number: string;
  /** Whether the record is to be numbered now. */
  isDue: boolean;
};

type PaperRow = Block & { number: number; state: PaperState; recordId: string | null; reason: string | null };

/**
 * The number of a record that was first written on a paper form; null where it has this very number. Throws
 * `record-invalid` with what is wrong at the number's field.
 */
export function takePaperNumber(context: WriteContext, wanted: Wanted): string | null {
  const { ledger, content, recordId, number } = wanted;
  if (!ledger.number) throw new AppError('ledger-unnumbered', { ledger: ledger.title });
  const { field } = ledger.number;
  const refuse = (problem: FieldProblem): never => {
    throw new AppError('record-invalid', { count: 1 }, { fields: { [field]: problem } });
  };
  const text = number.trim();
  const row = findPaper(context, wanted, text);
  const own = content[field];
  if (typeof own === 'string' && own !== '') {
    const isSame = caseNumberKey(own) === caseNumberKey(text) || row?.recordId === recordId;
    return isSame ? null : refuse({ problem: 'number-given', text: own });
  }
  if (!wanted.isDue) return refuse({ problem: 'number-too-early', text });
  if (!row) {
    const holder = withNumber(context.db, ledger, text);
    if (holder === undefined) return refuse({ problem: 'number-unknown', text });
    return refuse({ problem: 'number-used', text, by: context.reads(holder.id) ? holder.title : null });
  }
  if (row.state === 'used') {
    const by = row.recordId === null ? undefined : titleOf(context.db, ledger, row.recordId);
    const isHidden = by !== undefined && row.recordId !== null && !context.reads(row.recordId);
    return refuse({ problem: 'number-used', text, by: isHidden ? null : (by ?? '') });
  }
  if (row.state === 'returned') return refuse({ problem: 'number-returned', text, reason: row.reason ?? '' });
  if (row.holder !== context.installation) return refuse({ problem: 'number-elsewhere', text });
  const year = yearOf(ledger, content);
  if (row.year !== year)
    return refuse({ problem: 'number-other-year', text, year: row.year, wanted: String(year) });
  const prefix = prefixFor(context, ledger, content);
  if (hasPrefix(knownPattern(row.pattern)) && row.scope !== prefix)
    return refuse({ problem: 'number-other-prefix', text, prefix: row.scope, wanted: prefix });
  settlePaper(context, row, 'used', { recordId });
  return blockText(row, row.number);
}

const paperColumns = sql`b.id, b.ledger, b.scope, b.year, b.first, b.last, b.purpose, b.holder, b.pattern, b.drawn,
  b.granted_at as grantedAt, b.account, p.number, p.state, p.record_id as recordId, p.reason`;

/** By its text; by digits alone or as 第25号, the one of the record's own series and year. */
function findPaper(context: WriteContext, wanted: Wanted, text: string): PaperRow | undefined {
  const { ledger, content } = wanted;
  const digits = /^第?(\d{1,7})号?$/.exec(caseNumberKey(text))?.[1];
  if (digits === undefined) return paperByText(context.db, ledger, text);
  const year = yearOf(ledger, content);
  const prefix = prefixFor(context, ledger, content);
  const rows = context.db.all<PaperRow>(sql`select ${paperColumns} from number_block b
    join paper_number p on p.block_id = b.id and p.number = ${Number(digits)}
    where b.ledger = ${ledger.name} and b.year = ${year} and b.purpose = 'paper' and b.scope in (${prefix}, '')
    order by p.state = 'free' desc`);
  return rows.find((row) => row.scope === (hasPrefix(knownPattern(row.pattern)) ? prefix : ''));
}

export function paperByText(db: ReadDb, ledger: LedgerSpec, text: string): PaperRow | undefined {
  return db.get<PaperRow>(sql`select ${paperColumns} from paper_number p join number_block b on b.id = p.block_id
    where p.ledger = ${ledger.name} and p.key = ${caseNumberKey(text)}`);
}

/**
 * A paper number that a form may be printed under: one of this installation's that nothing was done with yet. Gives it as
 * it was reserved. Throws `form-number-refused` with the reason.
 */
export function formNumber(
  db: ReadDb,
  ledger: LedgerSpec,
  number: string,
  { installation, reads }: Pick<WriteContext, 'installation' | 'reads'>,
): string {
  const row = paperByText(db, ledger, number);
  const refuse = (why: FormNumberFault, by = ''): never => {
    throw new AppError('form-number-refused', { number, why, by });
  };
  if (!row) {
    const holder = withNumber(db, ledger, number);
    if (holder) return refuse('used', reads(holder.id) ? holder.title : hiddenText);
    return refuse(isElsewhere(db, ledger, number, installation) ? 'elsewhere' : 'unknown');
  }
  if (row.holder !== installation) return refuse('elsewhere');
  if (row.state === 'returned') return refuse('void', row.reason ?? '');
  if (row.state === 'used') {
    const by = row.recordId === null ? undefined : titleOf(db, ledger, row.recordId);
    const isHidden = by !== undefined && row.recordId !== null && !reads(row.recordId);
    return refuse('used', isHidden ? hiddenText : (by ?? ''));
  }
  return blockText(row, row.number);
}

/** Whether the number lies in a block that was given to another installation. */
function isElsewhere(db: ReadDb, ledger: LedgerSpec, text: string, installation: string): boolean {
  return patternsOf(db, ledger).all.some((pattern) => {
    const seen = parseCaseNumber(pattern, text);
    if (!seen) return false;
    const { year, number, prefix } = seen;
    return (
      db.value(sql`select 1 from number_block where ledger = ${ledger.name} and year = ${year}
        and scope = ${prefix} and ${number} between first and last and holder <> ${installation}`) !==
      undefined
    );
  });
}

function settlePaper(
  context: WriteContext,
  { id, number }: PaperRow,
  state: PaperState,
  { recordId = null, reason = null }: { recordId?: string | null; reason?: string | null },
): void {
  context.db.run(sql`update paper_number
    set state = ${state}, record_id = ${recordId}, reason = ${reason}, changed_at = ${context.at}
    where block_id = ${id} and number = ${number}`);
  context.moved.hasOthers = true;
}

/** A paper number that will not be used: it is kept with the reason and never given again. */
export function returnPaper(context: WriteContext, ledger: LedgerSpec, text: string, reason: string): void {
  const row = paperByText(context.db, ledger, text);
  if (!row) throw new AppError('number-unknown', { number: text });
  if (row.state !== 'free') throw new AppError('number-settled', { number: text });
  settlePaper(context, row, 'returned', { reason });
}

function titleOf(db: ReadDb, ledger: LedgerSpec, recordId: string): string | undefined {
  return db.value<string>(sql`select title from ${name(ledger.table)} where id = ${recordId}`);
}

/** Who has a number, so that a used one is not called unknown. */
function withNumber(db: ReadDb, ledger: LedgerSpec, text: string): { id: string; title: string } | undefined {
  const field = ledger.number?.field ?? '';
  const order = orderIn(patternsOf(db, ledger), text);
  if (order === null) return undefined;
  const key = caseNumberKey(text);
  return db
    .all<{
      id: string;
      title: string;
      number: string;
    }>(sql`select id, title, ${name(columnOf(field))} as number
      from ${name(ledger.table)} where ${name(numberOrder)} = ${order}`)
    .find(({ number }) => caseNumberKey(String(number)) === key);
}

export function keptBlocks(db: ReadDb): KeptBlock[] {
  return allBlocks(db).map((block) =>
    block.purpose === 'paper'
      ? { ...block, settled: papersOf(db, block.id).filter(({ state }) => state !== 'free') }
      : block,
  );
}

/** Takes back into the books what a restore took out of them. */
export function recallBlock(db: WriteDb, { settled = [], ...block }: KeptBlock, at: string): void {
  addBlock(db, block);
  for (const { number, state, recordId, reason } of settled) {
    db.run(sql`update paper_number set state = ${state}, record_id = ${recordId}, reason = ${reason}, changed_at = ${at}
      where block_id = ${block.id} and number = ${number} and state = 'free'`);
  }
}

export function raiseDrawn(db: WriteDb, blockId: string, to: number): void {
  db.run(sql`update number_block set drawn = min(last, max(drawn, ${to})) where id = ${blockId}`);
}
