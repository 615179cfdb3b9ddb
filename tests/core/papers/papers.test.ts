import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '#core/db/sql.ts';
import { paperBook } from '#core/documents/paper-book.ts';
import type { CasePapers, Saved } from '#shared/api/types.ts';
import { aFullCase, fullCase } from '#tests/fixtures/full-case.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';
import { holes, textOf } from './reading.ts';

let program: Program;
let full: Saved;
let oral: Saved;
let failed: Saved;
let minimal: Saved;
let sent: Saved;
let files = 0;

beforeAll(async () => {
  program = await aProgram();
  full = await aFullCase(program);
  const { committeeId, mediatorId } = full.record;
  oral = await program.save(
    fullCase({ committeeId, mediatorId }).with({
      agreementForm: 'oral',
      agreementNo: '东坝人调字〔2025〕70号',
    }),
  );
  failed = await program.save(
    fullCase({ committeeId, mediatorId }).failed('2025-03-20').with({ outcomeReason: '双方对数额分歧过大' }),
  );
  minimal = await program.save(aMediation());
  sent = await program.save(
    fullCase({ committeeId, mediatorId }).with({
      agreementNo: '东坝人调字〔2025〕71号',
      source: 'courtReferral',
      referringCourt: '玉门市人民法院',
      referralKind: 'entrusted',
      referralNo: '（2025）甘0981民初9号',
      referredOn: '2025-02-27',
    }),
  );
});
afterAll(() => program.close());

async function made(kind: string, record: Saved, more: { copy?: string } = {}): Promise<string> {
  files += 1;
  const out = program.grant(`paper-${files}`, `${program.beside}/paper-${files}.docx`);
  const { file } = await program.call('paper.make', { id: record.id, kind, out, ...more });
  return textOf(file);
}

/** What each field must print of the full case, written out by hand. */
const said: Record<string, string | readonly string[]> = {
  fileTitle: '柳春禾与金塔县戈壁砂石有限公司合同纠纷',
  caseNo: '（2025）东坝人调字第1号',
  mediatorNames: '祁连山',
  mediationDays: '2025年3月1日至2025年3月10日',
  filedBy: '司马理',
  retention: '长期',
  remark: '本案附货款收据一张。',
  committeeName: '东坝镇人民调解委员会',
  kindLabel: '合同纠纷',
  sourceMarks: ['（√）当事人申请', '（　）人民调解委员会主动调解', '（　）接受委托移送'],
  acceptedDay: '2025年3月1日',
  concludedDay: '2025年3月20日',
  summary: '双方于2024年签订砂石料买卖合同',
  requests: ['1.请求支付货款12345.50元', '2.请求赔偿误工损失500元'],
  partyNames: '柳春禾、金塔县戈壁砂石有限公司',
  otherNames: '金塔县戈壁砂石有限公司',
  // 7号, and of the others 70号 and 71号: no two agreements have one number
  agreementNo: '东坝人调字〔2025〕7',
  agreementText: ['一、买方于2025年4月30日前付清货款12345.50元；', '二、卖方收款后当日出具收据'],
  amount: '12,345.50元（大写：人民币壹万贰仟叁佰肆拾伍元伍角整）',
  performanceMethod: '一次性给付',
  performDay: '2025年4月30日',
  copies: '一式三份',
  agreedDay: '2025年3月10日',
  performance: '已履行',
  satisfaction: '满意',
  courtName: '金塔县人民法院',
  referringCourt: '玉门市人民法院',
  referralKind: '委托调解',
  referralNo: '（2025）甘0981民初9号',
  referredDay: '2025年2月27日',
  mediationPlace: '东坝镇人民调解委员会调解室',
  side: ['申请人', '被申请人'],
  name: ['柳春禾', '金塔县戈壁砂石有限公司'],
  sex: '性别：女',
  nation: '民族：汉族',
  idNumber: makeIdentityNumber('1990-03-05', 2),
  position: ['个体运输户', '经理'],
  phone: ['16401234567', '0937-4420000'],
  address: ['甘肃省酒泉市金塔县东坝镇红光村三组18号', '金塔县东坝镇工业路6号'],
  creditCode: '91999999000000078G',
  legalRepresentative: '边小舟',
  sexAge: '，女，',
  identityText: `身份证号码${makeIdentityNumber('1990-03-05', 2)}`,
  addressAndPhone: '住甘肃省酒泉市金塔县东坝镇红光村三组18号，电话16401234567',
  agentName: '柳春田',
  agentIdNumber: makeIdentityNumber('1988-02-02', 1),
  agentPhone: '16401230000',
  agentAuthority: '特别授权',
  heldAt: ['2025年3月3日9时至10时30分', '2025年3月5日'],
  place: ['红光村村委会', '戈壁砂石有限公司办公室'],
  present: '记录员苏记一',
  subject: ['证人柴大同', '会计孟算珠'],
  text: ['问：你是否知道双方买卖砂石料的事？', '答：账上记的是12345.50元。'],
  number: ['1', '11'],
  title: ['人民调解申请书', '卷宗情况说明'],
  page: '15',
  pieceNote: '2025年3月5日',
  pieceCount: '11件',
  outcomeReason: '双方对数额分歧过大',
  form: '上门回访',
  visitedBy: '祁连山',
};

/** Where a paper says something else than the others. */
const saidIn: Record<string, Record<string, string | readonly string[]>> = {
  cover: { paperDay: '' },
  application: { age: '34岁', paperDay: '2025年3月1日' },
  registration: {
    caseNo: '（2025）东坝人调字第5号',
    sexAge: '，女，34岁',
    sourceMarks: ['（　）当事人申请', '（√）接受委托移送（玉门市人民法院委托调解'],
    paperDay: '2025年3月1日',
  },
  notice: { paperDay: '2025年3月1日' },
  authorization: {
    name: '柳春禾',
    age: '34岁',
    address: '红光村三组18号',
    phone: '16401234567',
    creditCode: '',
    legalRepresentative: '',
    paperDay: '2025年3月1日',
  },
  investigation: { paperDay: ['2025年3月3日', '2025年3月5日'] },
  mediation: {
    heldAt: '2025年3月10日14时至16时',
    place: '东坝镇调解室',
    topic: '柳春禾与戈壁砂石公司货款纠纷',
    present: '村委会主任柴大同',
    text: ['调解员告知了双方的权利和义务。', '被申请人陈述：认可欠款，请求分清数额。'],
    result: '双方就付款时间和数额达成一致，签订调解协议书。',
    paperDay: '2025年3月10日',
  },
  agreement: { age: '35岁', paperDay: '2025年3月10日' },
  oralAgreement: { outcomeLabel: '调解成功', sexAge: '，女，35岁', paperDay: '2025年3月10日' },
  termination: { caseNo: '人调字第3号', outcomeLabel: '调解不成功', paperDay: '2025年3月20日' },
  visit: {
    topic: ['柳春禾与金塔县戈壁砂石有限公司合同纠纷', '货款纠纷回访'],
    heldAt: ['2025年5月8日', '2025年6月12日'],
    place: '红光村柳春禾家',
    text: ['货款已经付清，双方没有新的争议。', '再次回访，协议履行完毕，没有反复。'],
    paperDay: ['2025年5月8日', '2025年6月12日'],
  },
  confirmation: { side: ['申请人（一）', '申请人（二）'], age: '35岁', paperDay: '2025年3月20日' },
  statement: { text: '收据为复印件，原件由申请人保存。', pageCount: /计\d+页/.source, paperDay: '' },
  backCover: { paperDay: '' },
};
const filedDay = { filedDay: '2025年6月20日' };

describe('every paper from a full case', () => {
  const papers = paperBook().papers.filter(({ isAttached, ledger }) => ledger === 'mediation' && !isAttached);

  test.each(papers.map((paper) => [paper.title, paper] as const))('%s', async (_title, paper) => {
    const record =
      { oralAgreement: oral, termination: failed, registration: sent, confirmation: sent }[paper.kind] ??
      full;
    const text = await made(paper.kind, record);
    expect(text).not.toMatch(holes);
    for (const field of paper.fields) {
      const own = saidIn[paper.kind]?.[field] ?? { ...said, ...filedDay }[field];
      if (field === 'filedDay' || field === 'pageCount' || field === 'page') continue;
      if (own === undefined) throw new Error(`nothing is said of ${field} in ${paper.kind}`);
      for (const value of [own].flat()) expect(text, field).toContain(value);
    }
  });

  test('the day of filing, once the file is closed', async () => {
    const closed = await program.call('ledger.save', {
      ledger: 'mediation',
      record: fullCase({ committeeId: full.record.committeeId }).record(),
    });
    await program.call('ledger.act', {
      id: closed.id,
      action: 'archive',
      record: { archivedOn: '2025-06-20' },
    });
    expect(await made('cover', closed)).toContain('2025年6月20日');
    expect(await made('backCover', closed)).toMatch(/本卷共\d+页[\s\S]*2025年6月20日/);
  });
});

describe('gaps are room to write in', () => {
  test.each(
    paperBook()
      .papers.filter(({ isAttached }) => !isAttached)
      .map(({ kind, title }) => [title, kind]),
  )('%s, blank', async (_title, kind) => {
    for (const isUnit of [false, true]) {
      files += 1;
      const out = program.grant(`blank-${files}`, `${program.beside}/blank-${files}.docx`);
      const { file } = await program.call('paper.makeBlank', { kind, isUnit, out });
      expect(textOf(file)).not.toMatch(holes);
      const { html } = await program.call('paper.blank', { kind, isUnit });
      expect(html.replace(/<style>[\s\S]*<\/style>/, '')).not.toMatch(holes);
    }
  });

  test('blank forms carry numbers that were given out beforehand, one form each; a unit has its own lines', async () => {
    const { numbers } = await program.call('number.reserve', { ledger: 'mediation', year: 2025, count: 3 });
    expect(numbers).toHaveLength(3);
    const { html, sections } = await program.call('paper.blank', { kind: '受理登记表', numbers });
    for (const number of numbers) expect(html.split(number)).toHaveLength(2);
    expect(sections.map(({ start }) => start)).toEqual([1, 1, 1]);
    const kept = await program.save(aMediation());
    expect(numbers).not.toContain(kept.record.caseNo);
    const person = await program.call('paper.blank', { kind: '司法确认申请书' });
    const unit = await program.call('paper.blank', { kind: '司法确认申请书', isUnit: true });
    expect(person.html).not.toContain('统一社会信用代码');
    expect(unit.html.split('统一社会信用代码')).toHaveLength(2);
  });

  test('from a case that says as little as a case can', async () => {
    const { papers } = await program.call('paper.list', { id: minimal.id });
    const fitting = papers.filter(({ fits, isAttached }) => fits && !isAttached);
    expect(fitting.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['cover', 'catalogue', 'application', 'registration', 'notice', 'mediation']),
    );
    for (const { kind } of fitting) expect(await made(kind, minimal), kind).not.toMatch(holes);
    expect(await made('cover', minimal)).toContain('2025年3月1日至　　　　年　　月　　日');
  });

  test('the list names what a paper misses', async () => {
    const missing = (list: CasePapers, kind: string) =>
      list.papers.find((paper) => paper.kind === kind)?.copies[0]?.missing;
    const little = await program.call('paper.list', { id: minimal.id });
    expect(missing(little, 'application')).toEqual(
      expect.arrayContaining(['民族', '当事人申请事项', '调解委员会名称']),
    );
    const much = await program.call('paper.list', { id: full.id });
    expect(missing(much, 'agreement')).toEqual([]);
    expect(missing(much, 'application')).toEqual([]);
  });
});

describe('which paper fits', () => {
  test('an agreement only of a case that was agreed, in its form; a notice of the end only of one that failed', async () => {
    const refused = async (record: Saved, kind: string) =>
      (
        await program.refused('paper.make', {
          id: record.id,
          kind,
          out: program.grant('n', `${program.beside}/n`),
        })
      ).code;
    expect(await refused(failed, '人民调解协议书')).toBe('paper-unfit');
    expect(await refused(minimal, '协议书')).toBe('paper-unfit');
    expect(await refused(oral, 'agreement')).toBe('paper-unfit');
    expect(await refused(full, 'termination')).toBe('paper-unfit');
    expect(await refused(minimal, 'authorization')).toBe('paper-unfit');
    expect(await refused(full, '起诉状')).toBe('paper-unknown');
    expect(await refused(full, '证据材料')).toBe('paper-attached');
  });

  test('only a case has papers', async () => {
    const { committeeId } = full.record;
    const { code } = await program.refused('paper.list', { id: committeeId });
    expect(code).toBe('paper-no-case');
  });

  test('one of several records, by itself', async () => {
    const { papers } = await program.call('paper.list', { id: full.id });
    const copies = papers.find(({ kind }) => kind === 'investigation')?.copies ?? [];
    expect(copies.map(({ label }) => label)).toEqual(['2025年3月3日', '2025年3月5日']);
    const second = await made('investigation', full, { copy: copies[1]?.key ?? '' });
    expect(second).toContain('会计孟算珠');
    expect(second).not.toContain('证人柴大同');
  });

  test('several on a side are counted, and each signs', async () => {
    const natural = { type: 'natural', name: '甲一' };
    const several = await program.save(
      aMediation().with({
        parties: [
          { side: 'applicant', ...natural },
          { side: 'applicant', ...natural, name: '甲二' },
          { side: 'respondent', ...natural, name: '乙一' },
          { side: 'third', ...natural, name: '丙一' },
        ],
      }),
    );
    const text = await made('notice', several);
    for (const side of ['申请人（一）', '申请人（二）', '被申请人', '其他当事人'])
      expect(text).toContain(`${side}（签名、盖章或者按指印）：`);
    expect(text).toContain('甲一、甲二、乙一、丙一：');
  });
});

describe('what was issued', () => {
  test('is kept once, with hash, version and day, and logged without a word of it', async () => {
    const record = await program.save(fullCase().agreed('2025-04-01'));
    const out = program.grant('issue-1', `${program.beside}/issue-1.docx`);
    const first = await program.call('paper.make', { id: record.id, kind: 'agreement', out });
    const again = await program.call('paper.make', {
      id: record.id,
      kind: 'agreement',
      out,
      overwrite: true,
    });
    expect([first.isNew, again.isNew, again.issued]).toEqual([true, false, first.issued]);
    const list = await program.call('paper.list', { id: record.id });
    const issued = list.papers.find(({ kind }) => kind === 'agreement')?.issued ?? [];
    expect(issued).toEqual([
      expect.objectContaining({ by: 'admin', at: '2025-06-30T02:00:00.000Z', recordVersion: record.version }),
    ]);
    expect(issued[0]?.hash).toMatch(/^[0-9a-f]{64}$/);
    const entry = await program.look((db) =>
      db.get<{ detail: string; record_id: string }>(
        sql`select detail, record_id from audit_entry where action = 'paper.make' order by seq desc limit 1`,
      ),
    );
    expect(entry?.record_id).toBe(record.id);
    expect(entry?.detail).toContain(first.issued);
    expect(entry?.detail).not.toContain('柳春禾');
  });

  test('prints the same to the byte after the case changed, and after a restart', async () => {
    const record = await program.save(fullCase().agreed('2025-04-02'));
    const out = program.grant('before', `${program.beside}/before.docx`);
    const before = await program.call('paper.make', { id: record.id, kind: 'agreement', out });
    await program.call('ledger.save', {
      ledger: 'mediation',
      id: record.id,
      baseVersion: record.version,
      record: { ...record.record, agreementText: '改写后的内容', amountFen: 1 },
    });
    await program.restart();
    await program.signInAgain();
    const to = program.grant('after', `${program.beside}/after.docx`);
    const after = await program.call('issued.make', { issued: before.issued, out: to });
    expect(after.isSame).toBe(true);
    expect(readFileSync(after.file).equals(readFileSync(before.file))).toBe(true);
    expect((await program.call('issued.preview', { issued: before.issued })).html).toContain(
      '买方于2025年4月30日前',
    );
    expect(await made('agreement', record)).toContain('改写后的内容');
  });

  test('a changed copy in the file is found by the check and not printed', async () => {
    const record = await program.save(fullCase().agreed('2025-04-03'));
    const out = program.grant('spoilt', `${program.beside}/spoilt.docx`);
    const { issued } = await program.call('paper.make', { id: record.id, kind: 'agreement', out });
    expect((await program.call('system.verify', {})).ok).toBe(true);
    await program.look((db) =>
      db.transaction((write) =>
        write.run(sql`update issued_paper set content_hash = zeroblob(32) where id = ${issued}`),
      ),
    );
    const { ok, findings } = await program.call('system.verify', {});
    expect([ok, findings.map(({ check, object }) => [check, object])]).toEqual([
      false,
      [['issued-paper', issued]],
    ]);
    expect((await program.refused('issued.preview', { issued })).code).toBe('damaged');
    expect((await program.refused('issued.preview', { issued: record.id })).code).toBe('issued-missing');
  });

  test('a file that is there is not replaced, and then nothing is kept', async () => {
    const record = await program.save(fullCase().agreed('2025-04-04'));
    writeFileSync(`${program.beside}/there.docx`, 'mine');
    const out = program.grant('there', `${program.beside}/there.docx`);
    expect((await program.refused('paper.make', { id: record.id, kind: 'agreement', out })).code).toBe(
      'file-exists',
    );
    const list = await program.call('paper.list', { id: record.id });
    expect(list.papers.flatMap(({ issued }) => issued)).toEqual([]);
  });
});

test('a set of forms: each of its papers for each number, which every one of them bears once', async () => {
  const kinds = ['application', 'registration', 'agreement', 'visit', 'backCover'];
  const { numbers } = await program.call('number.reserve', { ledger: 'mediation', year: 2025, count: 2 });
  const page = await program.call('paper.blank', { kind: kinds, numbers });
  expect(page.sections).toHaveLength(kinds.length * numbers.length);
  for (const number of numbers) expect(page.html.split(number)).toHaveLength(kinds.length + 1);
  const many = Array.from({ length: 200 }, (_, index) => `第${index}号`);
  const refused = await program.refused('paper.blank', { kind: kinds, numbers: many });
  expect(refused).toMatchObject({ code: 'blank-too-many', params: { forms: 1000 } });
});
