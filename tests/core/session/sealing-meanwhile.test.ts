// What comes to a record while its files are being sealed: the sealing is refused, and nothing of it is lost.
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Connection, connect } from '#core/db/connection.ts';
import { inFolder } from '#core/db/folder.ts';
import { namesIn } from '#core/db/objects.ts';
import { sql } from '#core/db/sql.ts';
import { foundIn } from '#tests/fixtures/bare-pages.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program } from '#tests/fixtures/program.ts';
import { aPicture } from '#tests/fixtures/scans.ts';
import { aCase, keyOf, keys, pagesOf, reason, secrets } from '#tests/fixtures/sealing.ts';

let program: Program;
let clerk: Person;
let head: Person;
let id: string;
let noteId: string;
let ledger: Connection;
beforeEach(async () => {
  program = await aProgram({ everyRole: true });
  keys.set(program, await keyOf(program));
  [clerk, head] = [await program.signIn('clerk'), await program.signIn('head')];
  ({ id, note: noteId } = await aCase(program));
  ledger = connect(inFolder(program.folder, 'ledger'), { key: keys.get(program) ?? new Uint8Array() });
});
afterEach(() => {
  ledger.close();
  return program.close();
});

/** A scan of another case, which then is one of this record. */
async function scanFor(recordId: string): Promise<() => void> {
  const { id: other } = await program.save(aMediation().between('令狐冲', '濮阳霁宸'));
  const picture = path.join(program.folder, 'late.png');
  fs.writeFileSync(picture, aPicture({ note: '迟到的照片' }));
  const added = { recordId: other, file: program.grant('late', picture), kind: 'site', title: '迟到的照片' };
  const { id: scan } = await program.call('attachment.add', added);
  fs.rmSync(picture);
  return () =>
    ledger.transaction((db) => {
      expect(db.run(sql`update attachment set record_id = ${recordId} where id = ${scan}`)).toBe(1);
    });
}

test.each(['the record', 'a part of it'])('a scan that comes to %s', async (whose) => {
  const recordId = whose === 'the record' ? id : noteId;
  const addScan = await scanFor(recordId);
  const objects = [...namesIn(inFolder(program.folder, 'objects'))].sort();
  expect(objects).toHaveLength(2);
  const request = await clerk.call('sealing.apply', {
    recordId: id,
    kind: 'seal',
    basis: 'minorCrime',
    reason,
  });

  // Its files have been listed when the call gives way for the first time, and the transaction is still to come.
  const confirming = head.ask('sealing.confirm', request);
  addScan();
  expect(await confirming).toMatchObject({ ok: false, error: { code: 'record-changed' } });

  expect((await clerk.call('ledger.get', { id })).id).toBe(id);
  const titles = (await clerk.call('attachment.list', { recordId })).map(({ title }) => title);
  expect(titles).toContain('迟到的照片');
  expect([...namesIn(inFolder(program.folder, 'objects'))].sort()).toEqual(objects);
  const state = await clerk.call('sealing.state', {});
  expect([state.requests.map((one) => one.id), state.sealed]).toEqual([[request.id], []]);

  // Confirmed once more it goes with the rest, and comes back with it.
  await head.call('sealing.confirm', request);
  expect(foundIn(await pagesOf(program), [...secrets, '迟到的照片'])).toEqual([]);
  expect(namesIn(inFolder(program.folder, 'objects')).size).toBe(0);
  const back = { recordId: id, kind: 'unseal', basis: 'mistaken', reason: '封错' } as const;
  await head.call('sealing.confirm', await clerk.call('sealing.apply', back));
  expect([...namesIn(inFolder(program.folder, 'objects'))].sort()).toEqual(objects);
  expect((await clerk.call('attachment.list', { recordId })).map(({ title }) => title)).toEqual(titles);
  expect(await program.call('system.verify', {})).toMatchObject({ ok: true });
});

test('a scan that another program holds is not lost by the sealing: it waits until the scan can be read', async () => {
  const [held = ''] = [...namesIn(inFolder(program.folder, 'objects'))];
  const request = await clerk.call('sealing.apply', {
    ...{ recordId: id, kind: 'seal', basis: 'minorCrime', reason },
  });
  const open = fs.openSync;
  const scanner = vi.spyOn(fs, 'openSync').mockImplementation((file, ...how) => {
    if (String(file).includes(held)) throw Object.assign(new Error('busy'), { code: 'EBUSY' });
    return open(file, ...how);
  });
  try {
    const refused = await head.refused('sealing.confirm', request);
    expect(refused.code).toBe('sealing-file-held');
  } finally {
    scanner.mockRestore();
  }
  expect(namesIn(inFolder(program.folder, 'objects')).has(held)).toBe(true);
  expect((await clerk.call('sealing.state', {})).sealed).toEqual([]);

  await head.call('sealing.confirm', request);
  const back = { recordId: id, kind: 'unseal', basis: 'mistaken', reason: '封错' } as const;
  await head.call('sealing.confirm', await clerk.call('sealing.apply', back));
  expect(namesIn(inFolder(program.folder, 'objects')).has(held)).toBe(true);
});
