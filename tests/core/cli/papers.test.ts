import { existsSync, statSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { textOf } from '#tests/core/papers/reading.ts';
import { fullCase } from '#tests/fixtures/full-case.ts';
import { aCommandLine, type CommandLine } from './command-line.ts';

let line: CommandLine;
let id: string;
beforeAll(async () => {
  line = aCommandLine();
  await line.json('init', '--level', 'station', '--unit', '620921103', '--name', '东坝镇司法所');
  const file = line.file('case.json', fullCase().record());
  id = String((await line.json('record', 'add', '--ledger', 'mediation', '--file', file)).id);
});
afterAll(() => line.remove());

test('one paper by its kind, its title or another name of it', async () => {
  for (const [index, kind] of ['agreement', '人民调解协议书', '协议书'].entries()) {
    const out = line.at(`paper-${index}.docx`);
    const made = await line.json('document', '--id', id, '--kind', kind, '--out', out);
    expect(made).toMatchObject({ file: out, isNew: index === 0 });
    expect(textOf(out)).toContain('柳春禾');
  }
});

test('what cannot be made is refused with a sentence, and no file is left', async () => {
  const out = line.at('none.docx');
  const refused = async (kind: string) => line.refused('document', '--id', id, '--kind', kind, '--out', out);
  expect(await refused('判决书')).toMatchObject({
    code: 'paper-unknown',
    message: expect.stringContaining('判决书'),
  });
  expect((await refused('终止书')).code).toBe('paper-unfit');
  expect(() => statSync(out)).toThrow();
});

test('the whole file; a file that is there is kept without --force', async () => {
  const out = line.at('file.docx');
  const made = await line.json('dossier', '--id', id, '--out', out);
  expect(made).toMatchObject({ file: out, pages: expect.any(Number) });
  expect(textOf(out)).toContain('卷内目录');
  expect((await line.refused('dossier', '--id', id, '--out', out)).code).toBe('file-exists');
  expect(await line.json('dossier', '--id', id, '--out', out, '--force')).toMatchObject({ file: out });
});

test('the house wording or a template by its number; one that is not there is refused', async () => {
  const out = line.at('house.docx');
  expect(
    await line.json(
      'document',
      '--id',
      id,
      '--kind',
      '协议书',
      '--template',
      'house',
      '--copy',
      'case',
      '--out',
      out,
    ),
  ).toMatchObject({ file: out });
  const nowhere = '00000000-0000-7000-8000-000000000000';
  const more = ['--template', nowhere, '--out', line.at('other.docx')];
  expect((await line.refused('document', '--id', id, '--kind', '协议书', ...more)).code).toBe(
    'own-template-missing',
  );
  const wrong = await line.run(line.on('dossier', '--id', id, ...more));
  expect(wrong.status).toBe(2);
});

test('forms for reserved numbers: what was not reserved is refused and nothing is written', async () => {
  const out = line.at('forms.docx');
  const words = ['blank', '--kind', '人民调解申请书,受理登记表', '--out', out];
  expect(await line.refused(...words, '--number', '（2025）东坝人调字第900号')).toMatchObject({
    code: 'form-number-refused',
    params: { why: 'unknown' },
  });
  expect(existsSync(out)).toBe(false);
  expect(await line.json(...words)).toEqual({ file: out, numbers: [] });
  expect(existsSync(out)).toBe(true);
});
