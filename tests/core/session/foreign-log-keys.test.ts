// Whose log counts as known: a forged file, a new key, two places of one ledger; and what a damaged file is told to lack.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ChainEntry, entryHash } from '#core/audit/chain.ts';
import { endOf, type LogFileHeader, lineOf } from '#core/audit/log-file.ts';
import { createLogReadings } from '#core/audit/log-reading.ts';
import { fingerprintOf, newSigner, paperCode, type Signer, signText } from '#core/security/signer.ts';
import type { LogFileCheck } from '#shared/api/audit-types.ts';
import { dayInChina } from '#shared/domain/day.ts';
import { logNoticeText } from '#shared/text/log-check.ts';
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
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';

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

const exported = () => exportedLog(station, auditor);
const remade = (change: (rows: ChainEntry[]) => ChainEntry[]) => remadeLog(station, change);
const undoing = <T>(work: () => Promise<T>) => undoingLog(station, work);

async function check(file: string): Promise<LogFileCheck> {
  county.grant('in', file);
  return county.call('audit.checkFile', { file: 'in' });
}

const aLine = (entry: number, hash: string, place: Pick<LogFileHeader, 'installation' | 'machine'>) =>
  lineOf({
    ...{ entry, at: '2025-06-30T02:00:00.000Z', account: 'x', action: 'ledger.get', ledger: null },
    ...{ recordId: null, version: null, detail: '{}', ...place, hash, number: null },
  });

/** Two entries from `from` on by somebody who has no key of the station: right in themselves, signed by a key of his. */
function forged(like: string, from: number, signer: Signer): string {
  const header = JSON.parse(linesOf(like)[0] ?? '') as LogFileHeader;
  const { installation, machine, ledgerId } = header;
  const before = createHash('sha256').update('x').digest();
  let previous: Buffer = before;
  let rows = '';
  for (const seq of [from, from + 1]) {
    const entry = { seq, at: '2025-06-30T02:00:00.000Z', account: 'x', action: 'ledger.get', ledger: null };
    const rest = { record_id: null, version: null, detail: '{}', installation, machine };
    previous = Buffer.from(entryHash(previous, { ...entry, ...rest }));
    rows += aLine(seq, previous.toString('hex'), header);
  }
  const [last, hash, at] = [from + 1, previous.toString('hex'), '2025-06-30T02:00:00.000Z'];
  const signed = ['judicial-ledger audit head', ledgerId, last, hash, at, 'auditor', 'export'];
  const head = {
    ...{ entry: last, hash, at, account: 'auditor', purpose: 'export' as const, publicKey: signer.publicKey },
    signature: signText(signer, JSON.stringify(signed)),
    ...{ code: paperCode(previous), fingerprint: fingerprintOf(signer.publicKey) },
  };
  const text = lineOf({ ...header, first: from, last, total: last, previous: before.toString('hex') }) + rows;
  const digest = createHash('sha256').update(text).digest('hex');
  return rewritten((text + lineOf(endOf(digest, head, signer))).trimEnd().split('\n'));
}

/** Work at a county that has checked nothing yet. */
async function atAnotherCounty(work: () => Promise<void>): Promise<void> {
  const usual = county;
  county = await aProgram({ isCounty: true });
  try {
    await work();
  } finally {
    await county.close();
    county = usual;
  }
}

const keyIsConfirmed = ({ check: number, fingerprint }: LogFileCheck) =>
  county.call('audit.confirmKey', { check: Number(number), code: fingerprint });

test.each([true, false])(
  'a forged file under a key of its own never speaks against the true log (key confirmed: %s)',
  (isConfirmed) =>
    atAnotherCounty(async () => {
      const file = await exported();
      const first = await check(file);
      if (isConfirmed) await keyIsConfirmed(first);
      const signer = newSigner();
      for (const _turn of ['first', 'again'])
        expect(noticesOf(await check(forged(file, first.last + 2, signer)))).toContain('keyChanged');
      for (let more = 0; more < 4; more++) await station.save(aMediation());
      const next = await check(await exported());
      expect(next.faults).toEqual([]);
      expect(noticesOf(next)).not.toContain('keyChanged');
    }),
);

test('a forged file that came first gives way as soon as the key of the true log is confirmed', () =>
  atAnotherCounty(async () => {
    const file = await exported();
    const true1 = linesOf(file).length - 2;
    await check(forged(file, true1 - 1, newSigner()));
    const doubted = await check(file);
    expect(noticesOf(doubted)).toContain('keyChanged');
    await keyIsConfirmed(doubted);
    for (const _turn of ['first', 'again']) expect((await check(await exported())).faults).toEqual([]);
    await undoing(async () => {
      await remade((rows) => rows.with(3, { ...rows[3], account: 'niemand' } as ChainEntry));
      expect(faultsOf(await check(await exported()))).toContain('known');
    });
  }));

test('under a confirmed new key the ends that were known under the old one go on counting', () =>
  atAnotherCounty(async () => {
    await keyIsConfirmed(await check(await exported()));
    const head = await station.signIn('head');
    const id = (await head.call('account.list', {})).find(({ name }) => name === 'auditor')?.id ?? '';
    await head.call('account.setPassword', { id, password: 'gesetzt-2025' });
    const anew = await station.signIn('auditor', 'gesetzt-2025');
    await anew.call('session.changePassword', { password: 'gesetzt-2025', newPassword: password });
    auditor = await station.signIn('auditor');
    for (const _turn of ['first', 'again'])
      expect(noticesOf(await check(await exported()))).toContain('keyChanged');
    await keyIsConfirmed(await check(await exported()));
    expect(noticesOf(await check(await exported()))).not.toContain('keyChanged');
    await undoing(async () => {
      await remade((rows) => rows.with(3, { ...rows[3], account: 'niemand' } as ChainEntry));
      expect(faultsOf(await check(await exported()))).toContain('known');
    });
  }));

test('two places of one ledger, checked in turn, do not accuse each other; each is held to its own ends', () =>
  atAnotherCounty(async () => {
    const before = await check(await exported());
    const other = await aProgram({ from: station.folder, beside: true, machine: '东坝所二号' });
    const usual = { station, auditor };
    try {
      for (let more = 0; more < 3; more++) await other.save(aMediation());
      const theirs = await other.signIn('auditor');
      const atOther = async <T>(work: () => Promise<T>): Promise<T> => {
        [station, auditor] = [other, theirs];
        try {
          return await work();
        } finally {
          ({ station, auditor } = usual);
        }
      };
      for (const _turn of ['first', 'again']) {
        expect((await atOther(async () => check(await exported()))).faults).toEqual([]);
        await station.save(aMediation());
        const here = await check(await exported());
        expect(here.faults).toEqual([]);
        expect(noticesOf(here)).toContain('otherPlace');
        expect(logNoticeText({ is: 'otherPlace' })).toContain('另一处安装');
      }
      const change = (at: number) => (rows: ChainEntry[]) =>
        rows.with(at, { ...rows[at], account: 'niemand' } as ChainEntry);
      const changedAt = (at: number) =>
        undoing(async () => {
          await remade(change(at));
          return faultsOf(await check(await exported()));
        });
      expect(await changedAt(3)).toContain('known');
      expect(await changedAt(before.last)).toContain('known');
      expect(await atOther(() => changedAt(before.last + 4))).toContain('known');
    } finally {
      await other.close();
    }
  }));

const dayOf = ({ clock }: Program) => dayInChina(clock.now.getTime());
/** Of the day that the station's clock says, so that what came before is left out. */
const exportedToday = () => exportedLog(station, auditor, { from: dayOf(station) });
const nextDay = (program: Program) => {
  program.clock.now = new Date(program.clock.now.getTime() + 86_400_000);
};
/** Entries on two days, of which only those of the second are given out. */
async function behindGap(): Promise<LogFileCheck> {
  nextDay(station);
  for (let more = 0; more < 3; more++) await station.save(aMediation());
  nextDay(station);
  await station.save(aMediation());
  return check(await exportedToday());
}

test.each([
  [true, 'inside what was seen', 0],
  [true, 'in what was not seen', -2],
  [false, 'inside what was seen', 0],
])(
  'what was signed behind a gap has to be in later files, under a confirmed key (%s): changed %s',
  (isConfirmed, _where, from) =>
    atAnotherCounty(async () => {
      const before = await check(await exported());
      if (isConfirmed) await keyIsConfirmed(before);
      const gap = await behindGap();
      expect(gap.faults).toEqual([]);
      expect(gap.notices).toContainEqual({ is: 'uncovered', entry: before.last + 1, to: gap.first - 1 });
      await undoing(async () => {
        const at = gap.first - 1 + from;
        await remade((rows) => rows.with(at, { ...rows[at], account: 'niemand' } as ChainEntry));
        const { faults } = await check(await exported());
        if (isConfirmed)
          expect(faults).toContainEqual(expect.objectContaining({ is: 'known', entry: gap.last }));
        else expect(faults).toEqual([]);
      });
      // Without a confirmed key the rewritten log has taken the place of the true one by now.
      if (!isConfirmed) return;
      // The true log stays true, and only what nobody saw is said to be unseen.
      nextDay(station);
      await station.save(aMediation());
      const next = await check(await exportedToday());
      expect(next.faults).toEqual([]);
      expect(next.notices.filter(({ is }) => is === 'uncovered')).toContainEqual({
        ...{ is: 'uncovered', entry: before.last + 1, to: gap.first - 1 },
      });
      expect((await check(await exported())).faults).toEqual([]);
    }),
);

test('a file that goes on from an end behind a gap closes no gap: what nobody saw is said each time until it is seen', () =>
  atAnotherCounty(async () => {
    const before = await check(await exported());
    await keyIsConfirmed(before);
    const gap = await behindGap();
    const unseen = { is: 'uncovered', entry: before.last + 1, to: gap.first - 1 };
    const uncovered = ({ faults, notices }: LogFileCheck) => {
      expect(faults).toEqual([]);
      return notices.filter(({ is }) => is === 'uncovered');
    };
    const from = dayOf(station);
    for (const _day of ['the first', 'the second', 'the third']) {
      nextDay(station);
      await station.save(aMediation());
      // With that end inside it, and after it.
      for (const file of [await exportedLog(station, auditor, { from }), await exportedToday()])
        expect(uncovered(await check(file))).toContainEqual(unseen);
    }
    await check(await exported());
    nextDay(station);
    await station.save(aMediation());
    expect(uncovered(await check(await exportedToday()))).not.toContainEqual(unseen);
  }));

test('what another place signed behind a gap, in which it parted, does not accuse this one', () =>
  atAnotherCounty(async () => {
    await keyIsConfirmed(await check(await exported()));
    const usual = { station, auditor };
    const other = await aProgram({ from: station.folder, beside: true, machine: '东坝所二号' });
    try {
      other.clock.now = station.clock.now;
      [station, auditor] = [other, await other.signIn('auditor')];
      expect((await behindGap()).faults).toEqual([]);
      ({ station, auditor } = usual);
      for (let more = 0; more < 12; more++) await station.save(aMediation());
      expect((await check(await exported())).faults).toEqual([]);
    } finally {
      ({ station, auditor } = usual);
      await other.close();
    }
  }));

test('an entry that gave way to a double of another is named as missing', async () => {
  const lines = linesOf(await exported());
  const found = await check(rewritten(lines.with(6, lines[3] ?? '')));
  expect(found.faults).toContainEqual({ is: 'missing', entry: 6, to: 6 });
  expect(faultsOf(found)).toContain('order');
  const swapped = await check(rewritten(lines.with(6, lines[3] ?? '').with(3, lines[6] ?? '')));
  expect(faultsOf(swapped)).not.toContain('missing');
});

test('a log that is still being read in when its session ends does not stay in memory', async () => {
  const readings = createLogReadings(undefined);
  const place = { installation: '', machine: '' };
  const lines = Array.from({ length: 12_000 }, (_, at) => aLine(at + 1, '0'.repeat(64), place));
  const opening = readings.open('token', 1, Buffer.from(lines.join('')));
  readings.close('token');
  await expect(opening).rejects.toMatchObject({ code: 'session-locked' });
  expect(readings.of('token', 1)).toBeNull();
  await readings.open('token', 1, Buffer.from(lines.join('')));
  expect(readings.of('token', 1)).not.toBeNull();
  readings.close();
});
