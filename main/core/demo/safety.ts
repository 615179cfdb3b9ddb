import words from '#seeds/demo/safety.json' with { type: 'json' };
import { addDays, type Day, dayFrom } from '#shared/domain/day.ts';
import { personName } from './people.ts';
import type { DemoPlan } from './plan.ts';
import { createRandom, idOn, type Random } from './random.ts';

type Made = { ledger: string; id: string; record: Record<string, unknown> };
/** A record, with a step that it takes after its first save. */
export type SafetyRecord = Made & { act?: { action: string; values: Record<string, unknown> } };

/**
 * The 安全保密登记 as a station would have kept it: media and who had them, an incident drill and a loss, assessments, all
 * counted back from the last day of the plan. By numbers of its own, so that the other records stay those of their seed.
 */
export function* safetyRecords(plan: DemoPlan): Generator<SafetyRecord> {
  const random = createRandom(plan.seed + 101);
  const staff = Array.from({ length: 4 }, () => personName(random));
  const ago = (days: number): Day => addDays(plan.to, -days);
  const kept = [...media(plan, staff, random)];
  yield* kept;
  const lostMedium = kept.find(({ ledger, record }) => ledger === 'medium' && record.lostOn !== undefined);
  yield* incidents(ago, lostMedium?.id ?? null, random);
  yield* assessments(ago, staff, random);
}

function* media(plan: DemoPlan, staff: readonly string[], random: Random): Generator<SafetyRecord> {
  const ago = (days: number): Day => addDays(plan.to, -days);
  for (const [at, one] of words.media.entries()) {
    const registeredOn = ago(one.back);
    const id = idOn(registeredOn, random);
    const mediumNo = words.mediumNo
      .replace('{u}', words.unitShort)
      .replace('{n}', String(at + 1).padStart(3, '0'));
    const { kind, capacity, brand, usage } = one;
    const checks = [{ checkedOn: registeredOn, checkedBy: staff[0], tool: words.checkTool, result: 'clean' }];
    const serialNo = String(random.int(10_000_000, 99_999_999));
    const lost = one.lost === undefined ? {} : { lostOn: ago(one.lost), lostReport: words.lostReport };
    yield {
      ledger: 'medium',
      id,
      record: {
        ...{ mediumNo, kind, capacity, brand, serialNo, keeper: staff[0], usage, registeredOn, checks },
        ...lost,
      },
      ...(one.scrapped === undefined ? {} : { act: scrapOf(ago(one.scrapped), staff) }),
    };
    for (const [turn, how] of one.loans.entries()) yield loan(id, how, { ago, turn, staff }, random);
  }
}

const scrapOf = (scrappedOn: Day, [, supervisor]: readonly string[]) => ({
  action: 'scrap',
  values: {
    ...{ scrappedOn, scrapMethod: 'crush', scrapPlace: words.scrapPlace, scrapSupervisor: supervisor },
  },
});

type Around = { ago(days: number): Day; turn: number; staff: readonly string[] };

function loan(mediumId: string, how: string, { ago, turn, staff }: Around, random: Random): SafetyRecord {
  const back = how === 'returned' ? 150 - turn * 30 : how === 'overdue' ? 25 : 3;
  const issuedOn = ago(back);
  const isBack = how === 'returned';
  return {
    ledger: 'mediumLoan',
    id: idOn(issuedOn, random),
    record: {
      mediumId,
      borrower: random.pick(staff.slice(1)),
      purpose: random.pick(words.purposes),
      issuedOn,
      dueOn: addDays(issuedOn, 7),
      issuer: staff[0],
      ...(isBack ? { returnedOn: addDays(issuedOn, 5), receiver: staff[0], returnCheck: 'clean' } : {}),
    },
  };
}

function* incidents(
  ago: (days: number) => Day,
  mediumId: string | null,
  random: Random,
): Generator<SafetyRecord> {
  const { drill, loss, contact } = words;
  const { lessons, ...told } = drill;
  const on = ago(90);
  yield {
    ledger: 'incident',
    id: idOn(on, random),
    record: {
      ...told,
      ...{
        kind: 'loss',
        isPossible: true,
        happenedOn: on,
        discoveredOn: on,
        discoveredBy: personName(random),
      },
      ...{ isSensitive: true, reportedOn: on, notice: 'each', notifiedOn: on, contact },
    },
    act: { action: 'settle', values: { settledOn: addDays(on, 3), lessons } },
  };
  const lostOn = ago(40);
  yield {
    ledger: 'incident',
    id: idOn(lostOn, random),
    record: {
      ...loss,
      ...{
        kind: 'loss',
        happenedOn: lostOn,
        discoveredOn: lostOn,
        discoveredBy: personName(random),
        contact,
      },
      ...(mediumId === null ? {} : { mediumId }),
    },
  };
}

function* assessments(
  ago: (days: number) => Day,
  [assessor, head]: readonly string[],
  random: Random,
): Generator<SafetyRecord> {
  const { next, ...said } = words.assessment;
  const startedOn = ago(300);
  const approvedOn = addDays(startedOn, 10);
  yield {
    ledger: 'assessment',
    id: idOn(startedOn, random),
    record: {
      ...said,
      ...{ situation: 'sensitive', startedOn, assessor, risk: 'middle', conclusion: 'allowed' },
      ...{ approvedBy: head, approvedOn, reviewOn: addDays(approvedOn, 365) },
    },
  };
  const again = ago(10);
  yield {
    ledger: 'assessment',
    id: idOn(again, random),
    record: { subject: next, situation: 'shared', startedOn: again, assessor },
  };
}

type OldCase = Made & { archivedOn: Day | null };

/** Files of long ago, whose period is over, and a matter of minors, which is sealed. */
export function oldCases(plan: DemoPlan, staff: { committeeId: string; mediatorId: string }): OldCase[] {
  const random = createRandom(plan.seed + 103);
  const settled = (acceptedOn: Day, summary: string) => ({
    ...{ acceptedOn, kind: '02', source: 'application', acceptance: 'accepted', summary, ...staff },
    ...{
      difficulty: 'simple',
      outcome: 'agreed',
      concludedOn: addDays(acceptedOn, 2),
      effectiveOn: addDays(acceptedOn, 2),
    },
    ...{ agreementForm: 'oral', agreementText: summary, performance: 'immediate' },
    parties: ['applicant', 'respondent'].map((side) => ({ side, type: 'natural', name: personName(random) })),
  });
  const { sealedCase } = words;
  return [
    ...words.oldCases.map(({ year, summary }) => {
      const acceptedOn = dayFrom(year, 5, random.int(2, 28)) as Day;
      const id = idOn(acceptedOn, random);
      return {
        ledger: 'mediation',
        id,
        record: settled(acceptedOn, summary),
        archivedOn: addDays(acceptedOn, 30),
      };
    }),
    (() => {
      const acceptedOn = addDays(plan.to, -sealedCase.back);
      const record = settled(acceptedOn, sealedCase.summary);
      return { ledger: 'mediation', id: idOn(acceptedOn, random), record, archivedOn: null };
    })(),
  ];
}
