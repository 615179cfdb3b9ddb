// A folder may be older than the copy that comes to it: an older PC to which the ledger moves back. What its files say of accounts
// was true before the copy, and takes nothing away that the copy has. Which of the two is newer, the log tells.
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { inFolder } from '#core/db/folder.ts';
import { sql } from '#core/db/sql.ts';
import { withIdentity } from '#tests/fixtures/kept-accounts.ts';
import { aProgram, type Program, password } from '#tests/fixtures/program.ts';

let program: Program;
let older: string;
beforeEach(async () => {
  program = await aProgram({ everyRole: true });
  older = path.join(program.beside, 'older');
});
afterEach(() => program.close());

const later = () => {
  program.clock.now = new Date(program.clock.now.getTime() + 5000);
};
const all = async () => (await program.signIn('head')).call('account.list', {});
const idOf = async (name: string) => (await all()).find((one) => one.name === name)?.id ?? '';
const rightsOf = async (name: string) => {
  const { role, ledgers, isDisabled } = (await all()).find((one) => one.name === name) ?? {};
  return { role, ledgers, isDisabled };
};

/** The folder as it was, a ledger in which accounts changed since, and a copy of it elsewhere; gives that. */
async function goneOnElsewhere(): Promise<string> {
  const head = await program.signIn('head');
  await head.call('account.change', { changes: [{ id: await idOf('clerk'), ledgers: ['mediation'] }] });
  await program.restart();
  fs.cpSync(program.folder, older, { recursive: true });
  later();
  await program.signInAgain();
  const again = await program.signIn('head');
  await again.call('account.change', {
    changes: [
      { id: await idOf('clerk'), role: 'head', ledgers: null },
      { id: await idOf('auditor'), role: 'clerk' },
    ],
  });
  later();
  const { name } = await program.call('system.backup', {});
  const copy = path.join(program.beside, 'stick');
  fs.cpSync(inFolder(program.folder, 'backups'), copy, { recursive: true });
  await program.restart();
  return path.join(copy, name);
}

function layOlderFolder(): void {
  for (const name of fs.readdirSync(program.folder))
    fs.rmSync(path.join(program.folder, name), { recursive: true, force: true });
  fs.cpSync(older, program.folder, { recursive: true });
}

function layLedger(file: string): void {
  for (const end of ['-wal', '-shm']) fs.rmSync(inFolder(program.folder, 'ledger') + end, { force: true });
  fs.copyFileSync(file, inFolder(program.folder, 'ledger'));
}

const raised = { role: 'head', ledgers: null, isDisabled: false };

test('a newer copy restored into an older folder keeps the rights that it has', async () => {
  const file = await goneOnElsewhere();
  layOlderFolder();
  later();
  await program.signInAgain();
  await program.call('session.confirm', { password });
  await program.call('program.restore', { file: program.grant('copy', file) });
  later();
  expect(await rightsOf('clerk')).toEqual(raised);
  expect(await rightsOf('auditor')).toMatchObject({ role: 'clerk' });
  await program.restart();
  expect(await rightsOf('clerk')).toEqual(raised);
});

test('a newer ledger laid into an older folder by hand keeps them too', async () => {
  const file = await goneOnElsewhere();
  layOlderFolder();
  layLedger(file);
  later();
  expect(await rightsOf('clerk')).toEqual(raised);
  const logged = await program.look((db) =>
    db.value<number>(
      sql`select count(*) from audit_entry where action in ('account.lowered', 'account.afterRestore')`,
    ),
  );
  expect(logged).toBe(0);
});

test('an older ledger gives nothing back either where what lies beside a copy alone says what was taken', async () => {
  const { name } = await program.call('system.backup', {});
  later();
  const head = await program.signIn('head');
  await head.call('account.change', { changes: [{ id: await idOf('clerk'), role: 'auditor' }] });
  later();
  await program.call('system.backup', {});
  await program.restart();
  layLedger(path.join(inFolder(program.folder, 'backups'), name));
  for (const one of ['identity', 'identityCopy'] as const) fs.rmSync(inFolder(program.folder, one));
  later();
  expect(await rightsOf('clerk')).toMatchObject({ role: 'auditor' });
});

test('a program that dies before a change stands has taken nothing from anybody', async () => {
  const { name } = await program.call('system.backup', {});
  const head = await program.signIn('head');
  const id = await idOf('clerk');
  const files = (['identity', 'identityCopy'] as const).map((one) => inFolder(program.folder, one));
  // The files as they stand when both were exchanged, and the transaction not yet.
  const between: Buffer[][] = [];
  const rename = fs.renameSync;
  const spied = vi.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    rename(from, to);
    if (files.includes(String(to))) between.push(files.map((file) => fs.readFileSync(file)));
  });
  await head.call('account.change', { changes: [{ id, isDisabled: true }] });
  spied.mockRestore();
  await program.restart();
  layLedger(path.join(inFolder(program.folder, 'backups'), name));
  for (const [index, bytes] of (between[1] ?? []).entries()) fs.writeFileSync(files[index] ?? '', bytes);
  later();
  expect(between.length).toBeGreaterThan(1);
  expect(await rightsOf('clerk')).toMatchObject({ isDisabled: false });
});

test('where the file would leave nobody who may let others in, the ledger is brought up as after a restore', async () => {
  await program.restart();
  await withIdentity(program.folder, (identity) => ({
    ...identity,
    accountsEnd: { entry: 10_000, hash: '' },
    accounts: (identity.accounts ?? []).map((one) => ({ ...one, duties: [] })),
  }));
  await program.signInAgain();
  const found = await program.look((db) =>
    db.column<string>(sql`select duties from account where is_disabled = 0`),
  );
  expect(found.some((duties) => duties.includes('security'))).toBe(true);
});
