import { code, day, division, text } from '#shared/kinds/fields.ts';
import { after, describeLedger, inTime, together } from '../describe.ts';
import type { Workflow } from '../workflow.ts';
import { empty, filled, is } from './common.ts';
import { closingFields, duringCorrection, eventFields, nameOfPerson, settling } from './event.ts';

type RelocationState = 'applied' | 'inquiring' | 'agreed' | 'refused' | 'done' | 'voided';

const labels = {
  applied: '待审核',
  inquiring: '征求意见中',
  agreed: '已同意，待移交',
  refused: '不予变更',
  done: '已移交',
} as const;
const all = Object.keys(labels) as (keyof typeof labels)[];

const workflow: Workflow<RelocationState> = {
  initial: 'applied',
  states: {
    applied: { label: labels.applied, tone: 'warning', isOpen: true },
    inquiring: { label: labels.inquiring, tone: 'processing', isOpen: true },
    agreed: { label: labels.agreed, tone: 'processing', isOpen: true },
    refused: { label: labels.refused, tone: 'default' },
    done: { label: labels.done, tone: 'success' },
    voided: { label: '已作废', tone: 'error', isClosed: true, isUncounted: true },
  },
  steps: [
    ...settling(
      {
        done: [filled('decidedOn'), is('decision', 'approved'), filled('arrivedOn')],
        agreed: [filled('decidedOn'), is('decision', 'approved'), empty('arrivedOn')],
        refused: [filled('decidedOn'), is('decision', 'refused')],
        inquiring: [empty('decidedOn'), filled('inquirySentOn')],
        applied: [empty('decidedOn'), empty('inquirySentOn')],
      },
      labels,
    ),
    {
      from: ['applied'],
      action: 'inquire',
      to: 'applied',
      label: '征求意见',
      requires: ['inquirySentOn', 'newOrgan'],
    },
    {
      from: ['inquiring'],
      action: 'reply',
      to: 'inquiring',
      label: '登记复函',
      requires: ['repliedOn', 'reply'],
    },
    {
      from: ['applied', 'inquiring'],
      action: 'decide',
      to: 'applied',
      label: '决定',
      requires: ['decision', 'decidedOn'],
    },
    { from: ['agreed'], action: 'send', to: 'agreed', label: '移交档案', requires: ['filesSentOn'] },
    { from: ['agreed'], action: 'arrive', to: 'agreed', label: '登记报到', requires: ['arrivedOn'] },
    { from: [...all], action: 'void', to: 'voided', label: '作废', requires: ['voidReason'] },
  ],
};

const approved = { field: 'decision', in: ['approved'] } as const;

/**
 * 执行地变更 (社区矫正法 art. 27, 实施办法 arts. 30, 31): application, question to the new county, its answer, decision, the
 * files and the person moved, each within five days but for the person's seven. That the person moved out is entered in
 * the person's own record.
 */
export const relocation = describeLedger({
  name: 'relocation',
  table: 'correction_relocation',
  title: '执行地变更审批台账',
  noun: '执行地变更',
  workflow,
  sections: { basic: '申请', inquiry: '征求意见', decision: '决定', move: '移交', file: '其他' },
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
    plannedOn: day({ label: '拟迁移日期', section: 'basic' }),
    reason: text({ label: '变更原因', section: 'basic', max: 200, veil: 'text' }),
    newDivision: division({ label: '新居住地区划', section: 'basic' }),
    newAddress: text({ label: '新居住地', section: 'basic', max: 120, required: true, veil: 'address' }),
    stationView: text({ label: '司法所意见', section: 'basic', max: 200, veil: 'text' }),
    newOrgan: text({
      label: '新执行地社区矫正机构',
      section: 'inquiry',
      max: 60,
      list: 180,
      search: 'text',
    }),
    inquirySentOn: day({ label: '征求意见函发出日期', section: 'inquiry', notFuture: true }),
    inquiryNo: text({ label: '征求意见函文号', section: 'inquiry', max: 60 }),
    repliedOn: day({ label: '复函日期', section: 'inquiry', notFuture: true }),
    reply: code({ label: '新执行地意见', section: 'inquiry', codes: 'relocationReply' }),
    decision: code({ label: '决定', section: 'decision', codes: 'approval', list: 100, filter: true }),
    decidedOn: day({ label: '决定日期', section: 'decision', notFuture: true, list: 110, sort: true }),
    decisionNo: text({ label: '决定书文号', section: 'decision', max: 60 }),
    noticeNo: text({ label: '变更通知书文号', section: 'decision', max: 60, when: approved }),
    refusalReason: text({
      label: '不同意的理由',
      section: 'decision',
      max: 200,
      veil: 'text',
      when: { field: 'decision', in: ['refused'] },
    }),
    toldOn: day({ label: '告知本人日期', section: 'decision', notFuture: true }),
    filesSentOn: day({ label: '档案移交日期', section: 'move', notFuture: true, when: approved }),
    receiptOn: day({ label: '收到回执日期', section: 'move', notFuture: true, when: approved }),
    arrivedOn: day({ label: '新执行地报到日期', section: 'move', notFuture: true, when: approved }),
    responsible: text({ label: '经办人', section: 'move', isName: true, max: 40 }),
    ...closingFields,
  },
  children: {},
  derives: [nameOfPerson],
  rules: [
    after('appliedOn', 'plannedOn'),
    after('appliedOn', 'inquirySentOn'),
    after('inquirySentOn', 'repliedOn'),
    after(['repliedOn', 'inquirySentOn', 'appliedOn'], 'decidedOn'),
    after('decidedOn', 'toldOn'),
    after('decidedOn', 'filesSentOn'),
    after('filesSentOn', 'receiptOn'),
    after('decidedOn', 'arrivedOn'),
    together('decision', 'decidedOn'),
    together('reply', 'repliedOn'),
    ...duringCorrection('appliedOn', false),
    inTime(
      'relocation.apply',
      'appliedOn',
      '变更执行地一般应当提前一个月书面申请（社区矫正法实施办法第三十条），请核对；情况紧急的不用改。',
    ),
    {
      rule: 'fits',
      field: 'decision',
      beside: 'reply',
      allows: { disagreed: ['refused'] },
      isWarning: true,
    },
    {
      rule: 'decidedBy',
      level: 'county',
      field: 'decidedOn',
      paper: 'decisionNo',
      when: [],
      why: '执行地变更由县级社区矫正机构决定（社区矫正法第二十七条、实施办法第三十条）。',
    },
  ],
  headline: { field: 'personName' },
  partOf: 'personId',
  beside: ['newOrgan', 'decision', 'decidedOn'],
  day: 'appliedOn',
  beginsToday: true,
  remembers: ['responsible'],
});
