// The clock of the machine is set back, by hours, days and years, before each kind of act: what is kept stays in the
// order in which it was kept, nothing counts as younger than it is, and the log says what happened to the clock.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { names } from '#core/db/folder.ts';
import { sql } from '#core/db/sql.ts';
import { dayInChina } from '#shared/domain/day.ts';
import { auditDetail } from '#shared/text/audit.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program, password } from '#tests/fixtures/program.ts';

const hour = 3_600_000;
const day = 24 * hour;
const steps: [string, number][] = [
  ['two hours', 2 * hour],
  ['three days', 3 * day],
  ['sixteen years', 16 * 365 * day],
];
const right = new Date('2026-03-02T06:00:00Z');

let program: Program;
afterEach(() => {
  vi.restoreAllMocks();
  return program.close();
});

const pass = (ms: number) => {
  program.clock.now = new Date(program.clock.now.getTime() + ms);
};
const summaryOf = async (id: string) => (await program.call('ledger.get', { id })).record.summary;
const backups = () => program.call('system.backups', {});
const copiesIn = (folder: string) =>
  fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /ledger-[\d-]+\.db$/.test(name))
    .map((name) => path.basename(name));

describe.each(steps)('set back by %s', (_name, by) => {
  async function begun(more: Parameters<typeof aProgram>[0] = {}) {
    program = await aProgram(more);
    program.clock.now = new Date(right);
    await program.signInAgain();
  }

  test('records: versions, numbers, history and search keep the order in which they were saved', async () => {
    await begun();
    const first = await program.save(aMediation());
    pass(-by);
    const changed = {
      ...(await program.call('ledger.get', { id: first.id })).record,
      summary: '时间调回后改的。',
    };
    const second = await program.save(changed, { id: first.id, baseVersion: first.version });
    await program.restart();
    await program.signInAgain();
    const third = await program.save(
      { ...changed, summary: '重开程序后又改的。' },
      { id: first.id, baseVersion: second.version },
    );
    const { record, version, versions } = await program.call('ledger.get', { id: first.id });
    expect([record.summary, version]).toEqual(['重开程序后又改的。', third.version]);
    expect(versions.map((one) => one.version)).toEqual([third.version, second.version, first.version]);
    // A new one is accepted at the latest on the machine's day: by years it is refused, with that day in the sentence.
    const today = dayInChina(program.clock.now.getTime());
    const accepted = { ...aMediation().record(), acceptedOn: '2025-06-30' };
    if (today < accepted.acceptedOn)
      expect(
        (await program.refused('ledger.save', { ledger: 'mediation', record: accepted })).fields,
      ).toEqual({
        acceptedOn: { problem: 'in-future', day: today },
      });
    const other = await program.save({
      ...accepted,
      acceptedOn: today < accepted.acceptedOn ? today : accepted.acceptedOn,
    });
    expect([other.record.caseNo, first.record.caseNo]).toEqual([expect.any(String), expect.any(String)]);
    expect(other.record.caseNo).not.toBe(first.record.caseNo);
    // Whoever saves on what he saw before is refused, as ever.
    expect(
      (
        await program.refused('ledger.save', {
          ledger: 'mediation',
          id: first.id,
          baseVersion: first.version,
          record: changed,
        })
      ).code,
    ).toBe('record-changed');
    expect((await program.call('system.verify', {})).findings).toEqual([]);
  });

  test('drafts: what was typed last is what is kept', async () => {
    await begun();
    const id = '00000000-0000-7000-8000-000000000001';
    await program.call('draft.save', { id, ledger: 'mediation', content: { summary: '先写的' } });
    pass(-by);
    await program.call('draft.save', { id, ledger: 'mediation', content: { summary: '后写的' } });
    expect((await program.call('draft.list', {})).map(({ content }) => content['summary'])).toEqual([
      '后写的',
    ]);
  });

  test('the log goes on by its numbers, verifies, and says that the clock was set back, and from when', async () => {
    await begun();
    await program.save(aMediation());
    pass(-by);
    await program.restart();
    await program.signInAgain();
    const entries = await program.look((db) =>
      db.all<{ action: string; at: string; detail: string }>(
        sql`select action, at, detail from audit_entry where action <> 'session.reveal' order by seq desc limit 2`,
      ),
    );
    expect(entries.map(({ action }) => action)).toEqual(['session.signIn', 'ledger.save']);
    const detail = JSON.parse(entries[0]?.detail ?? '');
    expect(detail).toEqual({ clockBehind: right.toISOString() });
    const none = { list: () => null, kind: () => null, kinds: () => null, code: () => null };
    expect(auditDetail(null, detail, none)).toBe('本机时间曾被调回，上一条日志的时间为：2026-03-02 14:00');
    expect((await program.call('system.verify', {})).findings).toEqual([]);
    // Once more under the same clock there is nothing to say.
    pass(60_000);
    await program.restart();
    await program.signInAgain();
    const last = await program.look((db) =>
      db.value<string>(
        sql`select detail from audit_entry where action = 'session.signIn' order by seq desc limit 1`,
      ),
    );
    expect(JSON.parse(last ?? '')).toEqual({});
  });

  test('copies: what was saved after it is in a copy at the end, in both places, and none of them is given up', async () => {
    await begun({ automaticBackups: true });
    const second = fs.mkdtempSync(path.join(path.dirname(program.folder), 'second-'));
    await program.call('system.setSecondPlace', { folder: program.grant('second', second) });
    // A year of copies under the right clock: every place of the rolling ones is taken.
    const { id, version } = await program.save(aMediation());
    const made = await program.call('system.backup', {});
    for (let back = 1; back < 40; back++) {
      const stamp = new Date(right.getTime() - back * 10 * day)
        .toISOString()
        .replace(/[-:]/g, '')
        .replace('T', '-');
      fs.copyFileSync(made.file, path.join(path.dirname(made.file), `ledger-${stamp.slice(0, 15)}.db`));
    }
    pass(-by);
    const changed = { ...(await program.call('ledger.get', { id })).record, summary: '时间调回后改的。' };
    await program.save(changed, { id, baseVersion: version });
    pass(5 * 60_000);
    const before = new Set((await backups()).map(({ name }) => name));
    await program.restart();
    await program.signInAgain();
    const fresh = (await backups()).filter(({ name }) => !before.has(name));
    expect([...new Set(fresh.map(({ place }) => place))].sort()).toEqual(['own', 'second']);
    expect(copiesIn(second)).toContain(fresh[0]?.name);
    // It holds what was saved under the clock that was set back, and going back to it gives that.
    await program.call('program.restore', { backup: fresh[0]?.name ?? '' });
    await program.signInAgain();
    expect(await summaryOf(id)).toBe('时间调回后改的。');
    fs.rmSync(second, { recursive: true });
  });

  test('going back to a copy twice at the same moment keeps both ledgers aside', async () => {
    await begun();
    await program.save(aMediation());
    const { name } = await program.call('system.backup', {});
    for (let time = 0; time < 2; time++) {
      program.clock.now = new Date(right.getTime() - by);
      await program.call('program.restore', { backup: name });
      await program.signInAgain();
    }
    const aside = path.join(program.folder, names.aside);
    const kept = fs.readdirSync(aside).filter((one) => fs.existsSync(path.join(aside, one, 'ledger.db')));
    expect(kept).toHaveLength(2);
    expect((await program.call('system.verify', {})).findings).toEqual([]);
  });

  test('locks and waits are not shortened: a locked account stays locked, a veiled session veiled', async () => {
    await begun();
    const started = os.uptime();
    let passed = 0;
    vi.spyOn(os, 'uptime').mockImplementation(() => started + passed);
    const wrongly = () => program.refused('session.signIn', { account: 'admin', password: 'falsch-2025' });
    for (let wrong = 0; wrong < 4; wrong++) await wrongly();
    for (const seconds of [30, 60, 120, 240, 480]) {
      expect(await wrongly()).toEqual({ code: 'sign-in-wait', params: { seconds } });
      // A clock set back or forward makes no wait longer or shorter, nor does a new start of the program.
      for (const days of [-by, by]) {
        program.clock.now = new Date(program.clock.now.getTime() + days);
        await program.restart();
        expect(await wrongly()).toEqual({ code: 'sign-in-wait', params: { seconds } });
      }
      passed += seconds;
    }
    expect((await wrongly()).code).toBe('account-locked');
    passed += 900;
    pass(-by);
    await program.restart();
    expect((await program.refused('session.signIn', { account: 'admin', password })).code).toBe(
      'account-locked',
    );
  });
});
