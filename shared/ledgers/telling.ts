import type { RecordContent } from '#shared/api/types.ts';
import { isDay } from '#shared/domain/day.ts';
import { blank } from '#shared/domain/phrase.ts';
import { isEmpty } from '#shared/kinds/conditions.ts';
import type { FieldSpec } from '#shared/kinds/kind.ts';
import type { LedgerSpec } from './describe.ts';
import { eachPart, veilOf } from './veil.ts';

/**
 * What a text tells of the persons of a record, to be left out where the text goes on into another one (个人信息保护法 art. 6:
 * no more than the purpose needs). Other than masks, nothing of an organisation stays either: it is no party there.
 */
export const tellings = ['name', 'number', 'address', 'birthday'] as const;
export type Telling = (typeof tellings)[number];

export type Told = readonly { readonly as: Telling; readonly text: string }[];

function tellingOf(spec: FieldSpec): Telling | null {
  const veil = veilOf(spec);
  if (veil === 'name' || veil === 'names') return 'name';
  if (veil === 'identity' || veil === 'phone' || spec.kind === 'credit') return 'number';
  if (veil === 'address') return 'address';
  return veil === 'day' ? 'birthday' : null;
}

/** How a day can stand in a text. */
function daysWritten(day: string): string[] {
  const [year, month, date] = day.split('-') as [string, string, string];
  const [m, d] = [Number(month), Number(date)];
  return [
    day,
    `${year}年${month}月${date}日`,
    `${year}年${m}月${d}日`,
    `${year}.${month}.${date}`,
    `${year}.${m}.${d}`,
  ];
}

/** What a record has of persons in fields of their own, the longer first: 王强 must not take half of 王强国. */
export function toldIn(ledger: LedgerSpec, content: RecordContent): Told {
  const told: { as: Telling; text: string }[] = [];
  eachPart(ledger, content, (fields, row) => {
    for (const [name, spec] of Object.entries(fields)) {
      const as = tellingOf(spec);
      const value = row[name];
      if (as === null || typeof value !== 'string') continue;
      const texts = as === 'birthday' ? (isDay(value) ? daysWritten(value) : []) : partsOf(spec, value);
      told.push(...texts.map((text) => ({ as, text })));
    }
  });
  // A single character stands in too many words.
  return told.filter(({ text }) => text.length > 1).sort((one, other) => other.text.length - one.text.length);
}

const partsOf = (spec: FieldSpec, value: string): string[] =>
  (veilOf(spec) === 'names' ? value.split(/[、，,；;\s]+/) : [value]).map((text) => text.trim());

/** Digits in groups, as telephones and accounts are written; those of a date (2025-03-01) are too short to be one. */
const groups = /[\d０-９]{3,}(?:[ \u3000-][\d０-９]{3,})*[XxＸｘ]?/g;
const longNumber = 11;

const isLongNumber = (text: string) => (text.match(/[\d０-９]/g)?.length ?? 0) >= longNumber;

/**
 * The text with blanks for it, and for numbers of eleven digits and more (identity, telephone, account), whoever's they are;
 * `left` says what gave way.
 */
export function withoutTold(text: string, told: Told): { text: string; left: Telling[] } {
  const left = new Set<Telling>();
  let kept = text;
  for (const one of told) {
    if (!kept.includes(one.text)) continue;
    left.add(one.as);
    kept = kept.replaceAll(one.text, blank);
  }
  kept = kept.replace(groups, (number) => {
    if (!isLongNumber(number)) return number;
    left.add('number');
    return blank;
  });
  return { text: kept, left: tellings.filter((as) => left.has(as)) };
}

/**
 * What the next record takes from this one (`remembers`). A place that is named after one of its persons (王强家) is nowhere
 * for the next ones to be.
 */
export function rememberedOf(ledger: LedgerSpec, content: RecordContent): RecordContent {
  const told = toldIn({ ...ledger, fields: {} }, content);
  const taken: RecordContent = {};
  for (const name of ledger.remembers ?? []) {
    const value = content[name];
    if (isEmpty(value) || value === undefined) continue;
    if (typeof value === 'string' && told.some(({ text }) => value.includes(text))) continue;
    taken[name] = value;
  }
  return taken;
}
