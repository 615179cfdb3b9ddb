import { describe, expect, test } from 'vitest';
import { seedYears } from '#core/cases/calendars.ts';
import { asDay } from '#shared/domain/day.ts';
import { deadlineOf } from '#shared/domain/deadline.ts';
import { type DeadlineRule, deadlineRuleSchema } from '#shared/domain/deadline-rule.ts';
import { createWorkCalendar } from '#shared/domain/working-days.ts';

const base: DeadlineRule = {
  code: 'mediation.test',
  edition: 1,
  ledger: 'mediation',
  title: '试验',
  trigger: ['begunOn'],
  from: 'nextDay',
  offset: 10,
  unit: 'day',
  roll: 'none',
  states: ['open'],
  when: [],
  metBy: [{ field: 'doneOn', filled: true }],
  pausedBy: [],
  extendedBy: [],
  person: [],
  strength: 'hard',
  law: '某法',
  article: '第一条',
  validFrom: asDay('2000-01-01'),
  validTo: null,
  source: '试验',
  sure: 'low',
};
const calendar = createWorkCalendar(seedYears());
const find = (changes: Partial<DeadlineRule>, content: Record<string, unknown>, state = 'open') =>
  deadlineOf(deadlineRuleSchema.parse({ ...base, ...changes }), { state, content }, () => calendar);
const dueOn = (changes: Partial<DeadlineRule>, content: Record<string, unknown>) => {
  const found = find(changes, content);
  return found.is === 'open' ? [found.due.dueOn, found.due.dueTime].filter(Boolean).join(' ') : found.is;
};

describe('periods', () => {
  test.each<[string, Partial<DeadlineRule>, string, string]>([
    ['30 days, the first not counted', { offset: 30 }, '2025-03-10', '2025-04-09'],
    ['30 days, the first counted', { offset: 30, from: 'sameDay' }, '2025-03-10', '2025-04-08'],
    ['no days: the day itself', { offset: 0, from: 'sameDay' }, '2025-03-10', '2025-03-10'],
    ['a month', { offset: 1, unit: 'month' }, '2025-03-01', '2025-04-01'],
    ['a month into a short one', { offset: 1, unit: 'month' }, '2025-01-31', '2025-02-28'],
    ['a month into a leap February', { offset: 1, unit: 'month' }, '2024-01-31', '2024-02-29'],
    [
      'a month, the first day counted',
      { offset: 1, unit: 'month', from: 'sameDay' },
      '2025-03-01',
      '2025-03-31',
    ],
    [
      'six months into a short one, the first day counted',
      { offset: 6, unit: 'month', from: 'sameDay' },
      '2025-08-31',
      '2026-02-28',
    ],
    ['thirty days before', { offset: 30, from: 'before' }, '2024-03-15', '2024-02-14'],
    ['a month before', { offset: 1, unit: 'month', from: 'before' }, '2025-03-31', '2025-02-28'],
    ['six months over a year', { offset: 6, unit: 'month' }, '2025-08-31', '2026-02-28'],
    ['7 working days over October', { offset: 7, unit: 'workday' }, '2025-09-26', '2025-10-13'],
    [
      '3 working days, the first counted',
      { offset: 3, unit: 'workday', from: 'sameDay' },
      '2025-09-26',
      '2025-09-29',
    ],
    ['24 hours from a bare day', { offset: 24, unit: 'hour' }, '2025-03-10', '2025-03-11'],
    ['36 hours from a bare day', { offset: 36, unit: 'hour' }, '2025-03-10', '2025-03-12'],
    ['24 hours from a minute', { offset: 24, unit: 'hour' }, '2025-03-10T22:05', '2025-03-11 22:05'],
    ['3 hours over midnight', { offset: 3, unit: 'hour' }, '2025-12-31 22:30', '2026-01-01 01:30'],
    ['a last day off, not moved', { offset: 10 }, '2025-09-22', '2025-10-02'],
    ['a last day off, moved', { offset: 10, roll: 'nextWorkday' }, '2025-09-22', '2025-10-09'],
    ['a last day made up for, not moved', { offset: 10, roll: 'nextWorkday' }, '2025-09-18', '2025-09-28'],
  ])('%s', (_what, changes, begun, due) => expect(dueOn(changes, { begunOn: begun })).toBe(due));

  test('a year without calendar is named, and only where it was looked at', () => {
    const begunOn = '2028-03-01';
    expect(find({ unit: 'workday' }, { begunOn })).toMatchObject({ due: { unknownYears: [2028] } });
    expect(find({}, { begunOn })).toMatchObject({ due: { unknownYears: [] } });
  });

  test('the calendar is not asked by a rule that counts plain days', () => {
    const rule = deadlineRuleSchema.parse(base);
    const refuse = () => {
      throw new Error('asked');
    };
    expect(deadlineOf(rule, { state: 'open', content: { begunOn: '2025-03-01' } }, refuse).is).toBe('open');
  });
});

describe('what applies', () => {
  test.each<[string, Partial<DeadlineRule>, Record<string, unknown>, string]>([
    ['nothing to begin with', {}, {}, 'none'],
    ['a trigger that is no day', {}, { begunOn: '2025.3' }, 'none'],
    [
      'the second trigger stands in',
      { trigger: ['begunOn', 'knownOn'] },
      { knownOn: '2025-03-01' },
      '2025-03-11',
    ],
    ['met', {}, { begunOn: '2025-03-01', doneOn: '2025-03-02' }, 'met'],
    ['begun before the law', { validFrom: asDay('2025-03-02') }, { begunOn: '2025-03-01' }, 'none'],
    ['begun on its first day', { validFrom: asDay('2025-03-01') }, { begunOn: '2025-03-01' }, '2025-03-11'],
    ['begun after its last', { validTo: asDay('2025-02-28') }, { begunOn: '2025-03-01' }, 'none'],
    [
      'a condition fails',
      { when: [{ field: 'kind', in: ['a'] }] },
      { begunOn: '2025-03-01', kind: 'b' },
      'none',
    ],
    [
      'not in, and empty',
      { when: [{ field: 'kind', notIn: ['a'] }] },
      { begunOn: '2025-03-01' },
      '2025-03-11',
    ],
  ])('%s', (_what, changes, content, due) => expect(dueOn(changes, content)).toBe(due));

  test('in another state it is done with', () => {
    expect(find({}, { begunOn: '2025-03-01' }, 'voided').is).toBe('met');
  });

  test('what stands in for the trigger is an estimate', () => {
    const trigger = ['begunOn', 'knownOn'];
    expect(find({ trigger }, { knownOn: '2025-03-01' })).toMatchObject({
      due: { isEstimated: true, basis: 'knownOn' },
    });
    expect(find({ trigger }, { begunOn: '2025-03-01' })).toMatchObject({ due: { isEstimated: false } });
  });

  test('a right lapses unless somebody means to use it', () => {
    const lapsesUnless = [{ field: 'aim', in: ['use'] }];
    expect(find({ lapsesUnless }, { begunOn: '2025-03-01' })).toMatchObject({ due: { isLapsing: true } });
    expect(find({ lapsesUnless }, { begunOn: '2025-03-01', aim: 'use' })).toMatchObject({
      due: { isLapsing: false },
    });
    expect(find({}, { begunOn: '2025-03-01' })).toMatchObject({ due: { isLapsing: false } });
  });
});

describe('pauses', () => {
  const pausedBy = [{ from: 'stoppedOn', to: 'goneOnOn' }];
  test.each<[string, Partial<DeadlineRule>, Record<string, unknown>, string]>([
    ['five days do not count', {}, { stoppedOn: '2025-03-03', goneOnOn: '2025-03-08' }, '2025-03-16'],
    ['it stands still', {}, { stoppedOn: '2025-03-03' }, 'paused'],
    ['a stop after the end brings nothing back', {}, { stoppedOn: '2025-03-12' }, '2025-03-11'],
    ['a stop before the beginning', {}, { stoppedOn: '2025-02-20', goneOnOn: '2025-02-25' }, '2025-03-11'],
    [
      'months move by days',
      { offset: 1, unit: 'month' },
      { stoppedOn: '2025-03-03', goneOnOn: '2025-03-08' },
      '2025-04-06',
    ],
    [
      'working days move by working days',
      { offset: 5, unit: 'workday' },
      { stoppedOn: '2025-03-03', goneOnOn: '2025-03-10' },
      '2025-03-14',
    ],
  ])('%s', (_what, changes, content, due) =>
    expect(dueOn({ pausedBy, ...changes }, { begunOn: '2025-03-01', ...content })).toBe(due),
  );

  test('several, from rows of the record, in whatever order', () => {
    const rows = [
      { from: '2025-03-12', to: '2025-03-14' },
      { from: '2025-03-03', to: '2025-03-08' },
    ];
    const rule = { pausedBy: [{ child: 'stops', from: 'from', to: 'to' }] };
    expect(dueOn(rule, { begunOn: '2025-03-01', stops: rows })).toBe('2025-03-18');
  });
});

describe('extensions', () => {
  const agreed = { extendedBy: [{ to: 'extendedTo', needs: ['agreedOn'] }] };
  const begunOn = '2025-03-01';
  test.each<[string, Record<string, unknown>, string, boolean]>([
    ['agreed', { extendedTo: '2025-04-30', agreedOn: '2025-03-10' }, '2025-04-30', true],
    ['not agreed by both', { extendedTo: '2025-04-30' }, '2025-03-11', false],
    ['to an earlier day', { extendedTo: '2025-03-05', agreedOn: '2025-03-02' }, '2025-03-11', false],
  ])('%s', (_what, content, due, isExtended) => {
    expect(find(agreed, { begunOn, ...content })).toMatchObject({ due: { dueOn: due, isExtended } });
  });

  test('by a period of its own, and moved on after it', () => {
    const rule: Partial<DeadlineRule> = {
      extendedBy: [{ offset: 1, unit: 'month', when: [{ field: 'isHard', in: ['true'] }] }],
      roll: 'nextWorkday',
    };
    expect(find(rule, { begunOn, isHard: true })).toMatchObject({
      due: { dueOn: '2025-04-11', isExtended: true },
    });
    expect(find(rule, { begunOn })).toMatchObject({ due: { dueOn: '2025-03-11', isExtended: false } });
    // Moved on by a day off alone is no extension.
    expect(find({ ...rule, offset: 7 }, { begunOn })).toMatchObject({
      due: { dueOn: '2025-03-10', isExtended: false },
    });
  });
});
