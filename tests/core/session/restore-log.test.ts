// Going back to a copy takes the log with it; that somebody did so, and where the log had ended, stands in the new one.
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sql } from '#core/db/sql.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program, password } from '#tests/fixtures/program.ts';

let program: Program;
beforeEach(async () => {
  program = await aProgram();
});
afterEach(() => program.close());

type Row = { seq: number; at: string; account: string; action: string; detail: string; hash: Uint8Array };
const log = () => program.look((db) => db.all<Row>(sql`select * from audit_entry order by seq`));
const later = (seconds: number) => {
  program.clock.now = new Date(program.clock.now.getTime() + seconds * 1000);
};

test('the first entry after a restore says who, when, to which copy, and where the log had ended', async () => {
  await program.save(aMediation());
  const { name } = await program.call('system.backup', {});
  const inCopy = (await log()).at(-2)?.seq ?? 0;
  later(5);
  await program.save(aMediation());
  const before = (await log()).at(-1);
  later(5);
  const at = program.clock.now.toISOString();
  await program.call('program.restore', { backup: name });
  later(5);
  await program.signInAgain();
  const after = await log();
  const [entry, next] = after.filter(({ seq }) => seq > inCopy);
  expect(entry).toMatchObject({ seq: inCopy + 1, at, account: 'admin', action: 'program.restore' });
  expect(JSON.parse(entry?.detail ?? '')).toEqual({
    backup: name,
    lastEntry: before?.seq,
    lastHash: Buffer.from(before?.hash ?? []).toString('hex'),
  });
  expect(next?.action).toBe('session.signIn');
  expect((await program.call('system.verify', {})).findings).toEqual([]);
  await program.restart();
  await program.signInAgain();
  expect((await log()).filter(({ action }) => action === 'program.restore')).toHaveLength(1);
});

test('a restore by nobody, of a ledger that cannot be read, is in the log too', async () => {
  await program.save(aMediation());
  const { name } = await program.call('system.backup', {});
  await program.restart();
  const file = path.join(program.folder, 'ledger.db');
  for (let time = 0; time < 2; time++) {
    // What comes back is damaged before anybody opened it: both times stand in the log of the copy that opens.
    fs.writeFileSync(file, Buffer.alloc(fs.statSync(file).size, 7));
    expect((await program.refused('session.signIn', { account: 'admin', password })).code).toBe('damaged');
    later(5);
    await program.call('program.restore', { backup: name });
  }
  await program.signInAgain();
  const found = (await log()).filter(({ action }) => action === 'program.restore');
  expect(found.map(({ account, detail }) => [account, JSON.parse(detail)])).toEqual([
    ['', { backup: name }],
    ['', { backup: name }],
  ]);
});

test.each([
  ['restored.pending', ''],
  ['restored.pending', '[1]'],
  ['restore.pending', '{"backup"'],
  ['restore.pending', 'null'],
])(
  '%s is harmed (%j): the ledger opens, and that it went back to a copy is in the log',
  async (file, harm) => {
    const { id } = await program.save(aMediation());
    const { name } = await program.call('system.backup', {});
    await program.call('program.restore', { backup: name });
    await program.restart();
    fs.writeFileSync(path.join(program.folder, file), harm);
    const admin = await program.signIn('admin');
    const found = (await log()).filter(({ action }) => action === 'program.restore');
    // Of which day the passwords are is not known either: they may have to be chosen anew.
    await admin.call('session.changePassword', { password, newPassword: 'Jinta-2026-sfj' });
    expect((await admin.call('ledger.get', { id })).id).toBe(id);
    expect(found.map(({ detail }) => JSON.parse(detail))).toContainEqual({ backup: '' });
    expect(fs.existsSync(path.join(program.folder, file))).toBe(false);
    expect((await admin.call('system.verify', {})).findings).toEqual([]);
  },
);

test('a restore that found no room leaves no entry', async () => {
  await program.save(aMediation());
  const { name } = await program.call('system.backup', {});
  const copying = vi.spyOn(fs, 'copyFileSync').mockImplementation(() => {
    throw Object.assign(new Error('full'), { code: 'ENOSPC' });
  });
  expect((await program.refused('program.restore', { backup: name })).code).toBe('disk-full');
  copying.mockRestore();
  await program.signInAgain();
  expect((await log()).filter(({ action }) => action === 'program.restore')).toEqual([]);
});
