// The registers of exports and imports: a view over the log, with what was said of each.
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { methods } from '#shared/api/methods.ts';
import { printable } from '#shared/api/types.ts';
import { incoming, isToBeDescribed, outgoing } from '#shared/domain/transfers.ts';
import { auditActions } from '#shared/text/audit.ts';
import { transferText } from '#shared/text/transfers.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program } from '#tests/fixtures/program.ts';

let program: Program;
let clerk: Person;
let auditor: Person;
beforeAll(async () => {
  program = await aProgram({ everyRole: true });
  clerk = await program.signIn('clerk');
  auditor = await program.signIn('auditor');
  await clerk.save(aMediation());
});
afterAll(() => program.close());

const list = (who: Person, more: Record<string, unknown> = {}) =>
  who.call('transfer.list', { direction: 'out', ...more });

test('every export and import that is listed is a method that the log keeps, in words', () => {
  // Gates write their own entries, and so does the opening.
  const own = ['program.move', 'program.restore', 'leaving.unread'];
  for (const action of [...Object.keys(outgoing), ...Object.keys(incoming)]) {
    expect(auditActions[action], action).toBeTruthy();
    if (!own.includes(action))
      expect((methods as Record<string, { audited: unknown }>)[action]?.audited, action).toBe(true);
  }
  for (const [action, kind] of Object.entries(outgoing))
    expect(transferText.usual[action] !== undefined, action).toBe(kind === 'usual');
});

test('every method that writes a file outside is an export, or is named here as carrying no data of persons', () => {
  const plain = [
    'help.answer',
    'help.ask',
    'help.card',
    'paper.makeBlank',
    'program.diagnose',
    'template.export',
    'template.makePlaces',
  ];
  const writing = Object.entries(methods).filter(
    ([, { input }]) => 'out' in ((input as { shape?: object }).shape ?? {}),
  );
  expect(writing.length).toBeGreaterThan(8);
  const unlisted = writing.map(([name]) => name).filter((name) => outgoing[name] === undefined);
  expect(unlisted.sort()).toEqual(plain);
});

test('every page that goes to a printer is an export, or a look, or carries no data of persons', () => {
  const plain = ['dossier.preview', 'issued.preview', 'paper.blank', 'paper.preview', 'report.preview'];
  const pages = ['program.guide', 'template.placesPage'];
  const unlisted = printable.filter((name) => outgoing[name] === undefined);
  expect([...unlisted].sort()).toEqual([...plain, ...pages].sort());
});

test('a printed list stands in the register until somebody says where it went, to whom it went ever after', async () => {
  await clerk.call('ledger.print', { ledger: 'mediation' });
  const [row] = (await list(clerk, { undescribed: true })).rows;
  expect(row).toMatchObject({ action: 'ledger.print', account: 'clerk', note: null, isUsual: false });
  await program.call('ledger.save', {
    ledger: 'medium',
    record: { mediumNo: '东司移一', kind: 'usb', keeper: '祁连山', registeredOn: '2025-01-06' },
  });
  const entries = [row?.entry ?? 0];
  const said = { entries, partner: '县司法局基层科', purpose: '上报半年数据' };
  expect(await clerk.refused('transfer.describe', { ...said, medium: '没有的' })).toMatchObject({
    code: 'transfer-medium',
    params: { medium: '没有的', day: null },
  });
  expect(await clerk.call('transfer.describe', { ...said, medium: '东司移一' })).toEqual({ described: 1 });
  expect((await list(clerk, { undescribed: true })).rows).toEqual([]);
  const [now] = (await list(clerk)).rows;
  expect(now?.note).toMatchObject({ partner: '县司法局基层科', medium: '东司移一', account: 'clerk' });
  // Said again it is put right; the log has both
  await clerk.call('transfer.describe', { ...said, partner: '县委政法委' });
  expect((await list(clerk)).rows[0]?.note).toMatchObject({ partner: '县委政法委', medium: null });
  const { html } = await clerk.call('transfer.print', { direction: 'out' });
  for (const words of ['数据导出登记', '打印台账', '县委政法委', '上报半年数据', 'clerk本人', '至少保存三年'])
    expect(html).toContain(words);
  const log = await auditor.call('audit.list', { actions: ['transfer.describe'] });
  expect(log.entries.map(({ said: text }) => text).join()).toContain('县司法局基层科');
});

test('whoever may not read the log sees and describes what he did himself', async () => {
  await program.call('ledger.print', { ledger: 'mediation' });
  expect((await list(clerk)).isOwn).toBe(true);
  expect((await list(clerk)).rows.every(({ account }) => account === 'clerk')).toBe(true);
  const all = await list(auditor);
  expect(all.isOwn).toBe(false);
  const others = all.rows.find(({ account, action }) => account !== 'clerk' && action === 'ledger.print');
  expect(
    await clerk.refused('transfer.describe', { entries: [others?.entry], partner: '县局', purpose: '核对' }),
  ).toMatchObject({ code: 'transfer-unknown', params: { entry: others?.entry } });
  expect(
    await clerk.refused('transfer.describe', { entries: [1], partner: '县局', purpose: '核对' }),
  ).toMatchObject({ code: 'transfer-unknown' });
});

test('a medium that was lost before cannot have been used', async () => {
  const lost = await program.call('ledger.save', {
    ledger: 'medium',
    record: { mediumNo: '东司移二', kind: 'usb', keeper: '祁连山', registeredOn: '2025-01-06' },
  });
  await program.call('ledger.act', {
    id: lost.id,
    action: 'reportLost',
    baseVersion: lost.version,
    record: { lostOn: '2025-06-01', lostReport: '已报告' },
  });
  const [row] = (await list(program, { undescribed: true })).rows;
  const said = { entries: [row?.entry], partner: '县局', purpose: '核对', medium: '东司移二' };
  expect(await program.refused('transfer.describe', said)).toMatchObject({
    code: 'transfer-medium',
    params: { day: '2025-06-01' },
  });
});

test('a copy to a stick is an export, one beside the ledger is none; imports have a register of their own', async () => {
  const before = (await list(auditor)).rows.length;
  await program.call('system.backup', {});
  await program.call('system.backup', { folder: program.grant('stick', path.join(program.folder, 'stick')) });
  await expect.poll(async () => (await list(auditor)).rows.length).toBe(before + 1);
  expect((await list(auditor)).rows[0]).toMatchObject({ action: 'system.backup', isUsual: false });
  await program.call('ledger.addMany', { ledger: 'mediation', records: [aMediation().record()] });
  const { rows } = await auditor.call('transfer.list', { direction: 'in' });
  expect(rows.map(({ action }) => action)).toContain('ledger.addMany');
  const [taken] = rows;
  await auditor.call('transfer.describe', {
    entries: [taken?.entry ?? 0],
    partner: '县局',
    purpose: '补录',
    scan: 'clean',
  });
  expect((await auditor.call('transfer.print', { direction: 'in' })).html).toContain('未发现病毒');
});

test('the register goes on page by page', async () => {
  const first = await list(auditor, { limit: 2 });
  expect(first.more).toBe(true);
  const second = await list(auditor, { limit: 2, before: first.rows.at(-1)?.entry });
  expect(second.rows[0]?.entry).toBeLessThan(first.rows.at(-1)?.entry ?? 0);
  expect((await list(auditor, { from: '2030-01-01' })).rows).toEqual([]);
});

test('the window asks of what leaves the machine, not of a copy beside the ledger', () => {
  expect(isToBeDescribed('ledger.print', { ledger: 'mediation' })).toBe(true);
  expect(isToBeDescribed('system.backup', {})).toBe(false);
  expect(isToBeDescribed('system.backup', { folder: 'grant' })).toBe(true);
  expect(isToBeDescribed('system.setSecondPlace', { folder: null })).toBe(false);
  expect(isToBeDescribed('paper.issue', {})).toBe(false);
});
