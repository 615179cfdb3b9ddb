import { addDays, type Day, daysBetween, earlierDay, parseDay } from './day.ts';

/** Leave of persons under correction: its days, and those of two months together (社区矫正法实施办法 art. 27). */

export type Leave = { from: Day; to: Day };

/** Both days count: who leaves on the 1st and is back on the 7th was away for seven days. */
export const daysOfLeave = ({ from, to }: Leave): number => daysBetween(from, to) + 1;

/** The leave of a record; null while one of its days is missing or they are out of order. */
export function leaveOf({ leaveFrom, leaveTo }: Readonly<Record<string, unknown>>): Leave | null {
  const [from, to] = [leaveFrom, leaveTo].map((day) => (typeof day === 'string' ? parseDay(day) : null));
  return from && to && from <= to ? { from, to } : null;
}

type Asked = Readonly<Record<string, unknown>>;

/**
 * Whether another leave of the person stood when `own` was asked for or decided, and counts with it: of two that were
 * decided the one decided first, what was decided before what is only asked for, else the one asked for first. One asked
 * for later counts this one in its turn.
 */
export function standsBefore(other: Asked, own: Asked): boolean {
  const by = (field: string) => [other, own].map((one) => String(one[field] ?? '')) as [string, string];
  const [decided, ownDecided] = by('approvedOn');
  if (decided !== '' && ownDecided === '') return true;
  const days = [...(decided !== '' ? [by('approvedOn')] : []), by('appliedOn'), by('leaveFrom')];
  const [first, then] = days.find(([one, another]) => one !== another) ?? ['', ''];
  return first < then;
}

/**
 * The most days away within one window that has some of `own` in it, own days included. A window begins with a leave
 * and ends on the day that `untilOf` gives for its first day: two months, as the rule stands. What begins earlier does
 * not end later, so the first window before `own` that does not reach it is the last that is asked for.
 */
export function mostWithin(own: Leave, others: readonly Leave[], untilOf: (from: Day) => Day): number {
  const all = [own, ...others];
  let most = 0;
  for (const from of all
    .map((leave) => leave.from)
    .sort()
    .reverse()) {
    if (from > own.to) continue;
    const until = untilOf(from);
    if (until < own.from) break;
    most = Math.max(
      most,
      all.reduce((sum, leave) => sum + daysInside(leave, from, until), 0),
    );
  }
  return most;
}

function daysInside(leave: Leave, from: Day, until: Day): number {
  const first = leave.from < from ? from : leave.from;
  const last = earlierDay(leave.to, until);
  return last < first ? 0 : daysOfLeave({ from: first, to: last });
}

/** The last day of a period that begins on a day and has so many days is so many less one after it. */
export const daysUntil = (from: Day, until: Day): number => daysBetween(from, addDays(until, 1));
