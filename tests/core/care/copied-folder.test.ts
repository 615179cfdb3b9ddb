// A data folder copied on the same PC: two of them would give the same numbers, so the copy asks first. One that was only
// renamed goes on.
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inFolder } from '#core/db/folder.ts';
import { lockFolder } from '#core/db/lock.ts';
import { markMoved } from '#core/db/machine-mark.ts';
import { aCommandLine } from '#tests/core/cli/command-line.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program, password } from '#tests/fixtures/program.ts';

let program: Program;
let original: string;
beforeEach(async () => {
  program = await aProgram();
  original = fs.realpathSync(program.folder);
  await program.save(aMediation());
  await program.restart();
});
afterEach(() => program.close());

const signIn = { account: 'admin', password };
const numberOf = (text: unknown) => /第(\d+)号/.exec(String(text ?? ''))?.[1] ?? '';
const nextNumber = async () => numberOf((await program.save(aMediation())).record.caseNo);

/** Another start of the program, on another folder. */
async function use(folder: string): Promise<string> {
  program.grant('use', folder);
  const { state } = await program.call('program.use', { folder: 'use' });
  return state.is === 'failed' ? state.failure.code : state.is;
}

function copied(name = 'copy'): string {
  const to = path.join(program.beside, name);
  fs.cpSync(original, to, { recursive: true });
  return fs.realpathSync(to);
}

async function refusal() {
  return program.refused('session.signIn', signIn);
}

const logged = async (action: string) =>
  (await program.call('audit.list', { actions: [action] })).entries.map(({ detail }) => detail);

describe('a copy', () => {
  test('asks; used beside the other it gives no numbers, and the other gives the next', async () => {
    const copy = copied();
    expect(await use(copy)).toBe('folder-copied');
    expect(await refusal()).toMatchObject({
      code: 'folder-copied',
      params: { folder: copy, from: original },
    });
    await program.call('program.goOn', { takesOver: false, reason: '拿去试用' });
    await program.signInAgain();
    expect(await nextNumber()).toBe('');
    expect(await logged('program.goOn')).toEqual([{ kind: 'copied', reason: '拿去试用', takesOver: false }]);
    await program.call('session.signOut', {});
    expect(await use(original)).toBe('sign-in');
    await program.signInAgain();
    expect(await nextNumber()).toBe('2');
    // Once: the copy knows its place from now on.
    await program.call('session.signOut', {});
    expect(await use(copy)).toBe('sign-in');
  });

  test('that takes over ends the other, which says where the ledger went', async () => {
    const copy = copied();
    await use(copy);
    await program.call('program.goOn', { takesOver: true, reason: '换了文件夹' });
    await program.signInAgain();
    expect(await nextNumber()).toBe('2');
    await program.call('session.signOut', {});
    expect(await use(original)).toBe('ledger-moved');
    expect(await refusal()).toMatchObject({ code: 'ledger-moved', params: { to: copy } });
  });

  test('still asks where the program died after it had ended the other, and takes over then', async () => {
    const copy = copied();
    markMoved(original, { at: '2025-06-30T00:00:00.000Z', to: copy });
    expect(await use(copy)).toBe('folder-copied');
    await program.call('program.goOn', { takesOver: true, reason: '换了文件夹' });
    await program.signInAgain();
    expect(await nextNumber()).toBe('2');
  });

  test('does not take over while somebody works in the other', async () => {
    const copy = copied();
    await use(copy);
    const release = lockFolder(original, undefined);
    try {
      const failure = await program.refused('program.goOn', { takesOver: true, reason: '换了文件夹' });
      expect(failure).toMatchObject({ code: 'locked', params: { folder: original } });
    } finally {
      release();
    }
    expect(await use(copy)).toBe('folder-copied');
    expect(fs.existsSync(inFolder(copy, 'installation'))).toBe(false);
    expect(await use(original)).toBe('sign-in');
  });

  test('is one too where its model was renamed or has its place taken', async () => {
    const copy = copied();
    const renamed = path.join(program.beside, 'renamed');
    fs.renameSync(original, renamed);
    expect(await use(copy)).toBe('folder-copied');
    // Put where the other was: what was renamed asks as well, for the ledger is there.
    fs.renameSync(copy, original);
    expect(await use(original)).toBe('folder-copied');
    expect(await use(renamed)).toBe('folder-copied');
    // And goes on by itself once nothing of it is there.
    fs.rmSync(original, { recursive: true });
    expect(await use(renamed)).toBe('sign-in');
  });
});

test('a folder that was renamed goes on under the same installation; the log has it once', async () => {
  const renamed = path.join(program.beside, 'renamed');
  await use(program.beside).catch(() => undefined);
  fs.renameSync(original, renamed);
  for (let start = 0; start < 2; start++) {
    expect(await use(renamed)).toBe('sign-in');
    await program.signInAgain();
    expect(await logged('folder.renamed')).toEqual([{}]);
    expect(await nextNumber()).toBe(String(2 + start));
    await program.call('session.signOut', {});
  }
});

test('a folder that was carried elsewhere and is still reached by its former name is itself, and no copy', async () => {
  const carried = path.join(program.beside, 'carried');
  await use(program.beside).catch(() => undefined);
  fs.renameSync(original, carried);
  fs.symlinkSync(carried, original, 'junction');
  // With the mark that still has the former name, and with the one that was written here.
  for (const by of [carried, carried, original]) {
    expect(await use(by)).toBe('sign-in');
    await program.signInAgain();
    await program.call('session.signOut', {});
  }
  const copy = path.join(program.beside, 'of it');
  fs.cpSync(carried, copy, { recursive: true });
  expect(await use(copy)).toBe('folder-copied');
});

describe.each([
  ['gone', (file: string) => fs.rmSync(file)],
  ['harmed', (file: string) => fs.writeFileSync(file, '{"machine":')],
])('where the mark is %s', (_how, harm) => {
  test('the folder itself goes on, and has it again', async () => {
    harm(inFolder(original, 'machine'));
    expect(await use(original)).toBe('sign-in');
    await program.signInAgain();
    expect(await nextNumber()).toBe('2');
    expect(JSON.parse(fs.readFileSync(inFolder(original, 'machine'), 'utf8')).place.path).toBe(original);
  });

  test('a copy is told by what the ledger remembers, and can be answered by another start', async () => {
    const copy = copied();
    harm(inFolder(copy, 'machine'));
    expect(await use(copy)).toBe('sign-in');
    expect((await refusal()).code).toBe('folder-copied');
    await program.restart();
    expect(await use(copy)).toBe('folder-copied');
    await program.call('program.goOn', { takesOver: false, reason: '拿去试用' });
    await program.signInAgain();
    expect(await nextNumber()).toBe('');
  });

  test('a copy put back beside it asks nothing', async () => {
    await use(original);
    await program.signInAgain();
    const { name } = await program.call('system.backup', {});
    await program.call('program.restore', { backup: name });
    harm(inFolder(original, 'machine'));
    await program.signInAgain();
    expect(await nextNumber()).toBe('2');
  });
});

test('a folder of before there was such a mark, or of before it named the place, is not asked about', async () => {
  const older = copied('older');
  const mark = JSON.parse(fs.readFileSync(inFolder(older, 'machine'), 'utf8'));
  fs.writeFileSync(inFolder(older, 'machine'), JSON.stringify({ machine: mark.machine }));
  expect(await use(older)).toBe('sign-in');
  await program.signInAgain();
  await program.call('session.signOut', {});
  const again = path.join(program.beside, 'again');
  fs.cpSync(older, again, { recursive: true });
  expect(await use(again)).toBe('folder-copied');
});

test('a mark that cannot be written is said by its name', async () => {
  fs.rmSync(inFolder(original, 'machine'));
  fs.mkdirSync(path.join(inFolder(original, 'machine'), 'in the way'), { recursive: true });
  await use(original);
  expect(await refusal()).toMatchObject({
    code: 'file-unwritable',
    params: { file: inFolder(original, 'machine') },
  });
});

test('the command line has the sentence and the way out', async () => {
  const line = aCommandLine();
  try {
    await line.json('init', '--unit', '620921103', '--name', '东坝镇司法所', '--level', 'station');
    const before = await line.json('hash');
    const copy = line.at('copy');
    fs.cpSync(line.folder, copy, { recursive: true });
    const onCopy = (...words: string[]) => line.run([...words, '--dir', copy]);
    const refused = await onCopy('hash');
    expect(refused.status).toBe(1);
    expect(refused.err).toContain('是复制出来的');
    expect((await onCopy('go-on', '--reason', '拿去试用', '--beside')).status).toBe(0);
    expect((await onCopy('hash')).status).toBe(0);
    expect(await line.json('hash')).toEqual(before);
  } finally {
    line.remove();
  }
});
