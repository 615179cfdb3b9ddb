// Wrong secrets at every door: slowed down alike, over starts of the program and from the command line to the window, and
// told in the log, at once where the ledger is open, else with the next entry.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { names } from '#core/db/folder.ts';
import { auditActions, auditDetail } from '#shared/text/audit.ts';
import { aCommandLine } from '#tests/core/cli/command-line.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';

const fresh = 'neues-2026';
let county: Program;
let station: Program;
/** Seconds since the computer started. */
let since: number;
const on = (program: Program, name: string) => program.grant(name, path.join(county.beside, name));

beforeEach(async () => {
  since = 5000;
  vi.spyOn(os, 'uptime').mockImplementation(() => since);
  county = await aProgram({ isCounty: true });
  station = await aProgram();
  await county.call('help.card', { out: on(county, 'card.json') });
  await station.call('help.trust', { file: on(station, 'card.json') });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await county.close();
  await station.close();
});

const titles = { list: () => null, kind: () => null, kinds: () => null, code: () => null };
async function logOf(person: Pick<Person, 'call'>, action: string) {
  expect(auditActions).toHaveProperty([action]);
  const { entries } = await person.call('audit.list', { actions: [action], limit: 100 });
  return entries.map(({ at, account, detail }) => ({
    at,
    account,
    detail,
    said: auditDetail(null, detail, titles),
  }));
}
const ask = (more = {}) => ({
  ...{ account: 'admin', newPassword: fresh, out: on(station, 'request.json'), overwrite: true },
  ...more,
});
async function answered(): Promise<void> {
  const { code } = await station.call('help.ask', ask());
  const order = { file: on(county, 'request.json'), out: on(county, 'answer.json'), overwrite: true };
  await county.call('help.answer', { ...order, code, reason: '忘记密码' });
}

const waits = [30, 60, 120].map((seconds) => ({ code: 'sign-in-wait', params: { seconds } }));

test('a wrong code is slowed down for whoever answers, and each stands in the log at once', async () => {
  const { code } = await station.call('help.ask', ask());
  const order = { file: on(county, 'request.json'), out: on(county, 'answer.json'), reason: '忘记密码' };
  const wrongly = () => county.refused('help.answer', { ...order, code: 'AAAAA-BBBBB' });
  for (let time = 0; time < 4; time++) expect((await wrongly()).code).toBe('help-code');
  for (const wait of waits) {
    expect(await wrongly()).toEqual(wait);
    // The right one waits too, and so does every other door.
    expect((await county.refused('help.answer', { ...order, code })).code).toBe('sign-in-wait');
    expect((await county.refused('session.confirm', { password })).code).toBe('sign-in-wait');
    since += wait.params.seconds;
  }
  const entries = await logOf(county, 'help.answerFailed');
  expect(entries.map(({ account, detail }) => [account, detail])).toEqual(
    Array.from({ length: 7 }, () => ['admin', { times: 1 }]),
  );
  expect(fs.existsSync(path.join(county.beside, 'answer.json'))).toBe(false);
  await county.call('help.answer', { ...order, code });
  // A right one begins anew.
  expect((await county.refused('help.answer', { ...order, code: 'A' })).code).toBe('help-code');
});

test('a wrong help password is slowed down over starts of the program, and told with the next entry', async () => {
  await answered();
  await station.call('session.signOut', {});
  const file = on(station, 'answer.json');
  const wrongly = () => station.refused('help.finish', { file, newPassword: 'anderes-2026' });
  for (let time = 0; time < 4; time++) {
    expect((await wrongly()).code).toBe('help-password');
    await station.restart();
  }
  for (const wait of waits) {
    expect(await wrongly()).toEqual(wait);
    await station.restart();
    expect((await station.refused('help.finish', { file, newPassword: fresh })).code).toBe('sign-in-wait');
    expect((await station.refused('session.signIn', { account: 'admin', password })).code).toBe(
      'sign-in-wait',
    );
    since += wait.params.seconds;
  }
  await station.call('help.finish', { file, newPassword: fresh });
  await station.signInAgain(fresh);
  expect(await logOf(station, 'help.finishFailed')).toMatchObject([
    { account: '', detail: { account: 'admin', times: 7 }, said: '账号：admin；次数：7' },
  ]);
  // Told once.
  await station.restart();
  await station.signInAgain(fresh);
  expect(await logOf(station, 'help.finishFailed')).toHaveLength(1);
});

test('a wrong recovery key is slowed down and told; a name that nobody has is said to be one', async () => {
  await station.call('session.signOut', {});
  const given = {
    recoveryKey: station.recoveryKey.replace(/^./, 'A').replace(/.$/, 'B'),
    newPassword: fresh,
  };
  const wrongly = (account: string) => station.refused('session.recover', { ...given, account });
  for (let time = 0; time < 3; time++) expect((await wrongly('admin')).code).toBe('recovery-key-wrong');
  expect((await wrongly('没有这个人')).code).toBe('recovery-key-wrong');
  expect(await wrongly('admin')).toEqual(waits[0]);
  since += 30;
  await station.signInAgain();
  expect((await logOf(station, 'session.recoverFailed')).map(({ said }) => said).sort()).toEqual([
    '账号：admin；次数：4',
    '账号：（没有这个账号）；次数：1',
  ]);
});

describe('a request that waits', () => {
  test('is not given up without a word: who wants another one is told, and the log of both', async () => {
    const first = await station.call('help.ask', ask());
    const { askedAt } = (await station.call('help.waiting', {})) ?? { askedAt: '' };
    await station.call('account.create', { name: '李秀英', role: 'clerk', password: 'first horse' });
    await station.call('session.signOut', {});
    const before = fs.readFileSync(path.join(county.beside, 'request.json'), 'utf8');
    expect(await station.refused('help.ask', ask({ account: '李秀英' }))).toEqual({
      code: 'help-waiting',
      params: { account: 'admin', at: askedAt },
    });
    expect(fs.readFileSync(path.join(county.beside, 'request.json'), 'utf8')).toBe(before);
    expect(await station.call('help.waiting', {})).toMatchObject({ account: 'admin', code: first.code });
    await station.call('help.ask', ask({ account: '李秀英', replaces: true }));
    expect(await station.call('help.waiting', {})).toMatchObject({ account: '李秀英' });
    await station.signInAgain();
    expect((await logOf(station, 'help.ask')).map(({ account, said }) => [account, said]).sort()).toEqual([
      ['', '账号：admin；次数：1'],
      ['', '账号：李秀英；次数：1；作废了等待答复的申请，账号：admin'],
    ]);
  });

  test('from the command line too', async () => {
    const line = aCommandLine();
    await county.close();
    county = await aProgram({ isCounty: true });
    await county.call('help.card', { out: on(county, 'card.json') });
    const init = ['--level', 'station', '--unit', '620921101', '--name', '东坝镇司法所'];
    await line.json('init', ...init);
    await line.json('password-help', 'trust', '--file', path.join(county.beside, 'card.json'));
    const words = [
      'password-help',
      'ask',
      '--account',
      'admin',
      '--new-password-file',
      line.file('new', fresh),
    ];
    const asked = [...words, '--out', line.at('request.json'), '--force'];
    await line.json(...asked);
    expect((await line.refused(...asked)).code).toBe('help-waiting');
    await line.json(...asked, '--replace');
    fs.rmSync(line.home, { recursive: true, force: true });
  });
});

test('waits and locks go from one process to the next, the window and the command line alike', async () => {
  const line = aCommandLine();
  await line.json('init', '--level', 'station', '--unit', '620921101', '--name', '东坝镇司法所');
  await line.json('hash');
  const wrong = { LEDGER_PASSWORD: 'falsch-2025' };
  const codeOf = async (env: Record<string, string>) =>
    JSON.parse((await line.run([...line.on('hash'), '--json'], env)).err).error;
  for (const left of [4, 3, 2, 1]) expect(await codeOf(wrong)).toMatchObject({ params: { left } });
  expect(await codeOf(wrong)).toMatchObject({ code: 'sign-in-wait', params: { seconds: 30 } });
  expect((await line.refused('hash')).code).toBe('sign-in-wait');
  const window = await aProgram({ from: line.folder, isShut: true });
  expect(await window.refused('session.unlock', { password })).toMatchObject({ code: 'not-signed-in' });
  expect((await window.refused('session.signIn', { account: 'admin', password })).code).toBe('sign-in-wait');
  await window.close();
  since += 30;
  await line.json('hash');
  fs.rmSync(line.home, { recursive: true, force: true });
});

test('wrong ones before an unlock or a typed password are told with it', async () => {
  await station.call('session.lock', {});
  for (let time = 0; time < 2; time++) await station.refused('session.unlock', { password: 'falsch-2025' });
  await station.call('session.unlock', { password });
  expect((await logOf(station, 'session.unlock')).map(({ detail }) => detail)).toEqual([{ wrongBefore: 2 }]);
  // Somebody at the sign-in of the same program, while it is open.
  await station.refused('session.signIn', { account: 'admin', password: 'falsch-2025' });
  await station.call('session.confirm', { password });
  expect((await logOf(station, 'session.confirm')).map(({ detail }) => detail)).toEqual([{ wrongBefore: 1 }]);
  await station.call('session.confirm', { password });
  expect(await logOf(station, 'session.confirm')).toHaveLength(1);
});

test('a lock while the ledger is open is told at once, with its moment', async () => {
  await station.call('account.create', { name: '李秀英', role: 'clerk', password: 'first horse' });
  for (let time = 0; time < 10; time++) {
    await station.refused('session.signIn', { account: '李秀英', password: 'falsch-2025' });
    since += 900;
  }
  const at = station.clock.now.toISOString();
  const entries = await logOf(station, 'session.locked');
  expect(entries).toMatchObject([{ at, account: '', detail: { account: '李秀英' } }]);
});

describe('the file in which they are counted', () => {
  const file = () => path.join(station.folder, names.tries);

  test('taken away, it costs the longest wait, is said and stands in the log', async () => {
    await station.call('session.signOut', {});
    fs.rmSync(file());
    const refusal = await station.refused('session.signIn', { account: 'admin', password });
    expect(refusal).toEqual({ code: 'sign-in-wait', params: { seconds: 900, isGone: true } });
    since += 900;
    await station.signInAgain();
    expect(await logOf(station, 'session.triesGone')).toHaveLength(1);
    await station.restart();
    await station.signInAgain();
    expect(await logOf(station, 'session.triesGone')).toHaveLength(1);
  });

  test('taken away with the mark that it was there, the ledger knows by its id', async () => {
    await station.call('session.signOut', {});
    fs.rmSync(file());
    fs.rmSync(path.join(station.folder, names.machine));
    await station.signInAgain();
    expect(await logOf(station, 'session.triesGone')).toHaveLength(1);
  });

  test('of a ledger that was never without it, nothing is said', async () => {
    for (let time = 0; time < 3; time++) {
      await station.restart();
      await station.signInAgain();
    }
    expect(await logOf(station, 'session.triesGone')).toEqual([]);
  });
});
