import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asDay, dayNumber, dayOfNumber } from '#shared/domain/day.ts';
import {
  identityCheck,
  modernIdentityNumber,
  normaliseIdentityNumber,
  readIdentityNumber,
} from '#shared/domain/identity-number.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';

const today = asDay('2026-01-01');
const problemsOf = (number: string, sex = '0') => {
  const reading = readIdentityNumber(number, { today, sex });
  return reading.ok ? [] : reading.problems.map((one) => one.problem);
};
const bornOn = fc
  .integer({ min: dayNumber(asDay('1900-01-01')), max: dayNumber(today) })
  .map((count) => dayOfNumber(count));
const number = fc
  .tuple(bornOn, fc.integer({ min: 1, max: 999 }))
  .map(([day, order]) => makeIdentityNumber(day, order));

describe('identity number', () => {
  test('the samples printed in GB 11643', () => {
    expect(identityCheck('11010519491231002')).toBe('X');
    expect(identityCheck('44052418800101001')).toBe('4');
  });

  test('what is in a number comes out of it', () => {
    fc.assert(
      fc.property(bornOn, fc.integer({ min: 1, max: 999 }), (day, order) => {
        const reading = readIdentityNumber(makeIdentityNumber(day, order), { today });
        expect(reading).toMatchObject({
          ok: true,
          identity: { area: '999999', bornOn: day, sex: order % 2 === 1 ? '1' : '2', warnings: [] },
        });
      }),
    );
  });

  // The weights are powers of two modulo 11, none of them 0, so a change of one digit always changes the sum;
  // and neighbouring weights differ, so exchanging two different neighbours does too.
  test('every single wrong character is found', () => {
    fc.assert(
      fc.property(number, fc.nat(17), fc.constantFrom(...'0123456789X'), (right, place, character) => {
        fc.pre(right[place] !== character);
        const wrong = right.slice(0, place) + character + right.slice(place + 1);
        const expected = place < 17 && character === 'X' ? 'identity-shape' : 'identity-check';
        expect(problemsOf(wrong)).toContain(expected);
      }),
      { numRuns: 1000 },
    );
  });

  test('every exchange of two different neighbours is found', () => {
    fc.assert(
      fc.property(number, fc.nat(15), (right, place) => {
        fc.pre(right[place] !== right[place + 1]);
        const wrong = right.slice(0, place) + right[place + 1] + right[place] + right.slice(place + 2);
        expect(problemsOf(wrong)).toContain('identity-check');
      }),
      { numRuns: 500 },
    );
  });

  test('two wrong digits can cancel out: a right check digit is no proof', () => {
    const right = makeIdentityNumber('1990-01-01', 1);
    const cancelled = Array.from({ length: 999 }, (_, order) =>
      makeIdentityNumber('1990-01-01', order + 1),
    ).filter((other) => other !== right && other.endsWith(right.slice(-1)));
    expect(cancelled.length).toBeGreaterThan(50);
    for (const other of cancelled) expect(problemsOf(other)).toEqual([]);
  });

  test('each kind of problem', () => {
    expect(problemsOf('')).toEqual(['identity-shape']);
    expect(problemsOf('99999919900101001')).toEqual(['identity-shape']);
    expect(problemsOf(makeIdentityNumber('1990-01-01', 1), '2')).toEqual(['identity-sex']);
    expect(problemsOf(makeIdentityNumber('2090-01-01'))).toEqual(['identity-age']);
    expect(problemsOf(makeIdentityNumber('1890-01-01'))).toEqual(['identity-age']);
    expect(problemsOf(makeIdentityNumber('1990-02-30'))).toEqual(['identity-birth']);
    const twice = makeIdentityNumber('1990-02-30').slice(0, 17);
    const wrong = '0123456789'.split('').find((digit) => identityCheck(twice) !== digit)!;
    expect(problemsOf(twice + wrong)).toEqual(['identity-check', 'identity-birth']);
  });

  test('typed forms are read, unknown areas and old numbers warn', () => {
    const withX = Array.from({ length: 99 }, (_, order) => makeIdentityNumber('1990-01-01', order + 1)).find(
      (one) => one.endsWith('X'),
    )!;
    expect(
      normaliseIdentityNumber(` ${withX.slice(0, 6)} ${withX.slice(6, 14)}-${withX.slice(14).toLowerCase()}`),
    ).toBe(withX);
    expect(problemsOf(withX.toLowerCase())).toEqual([]);
    expect(readIdentityNumber(withX, { today, knowsArea: () => false })).toMatchObject({
      ok: true,
      identity: { warnings: [{ warning: 'identity-area', area: '999999' }] },
    });
    expect(readIdentityNumber('999999900101002', { today })).toMatchObject({
      ok: true,
      identity: { bornOn: '1990-01-01', sex: '2', warnings: [{ warning: 'identity-legacy' }] },
    });
    expect(modernIdentityNumber('999999900101002')).toBe(makeIdentityNumber('1990-01-01', 2));
    expect(modernIdentityNumber('99999990010100X')).toBeNull();
  });
});
