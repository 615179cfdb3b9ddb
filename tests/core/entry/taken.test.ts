// What the form writes by itself: data of a person who was taken over, and what an identity number says.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createRecordForm, type RecordForm } from '#renderer/state/record-form.ts';
import { isRenamed, stillTaken, takenIn } from '#renderer/state/record-taken.ts';
import type { Bureau } from '#shared/api/methods.ts';
import { asDay } from '#shared/domain/day.ts';
import { mediation } from '#shared/ledgers/mediation.ts';
import { fieldsFrom, personSpecOf } from '#shared/ledgers/persons.ts';
import { stepFor } from '#shared/ledgers/workflow.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program, recordDay } from '#tests/fixtures/program.ts';

let program: Program;
const man = makeIdentityNumber('1980-02-03', 1);
const woman = makeIdentityNumber('1975-06-07', 2);

beforeAll(async () => {
  program = await aProgram();
  const known = { name: '范文芳', idNumber: woman, phone: '16401230001', address: '东坝镇二村' };
  await program.save(aMediation().withApplicant(known));
});
afterAll(() => program.close());
beforeEach(() => {
  const bureau: Bureau = {
    invoke: (method, input) => program.ask(method, structuredClone(input)),
    listen: () => () => undefined,
  };
  Object.assign(globalThis, { window: { bureau } });
});
afterEach(() => {
  Reflect.deleteProperty(globalThis, 'window');
});

async function begun(): Promise<RecordForm> {
  const form = createRecordForm(mediation, null, null, asDay(recordDay));
  form.useCodes({ ...form.store.getState().codes, has: () => true, isReady: true });
  await form.load();
  form.put('parties.0.type', 'natural');
  return form;
}
const rowOf = (form: RecordForm, index = 0) =>
  (form.store.getState().content.parties as Record<string, unknown>[])[index] ?? {};
const spec = personSpecOf(mediation, 'parties');
if (!spec) throw new Error('parties are persons');

async function taken(name = 'fwf'): Promise<RecordForm> {
  const form = await begun();
  form.put('parties.0.name', name);
  const { same, matches } = await program.call('person.match', { values: { name: '范文芳' } });
  const match = same ?? matches[0];
  if (!match) throw new Error('nobody known');
  const values = await program.call('person.take', { key: match.key });
  const place = { child: 'parties', index: 0, spec: spec as NonNullable<typeof spec> };
  form.takePerson(place, fieldsFrom(place.spec, values), match);
  return form;
}
const renamed = (form: RecordForm) =>
  isRenamed(form.store.getState(), 'parties', 0, spec as NonNullable<typeof spec>);

describe("a person's data", () => {
  test('are known as that person’s, and go with him when another name is typed', async () => {
    const form = await taken();
    expect(rowOf(form)).toMatchObject({ name: '范文芳', idNumber: woman, sex: '2', phone: '16401230001' });
    expect(renamed(form)).toBe(false);
    form.put('parties.0.position', '教师');
    form.put('parties.0.phone', '16401239999');
    form.put('parties.0.name', '范文秀');
    expect(renamed(form)).toBe(true);
    expect(stillTaken(form.store.getState(), 'parties', 0)).toContain('idNumber');
    form.clearTaken('parties', 0);
    const { idNumber, sex, birthOn, address, ...rest } = rowOf(form);
    expect([idNumber, sex, birthOn, address]).toEqual([null, null, null, null]);
    expect(rest).toMatchObject({ name: '范文秀', position: '教师', phone: '16401239999' });
    expect(takenIn(form.store.getState(), 'parties', 0)).toBeNull();
  });

  test('stay where the clerk says so, and where they were his own before', async () => {
    const form = await taken('范文方');
    expect(renamed(form)).toBe(false);
    form.put('parties.0.name', '范文秀');
    form.keepTaken('parties', 0);
    expect(renamed(form)).toBe(false);
    expect(rowOf(form).idNumber).toBe(woman);
  });

  test('are still known as his after a look at something else, in whatever row they stand', async () => {
    const form = await taken();
    form.addRow('parties');
    form.moveRow('parties', 0, 1);
    const { draft } = await form.keepPlace();
    expect(draft).not.toBeNull();
    const again = createRecordForm(mediation, null, draft, asDay(recordDay));
    again.put('parties.1.name', '范文秀');
    expect(stillTaken(again.store.getState(), 'parties', 1)).toContain('idNumber');
    expect(takenIn(again.store.getState(), 'parties', 0)).toBeNull();
  });
});

describe('what an identity number says', () => {
  test('follows the number when that is corrected or emptied', async () => {
    const form = await begun();
    form.put('parties.0.idNumber', man);
    expect(rowOf(form)).toMatchObject({ sex: '1', birthOn: '1980-02-03' });
    form.put('parties.0.idNumber', woman.slice(0, 17));
    expect([rowOf(form).sex, rowOf(form).birthOn]).toEqual([null, null]);
    form.put('parties.0.idNumber', woman);
    expect(rowOf(form)).toMatchObject({ sex: '2', birthOn: '1975-06-07' });
    form.put('parties.0.idNumber', null);
    expect([rowOf(form).sex, rowOf(form).birthOn]).toEqual([null, null]);
  });

  test('leaves what was typed by hand, even where both said the same', async () => {
    const form = await begun();
    form.put('parties.0.sex', '1');
    form.put('parties.0.idNumber', man);
    form.put('parties.0.idNumber', woman);
    expect(rowOf(form)).toMatchObject({ sex: '1', birthOn: '1975-06-07' });
    form.put('parties.0.idNumber', null);
    expect(rowOf(form).sex).toBe('1');
  });

  test('is not said of the party by the number of its agent', async () => {
    const form = await begun();
    form.put('parties.0.agentIdNumber', man);
    expect(rowOf(form).sex).toBeUndefined();
  });

  test('is nothing once the party is an organisation', async () => {
    const record = aMediation().withApplicant({ idNumber: woman, name: '某公司', type: 'legal' }).record();
    const warnings = await program.call('person.warnings', { ledger: 'mediation', record });
    expect(warnings).toEqual([]);
    const natural = aMediation().withApplicant({ idNumber: woman, name: '某人', side: 'respondent' });
    const others = await program.call('person.warnings', {
      ledger: 'mediation',
      record: natural.record(),
    });
    expect(others.map(({ kind }) => kind)).toContain('otherSide');
  });
});

test('a case is filed over open deadlines only after a question', async () => {
  const { id } = await program.save(
    aMediation().agreed('2025-06-20').with({ performBy: '2025-09-01', performance: 'notDue' }),
  );
  const form = createRecordForm(mediation, id, null, asDay(recordDay));
  form.useCodes({ ...form.store.getState().codes, has: () => true });
  await form.load();
  form.put('archivedOn', recordDay);
  const step = stepFor(mediation.workflow, 'agreed', 'archive');
  if (!step) throw new Error('no step');
  await form.act(step);
  const { confirming, whole } = form.store.getState();
  expect(confirming?.due.map(({ what }) => what)).toContain('协议履行期限');
  expect(whole?.state).toBe('agreed');
  await form.confirm(true);
  expect(form.store.getState().whole?.state).toBe('archived');
});
