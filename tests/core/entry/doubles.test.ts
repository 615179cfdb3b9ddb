// What becomes of a finding whose case is voided; what is entered twice, or is over by the day it is chosen for.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mediation } from '#shared/ledgers/mediation.ts';
import { problemTextAt } from '#shared/text/problems.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
beforeAll(async () => {
  program = await aProgram({ everyRole: true });
});
afterAll(() => program.close());

const save = (ledger: string, record: Record<string, unknown>) =>
  program.call('ledger.save', { ledger, record });
const voiding = (id: string) => ({ id, action: 'void', record: { voidReason: '重复登记' } });

test('a finding that was turned into a voided case is named, and can be tracked again', async () => {
  const made = await program.save(aMediation());
  const found = { name: '争水渠', foundOn: '2025-02-01', handling: 'accepted', settledOn: '2025-03-01' };
  const finding = await save('finding', { ...found, caseId: made.id });
  expect(finding.state).toBe('accepted');
  const { warnings } = await program.call('ledger.act', voiding(made.id));
  const said = { problem: 'pointed-at', count: 1, capped: false, turned: '争水渠' } as const;
  expect(warnings).toEqual({ '~state': said });
  expect(problemTextAt(mediation, '~state', said)).toMatch(/“争水渠”已转入这一件.*“恢复跟踪”/);
  const tracked = await program.call('ledger.act', { id: finding.id, action: 'resume', record: {} });
  expect(tracked.state).toBe('open');
  const { caseId, handling, settledOn, name } = tracked.record;
  expect([caseId, handling, settledOn, name]).toEqual([undefined, undefined, undefined, '争水渠']);
});

test('what is entered twice, or had ended by the day of a case, is said and kept', async () => {
  const { id: committeeId } = await save('committee', {
    name: '旧街调委会',
    kind: 'village',
    establishedOn: '2020-01-01',
  });
  const kept = await save('committee', {
    name: '新街调委会',
    kind: 'village',
    establishedOn: '2020-01-01',
  });
  expect(kept.warnings).toEqual({});
  const twice = await save('committee', {
    name: '新街调委会',
    kind: 'village',
    establishedOn: '2021-01-01',
  });
  expect(twice.warnings).toEqual({ name: { problem: 'alike', title: '新街调委会' } });
  await program.call('ledger.act', voiding(twice.id));
  const person = { committeeId: kept.id, appointedOn: '2020-01-01', name: '葛青山' };
  const idNumber = makeIdentityNumber('1971-01-01', 71);
  const first = await save('mediator', { ...person, idNumber });
  expect(first.warnings).toEqual({});
  expect((await save('mediator', person)).warnings).toEqual({
    name: { problem: 'alike', title: '葛青山' },
  });
  expect((await save('mediator', { ...person, name: '葛清山', idNumber })).warnings).toEqual({
    idNumber: { problem: 'alike', title: '葛青山' },
  });
  expect((await save('mediator', { ...person, committeeId, idNumber })).warnings).toEqual({});

  const over = await save('mediator', { ...person, name: '樊大川', leftOn: '2025-02-28' });
  const gone = {
    name: '老街调委会',
    kind: 'village',
    establishedOn: '2010-01-01',
    dissolvedOn: '2025-03-01',
  };
  const old = await save('committee', gone);
  const on = (day: string) =>
    program.save(aMediation().accepted(day).with({ committeeId: old.id, mediatorId: over.id }));
  expect((await on('2025-02-28')).warnings).toEqual({
    mediatorId: { problem: 'of-another', other: 'committeeId' },
  });
  const said = (await on('2025-03-02')).warnings;
  expect(said).toMatchObject({
    committeeId: { problem: 'had-ended', other: 'committeeId.dissolvedOn', day: '2025-03-01' },
    mediatorId: { problem: 'had-ended', other: 'mediatorId.leftOn', day: '2025-02-28' },
  });
  const text = said.committeeId && problemTextAt(mediation, 'committeeId', said.committeeId);
  expect(text).toBe(
    '受理单位（调委会）的撤销日期是 2025-03-01，在本件的日期以前，请核对受理单位（调委会）；确由其办理的不用改。',
  );
});
