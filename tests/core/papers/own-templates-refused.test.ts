import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorText } from '#shared/text/errors.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';
import { altered, aTemplate, inFolder } from '#tests/fixtures/template.ts';

// What is not taken as a template, and how it is said: the place, and what to do. Nothing of it is kept.

let program: Program;
const folder = mkdtempSync(join(tmpdir(), 'ledger-refused-'));

beforeAll(async () => {
  program = await aProgram();
});
afterAll(async () => {
  await program.close();
  rmSync(folder, { recursive: true, force: true });
});

let count = 0;
function named(bytes: Uint8Array, name = '模板.docx'): string {
  count += 1;
  return program.grant(`in-${count}`, inFolder(folder, name, bytes));
}

describe('what is refused, and named', () => {
  const refusal = async (bytes: Uint8Array, name?: string) => {
    const refused = await program.refused('template.add', {
      file: named(bytes, name),
      title: '会被拒绝的模板',
    });
    const text = errorText(refused);
    expect(text).toMatch(/[。]$/);
    const { fault, at = '' } = refused.params as { fault?: string; at?: string };
    return { fault, at, code: refused.code, text };
  };

  test.each([
    ['an unknown name', ['{{案号}}', '{{承办法官}}'], 'unknown', '承办法官'],
    ['a raw XML place', ['{{@协议内容}}'], 'unknown', '@协议内容'],
    ['a name every object has', ['{{constructor}}'], 'unknown', 'constructor'],
    ['braces that do not close', ['案号{{案号，协议{{协议内容}}'], 'unclosed', '案号'],
    ['braces that do not open', ['案号}}'], 'unopened', ''],
    ['a list that does not end', ['{{#当事人}}', '{{姓名}}'], 'loop-unclosed', '当事人'],
    ['an end without a beginning', ['{{姓名}}', '{{/当事人}}'], 'loop-unopened', '当事人'],
    ['lists that cross', ['{{#当事人}}{{#是单位}}{{/当事人}}{{/是单位}}'], 'loop-crossed', '是单位'],
    [
      'a list in a list',
      ['{{#当事人}}', '{{#申请人}}', '{{姓名}}', '{{/申请人}}', '{{/当事人}}'],
      'list-in-list',
      '申请人',
    ],
    ['a party’s place outside', ['{{姓名}}'], 'only-in-list', '姓名'],
    ['no place at all', ['人民调解协议书'], 'no-places', ''],
    ['full-width braces', ['｛｛案号｝｝'], 'wide-braces', ''],
  ])('%s', async (_what, lines, fault, at) => {
    const found = await refusal(await aTemplate(lines));
    expect(found).toMatchObject({ code: 'own-template-refused', fault });
    expect(found.at).toContain(at);
    if (at !== '') expect(found.text).toContain(at.replace('@', ''));
  });

  test('what is no .docx', async () => {
    const other = zipSync({ 'a.txt': strToU8('no document') });
    expect((await refusal(strToU8('{\\rtf1 {{案号}}}'))).fault).toBe('not-docx');
    expect((await refusal(other)).fault).toBe('not-docx');
    expect((await refusal(new Uint8Array(0))).fault).toBe('not-docx');
    const word = await aTemplate(['{{案号}}']);
    expect((await refusal(word.slice(0, word.length / 2))).fault).toBe('not-docx');
    const old = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]);
    expect((await refusal(old, '旧.doc')).fault).toBe('old-word');
    const torn = altered(word, { 'word/document.xml': (text) => text.replace('</w:body>', '') });
    expect((await refusal(torn)).fault).toBe('broken-xml');
  });

  test('macros, embedded files, active fields, links outside, entities', async () => {
    const word = await aTemplate(['{{案号}}']);
    const types = (text: string) => text.replace('document.main+xml', 'document.macroEnabled.main+xml');
    expect((await refusal(altered(word, { '[Content_Types].xml': types }), '宏.docm')).fault).toBe('macros');
    expect((await refusal(altered(word, { 'word/vbaProject.bin': 'x' }))).fault).toBe('macros');
    const relation = (more: string) => ({
      'word/_rels/document.xml.rels': (text: string) =>
        text.replace('</Relationships>', `<Relationship Id="x9" ${more}/></Relationships>`),
    });
    const type = 'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    const far = relation(`${type}/image" Target="http://192.0.2.1/a.png" TargetMode="External"`);
    expect(await refusal(altered(word, far))).toMatchObject({
      fault: 'external',
      at: 'http://192.0.2.1/a.png',
    });
    // XML may quote with either mark and space around the sign of equality.
    const quoted = relation(`${type}/attachedTemplate" Target='file:///C:/t.dotm' TargetMode = 'External'`);
    expect((await refusal(altered(word, quoted))).fault).toBe('external');
    const inside = relation(`${type}/package" Target="embeddings/sheet.xlsx"`);
    expect((await refusal(altered(word, inside))).fault).toBe('embedded');
    const field = (text: string) =>
      text.replace(
        '<w:body>',
        '<w:body><w:p><w:r><w:instrText>DDE</w:instrText></w:r><w:r><w:instrText>AUTO c:\\x</w:instrText></w:r></w:p>',
      );
    expect((await refusal(altered(word, { 'word/document.xml': field }))).fault).toBe('field');
    const entity = (text: string) => text.replace('?>', '?><!DOCTYPE a [<!ENTITY b "c">]>');
    expect((await refusal(altered(word, { 'word/document.xml': entity }))).fault).toBe('broken-xml');
    // In another encoding the same text would not be seen by whoever looks for it in UTF-8.
    const wide = new Uint8Array(Buffer.from('\ufeff<?xml version="1.0"?><!DOCTYPE a>', 'utf16le'));
    expect((await refusal(altered(word, { 'word/styles.xml': wide }))).fault).toBe('broken-xml');
  });

  test('a bomb, and a file over the limit', async () => {
    const word = await aTemplate(['{{案号}}']);
    const bomb = altered(word, { 'word/media/a.png': new Uint8Array(80_000_000) });
    expect(bomb.length).toBeLessThan(1_000_000);
    expect((await refusal(bomb)).fault).toBe('too-big');
    const many = altered(
      word,
      Object.fromEntries(Array.from({ length: 1100 }, (_, at) => [`word/m${at}.xml`, ''])),
    );
    expect((await refusal(many)).fault).toBe('too-big');
    const noise = new Uint8Array(6_000_000).map((_, at) => (at * 2_654_435_761) >>> 13);
    const large = await refusal(zipSync({ a: [noise, { level: 0 }] }));
    expect(large).toMatchObject({ code: 'file-too-large' });
    expect(large.text).toContain('5');
  });

  test('nothing of what was refused is there', async () => {
    expect((await program.call('template.list', {})).map(({ title }) => title)).not.toContain(
      '会被拒绝的模板',
    );
  });
});
