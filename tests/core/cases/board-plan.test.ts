import { afterAll, beforeAll, expect, test } from 'vitest';
import { aheadQuery, type BoardQuestion, partQuery } from '#core/cases/board.ts';
import type { Sql } from '#core/db/sql.ts';
import { asDay } from '#shared/domain/day.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
beforeAll(async () => {
  program = await aProgram();
});
afterAll(() => program.close());

const on = asDay('2025-06-30');
const planOf = (query: Sql) =>
  program.look((db) =>
    db
      .all<{ detail: string }>({ text: `explain query plan ${query.text}`, values: query.values })
      .map(({ detail }) => detail),
  );

test.each([true, false])('what is ahead is counted from an index alone (lapsing: %s)', async (isLapsing) => {
  const [read] = (await planOf(aheadQuery(on, isLapsing))).filter((line) => /due_entry/.test(line));
  expect(read).toMatch(/^SEARCH due_entry USING COVERING INDEX due_entry_by_day \(is_lapsing=\? AND due_on>/);
});

const person = { person: 'x' };
const unit = { unit: 'x' };
const rule = { rule: 'x' };
test.each<[string, Partial<BoardQuestion>, string]>([
  ['all', {}, 'due_entry_by_day'],
  ['of a person', person, 'due_entry_by_person'],
  ['of a unit', unit, 'due_entry_by_unit'],
  ['under a rule', rule, 'due_entry_by_day'],
  ['of a person under a rule', { ...person, ...rule }, 'due_entry_by_person'],
  ['of a unit under a rule', { ...unit, ...rule }, 'due_entry_by_unit'],
])('overdue rows %s come from an index in their order: nothing is sorted', async (_what, filter, index) => {
  const plan = (await planOf(partQuery('overdue', { on, ...filter }))).join('\n');
  expect(plan).toContain(`USING INDEX ${index} (`);
  expect(plan).not.toContain('SCAN');
  expect(plan).not.toContain('TEMP B-TREE');
});

test.each(['today', 'week'] as const)('rows of %s are found by their days', async (part) => {
  for (const filter of [{}, person, unit, rule, { ...person, ...unit }]) {
    const plan = (await planOf(partQuery(part, { on, ...filter }))).join('\n');
    expect(plan).toMatch(/^SEARCH due_entry USING INDEX due_entry_by_(day|person|unit) \(.*due_on/);
  }
});
