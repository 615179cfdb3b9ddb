import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DossierMade, Saved } from '#shared/api/types.ts';
import { aFullCase, fullCase, notesOf } from '#tests/fixtures/full-case.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';
import { type Page, renderPages } from '#tests/fixtures/rendered.ts';
import { holes, textOf } from './reading.ts';

// The whole file as pages: every piece in order, numbers that run through, and a catalogue that tells the truth.

let program: Program;
let full: Saved;
const folder = mkdtempSync(join(tmpdir(), 'ledger-dossier-'));

beforeAll(async () => {
  program = await aProgram();
  full = await aFullCase(program);
});
afterAll(async () => {
  await program.close();
  rmSync(folder, { recursive: true, force: true });
});

let count = 0;
function made(record: Saved): Promise<DossierMade> {
  count += 1;
  const out = program.grant(`dossier-${count}`, join(folder, `made-${count}.docx`));
  return program.call('dossier.make', { id: record.id, out });
}

async function laidOut(record: Saved): Promise<DossierMade & { sheets: Page[] }> {
  const answer = await made(record);
  return { ...answer, sheets: renderPages(readFileSync(answer.file), folder, `laid-${count}`) };
}

/** The number printed at the foot of a page; null where there is none. */
const numberOf = (page: Page): number | null => {
  const foot = page.lines.find((line) => /^—\d+—$/.test(line.text));
  return foot ? Number(foot.text.slice(1, -1)) : null;
};
const titleOf = (page: Page) => page.lines[0]?.text ?? '';

/** Pieces as they lie in the made pages: title and number of each page that begins with one of the titles. */
function begun(sheets: Page[], titles: readonly string[]): [string, number | null][] {
  return sheets
    .filter((page) => titles.includes(titleOf(page)))
    .map((page) => [titleOf(page), numberOf(page)]);
}

function expectTrue({ sheets, pieces, pages }: DossierMade & { sheets: Page[] }): void {
  const titles = pieces.map(({ title }) => title);
  expect(begun(sheets, titles)).toEqual(pieces.map(({ title, first }) => [title, first]));
  const numbers = sheets.map(numberOf);
  const front = numbers.indexOf(1);
  expect(numbers.slice(0, front).every((number) => number === null)).toBe(true);
  expect(numbers.slice(front, -1)).toEqual(Array.from({ length: pages }, (_, index) => index + 1));
  expect(numbers.at(-1)).toBeNull();
  // What the catalogue prints, as a reader that renews the fields shows it.
  const catalogue = sheets.slice(1, front).flatMap(({ lines }) => lines.map(({ text }) => text));
  for (const [index, piece] of pieces.entries()) {
    const row = catalogue.find((text) => text.startsWith(`${index + 1}${piece.title}`)) ?? '';
    expect(row).toMatch(new RegExp(`^${index + 1}${piece.title}${piece.first}(?!\\d{3})`));
  }
}

describe('the file of a full case', () => {
  test('cover, catalogue, every paper in order, back; continuous numbers; the catalogue names the page', async () => {
    const dossier = await laidOut(full);
    expect(dossier.pieces.map(({ title, note }) => title + note)).toEqual([
      '人民调解申请书',
      '人民调解当事人权利义务告知书',
      '授权委托书柳春禾',
      '人民调解调查记录2025年3月3日',
      '人民调解调查记录2025年3月5日',
      '人民调解记录2025年3月10日',
      '人民调解协议书',
      '人民调解回访记录',
      '人民调解回访记录2025年6月12日',
      '司法确认申请书',
      '卷宗情况说明',
    ]);
    expect(titleOf(dossier.sheets[0]!)).toBe('人民调解卷宗');
    expect(titleOf(dossier.sheets[1]!)).toBe('卷内目录');
    expect(titleOf(dossier.sheets.at(-1)!)).toBe('装订说明');
    expectTrue(dossier);
    expect(textOf(dossier.file)).not.toMatch(holes);
    expect(textOf(dossier.file)).toContain(`本卷共${dossier.pages}页`);
  }, 60_000);

  test('the number in the catalogue stands in the file and renews itself', async () => {
    const { file, pieces } = await made(full);
    const xml = strFromU8(unzipSync(readFileSync(file))['word/document.xml'] ?? new Uint8Array());
    const fields = [...xml.matchAll(/w:instr="PAGEREF (piece\d+)"[^>]*>.*?<w:t[^>]*>(\d+)<\/w:t>/g)];
    expect(fields.map(([, , number]) => Number(number))).toEqual(pieces.map(({ first }) => first));
    for (const [, name] of fields) expect(xml).toContain(`w:name="${name}"`);
  }, 60_000);

  test('the same case gives the same bytes', async () => {
    const [one, two] = [await made(full), await made(full)];
    expect(readFileSync(one.file).equals(readFileSync(two.file))).toBe(true);
    expect(one.issued).toBe(two.issued);
  }, 60_000);
});

describe('texts of any length', () => {
  // Chinese only: the font that stands in for 仿宋 here has digits wider than half a character, the real one has not.
  const sentence =
    '申请人说，墙是前年五月砌的；被申请人说：“水从高处来，与我家无关。”双方各有照片、证人，说法不一。';
  test.each([24, 67])(
    '%i sentences a record: counted as they are laid out',
    async (sentences) => {
      const record = await program.save(
        fullCase().with({
          summary: sentence.repeat(Math.ceil(sentences / 2)),
          agreementText: `${sentence}\n`.repeat(5),
        }),
      );
      for (const [index, note] of notesOf(record.id).entries()) {
        const text = `${sentence.repeat(1 + ((index * 7 + sentences) % 5))}\n`.repeat(sentences);
        await program.call('ledger.save', { ledger: 'caseNote', record: { ...note, text } });
      }
      expectTrue(await laidOut(record));
    },
    90_000,
  );
});

describe('what goes into a file', () => {
  test('a simple case without an application has the form of registration, and nothing that it has no use for', async () => {
    const record = await program.save(
      fullCase().with({ source: 'initiative', aftermath: 'none' }).failed('2025-03-11'),
    );
    const { pieces } = await made(record);
    expect(pieces.map(({ title }) => title)).toEqual([
      '人民调解受理登记表',
      '人民调解当事人权利义务告知书',
      '授权委托书',
      '人民调解记录',
      '人民调解终止（不成功）告知书',
      '人民调解回访记录',
    ]);
  }, 60_000);

  test('chosen papers only; one that does not fit is refused', async () => {
    const out = program.grant('chosen', join(folder, 'chosen.docx'));
    const { pieces } = await program.call('dossier.make', {
      id: full.id,
      kinds: ['协议书', '调解记录'],
      out,
    });
    expect(pieces.map(({ title }) => title)).toEqual(['人民调解记录', '人民调解协议书']);
    const failure = await program.refused('dossier.make', { id: full.id, kinds: ['终止书'], out });
    expect(failure.code).toBe('paper-unfit');
  });
});
