import { code, day, text } from '#shared/kinds/fields.ts';
import { after, describeLedger, inTime, together } from '../describe.ts';
import type { Workflow } from '../workflow.ts';
import { empty, filled, is } from './common.ts';
import { closingFields, duringCorrection, eventFields, nameOfPerson, settling } from './event.ts';

type CrossingState = 'applied' | 'approved' | 'refused' | 'ended' | 'voided';

const labels = { applied: '待审批', approved: '有效', refused: '不予批准', ended: '已停止' } as const;
const all = Object.keys(labels) as (keyof typeof labels)[];

const workflow: Workflow<CrossingState> = {
  initial: 'applied',
  states: {
    applied: { label: labels.applied, tone: 'warning', isOpen: true },
    approved: { label: labels.approved, tone: 'processing', isOpen: true },
    refused: { label: labels.refused, tone: 'default', isUncounted: true },
    ended: { label: labels.ended, tone: 'success' },
    voided: { label: '已作废', tone: 'error', isClosed: true, isUncounted: true },
  },
  steps: [
    ...settling(
      {
        ended: [filled('approvedOn'), is('decision', 'approved'), filled('endedOn')],
        approved: [filled('approvedOn'), is('decision', 'approved'), empty('endedOn')],
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
    { from: ['approved'], action: 'end', to: 'approved', label: '停止', requires: ['endedOn'] },
    { from: [...all], action: 'void', to: 'voided', label: '作废', requires: ['voidReason'] },
  ],
};

const approved = is('decision', 'approved');

/** 经常性跨市、县活动: one approval for what recurs, good for six months (社区矫正法 art. 27, 实施办法 art. 29). */
export const crossing = describeLedger({
  name: 'crossing',
  table: 'correction_crossing',
  title: '经常性跨市县活动审批台账',
  noun: '经常性跨市县活动',
  workflow,
  sections: { basic: '申请', decision: '审批', file: '其他' },
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
    reason: text({ label: '事由', section: 'basic', max: 200, required: true, veil: 'text' }),
    places: text({
      label: '活动地点',
      section: 'basic',
      max: 120,
      required: true,
      list: 180,
      search: 'text',
    }),
    frequency: text({ label: '时间和频次', section: 'basic', max: 80, list: 140, hint: '如 每周一至周五' }),
    decision: code({ label: '审批结果', section: 'decision', codes: 'approval' }),
    approvedOn: day({ label: '审批日期', section: 'decision', notFuture: true }),
    approver: text({ label: '审批人', section: 'decision', isName: true, max: 40 }),
    approvalNo: text({ label: '批准文书文号', section: 'decision', max: 60 }),
    validFrom: day({ label: '有效期起', section: 'decision', required: true, list: 110, when: approved }),
    validTo: day({
      label: '有效期止',
      section: 'decision',
      required: true,
      list: 110,
      sort: true,
      when: approved,
    }),
    endedOn: day({ label: '停止日期', section: 'decision', notFuture: true, when: approved }),
    responsible: text({ label: '经办人', section: 'decision', isName: true, max: 40 }),
    ...closingFields,
  },
  children: {},
  derives: [nameOfPerson],
  rules: [
    after('appliedOn', 'approvedOn'),
    after('approvedOn', 'validFrom'),
    after('validFrom', 'validTo'),
    after('validFrom', 'endedOn'),
    together('decision', 'approvedOn'),
    ...duringCorrection('appliedOn', false),
    inTime(
      'crossing.term',
      'validTo',
      '经常性跨市、县活动一次批准的有效期为六个月（社区矫正法实施办法第二十九条），期满需要继续的重新申请；请改正有效期。',
      { isRefused: true },
    ),
    {
      rule: 'oneAtATime',
      field: 'personId',
      from: 'validFrom',
      to: ['endedOn', 'validTo'],
      who: 'places',
      why: '同一个人在同一时间只有一个有效的批准，请核对有效期；原来的批准不再使用的，请先办理停止（社区矫正法实施办法第二十九条）。',
    },
    {
      rule: 'decidedBy',
      level: 'county',
      field: 'approvedOn',
      paper: 'approvalNo',
      when: [],
      why: '经常性跨市、县活动由县级社区矫正机构批准（社区矫正法实施办法第二十九条）。',
    },
  ],
  headline: { field: 'personName' },
  partOf: 'personId',
  beside: ['places', 'validFrom', 'validTo'],
  day: 'appliedOn',
  beginsToday: true,
  remembers: ['responsible', 'approver'],
});
