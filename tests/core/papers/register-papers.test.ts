// The papers of 社区矫正, made of records as clerks key them in: what each says, whom it fits, what it misses.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paperBook } from '#core/documents/paper-book.ts';
import { rowSaid } from '#core/documents/register-fields.ts';
import type { Saved } from '#shared/api/types.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { hasPapers } from '#shared/ledgers/describe.ts';
import { type FiledPapers, papersToFile } from '#tests/fixtures/correction-papers.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';
import { everyPaper } from './correction-papers-said.ts';
import { holes, textOf } from './reading.ts';

let program: Program;
let filed: FiledPapers;
let files = 0;
beforeAll(async () => {
  program = await aProgram({ isCounty: true });
  filed = await papersToFile(program);
});
afterAll(() => program.close());

async function made(record: Saved, kind: string, more: { copy?: string } = {}): Promise<string> {
  files += 1;
  const out = program.grant(`paper-${files}`, `${program.beside}/paper-${files}.docx`);
  const { file } = await program.call('paper.make', { id: record.id, kind, out, ...more });
  return textOf(file);
}

const papers = paperBook().papers.filter(({ ledger, isAttached }) => ledger !== 'mediation' && !isAttached);

test('a register has papers exactly where the description says so', () => {
  const named = new Set(paperBook().papers.map(({ ledger }) => ledger));
  for (const ledger of ledgers) expect(hasPapers(ledger), ledger.name).toBe(named.has(ledger.name));
});

describe('every paper says what it must', () => {
  test.each(papers.map((paper) => [paper.title, paper] as const))('%s', async (_title, paper) => {
    const record = filed[paper.kind];
    if (!record) throw new Error(`no record for ${paper.kind}`);
    const text = await made(record, paper.kind);
    expect(text).not.toMatch(holes);
    const { papers: lines } = await program.call('paper.list', { id: record.id });
    const line = lines.find(({ kind }) => kind === paper.kind);
    expect(line?.fits).toBe(true);
    expect(line?.copies.flatMap(({ missing }) => missing)).toEqual([]);
    for (const value of everyPaper[paper.kind] ?? ['nothing is said of this paper'])
      expect(text).toContain(value);
  });
});

describe('rows of a paper say what the row says', () => {
  test.each(['declaration', 'groupDuty'])(
    '%s: a member without a telephone has not that of the person',
    async (kind) => {
      const { basicInfo: person } = filed;
      if (!person) throw new Error('no record');
      const { phone, members } = person.record as {
        phone: string;
        members: { name: string; phone?: string }[];
      };
      expect(members.filter(({ phone: own }) => !own).map(({ name }) => name)).toEqual(['柴大同']);
      const text = await made(person, kind);
      expect(text).toContain('柴大同');
      expect(text).not.toContain(phone);
    },
  );

  test('a row that says nothing has every field of its description, each empty', () => {
    for (const ledger of ledgers)
      for (const { fields } of Object.values(ledger.children)) {
        const said = rowSaid(fields, {}, { labelOf: () => null, titleOf: () => null, areaOf: () => null });
        expect(Object.keys(said), ledger.name).toEqual(expect.arrayContaining(Object.keys(fields)));
        expect(Object.values(said).filter((value) => value !== '')).toEqual([]);
      }
  });
});

describe('which paper fits, and who may see it', () => {
  const refused = async (record: Saved | undefined, kind: string) =>
    (await program.refused('paper.preview', { id: record?.id, kind })).code;

  test('a measure has the paper of its kind alone; a release only who was released; none another register', async () => {
    const { warningDecision: warned, basicInfo: current, leaveApproval: leave } = filed;
    const { papers: lines } = await program.call('paper.list', { id: warned?.id ?? '' });
    expect(lines.filter(({ fits }) => fits).map(({ kind }) => kind)).toEqual(['warningDecision']);
    for (const kind of ['praiseDecision', '撤销缓刑建议书', 'leaveCertificate', 'agreement'])
      expect(await refused(warned, kind), kind).toBe('paper-unfit');
    for (const kind of ['releaseCertificate', 'releaseNotice', 'supplementNotice'])
      expect(await refused(current, kind), kind).toBe('paper-unfit');
    const open = await program.call('ledger.save', {
      ledger: 'leave',
      record: {
        ...leave?.record,
        decision: null,
        approvedOn: null,
        returnedOn: null,
        leaveFrom: '2025-06-01',
        leaveTo: '2025-06-03',
      },
    });
    expect(await refused(open as Saved, '准假证明')).toBe('paper-unfit');
    expect((await program.call('paper.list', { id: open.id })).hasFile).toBe(false);
  });

  test('what the level above approved stands in its field of the form, not in the county’s', async () => {
    const { leaveApproval: leave } = filed;
    const record = {
      ...leave?.record,
      ...{ appliedOn: '2025-06-02', leaveFrom: '2025-06-03', leaveTo: '2025-07-12', returnedOn: null },
      ...{ approvedOn: '2025-06-02', approver: '沙枣花', approvalNo: '〔2025〕酒司矫外字第4号' },
    };
    const saved = (await program.call('ledger.save', { ledger: 'leave', record })) as Saved;
    expect(saved.record.neededLevel).toBe('city');
    const text = (await made(saved, 'leaveApproval')).replaceAll(/\s/g, '');
    const [county = '', above = ''] = text.slice(text.indexOf('县级社区')).split('上一级社区');
    expect(county).not.toMatch(/沙枣花|2025年/);
    expect(above).toMatch(/批准审批人：沙枣花.*（印章）2025年6月2日/);
  });

  test('the list names what is missing as the register calls it, and a gap is room to write in', async () => {
    const little = (await program.call('ledger.save', {
      ledger: 'correction',
      record: { name: '唐草', registeredOn: '2025-06-02', category: '02', reportedOn: '2025-06-03' },
    })) as Saved;
    const { papers: lines } = await program.call('paper.list', { id: little.id });
    const missing = (kind: string) => lines.find((line) => line.kind === kind)?.copies[0]?.missing;
    expect(missing('basicInfo')).toEqual(
      expect.arrayContaining(['档案编号', '性别', '证件号码', '罪名（案由）']),
    );
    expect(missing('reportNotice')).toEqual(
      expect.arrayContaining(['报到情况通知单文号', '裁判（决定）文号']),
    );
    for (const { kind } of lines.filter(({ fits, isAttached }) => fits && !isAttached))
      expect(await made(little, kind), kind).not.toMatch(holes);
  });

  test('a session that sees masked names reads none of it', async () => {
    const veiled = await aProgram({ isCounty: true, isVeiled: true });
    const { id } = await veiled.call('ledger.save', {
      ledger: 'correction',
      record: { name: '唐草', registeredOn: '2025-06-02', category: '02' },
    });
    for (const method of ['paper.preview', 'paper.issue', 'paper.number'])
      expect((await veiled.refused(method, { id, kind: 'basicInfo' })).code, method).toBe('veiled');
    expect(JSON.stringify(await veiled.call('paper.list', { id }))).not.toContain('唐草');
    await veiled.close();
  });

  test('what was issued is printed again as it was, after the record changed', async () => {
    const { crossingApproval: record } = filed;
    if (!record) throw new Error('no record');
    const before = await program.call('paper.issue', { id: record.id, kind: 'crossingApproval' });
    const { papers: lines } = await program.call('paper.list', { id: record.id });
    const issued = lines.find(({ kind }) => kind === 'crossingApproval')?.issued[0]?.id ?? '';
    const { version, record: content } = await program.call('ledger.get', { id: record.id });
    await program.call('ledger.save', {
      ledger: 'crossing',
      id: record.id,
      baseVersion: version,
      record: { ...content, places: '兰州市' },
    });
    expect((await program.call('issued.preview', { issued })).html).toBe(before.html);
    expect(await made(record, 'crossingApproval')).toContain('兰州市');
  });
});
