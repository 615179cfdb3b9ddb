// A restore brings back the accounts of the copy's day beside the key file of today: they are brought up to each other,
// each with its entry, and whoever looks after accounts is told.
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inFolder, names } from '#core/db/folder.ts';
import { sql } from '#core/db/sql.ts';
import { readKeyFile, whoOf } from '#core/security/key-file.ts';
import { forgetAccounts } from '#tests/fixtures/kept-accounts.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';

let program: Program;
beforeEach(async () => {
  program = await aProgram({ everyRole: true });
});
afterEach(() => program.close());

const first = 'qinghe-2025';
const own = 'liuyue-2025';
const later = (seconds = 5) => {
  program.clock.now = new Date(program.clock.now.getTime() + seconds * 1000);
};
const accounts = async () => (await (await security()).call('account.list', {})) ?? [];
const accountOf = async (name: string) => (await accounts()).find((one) => one.name === name);
const idOf = async (name: string) => (await accountOf(name))?.id ?? '';
/** Who holds the security duty in the demo. */
const security = (secret = password) => program.signIn('head', secret);

async function copy(): Promise<string> {
  const { name } = await program.call('system.backup', {});
  later();
  return name;
}

/** Back to the copy, and in again. */
async function goBack(backup: string): Promise<void> {
  await program.call('session.confirm', { password });
  await program.call('program.restore', { backup });
  later();
}

/** As `goBack`, of a ledger that cannot be read any more: nobody is signed in, and nothing of it tells. */
async function goBackUnread(backup: string): Promise<void> {
  await program.restart();
  const file = path.join(program.folder, names.ledger);
  fs.writeFileSync(file, Buffer.alloc(fs.statSync(file).size, 7));
  expect((await program.refused('session.signIn', { account: 'head', password })).code).toBe('damaged');
  await program.call('program.restore', { backup });
  later();
}

/** Nor does the file beside the ledger say anything of accounts. */
async function goBackUnknown(backup: string): Promise<void> {
  await program.restart();
  await forgetAccounts(program.folder);
  await goBackUnread(backup);
}

const ways = {
  'the ledger of before can be read': goBack,
  'it cannot': goBackUnread,
  'it cannot, nor does the file beside it say anything': goBackUnknown,
};
const slotOf = (name: string) => {
  const file = readKeyFile(program.folder);
  return file?.slots.find(({ kind, who }) => kind === 'account' && who === whoOf(file.salt, name));
};
const entries = async () =>
  (await (await program.signIn('auditor')).call('audit.list', { actions: ['account.afterRestore'] })).entries
    .map(({ detail }) => detail)
    .sort((one, other) => String(one.account).localeCompare(String(other.account)));
const told = async () => (await security()).call('account.afterRestore', {});
const fatesOf = async (name: string) =>
  (await told())?.accounts.find((one) => one.name === name)?.fates ?? [];

describe.each(Object.entries(ways))('where %s', (_how, back) => {
  test('a password that somebody else set since is to be changed before anything else', async () => {
    const backup = await copy();
    await (await security()).call('account.setPassword', { id: await idOf('clerk'), password: first });
    await back(backup);
    const signed = await program.call('session.signIn', { account: 'clerk', password: first });
    expect(signed.session.mustChange).toBe(true);
    expect(await entries()).toEqual([{ account: 'clerk', fates: ['mustChange'] }]);
    expect(await fatesOf('clerk')).toEqual(['mustChange']);
    // Once: the password he gives himself then is his own, also after the next start.
    const clerk = await program.signIn('clerk', first);
    await clerk.call('session.changePassword', { password: first, newPassword: own });
    await program.restart();
    const again = await program.call('session.signIn', { account: 'clerk', password: own });
    expect(again.session.mustChange).toBe(false);
    expect(await entries()).toHaveLength(1);
  });

  test('an account disabled since stays disabled, and has no way to the key', async () => {
    const backup = await copy();
    const id = await idOf('clerk');
    await (await security()).call('account.change', { changes: [{ id, isDisabled: true }] });
    await back(backup);
    expect(await accountOf('clerk')).toMatchObject({ isDisabled: true });
    expect(slotOf('clerk')).toBeUndefined();
    expect(await entries()).toEqual([{ account: 'clerk', fates: ['disabled'] }]);
    const refused = await program.refused('session.signIn', { account: 'clerk', password });
    expect(refused.code).toBe('sign-in-failed');
  });

  test('an account taken into use again since is in use, under a password to be changed', async () => {
    const head = await security();
    const id = await idOf('clerk');
    await head.call('account.change', { changes: [{ id, isDisabled: true }] });
    const backup = await copy();
    await head.call('account.change', { changes: [{ id, isDisabled: false }] });
    await head.call('account.setPassword', { id, password: first });
    await back(backup);
    const signed = await program.call('session.signIn', { account: 'clerk', password: first });
    expect(signed.session.mustChange).toBe(true);
    expect(await fatesOf('clerk')).toEqual(['inUse', 'mustChange']);
  });

  test('what nobody changed is not touched, nor said', async () => {
    await program.save(aMediation());
    const backup = await copy();
    await program.save(aMediation());
    await back(backup);
    expect(await entries()).toEqual([]);
    expect(await told()).toBe(null);
    const clerk = await program.call('session.signIn', { account: 'clerk', password });
    expect(clerk.session.mustChange).toBe(false);
  });
});

test('a password that its owner gave himself since is shown by the ledger of before, and stays as it is', async () => {
  await (await security()).call('account.setPassword', { id: await idOf('clerk'), password: first });
  const backup = await copy();
  const clerk = await program.signIn('clerk', first);
  await clerk.call('session.changePassword', { password: first, newPassword: own });
  await goBack(backup);
  const signed = await program.call('session.signIn', { account: 'clerk', password: own });
  expect(signed.session.mustChange).toBe(false);
  expect(await fatesOf('clerk')).toEqual(['ownPassword']);
});

test('a password that its owner gave himself is shown by the file beside the ledger too', async () => {
  const backup = await copy();
  const clerk = await program.signIn('clerk');
  await clerk.call('session.changePassword', { password, newPassword: own });
  await goBackUnread(backup);
  const signed = await program.call('session.signIn', { account: 'clerk', password: own });
  expect(signed.session.mustChange).toBe(false);
  expect(await told()).toBe(null);
});

test('where nothing shows that its owner set it, it is to be changed', async () => {
  const backup = await copy();
  const clerk = await program.signIn('clerk');
  await clerk.call('session.changePassword', { password, newPassword: own });
  await goBackUnknown(backup);
  const signed = await program.call('session.signIn', { account: 'clerk', password: own });
  expect(signed.session.mustChange).toBe(true);
  expect(await told()).toMatchObject({ isRead: false });
});

describe('an account made since the copy', () => {
  const makeOne = async (by: Person) =>
    by.call('account.create', { name: '后来人', role: 'clerk', password: first });

  test.each(Object.entries({ 'the ledger of before': goBack, 'the file beside it': goBackUnread }))(
    'is taken over where %s tells of it',
    async (_what, back) => {
      const backup = await copy();
      await makeOne(await security());
      await back(backup);
      const signed = await program.call('session.signIn', { account: '后来人', password: first });
      expect(signed.session.mustChange).toBe(true);
      expect(await entries()).toEqual([{ account: '后来人', fates: ['made'] }]);
    },
  );

  test('has no way to the key any more where nothing does, and that is said', async () => {
    const backup = await copy();
    await makeOne(await security());
    await goBackUnknown(backup);
    const signIn = { account: '后来人', password: first };
    // It opens the ledger for the first time itself, and is nobody there.
    expect(slotOf('后来人')).toBeDefined();
    expect((await program.refused('session.signIn', signIn)).code).toBe('sign-in-failed');
    expect(slotOf('后来人')).toBeUndefined();
    expect(await told()).toMatchObject({ accounts: [], waysTaken: 1, isRead: false });
    expect((await accounts()).map(({ name }) => name)).not.toContain('后来人');
  });
});

test('a right that was taken away since does not come back', async () => {
  const backup = await copy();
  const head = await security();
  const id = await idOf('clerk');
  await head.call('account.change', { changes: [{ id, role: 'auditor', ledgers: ['mediation'] }] });
  await goBack(backup);
  expect(await accountOf('clerk')).toMatchObject({ role: 'auditor', ledgers: ['mediation'] });
  expect(await fatesOf('clerk')).toEqual(['rights']);
});

test('a ledger laid aside by hand, or named by hand, gives no right back that was taken', async () => {
  const backup = await copy();
  const id = await idOf('clerk');
  await (await security()).call('account.change', { changes: [{ id, role: 'auditor' }] });
  await program.restart();
  const aside = path.join(inFolder(program.folder, 'aside'), 'by-hand');
  fs.mkdirSync(aside, { recursive: true });
  fs.copyFileSync(path.join(inFolder(program.folder, 'backups'), backup), path.join(aside, names.ledger));
  for (const [turn, named] of ['by-hand', '../set-aside/by-hand'].entries()) {
    const trace = { at: `2020-01-0${turn + 1}T00:00:00.000Z`, account: '', backup, last: null, aside: named };
    fs.writeFileSync(inFolder(program.folder, 'restored'), JSON.stringify([trace]));
    expect(await accountOf('clerk'), named).toMatchObject({ role: 'auditor' });
    expect(fs.existsSync(inFolder(program.folder, 'restored')), named).toBe(false);
    await program.restart();
  }
});

test('to an older copy and on to a newer one: what was decided between the two counts', async () => {
  const older = await copy();
  await program.save(aMediation());
  const newer = await copy();
  await goBack(older);
  const id = await idOf('clerk');
  await (await security()).call('account.change', { changes: [{ id, role: 'auditor' }] });
  await program.signInAgain();
  await goBack(newer);
  expect(await accountOf('clerk')).toMatchObject({ role: 'auditor' });
  expect(await told()).toMatchObject({ isRead: true });
});

test('killed anywhere between the restore and the entries: they are there once, and so are the accounts', async () => {
  const backup = await copy();
  await (await security()).call('account.setPassword', { id: await idOf('clerk'), password: first });
  await goBack(backup);
  const trace = fs.readFileSync(inFolder(program.folder, 'restored'));
  await security();
  const before = await entries();
  const clerk = await program.signIn('clerk', first);
  await clerk.call('session.changePassword', { password: first, newPassword: own });
  await program.restart();
  // The program died before the trace went.
  fs.writeFileSync(inFolder(program.folder, 'restored'), trace);
  const signed = await program.call('session.signIn', { account: 'clerk', password: own });
  expect(signed.session.mustChange).toBe(false);
  expect(await entries()).toEqual(before);
  expect(fs.existsSync(inFolder(program.folder, 'restored'))).toBe(false);
});

/** A unit of one account, which was given up for another's since the copy; gives the copy. */
async function succeeded(alone: Program, change: object): Promise<string> {
  const { name: backup } = await alone.call('system.backup', {});
  alone.clock.now = new Date(alone.clock.now.getTime() + 5000);
  await alone.call('account.create', {
    ...{ name: '接任者', role: 'administrator', password: first, duties: ['system', 'security', 'audit'] },
  });
  const next = await alone.signIn('接任者', first);
  await next.call('session.changePassword', { password: first, newPassword: own });
  const admin = (await alone.call('account.list', {})).find(({ name }) => name === 'admin')?.id ?? '';
  const successor = await alone.signIn('接任者', own);
  await successor.call('session.confirm', { password: own });
  await successor.call('account.change', { changes: [{ id: admin, ...change }] });
  return backup;
}

test('where nobody would be left who may let others in, the recovery key still does', async () => {
  const alone = await aProgram();
  const backup = await succeeded(alone, { isDisabled: true });
  const { recoveryKey } = alone;
  await alone.restart();
  await forgetAccounts(alone.folder, { account: '接任者', secret: own });
  const file = path.join(alone.folder, names.ledger);
  fs.writeFileSync(file, Buffer.alloc(fs.statSync(file).size, 7));
  expect((await alone.refused('session.signIn', { account: '接任者', password: own })).code).toBe('damaged');
  await alone.call('program.restore', { backup });
  expect((await alone.refused('session.signIn', { account: '接任者', password: own })).code).toBe(
    'sign-in-failed',
  );
  const { session } = await alone.call('session.recover', {
    ...{ recoveryKey, account: 'admin', newPassword: own },
  });
  expect(session.account.name).toBe('admin');
  await alone.signInAgain(own);
  expect(await alone.call('account.afterRestore', {})).toMatchObject({
    accounts: [{ name: 'admin', fates: ['noWay'] }],
    waysTaken: 1,
  });
  await alone.close();
});

test('where the key file comes back with the copy and has not the successor, the one of then keeps the accounts', async () => {
  const alone = await aProgram();
  const backup = await succeeded(alone, { role: 'clerk', duties: [] });
  await alone.restart();
  for (const name of [names.key, names.keyCopy]) fs.rmSync(path.join(alone.folder, name));
  await alone.call('program.restore', { backup });
  await alone.signInAgain();
  const all = await alone.call('account.list', {});
  expect(all.map(({ name, duties }) => [name, duties.includes('security')])).toEqual([['admin', true]]);
  await alone.close();
});

test('it is said for a week', async () => {
  const backup = await copy();
  await (await security()).call('account.setPassword', { id: await idOf('clerk'), password: first });
  await goBack(backup);
  expect(await told()).not.toBe(null);
  later(8 * 86_400);
  expect(await told()).toBe(null);
  const count = await program.look((db) =>
    db.value<number>(sql`select count(*) from audit_entry where action = 'account.afterRestore'`),
  );
  expect(count).toBe(1);
});

test('whoever manages the accounts of a station is told of those alone', async () => {
  const county = await aProgram({ isCounty: true });
  const station = (await county.call('units.tree', {})).find(({ level }) => level === 'station');
  const made = await county.call('account.create', { name: 'clerk', role: 'clerk', password: first });
  const { name: backup } = await county.call('system.backup', {});
  county.clock.now = new Date(county.clock.now.getTime() + 5000);
  const id = made.find(({ name }) => name === 'clerk')?.id ?? '';
  await county.call('account.change', { changes: [{ id, isDisabled: true }] });
  await county.call('account.create', {
    ...{ name: '甲所管理', role: 'head', password: first, duties: ['security'], unitId: station?.id },
  });
  const ofStation = await county.signIn('甲所管理', first);
  await ofStation.call('session.changePassword', { password: first, newPassword: own });
  await county.call('session.confirm', { password });
  await county.call('program.restore', { backup });
  await county.signInAgain();
  const all = (await county.call('account.afterRestore', {}))?.accounts.map(({ name }) => name);
  expect(all).toEqual(['clerk', '甲所管理']);
  const told = await (await county.signIn('甲所管理', own)).call('account.afterRestore', {});
  expect(told?.accounts.map(({ name }) => name)).toEqual(['甲所管理']);
  await county.close();
});
