import { readCreditCode } from '#shared/domain/credit-code.ts';
import { asDay } from '#shared/domain/day.ts';
import { modernIdentityNumber, readIdentityNumber } from '#shared/domain/identity-number.ts';
import { foldName } from '#shared/domain/names.ts';
import { readPhones } from '#shared/domain/phone.ts';
import type { PersonValues } from '#shared/ledgers/persons.ts';

/** Numbers live longer than anybody who reads them: what is a birth day does not hang on today. */
const anyDay = asDay('2999-12-31');
const oldest = '1850-01-01';

export type Numbers = {
  /** A sound citizen's number in its form of 18, whichever form stands in the record. */
  citizen: string | null;
  /** The number of a passport or permit. */
  other: string | null;
  /** A citizen's number that does not check. */
  doubtful: string | null;
  credit: string | null;
  phones: string[];
  birthOn: string | null;
};

/** What can be known again of a person's values. */
export function numbersOf(values: PersonValues): Numbers {
  const citizen = values.idNumber === undefined ? null : citizenNumber(values.idNumber);
  const isOther = citizen === null && /[A-WYZa-wyz]/.test(values.idNumber ?? '');
  const rest = citizen === null ? (values.idNumber?.toUpperCase() ?? null) : null;
  const credit = values.creditCode === undefined ? null : readCreditCode(values.creditCode);
  return {
    citizen,
    other: isOther ? rest : null,
    doubtful: isOther ? null : rest,
    credit: credit?.ok ? credit.code : null,
    phones: (readPhones(values.phone ?? '') ?? []).map(({ number }) => number),
    birthOn:
      values.birthOn ??
      (citizen && `${citizen.slice(6, 10)}-${citizen.slice(10, 12)}-${citizen.slice(12, 14)}`),
  };
}

function citizenNumber(text: string): string | null {
  const born = readIdentityNumber(text, { today: anyDay });
  // The age is not judged here: the form has done so, and a person of the register may have died long ago.
  const sound = born.ok || born.problems.every(({ problem }) => problem === 'identity-age');
  if (!sound) return null;
  const number = text.replace(/[\s-]/g, '').toUpperCase();
  const modern = number.length === 15 ? modernIdentityNumber(number) : number;
  const year = modern?.slice(6, 10) ?? '';
  return modern !== null && year >= oldest.slice(0, 4) ? modern : null;
}

/**
 * By what a person is one: the number (15 digits are their 18), the credit code, else name with phone or birth day,
 * else the name in its record alone. Decisions are about pairs of these; equal keys are one person.
 */
export function identityOf(values: PersonValues, recordId: string): string {
  const { citizen, other, doubtful, credit, phones, birthOn } = numbersOf(values);
  const name = foldName(values.name ?? '');
  if (credit) return `c:${credit}`;
  if (citizen) return `i:${citizen}`;
  if (other) return `d:${other}`;
  if (doubtful) return `q:${doubtful}|${name}`;
  if (phones[0]) return `p:${phones[0]}|${name}`;
  if (birthOn) return `b:${birthOn}|${name}`;
  return `r:${recordId}|${name}`;
}

/** Whether the key says more than that somebody of this name stands in a record. */
export const isIdentified = (key: string) => !key.startsWith('r:');
