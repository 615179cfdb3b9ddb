// The county's auditor reads a station's log: what was changed in it, in the file or at the station, is found and said.
import { randomInt } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChainEntry } from '#core/audit/chain.ts';
import { sql } from '#core/db/sql.ts';
import seed from '#seeds/retention/hand-up.json' with { type: 'json' };
import type { LogFault, LogFileCheck } from '#shared/api/audit-types.ts';
import type { InputOf } from '#shared/api/methods.ts';
import { logCheckText, logFaultText, logNoticeText } from '#shared/text/log-check.ts';
import {
  exportedLog,
  faultsOf,
  logFiles as files,
  linesOf,
  noticesOf,
  remadeLog,
  rewritten,
  undoingLog,
} from '#tests/fixtures/foreign-log.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program, password, recordDay } from '#tests/fixtures/program.ts';

let station: Program;
let auditor: Person;
let county: Program;

beforeAll(async () => {
  station = await aProgram({ everyRole: true, machine: '东坝所一号' });
  auditor = await station.signIn('auditor');
  county = await aProgram({ isCounty: true, machine: '县局审计' });
});
afterAll(async () => {
  await station.close();
  await county.close();
  fs.rmSync(files, { recursive: true });
});

const exported = (some: { from?: string; to?: string } = {}) => exportedLog(station, auditor, some);
const remade = (change: (rows: ChainEntry[]) => ChainEntry[]) => remadeLog(station, change);
const undoing = <T>(work: () => Promise<T>) => undoingLog(station, work);

async function check(file: string, paper?: { entry: number; code: string }): Promise<LogFileCheck> {
  county.grant('in', file);
  return county.call('audit.checkFile', { file: 'in', ...(paper ? { paper } : {}) });
}

test('every entry says on which installation and machine it was made, inside what is hashed', async () => {
  const { entries } = await auditor.call('audit.list', { limit: 500 });
  expect(entries.length).toBeGreaterThan(3);
  expect(new Set(entries.map(({ machine }) => machine))).toEqual(new Set(['东坝所一号']));
  const own = await station.look((db) =>
    db.value<string>(sql`select value from setting where name = 'installationId'`),
  );
  expect(new Set(entries.map(({ installation }) => installation))).toEqual(new Set([own]));
  expect((await auditor.call('audit.list', { machine: '别的电脑' })).entries).toEqual([]);
  for (const column of ['machine', 'installation'])
    await undoing(async () => {
      await station.look((db) => db.exec(`update audit_entry set ${column} = 'x' where seq = 3`));
      expect((await auditor.call('audit.state', {})).broken).toBe(3);
    });
  const sheet = await auditor.call('audit.daySheet', { on: recordDay });
  expect(sheet.html).toContain(`东坝所一号#${own?.slice(-4)}`);
});

test('the first time the key is unknown: its code is compared on the telephone, and known from then on', async () => {
  const first = await check(await exported());
  expect(first).toMatchObject({
    isSound: true,
    isOwn: false,
    unit: '【演示】东坝镇司法所',
    machine: '东坝所一号',
    first: 1,
  });
  expect(noticesOf(first)).toEqual(['firstTime', 'keyUnconfirmed', 'fresh']);
  const atStation = (await auditor.call('audit.state', {})).last?.fingerprint ?? '';
  expect(logNoticeText(first.notices[1] ?? { is: 'firstTime' })).toContain(atStation);
  const { check: number = 0 } = first as { check: number };
  expect(
    await county.refused('audit.confirmKey', { check: number, code: '22222-22222-22222-22222' }),
  ).toMatchObject({
    code: 'log-key-differs',
  });
  const typed = atStation.toLowerCase().replaceAll('-', ' ');
  const confirmed = await county.call('audit.confirmKey', { check: number, code: typed });
  expect(confirmed).toMatchObject({ keyConfirmedBy: 'admin', fingerprint: atStation });
  await station.save(aMediation());
  const again = await check(await exported());
  expect(again.isSound).toBe(true);
  expect(again.notices).toEqual([{ is: 'fresh', entry: first.last + 1, to: again.last }]);
  const register = await county.call('audit.checks', {});
  expect(register[0]).toMatchObject({
    ...{ unit: '【演示】东坝镇司法所', last: again.last, code: again.code, isSound: true, account: 'admin' },
    keyConfirmedAt: null,
  });
});

test('whatever is changed in the file is found, and said in a sentence', async () => {
  const lines = linesOf(await exported());
  const pick = (from = 0) => from + randomInt(lines.length - from);
  const turns = process.env.JUDICIAL_FULL ? 2000 : 120;
  const ways: Record<string, () => string[] | null> = {
    edit() {
      const at = pick();
      const line = lines[at] ?? '';
      const place = randomInt(line.length);
      const letter = line[place] === 'a' ? 'b' : 'a';
      return lines.with(at, line.slice(0, place) + letter + line.slice(place + 1));
    },
    blank: () => {
      const at = pick();
      return lines.with(at, `${lines[at]} `);
    },
    delete: () => lines.toSpliced(pick(1), 1 + randomInt(3)),
    swap() {
      const [one, other] = [pick(1), pick(1)];
      if (one === other) return null;
      return lines.with(one, lines[other] ?? '').with(other, lines[one] ?? '');
    },
    double: () => lines.toSpliced(pick(1), 0, lines[pick(1)] ?? ''),
    truncate: () => lines.slice(0, pick(1)),
    cutInside() {
      const at = pick(1);
      return [...lines.slice(0, at), (lines[at] ?? '').slice(0, -1)];
    },
    fewerButSigned: () => [...lines.slice(0, pick(1)), lines.at(-1) ?? ''],
  };
  const missed: string[] = [];
  const found = new Set<LogFault>();
  for (let turn = 0; turn < turns; turn++) {
    const names = Object.keys(ways);
    const name = names[turn % names.length] ?? '';
    const changed = ways[name]?.();
    if (!changed || changed.join('\n') === lines.join('\n')) continue;
    county.grant('in', rewritten(changed));
    const answer = await county.ask('audit.checkFile', { file: 'in' });
    if (!answer.ok) {
      expect(answer.error.code).toBe('audit-file-unknown');
      continue;
    }
    const verdict = answer.value as LogFileCheck;
    if (verdict.isSound) missed.push(`${name}: ${changed.length} lines`);
    for (const fault of verdict.faults) {
      found.add(fault.is);
      expect(logFaultText(fault)).toMatch(/[。：]$/);
    }
  }
  expect(missed).toEqual([]);
  expect([...found]).toEqual(
    expect.arrayContaining(['seal', 'changed', 'missing', 'order', 'cut', 'unsigned']),
  );
  // Nothing of these counts as known.
  expect((await check(await exported())).isSound).toBe(true);
});

test('a file cut at any byte is found', async () => {
  const bytes = fs.readFileSync(await exported());
  const cuts = [1, 2, 30, 400, 5000].map((less) => bytes.length - less);
  for (const length of cuts) {
    const file = path.join(files, 'cut.jsonl');
    fs.writeFileSync(file, bytes.subarray(0, length));
    expect((await check(file)).isSound, String(length)).toBe(false);
  }
});

test('of a file that speaks against itself nothing is said that contradicts it', async () => {
  const { html } = await auditor.call('audit.daySheet', { on: recordDay });
  const [, entry = '', code = ''] = /截至第 (\d+) 条，校验码：([0-9A-Z-]+)/.exec(html) ?? [];
  const paper = { entry: Number(entry), code };
  const known = await check(await exported());
  const lines = linesOf(await exported());
  // Cut off behind the entry on paper, before the end that was known: said once, and no signature bears witness.
  const cut = await check(rewritten(lines.slice(0, paper.entry + 1)), paper);
  expect(known.last).toBeGreaterThan(paper.entry);
  expect(faultsOf(cut)).toEqual(['cut', 'unsigned']);
  expect(noticesOf(cut)).toEqual(['paperSame']);
  expect(logCheckText.whose(cut)).toContain('没有完整的签名');
  // Changed before it: that very entry is as it was, what led to it is not.
  const before = lines.with(2, (lines[2] ?? '').replace('"action":"', '"action":"x'));
  const changed = await check(rewritten(before), paper);
  expect(faultsOf(changed)).toContain('changed');
  expect(noticesOf(changed)).toEqual(['paperMixed']);
  expect(noticesOf(await check(rewritten(lines), paper))).toContain('paperSame');
});

test('done well at the station, with every hash made anew and signed again, it is found by what was checked before', async () => {
  const before = await check(await exported());
  const cases: Record<string, [(rows: ChainEntry[]) => ChainEntry[], LogFault]> = {
    edited: [(rows) => rows.with(3, { ...rows[3], account: 'niemand' } as ChainEntry), 'known'],
    deleted: [(rows) => rows.toSpliced(4, 1), 'known'],
    swapped: [(rows) => rows.with(4, rows[5] as ChainEntry).with(5, rows[4] as ChainEntry), 'known'],
    shortened: [(rows) => rows.slice(0, Math.min(8, before.last - 3)), 'shorter'],
  };
  for (const [name, [change, fault]] of Object.entries(cases))
    await undoing(async () => {
      await remade(change);
      expect((await auditor.call('audit.state', {})).broken, name).toBeNull();
      const found = await check(await exported());
      expect(faultsOf(found), name).toContain(fault);
      expect(
        faultsOf(found).every((is) => ['known', 'shorter'].includes(is)),
        name,
      ).toBe(true);
      expect(logFaultText(found.faults[0] ?? { is: 'own' }), name).toMatch(/核对时/);
    });
});

test('a day sheet on paper is held against the file', async () => {
  const { html } = await auditor.call('audit.daySheet', { on: recordDay });
  const [, entry = '', code = ''] = /截至第 (\d+) 条，校验码：([0-9A-Z-]+)/.exec(html) ?? [];
  const paper = { entry: Number(entry), code };
  const file = await exported();
  const same = await check(file, paper);
  expect(same.isSound).toBe(true);
  expect(noticesOf(same)).toContain('paperSame');
  expect(faultsOf(await check(file, { ...paper, entry: paper.entry - 1 }))).toEqual(['paper']);
  expect(faultsOf(await check(file, { entry: 100_000, code }))).toEqual(['shorter']);
  await undoing(async () => {
    await remade((rows) => rows.slice(0, paper.entry - 1));
    // Signing in and exporting makes entries anew, under numbers that the paper knows otherwise.
    expect((await check(await exported(), paper)).isSound).toBe(false);
  });
});

test('an export of some days says what lies outside it, and is held to what follows', async () => {
  const whole = await check(await exported());
  station.clock.now = new Date('2025-07-03T02:00:00Z');
  await station.save(aMediation());
  const later = await check(await exported({ from: '2025-07-03' }));
  expect(later).toMatchObject({ isSound: true });
  expect(later.first).toBeGreaterThan(1);
  // The export itself stood in the log after it, on the day before.
  expect(later.notices).toContainEqual({ is: 'uncovered', entry: whole.last + 1, to: later.first - 1 });
  // Behind a gap, but under a key that was confirmed here: an end that other files are held to.
  expect(noticesOf(await check(await exported({ to: '2025-06-30' })))).toContain('notReached');
  await check(await exported());
  const earlier = await check(await exported({ to: '2025-06-30' }));
  expect(earlier).toMatchObject({ isSound: true, first: 1 });
  expect(noticesOf(earlier)).toContain('notReached');
  const other = await aProgram({ isCounty: true });
  try {
    other.grant('in', await exported({ from: '2025-07-03' }));
    const unknown = await other.call('audit.checkFile', { file: 'in' });
    expect(unknown.notices).toContainEqual({ is: 'uncovered', entry: 1, to: unknown.first - 1 });
  } finally {
    await other.close();
  }
  station.grant('out', path.join(files, 'none.jsonl'));
  await auditor.call('session.confirm', { password });
  const none: InputOf<'audit.export'> = { out: 'out', reason: '空', from: '2031-01-01' };
  expect(await auditor.refused('audit.export', none)).toMatchObject({ code: 'audit-empty' });
  expect(fs.existsSync(path.join(files, 'none.jsonl'))).toBe(false);
});

test('another key is said, and so is another ledger of the same unit', async () => {
  await undoing(async () => {
    const head = await station.signIn('head');
    const id = (await head.call('account.list', {})).find(({ name }) => name === 'auditor')?.id ?? '';
    await head.call('account.setPassword', { id, password: 'gesetzt-2025' });
    const anew = await station.signIn('auditor', 'gesetzt-2025');
    await anew.call('session.changePassword', { password: 'gesetzt-2025', newPassword: password });
  });
  auditor = await station.signIn('auditor');
  const changed = await check(await exported());
  expect(noticesOf(changed)).toContain('keyChanged');
  expect(noticesOf(changed)).not.toContain('firstTime');
  const other = await aProgram({ everyRole: true });
  try {
    const file = path.join(files, 'other-ledger.jsonl');
    other.grant('out', file);
    const theirs = await other.signIn('auditor');
    await theirs.call('audit.export', { out: 'out', reason: '县局审计' });
    expect(noticesOf(await check(file))).toContain('otherLedger');
  } finally {
    await other.close();
  }
});

test('after a restore the log says itself what it lost, and the county is told to ask', async () => {
  await station.call('session.confirm', { password });
  const copy = await station.call('system.backup', {});
  await station.save(aMediation());
  const seen = await check(await exported());
  await county.call('audit.confirmKey', { check: Number(seen.check), code: seen.fingerprint });
  await station.call('program.restore', { backup: path.basename(copy.file) });
  await station.signInAgain();
  auditor = await station.signIn('auditor');
  const after = await check(await exported());
  expect(faultsOf(after)).toEqual([]);
  const restored = after.notices.find(({ is }) => is === 'restored');
  expect(restored?.to).toBeGreaterThanOrEqual(seen.last);
  expect(restored?.entry).toBeLessThanOrEqual(seen.last);
});

test('the entries are read in the same words as the own ones, filtered, and only from the file that was checked', async () => {
  const { id, record } = await station.save(aMediation().between('南宫千寻', '乙'));
  await station.call('ledger.get', { id });
  const file = await exported();
  const { check: number } = await check(file);
  const ask = (more: Record<string, unknown> = {}) =>
    county.call('audit.foreign', { check: Number(number), file: 'in', ...more });
  const about = (await ask({ recordId: id })).entries;
  expect(about.map(({ action }) => action)).toEqual(['ledger.get', 'ledger.save']);
  expect(about[0]).toMatchObject({
    machine: '东坝所一号',
    title: expect.stringContaining(String(record.caseNo)),
  });
  const text = JSON.stringify((await ask({ limit: 500 })).entries);
  for (const secret of ['南宫千寻', password]) expect(text).not.toContain(secret);
  expect(fs.readFileSync(file, 'utf8')).not.toContain('南宫千寻');
  const [newest] = (await ask({ limit: 1 })).entries;
  expect((await ask({ before: newest?.entry, limit: 1 })).entries[0]?.entry).toBe(Number(newest?.entry) - 1);
  expect((await ask({ account: 'auditor' })).entries.every(({ account }) => account === 'auditor')).toBe(
    true,
  );
  // The stick may be gone by now: what was opened stays open, until the lock.
  fs.renameSync(file, `${file}.away`);
  expect((await ask({ limit: 1 })).entries).toHaveLength(1);
  await county.call('session.lock', {});
  await county.call('session.unlock', { password });
  expect(await county.refused('audit.foreign', { check: number, file: 'in' })).toMatchObject({
    code: 'file-missing',
  });
  fs.writeFileSync(file, `${fs.readFileSync(`${file}.away`, 'utf8').replace('auditor', 'niemand')}`);
  expect(await county.refused('audit.foreign', { check: number, file: 'in' })).toMatchObject({
    code: 'log-file-other',
  });
  const own = (await county.call('audit.list', { actions: ['audit.foreign', 'audit.checkFile'] })).entries;
  expect(own.some(({ said }) => said.includes('东坝镇司法所'))).toBe(true);
});

test('a unit with too few accounts is reminded to give its log to the level above, as often as the seed proposes', async () => {
  const small = await aProgram();
  try {
    const state = async () => (await small.call('audit.state', {})).handUp;
    expect(await state()).toEqual({ days: seed.days, last: null, isDue: false });
    const later = (days: number) => {
      small.clock.now = new Date(small.clock.now.getTime() + days * 86_400_000);
    };
    later(seed.days + 1);
    expect(await state()).toMatchObject({ isDue: true });
    const { html } = await small.call('safety.paper', { kind: 'selfCheck' });
    expect(html).toContain('日志由上级审计员查看：还没有导出交上级，已到期应交');
    small.grant('out', path.join(files, 'small.jsonl'));
    await small.call('session.confirm', { password });
    await small.call('audit.export', { out: 'out', reason: '交上级' });
    expect(await state()).toMatchObject({ isDue: false, last: small.clock.now.toISOString() });
    later(seed.days + 1);
    expect(await state()).toMatchObject({ isDue: true });
  } finally {
    await small.close();
  }
  expect((await auditor.call('audit.state', {})).handUp).toBeNull();
});

test('nobody without the audit duty reads or checks it', async () => {
  const clerk = await station.signIn('clerk');
  for (const [method, input] of [
    ['audit.checkFile', { file: 'in' }],
    ['audit.foreign', { check: 1, file: 'in' }],
    ['audit.checks', {}],
    ['audit.confirmKey', { check: 1, code: 'x' }],
  ] as const)
    expect(await clerk.refused(method, input)).toMatchObject({ code: 'no-right' });
});
