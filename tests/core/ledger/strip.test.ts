// A record that is taken out leaves nothing behind: in no table, no page, no log, no draft, no file.
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StoredSession } from '#core/api/contract.ts';
import { createKit } from '#core/api/kit.ts';
import { createWriteContext } from '#core/api/write-context.ts';
import { inFolder } from '#core/db/folder.ts';
import { namesIn } from '#core/db/objects.ts';
import { sql } from '#core/db/sql.ts';
import { findRecord } from '#core/ledgers/registry.ts';
import { stripRecord } from '#core/ledgers/strip.ts';
import { isWiping, wipeNow } from '#core/ledgers/wipe.ts';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import { createIds } from '#core/settings/ids.ts';
import { barePages, foundIn } from '#tests/fixtures/bare-pages.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program, password } from '#tests/fixtures/program.ts';
import { aPicture } from '#tests/fixtures/scans.ts';

const [applicant, respondent] = ['亓官曜谧', '濮阳霁宸'];
const number = makeIdentityNumber('2009-03-14', 11);
const texts = [
  applicant,
  respondent,
  number,
  '16409995511',
  '隐庐巷七十九号',
  '两家为一口老井吵',
  '井归甲家',
  '谧井照片',
  '老井会',
];
/** Words of the index: two signs each. */
const words = ['亓官', '曜谧', '隐庐', '霁宸'];

let program: Program;
let key: Uint8Array;
let id: string;
let other: string;
let before: { hash: string; records: number };

const ledgerPages = () => barePages(inFolder(program.folder, 'ledger'), key);
const draftPages = () => barePages(inFolder(program.folder, 'drafts'), key);

beforeAll(async () => {
  program = await aProgram();
  const file = readKeyFile(program.folder);
  const found = file && (await keyByPassword(file, 'admin', password));
  if (!found) throw new Error('no key');
  key = found;
  const record = aMediation()
    .accepted('2025-05-20')
    .about('02', '两家为一口老井吵了三代人')
    .agreed('2025-06-10', 120_000)
    .with({
      agreementText: '井归甲家使用',
      parties: [
        {
          ...{ side: 'applicant', type: 'natural', name: applicant, idType: '01', idNumber: number },
          ...{ phone: '16409995511', address: '东坝镇隐庐巷七十九号' },
        },
        { side: 'respondent', type: 'natural', name: respondent },
      ],
    })
    .record();
  const saved = await program.save(record);
  id = saved.id;
  await program.save({ ...record, agreementText: '井归甲家，乙家取水' }, { id, baseVersion: saved.version });
  await program.call('ledger.save', {
    ledger: 'caseNote',
    record: {
      caseId: id,
      kind: 'investigation',
      heldOn: '2025-06-01',
      topic: '老井会',
      text: '老井会上两家为一口老井吵',
    },
  });
  // The other case is of the same two, so that what is seen at its intake quotes the first.
  const again = aMediation()
    .accepted('2025-06-20')
    .about('02', '又起争执')
    .with({
      parties: [
        { side: 'applicant', type: 'natural', name: respondent, phone: '16409995577' },
        { side: 'respondent', type: 'natural', name: '令狐筱冉' },
      ],
    });
  other = (await program.save(again)).id;
  const picture = path.join(program.folder, 'well.png');
  fs.writeFileSync(picture, aPicture({ note: '谧井照片' }));
  program.grant('scan', picture);
  await program.call('attachment.add', { recordId: id, file: 'scan', kind: 'site', title: '谧井照片' });
  fs.rmSync(picture);
  const { version } = await program.call('ledger.get', { id });
  await program.call('draft.save', {
    ...{
      id: '0197a000-0000-7000-8000-000000000001',
      ledger: 'mediation',
      recordId: id,
      baseVersion: version,
    },
    content: { ...record, remark: '老井会' },
  });
  before = await program.call('system.hash', {});
});
afterAll(() => program.close());

function strip(): Promise<void> {
  return program.look((connection) => {
    const kit = createKit(
      {
        ...{ folder: program.folder, seeds: path.resolve('seeds'), version: '0' },
        ...{ now: () => program.clock.now, emit: () => undefined, helper: () => Promise.reject(new Error()) },
      },
      () => program.folder,
    );
    connection.transaction((db) => {
      const accountId = db.value<string>(sql`select id from account`) ?? '';
      const session = { accountId, account: 'admin', unitId: '' } as StoredSession;
      const context = createWriteContext(kit, db, session, 'test', createIds(kit.env.now));
      stripRecord(context, findRecord(db, kit.registry, id), 'destroyed');
    });
    expect(isWiping(connection)).toBe(true);
  });
}

describe('before', () => {
  test('all of it stands in the pages, so that the search for it means something', () => {
    expect(foundIn(ledgerPages(), texts)).toEqual(texts);
    expect(foundIn(ledgerPages(), words)).toEqual(words);
    expect(foundIn(draftPages(), [applicant, '老井会'])).toEqual([applicant, '老井会']);
    expect(namesIn(inFolder(program.folder, 'objects')).size).toBe(1);
  });
});

describe('after', () => {
  beforeAll(async () => {
    // The program dies between the transaction and the wiping: the next opening goes on with it.
    await program.restart();
    await strip();
    await program.signInAgain();
  });

  test('nothing of it is left in any page of either file, nor on the disk', () => {
    // The respondent stands in the other case too.
    const own = texts.filter((text) => text !== respondent);
    expect(foundIn(ledgerPages(), own)).toEqual([]);
    expect(foundIn(ledgerPages(), ['亓官', '曜谧', '隐庐'])).toEqual([]);
    expect(foundIn(draftPages(), [applicant, '老井会'])).toEqual([]);
    expect(namesIn(inFolder(program.folder, 'objects')).size).toBe(0);
  });

  test('the content hash and the count of records are what they were, and the check says so', async () => {
    expect(await program.call('system.hash', {})).toEqual(before);
    const verified = await program.call('system.verify', {});
    expect(verified).toMatchObject({ ok: true, findings: [], stripped: 2 });
  });

  test('it is in no list, hit or count, and the other record is as it was', async () => {
    expect((await program.refused('ledger.get', { id })).code).toBe('record-missing');
    const page = await program.call('ledger.list', { ledger: 'mediation' });
    expect([page.total, page.rows.map((row) => row.id)]).toEqual([1, [other]]);
    expect((await program.call('search.find', { text: applicant })).hits).toEqual([]);
    expect((await program.call('search.find', { text: respondent })).hits.map((hit) => hit.id)).toEqual([
      other,
    ]);
    expect(await program.call('draft.list', {})).toEqual([]);
  });

  test('its number is not given again, and no draft or save brings it back', async () => {
    const next = await program.save(aMediation().accepted('2025-06-21').about('02', '新的争执'));
    const { record } = await program.call('ledger.get', { id: next.id });
    expect(record.caseNo).toMatch(/3号$/);
    const draft = {
      id: '0197a000-0000-7000-8000-000000000002',
      ledger: 'mediation',
      recordId: id,
      content: {},
    };
    expect((await program.refused('draft.save', draft)).code).toBe('record-missing');
  });

  test('the index of persons made anew is the one that stands', async () => {
    await program.call('person.rebuild', {});
    expect(await program.call('system.verify', {})).toMatchObject({ ok: true });
  });
});

test('a large file is wiped step by step to the same end', async () => {
  const again = await program.save(
    aMediation().accepted('2025-06-22').about('02', '钟离芷蕙家的事').with({ remark: '钟离芷蕙' }),
  );
  id = again.id;
  await program.restart();
  await strip();
  await program.look((connection) => {
    connection.transaction((db) => {
      db.run(sql`delete from wipe_task`);
      for (const kind of ['index', 'pages']) db.run(sql`insert into wipe_task values (${kind}, '')`);
    });
    wipeNow(connection, program.folder);
    expect(isWiping(connection)).toBe(false);
  });
  expect(foundIn(ledgerPages(), ['钟离芷蕙', '芷蕙'])).toEqual([]);
  await program.signInAgain();
  expect(await program.call('system.verify', {})).toMatchObject({ ok: true });
});

describe('a file that two records have', () => {
  const bytes = aPicture({ note: '两案共用的照片' });
  const tasks = () =>
    program.look((db) => db.column<string>(sql`select name from wipe_task where kind = 'object'`));
  const kept = () => namesIn(inFolder(program.folder, 'objects'));

  async function aCaseWithIt(): Promise<{ caseId: string; scan: string }> {
    const { id: caseId } = await program.save(aMediation().accepted('2025-06-23').about('02', '共用照片'));
    const picture = path.join(program.folder, 'shared.png');
    fs.writeFileSync(picture, bytes);
    program.grant('scan', picture);
    const scan = await program.call('attachment.add', { recordId: caseId, file: 'scan', kind: 'site' });
    fs.rmSync(picture);
    return { caseId, scan: scan.id };
  }
  const seen = async (scan: string) =>
    Buffer.compare(Buffer.from((await program.call('attachment.view', { id: scan })).content), bytes) === 0;

  test('is no task of the first that goes, and goes with the last', async () => {
    const [one, two] = [await aCaseWithIt(), await aCaseWithIt()];
    expect(kept().size).toBe(1);
    id = one.caseId;
    await program.restart();
    await strip();
    expect(await tasks()).toEqual([]);
    await program.signInAgain();
    expect(await seen(two.scan)).toBe(true);
    id = two.caseId;
    await program.restart();
    await strip();
    expect(await tasks()).toEqual([...kept()]);
    await program.signInAgain();
    expect([await tasks(), kept().size]).toEqual([[], 0]);
  });

  test('stays where it was given to a record while its task still waited', async () => {
    const { scan } = await aCaseWithIt();
    const [name = ''] = kept();
    await program.restart();
    // As somebody who looked at it leaves it: the task of the record that is gone could not be carried out.
    await program.look((connection) =>
      connection.transaction((db) =>
        db.run(sql`insert into wipe_task (kind, name) values ('object', ${name})`),
      ),
    );
    await program.signInAgain();
    expect([await tasks(), [...kept()]]).toEqual([[], [name]]);
    expect(await seen(scan)).toBe(true);
    expect(await program.call('system.verify', {})).toMatchObject({ ok: true });
  });
});
