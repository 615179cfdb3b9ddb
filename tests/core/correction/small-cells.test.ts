// What leaves the county, by the rule that is shipped: no small number by way of a rate, of another register, of the
// year before or of a part of the ledger; and that the rule knows every figure of community correction.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { annualCatalogue } from '#core/statistics/catalogue.ts';
import { figuresOutside, smallCellsRule } from '#core/statistics/outside.ts';
import type { Figure, IndicatorDefinition } from '#shared/domain/figures.ts';
import { errorText } from '#shared/text/errors.ts';
import { aStation } from '#tests/fixtures/correction-work.ts';
import { aProgram, type Person, type Program } from '#tests/fixtures/program.ts';

const section = '社区矫正报表';
const catalogue = annualCatalogue().indicators.filter((one) => one.section === section);
const rate = 'correctionReoffending.rate';

let county: Program;
let station: Person & { unitId: string };
let year = 2000;
beforeAll(async () => {
  county = await aProgram({ isCounty: true });
  station = await aStation(county);
});
afterAll(() => county.close());
// Typed figures stand over the empty register: a year of its own for each test
beforeEach(() => {
  year += 1;
});

async function typed(figures: Record<string, string>): Promise<void> {
  for (const [code, printed] of Object.entries(figures))
    await county.call('indicator.enter', { year, code, printed });
}
async function outside(): Promise<(code: string) => Figure | undefined> {
  const { figures } = await county.call('indicator.list', { year, isOutside: true });
  return (code) => figures.find((figure) => figure.code === code);
}
const hidden = { value: null, printed: '*', numerator: null, denominator: null, records: 0 };

test('a rate is told only with both its sides, whatever base is chosen', async () => {
  await typed({
    'correctionReoffending.persons': '5人',
    'correctionStock.inRegister': '40人',
    'correctionStock.released': '2人',
    'correctionReoffending.yearEndAndReleased': '42人',
    'correctionStock.everReceived': '100人',
  });
  const expected: [string, Record<string, unknown>][] = [
    ['correctionReoffending.yearEndAndReleased', hidden],
    ['correctionStock.inRegister', { numerator: 5, denominator: 40, printed: '12.5%' }],
    ['correctionStock.everReceived', hidden],
  ];
  for (const [base, figure] of expected) {
    await county.call('indicator.chooseBase', { code: rate, base });
    expect((await outside())(rate), base).toMatchObject(figure);
  }
});

test('what another register tells of the same events is told by neither', async () => {
  await typed({
    'correctionStock.terminated': '12人',
    'correctionEnd.probationRevoked': '2人',
    'correctionEnd.imprisoned': '3人',
    'correctionEnd.died': '7人',
    'correctionMeasure.revokeProbationGranted': '3人次',
    'correctionMeasure.imprisonGranted': '4人次',
    'correctionMeasure.praise': '4人次',
  });
  const told = await outside();
  expect(told('correctionMeasure.revokeProbationGranted')).toMatchObject(hidden);
  // 3 cover the 2, and are covered themselves
  expect(told('correctionEnd.imprisoned')).toMatchObject(hidden);
  expect(told('correctionMeasure.imprisonGranted')).toMatchObject(hidden);
  expect(told('correctionEnd.died')?.printed).toBe('7人');
  expect(told('correctionMeasure.praise')?.printed).toBe('4人次');
});

test('a sum of all years is not told: less the one of the year before it is the year', async () => {
  await typed({ 'correctionStock.everReceived': '50人', 'correctionStock.everMovedOut': '9人' });
  const told = await outside();
  expect(told('correctionStock.everReceived')).toMatchObject({ ...hidden, manual: null });
  expect(told('correctionStock.everMovedOut')).toMatchObject(hidden);
});

test('of what was typed no count of the ledger is left beside it', async () => {
  const [figure] = (await county.call('indicator.list', { year })).figures.filter(
    ({ code }) => code === 'correctionMeasure.praise',
  );
  if (!figure) throw new Error('no such figure');
  const manual = { value: 30, printed: '30人次', qualifier: null };
  const fromLedger = { value: 1, printed: '1人次' };
  const both: Figure = { ...figure, ...{ value: 30, printed: '30人次', manual, fromLedger, records: 1 } };
  expect(figuresOutside([both], [])).toMatchObject([{ printed: '30人次', fromLedger: null, records: 0 }]);
});

test('a part of the ledger makes no table for others; the unit that keeps it does', async () => {
  const order = { year, section, isOutside: true };
  const { name, code: unit } = (await county.call('units.tree', {})).find(
    ({ id }) => id === station.unitId,
  ) ?? { name: '', code: '' };
  expect(name).not.toBe('');
  const refusals = [
    await station.refused('indicator.print', order),
    await station.refused('indicator.list', { year, isOutside: true }),
    await county.refused('indicator.list', { year, unit, isOutside: true }),
  ];
  for (const refused of refusals) {
    expect(refused.code).toBe('figures-outside-part');
    expect(errorText(refused as never)).toMatch(/由.+统一出具.*请改选/s);
  }
  const within = await station.call('indicator.print', { ...order, isOutside: false });
  expect(within.rows).toBe(catalogue.length);
  expect((await county.call('indicator.print', order)).rows).toBe(catalogue.length);
});

// The rule against the catalogue: a figure that is added, and an entry that is missing, fail here.
const rule = smallCellsRule();
const zeros = catalogue.map(({ code, unit }) => ({
  code,
  unit,
  section,
  value: 9,
  bases: null,
  manual: null,
}));
/** The figures as they leave the county when `small` is 1 and everything else 9. */
const withOneSmall = (small: string) =>
  new Map(
    figuresOutside(zeros.map((one) => (one.code === small ? { ...one, value: 1 } : one)) as never, []).map(
      ({ code, printed }) => [code, printed],
    ),
  );
type Ledger = Extract<IndicatorDefinition['source'], { kind: 'ledger' }>;
const counted = catalogue.flatMap(({ code, source, basis }) =>
  source.kind === 'ledger' && source.measure.kind === 'count' && basis !== 'cumulative'
    ? [{ code, source }]
    : [],
);
const isOfSamePeriod = (one: Ledger, other: Ledger) =>
  (['ledger', 'date', 'stockFrom', 'stockTo'] as const).every((key) => one[key] === other[key]);
const listOf = (value: unknown) => (Array.isArray(value) ? value : [value]);
/** Whether whoever the one counts is counted by the other as well, which counts more. */
function isPartOf(one: Ledger, other: Ledger): boolean {
  if (!isOfSamePeriod(one, other) || other.except !== undefined) return false;
  const wider = Object.entries(other.where ?? {});
  const narrower = one.where ?? {};
  const isWithin = wider.every(
    ([field, values]) =>
      field in narrower && listOf(narrower[field]).every((value) => listOf(values).includes(value)),
  );
  return isWithin && JSON.stringify(one.where) !== JSON.stringify(other.where);
}

const made = catalogue.flatMap(({ code, source }): [string, string, string | null][] => {
  if (source.kind === 'anyOf') return source.of.map((part) => [code, part, null]);
  if (source.kind !== 'ratio') return [];
  const bases = source.choices ?? [source.denominator];
  return bases.flatMap((base) => [
    [code, source.numerator, base],
    [code, base, base],
  ]);
});

test('there are rates and sums to be held', () => {
  expect(new Set(made.map(([code]) => code)).size).toBeGreaterThanOrEqual(5);
});

test.each(made)('%s is not told where %s is not (base %s)', (code, part, base) => {
  const figures = zeros.map((one) => ({
    ...{ ...one, value: one.code === part ? 1 : 9 },
    bases: one.code === code && base !== null ? { chosen: base, choices: [] } : null,
  }));
  const told = figuresOutside(figures as never, []).find((one) => one.code === code);
  expect(told).toMatchObject({ printed: '*', numerator: null, denominator: null });
});

test('every figure of all years is one that is never told', () => {
  const cumulative = catalogue.filter(({ basis }) => basis === 'cumulative').map(({ code }) => code);
  expect([...rule.never].sort()).toEqual(cumulative.sort());
});

test('every part of a figure stands in a group of it, or is told by its rest', () => {
  const missing = counted.flatMap(({ code: total, source: whole }) =>
    counted
      .filter(({ code, source }) => code !== total && isPartOf(source, whole))
      .filter(
        ({ code }) =>
          !rule.groups.some((group) => group.total === total && group.parts.includes(code)) &&
          !rule.rests.some((rest) => rest.total === total && rest.part === code),
      )
      .map(({ code }) => `${code} of ${total}`),
  );
  expect(missing).toEqual([]);
  const parts = rule.groups.flatMap((group) => group.parts);
  expect(parts.length).toBeGreaterThan(10);
});

test('all who come and go stand in the group that the tables of two years add up to', () => {
  const [stock] = counted.filter(({ code }) => code === 'correctionStock.inRegister');
  const ends = [stock?.source.stockFrom, stock?.source.stockTo];
  const flows = counted.filter(
    ({ source }) =>
      source.ledger === stock?.source.ledger && source.date !== undefined && ends.includes(source.date),
  );
  const widest = flows.filter(({ source }) => !flows.some((other) => isPartOf(source, other.source)));
  const known = rule.flows.flatMap(({ parts }) => parts);
  expect(widest.map(({ code }) => code).sort()).toEqual(known.sort());
});

test.each([
  ['correctionEnd.probationRevoked', 'correctionMeasure.revokeProbationGranted'],
  ['correctionEnd.paroleRevoked', 'correctionMeasure.revokeParoleGranted'],
  ['correctionEnd.imprisoned', 'correctionMeasure.imprisonGranted'],
])('%s and %s tell each other', (one, other) => {
  expect(withOneSmall(one).get(other)).toBe('*');
  expect(withOneSmall(other).get(one)).toBe('*');
});

test('the rule names no figure that the catalogue does not have', () => {
  const named = [
    ...rule.groups.flatMap(({ total, parts }) => [total, ...parts]),
    ...rule.flows.flatMap(({ stock, parts, covers }) => [stock, ...parts, ...covers]),
    ...rule.rests.flatMap(({ total, part }) => [total, part]),
    ...[...rule.twins.flat(), ...rule.never],
  ];
  const codes = catalogue.map(({ code }) => code);
  expect(named.filter((code) => !codes.includes(code))).toEqual([]);
});
