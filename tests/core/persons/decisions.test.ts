// "Same person" and "not the same" are said of two identities, can be taken back, and never lose who said it.
import { afterAll, beforeEach, expect, test } from 'vitest';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
beforeEach(async () => {
  await program?.close();
  program = await aProgram({ everyRole: true });
});
afterAll(() => program.close());

const key = (order: number) => `i:${makeIdentityNumber('1970-05-05', order)}`;

/** Cases of one applicant each, told apart by the number, all of them one name. */
async function casesOf(...orders: number[]): Promise<void> {
  for (const order of orders) {
    await program.save(
      aMediation().withApplicant({
        name: '爨玉珍',
        idNumber: makeIdentityNumber('1970-05-05', order),
        phone: null,
      }),
    );
  }
}

const card = (of: string) => program.call('person.card', { key: of });
const say = (left: string, right: string, verdict: 'same' | 'different') =>
  program.call('person.decide', { left, right, verdict });

test('joined they are one card, taken back they are two, and both are kept with who and when', async () => {
  await casesOf(1, 3);
  program.clock.now = new Date('2025-07-01T01:00:00Z');
  const decision = await say(key(1), key(3), 'same');
  expect(decision).toMatchObject({
    verdict: 'same',
    by: 'admin',
    names: ['爨玉珍', '爨玉珍'],
    undoneAt: null,
  });
  const joined = await card(key(3));
  expect(joined).toMatchObject({ total: 2, keys: [key(1), key(3)].sort() });
  expect(joined.numbers.map(({ value }) => value).sort()).toEqual([key(1).slice(2), key(3).slice(2)].sort());
  program.clock.now = new Date('2025-07-02T01:00:00Z');
  const clerk = await program.signIn('clerk');
  await clerk.call('person.undecide', { id: decision.id });
  const apart = await card(key(3));
  expect(apart).toMatchObject({ total: 1, keys: [key(3)] });
  expect(apart.decisions).toEqual([
    {
      ...decision,
      undoneAt: '2025-07-02T01:00:00.000Z',
      undoneBy: 'clerk',
    },
  ]);
  expect((await program.refused('person.undecide', { id: decision.id })).code).toBe(
    'person-decision-missing',
  );
});

test('whom somebody said to be another is not offered, until that is taken back', async () => {
  await casesOf(1);
  const other = aMediation().withApplicant({ name: '爨玉珍', idNumber: null, phone: '16400000007' });
  await program.save(other);
  const likely = async () => (await card(key(1))).likely.map((one) => one.key);
  const [found] = await likely();
  expect(found).toBe('p:16400000007|爨玉珍');
  const { id } = await say(key(1), String(found), 'different');
  expect(await likely()).toEqual([]);
  const typed = { name: '爨玉珍', idNumber: key(1).slice(2) };
  const names = async () =>
    (await program.call('person.match', { values: typed })).matches.map((one) => one.key);
  expect(await names()).toEqual([]);
  await program.call('person.undecide', { id });
  expect(await likely()).toEqual([found]);
});

test('said twice, it was said once, by whom and when it was first', async () => {
  await casesOf(1, 3);
  const [first, second] = [await say(key(1), key(3), 'same'), await say(key(3), key(1), 'same')];
  expect(second).toEqual(first);
  expect((await card(key(1))).decisions).toEqual([first]);
  const other = await say(key(1), key(3), 'different');
  const both = (await card(key(1))).decisions;
  expect(both.map(({ id, undoneAt }) => [id, undoneAt !== null])).toEqual([
    [other.id, false],
    [first.id, true],
  ]);
});

test('a chain is one person; what was said against one link of it holds', async () => {
  await casesOf(1, 3, 5);
  await say(key(1), key(3), 'same');
  await say(key(3), key(5), 'same');
  expect((await card(key(1))).total).toBe(3);
  const against = await say(key(1), key(5), 'different');
  expect((await card(key(1))).keys).toEqual([key(1), key(3)].sort());
  expect((await card(key(5))).keys).toEqual([key(5)]);
  await program.call('person.undecide', { id: against.id });
  expect((await card(key(5))).total).toBe(3);
});

test('what would bring two together that are not one is refused, and says who said so', async () => {
  await casesOf(1, 3, 5);
  await say(key(1), key(5), 'different');
  await say(key(1), key(3), 'same');
  const failure = await program.refused('person.decide', { left: key(3), right: key(5), verdict: 'same' });
  expect(failure).toMatchObject({ code: 'person-decided-otherwise', params: { by: 'admin' } });
  // Of the very same two the newer word counts, and the older one is kept as taken back.
  await say(key(5), key(1), 'same');
  const { decisions, total } = await card(key(5));
  expect(total).toBe(3);
  expect(decisions.map(({ verdict, undoneAt }) => [verdict, undoneAt === null])).toEqual([
    ['same', true],
    ['same', true],
    ['different', false],
  ]);
});

test('one number is one person, in its old form too; nothing is to be decided there', async () => {
  const number = makeIdentityNumber('1966-01-02', 9);
  const old = number.slice(0, 6) + number.slice(8, 17);
  await program.save(aMediation().withApplicant({ name: '逄其山', idNumber: number }));
  await program.save(aMediation().withApplicant({ name: '逄其珊', idNumber: old }));
  const both = await card(`i:${number}`);
  expect(both.total).toBe(2);
  expect(both.numbers.map(({ value }) => value).sort()).toEqual([old, number].sort());
  expect(both.names.map(({ value }) => value).sort()).toEqual(['逄其山', '逄其珊'].sort());
  expect(both.values.idNumber).toBe(number);
  const failure = await program.refused('person.decide', {
    left: `i:${number}`,
    right: `i:${number}`,
    verdict: 'same',
  });
  expect(failure.code).toBe('person-is-one');
});

test('decisions outlive the index; an auditor decides nothing; the log holds no number', async () => {
  await casesOf(1, 3);
  await say(key(1), key(3), 'same');
  await program.call('person.rebuild', {});
  expect((await card(key(1))).total).toBe(2);
  const auditor = await program.signIn('auditor');
  const asked = { left: key(1), right: key(3), verdict: 'different' };
  expect((await auditor.refused('person.decide', asked)).code).toBe('no-right');
  await program.call('person.take', { key: key(1) });
  const log = await program.look((db) =>
    db.column<string>({ text: 'select detail from audit_entry', values: [] }),
  );
  expect(log.join('\n')).not.toContain(key(1).slice(2));
  expect((await program.refused('person.card', { key: key(99) })).code).toBe('person-missing');
});
