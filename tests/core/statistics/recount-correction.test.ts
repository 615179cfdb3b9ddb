import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, asDay } from '#shared/domain/day.ts';
import { endsOf } from '#shared/ledgers/correction/person-workflow.ts';
import { aCorrection, anEvaluation } from '#tests/fixtures/correction.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { type CountyLedger, countyLedger } from './ledger-fixture.ts';
import { everyRecord, expectFigure, type Kept, type Recounted } from './recounting.ts';

/** The figures of correction over random histories of persons, against plain loops over what the registers hold then. */

const years = [2022, 2023, 2024];
const registers = [
  ...['evaluation', 'correction', 'measure', 'absence', 'leave', 'crossing', 'positioning', 'contact'],
] as const;
const lastDay = '2024-06-30';
const start = asDay('2022-01-01');

/** Days of the three years, those around the ends of years oftener than chance would have them. */
const offset = fc.oneof(
  fc.integer({ min: 0, max: 880 }),
  fc.constantFrom(-1, 0, 1).chain((step) => fc.constantFrom(365, 730).map((end) => end + step)),
);
const length = fc.integer({ min: 0, max: 40 });
const ends = [...endsOf.released, ...endsOf.terminated, ...endsOf.movedOut];
const measures = ['praise', 'admonition', 'warning', 'security', 'revokeProbation', 'arrest', 'reduction'];
const contacts = ['visit', 'education', 'service', 'help', 'report'];

const anEvent = fc.record({
  register: fc.constantFrom('measure', 'measure', 'absence', 'leave', 'crossing', 'positioning', 'contact'),
  after: fc.integer({ min: 0, max: 500 }),
  length,
  measure: fc.constantFrom(...measures),
  contact: fc.constantFrom(...contacts),
  absence: fc.constantFrom('lost', 'lost', 'missed'),
  decision: fc.constantFrom('approved', 'approved', 'refused', null),
  result: fc.constantFrom('granted', 'partly', 'denied', null),
  isVoided: fc.integer({ min: 0, max: 6 }).map((n) => n === 0),
});
type Event = typeof anEvent extends fc.Arbitrary<infer E> ? E : never;

const aPerson = fc.record({
  at: offset,
  sex: fc.constantFrom('1', '1', '2', '9'),
  category: fc.constantFrom('02', '02', '01', '04'),
  entry: fc.constantFrom('new', 'movedIn', null),
  isFromElsewhere: fc.boolean(),
  isReceived: fc.integer({ min: 0, max: 8 }).map((n) => n > 0),
  end: fc.option(fc.record({ kind: fc.constantFrom(...ends), after: fc.integer({ min: 0, max: 600 }) })),
  newCrime: fc.option(fc.integer({ min: 0, max: 300 })),
  isVoided: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  events: fc.array(anEvent, { maxLength: 5 }),
});
type Person = typeof aPerson extends fc.Arbitrary<infer P> ? P : never;

const anOpinion = fc.record({
  at: offset,
  after: fc.integer({ min: 0, max: 30 }),
  procedure: fc.constantFrom('ordinary', 'speedy', null),
  conclusion: fc.constantFrom('suitable', 'unsuitable', 'impossible', null),
});

const later = (from: string, days: number): string | null => {
  const day = addDays(asDay(from), days);
  return day <= lastDay ? day : null;
};

function personOf(person: Person, order: number): Record<string, unknown> {
  const from = addDays(start, person.at);
  const sentence = {
    '01': { penalty: '05', penaltyMonths: undefined },
    '02': { penalty: '03', penaltyMonths: 6 },
    '04': { penalty: '03', penaltyMonths: 6, penaltyTo: '2035-01-01' },
  }[person.category];
  const endedOn = person.end && later(from, person.end.after);
  const newCrimeOn = person.newCrime === null ? null : later(from, person.newCrime);
  return {
    ...aCorrection({
      ...{ registeredOn: from, decidedOn: from, effectiveOn: from, documentsOn: undefined, ...sentence },
      ...{ termFrom: from, termTo: addDays(from, 400), idNumber: makeIdentityNumber('1980-01-01', order) },
    }),
    ...{ category: person.category, sex: person.sex, isFromElsewhere: person.isFromElsewhere },
    ...(person.entry === null ? {} : { entry: person.entry }),
    ...(person.isReceived
      ? { reportedOn: from, receivedOn: from, receivedWay: 'self', fileNo: `档${order}` }
      : {}),
    ...(person.isReceived && newCrimeOn ? { newCrimeOn } : {}),
    ...(person.isReceived && person.end && endedOn
      ? { endKind: person.end.kind, endedOn, endReason: '见文书' }
      : {}),
  };
}

function eventOf(event: Event, personId: string, from: string): Record<string, unknown> | null {
  const day = later(from, event.after);
  if (day === null) return null;
  const until = later(day, event.length) ?? lastDay;
  const decided = event.decision === null ? {} : { decision: event.decision, approvedOn: day };
  const of: Record<string, Record<string, unknown>> = {
    measure: {
      ...{ kind: event.measure, proposedOn: day, grounds: '实施办法', decisionNo: '1号' },
      ...(event.decision === 'approved' ? { decidedOn: day } : {}),
      ...(event.decision === 'refused' ? { droppedOn: day, dropReason: '轻微' } : {}),
      ...(event.result !== null && event.decision === 'approved'
        ? { organ: '某机关', result: event.result, resultOn: until }
        : {}),
    },
    absence: { kind: event.absence, absentFrom: day, foundOn: day, backOn: until },
    leave: { appliedOn: day, destination: '兰州市', leaveFrom: day, leaveTo: day, ...decided },
    crossing: {
      ...{ appliedOn: day, reason: '运输', places: '玉门市', validFrom: day, validTo: until },
      ...decided,
    },
    positioning: {
      ...{ ground: '01', proposedOn: day },
      ...(event.decision === 'approved'
        ? { approvedOn: day, approver: '局长', startsOn: day, endsOn: until, removedOn: until }
        : {}),
    },
    contact: { kind: event.contact, happenedOn: day },
  };
  return { personId, ...of[event.register] };
}

type Registers = Record<(typeof registers)[number], Kept[]>;
type Rule = { of: keyof Registers; counts: (kept: Kept, year: number) => boolean; isPersons?: true };

const isIn = (value: unknown, year: number) => String(value ?? '').slice(0, 4) === String(year);
const isBy = (value: unknown, year: number) => typeof value === 'string' && value <= `${year}-12-31`;
const stands = ({ record }: Kept, year: number) =>
  isBy(record.receivedOn, year) && !isBy(record.endedOn, year);
const isOneOf = (value: unknown, list: readonly string[]) => list.includes(String(value));
const ended = (kinds: readonly string[]): Rule => ({
  of: 'correction',
  counts: ({ record }, year) => isIn(record.endedOn, year) && isOneOf(record.endKind, kinds),
});
const everEnded = (kinds: readonly string[]): Rule => ({
  of: 'correction',
  counts: ({ record }, year) => isBy(record.endedOn, year) && isOneOf(record.endKind, kinds),
});
const standing = (only: (record: Kept['record']) => boolean): Rule => ({
  of: 'correction',
  counts: (kept, year) => stands(kept, year) && only(kept.record),
});
/** The last article of each chapter of the 分则, which begins with article 102; the tenth is 其他. */
const chapters = [
  ...[['01', 113] as const, ['02', 139] as const, ['03', 231] as const, ['04', 262] as const],
  ...[['05', 276] as const, ['06', 367] as const, ['07', 381] as const, ['08', 396] as const],
  ...[['09', 419] as const, ['99', 451] as const],
];
const chapterOf = (article: unknown): string =>
  chapters.find(([, last]) => Number.parseInt(String(article), 10) <= last)?.[0] ?? 'Unknown';
const received = (isMovedIn: boolean): Rule => ({
  of: 'correction',
  counts: ({ record }, year) => isIn(record.receivedOn, year) && (record.entry === 'movedIn') === isMovedIn,
});
const issued = (only: (record: Kept['record']) => boolean): Rule => ({
  of: 'evaluation',
  counts: ({ record }, year) => isIn(record.issuedOn, year) && only(record),
});
const concluded = ({ conclusion }: Kept['record']) => isOneOf(conclusion, ['suitable', 'unsuitable']);
const approvedIn = (of: 'leave' | 'crossing'): Rule => ({
  of,
  counts: ({ record }, year) => record.decision === 'approved' && isIn(record.approvedOn, year),
});

const rules: Record<string, Rule> = {
  'correctionStock.inRegister': standing(() => true),
  ...Object.fromEntries(
    ['01', '02', '03', '04', '99'].map((category) => [
      `correctionStock.category${category}`,
      standing((record) => record.category === category),
    ]),
  ),
  'correctionStock.male': standing(({ sex }) => sex === '1'),
  'correctionStock.female': standing(({ sex }) => sex === '2'),
  'correctionStock.otherSex': standing(({ sex }) => sex === '0' || sex === '9'),
  ...Object.fromEntries(
    [...chapters.map(([type]) => type), 'Unknown'].map((type) => [
      `correctionStock.crime${type}`,
      standing(({ chargeArticle }) => chapterOf(chargeArticle) === type),
    ]),
  ),
  'correctionStock.fromElsewhere': standing(({ isFromElsewhere }) => isFromElsewhere === true),
  'correctionStock.received': received(false),
  'correction.received': received(false),
  'correctionStock.movedIn': received(true),
  'correctionStock.released': ended(endsOf.released),
  'correction.released': ended(endsOf.released),
  'correctionStock.terminated': ended(endsOf.terminated),
  'correctionStock.movedOut': ended(endsOf.movedOut),
  ...Object.fromEntries(
    [...endsOf.released, ...endsOf.terminated].map((kind) => [`correctionEnd.${kind}`, ended([kind])]),
  ),
  'correctionStock.everReceived': {
    of: 'correction',
    counts: ({ record }, year) => isBy(record.receivedOn, year),
  },
  'correctionStock.everReleased': everEnded(endsOf.released),
  'correctionStock.everTerminated': everEnded(endsOf.terminated),
  'correctionStock.everMovedOut': everEnded(endsOf.movedOut),
  'correctionEvaluation.accepted': {
    of: 'evaluation',
    counts: ({ record }, year) => isIn(record.receivedOn, year),
  },
  'correctionEvaluation.issued': issued(concluded),
  'correction.assessments': issued(concluded),
  'correctionEvaluation.impossible': issued(({ conclusion }) => conclusion === 'impossible'),
  'correctionEvaluation.inTime': issued((record) => concluded(record) && record.isInTime === true),
  ...Object.fromEntries(
    [...measures, 'revokeParole', 'imprison'].map((kind) => [
      `correctionMeasure.${kind}`,
      { of: 'measure', counts: ({ record }, year) => record.kind === kind && isIn(record.decidedOn, year) },
    ]),
  ),
  ...Object.fromEntries(
    ['security', 'revokeProbation', 'revokeParole', 'imprison'].map((kind) => [
      `correctionMeasure.${kind}Granted`,
      {
        of: 'measure',
        counts: ({ record }, year) =>
          record.kind === kind &&
          isOneOf(record.result, ['granted', 'partly']) &&
          isIn(record.resultOn, year),
      },
    ]),
  ),
  'correctionAbsence.lost': absent('lost'),
  'correctionAbsence.lostPersons': { ...absent('lost'), isPersons: true },
  'correctionAbsence.missed': { ...absent('missed'), isPersons: true },
  'correctionReoffending.persons': {
    of: 'correction',
    counts: ({ record }, year) => isIn(record.newCrimeOn, year),
  },
  'correctionReoffending.yearEndAndReleased': {
    of: 'correction',
    counts: (kept, year) => stands(kept, year) || ended(endsOf.released).counts(kept, year),
  },
  'correctionReoffending.everInYear': {
    of: 'correction',
    counts: (kept, year) => stands(kept, year) || ended(ends).counts(kept, year),
  },
  'correctionWork.leaves': approvedIn('leave'),
  'correctionWork.crossings': approvedIn('crossing'),
  'correctionWork.positionings': {
    of: 'positioning',
    counts: ({ record }, year) => isIn(record.approvedOn, year),
  },
  ...Object.fromEntries(
    Object.entries({ visits: 'visit', education: 'education', service: 'service', help: 'help' }).map(
      ([name, kind]) => [
        `correctionWork.${name}`,
        {
          of: 'contact',
          counts: ({ record }, year) => record.kind === kind && isIn(record.happenedOn, year),
        },
      ],
    ),
  ),
};

function absent(kind: string): Rule {
  return {
    of: 'absence',
    counts: ({ record }, year) => record.kind === kind && isIn(record.absentFrom, year),
  };
}

function recount(kept: Registers, { of, counts, isPersons }: Rule, year: number): Recounted {
  const found = kept[of].filter((one) => !isOneOf(one.state, ['voided', 'dropped']) && counts(one, year));
  const value = isPersons ? new Set(found.map(({ record }) => record.personId)).size : found.length;
  return { ids: found.map(({ id }) => id), value };
}

async function expectSame(ledger: CountyLedger): Promise<number> {
  const read: [string, Kept[]][] = [];
  for (const name of registers) read.push([name, await everyRecord(ledger, name)]);
  const kept = Object.fromEntries(read) as Registers;
  let seen = 0;
  for (const year of years) {
    const { figures } = await ledger.call('indicator.list', { year });
    const counted = figures.filter(
      ({ code, basis, source }) => code.startsWith('correction') && basis !== 'rate' && source !== null,
    );
    expect(counted.map(({ code }) => code).sort()).toEqual(Object.keys(rules).sort());
    for (const [code, rule] of Object.entries(rules)) {
      const { ids, value } = recount(kept, rule, year);
      await expectFigure(ledger, { code, year, ids, value });
      seen += ids.length;
    }
    const of = (code: string) => figures.find((figure) => figure.code === code);
    const rate = of('correctionEvaluation.inTimeRate');
    const [n, d] = [of('correctionEvaluation.inTime')?.value, of('correctionEvaluation.issued')?.value];
    expect(rate).toMatchObject({ numerator: n, denominator: d });
    expect(rate?.value).toBe(d ? Math.floor((Number(n) * 10_000) / d) / 100 : null);
  }
  return seen;
}

test('equal a plain recount over random histories', { timeout: 240_000 }, async () => {
  let seen = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(aPerson, { minLength: 2, maxLength: 9 }),
      fc.array(anOpinion, { maxLength: 8 }),
      async (people, opinions) => {
        const ledger = await countyLedger();
        const save = async (name: string, record: Record<string, unknown>) => {
          try {
            return await ledger.call('ledger.save', { ledger: name, record });
          } catch (error) {
            // What the law or the dates forbid (two absences at a time, leave after the end) is not in the register
            expect(String(error)).toContain('record-invalid');
            refused += 1;
            return null;
          }
        };
        const voidIf = async (saved: { id: string } | null, isVoided: boolean) => {
          const record = { voidReason: '重复登记' };
          if (saved && isVoided) await ledger.call('ledger.act', { id: saved.id, action: 'void', record });
        };
        try {
          for (const { at, after, procedure, conclusion } of opinions) {
            const receivedOn = addDays(start, at);
            const issuedOn = conclusion === null ? null : later(receivedOn, after);
            const opinion = issuedOn && {
              ...{ conclusion, issuedOn, opinionNo: '1号', impossibleReason: '查无此人' },
            };
            await save('evaluation', anEvaluation({ receivedOn, procedure, ...opinion }));
          }
          for (const [order, person] of people.entries()) {
            const saved = await save('correction', personOf(person, order + 1));
            if (!saved) continue;
            for (const event of person.events) {
              const record = eventOf(event, saved.id, String(saved.record.registeredOn));
              if (record) await voidIf(await save(event.register, record), event.isVoided);
            }
            await voidIf(saved, person.isVoided && person.events.length === 0);
          }
          seen += await expectSame(ledger);
        } finally {
          await ledger.close();
        }
      },
    ),
    { numRuns: process.env.JUDICIAL_FULL ? 60 : 4 },
  );
  expect(seen).toBeGreaterThan(100);
  expect(refused).toBeLessThan(seen);
});
