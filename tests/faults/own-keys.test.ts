// Whoever changes his own way to the key: as the disk lies before each operation on a file, the next start finds the old
// way or the new one, never both, and of the new one the entry in the log.
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openByPassword, readKeyFile } from '#core/security/key-file.ts';
import { openShare } from '#core/security/sealing-key.ts';
import { layFolder } from '#tests/fixtures/copied-folder.ts';
import { own } from './acts/people.ts';
import { open } from './acts/stage.ts';
import { watchFiles } from './acts/tries.ts';
import {
  folderNames,
  makeLedger,
  type Program,
  password,
  someCase,
  startProgram,
  temporaryFolder,
} from './support.ts';
import { findTraces, needlesOf } from './traces.ts';

const clerk = '欧阳鹿珂';
const fresh = 'another horse';
let template: string;
let recoveryKey: string;
beforeAll(async () => {
  template = fs.mkdtempSync(path.join(process.env.TMPDIR ?? '/tmp', 'judicial-ledger-keys-'));
  recoveryKey = await makeLedger(template);
  const stage = await open({ folder: template, places: { ledger: template, other: template } });
  await stage.program.must('ledger.save', { ledger: 'mediation', record: someCase(1) });
  await stage.program.must('account.create', { name: clerk, role: 'clerk', password: own });
  await stage.program.close();
});
afterAll(() => fs.rmSync(template, { recursive: true, force: true }));

/** The disk as a program that dies now leaves it. */
function copyAsItLies(from: string, to: string): void {
  const isLeft = (file: string) => !file.endsWith('-shm') && path.basename(file) !== folderNames.lock;
  layFolder(from, to, { filter: isLeft });
}

/** Every life of a folder while something is done in it. */
async function livesOf(
  begin: (program: Program) => Promise<void>,
  act: (program: Program) => Promise<unknown>,
) {
  const at = temporaryFolder('keys');
  const [data, lives] = [path.join(at, 'data'), path.join(at, 'lives')];
  layFolder(template, data);
  fs.mkdirSync(lives);
  const program = startProgram(data);
  await begin(program);
  let count = 0;
  let isCopying = false;
  const over = watchFiles(() => {
    if (isCopying) return;
    isCopying = true;
    copyAsItLies(data, path.join(lives, String(count++)));
    isCopying = false;
  });
  await act(program).finally(over);
  await program.close();
  copyAsItLies(data, path.join(lives, String(count++)));
  return Array.from({ length: count }, (_, life) => path.join(lives, String(life)));
}

const opens = async (folder: string, account: string, word: string) => {
  const file = readKeyFile(folder);
  return (file && (await openByPassword(file, account, word))) !== null;
};

async function entriesOf(program: Program, action: string) {
  return (await program.must('audit.list', { actions: [action], limit: 500 })).entries;
}

type Own = {
  action: string;
  begin(program: Program): Promise<void>;
  act(program: Program): Promise<unknown>;
  account: string;
  before: string;
};
const nobody = async () => undefined;
const ways: Record<string, Own> = {
  'a new password': {
    ...{ action: 'session.changePassword', account: 'admin', before: password },
    begin: (program) => program.signIn(),
    act: (program) => program.must('session.changePassword', { password, newPassword: fresh }),
  },
  // The password that was set by somebody else becomes the owner's own: the ledger knows it by the entry alone.
  'the first own password': {
    ...{ action: 'session.changePassword', account: clerk, before: own },
    async begin(program) {
      program.token = (await program.must('session.signIn', { account: clerk, password: own })).token;
    },
    act: (program) => program.must('session.changePassword', { password: own, newPassword: fresh }),
  },
  'a new password by the recovery key': {
    ...{ action: 'session.recover', account: clerk, before: own },
    begin: nobody,
    act: (program) => program.must('session.recover', { recoveryKey, account: clerk, newPassword: fresh }),
  },
};

test.each(Object.keys(ways))(
  'cut off before each operation on a file: %s',
  async (name) => {
    const way = ways[name];
    if (!way) throw new Error(name);
    const { action, account, before } = way;
    const told = { old: 0, new: 0 };
    for (const folder of await livesOf(way.begin, way.act)) {
      const { found } = findTraces(needlesOf([clerk, action]), [folder], []);
      expect(found, 'no name and no act stands in what waits').toEqual([]);
      // The first start finishes what was begun; somebody else may be the first to come.
      const program = startProgram(folder);
      await program.must('program.state', {});
      const isNew = await opens(folder, account, fresh);
      expect(await opens(folder, account, before)).toBe(!isNew);
      told[isNew ? 'new' : 'old']++;
      const word = account === 'admin' && isNew ? fresh : password;
      program.token = (await program.must('session.signIn', { account: 'admin', password: word })).token;
      const entries = await entriesOf(program, action);
      expect(entries, isNew ? 'the new way has its entry' : 'the old way has none').toHaveLength(
        isNew ? 1 : 0,
      );
      if (account === clerk) {
        const mustChange = (await program.must('account.list', {})).find(
          (one) => one.name === clerk,
        )?.mustChange;
        expect(mustChange).toBe(!isNew);
      }
      expect((await program.must('system.verify', {})).findings).toEqual([]);
      await program.close();
      expect(fs.existsSync(path.join(folder, folderNames.keyChange))).toBe(false);
      // Nothing is told twice.
      const again = startProgram(folder);
      again.token = (await again.must('session.signIn', { account: 'admin', password: word })).token;
      expect(await entriesOf(again, action)).toHaveLength(isNew ? 1 : 0);
      await again.close();
    }
    expect(told.old).toBeGreaterThan(3);
    expect(told.new).toBeGreaterThan(3);
  },
  180_000,
);

test('a note of another ledger, and half of one, say nothing and go', async () => {
  for (const bytes of [Buffer.from('half'), Buffer.alloc(400, 7)]) {
    const folder = temporaryFolder('keys');
    layFolder(template, folder);
    fs.writeFileSync(path.join(folder, folderNames.keyChange), bytes);
    const program = startProgram(folder);
    await program.signIn();
    expect(await entriesOf(program, 'session.changePassword')).toEqual([]);
    await program.close();
    expect(fs.existsSync(path.join(folder, folderNames.keyChange))).toBe(false);
  }
});

// Nobody has a share of the sealing key whom the ledger does not know for a decider.
test.each(['account.create', 'account.change'] as const)(
  'cut off before each operation on a file, the share of who may decide: %s',
  async (method) => {
    const lives = await livesOf(
      async (program) => {
        await program.signIn();
        await program.must('session.confirm', { password });
        if (method !== 'account.create') return;
        // Three accounts in use would have to share the duties out.
        const id = (await program.must('account.list', {})).find(({ name }) => name === clerk)?.id ?? '';
        await program.must('account.change', { changes: [{ id, isDisabled: true }], reason: '调离' });
      },
      async (program) => {
        const head = { name: '王建国', role: 'head', password: own } as const;
        if (method === 'account.create') return program.must('account.create', head);
        const all = await program.must('account.list', {});
        const id = all.find(({ name }) => name === 'admin')?.id ?? '';
        // The one decider there is gives it up himself: his share goes, after the ledger knows of it.
        return program.must('account.change', { changes: [{ id, role: 'clerk' }] });
      },
    );
    const account = method === 'account.create' ? '王建国' : 'admin';
    const word = method === 'account.create' ? own : password;
    const told = new Set<string>();
    for (const folder of lives) {
      const program = startProgram(folder);
      await program.must('program.state', {});
      const file = readKeyFile(folder);
      const pair = file && (await openByPassword(file, account, word))?.sealer;
      const hasShare = file?.sealing && pair ? openShare(file.sealing, [pair]) !== null : false;
      program.token = (await program.must('session.signIn', { account: 'admin', password })).token;
      const entries = await entriesOf(program, method);
      const isDone = entries.length > (method === 'account.create' ? 1 : 0);
      told.add(`${isDone} ${hasShare}`);
      await program.close();
    }
    const [before, after] =
      method === 'account.create' ? ['false false', 'true true'] : ['false true', 'true false'];
    expect(told).toContain(before);
    expect(told).toContain(after);
    // A share ahead of the entry that gives it is what must not be.
    expect(told).not.toContain(method === 'account.create' ? 'false true' : 'false false');
  },
  180_000,
);
