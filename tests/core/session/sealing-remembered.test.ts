// The file beside the ledger remembers what is sealed through every copy that comes back, and no more than was decided.
import { describe, expect, test } from 'vitest';
import { sql } from '#core/db/sql.ts';
import { type KeptSealing, writeIdentity } from '#core/security/identity.ts';
import { readKeyFile, writeKeyFile } from '#core/security/key-file.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';
import { aCase, applicant, identityIn, keyOf, reason, seal } from '#tests/fixtures/sealing.ts';

const later = (program: Program) => {
  program.clock.now = new Date(program.clock.now.getTime() + 3_600_000);
};

async function copyOf(program: Program): Promise<string> {
  const { name } = await program.call('system.backup', {});
  later(program);
  return name;
}

async function restore(program: Program, backup: string): Promise<void> {
  later(program);
  await program.call('program.restore', { backup });
  await program.signInAgain();
}

describe('copies of different days come back one after another', () => {
  test('one that has not the record yet, then one that has it unsealed: it is sealed again, and can be opened by two', async () => {
    const program = await aProgram({ everyRole: true });
    try {
      const before = await copyOf(program);
      const { id } = await aCase(program);
      const unsealed = await copyOf(program);
      await seal(await program.signIn('clerk'), await program.signIn('head'), id);
      await restore(program, before);
      expect((await program.call('sealing.state', {})).sealed).toEqual([]);
      await restore(program, unsealed);
      expect((await program.refused('ledger.get', { id })).code).toBe('record-missing');
      expect((await program.call('search.find', { text: applicant })).hits).toEqual([]);
      expect((await program.call('sealing.state', {})).sealed).toMatchObject([{ recordId: id }]);
      const head = await program.signIn('head');
      const request = await head.call('sealing.apply', {
        ...{ recordId: id, kind: 'unseal', basis: 'mistaken', reason: '封错' },
      });
      await program.call('sealing.confirm', request);
      // Opened by two, it is forgotten for good: neither copy seals it any more.
      await restore(program, before);
      await restore(program, unsealed);
      expect((await program.call('ledger.get', { id })).id).toBe(id);
    } finally {
      await program.close();
    }
  });

  test('a key file that cannot seal forgets nothing: with its own again, the record is sealed', async () => {
    const program = await aProgram({ everyRole: true });
    try {
      const { id } = await aCase(program);
      const unsealed = await copyOf(program);
      await seal(await program.signIn('clerk'), await program.signIn('head'), id);
      const whole = readKeyFile(program.folder);
      if (!whole?.sealing) throw new Error('no sealing key');
      const { sealing: _sealing, ...bare } = whole;
      writeKeyFile(program.folder, bare);
      await restore(program, unsealed);
      writeKeyFile(program.folder, whole);
      await program.restart();
      await program.signInAgain();
      expect((await program.refused('ledger.get', { id })).code).toBe('record-missing');
    } finally {
      await program.close();
    }
  });
});

describe('a sealing that came to nothing at the last step', () => {
  /** Keeps the transaction from being made to last, after everything in it was done. */
  const failing = `CREATE TABLE x_parent (id INTEGER PRIMARY KEY) STRICT;
    CREATE TABLE x_child (p INTEGER REFERENCES x_parent (id) DEFERRABLE INITIALLY DEFERRED) STRICT;
    CREATE TRIGGER x_fail AFTER UPDATE OF state ON sealing WHEN NEW.state = 'done'
    BEGIN INSERT INTO x_child VALUES (1); END`;
  const mended = 'DROP TRIGGER x_fail; DROP TABLE x_child; DROP TABLE x_parent';

  async function refusedAtLast(program: Program) {
    const { id } = await aCase(program);
    const clerk = await program.signIn('clerk');
    const request = await clerk.call('sealing.apply', {
      ...{ recordId: id, kind: 'seal', basis: 'minorCrime', reason },
    });
    await program.look((db) => db.exec(failing));
    const said = await (await program.signIn('head')).ask('sealing.confirm', request);
    expect(said.ok).toBe(false);
    await program.look((db) => db.exec(mended));
    return { id, clerk, request };
  }

  /** What a program finds that starts after this one was killed. */
  async function afterKill(program: Program, id: string) {
    const next = await aProgram({ from: program.folder, isShut: true });
    try {
      await next.signInAgain();
      const { requests, sealed } = await next.call('sealing.state', {});
      return [(await next.ask('ledger.get', { id })).ok, requests.length, sealed.length];
    } finally {
      await next.close();
    }
  }

  test('is not carried out by the next start: the application waits as before', async () => {
    const program = await aProgram({ everyRole: true });
    try {
      const { id } = await refusedAtLast(program);
      expect(await afterKill(program, id)).toEqual([true, 1, 0]);
    } finally {
      await program.close();
    }
  });

  test('nor once it was taken back, also where the file beside the ledger was left ahead', async () => {
    const program = await aProgram({ everyRole: true });
    try {
      const { id, clerk, request } = await refusedAtLast(program);
      await clerk.call('sealing.withdraw', request);
      expect(await afterKill(program, id)).toEqual([true, 0, 0]);
      const key = await keyOf(program);
      const identity = identityIn(program.folder, key);
      const stored = await program.look((db) =>
        db.get<KeptSealing>(sql`select id, record_id as recordId, ledger, unit_id as unitId, basis, '' as reason,
          applied_at as appliedAt, applied_by as appliedBy, decided_at as decidedAt, decided_by as decidedBy from sealing`),
      );
      if (!identity || !stored) throw new Error('nothing is remembered');
      writeIdentity(program.folder, key, { ...identity, sealed: [stored] });
      expect(await afterKill(program, id)).toEqual([true, 0, 0]);
    } finally {
      await program.close();
    }
  });
});
