// Records are sealed by two accounts, found by no way, asked for by a register, opened again whole.
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inFolder } from '#core/db/folder.ts';
import { namesIn } from '#core/db/objects.ts';
import { sql } from '#core/db/sql.ts';
import type { MethodName } from '#shared/api/methods.ts';
import { foundIn } from '#tests/fixtures/bare-pages.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program } from '#tests/fixtures/program.ts';
import {
  aCase,
  applicant,
  keyOf,
  keys,
  number,
  pagesOf,
  reason,
  seal,
  secrets,
} from '#tests/fixtures/sealing.ts';

const figure = async (program: Person, code: string) =>
  (await program.call('indicator.list', { year: 2025 })).figures.find((one) => one.code === code)?.value;

describe('a record is sealed', () => {
  let program: Program;
  let clerk: Person;
  let head: Person;
  let auditor: Person;
  let id: string;
  let noteId: string;
  let before: { whole: unknown; history: unknown; hash: unknown; figures: unknown[]; number: string };
  const codes = ['mediation.cases', 'mediation.agreed', 'mediation.successRate'];

  beforeAll(async () => {
    program = await aProgram({ everyRole: true });
    keys.set(program, await keyOf(program));
    ({ id, note: noteId } = await aCase(program));
    await program.save(aMediation().accepted('2025-06-20').about('02', '又起争执'));
    clerk = await program.signIn('clerk');
    head = await program.signIn('head');
    auditor = await program.signIn('auditor');
    const whole = await program.call('ledger.get', { id });
    before = {
      whole,
      history: await program.call('ledger.history', { id }),
      hash: await program.call('system.hash', {}),
      figures: await Promise.all(codes.map((code) => figure(program, code))),
      number: String(whole.record.caseNo),
    };
    expect(foundIn(await pagesOf(program), secrets)).toEqual(secrets);
  });
  afterAll(() => program.close());

  test('one applies, and cannot confirm it himself; who holds no right of it can neither', async () => {
    const applied = { recordId: id, kind: 'seal', basis: 'minorCrime', reason } as const;
    expect((await auditor.refused('sealing.apply', applied)).code).toBe('no-right');
    expect((await head.refused('sealing.apply', { ...applied, basis: 'mistaken' })).code).toBe(
      'invalid-input',
    );
    expect((await head.refused('sealing.apply', { ...applied, recordId: noteId })).code).toBe('sealing-kind');
    const request = await head.call('sealing.apply', applied);
    expect((await clerk.refused('sealing.apply', applied)).code).toBe('sealing-pending');
    expect((await head.refused('sealing.confirm', request)).code).toBe('sealing-same-account');
    expect((await clerk.refused('sealing.confirm', request)).code).toBe('no-right');
    const [waiting] = (await clerk.call('sealing.state', {})).requests;
    expect(waiting).toMatchObject({ recordId: id, number: before.number, appliedBy: 'head', isOwn: false });
    // The reason may name somebody: it stands under the sealing key from the start.
    expect(foundIn(await pagesOf(program), [reason])).toEqual([]);
    expect(await program.call('sealing.read', request)).toEqual({ reason });
    await program.call('sealing.refuse', request);
    expect((await program.refused('sealing.confirm', request)).code).toBe('sealing-settled');
    const again = await head.call('sealing.apply', applied);
    await head.call('sealing.withdraw', again);
    expect((await program.call('sealing.state', {})).requests).toEqual([]);
  });

  test('another confirms it, and nothing of it is left in a page, the log, the index or on the disk', async () => {
    await seal(clerk, head, id);
    expect(foundIn(await pagesOf(program), [...secrets, '亓官', '曜谧', '隐庐'])).toEqual([]);
    expect(namesIn(inFolder(program.folder, 'objects')).size).toBe(0);
    const [sealed] = (await clerk.call('sealing.state', {})).sealed;
    expect(sealed).toMatchObject({
      ...{ recordId: id, ledger: 'mediation', number: before.number, basis: 'minorCrime' },
      ...{ appliedBy: 'clerk', confirmedBy: 'head', againAt: null },
    });
  });

  test('no role finds anything of it by any way', async () => {
    const ways: [MethodName, unknown][] = [
      ['ledger.get', { id }],
      ['ledger.get', { id: noteId }],
      ['ledger.history', { id }],
      ['ledger.related', { id }],
      ['ledger.list', { ledger: 'mediation' }],
      ['ledger.list', { ledger: 'caseNote' }],
      ['ledger.titles', { ledger: 'mediation', ids: [id] }],
      ['ledger.choices', { ledger: 'mediation' }],
      ['ledger.print', { ledger: 'mediation' }],
      ['ledger.print', { ledger: 'mediation', year: 2025 }],
      ['search.find', { text: applicant }],
      ['search.find', { text: '老井' }],
      ['person.match', { values: { name: applicant } }],
      ['person.card', { key: `n:${number}` }],
      ['attachment.list', { recordId: id, removed: true }],
      ['paper.list', { id }],
      ['dossier.preview', { id }],
      ['deadline.board', {}],
      ['indicator.records', { year: 2025, code: 'mediation.cases' }],
      ['draft.list', {}],
      ['audit.list', { limit: 500 }],
      ['sealing.state', {}],
      ['system.repairs', {}],
    ];
    for (const person of [program, head, clerk, auditor])
      for (const [method, input] of ways) {
        const said = JSON.stringify(await person.ask(method, input));
        const asked = JSON.stringify(input);
        for (const secret of secrets.filter((one) => !asked.includes(one)))
          expect(said, method).not.toContain(secret);
        if (!asked.includes(applicant)) expect(said, method).not.toContain('亓官');
      }
    expect((await program.call('search.find', { text: applicant })).hits).toEqual([]);
    expect((await program.call('ledger.list', { ledger: 'mediation' })).total).toBe(1);
  });

  test('the figures count it on, the list behind them says that it is not there, and the check is clean', async () => {
    expect(await Promise.all(codes.map((code) => figure(program, code)))).toEqual(before.figures);
    const behind = await program.call('indicator.records', { year: 2025, code: 'mediation.cases' });
    expect([behind.total, behind.stripped]).toEqual([1, 1]);
    expect(await program.call('system.hash', {})).toEqual(before.hash);
    expect(await program.call('system.verify', {})).toMatchObject({ ok: true, stripped: 2 });
  });

  test('an enquiry is registered by one and answered by another, who alone sees what was asked for', async () => {
    const asked = await clerk.call('enquiry.register', {
      ...{
        asker: '金塔县人民检察院',
        person: '祁连山',
        authority: 'caseWork',
        document: '金检函〔2025〕12号',
      },
      ...{ name: '亓官 曜谧', idNumber: number, purpose: '办理审查起诉案件' },
    });
    expect(asked.number).toBe('封存查询〔2025〕1号');
    expect(foundIn(await pagesOf(program), secrets)).toEqual([]);
    expect((await clerk.refused('enquiry.open', { id: asked.id })).code).toBe('no-right');
    expect(await head.call('enquiry.open', { id: asked.id })).toMatchObject({
      ...{ name: applicant, idNumber: number, person: '祁连山' },
      found: [{ recordId: id, ledger: 'mediation', number: before.number }],
    });
    expect((await head.refused('enquiry.paper', { id: asked.id })).code).toBe('enquiry-unanswered');
    expect((await head.refused('enquiry.view', { id: asked.id, sealed: id })).code).toBe('record-missing');
    const unfinished = { id: asked.id, outcome: 'refused' } as const;
    expect((await head.refused('enquiry.answer', unfinished)).code).toBe('enquiry-incomplete');
    await head.call('enquiry.answer', { id: asked.id, outcome: 'shown', records: [id] });
    const seen = await head.call('enquiry.view', { id: asked.id, sealed: id });
    expect(JSON.stringify(seen.sections)).toContain('东坝镇隐庐巷七十九号');
    expect(JSON.stringify(seen.sections)).toContain('老井会');
    expect(seen.files).toEqual(['谧井照片']);
    const { html, title } = await head.call('enquiry.paper', { id: asked.id });
    expect(title).toBe('许可查询封存记录通知书');
    for (const text of ['金塔县人民检察院', applicant, before.number, '封存查询〔2025〕1号', '2025年6月30日'])
      expect(html).toContain(text);
    // Not for whoever had no part in it, and not for ever.
    expect((await program.refused('enquiry.view', { id: asked.id, sealed: id })).code).toBe('record-missing');
    const today = program.clock.now;
    program.clock.now = new Date(today.getTime() + 8 * 86_400_000);
    expect((await head.refused('enquiry.view', { id: asked.id, sealed: id })).code).toBe('enquiry-over');
    program.clock.now = today;
    expect((await head.refused('enquiry.answer', { ...unfinished, answer: '改' })).code).toBe(
      'enquiry-answered',
    );
  });

  test('whoever may not know of it is told the same as where there is nothing', async () => {
    const papers = await Promise.all(
      [applicant, '令狐筱冉'].map(async (name) => {
        const { id: enquiry } = await head.call('enquiry.register', {
          ...{
            asker: '某公司',
            person: '某人',
            authority: 'self',
            document: '本人申请',
            name,
            purpose: '入职',
          },
        });
        expect((await head.refused('enquiry.answer', { id: enquiry, outcome: 'none' })).code).toBe(
          'sealing-same-account',
        );
        await program.call('enquiry.answer', { id: enquiry, outcome: 'none' });
        const { html } = await program.call('enquiry.paper', { id: enquiry });
        return html.replaceAll(name, '某').replaceAll(/〔2025〕\d+号/g, '');
      }),
    );
    expect(papers[0]).toContain('没有可以提供的有关记录');
    expect(papers[0]).toBe(papers[1]);
  });

  test('each step is in the log, without a name', async () => {
    const { entries } = await auditor.call('audit.list', { limit: 500 });
    const actions = new Set(entries.map(({ action }) => action));
    for (const action of [
      ...['sealing.apply', 'sealing.read', 'sealing.refuse', 'sealing.withdraw', 'sealing.confirm'],
      ...['enquiry.register', 'enquiry.open', 'enquiry.answer', 'enquiry.view', 'enquiry.paper'],
    ])
      expect(actions).toContain(action);
    const seen = entries.find(({ action }) => action === 'enquiry.view');
    expect([seen?.account, seen?.recordId]).toEqual(['head', id]);
  });

  test('opened again by two, it is what it was: content, history, scan, paper, figures', async () => {
    const unseal = { recordId: id, kind: 'unseal', basis: 'mistaken', reason: '封错了' } as const;
    const request = await head.call('sealing.apply', unseal);
    expect((await head.refused('sealing.confirm', request)).code).toBe('sealing-same-account');
    await program.call('sealing.confirm', request);
    const { titles: _titles, ...whole } = await program.call('ledger.get', { id });
    expect(before.whole).toMatchObject(whole);
    expect(await program.call('ledger.history', { id })).toEqual(before.history);
    expect((await program.call('search.find', { text: applicant })).hits.map((hit) => hit.id)).toContain(id);
    expect(await Promise.all(codes.map((code) => figure(program, code)))).toEqual(before.figures);
    const papers = await program.look((db) =>
      db.column<string>(sql`select id from issued_paper where record_id = ${id}`),
    );
    program.grant('again', path.join(program.beside, 'again.docx'));
    const reprinted = await program.call('issued.make', { issued: papers[0] ?? '', out: 'again' });
    expect(reprinted.isSame).toBe(true);
    expect(await program.call('system.hash', {})).toEqual(before.hash);
    const verified = await program.call('system.verify', {});
    expect(verified).toMatchObject({ ok: true, findings: [], attachments: { rows: 1 } });
    expect((await program.call('sealing.state', {})).sealed).toEqual([]);
  });
});
