// What was approved goes, with all that belongs to it, and the list of it stays (档案法实施条例 24).
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inFolder } from '#core/db/folder.ts';
import { namesIn } from '#core/db/objects.ts';
import { sql } from '#core/db/sql.ts';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import { barePages, foundIn } from '#tests/fixtures/bare-pages.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';
import { aPicture } from '#tests/fixtures/scans.ts';
import { aFile, aSettledCase, decide, fileIt, opinion, toApprove } from './files-fixture.ts';

const [applicant, respondent] = ['亓官曜谧', '濮阳霁宸'];
const number = makeIdentityNumber('1979-03-14', 11);
const supervisors: [string, string] = ['甲监销', '乙监销'];

let program: Program;
let clerk: Person;
let head: Person;
beforeEach(async () => {
  program = await aProgram({ everyRole: true });
  clerk = await program.signIn('clerk');
  head = await program.signIn('head');
  await decide(head, 'mediation.case', 10);
});
afterEach(() => program.close());

async function approvedList(ids: readonly string[]): Promise<string> {
  const { id } = await clerk.call('destruction.add', { list: null, ids: [...ids], opinion });
  await head.call('destruction.approve', { list: id, ...toApprove });
  return id;
}
const carryOut = (list: string) => head.call('destruction.carryOut', { list, supervisors });

describe('a file with all that belongs to it', () => {
  let id: string;
  let list: string;
  let key: Uint8Array;
  const texts = [
    applicant,
    respondent,
    number,
    '16409995511',
    '隐庐巷七十九号',
    '三代人为一口老井',
    '老井会',
    '谧井照片',
  ];
  const pages = (name: 'ledger' | 'drafts') => barePages(inFolder(program.folder, name), key);

  beforeEach(async () => {
    const file = readKeyFile(program.folder);
    const found = file && (await keyByPassword(file, 'admin', password));
    if (!found) throw new Error('no key');
    key = found;
    const { id: caseId } = await aSettledCase(clerk, 2010, [applicant, respondent], {
      summary: '三代人为一口老井争执不下。',
      agreementText: '井归甲家使用',
      parties: [
        {
          ...{ side: 'applicant', type: 'natural', name: applicant, idType: '01', idNumber: number },
          ...{ phone: '16409995511', address: '东坝镇隐庐巷七十九号' },
        },
        { side: 'respondent', type: 'natural', name: respondent },
      ],
    });
    id = caseId;
    await clerk.call('ledger.save', {
      ledger: 'caseNote',
      record: {
        caseId: id,
        kind: 'investigation',
        heldOn: '2010-03-05',
        topic: '老井会',
        text: '老井会上各说各的',
      },
    });
    const picture = path.join(program.folder, 'well.png');
    fs.writeFileSync(picture, aPicture({ note: '谧井照片' }));
    program.grant('scan', picture);
    await clerk.call('attachment.add', { recordId: id, file: 'scan', kind: 'site', title: '谧井照片' });
    fs.rmSync(picture);
    await clerk.call('paper.issue', { id, kind: 'agreement' });
    const saved = await fileIt(clerk, id, 2010);
    await clerk.call('draft.save', {
      ...{ id: '0197a000-0000-7000-8000-000000000001', ledger: 'mediation', recordId: id },
      ...{ baseVersion: saved.version, content: { remark: `${applicant}老井会` } },
    });
    list = await approvedList([id]);
  });

  test('is found in no page, log, draft or object any more; the list has its number and says so', async () => {
    expect(foundIn(pages('ledger'), texts)).toEqual(texts);
    expect(foundIn(pages('drafts'), [applicant])).toEqual([applicant]);
    const { record } = await clerk.call('ledger.get', { id });
    const before = await program.call('system.hash', {});

    expect(await carryOut(list)).toMatchObject({ destroyed: 1, withheld: 0, left: 0 });

    expect(foundIn(pages('ledger'), [...texts, '亓官', '隐庐'])).toEqual([]);
    expect(foundIn(pages('drafts'), [applicant, '老井会'])).toEqual([]);
    expect(namesIn(inFolder(program.folder, 'objects')).size).toBe(0);
    const shown = await clerk.call('destruction.get', { list });
    expect(shown).toMatchObject({
      state: 'done',
      counts: { destroyed: 1, listed: 0, withheld: 0 },
      items: [
        {
          number: record.caseNo,
          title: '（已销毁）',
          opinion: '',
          state: 'destroyed',
          filedOn: '2010-12-20',
        },
      ],
    });
    expect(shown.events.map(({ action }) => action)).toEqual(['make', 'add', 'approve', 'begin', 'end']);
    const { html } = await clerk.call('destruction.sheet', { list });
    for (const text of [String(record.caseNo), '甲监销、乙监销', '已销毁（2025-06-30）', '金档发〔2025〕3号'])
      expect(html).toContain(text);
    expect(await program.call('system.hash', {})).toEqual(before);
    expect(await program.call('system.verify', {})).toMatchObject({ ok: true, findings: [], stripped: 2 });
  });

  test('is in no list, hit or review, and its number is not given again', async () => {
    await carryOut(list);
    expect((await clerk.refused('ledger.get', { id })).code).toBe('record-missing');
    expect((await clerk.call('search.find', { text: applicant })).hits).toEqual([]);
    expect((await clerk.call('ledger.list', { ledger: 'mediation' })).total).toBe(0);
    expect((await clerk.call('retention.review', { what: 'ended' })).total).toBe(0);
    const next = await aFile(clerk, 2010, ['甲', '乙']);
    const { record } = await clerk.call('ledger.get', { id: next.id });
    expect(record.caseNo).toMatch(/第2号$/);
    for (const [method, input] of [
      ['destruction.add', { list: null, ids: [id], opinion }],
      ['retention.keep', { ids: [id], until: '2040-12-31', reason: '有用' }],
    ] as const)
      expect((await clerk.refused(method, input)).code).toBe('file-not-due');
  });

  test('a list that was carried out is neither approved, withdrawn nor carried out again', async () => {
    await carryOut(list);
    for (const [method, input] of [
      ['destruction.approve', { list, ...toApprove }],
      ['destruction.withdraw', { list, reason: '有误' }],
      ['destruction.carryOut', { list, supervisors }],
    ] as const)
      expect(await head.refused(method, input)).toMatchObject({
        code: 'destruction-state',
        params: { state: 'done' },
      });
  });
});

describe('who and when', () => {
  test('nothing goes before it is approved, nor with one who watches alone, nor by a clerk', async () => {
    const { id } = await aFile(clerk, 2010, ['甲', '乙']);
    const { id: list } = await clerk.call('destruction.add', { list: null, ids: [id], opinion });
    expect((await head.refused('destruction.carryOut', { list, supervisors })).code).toBe(
      'destruction-state',
    );
    await head.call('destruction.approve', { list, ...toApprove });
    const alone = { list, supervisors: ['甲监销', '甲监销'] };
    expect((await head.refused('destruction.carryOut', alone)).code).toBe('destruction-supervisors');
    expect((await head.refused('destruction.carryOut', { list, supervisors: ['甲监销'] })).code).toBe(
      'invalid-input',
    );
    expect((await clerk.refused('destruction.carryOut', { list, supervisors })).code).toBe('no-right');
    await clerk.call('ledger.get', { id });
  });

  test('what was kept on after the approval stays, with the reason on the list; the others go', async () => {
    const kept = await aFile(clerk, 2010, ['甲', '乙']);
    const other = await aFile(clerk, 2011, ['丙', '丁']);
    const list = await approvedList([kept.id, other.id]);
    await clerk.call('retention.keep', { ids: [kept.id], until: '2030-12-31', reason: '当事人申请查阅' });
    expect(await carryOut(list)).toMatchObject({ destroyed: 1, withheld: 1, left: 0 });
    const { items } = await clerk.call('destruction.get', { list });
    expect(items.map(({ state, why }) => [state, why])).toEqual([
      ['withheld', '鉴定后延长保管到 2030-12-31'],
      ['destroyed', ''],
    ]);
    await clerk.call('ledger.get', { id: kept.id });
  });

  test('a file that was changed after it was listed stays', async () => {
    const { id } = await aFile(clerk, 2010, ['甲', '乙']);
    const list = await approvedList([id]);
    await clerk.call('ledger.act', { id, action: 'reopen' });
    await fileIt(clerk, id, 2010);
    expect(await carryOut(list)).toMatchObject({ destroyed: 0, withheld: 1 });
    const { items } = await clerk.call('destruction.get', { list });
    expect(items[0]?.why).toBe('列入清册以后内容改过');
    await clerk.call('ledger.get', { id });
  });

  test('the approval can be withdrawn while it is under way: what is left stays', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) ids.push((await aFile(clerk, 2010, ['甲', `乙${n}`])).id);
    const list = await approvedList(ids);
    await program.look((db) => {
      db.transaction((write) =>
        write.run(sql`update destruction_list set state = 'underWay' where id = ${list}`),
      );
    });
    const withdrawn = await head.call('destruction.withdraw', { list, reason: '上级要求暂停' });
    expect(withdrawn).toMatchObject({ state: 'done', counts: { withheld: 3, destroyed: 0 } });
    // They can be listed once more.
    await clerk.call('destruction.add', { list: null, ids, opinion });
  });
});

test('a program that dies between two steps leaves every file whole or gone, and goes on', async () => {
  const ids: string[] = [];
  for (let n = 0; n < 103; n++) ids.push((await aFile(clerk, 2010, ['甲', `乙${n}`])).id);
  const list = await approvedList(ids);
  expect(await carryOut(list)).toMatchObject({ destroyed: 100, left: 3 });
  const copy = await aProgram({ from: program.folder, isShut: true });
  try {
    const own = await copy.signIn('head');
    const shown = await own.call('destruction.get', { list, limit: 200 });
    expect([shown.state, shown.counts]).toEqual([
      'underWay',
      { listed: 3, removed: 0, withheld: 0, destroyed: 100 },
    ]);
    for (const { recordId, state } of shown.items) {
      const answer = await own.ask('ledger.get', { id: recordId });
      expect(answer.ok, recordId).toBe(state === 'listed');
    }
    expect(await own.call('destruction.carryOut', { list, supervisors })).toMatchObject({
      destroyed: 3,
      left: 0,
    });
    expect((await own.call('destruction.get', { list })).state).toBe('done');
    const admin = await copy.signIn('admin');
    expect(await admin.call('system.verify', {})).toMatchObject({ ok: true, stripped: 103 });
  } finally {
    await copy.close();
  }
});

test('the log says who destroyed what on whose letter, and names no party', async () => {
  const { id } = await aFile(clerk, 2010, [applicant, respondent]);
  const list = await approvedList([id]);
  await carryOut(list);
  const rows = await program.look((db) =>
    db.all<{ account: string; action: string; detail: string }>(
      sql`select account, action, detail from audit_entry where action like 'destruction.%' order by seq`,
    ),
  );
  expect(rows.at(-1)).toMatchObject({ account: 'head', action: 'destruction.carryOut' });
  expect(JSON.parse(rows.at(-1)?.detail ?? '')).toMatchObject({
    ...{ number: '销毁清册〔2025〕1号', destroyed: 1, withheld: 0, supervisors: '甲监销、乙监销' },
  });
  expect(JSON.stringify(rows)).not.toContain('亓官');
});

test('the figures of the year in which it was taken on count it as before, and name it no more', async () => {
  const ids = [(await aFile(clerk, 2010, [applicant, respondent])).id];
  await aFile(clerk, 2010, ['甲', '乙']);
  const figures = async () => (await head.call('indicator.list', { year: 2010 })).figures;
  const before = await figures();
  expect(before.find(({ code }) => code === 'mediation.cases')?.value).toBe(2);
  await carryOut(await approvedList(ids));
  expect(await figures()).toEqual(before);
  const behind = await head.call('indicator.records', { year: 2010, code: 'mediation.cases' });
  expect(behind.records.map(({ title }) => title)).toEqual(['甲、乙']);
  expect([behind.total, behind.stripped]).toEqual([1, 1]);
});
