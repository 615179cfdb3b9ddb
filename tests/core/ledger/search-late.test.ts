// What a save leaves beside the search index is found as if it stood in it, whatever is done in between.
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settleDerivations } from '#core/api/derivations.ts';
import type { Connection } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { settleEntries } from '#core/ledgers/search-index.ts';
import { foldForSearch } from '#shared/domain/search-text.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

const seed = Number(process.env.JUDICIAL_SEED ?? Math.floor(Math.random() * 2 ** 31));
const runs = process.env.JUDICIAL_FULL ? 200 : 8;
/** Runs that one ledger goes through; it stays small enough for every hit to be asked for. */
const runsOfOne = 20;

let program: Program;
beforeAll(async () => {
  program = await aProgram();
});
afterAll(() => program.close());

const waiting = (db: Connection) => db.value<number>(sql`select count(*) from search_recent`) ?? 0;
const howManyWait = () => program.look(waiting);
const settleAll = () =>
  program.look((db) => {
    while (db.transaction(settleDerivations));
  });

// Few of everything, so that words meet, records share days, and an edit often leaves half of what stood there.
const names = ['王伟', '王张伟', '张重庆', '伟张', '单王'];
const someName = fc.constantFrom(...names);
const someDay = fc.constantFrom('2025-03-01', '2025-03-02', '2024-12-31');
const someSummary = fc
  .array(fc.constantFrom(...Array.from('沟渠水１2Ab， ')), { minLength: 1, maxLength: 9 })
  .map((signs) => `渠${signs.join('')}`);
const someCase = fc.record({ name: someName, day: someDay, summary: someSummary });
type SomeCase = typeof someCase extends fc.Arbitrary<infer T> ? T : never;
const recordOf = ({ name, day, summary }: SomeCase) =>
  aMediation().accepted(day).between(name, '渠水').with({ summary }).record();

type Step =
  | { does: 'save' | 'edit'; of: SomeCase; at: number }
  | { does: 'saveMany'; of: SomeCase[] }
  | { does: 'void'; at: number }
  | { does: 'settleSome' | 'settleAll' | 'rebuild' | 'rebuildWhole' | 'restart' };
const at = fc.nat(1000);
const someStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ does: fc.constant('save' as const), of: someCase, at }) },
  { weight: 6, arbitrary: fc.record({ does: fc.constant('edit' as const), of: someCase, at }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('saveMany' as const),
      of: fc.array(someCase, { minLength: 1, maxLength: 12 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('void' as const), at }) },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constantFrom(
        'settleSome' as const,
        'settleAll' as const,
        'rebuild' as const,
        'rebuildWhole' as const,
        'restart' as const,
      ),
    }),
  },
);

const queries = [
  '王',
  '伟',
  '王伟',
  '渠',
  '渠沟',
  '水渠',
  '12',
  '2',
  'ab',
  'zc',
  'wangw',
  '伟 渠',
  '王张 水',
  '单 b',
];

type Answer = { ids: string[]; days: (string | null)[]; total: number };
async function answers(limit?: number): Promise<Answer[]> {
  const found: Answer[] = [];
  for (const text of queries) {
    const { hits, total } = await program.call('search.find', { text, ...(limit ? { limit } : {}) });
    found.push({ ids: hits.map(({ id }) => id), days: hits.map(({ day }) => day), total });
  }
  return found;
}

/** What stands in the records, by plain looking. Readings are left out. */
async function naive(text: string): Promise<string[]> {
  const { rows } = await program.call('ledger.list', { ledger: 'mediation', limit: 1000 });
  const found: string[] = [];
  for (const { id } of rows) {
    const { record } = await program.call('ledger.get', { id });
    const parties = record.parties as Record<string, unknown>[];
    const fields = [record.summary, record.caseNo, record.voidReason];
    const texts = [...parties.flatMap((party) => Object.values(party)), ...fields];
    const folded = texts.filter((one) => typeof one === 'string').map(foldForSearch);
    const words = foldForSearch(text).split(' ');
    if (words.every((word) => folded.some((one) => one.includes(word)))) found.push(id);
  }
  return found.sort();
}

async function take(step: Step, ids: string[]): Promise<void> {
  if (step.does === 'save') ids.push((await program.save(recordOf(step.of))).id);
  else if (step.does === 'saveMany') {
    const ledger = 'mediation';
    await program.call('ledger.addMany', { ledger, records: step.of.map(recordOf) });
  } else if (step.does === 'edit' || step.does === 'void') {
    const id = ids[step.at % Math.max(1, ids.length)];
    if (id === undefined) return;
    const { version, state } = await program.call('ledger.get', { id });
    if (state === 'voided') return;
    if (step.does === 'edit') await program.save(recordOf(step.of), { id, baseVersion: version });
    else {
      const act = { id, action: 'void', baseVersion: version, record: { voidReason: '录入重复作废' } };
      await program.call('ledger.act', act);
    }
  } else if (step.does === 'settleSome') await program.look((db) => db.transaction(settleEntries));
  else if (step.does === 'settleAll') await settleAll();
  else if (step.does === 'rebuild') await program.call('system.rebuild', {});
  else if (step.does === 'rebuildWhole') await program.call('system.rebuild', { whole: true });
  else {
    await program.restart();
    await program.signInAgain();
  }
}

test(`saves, edits, voids, settling, rebuilds and starts in any order find the same as a fresh index (seed ${seed})`, {
  timeout: 1_800_000,
}, async () => {
  const ids: string[] = [];
  let [waited, done] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fc.array(someStep, { minLength: 4, maxLength: 14 }), async (steps) => {
      if (done > 0 && done % runsOfOne === 0) {
        await program.close();
        program = await aProgram();
        ids.length = 0;
      }
      done += 1;
      for (const step of steps) await take(step, ids);
      waited += await howManyWait();
      const [late, few] = [await answers(200), await answers(3)];
      expect((await program.call('system.verify', {})).findings).toEqual([]);
      expect(few.map((one) => one.ids)).toEqual(late.map((one) => one.ids.slice(0, 3)));
      expect(few.map((one) => one.total)).toEqual(late.map((one) => one.total));
      await settleAll();
      expect(await howManyWait()).toBe(0);
      expect(await answers(200)).toEqual(late);
      expect((await program.call('system.verify', {})).findings).toEqual([]);
      await program.call('system.rebuild', { whole: true });
      const fresh = await answers(200);
      // Records of one day stand in the order in which they came there; a new index knows only that of their numbers.
      const sorted = (found: Answer[]) => found.map((one) => ({ ...one, ids: [...one.ids].sort() }));
      expect(sorted(fresh)).toEqual(sorted(late));
    }),
    { numRuns: runs, seed },
  );
  expect(waited).toBeGreaterThan(0);
  for (const text of ['王伟', '渠沟', '12', '伟 渠'])
    expect((await program.call('search.find', { text, limit: 200 })).hits.map(({ id }) => id).sort()).toEqual(
      await naive(text),
    );
});

/** Saves again until what was saved waits: the program settles it by itself as soon as it finds the time. */
async function late<T>(save: (turn: number) => Promise<T>): Promise<T> {
  for (let turn = 0; turn < 50; turn++) {
    await settleAll();
    const saved = await save(turn);
    if ((await howManyWait()) > 0) return saved;
  }
  throw new Error('no save waited beside the index');
}

test('a save waits beside the index, is found at once, and goes in after a kill and the next start', async () => {
  const { id } = await late((turn) => program.save(aMediation().between(`闻人晚渡${turn}号`, '渠水')));
  const after = await aProgram({ from: program.folder });
  try {
    const found = async () => (await after.call('search.find', { text: '闻人晚' })).hits.map((hit) => hit.id);
    expect(await found()).toContain(id);
    expect((await after.call('system.verify', {})).findings).toEqual([]);
    await after.look((db) => {
      while (db.transaction(settleDerivations));
    });
    expect(await after.look(waiting)).toBe(0);
    expect(await found()).toContain(id);
  } finally {
    await after.close();
  }
});

test('what was found before an edit is not found any more, although the index still holds it', async () => {
  const { id } = await program.save(aMediation().between('令狐远岫', '渠水'));
  await late(async (turn) => {
    const { version } = await program.call('ledger.get', { id });
    const record = aMediation()
      .between('令狐近水', '渠水')
      .with({ summary: `渠${turn}` });
    return program.save(record, { id, baseVersion: version });
  });
  for (const [text, total] of [
    ['远岫', 0],
    ['近水', 1],
    ['令狐', 1],
    ['lhyx', 0],
  ] as const)
    expect((await program.call('search.find', { text })).total, text).toBe(total);
});

test('the check tells an entry beside the index that is of another text, and a rebuild mends it', async () => {
  const { id } = await program.save(aMediation().between('公孙采薇', '渠水'));
  await program.look((db) =>
    db.transaction((write) =>
      write.run(sql`insert or replace into search_recent (doc, text)
        select doc, '骆' from search_doc where record_id = ${id}`),
    ),
  );
  expect((await program.call('system.verify', {})).findings).toEqual([
    { check: 'search', object: id, message: 'stale' },
  ]);
  await program.call('system.rebuild', {});
  expect((await program.call('system.verify', {})).findings).toEqual([]);
  expect((await program.call('search.find', { text: '采薇' })).total).toBe(1);
});

test('a large transaction leaves nothing beside the index, not even what others left', async () => {
  await late(() => program.save(aMediation()));
  const records = Array.from({ length: 20 }, () => aMediation().record());
  await program.call('ledger.addMany', { ledger: 'mediation', records });
  expect(await howManyWait()).toBe(0);
});

test('saves without a pause do not gather beside the index', async () => {
  for (let saved = 0; saved < 80; saved++) {
    await program.save(aMediation());
    await nextTurn();
  }
  expect(await howManyWait()).toBeLessThan(40);
});
