import words from '#seeds/demo/correction.json' with { type: 'json' };
import { addDays, type Day, earlierDay } from '#shared/domain/day.ts';

/**
 * What came of some people of the demonstration, so that every kind of proposal, its answers and every usual end can be
 * seen: who is the so-many-th of the people (`shown` names the first six).
 */
type Fate = {
  category: string;
  /** How it ended, a quarter of a year after the declaration; null for who is still there. */
  endKind: string | null;
  /** What was proposed to whom, and what they answered; `none` where the answer is awaited. */
  motions: readonly { kind: keyof typeof words.motions; result: 'granted' | 'denied' | 'none' }[];
  isNewCrime?: true;
  /** Was out of supervision not long ago; goes to other counties again and again. */
  wasLost?: true;
  crosses?: true;
};

const fates: ReadonlyMap<number, Fate> = new Map<number, Fate>([
  [
    6,
    {
      ...{ category: '02', endKind: 'probationRevoked' },
      motions: [
        { kind: 'security', result: 'granted' },
        { kind: 'revokeProbation', result: 'granted' },
        { kind: 'arrest', result: 'granted' },
      ],
    },
  ],
  [
    7,
    {
      ...{ category: '03', endKind: 'paroleRevoked', isNewCrime: true },
      motions: [{ kind: 'revokeParole', result: 'granted' }],
    },
  ],
  [8, { category: '04', endKind: 'imprisoned', motions: [{ kind: 'imprison', result: 'granted' }] }],
  [9, { category: '04', endKind: 'died', motions: [] }],
  [10, { category: '02', endKind: 'movedOut', motions: [] }],
  [11, { category: '02', endKind: null, motions: [{ kind: 'revokeProbation', result: 'denied' }] }],
  [
    12,
    {
      ...{ category: '02', endKind: null, crosses: true },
      motions: [{ kind: 'security', result: 'granted' }],
    },
  ],
  [13, { category: '02', endKind: null, motions: [{ kind: 'reduction', result: 'denied' }] }],
  [14, { category: '03', endKind: null, motions: [{ kind: 'revokeParole', result: 'none' }] }],
  [15, { category: '01', endKind: null, motions: [{ kind: 'reduction', result: 'none' }] }],
  [16, { category: '02', endKind: null, motions: [], wasLost: true }],
  [17, { category: '04', endKind: null, motions: [] }],
]);

/** Nobody's probation ends before its time without a proposal. */
const revoked: Fate = {
  ...{ category: '02', endKind: 'probationRevoked' },
  motions: [{ kind: 'revokeProbation', result: 'granted' }],
};

export const fateOf = (order: number): Fate | undefined => fates.get(order);

/** Days from the declaration to the end of who did not stay, and from the end back to what led to it. */
const stayed = 95;
const [asked, between] = [20, 12];

/** The end that a fate has, where there was time for it. */
export function fatedEnd(order: number, declaredOn: Day, last: Day): Record<string, unknown> | null {
  const { endKind, isNewCrime } = fateOf(order) ?? { endKind: null };
  const endedOn = addDays(declaredOn, stayed);
  if (endKind === null || endedOn >= last) return null;
  return {
    ...{ endKind, endedOn, endReason: words.ends[endKind as keyof typeof words.ends] },
    ...(endKind === 'movedOut' ? { movedTo: words.otherCounty } : {}),
    ...(isNewCrime ? { newCrimeOn: addDays(endedOn, -asked - between), newCrimeNote: words.newCrime } : {}),
    endNotifiedOn: earlierDay(addDays(endedOn, 2), last),
  };
}

type Motion = { on: Day; record: Record<string, unknown> };

/** Proposals one after the other: before the end of who did not stay; not long ago for who is still there. */
export function* motionsOf(
  order: number,
  { endKind = null, endedOn = null }: { endKind?: unknown; endedOn?: unknown },
  today: Day,
): Generator<Motion> {
  const fate = fateOf(order) ?? (endKind === 'probationRevoked' ? revoked : undefined);
  // Who came too late for his fate has another end, or none
  if (!fate || fate.endKind !== endKind) return;
  const end = endedOn as Day | null;
  // An arrest is asked for together with the revocation before it
  const steps = fate.motions.filter(({ kind }) => kind !== 'arrest').length;
  for (const [at, { kind, result }] of fate.motions.entries()) {
    const step = kind === 'arrest' ? at - 1 : at;
    const { organ, facts, grounds, word } = words.motions[kind];
    const decidedOn =
      end === null
        ? addDays(today, result === 'none' ? -9 : -asked - between)
        : addDays(end, -asked - between * (steps - 1 - step));
    // A court has two days for an arrest, others take some more
    const resultOn = kind === 'arrest' ? addDays(decidedOn, 2) : addDays(decidedOn, between - 2);
    const year = decidedOn.slice(0, 4);
    yield {
      on: addDays(decidedOn, -2),
      record: {
        ...{ kind, proposedOn: addDays(decidedOn, -2), happenedOn: addDays(decidedOn, -4), facts, grounds },
        ...{ proposer: words.officers[order % 5], decidedOn, organ, copiedOn: decidedOn },
        decisionNo: words.motionNo.replace('{w}', word).replace('{y}', year).replace('{n}', String(order)),
        responsible: words.officers[order % 5],
        ...(result === 'none'
          ? {}
          : {
              ...{ result, resultOn },
              resultNo: words.answerNo.replace('{y}', year).replace('{n}', String(order + 20 + at)),
            }),
      },
    };
  }
}

/** Taken into custody where an arrest was ordered. */
export function custodyOf(order: number, endedOn: Day | null): Record<string, unknown> {
  const arrest = fateOf(order)?.motions.some(({ kind }) => kind === 'arrest') ?? false;
  if (!arrest || endedOn === null) return {};
  const custodyOn = addDays(endedOn, -asked + 3);
  return { custodyOn, custodyNote: words.custody, custodyToldOn: addDays(custodyOn, 1) };
}

/** Two letters of the procuratorate: on the work as a whole, which was answered, and on somebody, which waits for it. */
export function* lettersOf(personId: string, today: Day): Generator<Motion> {
  const letter = (kind: 'correct' | 'suggestion', on: Day, number: number) => ({
    ...{ kind, organ: words.prosecutor, receivedOn: on, content: words.letters[kind].content },
    letterNo: words.letters.number
      .replace('{w}', words.letters[kind].word)
      .replace('{y}', on.slice(0, 4))
      .replace('{n}', String(number)),
    ...{ replyBy: addDays(on, 15), responsible: words.officers[0] },
  });
  const before = addDays(today, -80);
  yield {
    on: before,
    record: {
      ...letter('suggestion', before, 2),
      ...{ measures: words.letters.suggestion.measures, answer: 'adopted', repliedOn: addDays(before, 11) },
    },
  };
  yield { on: addDays(today, -6), record: { ...letter('correct', addDays(today, -6), 5), personId } };
}

/** The file of who moved away, asked for and handed over in the days that the rules give. */
export function movedRecord(endedOn: Day): Record<string, unknown> {
  const { reason, address } = words.relocation;
  const appliedOn = addDays(endedOn, -40);
  const decidedOn = addDays(endedOn, -10);
  return {
    ...{ appliedOn, plannedOn: endedOn, reason, newAddress: address, newOrgan: words.otherCounty },
    ...{ inquirySentOn: addDays(appliedOn, 4), repliedOn: addDays(appliedOn, 9), reply: 'agreed' },
    ...{ decision: 'approved', decidedOn, toldOn: addDays(decidedOn, 1) },
    decisionNo: words.motionNo
      .replace('{w}', words.paperWords.move)
      .replace('{y}', decidedOn.slice(0, 4))
      .replace('{n}', '2'),
    ...{
      filesSentOn: addDays(decidedOn, 4),
      receiptOn: addDays(decidedOn, 8),
      responsible: words.officers[0],
    },
  };
}
