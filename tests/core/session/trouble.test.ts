// A disk that takes no more, a folder that goes: what must work all the same.
import fs from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from '#core/db/connection.ts';
import { inFolder } from '#core/db/folder.ts';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program, password } from '#tests/fixtures/program.ts';

let program: Program;
beforeEach(async () => {
  program = await aProgram();
});
afterEach(() => program.close());

/** From now on nothing more goes into the log, until it is taken back. */
async function noRoomInTheLog(): Promise<() => void> {
  const file = readKeyFile(program.folder);
  const key = file && (await keyByPassword(file, 'admin', password));
  if (!key) throw new Error('no key');
  const change = (text: string) => {
    const db = connect(inFolder(program.folder, 'ledger'), { key });
    db.exec(text);
    db.close();
  };
  change("CREATE TRIGGER no_room BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'no room'); END");
  return () => change('DROP TRIGGER no_room');
}
const logged = async () =>
  program.look((db) =>
    db.column<string>({ text: 'select action from audit_entry order by seq', values: [] }),
  );

test('without room for the log one can lock, unlock and leave; the entries follow when there is room', async () => {
  const takeBack = await noRoomInTheLog();
  await program.call('session.lock', {});
  expect(program.events).toContainEqual({ event: 'session', state: 'locked' });
  await program.call('session.unlock', { password });
  takeBack();
  await program.save(aMediation());
  await program.call('session.lock', {});
  expect((await logged()).slice(-4)).toEqual([
    'ledger.save',
    'session.lock',
    'session.unlock',
    'session.lock',
  ]);
});

test('a sign-in that cannot be logged leaves no session behind', async () => {
  await program.call('session.signOut', {});
  await program.signInAgain();
  const takeBack = await noRoomInTheLog();
  const second = await program.ask('session.signIn', { account: 'admin', password });
  expect(second.ok).toBe(false);
  takeBack();
  // The last session ends, so the ledger shuts and another folder may be chosen.
  await program.call('session.signOut', {});
  expect((await program.call('program.use', {})).state.is).toBe('sign-in');
});

test('the index is tended in idle moments, and a folder that goes meanwhile ends nothing', async (context) => {
  if (process.platform === 'win32') return context.skip('Windows keeps open files where they are');
  await program.save(aMediation());
  const away = `${program.folder}-away`;
  fs.renameSync(program.folder, away);
  await new Promise((resolve) => setTimeout(resolve, 2000));
  fs.renameSync(away, program.folder);
  await program.save(aMediation());
  expect((await program.call('ledger.list', { ledger: 'mediation' })).total).toBe(2);
});

test('numbers given since the copy are not given again after going back to it in the same session', async () => {
  const number = async () => (await program.save(aMediation())).record.caseNo;
  await number();
  const { name } = await program.call('system.backup', {});
  await number();
  const last = await number();
  expect(last).toMatch(/第3号$/);
  await program.call('program.restore', { backup: name });
  await program.signInAgain();
  expect(await number()).toMatch(/第4号$/);
});
