import { holds, isFilled } from '#shared/ledgers/workflow.ts';
import { addDays, addMonths, type Day, dayOfMonth, daysBetween, lastDay, parseDay } from './day.ts';
import type { DeadlineRule } from './deadline-rule.ts';
import { addWorkdays, rollToWorkday, type WorkCalendar, workdaysBetween } from './working-days.ts';

/** When a record must be done with what, under one rule. Pure: the same record and calendar give the same day. */

export type Due = {
  /** The field that began the period, and its day. */
  basis: string;
  startedOn: Day;
  dueOn: Day;
  /** 'HH:MM' on that day, where the period is in hours and its beginning was known to the minute. */
  dueTime: string | null;
  isExtended: boolean;
  /** Begun from a field that only stands in for the rule's own. */
  isEstimated: boolean;
  /** Nothing to chase once its day is over. */
  isLapsing: boolean;
  /** Years that had to be counted without their calendar. */
  unknownYears: number[];
};

/** `none`: the rule says nothing of this record. `paused`: the period stands still. */
export type Deadline =
  | { is: 'none' }
  | { is: 'met' }
  | { is: 'paused'; basis: string; startedOn: Day }
  | { is: 'open'; due: Due };

type Values = Readonly<Record<string, unknown>>;
type Period = Pick<DeadlineRule, 'offset' | 'unit'>;

const dayIn = (value: unknown) => (typeof value === 'string' ? parseDay(value.slice(0, 10)) : null);

/** Minutes after midnight that a value says after its day; null for a bare day. */
function minutesIn(value: unknown): number | null {
  const match = /^.{10}[T ](\d{2}):(\d{2})/.exec(String(value));
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
}

/** `calendar` is asked only by rules that count working days or move a last day on. */
export function deadlineOf(
  rule: DeadlineRule,
  record: { state: string; content: Values },
  calendar: () => WorkCalendar,
): Deadline {
  const { content } = record;
  if (!rule.when.every((one) => holds(content, one)) || !isWithin(rule, content)) return { is: 'none' };
  const basis = rule.trigger.find((field) => dayIn(content[field]) !== null);
  const startedOn = basis === undefined ? null : dayIn(content[basis]);
  if (basis === undefined || startedOn === null) return { is: 'none' };
  if (startedOn < rule.validFrom || startedOn > (rule.validTo ?? startedOn)) return { is: 'none' };
  if (!rule.states.includes(record.state) || rule.metBy.some((one) => holds(content, one)))
    return { is: 'met' };
  const counted = countOut(rule, content, startedOn, minutesIn(content[basis]), calendar);
  if (counted === null) return { is: 'paused', basis, startedOn };
  const days = (rule.metInTimeBy ?? []).map((field) => dayIn(content[field]));
  if (days.some((one) => one !== null && one <= counted.dueOn)) return { is: 'met' };
  const isLapsing = rule.lapsesUnless !== undefined && !rule.lapsesUnless.every((one) => holds(content, one));
  return {
    is: 'open',
    due: { basis, startedOn, isEstimated: basis !== rule.trigger[0], isLapsing, ...counted },
  };
}

function isWithin({ within }: DeadlineRule, content: Values): boolean {
  if (within === undefined) return true;
  const [first, until] = [dayIn(content[within.first]), dayIn(content[within.until])];
  return first !== null && until !== null && until <= addDays(first, within.days);
}

type Counted = Pick<Due, 'dueOn' | 'dueTime' | 'isExtended' | 'unknownYears'>;

/** Null while the period stands still. */
function countOut(
  rule: DeadlineRule,
  content: Values,
  startedOn: Day,
  minutes: number | null,
  calendar: () => WorkCalendar,
): Counted | null {
  const unknown = new Set<number>();
  // The day of the beginning counts: as if the period had begun the day before.
  const begin = rule.from === 'sameDay' && rule.offset > 0 ? addDays(startedOn, -1) : startedOn;
  const isTimed = rule.unit === 'hour' && minutes !== null;
  const end =
    rule.from === 'before'
      ? { dueOn: before(startedOn, rule), time: null }
      : rule.from === 'sameDay' && rule.unit === 'month' && rule.offset > 0
        ? { dueOn: monthsWith(startedOn, rule.offset), time: null }
        : after(rule.unit === 'hour' ? startedOn : begin, rule, minutes, calendar, unknown);
  let { dueOn } = end;
  for (const pause of pausesOf(rule, content)) {
    // What comes to a stand when the period is over already does not bring it back.
    if (pause.from < startedOn || pause.from > dueOn) continue;
    if (pause.to === null) return null;
    if (rule.unit === 'workday') {
      const lost = workdaysBetween(calendar(), pause.from, pause.to);
      dueOn = after(dueOn, { offset: lost, unit: 'workday' }, null, calendar, unknown).dueOn;
    } else dueOn = addDays(dueOn, Math.max(0, daysBetween(pause.from, pause.to)));
  }
  const usual = dueOn;
  for (const extension of rule.extendedBy) {
    if ('to' in extension) {
      const to = dayIn(content[extension.to]);
      if (to !== null && to > dueOn && extension.needs.every((one) => isFilled(content, one))) dueOn = to;
    } else if (extension.when.every((one) => holds(content, one))) {
      dueOn = after(dueOn, extension, null, calendar, unknown).dueOn;
    }
  }
  if (rule.roll === 'nextWorkday' && rule.unit !== 'hour') {
    const rolled = rollToWorkday(calendar(), dueOn);
    for (const year of rolled.unknownYears) unknown.add(year);
    dueOn = rolled.day;
  }
  const isExtended = rule.extendedBy.length > 0 && dueOn > usual && hasExtension(rule, content, usual);
  return { dueOn, dueTime: isTimed ? end.time : null, isExtended, unknownYears: [...unknown].sort() };
}

/** Whether an extension, and not only a day off, moved the end. */
function hasExtension(rule: DeadlineRule, content: Values, usual: Day): boolean {
  return rule.extendedBy.some((one) => {
    if ('when' in one) return one.when.every((each) => holds(content, each));
    const to = dayIn(content[one.to]);
    return to !== null && to > usual && one.needs.every((each) => isFilled(content, each));
  });
}

/**
 * The end of a period (民法典 arts. 200–203): the n-th day after the beginning, the same day of a later month, the n-th
 * working day. Hours from a bare day end at the latest on the day after so many full days.
 */
function after(
  begin: Day,
  { offset, unit }: Period,
  minutes: number | null,
  calendar: () => WorkCalendar,
  unknown: Set<number>,
): { dueOn: Day; time: string | null } {
  switch (unit) {
    case 'day':
      return { dueOn: addDays(begin, offset), time: null };
    case 'month':
      return { dueOn: addMonths(begin, offset), time: null };
    case 'workday': {
      const reached = addWorkdays(calendar(), begin, offset);
      for (const year of reached.unknownYears) unknown.add(year);
      return { dueOn: reached.day, time: null };
    }
    case 'hour': {
      if (minutes === null) return { dueOn: addDays(begin, Math.ceil(offset / 24)), time: null };
      const end = minutes + offset * 60;
      const two = (value: number) => String(value).padStart(2, '0');
      const time = `${two(Math.floor((end % 1440) / 60))}:${two(end % 60)}`;
      return { dueOn: addDays(begin, Math.floor(end / 1440)), time };
    }
  }
}

/** The day so long before another one. Working days and hours are not counted back: nothing that we know asks for it. */
function before(end: Day, { offset, unit }: Period): Day {
  return unit === 'month' ? addMonths(end, -offset) : addDays(end, -offset);
}

/**
 * The last day of so many months that begin with a day: the day before the corresponding one, or the last of a month that
 * has none. From 1 March three months end on 31 May, from 31 August six on the last of February.
 */
function monthsWith(first: Day, months: number): Day {
  const corresponding = addMonths(first, months);
  if (corresponding === lastDay || dayOfMonth(corresponding) !== dayOfMonth(first)) return corresponding;
  return addDays(corresponding, -1);
}

function pausesOf(rule: DeadlineRule, content: Values): { from: Day; to: Day | null }[] {
  const found: { from: Day; to: Day | null }[] = [];
  for (const { child, from, to } of rule.pausedBy) {
    const rows = child === undefined ? [content] : content[child];
    if (!Array.isArray(rows)) continue;
    for (const row of rows as Values[]) {
      const begun = dayIn(row[from]);
      if (begun !== null) found.push({ from: begun, to: dayIn(row[to]) });
    }
  }
  return found.sort((one, other) => (one.from < other.from ? -1 : 1));
}
