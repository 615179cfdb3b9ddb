import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { annualCatalogue, parseCatalogue } from '#core/statistics/catalogue.ts';
import { basisOfLetter } from '#shared/domain/figures.ts';

const rows: Record<string, string>[] = parse(readFileSync('tests/fixtures/indicators-2023.csv', 'utf8'), {
  columns: true,
});
const { indicators } = annualCatalogue();
const printed = indicators.filter(({ inReport }) => inReport);

test('covers all 151 rows by section, topic, name, unit and basis, in their order', () => {
  expect(rows).toHaveLength(151);
  expect(
    printed.map(({ section, topic, name, unit, basis }) => ({ section, topic, name, unit, basis })),
  ).toEqual(
    rows.map((row) => ({
      section: row.section,
      topic: row.topic,
      name: row.indicator,
      unit: row.unit,
      basis: basisOfLetter(row.basis ?? ''),
    })),
  );
});

test('names the supplying department of each, spelled out', () => {
  let last = '';
  for (const [index, row] of rows.entries()) {
    if (row.supplied_by !== '同上') last = row.supplied_by ?? '';
    expect(printed[index]?.suppliedBy, row.indicator).toBe(last);
  }
});

test('has its own words for each definition', () => {
  expect(new Set(indicators.map(({ definition }) => definition)).size).toBe(indicators.length);
  for (const { definition, name } of indicators) expect(definition.length, name).toBeGreaterThan(10);
});

test('kinds of committees add up to their total: each kind is counted once', () => {
  const kinds = indicators
    .filter(({ code }) => /Committees$|\.studios$/.test(code))
    .flatMap(({ source }) => (source.kind === 'ledger' ? [source.where?.kind ?? []].flat() : []));
  expect([...kinds].sort()).toEqual([
    'community',
    'enterprise',
    'industry',
    'socialOrganisation',
    'studio',
    'subdistrict',
    'township',
    'village',
  ]);
  const total = indicators.find(({ code }) => code === 'mediation.committees')?.source;
  expect(total).toMatchObject({ kind: 'ledger', ledger: 'committee', stockFrom: 'establishedOn' });
  expect(total).not.toHaveProperty('where');
});

test.each<[string, (catalogue: { indicators: Record<string, unknown>[] }) => void]>([
  ['a code used twice', ({ indicators: list }) => list.push({ ...list[0] })],
  [
    'a ratio of an unknown indicator',
    ({ indicators: list }) =>
      list.push({
        ...list[0],
        code: 'some.rate',
        source: { kind: 'ratio', numerator: 'no.such', denominator: 'no.such' },
      }),
  ],
  [
    'an unknown field',
    ({ indicators: list }) => list.push({ ...list[0], code: 'some.other', colour: 'red' }),
  ],
  [
    'a ledger source that is neither flow nor stock',
    ({ indicators: list }) =>
      list.push({
        ...list[0],
        code: 'some.other',
        source: { kind: 'ledger', ledger: 'mediation', measure: { kind: 'count' }, addsUp: true },
      }),
  ],
])('refuses %s', (_, spoil) => {
  const copy = structuredClone(annualCatalogue()) as unknown as { indicators: Record<string, unknown>[] };
  spoil(copy);
  expect(() => parseCatalogue(copy, 'test.json')).toThrow(expect.objectContaining({ code: 'seed-invalid' }));
});
