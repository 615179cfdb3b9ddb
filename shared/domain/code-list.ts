import { z } from 'zod';
import { type Day, parseDay } from '#shared/domain/day.ts';
import { cleanLine } from '#shared/domain/text-normalise.ts';

/**
 * Published code lists as data (seeds/codes). A code's meaning never changes; another edition is another list
 * of the same name with its own validity. Items may come and go within an edition by their own validity.
 */

const day = z.custom<Day>((value) => typeof value === 'string' && parseDay(value) !== null, 'not a day');

export const codeItemSchema = z.strictObject({
  code: z.string().regex(/^[0-9A-Za-z]{1,30}$/),
  label: z.string().min(1).max(60),
  /** Other words for the same, as registers and people write them. */
  aliases: z.array(z.string().min(1).max(60)).optional(),
  /** The code of the item that this one belongs under (法院委托移送 under 接受委托移送调解). */
  under: z.string().optional(),
  /** A heading over others, which no record carries itself. */
  heading: z.literal(true).optional(),
  validFrom: day.optional(),
  validTo: day.optional(),
});
export type CodeItem = z.infer<typeof codeItemSchema>;

export const codeListSchema = z.strictObject({
  /** The name that field descriptions give. */
  list: z.string().regex(/^[a-z][A-Za-z]*$/),
  title: z.string().min(1),
  edition: z.string().min(1),
  validFrom: day,
  validTo: day.nullable(),
  /** Where the list was taken from, or that it is the program's own. */
  source: z.string().min(1),
  /** How sure it is that the list is the one in force; `low` was not seen in an official text. */
  sure: z.enum(['high', 'medium', 'low']),
  /** The county's own: a unit may keep an edition of its own. */
  isLocal: z.literal(true).optional(),
  items: z.array(codeItemSchema).min(1),
});
export type CodeList = z.infer<typeof codeListSchema>;

type Validity = { readonly validFrom?: Day | undefined; readonly validTo?: Day | null | undefined };

function isValidOn(thing: Validity, on: Day): boolean {
  return (thing.validFrom ?? on) <= on && on <= (thing.validTo ?? on);
}

/** The edition of a list that was in force on a day; where none was, null. */
export function editionOn(lists: readonly CodeList[], name: string, on: Day): CodeList | null {
  return lists.find((list) => list.list === name && isValidOn(list, on)) ?? null;
}

/** The items that a record of that day may carry, in the list's order, without headings. */
export function itemsOn(list: CodeList, on: Day): CodeItem[] {
  return list.items.filter((item) => !item.heading && isValidOn(item, on));
}

/**
 * What is typed for an item of a list: a published code is a number and is typed itself; codes of our own are words
 * that nobody sees, so there the place in what is offered counts, from 1.
 */
export const typedNumber = (code: string, index: number): string =>
  /^\d/.test(code) ? code : String(index + 1);

/** By code, what is typed on a day for each item that a record of that day may carry. */
export function typedNumbersOn(list: CodeList, on: Day): Map<string, string> {
  return new Map(itemsOn(list, on).map(({ code }, index) => [code, typedNumber(code, index)]));
}

/** Whether a record of that day may carry the code. */
export function hasCodeOn(list: CodeList, code: string, on: Day): boolean {
  return itemsOn(list, on).some((item) => item.code === code);
}

/** Every edition of every list, as forms, checks and papers look into them. */
export type CodeBook = {
  /** What a record of that day may carry. A day outside every edition is offered the newest one. */
  items(list: string, on: Day): CodeItem[];
  /** Of the first edition that knows the code; null where none does. */
  label(list: string, code: string): string | null;
};

export function createCodeBook(lists: readonly CodeList[]): CodeBook {
  const byName = new Map<string, CodeList[]>();
  for (const list of lists) byName.set(list.list, [...(byName.get(list.list) ?? []), list]);
  const editions = (name: string) => byName.get(name) ?? [];
  return {
    items(name, on) {
      const list = editionOn(editions(name), name, on) ?? editions(name).at(-1);
      return list ? itemsOn(list, on) : [];
    },
    label(name, code) {
      for (const list of editions(name)) {
        const label = labelOf(list, code);
        if (label !== null) return label;
      }
      return null;
    },
  };
}

/** The label of a code, also of one no longer valid; null for an unknown code. */
export function labelOf(list: CodeList, code: string): string | null {
  return list.items.find((item) => item.code === code)?.label ?? null;
}

/**
 * The item meant by typed or imported text: by code, else by label, else by alias, whatever the case, the
 * width and the blanks. Null where nothing fits. With a day only what was valid then is looked at.
 */
export function matchCode(list: CodeList, typed: string, on?: Day): CodeItem | null {
  const wanted = fold(typed);
  if (wanted === '') return null;
  const items = on === undefined ? list.items.filter((item) => !item.heading) : itemsOn(list, on);
  return (
    items.find((item) => fold(item.code) === wanted) ??
    items.find((item) => fold(item.label) === wanted) ??
    items.find((item) => item.aliases?.some((alias) => fold(alias) === wanted)) ??
    null
  );
}

function fold(text: string): string {
  return cleanLine(text).replaceAll(' ', '').toLowerCase();
}
