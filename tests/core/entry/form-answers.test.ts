// The window's form over a real core that answers late, not at all, or from an older ledger: what was typed stays.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { answerAsked, useAsked } from '#renderer/state/asked.ts';
import { createRecordForm, type RecordForm } from '#renderer/state/record-form.ts';
import type { Bureau } from '#shared/api/methods.ts';
import type { Draft } from '#shared/api/types.ts';
import { asDay } from '#shared/domain/day.ts';
import { mediation } from '#shared/ledgers/mediation.ts';
import { stepFor } from '#shared/ledgers/workflow.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program, recordDay } from '#tests/fixtures/program.ts';

let program: Program;
/** Called with every method before the core is asked, and awaited before its answer is given. */
let before: (method: string) => void;
/** Methods that the core carries out and whose answer gets lost. */
let lost: string[];

beforeAll(async () => {
  program = await aProgram();
});
afterAll(async () => {
  await program.close();
  Reflect.deleteProperty(globalThis, 'window');
});
beforeEach(() => {
  before = () => undefined;
  lost = [];
  const bureau: Bureau = {
    invoke: async (method, input) => {
      before(method);
      const answer = await program.ask(method, structuredClone(input));
      // What was typed while the core was asked is in the form before the answer is.
      await new Promise((resolve) => setTimeout(resolve, 5));
      return lost.includes(method)
        ? { ok: false, error: { code: 'thread-lost', params: { method } } }
        : answer;
    },
    listen: () => () => undefined,
  };
  Object.assign(globalThis, { window: { bureau } });
});

/** No draft of one test is written in the next. */
const forms: RecordForm[] = [];
afterEach(async () => {
  lost = [];
  for (const form of forms.splice(0)) await form.discardChanges();
  expect(await program.call('draft.list', {})).toEqual([]);
});

async function formOf(id: string | null, draft: Draft | null = null): Promise<RecordForm> {
  const form = createRecordForm(mediation, id, draft, asDay(recordDay), {});
  form.useCodes({ ...form.store.getState().codes, has: () => true, isReady: true });
  forms.push(form);
  await form.load();
  return form;
}
const at = (form: RecordForm) => form.store.getState();
const stored = async (id: string | null) => (await program.call('ledger.get', { id: id ?? '' })).record;
const step = (state: string, action: string) => {
  const found = stepFor(mediation.workflow, state, action);
  if (!found) throw new Error('no step');
  return found;
};
const once = (method: string, run: () => void) => {
  before = (asked) => {
    if (asked !== method) return;
    before = () => undefined;
    setTimeout(run, 0);
  };
};
const written = (form: RecordForm) => {
  form.put('kind', '02');
  form.put('summary', '院墙排水。');
  form.put('parties.0.side', 'applicant');
  form.put('parties.0.type', 'natural');
  form.put('parties.0.name', '柳春禾');
};

describe('typed while a step is on its way', () => {
  const visited = async () => {
    const { id } = await program.save(aMediation().agreed('2025-03-10'));
    const form = await formOf(id);
    form.put('followUpOn', '2025-03-20');
    form.put('followUpForm', 'visit');
    form.put('satisfaction', 'satisfied');
    return { id, form };
  };

  test('before it is asked for: it goes along', async () => {
    const { id, form } = await visited();
    once('draft.save', () => form.put('remark', '步骤进行中写下'));
    await form.act(step('agreed', 'visit'));
    expect(at(form)).toMatchObject({ failure: null, isBusy: false, isDirty: false });
    expect(at(form).content.remark).toBe('步骤进行中写下');
    expect(await stored(id)).toMatchObject({ remark: '步骤进行中写下', followUpForm: 'visit' });
  });

  test('after it is asked for: it stays on top of the answer', async () => {
    const { id, form } = await visited();
    once('ledger.act', () => form.put('remark', '办理之后写下'));
    await form.act(step('agreed', 'visit'));
    expect(at(form)).toMatchObject({ failure: null, isDirty: true, notice: 'saved-typed' });
    expect(at(form).content.remark).toBe('办理之后写下');
    expect(await stored(id)).not.toHaveProperty('remark');
  });

  test('and what cannot be read holds it up', async () => {
    const { id, form } = await visited();
    once('draft.save', () => form.put('concludedOn', '三月'));
    await form.act(step('agreed', 'visit'));
    expect(at(form)).toMatchObject({ isBusy: false, showsAll: true, content: { concludedOn: '三月' } });
    expect(await stored(id)).not.toHaveProperty('followUpForm');
  });
});

describe('a new record whose answer got lost', () => {
  const unanswered = async () => {
    const form = await formOf(null);
    written(form);
    form.removeRow('parties', 1);
    lost = ['ledger.save'];
    await form.save('stay');
    lost = [];
    expect(at(form)).toMatchObject({ id: null, isBusy: false, failure: { code: 'thread-lost' } });
    form.put('remark', '又写了一段');
    await form.save('stay');
    return form;
  };

  test('is found by its draft, and both are put side by side', async () => {
    const form = await unanswered();
    const { theirs, content } = at(form);
    expect(at(form)).toMatchObject({ isBusy: false, failure: { code: 'record-changed' } });
    expect(theirs?.record).toMatchObject({ summary: '院墙排水。' });
    await form.resolve({ ...content });
    expect(at(form)).toMatchObject({ failure: null, theirs: null, isDirty: false, id: theirs?.id });
    expect(await stored(theirs?.id ?? '')).toMatchObject({ remark: '又写了一段' });
    expect(await program.call('draft.list', {})).toEqual([]);
  });

  test('keeps its draft where the choice is put off', async () => {
    const form = await unanswered();
    form.keepEditing();
    await form.leave();
    const drafts = () => program.call('draft.list', {});
    await expect.poll(drafts).toMatchObject([{ recordId: at(form).id, content: { remark: '又写了一段' } }]);
    const again = await formOf(at(form).id, (await drafts())[0]);
    expect(at(again)).toMatchObject({ isDirty: true, content: { remark: '又写了一段' } });
    await again.save('stay');
    expect(at(again).theirs?.id).toBe(at(form).id);
    await again.resolve(at(again).content);
    expect(at(again)).toMatchObject({ failure: null, isDirty: false });
  });
});

test('a draft whose record a restore took away becomes a record of its own', async () => {
  const { name } = await program.call('system.backup', {});
  program.clock.now = new Date(program.clock.now.getTime() + 5000);
  const { id, version, record } = await program.save(aMediation());
  await program.call('draft.save', {
    id: randomUUID(),
    ledger: 'mediation',
    recordId: id,
    baseVersion: version,
    content: { ...record, remark: '长长的一段' },
  });
  await program.call('program.restore', { backup: name });
  await program.signInAgain();
  const [draft] = await program.call('draft.list', {});
  const form = await formOf(id, draft);
  expect(at(form)).toMatchObject({
    isLoading: false,
    isDirty: true,
    failure: { code: 'record-missing' },
    content: { remark: '长长的一段' },
  });
  await form.saveAsNew();
  expect(at(form)).toMatchObject({ failure: null, isDirty: false, notice: 'saved' });
  expect(at(form).id).not.toBe(id);
  const { caseNo: _given, ...rest } = record;
  expect(await stored(at(form).id)).toMatchObject({ ...rest, remark: '长长的一段' });
  expect(await program.call('draft.list', {})).toEqual([]);
});

describe('names that were masked and are shown', () => {
  const veil = () => program.call('session.veil', {});
  const reveal = () => program.call('session.reveal', { reason: '办理案件' });
  afterEach(reveal);

  test('a draft gone on with meanwhile can be typed on, and saved', async () => {
    const { id, version, record } = await program.save(aMediation());
    const content = { ...record, remark: '写到一半' };
    const draft = { id: randomUUID(), ledger: 'mediation', recordId: id, baseVersion: version, content };
    await program.call('draft.save', draft);
    await veil();
    const form = await formOf(id);
    expect(at(form)).toMatchObject({ isDirty: true, whole: { isVeiled: true } });
    await reveal();
    await form.reread(false);
    expect(at(form).whole?.isVeiled).not.toBe(true);
    expect(at(form).content).toEqual(content);
    await form.save('stay');
    expect(await stored(id)).toMatchObject({ ...record, remark: '写到一半' });
  });

  test('a record that somebody changed meanwhile is shown as it is now', async () => {
    const { id, version } = await program.save(aMediation());
    await veil();
    const form = await formOf(id);
    await reveal();
    await program.save(aMediation().with({ remark: '别人写的' }), { id, baseVersion: version });
    await form.reread(false);
    expect(at(form)).toMatchObject({ isDirty: false, content: { remark: '别人写的' } });
    form.put('place', '村口');
    await form.save('stay');
    expect(await stored(id)).toMatchObject({ remark: '别人写的', place: '村口' });
  });

  test('what a like case lends is never what stands for hidden words', async () => {
    const { id, record } = await program.save(aMediation().with({ recorder: '书记员' }));
    await veil();
    const form = await formOf(null);
    const filling = form.fillFrom(id);
    await expect.poll(() => useAsked.getState().kind).toBe('reveal');
    await reveal();
    answerAsked(true);
    await filling;
    expect(at(form).content).toMatchObject({ recorder: '书记员', kind: record.kind });

    await veil();
    const other = await formOf(null);
    const refused = other.fillFrom(id);
    await expect.poll(() => useAsked.getState().kind).toBe('reveal');
    answerAsked(false);
    await refused;
    expect(at(other)).toMatchObject({ isDirty: false, isCopy: false });
  });
});
