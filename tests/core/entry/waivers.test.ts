import { afterAll, beforeAll, expect, test } from 'vitest';
import { ledgers } from '#shared/ledgers/all.ts';
import { canonicalText } from '#shared/ledgers/content.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { mediation } from '#shared/ledgers/mediation.ts';
import { waiverOf } from '#shared/ledgers/waivers.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
beforeAll(async () => {
  program = await aProgram();
});
afterAll(() => program.close());

const visit = ['followUpOn', 'followUpForm', 'satisfaction'] as const;
const moved = '当事人已迁居外省，无法回访';
const waivers = (...fields: string[]) => fields.map((field) => ({ field, reason: moved }));

test('a step takes 不适用 with a reason for what it asks for, and the record keeps it', async () => {
  const { id } = await program.save(aMediation().agreed());
  const asked = await program.refused('ledger.act', { id, action: 'visit' });
  expect(Object.keys(asked.fields ?? {})).toEqual([...visit]);
  const half = { waivers: waivers('followUpOn', 'followUpForm') };
  const left = await program.refused('ledger.act', { id, action: 'visit', record: half });
  expect(left.fields).toEqual({ satisfaction: { problem: 'required' } });
  const done = await program.call('ledger.act', {
    id,
    action: 'visit',
    record: { waivers: waivers(...visit) },
  });
  expect(done.state).toBe('agreed');
  expect(waiverOf(done.record, 'followUpOn')).toBe(moved);
  expect(waiverOf(done.record, 'performBy')).toBeNull();
  const read = await program.call('ledger.get', { id });
  expect(read.record.waivers).toEqual(waivers(...visit));
  expect(read.versions[0]?.changed).toEqual(['waivers']);
  expect(await program.call('system.verify', {})).toMatchObject({ ok: true });

  // Taken back, and the field filled in instead.
  const { waivers: _gone, ...record } = read.record;
  const saved = await program.save(
    { ...record, followUpOn: '2025-04-01' },
    { id, baseVersion: read.version },
  );
  expect(saved.record).not.toHaveProperty('waivers');
  const again = await program.refused('ledger.act', { id, action: 'visit' });
  expect(Object.keys(again.fields ?? {})).toEqual(['followUpForm', 'satisfaction']);
});

test.each([
  ['a field that may not be waived', waivers('summary'), 'waivers.0.field', 'not-waivable'],
  ['a field that is none', waivers('nonsense'), 'waivers.0.field', 'not-waivable'],
  ['twice', waivers('performBy', 'performBy'), 'waivers.1.field', 'not-waivable'],
  ['beside a value', waivers('amountFen'), 'waivers.0.field', 'waived-filled'],
  ['without a reason', [{ field: 'performBy', reason: ' ' }], 'waivers.0.reason', 'required'],
])('%s is refused', async (_what, rows, path, problem) => {
  const failure = await program.refused('ledger.save', {
    ledger: 'mediation',
    record: { ...aMediation().agreed().record(), waivers: rows },
  });
  expect(failure.fields?.[path]).toMatchObject({ problem });
});

test('what no longer applies goes, as a value would', async () => {
  const saved = await program.save(
    aMediation()
      .failed()
      .with({ waivers: waivers('performBy', 'followUpOn') }),
  );
  expect(saved.record.waivers).toEqual(waivers('followUpOn'));
});

test('a case ends without the reason, but is not filed without it; the reason may be 不适用', async () => {
  const { id } = await program.save(aMediation().failed());
  const archive = (record: Record<string, unknown>) => ({
    id,
    action: 'archive',
    record: { archivedOn: '2025-05-01', ...record },
  });
  const failure = await program.refused('ledger.act', archive({}));
  expect(failure.fields).toEqual({ outcomeReason: { problem: 'required' } });
  const done = await program.call('ledger.act', archive({ waivers: waivers('outcomeReason') }));
  expect(done.state).toBe('archived');
  // Of an agreement its form is asked for, not the reason.
  const agreed = await program.save(aMediation().agreed().with({ agreementForm: null }));
  const asked = await program.refused('ledger.act', { ...archive({}), id: agreed.id });
  expect(asked.fields).toEqual({ agreementForm: { problem: 'required' } });
});

test('a record without declarations has the id that it had before there were any', () => {
  const content = aMediation().record() as never;
  const { waivers: _child, ...children } = mediation.children;
  const before: LedgerSpec = { ...mediation, children };
  const empty = { ...(content as object), waivers: [] } as never;
  expect(canonicalText(mediation, 'u', 'open', empty)).toBe(canonicalText(before, 'u', 'open', content));
});

test.each(ledgers.map((ledger) => [ledger.name, ledger] as const))(
  '%s: only what a record can be saved without may be waived, and only where it is kept',
  (_name, ledger) => {
    const waivable = Object.values(ledger.fields).filter(({ mayWaive }) => mayWaive);
    expect(waivable.filter(({ required }) => required)).toEqual([]);
    if (waivable.length > 0) expect(ledger.children).toHaveProperty('waivers');
  },
);
