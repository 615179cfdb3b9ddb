import disputes from '#seeds/demo/disputes.json' with { type: 'json' };
import words from '#seeds/demo/words.json' with { type: 'json' };
import { addDays, type Day, dayNumber, dayOfNumber, earlierDay, weekdayOf } from '#shared/domain/day.ts';
import { takeCourse } from './courses.ts';
import type { Committee, Mediator } from './organisations.ts';
import {
  birthday,
  creditCode,
  identityNumber,
  occupation,
  organisationName,
  personName,
  phoneNumber,
  position,
  type Sex,
} from './people.ts';
import type { DemoPlan, Place } from './plan.ts';
import { idOn, type Random, weighted } from './random.ts';

type Kind = (typeof disputes.kinds)[number];
type Made = { ledger: string; id: string; record: Record<string, unknown> };

const kindOf = weighted(disputes.kinds.map((kind): [Kind, number] => [kind, kind.weight]));
const source = weighted<string>([
  ['application', 46],
  ['initiative', 40],
  ['policeReferral', 6],
  ['courtReferral', 4],
  ['petitionReferral', 2.5],
  ['otherReferral', 1],
  ['procuratorateReferral', 0.5],
]);
const outcome = weighted<string>([
  ['agreed', 970],
  ['failed', 17],
  ['withdrawn', 8],
  ['terminated', 5],
]);
const difficulty = weighted<string>([
  ['simple', 62],
  ['ordinary', 30],
  ['major', 3],
  ['complex', 5],
]);
const performance = weighted<string>([
  ['immediate', 46],
  ['performed', 40],
  ['partial', 6],
  ['notDue', 6],
  ['notPerformed', 2],
]);
const escalation = weighted<string>([
  ['none', 982],
  ['fightPrevented', 6],
  ['crimePrevented', 5],
  ['petitionPrevented', 5],
  ['suicidePrevented', 2],
]);
const special = weighted<string>([
  ['none', 80],
  ['elderly', 8],
  ['woman', 5],
  ['migrantWorker', 3],
  ['minor', 1.5],
  ['disabled', 1.5],
  ['veteran', 1],
]);
const followUpForm = weighted<string>([
  ['phone', 55],
  ['visit', 30],
  ['meeting', 10],
  ['message', 5],
]);
const nation = weighted<string>([
  ['01', 94],
  ['03', 4],
  ['04', 1],
  ['02', 1],
]);

/** Cases from the first day of the plan to the last, in the order of their days. */
export function* cases(
  plan: DemoPlan,
  organisations: readonly Committee[],
  staff: readonly Mediator[],
  random: Random,
): Generator<Made> {
  const committeeOf = weighted(organisations.map((one): [Committee, number] => [one, one.share]));
  const staffOf = new Map<string, Mediator[]>();
  for (const mediator of staff) {
    if (!mediator.serves) continue;
    const known = staffOf.get(mediator.committeeId);
    if (known) known.push(mediator);
    else staffOf.set(mediator.committeeId, [mediator]);
  }
  const first = dayNumber(plan.from);
  const span = dayNumber(plan.to) - first + 1;
  for (let index = 0; index < plan.cases; index++) {
    const day = dayOfNumber(
      first + Math.min(span - 1, Math.floor(((index + random.next()) / plan.cases) * span)),
    );
    const acceptedOn =
      weekdayOf(day) >= 6 && random.chance(0.7) && day > plan.from ? fridayBefore(day, plan.from) : day;
    const committee = committeeOf(random);
    const mediator = random.pick(staffOf.get(committee.id) ?? staff);
    yield {
      ledger: 'mediation',
      id: idOn(acceptedOn, random),
      record: takeCourse(mediationCase(plan, committee, mediator, acceptedOn, index, random), plan, index),
    };
  }
}

function fridayBefore(day: Day, first: Day): Day {
  const friday = addDays(day, 5 - weekdayOf(day));
  return friday < first ? day : friday;
}

type Party = Record<string, unknown> & { name: string };

function natural(side: string, place: Place, on: Day, random: Random): Party {
  const sex: Sex = random.chance(0.62) ? '1' : '2';
  const birthOn = birthday(on, 20, 78, random);
  const party: Party = { side, type: 'natural', name: personName(random), sex };
  if (random.chance(0.92)) {
    party.idType = '01';
    party.idNumber = identityNumber(birthOn, sex, random);
    party.birthOn = birthOn;
  } else party.age = random.int(20, 78);
  party.nation = nation(random);
  party.position = occupation(random);
  if (random.chance(0.95)) party.phone = phoneNumber(random);
  party.divisionCode = place.code;
  party.address = place.name + random.pick(words.groups);
  return party;
}

function organisation(side: string, place: Place, random: Random): Party {
  const { name, type } = organisationName(place.township, random);
  const street = random.pick(words.streets);
  return {
    side,
    type,
    name,
    creditCode: creditCode(random),
    legalRepresentative: personName(random),
    position: position(random),
    phone: phoneNumber(random),
    divisionCode: place.townshipCode,
    address:
      place.township +
      words.doorNumber.replace('{street}', street).replace('{n}', String(random.int(1, 180))),
  };
}

function partiesOf(kind: Kind, place: Place, on: Day, random: Random): Party[] {
  const parties = [natural('applicant', place, on, random)];
  if (random.chance(0.12)) parties.push(natural('applicant', place, on, random));
  parties.push(
    random.chance(kind.legal)
      ? organisation('respondent', place, random)
      : natural('respondent', place, on, random),
  );
  if (random.chance(0.08)) parties.push(natural('respondent', place, on, random));
  if (random.chance(0.03)) parties.push(natural('third', place, on, random));
  return parties;
}

function mediationCase(
  plan: DemoPlan,
  committee: Committee,
  mediator: Mediator,
  acceptedOn: Day,
  index: number,
  random: Random,
) {
  const kind = kindOf(random);
  const { place } = committee;
  const parties = partiesOf(kind, place, acceptedOn, random);
  const hasMoney = random.chance(kind.money);
  const yuan = hasMoney
    ? rounded(kind.low * (kind.high / kind.low) ** (random.next() ** 1.6))
    : rounded(kind.low);
  const occurredOn = addDays(acceptedOn, -random.int(0, 40));
  const spot = random.pick(disputes.places);
  const facts: Facts = {
    a: parties[0]?.name ?? '',
    b: parties.find(({ side }) => side === 'respondent')?.name ?? '',
    v: place.village,
    p: spot,
    d: dateText(occurredOn),
    n: yuan + words.yuan,
  };
  const concludedOn = addDays(acceptedOn, random.chance(0.85) ? random.int(0, 14) : random.int(15, 45));
  const isOpen = concludedOn > plan.to;
  const cameBy = source(random);
  const record: Record<string, unknown> = {
    acceptedOn,
    kind: kind.code,
    source: cameBy,
    ...(cameBy === 'courtReferral' ? referral(acceptedOn, index) : {}),
    summary: summaryOf(kind, facts, cameBy, random),
    occurredOn,
    divisionCode: place.code,
    place: place.name + spot,
    partyCount: parties.length,
    ...(hasMoney ? { involvedFen: yuan * 100 } : {}),
    specialGroup: special(random),
    isMigrantWorker: kind.code === '10' && random.chance(0.5),
    committeeId: committee.id,
    registrar: mediator.name,
    mediatorId: mediator.id,
    difficulty: difficulty(random),
    ...escalated(random),
    forecast: 'controlled',
    parties,
  };
  if (isOpen) return record;
  const result = outcome(random);
  Object.assign(record, { outcome: result, concludedOn });
  if (result === 'agreed') agree(record, { plan, facts, hasMoney, yuan, concludedOn }, random);
  else record.forecast = random.pick(['recurring', 'unclear']);
  followUp(record, plan, concludedOn, result === 'agreed', random);
  if (random.chance(0.08)) record.remark = random.pick(words.remarks);
  return record;
}

function escalated(random: Random) {
  const happened = escalation(random);
  return { escalation: happened, ...(happened === 'none' ? {} : { preventedPersons: random.int(1, 12) }) };
}

const referral = (acceptedOn: Day, index: number) => ({
  referringCourt: words.court,
  referralKind: 'assigned',
  referralNo: fill(words.referralNo, { y: acceptedOn.slice(0, 4), n: String(index + 1) }),
  referredOn: acceptedOn,
});

type Agreement = {
  plan: DemoPlan;
  facts: Facts;
  hasMoney: boolean;
  yuan: number;
  concludedOn: Day;
};

function agree(record: Record<string, unknown>, made: Agreement, random: Random): void {
  const { plan, facts, hasMoney, yuan, concludedOn } = made;
  const isWritten = random.chance(hasMoney ? 0.8 : 0.5);
  record.agreementForm = isWritten ? 'written' : 'oral';
  const settled = hasMoney ? rounded(yuan * (0.6 + random.next() * 0.4)) : 0;
  if (isWritten) {
    record.agreementText = agreementText({ ...facts, n: settled + words.yuan }, hasMoney, random);
  }
  if (hasMoney) {
    record.amountFen = settled * 100;
    record.performanceMethod = random.chance(0.75) ? 'lumpSum' : 'instalments';
  } else record.performanceMethod = random.pick(['act', 'apology', 'refrain']);
  record.performance = performance(random);
  record.effectiveOn = concludedOn;
  if (!isWritten || !random.chance(0.03)) return;
  const appliedOn = addDays(concludedOn, random.int(1, 28));
  if (appliedOn <= plan.to) {
    record.aftermath = 'confirmation';
    record.confirmationAppliedOn = appliedOn;
    record.courtName = words.court;
  }
}

function followUp(
  record: Record<string, unknown>,
  plan: DemoPlan,
  concludedOn: Day,
  isAgreed: boolean,
  random: Random,
): void {
  if (!random.chance(0.4)) return;
  record.followUpOn = earlierDay(addDays(concludedOn, random.int(10, 60)), plan.to);
  record.followUpForm = followUpForm(random);
  record.satisfaction = random.chance(isAgreed ? 0.97 : 0.6) ? 'satisfied' : 'unsatisfied';
}

type Facts = { a: string; b: string; v: string; p: string; d: string; n: string };

function fill(template: string, facts: Record<string, string>): string {
  return template.replace(/\{(\w)\}/g, (_, name: string) => facts[name] ?? '');
}

function dateText(day: Day): string {
  return fill(words.date, {
    y: day.slice(0, 4),
    m: String(Number(day.slice(5, 7))),
    d: String(Number(day.slice(8))),
  });
}

/** A text begins as the case came in. */
function openingOf(cameBy: string): keyof typeof disputes.openings {
  return cameBy === 'application' || cameBy === 'initiative' ? cameBy : 'referral';
}

function summaryOf(kind: Kind, facts: Facts, cameBy: string, random: Random): string {
  const parts = [
    random.pick(disputes.openings[openingOf(cameBy)]),
    random.pick(kind.causes) + words.stop,
    random.pick(disputes.middles),
  ];
  if (random.chance(0.6)) parts.push(random.pick(disputes.closings));
  return fill(parts.join(''), facts);
}

function agreementText(facts: Facts, hasMoney: boolean, random: Random): string {
  const { terms } = disputes;
  const items = hasMoney ? [random.pick(terms.money)] : [];
  if (!hasMoney || random.chance(0.3)) items.push(random.pick(terms.act));
  const lines = items.map((item, index) => words.numerals[index] + item + words.termSeparator);
  return fill(words.agreementOpening + lines.join('') + words.numerals[items.length] + terms.last, facts);
}

/** Amounts as people name them. */
function rounded(yuan: number): number {
  const step = yuan >= 10_000 ? 500 : yuan >= 1000 ? 50 : 10;
  return Math.max(step, Math.round(yuan / step) * step);
}
