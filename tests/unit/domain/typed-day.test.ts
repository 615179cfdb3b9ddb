import { expect, test } from 'vitest';
import { asDay } from '#shared/domain/day.ts';
import { day } from '#shared/kinds/day.ts';

const today = asDay('2025-06-30');
const read = (typed: string, notFuture = true) => {
  const answer = day.fromText(typed, { kind: 'day', label: '', notFuture }, today);
  return answer.ok ? answer.value : answer.problem.problem;
};

test.each([
  ['２０２６年３月１日', '2026-03-01'],
  ['２０２６１１２７', '2026-11-27'],
  ['２０２５－３－１', '2025-03-01'],
  ['3-1', '2025-03-01'],
  ['3.1', '2025-03-01'],
  ['３月１日', '2025-03-01'],
  ['5.6', '2025-05-06'],
  ['0506', '2025-05-06'],
  ['５月６号', '2025-05-06'],
  ['20230506', '2023-05-06'],
  ['2023.5.6', '2023-05-06'],
  ['2023年5月6日', '2023-05-06'],
  ['2023 5 6', '2023-05-06'],
  ['今天', '2025-06-30'],
  ['昨天', '2025-06-29'],
  ['前天', '2025-06-28'],
])('%s is %s', (typed, expected) => {
  expect(read(typed)).toBe(expected);
});

test('a day without its year lies in this one, or in the last where it cannot lie ahead', () => {
  expect(read('12-30')).toBe('2024-12-30');
  expect(read('12-30', false)).toBe('2025-12-30');
  expect(read('1230')).toBe('2024-12-30');
  expect(read('2-29')).not.toBe('2025-02-28');
});

test('what is no day is none', () => {
  for (const typed of [
    '13-1',
    '2025.3',
    '3-',
    '大后天',
    '3.1.',
    '506',
    '1332',
    '202512',
    '2025112',
    '2025-112',
  ])
    expect(read(typed), typed).toMatch(/day|date/);
});
