import { type Day, parseDay } from '#shared/domain/day.ts';
import { bad, good, type Kind } from './kind.ts';

const numbers = /^(\d{4})\s*[-./年]?\s*(\d{1,2})\s*[-./月]?\s*(\d{1,2})\s*日?$/;

/** A calendar day, 'YYYY-MM-DD', never through a time zone. */
export const day: Kind<Day> = {
  name: 'day',
  sqlType: 'TEXT',
  check(value, spec, context) {
    if (typeof value !== 'string') return bad({ problem: 'wrong-type' });
    const parsed = parseDay(value);
    if (parsed === null) {
      return bad(
        /^\d{4}-\d{2}-\d{2}$/.test(value)
          ? { problem: 'impossible-date', text: value }
          : { problem: 'not-a-day', text: value },
      );
    }
    if (!spec.notFuture || parsed <= context.today) return good(parsed);
    if (spec.notFuture === 'warns') return good(parsed, { problem: 'still-ahead', day: context.today });
    return bad({ problem: 'in-future', day: context.today });
  },
  fromText(typed) {
    const compact = /^\d{8}$/.test(typed.trim())
      ? typed.trim().replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
      : typed.trim();
    const match = numbers.exec(compact);
    if (!match) return bad({ problem: 'not-a-day', text: typed });
    const iso = `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}`;
    const parsed = parseDay(iso);
    return parsed === null ? bad({ problem: 'impossible-date', text: typed }) : good(parsed);
  },
  toText: (value) => value,
};
