// What is asked again and again in the registers of community correction is read from an index: numbers of papers, a
// person's days of leave and admonitions, what belongs to somebody, what an account of one station sees (there, and of 笔录
// and media). The pages of
// lists, the board and the figures have their plans in ledger/schema, cases/board-plan and statistics/counted.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lastOfQuery } from '#core/cases/due-entries.ts';
import { activeRules } from '#core/cases/rules.ts';
import { numberKey } from '#core/db/number-key.ts';
import { type Sql, sql } from '#core/db/sql.ts';
import { paperBook } from '#core/documents/paper-book.ts';
import { seriesOf, typedQuery } from '#core/documents/paper-numbers.ts';
import { few } from '#core/ledgers/list-count.ts';
import { gathered, memberWalk } from '#core/ledgers/list-page.ts';
import { ofUnits, relatedQuery, sharingQuery } from '#core/ledgers/related.ts';
import { partsWithin } from '#core/ledgers/seen.ts';
import { caseNumberKey } from '#shared/domain/case-number.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { columnOf, type LedgerSpec } from '#shared/ledgers/describe.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
beforeAll(async () => {
  program = await aProgram({ isCounty: true });
});
afterAll(() => program.close());

const planOf = (query: Sql) =>
  program.look((db) =>
    db
      .all<{ detail: string }>({ text: `explain query plan ${query.text}`, values: query.values })
      .map(({ detail }) => detail),
  );
const find = (name: string) => ledgers.find((one) => one.name === name) as LedgerSpec;
const registry = { all: ledgers, find } as never;
const ofCorrection = ledgers.filter(({ table }) => table.startsWith('correction_'));

const numbered = paperBook().papers.filter((paper) => seriesOf(paper) !== null);
test.each(numbered.map((paper) => [paper.kind, paper] as const))(
  'whether a number of %s was typed is one look into its index',
  async (_kind, paper) => {
    const ledger = find(paper.ledger ?? '');
    const plan = await planOf(typedQuery(paper, { ledger, id: 'x' }, '〔2025〕金司矫评字第1号'));
    expect(plan).toEqual([
      expect.stringMatching(/^SEARCH correction_\w+ USING (COVERING )?INDEX \w+_reads_\w+ \(<expr>=\?\)$/),
    ]);
  },
);

test('the index has a number as a person reads it', async () => {
  const spelling = fc.constantFrom(
    ...[' ', '\u3000', '\u00a0', '\t', '\n', '〔', '〕', '[', ']', '（', '）', '(', ')', '［', '］'],
    ...['0', '９', '5', 'Ａ', 'z', 'ｚ', '字', '第', '号', '金'],
  );
  const texts = fc.array(spelling, { maxLength: 14 }).map((parts) => parts.join(''));
  await program.look((db) =>
    fc.assert(
      fc.property(texts, (text) => {
        expect(db.value(sql`select ${numberKey(sql`${text}`)}`)).toBe(caseNumberKey(text));
      }),
    ),
  );
});

const meets = { from: 'leaveFrom', to: ['returnedOn', 'leaveTo'], first: '2025-01-01', last: '2025-01-09' };
test.each([
  ['leaves that overlap', 'leave', ['leaveFrom', 'returnedOn', 'leaveTo', 'destination'], meets],
  ['days of leave', 'leave', ['leaveFrom', 'leaveTo'], undefined],
  ['admonitions and warnings', 'measure', ['kind', 'decidedOn'], undefined],
])('a person’s %s are read without the records', async (_what, ledger, needs, within) => {
  const asked = { field: 'personId', value: 'x', needs, ...(within ? { meets: within } : {}) };
  expect(await planOf(sharingQuery(find(ledger), { seq: 1 }, asked))).toEqual([
    expect.stringMatching(/^SEARCH correction_\w+ USING COVERING INDEX \w+ \(person_id=\?/),
  ]);
});

const pointing = ofCorrection.flatMap((ledger) =>
  Object.entries(ledger.fields)
    .filter(([, spec]) => spec.kind === 'ref' && spec.ref === 'correction')
    .map(([field]) => ({ ledger, field })),
);
test.each(pointing.map(({ ledger, field }) => [`${ledger.name}.${field}`, ledger, field] as const))(
  'what belongs to a person by %s comes from an index in its order',
  async (_name, ledger, field) => {
    for (const within of [sql``, ofUnits(['one', 'two'])])
      expect(await planOf(relatedQuery(ledger, field, 'x', within))).toEqual([
        expect.stringMatching(
          new RegExp(`^SEARCH ${ledger.table} USING INDEX \\w+ \\(${columnOf(field)}=\\?\\)$`),
        ),
      ]);
  },
);

test('a rule that begins anew with the last of its kind finds that one by an index', async () => {
  const all = await program.look((db) => activeRules(db).flatMap(({ lastOf }) => lastOf ?? []));
  expect(all.length).toBeGreaterThan(0);
  for (const lastOf of all)
    expect(await planOf(lastOfQuery(find(lastOf.ledger), lastOf, 'x')), lastOf.ledger).toEqual([
      expect.stringMatching(/^SEARCH \w+ USING INDEX \w+_by_person \(person_id=\?\)$/),
    ]);
});

// 笔录 of a case and loans of a medium too: every register whose records are parts of others
const parts = ledgers.filter(({ partOf }) => partOf !== undefined);
const wholeOf = ({ partOf = '', fields }: LedgerSpec) => find(fields[partOf]?.ref ?? '').table;
test.each(parts.map((ledger) => [ledger.name, ledger] as const))(
  'what an account of one station sees of %s is found by unit and by person: nothing is gone through',
  async (_name, ledger) => {
    expect(parts.length).toBeGreaterThanOrEqual(11);
    const whole = wholeOf(ledger);
    const seen = { unitIds: ['one', 'two'], ledgers: null };
    const [part] = partsWithin(registry, ledger, undefined, seen).filter(({ field }) => field === 'unitId');
    if (!part) throw new Error('not limited');
    const plan = await planOf(sql`select 1 from (select 1 as seq) where ${part.test}`);
    const read = plan.filter((line) => line.includes(ledger.table) || line.includes(whole));
    expect(read.filter((line) => line.startsWith('SCAN'))).toEqual([]);
    expect(read).toContainEqual(
      `SEARCH ${ledger.table} USING COVERING INDEX ${ledger.table}_by_unit (unit_id=?)`,
    );
    expect(read).toContainEqual(`SEARCH ${whole} USING COVERING INDEX ${whole}_by_unit (unit_id=?)`);
  },
);

const wholes = [...new Set(parts.map(wholeOf))].map(
  (table) => ledgers.find((one) => one.table === table) as LedgerSpec,
);
test.each(wholes.map((ledger) => [ledger.name, ledger] as const))(
  'all of %s that an account of one station sees are named by the index of units',
  async (_name, ledger) => {
    const filter = { unitId: ['one', 'two'] };
    const [units = null] = partsWithin(registry, ledger, filter, { unitIds: ['one', 'two'], ledgers: null });
    const wanted = { all: 10_000, sized: [], units, total: 5000 };
    const byUnit = `SEARCH ${ledger.table} USING COVERING INDEX ${ledger.table}_by_unit (unit_id=?)`;
    const place = { sort: { field: 'title', descending: false }, offset: 0, limit: 100 };
    expect(await planOf(gathered(ledger, wanted, place, few))).toContain(byUnit);
    const walk = await planOf(memberWalk(ledger, wanted, place));
    expect(walk).toContain(byUnit);
    expect(walk[0]).toMatch(
      new RegExp(`^SCAN ${ledger.table} USING COVERING INDEX ${ledger.table}_by_title`),
    );
    expect(walk.filter((line) => line.includes('TEMP B-TREE FOR ORDER'))).toEqual([]);
  },
);
