import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ledgers } from '#shared/ledgers/all.ts';
import { unknownFields } from '#shared/ledgers/workflow.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
beforeAll(async () => {
  program = await aProgram();
});
afterAll(() => program.close());

const act = (id: string, action: string, record?: Record<string, unknown>) =>
  program.call('ledger.act', { id, action, ...(record ? { record } : {}) });

const archived = { archivedOn: '2025-05-01' };
const voided = { voidReason: '重复登记' };

/** A case in each state, reached as an office reaches it. */
const reach: Record<string, () => Promise<string>> = {
  open: async () => (await program.save(aMediation())).id,
  concluded: async () => (await program.save(aMediation().agreed())).id,
  archived: async () => {
    const id = await reach.concluded?.();
    return (await act(id ?? '', 'archive', archived)).id;
  },
  voided: async () => {
    const id = await reach.open?.();
    return (await act(id ?? '', 'void', voided)).id;
  },
};
const filled: Record<string, Record<string, unknown>> = {
  conclude: { outcome: 'failed', concludedOn: '2025-04-01' },
  archive: archived,
  void: voided,
};
/** What the office may do, written out by hand. */
const allowed: Record<string, Record<string, string>> = {
  open: { conclude: 'concluded', void: 'voided' },
  concluded: { archive: 'archived', void: 'voided' },
  archived: { reopen: 'concluded', void: 'voided' },
  voided: {},
};
const actions = ['conclude', 'archive', 'reopen', 'void', 'settleConcluded', 'settleOpen', 'nonsense'];

describe.each(Object.keys(allowed))('a case that is %s', (state) => {
  test.each(actions)('%s', async (action) => {
    const id = (await reach[state]?.()) ?? '';
    const before = await program.call('ledger.get', { id });
    expect(before.state).toBe(state);
    expect(before.actions.sort()).toEqual(Object.keys(allowed[state] ?? {}).sort());
    const to = allowed[state]?.[action];
    if (to === undefined) {
      const failure = await program.refused('ledger.act', { id, action, record: filled[action] ?? {} });
      expect(failure).toMatchObject({ code: 'action-not-allowed', params: { action, state } });
      expect((await program.call('ledger.get', { id })).version).toBe(before.version);
    } else {
      expect((await act(id, action, filled[action])).state).toBe(to);
    }
  });
});

test('a step asks for what it needs', async () => {
  const id = (await reach.concluded?.()) ?? '';
  const failure = await program.refused('ledger.act', { id, action: 'archive' });
  expect(failure).toMatchObject({ code: 'record-invalid', fields: { archivedOn: { problem: 'required' } } });
  const early = await program.refused('ledger.act', {
    id,
    action: 'archive',
    record: { archivedOn: '2025-02-01' },
  });
  expect(early.fields).toMatchObject({ archivedOn: { problem: 'before' } });
});

test('a step out of a closed state takes what it asks for and nothing else', async () => {
  const id = (await reach.archived?.()) ?? '';
  const failure = await program.refused('ledger.act', {
    id,
    action: 'void',
    record: { ...voided, summary: '改写归档的经过' },
  });
  expect(failure).toMatchObject({ code: 'record-invalid', fields: { summary: { problem: 'closed' } } });
  expect((await act(id, 'void', voided)).state).toBe('voided');
});

test('a result concludes a case by itself, and taking it away opens it again', async () => {
  const first = await program.save(aMediation());
  const agreed = await program.save(aMediation().agreed(), { id: first.id, baseVersion: first.version });
  expect(agreed.state).toBe('concluded');
  const open = await program.save(aMediation(), { id: first.id, baseVersion: agreed.version });
  expect(open.state).toBe('open');
});

test('an archived or voided case cannot be edited; taking the archive back empties its day', async () => {
  for (const state of ['archived', 'voided']) {
    const id = (await reach[state]?.()) ?? '';
    const failure = await program.refused('ledger.save', {
      ledger: 'mediation',
      id,
      record: aMediation().record(),
    });
    expect(failure).toMatchObject({ code: 'action-not-allowed', params: { action: 'edit', state } });
  }
  const id = (await reach.archived?.()) ?? '';
  expect((await act(id, 'reopen')).record).not.toHaveProperty('archivedOn');
});

test('a voided case keeps its number', async () => {
  const id = (await reach.voided?.()) ?? '';
  const { record } = await program.call('ledger.get', { id });
  expect(record.caseNo).toMatch(/^（2025）东坝人调字第\d+号$/);
  const next = await program.save(aMediation());
  expect(next.record.caseNo).not.toBe(record.caseNo);
});

test('a step on top of another version is refused', async () => {
  const first = await program.save(aMediation());
  await program.save(aMediation().with({ remark: '改' }), { id: first.id, baseVersion: first.version });
  const failure = await program.refused('ledger.act', {
    id: first.id,
    action: 'void',
    baseVersion: first.version,
    record: voided,
  });
  expect(failure.code).toBe('record-changed');
});

test.each(ledgers.map((ledger) => [ledger.name, ledger] as const))(
  '%s: the workflow names only fields and states that are there',
  (_name, ledger) => {
    expect(unknownFields(ledger.workflow, ledger.fields)).toEqual([]);
    const states = Object.keys(ledger.workflow.states);
    expect(states).toContain(ledger.workflow.initial);
    for (const step of ledger.workflow.steps) {
      expect(states).toEqual(expect.arrayContaining([...step.from, step.to]));
      expect(step.from).not.toContain(step.to);
    }
  },
);
