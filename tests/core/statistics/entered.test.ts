import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sql } from '#core/db/sql.ts';
import { type CountyLedger, countyLedger, thisYear } from './ledger-fixture.ts';

let ledger: CountyLedger;
let year = 1950;

beforeAll(async () => {
  ledger = await countyLedger();
});
afterAll(() => ledger.close());
beforeEach(() => {
  year += 1;
});

const enter = (code: string, printed: string | null) =>
  ledger.call('indicator.enter', { year, code, printed });
const figure = async (code: string) =>
  (await ledger.call('indicator.list', { year })).figures.find((one) => one.code === code);
const aCase = (day: string, outcome?: string) => ({
  ledger: 'mediation',
  record: {
    acceptedOn: day,
    kind: '01',
    summary: '相邻排水引起的纠纷',
    parties: [{ side: 'applicant', type: 'natural', name: '甲某' }],
    ...(outcome === undefined ? {} : { outcome, concludedOn: day }),
  },
});

describe('a figure entered by hand', () => {
  it('stands with its printed form and qualifier, and is cleared by null', async () => {
    expect(await figure('outreach.eightEntriesEvents')).toMatchObject({
      value: null,
      printed: null,
      source: null,
    });
    expect(await enter('outreach.eightEntriesEvents', ' 200余场次 ')).toMatchObject({
      value: 200,
      qualifier: '余',
      printed: '200余场次',
      source: 'manual',
      fromLedger: null,
      manual: { value: 200, printed: '200余场次', qualifier: '余' },
    });
    expect(await figure('outreach.eightEntriesEvents')).toMatchObject({ printed: '200余场次' });
    expect(await enter('outreach.eightEntriesEvents', '130场次')).toMatchObject({
      value: 130,
      qualifier: null,
    });
    expect(await enter('outreach.eightEntriesEvents', null)).toMatchObject({
      value: null,
      printed: null,
      manual: null,
    });
    expect(await figure('outreach.eightEntriesEvents')).toMatchObject({ value: null, source: null });
  });

  it.each(['', ' ', '许多', '200', '200件', '12.5场次', '-3场次', '3至5场次'])(
    'is refused as “%s”',
    async (printed) => {
      await enter('outreach.eightEntriesEvents', '130场次');
      const failure = await ledger.refused('indicator.enter', {
        year,
        code: 'outreach.eightEntriesEvents',
        printed,
      });
      expect(failure).toEqual({
        code: 'figure-unreadable',
        params: { name: '“法律八进”活动', printed: printed.trim(), unit: '场次' },
      });
      expect(await figure('outreach.eightEntriesEvents')).toMatchObject({ printed: '130场次' });
    },
  );

  it('must be an indicator of the catalogue', async () => {
    const failure = await ledger.refused('indicator.enter', { year, code: 'no.such', printed: '1个' });
    expect(failure).toEqual({ code: 'indicator-unknown', params: { code: 'no.such' } });
    expect(await ledger.refused('indicator.records', { year, code: 'no.such' })).toMatchObject({
      code: 'indicator-unknown',
    });
  });

  it('stands over the one from the ledger, and both are shown', async () => {
    await ledger.call('ledger.save', aCase(`${year}-05-01`, 'agreed'));
    const both = await enter('mediation.cases', '1249件');
    expect(both).toMatchObject({
      value: 1249,
      printed: '1249件',
      source: 'manual',
      records: 1,
      fromLedger: { value: 1, printed: '1件' },
      manual: { value: 1249, printed: '1249件', qualifier: null },
    });
    expect((await ledger.call('indicator.records', { year, code: 'mediation.cases' })).total).toBe(1);
    expect(await enter('mediation.cases', null)).toMatchObject({ value: 1, source: 'ledger', manual: null });
  });

  it('stands for one year only', async () => {
    await enter('mediation.cases', '7件');
    year += 1;
    expect(await figure('mediation.cases')).toMatchObject({ value: 0, source: 'ledger' });
  });
});

describe('a rate', () => {
  it('takes both sides from the ledger, or both from what was entered, never one of each', async () => {
    await ledger.call('ledger.save', aCase(`${year}-05-01`, 'agreed'));
    await ledger.call('ledger.save', aCase(`${year}-05-02`, 'failed'));
    await ledger.call('ledger.save', aCase(`${year}-05-03`));
    expect(await figure('mediation.successRate')).toMatchObject({
      value: 33.33,
      printed: '33.33%',
      numerator: 1,
      denominator: 3,
      source: 'computed',
      records: 3,
    });
    await enter('mediation.cases', '1249件');
    expect(await figure('mediation.successRate')).toMatchObject({ numerator: 1, denominator: 3 });
    await enter('mediation.succeeded', '1248件');
    // 99.9199…: rounded down, because what is open must not be printed as done.
    expect(await figure('mediation.successRate')).toMatchObject({
      value: 99.91,
      printed: '99.91%',
      numerator: 1248,
      denominator: 1249,
      source: 'computed',
    });
    expect(await enter('mediation.successRate', '98%以上')).toMatchObject({
      value: 98,
      qualifier: '以上',
      printed: '98%以上',
      numerator: null,
      denominator: null,
      source: 'manual',
      fromLedger: { value: 99.91, printed: '99.91%' },
    });
  });

  it.each([
    [1, 2, '50%'],
    [197, 200, '98.5%'],
    [3, 3, '100%'],
    [19_999, 20_000, '99.99%'],
    [0, 5, '0%'],
  ])('of %i and %i is printed %s', async (numerator, denominator, printed) => {
    await enter('mediation.succeeded', `${numerator}件`);
    await enter('mediation.cases', `${denominator}件`);
    expect(await figure('mediation.successRate')).toMatchObject({ printed });
  });

  it('of nothing is no rate', async () => {
    expect(await figure('mediation.successRate')).toMatchObject({
      value: null,
      printed: null,
      numerator: 0,
      denominator: 0,
      source: null,
    });
  });
});

describe('what is kept of an entry', () => {
  it('is who, when and which figure, never the value', async () => {
    await enter('mediation.cases', '1249件');
    const file = ledger.grant('one.csv', 'code,printed_value\nsupervision.inspections,3次\n');
    await ledger.call('indicator.import', { year, file });
    const notes = await ledger.read((db) =>
      db.all<{ account: string; action: string; detail: string }>(
        sql`select account, action, detail from audit_entry order by seq desc limit 2`,
      ),
    );
    const last = notes.map(({ detail, ...note }) => ({ ...note, detail: JSON.parse(detail) }));
    expect(last.reverse()).toEqual([
      {
        account: 'admin',
        action: 'indicator.enter',
        detail: { year, code: 'mediation.cases', cleared: false },
      },
      {
        account: 'admin',
        action: 'indicator.import',
        detail: { year, codes: ['supervision.inspections'], unknown: 0 },
      },
    ]);
  });

  it('draws a commit, so that a backup is due', async () => {
    const commits = () => ledger.read((db) => db.value<number>(sql`select count(*) from commit_entry`) ?? 0);
    const before = await commits();
    await enter('mediation.cases', '1249件');
    expect(await commits()).toBe(before + 1);
  });
});

describe('years with figures', () => {
  it('are those entered, those with records, the running one and the one before', async () => {
    const other = await countyLedger();
    try {
      const recent = [thisYear, thisYear - 1];
      expect(await other.call('indicator.years', {})).toEqual(recent);
      await other.call('ledger.save', aCase('2019-12-31'));
      await other.call('ledger.save', aCase('2017-01-01'));
      await other.call('ledger.save', aCase('2017-12-31'));
      await other.call('indicator.enter', { year: 2001, code: 'mediation.cases', printed: '3件' });
      expect(await other.call('indicator.years', {})).toEqual([...recent, 2019, 2017, 2001]);
    } finally {
      await other.close();
    }
  });
});

describe('figures of a unit', () => {
  it('count its records and those of the units below, and are refused for an unknown unit', async () => {
    await ledger.call('ledger.save', aCase(`${year}-05-01`));
    const cases = async (unit: string) =>
      (await ledger.call('indicator.list', { year, unit })).figures.find(
        ({ code }) => code === 'mediation.cases',
      )?.value;
    expect(await cases('620921')).toBe(1);
    const station = (await ledger.call('units.tree', {})).find(({ level }) => level === 'station');
    expect(await cases(station?.code ?? '')).toBe(0);
    expect(await ledger.refused('indicator.list', { year, unit: '999999' })).toEqual({
      code: 'unit-unknown',
      params: { code: '999999' },
    });
    const stations = (await ledger.call('indicator.list', { year, unit: station?.code })).figures;
    expect(stations.find(({ code }) => code === 'mediation.serviceStations')).toMatchObject({ value: 1 });
  });
});
