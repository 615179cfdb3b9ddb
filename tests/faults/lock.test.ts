// One program at a time on a data folder, whatever has become of the file that says so.
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import {
  account,
  failedState,
  folderNames,
  makeLedger,
  password,
  startProgram,
  stateOf,
  temporaryFolder,
} from './support.ts';

async function aLedger(): Promise<string> {
  const folder = temporaryFolder('lock');
  await makeLedger(folder);
  return folder;
}

test('a lock file that the disk has spoilt keeps nobody out, and still keeps a second one out', async () => {
  const folder = await aLedger();
  fs.writeFileSync(path.join(folder, folderNames.lock), Buffer.alloc(8192, 0x5a));
  const program = startProgram(folder);
  expect((await stateOf(program)).is).toBe('sign-in');
  const second = startProgram(folder);
  expect(await failedState(second)).toBe('locked');
  await second.close();
  await program.close();
});

test('two programs in one process: the second is refused until the first has closed', async () => {
  const folder = await aLedger();
  const [first, second] = [startProgram(folder), startProgram(folder)];
  await first.signIn();
  expect(await failedState(second)).toBe('locked');
  expect(await second.failure('session.signIn', { account, password })).toMatchObject({ code: 'locked' });
  const copies = path.join(folder, folderNames.backups);
  expect(await second.failure('program.restore', { backup: 'ledger-20200101-000000.db' })).toMatchObject({
    code: 'locked',
  });
  expect(fs.existsSync(copies)).toBe(false);
  await first.close();
  await second.signIn();
  await second.close();
});
