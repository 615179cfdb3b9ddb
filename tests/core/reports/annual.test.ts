import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { annualTemplate, makeAnnualReport, toDocx } from '#core/reports/annual.ts';
import { runsOf, textOf } from '#shared/document/resolved.ts';
import { type Figure, type IndicatorDefinition, printFigure } from '#shared/domain/figures.ts';
import { findingText } from '#shared/text/document.ts';
import {
  aFigure,
  fields2023,
  figures2023,
  otherFields,
  partsOf,
  readParagraphs,
  reportCodes,
  reportIndicators,
  rows,
  type WrittenParagraph,
} from '#tests/core/reports/annual-fixture.ts';

const template = annualTemplate();
const report = (figures: Figure[], fields: Record<string, string> = fields2023) =>
  makeAnnualReport({ template, figures, fields, expected: reportCodes });

describe('the report of a published year', () => {
  let paragraphs: WrittenParagraph[];
  beforeAll(async () => {
    const { document, findings } = report(figures2023());
    expect(findings.map(findingText)).toEqual([]);
    paragraphs = readParagraphs(await toDocx(document));
  });

  test('prints all 151 figures, each once, verbatim, in the published order', () => {
    const written = paragraphs.flatMap(({ figures }) => figures);
    expect(written.map(({ text }) => text)).toEqual(rows.map((row) => row.printed_value));
    expect(written.map(({ name }) => name)).toEqual(rows.map((row) => row.indicator));
    expect(written.map(({ code }) => code)).toEqual(reportCodes);
  });

  test('each figure stands in a sentence of its own section and topic, never in a list or table', () => {
    const marks = ['（一）', '（二）', '（三）', '（四）', '（五）', '（六）'];
    const places = paragraphs.flatMap((paragraph) =>
      paragraph.figures.map((figure) => ({ paragraph, figure })),
    );
    for (const [index, row] of rows.entries()) {
      const { paragraph, figure } = places[index]!;
      const at = `${index + 1} ${row.indicator}`;
      const section = marks['一二三四五六'.indexOf(row.section.replace(/^一\((.)\)$/, '$1'))];
      expect(paragraph.chapter.startsWith('一、'), at).toBe(true);
      expect(paragraph.section.startsWith(section ?? '?'), at).toBe(true);
      const [ordinal = '', topic = ''] = row.topic.split(' ');
      const lead = paragraph.text.slice(0, paragraph.text.indexOf('。'));
      expect(lead.startsWith(ordinal), at).toBe(true);
      expect(lead.replace(/[“”]/g, ''), at).toContain(topic);
      expect(paragraph.style, at).toBe('OfficialBody');
      const sentence = paragraph.text.split('。').find((one) => one.includes(figure.text)) ?? '';
      expect(sentence.replaceAll(figure.text, '').length, at).toBeGreaterThan(6);
      expect(paragraph.text.endsWith('。'), at).toBe(true);
    }
    expect(new Set(places.map(({ paragraph }) => paragraph)).size).toBe(24);
  });

  test('no paragraph of the report is merely a row of figures', () => {
    for (const { text, figures } of paragraphs.filter((one) => one.figures.length > 0)) {
      const printed = figures.reduce((sum, figure) => sum + figure.text.length, 0);
      expect(printed / text.length, text).toBeLessThan(0.35);
    }
  });

  test('has the parts that the rule asks for, and no other-matters chapter without matter', () => {
    const chapters = paragraphs.filter(({ style }) => style === 'Heading1').map(({ text }) => text);
    expect(chapters).toEqual([
      '一、2023年度法治政府建设的主要举措和成效',
      '二、法治政府建设存在的不足和原因',
      '三、党政主要负责人履行推进法治建设第一责任人职责情况',
      '四、2024年度推进法治政府建设的主要安排',
    ]);
    const { document } = report(figures2023(), { ...fields2023, otherMatters: '无其他事项。' });
    const headings = document.blocks.flatMap((block) =>
      block.block === 'heading' && block.level === 1 ? [block] : [],
    );
    expect(headings.at(-1)).toMatchObject({ mark: '五、', part: 'other' });
  });

  test('every shortcoming is followed by its cause', () => {
    const shortcomings = paragraphs.filter(
      ({ chapter, text }) => chapter.startsWith('二、') && /^.是/.test(text),
    );
    expect(shortcomings.length).toBeGreaterThanOrEqual(3);
    for (const { text } of shortcomings) expect(text).toContain('原因是');
  });
});

describe('another county and year', () => {
  const printedFor = (indicator: IndicatorDefinition, old: string): fc.Arbitrary<string> =>
    fc
      .record({
        value:
          indicator.unit === '%'
            ? fc.integer({ min: 1, max: 9999 }).map((n) => n / 100)
            : fc.nat({ max: 99_999 }),
        before: fc.constantFrom('', '先后', '超过', '近', '约'),
        between: fc.constantFrom('', '余'),
        after: fc.constantFrom('', '以上'),
      })
      .map(({ value, before, between, after }) =>
        printFigure(value, indicator.unit, {
          before,
          between: indicator.unit === '%' ? '' : between,
          after,
          decimals: indicator.unit === '%' ? 2 : 0,
        }),
      )
      .filter((printed) => printed !== old);
  const everyValue = fc.tuple(
    ...reportIndicators.map((indicator, index) => printedFor(indicator, rows[index]?.printed_value ?? '')),
  );
  const figuresOf = (printed: string[]) =>
    reportIndicators.map((indicator, index) => aFigure(indicator, printed[index] ?? null));

  test('whatever the values, each is printed in its place and nothing of the first county is left', () => {
    fc.assert(
      fc.property(everyValue, (printed) => {
        const { document, findings } = report(figuresOf(printed), otherFields);
        expect(findings).toEqual([]);
        const runs = document.blocks.flatMap(runsOf);
        expect(runs.filter((run) => run.figure !== undefined).map((run) => run.text)).toEqual(printed);
        const around = runs
          .filter((run) => run.figure === undefined)
          .map((run) => run.text)
          .join('');
        expect(around).not.toMatch(/金塔|酒泉|2023|2024|县/);
        const own = new RegExp(
          Object.values(otherFields)
            .sort((a, b) => b.length - a.length)
            .join('|'),
          'g',
        );
        expect(around.replace(own, '')).not.toMatch(/\d/);
      }),
      { numRuns: 25 },
    );
  });

  test('the .docx of it carries the new values only', async () => {
    const [printed] = fc.sample(everyValue, 1);
    const docx = await toDocx(report(figuresOf(printed ?? []), otherFields).document);
    const written = readParagraphs(docx).flatMap(({ figures }) => figures.map(({ text }) => text));
    expect(written).toEqual(printed);
    for (const [name, part] of partsOf(docx)) expect(part.match(/金塔|酒泉/), name).toBeNull();
  });

  test('a share that fell is not said to have risen', () => {
    const printed = rows.map((row) => row.printed_value);
    const at = (code: string) => reportCodes.indexOf(code);
    const sentenceOf = (before: string, now: string) => {
      const values = printed
        .with(at('digital.onlineShareBefore'), before)
        .with(at('digital.onlineShareNow'), now);
      const { document } = report(figuresOf(values));
      return (
        document.blocks.map((block) => textOf(runsOf(block))).find((text) => text.includes('线上办件占比')) ??
        ''
      );
    };
    expect(sentenceOf('8.82%', '61.40%')).toContain('由8.82%提高到61.40%');
    expect(sentenceOf('61.40%', '8.82%')).toContain('由61.40%调整为8.82%');
  });
});

describe('what the report says about itself', () => {
  test('figures and fields without a value', async () => {
    const figures = figures2023().map((figure) =>
      figure.code === 'supervision.inspections' ? { ...figure, printed: null, value: null } : figure,
    );
    const { document, findings } = report(figures, { ...fields2023, addressee: '' });
    expect(findings.map(({ kind }) => kind).sort()).toEqual(['fieldMissing', 'figureMissing']);
    const gap = readParagraphs(await toDocx(document)).find(({ text }) => text.includes('督察指导'));
    expect(gap?.text).toContain('围绕重点领域开展法治督察【待填：开展法治督察】，');
  });

  test('a printed form that disagrees with the stored value; a computed rate may be rounded', () => {
    const change = (code: string, patch: Partial<Figure>) =>
      report(figures2023().map((figure) => (figure.code === code ? { ...figure, ...patch } : figure)))
        .findings;
    expect(change('mediation.cases', { value: 1250 })).toEqual([
      {
        kind: 'printedDisagrees',
        code: 'mediation.cases',
        name: '排查化解矛盾纠纷',
        printed: '1249件',
        value: 1250,
      },
    ]);
    const computed = { source: 'computed' as const, manual: null, value: (6217 / 6368) * 100 };
    expect(change('mediation.successRate', { ...computed, printed: '97.63%' })).toEqual([]);
    expect(change('mediation.successRate', { ...computed, printed: '97.65%' })).toHaveLength(1);
    const both = {
      fromLedger: { value: 3, printed: '3件' },
      manual: { value: 1249, printed: '1249件', qualifier: null },
    };
    expect(change('mediation.cases', both)).toMatchObject([
      { kind: 'twoValues', ledger: '3件', manual: '1249件' },
    ]);
  });

  test('a missing third part, a figure without a sentence, a date with leading zeros', () => {
    const without = template.blocks.filter((block) => block.block !== 'heading' || block.part !== 'leaders');
    const { findings } = makeAnnualReport({
      template: { ...template, blocks: without },
      figures: figures2023(),
      fields: { ...fields2023, signedOn: '2024年02月28日' },
      expected: [...reportCodes, 'mediation.succeeded'],
    });
    expect(findings.map(({ kind }) => kind).sort()).toEqual(['date', 'figureUnused', 'partMissing']);
  });

  test('a letterhead needs a number in official form and a signer', () => {
    const head = {
      ...fields2023,
      letterheadOrgan: '某某县人民政府文件',
      documentNumber: '某政发[2024]3号',
      signer: '',
    };
    expect(
      report(figures2023(), head)
        .findings.map(({ kind }) => kind)
        .sort(),
    ).toEqual(['documentNumber', 'fieldMissing', 'signerMissing']);
  });
});

test('the same report gives the same bytes at any time', async () => {
  const { document } = report(figures2023());
  vi.useFakeTimers({ now: new Date('2030-05-05T05:05:05Z'), toFake: ['Date'] });
  try {
    const first = await toDocx(document);
    vi.setSystemTime(new Date('2031-06-06T06:06:06Z'));
    expect(Buffer.from(await toDocx(document)).equals(Buffer.from(first))).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});
