import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CountyLedger, countyLedger } from './ledger-fixture.ts';
import { everyRecord, expectFigure, type Kept, type Recounted } from './recounting.ts';

/** The supporting figures of random ledgers against plain loops over the records, read through the dispatcher. */

const years = [2023, 2024];
const day = fc
  .oneof(fc.integer({ min: 0, max: 540 }), fc.constantFrom(0, 364, 365, 366))
  .map((days) => new Date(Date.UTC(2023, 0, 1 + days)).toISOString().slice(0, 10));
const after = (first: string, second: string) => (second < first ? first : second);
const escalations = ['suicidePrevented', 'crimePrevented', 'petitionPrevented', 'fightPrevented'] as const;

/** What a court says, by how the matter came to it. */
const judged = {
  confirmation: { for: 'confirmed', against: 'dismissed' },
  lawsuit: { for: 'upheld', against: 'changed' },
};

const aCase = fc
  .record({
    acceptedOn: day,
    concluded: day,
    applied: day,
    ruled: day,
    acceptance: fc.constantFrom('accepted', 'accepted', 'accepted', 'pending', 'declined'),
    escalation: fc.constantFrom(null, 'none', 'escalated', ...escalations),
    persons: fc.integer({ min: 1, max: 40 }),
    difficulty: fc.constantFrom(null, 'simple', 'major', 'complex'),
    outcome: fc.constantFrom(null, 'agreed', 'agreed', 'agreed', 'failed'),
    performance: fc.constantFrom(null, 'immediate', 'performed', 'notDue', 'partial', 'notPerformed'),
    aftermath: fc.constantFrom(null, 'none', 'confirmation', 'confirmation', 'lawsuit'),
    courtResult: fc.constantFrom(null, 'for', 'against'),
  })
  .map((drawn) => {
    const record: Record<string, unknown> = {
      acceptedOn: drawn.acceptedOn,
      kind: '01',
      summary: '相邻排水引起的纠纷',
      parties: [{ side: 'applicant', type: 'natural', name: '甲某' }],
      acceptance: drawn.acceptance,
      escalation: drawn.escalation,
      difficulty: drawn.difficulty,
    };
    if (drawn.acceptance === 'declined') record.declineReason = 'refused';
    if ((escalations as readonly unknown[]).includes(drawn.escalation))
      record.preventedPersons = drawn.persons;
    if (drawn.acceptance !== 'accepted' || drawn.outcome === null) return record;
    const concludedOn = after(drawn.acceptedOn, drawn.concluded);
    Object.assign(record, { outcome: drawn.outcome, concludedOn });
    if (drawn.outcome !== 'agreed') return record;
    Object.assign(record, { performance: drawn.performance, aftermath: drawn.aftermath });
    if (drawn.aftermath === 'confirmation' || drawn.aftermath === 'lawsuit') {
      const appliedOn = after(concludedOn, drawn.applied);
      if (drawn.aftermath === 'confirmation') record.confirmationAppliedOn = appliedOn;
      if (drawn.courtResult) {
        const courtResult = judged[drawn.aftermath][drawn.courtResult];
        Object.assign(record, { courtResult, ruledOn: after(appliedOn, drawn.ruled) });
      }
    }
    return record;
  });

const aScreening = day.map((screenedOn) => ({ screenedOn, scope: '某村' }));
const aFinding = fc
  .record({
    foundOn: day,
    settled: day,
    handling: fc.constantFrom(null, 'prevented', 'transferred'),
  })
  .map(({ foundOn, settled, handling }) => ({
    name: '某某纠纷',
    foundOn,
    ...(handling === null ? {} : { handling, settledOn: after(foundOn, settled) }),
  }));

const many = <T>(one: fc.Arbitrary<T>) =>
  fc.array(fc.record({ record: one, isVoided: fc.integer({ min: 0, max: 6 }).map((n) => n === 0) }), {
    maxLength: 14,
  });

/** What each figure counts, one record after another. */
function recount(registers: Record<'mediation' | 'screening' | 'finding', Kept[]>, year: number) {
  const counted: Record<string, Recounted> = {};
  const add = (code: string, kept: Kept, value = 1) => {
    counted[code] ??= { ids: [], value: 0 };
    counted[code].ids.push(kept.id);
    counted[code].value += value;
  };
  const isIn = (value: unknown) => String(value ?? '').slice(0, 4) === String(year);
  for (const one of registers.screening) {
    if (one.state !== 'voided' && isIn(one.record.screenedOn)) add('screening.rounds', one);
  }
  for (const one of registers.finding) {
    if (one.state === 'voided') continue;
    if (isIn(one.record.foundOn)) add('screening.findings', one);
    if (one.record.handling === 'prevented' && isIn(one.record.settledOn)) add('screening.prevented', one);
  }
  for (const one of registers.mediation) {
    const { record } = one;
    if (['voided', 'registered', 'declined'].includes(one.state)) continue;
    if (isIn(record.confirmationAppliedOn)) add('mediation.confirmationApplied', one);
    if (record.aftermath === 'confirmation' && record.courtResult === 'confirmed' && isIn(record.ruledOn))
      add('mediation.confirmed', one);
    if (!isIn(record.acceptedOn)) continue;
    for (const escalation of escalations) {
      if (record.escalation !== escalation) continue;
      const what = `prevention.${escalation.replace('Prevented', '')}`;
      add(`${what}Cases`, one);
      if (record.preventedPersons !== undefined) add(`${what}Persons`, one, Number(record.preventedPersons));
    }
    if (record.difficulty === 'complex') add('mediation.complexCases', one);
    if (record.outcome !== 'agreed') continue;
    if (record.performance === 'immediate' || record.performance === 'performed')
      add('mediation.performed', one);
    if (record.performance !== 'notDue') add('mediation.performanceDue', one);
  }
  return counted;
}

async function expectSame(ledger: CountyLedger): Promise<number> {
  const registers = {
    mediation: await everyRecord(ledger, 'mediation'),
    screening: await everyRecord(ledger, 'screening'),
    finding: await everyRecord(ledger, 'finding'),
  };
  let seen = 0;
  for (const year of years) {
    const counted = recount(registers, year);
    const { figures } = await ledger.call('indicator.list', { year });
    const supporting = figures.filter(({ section, source }) => section === '统计报表' && source === 'ledger');
    expect(supporting).toHaveLength(16);
    for (const figure of supporting) {
      const { ids, value } = counted[figure.code] ?? { ids: [], value: 0 };
      expect(figure.inReport).toBe(false);
      await expectFigure(ledger, { code: figure.code, year, value, ids });
      seen += ids.length;
      delete counted[figure.code];
    }
    expect(Object.keys(counted)).toEqual([]);
    const rate = figures.find(({ code }) => code === 'mediation.performanceRate');
    const of = (code: string) => figures.find((figure) => figure.code === code)?.value ?? 0;
    const [n, d] = [of('mediation.performed'), of('mediation.performanceDue')];
    expect(rate).toMatchObject({ numerator: n, denominator: d });
    expect(rate?.value).toBe(d === 0 ? null : Math.floor((n * 10_000) / d) / 100);
  }
  return seen;
}

test('equal a plain recount, before and after records are voided', { timeout: 120_000 }, async () => {
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(many(aCase), many(aScreening), many(aFinding), async (cases, screenings, findings) => {
      const ledger = await countyLedger();
      try {
        for (const [name, batch] of Object.entries({
          mediation: cases,
          screening: screenings,
          finding: findings,
        }))
          for (const { record, isVoided } of batch) {
            const saved = await ledger.call('ledger.save', { ledger: name, record: { ...record } });
            if (isVoided && saved.actions.includes('void'))
              await ledger.call('ledger.act', {
                id: saved.id,
                action: 'void',
                record: { voidReason: '重复登记' },
              });
          }
        seen += await expectSame(ledger);
      } finally {
        await ledger.close();
      }
    }),
    { numRuns: 6 },
  );
  expect(seen).toBeGreaterThan(20);
});
