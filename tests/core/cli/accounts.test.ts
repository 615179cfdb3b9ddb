// Accounts, the help with a forgotten password, sealing and the registers of safety on the command line.
import fs from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aCommandLine, type CommandLine, secret } from './command-line.ts';

const given = 'qinghe-2025';
const own = 'eigen-2025';
let station: CommandLine;
let county: CommandLine;
beforeAll(async () => {
  [station, county] = [aCommandLine(), aCommandLine()];
  await station.json('init', '--level', 'station', '--unit', '620921103', '--name', '东坝镇司法所');
  await county.json('init', '--level', 'county', '--unit', '620921', '--name', '金塔县司法局');
}, 60_000);
afterAll(() => {
  station.remove();
  county.remove();
});

type Account = {
  name: string;
  role: string;
  duties: string[];
  ledgers: string[] | null;
  isDisabled: boolean;
};
const named = (accounts: Account[], name: string) => accounts.find((one) => one.name === name);
const as = (name: string, password: string) => [
  '--user',
  name,
  '--password-file',
  station.file('own', password),
];
const listed = async () => (await station.json('account', 'list')).accounts as Account[];

test('an account is made, changed, disabled and back in use; its password is read from a file and told nowhere', async () => {
  const file = station.file('given', `${given}\n`);
  const words = ['account', 'create', '--name', '李秀英', '--ledgers', 'mediation,mediator'];
  const { out, status } = await station.run(station.on(...words, '--new-password-file', file));
  expect([status, out.includes('李秀英'), out.includes(given)]).toEqual([0, true, false]);
  expect(named(await listed(), '李秀英')).toMatchObject({
    ...{ role: 'clerk', ledgers: ['mediation', 'mediator'], isDisabled: false, mustChange: true },
  });
  // Its owner must choose another one before anything else (whole-set-up.test.ts).
  expect((await station.refused('list', '--ledger', 'mediation', ...as('李秀英', given))).code).toBe(
    'password-must-change',
  );
  const { accounts } = await station.json(
    ...['account', 'change', '--name', '李秀英', '--role', 'head', '--ledgers', 'all'],
  );
  expect(named(accounts, '李秀英')).toMatchObject({ role: 'head', ledgers: null });
  await station.json('account', 'disable', '--name', '李秀英', '--reason', '调离');
  expect(named(await listed(), '李秀英')?.isDisabled).toBe(true);
  expect((await station.refused('hash', ...as('李秀英', given))).code).toBe('sign-in-failed');
  expect(
    (await station.refused('account', 'reset', '--name', '李秀英', '--new-password-file', file)).code,
  ).toBe('account-disabled');
  await station.json('account', 'enable', '--name', '李秀英');
  const { err, status: done } = await station.run(station.on('account', 'reset', '--name', '李秀英'), {
    LEDGER_PASSWORD: secret,
    LEDGER_NEW_PASSWORD: own,
  });
  expect([err, done]).toEqual(['', 0]);
  expect((await station.refused('hash', ...as('李秀英', own))).code).toBe('password-must-change');
  const reason = await station.json('audit', 'list', '--action', 'account.change', '--limit', '500');
  expect(JSON.stringify(reason)).toContain('调离');
});

test('what is wrong is said: an account that is not there, a role, a unit, no password', async () => {
  expect((await station.refused('account', 'enable', '--name', '没有这个人')).code).toBe('account-missing');
  expect((await station.refused('account', 'change', '--name', 'admin', '--unit', '110101')).code).toBe(
    'unit-unknown',
  );
  for (const words of [
    ['account', 'create', '--name', 'x'],
    ['account', 'create', '--name', 'x', '--role', 'king', '--new-password-file', station.file('k', given)],
    ['account', 'change', '--name', 'admin', '--duties', 'security,king'],
    ['account', 'disable', '--name', 'admin'],
    ['transfer', 'list', '--direction', 'up'],
    ['transfer', 'describe', '--entries', '1;2', '--partner', 'x', '--purpose', 'x'],
    ['safety-paper', '--kind', 'none', '--out', station.at('n.docx')],
  ])
    expect((await station.run(station.on(...words))).status, words.join(' ')).toBe(2);
});

test('a forgotten password: card, request, answer, and the new one opens the ledger', async () => {
  const card = county.at('card.json');
  const { fingerprint } = await county.json('password-help', 'card', '--out', card);
  expect((await station.json('password-help', 'trust', '--file', card)).trusts.fingerprint).toBe(fingerprint);
  expect((await county.json('password-help', 'state')).own).toBe(fingerprint);
  const [request, reply] = [station.at('request.json'), county.at('reply.json')];
  const file = station.file('next', own);
  const ask = ['password-help', 'ask', '--account', 'admin', '--new-password-file', file, '--out', request];
  // Nobody is signed in: whoever asks has no password.
  const asked = await station.run([...station.on(...ask), '--json'], {});
  expect(asked.err).toBe('');
  const { code } = JSON.parse(asked.out);
  const give = ['password-help', 'answer', '--file', request, '--reason', '本人来电', '--out', reply];
  expect((await county.refused(...give, '--code', 'AAAAA-AAAAA')).code).toBe('help-code');
  expect(fs.existsSync(reply)).toBe(false);
  expect((await county.json(...give, '--code', code)).account).toBe('admin');
  const finish = ['password-help', 'finish', '--file', reply, '--new-password-file', file];
  const finished = await station.run([...station.on(...finish), '--json'], {});
  expect(JSON.parse(finished.out)).toEqual({ account: 'admin' });
  expect((await station.refused('hash')).code).toBe('sign-in-failed');
  expect((await station.json('hash', ...as('admin', own))).records).toBe(0);
});

test('what is sealed is told by number and fact; where things went is registered; papers are made', async () => {
  const demo = aCommandLine();
  try {
    await demo.json('demo');
    const { sealed } = await demo.json('sealing', 'list');
    expect(sealed.length).toBeGreaterThan(0);
    const { out } = await demo.run(demo.on('sealing', 'list'));
    expect(out).toContain(sealed[0].number);

    const name = '亓官曜谧';
    const record = aMediation()
      .withApplicant({ name, idNumber: makeIdentityNumber('1987-03-14', 11) })
      .record();
    await demo.json('record', 'add', '--ledger', 'mediation', '--file', demo.file('case.json', record));
    const out1 = ['report', '--year', '2023', '--out', demo.at('r.docx'), '--force'];
    await demo.json(...out1);
    const { rows } = await demo.json('transfer', 'list', '--direction', 'out', '--undescribed');
    const entry = String(rows[0].entry);
    const to = ['--entries', entry, '--partner', '县政府', '--purpose', '报送年度报告'];
    expect(await demo.json('transfer', 'describe', ...to)).toEqual({ described: 1 });
    const after = await demo.run(demo.on('transfer', 'list', '--direction', 'out'));
    expect(after.out).toContain('县政府\t报送年度报告');
    const left = await demo.json('transfer', 'list', '--direction', 'out', '--undescribed');
    expect(left.rows.map((row: { entry: number }) => String(row.entry))).not.toContain(entry);

    for (const [file, words] of [
      ['check.docx', ['self-check', '--year', '2023']],
      ['rule.docx', ['safety-paper', '--kind', 'minorsRule']],
    ] as const) {
      const made = await demo.json(...words, '--out', demo.at(file));
      expect(fs.readFileSync(made.file).subarray(0, 2).toString()).toBe('PK');
      expect((await demo.refused(...words, '--out', demo.at(file))).code).toBe('file-exists');
    }
  } finally {
    demo.remove();
  }
}, 60_000);
