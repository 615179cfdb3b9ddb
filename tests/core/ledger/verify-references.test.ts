// What points at a record that is not there is found by the check, by name; a sound ledger has none.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '#core/db/sql.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
beforeAll(async () => {
  program = await aProgram({ everyRole: true, cases: 20 });
});
afterAll(() => program.close());

test('a reference to a record that is not there is a finding, whatever keeps it from being one is not', async () => {
  expect((await program.call('system.verify', {})).findings).toEqual([]);
  const [committee] = (await program.call('ledger.list', { ledger: 'committee' })).rows;
  const saved = await program.save(aMediation().with({ committeeId: committee?.id }));
  expect((await program.call('system.verify', {})).findings).toEqual([]);
  const gone = '00000000-0000-7000-8000-000000000000';
  await program.look((db) =>
    db.run(sql`update mediation_case set committee_id = ${gone} where id = ${saved.id}`),
  );
  const { ok, findings } = await program.call('system.verify', {});
  expect(ok).toBe(false);
  expect(findings).toContainEqual({
    check: 'content',
    object: saved.id,
    message: 'committeeId: unknown-record',
  });
});
