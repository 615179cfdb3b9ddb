import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { inFolder } from '#core/db/folder.ts';
import { sql } from '#core/db/sql.ts';
import { writeIdentity } from '#core/security/identity.ts';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import type { Failure } from '#shared/api/errors.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program, password } from '#tests/fixtures/program.ts';
import { identityIn } from '#tests/fixtures/sealing.ts';

const open: Program[] = [];
const start = async (options: Parameters<typeof aProgram>[0] = {}) => {
  const program = await aProgram(options);
  open.push(program);
  return program;
};
afterEach(async () => {
  for (const program of open.splice(0)) await program.close();
});

const ledger = 'mediation';
const year = 2025;
const aCase = (day = '2025-03-01') => aMediation().accepted(day);
const numberOf = async (program: Program, values: Record<string, unknown> = {}, day?: string) =>
  (await program.save(aCase(day).with(values))).record.caseNo ?? null;
const committee = async (program: Program, name: string, shortName?: string) => {
  const record = { name, kind: 'village', establishedOn: '2020-01-01', ...(shortName ? { shortName } : {}) };
  return (await program.call('ledger.save', { ledger: 'committee', record })).id;
};
const keyed = (program: Program, number: string, values: Record<string, unknown> = {}, day?: string) =>
  program.save(aCase(day).with(values), { number });
const refusal = async (
  program: Program,
  number: string,
  values: Record<string, unknown> = {},
  day?: string,
) => {
  const record = aCase(day).with(values).record();
  const failure: Failure = await program.refused('ledger.save', { ledger, record, number });
  return failure.fields?.caseNo;
};
/** The same ledger on a second PC of the unit. */
const secondInstallation = async (first: Program) => start({ from: first.folder, beside: true });
const grant = async (first: Program, second: Program, count: number, by?: string) => {
  const { installation } = await second.call('number.settings', { ledger });
  const input = { ledger, year, count, installation, ...(by ? { by } : {}) };
  return (await first.call('number.grant', input)).code;
};

test('a committee with a short name counts for itself, one without under the unit, two of one name together', async () => {
  const program = await start();
  const red = await committee(program, '红光村调委会', '红光');
  const plain = await committee(program, '东坝村调委会');
  const twin = await committee(program, '红光街道调委会', '红光');
  expect(await numberOf(program)).toBe('（2025）东坝人调字第1号');
  expect(await numberOf(program, { committeeId: red })).toBe('（2025）红光人调字第1号');
  expect(await numberOf(program, { committeeId: plain })).toBe('（2025）东坝人调字第2号');
  expect(await numberOf(program, { committeeId: twin })).toBe('（2025）红光人调字第2号');
  expect(await numberOf(program, { committeeId: red }, '2024-12-31')).toBe('（2024）红光人调字第1号');
});

test('a short name that would run into the digits is refused where it is typed', async () => {
  const program = await start();
  const record = { name: '第1调委会', shortName: '第1', kind: 'village', establishedOn: '2020-01-01' };
  const failure = await program.refused('ledger.save', { ledger: 'committee', record });
  expect(failure.fields).toEqual({ shortName: { problem: 'letters-only' } });
});

test('another pattern holds from the next case on; nothing is renumbered and the list still counts', async () => {
  const program = await start();
  const before = await program.save(aCase());
  for (let count = 0; count < 8; count++) await numberOf(program);
  const settings = await program.call('number.change', { ledger, pattern: '{prefix}人调字[{year}]{n:3}号' });
  expect(settings).toMatchObject({
    pattern: '{prefix}人调字[{year}]{n:3}号',
    former: ['（{year}）{prefix}人调字第{n}号', '{prefix}人调字[{year}]{n:3}号'],
    isOwner: true,
    waiting: 0,
  });
  expect(await numberOf(program)).toBe('东坝人调字[2025]010号');
  expect(await numberOf(program)).toBe('东坝人调字[2025]011号');
  expect((await program.call('ledger.get', { id: before.id })).record.caseNo).toBe('（2025）东坝人调字第1号');
  // A change of an old case leaves it where it was in the list.
  const old = await program.call('ledger.get', { id: before.id });
  await program.save({ ...old.record, remark: '补记' }, { id: old.id, baseVersion: old.version });
  const { rows } = await program.call('ledger.list', {
    ledger,
    sort: { field: 'caseNo', descending: false },
  });
  const counted = rows.map(({ caseNo }) => Number(/(\d+)号$/.exec(String(caseNo))?.[1]));
  expect(counted).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

test('a pattern that cannot be read, or a prefix with digits, is refused and nothing changes', async () => {
  const program = await start();
  for (const pattern of ['{year}年', '{year}{n}{n}号', '{year}第{nn}号']) {
    expect((await program.refused('number.change', { ledger, pattern })).code, pattern).toBe(
      'number-pattern-invalid',
    );
  }
  expect((await program.refused('number.change', { ledger, prefix: '东坝2' })).code).toBe(
    'number-prefix-invalid',
  );
  expect(await numberOf(program)).toBe('（2025）东坝人调字第1号');
  await program.call('number.change', { ledger, prefix: '东坝镇' });
  expect(await numberOf(program)).toBe('（2025）东坝镇人调字第1号');
  await program.call('number.change', { ledger, prefix: '东坝' });
  expect(await numberOf(program)).toBe('（2025）东坝人调字第2号');
  expect((await program.refused('number.settings', { ledger: 'committee' })).code).toBe('ledger-unnumbered');
});

test('patterns of which one could print what the other printed never do', async () => {
  const program = await start();
  expect([await numberOf(program), await numberOf(program)]).toEqual([
    '（2025）东坝人调字第1号',
    '（2025）东坝人调字第2号',
  ]);
  // The short name as fixed text: the series is new, the texts are not.
  await program.call('number.change', { ledger, pattern: '（{year}）东坝人调字第{n}号' });
  expect(await numberOf(program)).toBe('（2025）东坝人调字第3号');
  await program.call('number.change', { ledger, pattern: '（{year}）{prefix}人调字第{n}号' });
  expect(await numberOf(program)).toBe('（2025）东坝人调字第4号');
});

test('paper numbers are reserved in a row, keyed later by their text or by their digits, once', async () => {
  const program = await start();
  await numberOf(program);
  const { numbers } = await program.call('number.reserve', { ledger, year, count: 4 });
  expect(numbers).toEqual([2, 3, 4, 5].map((number) => `（2025）东坝人调字第${number}号`));
  expect(await numberOf(program)).toBe('（2025）东坝人调字第6号');

  const saved = await keyed(program, '(2025) 东坝人调字第３号');
  expect(saved.record.caseNo).toBe('（2025）东坝人调字第3号');
  expect((await keyed(program, '2')).record.caseNo).toBe('（2025）东坝人调字第2号');
  expect(await refusal(program, '3')).toEqual({ problem: 'number-used', text: '3', by: '柳春禾、边小舟' });
  // The answer to a save may be lost: sent again, it is the same save.
  const again = await program.save(aCase(), { id: saved.id, number: '3' });
  expect(again.version).toBe(saved.version);

  await program.call('number.return', { ledger, number: numbers[2] ?? '', reason: '写坏' });
  expect(await refusal(program, numbers[2] ?? '')).toEqual({
    problem: 'number-returned',
    text: numbers[2],
    reason: '写坏',
  });
  expect((await keyed(program, '第 ５号')).record.caseNo).toBe('（2025）东坝人调字第5号');
  expect(await refusal(program, '5号')).toMatchObject({ problem: 'number-used', text: '5号' });
  expect(await refusal(program, '第26号')).toEqual({ problem: 'number-unknown', text: '第26号' });
  const twice = { ledger, number: numbers[2] ?? '', reason: '再来' };
  expect((await program.refused('number.return', twice)).code).toBe('number-settled');
  expect((await program.refused('number.return', { ...twice, number: '（2025）东坝人调字第6号' })).code).toBe(
    'number-unknown',
  );

  const [block] = await program.call('number.blocks', { ledger });
  expect(block).toMatchObject({ purpose: 'paper', count: 4, free: 0, isOwn: true, prefix: '东坝', year });
  expect(
    block?.numbers.map(({ state, recordId, title, reason }) => [state, recordId, title, reason]),
  ).toEqual([
    ['used', expect.any(String), '柳春禾、边小舟', null],
    ['used', saved.id, '柳春禾、边小舟', null],
    ['returned', null, null, '写坏'],
    ['used', expect.any(String), '柳春禾、边小舟', null],
  ]);
});

test('a reserved number is refused, with what is wrong, where it is not this case’s', async () => {
  const program = await start();
  const red = await committee(program, '红光村调委会', '红光');
  const [own = ''] = (await program.call('number.reserve', { ledger, year, count: 1 })).numbers;
  const [reds = ''] = (await program.call('number.reserve', { ledger, year, count: 1, by: red })).numbers;
  expect(reds).toBe('（2025）红光人调字第1号');
  expect(await refusal(program, '（2025）东坝人调字第9号')).toMatchObject({ problem: 'number-unknown' });
  expect(await refusal(program, own, {}, '2024-05-05')).toEqual({
    problem: 'number-other-year',
    text: own,
    year,
    wanted: '2024',
  });
  expect(await refusal(program, reds)).toEqual({
    problem: 'number-other-prefix',
    text: reds,
    prefix: '红光',
    wanted: '东坝',
  });
  expect(await refusal(program, own, { acceptance: 'pending' })).toMatchObject({
    problem: 'number-too-early',
  });
  const given = await program.save(aCase());
  expect(await refusal(program, String(given.record.caseNo))).toMatchObject({ problem: 'number-used' });
  const { id, version: baseVersion, record } = given;
  const failure = await program.refused('ledger.save', { ledger, id, baseVersion, record, number: own });
  expect(failure.fields?.caseNo).toEqual({ problem: 'number-given', text: record.caseNo });
  // A refused save uses nothing up.
  expect((await keyed(program, reds, { committeeId: red })).record.caseNo).toBe(reds);
  expect((await keyed(program, own)).record.caseNo).toBe(own);
});

test('paper numbers keep the form they were printed in, whatever pattern came after', async () => {
  const program = await start();
  const [paper = ''] = (await program.call('number.reserve', { ledger, year, count: 1 })).numbers;
  await program.call('number.change', { ledger, pattern: '{prefix}人调〔{year}〕{n}号' });
  expect(await numberOf(program)).toBe('东坝人调〔2025〕2号');
  expect((await keyed(program, '1')).record.caseNo).toBe(paper);
});

test('a voided case keeps its number', async () => {
  const program = await start();
  const { id, record } = await program.save(aCase());
  await program.call('ledger.act', { id, action: 'void', record: { voidReason: '重复登记' } });
  expect((await program.call('ledger.get', { id })).record.caseNo).toBe(record.caseNo);
  expect(await numberOf(program)).toBe('（2025）东坝人调字第2号');
});

test('a second installation draws from its block alone; without one a case waits and is numbered later', async () => {
  const first = await start();
  await numberOf(first);
  const [paper = ''] = (await first.call('number.reserve', { ledger, year, count: 1 })).numbers;
  const second = await secondInstallation(first);
  expect((await second.call('number.settings', { ledger })).isOwner).toBe(false);
  expect(await refusal(second, paper)).toEqual({ problem: 'number-elsewhere', text: paper });

  const waiting = [await second.save(aCase()), await second.save(aCase())];
  expect(waiting.map(({ record }) => record.caseNo ?? null)).toEqual([null, null]);
  expect((await second.call('number.settings', { ledger })).waiting).toBe(2);
  // One that was not taken on has no number and waits for none.
  const declined = { acceptance: 'declined', declineReason: 'handled' };
  await second.save(aMediation().with(declined));
  const listed = await second.call('ledger.list', { ledger, filter: { caseNo: null } });
  expect(new Set(listed.rows.map(({ id }) => id))).toEqual(new Set(waiting.map(({ id }) => id)));
  expect(listed.total).toBe(2);
  expect((await second.refused('ledger.list', { ledger, filter: { caseNo: 'x' } })).code).toBe(
    'filter-unknown',
  );
  expect(await second.call('number.assign', { ledger })).toEqual({ numbered: 0, waiting: 2 });

  const code = await grant(first, second, 4);
  expect(await numberOf(first)).toBe('（2025）东坝人调字第7号');
  const block = await second.call('number.receive', { code });
  expect(block).toMatchObject({ count: 4, free: 4, isOwn: true, purpose: 'installation' });
  const [one, two] = waiting;
  if (!one || !two) throw new Error('two cases wait');
  const saved = await second.save(
    { ...one.record, remark: '补记' },
    { id: one.id, baseVersion: one.version },
  );
  expect(saved.record.caseNo).toBe('（2025）东坝人调字第3号');
  expect(await second.call('number.assign', { ledger })).toEqual({ numbered: 1, waiting: 0 });
  expect((await second.call('ledger.get', { id: two.id })).record.caseNo).toBe('（2025）东坝人调字第4号');
  // Taken twice, a block does not begin anew.
  expect((await second.call('number.receive', { code })).free).toBe(2);
  const reserved = await second.call('number.reserve', { ledger, year, count: 1 });
  expect(reserved.numbers).toEqual(['（2025）东坝人调字第5号']);
  expect(await numberOf(second)).toBe('（2025）东坝人调字第6号');
  expect(await numberOf(second)).toBeNull();
  expect((await second.refused('number.reserve', { ledger, year, count: 1 })).code).toBe('number-no-block');
});

test('what is the owner’s affair is refused elsewhere; a code is good for its installation and unchanged only', async () => {
  const first = await start();
  const second = await secondInstallation(first);
  const third = await secondInstallation(first);
  for (const [method, input] of [
    ['number.change', { ledger, prefix: '西坝' }],
    ['number.raise', { ledger, number: '（2025）东坝人调字第9号' }],
    ['number.grant', { ledger, year, count: 1, installation: '00000000-0000-7000-8000-000000000000' }],
  ] as const)
    expect((await second.refused(method, input)).code, method).toBe('number-not-owner');
  const code = await grant(first, second, 3);
  const changed = `${code.slice(0, 60)}${code[60] === 'A' ? 'B' : 'A'}${code.slice(61)}`;
  for (const wrong of [changed, 'x', code.slice(0, 40)])
    expect((await second.refused('number.receive', { code: wrong })).code).toBe('number-code-invalid');
  expect((await third.refused('number.receive', { code })).code).toBe('number-code-invalid');
  await second.call('number.receive', { code });
  expect(await numberOf(second)).toBe('（2025）东坝人调字第1号');
});

test('after a restore a new installation goes on: above every series, with the blocks, no paper number twice', async () => {
  const program = await start();
  const red = await committee(program, '红光村调委会', '红光');
  const before = (await program.call('number.settings', { ledger })).installation;
  const { name } = await program.call('system.backup', {});
  await numberOf(program, { committeeId: red });
  const { numbers } = await program.call('number.reserve', { ledger, year, count: 3 });
  await keyed(program, numbers[0] ?? '');
  // Not an orderly end: the session goes on when the copy is put back.
  await program.call('program.restore', { backup: name });
  await program.signInAgain();
  const settings = await program.call('number.settings', { ledger });
  expect(settings).toMatchObject({ isOwner: true });
  expect(settings.installation).not.toBe(before);
  expect(await numberOf(program, { committeeId: red })).toBe('（2025）红光人调字第2号');
  expect(await numberOf(program)).toBe('（2025）东坝人调字第4号');
  expect(await refusal(program, numbers[0] ?? '')).toEqual({
    problem: 'number-used',
    text: numbers[0],
    by: '',
  });
  expect((await keyed(program, numbers[1] ?? '')).record.caseNo).toBe(numbers[1]);
});

test('a copy of the owner put into another’s folder makes no second owner', async () => {
  const first = await start();
  await first.call('system.backup', {});
  const second = await secondInstallation(first);
  await second.call('number.receive', { code: await grant(first, second, 5) });
  expect(await numberOf(second)).toBe('（2025）东坝人调字第1号');
  const [copy] = await second.call('system.backups', {});
  await second.call('program.restore', { backup: copy?.name ?? '' });
  await second.signInAgain();
  expect((await second.call('number.settings', { ledger })).isOwner).toBe(false);
  expect(await numberOf(second)).toBe('（2025）东坝人调字第2号');
  expect(await numberOf(first)).toBe('（2025）东坝人调字第6号');
});

test('after a power cut the numbers go on without a gap', async () => {
  const first = await start();
  await numberOf(first);
  await numberOf(first);
  const after = await start({ from: first.folder });
  expect(await numberOf(after)).toBe('（2025）东坝人调字第3号');
});

test('where the ledger broke, the copy goes on above all that may be on paper since', async () => {
  const first = await start();
  const { name } = await first.call('system.backup', {});
  for (let count = 0; count < 60; count++) await numberOf(first);
  const { numbers } = await first.call('number.reserve', { ledger, year, count: 2 });
  await keyed(first, numbers[0] ?? '');
  await numberOf(first);
  const broken = fs.mkdtempSync(path.join(os.tmpdir(), 'ledger-broken-'));
  fs.cpSync(first.folder, broken, { recursive: true });
  fs.rmSync(inFolder(broken, 'lock'), { force: true });
  for (const end of ['-wal', '-shm']) fs.rmSync(inFolder(broken, 'ledger') + end, { force: true });
  fs.writeFileSync(inFolder(broken, 'ledger'), Buffer.alloc(8192, 7));
  const after = await start({ from: broken, isShut: true });
  fs.rmSync(broken, { recursive: true });
  expect((await after.refused('session.signIn', { account: 'admin', password })).code).toBe('damaged');
  await after.call('program.restore', { backup: name });
  await after.signInAgain();
  const next = Number(/第(\d+)号/.exec(String(await numberOf(after)))?.[1]);
  expect(next).toBeGreaterThan(63);
  expect(next).toBeLessThanOrEqual(63 + 51);
  expect(await refusal(after, numbers[0] ?? '')).toMatchObject({ problem: 'number-used' });
  expect((await keyed(after, numbers[1] ?? '')).record.caseNo).toBe(numbers[1]);
});

test('a signed file of an earlier program is still read', async () => {
  const program = await start();
  const unit = (await program.call('units.tree', {}))[0]?.id;
  const numbers = await program.look((db) =>
    db.all(sql`select ledger, scope, year, last from number_counter`),
  );
  expect(numbers).toEqual([]);
  const file = readKeyFile(program.folder);
  const key = file && (await keyByPassword(file, 'admin', password));
  if (!file || !key) throw new Error('no key');
  await program.restart();
  const identity = identityIn(program.folder, key);
  writeIdentity(program.folder, key, {
    ledgerId: file.ledgerId,
    installation: identity?.installation ?? '',
    numbers: { [`mediation ${unit} 2025`]: 41 },
  });
  await program.signInAgain();
  expect(await numberOf(program)).toBe('（2025）东坝人调字第42号');
});

test('a later number found on paper is gone above; one that makes no sense is refused', async () => {
  const program = await start();
  expect(await program.call('number.raise', { ledger, number: '(2025)东坝人调字第17号' })).toEqual({
    isRaised: true,
  });
  expect(await program.call('number.raise', { ledger, number: '(2025)东坝人调字第12号' })).toEqual({
    isRaised: false,
  });
  expect(await numberOf(program)).toBe('（2025）东坝人调字第18号');
  for (const number of ['第19号', '（2025）东坝人调字第170000号'])
    expect((await program.refused('number.raise', { ledger, number })).code).toBe('number-foreign');
});
