import text from '#seeds/demo/screening.json' with { type: 'json' };
import words from '#seeds/demo/words.json' with { type: 'json' };
import { addDays, asDay, type Day, earlierDay } from '#shared/domain/day.ts';
import type { DemoPlan } from './plan.ts';
import { createRandom, type Random } from './random.ts';

type CaseRecord = Record<string, unknown>;

/** What stands in a case however it went on. */
const facts = [
  'acceptedOn',
  'kind',
  'source',
  'summary',
  'occurredOn',
  'divisionCode',
  'place',
  'partyCount',
  'involvedFen',
  'specialGroup',
  'isMigrantWorker',
  'committeeId',
  'registrar',
  'parties',
] as const;

/** What stands in a case before anything was decided on it. */
const asReceived = (record: CaseRecord): CaseRecord =>
  Object.fromEntries(facts.flatMap((field) => (record[field] === undefined ? [] : [[field, record[field]]])));

/**
 * How a case went on besides its result: waiting for a decision, refused, handed over; an agreement performed, and what
 * a court said of it. By numbers of its own, so that the cases themselves stay those of their seed.
 */
export function takeCourse(record: CaseRecord, plan: DemoPlan, index: number): CaseRecord {
  const random = createRandom(plan.seed * 7919 + index);
  const share = random.next();
  if (record.outcome === undefined) {
    return share < 0.08
      ? { ...asReceived(record), acceptance: 'pending' }
      : { ...record, acceptance: 'accepted' };
  }
  if (share < 0.005) return declined(record, random);
  if (share < 0.01) return transferred(record, random);
  const next: CaseRecord = { ...record, acceptance: 'accepted' };
  if (next.outcome === 'agreed') perform(next, plan, index, random);
  return next;
}

function declined(record: CaseRecord, random: Random): CaseRecord {
  const reasons = Object.keys(text.declined) as (keyof typeof text.declined)[];
  const declineReason = random.pick(reasons);
  return {
    ...asReceived(record),
    acceptance: 'declined',
    declineReason,
    remark: text.declined[declineReason],
  };
}

function transferred(record: CaseRecord, random: Random): CaseRecord {
  const { concludedOn, mediatorId, difficulty } = record;
  return {
    ...asReceived(record),
    acceptance: 'accepted',
    mediatorId,
    difficulty,
    outcome: 'transferred',
    concludedOn,
    transferTo: random.pick(['court', 'police', 'other']),
    outcomeReason: text.transferReason,
  };
}

function perform(record: CaseRecord, plan: DemoPlan, index: number, random: Random): void {
  const effectiveOn = asDay(String(record.effectiveOn));
  const performBy = addDays(effectiveOn, record.performance === 'immediate' ? 0 : random.int(10, 90));
  if (record.amountFen !== undefined) record.performBy = performBy;
  if (record.performance === 'immediate') record.performedOn = effectiveOn;
  if (record.performance === 'performed')
    record.performedOn = earlierDay(addDays(effectiveOn, random.int(1, 60)), plan.to);
  if (record.aftermath === 'confirmation') {
    const applied = asDay(String(record.confirmationAppliedOn));
    rule(record, plan, addDays(applied, random.int(3, 28)), {
      courtResult: random.chance(0.94) ? 'confirmed' : 'dismissed',
      rulingNo: number(text.rulingNo, applied, index),
    });
  } else if (record.performance === 'notPerformed') {
    record.aftermath = random.pick(['lawsuit', 'enforcement', 'none']);
    if (record.aftermath === 'none') return;
    record.courtName = words.court;
    rule(record, plan, addDays(effectiveOn, random.int(60, 200)), {
      courtResult: random.chance(0.85) ? 'upheld' : 'changed',
      rulingNo: number(text.lawsuitNo, effectiveOn, index),
    });
  }
}

function rule(record: CaseRecord, plan: DemoPlan, ruledOn: Day, result: CaseRecord): void {
  if (ruledOn <= plan.to) Object.assign(record, { ...result, ruledOn });
}

function number(template: string, day: Day, index: number): string {
  return template.replace('{y}', day.slice(0, 4)).replace('{n}', String((index % 900) + 1));
}
