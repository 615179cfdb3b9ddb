import type { RecordContent, Scalar, Whole } from '#shared/api/types.ts';
import { type Day, isDay } from '#shared/domain/day.ts';
import { readIdentityNumber } from '#shared/domain/identity-number.ts';
import { kindOf } from '#shared/kinds/all.ts';
import { isEmpty } from '#shared/kinds/conditions.ts';
import type { FieldSpec, FieldSpecs } from '#shared/kinds/kind.ts';
import type { ChildSpec, LedgerSpec } from '#shared/ledgers/describe.ts';
import type { Codes } from './codes.ts';

/** What stands in a form: checked values, and raw text where nothing could be read from it, so that none is lost. */
export type FormRow = Record<string, Scalar>;
export type FormContent = Record<string, Scalar | FormRow[]>;

/** The value that typed text stands for; unreadable text is kept as typed. */
export function valueFromTyped(spec: FieldSpec, typed: string, today?: Day): Scalar {
  if (typed.trim() === '') return null;
  const read = kindOf(spec.kind).fromText(typed, spec, today);
  return read.ok ? (read.value as Scalar) : typed;
}

/** What a text field shows for a value. */
export function typedFromValue(spec: FieldSpec, value: Scalar | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  return kindOf(spec.kind).toText(value, spec, {
    labelOf: () => null,
    titleOf: () => null,
    areaOf: () => null,
  });
}

/** The day on which the record's codes must be valid. */
export function dayOfContent(ledger: LedgerSpec, content: FormContent, today: Day): Day {
  const day = content[ledger.day];
  return isDay(day) ? day : today;
}

/** A new record: a case begins today; every kind of child has the rows it begins with, at least its fewest. */
export function newContent(ledger: LedgerSpec, today: Day, codes: Codes): FormContent {
  const content: FormContent = {};
  if ((ledger.number || ledger.beginsToday) && ledger.fields[ledger.day]?.kind === 'day')
    content[ledger.day] = today;
  for (const [name, child] of Object.entries(ledger.children)) {
    if (child.isBeside) continue;
    const length = Math.max(child.min, child.begins?.length ?? 0);
    const rows: FormRow[] = [];
    while (rows.length < length) rows.push(newRow(child, rows, codes, today));
    content[name] = rows;
  }
  return content;
}

/**
 * A code that decides which other fields apply starts as on the row before, else as its list's first; what the
 * description says of the row's place goes before that.
 */
export function newRow(child: ChildSpec, before: readonly FormRow[], codes: Codes, today: Day): FormRow {
  const row: FormRow = {};
  const deciding = new Set(Object.values(child.fields).flatMap(({ when }) => (when ? [when.field] : [])));
  for (const name of deciding) {
    const spec = child.fields[name];
    if (spec?.kind !== 'code' || !spec.codes) continue;
    row[name] = before.at(-1)?.[name] ?? codes.items(spec.codes, today)[0]?.code ?? null;
  }
  const begins = child.begins?.[before.length];
  return begins ? { ...row, ...begins } : { ...child.begins?.at(-1), ...row };
}

/** What the program itself gave a record, such as its number, or worked out from it. */
export function systemValues(ledger: LedgerSpec, record: RecordContent): FormContent {
  return only(
    record as FormContent,
    Object.keys(ledger.fields).filter((name) => ledger.fields[name]?.system || ledger.fields[name]?.derived),
  );
}

/** Null for what stood in the record and stands in the content no longer: a step lays its content over the record. */
export function emptied(record: RecordContent, content: RecordContent): FormContent {
  return Object.fromEntries(
    Object.keys(record)
      .filter((name) => content[name] === undefined)
      .map((name) => [name, null]),
  );
}

export function only(content: FormContent, names: readonly string[]): FormContent {
  return Object.fromEntries(Object.entries(content).filter(([name]) => names.includes(name)));
}

/** The content without the last rows in which only what they began with was filled in; the fewest stay. */
export function withoutIdleRows(ledger: LedgerSpec, content: FormContent): FormContent {
  const kept = { ...content };
  for (const [name, { begins, min }] of Object.entries(ledger.children)) {
    const rows = content[name];
    if (!begins || !Array.isArray(rows)) continue;
    const given = new Set(begins.flatMap(Object.keys));
    const isIdle = (row: FormRow) =>
      Object.entries(row).every(([field, value]) => given.has(field) || isEmpty(value));
    const filled = rows.findLastIndex((row) => !isIdle(row)) + 1;
    kept[name] = rows.slice(0, Math.max(filled, min));
  }
  return kept;
}

/** What an identity number says of its holder. */
export const saidBy = ['sex', 'birthOn'] as const;

/** The field with the number of whom the row is about; an agent's number says nothing of him. */
export const numberField = (fields: FieldSpecs): string | null =>
  Object.keys(fields).find((name) => fields[name]?.kind === 'identity') ?? null;

/** What an identity number says of its holder is filled in where nothing stands yet. */
export function filledFromIdentity(fields: FieldSpecs, row: FormRow, changed: string, today: Day): FormRow {
  const number = row[changed];
  if (changed !== numberField(fields) || typeof number !== 'string') return row;
  const reading = readIdentityNumber(number, { today });
  if (!reading.ok) return row;
  const { sex, bornOn } = reading.identity;
  const filled = { ...row };
  if (fields.sex && isEmpty(row.sex)) filled.sex = sex;
  if (fields.birthOn && isEmpty(row.birthOn)) filled.birthOn = bornOn;
  return filled;
}

/** Whether the field says what the row's identity number says already. */
export function isFromIdentity(fields: FieldSpecs, row: FormRow, field: string, today: Day): boolean {
  if (isEmpty(row[field])) return false;
  const number = numberField(fields);
  if (number === null || number === field) return false;
  return filledFromIdentity(fields, { ...row, [field]: null }, number, today)[field] === row[field];
}

/** Whether a record has no number yet and may still take one that was reserved on paper. */
export function mayTakePaperNumber(
  ledger: LedgerSpec,
  whole: Pick<Whole, 'state' | 'record'> | null,
): boolean {
  if (!ledger.number) return false;
  if (whole === null) return true;
  return isEmpty(whole.record[ledger.number.field]) && !ledger.workflow.states[whole.state]?.isClosed;
}

/** The number from a paper form, as typed in the field that the program numbers otherwise. */
export function paperNumber(
  ledger: LedgerSpec,
  whole: Pick<Whole, 'state' | 'record'> | null,
  content: FormContent,
): { number?: string } {
  const typed = ledger.number ? content[ledger.number.field] : null;
  const isTyped = typeof typed === 'string' && typed.trim() !== '' && mayTakePaperNumber(ledger, whole);
  return isTyped ? { number: typed.trim() } : {};
}

export type Difference = { name: string; mine: FormContent[string]; theirs: FormContent[string] };

/** Top-level fields in which two contents differ. */
export function differences(ledger: LedgerSpec, mine: FormContent, theirs: RecordContent): Difference[] {
  const names = [...Object.keys(ledger.fields), ...Object.keys(ledger.children)];
  const canonical = (value: unknown) =>
    JSON.stringify(isEmpty(value) || isNoRow(value) ? null : withoutEmpty(value));
  return names
    .filter((name) => canonical(mine[name]) !== canonical(theirs[name]))
    .map((name) => ({ name, mine: mine[name] ?? null, theirs: theirs[name] ?? null }));
}

const isNoRow = (value: unknown) => Array.isArray(value) && value.length === 0;

function withoutEmpty(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return (value as FormRow[]).map((row) =>
    Object.entries(row)
      .filter(([, cell]) => !isEmpty(cell))
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}
