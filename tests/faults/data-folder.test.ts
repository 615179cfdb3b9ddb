// Every way in which a data folder can be unusable has its name, its state, and costs not a byte of the ledger.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '#core/db/connection.ts';
import { fileSystemOf, isRemotePath } from '#core/db/folder.ts';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import { layFolder } from '#tests/fixtures/copied-folder.ts';
import {
  account,
  bytesOf,
  failedState,
  folderNames,
  makeLedger,
  password,
  seeded,
  someCase,
  startProgram,
  stateOf,
  temporaryFolder,
} from './support.ts';

let template: string;
let key: Uint8Array;
let recoveryKey: string;

beforeAll(async () => {
  template = fs.mkdtempSync(path.join(os.tmpdir(), 'judicial-ledger-template-'));
  recoveryKey = await makeLedger(template);
  const program = startProgram(template);
  await program.signIn();
  for (let number = 1; number <= 30; number++) {
    await program.must('ledger.save', { ledger: 'mediation', record: someCase(number) });
  }
  await program.close();
  const file = readKeyFile(template);
  key = (file && (await keyByPassword(file, account, password))) ?? new Uint8Array();
});
afterAll(() => fs.rmSync(template, { recursive: true, force: true }));

function copyOfTemplate(): string {
  const folder = temporaryFolder();
  layFolder(template, folder);
  return folder;
}

const ledgerOf = (folder: string) => path.join(folder, folderNames.ledger);

/** Signing in must fail with the code, the state must say the same, and nothing of the ledger may have changed. */
async function expectRefused(folder: string, code: string): Promise<void> {
  const before = bytesOf(folder);
  const program = startProgram(folder);
  expect(await program.failure('session.signIn', { account, password })).toMatchObject({ code });
  expect(await failedState(program)).toBe(code);
  await program.close();
  expect(bytesOf(folder)).toEqual(before);
}

describe('the folder itself', () => {
  test('missing', async () => {
    const folder = path.join(temporaryFolder(), 'not-there');
    const program = startProgram(folder);
    expect(await failedState(program)).toBe('not-found');
    expect(await program.failure('setup.create', newUnit)).toMatchObject({
      code: 'not-found',
      params: { folder },
    });
    await program.close();
    expect(fs.existsSync(folder)).toBe(false);
  });

  test('a file where the folder should be', async () => {
    const file = path.join(temporaryFolder(), 'file');
    fs.writeFileSync(file, 'text');
    expect(await failedState(startProgram(file))).toBe('not-found');
    expect(fs.readFileSync(file, 'utf8')).toBe('text');
  });

  test('on a network path, whatever it is called', async () => {
    const mounts = [
      '22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw',
      '40 22 0:50 / /mnt/office rw - nfs4 10.0.0.1:/share rw',
      '41 22 0:51 / /mnt/office/local rw - tmpfs tmpfs rw',
      '42 22 0:52 / /mnt/with\\040space rw - cifs //server/share rw',
      '43 22 0:53 / /mnt/remote rw shared:1 - fuse.sshfs user@host: rw',
    ].join('\n');
    expect(fileSystemOf('/srv/data', mounts)).toBe('ext4');
    expect(fileSystemOf('/mnt/office/ledger', mounts)).toBe('nfs4');
    expect(fileSystemOf('/mnt/officer', mounts)).toBe('ext4');
    expect(fileSystemOf('/mnt/office/local/ledger', mounts)).toBe('tmpfs');
    expect(fileSystemOf('/mnt/with space/ledger', mounts)).toBe('cifs');
    const remote = [
      '/mnt/office',
      '/mnt/office/a',
      '/mnt/with space',
      '/mnt/remote/x',
      '\\\\server\\share',
      '//server/share/a',
    ];
    for (const folder of remote) expect(isRemotePath(folder, mounts), folder).toBe(true);
    const local = ['/srv/data', '/mnt/office/local', 'C:\\data', 'D:\\', '/mnt/officer', '\\data'];
    for (const folder of local) expect(isRemotePath(folder, mounts), folder).toBe(false);
    // The same decision, met on the way in.
    expect(await failedState(startProgram('\\\\server\\share\\ledger'))).toBe('not-local');
  });

  test('read-only', async () => {
    const folder = copyOfTemplate();
    const before = bytesOf(folder);
    const answer = await runChild('deprived.ts', ['read-only', folder]);
    expect(answer).toEqual({ state: 'read-only', signIn: 'read-only' });
    expect(bytesOf(folder)).toEqual(before);
  });

  test('a ledger file that may only be read', async () => {
    const folder = copyOfTemplate();
    const before = bytesOf(folder);
    const answer = await runChild('deprived.ts', ['read-only-file', folder]);
    expect(answer).toEqual({ state: 'read-only', signIn: 'read-only' });
    expect(bytesOf(folder)).toEqual(before);
  });

  test('nearly full: it can be read, and when the room goes while saving nothing confirmed is lost', async () => {
    const answer = await runChild('deprived.ts', ['full', template]);
    expect(answer).toMatchObject({
      read: 30,
      told: ['space-low'],
      newLedger: 'no-space',
      none: ['sign-in', 'sign-in-full'],
      whileSaving: 'disk-full',
      verified: true,
      lost: 0,
    });
    expect(Number((answer as { confirmed: number }).confirmed)).toBeGreaterThan(0);
    expect(answer).toMatchObject({ draft: 'disk-full', saveAfterRoom: true });
  });

  test('locked by another copy of the program, until that one dies', async () => {
    const folder = copyOfTemplate();
    const other = start('holder.ts', [folder]);
    await firstLine(other);
    const before = bytesOf(folder);
    const program = startProgram(folder);
    expect(await failedState(program)).toBe('locked');
    expect(await program.failure('session.signIn', { account, password })).toMatchObject({
      code: 'locked',
    });
    expect(bytesOf(folder)).toEqual(before);
    other.kill('SIGKILL');
    await once(other, 'exit');
    expect((await stateOf(program)).is).toBe('sign-in');
    await program.signIn();
    await program.close();
  });
});

const newUnit = {
  level: 'station',
  unitCode: '620921100',
  unitName: '城关司法所',
  account,
  password,
} as const;

describe('the ledger file', () => {
  test('damaged at the head', async () => {
    const random = seeded('head');
    for (let turn = 0; turn < 6; turn++) {
      const folder = copyOfTemplate();
      flip(ledgerOf(folder), random.below(4096), 1 + random.below(255));
      await expectRefused(folder, 'damaged');
    }
  });

  test.each([
    ['empty', () => Buffer.alloc(0)],
    ['zeros', (old: Buffer) => Buffer.alloc(old.length)],
    ['garbage', (old: Buffer) => Buffer.from(old.map((_byte, index) => (index * 7919 + 13) % 251))],
    ['cut to half', (old: Buffer) => old.subarray(0, Math.floor(old.length / 8192) * 4096)],
    ['cut inside a page', (old: Buffer) => old.subarray(0, old.length - 1000)],
    ['a plain text', () => Buffer.from('this was a ledger once\n')],
  ])('damaged: %s', async (_name, make) => {
    const folder = copyOfTemplate();
    fs.writeFileSync(ledgerOf(folder), make(fs.readFileSync(ledgerOf(folder))));
    await expectRefused(folder, 'damaged');
  });

  test('damaged in the middle: met when read, named, marked, and checked whole at the next opening', async () => {
    const folder = copyOfTemplate();
    const program = startProgram(folder);
    await program.signIn();
    await program.must('system.backup', {});
    await program.close();
    // Every page but the first ones: whatever the list reads is among them.
    const bytes = fs.readFileSync(ledgerOf(folder));
    for (let at = 4096 * 12 + 99; at < bytes.length; at += 4096) bytes[at] = (bytes[at] ?? 0) ^ 0x55;
    fs.writeFileSync(ledgerOf(folder), bytes);
    const before = bytesOf(folder);
    const again = startProgram(folder);
    const signedIn = await again.call('session.signIn', { account, password });
    if (signedIn.ok) {
      again.token = signedIn.value.token;
      expect(await again.failure('ledger.list', { ledger: 'mediation' })).toMatchObject({
        code: 'damaged',
      });
    } else expect(signedIn.error.code).toBe('damaged');
    expect(await failedState(again)).toBe('damaged');
    await again.close();
    expect(fs.readFileSync(ledgerOf(folder)).subarray(4096 * 12)).toEqual(bytes.subarray(4096 * 12));
    const third = startProgram(folder);
    expect(await third.failure('session.signIn', { account, password })).toMatchObject({
      code: 'damaged',
    });
    const state = await stateOf(third);
    if (state.is !== 'failed') throw new Error(state.is);
    expect(state.backups).toHaveLength(1);
    expect(state.failure.params).toMatchObject({ backups: 1 });
    // The way back that the screen offers.
    const [backup] = state.backups;
    expect((await third.must('program.restore', { backup: backup?.name ?? '' })).state.is).toBe('sign-in');
    await third.signIn();
    expect((await third.must('ledger.list', { ledger: 'mediation' })).total).toBe(30);
    expect(await third.must('system.verify', {})).toMatchObject({ ok: true });
    await third.close();
    expect(before).not.toEqual(bytesOf(folder));
  });

  test('made by a newer version, with saves still in the -wal', async () => {
    const folder = copyOfTemplate();
    change(folder, (text) => text('PRAGMA user_version = 99990'));
    await expectRefused(folder, 'newer');
    const left = leaveWal(folder, (text) => text('PRAGMA user_version = 99991'));
    expect(left).toBeGreaterThan(0);
    await expectRefused(folder, 'newer');
  });

  test('damaged where nobody has read yet, after an end that was cut short: found before anybody signs in', async () => {
    const folder = copyOfTemplate();
    expect(leaveWal(folder, (text) => text('CREATE TABLE later (x)'))).toBeGreaterThan(0);
    const size = fs.statSync(ledgerOf(folder)).size;
    // A page of the search index: opening reads none of it.
    flip(ledgerOf(folder), size - 4096 + 500, 0x55);
    await expectRefused(folder, 'damaged');
  });

  test("another program's file", async () => {
    const folder = copyOfTemplate();
    change(folder, (text) => text('PRAGMA application_id = 1'));
    await expectRefused(folder, 'ledger-foreign');
  });

  test('gone, while its key is still there', async () => {
    const folder = copyOfTemplate();
    fs.rmSync(ledgerOf(folder));
    const program = startProgram(folder);
    expect(await failedState(program)).toBe('ledger-lost');
    expect(await program.failure('setup.create', newUnit)).toMatchObject({ code: 'ledger-lost' });
    await program.close();
    expect(fs.existsSync(ledgerOf(folder))).toBe(false);
  });
});

describe('the key', () => {
  const keyOf = (folder: string) => path.join(folder, folderNames.key);
  const copyOf = (folder: string) => path.join(folder, folderNames.keyCopy);

  test('a wrong password is only that, and is slowed down', async () => {
    const folder = copyOfTemplate();
    const before = bytesOf(folder);
    const program = startProgram(folder);
    for (let left = 4; left >= 1; left--) {
      const failure = await program.failure('session.signIn', { account, password: `wrong ${left}` });
      expect(failure).toEqual({ code: 'sign-in-failed', params: { left } });
    }
    expect(await program.failure('session.signIn', { account, password: 'wrong' })).toMatchObject({
      code: 'sign-in-wait',
    });
    expect(await program.failure('session.signIn', { account, password })).toMatchObject({
      code: 'sign-in-wait',
    });
    expect((await stateOf(program)).is).toBe('sign-in');
    await program.close();
    expect(bytesOf(folder)).toEqual(before);
  });

  test('key file of another ledger', async () => {
    const folder = copyOfTemplate();
    const other = temporaryFolder();
    await makeLedger(other);
    for (const at of [keyOf, copyOf]) fs.copyFileSync(at(other), at(folder));
    await expectRefused(folder, 'wrong-key');
  });

  test('one copy damaged or gone is mended from the other', async () => {
    for (const [hurt, whole] of [
      [keyOf, copyOf],
      [copyOf, keyOf],
    ] as const) {
      for (const harm of [(file: string) => flip(file, 300, 1), (file: string) => fs.rmSync(file)]) {
        const folder = copyOfTemplate();
        harm(hurt(folder));
        const program = startProgram(folder);
        expect((await stateOf(program)).is).toBe('sign-in');
        await program.signIn();
        await program.close();
        expect(fs.readFileSync(hurt(folder))).toEqual(fs.readFileSync(whole(folder)));
        expect(fs.readFileSync(hurt(folder))).toEqual(fs.readFileSync(keyOf(template)));
      }
    }
  });

  test('both copies damaged', async () => {
    const folder = copyOfTemplate();
    flip(keyOf(folder), 300, 1);
    fs.writeFileSync(copyOf(folder), '{');
    await expectRefused(folder, 'key-file-damaged');
  });

  test('a ledger without any key', async () => {
    const folder = copyOfTemplate();
    for (const at of [keyOf, copyOf]) fs.rmSync(at(folder));
    await expectRefused(folder, 'ledger-without-key');
    const program = startProgram(folder);
    expect(await program.failure('setup.create', newUnit)).toMatchObject({ code: 'ledger-present' });
    await program.close();
  });

  test('the recovery key opens the ledger and gives a new password', async () => {
    const folder = copyOfTemplate();
    const program = startProgram(folder);
    const newPassword = 'another horse';
    const wrong = {
      recoveryKey: recoveryKey.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A')),
      account,
      newPassword,
    };
    expect(await program.failure('session.recover', wrong)).toMatchObject({ code: 'recovery-key-wrong' });
    const typed = recoveryKey.toLowerCase().replaceAll('-', ' ');
    await program.must('session.recover', { recoveryKey: typed, account, newPassword });
    await program.close();
    const again = startProgram(folder);
    expect(await again.failure('session.signIn', { account, password })).toMatchObject({
      code: 'sign-in-failed',
    });
    await again.must('session.signIn', { account, password: newPassword });
    await again.close();
  });
});

function flip(file: string, at: number, mask: number): void {
  const bytes = fs.readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ mask;
  fs.writeFileSync(file, bytes);
}

/** Changes the ledger with its own key, past the program. */
function change(folder: string, work: (exec: (text: string) => void) => void): void {
  const connection = connect(ledgerOf(folder), { key });
  work((text) => connection.exec(text));
  connection.close();
}

/** The same, but as a killed program leaves it: the change stands in the -wal only. Returns the bytes there. */
function leaveWal(folder: string, work: (exec: (text: string) => void) => void): number {
  const connection = connect(ledgerOf(folder), { key });
  work((text) => connection.exec(text));
  const kept = temporaryFolder();
  fs.cpSync(folder, kept, { recursive: true });
  connection.close();
  fs.cpSync(kept, folder, { recursive: true });
  return fs.statSync(`${ledgerOf(folder)}-wal`).size;
}

function start(script: string, parameters: string[]): ChildProcess {
  const file = path.join(import.meta.dirname, 'children', script);
  return spawn(process.execPath, [file, ...parameters], { stdio: ['pipe', 'pipe', 'inherit'] });
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return text.split('\n')[0] ?? '';
}

/** The JSON object that the child prints as its only line. */
async function runChild(script: string, parameters: string[]): Promise<unknown> {
  const child = start(script, parameters);
  const ended = once(child, 'exit');
  const line = await firstLine(child);
  await ended;
  return JSON.parse(line);
}
