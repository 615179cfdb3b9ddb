import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Saved } from '#shared/api/types.ts';
import { fullCase } from '#tests/fixtures/full-case.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

// Blanks that a phrase or a copy left in a text are said before anybody prints, files or ends a case with them.

let program: Program;
let files = 0;
beforeAll(async () => {
  program = await aProgram();
});
afterAll(() => program.close());

const text = '一、＿＿于＿＿前赔偿三千元；\n二、双方再无争议。';
const withBlanks = () => fullCase().with({ agreementText: text });
const out = () => {
  files += 1;
  return program.grant(`blanks-${files}`, `${program.beside}/blanks-${files}.docx`);
};

async function linesOf({ id }: Saved, kind: string) {
  const { papers } = await program.call('paper.list', { id });
  return papers.find((paper) => paper.kind === kind)?.copies ?? [];
}

test('a paper with such a text says so, one without it does not', async () => {
  const saved = await program.save(withBlanks());
  expect(await linesOf(saved, 'agreement')).toMatchObject([{ blanks: ['协议内容'] }]);
  expect(await linesOf(saved, 'confirmation')).toMatchObject([{ blanks: ['协议内容'] }]);
  expect(await linesOf(saved, 'registration')).toMatchObject([{ blanks: [] }]);
  expect(await linesOf(await program.save(fullCase()), 'agreement')).toMatchObject([{ blanks: [] }]);
});

test('it is made all the same, and what is made says what is left open', async () => {
  const { id } = await program.save(withBlanks());
  const made = await program.call('paper.make', { id, kind: 'agreement', out: out() });
  expect(made.blanks).toEqual([{ title: '人民调解协议书', labels: ['协议内容'] }]);
  const page = await program.call('dossier.preview', { id });
  expect(page.blanks).toContainEqual({ title: '人民调解协议书', labels: ['协议内容'] });
  const file = await program.call('dossier.make', { id, out: out() });
  expect(file.blanks).toEqual(page.blanks);
});

test('ending or filing a case with them warns, and goes on', async () => {
  const open = await program.save(
    fullCase().with({ agreementText: null, outcome: null, concludedOn: null, remark: '＿＿' }),
  );
  expect(open.warnings.remark).toBeUndefined();
  const ended = await program.call('ledger.act', {
    id: open.id,
    action: 'conclude',
    baseVersion: open.version,
    record: { outcome: 'agreed', concludedOn: '2025-03-10', agreementForm: 'written', agreementText: text },
  });
  expect(ended.state).toBe('agreed');
  expect(ended.warnings).toMatchObject({ agreementText: { problem: 'blanks', count: 2 } });
  const again = await program.call('ledger.act', {
    id: open.id,
    action: 'archive',
    baseVersion: ended.version,
    record: { archivedOn: '2025-06-30' },
  });
  expect(again.state).toBe('archived');
  expect(again.warnings).toMatchObject({ agreementText: { problem: 'blanks', count: 2 } });
});

test('a phrase of the unit may have as many as it likes', async () => {
  const phrase = await program.call('ledger.save', {
    ledger: 'phrase',
    record: { name: '赔偿', addedOn: '2025-03-01', place: 'agreementText', text: '＿＿赔偿＿＿元。' },
  });
  expect(phrase.warnings).toEqual({});
});
