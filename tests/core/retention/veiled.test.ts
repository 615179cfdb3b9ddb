// Names in the list for review, on paper and on lists of destruction are masked as everywhere.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aProgram, type Person, type Program } from '#tests/fixtures/program.ts';
import { aFile, decide, opinion } from './files-fixture.ts';

const names = ['亓官曜谧', '濮阳霁宸'] as const;
let program: Program;
let clerk: Person;
let id: string;
beforeEach(async () => {
  program = await aProgram({ everyRole: true, isVeiled: true });
  clerk = await program.signIn('clerk');
  await decide(await program.signIn('head'), 'mediation.case', 10);
  id = (await aFile(clerk, 2010, names)).id;
});
afterEach(() => program.close());

const isLeaking = (answer: unknown) => names.some((name) => JSON.stringify(answer).includes(name));

test('a session that gave no reason sees masked titles in every answer, refusals too', async () => {
  const list = await clerk.call('destruction.add', { list: null, ids: [id], opinion });
  for (const [method, input] of [
    ['retention.review', { what: 'ended' }],
    ['retention.sheet', { what: 'ended' }],
    ['destruction.get', { list: list.id }],
    ['destruction.sheet', { list: list.id }],
    // Listed already; not due yet.
    ['destruction.add', { list: null, ids: [id], opinion }],
    ['retention.keep', { ids: [(await aFile(clerk, 2020, names)).id], until: '2040-12-31', reason: '有用' }],
  ] as const) {
    const answer = await clerk.ask(method, input);
    expect(isLeaking(answer), method).toBe(false);
    // Refusals hide the title whole.
    expect(JSON.stringify(answer), method).toMatch(/亓\*\*\*|（已隐去）/);
  }
});

test('whoever gave a reason sees them in the list for review; a list of destruction is masked for ever', async () => {
  await clerk.call('session.reveal', { reason: '到期鉴定' });
  expect(isLeaking(await clerk.call('retention.review', { what: 'ended' }))).toBe(true);
  expect(isLeaking(await clerk.call('retention.sheet', { what: 'ended' }))).toBe(true);
  const list = await clerk.call('destruction.add', { list: null, ids: [id], opinion });
  expect(isLeaking(list)).toBe(false);
  expect(isLeaking(await clerk.call('destruction.sheet', { list: list.id }))).toBe(false);
});
