// Whoever goes back to an older ledger, by whatever way, has no more in it than he had last: the file beside the ledger keeps
// what accounts may do.
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inFolder, names } from '#core/db/folder.ts';
import type { KeptAccount, StoredAccount } from '#core/security/accounts.ts';
import { tooMuch } from '#core/security/last-accounts.ts';
import { roles, safetyDuties } from '#shared/api/rights.ts';
import { forgetAccounts, withIdentity } from '#tests/fixtures/kept-accounts.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';

let program: Program;
beforeEach(async () => {
  program = await aProgram({ everyRole: true });
});
afterEach(() => program.close());

const later = () => {
  program.clock.now = new Date(program.clock.now.getTime() + 5000);
};
const ledgerFile = () => inFolder(program.folder, 'ledger');
const copyOf = (backup: string) => path.join(inFolder(program.folder, 'backups'), backup);
function layOver(backup: string): void {
  for (const end of ['-wal', '-shm']) fs.rmSync(ledgerFile() + end, { force: true });
  fs.copyFileSync(copyOf(backup), ledgerFile());
}
async function restoreDamaged(backup: string): Promise<void> {
  fs.writeFileSync(ledgerFile(), Buffer.alloc(fs.statSync(ledgerFile()).size, 7));
  expect((await program.refused('session.signIn', { account: 'clerk', password })).code).toBe('damaged');
  await program.call('program.restore', { backup });
}

/** Ways back to an older ledger, of a program that is not running; `saves`: something was saved since the copy. */
const ways: Record<string, { saves?: false; back(backup: string): Promise<void> | void }> = {
  'a restore over a damaged file': { back: restoreDamaged },
  'the same, without the note of the restore': {
    async back(backup) {
      await restoreDamaged(backup);
      fs.rmSync(inFolder(program.folder, 'restored'));
    },
  },
  'the same, without any note': {
    async back(backup) {
      await restoreDamaged(backup);
      for (const name of ['restored', 'installation'] as const) fs.rmSync(inFolder(program.folder, name));
    },
  },
  'a restore over the older file, laid there before': {
    async back(backup) {
      layOver(backup);
      fs.truncateSync(ledgerFile(), fs.statSync(ledgerFile()).size - 100);
      expect((await program.refused('session.signIn', { account: 'clerk', password })).code).toBe('damaged');
      await program.call('program.restore', { backup });
      const [aside = ''] = fs.readdirSync(inFolder(program.folder, 'aside'));
      fs.copyFileSync(copyOf(backup), path.join(inFolder(program.folder, 'aside'), aside, names.ledger));
    },
  },
  'the file laid over by hand': { back: layOver },
  'the file laid over by hand, and nothing was saved since': { saves: false, back: layOver },
};

const all = async (by: Person) => await by.call('account.list', {});
const own = 'liuyue-2025';

describe.each(Object.entries(ways))('%s', (_way, { saves = true, back }) => {
  test('gives back no role, duty, register or account that was taken, and takes none that was given', async () => {
    const head = await program.signIn('head');
    const idOf = async (name: string) => (await all(head)).find((one) => one.name === name)?.id ?? '';
    await head.call('account.create', { name: '离职者', role: 'clerk', password: own });
    const backup = (await program.call('system.backup', {})).name;
    later();
    if (saves) await program.save(aMediation());
    await head.call('account.change', {
      changes: [
        { id: await idOf('clerk'), duties: ['security'] },
        { id: await idOf('admin'), role: 'clerk', ledgers: ['mediation'] },
        { id: await idOf('离职者'), isDisabled: true },
      ],
    });
    const clerk = await program.signIn('clerk');
    await clerk.call('session.confirm', { password });
    await clerk.call('account.change', {
      changes: [{ id: await idOf('head'), role: 'auditor', duties: [] }],
    });
    await program.restart();
    await back(backup);
    later();

    const successor = await program.signIn('clerk');
    const found = (await all(successor)).map(({ name, role, duties, ledgers, isDisabled, mustChange }) => [
      name,
      { role, duties, ledgers, isDisabled, mustChange },
    ]);
    const stands = { ledgers: null, isDisabled: false, mustChange: false };
    expect(Object.fromEntries(found)).toEqual({
      admin: { ...stands, role: 'clerk', duties: ['system'], ledgers: ['mediation'] },
      head: { ...stands, role: 'auditor', duties: [] },
      clerk: { ...stands, role: 'clerk', duties: ['security'] },
      auditor: { ...stands, role: 'auditor', duties: ['audit'] },
      离职者: { ...stands, role: 'clerk', duties: [], isDisabled: true, mustChange: true },
    });
    expect(await (await program.signIn('head')).refused('account.list', {})).toMatchObject({
      code: 'no-right',
    });
    expect((await program.refused('session.signIn', { account: '离职者', password: own })).code).toBe(
      'sign-in-failed',
    );
    const named = async () =>
      (
        await (
          await program.signIn('auditor')
        ).call('audit.list', { actions: ['account.afterRestore', 'account.lowered'] })
      ).entries.map(({ detail }) => detail.account);
    expect((await named()).sort()).toEqual(['admin', 'clerk', 'head', '离职者'].sort());
    // Once: what is changed from then on stays.
    await successor.call('session.confirm', { password });
    await successor.call('account.change', { changes: [{ id: await idOfNow('head'), role: 'head' }] });
    await program.restart();
    expect((await all(await program.signIn('clerk'))).find(({ name }) => name === 'head')?.role).toBe('head');
    expect(await named()).toHaveLength(4);

    async function idOfNow(name: string) {
      return (await all(successor)).find((one) => one.name === name)?.id ?? '';
    }
  });
});

test('of a ledger that is not older only what is too much goes', async () => {
  await program.restart();
  await withIdentity(program.folder, (identity) => ({
    ...identity,
    // Of a change of which the ledger has nothing.
    accountsEnd: { entry: 10_000, hash: '' },
    accounts: (identity.accounts ?? []).map((one) =>
      one.name === 'clerk' ? { ...one, role: 'auditor', ledgers: ['mediation'] } : one,
    ),
  }));
  await program.signInAgain();
  const clerk = (await all(await program.signIn('head'))).find(({ name }) => name === 'clerk');
  expect(clerk).toMatchObject({ role: 'auditor', ledgers: ['mediation'] });
  const { entries } = await (await program.signIn('auditor')).call('audit.list', {
    actions: ['account.lowered'],
  });
  expect(entries.map(({ detail }) => detail)).toEqual([
    { account: 'clerk', changed: ['clerk role', 'clerk ledgers'] },
  ]);
});

test('the file follows every change, and says one state of each account as soon as it stands', async () => {
  const head = await program.signIn('head');
  const id = (await all(head)).find(({ name }) => name === 'clerk')?.id ?? '';
  const said = async () => {
    const { accounts } = await withIdentity(program.folder, () => null);
    return accounts?.filter((one) => one.id === id).map(({ role, isDisabled }) => [role, isDisabled]);
  };
  expect(await said()).toEqual([['clerk', false]]);
  await head.call('account.change', { changes: [{ id, role: 'auditor' }] });
  expect(await said()).toEqual([['auditor', false]]);
  await head.call('account.change', { changes: [{ id, isDisabled: true }] });
  expect(await said()).toEqual([['auditor', true]]);
  // A password that another gave is to be changed after a return to an older ledger too.
  const auditor = (await all(head)).find(({ name }) => name === 'auditor')?.id ?? '';
  await head.call('account.setPassword', { id: auditor, password: own });
  const { accounts } = await withIdentity(program.folder, () => null);
  expect(accounts?.filter((one) => one.id === auditor).map((one) => one.mustChange)).toEqual([true]);
  // What is refused leaves it as it was.
  const adminId = (await all(head)).find(({ name }) => name === 'admin')?.id ?? '';
  await head.refused('account.change', {
    changes: [
      { id, role: 'clerk' },
      { id: adminId, duties: [] },
    ],
  });
  expect(await said()).toEqual([['auditor', true]]);
});

test('a file of before accounts were kept in it takes nothing, and keeps them from then on', async () => {
  await program.restart();
  await forgetAccounts(program.folder);
  await program.signInAgain();
  expect((await withIdentity(program.folder, () => null)).accounts).toHaveLength(4);
  expect(await all(await program.signIn('head'))).toHaveLength(4);
});

describe('what is too much', () => {
  const units: Record<string, string> = { county: '620921', one: '620921103', other: '620921104' };
  const codeOf = (id: string) => units[id] ?? null;
  const someAccount = fc.record({
    role: fc.constantFrom(...roles),
    duties: fc.subarray([...safetyDuties]),
    unitId: fc.constantFrom('county', 'one', 'other'),
    ledgers: fc.option(fc.subarray(['mediation', 'committee', 'mediator'], { minLength: 1 })),
    isDisabled: fc.boolean(),
  });
  const asKept = (some: object) => ({ id: 'a', name: '甲', ...some }) as KeptAccount;
  const asStored = (some: object) => ({ seq: 1, ...asKept(some) }) as StoredAccount;

  test('is gone after it was taken, and what is the same is left', () => {
    fc.assert(
      fc.property(someAccount, someAccount, (now, last) => {
        const account = asStored(now);
        const [found] = tooMuch([account], [asKept(last)], { codeOf });
        const after = { ...account, ...found?.change };
        expect(tooMuch([after], [asKept(last)], { codeOf })).toEqual([]);
        expect(after.duties.every((duty) => last.duties.includes(duty))).toBe(true);
        expect(last.isDisabled && !after.isDisabled).toBe(false);
        if (last.ledgers) expect(after.ledgers?.every((one) => last.ledgers?.includes(one))).toBe(true);
        expect((codeOf(after.unitId) ?? '').startsWith(codeOf(last.unitId) ?? '?')).toBe(true);
        expect(tooMuch([asStored(last)], [asKept(last)], { codeOf })).toEqual([]);
      }),
    );
  });

  test('of two states, while one becomes the other, either will do', () => {
    fc.assert(
      fc.property(someAccount, someAccount, (before, after) => {
        const both = [asKept(before), asKept(after)];
        for (const one of [before, after]) expect(tooMuch([asStored(one)], both, { codeOf })).toEqual([]);
      }),
    );
  });

  test('who was of a unit that is not there can be of none', () => {
    const some = { role: 'clerk', duties: [], ledgers: null, isDisabled: false };
    const [found] = tooMuch([asStored({ ...some, unitId: 'one' })], [asKept({ ...some, unitId: 'gone' })], {
      codeOf,
    });
    expect(found?.change).toEqual({ isDisabled: true });
  });
});
