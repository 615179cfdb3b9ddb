// Nothing of a person stands in clear text in anything the program leaves on the disk.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { temporaryFolder } from './support.ts';

type Scan = { found: string[]; files: string[] };

async function scanned(what: 'ledger' | 'plain'): Promise<Scan> {
  const file = path.join(import.meta.dirname, 'children', 'scanned.ts');
  const env = { ...process.env, TMPDIR: temporaryFolder('tmp'), SQLITE_TMPDIR: '' };
  const { stdout } = await promisify(execFile)(process.execPath, [file, what, temporaryFolder('scan')], {
    env,
  });
  return JSON.parse(stdout) as Scan;
}

test('a person entered, saved, scanned, searched for, sorted over, drafted and backed up is found zero times', async () => {
  const { found, files } = await scanned('ledger');
  expect(found).toEqual([]);
  for (const name of ['ledger.db', 'ledger.db-wal', 'drafts.db', 'drafts.db-wal', 'ledger.key']) {
    expect(files).toContain(name);
  }
  expect(files.some((name) => /^ledger-[\d-]+-\d{6}\.db$/.test(name))).toBe(true);
  expect(files.some((name) => /^[0-9a-f]{64}$/.test(name))).toBe(true);
}, 60_000);

test('the same scan finds the person in a plain file, in a deleted one, and in every encoding', async () => {
  const { found } = await scanned('plain');
  expect(found.some((line) => /plain\.db: .*UTF-8/.test(line))).toBe(true);
  expect(found.some((line) => /deleted \(deleted\): .*UTF-8/.test(line))).toBe(true);
  expect(found.some((line) => /utf16: .*UTF-16LE/.test(line))).toBe(true);
  expect(found.some((line) => /gb: .*GB18030/.test(line))).toBe(true);
});
