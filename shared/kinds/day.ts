import { addDays, addMonths, asDay, type Day, dayFrom, parseDay, yearOf } from '#shared/domain/day.ts';
import { toHalfWidth } from '#shared/domain/text-normalise.ts';
import { dayWords } from '#shared/text/words.ts';
import { bad, type FieldSpec, good, type Kind } from './kind.ts';

const short = /^(?:(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?|(\d{2})(\d{2}))$/;
/** Digits alone are a day only where all eight are there: 202512 may be a month, 2025112 two days. */
const numbers = /^(\d{4})\s*[-./年 ]\s*(\d{1,2})\s*[-./月 ]\s*(\d{1,2})\s*[日号]?$/;

/** Nothing that an office agrees on, or has to do, lies further ahead; a day that does was typed wrongly. */
const yearsAhead = 100;

/** Nothing that these registers hold happened before the state whose law they follow; a year typed wrong does. */
const earliest = '1949-10-01';

/** A calendar day, 'YYYY-MM-DD', never through a time zone. */
export const day: Kind<Day> = {
  name: 'day',
  sqlType: 'TEXT',
  check(value, spec, context) {
    if (typeof value !== 'string') return bad({ problem: 'wrong-type' });
    const parsed = parseDay(toHalfWidth(value));
    if (parsed === null) {
      return bad(
        /^\d{4}-\d{2}-\d{2}$/.test(value)
          ? { problem: 'impossible-date', text: value }
          : { problem: 'not-a-day', text: value },
      );
    }
    if (parsed < (spec.earliest ?? earliest)) return bad({ problem: 'too-long-ago', day: parsed });
    if (parsed <= context.today) return good(parsed);
    if (spec.notFuture === true) return bad({ problem: 'in-future', day: context.today });
    const until = addMonths(asDay(context.today), yearsAhead * 12);
    if (parsed > until) return bad({ problem: 'too-far-ahead', until });
    return spec.notFuture === 'warns'
      ? good(parsed, { problem: 'still-ahead', day: context.today })
      : good(parsed);
  },
  fromText(typed, spec, today) {
    const plain = toHalfWidth(typed)
      .replace(/[．／－]/g, '-')
      .trim();
    const near = today === undefined ? null : nearDay(plain, spec, today);
    if (near !== null) return good(near);
    const compact = plain.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
    const match = numbers.exec(compact);
    if (!match) return bad({ problem: 'not-a-day', text: typed });
    const iso = `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}`;
    const parsed = parseDay(iso);
    return parsed === null ? bad({ problem: 'impossible-date', text: typed }) : good(parsed);
  },
  toText: (value) => value,
};

/** 昨天, 3-1, 0301: a day of this year; of the last one where it would else lie in a future in which it cannot. */
function nearDay(plain: string, spec: FieldSpec, today: Day): Day | null {
  const away = dayWords[plain];
  if (away !== undefined) return addDays(today, away);
  const match = short.exec(plain);
  if (!match) return null;
  const at = (year: number) => dayFrom(year, Number(match[1] ?? match[3]), Number(match[2] ?? match[4]));
  const thisYear = at(yearOf(today));
  return thisYear !== null && thisYear > today && spec.notFuture === true ? at(yearOf(today) - 1) : thisYear;
}
