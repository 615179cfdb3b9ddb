import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { organisationCheck, readCreditCode } from '#shared/domain/credit-code.ts';
import { makeCreditCode } from '#tests/fixtures/identity-number.ts';

const problemsOf = (code: string) => {
  const reading = readCreditCode(code);
  return reading.ok ? [] : reading.problems.map((one) => one.problem);
};
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

describe('credit code', () => {
  test('the sample printed in GB 32100-2015', () => {
    expect(readCreditCode('91350100M000100Y43')).toEqual({ ok: true, code: '91350100M000100Y43' });
    expect(organisationCheck('M000100Y')).toBe('4');
    expect(readCreditCode(' 9135 0100 m000100y43 ')).toEqual({ ok: true, code: '91350100M000100Y43' });
  });

  // 31 is prime and no weight is a multiple of it, so a change of one character always changes the sum.
  test('every single wrong character is found', () => {
    fc.assert(
      fc.property(fc.nat(99999999), fc.nat(17), fc.constantFrom(...alphabet), (order, place, character) => {
        const right = makeCreditCode(order);
        expect(problemsOf(right)).toEqual([]);
        fc.pre(right[place] !== character);
        expect(problemsOf(right.slice(0, place) + character + right.slice(place + 1))).not.toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  test('letters that the code does not have, a wrong length, a wrong organisation code', () => {
    expect(problemsOf('91350100I000100Y43')).toEqual(['credit-shape']);
    expect(problemsOf('91350100M000100Y4')).toEqual(['credit-shape']);
    expect(problemsOf('91350100M000100Y53')).toEqual(['credit-check', 'credit-organisation']);
  });
});
