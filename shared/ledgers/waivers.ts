import type { FieldProblems } from '#shared/api/errors.ts';
import type { RecordContent, Scalar } from '#shared/api/types.ts';
import { applies, isEmpty } from '#shared/kinds/conditions.ts';
import { text } from '#shared/kinds/fields.ts';
import type { FieldSpecs } from '#shared/kinds/kind.ts';
import type { ChildSpec } from './describe.ts';

/**
 * 不适用. A field that the law leaves open (its description says `mayWaive`) may be declared not to apply to a record,
 * with a reason: 人民调解法 art. 29 says what an agreement may hold, not what it must. The declarations are children of
 * the record, so they have versions, travel and are checked like everything else.
 */

/** The name of the child in every ledger that has one. */
export const waiversName = 'waivers';

/** The child of a ledger whose fields may be declared 不适用; its table has `field` and `reason`. */
export const waiverChild = (table: string) =>
  ({
    title: '不适用的项目',
    table,
    min: 0,
    isBeside: true,
    fields: {
      field: text({ label: '项目', max: 60, required: true }),
      reason: text({ label: '不适用的理由', max: 200, required: true }),
    },
  }) as const satisfies ChildSpec;

type Content = Readonly<Record<string, unknown>>;
type Row = Readonly<Record<string, unknown>>;

const rowsOf = (content: Content): readonly Row[] => {
  const rows = content[waiversName];
  return Array.isArray(rows) ? (rows as Row[]) : [];
};

/** Why the field does not apply to the record; null where nothing was declared. Papers print 不适用 for it. */
export function waiverOf(content: Content, field: string): string | null {
  const row = rowsOf(content).find((one) => one.field === field);
  return row === undefined ? null : String(row.reason ?? '');
}

/** A declaration counts with its reason only. */
export const isWaived = (content: Content, field: string): boolean => !isEmpty(waiverOf(content, field));

/** The declarations with one more, or with another reason for one there is. */
export function withWaiver(content: Content, field: string, reason: string): Record<string, Scalar>[] {
  return [...withoutWaiver(content, field), { field, reason }];
}

export function withoutWaiver(content: Content, field: string): Record<string, Scalar>[] {
  return rowsOf(content).filter((row) => row.field !== field) as Record<string, Scalar>[];
}

/**
 * Checks declarations against the fields: only what may be waived, once, and not beside a value. What no longer
 * applies to the record goes, as a value would.
 */
export function checkWaivers(
  fields: FieldSpecs,
  content: RecordContent,
  problems: FieldProblems,
  warnings: FieldProblems,
): void {
  const rows = rowsOf(content);
  if (rows.length === 0) return;
  const known = new Set<string>();
  const kept: Row[] = [];
  for (const [index, row] of rows.entries()) {
    const field = String(row.field ?? '');
    const spec = fields[field];
    const path = `${waiversName}.${index}.field`;
    if (isEmpty(field)) kept.push(row);
    else if (!spec?.mayWaive || known.has(field)) problems[path] = { problem: 'not-waivable', field };
    else if (!isEmpty(content[field])) problems[path] = { problem: 'waived-filled', field };
    else if (applies(spec, content)) kept.push(row);
    else if (spec.when) warnings[field] = { problem: 'not-kept', other: spec.when.field };
    known.add(field);
  }
  if (kept.length === 0) delete content[waiversName];
  else content[waiversName] = kept as Record<string, Scalar>[];
}
