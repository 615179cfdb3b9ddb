import type { Scalar } from '#shared/api/types.ts';
import { note, ref, text } from '#shared/kinds/fields.ts';
import { after, type Derived, type FieldRule } from '../describe.ts';
import type { Condition, Step } from '../workflow.ts';

/**
 * What happens to a person under correction is a record of its own, by the unit that acts, a part of the person's file:
 * it names the person, bears the name as its title, and lies between registration and end.
 */

export const eventFields = {
  personId: ref({
    label: '社区矫正对象',
    section: 'basic',
    ref: 'correction',
    required: true,
    filter: true,
  }),
  personName: text({ label: '姓名', section: 'basic', max: 40, system: true, derived: true, veil: 'name' }),
} as const;

export const closingFields = {
  voidReason: text({ label: '作废原因', section: 'file', max: 200, veil: 'text' }),
  remark: note({ label: '备注', section: 'file', max: 1000 }),
} as const;

/** A value of the person's record; it stays as it is where that cannot be seen. */
export const ofPerson = (field: string, from: string): Derived => ({
  field,
  of: ({ personId }, around): Scalar | undefined => {
    if (typeof personId !== 'string') return undefined;
    const value = around.valueOf?.('correction', personId, from);
    // Every object has a `valueOf`: only a text, or nothing, is an answer
    if (typeof value === 'string' && value !== '') return value;
    return value === null || value === '' ? null : undefined;
  },
});

export const nameOfPerson = ofPerson('personName', 'name');

/** Not before registration; after the end it is refused, or said where it may have its reason. */
export const duringCorrection = (on: string, isWarning: boolean): readonly FieldRule[] => [
  after('personId.receivedOn', on),
  isWarning
    ? {
        rule: 'whileGood',
        field: 'personId',
        on,
        ends: ['endedOn'],
        isWarning: true,
        advice: '请核对日期；确在矫正结束以后的不用改。',
      }
    : {
        rule: 'whileGood',
        field: 'personId',
        on,
        ends: ['endedOn'],
        advice: '矫正已经结束，不能再登记。请核对日期；结束登记有误的，请先在对象台账中改正。',
      },
];

/** Automatic steps between states that the days of a record tell apart: exactly one condition holds at a time. */
export function settling<S extends string>(
  conditions: Readonly<Record<S, readonly Condition[]>>,
  labels: Readonly<Record<S, string>>,
): Step<S>[] {
  const all = Object.keys(conditions) as S[];
  return all.map((to) => ({
    from: all.filter((from) => from !== to),
    action: `settle${to.charAt(0).toUpperCase()}${to.slice(1)}`,
    to,
    label: labels[to],
    requires: [],
    auto: conditions[to],
  }));
}
