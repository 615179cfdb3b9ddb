import type { FieldProblems } from '#shared/api/errors.ts';
import { blanksIn } from '#shared/domain/phrase.ts';
import type { FieldSpecs } from '#shared/kinds/kind.ts';
import type { LedgerSpec } from './describe.ts';
import { isVoid } from './workflow.ts';

/**
 * Blanks (＿＿) that a phrase or a copied case left in the texts of a record, to be typed over. They are no fault while
 * the record is under way; when a step ends it (办结, 归档) they are said, because after that its texts are read as they
 * stand. Nobody is stopped: a line may be meant to be written in by hand.
 */

type Content = Readonly<Record<string, unknown>>;

/** Paths of texts with blanks in them, with how many. */
function blanksAt(ledger: LedgerSpec, content: Content): Record<string, number> {
  const found: Record<string, number> = {};
  const look = (fields: FieldSpecs, row: Content, path: string) => {
    for (const [name, { kind, isOff }] of Object.entries(fields)) {
      const value = row[name];
      if (isOff || (kind !== 'text' && kind !== 'note') || typeof value !== 'string') continue;
      const count = blanksIn(value);
      if (count > 0) found[path + name] = count;
    }
  };
  look(ledger.fields, content, '');
  for (const [name, { fields }] of Object.entries(ledger.children)) {
    const rows = content[name];
    if (!Array.isArray(rows)) continue;
    for (const [index, row] of rows.entries()) look(fields, row as Content, `${name}.${index}.`);
  }
  return found;
}

/** The blanks that are said when a record goes from one state to another. */
export function blanksLeft(
  ledger: LedgerSpec,
  from: string,
  to: string,
  content: Content,
): Record<string, number> {
  const { workflow } = ledger;
  const goesOn = from === to || workflow.states[to]?.isOpen === true || isVoid(workflow, to);
  return goesOn ? {} : blanksAt(ledger, content);
}

/** The same as warnings of a save. */
export const blankWarnings = (...of: Parameters<typeof blanksLeft>): FieldProblems =>
  Object.fromEntries(
    Object.entries(blanksLeft(...of)).map(([path, count]) => [path, { problem: 'blanks', count }]),
  );
