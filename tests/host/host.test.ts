import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { createHost, type Host, type HostOptions } from '#host/host.ts';
import type { CoreEvent, Envelope } from '#shared/api/envelope.ts';

const threadFile = fileURLToPath(new URL('fake-thread.ts', import.meta.url));
const helperFile = fileURLToPath(new URL('fake-helper.ts', import.meta.url));
const opened: Host[] = [];

function hostWith(more: Partial<HostOptions> = {}): Host {
  const env = { folder: '/nowhere/first', seeds: '/nowhere/seeds', version: '0.0.0' };
  const host = createHost({ threadFile, helperFile, env, closeTimeoutMs: 5_000, ...more });
  opened.push(host);
  return host;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((host) => host.close()));
});

const unwrap = (envelope: Envelope<unknown>): unknown => (envelope.ok ? envelope.value : envelope.error);
const query = (host: Host, act: string, more: object = {}): Promise<unknown> =>
  host.call('window', 'search.find', { act, ...more }).then(unwrap);
const write = (host: Host, act: string, more: object = {}): Promise<unknown> =>
  host.call('window', 'ledger.save', { act, ...more }).then(unwrap);

describe('routing', () => {
  test.each([
    ['search.find', 'reader'],
    ['draft.save', 'reader'],
    ['ledger.save', 'writer'],
    ['ledger.addMany', 'writer'],
    ['setup.areas', 'writer'],
  ])('%s goes to the %s', async (method, duty) => {
    expect(unwrap(await hostWith().call('window', method, {}))).toMatchObject({ duty, method });
  });

  test('a method that is not in the table is refused, also one every object has', async () => {
    const host = hostWith();
    for (const method of ['ledger.drop', 'toString', '__proto__', '']) {
      expect(await host.call('window', method, {})).toEqual({
        ok: false,
        error: { code: 'unknown-method', params: { method } },
      });
    }
  });

  test('answers find their calls although they come in another order', async () => {
    const host = hostWith();
    const slow = query(host, 'wait', { ms: 150 });
    const quick = await query(host, 'folder');
    expect(quick).toBe('/nowhere/first');
    expect(await slow).toBeUndefined();
  });

  test('the two parts reach each other', async () => {
    const host = hostWith();
    expect(await write(host, 'tell')).toBe('told');
    expect(await query(host, 'told')).toEqual([{ is: 'closed' }]);
  });

  test('events reach every listener until it leaves', async () => {
    const host = hostWith();
    const heard: CoreEvent[][] = [[], []];
    const leave = host.listen((event) => heard[0]?.push(event));
    host.listen((event) => heard[1]?.push(event));
    await write(host, 'event');
    leave();
    await query(host, 'event');
    expect(heard.map((events) => events.length)).toEqual([1, 2]);
  });
});

describe('session token', () => {
  test('stays in the host and goes with later calls of the same window only', async () => {
    const host = hostWith();
    const answer = await host.call('window', 'session.signIn', { account: 'admin', password: 'x' });
    expect(answer).toEqual({ ok: true, value: { session: { account: 'admin' } } });
    expect(JSON.stringify(answer)).not.toContain('secret-token');
    expect(host.hasSession('window')).toBe(true);
    expect(unwrap(await host.call('window', 'search.find', {}))).toMatchObject({ token: 'secret-token' });
    expect(unwrap(await host.call('other', 'search.find', {}))).toMatchObject({ token: null });
    await host.call('window', 'session.signOut', {});
    expect(unwrap(await host.call('window', 'search.find', {}))).toMatchObject({ token: null });
  });
});

describe('file grants', () => {
  test('only those named in the input travel', async () => {
    const host = hostWith();
    const mine = host.grantFile('/chosen/figures.csv');
    host.grantFile('/chosen/other.csv');
    expect(mine.name).toBe('figures.csv');
    expect(mine.grant).not.toContain('chosen');
    const answer = unwrap(await host.call('window', 'indicator.import', { year: 2023, file: mine.grant }));
    expect(answer).toMatchObject({ grants: { [mine.grant]: '/chosen/figures.csv' } });
    expect(Object.keys((answer as { grants: object }).grants)).toHaveLength(1);
    expect(unwrap(await host.call('window', 'indicator.import', { file: '/etc/passwd' }))).toMatchObject({
      grants: {},
    });
  });

  test('what was named to be saved to is told apart, and all is forgotten with a session', async () => {
    const host = hostWith();
    const read = host.grantFile('/chosen/figures.csv').grant;
    const save = host.grantFile('/chosen/report.pdf', 'save').grant;
    expect(host.pathOf(save)).toBe('/chosen/report.pdf');
    expect(host.pathOf(read)).toBe(null);
    await host.call('window', 'session.signOut', {});
    expect(host.pathOf(save)).toBe(null);
    expect(unwrap(await host.call('window', 'indicator.import', { file: read }))).toMatchObject({
      grants: {},
    });
  });

  test('a window with too many calls under way is told that the program is busy', async () => {
    const host = hostWith();
    const answers = await Promise.all(
      Array.from({ length: 300 }, () => host.call('window', 'search.find', {})),
    );
    expect(answers.filter((answer) => !answer.ok && answer.error.code === 'busy')).toHaveLength(100);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(200);
    expect((await host.call('other', 'search.find', {})).ok).toBe(true);
    expect((await host.call('window', 'search.find', {})).ok).toBe(true);
  });

  test('a folder taken into use is remembered once it opened', async () => {
    const folders: string[] = [];
    const host = hostWith({ onFolder: (folder) => folders.push(folder) });
    const bad = host.grantFile('/chosen/bad').grant;
    await host.call('window', 'program.use', { folder: bad, is: 'failed' });
    expect(folders).toEqual([]);
    await host.call('window', 'program.use', { folder: host.grantFile('/chosen/good').grant });
    expect(folders).toEqual(['/chosen/good']);
    // also the threads that replace dead ones use it
    expect(await write(host, 'die')).toMatchObject({ code: 'thread-lost' });
    expect(await query(host, 'folder')).toBe('/chosen/good');
  });
});

describe('a thread that dies', () => {
  test('its calls are answered, both parts start again, the session is gone', async () => {
    const lost: object[] = [];
    const events: CoreEvent[] = [];
    const host = hostWith({ onThreadLost: (each) => lost.push(each) });
    host.listen((event) => events.push(event));
    await host.call('window', 'session.signIn', { account: 'admin', password: 'x' });
    const waiting = write(host, 'wait', { ms: 60_000 });
    const onOther = query(host, 'wait', { ms: 200 });
    expect(await write(host, 'die')).toEqual({ code: 'thread-lost', params: { method: 'ledger.save' } });
    expect(await waiting).toEqual({ code: 'thread-lost', params: { method: 'ledger.save' } });
    expect(await onOther).toBeUndefined(); // ran to its end in the part that lives
    expect(unwrap(await host.call('window', 'search.find', {}))).toMatchObject({
      duty: 'reader',
      token: null,
    });
    expect(lost).toEqual([{ duty: 'writer', restarted: true }]);
    expect(events).toContainEqual({ event: 'session', state: 'signed-out' });
    expect(events).not.toContainEqual({ event: 'closing' });
    expect(host.hasSession('window')).toBe(false);
  });

  test('an error outside of any call counts as death; the second death is final and shown', async () => {
    const lost: object[] = [];
    const host = hostWith({ onThreadLost: (each) => lost.push(each) });
    expect(await query(host, 'throw')).toMatchObject({ code: 'thread-lost' });
    expect(await query(host, 'folder')).toBe('/nowhere/first');
    expect(await query(host, 'die')).toMatchObject({ code: 'thread-lost' });
    expect(await query(host, 'folder')).toMatchObject({ code: 'thread-lost' });
    expect(lost).toEqual([
      { duty: 'reader', restarted: true },
      { duty: 'reader', restarted: false },
    ]);
    expect(unwrap(await host.call('window', 'program.state', {}))).toMatchObject({
      state: { is: 'failed', failure: { code: 'thread-lost' } },
    });
  });

  test('threads that cannot start leave a state to show', async () => {
    const host = hostWith({ threadFile: fileURLToPath(new URL('no-such-thread.ts', import.meta.url)) });
    expect(unwrap(await host.call('window', 'program.state', {}))).toMatchObject({
      state: { is: 'failed' },
    });
  });
});

describe('answers', () => {
  test('one that cannot be cloned is replaced by a failure', async () => {
    const host = hostWith();
    expect(await query(host, 'function')).toMatchObject({ code: 'internal' });
    expect(await query(host, 'folder')).toBe('/nowhere/first');
  });

  test('an input that cannot be cloned is refused', async () => {
    const host = hostWith();
    expect(await query(host, 'x', { given: () => 1 })).toMatchObject({ code: 'invalid-input' });
  });

  test('a gate that does not answer in time is busy; other kinds are waited for', async () => {
    const host = hostWith({ gateTimeoutMs: 80 });
    expect(unwrap(await host.call('window', 'setup.areas', { act: 'wait', ms: 400 }))).toEqual({
      code: 'busy',
      params: { method: 'setup.areas' },
    });
    expect(await query(host, 'wait', { ms: 300 })).toBeUndefined();
  });

  test('slow calls are named with their time and nothing else', async () => {
    const slow: object[] = [];
    const host = hostWith({ slowMs: 1_000, onSlow: (call) => slow.push(call) });
    await query(host, 'folder'); // the start of the threads may be slow itself, on a busy machine any call
    slow.length = 0;
    await query(host, 'folder');
    await query(host, 'wait', { ms: 1_050, text: '张三' });
    expect(slow).toEqual([{ method: 'search.find', ms: expect.any(Number) }]);
  });
});

describe('cancel', () => {
  test('reaches a job that never pauses', async () => {
    const host = hostWith();
    host.listen((event) => {
      if (event.event === 'progress') host.cancel(event.job);
    });
    const answer = await host.call('window', 'ledger.addMany', { act: 'spin', ms: 10_000 });
    expect(answer).toEqual({ ok: false, error: { code: 'cancelled', params: { method: 'ledger.addMany' } } });
  });
});

describe('close', () => {
  test('refuses new calls and waits for the running ones', async () => {
    const host = hostWith();
    const events: CoreEvent[] = [];
    host.listen((event) => events.push(event));
    await query(host, 'folder');
    let isDone = false;
    const running = write(host, 'wait', { ms: 300 }).then(() => {
      isDone = true;
    });
    const closed = host.close();
    expect(unwrap(await host.call('window', 'search.find', {}))).toEqual({ code: 'closing', params: {} });
    expect(isDone).toBe(false);
    await closed;
    expect(isDone).toBe(true);
    await running;
    expect(events).toEqual([{ event: 'closing' }]);
    expect(host.close()).toBe(host.close());
  });

  test('a part that does not end is ended by force', async () => {
    const host = hostWith({ closeTimeoutMs: 200 });
    await query(host, 'folder');
    const stuck = query(host, 'spin', { ms: 60_000 });
    await host.close();
    expect(await stuck).toMatchObject({ code: 'thread-lost' });
  });

  test('a part that has closed and does not end is ended; of one that hangs at its end it is said', async () => {
    const staying = hostWith({ endTimeoutMs: 300 });
    await query(staying, 'stay');
    expect(await staying.close()).toBe(true);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'judicial-ledger-pipe-'));
    const pipe = path.join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const hanging = hostWith({ endTimeoutMs: 300 });
    await query(hanging, 'hang', { pipe });
    expect(await hanging.close()).toBe(false);
    fs.closeSync(fs.openSync(pipe, 'w')); // lets it go
    fs.rmSync(folder, { recursive: true });
  });
});

describe('helpers', () => {
  test('run for the host and from inside a part', async () => {
    const host = hostWith();
    expect(await host.helper('double', { n: 21 })).toBe(42);
    expect(await query(host, 'helper', { task: 'double', given: { n: 4 } })).toBe(8);
  });

  test('keep the meaning of a refusal and survive a crash', async () => {
    const host = hostWith();
    await expect(host.helper('refuse', {})).rejects.toMatchObject({
      name: 'AppError',
      code: 'file-missing',
      params: { file: 'a.csv' },
      fields: { name: { problem: 'required' } },
    });
    await expect(host.helper('crash', {})).rejects.toThrow(/no answer/);
    await expect(host.helper('function', {})).rejects.toThrow(/cannot be cloned/);
    await expect(host.helper('toString', {})).rejects.toThrow(/no helper task/);
    expect(await host.helper('double', { n: 1 })).toBe(2);
    // The answer is the end of the task, whatever becomes of its thread.
    expect(await host.helper('stay', {})).toBe('answered');
  });
  test.runIf(process.platform === 'linux')('give way where nobody waits, and nothing else does', async () => {
    const host = hostWith();
    const before = os.getPriority(0);
    expect(await host.helper('backup.make', {})).toBe(os.constants.priority.PRIORITY_LOW);
    expect(await host.helper('priority', {})).toBe(before);
    expect(os.getPriority(0)).toBe(before);
  });
});
