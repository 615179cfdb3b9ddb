// Accounts and what they may do: 个人信息保护法 51(四), GB/T 22239-2019 under 网络安全法 23.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { sql } from '#core/db/sql.ts';
import { openByPassword, readKeyFile } from '#core/security/key-file.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program, password } from '#tests/fixtures/program.ts';

let program: Program | null = null;
afterEach(async () => {
  await program?.close();
  program = null;
});
const start = async (options = {}) => {
  program = await aProgram(options);
  return program;
};
const other = 'qinghe-2025';
const clerk = (name: string) => ({ name, role: 'clerk', password: other }) as const;

async function idOf(office: Program, name: string): Promise<string> {
  const found = (await office.call('account.list', {})).find((account) => account.name === name);
  if (!found) throw new Error(`no account ${name}`);
  return found.id;
}

test('a new account must change the password that somebody else chose before it does anything', async () => {
  const office = await start();
  await office.call('account.create', clerk('李秀英'));
  const own = await office.signIn('李秀英', other);
  expect(await own.refused('ledger.list', { ledger: 'mediation' })).toMatchObject({
    code: 'password-must-change',
  });
  expect(await own.refused('session.changePassword', { password: other, newPassword: other })).toMatchObject({
    code: 'password-same',
  });
  await own.call('session.changePassword', { password: other, newPassword: 'eigen-2025' });
  await own.call('ledger.list', { ledger: 'mediation' });
  expect(await office.refused('session.signIn', { account: '李秀英', password: other })).toMatchObject({
    code: 'sign-in-failed',
  });
  await office.signIn('李秀英', 'eigen-2025');
});

test('a name is taken once, disabled accounts included', async () => {
  const office = await start();
  await office.call('account.create', clerk('李秀英'));
  await office.call('account.change', { changes: [{ id: await idOf(office, '李秀英'), isDisabled: true }] });
  expect(await office.refused('account.create', clerk('李秀英'))).toMatchObject({ code: 'account-present' });
});

test('a disabled account is out at once, its name stays, and it comes back only with a new password', async () => {
  const office = await start();
  await office.call('account.create', clerk('李秀英'));
  const own = await office.signIn('李秀英', other);
  await own.call('session.changePassword', { password: other, newPassword: 'eigen-2025' });
  const { id } = await own.save(aMediation());
  const account = await idOf(office, '李秀英');
  await office.call('account.change', { changes: [{ id: account, isDisabled: true }] });
  expect(await own.refused('ledger.get', { id })).toMatchObject({ code: 'not-signed-in' });
  expect(await office.refused('session.signIn', { account: '李秀英', password: 'eigen-2025' })).toMatchObject(
    {
      code: 'sign-in-failed',
    },
  );
  expect((await office.call('ledger.get', { id })).versions[0]?.account).toBe('李秀英');
  await office.call('account.change', { changes: [{ id: account, isDisabled: false }] });
  expect(await office.refused('session.signIn', { account: '李秀英', password: 'eigen-2025' })).toMatchObject(
    {
      code: 'sign-in-failed',
    },
  );
  await office.call('account.setPassword', { id: account, password: other });
  await office.signIn('李秀英', other);
});

test('nobody comes back into a disabled account by the recovery key', async () => {
  const office = await start();
  await office.call('account.create', clerk('李秀英'));
  await office.call('account.change', { changes: [{ id: await idOf(office, '李秀英'), isDisabled: true }] });
  const { recoveryKey } = office;
  const entry = { recoveryKey, account: '李秀英', newPassword: 'eigen-2025' };
  expect((await office.refused('session.recover', entry)).code).toBe('account-not-in-use');
  expect((await office.refused('session.signIn', { account: '李秀英', password: 'eigen-2025' })).code).toBe(
    'sign-in-failed',
  );
});

test('a password that somebody else set is changed before anything is done; one that is weak is none', async () => {
  const office = await start();
  await office.call('account.create', clerk('李秀英'));
  const own = await office.signIn('李秀英', other);
  await own.call('session.changePassword', { password: other, newPassword: 'eigen-2025' });
  const id = await idOf(office, '李秀英');
  await office.call('account.setPassword', { id, password: 'gesetzt-2025' });
  const again = await office.signIn('李秀英', 'gesetzt-2025');
  const listed = await again.refused('ledger.list', { ledger: 'mediation' });
  expect(listed.code).toBe('password-must-change');
  for (const weak of ['kurz-1', '1234567890', 'aaaaaaaaaa']) {
    const change = { password: 'gesetzt-2025', newPassword: weak };
    expect((await again.refused('session.changePassword', change)).code, weak).toBe('password-weak');
    expect((await office.refused('account.setPassword', { id, password: weak })).code).toBe('password-weak');
    expect((await office.refused('account.create', { ...clerk('丙'), password: weak })).code).toBe(
      'password-weak',
    );
    const entry = { recoveryKey: office.recoveryKey, account: '李秀英', newPassword: weak };
    expect((await office.refused('session.recover', entry)).code).toBe('password-weak');
  }
  await again.call('session.changePassword', { password: 'gesetzt-2025', newPassword: 'eigen-2026' });
  await again.call('ledger.list', { ledger: 'mediation' });
  // One's own is one's own: an account that sets it for itself need not change it.
  await office.call('account.setPassword', { id: await idOf(office, 'admin'), password: 'selbst-2025' });
  const admin = await office.signIn('admin', 'selbst-2025');
  await admin.call('ledger.list', { ledger: 'mediation' });
});

test('open cases of one account become another’s, with a version and an entry; what is closed stays whose it was', async () => {
  const office = await start();
  const mediator = async (name: string) =>
    (await office.call('ledger.save', { ledger: 'mediator', record: { name, appointedOn: '2020-01-01' } }))
      .id;
  const [before, after] = [await mediator('前任'), await mediator('后任')];
  await office.call('account.create', { ...clerk('李秀英'), mediatorId: before });
  const admin = { id: await idOf(office, 'admin'), mediatorId: after };
  await office.call('account.change', { changes: [admin] });
  const by = aMediation().accepted('2025-03-01').with({ mediatorId: before });
  const open = await office.save(by);
  const settled = await office.save(by.agreed('2025-03-10'));
  const archive = { id: settled.id, action: 'archive', record: { archivedOn: '2025-03-20' } };
  const closed = await office.call('ledger.act', archive);
  expect((await office.call('account.list', {})).map(({ name, openCases }) => [name, openCases])).toEqual([
    ['admin', 0],
    ['李秀英', 1],
  ]);
  const moved = await office.call('account.handOver', {
    ...{ from: await idOf(office, '李秀英'), to: admin.id, reason: '人员调动' },
  });
  expect(moved).toEqual({ records: 1 });
  const of = async (id: string) => (await office.call('ledger.get', { id })).record.mediatorId;
  expect([await of(open.id), await of(closed.id)]).toEqual([after, before]);
  const [line] = await office.call('ledger.history', { id: open.id });
  expect(JSON.stringify(line)).toContain('后任');
  const entry = await office.look((db) =>
    db.value<string>(sql`select detail from audit_entry where action = 'account.handOver'`),
  );
  expect(JSON.parse(entry ?? '')).toMatchObject({
    from: '李秀英',
    to: 'admin',
    records: 1,
    reason: '人员调动',
  });
});

test('what lies beside the ledger in clear names no account, nor tells by a hash of the name alone who has one', async () => {
  const office = await start();
  await office.call('account.create', clerk('李秀英'));
  await office.refused('session.signIn', { account: '李秀英', password: 'falsch-2025' });
  const files = fs.readdirSync(office.folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = Buffer.concat(files.map(({ name }) => fs.readFileSync(path.join(office.folder, name))));
  expect(bytes.length).toBeGreaterThan(10_000);
  for (const name of ['李秀英', 'admin']) {
    expect(bytes.includes(name), name).toBe(false);
    const hash = createHash('sha256').update(name).digest();
    for (const form of ['hex', 'base64'] as const)
      expect(bytes.includes(hash.toString(form)), name).toBe(false);
  }
});

test('rights that are taken no longer count for whoever is signed in', async () => {
  const office = await start();
  await office.call('account.create', { name: '王主任', role: 'head', password: other });
  const head = await office.signIn('王主任', other);
  await head.call('session.changePassword', { password: other, newPassword: 'eigen-2025' });
  await head.call('report.preview', { year: 2025 });
  await office.call('account.change', { changes: [{ id: await idOf(office, '王主任'), role: 'clerk' }] });
  expect(await head.refused('report.preview', { year: 2025 })).toMatchObject({ code: 'no-right' });
});

test('from the third account on, nobody holds two of the three safety duties, and each is held', async () => {
  const office = await start();
  await office.call('account.create', clerk('李秀英'));
  const admin = await idOf(office, 'admin');
  const second = await idOf(office, '李秀英');
  expect(await office.refused('account.create', clerk('王主任'))).toMatchObject({
    code: 'duties-together',
    params: { account: 'admin' },
  });
  expect(await office.call('account.list', {})).toHaveLength(2);
  const unheld = { ...clerk('王主任'), changes: [{ id: admin, duties: ['security'] as const }] };
  expect(await office.refused('account.create', unheld)).toMatchObject({
    code: 'duty-unheld',
    params: { duty: 'system' },
  });
  const made = await office.call('account.create', {
    ...clerk('王主任'),
    duties: ['audit'],
    changes: [
      { id: admin, duties: ['security'] },
      { id: second, duties: ['system'] },
    ],
  });
  expect(made.map(({ name, duties }) => [name, duties])).toEqual([
    ['admin', ['security']],
    ['李秀英', ['system']],
    ['王主任', ['audit']],
  ]);
  expect(await office.refused('account.change', { changes: [{ id: second, duties: [] }] })).toMatchObject({
    code: 'duty-unheld',
  });
});

test('nobody shuts himself out', async () => {
  const office = await start();
  const admin = await idOf(office, 'admin');
  await office.call('account.create', { ...clerk('李秀英'), duties: ['system', 'security'] });
  for (const change of [{ isDisabled: true }, { duties: [] }]) {
    expect(await office.refused('account.change', { changes: [{ id: admin, ...change }] })).toMatchObject({
      code: 'account-self',
    });
  }
});

test('accounts are managed by whoever holds security, and by nobody else', async () => {
  const office = await start({ everyRole: true });
  for (const name of ['admin', 'clerk', 'auditor']) {
    const person = await office.signIn(name);
    expect(await person.refused('account.create', clerk('李秀英'))).toMatchObject({ code: 'no-right' });
  }
  const head = await office.signIn('head');
  await head.call('account.create', clerk('李秀英'));
});

test('an act that asks for it goes through only within minutes of a typed password', async () => {
  const office = await start();
  const later = vi.spyOn(performance, 'now');
  try {
    const real = performance.timeOrigin;
    const now = Date.now() - real;
    later.mockReturnValue(now + 6 * 60_000);
    expect(await office.refused('account.create', clerk('李秀英'))).toMatchObject({ code: 'confirm-needed' });
    expect(await office.refused('program.restore', { backup: 'x.db' })).toMatchObject({
      code: 'confirm-needed',
    });
    await office.call('ledger.list', { ledger: 'mediation' });
    expect(await office.refused('session.confirm', { password: 'falsch-2025' })).toMatchObject({
      code: 'confirm-failed',
      params: { left: 4 },
    });
    await office.call('session.confirm', { password });
    await office.call('account.create', clerk('李秀英'));
  } finally {
    later.mockRestore();
  }
});

test('ten wrong passwords lock an account over a new start; a new password set by security opens it again', async () => {
  const office = await start();
  await office.call('account.create', clerk('李秀英'));
  const guess = (account: string) => office.refused('session.signIn', { account, password: 'falsch-2025' });
  const begun = os.uptime();
  let passed = 0;
  const clock = vi.spyOn(os, 'uptime').mockImplementation(() => begun + passed);
  for (let round = 0; round < 3; round++) {
    for (let time = 0; time < 3; time++) {
      await guess('李秀英');
      passed += 900;
    }
    await office.restart();
  }
  expect(await guess('李秀英')).toMatchObject({ code: 'account-locked' });
  passed += 900;
  expect(await office.refused('session.signIn', { account: '李秀英', password: other })).toMatchObject({
    code: 'account-locked',
  });
  await office.signInAgain();
  clock.mockRestore();
  // Whoever answers for accounts sees it there, and in the log with the moment it came.
  const locked = (await office.call('account.list', {})).find(({ name }) => name === '李秀英');
  expect(locked?.lockedAt).toMatch(/^20/);
  const { entries } = await office.call('audit.list', { actions: ['session.locked'] });
  expect(entries).toMatchObject([{ at: locked?.lockedAt, account: '' }]);
  expect(entries[0]?.detail).toMatchObject({ account: '李秀英' });
  await office.call('account.setPassword', { id: await idOf(office, '李秀英'), password: 'neuer-2025' });
  await office.signIn('李秀英', 'neuer-2025');
});

test.each([
  ['who leaves', false],
  ['who was disabled already', true],
])(
  '%s hands his open cases and half-typed records over; what is archived stays his',
  async (_who, isDisabled) => {
    const office = await start();
    const committee = await office.call('ledger.save', {
      ledger: 'committee',
      record: {
        name: '东坝镇人民调解委员会',
        kind: 'township',
        shortName: '东坝镇',
        establishedOn: '2015-05-01',
      },
    });
    const mediatorOf = async (name: string) =>
      (
        await office.call('ledger.save', {
          ledger: 'mediator',
          record: { name, committeeId: committee.id, appointedOn: '2016-01-01' },
        })
      ).id;
    const [from, to] = [await mediatorOf('李秀英'), await mediatorOf('王建国')];
    await office.call('account.create', { ...clerk('李秀英'), mediatorId: from });
    await office.call('account.change', { changes: [{ id: await idOf(office, 'admin'), mediatorId: to }] });
    const open = await office.save({ ...aMediation().record(), mediatorId: from });
    const leaver = await office.signIn('李秀英', other);
    await leaver.call('session.changePassword', { password: other, newPassword: 'eigen-2025' });
    const draft = {
      id: '01990000-0000-7000-8000-000000000001',
      ledger: 'mediation',
      content: { summary: '半张' },
    };
    await leaver.call('draft.save', draft);
    const ids = { from: await idOf(office, '李秀英'), to: await idOf(office, 'admin') };
    const toSelf = { from: ids.from, to: ids.from };
    const refused = { failure: { code: 'hand-over-self' } };
    const itself = office.call('account.handOver', { ...toSelf, reason: '调离' });
    await expect(itself).rejects.toMatchObject(refused);
    await expect(office.call('draft.handOver', toSelf)).rejects.toMatchObject(refused);
    if (isDisabled) await office.call('account.change', { changes: [{ id: ids.from, isDisabled }] });
    expect(await office.call('account.handOver', { ...ids, reason: '调离' })).toEqual({ records: 1 });
    expect(await office.call('draft.handOver', ids)).toEqual({ drafts: 1 });
    expect((await office.call('ledger.get', { id: open.id })).record.mediatorId).toBe(to);
    expect((await office.call('draft.list', {})).map(({ content }) => content.summary)).toEqual(['半张']);
    expect((await office.call('account.list', {})).map(({ openCases }) => openCases)).toEqual([1, 0]);
  },
);

test('killed after an account was disabled and before its way to the key went, the next opening takes that', async () => {
  const office = await start();
  await office.call('account.create', clerk('李秀英'));
  const files = ['ledger.key', 'ledger.key.copy'].map((name) => path.join(office.folder, name));
  const before = files.map((file) => fs.readFileSync(file));
  await office.call('account.change', { changes: [{ id: await idOf(office, '李秀英'), isDisabled: true }] });
  for (const [at, file] of files.entries()) fs.writeFileSync(file, before[at] ?? '');
  const opens = async () => {
    const file = readKeyFile(office.folder);
    return file && openByPassword(file, '李秀英', other);
  };
  expect(await opens()).not.toBeNull();
  await office.restart();
  await office.signInAgain();
  expect(await opens()).toBeNull();
});
