// What was decided of somebody goes with him when an edit gives him another identity key, and can be taken back there.
import fc from 'fast-check';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Saved } from '#shared/api/types.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
beforeEach(async () => {
  await program?.close();
  program = await aProgram();
});
afterAll(() => program.close());

type Who = { name: string; phone?: string | null; idNumber?: string | null };
const number = (order: number) => makeIdentityNumber('1970-05-05', order);
const phone = (order: number) => `1640123${String(order).padStart(4, '0')}`;
const keyOf = ({ name, phone: called, idNumber }: Who) =>
  idNumber ? `i:${idNumber}` : `p:${called}|${name}`;

const made = (who: Who) => program.save(aMediation().withApplicant({ phone: null, idNumber: null, ...who }));
/** The applicant put right, as somebody does who has the record on the screen. */
async function edited(saved: Saved, who: Who): Promise<Saved> {
  const { record, version } = await program.call('ledger.get', { id: saved.id });
  const { caseNo: _given, ...content } = record;
  const parties = [...(content.parties as object[])];
  parties[0] = { side: 'applicant', type: 'natural', ...who };
  return program.save({ ...content, parties }, { id: saved.id, baseVersion: version });
}
const card = (who: Who) => program.call('person.card', { key: keyOf(who) });
const say = (left: Who, right: Who, verdict: 'same' | 'different') =>
  program.call('person.decide', { left: keyOf(left), right: keyOf(right), verdict });

const one: Who = { name: '柳春禾', phone: phone(1) };
const other: Who = { name: '柳春和', phone: phone(2) };

test('a number added later leaves "same person" standing, under the same id, and it can be taken back', async () => {
  const saved = await made(one);
  await made(other);
  const decision = await say(one, other, 'same');
  const known: Who = { ...one, idNumber: number(1) };
  expect((await edited(saved, known)).warnings).toEqual({});
  expect(await card(other)).toMatchObject({ total: 2, keys: [keyOf(known), keyOf(other)].sort() });
  const [{ id, by, at, names } = decision] = (await card(known)).decisions;
  expect({ id, by, at, names: [...names].sort() }).toEqual({
    id: decision.id,
    by: decision.by,
    at: decision.at,
    names: [one.name, other.name].sort(),
  });
  await program.call('person.undecide', { id: decision.id });
  expect((await card(other)).total).toBe(1);
  // Back to what it was: what was taken back stays taken back.
  await edited(saved, one);
  expect((await card(other)).total).toBe(1);
});

test('where others still bear the old key, both are one person, by a decision of its own', async () => {
  const saved = await made(one);
  await made(one);
  await made(other);
  await say(one, other, 'same');
  const known: Who = { ...one, idNumber: number(1) };
  await edited(saved, known);
  expect((await card(known)).total).toBe(3);
  const own = (await card(known)).decisions.find(
    ({ left, right }) => left === keyOf(known) || right === keyOf(known),
  );
  await program.call('person.undecide', { id: own?.id ?? 0 });
  expect((await card(known)).total).toBe(1);
  expect((await card(other)).total).toBe(2);
});

test('"not the same" goes with the row too', async () => {
  const saved = await made(one);
  await made(other);
  await say(one, other, 'different');
  const known: Who = { ...one, idNumber: number(1) };
  await edited(saved, known);
  const decided = await program.refused('person.decide', {
    left: keyOf(known),
    right: keyOf(known),
    verdict: 'same',
  });
  expect(decided.code).toBe('person-is-one');
  expect((await card(known)).decisions).toMatchObject([{ verdict: 'different', undoneAt: null }]);
  expect((await card(known)).likely).toEqual([]);
});

test('somebody else written over the row inherits nothing', async () => {
  const saved = await made(one);
  await made(other);
  await say(one, other, 'same');
  const stranger: Who = { name: '逄其山', idNumber: number(5) };
  expect((await edited(saved, stranger)).warnings).toEqual({});
  expect((await card(stranger)).decisions).toEqual([]);
});

test('what an edit cannot keep together is said with the save', async () => {
  const saved = await made(one);
  await made(other);
  const known: Who = { ...one, idNumber: number(1) };
  await made(known);
  await say(one, other, 'same');
  await say(known, other, 'different');
  const { warnings } = await edited(saved, known);
  expect(warnings).toEqual({ 'parties.0.name': { problem: 'person-parted' } });
});

test('no edit of any row parts who were one person without saying so', async () => {
  const people = 5;
  const who = fc.integer({ min: 0, max: people - 1 });
  const step = fc.oneof(
    fc.record({
      is: fc.constant('decide' as const),
      left: who,
      right: who,
      same: fc.integer({ min: 0, max: 3 }),
    }),
    fc.record({
      is: fc.constant('edit' as const),
      of: who,
      as: fc.integer({ min: 0, max: 9 }),
      name: fc.boolean(),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const own = await aProgram();
      const before = program;
      program = own;
      try {
        const now: Who[] = [];
        const saved: Saved[] = [];
        for (let at = 0; at < people; at++) {
          now.push({ name: `柳春禾${'甲乙丙丁戊'[at]}`, phone: phone(at) });
          saved.push(await made(now[at] as Who));
        }
        const together = async (at: number) => {
          const { keys } = await card(now[at] as Who);
          return now.flatMap((each, index) => (keys.includes(keyOf(each)) ? [index] : []));
        };
        for (const each of steps) {
          if (each.is === 'decide') {
            const [left, right] = [now[each.left] as Who, now[each.right] as Who];
            if (keyOf(left) === keyOf(right)) continue;
            const verdict = each.same > 0 ? 'same' : 'different';
            await program.ask('person.decide', { left: keyOf(left), right: keyOf(right), verdict });
            continue;
          }
          const groups = await Promise.all(now.map((_, at) => together(at)));
          const isShared = now.some((one, at) => at !== each.of && keyOf(one) === keyOf(now[each.of] as Who));
          // Two rows of one key are one person by that alone: whoever gives one of them another key says they are two.
          if (
            isShared &&
            (await card(now[each.of] as Who)).decisions.every(({ undoneAt }) => undoneAt !== null)
          )
            continue;
          const { name } = now[each.of] as Who;
          now[each.of] =
            each.as < 5
              ? { name, phone: phone(each.as) }
              : { name, phone: phone(each.of), idNumber: number(each.as) };
          saved[each.of] = await edited(saved[each.of] as Saved, now[each.of] as Who);
          if (
            Object.values(saved[each.of]?.warnings ?? {}).some(({ problem }) => problem === 'person-parted')
          )
            continue;
          for (const [at, group] of groups.entries())
            expect(await together(at), `${at} after ${JSON.stringify(each)}`).toEqual(
              expect.arrayContaining(group),
            );
        }
      } finally {
        program = before;
        await own.close();
      }
    }),
    { numRuns: 12 },
  );
}, 120_000);
