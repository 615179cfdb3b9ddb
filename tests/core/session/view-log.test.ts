import { afterEach, expect, test } from 'vitest';
import { sql } from '#core/db/sql.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program | undefined;
afterEach(async () => {
  await program?.close();
  program = undefined;
});

const views = (at: Program) =>
  at.look((db) =>
    db.all<{ account: string; record_id: string; at: string }>(
      sql`select account, record_id, at from audit_entry where action = 'ledger.get' order by seq`,
    ),
  );

test('who opened which case and when is in the log', async () => {
  program = await aProgram();
  const { id } = await program.save(aMediation());
  const at = program.clock.now.toISOString();
  await program.call('ledger.get', { id });
  await program.restart();
  expect(await views(program)).toEqual([{ account: expect.any(String), record_id: id, at }]);
});
