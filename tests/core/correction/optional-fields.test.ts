// Optional fields: off until the unit turns them on, and what off means everywhere a field may stand. Nothing that was
// entered is lost by it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { labelsOf } from '#core/documents/register-fields.ts';
import { text } from '#shared/kinds/fields.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { checkRecord } from '#shared/ledgers/check.ts';
import { correction } from '#shared/ledgers/correction/person.ts';
import { asUsed, optionalFieldsOf } from '#shared/ledgers/optional.ts';
import { fieldsOfSteps } from '#shared/ledgers/workflow.ts';
import { errorText } from '#shared/text/errors.ts';
import { problemText } from '#shared/text/problems.ts';
import { aPersonInCorrection } from '#tests/fixtures/correction.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
beforeAll(async () => {
  program = await aProgram({ everyRole: true, isCounty: true });
});
afterAll(() => program.close());

const ledger = 'correction';
const turn = (field: string, isOn: boolean) => program.call('fields.turn', { ledger, field, isOn });
const get = (id: string) => program.call('ledger.get', { id });
let order = 0;
const somebody = (more: Record<string, unknown> = {}) =>
  aPersonInCorrection({ idNumber: makeIdentityNumber('1984-05-06', 2 * ++order), sex: '2', ...more });
const printedList = async () => (await program.call('ledger.print', { ledger })).html;
const basicInfo = async (id: string) => (await program.call('paper.preview', { id, kind: 'basicInfo' })).html;

test('is refused while it is off, in words that say who turns it on, and nothing of it is kept', async () => {
  const before = await program.refused('ledger.save', {
    ledger,
    record: somebody({ employment: 'employed' }),
  });
  expect(before.fields).toEqual({ employment: { problem: 'turned-off' } });
  expect(problemText({ problem: 'turned-off' }, '就业就学情况', String)).toMatch(/本单位没有启用.*代码表/);
  await turn('employment', true);
  await program.call('ledger.save', { ledger, record: somebody({ employment: 'employed' }) });
  await turn('employment', false);
});

test('off, on and off again keeps what was entered; list, filter, print and paper show it only while it is on', async () => {
  await turn('employment', true);
  await turn('heldAt', true);
  const entered = somebody({ employment: 'employed', heldAt: '玉门市看守所' });
  const { id, version } = await program.call('ledger.save', { ledger, record: entered });
  const studies = { ...entered, employment: 'studying' };
  await program.call('ledger.save', { ledger, id, baseVersion: version, record: studies });
  const row = async () =>
    (await program.call('ledger.list', { ledger, limit: 100 })).rows.find((one) => one.id === id);
  const filter = { employment: ['studying'] };
  const seen = async (isOn: boolean) => {
    expect('employment' in ((await row()) ?? {})).toBe(isOn);
    expect((await printedList()).includes('就业就学情况')).toBe(isOn);
    expect((await basicInfo(id)).includes('玉门市看守所')).toBe(isOn);
    expect((await get(id)).record).toMatchObject({ employment: 'studying', heldAt: '玉门市看守所' });
    if (isOn) expect((await program.call('ledger.list', { ledger, filter })).total).toBe(1);
    else {
      const refused = await program.refused('ledger.list', { ledger, filter });
      expect(refused).toMatchObject({ code: 'filter-unknown', params: { field: 'employment' } });
    }
  };
  await seen(true);
  await turn('employment', false);
  await turn('heldAt', false);
  await seen(false);

  // The record goes on as it is: saved whole with what stands in it, and by a step that says nothing of it
  const whole = await get(id);
  const saved = await program.call('ledger.save', {
    ledger,
    id,
    baseVersion: whole.version,
    record: { ...whole.record, phone: '13993700001' },
  });
  expect(saved.warnings).not.toHaveProperty('employment');
  expect((await get(id)).record).toMatchObject({ employment: 'studying', phone: '13993700001' });
  const other = await program.refused('ledger.save', {
    ...{ ledger, id, baseVersion: saved.version },
    record: { ...whole.record, employment: 'employed' },
  });
  expect(other.fields).toEqual({ employment: { problem: 'turned-off' } });

  const changes = (await program.call('ledger.history', { id })).flatMap((one) => one.changes);
  expect(changes).toContainEqual({ path: 'employment', before: '就业', after: '就学' });
  const hash = (await program.call('ledger.list', { ledger })).rows.find((one) => one.id === id)?.version;
  await turn('employment', true);
  await turn('heldAt', true);
  await seen(true);
  expect((await row())?.version).toBe(hash);
  await turn('employment', false);
  await turn('heldAt', false);
});

test('may be emptied while it is off, and what is derived and checked beside it is not hindered by it', async () => {
  await turn('handedOverOn', true);
  const { id, version } = await program.call('ledger.save', {
    ledger,
    record: somebody({ handedOverOn: '2025-02-20' }),
  });
  await turn('handedOverOn', false);
  const { record } = await get(id);
  // 交付执行 before the judgment would be refused where it is shown; what nobody sees stops nobody
  const later = { ...record, decidedOn: '2025-02-22', effectiveOn: '2025-02-25' };
  const saved = await program.call('ledger.save', { ledger, id, baseVersion: version, record: later });
  expect((await get(id)).record).toMatchObject({ handedOverOn: '2025-02-20', decidedOn: '2025-02-22' });
  const { handedOverOn: _gone, ...without } = later as Record<string, unknown>;
  await program.call('ledger.save', { ledger, id, baseVersion: saved.version, record: without });
  expect((await get(id)).record).not.toHaveProperty('handedOverOn');
});

test('only who is in charge turns it, the log says who turned what, and what is not optional cannot be turned', async () => {
  const auditor = await program.signIn('auditor');
  for (const person of [auditor, await program.signIn('clerk')])
    expect((await person.refused('fields.turn', { ledger, field: 'heldAt', isOn: true })).code).toBe(
      'no-right',
    );
  await turn('isRecidivist', true);
  await turn('isRecidivist', false);
  const { entries } = await auditor.call('audit.list', { actions: ['fields.turn'], limit: 2 });
  expect(entries.map(({ said }) => said)).toEqual(['字段：累犯；改为：停用', '字段：累犯；改为：启用']);
  for (const field of ['category', 'none', 'constructor']) {
    const refused = await program.refused('fields.turn', { ledger, field, isOn: false });
    expect(refused.code).toBe('field-not-optional');
    expect(errorText(refused)).toContain('不是可选项目');
  }
  const unknown = await program.refused('fields.turn', { ledger: 'none', field: 'heldAt', isOn: true });
  expect(unknown.code).toBe('ledger-unknown');
});

test('a required one is asked for while it is on, never while it is off', () => {
  const fields = {
    ...correction.fields,
    heldAt: text({ label: '原羁押场所', section: 'papers', max: 60, optional: true, required: true }),
  };
  const spec = { ...correction, fields };
  const problems = (on: readonly string[]) =>
    checkRecord(asUsed(spec, { correction: on }), somebody(), {
      ...{ today: '2025-06-30', hasCode: () => true, hasRecord: () => true },
    }).problems;
  expect(problems(['heldAt'])).toEqual({ heldAt: { problem: 'required' } });
  expect(problems([])).toEqual({});
});

test('an optional field is one of a register itself, which no step, number or search needs', () => {
  const all = ledgers.flatMap((one) => optionalFieldsOf(one).map((name) => [one, name] as const));
  expect(all.length).toBeGreaterThan(5);
  for (const [one, name] of all) {
    const spec = one.fields[name];
    expect([spec?.search, spec?.system, spec?.derived, spec?.when], name).toEqual(Array(4).fill(undefined));
    expect(fieldsOfSteps(one.workflow).has(name), name).toBe(false);
    expect([one.day, one.number?.field, one.calledBy, one.partOf]).not.toContain(name);
    expect(labelsOf(one)).toHaveProperty(name);
  }
  for (const one of ledgers)
    for (const child of Object.values(one.children))
      for (const spec of Object.values(child.fields)) expect(spec).not.toHaveProperty('optional');
});
