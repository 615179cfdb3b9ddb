import disputes from '#seeds/demo/disputes.json' with { type: 'json' };
import text from '#seeds/demo/screening.json' with { type: 'json' };
import { addDays, asDay, type Day, dayFrom, dayNumber, dayOfNumber, earlierDay } from '#shared/domain/day.ts';
import type { Committee, Mediator } from './organisations.ts';
import { personName } from './people.ts';
import type { DemoPlan } from './plan.ts';
import { createRandom, idOn, type Random, weighted } from './random.ts';

type Made = { ledger: string; id: string; record: Record<string, unknown> };

/** A case that a round of screening brought, as far as its finding names it. */
export type FoundCase = { id: string; record: Record<string, unknown> };

const casesPerRound = 12;
const mostRounds = 20_000;
const kind = weighted<'routine' | 'concentrated' | 'special'>([
  ['routine', 75],
  ['concentrated', 17],
  ['special', 8],
]);
const findingsInRound = weighted<number>([
  [0, 45],
  [1, 35],
  [2, 15],
  [3, 5],
]);
const handling = weighted<'prevented' | 'transferred' | 'open'>([
  ['prevented', 80],
  ['transferred', 8],
  ['open', 12],
]);
const risk = weighted<string>([
  ['blue', 60],
  ['yellow', 28],
  ['orange', 9],
  ['red', 3],
]);

/** How many cases lie between two that came from a round. */
export const casesPerFinding = 30;

/** 以案定补 standards: one set from the first year on, a raised one for the last year. */
export function* subsidyRates(plan: DemoPlan): Generator<Made> {
  const random = createRandom(plan.seed + 5);
  const sets = [...new Set([plan.years.from, plan.years.to])];
  for (const [index, year] of sets.entries()) {
    const validFrom = dayFrom(year, 1, 1) ?? plan.from;
    const next = sets[index + 1];
    const validTo = next === undefined ? null : addDays(dayFrom(next, 1, 1) ?? plan.to, -1);
    for (const [name, difficulty, agreementForm, fen] of text.rates) {
      const record = {
        name: fill(text.rateName, { name: String(name), y: String(year) }),
        validFrom,
        ...(validTo === null ? {} : { validTo }),
        difficulty,
        outcome: 'agreed',
        ...(agreementForm === null ? {} : { agreementForm }),
        amountFen: Math.round(Number(fen) * (1 + index / 2)),
        basis: text.rateBasis,
      };
      yield { ledger: 'subsidyRate', id: idOn(validFrom, random), record };
    }
  }
}

/** Rounds over the whole time and what they found: most settled on the spot, some a case, a few handed over or open. */
export function* screenings(
  plan: DemoPlan,
  organisations: readonly Committee[],
  staff: readonly Mediator[],
  cases: readonly FoundCase[],
): Generator<Made> {
  const random = createRandom(plan.seed + 11);
  const [first, last] = [dayNumber(plan.from), dayNumber(plan.to)];
  const rounds = Math.min(mostRounds, Math.ceil(plan.cases / casesPerRound));
  const waiting = [...cases];
  for (let index = 0; index < rounds; index++) {
    const screenedOn = dayOfNumber(first + Math.floor(((last - first) * (index + random.next())) / rounds));
    const organisation = random.pick(organisations);
    const own = staff.filter(({ committeeId, serves }) => serves && committeeId === organisation.id);
    const names = own.slice(0, 2).map(({ name }) => name);
    const count = findingsInRound(random);
    const how = kind(random);
    const { place } = organisation;
    const scope = place.name + random.pick(text.scopes);
    const id = idOn(screenedOn, random);
    yield {
      ledger: 'screening',
      id,
      record: {
        screenedOn,
        scope,
        kind: how,
        divisionCode: place.code,
        committeeId: organisation.id,
        ...(names.length > 0 ? { screeners: names.join(' ') } : {}),
        personTimes: random.int(2, 9),
        households: random.int(15, 160),
        summary: roundText(place.village, how, count),
        ...(count === 0 ? { remark: text.zero } : {}),
      },
    };
    for (let number = 0; number < count; number++)
      yield finding({ plan, screenedOn, screeningId: id, place: scope, code: place.code }, names[0], random);
    while (waiting[0] && String(waiting[0].record.acceptedOn) <= screenedOn) {
      const found = waiting.shift();
      if (found) yield fromCase(found, id, names[0], screenedOn, random);
    }
  }
}

function roundText(village: string, how: keyof typeof text.kinds, count: number): string {
  const found = count === 0 ? text.nothing : fill(text.found, { n: String(count) });
  return fill(text.round, { v: village, how: text.kinds[how] }) + found;
}

type Where = { plan: DemoPlan; screenedOn: Day; screeningId: string; place: string; code: string };

function finding(where: Where, responsible: string | undefined, random: Random): Made {
  const { plan, screenedOn } = where;
  const [a, b] = [personName(random), personName(random)];
  const dispute = random.pick(disputes.kinds);
  const settled = handling(random);
  const settledOn = addDays(screenedOn, random.int(0, 12));
  const isSettled = settled !== 'open' && settledOn <= plan.to;
  const record = {
    name: fill(text.finding, { a, b }),
    foundOn: screenedOn,
    screeningId: where.screeningId,
    kind: dispute.code,
    persons: `${a} ${b}`,
    divisionCode: where.code,
    place: where.place,
    summary: fill(text.facts, { a, b, cause: random.pick(text.causes) }),
    riskColour: risk(random),
    ...(responsible === undefined ? {} : { responsible }),
    dueOn: addDays(screenedOn, 15),
    ...(isSettled ? { handling: settled, settledOn, result: text[settled] } : {}),
  };
  return { ledger: 'finding', id: idOn(screenedOn, random), record };
}

function fromCase(
  found: FoundCase,
  screeningId: string,
  responsible: string | undefined,
  screenedOn: Day,
  random: Random,
): Made {
  const { record } = found;
  const parties = record.parties as { name: string }[];
  const [a = '', b = ''] = parties.map(({ name }) => name);
  const acceptedOn = asDay(String(record.acceptedOn));
  const foundOn = earlierDay(acceptedOn, screenedOn);
  return {
    ledger: 'finding',
    id: idOn(foundOn, random),
    record: {
      name: fill(text.finding, { a, b }).slice(0, 80),
      foundOn,
      screeningId,
      kind: record.kind,
      persons: parties
        .map(({ name }) => name)
        .join(' ')
        .slice(0, 120),
      divisionCode: record.divisionCode,
      place: record.place,
      riskColour: risk(random),
      ...(responsible === undefined ? {} : { responsible }),
      dueOn: addDays(foundOn, 15),
      handling: 'accepted',
      settledOn: acceptedOn,
      caseId: found.id,
      result: text.accepted,
    },
  };
}

function fill(template: string, facts: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? '');
}
