import words from '#seeds/demo/correction.json' with { type: 'json' };
import { addDays, addMonths, type Day, dayNumber, earlierDay, yearOf } from '#shared/domain/day.ts';
import { correctionEvents, paperNo } from './correction-events.ts';
import { custodyOf, fatedEnd, fateOf } from './correction-fates.ts';
import { birthday, identityNumber, personName, phoneNumber, type Sex } from './people.ts';
import type { DemoPlan } from './plan.ts';
import { createRandom, idOn, type Random, weighted } from './random.ts';

type Made = { ledger: string; id: string; record: Record<string, unknown> };
/** Somebody under correction, with what the events of the file need to know. */
export type DemoPerson = Made & {
  receivedOn: Day | null;
  endedOn: Day | null;
  category: string;
  /** Which of the people of the demonstration: some are there to show something. */
  order: number;
};

const categoryOf = weighted<string>([
  ['02', 86],
  ['03', 7],
  ['04', 4],
  ['01', 3],
]);

/** People of the demonstration that stand for a state or a duty; the others come as chance has it. */
export const shown = { onLeave: 0, minorNow: 1, minorEnded: 2, missing: 3, expected: 4, fresh: 5 } as const;

/**
 * 社区矫正 as a station or a county would have kept it over the years of the plan: evaluations, persons from the papers to
 * the end, and what happened to them. By numbers of its own, so that the other records stay those of their seed.
 */
export function* correctionRecords(plan: DemoPlan, people: number): Generator<Made> {
  if (people === 0) return;
  const random = createRandom(plan.seed + 211);
  const persons = Array.from({ length: people }, (_, order) => personOf(plan, order, people, random));
  yield* evaluations(plan, Math.ceil(people * 0.6), random);
  persons.sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const { ledger, id, record } of persons) yield { ledger, id, record };
  for (const person of persons) yield* correctionEvents(plan, person, random);
}

/** Days spread over the plan, the last ones near its end. */
function spread(plan: DemoPlan, at: number, of: number, random: Random): Day {
  const span = dayNumber(plan.to) - dayNumber(plan.from);
  return addDays(plan.from, Math.min(span, Math.floor(((at + random.next()) / of) * span)));
}

function who(plan: DemoPlan, bornOn: Day, sex: Sex, random: Random): Record<string, unknown> {
  const place = random.pick(plan.places);
  const address = place.name + random.int(1, 99);
  return {
    name: personName(random),
    ...{ idType: '01', idNumber: identityNumber(bornOn, sex, random), sex, birthOn: bornOn, nation: '01' },
    ...{ phone: phoneNumber(random), divisionCode: place.code, address, registeredAddress: address },
  };
}

function personOf(plan: DemoPlan, order: number, of: number, random: Random): DemoPerson {
  const isOne = (kind: keyof typeof shown) => shown[kind] === order;
  const isMinor = isOne('minorNow') || isOne('minorEnded');
  const category = order <= shown.fresh ? '02' : (fateOf(order)?.category ?? categoryOf(random));
  const [charge = '', chargeArticle = '', penaltyOf = '03', months = 6] = random.pick(words.crimes) as [
    string,
    string,
    string,
    number,
  ];
  const penalty = category === '02' ? penaltyOf : category === '01' ? '05' : '03';
  const effectiveOn = beganOn(plan, order, of, random);
  // Long enough for what is to come of somebody
  const term = Math.max(termOf(category, penalty, months, random), fateOf(order) ? 8 : 0);
  const termTo = addDays(addMonths(effectiveOn, term), -1);
  const sex: Sex = random.chance(0.12) ? '2' : '1';
  const decidedOn = addDays(effectiveOn, -11);
  const crimeOn = addDays(decidedOn, -random.int(60, 200));
  const bornOn = isMinor
    ? addDays(plan.to, isOne('minorNow') ? -6300 : -6700)
    : birthday(decidedOn, 19, 62, random);
  const documentsOn = addDays(effectiveOn, random.int(2, 6));
  const year = yearOf(effectiveOn);
  const number = String(order + 11);
  const record: Record<string, unknown> = {
    ...who(plan, bornOn, sex, random),
    ...(random.chance(0.18) ? { isFromElsewhere: true } : {}),
    ...{ registeredOn: documentsOn, entry: random.chance(0.06) ? 'movedIn' : 'new', category },
    ...{ organKind: '01', organ: words.court, decidedOn, effectiveOn, documentsOn },
    ...{ decisionNo: words.judgment.replace('{y}', String(year)).replace('{n}', number) },
    receiptSentOn: earlierDay(addDays(documentsOn, 2), plan.to),
    ...{ charge, chargeArticle, penalty, crimeOn, judgedBy: words.court, judgedOn: decidedOn },
    ...(penalty === '05' ? {} : { penaltyMonths: category === '02' ? months : months + 24 }),
    ...{ extraPenalty: '01', termFrom: effectiveOn, termTo },
    ...(category === '03' || category === '04' ? { penaltyTo: addDays(termTo, 30) } : {}),
    ...(category === '04' ? { ground: 'illness' } : {}),
    responsible: random.pick(words.officers),
  };
  if (record.entry === 'movedIn') record.movedFrom = words.otherCounty;
  Object.assign(record, papersIn(order, category, record.entry === 'movedIn', documentsOn, plan.to));
  const made = { ledger: 'correction', id: idOn(documentsOn, random), record, category, order };
  if (isOne('expected')) return { ...made, receivedOn: null, endedOn: null };
  if (isOne('missing')) {
    Object.assign(record, { searchedOn: addDays(effectiveOn, 12), searchNote: words.unreported });
    return { ...made, receivedOn: null, endedOn: null };
  }
  const receivedOn = addDays(documentsOn, random.int(0, 3));
  const endedOn = takeIn(plan, { record, receivedOn, termTo, order, sex, isMinor }, random);
  return { ...made, receivedOn, endedOn };
}

/**
 * The legal papers that came in with somebody, ticked: whole for most. Of the last one who came one is missing and nobody
 * was told yet; of some the organ was told, and sent it or has not yet (`isAwaited`).
 */
function papersIn(
  order: number,
  category: string,
  isMoved: boolean,
  documentsOn: Day,
  today: Day,
): Record<string, unknown> {
  const isFresh = order === shown.fresh;
  const wasAsked = order % 9 === 7;
  const isAwaited = wasAsked && documentsOn > addDays(today, -120);
  const isMissing = isFresh || isAwaited;
  const main = { '03': 'hasRuling', '04': 'hasDecision' }[category] ?? 'hasJudgment';
  return {
    ...{ [main]: true, hasExecutionNotice: category === '04' || !isMissing, hasClosingForm: true },
    ...(category === '04' && isMissing ? { [main]: false } : {}),
    ...(category === '02' ? { hasIndictment: order % 3 === 0 } : {}),
    ...(isMoved ? { hasTransferLetter: true } : {}),
    ...(wasAsked ? { supplementAskedOn: earlierDay(addDays(documentsOn, 2), today) } : {}),
  };
}

/** When the judgment came into force: over the years, and for some so that they show something on the last day. */
function beganOn(plan: DemoPlan, order: number, of: number, random: Random): Day {
  const drawn = addDays(spread(plan, order, of, random), -20);
  if (order === shown.expected) return addDays(plan.to, -9);
  if (order === shown.missing) return addDays(plan.to, -25);
  if (order === shown.fresh) return addDays(plan.to, -12);
  if (order === shown.onLeave || order === shown.minorNow) return addDays(plan.to, -150);
  if (fateOf(order)?.endKind === null) return addDays(plan.to, -55);
  return order === shown.minorEnded ? addMonths(addDays(plan.to, -2), -12) : drawn;
}

function termOf(category: string, penalty: string, months: number, random: Random): number {
  if (category === '01') return random.int(4, 24);
  if (category !== '02') return random.int(8, 30);
  if (penalty === '04') return random.int(Math.max(2, months), 8);
  return Math.max(12, months) + 6 * random.int(0, 2);
}

type Intake = {
  record: Record<string, unknown>;
  receivedOn: Day;
  termTo: Day;
  order: number;
  sex: Sex;
  isMinor: boolean;
};

/** Taken over, declared, with group, level and plan; ended where the term is over. Gives the day of the end. */
function takeIn(plan: DemoPlan, { record, receivedOn, termTo, order, sex, isMinor }: Intake, random: Random) {
  const file = words.file.replace('{y}', String(yearOf(receivedOn))).replace('{n}', String(order + 1));
  Object.assign(record, { reportedOn: receivedOn, receivedOn, receivedWay: 'self', fileNo: file });
  record.exitBanOn = earlierDay(addDays(receivedOn, 1), plan.to);
  if (isMinor)
    Object.assign(record, { guardianName: personName(random), guardianPhone: phoneNumber(random) });
  if (order === shown.fresh) return null;
  const declaredOn = earlierDay(addDays(receivedOn, random.int(0, 3)), plan.to);
  Object.assign(record, {
    declaredOn,
    declaredBy: record.responsible,
    groupOn: declaredOn,
    planOn: declaredOn,
  });
  record.members = words.memberRoles.map(([kind, own]) => ({
    ...{ kind, name: personName(random), sex: sex === '2' && kind === 'committee' ? '2' : own },
    ...(isMinor && kind === 'committee' ? { knowsMinors: true } : {}),
  }));
  const next = addMonths(declaredOn, 6);
  record.levels = [
    { level: 'ordinary', startedOn: declaredOn, reason: words.level },
    ...(next < earlierDay(termTo, plan.to)
      ? [{ level: random.pick(['lenient', 'ordinary', 'strict']), startedOn: next, reason: words.levelNext }]
      : []),
  ];
  record.plans = [{ madeOn: declaredOn, ...words.plan }];
  return end(plan, { record, declaredOn, termTo, order }, random);
}

function end(
  plan: DemoPlan,
  {
    record,
    declaredOn,
    termTo,
    order,
  }: { record: Record<string, unknown>; declaredOn: Day; termTo: Day; order: number },
  random: Random,
): Day | null {
  const fated = fatedEnd(order, declaredOn, earlierDay(termTo, plan.to));
  if (fated !== null) {
    Object.assign(record, fated, custodyOf(order, fated.endedOn as Day));
    return fated.endedOn as Day;
  }
  const isFree = order > shown.fresh && !fateOf(order);
  const early = isFree && random.chance(0.06) ? addDays(declaredOn, random.int(70, 160)) : null;
  if (early !== null && early < termTo && early <= plan.to) {
    const endKind = record.category === '02' && random.chance(0.6) ? 'probationRevoked' : 'died';
    const endReason = endKind === 'died' ? words.died : words.revoked;
    Object.assign(record, { endKind, endedOn: early, endReason });
    record.endNotifiedOn = earlierDay(addDays(early, 2), plan.to);
    return early;
  }
  if (termTo > plan.to) {
    // Whose term is over within a month has written the summary
    if (termTo <= addDays(plan.to, 25)) record.summaryOn = plan.to;
    return null;
  }
  const before = addDays(termTo, -20);
  const summaryOn = before < declaredOn ? termTo : before;
  Object.assign(record, { summaryOn, appraisedOn: termTo, endKind: 'expired', endedOn: termTo });
  record.certificateNo = paperNo('move', termTo, order + 1);
  if (termTo < addDays(plan.to, -10)) record.endNotifiedOn = addDays(termTo, 1);
  return termTo;
}

function* evaluations(plan: DemoPlan, many: number, random: Random): Generator<Made> {
  const made: Made[] = [];
  for (let at = 0; at < many; at++) {
    // The last two are still with the station
    const back = many - at;
    const receivedOn = back <= 2 ? addDays(plan.to, -3 * back) : spread(plan, at, many, random);
    const sex: Sex = random.chance(0.12) ? '2' : '1';
    const [charge, chargeArticle] = random.pick(words.crimes) as [string, string];
    const year = yearOf(receivedOn);
    const pair = [random.pick(words.officers.slice(0, 3)), random.pick(words.officers.slice(3))];
    const isSpeedy = random.chance(0.25);
    const record: Record<string, unknown> = {
      ...{ receivedOn, source: random.chance(0.8) ? '01' : '02' },
      ...{ commissionNo: words.commission.replace('{y}', String(year)).replace('{n}', String(at + 1)) },
      ...{ commissionedOn: addDays(receivedOn, -2), procedure: isSpeedy ? 'speedy' : 'ordinary' },
      ...who(plan, birthday(receivedOn, 19, 62, random), sex, random),
      ...{ subjectKind: '01', charge, chargeArticle, plannedCategory: '02', responsible: pair[0] },
    };
    record.organ = record.source === '01' ? words.court : words.prosecutor;
    if (back > 1)
      Object.assign(record, { startedOn: addDays(receivedOn, 1), investigators: pair.join('、') });
    const issuedOn = addDays(receivedOn, isSpeedy ? random.int(3, 5) : random.int(6, 11));
    if (back > 2 && issuedOn <= plan.to) Object.assign(record, opinionOf(issuedOn, at, plan, random));
    made.push({ ledger: 'evaluation', id: idOn(receivedOn, random), record });
  }
  yield* made;
}

function opinionOf(issuedOn: Day, at: number, plan: DemoPlan, random: Random): Record<string, unknown> {
  const said = weighted<string>([
    ['suitable', 86],
    ['unsuitable', 10],
    ['impossible', 4],
  ])(random);
  const { housing, relations, views, danger } = words;
  const adoption = said === 'suitable' && issuedOn < addDays(plan.to, -40) ? { adoption: 'adopted' } : {};
  return {
    ...{
      conclusion: said,
      issuedOn,
      opinionNo: paperNo('opinion', issuedOn, at + 1),
      signedBy: words.officers[5],
    },
    ...(said === 'impossible'
      ? { impossibleReason: words.impossible }
      : { housing, relations, views, danger, reviewedOn: issuedOn }),
    ...(said === 'impossible' ? {} : { opinion: said === 'suitable' ? words.opinion : words.opposed }),
    copiedOn: issuedOn,
    ...(adoption.adoption ? { ...adoption, adoptedOn: addDays(issuedOn, 20) } : {}),
  };
}
