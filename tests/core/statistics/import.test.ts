import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CountyLedger, countyLedger } from './ledger-fixture.ts';

const published = readFileSync('tests/fixtures/indicators-2023.csv', 'utf8');
const rows: Record<string, string>[] = parse(published, { columns: true });

const heading = 'section,topic,indicator,unit,printed_value';
const mechanisms = '一(一),三是 督察指导,完善制度机制,项,16项';
const inspections = '一(一),三是 督察指导,开展法治督察,次,3次';
const table = (...lines: string[]) => `${[heading, ...lines].join('\n')}\n`;

/** GB18030 bytes; only what the fixtures need is looked up, from the decoder itself. */
function gb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030');
  const codes = new Map<string, number[]>();
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++) {
      if (low === 0x7f) continue;
      const char = decoder.decode(Uint8Array.of(high, low));
      if (char.length === 1 && char !== '\ufffd') codes.set(char, [high, low]);
    }
  }
  return Buffer.from(
    [...text].flatMap((char) => {
      const bytes = char < '\u0080' ? [char.charCodeAt(0)] : codes.get(char);
      if (bytes === undefined) throw new Error(`no GB18030 for ${char}`);
      return bytes;
    }),
  );
}

let ledger: CountyLedger;
let year = 1990;

beforeAll(async () => {
  ledger = await countyLedger();
});
afterAll(() => ledger.close());
// A year for each test: what one stores, the next does not see.
beforeEach(() => {
  year += 1;
});

const take = (bytes: Uint8Array | string) =>
  ledger.call('indicator.import', { year, file: ledger.grant('table.csv', bytes) });
const refuse = (bytes: Uint8Array | string) =>
  ledger.refused('indicator.import', { year, file: ledger.grant('table.csv', bytes) });
const entered = async () =>
  (await ledger.call('indicator.list', { year })).figures.filter(({ manual }) => manual !== null);

describe('a published table', () => {
  it('is taken whole, every value as it was printed', async () => {
    expect(rows).toHaveLength(151);
    expect(await take(published)).toEqual({ set: 151, unknown: [], changed: 151 });
    const byPlace = new Map((await entered()).map((one) => [[one.section, one.topic, one.name].join(), one]));
    expect(byPlace.size).toBe(151);
    for (const row of rows) {
      const figure = byPlace.get([row.section, row.topic, row.indicator].join());
      expect(figure, row.indicator).toMatchObject({
        printed: row.printed_value,
        unit: row.unit,
        source: 'manual',
      });
    }
  });

  it('keeps value and qualifier apart from the printed form', async () => {
    await take(published);
    const figures = await entered();
    const printed = (text: string) => figures.find((one) => one.printed === text);
    expect(printed('0.36万人次')).toMatchObject({ value: 3600, qualifier: null });
    expect(printed('5万余人')).toMatchObject({ value: 50_000, qualifier: '余' });
    expect(printed('98%以上')).toMatchObject({ value: 98, qualifier: '以上' });
    expect(printed('150万元')).toMatchObject({ value: 150 });
  });

  it('changes nothing when it comes again', async () => {
    await take(published);
    expect(await take(published)).toEqual({ set: 151, unknown: [], changed: 0 });
    expect(await take(published.replace('16项', '17项'))).toMatchObject({ changed: 1 });
  });

  it.each([
    ['UTF-8 with a mark', Buffer.from(`\ufeff${published}`)],
    ['UTF-16 little-endian', Buffer.from(`\ufeff${published}`, 'utf16le')],
    ['UTF-16 big-endian', Buffer.from(`\ufeff${published}`, 'utf16le').swap16()],
    ['GB18030', gb18030(published)],
    ['line ends of Windows', Buffer.from(published.replaceAll('\n', '\r\n'))],
    [
      'tabs',
      Buffer.from(
        `\ufeff${rows.map((row) => Object.values(row).join('\t')).join('\n')}`.replace(
          '\ufeff',
          `\ufeff${Object.keys(rows[0] ?? {}).join('\t')}\n`,
        ),
        'utf16le',
      ),
    ],
  ])('is read from %s', async (_name, bytes) => {
    expect(await take(bytes)).toMatchObject({ set: 151, unknown: [] });
    expect((await entered()).map(({ printed }) => printed).sort()).toEqual(
      rows.map((row) => row.printed_value).sort(),
    );
  });
});

describe('columns and rows', () => {
  it('are known by Chinese headings, in any order', async () => {
    const text = '本报告值,单位,指标,分节,节,备注\n16项,项,完善制度机制,三是 督察指导,一(一),无\n';
    expect(await take(text)).toEqual({ set: 1, unknown: [], changed: 1 });
  });

  it('are matched by code before anything else', async () => {
    const text = 'code,indicator,printed_value\nsupervision.inspections,别的名称,3次\n,完善制度机制,16项\n';
    expect(await take(text)).toEqual({ set: 2, unknown: [], changed: 2 });
    expect((await entered()).map(({ code }) => code)).toEqual([
      'supervision.mechanismsImproved',
      'supervision.inspections',
    ]);
  });

  it('are matched whatever quotes, spaces and full-width forms were typed', async () => {
    const text = table(
      '一（一）, 三是督察指导 ,"完善 制度机制",项,１６项',
      '一(二),二是 法律八进,「法律八进」活动,场次,200余场次',
    );
    expect(await take(text)).toMatchObject({ set: 2, unknown: [] });
  });

  it('may stand in quotes with commas and line breaks', async () => {
    const text = table(
      mechanisms,
      '"一(一)","一是 高位推动","县委常委会、县政府常务会学习法律法规、\n听取法治工作汇报","次","先后26次"',
    );
    expect(await take(text)).toMatchObject({ set: 2, unknown: [] });
  });

  it('that mean no indicator are named, and the rest is taken', async () => {
    const text = table(
      mechanisms,
      '一(一),三是 督察指导,发明的指标,个,9个',
      '一(九),三是 督察指导,开展法治督察,次,3次',
    );
    expect(await take(text)).toEqual({ set: 1, unknown: ['发明的指标', '开展法治督察'], changed: 1 });
  });

  it('without a value are passed over', async () => {
    expect(await take(table(mechanisms, '一(一),三是 督察指导,开展法治督察,次,'))).toMatchObject({ set: 1 });
  });
});

describe('a table that cannot be taken whole is not taken at all', () => {
  it.each([
    ['a quote that never ends', table(mechanisms, '"一(一),三是 督察指导,开展法治督察,次,3次'), 3],
    ['a quote in the middle', table('一(一),三是 督察指导,完善"制度"机制,项,16项', inspections), 2],
    ['a column too many', table(mechanisms, `${inspections},多余`), 3],
    ['a column too few', table('一(一),三是 督察指导,完善制度机制,项', inspections), 2],
  ])('%s', async (_name, text, line) => {
    expect(await refuse(text)).toEqual({
      code: 'csv-broken',
      params: { file: 'outside-table.csv', line },
    });
    expect(await entered()).toEqual([]);
  });

  it('two rows of one indicator, also when one is named by code', async () => {
    expect(await refuse(table(mechanisms, inspections, mechanisms))).toEqual({
      code: 'csv-duplicate',
      params: { name: '完善制度机制', first: 2, second: 4 },
    });
    const byCode = `code,${heading}\n,${mechanisms}\nsupervision.mechanismsImproved,,,,,17项\n`;
    expect(await refuse(byCode)).toMatchObject({ code: 'csv-duplicate', params: { first: 2, second: 3 } });
    expect(await entered()).toEqual([]);
  });

  it.each([
    ['another unit', '16件'],
    ['no number', '若干项'],
    ['a fraction of a whole thing', '1.5项'],
    ['a negative number', '-3项'],
  ])('a value with %s, naming the row', async (_name, printed) => {
    const failure = await refuse(table(inspections, `一(一),三是 督察指导,完善制度机制,项,${printed}`));
    expect(failure).toEqual({
      code: 'figure-unreadable',
      params: { name: '完善制度机制（第 3 行）', printed, unit: '项' },
    });
    expect(await entered()).toEqual([]);
  });

  it('a number with its unit in the column beside it is read; without any unit it is not', async () => {
    expect(await take(table('一(一),三是 督察指导,完善制度机制,项,超过16'))).toMatchObject({ set: 1 });
    expect(await entered()).toMatchObject([{ printed: '超过16项', value: 16, qualifier: '超过' }]);
    const bare = 'section,topic,indicator,printed_value\n一(一),三是 督察指导,完善制度机制,16\n';
    expect(await refuse(bare)).toMatchObject({ code: 'figure-unreadable', params: { printed: '16' } });
  });

  it('a file too large to be a table of figures', async () => {
    const failure = await refuse(Buffer.alloc(20 * 2 ** 20 + 1, 'a'));
    expect(failure).toMatchObject({ code: 'file-too-large', params: { limitMb: 20 } });
    expect(await entered()).toEqual([]);
  });

  it('a unit column that says another unit', async () => {
    const failure = await refuse(table(inspections, '一(一),三是 督察指导,完善制度机制,件,16件'));
    expect(failure).toMatchObject({ code: 'figure-unreadable', params: { printed: '16件', unit: '项' } });
    // Column and printed form disagree: which of them is meant is not for the program to say.
    const both = await refuse(table(mechanisms.replace(',项,16项', ',件,16项')));
    expect(both).toMatchObject({ code: 'figure-unreadable', params: { printed: '16项 件', unit: '项' } });
  });

  it.each([
    ['no headings', `${mechanisms}\n`, 'csv-no-heading'],
    ['no column of values', 'section,topic,indicator\na,b,c\n', 'csv-no-heading'],
    ['headings only', `${heading}\n`, 'csv-empty'],
    ['nothing', '', 'csv-empty'],
    ['blank lines', '\n\n,,\n', 'csv-empty'],
    ['bytes of no encoding', Buffer.from([0x61, 0x2c, 0xff, 0xff, 0x0a]), 'csv-encoding'],
    [
      'a mark of UTF-8 before GB18030',
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), gb18030(published)]),
      'csv-encoding',
    ],
    ['a spreadsheet instead of a table', Buffer.from('PK\u0003\u0004\u0000\u0000'), 'csv-encoding'],
  ])('%s', async (_name, bytes, code) => {
    expect(await refuse(bytes)).toEqual({ code, params: { file: 'outside-table.csv' } });
  });

  it('a file that is not there', async () => {
    const file = ledger.grant('absent.csv');
    expect(await ledger.refused('indicator.import', { year, file })).toMatchObject({ code: 'file-missing' });
  });
});
