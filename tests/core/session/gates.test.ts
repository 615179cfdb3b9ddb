// Gates declare no right, so that they work where nobody can sign in. What each asks of a session is written out here.

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { failed } from '#core/api/failures.ts';
import { veilFailure } from '#core/api/veiled.ts';
import { isMarkedDamaged } from '#core/db/damage.ts';
import { sql } from '#core/db/sql.ts';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import { AppError } from '#shared/api/errors.ts';
import { type MethodName, methods } from '#shared/api/methods.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';

const first = 'qinghe-2025';
const own = 'eigen-2025';

describe('who stands at a gate', () => {
  let program: Program;
  const people: Record<'nobody' | 'locked' | 'new', Person> = {} as never;
  beforeAll(async () => {
    program = await aProgram({ everyRole: true });
    await program.call('system.backup', {});
    const head = await program.signIn('head');
    const idOf = async (name: string) =>
      (await head.call('account.list', {})).find((account) => account.name === name)?.id ?? '';
    people.nobody = await program.signIn('clerk');
    await people.nobody.call('session.signOut', {});
    people.locked = await program.signIn('admin');
    await people.locked.call('session.lock', {});
    await head.call('account.setPassword', { id: await idOf('admin'), password: first });
    people.new = await program.signIn('admin', first);
    program.grant('elsewhere', program.folder);
  });
  afterAll(() => program.close());

  const backup = async () => (await program.call('program.state', {})) && 'ledger-2025-06-30-100000.db';
  const inputs: Partial<Record<MethodName, unknown>> = {
    'session.unlock': { password: first },
    'session.confirm': { password: first },
    'session.changePassword': { password: first, newPassword: own },
    'program.move': { folder: 'elsewhere' },
    'program.use': {},
  };
  const table: [MethodName, Record<keyof typeof people, string>][] = [
    ['session.current', { nobody: 'done', locked: 'done', new: 'done' }],
    ['session.lock', { nobody: 'done', locked: 'done', new: '' }],
    ['session.unlock', { nobody: 'not-signed-in', locked: '', new: '' }],
    ['session.confirm', { nobody: 'not-signed-in', locked: 'session-locked', new: 'done' }],
    ['session.changePassword', { nobody: 'not-signed-in', locked: 'session-locked', new: '' }],
    ['session.signOut', { nobody: 'done', locked: '', new: '' }],
    ['program.move', { nobody: 'not-signed-in', locked: 'session-locked', new: 'password-must-change' }],
    ['program.restore', { nobody: 'busy', locked: 'session-locked', new: 'password-must-change' }],
    ['program.use', { nobody: 'busy', locked: 'busy', new: 'busy' }],
    ['program.goOn', { nobody: 'ledger-not-moved', locked: 'ledger-not-moved', new: 'ledger-not-moved' }],
    ['program.takeKey', { nobody: 'key-needless', locked: 'key-needless', new: 'key-needless' }],
    ['program.repair', { nobody: 'repair-needless', locked: 'repair-needless', new: 'repair-needless' }],
  ];
  const more: Partial<Record<MethodName, unknown>> = {
    'program.goOn': { takesOver: false, reason: '换机' },
    'program.repair': { account: 'admin', password: first },
  };

  test.each(table)('%s', async (method, wanted) => {
    for (const [who, code] of Object.entries(wanted) as [keyof typeof people, string][]) {
      if (code === '') continue;
      const input =
        method === 'program.restore' ? { backup: await backup() } : (inputs[method] ?? more[method] ?? {});
      const answer = await people[who].ask(method, input);
      expect(answer.ok ? 'done' : answer.error.code, who).toBe(code);
    }
  });

  test('every gate is in the table, or has nothing to do with who is there', () => {
    const gates = (Object.keys(methods) as MethodName[]).filter((name) => methods[name].kind === 'gate');
    const elsewhere: MethodName[] = [
      // Before anybody is there.
      ...(['session.signIn', 'session.recover', 'setup.create', 'setup.demo', 'setup.areas'] as const),
      ...([
        'help.ask',
        'help.waiting',
        'help.finish',
        'program.state',
        'program.diagnose',
        'program.guide',
      ] as const),
      // With a right of their own, which the dispatcher checks.
      ...gates.filter((name) => methods[name].rights !== 'none'),
    ];
    const asked = table.map(([name]) => name);
    expect(gates.filter((name) => !elsewhere.includes(name) && !asked.includes(name))).toEqual([]);
  });

  test('a locked session is locked once: the log has one entry, and no more of it', async () => {
    const locks = () =>
      program.look(
        (db) => db.value<number>(sql`select count(*) from audit_entry where action = 'session.lock'`),
        first,
      );
    const before = await locks();
    const clerk = await program.signIn('clerk');
    for (let time = 0; time < 3; time += 1) await clerk.call('session.lock', {});
    expect(await locks()).toBe((before ?? 0) + 1);
  });
});

describe('a PC that several share', () => {
  let program: Program;
  afterEach(() => program.close());

  test('another signs in beside a locked session: each sees and signs as himself, and the first goes on where he was', async () => {
    program = await aProgram({ everyRole: true });
    const clerk = await program.signIn('clerk');
    await clerk.call('session.lock', {});
    const head = await program.signIn('head');
    const { id } = await head.save(aMediation());
    expect((await clerk.refused('ledger.get', { id })).code).toBe('session-locked');
    expect((await head.call('session.current', {}))?.account.name).toBe('head');
    await head.call('session.signOut', {});
    // The ledger stays open for the one who is only locked; his own password lets him in, the other's does not.
    await clerk.call('session.unlock', { password });
    const seen = await clerk.call('ledger.get', { id });
    expect(seen.versions.map(({ account }) => account)).toEqual(['head']);
    const again = {
      ledger: 'mediation',
      id,
      baseVersion: seen.version,
      record: { ...seen.record, remark: '补' },
    };
    await clerk.call('ledger.save', again);
    expect((await clerk.call('ledger.get', { id })).versions.map(({ account }) => account)).toEqual([
      'clerk',
      'head',
    ]);
  });

  test('wrong passwords typed for an act are counted, slow down and lock as at the sign-in', async () => {
    program = await aProgram({ everyRole: true });
    const clerk = await program.signIn('clerk');
    const confirm = (typed: string) => clerk.ask('session.confirm', { password: typed });
    const now = os.uptime();
    let past = 0;
    const clock = vi.spyOn(os, 'uptime').mockImplementation(() => now + past);
    try {
      const codes: unknown[] = [];
      for (let time = 0; time < 10; time += 1) {
        const answer = await confirm('falsch-2025');
        if (!answer.ok) codes.push([answer.error.code, answer.error.params]);
        past += 20 * 60;
      }
      expect(codes).toEqual([
        ...[4, 3, 2, 1].map((left) => ['confirm-failed', { left }]),
        ...[30, 60, 120, 240, 480].map((seconds) => ['sign-in-wait', { seconds }]),
        ['account-locked', {}],
      ]);
      expect(await confirm(password)).toMatchObject({ ok: false, error: { code: 'account-locked' } });
      expect(await clerk.refused('session.unlock', { password })).toMatchObject({ code: 'account-locked' });
      // The session that is open stays; nobody else is locked for it.
      await clerk.call('ledger.list', { ledger: 'mediation' });
      await program.signIn('head');
    } finally {
      clock.mockRestore();
    }
  });
});

test('a new password rewraps the key: no page of the ledger, no copy, no scan is written anew', async () => {
  const program = await aProgram({ everyRole: true, cases: 200 });
  try {
    await program.call('system.backup', {});
    const keyOf = async (secret: string) => {
      const file = readKeyFile(program.folder);
      return file && (await keyByPassword(file, 'admin', secret));
    };
    await program.look((db) => db.pragma('wal_checkpoint(TRUNCATE)'));
    const digests = () =>
      Object.fromEntries(
        fs
          .readdirSync(program.folder, { recursive: true, withFileTypes: true })
          .filter((one) => one.isFile())
          .map((one) => path.join(one.parentPath, one.name))
          .map((at) => [
            path.relative(program.folder, at),
            createHash('sha256').update(fs.readFileSync(at)).digest('hex'),
          ]),
      );
    const [before, key] = [digests(), await keyOf(password)];
    await program.call('session.changePassword', { password, newPassword: own });
    const after = digests();
    const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
    // The entry in the log goes into the -wal.
    expect(changed.filter((name) => !/-(wal|shm)$/.test(name)).sort()).toEqual([
      'ledger.key',
      'ledger.key.copy',
    ]);
    expect(fs.statSync(path.join(program.folder, 'ledger.db-wal')).size).toBeLessThan(128 * 1024);
    expect(await keyOf(own)).toEqual(key);
    expect(await keyOf(password)).toBeNull();
  } finally {
    await program.close();
  }
});

describe('what is thrown, as it is told', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'failed-'));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
  const thrown = (code: string) => Object.assign(new Error('甲乙丙'), { code });
  const codeOf = (error: unknown) => {
    const answer = failed(error, folder);
    return answer.ok ? 'ok' : answer.error.code;
  };

  test('a full disk, a busy ledger and damage have names; damage marks the folder, nothing else does', () => {
    for (const code of ['ENOSPC', 'EDQUOT', 'SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE'])
      expect(codeOf(thrown(code)), code).toBe('disk-full');
    for (const code of ['SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_LOCKED'])
      expect(codeOf(thrown(code)), code).toBe('busy');
    expect(isMarkedDamaged(folder)).toBe(false);
    for (const code of [
      'SQLITE_CORRUPT',
      'SQLITE_CORRUPT_INDEX',
      'SQLITE_NOTADB',
      'SQLITE_IOERR_SHORT_READ',
    ]) {
      expect(codeOf(thrown(code)), code).toBe('damaged');
      expect(isMarkedDamaged(folder), code).toBe(true);
      fs.rmSync(path.join(folder, 'damaged.marker'));
    }
  });

  test('anything else is a number to ask after; what was typed goes nowhere', () => {
    const told: string[] = [];
    const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => told.push(String(text)) > 0);
    try {
      // A message may have lines that look like places of the program.
      const like = new Error('甲乙丙\n    at 甲乙丙 (record.ts:1:1)\n    at 甲乙丙');
      for (const error of [thrown('EWHATEVER'), '甲乙丙', null, undefined, { code: '甲乙丙' }, like])
        expect(codeOf(error)).toBe('internal');
    } finally {
      write.mockRestore();
    }
    expect(told).toHaveLength(6);
    expect(told.at(-1)).toMatch(/^incident [\da-f]{8}: Error\n\s+at /);
    expect(told.join('')).not.toContain('甲乙丙');
  });

  test('to a session that gave no reason a refusal names no record, and stays what it is', () => {
    const stuck = veilFailure(new AppError('hand-over-stuck', { title: '甲乙丙' }));
    expect(stuck).toMatchObject({ code: 'hand-over-stuck', params: { title: '（已隐去）' } });
    // What is no refusal goes on as it is: a full disk is called one to everybody.
    for (const error of [thrown('SQLITE_FULL'), new AppError('confirm-needed', {}), null])
      expect(veilFailure(error)).toBe(error);
  });
});
