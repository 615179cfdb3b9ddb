// The papers of 社区矫正, made of records as clerks key them in: what each says, whom it fits, what it misses.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paperBook } from '#core/documents/paper-book.ts';
import type { Saved } from '#shared/api/types.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { hasPapers } from '#shared/ledgers/describe.ts';
import { type FiledPapers, papersToFile } from '#tests/fixtures/correction-papers.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';
import { everyPaper } from './correction-papers-said.ts';
import { holes, textOf } from './reading.ts';

let program: Program;
let filed: FiledPapers;
let files = 0;
beforeAll(async () => {
  program = await aProgram({ isCounty: true });
  filed = await papersToFile(program);
});
afterAll(() => program.close());

async function made(record: Saved, kind: string, more: { copy?: string } = {}): Promise<string> {
  files += 1;
  const out = program.grant(`paper-${files}`, `${program.folder}/paper-${files}.docx`);
  const { file } = await program.call('paper.make', { id: record.id, kind, out, ...more });
  return textOf(file);
}

const papers = paperBook().papers.filter(({ ledger }) => ledger !== 'mediation');

test('a register has papers exactly where the description says so', () => {
  const named = new Set(paperBook().papers.map(({ ledger }) => ledger));
  for (const ledger of ledgers) expect(hasPapers(ledger), ledger.name).toBe(named.has(ledger.name));
});

describe('every paper says what it must', () => {
  test.each(papers.map((paper) => [paper.title, paper] as const))('%s', async (_title, paper) => {
    const record = filed[paper.kind];
    if (!record) throw new Error(`no record for ${paper.kind}`);
    const text = await made(record, paper.kind);
    expect(text).not.toMatch(holes);
    const { papers: lines } = await program.call('paper.list', { id: record.id });
    const line = lines.find(({ kind }) => kind === paper.kind);
    expect(line?.fits).toBe(true);
    expect(line?.copies.flatMap(({ missing }) => missing)).toEqual([]);
    for (const value of everyPaper[paper.kind] ?? ['nothing is said of this paper'])
      expect(text).toContain(value);
  });
});
