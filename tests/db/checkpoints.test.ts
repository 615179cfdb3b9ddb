import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type CheckpointInput, createCheckpoints, makeCheckpoint } from '#core/api/checkpoints.ts';
import { helperTasks } from '#core/api/helper-tasks.ts';
import { createVault } from '#core/api/vault.ts';
import { type Connection, connect } from '#core/db/connection.ts';
import { inFolder } from '#core/db/folder.ts';
import { sql } from '#core/db/sql.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram } from '#tests/fixtures/program.ts';

const folders: string[] = [];
const open: Connection[] = [];
afterEach(() => {
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
