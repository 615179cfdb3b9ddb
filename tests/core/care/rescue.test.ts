// Moving to another PC, folders found elsewhere, keys that are missing, and what a technician is told.
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inFolder, names } from '#core/db/folder.ts';
import { temporaryFolder } from '#tests/faults/support.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program, password } from '#tests/fixtures/program.ts';

let program: Program;
beforeEach(async () => {
  program = await aProgram();
});
afterEach(() => program.close());

const stateOf = async (at: Program) => (await at.call('program.state', {})).state;
async function failedWith(at: Program): Promise<string> {
  const state = await stateOf(at);
  return state.is === 'failed' ? state.failure.code : state.is;
}
const installationOf = (at: Program) =>
  at.look((db) =>
    db.value<string>({ text: "select value from setting where name = 'installationId'", values: [] }),
  );
const loggedActions = (at: Program) =>
  at.look((db) => db.column<string>({ text: 'select action from audit_entry order by seq', values: [] }));

/** The folder as another machine finds it. */
function asIfElsewhere(folder: string): void {
  fs.writeFileSync(inFolder(folder, 'machine'), JSON.stringify({ machine: 'another' }));
}

async function moved(): Promise<{ folder: string; copy: string }> {
  const stick = temporaryFolder('stick');
  const { moved: done, program: after } = await program.call('program.move', {
    folder: program.grant('stick', stick),
  });
  expect(after.state).toMatchObject({ is: 'failed', failure: { code: 'ledger-moved' } });
  return done;
}

test('moved to a new PC: everything is there, under a new installation, and the old one says where it went', async () => {
  const { id, record } = await program.save(aMediation());
  const former = await installationOf(program);
  const { folder, copy } = await moved();
  expect(fs.readdirSync(folder).sort()).toEqual(
    [
      copy,
      copy.replace('.db', '.id'),
      copy.replace('.db', '.key'),
      copy.replace('.db', '.objects'),
      '搬迁说明.html',
    ].sort(),
  );
  expect(fs.readFileSync(path.join(folder, '搬迁说明.html'), 'utf8')).toContain('从备份恢复或者从旧电脑迁移');
  await program.restart();
  expect(await program.refused('session.signIn', { account: 'admin', password })).toMatchObject({
    code: 'ledger-moved',
    params: { to: path.basename(folder) },
  });

  const other = await aProgram({ from: temporaryFolder('empty'), isShut: true });
  expect((await stateOf(other)).is).toBe('set-up');
  await other.call('program.restore', { file: other.grant('copy', path.join(folder, copy)) });
  await other.signInAgain();
  expect((await other.call('ledger.list', { ledger: 'mediation' })).rows.map((row) => row.id)).toEqual([id]);
  expect(await installationOf(other)).not.toBe(former);
  expect(await loggedActions(other)).toContain('program.move');
  // The numbers go on where the old PC stopped.
  const next = await other.save(aMediation());
  expect([record.caseNo, next.record.caseNo].map((number) => /第(\d+)号/.exec(String(number))?.[1])).toEqual([
    '1',
    '2',
  ]);
  expect(await other.call('system.verify', {})).toMatchObject({ ok: true });
  await other.close();
});

test('a move that failed is taken back with a reason, which stands in the log; the ledger owns its numbers still', async () => {
  await program.save(aMediation());
  await moved();
  await program.restart();
  expect(await program.refused('program.goOn', { takesOver: true, reason: ' ' })).toMatchObject({
    code: 'invalid-input',
  });
  const after = await program.call('program.goOn', { takesOver: true, reason: 'U盘坏了，没有搬成' });
  expect(after.state.is).toBe('sign-in');
  await program.signInAgain();
  expect(String((await program.save(aMediation())).record.caseNo)).toMatch(/第2号/);
  const details = await program.look((db) =>
    db.column<string>({ text: "select detail from audit_entry where action = 'program.goOn'", values: [] }),
  );
  expect(details.map((text) => JSON.parse(text))).toEqual([
    { kind: 'moved', reason: 'U盘坏了，没有搬成', takesOver: true },
  ]);
  await program.restart();
  expect((await stateOf(program)).is).toBe('sign-in');
  expect(await program.refused('program.goOn', { takesOver: true, reason: 'x' })).toMatchObject({
    code: 'ledger-not-moved',
  });
});

test('a move that comes to nothing leaves no folder behind', async () => {
  const stick = temporaryFolder('stick');
  const own = await aProgram({
    helper: async () => {
      throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    },
  });
  const folder = own.grant('stick', stick);
  expect((await own.refused('program.move', { folder })).code).toBe('disk-full');
  expect(fs.readdirSync(stick)).toEqual([]);
  expect(await stateOf(own)).toMatchObject({ is: 'open' });
  await own.close();
  // What the program itself wrote half is no copy either.
  const half = await aProgram({
    async helper(_task, input) {
      const { to } = input as { to: string };
      fs.mkdirSync(to);
      fs.writeFileSync(path.join(to, 'half'), 'x');
      throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    },
  });
  expect((await half.refused('program.move', { folder: half.grant('stick', stick) })).code).toBe('disk-full');
  expect(fs.readdirSync(stick)).toEqual([]);
  await half.close();
});

test('who may move, and only with the password just typed', async () => {
  const own = await aProgram({ everyRole: true });
  const folder = own.grant('stick', temporaryFolder('stick'));
  const clerk = await own.signIn('clerk');
  expect(await clerk.refused('program.move', { folder })).toMatchObject({ code: 'no-right' });
  for (const within of ['', 'backups', 'yet-to-be-made/there']) {
    const inside = own.grant('inside', path.join(own.folder, within));
    const before = fs.readdirSync(own.folder);
    expect((await own.refused('program.move', { folder: inside })).code, within).toBe('file-inside');
    expect(fs.readdirSync(own.folder)).toEqual(before);
  }
  await own.call('session.lock', {});
  expect(await own.refused('program.move', { folder })).toMatchObject({ code: 'session-locked' });
  await own.close();
});

test('a folder found on another machine asks first; beside the other it takes over no numbers', async () => {
  await program.save(aMediation());
  const former = await installationOf(program);
  await program.restart();
  asIfElsewhere(program.folder);
  expect(await failedWith(program)).toBe('folder-elsewhere');
  expect(await program.refused('session.signIn', { account: 'admin', password })).toMatchObject({
    code: 'folder-elsewhere',
  });
  await program.call('program.goOn', { takesOver: false, reason: '另一台电脑也在用' });
  await program.signInAgain();
  expect(await installationOf(program)).not.toBe(former);
  const { record } = await program.save(aMediation());
  expect(record.caseNo ?? '').toBe('');
});

test('a folder found on another machine takes over where the other has gone', async () => {
  await program.save(aMediation());
  await program.restart();
  asIfElsewhere(program.folder);
  await program.call('program.goOn', { takesOver: true, reason: '旧电脑报废' });
  await program.signInAgain();
  expect(String((await program.save(aMediation())).record.caseNo)).toMatch(/第\d+号/);
});

test.each([
  ['gone', 'ledger-without-key'],
  ['harmed', 'key-file-damaged'],
])('a key file that is %s comes back from beside a copy, the harmed one is kept', async (how, code) => {
  await program.save(aMediation());
  await program.call('system.backup', {});
  await program.restart();
  for (const name of ['key', 'keyCopy'] as const) {
    if (how === 'gone') fs.rmSync(inFolder(program.folder, name));
    else fs.writeFileSync(inFolder(program.folder, name), '{"file":');
  }
  expect(await failedWith(program)).toBe(code);
  const after = await program.call('program.takeKey', {});
  expect(after.state.is).toBe('sign-in');
  // Nobody was signed in: the log has it from the next opening on, once.
  const noted = fs.readFileSync(inFolder(program.folder, 'keyTaken'));
  for (let start = 0; start < 2; start++) {
    await program.signInAgain();
    const { entries } = await program.call('audit.list', { actions: ['program.takeKey'] });
    expect(entries).toMatchObject([{ account: '', detail: {} }]);
    expect(fs.existsSync(inFolder(program.folder, 'keyTaken'))).toBe(false);
    // The program died before the note went.
    if (start === 0) {
      await program.restart();
      fs.writeFileSync(inFolder(program.folder, 'keyTaken'), noted);
    }
  }
  expect((await program.call('ledger.list', { ledger: 'mediation' })).total).toBe(1);
  if (how === 'harmed')
    expect(
      fs.readdirSync(inFolder(program.folder, 'aside')).filter((name) => name.endsWith(names.key)),
    ).toHaveLength(1);
});

test('without a copy the key file that somebody kept is taken; one of another ledger, or a harmed one, is not', async () => {
  const kept = path.join(temporaryFolder('kept'), 'kept.key');
  fs.copyFileSync(inFolder(program.folder, 'key'), kept);
  await program.restart();
  for (const name of ['key', 'keyCopy'] as const) fs.rmSync(inFolder(program.folder, name));
  expect(await program.refused('program.takeKey', {})).toMatchObject({ code: 'key-none' });
  const other = await aProgram();
  const foreign = program.grant('foreign', inFolder(other.folder, 'key'));
  expect(await program.refused('program.takeKey', { file: foreign })).toMatchObject({
    code: 'key-file-foreign',
  });
  await other.close();
  const harmed = path.join(temporaryFolder('kept'), 'harmed.key');
  fs.writeFileSync(harmed, fs.readFileSync(kept).subarray(0, 200));
  expect(await program.refused('program.takeKey', { file: program.grant('harmed', harmed) })).toMatchObject({
    code: 'key-file-foreign',
  });
  await program.call('program.takeKey', { file: program.grant('kept', kept) });
  await program.signInAgain();
  expect((await stateOf(program)).is).toBe('open');
});

test('a sound ledger takes no key from anybody', async () => {
  await program.call('system.backup', {});
  await program.restart();
  expect(await program.refused('program.takeKey', {})).toMatchObject({ code: 'key-needless' });
});

test('the key of another ledger: said as such, and the right one comes from beside the copy', async () => {
  await program.call('system.backup', {});
  await program.restart();
  const other = await aProgram();
  for (const name of ['key', 'keyCopy'] as const)
    fs.copyFileSync(inFolder(other.folder, name), inFolder(program.folder, name));
  await other.close();
  expect(await program.refused('session.signIn', { account: 'admin', password })).toMatchObject({
    code: 'wrong-key',
  });
  expect(await failedWith(program)).toBe('wrong-key');
  await program.call('program.takeKey', {});
  await program.signInAgain();
});

test('all passwords lost: the recovery key opens the ledger and sets a new one', async () => {
  const { recoveryKey } = program;
  await program.restart();
  expect(
    await program.refused('session.recover', {
      recoveryKey: 'AAAAA',
      account: 'admin',
      newPassword: 'neues-2025',
    }),
  ).toMatchObject({ code: 'recovery-key-wrong' });
  await program.call('session.recover', { recoveryKey, account: 'admin', newPassword: 'neues-2025' });
  await program.restart();
  await program.signInAgain('neues-2025');
});

test('before anybody signs in a diagnosis says that the ledger was not read, and what shows from outside', async () => {
  await program.save(aMediation());
  await program.restart();
  const out = path.join(temporaryFolder('out'), 'diagnosis.json');
  const made = async () => {
    const answer = await program.call('program.diagnose', { out: program.grant('out', out) });
    return { ...answer, ...JSON.parse(fs.readFileSync(out, 'utf8')) };
  };
  const sound = { endsInsidePage: false, isBlank: false, isPlain: false };
  expect(await made()).toMatchObject({
    state: 'sign-in',
    isLedgerRead: false,
    ledger: null,
    ledgerFile: sound,
  });
  const file = inFolder(program.folder, 'ledger');
  fs.writeFileSync(file, Buffer.alloc(fs.statSync(file).size - 5));
  expect(await made()).toMatchObject({
    ...{ state: 'sign-in', isLedgerRead: false },
    ledgerFile: { ...sound, endsInsidePage: true, isBlank: true },
  });
  expect((await program.refused('session.signIn', { account: 'admin', password })).code).toBe('damaged');
  expect(await made()).toMatchObject({ state: 'failed', isLedgerRead: true, failure: { code: 'damaged' } });
});

test('what a technician is told names no person, no folder and no secret', async () => {
  const canary = '赵钱孙李';
  const { record } = await program.save(aMediation());
  await program.call('system.backup', {});
  fs.writeFileSync(path.join(program.folder, `${canary}的身份证.txt`), 'x');
  await program.restart();
  fs.writeFileSync(inFolder(program.folder, 'key'), 'x');
  fs.writeFileSync(inFolder(program.folder, 'keyCopy'), 'x');
  const out = path.join(temporaryFolder('out'), 'diagnosis.json');
  await program.call('program.diagnose', { out: program.grant('out', out) });
  const text = fs.readFileSync(out, 'utf8');
  expect(JSON.parse(text)).toMatchObject({
    state: 'failed',
    failure: { code: 'key-file-damaged' },
    keys: [{ state: 'damaged' }, { state: 'damaged' }],
    files: { foreign: 1 },
    copies: { own: [{ name: expect.stringMatching(/^ledger-/) }], second: null },
  });
  const said = [
    canary,
    program.folder,
    path.basename(program.folder),
    password,
    program.recoveryKey,
    String(record.caseNo),
    '东坝',
  ];
  for (const secret of said) expect(text).not.toContain(secret);
});
