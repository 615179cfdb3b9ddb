// What two must decide, one person cannot decide with two accounts: whoever gave the other account its password.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';
import { applicant, reason } from '#tests/fixtures/sealing.ts';
import { aFile, decide, opinion, toApprove } from '../retention/files-fixture.ts';

const first = 'qinghe-2025';
let program: Program;
let head: Person;
let id: string;
beforeEach(async () => {
  program = await aProgram({ everyRole: true });
  id = (await program.save(aMediation().withApplicant({ name: applicant }))).id;
  head = await program.signIn('head');
});
afterEach(() => program.close());

const idOf = async (name: string) =>
  (await head.call('account.list', {})).find((account) => account.name === name)?.id ?? '';
async function enter(name: string, given: string): Promise<Person> {
  const person = await program.signIn(name, given);
  await person.call('session.changePassword', { password: given, newPassword: password });
  return program.signIn(name, password);
}
async function aHead(name: string, by: Person = head): Promise<Person> {
  await by.call('account.create', { name, role: 'head', password: first, duties: ['security'] });
  return enter(name, first);
}
const apply = (by: Person = head) =>
  by.call('sealing.apply', { recordId: id, kind: 'seal', basis: 'minorCrime', reason });
const later = (days: number) => {
  program.clock.now = new Date(program.clock.now.getTime() + days * 86_400_000);
};

test('an account that the applicant made decides nothing: sealing, opening again, enquiries, destruction', async () => {
  const shadow = await aHead('影子');
  const request = await apply();
  const refused = { code: 'decider-in-hand', params: { account: '影子', by: 'head' } };
  expect(await shadow.refused('sealing.confirm', request)).toMatchObject(refused);
  expect(await shadow.refused('sealing.refuse', request)).toMatchObject(refused);
  await program.call('sealing.confirm', request);
  const again = await head.call('sealing.apply', {
    ...{ recordId: id, kind: 'unseal', basis: 'mistaken', reason: '试' },
  });
  expect(await shadow.refused('sealing.confirm', again)).toMatchObject(refused);
  const enquiry = await head.call('enquiry.register', {
    ...{
      asker: '检察院',
      person: '某',
      authority: 'caseWork',
      document: '1号',
      name: applicant,
      purpose: '办案',
    },
  });
  const answer = { id: enquiry.id, outcome: 'shown' as const, records: [id] };
  expect(await shadow.refused('enquiry.answer', answer)).toMatchObject(refused);
  await program.call('enquiry.answer', answer);
  await decide(head, 'mediation.case', 10);
  const file = await aFile(head, 2010, ['丙', '丁']);
  const list = await (await program.signIn('clerk')).call('destruction.add', {
    ...{ list: null, ids: [file.id], opinion },
  });
  const more = await aFile(head, 2011, ['戊', '己']);
  await head.call('destruction.add', { list: list.id, ids: [more.id], opinion });
  expect(await shadow.refused('destruction.approve', { list: list.id, ...toApprove })).toMatchObject(refused);
});

test('nor does one whose password the applicant set, before the application or after it', async () => {
  const request = await apply();
  await head.call('account.setPassword', { id: await idOf('admin'), password: first });
  const taken = await enter('admin', first);
  expect((await taken.refused('sealing.confirm', request)).code).toBe('decider-in-hand');
  const shadow = await aHead('影子');
  // Set once more from the account itself, it is in the same hands.
  await shadow.call('account.setPassword', { id: await idOf('影子'), password });
  expect((await shadow.refused('sealing.confirm', request)).code).toBe('decider-in-hand');
});

test('nor one that another account in the hands of the applicant made', async () => {
  const shadow = await aHead('影子');
  const second = await aHead('影子二', shadow);
  expect((await second.refused('sealing.confirm', await apply())).code).toBe('decider-in-hand');
});

test('a password from another administrator or by the recovery key makes it good, and so do thirty days', async () => {
  const request = await apply();
  await head.call('account.change', {
    changes: [{ id: await idOf('clerk'), duties: ['security'] }],
  });
  await aHead('马负责');
  const another = await program.signIn('clerk');
  await another.call('account.setPassword', { id: await idOf('马负责'), password: first });
  const owner = await enter('马负责', first);
  await owner.call('sealing.refuse', request);

  const second = await apply();
  await aHead('牛负责');
  const { recoveryKey } = program;
  await program.call('session.recover', { recoveryKey, account: '牛负责', newPassword: first });
  const recovered = await program.signIn('牛负责', first);
  await recovered.call('sealing.refuse', second);

  await aHead('杨负责');
  later(31);
  const third = await apply(await program.signIn('head'));
  await (await program.signIn('杨负责', password)).call('sealing.confirm', third);
});

test('thirty days are thirty days: a day less is not enough', async () => {
  await aHead('杨负责');
  const given = program.clock.now.getTime();
  for (const [day, code] of [
    [29.9, 'decider-in-hand'],
    [30.1, 'done'],
  ] as const) {
    program.clock.now = new Date(given + day * 86_400_000);
    const request = await apply(await program.signIn('head'));
    const answer = await (await program.signIn('杨负责', password)).ask('sealing.refuse', request);
    expect(answer.ok ? 'done' : answer.error.code).toBe(code);
    if (!answer.ok) await head.call('sealing.withdraw', request);
  }
});
