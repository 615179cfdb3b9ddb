import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from '#cli/commands/table.ts';
import { commandLineText } from '#shared/text/command-line.ts';
import { aCommandLine, type CommandLine, secret } from './command-line.ts';

let line: CommandLine;
beforeAll(async () => {
  line = aCommandLine();
  await line.json('init', '--level', 'station', '--unit', '620921103', '--name', '东坝镇司法所');
});
afterAll(() => line.remove());

test.each([
  [[]],
  [['nonsense']],
  [['record']],
  [['record', 'remove', '--id', 'x']],
  [['list', '--ledger', 'mediation', '--colour', 'red']],
  [['list']],
  [['list', '--ledger']],
  [['list', '--ledger', 'mediation', 'more']],
  [['list', '--ledger', 'mediation', '--limit', 'ten']],
  [['list', '--ledger', 'mediation', '--filter', '{kind:']],
  [['list', '--ledger', 'mediation', '--filter', '[1]']],
  [['search']],
  [['search', '  ']],
  [['report', '--year', '23', '--out', 'x.docx']],
  [['report', '--year', '2023']],
  [['init', '--level', 'village', '--unit', '620921', '--name', 'x']],
  [['demo', '--years', '2023-2021']],
  [['hash', '--wait', 'long']],
])('%j is wrong use: status 2, the usage, nothing on standard output', async (words: string[]) => {
  const { status, out, err } = await line.run([...words, '--dir', line.folder, '--json']);
  expect([status, out]).toEqual([2, '']);
  expect(err).toContain(commandLineText.usageTitle);
});

test('without --dir and without a password nothing is tried', async () => {
  expect((await line.run(['hash'])).status).toBe(2);
  const { status, err } = await line.run(line.on('hash'), {});
  expect([status, err.split('\n')[0]]).toEqual([2, commandLineText.noPassword]);
});

test('help names every command', async () => {
  for (const words of [['help'], ['--help']]) {
    const { status, out, err } = await line.run(words);
    expect([status, err]).toEqual([0, '']);
    for (const name of Object.keys(commands)) expect(out).toContain(name);
  }
  expect(Object.keys(commandLineText.commands).sort()).toEqual([...Object.keys(commands), 'help'].sort());
});

test('help of one command names what its options may be, and nothing else', async () => {
  for (const [name, { options }] of Object.entries(commands)) {
    const asked = [`help ${name}`.split(' '), [...name.split(' '), '--help']];
    for (const words of asked) {
      const { status, out, err } = await line.run(words);
      expect([status, err]).toEqual([0, '']);
      expect(out).toContain(commandLineText.commands[name]);
      for (const [option, { of }] of Object.entries(options)) {
        expect(out.includes(`--${option} 可以写：`), `${name} ${option}`).toBe(of !== undefined);
        expect(commandLineText.commands[name], name).toContain(`--${option}`);
      }
    }
  }
});

test.each([
  [['init', '--level', 'village', '--unit', '620921', '--name', 'x'], 2, 'station（司法所）'],
  [['account', 'create', '--name', 'x', '--role', 'king'], 2, 'clerk（经办人）'],
  [['demo', '--level', 'province'], 1, 'station（司法所）、county（县级司法局）'],
  [['audit', 'list', '--from', '2025-13-01'], 2, '请写成 2025-03-01 的样子'],
  [['self-check', '--year', '99', '--out', 'x.docx'], 2, '请写四位数字'],
  [['list', '--ledger', 'mediation', '--limit', 'ten'], 2, '请写整数'],
  [['second-place', '--folder', 'x', '--none'], 2, '只能写一个'],
  [['account', 'change', '--name', 'admin', '--duties', 'king'], 2, 'audit（审计管理）'],
  [['transfer', 'list', '--direction', 'up'], 2, 'out（导出）'],
  [['safety-paper', '--kind', 'none', '--out', 'x.docx'], 2, 'privacyNotice（个人信息处理告知书）'],
  [['retention', 'review', '--what', 'none'], 2, 'ended（保管期限届满）'],
  [['audit', 'list', '--action', 'none'], 2, 'session.signIn（登录）'],
  [['list', '--ledger', 'nothing'], 1, 'mediation（人民调解案件台账）'],
  [['retention', 'review', '--kind', 'nothing'], 1, 'mediation.permanent（'],
  [['blank', '--kind', '判决书', '--out', 'x.docx'], 1, '人民调解协议书'],
])('%j says what it might have been', async (words: string[], wanted, choice) => {
  const env = { LEDGER_PASSWORD: secret, LEDGER_NEW_PASSWORD: 'neues-Wort-25' };
  const { status, err } = await line.run(line.on(...words), env);
  expect([status, err]).toEqual([wanted, expect.stringContaining(choice)]);
  // Names of methods and fields are the program's own.
  expect(err).not.toMatch(/describe”|（位置：|invalid|undefined/);
});

test('a word that the core refuses is told by its option, with what it might have been', async () => {
  await line.json('backup', '--out', line.at('stick'));
  const { rows } = await line.json('transfer', 'list', '--direction', 'out');
  const of = ['transfer', 'describe', '--entries', String(rows[0].entry), '--purpose', 'x', '--partner'];
  const refused = async (...words: string[]) => (await line.run(line.on(...of, ...words))).err;
  const scan = await refused('县局', '--scan', 'nix');
  expect(scan).toContain('选项 --scan 的值“nix”不对。');
  expect(scan).toContain('clean（未发现病毒）');
  expect(await refused('长'.repeat(90))).toMatch(/^选项 --partner 的值“长+”不对。\n$/);
});

test('a unit that set-up refuses is told by its option, or by what its code should be', async () => {
  const fresh = aCommandLine();
  const init = (unit: string) =>
    fresh.run(fresh.on('init', '--level', 'county', '--unit', unit, '--name', '某局'));
  const short = await init('62092');
  expect([short.status, short.err]).toEqual([1, expect.stringMatching(/“62092”.*县六位/)]);
  const words = await init('金塔县');
  expect([words.status, words.err]).toEqual([1, expect.stringContaining('--unit 的值“金塔县”')]);
  fresh.remove();
});

test('help keeps what a command is called and what it does apart', async () => {
  const { out } = await line.run(['help']);
  const lines = out.split('\n');
  const starts = Object.keys(commandLineText.commands).map((name) => {
    const at = lines.find((one) => one.startsWith(`  ${name} `));
    return at?.search(/(?<=^ {2}\S.*? {2,})\S/);
  });
  expect(new Set(starts).size).toBe(1);
  expect(starts[0]).toBeGreaterThan(2);
});

test('errors: one JSON object with code, message and params, or the sentence alone', async () => {
  const words = ['list', '--ledger', 'mediation', '--dir', line.at('nowhere')];
  const json = await line.run([...words, '--json']);
  expect([json.status, json.out]).toEqual([1, '']);
  const { error } = JSON.parse(json.err);
  expect(error).toEqual({
    code: 'not-found',
    message: expect.stringContaining('找不到数据文件夹'),
    params: { folder: line.at('nowhere') },
  });
  expect(await line.run(words)).toEqual({ status: 1, out: '', err: `${error.message}\n` });
  expect(fs.existsSync(line.at('nowhere'))).toBe(false);
});

test.each(['\\\\server\\share\\data', '//server/share/data'])(
  '%s is a share: refused, and no folder is made of its name',
  async (share) => {
    for (const words of [
      ['hash'],
      ['init', '--level', 'station', '--unit', '620921103', '--name', 'x'],
      ['demo'],
    ]) {
      const { status, err } = await line.run([...words, '--dir', share, '--json']);
      expect([status, JSON.parse(err).error]).toEqual([
        1,
        expect.objectContaining({ code: 'not-local', params: { folder: share } }),
      ]);
    }
    expect(fs.existsSync(share)).toBe(false);
  },
);

test('an empty folder has no ledger; a wrong password is refused', async () => {
  const empty = line.at('empty');
  fs.mkdirSync(empty);
  const { err } = await line.run(['hash', '--dir', empty, '--json']);
  expect(JSON.parse(err).error.code).toBe('ledger-absent');
  const wrong = await line.run([...line.on('hash'), '--json'], { LEDGER_PASSWORD: 'falsch-falsch' });
  expect(JSON.parse(wrong.err).error).toMatchObject({ code: 'sign-in-failed', params: { left: 4 } });
});

test('the password from a file, with or without a line end', async () => {
  for (const end of ['', '\n', '\r\n']) {
    const { status } = await line.run(
      [...line.on('hash'), '--password-file', line.file('password', secret + end)],
      {},
    );
    expect(status).toBe(0);
  }
  const { status, err } = await line.run(
    [...line.on('hash'), '--json', '--password-file', line.at('none')],
    {},
  );
  expect([status, JSON.parse(err).error.code]).toEqual([1, 'file-missing']);
});

test('rights are the same as in the window', async () => {
  const own = aCommandLine();
  try {
    await own.json('demo', '--cases', '0');
    const file = own.file('r.json', {});
    expect(
      (await own.refused('record', 'add', '--ledger', 'mediation', '--file', file, '--user', 'auditor')).code,
    ).toBe('no-right');
    expect(
      (await own.refused('report', '--year', '2023', '--out', own.at('r.docx'), '--user', 'clerk')).code,
    ).toBe('no-right');
    expect(fs.existsSync(own.at('r.docx'))).toBe(false);
  } finally {
    own.remove();
  }
});

/** As it is typed: a process of its own, with the pinned Node. */
function typed(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.resolve('main/cli/index.ts'), ...words],
    {
      env: { ...process.env, LEDGER_PASSWORD: secret },
      encoding: 'utf8',
    },
  );
  return { status, stdout, stderr };
}

test('the process itself: status, standard output, standard error', () => {
  const done = typed('list', '--ledger', 'mediation', '--dir', line.folder, '--json');
  expect(done).toEqual({ status: 0, stdout: '{"rows":[],"total":0}\n', stderr: '' });
  const refused = typed('list', '--ledger', 'nothing', '--dir', line.folder, '--json');
  expect([refused.status, refused.stdout, JSON.parse(refused.stderr).error.code]).toEqual([
    1,
    '',
    'ledger-unknown',
  ]);
  expect(typed('list').status).toBe(2);
});

test('beside another copy of the program: locked, or the wait until it is free', async () => {
  const script = `
    const { createCore } = await import('#core/api/core.ts');
    const env = { folder: ${JSON.stringify(line.folder)}, seeds: ${JSON.stringify(path.resolve('seeds'))}, version: '0', now: () => new Date(), helper: async () => null, emit() {} };
    const core = createCore(env);
    await core.call('program.state', {}, { call: '1', token: null, grants: {} });
    process.stdout.write('holds');
    process.stdin.on('data', async () => { await core.close(); process.exit(0); });`;
  const { spawn } = await import('node:child_process');
  const other = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: path.resolve('.'),
  });
  const ended = new Promise((resolve) => other.on('close', resolve));
  try {
    await new Promise((resolve) => other.stdout.once('data', resolve));
    expect((await line.refused('hash')).code).toBe('locked');
    expect((await line.refused('hash', '--wait', '1')).code).toBe('locked');
    const waiting = line.json('hash', '--wait', '15');
    setTimeout(() => other.stdin.write('end'), 300);
    expect(await waiting).toMatchObject({ records: 0 });
  } finally {
    other.kill();
    await ended;
  }
});

test('a value that begins with a sign stands after its option like any other', async () => {
  for (const words of [['--sort', '-acceptedOn'], ['--sort=-acceptedOn']])
    expect((await line.run(line.on('list', '--ledger', 'mediation', ...words))).status).toBe(0);
  const { status, err } = await line.run(line.on('indicators', '--year', '-1'));
  expect([status, err.includes('-1')]).toEqual([2, true]);
});
