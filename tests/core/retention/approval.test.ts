// Destruction is proposed by one account and approved by another who has the right to (档案法实施条例 24).
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sql } from '#core/db/sql.ts';
import { aProgram, type Person, type Program } from '#tests/fixtures/program.ts';
import { aFile, decide, opinion, toApprove } from './files-fixture.ts';

let program: Program;
let clerk: Person;
let head: Person;
let file: string;
beforeEach(async () => {
  program = await aProgram({ everyRole: true });
  clerk = await program.signIn('clerk');
  head = await program.signIn('head');
  await decide(head, 'mediation.case', 10);
  file = (await aFile(clerk, 2010, ['亓官曜', '濮阳霁'])).id;
});
afterEach(() => program.close());

const add = (person: Person, ids: readonly string[] = [file], list: string | null = null) =>
  person.call('destruction.add', { list, ids: [...ids], opinion });
const approve = (person: Person, list: string) => person.call('destruction.approve', { list, ...toApprove });

describe('a list', () => {
  test('holds the file with its number, year, period and opinion, its title masked', async () => {
    const list = await add(clerk);
    const { record } = await clerk.call('ledger.get', { id: file });
    expect(list).toMatchObject({
      number: '销毁清册〔2025〕1号',
      state: 'open',
      isOwn: true,
      counts: { listed: 1, destroyed: 0 },
      items: [
        {
          ...{ number: record.caseNo, title: '亓**、濮**', filedOn: '2010-12-20', years: 10 },
          ...{ endedOn: '2020-12-31', opinion, state: 'listed', isChanged: false, obstacles: [] },
        },
      ],
    });
    expect((await head.call('destruction.lists', {})).map(({ isOwn }) => isOwn)).toEqual([false]);
  });

  test('a file stands on one list at a time; taken off it may stand on another', async () => {
    const list = await add(clerk);
    expect(await clerk.refused('destruction.add', { list: null, ids: [file], opinion })).toMatchObject({
      code: 'file-obstructed',
      params: { why: '已列入销毁清册〔2025〕1号' },
    });
    const left = await clerk.call('destruction.remove', {
      list: list.id,
      items: list.items.map(({ id }) => id),
      reason: '再议',
    });
    expect([left.counts, left.items]).toEqual([{ listed: 0, removed: 1, withheld: 0, destroyed: 0 }, []]);
    expect((await add(clerk)).number).toBe('销毁清册〔2025〕2号');
  });

  test('what is not due, stands in the way or says 永久 is not listed, and neither is what was named with it', async () => {
    const recent = await aFile(clerk, 2020, ['丙', '丁']);
    const both = { list: null, ids: [file, recent.id], opinion };
    expect(await clerk.refused('destruction.add', both)).toMatchObject({
      code: 'file-not-due',
      params: { title: '丙、丁' },
    });
    await decide(head, 'mediation.permanent', 10);
    const lasting = await aFile(clerk, 2010, ['戊', '己'], { retention: 'permanent' });
    expect(
      await clerk.refused('destruction.add', { list: null, ids: [file, lasting.id], opinion }),
    ).toMatchObject({ code: 'file-obstructed', params: { why: '案卷上写明永久保管' } });
    expect(await clerk.call('destruction.lists', {})).toEqual([]);
  });
});

test('a file with an application to seal it waits for the decision', async () => {
  await program.look((db) =>
    db.run(sql`insert into sealing
        (id, kind, record_id, ledger, unit_id, basis, reason, applied_at, applied_by, state)
      select 's', 'seal', m.id, 'mediation', m.unit_id, 'minor', x'00', '2025-06-30T02:00:00.000Z', 'x', 'pending'
      from mediation_case m where m.id = ${file}`),
  );
  expect(await clerk.refused('destruction.add', { list: null, ids: [file], opinion })).toMatchObject({
    code: 'file-obstructed',
    params: { why: '有封存申请等待决定' },
  });
});

describe('approval', () => {
  test('is refused to whoever put files on the list, head or not', async () => {
    const { id } = await add(head);
    expect(await head.refused('destruction.approve', { list: id, ...toApprove })).toMatchObject({
      code: 'destruction-own',
    });
    const another = await aFile(clerk, 2011, ['丙', '丁']);
    const mixed = await add(clerk, [another.id]);
    const third = await aFile(clerk, 2012, ['戊', '己']);
    await add(head, [third.id], mixed.id);
    expect((await head.refused('destruction.approve', { list: mixed.id, ...toApprove })).code).toBe(
      'destruction-own',
    );
  });

  test('is refused to whoever has no right to it, the administrator too', async () => {
    const { id } = await add(clerk);
    const auditor = await program.signIn('auditor');
    for (const person of [clerk, program, auditor])
      expect(await person.refused('destruction.approve', { list: id, ...toApprove })).toMatchObject({
        code: 'no-right',
        params: { right: 'destruction.approve' },
      });
  });

  test('asks for the password again, and names the letter that it rests on', async () => {
    const { id } = await add(clerk);
    const later = vi.spyOn(performance, 'now');
    later.mockReturnValue(Date.now() - performance.timeOrigin + 6 * 60_000);
    expect((await head.refused('destruction.approve', { list: id, ...toApprove })).code).toBe(
      'confirm-needed',
    );
    later.mockRestore();
    const fresh = await program.signIn('head');
    expect(
      await fresh.refused('destruction.approve', { list: id, ...toApprove, approvedOn: '2025-07-01' }),
    ).toMatchObject({ code: 'destruction-letter' });
    const list = await approve(fresh, id);
    expect(list).toMatchObject({ state: 'approved' });
    expect(list.events.at(-1)).toMatchObject({ action: 'approve', account: 'head', ...toApprove, count: 1 });
    const { html } = await fresh.call('destruction.sheet', { list: id });
    for (const text of ['销毁清册〔2025〕1号', '金档发〔2025〕3号', '亓**、濮**', '监销人签字'])
      expect(html).toContain(text);
    expect(html).not.toContain('亓官');
  });

  test('an empty list, or one approved before, is not approved', async () => {
    const { id, items } = await add(clerk);
    await clerk.call('destruction.remove', { list: id, items: items.map((one) => one.id), reason: '再议' });
    expect((await head.refused('destruction.approve', { list: id, ...toApprove })).code).toBe(
      'destruction-empty',
    );
    await add(clerk, [file], id);
    await approve(head, id);
    expect(await head.refused('destruction.approve', { list: id, ...toApprove })).toMatchObject({
      code: 'destruction-state',
      params: { state: 'approved' },
    });
    for (const [method, input] of [
      ['destruction.add', { list: id, ids: [file], opinion }],
      ['destruction.remove', { list: id, items: [1], reason: '再议' }],
    ] as const)
      expect((await clerk.refused(method, input)).code).toBe('destruction-state');
  });

  test('what came in the way since it was listed stops it, with its reason', async () => {
    const { id } = await add(clerk);
    await clerk.call('retention.keep', { ids: [file], until: '2030-12-31', reason: '当事人申请查阅' });
    expect(await head.refused('destruction.approve', { list: id, ...toApprove })).toMatchObject({
      code: 'destruction-hindered',
      params: { why: '鉴定后延长保管到 2030-12-31' },
    });
    const shown = await head.call('destruction.get', { list: id });
    expect(shown.items[0]?.obstacles).toEqual([{ why: 'kept', what: '2030-12-31' }]);
  });

  test('taken back, the list is open again', async () => {
    const { id } = await add(clerk);
    await approve(head, id);
    const back = await head.call('destruction.withdraw', { list: id, reason: '文号写错' });
    expect([back.state, back.events.at(-1)?.reason]).toEqual(['open', '文号写错']);
    await approve(head, id);
  });
});

test('each step is in the log, which names no party', async () => {
  const { id, items } = await add(clerk);
  await clerk.call('destruction.remove', { list: id, items: items.map((one) => one.id), reason: '再议' });
  await add(clerk, [file], id);
  await approve(head, id);
  await head.call('destruction.withdraw', { list: id, reason: '文号写错' });
  const rows = await program.look((db) =>
    db.all<{ action: string; detail: string }>(
      sql`select action, detail from audit_entry where action like 'destruction.%' order by seq`,
    ),
  );
  expect(rows.map(({ action }) => action)).toEqual([
    'destruction.add',
    'destruction.remove',
    'destruction.add',
    'destruction.approve',
    'destruction.withdraw',
  ]);
  expect(JSON.stringify(rows)).toContain('销毁清册〔2025〕1号');
  expect(JSON.stringify(rows)).not.toContain('亓官');
});
