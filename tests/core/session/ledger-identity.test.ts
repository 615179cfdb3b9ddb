// The file beside the ledger (ledger.id): what it says of sealings is for nobody without the key, and one copy of it mends the other.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inFolder } from '#core/db/folder.ts';
import { sealBasisNames } from '#shared/text/sealing.ts';
import { foundIn } from '#tests/fixtures/bare-pages.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';
import { aCase, identityIn, keyOf, reason, seal, secrets } from '#tests/fixtures/sealing.ts';

let program: Program;
beforeEach(async () => {
  program = await aProgram({ everyRole: true });
});
afterEach(() => program.close());

const first = 'qinghe-2025';
const copies = ['identity', 'identityCopy'] as const;
const at = (name: (typeof copies)[number], folder = program.folder) => inFolder(folder, name);
const spoil = (name: (typeof copies)[number]) => fs.writeFileSync(at(name), Buffer.alloc(300, 7));

async function aPerson(name: string, by: Person) {
  await by.call('account.create', { name, role: 'head', password: first });
  const person = await program.signIn(name, first);
  await person.call('session.changePassword', { password: first, newPassword: password });
  return program.signIn(name, password);
}

/** Every file below a folder, as one buffer. */
function bytesOf(folder: string): Buffer {
  const all = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = all.filter((one) => one.isFile()).map((one) => path.join(one.parentPath, one.name));
  return Buffer.concat(files.flatMap((file) => [Buffer.from(`${file}\n`), fs.readFileSync(file)]));
}

const logged = async (action: string) =>
  (await (await program.signIn('auditor')).call('audit.list', { actions: [action] })).entries;

describe('what is sealed', () => {
  test('is named nowhere in clear: neither record, ground, reason nor account, in the folder, copies, the second place', async () => {
    const second = fs.mkdtempSync(path.join(os.tmpdir(), 'second-'));
    const { id } = await aCase(program);
    const head = await program.signIn('head');
    const applicant = await aPerson('令狐经办', head);
    const decider = await aPerson('长孙主任', head);
    await program.call('system.setSecondPlace', { folder: program.grant('second', second) });
    const { name: backup } = await program.call('system.backup', {});
    await seal(applicant, decider, id);
    const [sealed] = identityIn(program.folder, await keyOf(program))?.sealed ?? [];
    expect(sealed).toMatchObject({ recordId: id, basis: 'minorCrime' });
    const inClear = [
      ...[id, sealed?.id ?? '', sealed?.appliedBy ?? '', sealed?.decidedBy ?? ''],
      ...['令狐经办', '长孙主任', 'minorCrime', '未成年人', sealBasisNames.minorCrime, reason, ...secrets],
    ];
    expect(inClear).not.toContain('');
    const scan = () => [program.folder, second].flatMap((folder) => foundIn(bytesOf(folder), inClear));
    expect(scan()).toEqual([]);
    program.clock.now = new Date(program.clock.now.getTime() + 5000);
    const { name: later } = await program.call('system.backup', {});
    expect(fs.readdirSync(second, { recursive: true })).toContainEqual(expect.stringContaining(later));
    expect(scan()).toEqual([]);
    // What a restore leaves for the log tells nobody who restored before the next sign-in.
    await program.call('program.restore', { backup });
    expect(fs.readFileSync(inFolder(program.folder, 'restored'), 'utf8')).not.toContain('admin');
    expect(scan()).toEqual([]);
    await program.signInAgain();
    const entries = await logged('program.restore');
    expect(entries.map(({ account }) => account)).toEqual(['admin']);
    expect((await program.refused('ledger.get', { id })).code).toBe('record-missing');
    expect(scan()).toEqual([]);
    fs.rmSync(second, { recursive: true });
  });
});

describe('one of its two copies', () => {
  test.each(copies)('%s, harmed or gone, is made good from the other, and the log says so', async (name) => {
    await program.save(aMediation());
    for (const harm of [() => spoil(name), () => fs.rmSync(at(name))]) {
      await program.restart();
      const other = fs.readFileSync(at(name === 'identity' ? 'identityCopy' : 'identity'));
      harm();
      await program.signInAgain();
      const [one, two] = copies.map((each) => fs.readFileSync(at(each), 'utf8'));
      expect(one).toBe(two);
      expect(JSON.parse(one ?? '').ledgerId).toBe(JSON.parse(other.toString('utf8')).ledgerId);
    }
    const entries = await logged('identity.mended');
    const from = name === 'identity' ? 'ledger.id.copy' : 'ledger.id';
    expect(entries.map(({ detail }) => detail)).toEqual([{ source: from }, { source: from }]);
    expect(String((await program.save(aMediation())).record.caseNo)).toMatch(/第2号/);
  });

  test('the copy is written first: killed between the two, what it says counts', async () => {
    const { id } = await aCase(program);
    const clerk = await program.signIn('clerk');
    await clerk.call('sealing.apply', { recordId: id, kind: 'seal', basis: 'minorCrime', reason });
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ledger-kill-'));
    await program.restart();
    fs.cpSync(program.folder, folder, { recursive: true });
    await program.signInAgain();
    const head = await program.signIn('head');
    const [request] = (await head.call('sealing.state', {})).requests;
    await head.call('sealing.confirm', { id: request?.id ?? '' });
    fs.copyFileSync(at('identityCopy'), at('identityCopy', folder));
    const killed = await aProgram({ from: folder });
    expect((await killed.refused('ledger.get', { id })).code).toBe('record-missing');
    await killed.close();
    fs.rmSync(folder, { recursive: true });
  });
});

describe('both copies gone', () => {
  const loseBoth = async () => {
    await program.restart();
    spoil('identity');
    fs.rmSync(at('identityCopy'));
  };

  test('what lies beside the newest copy of the ledger takes their place; what was opened again since stays open', async () => {
    const { id } = await aCase(program);
    const head = await program.signIn('head');
    await seal(await program.signIn('clerk'), head, id);
    const { name } = await program.call('system.backup', {});
    const request = await head.call('sealing.apply', {
      ...{ recordId: id, kind: 'unseal', basis: 'mistaken', reason: '封错' },
    });
    await program.call('sealing.confirm', request);
    await loseBoth();
    await program.signInAgain();
    expect((await program.call('ledger.get', { id })).id).toBe(id);
    const entries = await logged('identity.mended');
    expect(entries.map(({ detail }) => detail)).toEqual([{ source: name.replace('.db', '.id') }]);
    expect(identityIn(program.folder, await keyOf(program))?.sealed).toEqual([]);
  });

  test('and no copy of the ledger: it does not open without somebody saying why; then all is as before', async () => {
    const { id } = await program.save(aMediation());
    await loseBoth();
    const signIn = { account: 'admin', password };
    expect((await program.refused('session.signIn', signIn)).code).toBe('identity-lost');
    const { state } = await program.call('program.state', {});
    expect(state).toMatchObject({ is: 'failed', failure: { code: 'identity-lost' } });
    await program.call('program.goOn', { takesOver: true, reason: '文件被误删' });
    await program.signInAgain();
    expect((await program.call('ledger.get', { id })).id).toBe(id);
    expect(String((await program.save(aMediation())).record.caseNo)).toMatch(/第2号/);
    const entries = await logged('program.goOn');
    expect(entries.map(({ detail }) => detail)).toMatchObject([{ kind: 'identity', reason: '文件被误删' }]);
    await program.restart();
    await program.signInAgain();
    expect(await program.call('system.verify', {})).toMatchObject({ ok: true });
  });
});

test('a file of another ledger is told from one that was harmed', async () => {
  const other = await aProgram();
  await program.restart();
  for (const name of copies) fs.copyFileSync(at(name, other.folder), at(name));
  await other.close();
  const refused = await program.refused('session.signIn', { account: 'admin', password });
  expect(refused.code).toBe('wrong-key');
});
