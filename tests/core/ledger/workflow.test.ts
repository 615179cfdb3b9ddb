import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ledgers } from '#shared/ledgers/all.ts';
import { mediationWorkflow } from '#shared/ledgers/mediation-workflow.ts';
import { unknownFields } from '#shared/ledgers/workflow.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program, recordDay } from '#tests/fixtures/program.ts';

let program: Program;
beforeAll(async () => {
  program = await aProgram();
});
afterAll(() => program.close());

const act = (id: string, action: string, record?: Record<string, unknown>) =>
  program.call('ledger.act', { id, action, ...(record ? { record } : {}) });

const archived = { archivedOn: '2025-05-01' };
const voided = { voidReason: '重复登记' };
const endedOn = '2025-04-01';
const reason = '双方数额分歧过大';

const saved = (values: Record<string, unknown>) => async () =>
  (await program.save(aMediation().with(values))).id;
const after = (state: string, action: string, record: Record<string, unknown>) => async () =>
  (await act((await reach[state]?.()) ?? '', action, record)).id;

/** A case in each state, reached as an office reaches it. */
const reach: Record<string, () => Promise<string>> = {
  registered: saved({ acceptance: 'pending' }),
  declined: after('registered', 'decline', { declineReason: 'handled' }),
  open: saved({}),
  agreed: async () => (await program.save(aMediation().agreed())).id,
  failed: saved({ outcome: 'failed', concludedOn: endedOn, outcomeReason: reason }),
  withdrawn: saved({ outcome: 'withdrawn', concludedOn: endedOn, outcomeReason: reason }),
  terminated: saved({ outcome: 'terminated', concludedOn: endedOn, outcomeReason: reason }),
  transferred: saved({
    outcome: 'transferred',
    concludedOn: endedOn,
    transferTo: 'court',
    outcomeReason: reason,
  }),
  archived: after('agreed', 'archive', archived),
  voided: after('open', 'void', voided),
};
const filled: Record<string, Record<string, unknown>> = {
  accept: { acceptedOn: '2025-03-02' },
  decline: { declineReason: 'refused' },
  conclude: { outcome: 'failed', concludedOn: endedOn, outcomeReason: reason },
  extend: { extendedTo: '2025-05-01', extensionAgreedOn: endedOn },
  perform: { performance: 'performed', performedOn: endedOn },
  applyConfirmation: { confirmationAppliedOn: endedOn, courtName: '某县人民法院' },
  recordRuling: { aftermath: 'lawsuit', courtName: '某县人民法院', courtResult: 'upheld', ruledOn: endedOn },
  visit: { followUpOn: endedOn, followUpForm: 'phone', satisfaction: 'satisfied' },
  archive: archived,
  void: voided,
};
const ended = { archive: 'archived', void: 'voided' };
/** What the office may do, written out by hand. */
const allowed: Record<string, Record<string, string>> = {
  registered: { accept: 'open', decline: 'declined', void: 'voided' },
  declined: { reconsider: 'registered', accept: 'open', void: 'voided' },
  open: { conclude: 'failed', extend: 'open', void: 'voided' },
  agreed: {
    perform: 'agreed',
    applyConfirmation: 'agreed',
    recordRuling: 'agreed',
    visit: 'agreed',
    ...ended,
  },
  failed: { visit: 'failed', ...ended },
  withdrawn: { visit: 'withdrawn', ...ended },
  terminated: { visit: 'terminated', ...ended },
  transferred: { visit: 'transferred', ...ended },
  archived: { reopen: 'agreed', void: 'voided' },
  voided: {},
};
const actions = [...new Set(mediationWorkflow.steps.map(({ action }) => action)), 'nonsense'];

test('the table above knows every state', () => {
  expect(Object.keys(allowed)).toEqual(Object.keys(mediationWorkflow.states));
  expect(Object.keys(reach)).toEqual(Object.keys(allowed));
});

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
  const id = (await reach.agreed?.()) ?? '';
  const failure = await program.refused('ledger.act', { id, action: 'archive' });
  expect(failure).toMatchObject({ code: 'record-invalid', fields: { archivedOn: { problem: 'required' } } });
  const early = await program.refused('ledger.act', {
    id,
    action: 'archive',
    record: { archivedOn: '2025-02-01' },
  });
  expect(early.fields).toMatchObject({ archivedOn: { problem: 'before' } });
});

test.each(['oral', 'written'])(
  'an agreement (%s) is filed with its content, 人民调解法 art. 28',
  async (agreementForm) => {
    const { id } = await program.save(aMediation().agreed().with({ agreementForm, agreementText: null }));
    const refused = await program.refused('ledger.act', { id, action: 'archive', record: archived });
    expect(refused).toMatchObject({
      code: 'record-invalid',
      fields: { agreementText: { problem: 'required' } },
    });
    expect((await program.call('ledger.get', { id })).state).toBe('agreed');
    expect((await act(id, 'archive', { ...archived, agreementText: '双方和好。' })).state).toBe('archived');
  },
);

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
  expect(agreed.state).toBe('agreed');
  const failed = await program.save(aMediation().failed(), { id: first.id, baseVersion: agreed.version });
  expect(failed.state).toBe('failed');
  const open = await program.save(aMediation(), { id: first.id, baseVersion: failed.version });
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

test('an application that waits has no number and counts nowhere; taken on, it gets its number', async () => {
  const id = (await reach.registered?.()) ?? '';
  const waiting = await program.call('ledger.get', { id });
  expect(waiting.record.caseNo ?? null).toBeNull();
  const figure = async () =>
    (await program.call('indicator.list', { year: 2025 })).figures.find(
      ({ code }) => code === 'mediation.cases',
    )?.value ?? 0;
  const before = await figure();
  const accepted = await act(id, 'accept', filled.accept);
  expect(accepted.record.caseNo).toMatch(/人调字第\d+号$/);
  expect(await figure()).toBe(before + 1);
});

test('a refused application says why, and can still be taken on', async () => {
  const failure = await program.refused('ledger.save', {
    ledger: 'mediation',
    record: aMediation().with({ acceptance: 'declined' }).record(),
  });
  expect(failure.fields).toMatchObject({ declineReason: { problem: 'required' } });
  const id = (await reach.declined?.()) ?? '';
  const accepted = await act(id, 'accept', filled.accept);
  expect(accepted.record).not.toHaveProperty('declineReason');
  expect(accepted.record.acceptance).toBe('accepted');
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
      // One the program takes by itself would be taken for ever.
      if (step.auto) expect(step.from).not.toContain(step.to);
    }
  },
);

test('an application that is voided before it was taken on never gets a number', async () => {
  const id = (await reach.registered?.()) ?? '';
  const made = await act(id, 'void', voided);
  expect([made.state, made.record.caseNo ?? null]).toEqual(['voided', null]);
});

test('taken on later, an application has the day on which that happened, and keeps the day on which it came', async () => {
  const { id } = await program.save(aMediation().accepted('2024-12-30').with({ acceptance: 'pending' }));
  const made = await act(id, 'accept');
  expect(made.record).toMatchObject({ acceptedOn: recordDay, appliedOn: '2024-12-30' });
  expect(made.record.caseNo).toMatch(/^（2025）/);
  const other = await program.save(aMediation().accepted('2025-01-02').with({ acceptance: 'pending' }));
  const given = await act(other.id, 'accept', { acceptedOn: '2025-01-05' });
  expect(given.record).toMatchObject({ acceptedOn: '2025-01-05', appliedOn: '2025-01-02' });
});

test('what was taken on is never an application again, and goes on counting', async () => {
  for (const acceptance of ['pending', 'declined']) {
    const { id, version, record: before } = await program.save(aMediation().agreed());
    const declineReason = acceptance === 'declined' ? { declineReason: 'refused' } : {};
    const failure = await program.refused('ledger.save', {
      ledger: 'mediation',
      id,
      baseVersion: version,
      record: { ...before, acceptance, ...declineReason },
    });
    expect(failure.fields).toEqual({ acceptance: { problem: 'excluded', other: 'caseNo' } });
    expect((await act(id, 'visit', filled.visit)).state).toBe('agreed');
  }
});

test('a day taken by a clock that ran ahead does not keep the record from being voided', async () => {
  program.clock.now = new Date('2035-06-30T02:00:00Z');
  const { id } = await program.save(aMediation().accepted('2035-06-30'));
  program.clock.now = new Date(`${recordDay}T02:00:00Z`);
  expect((await act(id, 'void', voided)).state).toBe('voided');
  expect((await program.call('system.verify', {})).findings).toEqual([]);
});
