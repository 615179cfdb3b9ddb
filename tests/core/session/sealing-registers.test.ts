// Who sees some registers only knows of no sealing in the others: neither in the list, nor by applying, nor by an enquiry.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';
import { applicant, reason, seal } from '#tests/fixtures/sealing.ts';

const given = 'qinghe-2025';
let program: Program;
let head: Person;
let clerk: Person;
/** A head who sees findings, and no cases. */
let only: Person;
let mediation: string;
let finding: string;
beforeAll(async () => {
  program = await aProgram({ everyRole: true });
  [head, clerk] = [await program.signIn('head'), await program.signIn('clerk')];
  mediation = (await program.save(aMediation().withApplicant({ name: applicant }))).id;
  const record = { name: `${applicant}争水`, foundOn: '2025-05-01', persons: applicant, summary: '争水' };
  finding = (await program.call('ledger.save', { ledger: 'finding', record })).id;
  for (const id of [mediation, finding]) await seal(clerk, head, id);
  const account = { name: '只管排查的负责人', role: 'head', password: given, ledgers: ['finding'] } as const;
  await head.call('account.create', { ...account, ledgers: [...account.ledgers] });
  only = await program.signIn(account.name, given);
  await only.call('session.changePassword', { password: given, newPassword: password });
  // Its share of the key came with its password, from the head.
  only = await program.signIn(account.name);
});
afterAll(() => program.close());

const unsealing = (recordId: string) => ({
  ...({ recordId, kind: 'unseal', basis: 'mistaken', reason } as const),
});
const see = async (...registers: string[]) => {
  const accounts = await head.call('account.list', {});
  const id = accounts.find(({ name }) => name === '只管排查的负责人')?.id ?? '';
  await head.call('account.change', { changes: [{ id, ledgers: registers }] });
};

test('the list has what is sealed and applied for in the own registers, whoever asks', async () => {
  const ledgersIn = async (person: Person) => {
    const { sealed, requests } = await person.call('sealing.state', {});
    return [sealed.map(({ ledger }) => ledger).sort(), requests.map(({ ledger }) => ledger).sort()];
  };
  const requests = [await clerk.call('sealing.apply', unsealing(mediation))];
  requests.push(await clerk.call('sealing.apply', unsealing(finding)));
  expect(await ledgersIn(head)).toEqual([
    ['finding', 'mediation'],
    ['finding', 'mediation'],
  ]);
  expect(await ledgersIn(only)).toEqual([['finding'], ['finding']]);
  for (const method of ['sealing.read', 'sealing.confirm', 'sealing.refuse'])
    expect((await only.refused(method, requests[0])).code, method).toBe('sealing-settled');
  expect(await only.call('sealing.read', requests[1] ?? { id: '' })).toEqual({ reason });
  for (const request of requests) await clerk.call('sealing.withdraw', request);
});

test('an application about another register is told what is told of a record that is not there', async () => {
  const nothing = await only.refused('sealing.apply', unsealing('00000000-0000-7000-8000-000000000000'));
  const other = await only.refused('sealing.apply', unsealing(mediation));
  expect([other.code, nothing.code]).toEqual(['record-missing', 'record-missing']);
  const again = { recordId: mediation, kind: 'seal', basis: 'minorCrime', reason };
  expect((await only.refused('sealing.apply', again)).code).toBe('record-missing');
  expect((await head.refused('sealing.apply', again)).code).toBe('sealing-settled');
});

test('the sheet of a record sealed in another register is of none that is there', async () => {
  const sheet = (person: Person, sealed: string) => person.call('sealing.certificate', { sealed });
  expect((await sheet(only, finding)).title).toBe('封存登记表');
  expect((await sheet(head, mediation)).title).toBe('封存登记表');
  const refused = await only.refused('sealing.certificate', { sealed: mediation });
  expect(refused).toMatchObject({ code: 'record-missing', params: { id: mediation } });
});

test('an enquiry finds, answers and shows only what is in the own registers, also when they change afterwards', async () => {
  const { id } = await clerk.call('enquiry.register', {
    ...{
      asker: '检察院',
      person: '某',
      authority: 'caseWork',
      document: '1号',
      name: applicant,
      purpose: '办案',
    },
  });
  const found = async (person: Person) =>
    (await person.call('enquiry.open', { id })).found.map(({ ledger }) => ledger).sort();
  expect(await found(head)).toEqual(['finding', 'mediation']);
  expect(await found(only)).toEqual(['finding']);
  const answer = { id, outcome: 'shown' };
  expect(await only.refused('enquiry.answer', { ...answer, records: [finding, mediation] })).toMatchObject({
    ...{ code: 'record-missing', params: { id: mediation } },
  });
  await only.call('enquiry.answer', { id, outcome: 'shown', records: [finding] });
  expect((await only.call('enquiry.view', { id, sealed: finding })).sections.length).toBeGreaterThan(0);
  expect((await only.refused('enquiry.view', { id, sealed: mediation })).code).toBe('record-missing');
  // The other head was no party to it.
  expect((await head.refused('enquiry.view', { id, sealed: finding })).code).toBe('record-missing');
  await see('mediation');
  expect((await only.refused('enquiry.view', { id, sealed: finding })).code).toBe('record-missing');
  expect((await only.call('sealing.state', {})).sealed.map(({ ledger }) => ledger)).toEqual(['mediation']);
});
