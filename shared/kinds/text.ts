import { isCaseNumberPrefix } from '#shared/domain/case-number.ts';
import { cleanLine, cleanLines, withoutInvisible } from '#shared/domain/text-normalise.ts';
import { bad, type FieldSpec, good, type Kind, type Read } from './kind.ts';

function checkText(typed: unknown, spec: FieldSpec): Read<string> {
  if (typeof typed !== 'string') return bad({ problem: 'wrong-type' });
  const value = withoutInvisible(typed);
  if (value.trim() === '') return good('');
  const max = spec.max ?? (spec.kind === 'note' ? 20_000 : 200);
  // Counted in characters as a person sees them: a rare character outside the BMP is one.
  if (value.length > max && [...value].length > max) return bad({ problem: 'too-long', max });
  if (spec.lettersOnly && !isCaseNumberPrefix(value)) return bad({ problem: 'letters-only' });
  return spec.isName ? checkName(value) : good(value);
}

/**
 * A name has two to fifty characters as a rule; a dot and the rarest character may stand in it. One character is kept
 * and said: notes call people 甲 and 乙.
 */
function checkName(value: string): Read<string> {
  if (!/\p{L}/u.test(value)) return bad({ problem: 'no-name', text: value });
  return [...value.trim()].length === 1 ? good(value, { problem: 'short-name', text: value }) : good(value);
}

/** One line of text. */
export const text: Kind<string> = {
  name: 'text',
  sqlType: 'TEXT',
  check: checkText,
  fromText: (typed, spec) => checkText(cleanLine(typed), spec),
  toText: (value) => value,
};

/** Text of several lines, line breaks kept. */
export const note: Kind<string> = {
  name: 'note',
  sqlType: 'TEXT',
  check: checkText,
  fromText: (typed, spec) => checkText(cleanLines(typed), spec),
  toText: (value) => value,
};
