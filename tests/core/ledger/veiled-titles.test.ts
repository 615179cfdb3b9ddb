// A masked title is made of a part of its record; it must be the one that the whole record gives.
import { expect, test } from 'vitest';
import { demoPlan, demoRecords } from '#core/demo/generate.ts';
import { createDivisions } from '#core/settings/divisions.ts';
import type { RecordContent } from '#shared/api/types.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { headlineOf } from '#shared/ledgers/content.ts';
import { hasVeiledHeadline, headlinePart, veiledContent } from '#shared/ledgers/veil.ts';
import { aCorrection, anEvaluation, eventsOf } from '#tests/fixtures/correction.ts';

const years = { from: 2024, to: 2025 };
const records: { ledger: string; record: object }[] = [
  ...demoRecords(demoPlan({ level: 'county', seed: 5, years, cases: 400 }, createDivisions('seeds'))),
  // The demo has nobody under correction yet
  { ledger: 'evaluation', record: anEvaluation() },
  { ledger: 'correction', record: aCorrection() },
  ...Object.entries(eventsOf('')).map(([ledger, record]) => ({
    ledger,
    record: { ...record, personName: '唐蒙' },
  })),
];
const only = (of: object, names: object) =>
  Object.fromEntries(Object.entries(of).filter(([name]) => Object.hasOwn(names, name)));

for (const ledger of ledgers.filter(hasVeiledHeadline)) {
  const part = headlinePart(ledger);
  if (part === null) continue;
  test(`titles of ${ledger.name} by a part of their record`, () => {
    const own = records.filter((one) => one.ledger === ledger.name);
    const shown = own.map(({ record }) => {
      const whole = record as RecordContent;
      const cut: RecordContent = only(whole, part.fields);
      for (const [name, { fields }] of Object.entries(part.children))
        cut[name] = ((whole[name] ?? []) as object[]).map((row) => only(row, fields)) as never;
      const title = headlineOf(part, veiledContent(part, cut));
      expect(title).toBe(headlineOf(ledger, veiledContent(ledger, whole)));
      return title === headlineOf(ledger, whole);
    });
    expect(own.length, ledger.name).toBeGreaterThan(0);
    expect(shown).toContain(false);
  });
}

test('the register of cases is one of them, and organisations keep their names there', () => {
  const mediation = ledgers.find(({ name }) => name === 'mediation');
  const part = mediation && headlinePart(mediation);
  if (!mediation || !part) throw new Error('cases have no part for their title');
  const parties = [
    { type: 'natural', name: '欧阳明理' },
    { type: 'legal', name: '金塔县供销合作社' },
  ];
  expect(headlineOf(part, veiledContent(part, { parties }))).toBe(
    headlineOf(mediation, veiledContent(mediation, { parties })),
  );
  expect(headlineOf(part, veiledContent(part, { parties }))).toContain('金塔县供销合作社');
  expect(headlineOf(part, veiledContent(part, { parties }))).not.toContain('明理');
});
