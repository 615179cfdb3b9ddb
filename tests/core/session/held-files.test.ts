// A virus scanner on Windows holds files that were just written: what cannot be cleared away after a call's changes stand must not undo them.
import fs from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { inFolder } from '#core/db/folder.ts';
import { namesIn } from '#core/db/objects.ts';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';
import { aCase, seal } from '#tests/fixtures/sealing.ts';

const own = 'eigen-2026';
const formerKeys = /ledger\.key(\.copy)?\.[0-9a-f]{8}\.back$/;
const formerNumbers = /ledger\.id(\.copy)?\.[0-9a-f]{8}\.back$/;
const scansToCome = /unsealing\.pending$/;

let program: Program;
let head: Person;
beforeEach(async () => {
  program = await aProgram({ everyRole: true });
  head = await program.signIn('head');
});
afterEach(async () => {
  vi.restoreAllMocks();
  await program.close();
});

/** Until the mocks are restored; how often something was kept from going. */
function held(files: RegExp): () => number {
  const remove = fs.rmSync.bind(fs);
  let times = 0;
  vi.spyOn(fs, 'rmSync').mockImplementation((at, options) => {
    if (!files.test(String(at)) || !fs.existsSync(at)) return remove(at, options);
    times += 1;
    throw Object.assign(new Error('held'), { code: 'EBUSY' });
  });
  return () => times;
}

const traces = () => fs.readdirSync(program.folder).filter((name) => /\.(tmp|back)$/.test(name));
const idOf = async (name: string) =>
  (await head.call('account.list', {})).find((account) => account.name === name)?.id ?? '';
const opens = async (secret: string) => {
  const file = readKeyFile(program.folder);
  return file !== null && (await keyByPassword(file, 'clerk', secret)) !== null;
};
const toldOf = (from: number) => program.events.slice(from).map(({ event }) => event);

test.each([
  { what: 'the numbers of before', files: formerNumbers },
  { what: 'the note of the scans that come', files: scansToCome },
])('a record is opened again with its scans while $what is held', async ({ files }) => {
  const { id } = await aCase(program);
  const clerk = await program.signIn('clerk');
  await seal(clerk, head, id);
  const unsealing = { kind: 'unseal', basis: 'mistaken', reason: '封错' } as const;
  const request = await clerk.call('sealing.apply', { recordId: id, ...unsealing });
  const before = program.events.length;
  const times = held(files);
  await head.call('sealing.confirm', { id: request.id });
  expect(times()).toBeGreaterThan(0);
  expect(toldOf(before)).toContain('changed');
  vi.restoreAllMocks();
  const check = async () => {
    const [scan] = await head.call('attachment.list', { recordId: id });
    expect(namesIn(inFolder(program.folder, 'objects')).size).toBe(1);
    expect((await head.ask('attachment.view', { id: scan?.id ?? '' })).ok).toBe(true);
  };
  await check();
  await program.restart();
  head = await program.signIn('head');
  await check();
  expect([traces(), fs.existsSync(inFolder(program.folder, 'unsealing'))]).toEqual([[], false]);
});

test('a draft of a record that is sealed is forgotten while the numbers of before are held', async () => {
  const { id } = await aCase(program);
  const clerk = await program.signIn('clerk');
  const { version } = await clerk.call('ledger.get', { id });
  await clerk.call('draft.save', {
    ...{ id: '0197a000-0000-7000-8000-000000000011', ledger: 'mediation', recordId: id },
    ...{ baseVersion: version, content: { remark: '老井' } },
  });
  expect(await clerk.call('draft.list', {})).toHaveLength(1);
  const times = held(formerNumbers);
  await seal(clerk, head, id);
  expect(times()).toBeGreaterThan(0);
  expect(await clerk.call('draft.list', {})).toEqual([]);
});

test('a password set for another is his, and the one of before opens nothing, now and after a start', async () => {
  const id = await idOf('clerk');
  const times = held(formerKeys);
  await head.call('account.setPassword', { id, password: own });
  expect(times()).toBeGreaterThan(0);
  expect([await opens(own), await opens(password)]).toEqual([true, false]);
  // Still held when the program starts: it opens all the same, and leaves it for the next time.
  expect(traces().length).toBeGreaterThan(0);
  await program.restart();
  await program.signIn('clerk', own);
  expect(await program.refused('session.signIn', { account: 'clerk', password })).toMatchObject({
    code: 'sign-in-failed',
  });
  expect(traces().length).toBeGreaterThan(0);
  vi.restoreAllMocks();
  await program.restart();
  await program.signIn('clerk', own);
  expect(traces()).toEqual([]);
});

test('an account that is shut out has no key any more', async () => {
  const id = await idOf('clerk');
  const times = held(formerKeys);
  await head.call('account.change', { changes: [{ id, isDisabled: true }] });
  expect(times()).toBeGreaterThan(0);
  expect(await opens(password)).toBe(false);
});

test('an own password is changed', async () => {
  const clerk = await program.signIn('clerk');
  const times = held(formerKeys);
  await clerk.call('session.changePassword', { password, newPassword: own });
  expect(times()).toBeGreaterThan(0);
  expect([await opens(own), await opens(password)]).toEqual([true, false]);
});

test('a record that gets a number is answered as saved, and the lists are told', async () => {
  const before = program.events.length;
  const times = held(formerNumbers);
  const { id } = await program.save(aMediation());
  expect(times()).toBeGreaterThan(0);
  expect((await program.call('ledger.get', { id })).version).toBeTruthy();
  expect(toldOf(before)).toContain('changed');
});
