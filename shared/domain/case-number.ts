import { toHalfWidth } from './text-normalise.ts';

/**
 * Case numbers from a pattern that a unit may edit, such as （{year}）{prefix}人调字第{n}号. Numbers run per
 * committee and year and begin again on 1 January. Slots: {year} four digits, {prefix} the committee's short
 * name, {n} or {n:3} the number in the year, the latter with leading zeros up to so many places.
 */

export type CaseNumber = {
  readonly year: number;
  readonly prefix: string;
  /** 1 and up */
  readonly number: number;
};

export type CaseNumberPattern = {
  readonly source: string;
  readonly pieces: readonly Piece[];
  /** Leading zeros up to so many places. */
  readonly places: number;
};

type Slot = 'year' | 'prefix' | 'n';
type Piece = { readonly text: string } | { readonly slot: Slot };

export type PatternProblem =
  | { readonly problem: 'pattern-slot-missing'; readonly slot: 'year' | 'n' }
  | { readonly problem: 'pattern-slot-twice'; readonly slot: Slot }
  | { readonly problem: 'pattern-slot-unknown'; readonly slot: string };

export type PatternReading =
  | { readonly ok: true; readonly pattern: CaseNumberPattern }
  | { readonly ok: false; readonly problems: readonly PatternProblem[] };

const slotShape = /\{([^{}]*)\}/g;
const numberSlot = /^n(?::([1-9]))?$/;

/**
 * Reads an edited pattern; every problem is named. What an accepted pattern prints can be
 * read back: the prefix has no digits, the year has four, and the rest is fixed.
 */
export function readCaseNumberPattern(source: string): PatternReading {
  const pieces: Piece[] = [];
  const problems: PatternProblem[] = [];
  let places = 1;
  let end = 0;
  for (const match of source.matchAll(slotShape)) {
    if (match.index > end) pieces.push({ text: source.slice(end, match.index) });
    end = match.index + match[0].length;
    const name = match[1] ?? '';
    const number = numberSlot.exec(name);
    const slot = number ? 'n' : name;
    if (number?.[1]) places = Number(number[1]);
    if (slot !== 'year' && slot !== 'prefix' && slot !== 'n')
      problems.push({ problem: 'pattern-slot-unknown', slot });
    else if (pieces.some((piece) => 'slot' in piece && piece.slot === slot)) {
      problems.push({ problem: 'pattern-slot-twice', slot });
    } else pieces.push({ slot });
  }
  if (end < source.length) pieces.push({ text: source.slice(end) });
  for (const slot of ['year', 'n'] as const) {
    if (!pieces.some((piece) => 'slot' in piece && piece.slot === slot))
      problems.push({ problem: 'pattern-slot-missing', slot });
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, pattern: { source, pieces, places } };
}

/** The printed number. The prefix may be empty; what isCaseNumberPrefix refuses is a RangeError. */
export function formatCaseNumber(pattern: CaseNumberPattern, caseNumber: CaseNumber): string {
  const { year, prefix, number } = caseNumber;
  if (!Number.isInteger(year) || year < 1000 || year > 9999) throw new RangeError(`not a year: ${year}`);
  if (!Number.isSafeInteger(number) || number < 1) throw new RangeError(`not a number: ${number}`);
  if (!isCaseNumberPrefix(prefix)) throw new RangeError(`not a prefix: ${prefix}`);
  return pattern.pieces
    .map((piece) => {
      if ('text' in piece) return piece.text;
      if (piece.slot === 'year') return String(year);
      return piece.slot === 'prefix' ? prefix : String(number).padStart(pattern.places, '0');
    })
    .join('');
}

/** A committee's short name: at most twenty characters, no digits, blanks, brackets or braces. */
export function isCaseNumberPrefix(prefix: string): boolean {
  return /^[\p{L}\p{M}\u00b7]{0,20}$/u.test(prefix);
}

/** Whether the short name is part of the number; without it all of a ledger's numbers of a year are one series. */
export function hasPrefix(pattern: CaseNumberPattern): boolean {
  return pattern.pieces.some((piece) => 'slot' in piece && piece.slot === 'prefix');
}

/** What is equal for a person who reads two numbers: brackets of every kind, full and half width, blanks or none. */
export function caseNumberKey(text: string): string {
  return sameBrackets(toHalfWidth(text.normalize('NFC'))).replace(/\s/g, '');
}

/** Reads a printed number back, or null. Brackets of every kind are equal, because old registers mix them. */
export function parseCaseNumber(pattern: CaseNumberPattern, text: string): CaseNumber | null {
  const groups = shapeOf(pattern).exec(sameBrackets(text))?.groups;
  const number = Number(groups?.n);
  if (!groups || !Number.isSafeInteger(number) || number < 1) return null;
  return { year: Number(groups.year), prefix: groups.prefix ?? '', number };
}

const shapes = new WeakMap<CaseNumberPattern, RegExp>();

function shapeOf(pattern: CaseNumberPattern): RegExp {
  const known = shapes.get(pattern);
  if (known) return known;
  const source = pattern.pieces
    .map((piece) => {
      if ('text' in piece) return sameBrackets(piece.text).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      if (piece.slot === 'year') return '(?<year>[1-9]\\d{3})';
      return piece.slot === 'prefix' ? '(?<prefix>[\\p{L}\\p{M}\\u00b7]{0,20})' : '(?<n>\\d{1,15})';
    })
    .join('');
  const shape = new RegExp(`^${source}$`, 'u');
  shapes.set(pattern, shape);
  return shape;
}

function sameBrackets(text: string): string {
  return text.replace(/[\u3014\uff3b\uff08[]/g, '(').replace(/[\u3015\uff3d\uff09\]]/g, ')');
}
