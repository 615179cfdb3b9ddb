// In which order a file reaches the disk: what has its name has been flushed, and a rename is flushed by its folder.
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { makeBackup } from '#core/db/backup.ts';
import { connect } from '#core/db/connection.ts';
import { writeDurably } from '#core/db/folder.ts';
import { restoreSteps } from '#core/db/restore.ts';
import { exchangeKeyFile, keyByPassword, readKeyFile, slotFor, withSlot } from '#core/security/key-file.ts';
import { account, folderNames, makeLedger, password } from '../faults/programs.ts';
import { temporaryFolder } from '../faults/support.ts';

afterEach(() => vi.restoreAllMocks());

/** What is done to files from now on, in order, by the names that they have then. */
function watch(): string[] {
  const done: string[] = [];
  const open = new Map<number, string>();
  const name = (file: unknown) => path.basename(String(file));
  const real = {
    open: fs.openSync,
    close: fs.closeSync,
    fsync: fs.fsyncSync,
    rename: fs.renameSync,
    rm: fs.rmSync,
  };
  vi.spyOn(fs, 'openSync').mockImplementation((file, flags, mode) => {
    const handle = real.open(file, flags, mode);
    open.set(handle, name(file));
    return handle;
  });
  vi.spyOn(fs, 'closeSync').mockImplementation((handle) => {
    open.delete(handle);
    real.close(handle);
  });
  vi.spyOn(fs, 'fsyncSync').mockImplementation((handle) => {
    done.push(`flush ${open.get(handle)}`);
    real.fsync(handle);
  });
  vi.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    done.push(`${name(from)} → ${name(to)}`);
    real.rename(from, to);
  });
  vi.spyOn(fs, 'rmSync').mockImplementation((file, options) => {
    if (fs.existsSync(String(file))) done.push(`${name(file)} goes`);
    real.rm(file, options);
  });
  return done;
}

test('a small file: flushed under another name, named, its folder flushed; for its user alone', () => {
  const folder = temporaryFolder('durable');
  const file = path.join(folder, 'ledger.id');
  const done = watch();
  writeDurably(file, 'text');
  expect(done).toEqual([
    'flush ledger.id.tmp',
    'ledger.id.tmp → ledger.id',
    `flush ${path.basename(folder)}`,
  ]);
  if (process.platform !== 'win32') expect(fs.statSync(file).mode & 0o777).toBe(0o600);
});

test('a small file that finds no room leaves the one of before, and nothing beside it', () => {
  const folder = temporaryFolder('durable');
  const file = path.join(folder, 'ledger.id');
  writeDurably(file, 'before');
  vi.spyOn(fs, 'fsyncSync').mockImplementation(() => {
    throw Object.assign(new Error('no room'), { code: 'ENOSPC' });
  });
  expect(() => writeDurably(file, 'after')).toThrow('no room');
  expect([fs.readFileSync(file, 'utf8'), fs.readdirSync(folder)]).toEqual(['before', ['ledger.id']]);
});

test('a key file: both copies and both ways back are flushed before anything has another name, the copy first', async () => {
  const folder = temporaryFolder('durable');
  await makeLedger(folder);
  const before = readKeyFile(folder);
  const key = before && (await keyByPassword(before, account, password));
  if (!before || !key) throw new Error('no key');
  const changed = withSlot(before, await slotFor(before, account, 'neues-Wort-2025', key));
  const done = watch();
  const { takeBack } = exchangeKeyFile(folder, changed);
  const bare = done.map((one) => one.replaceAll(/\.[0-9a-f]{8}\./g, '.#.'));
  expect(bare).toEqual([
    ...['flush ledger.key.copy.#.tmp', 'flush ledger.key.copy.#.back'],
    ...['flush ledger.key.#.tmp', 'flush ledger.key.#.back'],
    ...['ledger.key.copy.#.tmp → ledger.key.copy', 'ledger.key.#.tmp → ledger.key'],
    `flush ${path.basename(folder)}`,
  ]);
  expect(readKeyFile(folder)).toEqual(changed);
  takeBack();
  expect(readKeyFile(folder)).toEqual(before);
  expect(fs.readdirSync(folder).filter((name) => /\.(tmp|back)$/.test(name))).toEqual([]);
});

test('a copy: what belongs beside it, then its own flush, then its name', async () => {
  const folder = temporaryFolder('durable');
  await makeLedger(folder);
  const file = readKeyFile(folder);
  const key = file && (await keyByPassword(file, account, password));
  if (!key) throw new Error('no key');
  const source = connect(path.join(folder, folderNames.ledger), { key });
  const to = path.join(folder, folderNames.backups);
  try {
    const done = watch();
    const { name } = makeBackup(source, folder, to, key, undefined, new Date('2025-06-30T02:00:00Z'));
    const at = done.indexOf(`${name}.tmp → ${name}`);
    expect(done[at - 1]).toBe(`flush ${name}.tmp`);
    const beside = done.filter((one) => one.includes(' → ') && !one.endsWith(`→ ${name}`));
    expect(beside.length).toBeGreaterThanOrEqual(2);
    for (const one of beside) expect(done.indexOf(one)).toBeLessThan(at);
  } finally {
    source.close();
  }
});

test('a way back: the copy is flushed before the marker stands, the folder before the marker goes', async () => {
  const folder = temporaryFolder('durable');
  await makeLedger(folder);
  const file = readKeyFile(folder);
  const key = file && (await keyByPassword(file, account, password));
  if (!key) throw new Error('no key');
  const source = connect(path.join(folder, folderNames.ledger), { key });
  const to = path.join(folder, folderNames.backups);
  const { name } = makeBackup(source, folder, to, key, undefined, new Date('2025-06-30T02:00:00Z'));
  source.close();
  const done = watch();
  for (const step of restoreSteps(folder, { backup: name, aside: 'before' }, () => undefined)) step();
  const own = `flush ${path.basename(folder)}`;
  const wanted = [
    ...['flush ledger.db.restoring', 'flush ledger.db.restoring.room', 'flush restore.pending.tmp'],
    ...[
      'restore.pending.tmp → restore.pending',
      own,
      'ledger.db.restoring.room goes',
      'ledger.db → ledger.db',
    ],
    ...['ledger.db.restoring → ledger.db', own, 'restore.pending goes', own],
  ];
  expect(done.filter((one) => wanted.includes(one))).toEqual(wanted);
});
