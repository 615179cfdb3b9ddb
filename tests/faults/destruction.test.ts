// A destruction that is cut short anywhere is done or not done, and a copy of before that comes back says the same.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { inFolder } from '#core/db/folder.ts';
import { layFolder } from '#tests/fixtures/copied-folder.ts';
import { aProgram, type Program, password } from '#tests/fixtures/program.ts';
import { aFile, decide, opinion, toApprove } from '../core/retention/files-fixture.ts';
import { childEnv, temporaryFolder } from './support.ts';

function destroyer(folder: string, list: string, killAt: number) {
  const file = path.join(import.meta.dirname, 'children', 'destroyer.ts');
  const { signal, stdout, stderr } = spawnSync(process.execPath, [file, folder, list, String(killAt)], {
    encoding: 'utf8',
    env: childEnv,
  });
  if (stderr !== '') throw new Error(stderr);
  return { signal, said: stdout };
}

/** A ledger with an approved list, as it lies on the disk, and a copy of before the list. */
async function prepared() {
  const program = await aProgram({ everyRole: true });
  const [clerk, head] = [await program.signIn('clerk'), await program.signIn('head')];
  await decide(head, 'mediation.case', 10);
  const { id } = await aFile(clerk, 2010, ['亓官曜谧', '濮阳霁宸']);
  const { name: backup } = await program.call('system.backup', {});
  const { id: list } = await clerk.call('destruction.add', { list: null, ids: [id], opinion });
  await head.call('destruction.approve', { list, ...toApprove });
  await program.restart();
  const folder = path.join(temporaryFolder('destruction'), 'data');
  layFolder(program.folder, folder);
  await program.close();
  return { folder, id, list, backup };
}

async function isThere(folder: string, id: string, before?: (next: Program) => Promise<void>) {
  const next = await aProgram({ from: folder, isShut: true });
  try {
    await before?.(next);
    await next.signInAgain();
    expect(await next.call('system.verify', { quick: true })).toMatchObject({ ok: true });
    return (await next.ask('ledger.get', { id })).ok;
  } finally {
    await next.close();
  }
}

/** The ledger is lost before anybody opens it again, and the copy comes back. */
const backTo = (backup: string) => async (next: Program) => {
  for (const end of ['-wal', '-shm']) fs.rmSync(inFolder(next.folder, 'ledger') + end, { force: true });
  fs.writeFileSync(inFolder(next.folder, 'ledger'), Buffer.alloc(8192, 7));
  expect((await next.refused('session.signIn', { account: 'admin', password })).code).toBe('damaged');
  await next.call('program.restore', { backup });
};

test('cut off before every operation on a file: gone in both, or in neither', async () => {
  const { folder, id, list, backup } = await prepared();
  const turn = () => {
    const copy = path.join(temporaryFolder('destruction'), 'data');
    layFolder(folder, copy);
    return copy;
  };
  const whole = destroyer(turn(), list, Number.POSITIVE_INFINITY);
  expect(whole.signal).toBe(null);
  const operations = Number(whole.said.trim());
  expect(operations).toBeGreaterThan(5);
  const found: boolean[] = [];
  for (let point = 1; point <= operations; point++) {
    const killed = turn();
    expect(destroyer(killed, list, point).signal, `killed at ${point}`).toBe('SIGKILL');
    const [inLedger, inCopy] = [await isThere(killed, id), await isThere(killed, id, backTo(backup))];
    expect(inCopy, `killed at ${point} of ${operations}`).toBe(inLedger);
    found.push(inLedger);
    fs.rmSync(killed, { recursive: true });
  }
  expect(found).toContain(true);
  expect(found).toContain(false);
}, 300_000);
