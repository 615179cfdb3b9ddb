// The window's form over a real core: what a change of mind would drop, what waits until it applies, and steps that
// are begun and not taken.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createRecordForm, type RecordForm } from '#renderer/state/record-form.ts';
import { droppedFrom, shownWith } from '#renderer/state/record-waiting.ts';
import type { Bureau } from '#shared/api/methods.ts';
import type { Draft } from '#shared/api/types.ts';
import { asDay } from '#shared/domain/day.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { mediation } from '#shared/ledgers/mediation.ts';
import { committee } from '#shared/ledgers/organisation.ts';
import { stepFor } from '#shared/ledgers/workflow.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program, recordDay } from '#tests/fixtures/program.ts';

let program: Program;
/** Methods that the core does not answer. */
let deaf: string[] = [];

beforeAll(async () => {
  program = await aProgram();
});
afterAll(() => program.close());
beforeEach(() => {
  deaf = [];
  const bureau: Bureau = {
    invoke: async (method, input) =>
      deaf.includes(method)
        ? { ok: false, error: { code: 'thread-lost', params: { method } } }
        : program.ask(method, structuredClone(input)),
    listen: () => () => undefined,
  };
  Object.assign(globalThis, { window: { bureau } });
});
afterEach(() => {
  Reflect.deleteProperty(globalThis, 'window');
});

async function formOf(
  id: string | null,
  more: Parameters<typeof createRecordForm>[4] = {},
  draft: Draft | null = null,
  ledger: LedgerSpec = mediation,
): Promise<RecordForm> {
  const form = createRecordForm(ledger, id, draft, asDay(recordDay), more);
  form.useCodes({ ...form.store.getState().codes, has: () => true, isReady: true });
  await form.load();
  return form;
}
const at = (form: RecordForm) => form.store.getState();
const stored = async (id: string | null) => (await program.call('ledger.get', { id: id ?? '' })).record;
const draftsOf = async (id: string | null) =>
  (await program.call('draft.list', {})).filter(({ recordId }) => recordId === id);
const step = (state: string, action: string, ledger: LedgerSpec = mediation) => {
  const found = stepFor(ledger.workflow, state, action);
  if (!found) throw new Error('no step');
  return found;
};
const agreement = () =>
  aMediation().agreed('2025-03-10').with({ agreementText: '赔付一千元。', performance: 'notDue' });
const agreed = ['agreementForm', 'agreementNo', 'agreementText', 'amountFen', 'performance'];

describe('another value tried', () => {
  test('says what would go, loses nothing, and gives it back', async () => {
    const { id } = await program.save(agreement());
    const form = await formOf(id);
    expect(droppedFrom(at(form))).toEqual([]);
    form.put('outcome', 'failed');
    expect(droppedFrom(at(form)).sort()).toEqual(agreed);
    form.put('outcome', 'agreed');
    expect(droppedFrom(at(form))).toEqual([]);
    expect(at(form).content.agreementText).toBe('赔付一千元。');
    await form.save('stay');
    expect(await stored(id)).toMatchObject({ outcome: 'agreed', agreementText: '赔付一千元。' });
  });

  test('is asked about once before a save, and goes only then', async () => {
    const { id } = await program.save(agreement());
    const form = await formOf(id);
    form.put('outcome', 'failed');
    await form.save('stay');
    expect(at(form).confirming?.dropped.sort()).toEqual(agreed);
    expect((await stored(id)).outcome).toBe('agreed');
    await form.confirm(false);
    expect(at(form)).toMatchObject({
      confirming: null,
      isBusy: false,
      content: { agreementText: '赔付一千元。' },
    });
    await form.save('stay');
    await form.confirm(true);
    expect(at(form)).toMatchObject({ confirming: null, notice: 'saved', warnings: { agreementText: {} } });
    expect(await stored(id)).not.toHaveProperty('agreementText');
  });

  test('is asked about before a step, too', async () => {
    const { id } = await program.save(agreement());
    const form = await formOf(id);
    form.put('outcome', 'failed');
    form.put('outcomeReason', '反悔');
    form.put('archivedOn', '2025-05-01');
    await form.act(step('agreed', 'archive'));
    expect(at(form).confirming?.dropped.sort()).toEqual(agreed);
    await form.confirm(true);
    expect(at(form)).toMatchObject({ failure: null, whole: { state: 'archived' } });
  });
});

describe('a copied case', () => {
  const copied = {
    from: 'copy' as const,
    content: { kind: '02', agreementForm: 'written', agreementText: '＿＿赔付＿＿。', place: '村口' },
  };
  const fill = (form: RecordForm) => {
    form.put('summary', '院墙排水。');
    form.put('parties.0.side', 'applicant');
    form.put('parties.0.type', 'natural');
    form.put('parties.0.name', '柳春禾');
  };

  test('keeps its clauses through a save before there is a result, and through the end of the program', async () => {
    const form = await formOf(null, { begins: copied });
    const waiting = { agreementForm: 'written', agreementText: '＿＿赔付＿＿。' };
    expect(at(form)).toMatchObject({ waiting, content: { place: '村口' } });
    expect(at(form).content).not.toHaveProperty('agreementText');
    fill(form);
    await form.save('stay');
    const { id, confirming, isDirty } = at(form);
    expect([confirming, isDirty, at(form).waiting]).toEqual([null, false, waiting]);
    await form.leave();
    await expect.poll(() => draftsOf(id)).toHaveLength(1);

    // Days later, by the list or by its draft: nothing is changed, and all is there.
    for (const isFromList of [false, true]) {
      const again = await formOf(id, {}, isFromList ? (await draftsOf(id))[0] : null);
      expect(at(again)).toMatchObject({
        waiting,
        isDirty: false,
        isResumed: false,
        content: { place: '村口' },
      });
      again.put('outcome', 'agreed');
      expect(at(again).content).toMatchObject(waiting);
      again.put('outcome', null);
      expect(droppedFrom(at(again))).toEqual([]);
      await again.discardChanges();
      await again.leave();
      await expect.poll(() => draftsOf(id)).toHaveLength(1);
    }
    const last = await formOf(id);
    last.put('outcome', 'agreed');
    last.put('concludedOn', '2025-06-30');
    last.put('agreementText', '柳春禾赔付十元。');
    await last.save('stay');
    expect(await stored(id)).toMatchObject({ agreementForm: 'written', agreementText: '柳春禾赔付十元。' });
    expect(at(last).waiting).toEqual({});
    expect(await draftsOf(id)).toEqual([]);
  });

  test('is given up by another result, after a question, or by a word', async () => {
    const form = await formOf(null, { begins: copied });
    fill(form);
    form.put('outcome', 'agreed');
    form.put('outcome', 'failed');
    form.put('concludedOn', '2025-06-30');
    await form.save('stay');
    expect(at(form).confirming?.dropped.sort()).toEqual(['agreementForm', 'agreementText']);
    await form.confirm(true);
    expect(at(form)).toMatchObject({ waiting: {}, notice: 'saved' });

    const other = await formOf(null, { begins: copied });
    fill(other);
    await other.save('stay');
    await other.forgetWaiting();
    expect(at(other).waiting).toEqual({});
    expect(await draftsOf(at(other).id)).toEqual([]);
  });

  test('leaves its clauses with its own record when the next one is begun', async () => {
    const form = await formOf(null, { begins: copied });
    fill(form);
    await form.save('new');
    expect(at(form)).toMatchObject({ id: null, waiting: {}, notice: 'saved-next' });
    const [newest] = (await program.call('ledger.list', { ledger: 'mediation', limit: 1 })).rows;
    await expect.poll(() => draftsOf(newest?.id ?? '')).toHaveLength(1);
  });
});

describe('a step that sets something', () => {
  const apply = step('agreed', 'applyConfirmation');

  test('sets nothing before it is taken', async () => {
    const { id, version } = await program.save(agreement());
    const form = await formOf(id);
    await form.act(apply);
    expect(at(form)).toMatchObject({
      isDirty: false,
      missing: { fields: ['confirmationAppliedOn', 'courtName'] },
    });
    expect(at(form).content).not.toHaveProperty('aftermath');
    expect(shownWith(at(form)).content.aftermath).toBe('confirmation');
    form.put('confirmationAppliedOn', '2025-03-20');
    await form.leave();
    await expect.poll(() => draftsOf(id)).toHaveLength(1);
    expect((await draftsOf(id))[0]?.content).not.toHaveProperty('aftermath');

    // A save is not the step: what was typed for it is asked about, not lost.
    await form.save('stay');
    expect(at(form).confirming?.dropped).toEqual(['confirmationAppliedOn']);
    await form.confirm(false);
    expect((await program.call('ledger.get', { id })).version).toBe(version);
    form.put('courtName', '某县人民法院');
    await form.act(apply);
    expect(at(form)).toMatchObject({ failure: null, pending: null, notice: 'saved' });
    expect(await stored(id)).toMatchObject({
      aftermath: 'confirmation',
      confirmationAppliedOn: '2025-03-20',
    });
  });

  test('can be left again, and gives way to what the clerk chooses', async () => {
    const { id } = await program.save(agreement());
    const form = await formOf(id);
    await form.act(apply);
    form.dropStep();
    expect(at(form)).toMatchObject({ pending: null, missing: null, isDirty: false });
    await form.act(apply);
    form.put('aftermath', 'lawsuit');
    expect([at(form).pending, shownWith(at(form)).content.aftermath]).toEqual([null, 'lawsuit']);
  });
});

test('voiding what others name asks first, and says what names it', async () => {
  const { id } = await program.call('ledger.save', {
    ledger: 'committee',
    record: { name: '河西调委会', kind: 'village', establishedOn: '2020-01-01' },
  });
  const { id: caseId, version } = await program.save(aMediation().with({ committeeId: id }));
  const form = await formOf(id, {}, null, committee);
  const end = step('active', 'void', committee);
  form.put('voidReason', '重复登记');
  await form.act(end);
  expect(at(form)).toMatchObject({ confirming: null, isBusy: false, failure: { code: 'still-in-use' } });
  await program.save(aMediation().failed('2025-03-02').with({ committeeId: id }), {
    id: caseId,
    baseVersion: version,
  });
  await form.act(end);
  expect(at(form)).toMatchObject({
    isBusy: false,
    confirming: { pointing: [{ ledger: 'mediation', total: 1 }] },
  });
  await form.confirm(true);
  expect(at(form)).toMatchObject({ failure: null, whole: { state: 'voided' } });
});

test('what a new case comes from was changed meanwhile: said once, then saved knowingly', async () => {
  const record = { name: '两家争地埂', foundOn: '2025-06-20', kind: '07' };
  const seen = await program.call('ledger.save', { ledger: 'finding', record });
  const origin = { id: seen.id, action: 'toCase', title: seen.title, baseVersion: seen.version };
  const content = {
    kind: '07',
    summary: '争地埂。',
    parties: [{ side: 'applicant', type: 'natural', name: '孟庆' }],
  };
  const form = await formOf(null, { begins: { from: 'origin', content, origin } });
  form.removeRow('parties', 1);
  await program.call('ledger.save', {
    ledger: 'finding',
    id: seen.id,
    baseVersion: seen.version,
    record: { ...record, responsible: '白露' },
  });
  await form.save('stay');
  expect(at(form)).toMatchObject({ id: null, isBusy: false, failure: { code: 'record-changed' } });
  await form.save('stay');
  expect(at(form)).toMatchObject({ failure: null, origin: null, notice: 'saved' });
  expect(await stored(seen.id)).toMatchObject({ caseId: at(form).id, responsible: '白露' });
});

test('a form is not shut for good where the other’s record cannot be read', async () => {
  const { id, version } = await program.save(aMediation());
  const form = await formOf(id);
  form.put('remark', '我写的');
  await program.save(aMediation().with({ remark: '别人写的' }), { id, baseVersion: version });
  deaf = ['ledger.get'];
  await form.save('stay');
  expect(at(form)).toMatchObject({ isBusy: false, theirs: null, failure: { code: 'record-changed' } });
  deaf = [];
  await form.save('stay');
  expect(at(form).theirs?.record.remark).toBe('别人写的');
});
