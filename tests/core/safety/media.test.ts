// The registers of removable media through the dispatcher: one number, one holder at a time, loss, repair, scrapping.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Saved } from '#shared/api/types.ts';
import { mediumLoan } from '#shared/ledgers/media.ts';
import { problemTextAt } from '#shared/text/problems.ts';
import { aProgram, type Person, type Program } from '#tests/fixtures/program.ts';

let program: Program;
beforeAll(async () => {
  program = await aProgram({ everyRole: true });
});
afterAll(() => program.close());

let count = 0;
const aMedium = (more: Record<string, unknown> = {}) => ({
  mediumNo: `金司移${String(++count).padStart(3, '0')}`,
  kind: 'usb',
  capacity: '64GB',
  serialNo: 'SN-20250001',
  keeper: '祁连山',
  registeredOn: '2025-01-06',
  ...more,
});
const aLoan = (mediumId: string, more: Record<string, unknown> = {}) => ({
  mediumId,
  borrower: '马兰花',
  purpose: '上报半年数据',
  issuedOn: '2025-06-01',
  dueOn: '2025-06-10',
  ...more,
});
const save = (ledger: string, record: Record<string, unknown>, who: Person = program) =>
  who.call('ledger.save', { ledger, record });
const act = (saved: Saved, action: string, record: Record<string, unknown> = {}) =>
  program.call('ledger.act', { id: saved.id, action, baseVersion: saved.version, record });

test('a number is given to one medium only', async () => {
  const first = await save('medium', aMedium({ mediumNo: '金司移甲' }));
  expect(first.state).toBe('active');
  const again = await program.refused('ledger.save', {
    ledger: 'medium',
    record: aMedium({ mediumNo: '金司移甲' }),
  });
  expect(again).toMatchObject({ code: 'record-invalid', fields: { mediumNo: { problem: 'taken' } } });
});

test('a medium that is out cannot be issued again; handed back, it can', async () => {
  const stick = await save('medium', aMedium());
  const loan = await save('mediumLoan', aLoan(stick.id));
  const second = aLoan(stick.id, { borrower: '红柳', issuedOn: '2025-06-03' });
  const refused = await program.refused('ledger.save', { ledger: 'mediumLoan', record: second });
  const problem = { problem: 'still-out', who: '马兰花', from: '2025-06-01', to: null } as const;
  expect(refused).toMatchObject({ fields: { mediumId: problem } });
  expect(problemTextAt(mediumLoan, 'mediumId', problem)).toContain('已由马兰花领用');
  // While it is typed the form knows as much, but not who: no log says that it was asked
  const typed = await program.call('ledger.check', { ledger: 'mediumLoan', record: second });
  expect(typed.problems.mediumId).toEqual({ ...problem, who: '（已隐去）' });
  expect(JSON.stringify(typed)).not.toContain('马兰花');

  const missing = await program.refused('ledger.act', {
    id: loan.id,
    action: 'return',
    baseVersion: loan.version,
    record: { returnedOn: '2025-06-03' },
  });
  expect(Object.keys(missing.fields ?? {})).toEqual(['receiver', 'returnCheck']);
  const back = await act(loan, 'return', {
    returnedOn: '2025-06-03',
    receiver: '祁连山',
    returnCheck: 'clean',
  });
  expect(back.state).toBe('returned');
  expect((await save('mediumLoan', second)).state).toBe('out');
  // Somebody writes in later what was out in between
  const between = aLoan(stick.id, { issuedOn: '2025-06-02', returnedOn: '2025-06-02', dueOn: '2025-06-02' });
  expect(await program.refused('ledger.save', { ledger: 'mediumLoan', record: between })).toMatchObject({
    fields: { mediumId: { problem: 'still-out', to: '2025-06-03' } },
  });
  // The loan itself is saved again without standing in its own way
  await program.call('ledger.save', {
    ledger: 'mediumLoan',
    id: back.id,
    baseVersion: back.version,
    record: { ...back.record, remark: '盘面有划痕' },
  });
});

test('what is lost is issued to nobody until it is found; the loss stays in the history', async () => {
  const stick = await save('medium', aMedium());
  const lost = await act(stick, 'reportLost', {
    lostOn: '2025-05-20',
    lostReport: '已报告局保密办，内容加密',
  });
  expect(lost.state).toBe('lost');
  const record = aLoan(stick.id);
  expect(await program.refused('ledger.save', { ledger: 'mediumLoan', record })).toMatchObject({
    fields: { mediumId: { problem: 'no-longer', other: 'mediumId.lostOn', day: '2025-05-20' } },
  });
  expect(
    (await save('mediumLoan', aLoan(stick.id, { issuedOn: '2025-05-12', dueOn: '2025-05-15' }))).id,
  ).toBeTruthy();
  const found = await act(lost, 'recover', { foundOn: '2025-05-25' });
  expect(found).toMatchObject({ state: 'active', record: { foundOn: '2025-05-25' } });
  expect(found.record.lostOn).toBeUndefined();
  const history = await program.call('ledger.history', { id: stick.id });
  expect(JSON.stringify(history)).toContain('已报告局保密办，内容加密');
});

test('away for repair and back again, twice; each time its day is asked for', async () => {
  let stick: Saved = await save('medium', aMedium());
  for (const [sent, back] of [
    ['2025-02-01', '2025-02-05'],
    ['2025-04-01', '2025-04-09'],
  ]) {
    const id = { id: stick.id, baseVersion: stick.version };
    const asked = await program.refused('ledger.act', { ...id, action: 'sendRepair' });
    expect(Object.keys(asked.fields ?? {})).toEqual(['repairSentOn', 'repairPlace', 'repairCleared']);
    const away = { repairSentOn: sent, repairPlace: '县电子维修部', repairCleared: '已清除' };
    const inRepair = await act(stick, 'sendRepair', away);
    expect(inRepair.state).toBe('inRepair');
    stick = await act(inRepair, 'repaired', { repairedOn: back });
    expect(stick).toMatchObject({ state: 'active', record: { repairedOn: back } });
  }
});

test('scrapped says where, how and who supervised, and is closed for good', async () => {
  const stick = await save('medium', aMedium());
  const typed = { ...aMedium(), mediumNo: '金司移乙', scrapPlace: '县销毁点' };
  expect(await program.refused('ledger.save', { ledger: 'medium', record: typed })).toMatchObject({
    fields: { scrapPlace: { problem: 'of-step', step: '报废' } },
  });
  const scrapped = await act(stick, 'scrap', {
    scrappedOn: '2025-06-20',
    scrapMethod: 'agency',
    scrapPlace: '县涉密载体销毁点',
    scrapSupervisor: '胡杨',
  });
  expect(scrapped.state).toBe('scrapped');
  expect(
    await program.refused('ledger.save', {
      ledger: 'mediumLoan',
      record: aLoan(stick.id, { issuedOn: '2025-06-21', dueOn: '2025-06-22' }),
    }),
  ).toMatchObject({
    fields: { mediumId: { problem: 'no-longer', other: 'mediumId.scrappedOn' } },
  });
});

test('a medium that somebody has out is not voided', async () => {
  const stick = await save('medium', aMedium());
  await save('mediumLoan', aLoan(stick.id));
  const voiding = {
    id: stick.id,
    baseVersion: stick.version,
    action: 'void',
    record: { voidReason: '误登' },
  };
  expect(await program.refused('ledger.act', voiding)).toMatchObject({
    code: 'still-in-use',
    params: { ledger: 'mediumLoan', field: 'mediumId', count: 1 },
  });
});

test('what is not handed back in time stands on the board until it is back, or closed with its reason', async () => {
  const stick = await save('medium', aMedium());
  const loan = await save('mediumLoan', aLoan(stick.id, { borrower: '沙枣', dueOn: '2025-06-12' }));
  const mine = async () => {
    const { overdue } = await program.call('deadline.board', { rule: 'mediumLoan.return' });
    return overdue.filter(({ id }) => id === loan.id);
  };
  expect(await mine()).toMatchObject([{ dueOn: '2025-06-12', personName: '沙枣', days: -18 }]);
  const closed = await act(loan, 'close', { closedOn: '2025-06-29', closedNote: '介质已报失' });
  expect(closed.state).toBe('unreturned');
  expect(await mine()).toEqual([]);
  // Found again, it can be issued
  await save('mediumLoan', aLoan(stick.id, { issuedOn: '2025-06-30', dueOn: '2025-06-30' }));
});

test('virus checks are rows of the medium; list and print come from the description', async () => {
  const check = { checkedOn: '2025-03-01', checkedBy: '祁连山', tool: '本机杀毒软件', result: 'clean' };
  const stick = await save('medium', aMedium({ mediumNo: '金司移丙', checks: [check] }));
  expect(stick.record.checks).toEqual([check]);
  const wrong = aMedium({ checks: [{ ...check, result: 'maybe' }] });
  expect(await program.refused('ledger.save', { ledger: 'medium', record: wrong })).toMatchObject({
    fields: { 'checks.0.result': { problem: 'unknown-code' } },
  });
  const { html } = await program.call('ledger.print', { ledger: 'medium', filter: { kind: 'usb' } });
  for (const words of ['移动存储介质登记', '金司移丙', 'U盘', 'SN-20250001', '祁连山'])
    expect(html).toContain(words);
  const { hits } = await program.call('search.find', { text: 'SN-20250001' });
  expect(hits.map(({ id }) => id)).toContain(stick.id);
});
