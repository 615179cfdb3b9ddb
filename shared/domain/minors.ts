import { type Day, parseDay, yearsBetween } from './day.ts';
import { readIdentityNumber } from './identity-number.ts';

/** Age in the law of minors: whoever is not eighteen yet (未成年人保护法 art. 2). */

const adult = 18;

type Who = Readonly<Record<string, unknown>>;

/** The day of birth, as it stands in the record or in the identity number; null where neither tells. */
export function birthOf({ birthOn, idNumber }: Who): Day | null {
  if (typeof birthOn === 'string' && birthOn !== '') return parseDay(birthOn);
  return identityOf(idNumber)?.bornOn ?? null;
}

/** '1' or '2' as the identity number says; null without one. */
export const sexOf = ({ idNumber }: Who): string | null => identityOf(idNumber)?.sex ?? null;

/** Whether somebody was a minor on a day; null where the birth or the day is not known. The birthday itself is the first of an adult. */
export function isMinorOn(who: Who, on: unknown): boolean | null {
  const [born, day] = [birthOf(who), typeof on === 'string' ? parseDay(on) : null];
  return born === null || day === null ? null : yearsBetween(born, day) < adult;
}

/** A number is read as of the year of birth in it: whether it can belong to somebody alive is another check's affair. */
function identityOf(idNumber: unknown): { bornOn: Day; sex: string } | null {
  if (typeof idNumber !== 'string') return null;
  const year = idNumber.length === 15 ? `19${idNumber.slice(6, 8)}` : idNumber.slice(6, 10);
  const today = parseDay(`${year}-12-31`);
  const read = today === null ? null : readIdentityNumber(idNumber, { today });
  return read?.ok ? read.identity : null;
}

type Sentence = { isMinorAtCrime?: unknown; penalty?: unknown; penaltyMonths?: unknown };
const fiveYears = 60;

/**
 * Whether the record is sealed when the sentence is served: not eighteen at the time of the crime, and five years of
 * 有期徒刑 at most or a lighter penalty (刑事诉讼法 art. 286; 未成年人犯罪记录封存实施办法 art. 13). Without a penalty in the
 * record it is for a person to look, so it counts as one to be sealed.
 */
export function isToSeal({ isMinorAtCrime, penalty, penaltyMonths }: Sentence): boolean {
  if (isMinorAtCrime !== true || penalty === '01' || penalty === '02') return false;
  return penalty !== '03' || typeof penaltyMonths !== 'number' || penaltyMonths <= fiveYears;
}
