import type { Called, FieldProblem, FieldProblems } from '#shared/api/errors.ts';
import type { RecordContent, UnitLevel } from '#shared/api/types.ts';
import { addDays, addMonths, parseDay } from '#shared/domain/day.ts';
import { isEmpty } from '#shared/kinds/conditions.ts';
import type { FieldRule, LedgerSpec } from './describe.ts';
import { checkLegalRule, isLegalRule } from './legal-rules.ts';
import { type Condition, holds } from './workflow.ts';

/** Another record of the same register that counts. */
export type Rival = { title: Called; content: RecordContent };

/** Another record; of one that the writer does not see only the fields that rules count with may be told. */
export type Shared = { content: RecordContent; isSeen(): boolean };

/** Another record, and what it may be called. */
export type Other = { called: Called };

/** What rules look at besides the record; without it (in the window) they are left to the core. */
export type AroundRecord = {
  /** The title of another record of the register that counts and has this value, or the unit's name where it has it. */
  another?(field: string, value: string, orUnit: boolean): Other | null;
  /** The title of another record of the register that counts, or is in an open state, and has all these values. */
  alike?(values: Readonly<Record<string, string>>, isOpen: boolean): Other | null;
  /** What another record of the register that counts and has this number is called; null where it stood here before. */
  anotherWithNumber?(field: string, value: string): Other | null;
  /** A field of a record of another register. */
  valueOf?(ledger: string, id: string, field: string): unknown;
  /** The period under a rule of deadlines, as the bureau decided it: from the day in a field to its last day; without what extended it, where asked so. */
  periodOf?(
    rule: string,
    content: RecordContent,
    isUnextended?: boolean,
  ): { field: string; day: string; until: string } | null;
  /** The level of the unit that writes. */
  level?: UnitLevel;
  /** The record as it stood before; null where it is new. */
  stood?: RecordContent | null;
  /** The other records of the register that count, whole: for small registers. */
  rivals?(): readonly Rival[];
  /** Of the other records that count and have this value in a field, the fields asked for. */
  sharing?(asked: Sharing): readonly Shared[];
};

/** Fields of records with a value in one field; with `from` and `to`, only of those that overlap the days. */
export type Sharing = {
  field: string;
  value: string;
  needs: readonly string[];
  /** `from` is a field; of `to` the first that is filled counts. Ends on one day and beginnings on the same do not meet. */
  meets?: { from: string; to: readonly string[]; first: string; last: string };
};

type Told = { problems: FieldProblems; warnings: FieldProblems };
type DayAt = { path: string; day: string };

/** Checks a record against the rules between its fields. */
export function checkRules(
  ledger: LedgerSpec,
  content: RecordContent,
  around: AroundRecord,
  told: Told,
): void {
  for (const rule of ledger.rules) checkRule(ledger, rule, content, around, told);
  warnOfOthers(ledger, content, around, told);
}

function checkRule(
  ledger: LedgerSpec,
  rule: FieldRule,
  content: RecordContent,
  around: AroundRecord,
  { problems, warnings }: Told,
): void {
  const refuse = (field: string, problem: FieldProblem) => {
    problems[field] ??= problem;
  };
  const warn = (field: string, problem: FieldProblem) => {
    warnings[field] ??= problem;
  };
  if (isLegalRule(rule)) {
    checkLegalRule(rule, content, around, { refuse, warn });
    return;
  }
  switch (rule.rule) {
    case 'after': {
      if (!isMeant(rule, content)) return;
      const first = firstDay(ledger, rule.first, content, around);
      const then = content[rule.then];
      if (first === null || typeof then !== 'string' || then >= first.day) return;
      const said = { other: first.path, day: first.day };
      if (rule.isWarning) warn(rule.then, { problem: 'early', ...said });
      else refuse(rule.then, { problem: 'before', ...said });
      return;
    }
    case 'inTime': {
      const then = dayOf(content, rule.then);
      if (then === null || !isMeant(rule, content)) return;
      const period = around.periodOf?.(rule.deadline, content, rule.isUnextended) ?? null;
      if (period === null || then <= period.until) return;
      const { field: other, day, until } = period;
      const tell = rule.isRefused ? refuse : warn;
      tell(rule.then, { problem: 'late', other, day, until, why: rule.why });
      return;
    }
    case 'within': {
      if (!isMeant(rule, content)) return;
      const [found, then] = [firstDay(ledger, rule.first, content, around), dayOf(content, rule.then)];
      const first = found && parseDay(found.day);
      const { days, why } = rule;
      if (found && first && then !== null && then > addDays(first, days))
        warn(rule.then, { problem: 'late', other: found.path, day: first, until: addDays(first, days), why });
      return;
    }
    case 'withinMonths': {
      const [first, then] = [dayOf(content, rule.first), dayOf(content, rule.then)];
      const until = first === null ? null : addMonths(first, rule.months);
      if (first !== null && until !== null && then !== null && then > until)
        warn(rule.then, { problem: 'late', other: rule.first, day: first, until, why: rule.why });
      return;
    }
    case 'excludes': {
      const other = rule.filled.find((field) => !isEmpty(content[field]));
      if (other !== undefined && rule.in.includes(String(content[rule.field] ?? '')))
        refuse(rule.field, { problem: 'excluded', other });
      return;
    }
    case 'single': {
      const value = content[rule.field];
      const other = isEmpty(value) ? null : around.another?.(rule.field, String(value), rule.orUnit ?? false);
      if (other) warn(rule.field, { problem: 'same-as', title: other.called });
      return;
    }
    case 'alike': {
      const values = Object.fromEntries(rule.fields.map((field) => [field, String(content[field] ?? '')]));
      if (Object.values(values).includes('')) return;
      const { why } = rule;
      const title = around.alike?.(values, why !== undefined)?.called;
      if (title !== undefined)
        warn(rule.fields.at(-1) ?? '', { problem: 'alike', title, ...(why === undefined ? {} : { why }) });
      return;
    }
    case 'unique': {
      const value = content[rule.field];
      if (isEmpty(value)) return;
      const text = String(value);
      const by = rule.asNumber ? around.anotherWithNumber?.(rule.field, text) : null;
      if (by) refuse(rule.field, { problem: 'number-taken', text, by: by.called });
      // Said by the number alone: who has it would tell of people to whoever counts numbers up.
      if (!rule.asNumber && around.another?.(rule.field, text, false))
        refuse(rule.field, { problem: 'taken', text });
      return;
    }
    case 'oneAtATime': {
      const found = meanwhile(rule, content, around);
      if (found) refuse(rule.field, found);
      return;
    }
    case 'whileGood': {
      const [id, on] = [content[rule.field], dayOf(content, rule.on)];
      const ref = ledger.fields[rule.field]?.ref ?? '';
      if (typeof id !== 'string' || on === null) return;
      for (const end of rule.ends) {
        const ended = around.valueOf?.(ref, id, end);
        if (typeof ended !== 'string' || ended === '') continue;
        const said = { other: `${rule.field}.${end}`, day: ended };
        if (rule.isWarning && ended < on)
          warn(rule.field, {
            problem: 'had-ended',
            ...said,
            ...(rule.advice === undefined ? {} : { why: rule.advice }),
          });
        if (!rule.isWarning && ended <= on)
          refuse(rule.field, { problem: 'no-longer', ...said, why: rule.advice ?? '' });
      }
      return;
    }
    case 'beyond': {
      const [first, then] = [dayOf(content, rule.first), dayOf(content, rule.then)];
      const until = first === null ? null : addMonths(first, rule.months);
      if (first !== null && until !== null && then !== null && then < until)
        refuse(rule.then, { problem: 'too-soon', other: rule.first, day: first, until });
      return;
    }
    case 'fits': {
      const allowed = rule.allows[String(content[rule.beside] ?? '')];
      const value = content[rule.field];
      if (allowed !== undefined && typeof value === 'string' && !allowed.includes(value))
        if (rule.isWarning) warn(rule.field, { problem: 'unusual', other: rule.beside });
        else refuse(rule.field, { problem: 'contradicts', other: rule.beside });
      return;
    }
    case 'apart': {
      const found = around.rivals?.().flatMap((rival) => rivalry(rule, content, rival) ?? []) ?? [];
      const worst = found.find(({ isEqual }) => isEqual) ?? found[0];
      if (worst) (worst.isEqual ? refuse : warn)(rule.from, { problem: 'rival', ...worst });
      return;
    }
    case 'together': {
      const filled = rule.fields.filter((field) => !isEmpty(content[field]));
      if (filled.length === 0 || filled.length === rule.fields.length) return;
      for (const field of rule.fields) {
        if (isEmpty(content[field])) refuse(field, { problem: 'missing-with', other: filled[0] ?? '' });
      }
    }
  }
}

/** A record of another register that belongs elsewhere than this one: a mediator of another committee. */
function warnOfOthers(
  ledger: LedgerSpec,
  content: RecordContent,
  around: AroundRecord,
  { warnings }: Told,
): void {
  for (const [name, { sharing, ref = '' }] of Object.entries(ledger.fields)) {
    const [value, own] = [content[name], sharing === undefined ? null : content[sharing]];
    if (sharing === undefined || typeof value !== 'string' || isEmpty(own)) continue;
    const its = around.valueOf?.(ref, value, sharing);
    // Every object has a `valueOf`: only a text is an answer
    if (typeof its === 'string' && its !== '' && its !== own)
      warnings[name] ??= { problem: 'of-another', other: sharing };
  }
}

const isMeant = ({ when = [] }: { when?: readonly Condition[] }, content: RecordContent) =>
  when.every((one) => holds(content, one));

function dayOf(content: RecordContent, field: string) {
  const value = content[field];
  return typeof value === 'string' ? parseDay(value) : null;
}

/** The first of these days that is filled, in the record or in one that it names. */
function firstDay(
  ledger: LedgerSpec,
  paths: string | readonly string[],
  content: RecordContent,
  around: AroundRecord,
): DayAt | null {
  for (const path of typeof paths === 'string' ? [paths] : paths) {
    const [name = '', field] = path.split('.');
    const value = content[name];
    const day =
      field === undefined || typeof value !== 'string'
        ? value
        : around.valueOf?.(ledger.fields[name]?.ref ?? '', value, field);
    if (typeof day === 'string' && day !== '') return { path, day };
  }
  return null;
}

/** Another record about the same thing whose time has some of this one's; null where there is none. */
function meanwhile(
  { field, from, to, who, why }: Extract<FieldRule, { rule: 'oneAtATime' }>,
  content: RecordContent,
  around: AroundRecord,
): FieldProblem | null {
  const value = content[field];
  const begin = dayOf(content, from);
  if (typeof value !== 'string' || begin === null) return null;
  const endOf = (one: RecordContent) =>
    to.map((name) => one[name]).find((day) => typeof day === 'string' && day !== '') ?? null;
  const end = String(endOf(content) ?? '9999-12-31');
  const meets = { from, to, first: begin, last: end };
  for (const { content: other, isSeen } of around.sharing?.({
    field,
    value,
    needs: [from, ...to, who],
    meets,
  }) ?? []) {
    const [otherBegin, otherEnd] = [String(other[from] ?? ''), endOf(other)];
    // Handed on within a day is no overlap; one that is still out, is.
    if (begin >= String(otherEnd ?? '9999-12-31') || otherBegin >= end) continue;
    const day = otherEnd === null ? null : String(otherEnd);
    const said = isSeen()
      ? { called: String(other[who] ?? ''), from: otherBegin, to: day }
      : { called: null, from: '', to: null };
    const { called, ...days } = said;
    return why === undefined
      ? { problem: 'still-out', who: called, ...days }
      : { problem: 'overlaps', what: called, ...days, why };
  }
  return null;
}

/** Whether both may apply to one matter on one day without either being the narrower one; null where not. */
function rivalry(
  { conditions, from, to }: Extract<FieldRule, { rule: 'apart' }>,
  content: RecordContent,
  { title, content: other }: Rival,
): { title: Called; from: string; isEqual: boolean } | null {
  const filled = (one: RecordContent) => conditions.filter((name) => !isEmpty(one[name]));
  if (filled(content).length !== filled(other).length) return null;
  const isApart = (name: string) =>
    !isEmpty(content[name]) && !isEmpty(other[name]) && content[name] !== other[name];
  if (conditions.some(isApart)) return null;
  const [begin, otherBegin] = [String(content[from] ?? ''), String(other[from] ?? '')];
  const endOf = (one: RecordContent) => (isEmpty(one[to]) ? '9999-12-31' : String(one[to]));
  if (begin > endOf(other) || otherBegin > endOf(content)) return null;
  const isSame = conditions.every((name) => (content[name] ?? null) === (other[name] ?? null));
  return { title, from: otherBegin, isEqual: isSame && begin === otherBegin };
}
