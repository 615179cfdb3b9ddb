import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeOfficialDocx } from '#core/documents/docx.ts';
import { writeHtml } from '#core/documents/html.ts';
import { listHtml } from '#core/documents/list-html.ts';
import { fillTemplate } from '#core/documents/own-template.ts';
import { officialPage } from '#core/documents/templates.ts';
import { writableText } from '#shared/document/writable.ts';
import { fullCase } from '#tests/fixtures/full-case.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';
import { aTemplate } from '#tests/fixtures/template.ts';
import { xmlFaults } from './reading.ts';

// Whatever stands in a text, the file opens: every part of it is well-formed XML.

const hostile: Readonly<Record<string, string>> = {
  'U+FFFE': '\ufffe',
  'U+FFFF': '\uffff',
  NUL: '\u0000',
  'vertical tab': '\u000b',
  'form feed': '\u000c',
  escape: '\u001b',
  'high surrogate': '\ud83d',
  'low surrogate': '\ude00',
  marks: '<&>"\'',
  pair: '😀𠮷',
};
const all = Object.values(hostile)
  .map((sign) => `前${sign}后`)
  .join('；');

const documentOf = (text: string) => ({
  title: text,
  page: 'official',
  blocks: [
    { block: 'title' as const, runs: [{ text }] },
    { block: 'paragraph' as const, lead: [], runs: [{ text }] },
    { block: 'line' as const, runs: [{ text }], indent: 0, align: 'start' as const, keep: false },
  ],
});

let program: Program;
beforeAll(async () => {
  program = await aProgram();
});
afterAll(() => program.close());

describe.each(Object.entries({ ...hostile, all }))('%s', (_name, sign) => {
  const text = `前${sign}后`;

  test('in a .docx', async () => {
    const parts = unzipSync(await writeOfficialDocx(documentOf(text)));
    for (const [name, content] of Object.entries(parts))
      expect(xmlFaults(strFromU8(content)), name).toEqual([]);
    expect(strFromU8(parts['word/document.xml'] ?? new Uint8Array())).toMatch(/前[\s\S]*后/);
  });

  test('in a page', () => {
    const html = writeHtml(documentOf(text), officialPage(), 'print');
    expect(html).toBe(writableText(html));
    expect(html).toMatch(/前[\s\S]*后/);
    const list = listHtml(
      {
        title: text,
        facts: [text],
        columns: [{ label: text, weight: 4, isAmount: false }],
        rows: [[text]],
        empty: '',
      },
      '序号',
    );
    expect(list).toBe(writableText(list));
  });

  test('in a bureau’s own template', async () => {
    const data = { values: { 案号: text }, lists: { 当事人: [{ 姓名: text }] } };
    const template = await aTemplate(['案号{{案号}}', '{{#当事人}}', '{{姓名}}', '{{/当事人}}'], {
      header: '{{案号}}',
    });
    const { file } = fillTemplate(template, '模板', data);
    for (const [name, content] of Object.entries(unzipSync(file)))
      if (/\.(xml|rels)$/.test(name)) expect(xmlFaults(strFromU8(content)), name).toEqual([]);
  });
});

test('a case with such texts is made into a paper and a file that open', async () => {
  // Halves of a pair are refused when a record is saved.
  const text = all.replace(/\p{Surrogate}/gu, '');
  const record = await program.save(
    fullCase().with({ summary: `事实${text}`, agreementText: `条款${text}` }),
  );
  for (const method of ['paper.make', 'dossier.make'] as const) {
    const out = program.grant(method, `${program.beside}/${method}.docx`);
    const wish = method === 'paper.make' ? { kind: 'agreement' } : {};
    const { file } = await program.call(method as 'paper.make', { id: record.id, out, ...wish } as never);
    const { readFileSync } = await import('node:fs');
    for (const [name, content] of Object.entries(unzipSync(readFileSync(file))))
      expect(xmlFaults(strFromU8(content)), name).toEqual([]);
  }
});

test('the reader of this test finds what is not well-formed', () => {
  expect(xmlFaults('<a>\ufffe</a>')).not.toEqual([]);
  expect(xmlFaults('<a>\u0000</a>')).not.toEqual([]);
  expect(xmlFaults('<a>&amp;</a>')).toEqual([]);
  expect(xmlFaults('<a><b></a>')).not.toEqual([]);
});

test.each([
  ['an identity number', '证件号码999999197008104972，户籍地航天镇', true],
  ['a telephone', '联系电话13800000000。', true],
  ['years and a number of a paper', '于2025年9月1日以（2025）甘0921刑调33号委托', false],
])('%s is not spread apart with the characters before it', async (_what, text, isLong) => {
  const html = writeHtml(documentOf(text), officialPage(), 'print');
  expect(html.includes(`<p class="start">${text}`)).toBe(isLong);
  const { 'word/document.xml': body = new Uint8Array() } = unzipSync(
    await writeOfficialDocx(documentOf(text)),
  );
  const paragraphs = strFromU8(body)
    .split('<w:p>')
    .filter((one) => one.includes(text) && !one.includes('OfficialTitle') && !one.includes('"Title"'));
  expect(paragraphs.map((one) => one.includes('<w:jc w:val="left"/>'))).toEqual([isLong, isLong]);
});
