// What the one way into the core does when it is closing, and when something goes wrong that nobody foresaw.
import { afterEach, expect, test, vi } from 'vitest';
import { makeLedger, someCase, startProgram, temporaryFolder } from './support.ts';

afterEach(() => vi.restoreAllMocks());

async function newProgram(more: Parameters<typeof startProgram>[1] = {}) {
  const folder = temporaryFolder('dispatcher');
  await makeLedger(folder);
  const program = startProgram(folder, more);
  await program.signIn();
  return program;
}

test('closing awaits what runs, refuses what comes, and closes only then', async () => {
  const program = await newProgram();
  const records = Array.from({ length: 1200 }, (_each, number) => someCase(number));
  const order: string[] = [];
  const job = program.call('ledger.addMany', { ledger: 'mediation', records }).then((answer) => {
    order.push('job');
    return answer;
  });
  const closing = program.close().then(() => order.push('closed'));
  const calls = [
    program.call('ledger.list', { ledger: 'mediation' }),
    program.call('ledger.save', { ledger: 'mediation', record: someCase(1) }),
    program.call('draft.list', {}),
    program.call('program.state', {}),
  ];
  for (const call of calls) expect(await call).toEqual({ ok: false, error: { code: 'closing', params: {} } });
  expect(await job).toEqual({ ok: true, value: { added: 1200 } });
  await closing;
  expect(order).toEqual(['job', 'closed']);
  expect(program.events.filter((event) => event.event === 'closing')).toHaveLength(1);
  const again = startProgram(program.folder);
  await again.signIn();
  expect((await again.must('ledger.list', { ledger: 'mediation' })).total).toBe(1200);
  await again.close();
});

test('a backup that runs when the program closes is made and answered', async () => {
  const program = await newProgram();
  const backup = program.call('system.backup', {});
  await program.close();
  expect(await backup).toMatchObject({ ok: true });
});

test('a job that is cancelled leaves nothing', async () => {
  const program = await newProgram({
    emit: (event) => void (event.event === 'progress' && program.core.cancel(event.job)),
  });
  const records = Array.from({ length: 1200 }, (_each, number) => someCase(number));
  const before = await program.must('system.hash', {});
  expect(await program.failure('ledger.addMany', { ledger: 'mediation', records })).toMatchObject({
    code: 'cancelled',
  });
  expect(await program.must('system.hash', {})).toEqual(before);
  await program.close();
});

test('a record of many that cannot be saved keeps all of them out, and says which', async () => {
  const program = await newProgram();
  const records = [someCase(1), someCase(2, { acceptedOn: '2025-02-30' }), someCase(3)];
  const failure = await program.failure('ledger.addMany', { ledger: 'mediation', records });
  expect(failure).toMatchObject({
    code: 'record-invalid',
    fields: { '1.acceptedOn': { problem: 'impossible-date', text: '2025-02-30' } },
  });
  expect((await program.must('ledger.list', { ledger: 'mediation' })).total).toBe(0);
  await program.close();
});

test('what nobody foresaw becomes a number to ask after; no value stands in what is written down', async () => {
  const secret = '单雄信 999999199001010016\n    at 13800001234';
  const written: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  const thrown = [new Error(secret), new TypeError(secret), secret, { message: secret, code: secret }, null];
  let turn = 0;
  const helper = async () => {
    throw thrown[turn];
  };
  const program = await newProgram({ helper });
  for (turn = 0; turn < thrown.length; turn++) {
    const failure = await program.failure('system.backup', {});
    if (failure.code !== 'internal') throw new Error(failure.code);
    expect(failure).toEqual({
      code: 'internal',
      params: { incident: expect.stringMatching(/^[0-9a-f]{8}$/) },
    });
    expect(written.join('')).toContain(`incident ${failure.params.incident}: `);
  }
  expect(written.join('')).toContain('TypeError');
  expect(written.join('')).toMatch(/^ {4}at .*dispatcher\.test\.ts/m);
  for (const part of ['单雄信', '999999199001010016', '13800001234'])
    expect(written.join('')).not.toContain(part);
  // It is still there for the next call.
  await program.must('ledger.save', { ledger: 'mediation', record: someCase(1) });
  await program.close();
});

test('a command that fails half-way keeps nothing, not even its entry in the log', async () => {
  const program = await newProgram();
  const before = await program.must('system.hash', {});
  const twice = { side: 'applicant', type: 'natural', name: '甲' };
  const failure = await program.failure('ledger.save', {
    ledger: 'mediation',
    record: { ...someCase(1), parties: [twice, { ...twice, name: '' }] },
  });
  expect(failure.code).toBe('record-invalid');
  expect(await program.must('system.hash', {})).toEqual(before);
  expect(await program.must('system.verify', {})).toMatchObject({ ok: true });
  const saved = await program.must('ledger.save', { ledger: 'mediation', record: someCase(1) });
  // The refused one took no number.
  expect(String(saved.record.caseNo)).toMatch(/第1号$/);
  await program.close();
});

test('without a session, with a locked one and after signing out nothing but the gates answers', async () => {
  const program = await newProgram();
  await program.must('session.lock', {});
  expect(await program.failure('ledger.list', { ledger: 'mediation' })).toMatchObject({
    code: 'session-locked',
  });
  expect(await program.failure('draft.list', {})).toMatchObject({ code: 'session-locked' });
  const { token } = program;
  program.token = 'made-up';
  expect(await program.failure('ledger.list', { ledger: 'mediation' })).toMatchObject({
    code: 'not-signed-in',
  });
  program.token = token;
  await program.must('session.signOut', {});
  expect(await program.failure('ledger.list', { ledger: 'mediation' })).toMatchObject({
    code: 'not-signed-in',
  });
  await program.close();
});

test('a job of one step that is asked to stop in its last pause keeps nothing', async () => {
  const program = await newProgram();
  const records = Array.from({ length: 30 }, (_each, index) => someCase(index + 1));
  const job = { call: 'one-step', token: program.token, grants: {} };
  const answer = program.core.call('ledger.addMany', { ledger: 'mediation', records }, job);
  program.core.cancel('one-step');
  expect(await answer).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect((await program.must('ledger.list', { ledger: 'mediation' })).total).toBe(0);
  expect(await program.must('ledger.addMany', { ledger: 'mediation', records })).toEqual({ added: 30 });
  await program.close();
});
