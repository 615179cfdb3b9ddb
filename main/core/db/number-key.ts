import type { Sql } from './sql.ts';

const range = (from: string, count: number) =>
  Array.from({ length: count }, (_, index) => String.fromCodePoint((from.codePointAt(0) ?? 0) + index));

const wide = [...range('０', 10), ...range('Ａ', 26), ...range('ａ', 26)];
const brackets: readonly [string, string][] = [
  ...['〔', '［', '（', '['].map((one) => [one, '('] as [string, string]),
  ...['〕', '］', '）', ']'].map((one) => [one, ')'] as [string, string]),
];
const blanks = ["' '", "'\u3000'", 'char(160)', 'char(9)', 'char(10)', 'char(13)'];

/**
 * A number as a person reads it, in SQL: what `caseNumberKey` makes of it, but for characters that are composed of
 * several. Indexes of numbers are on this expression, so it may never change; another one is another index.
 */
export function numberKey({ text, values }: Sql): Sql {
  const without = blanks.reduce((inner, blank) => `replace(${inner}, ${blank}, '')`, text);
  const bracketed = brackets.reduce(
    (inner, [one, other]) => `replace(${inner}, '${one}', '${other}')`,
    without,
  );
  const narrow = wide.reduce((inner, one) => {
    const half = String.fromCodePoint((one.codePointAt(0) ?? 0) - 0xfee0);
    return `replace(${inner}, '${one}', '${half}')`;
  }, bracketed);
  return { text: narrow, values };
}
