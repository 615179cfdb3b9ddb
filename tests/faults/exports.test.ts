// A file that leaves the ledger has its entry in the log, whenever the program dies: as the disk lies before each operation
// on a file, the next start finds every export that is there in the register of exports, and no name in what waits beside
// the ledger.
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { InputOf, MethodName } from '#shared/api/methods.ts';
import type { Transfer } from '#shared/api/transfer-types.ts';
import { layFolder } from '#tests/fixtures/copied-folder.ts';
import { aPicture } from '#tests/fixtures/scans.ts';
import { watchFiles } from './acts/tries.ts';
import { folderNames, makeTemplate, type Program, startProgram, temporaryFolder } from './support.ts';
import { findTraces, needlesOf } from './traces.ts';

const receiver = '欧阳鹿珂';
const reason = '移交法院卷宗核对';
const needles = needlesOf([receiver, reason, '欧阳', '报告甲', 'attachment.export']);
const pending = (folder: string) =>
  fs.readdirSync(folder).filter((name) => /^leaving-.*\.pending$/.test(name));

let template: string;
beforeAll(async () => {
  template = fs.mkdtempSync(path.join(process.env.TMPDIR ?? '/tmp', 'judicial-ledger-exports-'));
  const data = path.join(template, 'data');
  fs.mkdirSync(data);
  await makeTemplate(data, 2);
  const program = startProgram(data);
  await enter(program);
  const { rows } = await program.must('ledger.list', { ledger: 'mediation' });
  const file = path.join(template, 'scan.png');
  fs.writeFileSync(file, aPicture({ note: 'x'.repeat(20_000) }));
  const input = { recordId: rows[0]?.id ?? '', file: 'f', kind: 'site' };
  await program.must('attachment.add', input, { f: file });
  await program.close();
});
afterAll(() => fs.rmSync(template, { recursive: true, force: true }));

async function enter(program: Program): Promise<void> {
  await program.signIn();
  await program.must('session.confirm', { password: 'correct horse' });
}

type Export<M extends MethodName = MethodName> = {
  method: M;
  /** The file or folder that is named. */
  name: string;
  input(program: Program): Promise<InputOf<M>>;
  /** What is there afterwards, as names in the place. */
  leaves: RegExp;
};
const anExport = <M extends MethodName>(one: Export<M>) => one as unknown as Export;

const firstCase = async (program: Program) =>
  (await program.must('ledger.list', { ledger: 'mediation' })).rows.at(-1)?.id ?? '';
const withScan = async (program: Program) => {
  const { rows } = await program.must('ledger.list', { ledger: 'mediation' });
  return (await program.must('attachment.list', { recordId: rows[0]?.id ?? '' }))[0]?.id ?? '';
};

const exports = [
  anExport({
    method: 'report.make',
    name: `${receiver}报告甲.docx`,
    input: async () => ({ year: 2025, out: 'o', overwrite: true }),
    leaves: /报告甲\.docx$/,
  }),
  anExport({
    method: 'audit.export',
    name: `${receiver}.jsonl`,
    input: async () => ({ out: 'o', reason, overwrite: true }),
    leaves: /\.jsonl$/,
  }),
  anExport({
    method: 'attachment.export',
    name: `${receiver}.png`,
    input: async (program) => ({ id: await withScan(program), out: 'o', reason, overwrite: true }),
    leaves: /\.png$/,
  }),
  anExport({
    method: 'dossier.make',
    name: `${receiver}案卷.docx`,
    input: async (program) => ({ id: await firstCase(program), out: 'o', overwrite: true }),
    leaves: /案卷\.docx$/,
  }),
  anExport({
    method: 'system.backup',
    name: receiver,
    input: async () => ({ folder: 'o' }),
    leaves: /ledger-[\d-]+\.db$/,
  }),
];

/** The disk as a program that dies now leaves it. */
function copyAsItLies(from: string, to: string): void {
  const isLeft = (file: string) => !file.endsWith('-shm') && path.basename(file) !== folderNames.lock;
  fs.cpSync(from, to, { recursive: true, filter: isLeft });
}

/** A copy is looked at once it has its name: after that only the log is written. */
function watchLooks(at: string, told: () => void): () => void {
  const { statSync } = fs;
  const watched = (...given: Parameters<typeof statSync>) => {
    if (String(given[0]).startsWith(at)) told();
    return statSync(...given);
  };
  Object.assign(fs, { statSync: watched });
  return () => void Object.assign(fs, { statSync });
}

const outside = (place: string) =>
  fs.readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((name) => !name.startsWith('objects'));

async function registered(program: Program, method: string): Promise<Transfer[]> {
  await enter(program);
  const { rows } = await program.must('transfer.list', { direction: 'out', limit: 500 });
  return rows.filter(({ action }) => action === method);
}

test.each(exports)(
  'cut off before each operation on a file: $method',
  async (one) => {
    const at = temporaryFolder('exports');
    const [data, place, lives] = [path.join(at, 'data'), path.join(at, 'place'), path.join(at, 'lives')];
    layFolder(path.join(template, 'data'), data);
    for (const folder of [place, lives]) fs.mkdirSync(folder);
    const program = startProgram(data);
    await enter(program);
    const input = await one.input(program);
    let count = 0;
    const laid = () => {
      const life = path.join(lives, String(count++));
      copyAsItLies(data, path.join(life, 'data'));
      copyAsItLies(place, path.join(life, 'place'));
    };
    const over = [watchFiles(laid), watchLooks(path.join(place, one.name), laid)];
    const answer = await program
      .call(one.method, input, { o: path.join(place, one.name) })
      .finally(() => over.forEach((end) => void end()));
    expect(answer.ok).toBe(true);
    expect((await registered(program, one.method)).length).toBe(1);
    expect(pending(data), 'nothing waits any more').toEqual([]);
    await program.close();
    expect(count).toBeGreaterThan(5);

    const seen = new Set<string>();
    for (let number = 0; number < count; number++) {
      const life = path.join(lives, String(number));
      for (const folder of [data, place]) {
        fs.rmSync(folder, { recursive: true });
        layFolder(path.join(life, path.basename(folder)), folder, { preserveTimestamps: true });
      }
      const traces = findTraces(needles, [data]);
      expect(traces.found, `clear text before operation ${number}`).toEqual([]);
      const waits = pending(data).length;
      const next = startProgram(data);
      const found = await registered(next, one.method);
      const isThere = outside(place).some((name) => one.leaves.test(name));
      const said = found.map((entry) => String(entry.detail.ended ?? 'logged'));
      for (const how of said) seen.add(how);
      expect(found.length, `before operation ${number}, there: ${isThere}, waiting: ${waits}`).toBe(
        isThere ? 1 : Math.min(found.length, 1),
      );
      if (waits > 0)
        expect(found.length, `what waited is told, before operation ${number}`).toBeGreaterThan(0);
      for (const how of said) expect(how === 'written' || how === 'logged').toBe(isThere);
      expect(pending(data)).toEqual([]);
      if (one.method !== 'system.backup')
        expect(outside(place).filter((name) => name.endsWith('.tmp'))).toEqual([]);
      // Told once, not at each start.
      await next.close();
      const after = startProgram(data);
      expect((await registered(after, one.method)).length).toBe(found.length);
      const { ok } = await after.must('system.verify', {});
      expect(ok).toBe(true);
      await after.close();
    }
    expect([...seen]).toEqual(expect.arrayContaining(['written', 'logged']));
  },
  300_000,
);

test('what waits and cannot be read is told of by an entry that says so, and goes', async () => {
  const data = temporaryFolder('exports');
  layFolder(path.join(template, 'data'), data);
  fs.writeFileSync(path.join(data, 'leaving-0123456789abcdef.pending'), Buffer.alloc(300, 7));
  fs.writeFileSync(path.join(data, 'leaving-0123456789abcdee.pending.tmp'), Buffer.alloc(10, 7));
  const program = startProgram(data);
  const told = await registered(program, 'leaving.unread');
  expect(told.length).toBe(1);
  expect(fs.readdirSync(data).filter((name) => name.startsWith('leaving-'))).toEqual([]);
  await program.close();
});

test('a file that took the place of another and could not be logged is told of at the next start', async () => {
  const at = temporaryFolder('exports');
  const [data, file] = [path.join(at, 'data'), path.join(at, 'log.jsonl')];
  layFolder(path.join(template, 'data'), data);
  fs.writeFileSync(file, 'what was there before');
  const program = startProgram(data);
  await enter(program);
  // The answer cannot be given to whoever asked: what is thrown after the file was written takes the entry back.
  let isWritten = false;
  const { renameSync } = fs;
  Object.assign(fs, {
    renameSync(from: string, to: string) {
      renameSync(from, to);
      isWritten ||= to === file;
      if (to === file) throw Object.assign(new Error('the stick was taken out'), { code: 'EIO' });
    },
  });
  const answer = await program
    .call('audit.export', { out: 'o', reason, overwrite: true }, { o: file })
    .finally(() => Object.assign(fs, { renameSync }));
  expect([answer.ok, isWritten]).toEqual([false, true]);
  await program.close();
  const next = startProgram(data);
  expect((await registered(next, 'audit.export')).map(({ detail }) => detail.ended)).toEqual(['written']);
  await next.close();
});
