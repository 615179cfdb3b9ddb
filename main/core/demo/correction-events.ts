import words from '#seeds/demo/correction.json' with { type: 'json' };
import { addDays, addMonths, type Day, dayNumber, earlierDay, yearOf } from '#shared/domain/day.ts';
import { type DemoPerson, shown } from './correction.ts';
import { fateOf, lettersOf, motionsOf, movedRecord } from './correction-fates.ts';
import type { DemoPlan } from './plan.ts';
import { idOn, type Random } from './random.ts';

type Made = { ledger: string; id: string; record: Record<string, unknown> };

export const paperNo = (word: keyof typeof words.paperWords, on: Day, number: number): string =>
  words.paper
    .replace('{w}', words.paperWords[word])
    .replace('{y}', String(yearOf(on)))
    .replace('{n}', String(number));

/** What happened to a person between taking over and end: contacts through the whole time, the rest as it comes. */
export function* correctionEvents(plan: DemoPlan, person: DemoPerson, random: Random): Generator<Made> {
  const { id: personId, receivedOn, order } = person;
  if (receivedOn === null) {
    if (order === shown.missing) yield missed(plan, personId, random);
    return;
  }
  const from = addDays(receivedOn, 5);
  const to = person.endedOn ?? plan.to;
  const last = dayNumber(to) - dayNumber(from);
  if (last < 3) return;
  const make = (ledger: string, on: Day, record: Record<string, unknown>): Made => ({
    ledger,
    id: idOn(on, random),
    record: { personId, ...record },
  });
  for (const { on, record } of motionsOf(order, person.record, plan.to)) yield make('measure', on, record);
  if (person.endedOn !== null && person.record.endKind === 'movedOut')
    yield make('relocation', addDays(person.endedOn, -40), movedRecord(person.endedOn));
  if (fateOf(order)?.wasLost) yield* absence(plan, addDays(plan.to, -35), order, make);
  if (fateOf(order)?.crosses) yield crossing(addDays(plan.to, -20), order, make);
  yield* contacts(person, from, to, make, random);
  if (order === shown.onLeave) {
    yield* leavesNearTheLimit(plan, make);
    for (const { on, record } of lettersOf(personId, plan.to))
      yield { ledger: 'oversight', id: idOn(on, random), record };
  }
  if (order !== shown.onLeave && last > 60 && random.chance(0.35))
    yield leaveOf(addDays(from, random.int(10, 30)), make, random);
  if (last < 120 || fateOf(order)) return;
  // Each in a stretch of its own, so that nobody is in two places
  const at = (share: number) => addDays(from, Math.floor(last * share));
  const drawn = random.next();
  if (drawn < 0.08 && last > 250) yield measure('praise', at(0.9), order, make);
  else if (drawn < 0.16) yield measure('admonition', at(0.5), order, make);
  else if (drawn < 0.22) yield* absence(plan, at(0.5), order, make);
  else if (drawn < 0.26) yield crossing(at(0.4), order, make);
  else if (drawn < 0.29) yield relocation(at(0.6), to, make);
}

type Make = (ledger: string, on: Day, record: Record<string, unknown>) => Made;

function* contacts(
  { category, order }: DemoPerson,
  from: Day,
  to: Day,
  make: Make,
  random: Random,
): Generator<Made> {
  const kinds = ['report', 'visit', 'report', 'education', 'talk', 'service', 'report', 'help'] as const;
  // Of most the last is not long ago; a few are behind with their report
  const step = order % 9 === 8 ? 3 : 2;
  let turn = order;
  for (let on = addDays(from, random.int(0, 12)); on <= to; on = addMonths(on, step)) {
    const kind =
      category === '04' && turn % 2 === 0 ? 'healthReport' : (kinds[turn % kinds.length] ?? 'report');
    const manner = kind === 'report' ? 'written' : 'inPerson';
    const officer = random.pick(words.officers);
    yield make('contact', on, { happenedOn: on, kind, manner, officer, content: words.contacts[kind] });
    turn += 1;
  }
}

const decided = (word: keyof typeof words.paperWords, on: Day, number: number) => ({
  ...{ decision: 'approved', approvedOn: on, approver: words.officers[5] },
  approvalNo: paperNo(word, on, number),
});

function leaveOf(leaveFrom: Day, make: Make, random: Random): Made {
  const days = random.int(2, 9);
  const leaveTo = addDays(leaveFrom, days);
  const appliedOn = addDays(leaveFrom, -4);
  const reason = random.pick(['medical', 'family', 'work', 'lawsuit'] as const);
  return make('leave', appliedOn, {
    ...{ appliedOn, reason, reasonNote: words.leaveReasons[reason], leaveFrom, leaveTo },
    ...{ destination: random.pick(words.destinations), ...decided('leave', addDays(leaveFrom, -1), days) },
    ...{ returnedOn: leaveTo, responsible: random.pick(words.officers) },
  });
}

/** Away until the day after tomorrow, and asking for more days than the county may grant in two months. */
function* leavesNearTheLimit(plan: DemoPlan, make: Make): Generator<Made> {
  const leaveFrom = addDays(plan.to, -20);
  const leaveTo = addDays(plan.to, 2);
  const of = (appliedOn: Day, record: Record<string, unknown>) =>
    make('leave', appliedOn, {
      ...{
        appliedOn,
        reason: 'medical',
        reasonNote: words.leaveReasons.medical,
        responsible: words.officers[0],
      },
      ...{ destination: words.destinations[0] },
      ...record,
    });
  const approvedOn = addDays(leaveFrom, -1);
  yield of(addDays(leaveFrom, -4), { leaveFrom, leaveTo, ...decided('leave', approvedOn, 1) });
  yield of(addDays(plan.to, -1), { leaveFrom: addDays(plan.to, 6), leaveTo: addDays(plan.to, 16) });
}

function measure(kind: 'praise' | 'admonition' | 'warning', on: Day, order: number, make: Make): Made {
  const record = { kind, proposedOn: addDays(on, -3), happenedOn: addDays(on, -6), facts: words[kind] };
  return make('measure', addDays(on, -3), {
    ...{ ...record, proposer: words.officers[order % 5], grounds: words.grounds[kind], decidedOn: on },
    ...{ decisionNo: paperNo('measure', on, order + 1), responsible: words.officers[order % 5] },
  });
}

/** Out of supervision for more than ten days, found, warned, and told by a device for three months. */
function* absence(plan: DemoPlan, absentFrom: Day, order: number, make: Make): Generator<Made> {
  const foundOn = addDays(absentFrom, 1);
  const backOn = addDays(absentFrom, 12);
  const warnedOn = addDays(backOn, 3);
  const responsible = words.officers[order % 5];
  yield make('absence', foundOn, {
    ...{
      kind: 'lost',
      absentFrom,
      foundOn,
      reason: words.lost,
      searchedOn: foundOn,
      searchNote: words.search,
    },
    ...{ policeOn: foundOn, backOn, warnedOn, responsible },
  });
  yield measure('warning', warnedOn, order, make);
  const startsOn = addDays(warnedOn, 2);
  const endsOn = addDays(addMonths(startsOn, 2), -1);
  yield make('positioning', warnedOn, {
    ...{ ground: '02', proposedOn: warnedOn, facts: words.warning, proposer: responsible },
    ...{ approvedOn: addDays(warnedOn, 1), approver: words.officers[5], startsOn, endsOn, responsible },
    approvalNo: paperNo('positioning', startsOn, order + 1),
    ...(endsOn < plan.to ? { removedOn: endsOn, removeReason: words.removed } : {}),
  });
}

function missed(plan: DemoPlan, personId: string, random: Random): Made {
  const foundOn = addDays(plan.to, -13);
  const record = { kind: 'missed', absentFrom: addDays(plan.to, -14), foundOn, reason: words.unreported };
  const more = { searchedOn: foundOn, searchNote: words.search, responsible: words.officers[0] };
  return { ledger: 'absence', id: idOn(foundOn, random), record: { personId, ...record, ...more } };
}

function crossing(on: Day, order: number, make: Make): Made {
  const appliedOn = addDays(on, -20);
  return make('crossing', appliedOn, {
    ...{ appliedOn, ...words.crossing, ...decided('crossing', addDays(on, -1), order + 1) },
    ...{ validFrom: on, validTo: addDays(addMonths(on, 6), -1), responsible: words.officers[order % 5] },
  });
}

function relocation(on: Day, to: Day, make: Make): Made {
  const { reason, address } = words.relocation;
  const record = { appliedOn: on, plannedOn: addDays(on, 40), reason, newAddress: address };
  const inquirySentOn = addDays(on, 4);
  const isAsked = inquirySentOn <= to ? { newOrgan: words.otherCounty, inquirySentOn } : {};
  const repliedOn = earlierDay(addDays(on, 9), to);
  const decidedOn = addDays(on, 12);
  const isDecided =
    decidedOn <= to
      ? {
          ...{ repliedOn, reply: 'disagreed', decision: 'refused', decidedOn },
          ...{
            decisionNo: paperNo('move', decidedOn, 1),
            refusalReason: words.relocation.refused,
            toldOn: decidedOn,
          },
        }
      : {};
  return make('relocation', on, { ...record, ...isAsked, ...isDecided, responsible: words.officers[0] });
}
