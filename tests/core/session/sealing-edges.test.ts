// What sealing must not leave behind, and must not lose, at its edges: locks, drafts, copies, transactions that fail, large files.
import fs from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { forgetDrafts } from '#core/api/drafts.ts';
import { type Connection, connect } from '#core/db/connection.ts';
import { inFolder } from '#core/db/folder.ts';
import { namesIn } from '#core/db/objects.ts';
import { sql } from '#core/db/sql.ts';
import { createRegistry } from '#core/ledgers/registry.ts';
import { freeUnsealed } from '#core/sealing/again.ts';
import type { RepairReport } from '#shared/api/care-types.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { barePages, foundIn } from '#tests/fixtures/bare-pages.ts';
import { shareDuties } from '#tests/fixtures/duties.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';
import { aCase, applicant, keyOf, keys, pagesOf, reason, seal, secrets } from '#tests/fixtures/sealing.ts';

let program: Program;
let clerk: Person;
let head: Person;
let id: string;
let noteId: string;
beforeEach(async () => {
  program = await aProgram({ everyRole: true });
  keys.set(program, await keyOf(program));
  [clerk, head] = [await program.signIn('clerk'), await program.signIn('head')];
  ({ id, note: noteId } = await aCase(program));
});
afterEach(() => program.close());

const unsealing = { kind: 'unseal', basis: 'mistaken', reason: '封错' } as const;

/** Keeps a transaction that settles an application of this kind from being made to last, after everything in it was done. */
const failing = (kind: 'seal' | 'unseal') => `CREATE TABLE x_parent (id INTEGER PRIMARY KEY) STRICT;
  CREATE TABLE x_child (p INTEGER REFERENCES x_parent (id) DEFERRABLE INITIALLY DEFERRED) STRICT;
  CREATE TRIGGER x_fail AFTER UPDATE OF state ON sealing WHEN NEW.state = 'done' AND NEW.kind = '${kind}'
  BEGIN INSERT INTO x_child VALUES (1); END`;
const mended = 'DROP TRIGGER x_fail; DROP TABLE x_child; DROP TABLE x_parent';

describe('the sealing key', () => {
  test('is gone from a locked session: unlocked without a share of it, nothing that is sealed can be read', async () => {
    await seal(clerk, head, id);
    const asked = await clerk.call('enquiry.register', {
      ...{ asker: '检察院', person: '某', authority: 'caseWork', document: '1号' },
      ...{ name: applicant, purpose: '办案' },
    });
    expect((await head.call('enquiry.open', { id: asked.id })).found).toHaveLength(1);
    await head.call('session.lock', {});
    expect((await head.refused('enquiry.open', { id: asked.id })).code).toBe('session-locked');
    // While it is locked his share goes with his right; the right alone, given back, opens nothing.
    const security = await program.signIn('head');
    const account = (await security.call('account.list', {})).find(({ name }) => name === 'head')?.id ?? '';
    await program.look((db) =>
      db.transaction((own) => own.run(sql`update account set role = 'clerk' where id = ${account}`)),
    );
    await program.signInAgain();
    await program.look((db) =>
      db.transaction((own) => own.run(sql`update account set role = 'head' where id = ${account}`)),
    );
    await head.call('session.unlock', { password });
    expect((await head.refused('enquiry.open', { id: asked.id })).code).toBe('sealing-no-key');
    const request = await clerk.call('sealing.apply', { recordId: id, ...unsealing });
    expect((await head.refused('sealing.confirm', request)).code).toBe('sealing-no-key');
    // With a share again he reads it after the next sign-in.
    await program.signInAgain();
    const again = await program.signIn('head');
    expect((await again.call('enquiry.open', { id: asked.id })).found).toHaveLength(1);
  });
});

describe('drafts', () => {
  test('of the record and of its parts, new and changed, are gone with it; those of others stay', async () => {
    const other = (await program.save(aMediation().between('令狐冲', '濮阳霁宸'))).id;
    const said = '谧井边的半句话';
    const note = { kind: 'investigation', heldOn: '2025-06-01', topic: said, text: said };
    const draft = (order: number) => `0197a000-0000-7000-8000-00000000001${order}`;
    await clerk.call('draft.save', { id: draft(1), ledger: 'caseNote', content: { ...note, caseId: id } });
    await clerk.call('draft.save', { id: draft(2), ledger: 'caseNote', content: { ...note, caseId: other } });
    const { version, record } = await clerk.call('ledger.get', { id: noteId });
    await clerk.call('draft.save', {
      ...{ id: draft(3), ledger: 'caseNote', recordId: noteId, baseVersion: version },
      content: { ...record, text: said },
    });
    expect(await clerk.call('draft.list', {})).toHaveLength(3);
    await seal(clerk, head, id);
    expect((await clerk.call('draft.list', {})).map((one) => one.id)).toEqual([draft(2)]);
    await clerk.call('draft.discard', { id: draft(2) });
    await program.restart();
    await program.signInAgain();
    expect(foundIn(fs.readFileSync(inFolder(program.folder, 'drafts')), [said])).toEqual([]);
  });

  const said = '谧井边的半句话';
  const asTyped = { id: '0197a000-0000-7000-8000-000000000011', ledger: 'mediation' };
  const typed = async () => {
    const { version, record } = await clerk.call('ledger.get', { id });
    const content = { ...record, remark: said.repeat(2000) };
    await clerk.call('draft.save', { ...asTyped, recordId: id, baseVersion: version, content });
  };
  const inDrafts = () =>
    foundIn(barePages(inFolder(program.folder, 'drafts'), keys.get(program) ?? new Uint8Array()), [said]);
  const besideDispatcher = (work: (drafts: Connection) => void) => {
    const drafts = connect(inFolder(program.folder, 'drafts'), {
      key: keys.get(program) ?? new Uint8Array(),
    });
    try {
      work(drafts);
    } finally {
      drafts.close();
    }
  };

  test('that one did not want to keep leave nothing either', async () => {
    await typed();
    await clerk.call('draft.discard', { id: asTyped.id });
    expect(inDrafts()).toEqual([said]);
    await seal(clerk, head, id);
    expect(inDrafts()).toEqual([]);
  });

  const full = "create trigger full before delete on draft begin select raise(abort, 'no room'); end";

  test('that could not go with it are not shown, and are gone with the next call that finds room', async () => {
    await typed();
    besideDispatcher((drafts) => drafts.exec(full));
    await seal(clerk, head, id);
    expect(await clerk.call('draft.list', {})).toEqual([]);
    expect(inDrafts()).toEqual([said]);
    besideDispatcher((drafts) => drafts.exec('drop trigger full'));
    await clerk.call('ledger.list', { ledger: 'mediation' });
    expect(inDrafts()).toEqual([]);
  });

  test('whose pages found no room after their rows had gone are gone at the next start', async () => {
    await typed();
    besideDispatcher((drafts) => drafts.exec(full));
    await seal(clerk, head, id);
    await program.restart();
    await program.look((db) =>
      besideDispatcher((drafts) => {
        drafts.exec('drop trigger full');
        const noRoom = () => {
          throw Object.assign(new Error('no room'), { code: 'SQLITE_FULL' });
        };
        expect(() => forgetDrafts({ ...drafts, exec: noRoom }, db, createRegistry(ledgers))).toThrow(
          'no room',
        );
        expect(drafts.value(sql`select count(*) from draft`)).toBe(0);
      }),
    );
    expect(inDrafts()).toEqual([said]);
    await program.signInAgain();
    expect(inDrafts()).toEqual([]);
  });
});

describe('an older copy comes back', () => {
  const later = () => {
    program.clock.now = new Date(program.clock.now.getTime() + 5000);
  };

  test('an application that waited in it has come to nothing, and another can be made at once', async () => {
    const waiting = { recordId: id, kind: 'seal', basis: 'minorOther', reason: '先提的' } as const;
    const first = await clerk.call('sealing.apply', waiting);
    const { name: backup } = await program.call('system.backup', {});
    await head.call('sealing.refuse', first);
    await seal(clerk, head, id);
    // What waits here is not in the copy: it is gone with the ledger that was put aside.
    await clerk.call('sealing.apply', { recordId: id, ...unsealing });
    later();
    await program.call('program.restore', { backup });
    await program.signInAgain();
    [clerk, head] = [await program.signIn('clerk'), await program.signIn('head')];
    const { requests, sealed } = await clerk.call('sealing.state', {});
    expect(requests).toEqual([]);
    expect(sealed).toMatchObject([{ recordId: id, basis: 'minorCrime' }]);
    expect((await head.refused('sealing.confirm', first)).code).toBe('sealing-settled');
    const again = await clerk.call('sealing.apply', { recordId: id, ...unsealing });
    await head.call('sealing.confirm', again);
    expect((await clerk.call('ledger.get', { id })).id).toBe(id);
  });
});

describe('an unsealing that comes to nothing at the last step', () => {
  test('leaves no file of it on the disk, and the record sealed as it was', async () => {
    const objects = () => [...namesIn(inFolder(program.folder, 'objects'))];
    expect(objects()).toHaveLength(1);
    await seal(clerk, head, id);
    expect(objects()).toEqual([]);
    const request = await clerk.call('sealing.apply', { recordId: id, ...unsealing });
    await program.look((db) => db.exec(failing('unseal')));
    expect((await head.ask('sealing.confirm', request)).ok).toBe(false);
    await program.look((db) => db.exec(mended));
    expect(objects()).toEqual([]);
    expect(
      fs.readdirSync(inFolder(program.folder, 'objects'), { recursive: true, withFileTypes: true }),
    ).toSatisfy((all: fs.Dirent[]) => all.every((one) => !one.isFile()));
    expect(foundIn(await pagesOf(program), secrets)).toEqual([]);
    expect(await program.call('system.verify', {})).toMatchObject({ ok: true });
    await head.call('sealing.confirm', request);
    expect(objects()).toHaveLength(1);
    expect(await program.call('system.verify', {})).toMatchObject({ ok: true });
  });
});

describe('a repair', () => {
  test('frees a record that is whole while what was sealed of it is gone, and no other', async () => {
    const readable = (await program.save(aMediation().between('甲', '乙'))).id;
    const absent = '0197a000-0000-7000-8000-0000000000ff';
    const stub = (recordId: string, partOf: string | null = null) => sql`insert into stripped_record
        (record_id, ledger, unit_id, state, version, depth, tips, part_of, why, commit_number)
      select ${recordId}, 'mediation', id, 'accepted', zeroblob(32), 0, 1, ${partOf}, 'sealed', 1 from unit limit 1`;
    const left = await program.look((db) =>
      db.transaction((own) => {
        for (const one of [stub(id), stub(noteId, id), stub(readable), stub(absent)]) own.run(one);
        own.run(sql`insert into sealed_content values (${readable}, 0, x'01')`);
        freeUnsealed(own, createRegistry(ledgers));
        return own.column<string>(sql`select record_id from stripped_record order by record_id`);
      }),
    );
    expect(left).toEqual([readable, absent].sort());
  });
});

describe('what is counted and listed of it', () => {
  const listed = async () => {
    const { html } = await program.call('system.repairPage', { id: 1 });
    return ['亓官曜谧的旧题', '另一件的旧题'].map((title) => html.includes(title));
  };

  test('the list of a repair says its title no more, and those of others still', async () => {
    const other = (await program.save(aMediation())).id;
    const found = [
      { id, title: '亓官曜谧的旧题' },
      { id: other, title: '另一件的旧题' },
    ].map((one) => ({
      ...one,
      ...{ ledger: 'mediation', number: null, what: 'change' as const, at: null, account: null },
    }));
    const report: RepairReport = {
      ...{ copy: 'ledger.db', copyAt: '2025-06-01T08:00:00.000Z', isReadable: true, found },
      ...{ beside: { rows: 0, tables: [], unread: [] }, log: { taken: 0, lost: 0 } },
    };
    await program.look((db) =>
      db.transaction((own) =>
        own.run(sql`insert into repair_report (seq, at, account, copy, content)
          values (1, ${report.copyAt}, 'admin', 'ledger.db', ${JSON.stringify(report)})`),
      ),
    );
    expect(await listed()).toEqual([true, true]);
    await seal(clerk, head, id);
    expect(await listed()).toEqual([false, true]);
    expect(foundIn(await pagesOf(program), ['亓官曜谧的旧题'])).toEqual([]);
  });
});

test('the figures of every unit are the same before and after, of the one it belongs to and of those above', async () => {
  const county = await aProgram({ isCounty: true });
  try {
    const units = await county.call('units.tree', {});
    const stations = units.filter(({ level }) => level === 'station').slice(0, 2);
    const given = 'qinghe-2025';
    await shareDuties(county, given);
    const enter = async (name: string, unitId: string) => {
      await county.call('account.create', { name, unitId, password: given, role: 'head' });
      const person = await county.signIn(name, given);
      await person.call('session.changePassword', { password: given, newPassword: password });
      return county.signIn(name, password);
    };
    const cases: string[] = [];
    const people: Person[] = [];
    for (const [at, { id: unitId }] of stations.entries()) {
      const person = await enter(`所长${at}`, unitId);
      people.push(person);
      for (let count = 0; count <= at; count += 1)
        cases.push((await person.save(aMediation().accepted('2025-05-20').agreed('2025-06-01'))).id);
    }
    const codes = ['mediation.cases', 'mediation.agreed', 'mediation.successRate'];
    const figures = async () => {
      const all: [string, string, unknown][] = [];
      for (const unit of [undefined, ...units.map(({ code }) => code)]) {
        const shown = await county.call('indicator.list', { year: 2025, ...(unit ? { unit } : {}) });
        for (const { code, value } of shown.figures)
          if (codes.includes(code)) all.push([unit ?? '', code, value]);
      }
      return all;
    };
    const before = await figures();
    const ofStations = stations.map(
      ({ code }) => before.find(([unit, one]) => unit === code && one === codes[0])?.[2],
    );
    expect(ofStations).toEqual([1, 2]);
    for (const recordId of cases.slice(0, 2)) {
      const by = people[cases.indexOf(recordId)] ?? county;
      const request = await by.call('sealing.apply', {
        recordId,
        kind: 'seal',
        basis: 'ownDecision',
        reason,
      });
      await county.call('sealing.confirm', request);
    }
    expect((await county.call('ledger.list', { ledger: 'mediation' })).total).toBe(1);
    expect(await figures()).toEqual(before);
  } finally {
    await county.close();
  }
});

test('what could not be wiped is wiped by and by, though nobody asks for anything', {
  timeout: 60_000,
}, async () => {
  const full = "CREATE TRIGGER full BEFORE DELETE ON wipe_task BEGIN SELECT raise(abort, 'no room'); END";
  await program.look((db) => db.exec(full));
  await seal(clerk, head, id);
  const waiting = () => program.look((db) => db.value<number>(sql`select count(*) from wipe_task`));
  // Longer than until it is tried in the first idle moment.
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect(await waiting()).toBeGreaterThan(0);
  await program.look((db) => db.exec('DROP TRIGGER full'));
  await expect.poll(waiting, { timeout: 30_000, interval: 500 }).toBe(0);
  expect(foundIn(await pagesOf(program), secrets)).toEqual([]);
});

describe('a large file', () => {
  test('is wiped in idle steps: pages that were freed hold nothing of before', {
    timeout: 120_000,
  }, async () => {
    const word = '隐庐深井之言';
    await program.look((db) => {
      db.exec('CREATE TABLE x_fill (content BLOB NOT NULL) STRICT');
      db.transaction((own) => {
        for (let megabyte = 0; megabyte < 140; megabyte += 1)
          own.run(sql`insert into x_fill values (zeroblob(1048576))`);
      });
      // Whole pages of text that are freed as they are.
      db.exec('CREATE TABLE x_said (text TEXT NOT NULL) STRICT');
      db.transaction((own) => own.run(sql`insert into x_said values (${word.repeat(40_000)})`));
      db.exec('DELETE FROM x_said');
    });
    expect(foundIn(await pagesOf(program), [word, applicant])).toEqual([word, applicant]);
    await seal(clerk, head, id);
    const waiting = () => program.look((db) => db.value<number>(sql`select count(*) from wipe_task`));
    expect(await waiting()).toBeGreaterThan(0);
    await expect.poll(waiting, { timeout: 90_000, interval: 500 }).toBe(0);
    expect(foundIn(await pagesOf(program), [word, ...secrets])).toEqual([]);
    expect(await program.call('system.verify', { quick: true })).toMatchObject({ ok: true });
  });
});
