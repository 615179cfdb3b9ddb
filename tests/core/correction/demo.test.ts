// The demonstration shows something on every register of community correction and in every figure that a county meets:
// each kind of proposal with its answers, each usual end.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { annualCatalogue } from '#core/statistics/catalogue.ts';
import type { Figure } from '#shared/domain/figures.ts';
import { correctionLedgers } from '#shared/ledgers/all.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
const figures: Figure[] = [];
beforeAll(async () => {
  program = await aProgram({ everyRole: true, correction: 60 });
  for (const year of [2023, 2024, 2025])
    figures.push(...(await program.call('indicator.list', { year })).figures);
});
afterAll(() => program.close());

test.each(correctionLedgers.map(({ name }) => name))('%s has records', async (ledger) => {
  expect((await program.call('ledger.list', { ledger })).total).toBeGreaterThan(0);
});

/** What no county meets in a few years, or only where something was left out. */
const rare =
  /\.(category99|otherSex|pardoned|otherRelease|otherTermination|crime(01|03|07|08|09|99|Unknown))$/;
const codes = annualCatalogue()
  .indicators.filter(({ section, code }) => section === '社区矫正报表' && !rare.test(code))
  .map(({ code }) => code);
test.each(codes)('%s counts somebody', (code) => {
  const values = figures.filter((figure) => figure.code === code).map(({ value }) => value ?? 0);
  expect(values).toHaveLength(3);
  expect(Math.max(...values)).toBeGreaterThan(0);
});

test('every kind of proposal is there, each answer and one that is awaited', async () => {
  const { rows } = await program.call('ledger.list', { ledger: 'measure', limit: 500 });
  const said = new Set(rows.map(({ kind, result }) => `${kind} ${result ?? ''}`.trim()));
  for (const one of [
    ...['security granted', 'revokeProbation granted', 'revokeProbation denied', 'revokeParole granted'],
    ...['revokeParole', 'imprison granted', 'arrest granted', 'reduction denied', 'reduction'],
  ])
    expect(said).toContain(one);
});

test('the legal papers of everybody are ticked: most are whole, some miss one, of one nobody was told yet', async () => {
  const { rows } = await program.call('ledger.list', { ledger: 'correction', limit: 500 });
  const records = await Promise.all(rows.map(({ id }) => program.call('ledger.get', { id })));
  const missing = records.filter(({ record }) => record.missingPapers);
  const isTicked = ({ record }: (typeof records)[number]) =>
    record.hasJudgment === true || record.hasRuling === true || 'hasDecision' in record;
  expect(records.filter((one) => !isTicked(one))).toEqual([]);
  expect(missing.length).toBeGreaterThan(1);
  expect(missing.length).toBeLessThan(records.length / 4);
  const due = await Promise.all(missing.map(({ id }) => program.call('deadline.record', { id })));
  const asks = due.filter(({ deadlines }) => deadlines.some(({ rule }) => rule === 'correction.missing'));
  expect(asks).toHaveLength(1);
});
