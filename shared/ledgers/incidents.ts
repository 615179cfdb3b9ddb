import { code, count, day, flag, note, ref, text } from '#shared/kinds/fields.ts';
import { after, describeLedger } from './describe.ts';
import type { Workflow } from './workflow.ts';

const incidentWorkflow: Workflow<'open' | 'settled' | 'voided'> = {
  initial: 'open',
  states: {
    open: { label: '处置中', tone: 'processing', isOpen: true },
    settled: { label: '已结案', tone: 'success', isClosed: true },
    voided: { label: '已作废', tone: 'error', isClosed: true, isUncounted: true },
  },
  steps: [
    {
      from: ['open'],
      action: 'settle',
      to: 'settled',
      label: '结案',
      requires: ['settledOn', 'lessons'],
      asks: ['cause', 'measures', 'reportedTo', 'reportedOn', 'notice', 'notifiedOn', 'noticeReason'],
    },
    {
      from: ['settled'],
      action: 'reopen',
      to: 'open',
      label: '重新处置',
      requires: [],
      clears: ['settledOn'],
    },
    { from: ['open'], action: 'void', to: 'voided', label: '作废', requires: ['voidReason'] },
  ],
};

/**
 * 个人信息安全事件. What 个人信息保护法 art. 57 wants told of a leak, a change or a loss that happened or may have happened:
 * the kinds of information, the cause, the harm that may come of it; what was done and what the persons can do; whom
 * to ask. Its papers are made from these fields (seeds/templates/safety).
 */
export const incident = describeLedger({
  name: 'incident',
  table: 'data_incident',
  title: '个人信息安全事件登记',
  noun: '安全事件',
  workflow: incidentWorkflow,
  sections: {
    basic: '事件',
    scope: '涉及的个人信息',
    handling: '处置',
    report: '报告和通知',
    end: '结案',
    file: '其他',
  },
  fields: {
    subject: text({
      label: '事件名称',
      section: 'basic',
      required: true,
      max: 60,
      search: 'text',
      hint: '如 移动硬盘遗失；不写当事人姓名',
    }),
    kind: code({
      label: '事件类型',
      section: 'basic',
      codes: 'incidentKind',
      required: true,
      list: 110,
      sort: true,
      filter: true,
    }),
    isPossible: flag({ label: '只是可能发生，还没有证实', section: 'basic' }),
    happenedOn: day({ label: '发生日期', section: 'basic', notFuture: true }),
    discoveredOn: day({
      label: '发现日期',
      section: 'basic',
      required: true,
      notFuture: true,
      list: 110,
      sort: true,
      filter: true,
    }),
    discoveredBy: text({ label: '发现人', section: 'basic', isName: true, max: 40, hint: '本单位人员' }),
    mediumId: ref({ label: '涉及的介质', section: 'basic', ref: 'medium' }),
    dataKinds: text({
      label: '信息种类',
      section: 'scope',
      max: 120,
      hint: '如 姓名、身份证号、住址、纠纷情况',
    }),
    personCount: count({ label: '涉及人数', section: 'scope', min: 0, list: 90 }),
    isSensitive: flag({ label: '有敏感个人信息', section: 'scope' }),
    hasMinors: flag({ label: '有不满十四周岁未成年人的信息', section: 'scope' }),
    cause: note({ label: '事件原因', section: 'handling', max: 1000 }),
    harm: note({ label: '可能造成的危害', section: 'handling', max: 1000 }),
    measures: note({ label: '已采取的补救措施', section: 'handling', max: 1000 }),
    advice: note({ label: '个人可以采取的减轻危害的措施', section: 'handling', max: 1000 }),
    reportedTo: text({
      label: '报告的部门',
      section: 'report',
      max: 80,
      hint: '网信部门和上级司法行政机关，由本单位的应急预案定',
    }),
    reportedOn: day({ label: '报告日期', section: 'report', notFuture: true, list: 110 }),
    notice: code({ label: '通知个人', section: 'report', codes: 'incidentNotice' }),
    notifiedOn: day({
      label: '通知日期',
      section: 'report',
      notFuture: true,
      when: { field: 'notice', in: ['each', 'public'] },
    }),
    noticeReason: note({
      label: '不通知的理由',
      section: 'report',
      max: 500,
      when: { field: 'notice', in: ['avoided'] },
      hint: '采取的措施为什么能够有效避免危害（个人信息保护法第五十七条第二款）',
    }),
    contact: text({ label: '联系人和电话', section: 'report', max: 60, veil: 'none' }),
    settledOn: day({ label: '结案日期', section: 'end', notFuture: true }),
    lessons: note({ label: '责任认定和整改情况', section: 'end', max: 1000 }),
    voidReason: text({ label: '作废原因', section: 'file', max: 200 }),
    remark: note({ label: '备注', section: 'file', max: 1000 }),
  },
  children: {},
  rules: [
    after('happenedOn', 'discoveredOn'),
    after('discoveredOn', 'reportedOn'),
    after('discoveredOn', 'notifiedOn'),
    after('discoveredOn', 'settledOn'),
  ],
  headline: { field: 'subject' },
  day: 'discoveredOn',
  beginsToday: true,
  remembers: ['contact', 'reportedTo'],
});

/** What a whole assessment says, and who decided on it (个人信息保护法 art. 56). */
const assessed = [
  'purpose',
  'necessity',
  'impact',
  'risk',
  'measures',
  'fitness',
  'conclusion',
  'approvedBy',
  'approvedOn',
  'reviewOn',
] as const;

const assessmentWorkflow: Workflow<'open' | 'approved' | 'voided'> = {
  initial: 'open',
  states: {
    open: { label: '评估中', tone: 'processing', isOpen: true },
    approved: { label: '已审定', tone: 'success' },
    voided: { label: '已作废', tone: 'error', isClosed: true, isUncounted: true },
  },
  steps: [
    {
      from: ['open'],
      action: 'settleApproved',
      to: 'approved',
      label: '审定',
      requires: ['approvedOn'],
      auto: assessed.map((field) => ({ field, filled: true })),
    },
    {
      from: ['approved'],
      action: 'settleOpen',
      to: 'open',
      label: '重新评估',
      requires: [],
      auto: [{ field: 'approvedOn', filled: false }],
    },
    {
      from: ['open'],
      action: 'approve',
      to: 'approved',
      label: '审定',
      requires: ['approvedBy', 'approvedOn'],
      asks: [...assessed, 'conditions'],
    },
    {
      from: ['approved'],
      action: 'reopen',
      to: 'open',
      label: '重新评估',
      requires: [],
      clears: ['approvedOn', 'approvedBy'],
    },
    { from: ['open'], action: 'void', to: 'voided', label: '作废', requires: ['voidReason'] },
  ],
};

/**
 * 个人信息保护影响评估. When one is due: 个人信息保护法 art. 55; what it says: art. 56, and that the report is kept for three years
 * at least.
 */
export const assessment = describeLedger({
  name: 'assessment',
  table: 'impact_assessment',
  title: '个人信息保护影响评估登记',
  noun: '影响评估',
  workflow: assessmentWorkflow,
  sections: { basic: '评估事项', content: '评估内容', end: '结论', file: '其他' },
  fields: {
    subject: text({
      label: '评估事项',
      section: 'basic',
      required: true,
      max: 60,
      search: 'text',
      hint: '如 人民调解台账电子化',
    }),
    situation: code({
      label: '需要评估的情形',
      section: 'basic',
      codes: 'assessmentCause',
      required: true,
      list: 220,
      filter: true,
    }),
    startedOn: day({
      label: '评估日期',
      section: 'basic',
      required: true,
      notFuture: true,
      list: 110,
      sort: true,
      filter: true,
    }),
    assessor: text({ label: '评估人', section: 'basic', required: true, isName: true, max: 40, list: 100 }),
    dataKinds: text({ label: '个人信息种类', section: 'basic', max: 120 }),
    persons: text({
      label: '涉及的个人',
      section: 'basic',
      max: 80,
      hint: '如 调解案件当事人，每年约 200 人',
    }),
    purpose: note({ label: '处理目的和方式', section: 'content', max: 1000, veil: 'none' }),
    necessity: note({ label: '是否合法、正当、必要', section: 'content', max: 1500, veil: 'none' }),
    impact: note({ label: '对个人权益的影响和安全风险', section: 'content', max: 1500, veil: 'none' }),
    risk: code({ label: '风险程度', section: 'content', codes: 'riskDegree', list: 90, filter: true }),
    measures: note({ label: '采取的保护措施', section: 'content', max: 1500, veil: 'none' }),
    fitness: note({
      label: '措施是否合法、有效并与风险程度相适应',
      section: 'content',
      max: 1000,
      veil: 'none',
    }),
    conclusion: code({ label: '评估结论', section: 'end', codes: 'assessmentResult', list: 130 }),
    conditions: note({
      label: '整改要求',
      section: 'end',
      max: 1000,
      when: { field: 'conclusion', in: ['changed', 'stopped'] },
      veil: 'none',
    }),
    approvedBy: text({ label: '审定人', section: 'end', isName: true, max: 40 }),
    approvedOn: day({ label: '审定日期', section: 'end', notFuture: true }),
    reviewOn: day({
      label: '下次评估日期',
      section: 'end',
      list: 120,
      sort: true,
      hint: '处理的目的、方式、种类有变化的，应当提前',
    }),
    voidReason: text({ label: '作废原因', section: 'file', max: 200 }),
    remark: note({ label: '备注', section: 'file', max: 1000, veil: 'none' }),
  },
  children: {},
  rules: [after('startedOn', 'approvedOn'), after('approvedOn', 'reviewOn')],
  headline: { field: 'subject' },
  day: 'startedOn',
  beginsToday: true,
  remembers: ['assessor'],
});
