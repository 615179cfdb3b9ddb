import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CountyLedger, countyLedger } from './ledger-fixture.ts';
import { everyRecord, expectFigure, type Kept } from './recounting.ts';

/** Every computed figure of random ledgers against a plain loop over the records, read through the dispatcher. */

const firstYear = 2021;
const years = [2021, 2022, 2023, 2024];
const kinds = {
  'mediation.townshipCommittees': ['township', 'subdistrict'],
  'mediation.villageCommittees': ['village'],
  'mediation.communityCommittees': ['community'],
  'mediation.industryCommittees': ['industry', 'socialOrganisation'],
  'mediation.enterpriseCommittees': ['enterprise'],
  'mediation.studios': ['studio'],
} as const;
const everyKind = Object.values(kinds).flat();

/** Days from 2021-01-01 to 2024-06-29, the ends of years oftener than chance would have them. */
const day = fc
  .oneof(
    fc.integer({ min: 0, max: 1275 }),
    fc.constantFrom(-1, 0, 1, 2).chain((step) => fc.constantFrom(365, 730, 1095).map((end) => end + step)),
  )
  .map((days) => new Date(Date.UTC(firstYear, 0, 1 + days)).toISOString().slice(0, 10));
const later = (first: string, second: string | null) => (second === null || second < first ? null : second);

const aCase = fc
  .record({
    acceptedOn: day,
    concluded: fc.option(day),
    outcome: fc.constantFrom('agreed', 'failed', 'withdrawn'),
  })
  .map(({ acceptedOn, concluded, outcome }) => {
    const concludedOn = later(acceptedOn, concluded);
    return {
      acceptedOn,
      kind: '01',
      summary: '相邻排水引起的纠纷',
      parties: [{ side: 'applicant', type: 'natural', name: '甲某' }],
      ...(concludedOn === null ? {} : { outcome, concludedOn }),
    };
  });
const aCommittee = fc
  .record({ kind: fc.constantFrom(...everyKind), establishedOn: day, ended: fc.option(day) })
  .map(({ kind, establishedOn, ended }) => {
    const dissolvedOn = later(establishedOn, ended);
    return { name: '某某调委会', kind, establishedOn, ...(dissolvedOn === null ? {} : { dissolvedOn }) };
  });
const aMediator = fc.record({ appointedOn: day, left: fc.option(day) }).map(({ appointedOn, left }) => {
  const leftOn = later(appointedOn, left);
  return { name: '乙某', appointedOn, ...(leftOn === null ? {} : { leftOn }) };
});
const many = <T>(one: fc.Arbitrary<T>) =>
  fc.array(fc.record({ record: one, isVoided: fc.integer({ min: 0, max: 5 }).map((n) => n === 0) }), {
    maxLength: 12,
  });

const standsAtEnd = (kept: Kept, from: string, to: string, year: number) =>
  kept.state !== 'voided' &&
  String(kept.record[from]) <= `${year}-12-31` &&
  (kept.record[to] === undefined || String(kept.record[to]) > `${year}-12-31`);

type Registers = { mediation: Kept[]; committee: Kept[]; mediator: Kept[] };

/** Ids of what each figure counts. */
function recount(registers: Registers, year: number): Record<string, string[]> {
  const cases = registers.mediation.filter(
    ({ state, record }) => state !== 'voided' && String(record.acceptedOn).startsWith(`${year}-`),
  );
  const committees = registers.committee.filter((one) =>
    standsAtEnd(one, 'establishedOn', 'dissolvedOn', year),
  );
  const mediators = registers.mediator.filter((one) => standsAtEnd(one, 'appointedOn', 'leftOn', year));
  const ids = (kept: Kept[]) => kept.map(({ id }) => id);
  return {
    'mediation.cases': ids(cases),
    'mediation.succeeded': ids(cases.filter(({ record }) => record.outcome === 'agreed')),
    'mediation.committees': ids(committees),
    ...Object.fromEntries(
      Object.entries(kinds).map(([code, of]) => [
        code,
        ids(committees.filter(({ record }) => (of as readonly unknown[]).includes(record.kind))),
      ]),
    ),
    'mediation.mediators': ids(mediators),
  };
}

async function expectSame(ledger: CountyLedger): Promise<void> {
  const registers = {
    mediation: await everyRecord(ledger, 'mediation', 5),
    committee: await everyRecord(ledger, 'committee', 5),
    mediator: await everyRecord(ledger, 'mediator', 5),
  };
  for (const year of years) {
    const counted = recount(registers, year);
    const { figures } = await ledger.call('indicator.list', { year });
    // The supporting figures of the statistics of mediation and of correction have recounts of their own.
    const fromLedger = figures
      .filter(({ source, section }) => source === 'ledger' && !section.endsWith('报表'))
      .filter(({ code }) => !code.startsWith('correction.'))
      .map(({ code }) => code);
    expect(fromLedger.sort()).toEqual(
      Object.keys(counted)
        .filter((code) => figures.some((figure) => figure.code === code))
        .sort(),
    );
    for (const [code, ids] of Object.entries(counted)) {
      await expectFigure(ledger, { code, year, ids, value: ids.length });
    }
    const [n, d] = [counted['mediation.succeeded']?.length ?? 0, counted['mediation.cases']?.length ?? 0];
    const rate = figures.find(({ code }) => code === 'mediation.successRate');
    expect(rate).toMatchObject({ numerator: n, denominator: d, records: d });
    // The largest number of hundredths of a percent that does not say more than n of d.
    let hundredths = 0;
    while (d > 0 && (hundredths + 1) * d <= n * 10_000) hundredths += 1;
    expect(rate?.value).toBe(d === 0 ? null : hundredths / 100);
    expect(rate?.printed).toBe(d === 0 ? null : `${hundredths / 100}%`);
  }
}

async function fill(ledger: CountyLedger, name: string, batch: { record: object; isVoided: boolean }[]) {
  for (const { record, isVoided } of batch) {
    const saved = await ledger.call('ledger.save', { ledger: name, record: { ...record } });
    if (isVoided) await voidOne(ledger, saved.id);
  }
}

const voidOne = (ledger: CountyLedger, id: string) =>
  ledger.call('ledger.act', { id, action: 'void', record: { voidReason: '重复登记' } });

describe('figures from the ledger', () => {
  it('equal a plain recount, before and after a record is voided', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        many(aCase),
        many(aCommittee),
        many(aMediator),
        async (cases, committees, mediators) => {
          const ledger = await countyLedger();
          try {
            await fill(ledger, 'mediation', cases);
            await fill(ledger, 'committee', committees);
            await fill(ledger, 'mediator', mediators);
            await expectSame(ledger);
            for (const name of ['mediation', 'committee', 'mediator']) {
              const living = (await everyRecord(ledger, name)).find(({ state }) => state !== 'voided');
              if (living) await voidOne(ledger, living.id);
            }
            await expectSame(ledger);
          } finally {
            await ledger.close();
          }
        },
      ),
      { numRuns: 6 },
    );
  });
});

describe('figures from base data', () => {
  it('equal the villages, communities and stations of the county', async () => {
    const ledger = await countyLedger();
    try {
      const townships = await ledger.call('divisions.children', { parent: '620921' });
      const villages = [];
      for (const { code } of townships) {
        villages.push(...(await ledger.call('divisions.children', { parent: code })));
      }
      const own = (code: string) => Number(code.slice(-3));
      const expected = {
        'demonstration.villages': villages.filter(({ code }) => own(code) >= 200 && own(code) <= 399),
        'demonstration.communities': villages.filter(({ code }) => own(code) >= 1 && own(code) <= 199),
        'mediation.serviceStations': (await ledger.call('units.tree', {})).filter(
          ({ level }) => level === 'station',
        ),
      };
      const { figures } = await ledger.call('indicator.list', { year: 2023 });
      for (const [code, found] of Object.entries(expected)) {
        expect(found.length).toBeGreaterThan(0);
        const figure = figures.find((one) => one.code === code);
        const { length } = found;
        expect(figure).toMatchObject({
          value: length,
          printed: `${length}个`,
          source: 'base',
          records: length,
        });
        const behind = await ledger.call('indicator.records', { year: 2023, code, limit: 1000 });
        expect(behind.records.map(({ title }) => title).sort()).toEqual(found.map(({ name }) => name).sort());
      }
    } finally {
      await ledger.close();
    }
  });

  it('are unknown, not zero, where the ledger has no villages', async () => {
    const ledger = await countyLedger({ unitCode: '6209', unitName: '酒泉市司法局', level: 'city' });
    try {
      const { figures } = await ledger.call('indicator.list', { year: 2023 });
      const villages = figures.find(({ code }) => code === 'demonstration.villages');
      expect(villages).toMatchObject({ value: null, printed: null, source: null, fromLedger: null });
    } finally {
      await ledger.close();
    }
  });
});
