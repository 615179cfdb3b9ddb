import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPhrases } from '#core/settings/phrases.ts';
import { codeListSchema } from '#shared/domain/code-list.ts';
import { blank, filledPhrase, firstBlank, type Phrase, phrasesFor } from '#shared/domain/phrase.ts';
import { mediation } from '#shared/ledgers/mediation.ts';
import { phrasePlaces, placeValue } from '#shared/text/phrases.ts';

const seeds = resolve(import.meta.dirname, '../../../seeds');
const codesOf = (file: string): string[] =>
  codeListSchema
    .parse(JSON.parse(readFileSync(join(seeds, 'codes', file), 'utf8')))
    .items.map(({ code }) => code);
const all = readPhrases(seeds);
const kinds = codesOf('dispute-kind.json');

describe('seeds/phrases', () => {
  test('every file is read', () => {
    const files = readdirSync(join(seeds, 'phrases')).filter((name) => name.endsWith('.json'));
    expect(new Set(all.map(({ id }) => id.split('#')[0])).size).toBe(files.length);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  test.each(kinds)('kind %s has summaries and clauses of its own', (kind) => {
    const of = (place: string) => all.filter((one) => one.kind === kind && one.place === place).length;
    expect([2, 3, 4]).toContain(of('summary'));
    expect([3, 4, 5, 6]).toContain(of('agreementText'));
  });

  test('every phrase stands where there is a field for it, and names only places that are filled', () => {
    const places = codesOf('phrase-place.json');
    const notes = Object.entries(mediation.fields).filter(([, { kind }]) => kind === 'note');
    expect(places.filter((place) => place !== 'any' && !notes.some(([name]) => name === place))).toEqual([]);
    for (const { id, place, kind, text } of all) {
      expect(places, id).toContain(place);
      if (kind !== null) expect(kinds, id).toContain(kind);
      const named = [...text.matchAll(/\{([^}]*)\}/g)].map((match) => match[1]);
      expect(
        named.filter((name) => !phrasePlaces.includes(name ?? '')),
        id,
      ).toEqual([]);
      expect(text.replace(/\{[^}]*\}/g, ''), id).not.toMatch(/[{}_]|　/);
      // What is inserted fits the field.
      const max = mediation.fields[place as 'summary']?.max ?? 2000;
      expect(text.length, id).toBeLessThanOrEqual(max);
    }
  });

  test('no two phrases of a place have the same title within a kind', () => {
    const titles = all.map(({ kind, place, title }) => `${kind} ${place} ${title}`);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });
});

const content = {
  parties: [
    { side: 'applicant', name: '柳春禾' },
    { side: 'respondent', name: '边小舟' },
    { side: 'respondent', name: '边大海' },
  ],
  amountFen: 120_050,
  performBy: '2025-07-01',
};

test('a phrase is filled from the record; what it does not know is a blank', () => {
  const fill = (text: string) => filledPhrase(text, (place) => placeValue(content, place));
  expect(fill('{被申请人}于{期限}前付{申请人}{金额}，在{地点}。')).toBe(
    `边小舟、边大海于2025年7月1日前付柳春禾1200.50元，在${blank}。`,
  );
  expect(fill('{见附表}不动，{不 收口')).toBe('{见附表}不动，{不 收口');
  expect(firstBlank(fill('甲{地点}乙'))).toEqual({ from: 1, to: 3 });
  expect(firstBlank('没有空')).toBeNull();
});

test('those of the unit come first, then those of the kind, then those of every kind', () => {
  const make = (id: string, kind: string | null, place: string, isOwn = false): Phrase => ({
    id,
    kind,
    place,
    title: id,
    text: id,
    isOwn,
  });
  const some = [
    make('general', null, 'summary'),
    make('any', null, 'any'),
    make('kind', '02', 'summary'),
    make('other', '03', 'summary'),
    make('elsewhere', '02', 'agreementText'),
    make('own', null, 'summary', true),
  ];
  const found = (kind: string | null) => phrasesFor(some, 'summary', kind).map(({ id }) => id);
  expect(found('02')).toEqual(['own', 'kind', 'general', 'any']);
  expect(found(null)).toEqual(['own', 'kind', 'other', 'general', 'any']);
});
