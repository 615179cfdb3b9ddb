import type { RecordContent } from '#shared/api/types.ts';
import {
  daysOfLeave,
  daysUntil,
  type Leave,
  leaveOf,
  mostWithin,
  standsBefore,
} from '#shared/domain/correction-leave.ts';
import { asDay } from '#shared/domain/day.ts';
import { isEmpty } from '#shared/kinds/conditions.ts';
import { code, count, day, text } from '#shared/kinds/fields.ts';
import { after, describeLedger, inTime, together, usuallyAfter } from '../describe.ts';
import type { AroundRecord } from '../rules.ts';
import type { Workflow } from '../workflow.ts';
import { empty, filled, is } from './common.ts';
import { closingFields, duringCorrection, eventFields, nameOfPerson, settling } from './event.ts';

type LeaveState = 'applied' | 'approved' | 'refused' | 'returned' | 'voided';

const labels = { applied: '待审批', approved: '已批准', refused: '不予批准', returned: '已销假' } as const;
const all = Object.keys(labels) as (keyof typeof labels)[];

const workflow: Workflow<LeaveState> = {
  initial: 'applied',
  states: {
    applied: { label: labels.applied, tone: 'warning', isOpen: true },
    approved: { label: labels.approved, tone: 'processing', isOpen: true },
    // Nobody went anywhere: neither counted nor in the way of another leave
    refused: { label: labels.refused, tone: 'default', isUncounted: true },
    returned: { label: labels.returned, tone: 'success' },
    voided: { label: '已作废', tone: 'error', isClosed: true, isUncounted: true },
  },
  steps: [
    ...settling(
      {
        returned: [filled('approvedOn'), is('decision', 'approved'), filled('returnedOn')],
        approved: [filled('approvedOn'), is('decision', 'approved'), empty('returnedOn')],
        refused: [filled('approvedOn'), is('decision', 'refused')],
        applied: [empty('approvedOn')],
      },
      labels,
    ),
    {
      from: ['applied'],
      action: 'decide',
      to: 'applied',
      label: '审批',
      requires: ['decision', 'approvedOn', 'approver'],
    },
    { from: ['approved'], action: 'return', to: 'approved', label: '销假', requires: ['returnedOn'] },
    { from: [...all], action: 'void', to: 'voided', label: '作废', requires: ['voidReason'] },
  ],
};

const dayFrom = (period: { until: string } | null | undefined) => (period ? asDay(period.until) : null);

/** Other leaves of the same person that were not refused and stood when this one was asked for or decided. */
function othersOf(own: RecordContent, around: AroundRecord): Leave[] | undefined {
  const { personId: value } = own;
  if (typeof value !== 'string') return undefined;
  const needs = ['leaveFrom', 'leaveTo', 'appliedOn', 'approvedOn'];
  const others = around.sharing?.({ field: 'personId', value, needs });
  return others?.flatMap(({ content }) => (standsBefore(content, own) ? (leaveOf(content) ?? []) : []));
}

/** What makes up a decision on a leave; while all of it stays, the decision is not judged anew. */
const decided = ['personId', 'leaveFrom', 'leaveTo', 'decision', 'approvedOn'] as const;

/** Who decided looked at what stood then: neither a later application nor a limit that changed makes another of it. */
const isDecided = (content: RecordContent, { stood }: AroundRecord): boolean =>
  stood != null &&
  !isEmpty(stood.approvedOn) &&
  decided.every((field) => (content[field] ?? null) === (stood[field] ?? null));

/** Days away within two months, this leave included. */
function daysTogether(content: RecordContent, around: AroundRecord): number | null | undefined {
  const own = leaveOf(content);
  if (isDecided(content, around)) return undefined;
  const others = othersOf(content, around);
  if (own === null || others === undefined) return own === null ? null : undefined;
  const untilOf = (from: string) =>
    dayFrom(around.periodOf?.('leave.window', { ...content, leaveFrom: from })) ?? own.to;
  return mostWithin(own, others, untilOf);
}

/** Who approves it, by its own length and by the days of two months, as the limits stand (实施办法 art. 27). */
function levelFor(content: RecordContent, around: AroundRecord): string | null | undefined {
  const own = leaveOf(content);
  if (own === null) return null;
  if (!around.periodOf || isDecided(content, around)) return undefined;
  const [ofStation, ofCounty, together] = ['leave.station', 'leave.county', 'leave.sum'].map((rule) =>
    dayFrom(around.periodOf?.(rule, content)),
  );
  const sum = Number(content.twoMonthDays ?? 0);
  const isAbove = (ofCounty && own.to > ofCounty) || (together && sum > daysUntil(own.from, together));
  if (isAbove) return 'city';
  return ofStation && own.to > ofStation ? 'county' : 'station';
}

/**
 * 外出请假: leave of the city or county (社区矫正法 art. 27, 实施办法 arts. 26–28). A station approves seven days when the
 * county has commissioned it, the county thirty, the level above what is longer or more than thirty days in two months.
 * A longer stay is a new application.
 */
export const leave = describeLedger({
  name: 'leave',
  table: 'correction_leave',
  title: '社区矫正对象外出审批台账',
  noun: '外出申请',
  workflow,
  sections: { basic: '申请', decision: '审批', back: '销假', file: '其他' },
  fields: {
    ...eventFields,
    appliedOn: day({
      label: '申请日期',
      section: 'basic',
      required: true,
      notFuture: true,
      list: 110,
      sort: true,
      filter: true,
    }),
    reason: code({ label: '外出事由', section: 'basic', codes: 'leaveReason', list: 110, filter: true }),
    reasonNote: text({ label: '具体事由', section: 'basic', max: 200, veil: 'text' }),
    destination: text({
      label: '目的地',
      section: 'basic',
      max: 80,
      required: true,
      list: 160,
      search: 'text',
    }),
    leaveFrom: day({ label: '外出起', section: 'basic', required: true, list: 110, sort: true }),
    leaveTo: day({ label: '外出止', section: 'basic', required: true, list: 110, sort: true }),
    days: count({ label: '天数', section: 'basic', derived: true, list: 70 }),
    twoMonthDays: count({
      label: '两个月内累计天数',
      section: 'basic',
      derived: true,
      hint: '由程序算出，含本次',
    }),
    neededLevel: code({
      label: '批准层级',
      section: 'basic',
      codes: 'unitLevel',
      derived: true,
      list: 110,
      hint: '由程序按天数得出',
    }),
    decision: code({ label: '审批结果', section: 'decision', codes: 'approval' }),
    approvedOn: day({ label: '审批日期', section: 'decision', notFuture: true }),
    approver: text({ label: '审批人', section: 'decision', isName: true, max: 40 }),
    approvalNo: text({ label: '批准文书文号', section: 'decision', max: 60 }),
    prosecutorOn: day({
      label: '通报检察院日期',
      section: 'decision',
      notFuture: true,
      when: { field: 'neededLevel', in: ['city'] },
    }),
    returnedOn: day({ label: '销假日期', section: 'back', notFuture: true }),
    returnNote: text({ label: '返回情况', section: 'back', max: 200, veil: 'text' }),
    responsible: text({ label: '经办人', section: 'back', isName: true, max: 40 }),
    ...closingFields,
  },
  children: {},
  derives: [
    nameOfPerson,
    {
      field: 'days',
      of: (record) => {
        const own = leaveOf(record);
        return own && daysOfLeave(own);
      },
    },
    { field: 'twoMonthDays', of: daysTogether },
    { field: 'neededLevel', of: levelFor },
  ],
  rules: [
    after('leaveFrom', 'leaveTo'),
    after('appliedOn', 'approvedOn'),
    usuallyAfter('approvedOn', 'leaveFrom'),
    after('leaveFrom', 'returnedOn'),
    together('decision', 'approvedOn'),
    after('approvedOn', 'prosecutorOn'),
    ...duringCorrection('leaveFrom', false),
    {
      rule: 'whileGood',
      field: 'personId',
      on: 'leaveTo',
      ends: ['termTo'],
      isWarning: true,
      advice:
        '外出超过了矫正期限，期满应当解除矫正（社区矫正法第四十四条）。请核对外出起止；期限有变更的，请先在对象台账中改正。',
    },
    inTime(
      'leave.apply',
      'appliedOn',
      '外出一般应当提前三日书面申请（社区矫正法实施办法第二十六条），紧急情况的不用改，否则请核对。',
    ),
    inTime(
      'leave.return',
      'returnedOn',
      '应当在批准的外出期限届满前返回并报告（社区矫正法实施办法第二十八条），请核对。',
    ),
    {
      rule: 'oneAtATime',
      field: 'personId',
      from: 'leaveFrom',
      to: ['returnedOn', 'leaveTo'],
      who: 'destination',
      why: '同一个人的两次外出不能重叠，请核对起止日期；已提前返回的，请先办理销假（社区矫正法实施办法第二十八条）。',
    },
    {
      rule: 'decidedBy',
      level: 'county',
      field: 'approvedOn',
      paper: 'approvalNo',
      when: [is('neededLevel', 'county')],
      why: '外出超过七日的，由县级社区矫正机构批准（社区矫正法实施办法第二十七条）。',
    },
    {
      rule: 'decidedBy',
      level: 'city',
      field: 'approvedOn',
      paper: 'approvalNo',
      when: [is('neededLevel', 'city')],
      why: '外出超过三十日，或者两个月内累计超过三十日的，由上一级社区矫正机构批准（社区矫正法实施办法第二十七条）。',
    },
  ],
  headline: { field: 'personName' },
  partOf: 'personId',
  beside: ['reason', 'destination', 'leaveFrom', 'leaveTo'],
  day: 'appliedOn',
  beginsToday: true,
  remembers: ['responsible', 'approver'],
});
