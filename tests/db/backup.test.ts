import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backupName, checkBackup, dropSurplus, makeBackup, surplus } from '#core/db/backup.ts';
import { connect } from '#core/db/connection.ts';
import { listBackups } from '#core/db/copies.ts';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import type { Backup } from '#shared/api/types.ts';
import { account, folderNames, makeLedger, password, someCase, startProgram } from '../faults/programs.ts';
import { temporaryFolder } from '../faults/support.ts';

const day = 86_400_000;
const start = Date.parse('2025-01-01T00:00:00Z');

/** Copies made at the given minutes after the start, newest first, as the folder lists them. */
function copiesAt(minutes: readonly number[]): Backup[] {
  return [...new Set(minutes)]
    .sort((one, other) => other - one)
    .map((minute) => new Date(start + minute * 60_000).toISOString())
    .map((madeAt) => ({ name: `ledger-${madeAt}.db`, madeAt, bytes: 1 }));
}

const someCopies = fc.array(fc.integer({ min: 0, max: 800 * 24 * 60 }), { maxLength: 120 }).map(copiesAt);
const periods: [number, (copy: Backup) => string][] = [
  [7, (copy) => copy.madeAt.slice(0, 10)],
  [4, (copy) => String(Math.floor(Date.parse(copy.madeAt) / (7 * day)))],
  [12, (copy) => copy.madeAt.slice(0, 7)],
];

test('the newest of one second is the newest: it comes first and is not given up', () => {
  const folder = temporaryFolder('second');
  const at = path.join(folder, folderNames.backups);
  fs.mkdirSync(at);
  const stem = 'ledger-2026-01-01-120000';
  for (const end of ['', '-2', '-3', '-10']) fs.writeFileSync(path.join(at, `${stem}${end}.db`), 'copy');
  const newest = [`${stem}-10.db`, `${stem}-3.db`, `${stem}-2.db`, `${stem}.db`];
  expect(listBackups(folder).map(({ name }) => name)).toEqual(newest);
  dropSurplus(folder, '2026-06-01');
  expect(listBackups(folder).map(({ name }) => name)).toEqual(newest.slice(0, 2));
  const taken = (name: string) => fs.existsSync(path.join(at, name));
  expect(backupName(new Date('2026-01-01T04:00:00Z'), taken)).toBe(`${stem}-11.db`);
});

test('of any copies: the two newest stay, and the newest of 7 days, 4 weeks and 12 months; nothing else', () => {
  fc.assert(
    fc.property(someCopies, (copies) => {
      const gone = new Set(surplus(copies));
      const kept = copies.filter((copy) => !gone.has(copy));
      // Counted in the other direction: for each period the copy that a person would pick.
      const wanted = new Set(copies.slice(0, 2));
      for (const [most, periodOf] of periods) {
        const newest = new Map<string, Backup>();
        for (const copy of [...copies].reverse()) newest.set(periodOf(copy), copy);
        const latest = [...newest.keys()].map((period) => newest.get(period) as Backup);
        for (const copy of latest.sort((a, b) => (a.madeAt < b.madeAt ? 1 : -1)).slice(0, most))
          wanted.add(copy);
      }
      expect(new Set(kept)).toEqual(wanted);
      expect(surplus(kept)).toEqual([]);
      expect(kept.length).toBeGreaterThanOrEqual(Math.min(2, copies.length));
    }),
    { numRuns: 300 },
  );
});

test('a copy every hour for three years never leaves fewer than two nor more than 25, and reaches back a year', () => {
  let kept: Backup[] = [];
  for (let hour = 0; hour < 3 * 365 * 24; hour += 5) {
    kept = [...copiesAt([hour * 60]), ...kept];
    const gone = new Set(surplus(kept));
    kept = kept.filter((copy) => !gone.has(copy));
    expect(kept.length).toBeGreaterThanOrEqual(Math.min(2, hour / 5 + 1));
    expect(kept.length).toBeLessThanOrEqual(25);
  }
  const oldest = Date.parse(kept.at(-1)?.madeAt ?? '');
  expect(start + 3 * 365 * day - oldest).toBeGreaterThan(330 * day);
});

test('under a clock that was set back by years, what is made is kept as under any other, and the former ones too', () => {
  const former = copiesAt(Array.from({ length: 24 }, (_each, month) => month * 30 * 24 * 60));
  const keptOfFormer = former.filter((copy) => !surplus(former).includes(copy));
  let kept: Backup[] = keptOfFormer;
  for (let hours = 0; hours < 60 * 24; hours += 5) {
    const now = new Date(start - 16 * 365 * day + hours * 3_600_000).toISOString();
    const made = { name: `ledger-${now}.db`, madeAt: now, bytes: 1 };
    kept = [...kept, made].sort((one, other) => (one.madeAt < other.madeAt ? 1 : -1));
    const gone = surplus(kept, Number.POSITIVE_INFINITY, now);
    expect(gone).not.toContain(made);
    kept = kept.filter((copy) => !gone.includes(copy));
    expect(kept).toEqual(expect.arrayContaining(keptOfFormer));
    expect(kept.length).toBeLessThanOrEqual(2 * 25);
    // Where the disk is small, what is made now stays.
    expect(surplus(kept, -100, now)).not.toContain(made);
  }
});

test('whatever the clock does and however small the disk: two copies stay at least, what was just made among them', () => {
  /** Minutes that the clock moves until the next copy: mostly on, sometimes years to either side. */
  const jump = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 3 * 24 * 60 }) },
    { weight: 2, arbitrary: fc.integer({ min: -3 * 24 * 60, max: -1 }) },
    { weight: 1, arbitrary: fc.integer({ min: -10 * 365 * 24 * 60, max: 10 * 365 * 24 * 60 }) },
  );
  const step = fc.record({
    jump,
    bytes: fc.integer({ min: 1, max: 100 }),
    free: fc.oneof(fc.integer({ min: -200, max: 200 }), fc.constant(Number.POSITIVE_INFINITY)),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
      let kept: Backup[] = [];
      let clock = start + 20 * 365 * day;
      for (const { jump: minutes, bytes, free } of steps) {
        clock += minutes * 60_000;
        const now = new Date(clock).toISOString();
        if (kept.some(({ madeAt }) => madeAt === now)) continue;
        const made = { name: `ledger-${now}.db`, madeAt: now, bytes };
        const before = [...kept, made].sort((one, other) => (one.madeAt < other.madeAt ? 1 : -1));
        const gone = surplus(before, free, now);
        kept = before.filter((copy) => !gone.includes(copy));
        expect(gone).not.toContain(made);
        expect(kept.length).toBeGreaterThanOrEqual(Math.min(2, before.length));
        // Where the disk has room, what goes is older than one that stays on the same side of the clock.
        if (free === Number.POSITIVE_INFINITY)
          for (const copy of gone) {
            const isAhead = copy.madeAt > now;
            const newer = kept.filter(({ madeAt }) => madeAt > now === isAhead && madeAt > copy.madeAt);
            expect(newer.length).toBeGreaterThanOrEqual(2);
          }
        // Where it has none, no more stay than the two and what half of it takes.
        const sum = (some: readonly Backup[]) => some.reduce((all, one) => all + one.bytes, 0);
        if (kept.length > 2) expect(sum(kept)).toBeLessThanOrEqual(0.5 * (free + sum(before)));
      }
    }),
    { numRuns: 300 },
  );
});

test('two copies in one second have two names, and both are listed', () => {
  const taken = new Set<string>();
  for (let turn = 0; turn < 4; turn++) taken.add(backupName(new Date(start), (name) => taken.has(name)));
  expect([...taken]).toEqual([
    'ledger-2025-01-01-080000.db',
    'ledger-2025-01-01-080000-2.db',
    'ledger-2025-01-01-080000-3.db',
    'ledger-2025-01-01-080000-4.db',
  ]);
});

test('a name says the time of China; one of before says UTC, and both stand in their order', () => {
  const folder = temporaryFolder('zone');
  const at = path.join(folder, folderNames.backups);
  fs.mkdirSync(at);
  const name = backupName(new Date('2026-01-01T20:30:05Z'), () => false);
  expect(name).toBe('ledger-2026-01-02-043005.db');
  const before = 'ledger-20260101-203004.db';
  const after = 'ledger-20260101-203006-2.db';
  for (const one of [before, name, after, 'ledger-20269999-000000.db'])
    fs.writeFileSync(path.join(at, one), 'copy');
  expect(listBackups(folder).map((copy) => [copy.name, copy.madeAt])).toEqual([
    [after, '2026-01-01T20:30:06.000Z'],
    [name, '2026-01-01T20:30:05.000Z'],
    [before, '2026-01-01T20:30:04.000Z'],
    ['ledger-20269999-000000.db', '1970-01-01T00:00:00.000Z'],
  ]);
});

test('a copy is read through before it gets its name; a damaged or foreign one is refused', async () => {
  const folder = temporaryFolder('backup');
  await makeLedger(folder);
  const program = startProgram(folder);
  await program.signIn();
  for (let number = 1; number <= 20; number++)
    await program.must('ledger.save', { ledger: 'mediation', record: someCase(number) });
  const made = await program.must('system.backup', {});
  const elsewhere = temporaryFolder('elsewhere');
  const outside = await program.must('system.backup', { folder: 'out' }, { out: elsewhere });
  expect(outside.file.startsWith(elsewhere)).toBe(true);
  expect((await program.must('system.backups', {})).map((copy) => copy.name)).toEqual([made.name]);
  await program.close();

  const keyFile = readKeyFile(folder);
  const key = (keyFile && (await keyByPassword(keyFile, account, password))) ?? new Uint8Array();
  checkBackup(made.file, key, undefined);
  const bytes = fs.readFileSync(made.file);
  const at = path.join(folder, 'copy.db');
  for (const page of [0, 3, 17, Math.floor(bytes.length / 4096) - 1]) {
    const harmed = Buffer.from(bytes);
    harmed[page * 4096 + 700] = (harmed[page * 4096 + 700] ?? 0) ^ 1;
    fs.writeFileSync(at, harmed);
    expect(() => checkBackup(at, key, undefined), `page ${page}`).toThrow('backup-damaged');
  }
  expect(() => checkBackup(made.file, Buffer.alloc(32, 7), undefined)).toThrow('backup-damaged');
  expect(fs.readdirSync(path.join(folder, folderNames.backups)).some((name) => name.endsWith('.tmp'))).toBe(
    false,
  );
});

test('a copy with its key file opens on another machine with the password of that day', async () => {
  const folder = temporaryFolder('backup');
  await makeLedger(folder);
  const program = startProgram(folder);
  await program.signIn();
  await program.must('ledger.save', { ledger: 'mediation', record: someCase(1) });
  const elsewhere = temporaryFolder('stick');
  const made = await program.must('system.backup', { folder: 'out' }, { out: elsewhere });
  await program.close();
  const other = temporaryFolder('other');
  fs.copyFileSync(made.file, path.join(other, folderNames.ledger));
  for (const [end, name] of [
    ['.key', folderNames.key],
    ['.id', folderNames.identity],
  ] as const)
    fs.copyFileSync(made.file.replace(/\.db$/, end), path.join(other, name));
  const there = startProgram(other);
  // Laid there by hand it is a second one of the ledger that goes on where it was.
  const failure = await there.failure('session.signIn', { account, password });
  expect(failure).toMatchObject({ code: 'folder-copied', params: { from: fs.realpathSync(folder) } });
  await there.must('program.goOn', { takesOver: false, reason: '在新电脑上查看' });
  await there.signIn();
  expect((await there.must('ledger.list', { ledger: 'mediation' })).total).toBe(1);
  expect(await there.must('system.verify', {})).toMatchObject({ ok: true, records: 1 });
  await there.close();
});

test('damage met while copying is named, marked, and leaves no copy', async () => {
  const folder = temporaryFolder('backup');
  await makeLedger(folder);
  const program = startProgram(folder);
  await program.signIn();
  const ledger = path.join(folder, folderNames.ledger);
  await program.must('system.verify', {});
  const handle = fs.openSync(ledger, 'r+');
  const { size } = fs.fstatSync(handle);
  for (let at = 4096 * 3 + 50; at < size; at += 4096)
    fs.writeSync(handle, Buffer.from([0x5a, 0x5a]), 0, 2, at);
  fs.closeSync(handle);
  expect(await program.failure('system.backup', {})).toMatchObject({ code: 'damaged' });
  expect((await program.must('program.state', {})).state).toMatchObject({ is: 'failed' });
  await program.close();
  const copies = path.join(folder, folderNames.backups);
  expect(fs.existsSync(copies) ? fs.readdirSync(copies) : []).toEqual([]);
});

test('a copy that came out wrong is found, thrown away and not called a copy', async () => {
  const folder = temporaryFolder('backup');
  await makeLedger(folder);
  const file = readKeyFile(folder);
  const key = (file && (await keyByPassword(file, account, password))) ?? new Uint8Array();
  const source = connect(path.join(folder, folderNames.ledger), { key });
  const to = path.join(folder, folderNames.backups);
  const spoiling: typeof source = {
    ...source,
    exec(text) {
      source.exec(text);
      const [made = ''] = fs.readdirSync(to).filter((name) => name.endsWith('.tmp'));
      const bytes = fs.readFileSync(path.join(to, made));
      const middle = Math.floor(bytes.length / 8192) * 4096 + 100;
      bytes[middle] = (bytes[middle] ?? 0) ^ 0x55;
      fs.writeFileSync(path.join(to, made), bytes);
    },
  };
  expect(() => makeBackup(spoiling, folder, to, key, undefined, new Date())).toThrow('backup-damaged');
  source.close();
  expect(fs.readdirSync(to)).toEqual([]);
});
