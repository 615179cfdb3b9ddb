// Enquiries about what is sealed: two accounts, names however they are typed, nobody's name in clear, seven days and no more.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '#core/db/sql.ts';
import type { InputOf } from '#shared/api/methods.ts';
import { foundIn } from '#tests/fixtures/bare-pages.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program } from '#tests/fixtures/program.ts';
import { aCase, applicant, keyOf, keys, pagesOf, reason, seal } from '#tests/fixtures/sealing.ts';

const asking = (values: Partial<InputOf<'enquiry.register'>> = {}): InputOf<'enquiry.register'> => ({
  ...{ asker: '金塔县人民检察院', person: '祁连山', authority: 'caseWork', document: '金检函〔2025〕12号' },
  ...{ name: applicant, purpose: '办理审查起诉案件' },
  ...values,
});

describe('enquiries', () => {
  let program: Program;
  let clerk: Person;
  let head: Person;
  let id: string;
  beforeAll(async () => {
    program = await aProgram({ everyRole: true });
    keys.set(program, await keyOf(program));
    ({ id } = await aCase(program));
    [clerk, head] = [await program.signIn('clerk'), await program.signIn('head')];
    await seal(clerk, head, id);
  });
  afterAll(() => program.close());

  test('who registered it does not look himself; answered, he learns what he was let know', async () => {
    const asked = await head.call('enquiry.register', asking());
    expect((await head.refused('enquiry.open', { id: asked.id })).code).toBe('sealing-same-account');
    expect((await program.call('enquiry.open', { id: asked.id })).found).toHaveLength(1);
    await program.call('enquiry.answer', { id: asked.id, outcome: 'refused', answer: '没有依据' });
    expect(await head.call('enquiry.open', { id: asked.id })).toMatchObject({
      ...{ found: [], answer: '没有依据', person: '祁连山' },
    });
  });

  test('a name is found with blanks and dots of every kind, on either side', async () => {
    const stored = ['古丽娜尔 艾则孜', '阿依古丽·买买提'];
    for (const name of stored) {
      const { id: saved } = await program.save(aMediation().between(name, '濮阳霁宸'));
      await seal(clerk, head, saved);
    }
    for (const name of [
      ...['古丽娜尔 艾则孜', '古丽娜尔艾则孜', '古丽娜尔·艾则孜'],
      ...['阿依古丽·买买提', '阿依古丽•买买提', '阿依古丽・买买提', '阿依古丽．买买提', '阿依古丽 买买提'],
    ]) {
      const asked = await clerk.call('enquiry.register', asking({ name }));
      expect((await head.call('enquiry.open', { id: asked.id })).found, name).toHaveLength(1);
    }
    const dots = await clerk.call('enquiry.register', asking({ name: '··' }));
    expect((await head.call('enquiry.open', { id: dots.id })).found).toEqual([]);
  });

  test('a whole number finds its record, in either form and typed with blanks; a part of one finds nobody', async () => {
    const modern = makeIdentityNumber('1971-03-14', 77);
    const older = `${modern.slice(0, 6)}${modern.slice(8, 17)}`;
    const { id: saved } = await program.save(
      aMediation().between('公冶长庚', '濮阳霁宸').withApplicant({ name: '公冶长庚', idNumber: modern }),
    );
    const { id: written } = await program.save(
      aMediation()
        .between('端木磊', '濮阳霁宸')
        .with({ remark: `另有${older.slice(0, 6)} ${older.slice(6)}一人在场` }),
    );
    // A longer number that holds it is another one.
    const { id: longer } = await program.save(
      aMediation()
        .between('端木磊', '濮阳霁宸')
        .with({ remark: `账号${modern}7和${older}88` }),
    );
    for (const one of [saved, written, longer]) await seal(clerk, head, one);
    const ask = async (name: string, idNumber: string) => {
      const asked = await clerk.call('enquiry.register', asking({ name, idNumber }));
      const { found, isPartial } = await head.call('enquiry.open', { id: asked.id });
      const html = async () => {
        await head.call('enquiry.answer', { id: asked.id, outcome: 'none' });
        return (await head.call('enquiry.paper', { id: asked.id })).html;
      };
      return { ids: found.map(({ recordId }) => recordId), found, isPartial, html };
    };
    const both = [saved, written].sort();
    const typed = `${modern.slice(0, 6)} ${modern.slice(6, 14)}-${modern.slice(14).toLowerCase()}`;
    for (const number of [modern, older, typed])
      expect(await ask('查无此人', number), number).toMatchObject({ ids: both, isPartial: false });
    // One digit less, one more, a middle, the end, with stars: nobody by it, and the name says so.
    const parts = [modern.slice(0, 17), modern.slice(6, 14), modern.slice(-4), `${modern.slice(0, 6)}****`];
    for (const part of [...parts, `${modern}1`])
      expect(await ask('查无此人', part), part).toMatchObject({ ids: [], isPartial: true });
    const named = await ask('公冶长庚', modern.slice(-4));
    expect(named).toMatchObject({ found: [{ recordId: saved, agrees: true }], isPartial: true });
    expect(await named.html()).toContain(`所提供的部分证件号码：${modern.slice(-4)}`);
    const other = await ask('公冶长庚', '9876');
    expect(other.found).toMatchObject([{ recordId: saved, agrees: false }]);
  });

  test('whoever asks about himself stands in no page and no list, and on the paper', async () => {
    const self = '慕容皎皎';
    const asked = await clerk.call(
      'enquiry.register',
      asking({
        asker: self,
        person: self,
        authority: 'self',
        document: '皎字〔2025〕第七号申请',
        name: self,
      }),
    );
    expect(foundIn(await pagesOf(program), [self, '皎字', '第七号申请'])).toEqual([]);
    const [listed] = (await clerk.call('sealing.state', {})).enquiries;
    expect(listed).toMatchObject({
      id: asked.id,
      asker: '本人或者法定代理人（姓名加密保存）',
      document: '（加密保存）',
    });
    expect(await head.call('enquiry.open', { id: asked.id })).toMatchObject({ asker: self, name: self });
    await head.call('enquiry.answer', { id: asked.id, outcome: 'none' });
    const { html } = await head.call('enquiry.paper', { id: asked.id });
    expect(html).toContain(`${self}：`);
    expect(html).toContain('皎字〔2025〕第七号申请');
  });

  test.each([
    ['minorCrime', '刑事诉讼法》第二百八十六条'],
    ['minorOther', '预防未成年人犯罪法》第五十九条'],
    ['securityCase', '治安管理处罚法》第一百三十六条'],
    ['ownDecision', '人民调解法》第十五条'],
  ] as const)('the paper names the article on which the record was sealed: %s', async (basis, article) => {
    const name = `令狐${basis}`;
    const { id: recordId } = await program.save(aMediation().between(name, '濮阳霁宸'));
    const request = await clerk.call('sealing.apply', { recordId, kind: 'seal', basis, reason });
    await head.call('sealing.confirm', request);
    const asked = await clerk.call('enquiry.register', asking({ name }));
    await head.call('enquiry.answer', { id: asked.id, outcome: 'shown', records: [recordId] });
    const { html } = await head.call('enquiry.paper', { id: asked.id });
    expect(html).toContain(article);
    if (basis !== 'minorCrime') expect(html).not.toContain('刑事诉讼法');
  });

  test('the seven days do not begin anew when the clock is set back', async () => {
    const asked = await clerk.call('enquiry.register', asking());
    await head.call('enquiry.answer', { id: asked.id, outcome: 'shown', records: [id] });
    const view = { id: asked.id, sealed: id };
    const day = 86_400_000;
    const today = program.clock.now.getTime();
    program.clock.now = new Date(today + 8 * day);
    const late = await program.signIn('head');
    expect((await late.refused('enquiry.view', view)).code).toBe('enquiry-over');
    program.clock.now = new Date(today + 2 * day);
    const back = await program.signIn('head');
    expect((await back.refused('enquiry.view', view)).code).toBe('enquiry-over');
    program.clock.now = new Date(today);
  });

  test('one sealed record that cannot be read keeps nobody from the others, and is named', async () => {
    const { id: spoilt } = await program.save(aMediation().between('另外一人', '濮阳霁宸'));
    await seal(clerk, head, spoilt);
    await program.look((db) =>
      db.transaction((own) =>
        own.run(sql`update sealed_content set content = x'00' where record_id = ${spoilt}`),
      ),
    );
    const asked = await clerk.call('enquiry.register', asking());
    const opened = await head.call('enquiry.open', { id: asked.id });
    expect(opened.found.map(({ recordId }) => recordId)).toEqual([id]);
    expect(opened.unreadable.map(({ recordId }) => recordId)).toEqual([spoilt]);
    await head.call('enquiry.answer', { id: asked.id, outcome: 'shown', records: [id] });
    expect((await head.call('enquiry.view', { id: asked.id, sealed: id })).recordId).toBe(id);
  });
});

describe('the check of the ledger', () => {
  test.each([
    ['gone', 'delete from sealed_content'],
    ['a file of it gone', 'delete from sealed_content where ordinal = 1'],
    ['changed', 'update sealed_content set content = zeroblob(length(content)) where ordinal = 1'],
  ])('names a sealed record whose content is not what was sealed: %s', async (_what, spoil) => {
    const program = await aProgram({ everyRole: true });
    try {
      const { id } = await aCase(program);
      await seal(await program.signIn('clerk'), await program.signIn('head'), id);
      expect(await program.call('system.verify', {})).toMatchObject({ ok: true, findings: [] });
      await program.look((db) => db.exec(spoil));
      const { ok, findings } = await program.call('system.verify', {});
      expect([ok, findings.map(({ check, object }) => [check, object])]).toEqual([
        false,
        [['sealed-content', id]],
      ]);
    } finally {
      await program.close();
    }
  });
});

describe('a part of a sealed record', () => {
  test('is not taken in clear beside it, neither saved nor half-typed', async () => {
    const program = await aProgram({ everyRole: true });
    try {
      const { id } = await aCase(program);
      const clerk = await program.signIn('clerk');
      const other = await program.save(aMediation().between('令狐冲', '濮阳霁宸'));
      const note = { kind: 'investigation', heldOn: '2025-06-01', topic: '谈话', text: '所谈的事' };
      const saved = await clerk.call('ledger.save', {
        ...{ ledger: 'caseNote', record: { ...note, caseId: other.id } },
      });
      await seal(clerk, await program.signIn('head'), id);
      const beside = { ledger: 'caseNote', record: { ...note, caseId: id } };
      const gone = { caseId: { problem: 'whole-stripped' } };
      expect(await clerk.refused('ledger.save', beside)).toMatchObject({
        ...{ code: 'record-invalid', fields: gone },
      });
      const moved = { ...beside, id: saved.id, baseVersion: saved.version };
      expect((await clerk.refused('ledger.save', moved)).fields).toMatchObject(gone);
      const draft = {
        id: '0197a000-0000-7000-8000-000000000012',
        ledger: 'caseNote',
        content: beside.record,
      };
      expect((await clerk.refused('draft.save', draft)).code).toBe('record-missing');
      expect(await clerk.call('draft.list', {})).toEqual([]);
      const elsewhere = { ...draft, content: { ...note, caseId: other.id } };
      expect((await clerk.ask('draft.save', elsewhere)).ok).toBe(true);
    } finally {
      await program.close();
    }
  });
});
