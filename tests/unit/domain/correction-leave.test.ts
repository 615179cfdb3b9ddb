import { expect, test } from 'vitest';
import { daysOfLeave, leaveOf, mostWithin } from '#shared/domain/correction-leave.ts';
import { addDays, addMonths, asDay } from '#shared/domain/day.ts';

const leave = (from: string, to: string) => ({ from: asDay(from), to: asDay(to) });
const twoMonths = (from: string) => addDays(addMonths(asDay(from), 2), -1);
const most = (own: ReturnType<typeof leave>, ...others: ReturnType<typeof leave>[]) =>
  mostWithin(own, others, twoMonths);

test('both days of a leave count', () => {
  expect(daysOfLeave(leave('2025-05-01', '2025-05-07'))).toBe(7);
  expect(daysOfLeave(leave('2025-05-01', '2025-05-01'))).toBe(1);
  expect(leaveOf({ leaveFrom: '2025-05-02', leaveTo: '2025-05-01' })).toBe(null);
  expect(leaveOf({ leaveFrom: '2025-05-02' })).toBe(null);
});

test('days of two months together, whichever window has most of them', () => {
  const own = leave('2025-05-21', '2025-05-31'); // 11 days
  expect(most(own)).toBe(11);
  expect(most(own, leave('2025-04-01', '2025-04-10'))).toBe(21);
  // A window from 21 March ends on 20 May: nothing of this leave
  expect(most(own, leave('2025-03-21', '2025-03-30'))).toBe(11);
  // From 1 April to 31 May: its last day is the last of the window
  expect(most(own, leave('2025-04-01', '2025-04-10'), leave('2025-03-31', '2025-03-31'))).toBe(21);
  // Cut by the window's end: 25 March to 24 May has 7 days of March and 4 of this one, 21 May to 20 July has 11
  expect(most(own, leave('2025-03-25', '2025-03-31'))).toBe(11);
  // What comes later counts too, where it was entered before
  expect(most(own, leave('2025-07-18', '2025-07-25'))).toBe(14);
});

test('no order of the others changes the sum', () => {
  const others = [
    leave('2025-04-05', '2025-04-09'),
    leave('2025-05-01', '2025-05-03'),
    leave('2025-06-30', '2025-07-02'),
  ];
  const own = leave('2025-05-10', '2025-05-14');
  expect(mostWithin(own, [...others].reverse(), twoMonths)).toBe(mostWithin(own, others, twoMonths));
});
