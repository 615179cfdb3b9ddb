// Lists and the year's register as pages: what stands in them, in which order, and what was left out.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '#core/db/sql.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
beforeAll(async () => {
  program = await aProgram();
  for (const [day, name] of [
    ['2025-03-02', '甲<b>&某'],
    ['2025-01-09', '乙某'],
    ['2024-11-05', '丙某'],
  ] as const)
    await program.save(aMediation().accepted(day).between(name, '丁某').agreed(day, 123_456));
  const { id } = await program.save(aMediation().accepted('2025-02-01').between('戊某', '己某'));
  await program.call('ledger.act', { id, action: 'void', record: { voidReason: '重复登记' } });
  await program.save(
    aMediation()
      .accepted('2025-02-03')
      .between('庚某', '辛某')
      .with({ acceptance: 'declined', declineReason: 'refused' }),
  );
});
afterAll(() => program.close());

const cells = (html: string): string[][] =>
  [...html.matchAll(/<tr>(<td.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, text = '']) => text),
  );

test('a list stands as it is filtered and sorted, its conditions in words, everything escaped', async () => {
  const { html, rows, title } = await program.call('ledger.print', {
    ledger: 'mediation',
    filter: { outcome: ['agreed'], acceptedOn: { from: '2025-01-01', to: '2025-12-31' } },
    sort: { field: 'acceptedOn', descending: false },
  });
  expect([title, rows]).toEqual(['人民调解案件台账', 2]);
  expect(cells(html).map((row) => [row[0], row[1], row[3]])).toEqual([
    ['1', '乙某、丁某', '2025-01-09'],
    ['2', '甲&lt;b&gt;&amp;某、丁某', '2025-03-02'],
  ]);
  expect(cells(html)[0]).toContain('1,234.56');
  for (const fact of [
    '单位：东坝镇司法所',
    '调解结果为调解成功',
    '受理日期自 2025-01-01至 2025-12-31',
    '共 2 条',
  ])
    expect(html).toContain(fact);
  expect(html).toContain('打印日期：2025-06-30　打印人：admin');
  expect(html).toContain('A4 landscape');
});

test('the register of a year has every number of it in order, void ones too, nothing without a number', async () => {
  const { html, rows, title } = await program.call('ledger.print', { ledger: 'mediation', year: 2025 });
  expect(title).toBe('人民调解案件登记簿（2025年）');
  const found = cells(html);
  expect(rows).toBe(3);
  expect(found.map((row) => /第(\d+)号/.exec(row[1] ?? '')?.[1])).toEqual(['1', '2', '3']);
  expect(found.map((row) => row[2])).toEqual(['甲&lt;b&gt;&amp;某、丁某', '乙某、丁某', '戊某、己某']);
  expect(found[2]?.at(-1)).toBe('已作废');
  expect(html).not.toContain('庚某');
  expect(html).not.toContain('丙某');
});

test('the register of a year begins and ends with its year', async () => {
  const own = await aProgram();
  try {
    own.clock.now = new Date('2026-01-05T02:00:00Z');
    const days = ['2024-12-31', '2025-01-01', '2025-12-31', '2026-01-01'];
    for (const [at, day] of days.entries())
      await own.save(aMediation().accepted(day).between(`岁末${'甲乙丙丁'[at]}`, '对方'));
    const named = async (year: number) =>
      cells((await own.call('ledger.print', { ledger: 'mediation', year })).html).map((row) => row[2]);
    expect(await named(2024)).toEqual(['岁末甲、对方']);
    expect(await named(2025)).toEqual(['岁末乙、对方', '岁末丙、对方']);
    expect(await named(2026)).toEqual(['岁末丁、对方']);
  } finally {
    await own.close();
  }
});

test('an empty list says so; a register without numbers has no register of a year; the log keeps what was printed', async () => {
  const { html } = await program.call('ledger.print', { ledger: 'screening' });
  expect(html).toContain('没有符合条件的排查。');
  expect((await program.refused('ledger.print', { ledger: 'committee', year: 2025 })).code).toBe(
    'filter-unknown',
  );
  expect((await program.refused('ledger.print', { ledger: 'mediation', filter: { remark: 'x' } })).code).toBe(
    'filter-unknown',
  );
  const entry = await program.look((db) =>
    db.get<{ ledger: string; detail: string }>(
      sql`select ledger, detail from audit_entry where action = 'ledger.print' order by seq desc limit 1`,
    ),
  );
  expect(entry?.ledger).toBe('screening');
  expect(JSON.parse(entry?.detail ?? '')).toEqual({ rows: 0, fields: [] });
});

/** Tables of a page: what a column is wide, in millimetres, its texts, and whether they may break. */
function tablesOf(html: string) {
  const size = Number(/<body class="size(\d)">/.exec(html)?.[1]);
  const tables = [...html.matchAll(/<table[^>]*>(.*?)<\/table>/gs)].map(([, table = '']) => {
    const widths = [...table.matchAll(/<col style="width:([\d.]+)%">/g)].map(
      ([, share]) => (271 * Number(share)) / 100,
    );
    const heads = [...table.matchAll(/<th scope="col">(.*?)<\/th>/gs)].map(([, label = '']) => label);
    const rows = [...table.matchAll(/<tr>(<td.*?)<\/tr>/gs)].map(([, row = '']) =>
      [...row.matchAll(/<td(?: class="(\w+)")?>(.*?)<\/td>/gs)].map(([, kind = '', text = '']) => ({
        kind,
        text,
      })),
    );
    return { widths, heads, rows };
  });
  return { size, tables };
}

/** As wide as the text is in letters of so many points: signs of our alphabet half a square, all others a whole one. */
const millimetres = (text: string, size: number) =>
  [...text].reduce((sum, sign) => sum + (sign.charCodeAt(0) < 0x2000 ? 0.556 : 1), 0) * size * 0.3528;

describe('many columns', () => {
  const every = async () =>
    (await program.call('mapping.list', {})).mappings.filter((one) => one.ledger === 'mediation');

  beforeAll(async () => {
    await program.call('ledger.save', {
      ledger: 'mediation',
      record: aMediation().accepted('2025-03-09').agreed('2025-03-10', 123_456_789_012).record(),
    });
  });

  test.each([[0], [3], [6], [99]])(
    'numbers, days and amounts stay whole beside %i published lists',
    async (count) => {
      const mappings = (await every()).slice(0, count).map(({ mapping }) => mapping);
      for (const asked of [{ year: 2025 }, {}]) {
        const { html } = await program.call('ledger.print', { ledger: 'mediation', ...asked, mappings });
        const { size, tables } = tablesOf(html);
        for (const { widths, heads, rows } of tables) {
          expect(heads).toHaveLength(widths.length);
          for (const row of rows) {
            for (const [at, { kind, text }] of row.entries()) {
              const isWhole = /^(\d{4}-\d\d-\d\d|[\d,]+\.\d\d|（\d{4}）.+第\d+号)$/.test(text);
              if (isWhole) expect(kind, text).toMatch(/amount|fixed/);
              if (isWhole) expect(millimetres(text, size) + 2.3, text).toBeLessThanOrEqual(widths[at] ?? 0);
              else if (heads[at] !== '序号')
                expect(widths[at], heads[at]).toBeGreaterThan(millimetres('四个汉字', size));
            }
          }
        }
      }
    },
  );

  test('what does not fit stands in a further table, with the number of each again', async () => {
    const mappings = (await every()).map(({ mapping }) => mapping);
    const { html } = await program.call('ledger.print', { ledger: 'mediation', year: 2025, mappings });
    const { tables } = tablesOf(html);
    expect(tables.length).toBeGreaterThan(1);
    const columns = tables.flatMap(({ heads }) => heads.slice(2));
    expect(columns).toHaveLength(new Set(columns).size);
    const plain = await program.call('ledger.print', { ledger: 'mediation', year: 2025 });
    const [{ heads = [] } = {}] = tablesOf(plain.html).tables;
    expect(columns).toHaveLength(heads.length - 2 + mappings.length);
    for (const {
      heads: [first, second],
      rows,
    } of tables) {
      expect([first, second]).toEqual(['序号', '案号']);
      expect(rows.map((row) => row[1]?.text)).toEqual(tables[0]?.rows.map((row) => row[1]?.text));
    }
  });

  test('the register says where a case came from, whether it was performed and when it was visited', async () => {
    const { html } = await program.call('ledger.print', { ledger: 'mediation', year: 2025 });
    expect(tablesOf(html).tables.flatMap(({ heads }) => heads)).toEqual(
      expect.arrayContaining(['纠纷来源', '履行情况', '回访日期']),
    );
  });
});
