// The log is proved by what left the machine: sheets on paper and exported files, signed by an auditor's own key.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { sql } from '#core/db/sql.ts';
import { openByPassword, readKeyFile } from '#core/security/key-file.ts';
import { type MethodName, methods } from '#shared/api/methods.ts';
import { auditActions } from '#shared/text/audit.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program, password, recordDay } from '#tests/fixtures/program.ts';

let program: Program;
const files = fs.mkdtempSync(path.join(os.tmpdir(), 'audit-'));
let isRunning = false;
afterEach(async () => {
  if (isRunning) await program.close();
  isRunning = false;
});

async function start(): Promise<Person> {
  program = await aProgram({ everyRole: true });
  isRunning = true;
  return program.signIn('auditor');
}
const write = (statement: string) => program.look((db) => db.exec(statement));
/** What stands on a printed sheet. */
function codeOn(html: string): { entry: number; code: string } {
  const [, entry = '', code = ''] = /截至第 (\d+) 条，校验码：([0-9A-Z-]+)/.exec(html) ?? [];
  return { entry: Number(entry), code };
}

test('what an audited method leaves has a name that people read', () => {
  const audited = (Object.keys(methods) as MethodName[]).filter((name) => methods[name].audited);
  expect(audited.filter((name) => !(name in auditActions))).toEqual([]);
});

test('a day on paper: every act in order, without names, and a head that holds as long as nothing is changed', async () => {
  const auditor = await start();
  const made = await program.save(aMediation().between('南宫千寻', '乙'));
  const sheet = await auditor.call('audit.daySheet', { on: recordDay });
  expect(sheet.html).toContain('保存记录');
  expect(sheet.html).toContain(String(made.record.caseNo));
  expect(sheet.html).not.toContain('南宫千寻');
  const paper = codeOn(sheet.html);
  expect(await auditor.call('audit.check', paper)).toEqual({
    entry: paper.entry,
    isSame: true,
    broken: null,
  });
  const typed = { entry: paper.entry, code: paper.code.toLowerCase().replaceAll('-', ' ') };
  expect((await auditor.call('audit.check', typed)).isSame).toBe(true);
  expect((await auditor.call('audit.check', { ...paper, entry: paper.entry - 1 })).isSame).toBe(false);
});

test('changed, taken out, put in another order, cut off, or made anew as a whole: each is found', async () => {
  const auditor = await start();
  await program.save(aMediation());
  const paper = codeOn((await auditor.call('audit.daySheet', { on: recordDay })).html);
  const state = await auditor.call('audit.state', {});
  expect(state).toMatchObject({ broken: null, wrongHeads: [], unanchored: state.entries - paper.entry });
  expect(state.unanchored).toBeGreaterThan(0);
  const tampers = [
    `update audit_entry set account = 'x' where seq = 2`,
    `delete from audit_entry where seq = 2`,
    `update audit_entry set seq = 9000 where seq = 2; update audit_entry set seq = 2 where seq = 3; update audit_entry set seq = 3 where seq = 9000`,
    `delete from audit_entry where seq >= ${paper.entry}`,
    `update audit_head set entry = entry - 1`,
    `update audit_head set at = '2020-01-01T00:00:00.000Z'`,
    `update audit_head set hash = zeroblob(32)`,
  ];
  for (const tamper of tampers) {
    const found = await program.look((db) => {
      db.exec('begin');
      db.exec(
        'create table kept as select * from audit_entry; create table kept_head as select * from audit_head',
      );
      db.exec('commit');
      db.exec(tamper);
      return null;
    });
    expect(found).toBeNull();
    const now = await auditor.call('audit.state', {});
    const isFound = now.broken !== null || now.wrongHeads.length > 0;
    const byPaper = await auditor.call('audit.check', paper);
    expect(isFound || !byPaper.isSame, tamper).toBe(true);
    if (tamper.startsWith('delete from audit_entry where seq >=')) expect(byPaper.isSame).toBe(false);
    await write(
      'delete from audit_entry; insert into audit_entry select * from kept; delete from audit_head; insert into audit_head select * from kept_head; drop table kept; drop table kept_head',
    );
  }
});

test('a head is signed by a key that no other account can use, and that a new password does not lose', async () => {
  const auditor = await start();
  const clerk = await program.signIn('clerk');
  expect(await clerk.refused('audit.daySheet', { on: recordDay })).toMatchObject({ code: 'no-right' });
  const slots = readKeyFile(program.folder);
  if (!slots) throw new Error('no key file');
  expect((await openByPassword(slots, 'clerk', password))?.signer).toBeNull();
  expect((await openByPassword(slots, 'auditor', password))?.signer).not.toBeNull();
  await auditor.call('audit.daySheet', { on: recordDay });
  const before = (await auditor.call('audit.state', {})).last;
  await auditor.call('session.changePassword', { password, newPassword: 'eigen-2025' });
  const again = await program.signIn('auditor', 'eigen-2025');
  await again.call('audit.daySheet', { on: recordDay });
  const after = (await again.call('audit.state', {})).last;
  expect(after?.publicKey).toBe(before?.publicKey);
  expect(
    await program.look((db) => db.value(sql`select count(*) from audit_entry where action = 'audit.newKey'`)),
  ).toBe(1);
});

test('after a password set by somebody else the auditor has another key, and the log says so', async () => {
  const auditor = await start();
  await auditor.call('audit.daySheet', { on: recordDay });
  const before = (await auditor.call('audit.state', {})).last;
  const head = await program.signIn('head');
  const id = (await head.call('account.list', {})).find(({ name }) => name === 'auditor')?.id ?? '';
  await head.call('account.setPassword', { id, password: 'gesetzt-2025' });
  const again = await program.signIn('auditor', 'gesetzt-2025');
  await again.call('session.changePassword', { password: 'gesetzt-2025', newPassword: 'eigen-2025' });
  await again.call('audit.daySheet', { on: recordDay });
  const state = await again.call('audit.state', {});
  expect(state.last?.fingerprint).not.toBe(before?.fingerprint);
  expect(state.wrongHeads).toEqual([]);
  const named = await again.call('audit.list', { actions: ['audit.newKey'] });
  expect(named.entries.map(({ detail }) => detail.fingerprint)).toEqual([
    state.last?.fingerprint,
    before?.fingerprint,
  ]);
});

test('locked, the auditor signs nothing; unlocked, again', async () => {
  const auditor = await start();
  await auditor.call('session.lock', {});
  expect(await auditor.refused('audit.daySheet', { on: recordDay })).toMatchObject({
    code: 'session-locked',
  });
  await auditor.call('session.unlock', { password });
  await auditor.call('audit.daySheet', { on: recordDay });
});

test('an export for an inspection: every entry, the reason, and a head by which the file is checked later', async () => {
  const auditor = await start();
  await program.save(aMediation().between('南宫千寻', '乙'));
  const at = path.join(files, 'log.jsonl');
  program.grant('out', at);
  const made = await auditor.call('audit.export', { out: 'out', reason: '上级检查' });
  const text = fs.readFileSync(at, 'utf8');
  expect(text).not.toContain('南宫千寻');
  expect(text.trimEnd().split('\n')).toHaveLength(made.entries + 2);
  const again = await auditor.call('audit.checkFile', { file: 'out' });
  expect(again).toMatchObject({ isOwn: true, isSound: true, check: null, notices: [] });
  expect(await auditor.refused('audit.export', { out: 'out', reason: '再来' })).toMatchObject({
    code: 'file-exists',
  });
  const forged = text
    .replace('"account":"head"', '"account":"kopf"')
    .replace(/"signature":"../, '"signature":"zz');
  fs.writeFileSync(path.join(files, 'forged.jsonl'), forged);
  program.grant('forged', path.join(files, 'forged.jsonl'));
  expect(await auditor.call('audit.checkFile', { file: 'forged' })).toMatchObject({ isSound: false });
  await write('delete from audit_entry where seq = 4');
  const cut = await auditor.call('audit.checkFile', { file: 'out' });
  expect(cut.faults).toEqual([{ is: 'own', entry: 4 }]);
  fs.writeFileSync(path.join(files, 'other.jsonl'), '别的文件');
  program.grant('other', path.join(files, 'other.jsonl'));
  expect(await auditor.refused('audit.checkFile', { file: 'other' })).toMatchObject({
    code: 'audit-file-unknown',
  });
});

test('the log is looked through by day, account, act and record, page by page', async () => {
  const auditor = await start();
  const { id } = await program.save(aMediation());
  await program.call('ledger.get', { id });
  expect((await auditor.call('audit.list', { recordId: id })).entries.map(({ action }) => action)).toEqual([
    'ledger.get',
    'ledger.save',
  ]);
  expect(
    (await auditor.call('audit.list', { account: 'auditor' })).entries.every(
      ({ account }) => account === 'auditor',
    ),
  ).toBe(true);
  expect((await auditor.call('audit.list', { from: '2030-01-01' })).entries).toEqual([]);
  const first = await auditor.call('audit.list', { limit: 2 });
  expect(first.more).toBe(true);
  const before = first.entries.at(-1)?.entry ?? 0;
  const second = await auditor.call('audit.list', { limit: 2, before });
  expect(second.entries[0]?.entry).toBe(before - 1);
});

test('what the log tells is told in words; names of the program’s own are for nobody’s eyes', async () => {
  const auditor = await start();
  const { id } = await program.save(aMediation());
  await program.call('ledger.get', { id });
  const lists = await program.call('codes.lists', {});
  const risk = lists.find(({ list }) => list === 'riskColour');
  await program.call('codes.define', {
    list: 'riskColour',
    basis: '县办法',
    items: [...(risk?.items ?? []), { code: 'own1', label: '紫色' }],
  });
  await program.call('number.change', { ledger: 'mediation', prefix: '东坝镇' });
  const { figures } = await program.call('indicator.list', { year: 2024 });
  const figure = figures.find(({ name }) => name === '排查化解矛盾纠纷');
  await program.call('indicator.enter', { year: 2024, code: figure?.code ?? '', printed: '12件' });
  const security = await program.signIn('head');
  const accounts = await security.call('account.list', {});
  const clerk = accounts.find(({ name }) => name === 'clerk');
  await security.call('account.change', { changes: [{ id: clerk?.id ?? '', isDisabled: true }] });
  const { entries } = await auditor.call('audit.list', { limit: 500 });
  const said = (action: string) => entries.find((entry) => entry.action === action)?.said;
  expect(said('codes.define')).toBe('代码表：风险等级');
  expect(said('number.change')).toBe('字段：简称');
  expect(said('account.change')).toBe('变更：clerk 停用或者启用');
  expect(said('indicator.enter')).toBe(`年份：2024；指标：${figure?.name}`);
  expect(said('ledger.save')).toContain('受理日期');
  const accountNames = new RegExp(accounts.map(({ name }) => name).join('|'), 'g');
  // Fingerprints of keys are capitals
  const words = entries.flatMap((one) => one.said.replaceAll(accountNames, '').match(/[a-z_~]{3,}/g) ?? []);
  expect(words).toEqual([]);
});
