// A restore drill tells whether a copy would bring the ledger back, and leaves nothing but its line in the list.
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from '#core/db/connection.ts';
import { inFolder } from '#core/db/folder.ts';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import { guides } from '#shared/text/care.ts';
import { temporaryFolder } from '#tests/faults/support.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program, password } from '#tests/fixtures/program.ts';
import { aPicture, put } from '#tests/fixtures/scans.ts';

let program: Program;
beforeEach(async () => {
  program = await aProgram();
});
afterEach(() => program.close());

async function attach(recordId: string): Promise<void> {
  const scans = temporaryFolder('scans');
  const file = program.grant('scan', put(scans, 'scan.png', aPicture()));
  await program.call('attachment.add', { recordId, kind: 'site', file });
}

const later = (days: number) => {
  program.clock.now = new Date(program.clock.now.getTime() + days * 86_400_000);
};
const copyAt = (name: string) => path.join(inFolder(program.folder, 'backups'), name);

/** Changes what stands in a copy, as whoever holds the key could. */
async function inCopy(name: string, text: string): Promise<void> {
  const file = readKeyFile(program.folder);
  const key = file && (await keyByPassword(file, 'admin', password));
  if (!key) throw new Error('no key');
  const db = connect(copyAt(name), { key });
  db.exec(text);
  db.close();
}

async function aCopy(): Promise<string> {
  await program.save(aMediation());
  await program.save(aMediation());
  return (await program.call('system.backup', {})).name;
}

test('a good copy: counted, compared with what the ledger was at its commit, listed and logged, nothing left behind', async () => {
  const { id, version } = await program.save(aMediation());
  await attach(id);
  const name = await aCopy();
  // The ledger goes on; the copy is held against what it was then.
  await program.save(aMediation().record(), { id, baseVersion: version });
  await program.save(aMediation());
  const before = fs.readdirSync(program.folder).sort();
  const drill = await program.call('system.drill', {});
  expect(drill).toMatchObject({
    copy: name,
    place: 'own',
    account: 'admin',
    records: 3,
    fault: null,
    isCompared: true,
    hasAttachment: true,
  });
  expect(fs.readdirSync(program.folder).sort()).toEqual(before);
  expect(await program.call('system.drills', {})).toEqual({ drills: [drill], isDue: false });
  const logged = await program.look((db) =>
    db.column<string>({ text: "select detail from audit_entry where action = 'system.drill'", values: [] }),
  );
  expect(logged.map((text) => JSON.parse(text))).toEqual([{ file: name, records: 3, result: 'ok' }]);
});

test('progress is told and it can be stopped; then there is no drill, and nothing lies about', async () => {
  await aCopy();
  const asked = program.ask('system.drill', {});
  const call = await new Promise<string>((resolve) => {
    const look = () => {
      const told = program.events.find(({ event }) => event === 'progress');
      if (told?.event === 'progress') resolve(told.job);
      else setImmediate(look);
    };
    look();
  });
  program.cancel(call);
  expect(await asked).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect((await program.call('system.drills', {})).drills).toEqual([]);
  expect(fs.existsSync(inFolder(program.folder, 'drill'))).toBe(false);
});

test('each thing that would keep a restore from working is found and named', async () => {
  const name = await aCopy();
  const key = copyAt(name.replace('.db', '.key'));
  const drilled = async () => (await program.call('system.drill', { backup: name })).fault;
  const kept = fs.readFileSync(key);
  fs.rmSync(key);
  expect(await drilled()).toBe('key');
  fs.writeFileSync(key, kept.subarray(0, 300));
  expect(await drilled()).toBe('key');
  fs.writeFileSync(key, kept);
  expect(await drilled()).toBe(null);

  const whole = fs.readFileSync(copyAt(name));
  await inCopy(name, "update mediation_case set summary = 'other' where seq = 1");
  expect(await drilled()).toBe('content');
  fs.writeFileSync(copyAt(name), whole);
  await inCopy(
    name,
    'delete from mediation_party where record_seq = 2; delete from mediation_case where seq = 2',
  );
  expect(await drilled()).toBe('counts');
  fs.writeFileSync(copyAt(name), whole);
  await inCopy(name, 'delete from audit_entry where seq = 2');
  expect(await drilled()).toBe('content');
  fs.writeFileSync(copyAt(name), whole);
  await inCopy(name, 'pragma foreign_keys = off; delete from mediation_case where seq = 2');
  expect(await drilled()).toBe('database');
  const harmed = Buffer.from(whole);
  harmed[9000] = (harmed[9000] ?? 0) ^ 1;
  fs.writeFileSync(copyAt(name), harmed);
  expect(await drilled()).toBe('unreadable');
  const { drills } = await program.call('system.drills', {});
  expect(drills).toHaveLength(8);
});

test('an attachment that is missing beside the copy is found', async () => {
  const { id } = await program.save(aMediation());
  await attach(id);
  await aCopy();
  fs.rmSync(path.join(inFolder(program.folder, 'backups'), 'objects'), { recursive: true });
  expect(await program.call('system.drill', {})).toMatchObject({ fault: 'attachment', hasAttachment: true });
});

test('a ledger that went back and on another way is not compared with a copy of the way it left', async () => {
  const name = await aCopy();
  await program.save(aMediation());
  later(1);
  const { name: newer } = await program.call('system.backup', {});
  await program.call('program.restore', { backup: name });
  await program.signInAgain();
  await program.save(aMediation());
  await program.save(aMediation());
  expect(await program.call('system.drill', { backup: newer })).toMatchObject({
    fault: null,
    isCompared: false,
    records: 3,
  });
});

test('reminded after 31 days; a drill that failed does not count; without a copy it says what to do', async () => {
  expect(await program.refused('system.drill', {})).toEqual({ code: 'backup-none', params: {} });
  const isDue = async () => (await program.call('system.drills', {})).isDue;
  expect(await isDue()).toBe(false);
  later(32);
  expect(await isDue()).toBe(true);
  const name = await aCopy();
  expect(await program.refused('system.drill', { backup: 'ledger-20200101-000000.db' })).toMatchObject({
    code: 'file-missing',
  });
  const key = copyAt(name.replace('.db', '.key'));
  const kept = fs.readFileSync(key);
  fs.rmSync(key);
  expect((await program.call('system.drill', {})).fault).toBe('key');
  expect(await isDue()).toBe(true);
  fs.writeFileSync(key, kept);
  await program.call('system.drill', {});
  expect(await isDue()).toBe(false);
  later(32);
  expect(await isDue()).toBe(true);
});

test('the pages of guidance are there before anybody signed in, and where no ledger is', async () => {
  const clean = await aProgram({ isShut: true });
  try {
    for (const what of guides)
      expect((await clean.call('program.guide', { what })).html).toContain('东坝镇司法所');
    await clean.restart();
    fs.rmSync(clean.folder, { recursive: true });
    fs.mkdirSync(clean.folder);
    expect((await clean.call('program.guide', { what: 'restore' })).html).toContain('＿＿＿＿');
  } finally {
    await clean.close();
  }
});

test('the pages for the wall name the buttons as they are', async () => {
  for (const what of guides) {
    const page = await program.call('program.guide', { what });
    expect(page.html).toContain('从备份恢复或者从旧电脑迁移');
    expect(page.html).toContain('东坝镇司法所');
    expect(page.rows).toBe(7);
  }
});
