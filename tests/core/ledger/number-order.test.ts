import { afterAll, beforeAll, expect, test } from 'vitest';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
beforeAll(async () => {
  program = await aProgram();
});
afterAll(() => program.close());

test('a list by number counts: the tenth comes after the second, the next year after this one', async () => {
  for (const year of ['2025', '2024']) {
    for (let turn = 0; turn < 11; turn++) await program.save(aMediation().accepted(`${year}-03-01`));
  }
  const { rows } = await program.call('ledger.list', {
    ledger: 'mediation',
    sort: { field: 'caseNo', descending: false },
  });
  const numbers = rows.map(({ caseNo }) => String(caseNo).match(/\d+/g)?.map(Number));
  const inOrder = [2024, 2025].flatMap((year) => Array.from({ length: 11 }, (_, index) => [year, index + 1]));
  expect(numbers).toEqual(inOrder);
});

test('a ledger that went back to a copy gives no number twice', async () => {
  const own = await aProgram();
  try {
    const number = async () => (await own.save(aMediation().accepted('2025-03-01'))).record.caseNo;
    const given = [await number()];
    const { name } = await own.call('system.backup', {});
    given.push(await number(), await number());
    await own.restart();
    await own.signInAgain();
    await own.call('program.restore', { backup: name });
    await own.signInAgain();
    expect((await own.call('ledger.list', { ledger: 'mediation' })).total).toBe(1);
    const next = await number();
    expect(given).not.toContain(next);
    expect(next).toBe('（2025）东坝人调字第4号');
  } finally {
    await own.close();
  }
});
