import type { ReadDb } from '#core/db/connection.ts';
import { id, join, sql } from '#core/db/sql.ts';
import { AppError, type FieldProblems } from '#shared/api/errors.ts';
import type { RecordContent } from '#shared/api/types.ts';
import { caseNumberKey } from '#shared/domain/case-number.ts';
import { kindOf } from '#shared/kinds/all.ts';
import { isEmpty } from '#shared/kinds/conditions.ts';
import type { LabelContext } from '#shared/kinds/kind.ts';
import { type CheckResult, checkRecord, leftOut } from '#shared/ledgers/check.ts';
import { columnOf, type LedgerSpec } from '#shared/ledgers/describe.ts';
import { fieldsOfSteps, uncountedStates } from '#shared/ledgers/workflow.ts';
import { fillSecondNumber } from './numbering.ts';
import { rivalsOf, sharingOf } from './related.ts';
import { anotherWithNumber } from './same-number.ts';
import type { WriteContext } from './store.ts';
import { isOfStripped } from './stripped.ts';
import type { StoredRecord } from './table.ts';

/** What a save is checked against: the description, what stood there before, and the other records. */

const isSameNumber = (one: unknown, other: unknown) =>
  caseNumberKey(String(one ?? '')) === caseNumberKey(String(other ?? ''));

/**
 * What the program gives itself is not taken from anybody; what was sent as such and is another is named. A value that is
 * worked out may be sent as it stood before.
 */
export function notTaken(
  ledger: LedgerSpec,
  sent: Record<string, unknown>,
  { record: { content }, before }: { record: StoredRecord; before: StoredRecord | null },
  labels: LabelContext,
): FieldProblems {
  return Object.fromEntries(
    Object.entries(ledger.fields).flatMap(([name, spec]) => {
      const { system, derived } = spec;
      if ((!system && !derived) || isEmpty(sent[name]) || isSameNumber(sent[name], content[name])) return [];
      if (derived && isSameNumber(sent[name], before?.content[name])) return [];
      const text = kindOf(spec.kind).toText(sent[name], spec, labels);
      return [[name, { problem: derived ? 'worked-out' : 'by-program', text }] as const];
    }),
  );
}

/** What says that a step was taken is filled in by the step. Throws `record-invalid`. */
export function refuseSteps(
  { workflow }: LedgerSpec,
  before: StoredRecord | null,
  typed: Record<string, unknown>,
): void {
  const fields: FieldProblems = {};
  for (const [field, { label }] of fieldsOfSteps(workflow)) {
    if (!isEmpty(typed[field]) && typed[field] !== before?.content[field])
      fields[field] = { problem: 'of-step', step: label };
  }
  const count = Object.keys(fields).length;
  if (count > 0) throw new AppError('record-invalid', { count }, { fields });
}

/** A day that was taken once, by a clock that ran ahead, must not keep the record from being mended or voided. */
function latestDay(today: string, { fields }: LedgerSpec, before: StoredRecord | null): string {
  const days = Object.keys(fields)
    .filter((name) => fields[name]?.notFuture === true)
    .map((name) => String(before?.content[name] ?? ''));
  return days.reduce((latest, day) => (day > latest ? day : latest), today);
}

type Sight = { hasRecord(ledger: string, id: string): boolean; sees(id: string): boolean };

/**
 * Which records a record may point at: those that the account sees, and what it pointed at before. What lies outside is as
 * if it were not there, or a refusal, a title and a count would tell of it.
 */
export const withinSight =
  (before: Pick<StoredRecord, 'content'> | null, { hasRecord, sees }: Sight): Sight['hasRecord'] =>
  (ledger, id) =>
    hasRecord(ledger, id) && (Object.values(before?.content ?? {}).includes(id) || sees(id));

export function check(
  context: WriteContext,
  ledger: LedgerSpec,
  before: StoredRecord | null,
  typed: Record<string, unknown>,
  emptied: readonly string[] = [],
): CheckResult {
  const record = { ...typed };
  for (const [name, spec] of Object.entries(ledger.fields)) {
    if (!spec.system && !spec.derived) continue;
    delete record[name];
    const kept = before?.content[name];
    if (kept !== undefined) record[name] = kept;
  }
  const { hasCode } = context;
  // Of several the one that the writer may read.
  const called = (others: readonly Named[]) => {
    const read = others.find((other) => context.reads(other.id));
    return others.length === 0 ? null : { called: read?.called ?? null };
  };
  const today = latestDay(context.today, ledger, before);
  const checked = checkRecord(ledger, record, {
    today,
    hasCode,
    hasRecord: withinSight(before, context),
    valueOf: context.valueOf,
    periodOf: context.periodOf,
    level: context.unit.level,
    stood: before?.content ?? null,
    anotherWithNumber: (field, value) =>
      isSameNumber(before?.content[field], value)
        ? null
        : called([anotherWithNumber(context.db, ledger, before?.id ?? null, field, value) ?? []].flat()),
    rivals: () => rivalsOf(context.db, ledger, before, context.reads),
    sharing: (asked) => sharingOf(context.db, ledger, before, asked, context.reads),
    another: (field, value, orUnit) =>
      orUnit && value === context.unit.prefix
        ? { called: context.unit.name }
        : called(anotherWith(context.db, ledger, before, { [field]: value })),
    // Said when it is typed, not again with every step.
    alike: (values, isOpen) =>
      Object.entries(values).every(([field, value]) => before?.content[field] === value)
        ? null
        : called(anotherWith(context.db, ledger, before, values, isOpen)),
  });
  Object.assign(checked.problems, intoOff(ledger, before, checked.content));
  Object.assign(checked.problems, wholeGone(context, ledger, before, checked.content));
  const count = Object.keys(checked.problems).length;
  if (count > 0) throw new AppError('record-invalid', { count }, { fields: checked.problems });
  fillSecondNumber(context, ledger, before?.id ?? null, checked);
  if (before) {
    Object.assign(checked.warnings, leftOut(ledger, before.content, checked.content, emptied));
    Object.assign(checked.warnings, numberStays(ledger, before.content, checked.content));
  }
  return checked;
}

/** What the unit does not ask for is not taken either; what stands there stays, or is emptied. */
function intoOff({ fields }: LedgerSpec, before: StoredRecord | null, content: RecordContent): FieldProblems {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(
        ([name, { isOff }]) => isOff && !isEmpty(content[name]) && content[name] !== before?.content[name],
      )
      .map(([name]) => [name, { problem: 'turned-off' }] as const),
  );
}

/**
 * A part says what its whole said: nothing new is put in clear beside one whose content was taken out. A part that stands
 * already can still be mended and voided.
 */
function wholeGone(
  { db }: WriteContext,
  { partOf }: LedgerSpec,
  before: StoredRecord | null,
  content: RecordContent,
): FieldProblems {
  if (partOf === undefined || !isOfStripped(db, partOf, content)) return {};
  return before?.content[partOf] === content[partOf] ? {} : { [partOf]: { problem: 'whole-stripped' } };
}

/** A number is given once: what it was made of may change, and it does not follow. */
function numberStays(
  { number, day }: LedgerSpec,
  before: RecordContent,
  content: RecordContent,
): FieldProblems {
  const given = number && before[number.field];
  if (!number || isEmpty(given)) return {};
  const yearIn = (one: RecordContent) => String(one[day] ?? '').slice(0, 4);
  const by = number.scope?.by;
  const changed = [
    ...(yearIn(before) === yearIn(content) ? [] : [day]),
    ...(by === undefined || (before[by] ?? null) === (content[by] ?? null) ? [] : [by]),
  ];
  return Object.fromEntries(
    changed.map((field) => [field, { problem: 'number-stays', text: String(given) } as const]),
  );
}

type Named = { id: string; called: string };

/** Other records of the register that count and have these values, by their titles. */
function anotherWith(
  db: ReadDb,
  ledger: LedgerSpec,
  own: StoredRecord | null,
  values: Readonly<Record<string, string>>,
  isOpen = false,
): Named[] {
  const same = Object.entries(values).map(([field, value]) => sql`${id(columnOf(field))} = ${value} and`);
  const { states } = ledger.workflow;
  const open = Object.keys(states).filter((state) => states[state]?.isOpen);
  const among = isOpen
    ? sql`state in (${join(open)})`
    : sql`state not in (${join(uncountedStates(ledger.workflow))})`;
  return db.all<Named>(sql`select id, title as called from ${id(ledger.table)} where ${same.reduce((all, one) => sql`${all} ${one}`, sql``)}
      id <> ${own?.id ?? ''} and ${among} limit 20`);
}
