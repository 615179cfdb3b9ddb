import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Core, CoreEnv, Peer } from '#core/api/contract.ts';
import { createCore, createPart } from '#core/api/core.ts';
import { createFirstPart, type RestOfWriter } from '#core/api/first-part.ts';
import { inFolder } from '#core/db/folder.ts';
import { lockFolder } from '#core/db/lock.ts';
import { aProgram, type Program, password } from '#tests/fixtures/program.ts';

// The writer before the rest of the core has been read. Over real threads: tests/host/core.test.ts.

let program: Program;
const made: string[] = [];
const folders: Record<'sign-in' | 'set-up' | 'failed', string> = { 'sign-in': '', 'set-up': '', failed: '' };
const aFolder = () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'first-part-'));
  made.push(folder);
  return folder;
};
beforeAll(async () => {
  program = await aProgram();
  await program.call('system.backup', {});
  // Nobody holds the folder any more.
  await program.restart();
  folders['sign-in'] = program.folder;
  folders['set-up'] = aFolder();
  folders.failed = aFolder();
  fs.cpSync(inFolder(program.folder, 'backups'), inFolder(folders.failed, 'backups'), { recursive: true });
});
afterAll(async () => {
  await program.close();
  for (const folder of made) fs.rmSync(folder, { recursive: true, force: true });
});

const nobody = { call: 'call', token: null, grants: {} };
const peer: Peer = { request: async () => undefined, serve: () => undefined };
const envOf = (folder: string): CoreEnv => ({
  folder,
  seeds: path.resolve('seeds'),
  version: '0.0.0',
  now: () => new Date(),
  helper: async () => null,
  emit: () => undefined,
  kdfCost: 1024,
});

/** The rest of a core that tells what reached it, once somebody lets it be read. */
function aRest() {
  const reached: string[] = [];
  let arrive: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const read = vi.fn<RestOfWriter>(async (_env, _peer, doorstep): Promise<Core> => {
    await arrived;
    return {
      async call(method) {
        reached.push(method);
        return { ok: true, value: method };
      },
      cancel: (call) => void reached.push(`cancel ${call}`),
      async close() {
        reached.push('close');
        doorstep.leave();
      },
    };
  });
  return { reached, read, arrive };
}

test.each(Object.entries(folders).map(([is]) => is as keyof typeof folders))(
  'a folder is told before the rest of the core is read, and as the whole core tells it: %s',
  async (is) => {
    const { read } = aRest();
    const first = createFirstPart(envOf(folders[is]), peer, read);
    const told = await first.call('program.state', {}, nobody);
    expect(told).toMatchObject({ ok: true, value: { state: { is } } });
    expect(read).not.toHaveBeenCalled();
    await first.close();
    const whole = createCore(envOf(folders[is]));
    expect(await whole.call('program.state', {}, nobody)).toEqual(told);
    await whole.close();
  },
);

test('closed before that, it lets the folder go and reads nothing', async () => {
  const { read } = aRest();
  const first = createFirstPart(envOf(program.folder), peer, read);
  await first.call('program.state', {}, nobody);
  expect(() => lockFolder(program.folder, undefined)).toThrow();
  await first.close();
  lockFolder(program.folder, undefined)();
  expect(await first.call('program.state', {}, nobody)).toMatchObject({ error: { code: 'closing' } });
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(read).not.toHaveBeenCalled();
});

test('the rest is read by itself once the window has had its answer', async () => {
  const { read, arrive } = aRest();
  const first = createFirstPart(envOf(program.folder), peer, read);
  await first.call('program.state', {}, nobody);
  await vi.waitFor(() => expect(read).toHaveBeenCalledTimes(1), { timeout: 5000 });
  arrive();
  await first.close();
});

test('what is asked while the rest is read reaches it in the order it came, and it is read once', async () => {
  const { read, reached, arrive } = aRest();
  const first = createFirstPart(envOf(program.folder), peer, read);
  await first.call('program.state', {}, nobody);
  const answers = ['program.use', 'program.state', 'session.signIn'].map((method) =>
    first.call(method, {}, nobody),
  );
  first.cancel('call');
  const closed = first.close();
  arrive();
  expect(await Promise.all(answers)).toHaveLength(3);
  await closed;
  expect(reached).toEqual(['program.use', 'program.state', 'session.signIn', 'cancel call', 'close']);
  expect(read).toHaveBeenCalledTimes(1);
});

test('a job that works without a pause is cancelled at once: it asks in the same turn', async () => {
  const { read, reached, arrive } = aRest();
  const first = createFirstPart(envOf(program.folder), peer, read);
  arrive();
  await first.call('session.signIn', {}, nobody);
  first.cancel('call');
  expect(reached).toEqual(['session.signIn', 'cancel call']);
  await first.close();
});

test.each([
  ['words that the method does not take', { folder: 'x' }, nobody],
  ['no input at all', null, nobody],
  ['a session', {}, { ...nobody, token: 'somebody' }],
])('the whole core judges a call with %s', async (_what, input, context) => {
  const { read, reached, arrive } = aRest();
  const first = createFirstPart(envOf(program.folder), peer, read);
  arrive();
  await first.call('program.state', input, context);
  expect(reached).toEqual(['program.state']);
  await first.close();
});

test('the rest goes on with the folder that is held, and lets it go at its end', async () => {
  const request = vi.fn(async () => undefined);
  const first = createFirstPart(
    envOf(program.folder),
    { ...peer, request },
    async (env, toReader, doorstep) => createPart('writer', env, toReader, doorstep),
  );
  const told = await first.call('program.state', {}, nobody);
  expect(told).toMatchObject({ value: { state: { is: 'sign-in' } } });
  const signedIn = await first.call('session.signIn', { account: 'admin', password }, nobody);
  expect(signedIn).toMatchObject({ ok: true });
  expect(request).toHaveBeenCalled();
  expect(() => lockFolder(program.folder, undefined)).toThrow();
  await first.close();
  lockFolder(program.folder, undefined)();
});
