import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type CheckpointInput, createCheckpoints, makeCheckpoint } from '#core/api/checkpoints.ts';
import { helperTasks } from '#core/api/helper-tasks.ts';
import { createVault } from '#core/api/vault.ts';
import { type Connection, connect } from '#core/db/connection.ts';
import { isMarkedDamaged } from '#core/db/damage.ts';
import { inFolder } from '#core/db/folder.ts';
import { sql } from '#core/db/sql.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

const folders: string[] = [];
const open: Connection[] = [];
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  for (const connection of open.splice(0)) connection.close();
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
});

const key = new Uint8Array(32).fill(7);
const opened = (folder: string, options: { create?: boolean; access?: 'read' } = {}) => {
  const connection = connect(inFolder(folder, 'ledger'), { key, ...options });
  open.push(connection);
  return connection;
};

/** An open ledger's vault, and helpers that do `work`. */
function aVault(work: (input: CheckpointInput) => unknown) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'checkpoint-'));
  folders.push(folder);
  const connection = opened(folder, { create: true });
  connection.pragma('journal_mode = WAL');
  connection.pragma('wal_autocheckpoint = 16000');
  connection.exec('create table page (bytes blob)');
  const vault = Object.assign(createVault(folder), { connection, key });
  const asked: CheckpointInput[] = [];
  const helper = async (_task: string, input: unknown) => {
    asked.push(input as CheckpointInput);
    return work(input as CheckpointInput);
  };
  const checkpoints = createCheckpoints(vault, helper, undefined);
  const write = (megabytes: number) =>
    connection.transaction((db) => {
      for (let count = 0; count < megabytes; count++)
        db.run(sql`insert into page (bytes) values (randomblob(1048576))`);
    });
  const log = () =>
    connection.get<{ log: number; checkpointed: number }>(sql`pragma wal_checkpoint(NOOP)`) ?? { log: -1 };
  return { folder, connection, vault, asked, checkpoints, write, log };
}

test('what has been written goes into the file by a helper, and the log begins anew', async () => {
  const { connection, vault, asked, checkpoints, write, log } = aVault((input) => {
    makeCheckpoint(input);
    // Somebody saves before the helper's answer is heard.
    write(1);
  });
  write(2);
  checkpoints.begin();
  expect(asked).toEqual([]);
  write(16);
  checkpoints.begin();
  checkpoints.begin();
  expect(asked).toHaveLength(1);
  await vault.checkpoint?.over();
  expect(vault.checkpoint).toBeNull();
  const { log: whole } = log();
  expect(log()).toMatchObject({ checkpointed: whole });
  connection.run(sql`delete from page where rowid = 1`);
  expect(log().log).toBeLessThan(whole / 2);
  expect(connection.value(sql`select count(*) from page`)).toBe(18);
});

test('a log that somebody still reads is not tried again until as much more has come', async () => {
  const { folder, vault, asked, checkpoints, write } = aVault(makeCheckpoint);
  write(1);
  const reader = opened(folder, { access: 'read' });
  reader.exec('begin');
  expect(reader.value(sql`select count(*) from page`)).toBe(1);
  write(17);
  const turn = async () => {
    checkpoints.begin();
    await vault.checkpoint?.over();
    return asked.length;
  };
  expect(await turn()).toBe(1);
  write(1);
  expect(await turn()).toBe(1);
  write(17);
  expect(await turn()).toBe(2);
  reader.exec('commit');
  write(17);
  expect(await turn()).toBe(3);
  // Nothing is left behind now, so the next is due as the first was.
  write(17);
  expect(await turn()).toBe(4);
});

test('one that has not begun is given up at once, and never opens the file', async () => {
  let release: () => void = () => undefined;
  const queue = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { folder, connection, vault, asked, checkpoints, write } = aVault(async (input) => {
    await queue;
    makeCheckpoint(input);
  });
  write(17);
  checkpoints.begin();
  await vault.checkpoint?.over();
  connection.close();
  open.length = 0;
  Object.assign(vault, { connection: null });
  fs.rmSync(folder, { recursive: true });
  expect(() => makeCheckpoint(asked[0] as CheckpointInput)).not.toThrow();
  release();
  await expect.poll(() => vault.checkpoint).toBeNull();
  expect(fs.existsSync(folder)).toBe(false);
});

test('one that has begun is waited for', async () => {
  let release: () => void = () => undefined;
  const work = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { vault, checkpoints, write } = aVault((input) => {
    makeCheckpoint(input);
    return work;
  });
  write(17);
  checkpoints.begin();
  let isOver = false;
  const over = vault.checkpoint?.over().then(() => {
    isOver = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(isOver).toBe(false);
  release();
  await over;
  expect(isOver).toBe(true);
});

test('a helper that fails leaves everything as it is', async () => {
  let isBroken = true;
  const { connection, vault, checkpoints, write, log } = aVault((input) => {
    if (isBroken) throw new Error('no helper');
    makeCheckpoint(input);
  });
  write(17);
  checkpoints.begin();
  await expect.poll(() => vault.checkpoint).toBeNull();
  expect(log()).toMatchObject({ checkpointed: 0 });
  isBroken = false;
  write(17);
  checkpoints.begin();
  await vault.checkpoint?.over();
  const { log: whole } = log();
  expect(log()).toMatchObject({ checkpointed: whole });
  expect(connection.value(sql`select count(*) from page`)).toBe(34);
});

const failing = (code: string) => () => {
  throw Object.assign(new Error(code), { code });
};

test.each([
  ['SQLITE_FULL', false],
  ['SQLITE_IOERR', false],
  ['SQLITE_CORRUPT', true],
])('the last pages that end in %s end nothing else', async (code, isDamaged) => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { folder, connection, vault, checkpoints, write, log } = aVault(makeCheckpoint);
  write(17);
  const pragma = vi.spyOn(connection, 'pragma').mockImplementation(failing(code));
  checkpoints.begin();
  await expect(vault.checkpoint?.over()).resolves.toBeUndefined();
  expect(pragma).toHaveBeenCalledTimes(1);
  expect(vault.checkpoint).toBeNull();
  expect(isMarkedDamaged(folder)).toBe(isDamaged);
  pragma.mockRestore();
  write(17);
  checkpoints.begin();
  await (vault.checkpoint as { over(): Promise<void> } | null)?.over();
  const { log: whole } = log();
  expect(log()).toMatchObject({ checkpointed: whole });
});

test('where the log cannot be asked for, none begins and the caller goes on', () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { folder, connection, vault, asked, checkpoints, write } = aVault(makeCheckpoint);
  write(17);
  const get = vi.spyOn(connection, 'get').mockImplementation(failing('SQLITE_CORRUPT'));
  expect(() => checkpoints.begin()).not.toThrow();
  expect(vault.checkpoint).toBeNull();
  expect(isMarkedDamaged(folder)).toBe(true);
  get.mockRestore();
  checkpoints.begin();
  expect(asked).toHaveLength(1);
});

test('damage that the helper meets marks the ledger', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'checkpoint-'));
  folders.push(folder);
  fs.writeFileSync(inFolder(folder, 'ledger'), Buffer.alloc(65_536, 1));
  const stage = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const make = () => makeCheckpoint({ folder, key, nativeBinding: null, stage });
  expect(make).toThrow(expect.objectContaining({ code: 'damaged' }));
  expect(isMarkedDamaged(folder)).toBe(true);
});

test('one that never ends is not waited for without end', async () => {
  const { vault, checkpoints, write } = aVault((input) => {
    makeCheckpoint(input);
    return new Promise(() => undefined);
  });
  write(17);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  checkpoints.begin();
  let isOver = false;
  void vault.checkpoint?.over().then(() => {
    isOver = true;
  });
  await vi.advanceTimersByTimeAsync(29_000);
  expect(isOver).toBe(false);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(isOver).toBe(true);
});

test('in the program: saves have it made, and all of them are there after the next start', async () => {
  const asked: string[] = [];
  const program = await aProgram({
    helper: async (task, input) => {
      asked.push(task);
      return (helperTasks as Record<string, (input: never) => unknown>)[task]?.(
        structuredClone(input) as never,
      );
    },
  });
  const text = '经过'.repeat(1900);
  let saved = 0;
  for (; saved < 1500 && !asked.includes('ledger.checkpoint'); saved++)
    await program.save(aMediation().with({ summary: `${saved}${text}` }));
  expect(asked).toContain('ledger.checkpoint');
  await program.restart();
  await program.signInAgain();
  const { total } = await program.call('ledger.list', { ledger: 'mediation' });
  expect(total).toBe(saved);
  await program.close();
});

describe('in the program: what takes the file away waits for one that is under way', () => {
  /** A program whose checkpoint has begun and stands still until it is let go. */
  async function withOneUnderWay() {
    let release: () => void = () => undefined;
    const still = new Promise<void>((resolve) => {
      release = resolve;
    });
    const events: string[] = [];
    const program = await aProgram({
      helper: async (task, input) => {
        const work = (helperTasks as Record<string, (input: never) => unknown>)[task];
        if (task !== 'ledger.checkpoint') return work?.(structuredClone(input) as never);
        Atomics.store((input as CheckpointInput).stage, 0, 1);
        events.push('begun');
        await still;
        events.push('ended');
      },
    });
    await program.save(aMediation());
    await program.call('system.backup', {});
    await program.look((db) => {
      db.pragma('wal_autocheckpoint = 0');
      db.exec('create table filling as select randomblob(18 * 1048576) as bytes');
      db.exec('drop table filling');
    });
    await program.save(aMediation());
    expect(events).toEqual(['begun']);
    return { program, events, release: () => release() };
  }

  const takingAway: Record<string, (program: Program) => Promise<unknown>> = {
    closing: (program) => program.restart(),
    'leaving the last session': (program) => program.call('session.signOut', {}),
    'putting back a copy': async (program) => {
      const [copy] = await program.call('system.backups', {});
      return program.call('program.restore', { backup: copy?.name ?? '' });
    },
  };
  test.each(Object.keys(takingAway))('%s', async (name) => {
    const { program, events, release } = await withOneUnderWay();
    try {
      const done = takingAway[name]?.(program).then(() => events.push('taken'));
      await new Promise((resolve) => setTimeout(resolve, 300));
      release();
      await done;
      expect(events).toEqual(['begun', 'ended', 'taken']);
    } finally {
      release();
      await program.close();
    }
  });
});
