import { isCaseNumberPrefix } from '#shared/domain/case-number.ts';
import { cleanLine, cleanLines } from '#shared/domain/text-normalise.ts';
import { bad, type FieldSpec, good, type Kind, type Read } from './kind.ts';

function checkText(value: unknown, spec: FieldSpec): Read<string> {
  if (typeof value !== 'string') return bad({ problem: 'wrong-type' });
  const max = spec.max ?? (spec.kind === 'note' ? 20_000 : 200);
  // Counted in characters as a person sees them: a rare character outside the BMP is one.
  if (value.length > max && [...value].length > max) return bad({ problem: 'too-long', max });
  if (spec.lettersOnly && !isCaseNumberPrefix(value)) return bad({ problem: 'letters-only' });
  return good(value);
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
