import fs from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
afterEach(async () => program.close());

// An open file that was deleted takes every write and is gone with the program: nothing may be called saved there.
test('a data folder that goes while the program runs: no save is confirmed; back again, all is there', async (context) => {
  if (process.platform === 'win32') return context.skip('Windows keeps open files where they are');
  program = await aProgram();
  const { id } = await program.save(aMediation());
  const away = `${program.folder}-away`;
  fs.renameSync(program.folder, away);
  const moved = { code: 'moved', params: { folder: program.folder } };
  const record = aMediation().record();
  expect(await program.refused('ledger.save', { ledger: 'mediation', record })).toEqual(moved);
  const draft = { id, ledger: 'mediation', content: record };
  expect(await program.refused('draft.save', draft)).toEqual(moved);
  fs.renameSync(away, program.folder);
  await program.save(aMediation());
  await program.restart();
  await program.signInAgain();
  const { rows } = await program.call('ledger.list', { ledger: 'mediation' });
  expect([rows.length, rows.some((row) => row.id === id)]).toEqual([2, true]);
});
