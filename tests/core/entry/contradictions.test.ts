// What cannot be so is refused, what is only unusual is kept and said.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '#core/db/sql.ts';
import type { FieldProblems } from '#shared/api/errors.ts';
import { mediation } from '#shared/ledgers/mediation.ts';
import { problemTextAt } from '#shared/text/problems.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
let committees: Record<'first' | 'second', string>;
let mediators: Record<'first' | 'second', string>;

const save = (ledger: string, record: Record<string, unknown>, more = {}) =>
  program.call('ledger.save', { ledger, record, ...more });

beforeAll(async () => {
  program = await aProgram();
  const committee = (name: string, shortName: string) =>
    save('committee', { name, shortName, kind: 'village', establishedOn: '2024-01-10' });
  const mediator = (name: string, committeeId: string) =>
    save('mediator', { name, committeeId, appointedOn: '2024-02-01' });
  const [first, second] = [await committee('红光村调委会', '红光'), await committee('青山村调委会', '青山')];
  committees = { first: first.id, second: second.id };
  const of = [await mediator('甘棠', first.id), await mediator('召南', second.id)];
  mediators = { first: of[0]?.id ?? '', second: of[1]?.id ?? '' };
});
afterAll(() => program.close());

const agreement = () => aMediation().agreed('2025-03-10');
const refused = async (record: Record<string, unknown>): Promise<FieldProblems> =>
  (await program.refused('ledger.save', { ledger: 'mediation', record })).fields ?? {};
const warned = async (record: Record<string, unknown>) => (await program.save(record)).warnings;

describe('judicial confirmation', () => {
  const applied = (confirmationAppliedOn: string, more = {}) =>
    agreement()
      .with({ aftermath: 'confirmation', confirmationAppliedOn, ...more })
      .record();

  test('counts its thirty days from the conclusion where the day of effect is not known', async () => {
    expect(await warned(applied('2025-04-09'))).toEqual({});
    expect(await warned(applied('2025-04-10'))).toMatchObject({
      confirmationAppliedOn: {
        problem: 'late',
        other: 'concludedOn',
        day: '2025-03-10',
        until: '2025-04-09',
      },
    });
    expect(await warned(applied('2025-04-10', { effectiveOn: '2025-03-11' }))).toEqual({});
  });

  test('is not applied for before there is an agreement', async () => {
    expect(await refused(applied('2025-03-09'))).toEqual({
      confirmationAppliedOn: { problem: 'before', other: 'concludedOn', day: '2025-03-10' },
    });
  });
});

describe('acceptance', () => {
  test('a case with a number is no application again', async () => {
    const { id, version, record } = await program.save(aMediation());
    const again = aMediation().with({ acceptance: 'declined', declineReason: 'handled' }).record();
    const failure = await program.refused('ledger.save', {
      ledger: 'mediation',
      id,
      baseVersion: version,
      record: again,
    });
    expect(failure.fields).toEqual({ acceptance: { problem: 'excluded', other: 'caseNo' } });
    expect(record.caseNo).toBeTruthy();
  });

  test.each(['pending', 'declined'])('%s has no outcome', async (acceptance) => {
    const record = agreement().with({ acceptance, declineReason: 'handled' }).record();
    expect(await refused(record)).toEqual({ acceptance: { problem: 'excluded', other: 'outcome' } });
  });

  test.each(['pending', 'declined'])('%s needs the day of application only', async (acceptance) => {
    const { acceptedOn: _none, ...bare } = aMediation().record();
    const waiting = { ...bare, acceptance, declineReason: 'handled' };
    expect(await refused(waiting)).toEqual({ appliedOn: { problem: 'required' } });
    const saved = await program.save({ ...waiting, appliedOn: '2025-06-01' });
    expect(saved.record).toMatchObject({ appliedOn: '2025-06-01', acceptance });
    expect(saved.record.caseNo).toBeUndefined();
    const { id } = saved;
    const taken = await program.call('ledger.act', { id, action: 'accept', record: {} });
    expect(taken.record).toMatchObject({ appliedOn: '2025-06-01', acceptedOn: '2025-06-30' });
    expect(taken.record.caseNo).toBeTruthy();
  });

  test('a case that is taken on needs its day', async () => {
    const { acceptedOn: _none, ...bare } = aMediation().record();
    expect(await refused(bare)).toEqual({ acceptedOn: { problem: 'required' } });
    expect(await refused({ ...bare, acceptance: 'accepted', appliedOn: '2025-06-01' })).toEqual({
      acceptedOn: { problem: 'required' },
    });
  });
});

describe('what a step says', () => {
  test('stands nowhere before the step is taken', async () => {
    const record = agreement().with({ archivedOn: '2025-06-01', voidReason: '录错' }).record();
    const fields = await refused(record);
    expect(fields).toEqual({
      archivedOn: { problem: 'of-step', step: '归档' },
      voidReason: { problem: 'of-step', step: '作废' },
    });
    expect(fields.archivedOn && problemTextAt(mediation, 'archivedOn', fields.archivedOn)).toContain(
      '按“归档”办理',
    );
  });
});

describe('days of an agreement', () => {
  test('the term lies after the case came in', async () => {
    expect(await refused(agreement().with({ performBy: '2025-02-01' }).record())).toEqual({
      performBy: { problem: 'before', other: 'acceptedOn', day: '2025-03-01' },
    });
  });

  test.each([
    [{ performedOn: '2025-03-05' }, { performedOn: { problem: 'early', other: 'concludedOn' } }],
    [
      { effectiveOn: '2025-04-10' },
      { effectiveOn: { problem: 'late', other: 'concludedOn', until: '2025-04-09' } },
    ],
    [
      { extendedTo: '2025-05-01', extensionAgreedOn: '2025-04-02' },
      { extensionAgreedOn: { problem: 'late', other: 'acceptedOn', until: '2025-04-01' } },
    ],
    [{ performance: 'performed', aftermath: 'enforcement' }, { aftermath: { problem: 'unusual' } }],
  ])('%o is kept and said', async (values, warnings) => {
    expect(await warned(agreement().with(values).record())).toMatchObject(warnings);
  });

  test.each([
    { performedOn: '2025-03-10' },
    { effectiveOn: '2025-04-09' },
    { extendedTo: '2025-05-01', extensionAgreedOn: '2025-04-01' },
    { performance: 'performed', aftermath: 'lawsuit' },
  ])('%o is nothing to say', async (values) => {
    expect(await warned(agreement().with(values).record())).toEqual({});
  });
});

describe('the committee', () => {
  test('did not exist yet', async () => {
    const record = (day: string) =>
      aMediation().accepted(day).with({ committeeId: committees.first }).record();
    expect(await warned(record('2024-01-10'))).toEqual({});
    expect(await warned(record('2024-01-09'))).toEqual({
      acceptedOn: { problem: 'early', other: 'committeeId.establishedOn', day: '2024-01-10' },
    });
  });

  test('has other mediators', async () => {
    const record = (mediatorId: string) =>
      aMediation().with({ committeeId: committees.first, mediatorId }).record();
    expect(await warned(record(mediators.first))).toEqual({});
    const warnings = await warned(record(mediators.second));
    expect(warnings).toEqual({ mediatorId: { problem: 'of-another', other: 'committeeId' } });
  });

  test('has its own mediators first in the list, each with the name of his own', async () => {
    const list = (near: string) =>
      program.call('ledger.choices', { ledger: 'mediator', near: { field: 'committeeId', id: near } });
    expect((await list(committees.first)).map(({ label }) => label)).toEqual(['甘棠', '召南']);
    expect((await list(committees.second)).map(({ label }) => label)).toEqual(['召南', '甘棠']);
    expect((await list(committees.second))[0]?.note).toContain('青山村调委会');
  });

  test('has a short name of its own', async () => {
    const other = { name: '红光二村调委会', shortName: '红光', kind: 'village', establishedOn: '2024-01-10' };
    const { id, version, warnings } = await save('committee', other);
    expect(warnings).toEqual({ shortName: { problem: 'same-as', title: '红光村调委会' } });
    const changed = { ...other, shortName: '红二' };
    expect((await save('committee', changed, { id, baseVersion: version })).warnings).toEqual({});
    const prefix = await program.look((db) =>
      db.value<string>(sql`select value from setting where name = 'casePrefix'`),
    );
    const unit = await save('committee', { ...other, name: '镇调委会', shortName: prefix });
    expect(unit.warnings).toMatchObject({ shortName: { problem: 'same-as' } });
  });
});

describe('a number', () => {
  test('stays when what it was made of changes, which is said', async () => {
    const { id, version, record } = await program.save(aMediation());
    const moved = await program.save(
      aMediation().accepted('2024-12-30').with({ committeeId: committees.first }),
      { id, baseVersion: version },
    );
    expect(moved.record.caseNo).toBe(record.caseNo);
    expect(moved.warnings).toEqual({
      acceptedOn: { problem: 'number-stays', text: record.caseNo },
      committeeId: { problem: 'number-stays', text: record.caseNo },
    });
    const same = aMediation().accepted('2024-12-31').with({ committeeId: committees.first });
    expect((await program.save(same, { id, baseVersion: moved.version })).warnings).toEqual({});
  });

  test('that is sent as if it were typed is not taken, which is said', async () => {
    const { id, version, record, warnings } = await program.save(aMediation().with({ caseNo: '自编第1号' }));
    expect(record.caseNo).not.toBe('自编第1号');
    expect(warnings).toEqual({ caseNo: { problem: 'by-program', text: '自编第1号' } });
    const again = aMediation().with({ caseNo: record.caseNo, remark: '补' });
    expect((await program.save(again, { id, baseVersion: version })).warnings).toEqual({});
  });
});

describe('a name', () => {
  const named = (name: string) => aMediation().withApplicant({ name }).record();

  test.each(['12345', '１２３', '😀😀', '—·—'])('is not %s', async (name) => {
    expect(await refused(named(name))).toMatchObject({ 'parties.0.name': { problem: 'no-name' } });
  });

  test.each(['\u200b\u200b', '\u202e', '\ufffe'])('has something to see (%j)', async (name) => {
    expect(await refused(named(name))).toMatchObject({ 'parties.0.name': { problem: 'required' } });
  });

  test.each([
    ['张\u202e三', '张三'],
    ['李\ufffe四\u0007', '李四'],
    ['王\u2066五\u2069\u200b', '王五'],
    ['阿卜杜拉·买买提', '阿卜杜拉·买买提'],
    ['𠮷田𬮤', '𠮷田𬮤'],
    ['沃野3号农机合作社', '沃野3号农机合作社'],
  ])('%j is kept as %j', async (name, kept) => {
    const { record, warnings } = await program.save(named(name));
    expect((record.parties as Record<string, unknown>[])[0]?.name).toBe(kept);
    expect(warnings).toEqual({});
  });

  test('of one character is kept and said', async () => {
    expect(await warned(named('甲'))).toEqual({ 'parties.0.name': { problem: 'short-name', text: '甲' } });
  });
});

describe('filing', () => {
  const open = () =>
    agreement().with({
      performBy: '2025-09-01',
      performance: 'notDue',
      effectiveOn: '2025-06-20',
      concludedOn: '2025-06-20',
    });
  const archive = (id: string, more = {}) =>
    program.call('ledger.act', { id, action: 'archive', record: { archivedOn: '2025-06-30', ...more } });

  test('names what is still due and is not reminded of any more', async () => {
    const { warnings } = await archive((await program.save(open())).id);
    const warning = warnings['~state'];
    expect(warning).toMatchObject({ problem: 'still-due' });
    const said = warning ? problemTextAt(mediation, '~state', warning) : '';
    expect(said).toContain('协议履行期限（2025-09-01）');
    expect(said).toContain('申请司法确认期限（2025-07-20）');
  });

  test('has nothing to say where all is done', async () => {
    const { id } = await program.save(agreement().with({ performance: 'immediate' }));
    expect((await archive(id)).warnings).toEqual({});
  });

  test('looks at the record as it is typed', async () => {
    const { id } = await program.save(open());
    const due = async (record = {}) =>
      (await program.call('deadline.record', { id, record })).deadlines.map(({ rule }) => rule);
    expect(await due()).toContain('mediation.performance');
    expect(await due({ performance: 'performed', followUpOn: '2025-06-29' })).toEqual([]);
  });
});

test('two persons of one name are told apart on the board', async () => {
  const namesake = (committeeId: string) =>
    save('mediator', { name: '祝同名', committeeId, appointedOn: '2024-02-01' });
  for (const committeeId of [committees.first, committees.second]) {
    const { id: mediatorId } = await namesake(committeeId);
    await program.save(aMediation().with({ committeeId, mediatorId }));
  }
  const { persons } = await program.call('deadline.board', {});
  const names = persons.map(({ name }) => name).filter((name) => name.startsWith('祝同名'));
  expect(names.sort()).toEqual(['祝同名（红光村调委会）', '祝同名（青山村调委会）'].sort());
});
