import { expect, test } from 'vitest';
import { birthOf, isMinorOn, isToSeal } from '#shared/domain/minors.ts';
import { correction } from '#shared/ledgers/correction/person.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';

test.each([
  ['the day before the eighteenth birthday', '2007-06-16', '2025-06-15', true],
  ['the eighteenth birthday itself', '2007-06-16', '2025-06-16', false],
  ['born on 29 February, on the 28th', '2004-02-29', '2022-02-28', true],
  ['born on 29 February, on 1 March', '2004-02-29', '2022-03-01', false],
])('%s', (_what, birthOn, on, isMinor) => {
  expect(isMinorOn({ birthOn }, on)).toBe(isMinor);
  expect(isMinorOn({ idNumber: makeIdentityNumber(birthOn) }, on)).toBe(isMinor);
});

test('without birth or day nothing is known', () => {
  expect(isMinorOn({}, '2025-06-15')).toBe(null);
  expect(isMinorOn({ birthOn: '2007-06-16' }, undefined)).toBe(null);
  expect(isMinorOn({ birthOn: '2007-06-16' }, '2025-6')).toBe(null);
  expect(birthOf({ idNumber: '123' })).toBe(null);
  // What stands in the record goes before the number
  expect(birthOf({ birthOn: '2007-06-17', idNumber: makeIdentityNumber('2007-06-16') })).toBe('2007-06-17');
});

// 刑事诉讼法 art. 286
test.each([
  [{ isMinorAtCrime: true, penalty: '03', penaltyMonths: 60 }, true],
  [{ isMinorAtCrime: true, penalty: '03', penaltyMonths: 61 }, false],
  [{ isMinorAtCrime: true, penalty: '04', penaltyMonths: 2 }, true],
  [{ isMinorAtCrime: true, penalty: '05' }, true],
  [{ isMinorAtCrime: true, penalty: '02' }, false],
  [{ isMinorAtCrime: true }, true],
  [{ isMinorAtCrime: false, penalty: '04' }, false],
  [{ penalty: '04' }, false],
])('%o is sealed: %s', (sentence, expected) => expect(isToSeal(sentence)).toBe(expected));

// 社区矫正法 art. 52, 54
test.each([
  ['a minor still', '2025-06-15', '2025-03-01', ['未成年', '犯罪时未满18']],
  ['grown up since the crime', '2025-06-16', '2025-03-01', ['犯罪时未满18']],
  ['an adult already at the crime', '2025-12-01', '2025-06-16', []],
  ['a minor, the day of the crime not known', '2025-06-15', undefined, ['未成年']],
])('the head of the record marks %s', (_what, today, crimeOn, marks) => {
  expect(correction.marks?.({ birthOn: '2007-06-16', ...(crimeOn ? { crimeOn } : {}) }, today)).toEqual(
    marks,
  );
});
