import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '#core/db/sql.ts';
import { errorText } from '#shared/text/errors.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';
import { textOf } from './reading.ts';

// Forms under a number leave the machine before there is a case: only numbers that were reserved for it, and in the log.

const ledger = 'mediation';
let program: Program;
let numbers: string[];
let files = 0;

beforeAll(async () => {
  program = await aProgram();
  ({ numbers } = await program.call('number.reserve', { ledger, year: 2025, count: 4 }));
});
afterAll(() => program.close());

const outFile = () => {
  files += 1;
  return program.grant(`form-${files}`, `${program.beside}/form-${files}.docx`);
};

async function expectRefused(number: string, why: string, sentence: RegExp): Promise<void> {
  const [free = ''] = numbers;
  for (const method of ['paper.blank', 'paper.makeBlank']) {
    const input = { kind: 'application', numbers: [free, number] };
    const file = method === 'paper.makeBlank' ? { out: outFile() } : {};
    const failure = await program.refused(method, { ...input, ...file });
    expect(failure).toMatchObject({ code: 'form-number-refused', params: { number, why } });
    expect(errorText(failure)).toContain(number);
    expect(errorText(failure)).toMatch(sentence);
  }
  expect(() => readFileSync(`${program.beside}/form-${files}.docx`)).toThrow();
}

test('a number that nobody reserved', async () => {
  await expectRefused('（2025）东坝人调字第777号', 'unknown', /没有预留过/);
  await expectRefused('随便一个号', 'unknown', /没有预留过/);
});

test('one that a case has: keyed in from paper, or given by the program', async () => {
  const [, keyed = ''] = numbers;
  await program.save(aMediation(), { number: keyed });
  await expectRefused(keyed, 'used', /已用于“.*柳春禾.*”/);
  const { record } = await program.save(aMediation());
  await expectRefused(String(record.caseNo), 'used', /已用于/);
});

test('one that was declared void, with the reason', async () => {
  const [, , spoilt = ''] = numbers;
  await program.call('number.return', { ledger, number: spoilt, reason: '纸张污损' });
  await expectRefused(spoilt, 'void', /已作废（纸张污损）/);
});

test('one of another installation: its forms are made there', async () => {
  const installation = '0197a000-0000-7000-8000-000000000001';
  const { block } = await program.call('number.grant', { ledger, year: 2025, count: 5, installation });
  await expectRefused(block.first, 'elsewhere', /另一台电脑/);
  const other = await aProgram({ from: program.folder, beside: true });
  try {
    const [free = ''] = numbers;
    const failure = await other.refused('paper.blank', { kind: 'application', numbers: [free] });
    expect(failure).toMatchObject({ params: { number: free, why: 'elsewhere' } });
  } finally {
    await other.close();
  }
});

test('the same number twice', async () => {
  const [free = ''] = numbers;
  const failure = await program.refused('paper.blank', { kind: 'application', numbers: [free, ` ${free}`] });
  expect(failure).toMatchObject({ code: 'form-number-refused', params: { why: 'twice' } });
});

test('a free one is printed as it was reserved, however it was typed, and the log says which left', async () => {
  const [free = '', , , last = ''] = numbers;
  const typed = free.replace('（', '(').replace('）', ')');
  const { file } = await program.call('paper.makeBlank', {
    kind: ['application', '受理登记表'],
    numbers: [typed, last],
    out: outFile(),
  });
  expect(textOf(file).split(free)).toHaveLength(3);
  await program.call('paper.blank', { kind: 'application', numbers: [free] });
  await program.save(aMediation());
  const entries = await program.look((db) =>
    db.all<{ action: string; detail: string }>(
      sql`select action, detail from audit_entry where action like 'paper.%lank' order by seq desc limit 2`,
    ),
  );
  expect(entries.map(({ action, detail }) => [action, JSON.parse(detail)])).toEqual([
    ['paper.blank', { kinds: ['application'], numbers: [free] }],
    [
      'paper.makeBlank',
      // The file was waited for under a name, until its entry stood.
      { kinds: ['application', 'registration'], numbers: [free, last], written: [expect.any(String)] },
    ],
  ]);
});
