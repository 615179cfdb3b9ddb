import type { ReadDb } from '#core/db/connection.ts';
import { id, sql } from '#core/db/sql.ts';
import { paperSeries } from '#core/documents/paper-numbers.ts';
import { isWaiting } from '#core/ledgers/list-parts.ts';
import {
  addBlock,
  allBlocks,
  blockText,
  grantBlock,
  paperByText,
  papersOf,
  reservePaper,
  returnPaper,
} from '#core/ledgers/number-blocks.ts';
import {
  addPattern,
  counterKey,
  isOwner,
  lastOf,
  numberOf,
  ownsNumbers,
  patternsOf,
  prefixFor,
  raiseCounter,
  type Series,
  seriesFor,
} from '#core/ledgers/numbering.ts';
import { numberRecord } from '#core/ledgers/store.ts';
import { readRecord } from '#core/ledgers/table.ts';
import { openSealedText, sealText } from '#core/security/sealed-text.ts';
import { formerInstallations } from '#core/settings/installation.ts';
import type { Block } from '#core/settings/number-block.ts';
import { readSetting, writeSetting } from '#core/settings/settings.ts';
import { AppError } from '#shared/api/errors.ts';
import type { MethodName } from '#shared/api/methods.ts';
import type { NumberBlock, NumberSettings } from '#shared/api/numbering-types.ts';
import { isCaseNumberPrefix, parseCaseNumber, readCaseNumberPattern } from '#shared/domain/case-number.ts';
import { columnOf, type LedgerSpec } from '#shared/ledgers/describe.ts';
import { codeProblems, patternProblemText } from '#shared/text/numbering.ts';
import type { CommandContext, HandlersOf, Kit } from '../context.ts';

/** A register that numbers its records. Throws `ledger-unknown`, `ledger-unnumbered`. */
function numberedLedger(kit: Kit, name: string): LedgerSpec {
  const ledger = kit.registry.find(name);
  numberOf(ledger);
  return ledger;
}

/** The same, or a series of numbers of papers. */
const numbered = (kit: Kit, name: string): LedgerSpec =>
  paperSeries().find((series) => series.name === name)?.ledger ?? numberedLedger(kit, name);

const isSeries = (name: string) => paperSeries().some((series) => series.name === name);

/** Records of states that have a number, but without one. */
const waitingIn = (ledger: LedgerSpec) => sql`from ${id(ledger.table)} where ${isWaiting(ledger)}`;

const countWaiting = (db: ReadDb, ledger: LedgerSpec) =>
  db.value<number>(sql`select count(*) ${waitingIn(ledger)}`) ?? 0;

function settingsOf(db: ReadDb, ledger: LedgerSpec): NumberSettings {
  const { current, all } = patternsOf(db, ledger);
  return {
    ledger: ledger.name,
    pattern: current.source,
    former: all.map(({ source }) => source),
    prefix: readSetting(db, 'casePrefix') ?? '',
    isOwner: ownsNumbers(db),
    installation: readSetting(db, 'installationId') ?? '',
    waiting: isSeries(ledger.name) ? 0 : countWaiting(db, ledger),
  };
}

function blockFor(db: ReadDb, kit: Kit, block: Block): NumberBlock {
  const here = readSetting(db, 'installationId') ?? '';
  const isOwn = block.holder === here;
  const { table } = numbered(kit, block.ledger);
  const titleOf = (recordId: string) =>
    db.value<string>(sql`select title from ${id(table)} where id = ${recordId}`) ?? null;
  const numbers = papersOf(db, block.id).map(({ number, state, recordId, reason }) => ({
    number: blockText(block, number),
    state,
    recordId,
    title: recordId === null ? null : titleOf(recordId),
    reason,
  }));
  const free =
    block.purpose === 'paper'
      ? numbers.filter(({ state }) => state === 'free').length
      : isOwn
        ? block.last - block.drawn
        : null;
  return {
    id: block.id,
    ledger: block.ledger,
    purpose: block.purpose,
    prefix: block.scope,
    year: block.year,
    first: blockText(block, block.first),
    last: blockText(block, block.last),
    count: block.last - block.first + 1,
    free,
    installation: block.holder,
    isOwn,
    at: block.grantedAt,
    numbers,
  };
}

/** The series of a year and, by the record that the description names, of its short name. */
function seriesOf(
  context: CommandContext,
  input: { ledger: string; year: number; by?: string | undefined },
  ledger: LedgerSpec,
): {
  ledger: LedgerSpec;
  series: Series;
} {
  const by = ledger.number?.scope?.by;
  const other = by === undefined ? undefined : ledger.fields[by]?.ref;
  if (input.by !== undefined) {
    if (other === undefined || !context.kit.hasRecord(context.db, other, input.by))
      throw new AppError('record-missing', { id: input.by });
  }
  const content = by !== undefined && input.by !== undefined ? { [by]: input.by } : {};
  const prefix = prefixFor(context.write, ledger, content);
  return { ledger, series: seriesFor(context.write, ledger, prefix, input.year) };
}

function usePattern(context: CommandContext, ledger: LedgerSpec, source: string): void {
  const reading = readCaseNumberPattern(source);
  if (!reading.ok) {
    const why = reading.problems.map(patternProblemText).join('；');
    throw new AppError('number-pattern-invalid', { pattern: source, why });
  }
  if (patternsOf(context.db, ledger).current.source === source) return;
  const { at: since, moved } = context.write;
  addPattern(context.db, { ledger: ledger.name, pattern: source, since, account: context.session.account });
  moved.hasOthers = true;
}

/** What a code to take a block with is signed for. */
const purpose = 'number block';
const mostAtOnce = 1000;
const mostRaised = 5000;

export const numberingHandlers: HandlersOf<Extract<MethodName, `number.${string}`>> = {
  'number.series': () =>
    paperSeries().map(({ name, title, ledger }) => ({ series: name, title, register: ledger.title })),
  'number.settings': ({ db, kit }, { ledger }) => settingsOf(db, numbered(kit, ledger)),
  'number.blocks': ({ db, kit }, { ledger, year }) =>
    allBlocks(db, numbered(kit, ledger).name)
      .filter((block) => year === undefined || block.year === year)
      .map((block) => blockFor(db, kit, block)),
  'number.change': (context, { ledger, pattern, prefix }) => {
    const { db } = context;
    const spec = numbered(context.kit, ledger);
    if (!isOwner(context.write)) throw new AppError('number-not-owner', {});
    if (pattern !== undefined) usePattern(context, spec, pattern);
    if (prefix !== undefined) {
      const composed = prefix.normalize('NFC');
      if (!isCaseNumberPrefix(composed)) throw new AppError('number-prefix-invalid', { prefix });
      writeSetting(db, 'casePrefix', composed);
    }
    const fields = [
      ...(pattern === undefined ? [] : ['pattern']),
      ...(prefix === undefined ? [] : ['prefix']),
    ];
    context.note({ ledger, detail: { fields } });
    context.changed('*');
    return settingsOf(db, spec);
  },
  'number.reserve': (context, input) => {
    const { ledger, series } = seriesOf(context, input, numberedLedger(context.kit, input.ledger));
    const blocks = reservePaper(context.write, ledger, series, input.count, context.session.account);
    context.note({ ledger: ledger.name, detail: { year: input.year, count: input.count } });
    context.changed(ledger.name);
    const numbers = blocks.flatMap((block) =>
      papersOf(context.db, block.id).map(({ number }) => blockText(block, number)),
    );
    return { numbers };
  },
  'number.return': (context, { ledger, number, reason }) => {
    const spec = numberedLedger(context.kit, ledger);
    const row = paperByText(context.db, spec, number);
    if (row && row.holder !== context.write.installation) throw new AppError('number-elsewhere', { number });
    returnPaper(context.write, spec, number, reason);
    context.note({ ledger, detail: { count: 1 } });
    context.changed(ledger);
    return null;
  },
  'number.assign': (context, { ledger }) => {
    const spec = numberedLedger(context.kit, ledger);
    const { db } = context;
    const ids = db.column<string>(
      sql`select id ${waitingIn(spec)} order by ${id(columnOf(spec.day))}, seq limit ${mostAtOnce}`,
    );
    let numbered = 0;
    for (const recordId of ids) {
      const record = readRecord(db, spec, recordId);
      if (record && numberRecord(context.write, record).changed.length > 0) numbered += 1;
    }
    context.note({ ledger, detail: { count: numbered } });
    if (numbered > 0) context.changed(ledger);
    return { numbered, waiting: countWaiting(db, spec) };
  },
  'number.grant': (context, input) => {
    const { ledger, series } = seriesOf(context, input, numbered(context.kit, input.ledger));
    const { account } = context.session;
    const to = { holder: input.installation, account };
    const block = grantBlock(context.write, ledger, series, input.count, to);
    context.note({ ledger: ledger.name, detail: { year: input.year, count: input.count } });
    context.changed(ledger.name);
    const letter = JSON.stringify({ ledgerId: readSetting(context.db, 'ledgerId'), block });
    return { block: blockFor(context.db, context.kit, block), code: sealText(context.key, purpose, letter) };
  },
  'number.receive': (context, { code }) => {
    const { db, write } = context;
    const letter = openSealedText(context.key, purpose, code);
    if (letter === null) throw new AppError('number-code-invalid', { why: codeProblems.unreadable });
    const { ledgerId, block } = JSON.parse(letter) as { ledgerId: string; block: Block };
    if (ledgerId !== readSetting(db, 'ledgerId'))
      throw new AppError('number-code-invalid', { why: codeProblems.unreadable });
    if (block.holder !== write.installation && !formerInstallations(db).includes(block.holder))
      throw new AppError('number-code-invalid', { why: codeProblems.elsewhere });
    const own = { ...block, holder: write.installation };
    if (addBlock(db, own)) write.moved.hasOthers = true;
    // The unit's pattern is the owner's affair: with the block comes the one it is printed by.
    usePattern(context, numbered(context.kit, block.ledger), block.pattern);
    context.note({ ledger: block.ledger, detail: { year: block.year, count: block.last - block.first + 1 } });
    context.changed(block.ledger);
    const stored = allBlocks(db, block.ledger).find((one) => one.id === block.id) ?? own;
    return blockFor(db, context.kit, stored);
  },
  'number.raise': (context, { ledger, number }) => {
    const spec = numbered(context.kit, ledger);
    const { db, write } = context;
    if (!isOwner(write)) throw new AppError('number-not-owner', {});
    for (const pattern of patternsOf(db, spec).all) {
      const seen = parseCaseNumber(pattern, number);
      if (!seen) continue;
      // One digit too many could never be taken back.
      const last = lastOf(db, spec.name, seen.prefix, seen.year);
      if (seen.number > last + mostRaised) throw new AppError('number-foreign', { number });
      const isRaised = raiseCounter(db, spec.name, seen.prefix, seen.year, seen.number);
      if (isRaised) write.moved.last.set(counterKey(spec.name, seen.prefix, seen.year), seen.number);
      context.note({ ledger, detail: { isRaised } });
      return { isRaised };
    }
    throw new AppError('number-foreign', { number });
  },
};
