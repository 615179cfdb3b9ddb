// The window's form over a real core: what is typed while an answer is on its way, and steps of closed records.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createRecordForm, type RecordForm } from '#renderer/state/record-form.ts';
import type { Bureau } from '#shared/api/methods.ts';
import { asDay } from '#shared/domain/day.ts';
import { mediation } from '#shared/ledgers/mediation.ts';
import { stepFor } from '#shared/ledgers/workflow.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program, recordDay } from '#tests/fixtures/program.ts';

let program: Program;
/** Saves and steps are under way until it is called. */
let letThrough: (() => void) | null;

beforeAll(async () => {
  program = await aProgram();
});
afterAll(() => program.close());
beforeEach(() => {
  letThrough = null;
  const bureau: Bureau = {
    async invoke(method, input) {
      const answer = await program.ask(method, structuredClone(input));
      if (letThrough && (method === 'ledger.save' || method === 'ledger.act'))
        await new Promise<void>((resolve) => (letThrough = resolve));
      return answer;
    },
    listen: () => () => undefined,
  };
  Object.assign(globalThis, { window: { bureau } });
});
afterEach(() => {
  Reflect.deleteProperty(globalThis, 'window');
});

async function opened(id: string): Promise<RecordForm> {
  const form = createRecordForm(mediation, id, null, asDay(recordDay));
  form.useCodes({ ...form.store.getState().codes, has: () => true });
  await form.load();
  return form;
}
const text = (form: RecordForm, field: string) => form.store.getState().content[field];
const stored = async (id: string) => (await program.call('ledger.get', { id })).record;
const hold = () => {
  letThrough = () => undefined;
};
const soon = () => new Promise((resolve) => setTimeout(resolve, 20));

test('what is typed while a save is under way stays, is kept as a draft and goes with the next save', async () => {
  const { id } = await program.save(aMediation());
  const form = await opened(id);
  form.put('remark', '第一段');
  hold();
  const saving = form.save('stay');
  await soon();
  form.put('remark', '第一段，保存时继续写的话');
  letThrough?.();
  await saving;
  expect(text(form, 'remark')).toBe('第一段，保存时继续写的话');
  expect((await stored(id)).remark).toBe('第一段');
  expect(form.store.getState().isDirty).toBe(true);
  form.leave();
  await soon();
  expect(await program.call('draft.list', {})).toMatchObject([
    { recordId: id, content: { remark: '第一段，保存时继续写的话' } },
  ]);
  letThrough = null;
  await form.save('stay');
  expect((await stored(id)).remark).toBe('第一段，保存时继续写的话');
  expect(await program.call('draft.list', {})).toEqual([]);
});

test('a new record, saved and typed on, is one record with its number', async () => {
  const form = createRecordForm(mediation, null, null, asDay(recordDay));
  form.useCodes({ ...form.store.getState().codes, has: () => true, isReady: true });
  await form.load();
  for (const [path, value] of Object.entries(aMediation().record()))
    if (typeof value === 'string') form.put(path, value);
  form.put('parties.0.side', 'applicant');
  form.put('parties.0.type', 'natural');
  form.put('parties.0.name', '柳春禾');
  const before = (await program.call('ledger.list', { ledger: 'mediation' })).total;
  hold();
  const saving = form.save('new');
  await soon();
  form.put('remark', '补写');
  letThrough?.();
  await saving;
  const { id, content, notice } = form.store.getState();
  expect(notice).toBe('saved-typed');
  expect(content).toMatchObject({ remark: '补写', caseNo: expect.stringMatching(/人调字第\d+号$/) });
  letThrough = null;
  await form.save('stay');
  expect((await stored(id ?? '')).remark).toBe('补写');
  expect((await program.call('ledger.list', { ledger: 'mediation' })).total).toBe(before + 1);
});

test('an archived case is voided from the form: only what the step asks for is sent', async () => {
  const { id } = await program.save(aMediation().agreed());
  await program.call('ledger.act', { id, action: 'archive', record: { archivedOn: '2025-05-01' } });
  const form = await opened(id);
  form.put('voidReason', '重复登记');
  const step = stepFor(mediation.workflow, 'archived', 'void');
  if (!step) throw new Error('no step');
  await form.act(step);
  expect(form.store.getState()).toMatchObject({ failure: null, whole: { state: 'voided' } });
});

test('a field emptied before a step is empty after it', async () => {
  const { id } = await program.save(
    aMediation().failed().with({ remark: '误记的内容', outcomeReason: '双方分歧大' }),
  );
  const form = await opened(id);
  form.put('remark', null);
  form.put('archivedOn', '2025-05-01');
  const step = stepFor(mediation.workflow, 'failed', 'archive');
  if (!step) throw new Error('no step');
  await form.act(step);
  expect(form.store.getState()).toMatchObject({ failure: null, whole: { state: 'archived' } });
  expect(await stored(id)).not.toHaveProperty('remark');
});

test('a step taken before says so and asks for a change, instead of calling itself saved', async () => {
  const { id } = await program.save(aMediation().agreed().with({ performance: 'notDue' }));
  const form = await opened(id);
  const step = stepFor(mediation.workflow, 'agreed', 'perform');
  if (!step) throw new Error('no step');
  await form.act(step);
  const { missing, notice } = form.store.getState();
  expect([missing, notice]).toEqual([{ step: step.label, fields: ['performance'], isAgain: true }, null]);
});
