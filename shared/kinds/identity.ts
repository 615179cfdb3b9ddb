import type { FieldProblem } from '#shared/api/errors.ts';
import { readCreditCode } from '#shared/domain/credit-code.ts';
import { asDay } from '#shared/domain/day.ts';
import { normaliseIdentityNumber, readIdentityNumber } from '#shared/domain/identity-number.ts';
import { readPhones } from '#shared/domain/phone.ts';
import { cleanLine, cleanNumber } from '#shared/domain/text-normalise.ts';
import { bad, good, type Kind, type Read } from './kind.ts';

/** A value that fails its check is kept where a reason stands beside it, and warned about; it is never mended. */
function doubtful(value: string, problem: FieldProblem, hasReason: boolean): Read<string> {
  return hasReason ? good(value, problem) : bad(problem);
}

/** A citizen's number (GB 11643) or the number of another document. */
export const identity: Kind<string> = {
  name: 'identity',
  sqlType: 'TEXT',
  check(typed, _spec, context) {
    if (typeof typed !== 'string') return bad({ problem: 'wrong-type' });
    const value = normaliseIdentityNumber(typed);
    if (value.length > 40) return bad({ problem: 'too-long', max: 40 });
    if (!/^[0-9Xx]{15,18}$/.test(value)) {
      // Passports and permits have letters and other lengths; nothing can be checked there.
      return /^[0-9A-Za-z()（）-]{5,40}$/.test(value) && /[A-WYZa-wyz]/.test(value)
        ? good(value)
        : doubtful(value, { problem: 'identity-number', fault: 'identity-shape' }, context.hasReason);
    }
    const reading = readIdentityNumber(value, { today: asDay(context.today) });
    if (reading.ok) return good(reading.identity.number);
    const fault = reading.problems[0]?.problem ?? 'identity-shape';
    return doubtful(value, { problem: 'identity-number', fault }, context.hasReason);
  },
  fromText: (typed) => good(normaliseIdentityNumber(typed)),
  toText: (value) => value,
};

const cleanCode = (typed: string) => cleanNumber(typed).toUpperCase();

/** A unified social credit code (GB 32100). */
export const credit: Kind<string> = {
  name: 'credit',
  sqlType: 'TEXT',
  check(typed, _spec, context) {
    if (typeof typed !== 'string') return bad({ problem: 'wrong-type' });
    const value = cleanCode(typed);
    if (value.length > 40) return bad({ problem: 'too-long', max: 40 });
    const reading = readCreditCode(value);
    if (reading.ok) return good(reading.code);
    const fault = reading.problems[0]?.problem ?? 'credit-shape';
    return doubtful(value, { problem: 'credit-code', fault }, context.hasReason);
  },
  fromText: (typed) => good(cleanCode(typed)),
  toText: (value) => value,
};

/** One or several telephone numbers. */
export const phone: Kind<string> = {
  name: 'phone',
  sqlType: 'TEXT',
  check(typed) {
    if (typeof typed !== 'string') return bad({ problem: 'wrong-type' });
    const value = cleanLine(typed);
    return readPhones(value) ? good(value) : bad({ problem: 'phone' });
  },
  fromText: (typed) => good(cleanLine(typed)),
  toText: (value) => value,
};
