import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { id, join, sql } from '#core/db/sql.ts';
import { createNameReader } from '#core/ledgers/name-reader.ts';
import type { Row, Whole } from '#shared/api/types.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
const wholes: Record<string, Whole[]> = {};

beforeAll(async () => {
  program = await aProgram({ everyRole: true, cases: 240 });
  for (const { name } of ledgers) {
    const { rows } = await program.call('ledger.list', { ledger: name, limit: 1000 });
    wholes[name] = await Promise.all(rows.map(({ id }) => program.call('ledger.get', { id })));
  }
}, 60_000);
afterAll(() => program.close());

/** A case number as what it counts: year and number. */
const counted = (value: Row[string], isNumber: boolean) =>
  isNumber && typeof value === 'string'
    ? Number(`${value.slice(1, 5)}${(value.match(/\d+(?=号)/)?.[0] ?? '').padStart(6, '0')}`)
    : value;

describe.each(ledgers.map((ledger) => [ledger.name, ledger] as const))('%s', (name, ledger) => {
  const sorts = [
    'title',
    'state',
    ...Object.entries(ledger.fields)
      .filter(([, spec]) => spec.sort)
      .map(([field]) => field),
  ];

  test('every sort gives every record once, in order, page by page', async () => {
    for (const field of sorts) {
      for (const descending of [false, true]) {
        const rows: Row[] = [];
        for (;;) {
          const page = await program.call('ledger.list', {
            ledger: name,
            sort: { field, descending },
            offset: rows.length,
            limit: 37,
          });
          expect(page.total).toBe(wholes[name]?.length);
          rows.push(...page.rows);
          if (page.rows.length < 37) break;
        }
        expect(new Set(rows.map(({ id }) => id)).size).toBe(wholes[name]?.length);
        const values = rows.map((row) => counted(row[field] ?? null, ledger.number?.field === field));
        const sorted = [...values].sort(compare);
        expect(values, `${field} ${descending}`).toEqual(descending ? sorted.reverse() : sorted);
      }
    }
  });

  test('every filter gives what a plain loop gives', async () => {
    const filters = Object.entries(ledger.fields)
      .filter(([, spec]) => spec.filter)
      .map(([field]) => field);
    for (const field of filters) {
      const values = [...new Set(wholes[name]?.map(({ record }) => record[field] ?? null))].slice(0, 12);
      for (const value of values as (string | null)[]) {
        const expected = wholes[name]
          ?.filter(({ record }) => (record[field] ?? null) === value)
          .map(({ id }) => id);
        const { rows, total } = await program.call('ledger.list', {
          ledger: name,
          filter: { [field]: value },
          limit: 1000,
        });
        expect(total).toBe(expected?.length);
        expect(rows.map(({ id }) => id).sort()).toEqual(expected?.sort());
      }
    }
  });
});

const compare = (one: unknown, other: unknown): number => {
  if (one === other) return 0;
  if (one === null) return -1;
  if (other === null) return 1;
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)));
};

test('ranges and several values at once', async () => {
  const filter = {
    acceptedOn: { from: '2022-03-01', to: '2022-12-31' },
    kind: ['01', '02'],
    state: 'agreed',
  };
  const expected = wholes.mediation?.filter(
    ({ record, state }) =>
      String(record.acceptedOn) >= '2022-03-01' &&
      String(record.acceptedOn) <= '2022-12-31' &&
      (record.kind === '01' || record.kind === '02') &&
      state === 'agreed',
  );
  expect(expected?.length).toBeGreaterThan(3);
  const { rows, total } = await program.call('ledger.list', { ledger: 'mediation', filter, limit: 1000 });
  expect(total).toBe(expected?.length);
  expect(rows.map(({ id }) => id).sort()).toEqual(expected?.map(({ id }) => id).sort());
});

test('only what the description offers can be sorted or filtered by', async () => {
  for (const input of [
    { ledger: 'mediation', filter: { summary: 'x' } },
    { ledger: 'mediation', sort: { field: 'remark', descending: false } },
    { ledger: 'mediation', filter: { '1=1 or kind': 'x' } },
  ]) {
    expect((await program.refused('ledger.list', input)).code).toBe('filter-unknown');
  }
});

test('titles name the records that rows point at; a choice is offered by a part of its title', async () => {
  const { rows, titles } = await program.call('ledger.list', { ledger: 'mediator', limit: 5 });
  for (const row of rows) expect(titles[String(row.committeeId)]).toMatch(/调解/);
  const some = await program.call('ledger.choices', { ledger: 'committee', text: '渠东', limit: 5 });
  expect(some.map(({ label }) => label)).toEqual(['东坝镇渠东村人民调解委员会']);
  expect(await program.call('ledger.choices', { ledger: 'committee', text: '%' })).toEqual([]);
});

test('a choice is offered by the initials and the pinyin of its title too, what begins so first', async () => {
  const labels = async (ledger: string, text: string) =>
    (await program.call('ledger.choices', { ledger, text, limit: 200 })).map(({ label }) => label);
  expect(await labels('committee', 'qdc')).toEqual(['东坝镇渠东村人民调解委员会']);
  expect(await labels('committee', 'QuDongCun')).toEqual(['东坝镇渠东村人民调解委员会']);
  expect(await labels('committee', 'zzz')).toEqual([]);
  const [{ label: name = '' } = {}] = await program.call('ledger.choices', { ledger: 'mediator', limit: 1 });
  const initials = createNameReader().readings(name)[0] ?? '';
  expect(initials).toHaveLength([...name].length);
  const found = await labels('mediator', initials);
  expect(found).toContain(name);
  expect(found.length).toBeLessThan((await labels('mediator', '')).length);
});

test('of a county all mediators and committees are offered, by initials, pinyin and characters, the first ones too', async () => {
  const own = await aProgram();
  try {
    const committee = await own.call('ledger.save', {
      ledger: 'committee',
      record: { name: '鸳鸯池村人民调解委员会', kind: 'village', establishedOn: '2001-01-01' },
    });
    const first = await own.call('ledger.save', {
      ledger: 'mediator',
      record: { name: '单秋月', committeeId: committee.id, appointedOn: '2001-01-01' },
    });
    // The rows of a county, beside the write path: eleven hundred saves would take a minute.
    await own.look((db) => {
      const names = db.column<string>(sql`select name from pragma_table_info('mediator')`);
      const plain = names.filter((name) => !['seq', 'id', 'title', 'name', 'appointed_on'].includes(name));
      const kept = join(plain.map(id));
      db.run(sql`insert into mediator (id, title, name, appointed_on, ${kept})
        with recursive step (at) as (select 1 union all select at + 1 from step where at < 5200)
        select 'copy-' || at, '马卫东' || at, '马卫东' || at, '2020-01-01', ${kept} from mediator, step`);
    });
    const found = async (ledger: string, text: string, more = {}) =>
      (await own.call('ledger.choices', { ledger, text, ...more })).map(({ label }) => label);
    for (const text of ['sqy', 'shanqiuyue', 'SQ', '单秋', '秋月'])
      expect(await found('mediator', text), text).toEqual(['单秋月']);
    expect(await found('committee', 'yyc')).toEqual(['鸳鸯池村人民调解委员会']);
    // What is renamed is found by its new name only.
    const { record } = await own.call('ledger.get', { id: first.id });
    await own.call('ledger.save', {
      ledger: 'mediator',
      id: first.id,
      baseVersion: first.version,
      record: { ...record, name: '尉迟秋月' },
    });
    expect(await found('mediator', 'sqy')).toEqual([]);
    expect(await found('mediator', 'ycqy')).toEqual(['尉迟秋月']);
  } finally {
    await own.close();
  }
});

test('what records are called is answered without a look into them', async () => {
  const { rows } = await program.call('ledger.list', { ledger: 'committee', limit: 2 });
  const ids = [...rows.map(({ id }) => id), '00000000-0000-7000-8000-000000000000'];
  const titles = await program.call('ledger.titles', { ledger: 'committee', ids });
  expect(titles).toEqual(Object.fromEntries(rows.map((row) => [row.id, row.title])));
});

test('choices are the newest in use, whatever is typed, and no more than are asked for', async () => {
  const all = await program.call('ledger.list', { ledger: 'mediation', limit: 200 });
  const newest = [...all.rows].sort((one, other) =>
    String(one.acceptedOn) < String(other.acceptedOn) ? 1 : -1,
  );
  const offered = await program.call('ledger.choices', { ledger: 'mediation', text: '、', limit: 3 });
  expect(offered).toHaveLength(3);
  const days = offered.map(({ id }) => newest.find((row) => row.id === id)?.acceptedOn);
  expect(days).toEqual([...days].sort().reverse());
});

test('the total of a filtered list follows every save', async () => {
  const own = await aProgram();
  try {
    const asked = { ledger: 'mediation', filter: { kind: '02' } };
    for (let count = 1; count <= 3; count++) {
      const saved = await own.save(aMediation().about('02'));
      expect((await own.call('ledger.list', asked)).total).toBe(count);
      if (count < 3) continue;
      await own.save(aMediation().about('01'), { id: saved.id, baseVersion: saved.version });
      expect((await own.call('ledger.list', asked)).total).toBe(count - 1);
    }
  } finally {
    await own.close();
  }
});

test('how many a unit has follows every save, kept and counted on from the last', async () => {
  const own = await aProgram();
  try {
    const { id } = await own.save(aMediation());
    const { unitId } = await own.call('ledger.get', { id });
    const totalOf = async (filter: { unitId: string }) =>
      (await own.call('ledger.list', { ledger: 'mediation', filter, limit: 2 })).total;
    expect(await totalOf({ unitId })).toBe(1);
    await own.look((db) => {
      db.run(sql`insert into unit (id, code, name, level) values ('beside', '110101', '东城', 'county')`);
    });
    for (let more = 2; more < 6; more++) {
      await own.save(aMediation());
      expect(await totalOf({ unitId })).toBe(more);
      expect(await totalOf({ unitId: 'beside' })).toBe(0);
      expect((await own.call('ledger.list', { ledger: 'mediation' })).total).toBe(more);
    }
  } finally {
    await own.close();
  }
});
