import { cleanLine, withoutMiddleDots } from '#shared/domain/text-normalise.ts';

/**
 * Text for the full-text index and queries against it, for an FTS5 table with `tokenize='ascii'` and one
 * column.
 *
 * FTS5 has no word boundaries for Chinese, so the index holds overlapping pairs and threes of characters, and a
 * word of three or more characters is a phrase of its threes: a phrase matches exactly where the characters stand
 * side by side. As pairs, a word whose pairs are frequent but stand nowhere side by side took 7.5 ms at 300,000
 * records. Every character also stands once as a token of its own, because a prefix query for one character
 * is forty times slower. Runs of letters and digits are indexed by sixes besides: a full identity number as 17 pairs
 * took 38 ms at 300,000 records, as 13 sixes 0.5 ms.
 *
 * What is not a letter or digit of some script separates; see foldForSearch for what counts as equal.
 */

/**
 * Between two stretches of tokens of one length, so that no phrase reaches over the end of the first; tokens of another
 * length between them do that by themselves. After every stretch it stood 57 times in a record, one list of 20 MB in the
 * index of 350,000, which a merge moves in one go (FTS5 stops only between tokens): saves waited a quarter of a second
 * for it. The tokenizer keeps every non-ASCII character.
 */
const gap = '\u00a6';
const readingMarker = '\u00a4';
const scopeMarker = '\u00a7';
const longGram = 6;

const dropped = /\p{Cf}|\p{Variation_Selector}/gu;
const separators = /[\p{P}\p{S}\p{Z}\p{Cc}\p{Cs}]+/gu;
const hyphenBetweenDigits = /(?<=\d)[-\u2010\u2011\uff0d](?=\d)/g;
const capitals = /[\p{Lu}\p{Lt}]/gu;
const alphanumericRuns = /[0-9a-z]{6,}/g;
const holdsAlphanumeric = /[0-9a-z]/;
const alphanumeric = /^[0-9a-z]+$/;
const letters = /^[a-z]+$/;

/**
 * What search looks at: lower case, half-width letters and digits, no middle dots (names are typed with and
 * without), no hyphens between digits (telephones), no variation selectors, and one blank for everything that
 * is not a letter or digit. A record is found when each blank-separated word of the folded query stands
 * inside one of its folded parts.
 */
export function foldForSearch(text: string): string {
  return withoutMiddleDots(cleanLine(text).replace(dropped, ''))
    .replace(hyphenBetweenDigits, '')
    .replace(capitals, (capital) => capital.toLowerCase())
    .replace(separators, ' ')
    .trim();
}

/**
 * What can be found of a record: the folded runs of its parts (a field's value each) and its marks (tokens of scope and
 * readings), with blanks between them, a line each. A quarter of the size of the text for the index, and of the work.
 */
export function entryText(parts: readonly string[], marks: readonly string[]): string {
  return `${parts.map(foldForSearch).join(' ')}\n${marks.join(' ')}`;
}

/** The text to index for an entry; no match reaches from one part into another. */
export function indexText(entry: string): string {
  const tokens: string[] = [];
  const single = new Set<string>();
  const [runs = '', marks = ''] = entry.split('\n');
  let before = 0;
  const put = (characters: readonly string[], size: number) => {
    if (characters.length < size) return;
    // A pair is a phrase by itself.
    if (before === size && size > 2) tokens.push(gap);
    before = size;
    for (const token of grams(characters, size)) tokens.push(token);
  };
  for (const run of runs.split(' ')) {
    const characters = Array.from(run);
    for (const character of characters) single.add(character);
    put(characters, 2);
    put(characters, 3);
    if (!holdsAlphanumeric.test(run)) continue;
    for (const number of run.match(alphanumericRuns) ?? []) put(Array.from(number), longGram);
  }
  return [...tokens, ...single, marks].join(' ');
}

/** What an entry must hold: of every group one word (which may be part of a longer one) or mark. */
export type Sought = readonly (readonly string[])[];

/**
 * What was typed, as what must be found, a group a word; empty when there is nothing to look for in it. Words separated
 * by anything but letters and digits must all be found. A word of Latin letters also finds the beginning of a
 * reading (see readingTokens).
 */
export function soughtIn(text: string): Sought {
  const words = foldForSearch(text).split(' ').filter(Boolean);
  return words.map((word) => (letters.test(word) ? [word, readingMarker + word] : [word]));
}

/** The same limited to entries that carry at least one token of every group; an empty group finds nothing. */
export function withScope(sought: Sought, ...groups: Sought): Sought {
  return [...groups.map((tokens) => (tokens.length > 0 ? tokens : [scopeMarker])), ...sought];
}

/** The MATCH expression for it. */
export function matchFor(sought: Sought): string {
  const conditions = sought.map((group) => group.map((one) => quote(isMark(one) ? one : phraseOf(one))));
  return conditions.map((one) => (one.length === 1 ? one.join('') : `(${one.join(' OR ')})`)).join(' AND ');
}

/** Whether an entry holds it: what MATCH says of the entry, for one that is not in the index yet. */
export function holds(entry: string, sought: Sought): boolean {
  const [runs = '', marks = ''] = entry.split('\n');
  const isThere = (one: string) => (isMark(one) ? ` ${marks} `.includes(` ${one} `) : runs.includes(one));
  return sought.every((group) => group.some(isThere));
}

/** What is typed holds no marker: it is a sign, and signs separate. */
const isMark = (text: string) => text.startsWith(readingMarker) || text.startsWith(scopeMarker);

/**
 * Tokens for the readings of a name (pinyin initials, full pinyin; letters only): every beginning of each.
 */
export function readingTokens(readings: readonly string[]): string[] {
  const tokens = new Set<string>();
  for (const reading of readings) {
    const folded = reading.toLowerCase().replace(/[^a-z]/g, '');
    for (let end = 1; end <= folded.length; end += 1) tokens.add(readingMarker + folded.slice(0, end));
  }
  return [...tokens];
}

/** The token by which a register's records are found: part of the index text and of the query's scope. */
export function ledgerToken(ledger: string): string {
  return scopeToken('l', ledger);
}

/**
 * The tokens of a unit code and of every area above it (2, 4, 6, 9, 12 digits), so that a level is one token
 * in the query however many units it has.
 */
export function unitTokens(unit: string): string[] {
  return unitChain(unit).map((code) => scopeToken('u', code));
}

function unitChain(unit: string): string[] {
  const above = [2, 4, 6, 9].filter((length) => length < unit.length && /^\d+$/.test(unit));
  return [...above.map((length) => unit.slice(0, length)), unit];
}

/**
 * The tokens of a part of a record of another unit, for the units that see the record and would not see the part by its own
 * unit.
 */
export function wholeTokens(ledger: string, wholeUnit: string, unit: string): string[] {
  const known = new Set(unitChain(unit));
  return unitChain(wholeUnit)
    .filter((code) => !known.has(code))
    .map((code) => wholeToken(ledger, code));
}

/** The token of parts of a register's records that are of a unit or of one below it. */
export function wholeToken(ledger: string, unit: string): string {
  return scopeToken('w', ledger + unit);
}

/** The token that all records of a unit and of the units below it carry. */
export function unitToken(unit: string): string {
  return scopeToken('u', unit);
}

/**
 * A token of the caller's own (sealed, deleted …): `kind` is one letter not used above, `code` letters and
 * digits.
 */
function scopeToken(kind: string, code: string): string {
  if (!/^[a-z]$/.test(kind) || !/^[0-9A-Za-z]+$/.test(code))
    throw new RangeError(`not a scope: ${kind} ${code}`);
  return scopeMarker + kind + code.toLowerCase();
}

/** A word as the tokens that stand side by side where it stands. */
function phraseOf(word: string): string {
  const characters = Array.from(word);
  const isLong = characters.length >= longGram && alphanumeric.test(word);
  return grams(characters, isLong ? longGram : Math.min(characters.length, 3)).join(' ');
}

function grams(characters: readonly string[], size: number): string[] {
  const result: string[] = [];
  for (let start = 0; start + size <= characters.length; start += 1) {
    // Added up: slices of arrays took most of the time of an entry.
    let gram = '';
    for (let at = start; at < start + size; at += 1) gram += characters[at];
    result.push(gram);
  }
  return result;
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** Nobody types more to find something; what is pasted by mistake would be looked for word by word. */
export const longestSearch = 200;
