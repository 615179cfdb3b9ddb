import type { RecordContent, Scalar } from '#shared/api/types.ts';
import { applies } from '#shared/kinds/conditions.ts';
import type { FieldSpecs } from '#shared/kinds/kind.ts';
import type { LedgerSpec } from './describe.ts';

/** What a register may know of a person. The index of persons speaks these words, whatever the fields are called. */
export const personRoles = [
  'kind',
  'name',
  'formerName',
  'idType',
  'idNumber',
  'creditCode',
  'doubt',
  'sex',
  'birthOn',
  'nation',
  'phone',
  'divisionCode',
  'address',
  'position',
  'legalRepresentative',
] as const;
export type PersonRole = (typeof personRoles)[number];

/** What somebody is looked up by. */
export const lookedUpBy = ['name', 'formerName', 'idNumber', 'creditCode', 'phone'] as const;

/** Rows of a register that stand for a person: those of a child, or the record itself. */
export type PersonSpec = {
  readonly child?: string;
  /** What the person is in this register, e.g. 当事人. */
  readonly as: string;
  /** The field of each role; at least a name, without which there is nobody. */
  readonly fields: { readonly name: string } & { readonly [R in PersonRole]?: string };
  /** The field that says on which side the person stands. */
  readonly side?: string;
  /** The field that says for which side the person acts, who is on none. */
  readonly actsFor?: string;
  /** Said at every intake of this person as long as the record is in an open state, e.g. 正在接受社区矫正. */
  readonly alert?: string;
};

export type PersonValues = Partial<Record<PersonRole, string>>;

/** One person as a record has it: which description, which row of its child (0 for the record itself). */
export type PersonRow = {
  spec: PersonSpec;
  ordinal: number;
  values: PersonValues;
  side: string | null;
  actsFor: string | null;
};

/** The name of a description inside its register; the same as long as its fields are called the same. */
export const partOf = (spec: PersonSpec) => `${spec.child ?? ''}.${spec.fields.name}`;

/** The persons of a record, by its description. */
export function personsOf(ledger: LedgerSpec, content: RecordContent | Record<string, unknown>): PersonRow[] {
  const rows: PersonRow[] = [];
  for (const spec of ledger.persons ?? []) {
    const parts = spec.child === undefined ? [content] : content[spec.child];
    if (!Array.isArray(parts)) continue;
    const fields = spec.child === undefined ? ledger.fields : (ledger.children[spec.child]?.fields ?? {});
    parts.forEach((part: Record<string, unknown>, ordinal) => {
      const values = valuesOf(spec, part, fields);
      if (values.name === undefined) return;
      const [side, actsFor] = [sideIn(part, spec.side), sideIn(part, spec.actsFor)];
      rows.push({ spec, ordinal, values, side, actsFor });
    });
  }
  return rows;
}

function sideIn(part: Record<string, unknown>, field: string | undefined): string | null {
  const side = field === undefined ? undefined : part[field];
  return typeof side === 'string' ? side : null;
}

/** A row in the words of the index; a value that stands in it and does not apply to it says nothing. */
export function valuesOf(
  spec: PersonSpec,
  row: Readonly<Record<string, unknown>>,
  fields: FieldSpecs,
): PersonValues {
  const values: PersonValues = {};
  for (const role of personRoles) {
    const field = spec.fields[role];
    const own = field === undefined ? undefined : fields[field];
    const value = field === undefined || (own && !applies(own, row)) ? undefined : row[field];
    if (typeof value === 'string' && value !== '') values[role] = value;
  }
  return values;
}

/** The other way: what a register keeps of these values, by the names of its own fields. */
export function fieldsFrom(spec: PersonSpec, values: PersonValues): Record<string, Scalar> {
  const row: Record<string, Scalar> = {};
  for (const role of personRoles) {
    const field = spec.fields[role];
    const value = values[role];
    if (field !== undefined && value !== undefined) row[field] = value;
  }
  return row;
}

/** The description by which a child's rows (or, for null, the record) are persons of their own. */
export function personSpecOf(ledger: LedgerSpec, child: string | null): PersonSpec | null {
  return ledger.persons?.find((spec) => (spec.child ?? null) === child) ?? null;
}
