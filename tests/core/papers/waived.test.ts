import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Saved } from '#shared/api/types.ts';
import { fullCase } from '#tests/fixtures/full-case.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';
import { aTemplate, inFolder } from '#tests/fixtures/template.ts';
import { textOf } from './reading.ts';

// 不适用 with its reason stands in the papers where the value would stand (人民调解法 art. 29: an agreement may hold these).

let program: Program;
let record: Saved;
let oral: Saved;
let files = 0;

const reasons = {
  agreementNo: '即时结清，不另编号',
  amountFen: '只涉及排水方式，没有金额',
  performBy: '当场履行完毕',
  performanceMethod: '赔礼道歉，已当场作出',
  mediationPlace: '电话调解',
} as const;
const emptied = Object.fromEntries(Object.keys(reasons).map((field) => [field, null]));
const waivers = Object.entries(reasons).map(([field, reason]) => ({ field, reason }));

beforeAll(async () => {
  program = await aProgram();
  const waived = fullCase().with({ ...emptied, waivers });
  record = await program.save(waived);
  oral = await program.save(waived.with({ agreementForm: 'oral' }));
});
afterAll(() => program.close());

async function made(kind: string, { id }: Saved): Promise<string> {
  files += 1;
  const out = program.grant(`waived-${files}`, `${program.beside}/waived-${files}.docx`);
  return textOf((await program.call('paper.make', { id, kind, out })).file);
}

const missing = async ({ id }: Saved, kind: string) => {
  const { papers } = await program.call('paper.list', { id });
  return papers.find((paper) => paper.kind === kind)?.copies.flatMap((copy) => copy.missing);
};

test('the place of a waived field says 不适用 and why', async () => {
  const text = await made('agreement', record);
  expect(text).toContain('编号：不适用（即时结清，不另编号）');
  expect(text).toContain('协议涉及金额：不适用（只涉及排水方式，没有金额）。');
  expect(text).toContain('履行方式：不适用（赔礼道歉，已当场作出）');
  expect(text).toContain('履行期限：不适用（当场履行完毕）');
});

test('a narrow cell has room for the word, a wide one for the reason too', async () => {
  const text = await made('oralAgreement', oral);
  expect(text).toContain('履行期限\n不适用\n');
  expect(text).toContain('涉及金额\n不适用（只涉及排水方式，没有金额）');
  expect(text).not.toContain('当场履行完毕');
});

test('it is not counted as missing', async () => {
  expect(await missing(record, 'agreement')).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/协议编号|协议涉及金额|履行方式|履行期限/)]),
  );
  expect(await missing(oral, 'oralAgreement')).not.toContain('调解地点');
  expect(await missing(await program.save(fullCase().with(emptied)), 'agreement')).toEqual(
    expect.arrayContaining(['协议涉及金额', '履行方式', '履行期限']),
  );
});

test('a visit and a failed case say it where their papers ask', async () => {
  const visited = await program.save(
    fullCase().with({
      followUpForm: null,
      followUpBy: null,
      satisfaction: null,
      waivers: [
        { field: 'followUpForm', reason: '当事人已迁居' },
        { field: 'followUpBy', reason: '由村委会代为了解' },
        { field: 'satisfaction', reason: '未能联系上当事人' },
      ],
    }),
  );
  const text = await made('visit', visited);
  expect(text).toContain('不适用');
  expect(text).toContain('当事人已迁居');
  expect(await missing(visited, 'visit')).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/回访形式|回访人|是否满意/)]),
  );
  const failed = await program.save(
    fullCase()
      .failed('2025-03-20')
      .with({ outcomeReason: null, waivers: [{ field: 'outcomeReason', reason: '当事人不愿说明' }] }),
  );
  expect(await made('termination', failed)).toContain('不适用（当事人不愿说明）');
});

test('a bureau’s own template prints the reason too: how much room its form has, nobody knows', async () => {
  const template = await aTemplate(['编号{{协议编号}}', '金额{{协议金额}}，期限{{履行期限}}']);
  const file = program.grant('own', inFolder(program.folder, 'own.docx', template));
  await program.call('template.add', { kind: 'agreement', file });
  const text = await made('agreement', record);
  expect(text).toContain('编号不适用（即时结清，不另编号）');
  expect(text).toContain('期限不适用（当场履行完毕）');
});

describe('parties keyed in by turns', () => {
  const names = ['甲一', '乙一', '甲二', '乙二', '甲三', '乙三', '甲四', '乙四'];
  const parties = names.map((name, index) => ({
    side: index % 2 === 0 ? 'applicant' : 'respondent',
    type: 'natural',
    name,
  }));

  test('stand side by side in every paper, as they were keyed in within a side', async () => {
    const many = await program.save(fullCase().with({ parties, aftermath: 'confirmation' }));
    for (const kind of ['registration', 'mediation']) {
      const text = await made(kind, many);
      const places = ['甲一', '甲二', '甲三', '甲四', '乙一', '乙二', '乙三', '乙四'].map((name) =>
        text.indexOf(name),
      );
      expect(places).toEqual([...places].sort((one, other) => one - other));
      expect(places.every((place) => place >= 0)).toBe(true);
    }
    const text = await made('confirmation', many);
    expect(text).toMatch(/申请人（一）：甲一[\s\S]*申请人（四）：甲四[\s\S]*申请人（五）：乙一/);
  });
});

test('an application about an oral agreement encloses the form that records it (人民调解法 art. 28)', async () => {
  const asked = fullCase().with({ agreementForm: 'oral' });
  expect(await made('confirmation', await program.save(asked))).toContain('附：1.人民调解口头协议登记表；2.');
  const written = await made('confirmation', await program.save(fullCase()));
  expect(written).toContain('附：1.人民调解协议书；2.');
});
