// Every record shows who changed what, when, before and after.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
beforeAll(async () => {
  program = await aProgram({ everyRole: true });
});
afterAll(() => program.close());

test('each version with its fields before and after, in words; rows by their place; steps by their states', async () => {
  const first = await program.save(aMediation().between('甲某', '乙某').with({ place: '村口' }));
  const clerk = await program.signIn('clerk');
  const [one, two] = first.record.parties as Record<string, unknown>[];
  const second = await clerk.call('ledger.save', {
    ledger: 'mediation',
    id: first.id,
    baseVersion: first.version,
    record: {
      ...first.record,
      place: '村委会',
      kind: '02',
      parties: [one ?? {}, { ...two, phone: '16400000001' }],
    },
  });
  await clerk.call('ledger.act', { id: first.id, action: 'void', record: { voidReason: '重复登记' } });
  const lines = await clerk.call('ledger.history', { id: first.id });
  expect(lines.map(({ account, isFirst }) => [account, isFirst])).toEqual([
    ['clerk', false],
    ['clerk', false],
    ['admin', true],
  ]);
  const changed = Object.fromEntries(
    (lines[1]?.changes ?? []).map(({ path, before, after }) => [path, [before, after]]),
  );
  expect(changed).toMatchObject({ place: ['村口', '村委会'], 'parties.1.phone': [null, '16400000001'] });
  expect(changed.kind?.[1]).not.toBe('02');
  expect(lines[1]?.version).toBe(second.version);
  expect(lines[0]?.changes).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ path: '~state', after: '已作废' }),
      { path: 'voidReason', before: null, after: '重复登记' },
    ]),
  );
});
