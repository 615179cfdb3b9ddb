import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CountyLedger, countyLedger } from '#tests/core/statistics/ledger-fixture.ts';

const published = readFileSync('tests/fixtures/indicators-2023.csv', 'utf8');
const rows: Record<string, string>[] = parse(published, { columns: true });

/** Every number of the published table made another one, forms and units kept. */
const changed = published.replace(
  /^(.*,)([^,]*?)(\d+(?:\.\d+)?)([^,]*)(,[^,]*,[^,]*,[^,]*)$/gm,
  (_line, head, before, number, after, tail) => {
    const decimals = number.split('.')[1]?.length ?? 0;
    return `${head}${before}${(Number(number) + 1).toFixed(decimals)}${after}${tail}`;
  },
);

const textOf = (file: string) =>
  strFromU8(unzipSync(readFileSync(file))['word/document.xml'] ?? new Uint8Array())
    .replace(/<\/w:p>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&quot;', '"');

describe('the report of a county', () => {
  let ledger: CountyLedger;
  beforeAll(async () => {
    ledger = await countyLedger();
    const file = ledger.grant('table.csv', published);
    await ledger.call('indicator.import', { year: 2023, file });
  });
  afterAll(() => ledger.close());

  it('prints every figure of the year, and names the file, the number of figures and the time', async () => {
    const made = await ledger.call('report.make', { year: 2023, out: ledger.grant('r.docx') });
    expect(made.figures).toBe(151);
    expect(made.ms).toBeGreaterThan(0);
    const text = textOf(made.file);
    let at = 0;
    for (const row of rows) {
      const next = text.indexOf(row.printed_value ?? '', at);
      expect(next, `${row.indicator} ${row.printed_value}`).toBeGreaterThanOrEqual(at);
      at = next + 1;
    }
    expect(text).toContain('金塔县司法局\n关于2023年度'.replace('\n', ''));
    expect(text).toContain('中共金塔县委员会、金塔县人民政府：');
    expect(text).toContain('2024年6月30日');
    expect(text).not.toContain('【待填');
  });

  it('says where ledger and form disagree, in Chinese, with the rule and the indicator', async () => {
    const { findings } = await ledger.call('report.make', { year: 2023, out: ledger.grant('findings.docx') });
    const rules = [...new Set(findings.map(({ rule }) => rule))];
    expect(rules).toEqual(['twoValues']);
    const cases = findings.find(({ indicators }) => indicators.includes('mediation.cases'));
    expect(cases?.message).toMatch(/排查化解矛盾纠纷.*0件.*1249件/);
  });

  it('is shown before it is made', async () => {
    const preview = await ledger.call('report.preview', { year: 2023 });
    expect(preview.figures).toBe(151);
    expect(preview.html).toContain('1249件');
    expect(preview.findings.map(({ rule }) => rule)).toContain('twoValues');
  });

  it('names every figure that is missing in a year without any', async () => {
    const { figures, findings } = await ledger.call('report.preview', { year: 2022 });
    const missing = findings.filter(({ rule }) => rule === 'figureMissing');
    // The ledger itself knows 16 of the 151; a rate of nothing is none.
    expect([figures, missing.length]).toEqual([15, 136]);
    expect(
      missing.every(({ indicators, message }) => indicators.length === 1 && message.includes('收集')),
    ).toBe(true);
  });

  it('never replaces a file that is there unless told to', async () => {
    const out = ledger.grant('there.docx', 'mine');
    expect(await ledger.refused('report.make', { year: 2023, out })).toEqual({
      code: 'file-exists',
      params: { file: 'outside-there.docx' },
    });
    const made = await ledger.call('report.make', { year: 2023, out, overwrite: true });
    expect(textOf(made.file)).toContain('1249件');
  });

  it('has nothing of one county in it: another county, another year, every value changed', async () => {
    const other = await countyLedger({ unitCode: '110105', unitName: '朝阳区司法局', level: 'county' });
    try {
      const table: Record<string, string>[] = parse(changed, { columns: true });
      expect(table.every((row, index) => row.printed_value !== rows[index]?.printed_value)).toBe(true);
      await other.call('indicator.import', { year: 2019, file: other.grant('table.csv', changed) });
      const made = await other.call('report.make', { year: 2019, out: other.grant('r.docx') });
      const text = textOf(made.file);
      let at = 0;
      for (const row of table) {
        const next = text.indexOf(row.printed_value ?? '', at);
        expect(next, `${row.indicator} ${row.printed_value}`).toBeGreaterThanOrEqual(at);
        at = next + 1;
      }
      for (const word of ['金塔', '2023', '2024年度', '县委', '县政府']) expect(text).not.toContain(word);
      expect(text).toContain('中共朝阳区委员会、朝阳区人民政府：');
      expect(text).toContain('2020年度');
    } finally {
      await other.close();
    }
  });
});
