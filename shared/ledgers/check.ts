import type { FieldProblems } from '#shared/api/errors.ts';
import type { RecordContent, Scalar } from '#shared/api/types.ts';
import { asDay, parseDay } from '#shared/domain/day.ts';
import { readIdentityNumber } from '#shared/domain/identity-number.ts';
import { kindOf } from '#shared/kinds/all.ts';
import { applies, isEmpty } from '#shared/kinds/conditions.ts';
import type { CheckContext, FieldSpec, FieldSpecs } from '#shared/kinds/kind.ts';
import { sexWords } from '#shared/text/words.ts';
import type { LedgerSpec } from './describe.ts';
import { type AroundRecord, checkRules } from './rules.ts';
import { checkWaivers, waiverOf, waiversName } from './waivers.ts';

export type CheckResult = { content: RecordContent; problems: FieldProblems; warnings: FieldProblems };
/** As a check of one value needs it; whether a code is valid depends on the record's day. */
type Outside = Omit<CheckContext, 'hasReason' | 'hasCode'> &
  AroundRecord & { hasCode(list: string, code: string, on: string): boolean };
type OfRecord = Omit<CheckContext, 'hasReason'>;
type Plain = Record<string, unknown>;

const halfCharacter = /\p{Surrogate}/u;

/**
 * Checks a record against its description. The content that comes back has only described fields, in the order of
 * the description, without empty values and without values that do not apply (`when`).
 * Problems stop a save; warnings go with it: `not-kept` names a value that does not apply and is left out.
 */
export function checkRecord(ledger: LedgerSpec, given: Plain, general: Outside): CheckResult {
  // Which fields apply may hang on what is worked out.
  const record: Plain = { ...given };
  derive(ledger, record as RecordContent, general);
  const typed = record[ledger.day];
  const on = (typeof typed === 'string' ? parseDay(typed) : null) ?? general.today;
  const outside: OfRecord = { ...general, hasCode: (list, code) => general.hasCode(list, code, on) };
  const problems: FieldProblems = {};
  const warnings: FieldProblems = {};
  const content = checkFields(ledger.fields, record, '', outside, problems, warnings) as RecordContent;
  for (const [name, child] of Object.entries(ledger.children)) {
    const rows = record[name];
    if (rows !== undefined && rows !== null && !Array.isArray(rows)) {
      problems[name] = { problem: 'wrong-type' };
      continue;
    }
    const list = (rows ?? []) as unknown[];
    if (list.length === 0 && child.isBeside) continue;
    if (list.length < child.min) problems[name] = { problem: 'too-few', min: child.min };
    content[name] = list.map((row, index) => {
      const path = `${name}.${index}.`;
      if (typeof row !== 'object' || row === null || Array.isArray(row)) {
        problems[`${name}.${index}`] = { problem: 'wrong-type' };
        return {};
      }
      return checkFields(child.fields, row as Plain, path, outside, problems, warnings);
    });
  }
  for (const name of Object.keys(record)) {
    if (!Object.hasOwn(ledger.fields, name) && !Object.hasOwn(ledger.children, name))
      problems[name] = { problem: 'unknown-field' };
  }
  if (Object.hasOwn(ledger.children, waiversName)) checkWaivers(ledger.fields, content, problems, warnings);
  derive(ledger, content, general);
  checkRules(ledger, content, general, { problems, warnings });
  return { content, problems, warnings };
}

/** Fills in what follows from the other values. */
function derive(ledger: LedgerSpec, content: RecordContent, around: AroundRecord): void {
  for (const { field, of } of ledger.derives ?? []) {
    const value = of(content, around);
    if (value === undefined) continue;
    if (value === null) delete content[field];
    else content[field] = value;
  }
}

function checkFields(
  fields: FieldSpecs,
  record: Plain,
  path: string,
  outside: OfRecord,
  problems: FieldProblems,
  warnings: FieldProblems,
): Record<string, Scalar> {
  const content: Record<string, Scalar> = {};
  const seen = new Set<string>();
  for (const [name, spec] of Object.entries(fields)) {
    const value = standing(spec, record) ?? record[name];
    // What hangs on a field that is itself left out hangs on nothing: that field stood before it and is not kept.
    const isLeftOut = spec.when !== undefined && seen.has(spec.when.field);
    const isDue = applies(spec, isLeftOut ? content : record);
    seen.add(name);
    if (isEmpty(value) || !isDue) {
      if (spec.required && isDue) problems[path + askedFor(name, spec, record)] = { problem: 'required' };
      if (!isEmpty(value) && spec.when)
        warnings[path + name] = { problem: 'not-kept', other: spec.when.field };
      continue;
    }
    // A database keeps text as UTF-8, which has no half characters: what came back would be another text.
    if (typeof value === 'string' && halfCharacter.test(value)) {
      problems[path + name] = { problem: 'wrong-type' };
      continue;
    }
    const hasReason = spec.reasonIn !== undefined && !isEmpty(record[spec.reasonIn]);
    const read = kindOf(spec.kind).check(value, spec, { ...outside, hasReason });
    if (read.ok && isEmpty(read.value)) {
      if (spec.required) problems[path + name] = { problem: 'required' };
    } else if (read.ok) {
      content[name] = read.value as Scalar;
      if (read.warning) warnings[path + name] = read.warning;
    } else problems[path + name] = read.problem;
  }
  warnOfNumber(fields, content, path, outside.today, warnings);
  if (path !== '') {
    for (const name of Object.keys(record)) {
      if (!Object.hasOwn(fields, name)) problems[path + name] = { problem: 'unknown-field' };
    }
  }
  return content;
}

/** The field to fill: the one that stands in its place, where one does. */
export function askedFor(name: string, { standIn }: FieldSpec, record: Plain): string {
  return standIn?.when.in.includes(String(record[standIn.when.field] ?? '')) ? standIn.field : name;
}

/** The day that stands in a field's place as long as the record is not so far. */
function standing({ standIn }: FieldSpec, record: Plain): unknown {
  const isSo = standIn?.when.in.includes(String(record[standIn.when.field] ?? ''));
  const value = standIn && isSo ? record[standIn.field] : null;
  return isEmpty(value) ? null : value;
}

/** What stands beside an identity number and says otherwise than it is kept, and named. */
function warnOfNumber(
  fields: FieldSpecs,
  content: Readonly<Record<string, Scalar>>,
  path: string,
  today: string,
  warnings: FieldProblems,
): void {
  const number = content[Object.keys(fields).find((name) => fields[name]?.kind === 'identity') ?? ''];
  if (typeof number !== 'string') return;
  const reading = readIdentityNumber(number, { today: asDay(today) });
  if (!reading.ok) return;
  const { sex, bornOn } = reading.identity;
  if ((content.sex === '1' || content.sex === '2') && content.sex !== sex)
    warnings[`${path}sex`] = {
      problem: 'not-as-number',
      value: sex === '1' ? sexWords.male : sexWords.female,
    };
  if (typeof content.birthOn === 'string' && content.birthOn !== bornOn)
    warnings[`${path}birthOn`] = { problem: 'not-as-number', value: bornOn };
}

/**
 * What stood in a record and is left out of its new content because it does not apply to it any more, whoever left it
 * out; `checkRecord` sees only what it was given.
 */
export function leftOut(
  ledger: LedgerSpec,
  before: RecordContent,
  content: RecordContent,
  emptied: readonly string[],
): FieldProblems {
  const found: FieldProblems = {};
  for (const [name, spec] of Object.entries(ledger.fields)) {
    if (!spec.when || emptied.includes(name) || applies(spec, content)) continue;
    if (!isEmpty(before[name]) || waiverOf(before, name) !== null)
      found[name] = { problem: 'not-kept', other: spec.when.field };
  }
  for (const [child, { fields }] of Object.entries(ledger.children)) {
    const [old, now] = [rowsIn(before, child), rowsIn(content, child)];
    for (const [from, to] of sameRows(old, now)) {
      for (const [name, spec] of Object.entries(fields)) {
        if (!spec.when || isEmpty(old[from]?.[name]) || applies(spec, now[to] ?? {})) continue;
        found[`${child}.${to}.${name}`] = { problem: 'not-kept', other: spec.when.field };
      }
    }
  }
  return found;
}

type Row = Record<string, Scalar>;
const rowsIn = (content: RecordContent, child: string) => (content[child] ?? []) as Row[];

/** Which row became which: those that have most in common, and of equals the one at the same place. */
function sameRows(before: readonly Row[], after: readonly Row[]): [number, number][] {
  const inCommon = (one: Row, other: Row) =>
    Object.keys(one).filter((name) => !isEmpty(one[name]) && one[name] === other[name]).length;
  const pairs = before.flatMap((old, from) =>
    after.map((row, to) => ({ from, to, common: inCommon(old, row), isSame: from === to })),
  );
  pairs.sort((one, other) => other.common - one.common || Number(other.isSame) - Number(one.isSame));
  const found: [number, number][] = [];
  for (const { from, to, common } of pairs) {
    if (common > 0 && !found.some(([left, right]) => left === from || right === to)) found.push([from, to]);
  }
  return found;
}
