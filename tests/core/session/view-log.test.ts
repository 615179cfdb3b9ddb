import fs from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { connect } from '#core/db/connection.ts';
import { inFolder } from '#core/db/folder.ts';
import { sql } from '#core/db/sql.ts';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program, password } from '#tests/fixtures/program.ts';

let program: Program | undefined;
afterEach(async () => {
  await program?.close();
  program = undefined;
});

const later = (seconds: number) => {
  if (program) program.clock.now = new Date(program.clock.now.getTime() + seconds * 1000);
};

const views = (at: Program) =>
  at.look((db) =>
    db.all<{ account: string; record_id: string; at: string }>(
      sql`select account, record_id, at from audit_entry where action = 'ledger.get' order by seq`,
    ),
  );

test('who opened which case and when is in the log', async () => {
  program = await aProgram();
  const { id } = await program.save(aMediation());
  const at = program.clock.now.toISOString();
  await program.call('ledger.get', { id });
  await program.restart();
  expect(await views(program)).toEqual([{ account: expect.any(String), record_id: id, at }]);
});

test('a window that reads the same again goes on looking: an entry a minute, however often it asks', async () => {
  program = await aProgram({ everyRole: true });
  const one = (await program.save(aMediation())).id;
  const other = (await program.save(aMediation())).id;
  const opened = async () => {
    await program?.restart();
    return program ? (await views(program)).length : 0;
  };
  const look = async (id: string) => void (await program?.call('ledger.get', { id }));
  // At 0, 100 and 200 seconds; the looks between are at most a minute after an entry.
  for (let time = 0; time < 5; time++) {
    await look(one);
    later(50);
  }
  await look(other);
  later(61);
  await look(one);
  const clerk = await program.signIn('clerk');
  await clerk.call('ledger.get', { id: one });
  expect(await opened()).toBe(6);
});

/** The writer is kept from taking what was looked at: it waits in the reader's file. */
async function waits(at: Program): Promise<string> {
  const { id } = await at.save(aMediation());
  await at.call('ledger.get', { id });
  const shut = "create trigger shut before insert on audit_entry begin select raise(abort, 'shut'); end";
  await at.look((db) => db.exec(shut));
  later(86_400);
  await at.call('ledger.get', { id });
  await at.look((db) => db.exec('drop trigger shut'));
  return id;
}

test.each(['before a start', 'while it works'])(
  'looks that waited in a file that is damaged %s are told of by the days that may be missing',
  async (when) => {
    program = await aProgram();
    await waits(program);
    const file = inFolder(program.folder, 'drafts');
    const spoil = () => {
      for (const end of ['', '-wal'])
        if (fs.existsSync(file + end))
          fs.writeFileSync(file + end, Buffer.alloc(fs.statSync(file + end).size, 7));
    };
    if (when === 'before a start') {
      await program.restart();
      spoil();
      await program.signInAgain();
    } else {
      spoil();
      await program.call('draft.list', {});
    }
    await program.restart();
    await program.signInAgain();
    const { entries } = await program.call('audit.list', { actions: ['views.lost'] });
    expect(entries.map(({ action }) => action)).toEqual(['views.lost']);
    expect(entries[0]?.said).toContain('自：2025-06-30；至：');
  },
);

const looks = (at: Program, recordId: string) =>
  at.look((db) =>
    db
      .all<{ detail: string; at: string }>(
        sql`select detail, at from audit_entry where action = 'ledger.get'
          and account = 'clerk' and record_id = ${recordId} order by seq`,
      )
      .map(({ detail, at: when }) => ({ isWhole: JSON.parse(detail).isWhole === true, at: when })),
  );

test('a case that was open with masked names and is then shown whole: the log says that it was seen whole', async () => {
  program = await aProgram({ everyRole: true, isVeiled: true });
  const { id } = await program.save(aMediation().between('南宫千寻', '丙'));
  const clerk = await program.signIn('clerk');
  const look = async () => JSON.stringify(await clerk.call('ledger.get', { id }));
  expect(await look()).not.toContain('南宫千寻');
  await clerk.call('session.reveal', { reason: '核对身份' });
  expect(await look()).toContain('南宫千寻');
  await clerk.call('session.veil', {});
  await look();
  await clerk.call('session.reveal', { reason: '电话答复' });
  await look();
  expect((await looks(program, id)).map(({ isWhole }) => isWhole)).toEqual([false, true, false, true]);
  const auditor = await program.signIn('auditor');
  const { entries } = await auditor.call('audit.list', { recordId: id, actions: ['ledger.get'] });
  expect(entries.map(({ said }) => said)).toEqual(['敏感信息：显示全文', '', '敏感信息：显示全文', '']);
});

test('of an hour before a case shown whole, asked for every 50 seconds, no look is more than a minute after its entry', async () => {
  program = await aProgram({ everyRole: true });
  const { id } = await program.save(aMediation());
  const clerk = await program.signIn('clerk');
  for (let time = 0; time < 72; time++) {
    const now = program.clock.now.getTime();
    await clerk.call('ledger.get', { id });
    const last = (await looks(program, id)).at(-1);
    expect(last?.isWhole).toBe(true);
    expect(now - Date.parse(last?.at ?? '')).toBeLessThanOrEqual(60_000);
    later(50);
  }
});

test('a list shown whole for a new reason is a new look', async () => {
  program = await aProgram({ everyRole: true });
  await program.save(aMediation());
  const clerk = await program.signIn('clerk');
  for (const reason of ['核对身份', '电话答复']) {
    await clerk.call('session.reveal', { reason });
    await clerk.call('ledger.list', { ledger: 'mediation' });
  }
  const acts = await program.look((db) =>
    db.column<string>(sql`select action from audit_entry where account = 'clerk'
      and action in ('session.reveal', 'ledger.list') order by seq desc limit 4`),
  );
  expect(acts).toEqual(['ledger.list', 'session.reveal', 'ledger.list', 'session.reveal']);
});

test('what goes out on paper is no look: each time stands in the log', async () => {
  program = await aProgram();
  for (let time = 0; time < 2; time++) await program.call('ledger.print', { ledger: 'mediation' });
  await program.restart();
  const printed = await program.look((db) =>
    db.value<number>(sql`select count(*) from audit_entry where action = 'ledger.print'`),
  );
  expect(printed).toBe(2);
});

test('what could not be logged is not shown, on no try', async () => {
  program = await aProgram();
  const { id } = await program.save(aMediation());
  const file = readKeyFile(program.folder);
  const key = file && (await keyByPassword(file, 'admin', password));
  if (!key) throw new Error('no key');
  const drafts = connect(inFolder(program.folder, 'drafts'), { key });
  drafts.exec("create trigger full before insert on waiting_entry begin select raise(abort, 'no room'); end");
  for (let time = 0; time < 3; time++) expect((await program.ask('ledger.get', { id })).ok).toBe(false);
  drafts.exec('drop trigger full');
  drafts.close();
  expect((await program.ask('ledger.get', { id })).ok).toBe(true);
  await program.restart();
  expect(await views(program)).toHaveLength(1);
});
