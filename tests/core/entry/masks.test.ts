// Masks stand for words that somebody is not shown. They never come back over those words: not by a form whose rows
// were moved, not by a draft, not by a call.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { useProgram } from '#renderer/state/program.ts';
import { createRecordForm, type RecordForm } from '#renderer/state/record-form.ts';
import type { Bureau } from '#shared/api/methods.ts';
import type { RecordContent } from '#shared/api/types.ts';
import { asDay } from '#shared/domain/day.ts';
import { mediation } from '#shared/ledgers/mediation.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program, recordDay } from '#tests/fixtures/program.ts';

let program: Program;
let asked: string[] = [];

beforeAll(async () => {
  program = await aProgram();
});
afterAll(async () => {
  await program.close();
  useProgram.setState({ state: null });
  Reflect.deleteProperty(globalThis, 'window');
});
beforeEach(async () => {
  await reveal();
  asked = [];
  useProgram.setState({ state: null });
  const bureau: Bureau = {
    invoke: async (method, input) => {
      asked.push(method);
      return program.ask(method, structuredClone(input));
    },
    listen: () => () => undefined,
  };
  Object.assign(globalThis, { window: { bureau } });
});

const veil = () => program.call('session.veil', {});
const reveal = () => program.call('session.reveal', { reason: '办理案件' });
const parties = [
  { side: 'applicant', type: 'natural', name: '欧阳建国' },
  { side: 'respondent', type: 'natural', name: '边小舟' },
];
const aCase = () => aMediation().with({ summary: '院墙排水争执。', parties, remark: '欧阳建国来电。' });
const get = (id: string) => program.call('ledger.get', { id });
const at = (form: RecordForm) => form.store.getState();

/** The record as it stands, and as somebody is shown it who has given no reason. */
async function bothOf(id: string): Promise<{ whole: RecordContent; masked: RecordContent }> {
  const { record: whole } = await get(id);
  await veil();
  const { record: masked } = await get(id);
  await reveal();
  expect(JSON.stringify(masked)).not.toContain('欧阳建国');
  return { whole, masked };
}

async function formOf(id: string): Promise<RecordForm> {
  const form = createRecordForm(mediation, id, null, asDay(recordDay), {});
  form.useCodes({ ...form.store.getState().codes, has: () => true, isReady: true });
  await form.load();
  return form;
}

describe('the core', () => {
  test('refuses a save under masks, whatever is in it', async () => {
    const { id, version, record } = await program.save(aCase());
    await veil();
    const input = { ledger: 'mediation', id, baseVersion: version, record };
    expect(await program.refused('ledger.save', input)).toMatchObject({ code: 'veiled' });
  });

  test('refuses masks in a save, a step and a draft, naming the fields; rows may have moved', async () => {
    const { id, version } = await program.save(aCase());
    const { whole, masked } = await bothOf(id);
    const [first, second] = masked.parties as RecordContent[];
    const moved = { ...whole, parties: [second, { ...first, name: '欧阳建军' }] } as RecordContent;
    const fields = { 'parties.0.name': { problem: 'masked' } };
    const base = { id, baseVersion: version };
    const refused = { code: 'record-invalid', fields };
    expect(
      await program.refused('ledger.save', { ledger: 'mediation', ...base, record: moved }),
    ).toMatchObject(refused);
    expect(
      await program.refused('ledger.act', {
        ...base,
        action: 'void',
        record: { parties: moved.parties },
      } as never),
    ).toMatchObject(refused);
    const draft = { id: randomUUID(), ledger: 'mediation', recordId: id, baseVersion: version };
    expect(await program.refused('draft.save', { ...draft, content: masked })).toMatchObject({
      code: 'record-invalid',
      fields: {
        ...Object.fromEntries(['summary', 'parties.0.name'].map((path) => [path, { problem: 'masked' }])),
      },
    });
    expect((await get(id)).record).toEqual(whole);
    expect(await program.call('draft.list', {})).toEqual([]);
  });

  test('offers no draft of masks that an earlier version kept', async () => {
    const id = randomUUID();
    const masked = aCase()
      .with({ parties: [{ ...parties[0], name: '欧***' }, parties[1]] })
      .record();
    await program.call('draft.save', { id, ledger: 'mediation', content: masked });
    await program.save(aCase(), { id });
    expect(await program.call('draft.list', {})).toEqual([]);
  });

  test('takes stars that the record itself has, and those that are no mask of it', async () => {
    const starred = [{ ...parties[0], name: '欧***' }, parties[1]];
    const { id, version, record } = await program.save(aCase().with({ parties: starred }));
    const next = { ...record, summary: '每户赔付 3*200 元。' };
    await program.call('draft.save', { id: randomUUID(), ledger: 'mediation', recordId: id, content: next });
    for (const { id: draft } of await program.call('draft.list', {}))
      await program.call('draft.discard', { id: draft });
    await program.call('ledger.save', { ledger: 'mediation', id, baseVersion: version, record: next });
    expect((await get(id)).record).toMatchObject({ parties: [{ name: '欧***' }, {}], summary: next.summary });
  });
});

describe('the form', () => {
  test('of a masked record stays as it is, keeps no draft, and shows the record when masks are lifted', async () => {
    const { id } = await program.save(aCase());
    const { whole } = await bothOf(id);
    await veil();
    const form = await formOf(id);
    const before = at(form).content;
    form.moveRow('parties', 0, 1);
    form.addRow('parties');
    expect(form.removeRow('parties', 1)).toBe(false);
    form.put('remark', '改');
    form.touch('remark');
    await form.keepPlace();
    expect(at(form)).toMatchObject({ content: before, isDirty: false });
    expect(asked).not.toContain('draft.save');
    // As an earlier version of the program left it
    form.store.setState({ isDirty: true, content: { ...before, remark: '改' } });
    await reveal();
    await form.reread(false);
    expect(at(form)).toMatchObject({ isDirty: false, content: whole });
    await form.save('stay');
    expect((await get(id)).record).toEqual(whole);
  });

  test('of an account that only reads stays as it is, and asks for no drafts', async () => {
    const { id } = await program.save(aCase());
    const state = await program.call('program.state', {});
    if (state.state.is !== 'open') throw new Error('not open');
    const { session } = state.state;
    const methods = session.reach.methods.filter((name) => !/^draft\.|^ledger\.(save|act)$/.test(name));
    const reader = { ...session, reach: { ...session.reach, methods } };
    useProgram.setState({ state: { ...state, state: { ...state.state, session: reader } } });
    const form = await formOf(id);
    const before = at(form).content;
    form.moveRow('parties', 0, 1);
    form.addRow('parties');
    form.put('remark', '改');
    form.touch('remark');
    await form.keepPlace();
    expect(at(form)).toMatchObject({ content: before, isDirty: false });
    expect(asked.filter((method) => method.startsWith('draft.'))).toEqual([]);
  });
});
