import type { FieldProblem } from '#shared/api/errors.ts';
import type { RecordContent, UnitLevel } from '#shared/api/types.ts';
import { readCriminalArticle } from '#shared/domain/criminal-article.ts';
import { addDays, addMonths, type Day, parseDay } from '#shared/domain/day.ts';
import { isEmpty } from '#shared/kinds/conditions.ts';
import type { AroundRecord } from './rules.ts';
import { type Condition, holds } from './workflow.ts';

/**
 * Rules that a law makes for a register: how long something may last, who decides on it, which article exists. Each says
 * its article in its own sentence (`why`), so that whoever reads the refusal can look it up.
 */
export type LegalRule =
  /**
   * From one day to the last one, so many months at least and at most, where all conditions hold; `leastIn` and `mostIn`
   * are fields that give the number of months. The last day may be the day before the corresponding one, or that day.
   */
  | {
      readonly rule: 'lasts';
      readonly from: string;
      readonly to: string;
      readonly when: readonly Condition[];
      readonly least?: number;
      readonly leastIn?: string;
      readonly most?: number;
      readonly why: string;
      readonly isWarning?: true;
    }
  /** Where all conditions hold, the field is filled. */
  | {
      readonly rule: 'needs';
      readonly field: string;
      readonly when: readonly Condition[];
      readonly why: string;
    }
  /** A number that is at most so much, where all conditions hold. */
  | {
      readonly rule: 'atMost';
      readonly field: string;
      readonly most: number;
      readonly when: readonly Condition[];
      readonly why: string;
    }
  /**
   * What these days stand for is decided by a unit of this level or above it. A unit below notes down what was decided,
   * with the number of the paper by which it learnt of it.
   */
  | {
      readonly rule: 'decidedBy';
      readonly level: UnitLevel;
      readonly field: string;
      readonly paper: string;
      readonly when: readonly Condition[];
      readonly why: string;
    }
  /** An article of the special part of 刑法. */
  | { readonly rule: 'criminalArticle'; readonly field: string }
  /**
   * Each row of a child goes on from the one before, the first from `from`, for no longer than a rule of deadlines allows
   * for one that begins the day after.
   */
  | {
      readonly rule: 'rowsInTime';
      readonly child: string;
      readonly until: string;
      readonly from: string;
      readonly deadline: string;
      /** The field that the rule of deadlines counts from. */
      readonly trigger: string;
      readonly why: string;
    }
  /** Where there are rows of a child and all conditions hold, one of the rows is such as this, or it is said. */
  | {
      readonly rule: 'hasRow';
      readonly child: string;
      readonly row: readonly Condition[];
      readonly when: readonly Condition[];
      readonly why: string;
    }
  /** A field that lists names has so many of them at least, or it is said. */
  | { readonly rule: 'names'; readonly field: string; readonly least: number; readonly why: string };

type Told = {
  refuse(field: string, problem: FieldProblem): void;
  warn(field: string, problem: FieldProblem): void;
};

const isLegal = new Set<string>([
  'lasts',
  'atMost',
  'decidedBy',
  'criminalArticle',
  'hasRow',
  'rowsInTime',
  'names',
  'needs',
]);

/** Rules that look at other records of the same matter, or at the unit that writes: the window asks the core while it is typed. */
const beyond: readonly string[] = ['decidedBy', 'oneAtATime'];
export const saysMore = (rules: readonly { readonly rule: string }[]): boolean =>
  rules.some(({ rule }) => beyond.includes(rule));

export const isLegalRule = (rule: { readonly rule: string }): rule is LegalRule => isLegal.has(rule.rule);

const ranks: readonly UnitLevel[] = ['station', 'county', 'city', 'province'];
/** Whether a unit of the level may decide what one of `needed` decides. */
const reaches = (level: UnitLevel, needed: UnitLevel): boolean =>
  ranks.indexOf(level) >= ranks.indexOf(needed);

const applies = (content: RecordContent, when: readonly Condition[]) =>
  when.every((one) => holds(content, one));

function dayOf(content: RecordContent, field: string): Day | null {
  const value = content[field];
  return typeof value === 'string' ? parseDay(value) : null;
}

export function checkLegalRule(
  rule: LegalRule,
  content: RecordContent,
  around: AroundRecord,
  { refuse, warn }: Told,
): void {
  switch (rule.rule) {
    case 'lasts': {
      const found = wrongSpan(rule, content);
      if (found) (rule.isWarning ? warn : refuse)(rule.to, found);
      return;
    }
    case 'needs': {
      if (isEmpty(content[rule.field]) && applies(content, rule.when))
        refuse(rule.field, { problem: 'needed', why: rule.why });
      return;
    }
    case 'atMost': {
      const value = content[rule.field];
      const { most, why } = rule;
      if (typeof value === 'number' && value > most && applies(content, rule.when))
        refuse(rule.field, { problem: 'over-limit', most, why });
      return;
    }
    case 'decidedBy': {
      const { level, paper, why } = rule;
      if (around.level === undefined || reaches(around.level, level)) return;
      if (!isEmpty(content[paper]) || !applies(content, rule.when)) return;
      const [first] = rule.when;
      // Said as soon as it is known, before anybody has decided
      if (isEmpty(content[rule.field]) && first) warn(first.field, { problem: 'level-above', level, why });
      if (isEmpty(content[rule.field])) return;
      refuse(rule.field, { problem: 'of-level', level, other: paper, why });
      return;
    }
    case 'criminalArticle': {
      const value = content[rule.field];
      if (typeof value !== 'string' || value === '') return;
      const read = readCriminalArticle(value);
      if (!read.ok) refuse(rule.field, { problem: 'no-article', text: value });
      else if (!read.article.isListed)
        warn(rule.field, { problem: 'article-unsure', text: read.article.name });
      return;
    }
    case 'hasRow': {
      const rows = content[rule.child];
      if (!Array.isArray(rows) || rows.length === 0 || !applies(content, rule.when)) return;
      if (!rows.some((row) => applies(row, rule.row)))
        warn(rule.child, { problem: 'no-such-row', why: rule.why });
      return;
    }
    case 'rowsInTime': {
      const found = wrongRow(rule, content, around);
      if (found) refuse(found.path, found.problem);
      return;
    }
    case 'names': {
      const value = content[rule.field];
      if (typeof value !== 'string' || value === '') return;
      const count = value.split(/[、，,；;\s]+/).filter((one) => one !== '').length;
      if (count < rule.least) warn(rule.field, { problem: 'few-names', least: rule.least, why: rule.why });
    }
  }
}

/** The first row that goes on for too long, or from nowhere. */
function wrongRow(
  rule: Extract<LegalRule, { rule: 'rowsInTime' }>,
  content: RecordContent,
  around: AroundRecord,
): { path: string; problem: FieldProblem } | null {
  const rows = content[rule.child];
  let before = dayOf(content, rule.from);
  for (const [index, row] of (Array.isArray(rows) ? rows : []).entries()) {
    const path = `${rule.child}.${index}.${rule.until}`;
    const until = dayOf(row, rule.until);
    if (until === null) continue;
    if (before === null) return { path, problem: { problem: 'missing-before' } };
    if (until <= before) return { path, problem: { problem: 'not-after', day: before } };
    const first = addDays(before, 1);
    const period = around.periodOf?.(rule.deadline, { ...content, [rule.trigger]: first });
    if (period && until > period.until)
      return { path, problem: { problem: 'row-late', day: first, until: period.until, why: rule.why } };
    before = until;
  }
  return null;
}

function wrongSpan(rule: Extract<LegalRule, { rule: 'lasts' }>, content: RecordContent): FieldProblem | null {
  const [from, to] = [dayOf(content, rule.from), dayOf(content, rule.to)];
  if (from === null || to === null || to < from || !applies(content, rule.when)) return null;
  const said = { problem: 'span', other: rule.from, day: from, why: rule.why } as const;
  const own = content[rule.leastIn ?? ''];
  const least = typeof own === 'number' ? own : (rule.least ?? 0);
  const earliest = addDays(addMonths(from, least), -1);
  if (least > 0 && to < earliest) return { ...said, until: earliest, isOver: false };
  const latest = rule.most === undefined ? null : addMonths(from, rule.most);
  return latest !== null && to > latest ? { ...said, until: latest, isOver: true } : null;
}
