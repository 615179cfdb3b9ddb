import { z } from 'zod';

/**
 * Phrases and clauses (常用语) as data: seeds/phrases, a file a kind of dispute. The places in braces are filled from
 * the record in which the phrase is used; what the record does not know becomes a blank to be typed over.
 */

const item = z.strictObject({
  /** The field, by its name, in which the phrase is of use; `any` for every long text. */
  place: z.string().regex(/^[a-z][A-Za-z]*$/),
  title: z.string().min(1).max(40),
  text: z.string().min(1).max(2000),
});

export const phraseFileSchema = z.strictObject({
  /** Code of the kind of dispute (list disputeKind); null for every kind. */
  kind: z.string().nullable(),
  title: z.string().min(1),
  /** Whose wording it is, and which law it rests on. */
  source: z.string().min(1),
  items: z.array(item).min(1),
});

export type Phrase = {
  id: string;
  kind: string | null;
  place: string;
  title: string;
  text: string;
  /** Written by the unit, not shipped with the program. */
  isOwn: boolean;
};

/** What a blank looks like in a text; typing begins at the first. */
export const blank = '＿＿';
const anyPlace = 'any';

/** The phrases for a field of a record, those of the unit first, then those of the kind, then those of every kind. */
export function phrasesFor(all: readonly Phrase[], place: string, kind: string | null): Phrase[] {
  const rank = (phrase: Phrase) =>
    (phrase.isOwn ? 0 : 4) + (phrase.kind === null ? 2 : 0) + (phrase.place === anyPlace ? 1 : 0);
  return all
    .filter((phrase) => phrase.place === place || phrase.place === anyPlace)
    .filter((phrase) => phrase.kind === null || kind === null || phrase.kind === kind)
    .map((phrase, index) => ({ phrase, index }))
    .sort((left, right) => rank(left.phrase) - rank(right.phrase) || left.index - right.index)
    .map(({ phrase }) => phrase);
}

/** The text with its places filled; `saidOf` gives null for what the record does not know, undefined for no place. */
export function filledPhrase(text: string, saidOf: (place: string) => string | null | undefined): string {
  return text.replace(/\{([^{}\n]{1,12})\}/g, (whole, place: string) => {
    const value = saidOf(place.trim());
    return value === undefined ? whole : (value ?? blank);
  });
}

/** How many blanks a text has; a line of underscores is one too. */
export const blanksIn = (text: string): number => text.match(/＿+|_{2,}/g)?.length ?? 0;

/** Where the first blank stands, to be typed over; null where there is none. */
export function firstBlank(text: string): { from: number; to: number } | null {
  const found = /＿+/.exec(text);
  return found ? { from: found.index, to: found.index + found[0].length } : null;
}
