import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { familyOf, findTraces, needlesOf } from '../faults/traces.ts';
import { makeIdentityNumber } from '../fixtures/identity-number.ts';
import { expect, test } from './launch.ts';
import { password, setUp } from './steps.ts';

// A process of the program that dies with a person's name in its memory leaves nothing of it on the disk: killed by the
// signals of a fault, or because its memory ran out; the page, the graphics, Chromium's services, the core itself.

const name = '欧阳鹿珂';
const idNumber = makeIdentityNumber('1987-06-05', 321);
const summary = '为一头走失的骆驼争执不下，双方各执一词。';
const needles = needlesOf([name, idNumber, summary, '走失的骆驼']);
const dump = /\.dmp$|\.mdmp$|\.heapsnapshot$|^core(\.\d+)?$|^report\..*\.json$|^v8-.*\.log$|^hs_err/;
const party = { side: 'applicant', type: 'natural', name, idType: '01', idNumber };
const record = {
  ...{ acceptedOn: '2025-03-01', kind: '02', source: 'application', parties: [party], summary },
};

/** Page memory is bounded, so that it runs out before that of the machine does. */
const smallHeap = '--js-flags=--max-old-space-size=96';

test('a page, graphics, a service and the program itself die by faults, and nothing of a person is left', async ({
  start,
  folder,
}) => {
  test.skip(process.platform !== 'linux', 'open files are read off /proc');
  test.setTimeout(180_000);
  const at = (one: string) => path.join(folder, one);
  for (const one of ['tmp', 'home']) mkdirSync(at(one));
  const { app, page } = await start({
    args: [smallHeap],
    env: { TMPDIR: at('tmp'), SQLITE_TMPDIR: '', HOME: at('home'), XDG_CONFIG_HOME: '', XDG_CACHE_HOME: '' },
  });
  const main = app.process().pid ?? 0;
  const seen = new Set<string>();
  const scan = (isRunning = true) => {
    const folders = ['data', 'window', 'tmp', 'home'].map(at);
    const { found, files } = findTraces(needles, folders, isRunning ? familyOf(main) : []);
    for (const file of files) seen.add(path.basename(file));
    return found;
  };
  await setUp(page);
  const call = (method: string, input: object) => asked(app, method, input);
  await call('session.reveal', { reason: '办理业务' });
  const { id } = (await call('ledger.save', { ledger: 'mediation', record })) as { id: string };
  // As long as the page lives its memory holds what it was shown (`kept`).
  const show = async () => {
    await call('session.reveal', { reason: '办理业务' });
    expect(JSON.stringify(await call('ledger.get', { id }))).toContain(name);
  };
  await show();

  for (const signal of ['SIGSEGV', 'SIGABRT'] as const)
    await test.step(`the page by ${signal}`, async () => {
      expect(await pageDies(app, (contents) => void process.kill(contents, signal))).toBe('crashed');
      expect(scan()).toEqual([]);
      await call('session.unlock', { password });
      await show();
    });

  await test.step('the page for want of memory', async () => {
    const fill = `const all = []; for (;;)
      all.push(Array.from({ length: 20000 }, (_each, one) => ${JSON.stringify(summary)} + one + all.length))`;
    const reason = await pageDies(app, () => void runs(app, fill).catch(() => undefined));
    expect(['oom', 'crashed']).toContain(reason);
    expect(scan()).toEqual([]);
    await call('session.unlock', { password });
    await show();
  });

  for (const [type, signal] of [
    ['GPU', 'SIGSEGV'],
    ['Utility', 'SIGABRT'],
  ] as const)
    await test.step(`${type} by ${signal}`, async () => {
      const gone = await childDies(app, type, signal);
      expect(gone).toBe(type);
      expect(scan()).toEqual([]);
    });
  await show();

  await test.step('the program itself by SIGSEGV', async () => {
    const ended = new Promise((resolve) => app.process().once('exit', resolve));
    process.kill(main, 'SIGSEGV');
    await ended;
    expect(scan(false)).toEqual([]);
  });
  expect([...seen]).toContain('ledger.db');
  expect([...seen].filter((file) => dump.test(file))).toEqual([]);
  expect(readdirSync('.').filter((file) => dump.test(file))).toEqual([]);
});

/** The page's process ends by `work`, which is given its number; gives why it was gone, once the page is there again. */
async function pageDies(app: ElectronApplication, work: (process: number) => void): Promise<string> {
  const contents = await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const kept = globalThis as { isBack?: Promise<string> };
    kept.isBack = new Promise((resolve) => {
      window?.webContents.once('render-process-gone', (_event, { reason }) => {
        window.webContents.once('did-finish-load', () => resolve(reason));
      });
    });
    return window?.webContents.getOSProcessId() ?? 0;
  });
  work(contents);
  const reason = await app.evaluate(() => (globalThis as { isBack?: Promise<string> }).isBack);
  return reason ?? '';
}

/** Playwright's own hold of the page ends with its process; the window's goes on. */
const runs = (app: ElectronApplication, script: string): Promise<unknown> =>
  app.evaluate(
    ({ BrowserWindow }, text) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(text),
    script,
  );

async function asked(app: ElectronApplication, method: string, input: object): Promise<unknown> {
  const given = `${JSON.stringify(method)}, ${JSON.stringify(input)}`;
  const answer = await runs(app, `window.bureau.invoke(${given}).then((kept) => (globalThis.kept = kept))`);
  const { ok, value, error } = answer as { ok: boolean; value: unknown; error: unknown };
  expect(ok, `${method}: ${JSON.stringify(error)}`).toBe(true);
  return value;
}

/** Gives the type of the process that is told to be gone. */
const childDies = (app: ElectronApplication, type: string, signal: string) =>
  app.evaluate(
    ({ app: own }, [what, how]) =>
      new Promise<string>((resolve, reject) => {
        const found = own.getAppMetrics().find((one) => one.type === what);
        if (!found) return reject(new Error(`no process of type ${what}`));
        own.once('child-process-gone', (_event, gone) => resolve(gone.type));
        process.kill(found.pid, how);
      }),
    [type, signal] as const,
  );
