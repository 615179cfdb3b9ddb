import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHost, type Host } from '#host/host.ts';
import type { CoreEvent, Envelope } from '#shared/api/envelope.ts';

// The real core behind real threads, as the window has it.

const file = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const password = 'Ledger-test-2023';
let folder = '';
let host: Host;

const open = (at = folder): Host =>
  createHost({
    threadFile: file('tests/host/mortal-core-thread.ts'),
    helperFile: file('main/host/helper-thread.ts'),
    env: { folder: at, seeds: file('seeds'), version: '0.1.0' },
  });

async function value<T>(answer: Promise<Envelope<unknown>>): Promise<T> {
  const envelope = await answer;
  if (!envelope.ok) throw new Error(JSON.stringify(envelope.error));
  return envelope.value as T;
}

const call = <T>(method: string, input: unknown): Promise<T> => value<T>(host.call('window', method, input));

beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'host-core-')), 'data');
  mkdirSync(folder);
  host = open();
  const unit = { level: 'county', unitCode: '620921', unitName: '金塔县司法局' };
  await call('setup.create', { ...unit, account: 'admin', password });
  await call('session.signIn', { account: 'admin', password });
});

afterAll(async () => {
  await host.close();
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

const record = (summary: string): object => ({
  acceptedOn: '2023-03-01',
  kind: '02',
  summary,
  parties: [{ side: 'applicant', type: 'natural', name: '赵甲' }],
});

test('what the writer saves the reader lists at once, and the change is announced', async () => {
  const events: CoreEvent[] = [];
  const leave = host.listen((event) => events.push(event));
  const saved = await call<{ id: string }>('ledger.save', {
    ledger: 'mediation',
    record: record('邻里纠纷'),
  });
  const page = await call<{ rows: { id: string }[]; total: number }>('ledger.list', { ledger: 'mediation' });
  leave();
  expect(page.rows.map(({ id }) => id)).toContain(saved.id);
  expect(events).toContainEqual({ event: 'changed', ledgers: ['mediation'] });
});

test('search, opening and drafts answer while the ledger is checked; saves while the index is', async () => {
  const records = Array.from({ length: 800 }, (_each, index) => record(`核对 ${index}`));
  await call('ledger.addMany', { ledger: 'mediation', records });
  const { id } = await call<{ id: string }>('ledger.save', { ledger: 'mediation', record: record('核对') });
  const beside = async (method: string, work: () => Promise<unknown>) => {
    let isDone = false;
    const long = call(method, {}).finally(() => {
      isDone = true;
    });
    let answered = 0;
    while (!isDone) {
      await work();
      if (!isDone) answered += 1;
    }
    await long;
    return answered;
  };
  const read = async () => {
    await call('search.find', { text: '赵甲' });
    await call('ledger.get', { id });
    await call('draft.save', { id, ledger: 'mediation', content: { summary: '写到一半' } });
  };
  expect(await beside('system.verify', read)).toBeGreaterThan(3);
  const save = () => call('ledger.save', { ledger: 'mediation', record: record('核对索引时登记') });
  // One is enough: it would have waited for the end of a rebuild that shuts saves out.
  expect(await beside('system.rebuild', save)).toBeGreaterThan(0);
});

test('search and drafts answer while a job stages and commits', async () => {
  const records = Array.from({ length: 3_000 }, (_each, index) => record(`批量 ${index}`));
  let isDone = false;
  const job = call<{ added: number }>('ledger.addMany', { ledger: 'mediation', records }).finally(() => {
    isDone = true;
  });
  const draft = randomUUID();
  let answered = 0;
  while (!isDone) {
    await call('search.find', { text: '赵甲' });
    await call('draft.save', { id: draft, ledger: 'mediation', content: { summary: `第 ${answered} 字` } });
    if (!isDone) answered += 1;
  }
  expect(await job).toEqual({ added: 3_000 });
  expect(answered).toBeGreaterThan(5);
});

test('a case opens while a job commits: what was looked at waits for the log, the answer does not', async () => {
  const saved = await call<{ id: string }>('ledger.save', {
    ledger: 'mediation',
    record: record('先有的一件'),
  });
  const records = Array.from({ length: 3_000 }, (_each, index) => record(`成批 ${index}`));
  let isStaged = false;
  let isDone = false;
  const leave = host.listen((event) => {
    if (event.event === 'progress' && event.done >= 2_500) isStaged = true;
  });
  const job = call('ledger.addMany', { ledger: 'mediation', records }).finally(() => {
    isDone = true;
  });
  let opened = 0;
  while (!isDone) {
    await call('ledger.get', { id: saved.id });
    if (isStaged && !isDone) opened += 1;
  }
  await job;
  leave();
  expect(opened).toBeGreaterThan(3);
});

test('a job that is cancelled leaves nothing', async () => {
  const before = await call<{ records: number }>('system.hash', {});
  const leave = host.listen((event) => {
    if (event.event === 'progress') host.cancel(event.job);
  });
  const records = Array.from({ length: 3_000 }, (_each, index) => record(`取消 ${index}`));
  const answer = await host.call('window', 'ledger.addMany', { ledger: 'mediation', records });
  leave();
  expect(answer).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(await call('system.hash', {})).toEqual(before);
});

test('closing ends both parts and leaves a ledger that opens again with all of it', async () => {
  const before = await call('system.hash', {});
  await host.close();
  host = open();
  expect(await call('program.state', {})).toMatchObject({ state: { is: 'sign-in' } });
  await call('session.signIn', { account: 'admin', password });
  expect(await call('system.hash', {})).toEqual(before);
});

test.each([
  ['writer', 'setup.areas'],
  ['reader', 'search.find'],
])('a %s that dies takes no confirmed save with it, and the ledger opens again', async (_duty, method) => {
  const saved = await call<{ id: string }>('ledger.save', {
    ledger: 'mediation',
    record: record('最后一件'),
  });
  const before = await call('system.hash', {});
  expect(await host.call('window', method, { text: 'die' })).toMatchObject({
    error: { code: 'thread-lost' },
  });
  expect(await call('program.state', {})).toMatchObject({ state: { is: 'sign-in' } });
  await call('session.signIn', { account: 'admin', password });
  expect(await call('ledger.get', { id: saved.id })).toMatchObject({ id: saved.id });
  expect(await call('system.hash', {})).toEqual(before);
  // threads are replaced once in a host's life
  await host.close();
  host = open();
  await call('session.signIn', { account: 'admin', password });
});

test('a program of which the rest cannot be read tells the folder, and then that it is at its end', async () => {
  const half = join(folder, '..', 'half');
  mkdirSync(half);
  const broken = open(half);
  const setUp = { level: 'county', unitCode: '620921', unitName: '金塔县司法局', account: 'admin', password };
  for (const _life of [1, 2]) {
    expect(await broken.call('window', 'program.state', {})).toMatchObject({
      value: { state: { is: 'set-up' } },
    });
    expect(await broken.call('window', 'setup.create', setUp)).toMatchObject({
      error: { code: 'thread-lost' },
    });
  }
  expect(await broken.call('window', 'program.state', {})).toMatchObject({
    value: { state: { is: 'failed', failure: { code: 'thread-lost' } } },
  });
  await broken.close();
});
