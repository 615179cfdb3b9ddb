import { afterEach, expect, test } from 'vitest';
import { connect } from '#core/db/connection.ts';
import { inFolder } from '#core/db/folder.ts';
import { sql } from '#core/db/sql.ts';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program, password } from '#tests/fixtures/program.ts';

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

test('a window that reads the same again goes on looking: one entry, until a minute has gone by without', async () => {
  program = await aProgram({ everyRole: true });
  const later = (seconds: number) => {
    if (program) program.clock.now = new Date(program.clock.now.getTime() + seconds * 1000);
  };
  const one = (await program.save(aMediation())).id;
  const other = (await program.save(aMediation())).id;
  const opened = async () => {
    await program?.restart();
    return program ? (await views(program)).length : 0;
  };
  const look = async (id: string) => void (await program?.call('ledger.get', { id }));
  for (let time = 0; time < 5; time++) {
    await look(one);
    later(50);
  }
  await look(other);
  later(61);
  await look(one);
  const clerk = await program.signIn('clerk');
  await clerk.call('ledger.get', { id: one });
  expect(await opened()).toBe(4);
});

test('what goes out on paper is no look: each time stands in the log', async () => {
  program = await aProgram();
  for (let time = 0; time < 2; time++) await program.call('ledger.print', { ledger: 'mediation' });
  await program.restart();
  const printed = await program.look((db) =>
    db.value<number>(sql`select count(*) from audit_entry where action = 'ledger.print'`),
  );
  expect(printed).toBe(2);
});

test('what could not be logged is not shown, on no try', async () => {
  program = await aProgram();
  const { id } = await program.save(aMediation());
  const file = readKeyFile(program.folder);
  const key = file && (await keyByPassword(file, 'admin', password));
  if (!key) throw new Error('no key');
  const drafts = connect(inFolder(program.folder, 'drafts'), { key });
  drafts.exec("create trigger full before insert on waiting_entry begin select raise(abort, 'no room'); end");
  for (let time = 0; time < 3; time++) expect((await program.ask('ledger.get', { id })).ok).toBe(false);
  drafts.exec('drop trigger full');
  drafts.close();
  expect((await program.ask('ledger.get', { id })).ok).toBe(true);
  await program.restart();
  expect(await views(program)).toHaveLength(1);
});
