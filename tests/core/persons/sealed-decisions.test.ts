// What people said of persons, and which warnings they read, goes under the sealing key with the record and comes back with it.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sql } from '#core/db/sql.ts';
import { foundIn } from '#tests/fixtures/bare-pages.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program } from '#tests/fixtures/program.ts';
import { keyOf, keys, pagesOf, seal } from '#tests/fixtures/sealing.ts';

let program: Program;
let clerk: Person;
let head: Person;
beforeEach(async () => {
  program = await aProgram({ everyRole: true });
  keys.set(program, await keyOf(program));
  [clerk, head] = [await program.signIn('clerk'), await program.signIn('head')];
});
afterEach(() => program.close());

const number = (order: number) => makeIdentityNumber('1970-05-05', order);
const key = (order: number) => `i:${number(order)}`;
const aCaseOf = async (order: number, name = '爨玉珍') => {
  const applicant = { name, idNumber: number(order), phone: null };
  return (await program.save(aMediation().withApplicant(applicant))).id;
};
const say = (left: number, right: number, verdict: 'same' | 'different') =>
  program.call('person.decide', { left: key(left), right: key(right), verdict });
const card = (order: number) => program.call('person.card', { key: key(order) });
const allDecisions = () => program.look((db) => db.all(sql`select * from person_decision order by seq`));

async function unseal(recordId: string): Promise<void> {
  const request = await clerk.call('sealing.apply', {
    ...{ recordId, kind: 'unseal', basis: 'mistaken', reason: '封错' },
  });
  await head.call('sealing.confirm', request);
}

test('decisions, standing and taken back, leave with the record and stand again as they were', async () => {
  const sealed = await aCaseOf(1);
  for (const order of [3, 5, 7]) await aCaseOf(order);
  await say(1, 3, 'same');
  const taken = await say(1, 7, 'same');
  await program.call('person.undecide', { id: taken.id });
  program.clock.now = new Date('2025-07-02T01:00:00Z');
  await say(1, 5, 'different');
  await say(3, 7, 'different');
  const before = await allDecisions();
  expect(before).toHaveLength(4);
  await seal(clerk, head, sealed);
  expect(await allDecisions()).toHaveLength(1);
  expect(foundIn(await pagesOf(program), [number(1)])).toEqual([]);
  await unseal(sealed);
  expect(await allDecisions()).toEqual(before);
  expect(await card(3)).toMatchObject({ total: 2, keys: [key(1), key(3)].sort() });
});

test('only what still fits: nothing of a person who is gone, nothing against what was said since', async () => {
  const sealed = await aCaseOf(1);
  for (const order of [3, 5]) await aCaseOf(order);
  const gone = await aCaseOf(7);
  await say(1, 3, 'same');
  await say(1, 5, 'same');
  await say(1, 7, 'same');
  await seal(clerk, head, sealed);
  await seal(clerk, head, gone);
  await say(3, 5, 'different');
  await unseal(sealed);
  const pairs = (await allDecisions()) as { left_key: string; right_key: string; verdict: string }[];
  const shown = pairs.map((one) => [[one.left_key, one.right_key].sort(), one.verdict]);
  // Said first, 1 and 3 are one; then 1 and 5 cannot be, for 3 and 5 are two.
  expect(shown).toEqual(
    expect.arrayContaining([
      [[key(1), key(3)].sort(), 'same'],
      [[key(3), key(5)].sort(), 'different'],
    ]),
  );
  expect(shown).toHaveLength(2);
  expect(foundIn(await pagesOf(program), [number(7)])).toEqual([]);
});

test('another decision on the same two, made while it was sealed, stands; what somebody else bears was never lost', async () => {
  const sealed = await aCaseOf(1);
  await aCaseOf(3);
  await say(1, 3, 'same');
  await seal(clerk, head, sealed);
  const again = await aCaseOf(1);
  await say(1, 3, 'different');
  await unseal(sealed);
  const standing = (await allDecisions()) as { verdict: string }[];
  expect(standing.map(({ verdict }) => verdict)).toEqual(['different']);
  await seal(clerk, head, again);
  expect(await allDecisions()).toEqual(standing);
  await unseal(again);
  expect(await allDecisions()).toEqual(standing);
});

test('warnings that were read stand on the file again, its own and those of others that quote it', async () => {
  const [one, other] = [
    { name: '盖聂云', idNumber: number(11) },
    { name: '朴正熙文', idNumber: number(13) },
  ];
  const dispute = (left: typeof one, right: typeof one) =>
    aMediation().with({
      parties: [
        { side: 'applicant', type: 'natural', idType: '01', ...left },
        { side: 'respondent', type: 'natural', idType: '01', ...right },
      ],
    });
  const old = await program.save(dispute(one, other).failed('2025-05-01'));
  const next = await program.save(dispute(other, one));
  const read = async (id: string) => {
    const { record } = await program.call('ledger.get', { id });
    const found = await program.call('person.warnings', { ledger: 'mediation', id, record });
    return program.call('person.see', { id, warnings: found.map((warning) => warning.key) });
  };
  const [ofOld, ofNext] = [await read(old.id), await read(next.id)];
  expect([ofOld.length, ofNext.length].every((count) => count > 0)).toBe(true);
  const seen = async (id: string) => program.call('person.seen', { id });
  await seal(clerk, head, old.id);
  expect(await seen(next.id)).toEqual([]);
  await unseal(old.id);
  expect(await seen(old.id)).toEqual(ofOld);
  expect(await seen(next.id)).toEqual(ofNext);
  // Quoting a record that is sealed by then, it does not come back.
  await seal(clerk, head, old.id);
  await seal(clerk, head, next.id);
  await unseal(old.id);
  expect(await seen(old.id)).toEqual([]);
});
