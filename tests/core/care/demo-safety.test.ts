// The demonstration has something on every screen of what keeps the data, and its ledger is as sound as any.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';

let office: Program;
let head: Person;
beforeAll(async () => {
  office = await aProgram({ isShut: true, everyRole: true, cases: 20, hasSafety: true });
  head = await office.signIn('head');
});
afterAll(() => office.close());

const listed = async (ledger: string) => (await head.call('ledger.list', { ledger, limit: 100 })).rows;
const states = async (ledger: string) => new Set((await listed(ledger)).map(({ state }) => state));

test('media in use, lost and scrapped, loans that are out, overdue and back, incidents and assessments', async () => {
  expect(await states('medium')).toEqual(new Set(['active', 'lost', 'scrapped']));
  expect(await states('mediumLoan')).toEqual(new Set(['out', 'returned']));
  expect(await states('incident')).toEqual(new Set(['open', 'settled']));
  expect(await states('assessment')).toEqual(new Set(['open', 'approved']));
});

test('an approved table, a file on a list, one kept on, one that waits', async () => {
  const periods = await head.call('retention.periods', {});
  expect(periods.filter(({ isConfirmed }) => isConfirmed).length).toBe(4);
  const review = await head.call('retention.review', { what: 'ended' });
  // What is kept on is out of the list until then
  expect(review.total).toBe(2);
  expect(review.rows.filter(({ obstacles }) => obstacles.length === 0).length).toBe(1);
  const [list] = await head.call('destruction.lists', {});
  expect(list).toMatchObject({ state: 'open' });
});

test('a sealed record, and an enquiry that a second account can answer', async () => {
  const state = await head.call('sealing.state', {});
  expect(state.sealed).toHaveLength(1);
  const [enquiry] = state.enquiries;
  await head.call('session.confirm', { password });
  const opened = await head.call('enquiry.open', { id: enquiry?.id ?? '' });
  expect(opened.found).toHaveLength(1);
});

test('nothing is wrong with it, after the next start too', async () => {
  const checked = await head.call('system.verify', {});
  expect(checked).toMatchObject({ ok: true, stripped: 1 });
  await office.restart();
  const again = await office.signIn('head');
  expect(await again.call('system.verify', {})).toMatchObject({ ok: true, stripped: 1 });
});
