// A released step of the schema never changes; an older ledger is upgraded with a copy made first, or stays as it was.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '#core/db/connection.ts';
import { migrate, migrations, newestOf } from '#core/db/migrations/all.ts';
import type { Migration } from '#core/db/migrations/migration.ts';
import { sql } from '#core/db/sql.ts';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import { layFolder } from '#tests/fixtures/copied-folder.ts';
import { account, folderNames, makeLedger, password, someCase, startProgram } from '../faults/programs.ts';
import { temporaryFolder } from '../faults/support.ts';

/**
 * SHA-256 of the steps that ledgers in use were made with. A new step adds a line; a line never changes once its step
 * was released (until then, a change of the step changes it here).
 */
const released: Record<number, string> = {
  10: 'ae00fab8a79991e69c2192bcc5e42229e57ff579644e84044eefaaada5d49703',
  20: 'f07d16709be4633e2b8d789a5abd796c52b86c5e6c560feda78fdb51c5af6dc7',
  30: 'aeb4b7f4db18b6e6006fd315854a1ddf39ca1b0ac3ceb73975f272d067607cf0',
  40: '25d4d42c96ad387580cfad70ece0448796f80581dc650dc504097d8956b373ff',
  50: '76820f900ce32c77543e29d21e44a104e3f06d8ab25b9e10163c88ed4fb9c093',
  70: '6a33ecc6b1fd735f599a13866c53a08cc27fef503cfcf34a63bdf06fa90e1b13',
  80: 'dee1614e90d1e3e7eb1c937df083f1033abd70088337a6cb180ac2e4989fb884',
  90: 'dc69226f58ec951c88aef88837148b8527444cf3b88dad00f44873ba719e55ba',
  60: 'f94e6f15770df1dee498b596e52424e0b57615e2f7e4412301115d623f35fb46',
  110: 'd9b385c89345c0d47672a9d2362fa5a7e28e2ccdeadf96695ffe35d26decb6b8',
  100: '12be0882fddf160b346b2354b63ca66e7a2626bb3c19ea2e67e65fa1cb9e3063',
  120: '0ec4274585b1ac184e545b6fa33263384925e49f44ac1d14544ddabbb2571fba',
  130: '6811b0d0a4ba22f8898f98c475934d3123e3583ecafc490a3c27989540411f0d',
  140: 'a80a6d5754e1ab87d65d5d0c4d4654f61885708ba4c1583c2a0b9a619561e480',
  160: 'a8307149736c20d5d0cbcb580052696ce150b9d300fe0f7432ea7ce8641eeb2b',
  150: 'e6da1f1256c071df404cfee067d4db1d0f499c01442c38fff29a3793ab726fe2',
  170: 'dbe239fdf3a058e95303a5460a6aa12b3abbe173c4711bb49526e6cc98305433',
  180: '6912852800156a9f7dec266e2586924a7279246286e6dd3be47cbc20f6cda7f9',
  190: '228cf9ce8baffd40f639143a44b60ca8d2d76ec2c5cd67e1ec23e3c3e3d38b7b',
  320: '5098129c1de599a545b2d1e94e67117dde7766b8d6e4628869f3193051751295',
  310: 'f1b7342ad12ab4fb3088d42ca84a21ac0fe2b8d818fb9ffab62738aace4cf0b5',
  300: 'f9fa998cb6ce4c40c0bb368fb6b8a0cd376996f4c7216ea35bbe2ccac8b4de30',
  340: '1226ac5a78c5337e89fad675e6b7d3a8cf9849b3fe0003f97598140db524e0e3',
  200: '40561f9a9f3c67a2e0ac36201490be603654cad46474fad904063368482c233c',
  210: 'f70bbfd8b62589af39aa8da3678a3333f516db819aef9de57dd02d5f056fe7b5',
  225: '500c910728a63ef2e1196fa3fbec3f2c710056e98049aa57f7d17e08c38893af',
  360: '61a15f87987a3c3da1a7f6c7ffa29fe6efb21d72c94a71a04735f1b84aa8d5a9',
  400: '691c01a830a1a770b8f33b0fb7c7c75f7575cf53673ab3e6ca58b4cca97c35c8',
  380: '94463314ec9b042f4f1b9feff4922fa6dbd6ffc00aecc883dfd7f6ed1b988bcc',
  330: '725e544727edf4037d982fc57b28913e0eace4775e0bc088b87043fdb037914a',
  410: 'b7e6255e471427009b2263334456a3e652ced9cd68e8ad457d017232057ffba8',
  390: '65ca4d8dff300337053a98fd9dd1b8c5ba94681dcbdd2fb75726bc398ce12492',
};

test('released steps are what they were', () => {
  const found = Object.fromEntries(
    migrations.map((step) => [step.number, createHash('sha256').update(String(step.up)).digest('hex')]),
  );
  expect(found).toEqual(released);
  expect(migrations.map((step) => step.number)).toEqual(
    [...Object.keys(released)].map(Number).sort((a, b) => a - b),
  );
});

test('no step is written for a number twice, and none runs out of order', () => {
  const numbers = migrations.map((step) => step.number);
  expect(new Set(numbers).size).toBe(numbers.length);
  const nowhere = { exec: () => undefined } as never;
  const step = (number: number): Migration => ({ number, name: 'x', up: '' });
  expect(() => migrate(nowhere, 0, [step(20), step(10)])).toThrow('out of order');
  expect(migrate(nowhere, 10, [step(10), step(20)])).toBe(20);
});

const cases = 4;
const next = newestOf(migrations) + 10;
const addition: Migration = {
  number: next,
  name: 'throw-away',
  up: `CREATE TABLE throw_away (seq INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;
    INSERT INTO throw_away (note) SELECT title FROM mediation_case;`,
};
const failing: Migration = {
  number: next + 10,
  name: 'failing',
  up: (db) => {
    db.exec('UPDATE mediation_case SET summary = title; DELETE FROM mediation_party');
    db.exec('CREATE TABLE throw_away (seq INTEGER PRIMARY KEY) STRICT'); // there already
  },
};

let template: string;
beforeAll(async () => {
  template = fs.mkdtempSync(path.join(os.tmpdir(), 'judicial-ledger-older-'));
  await makeLedger(template);
  const program = startProgram(template);
  await program.signIn();
  for (let number = 1; number <= cases; number++)
    await program.must('ledger.save', { ledger: 'mediation', record: someCase(number) });
  await program.close();
});
afterAll(() => fs.rmSync(template, { recursive: true, force: true }));

function older(): string {
  const folder = temporaryFolder('older');
  layFolder(template, folder);
  return folder;
}

const withSteps = (...steps: Migration[]) => ({ extra: { ledgers: [], migrations: steps } });
const backupsIn = (folder: string) =>
  fs.readdirSync(path.join(folder, folderNames.backups)).filter((name) => name.endsWith('.db'));

async function look<T>(
  file: string,
  folder: string,
  read: (connection: ReturnType<typeof connect>) => T,
): Promise<T> {
  const keyFile = readKeyFile(folder);
  const key = keyFile && (await keyByPassword(keyFile, account, password));
  if (!key) throw new Error('no key');
  const connection = connect(file, { key, access: 'look' });
  try {
    return read(connection);
  } finally {
    connection.close();
  }
}

const versionOf = (file: string, folder: string) =>
  look(file, folder, (connection) => connection.pragma<number>('user_version'));

test('an older ledger is copied, then upgraded; the next start has nothing to do', async () => {
  const folder = older();
  const ledger = path.join(folder, folderNames.ledger);
  const program = startProgram(folder, withSteps(addition));
  await program.signIn();
  expect((await program.must('ledger.list', { ledger: 'mediation' })).total).toBe(cases);
  expect(await program.must('system.verify', {})).toMatchObject({ ok: true });
  await program.close();
  expect(await versionOf(ledger, folder)).toBe(next);
  const notes = await look(ledger, folder, (db) => db.value<number>(sql`select count(*) from throw_away`));
  expect(notes).toBe(cases);
  const [copy = '', ...others] = backupsIn(folder);
  expect(others).toEqual([]);
  expect(await versionOf(path.join(folder, folderNames.backups, copy), folder)).toBe(newestOf(migrations));
  const again = startProgram(folder, withSteps(addition));
  await again.signIn();
  await again.close();
  expect(backupsIn(folder)).toEqual([copy]);
});

test('a step that fails leaves the old ledger whole, with a copy beside it, and the old program opens it', async () => {
  const folder = older();
  const ledger = path.join(folder, folderNames.ledger);
  const program = startProgram(folder, withSteps(addition, failing));
  const written: string[] = [];
  const write = process.stderr.write;
  process.stderr.write = ((text: string) => written.push(text) > 0) as typeof write;
  try {
    expect(await program.failure('session.signIn', { account, password })).toMatchObject({
      code: 'upgrade-failed',
    });
  } finally {
    process.stderr.write = write;
  }
  await program.close();
  expect(written.join('')).toContain('SQLITE_ERROR');
  expect(await versionOf(ledger, folder)).toBe(newestOf(migrations));
  const tables = await look(ledger, folder, (db) => db.column<string>(sql`select name from sqlite_schema`));
  expect(tables).not.toContain('throw_away');
  expect(backupsIn(folder)).toHaveLength(1);
  const old = startProgram(folder);
  await old.signIn();
  expect((await old.must('ledger.list', { ledger: 'mediation' })).total).toBe(cases);
  expect(await old.must('system.verify', {})).toEqual({ ok: true, findings: [], records: cases });
  await old.close();
});
