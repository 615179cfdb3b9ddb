// A station is set up by script from nothing to its first record, and got back into when every password is forgotten.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { onLine } from '#shared/text/reader.ts';
import { accountsText } from '#shared/text/safety.ts';
import { aCommandLine, type CommandLine, secret } from './command-line.ts';

let line: CommandLine;
beforeAll(() => {
  line = aCommandLine();
});
afterAll(() => line.remove());

const firstOf = (name: string) => `erstes-${name}-25`;
const ownOf = (name: string) => `eigenes-${name}-25`;
/** One command of somebody, as a script gives it: every secret in the environment. */
async function as(name: string, password: string, words: string[], env: Record<string, string> = {}) {
  const ran = await line.run([...line.on(...words), '--user', name, '--json'], {
    LEDGER_PASSWORD: password,
    ...env,
  });
  return { status: ran.status, ...JSON.parse(ran.out || ran.err) };
}
const done = async (...given: Parameters<typeof as>) => {
  const answer = await as(...given);
  expect([given[2].join(' '), answer.error]).toEqual([given[2].join(' '), undefined]);
  return answer;
};
const given = (name: string) => ({ LEDGER_NEW_PASSWORD: firstOf(name) });
const chooses = (name: string) =>
  done(name, firstOf(name), ['password'], { LEDGER_NEW_PASSWORD: ownOf(name) });

test('three accounts with a duty each, each with a password of its own; a record; every password forgotten', async () => {
  const { recoveryKey } = await line.json(
    ...['init', '--level', 'station', '--unit', '620921103', '--name', '东坝镇司法所'],
  );
  const create = (name: string, role: string, duty: string) => [
    'account',
    'create',
    '--name',
    name,
    '--role',
    role,
    '--duties',
    duty,
  ];
  await done('admin', secret, create('安全', 'head', 'security'), given('安全'));
  // What somebody else set opens nothing but the way to one's own.
  expect((await as('安全', firstOf('安全'), ['account', 'list'])).error.code).toBe('password-must-change');
  expect((await chooses('安全')).account).toBe('安全');
  expect((await as('安全', firstOf('安全'), ['hash'])).error.code).toBe('sign-in-failed');
  // From the third account on nobody holds two duties: the one who looks after accounts shares them out.
  const third = create('审计', 'clerk', 'audit');
  const refused = await as('安全', ownOf('安全'), third, given('审计'));
  expect([refused.error.code, refused.error.message]).toEqual([
    'duties-together',
    expect.stringContaining('account change --duties'),
  ]);
  // Between the two nobody reads the log: allowed below three accounts, and said wherever one looks.
  const alone = await done('安全', ownOf('安全'), [
    'account',
    'change',
    '--name',
    'admin',
    '--duties',
    'system',
  ]);
  expect(alone.warnings).toEqual([accountsText.noAudit(onLine)]);
  expect((await done('admin', secret, ['deadlines'])).warnings).toEqual([accountsText.noAudit(onLine)]);
  expect((await done('安全', ownOf('安全'), third, given('审计'))).warnings).toEqual([]);
  expect((await done('admin', secret, ['deadlines'])).warnings).toEqual([]);
  await chooses('审计');
  const { accounts } = await done('安全', ownOf('安全'), ['account', 'list']);
  expect(
    accounts.map(({ name, duties, mustChange }: Record<string, unknown>) => [name, duties, mustChange]),
  ).toEqual([
    ['admin', ['system'], false],
    ['安全', ['security'], false],
    ['审计', ['audit'], false],
  ]);
  await done('admin', secret, ['password'], { LEDGER_NEW_PASSWORD: ownOf('admin') });

  const file = line.file('r.json', {
    ...{ acceptedOn: '2023-03-01', kind: '02', summary: '院墙滴水' },
    parties: [{ side: 'applicant', type: 'natural', name: '王建军' }],
  });
  const { id } = await done('审计', ownOf('审计'), [
    'record',
    'add',
    '--ledger',
    'mediation',
    '--file',
    file,
  ]);

  const recover = ['recover', '--account', 'admin'];
  const next = 'wiedergefunden-25';
  const by = (key: string, words = recover) =>
    line.run([...line.on(...words), '--json'], { LEDGER_RECOVERY_KEY: key, LEDGER_NEW_PASSWORD: next });
  const codeOf = async (ran: ReturnType<typeof by>) => JSON.parse((await ran).err).error.code;
  expect(await codeOf(by('AAAAA-AAAAA'))).toBe('recovery-key-wrong');
  expect(await codeOf(by(recoveryKey, ['recover', '--account', '没有这个人']))).toBe('account-not-in-use');
  // The key from a file, with a line's end behind it
  const keyFile = line.file('key.txt', `${recoveryKey}\n`);
  const found = await line.run(
    [
      ...line.on(...recover, '--recovery-key-file', keyFile, '--new-password-file', line.file('n.txt', next)),
      '--json',
    ],
    {},
  );
  expect([found.err, JSON.parse(found.out)]).toEqual(['', { account: 'admin' }]);
  expect(found.out).not.toContain(next);
  expect((await as('admin', ownOf('admin'), ['hash'])).error.code).toBe('sign-in-failed');
  expect((await done('admin', next, ['record', 'get', '--id', id])).id).toBe(id);
  const log = await done('审计', ownOf('审计'), ['audit', 'list', '--limit', '500']);
  const acts = log.entries.map(({ account, action }: Record<string, string>) => `${account} ${action}`);
  for (const act of ['安全 session.changePassword', '审计 session.changePassword', 'admin session.recover'])
    expect(acts).toContain(act);
  expect(JSON.stringify(log)).not.toMatch(/eigenes|erstes|wiedergefunden/);
}, 60_000);

test('without a new password, a key, or with one that will not do: said, and nothing has changed', async () => {
  const env = { LEDGER_PASSWORD: 'wiedergefunden-25' };
  expect((await line.run(line.on('password'), env)).status).toBe(2);
  expect(
    (await line.run(line.on('recover', '--account', 'admin'), { LEDGER_NEW_PASSWORD: 'x' })).status,
  ).toBe(2);
  for (const [next, code] of [
    ['kurz', 'password-weak'],
    ['wiedergefunden-25', 'password-same'],
  ] as const)
    expect(
      (await as('admin', env.LEDGER_PASSWORD, ['password'], { LEDGER_NEW_PASSWORD: next })).error.code,
    ).toBe(code);
  expect(
    (await as('admin', 'falsch', ['password'], { LEDGER_NEW_PASSWORD: 'neues-Wort-25' })).error.code,
  ).toBe('sign-in-failed');
  await done('admin', env.LEDGER_PASSWORD, ['hash']);
});
