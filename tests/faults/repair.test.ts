// A damaged ledger is put together from its copy and what can still be read of it; nothing is lost without being named.
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '#core/db/connection.ts';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import type { RepairReport } from '#shared/api/care-types.ts';
import { layFolder } from '#tests/fixtures/copied-folder.ts';
import { aPicture, put } from '#tests/fixtures/scans.ts';
import {
  account,
  folderNames,
  isFull,
  makeLedger,
  type Program,
  password,
  seeded,
  someCase,
  startProgram,
  stateOf,
  temporaryFolder,
} from './support.ts';

type Known = { id: string; version: string; summary: string };
const page = 4096;
const atCopy = 60;
const later = 60;

let template: string;
let copied: Map<string, Known>;
let final: Map<string, Known>;
let attachment: string;

const known = ({ id, version, record }: { id: string; version: string; record: Record<string, unknown> }) =>
  ({ id, version, summary: String(record.summary) }) satisfies Known;

/** A copy of sixty cases; then sixty more, ten of the old changed twice, an attachment, a figure, another account. */
beforeAll(async () => {
  template = temporaryFolderOf();
  await makeLedger(template);
  const program = startProgram(template);
  await program.signIn();
  final = new Map();
  const keep = (saved: Known) => final.set(saved.id, saved);
  for (let number = 1; number <= atCopy; number++)
    keep(known(await program.must('ledger.save', { ledger: 'mediation', record: someCase(number) })));
  await program.must('system.backup', {});
  copied = new Map(final);
  for (const { id, version } of [...copied.values()].slice(0, 10)) {
    let baseVersion = version;
    for (const turn of [1, 2]) {
      const { record } = await program.must('ledger.get', { id });
      const summary = `${record.summary}（改${turn}）`;
      const change = { ledger: 'mediation', id, baseVersion, record: { ...record, summary } };
      const saved = await program.must('ledger.save', change);
      baseVersion = saved.version;
      keep(known(saved));
    }
  }
  for (let number = atCopy + 1; number <= atCopy + later; number++)
    keep(known(await program.must('ledger.save', { ledger: 'mediation', record: someCase(number) })));
  const scan = put(path.join(template, '..', `${path.basename(template)}-scan`), 'scan.png', aPicture());
  attachment = [...final.keys()].at(-1) ?? '';
  await program.must('attachment.add', { recordId: attachment, kind: 'site', file: 'scan' }, { scan });
  await program.close();
});
afterAll(() => fs.rmSync(template, { recursive: true, force: true }));

function temporaryFolderOf(): string {
  return fs.mkdtempSync(path.join(process.env.TMPDIR ?? '/tmp', 'judicial-ledger-repair-'));
}

function damagedCopy(harm: (handle: number, pages: number) => void): string {
  const folder = temporaryFolder('repair');
  layFolder(template, folder);
  const ledger = path.join(folder, folderNames.ledger);
  const handle = fs.openSync(ledger, 'r+');
  harm(handle, Math.floor(fs.fstatSync(handle).size / page));
  fs.closeSync(handle);
  fs.writeFileSync(path.join(folder, folderNames.damaged), '');
  return folder;
}

function spoil(handle: number, number: number): void {
  const bytes = Buffer.alloc(64);
  fs.readSync(handle, bytes, 0, 64, number * page + 1000);
  for (const [at, byte] of bytes.entries()) bytes[at] = byte ^ 0x5a;
  fs.writeSync(handle, bytes, 0, 64, number * page + 1000);
}

async function repair(folder: string): Promise<Program> {
  const program = startProgram(folder);
  expect(await program.failure('session.signIn', { account, password })).toMatchObject({ code: 'damaged' });
  const { program: after } = await program.must('program.repair', { account, password });
  expect(after.state.is).toBe('sign-in');
  await program.signIn();
  return program;
}

async function reportOf(folder: string): Promise<RepairReport> {
  const file = readKeyFile(folder);
  const key = file && (await keyByPassword(file, account, password));
  if (!key) throw new Error('no key');
  const db = connect(path.join(folder, folderNames.ledger), { key, access: 'read' });
  const text = db.value<string>({ text: 'select content from repair_report order by seq desc', values: [] });
  db.close();
  return JSON.parse(text ?? '') as RepairReport;
}

async function cases(program: Program): Promise<Map<string, Known>> {
  const found = new Map<string, Known>();
  for (let offset = 0; ; offset += 500) {
    const { rows } = await program.must('ledger.list', { ledger: 'mediation', offset, limit: 500 });
    for (const { id } of rows) found.set(id, known(await program.must('ledger.get', { id })));
    if (rows.length < 500) return found;
  }
}

/** Every record is there as it was last, or named; nothing of the copy is gone; the whole fits together. */
async function checkRepaired(program: Program): Promise<RepairReport> {
  const report = await reportOf(program.folder);
  const named = new Map(report.found.map((one) => [one.id, one]));
  const here = await cases(program);
  for (const { id } of copied.values()) expect(here.has(id), `of the copy: ${id}`).toBe(true);
  let unnamed = 0;
  for (const [id, last] of final) {
    const now = here.get(id);
    const name = named.get(id);
    if (now?.summary === last.summary) {
      if (copied.get(id)?.version !== last.version)
        expect(name?.what, `came from the damaged file: ${id}`).toMatch(/^(whole|content)$/);
      if (name?.what === 'whole') expect(now.version).toBe(last.version);
    } else if (name) {
      expect(name.what).toBe(copied.has(id) ? 'change' : 'lost');
      if (now) expect(now.summary).toBe(copied.get(id)?.summary);
    } else unnamed++;
  }
  // What nothing readable speaks of any more, neither row, index, version nor log, cannot be named; the list says that.
  if (unnamed > 0 && report.isReadable) expect(report.log.lost, `${unnamed} unnamed`).toBeGreaterThan(0);
  const { ok, findings } = await program.must('system.verify', {});
  expect([ok, JSON.stringify(findings.slice(0, 5))]).toEqual([true, '[]']);
  return report;
}

describe('repair', () => {
  test('nothing but the mark: every record and version since the copy comes back, with log and attachment', async () => {
    const folder = damagedCopy((handle, pages) => spoil(handle, pages - 1));
    const program = await repair(folder);
    const report = await checkRepaired(program);
    expect(report.isReadable).toBe(true);
    const { rows } = await program.must('ledger.list', { ledger: 'mediation', limit: 1000 });
    expect(rows).toHaveLength(atCopy + later);
    expect(await program.must('attachment.list', { recordId: attachment })).toHaveLength(1);
    const [listed] = await program.must('system.repairs', {});
    expect(listed).toMatchObject({ account, saved: report.found.length, lost: 0 });
    await program.must('session.veil', {});
    const sheet = await program.must('system.repairPage', { id: listed?.id ?? 0 });
    expect(sheet.rows).toBe(later + 10);
    // Names are masked as everywhere, until somebody says why he looks.
    expect(sheet.html).toContain('申**');
    expect(sheet.html).not.toMatch(/申\d+甲/);
    await program.must('session.reveal', { reason: '办理业务' });
    // The next number is above the last one given.
    const saved = await program.must('ledger.save', { ledger: 'mediation', record: someCase(999) });
    expect([...(await cases(program)).values()]).toHaveLength(atCopy + later + 1);
    expect(saved.record.caseNo).toBeTruthy();
    await program.close();
    const aside = path.join(folder, folderNames.aside);
    const [kept = ''] = fs.readdirSync(aside);
    expect(fs.existsSync(path.join(aside, kept, folderNames.ledger)), 'the damaged file is kept').toBe(true);
  });

  test('random pages damaged: what was readable and newer is there or on the list, nothing of the copy is gone', async () => {
    const random = seeded('repair');
    let lost = 0;
    for (let turn = 0; turn < (isFull ? 200 : 4); turn++) {
      const folder = damagedCopy((handle, pages) => {
        const count = 1 + random.below(1 + Math.floor(pages / (turn % 2 === 0 ? 40 : 8)));
        // Each once: spoilt twice, a page is whole again.
        const hit = new Set(Array.from({ length: count }, () => 1 + random.below(pages - 1)));
        for (const number of hit) spoil(handle, number);
      });
      const program = await repair(folder);
      const report = await checkRepaired(program);
      lost += report.found.filter(({ what }) => what === 'lost' || what === 'change').length;
      await program.close();
      fs.rmSync(folder, { recursive: true });
    }
    if (isFull) expect(lost, 'some damage must hurt, or nothing was tried').toBeGreaterThan(0);
  }, 600_000);

  test('not even the first page can be read: the copy alone, and the list says so', async () => {
    const program = await repair(damagedCopy((handle) => spoil(handle, 0)));
    expect(await reportOf(program.folder)).toMatchObject({ isReadable: false, found: [] });
    expect((await cases(program)).size).toBe(atCopy);
    await program.close();
  });

  test('without a sound copy, with a wrong password, or on a sound ledger it is refused and nothing has moved', async () => {
    const folder = damagedCopy((handle) => spoil(handle, 3));
    const program = startProgram(folder);
    await program.failure('session.signIn', { account, password });
    expect(await program.failure('program.repair', { account, password: 'wrong horse' })).toMatchObject({
      code: 'sign-in-failed',
    });
    const backups = path.join(folder, folderNames.backups);
    for (const name of fs.readdirSync(backups).filter((one) => one.endsWith('.db'))) {
      const handle = fs.openSync(path.join(backups, name), 'r+');
      spoil(handle, 5);
      fs.closeSync(handle);
    }
    expect(await program.failure('program.repair', { account, password })).toMatchObject({
      code: 'repair-no-copy',
    });
    expect((await stateOf(program)).is).toBe('failed');
    await program.close();
    expect(fs.existsSync(path.join(folder, folderNames.aside))).toBe(false);
    const sound = temporaryFolder('repair');
    layFolder(template, sound);
    const well = startProgram(sound);
    expect(await well.failure('program.repair', { account, password })).toMatchObject({
      code: 'repair-needless',
    });
    await well.close();
  });

  test('a repair that was cut short anywhere leaves the damaged ledger to be repaired again', async () => {
    const folder = damagedCopy((handle) => spoil(handle, 20));
    fs.writeFileSync(path.join(folder, `${folderNames.ledger}.repairing`), 'half a file');
    const program = await repair(folder);
    await checkRepaired(program);
    await program.close();
    expect(fs.readdirSync(folder).filter((name) => name.includes('repairing'))).toEqual([]);
  });

  test('a copy of a way that the ledger left is passed over for one of its own', async () => {
    const folder = temporaryFolder('repair');
    await makeLedger(folder);
    let program = startProgram(folder);
    await program.signIn();
    await program.must('ledger.save', { ledger: 'mediation', record: someCase(1) });
    const { name: first } = await program.must('system.backup', {});
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await program.must('ledger.save', { ledger: 'mediation', record: someCase(2) });
    await program.must('system.backup', {});
    await program.must('program.restore', { backup: first });
    await program.signIn();
    await program.must('ledger.save', { ledger: 'mediation', record: someCase(3) });
    await program.close();
    const handle = fs.openSync(path.join(folder, folderNames.ledger), 'r+');
    spoil(handle, Math.floor(fs.fstatSync(handle).size / page) - 1);
    fs.closeSync(handle);
    fs.writeFileSync(path.join(folder, folderNames.damaged), '');
    program = await repair(folder);
    const summaries = [...(await cases(program)).values()].map(({ summary }) => summary.slice(0, 4));
    expect(summaries.sort()).toEqual(['第1起：', '第3起：']);
    expect((await reportOf(folder)).copy).toBe(first);
    await program.close();
  });
});
