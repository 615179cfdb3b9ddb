import { code, count, day, division, note, ref, text } from '#shared/kinds/fields.ts';
import { after, describeLedger } from './describe.ts';
import type { Condition, Step, Workflow } from './workflow.ts';

const roundWorkflow: Workflow<'recorded' | 'voided'> = {
  initial: 'recorded',
  states: {
    recorded: { label: '已登记', tone: 'success' },
    voided: { label: '已作废', tone: 'error', isClosed: true, isUncounted: true },
  },
  steps: [{ from: ['recorded'], action: 'void', to: 'voided', label: '作废', requires: ['voidReason'] }],
};

/** 矛盾纠纷排查, one record a round (次); a round that found nothing is a zero report. */
export const screening = describeLedger({
  name: 'screening',
  table: 'screening',
  title: '矛盾纠纷排查台账',
  noun: '排查',
  workflow: roundWorkflow,
  sections: { basic: '排查情况', file: '其他' },
  fields: {
    screenedOn: day({
      label: '排查日期',
      section: 'basic',
      required: true,
      notFuture: true,
      list: 110,
      sort: true,
      filter: true,
    }),
    scope: text({ label: '排查地点（范围）', section: 'basic', required: true, max: 120, search: 'text' }),
    kind: code({
      label: '排查方式',
      section: 'basic',
      codes: 'screeningKind',
      list: 120,
      sort: true,
      filter: true,
    }),
    divisionCode: division({ label: '所在区划', section: 'basic', list: 140 }),
    committeeId: ref({
      label: '排查单位（调委会）',
      section: 'basic',
      ref: 'committee',
      list: 220,
      filter: true,
    }),
    screeners: text({ label: '排查人', section: 'basic', max: 80, list: 140, search: 'text' }),
    personTimes: count({ label: '排查人次', section: 'basic' }),
    households: count({ label: '走访户数', section: 'basic' }),
    summary: note({ label: '排查情况', section: 'basic', max: 2000, search: 'text' }),
    voidReason: text({ label: '作废原因', section: 'file', max: 200, veil: 'text' }),
    remark: note({ label: '备注', section: 'file', max: 1000 }),
  },
  children: {},
  rules: [],
  headline: { field: 'scope' },
  day: 'screenedOn',
  brief: ['kind', 'committeeId', 'screeners', 'summary'],
  beginsToday: true,
  remembers: ['committeeId', 'divisionCode', 'screeners'],
});

const handlings = ['prevented', 'accepted', 'transferred'] as const;
type Handled = (typeof handlings)[number];
type FindingState = 'open' | Handled | 'voided';

const isHandled = (handling: Handled): Condition[] => [
  { field: 'handling', in: [handling] },
  { field: 'settledOn', filled: true },
];

const handledLabels: Record<Handled, string> = {
  prevented: '已预防化解',
  accepted: '已转调解',
  transferred: '已移交',
};

const settleHandled: Step<FindingState>[] = handlings.map((handling) => ({
  from: ['open', ...handlings.filter((other) => other !== handling)],
  action: `settle${handling.charAt(0).toUpperCase()}${handling.slice(1)}`,
  to: handling,
  label: handledLabels[handling],
  requires: ['handling', 'settledOn'],
  auto: isHandled(handling),
}));

const findingWorkflow: Workflow<FindingState> = {
  initial: 'open',
  states: {
    open: { label: '待化解', tone: 'processing' },
    prevented: { label: handledLabels.prevented, tone: 'success' },
    accepted: { label: handledLabels.accepted, tone: 'success' },
    transferred: { label: handledLabels.transferred, tone: 'default' },
    voided: { label: '已作废', tone: 'error', isClosed: true, isUncounted: true },
  },
  steps: [
    ...settleHandled,
    {
      from: [...handlings],
      action: 'settleOpen',
      to: 'open',
      label: '恢复跟踪',
      requires: [],
      auto: [{ field: 'settledOn', filled: false }],
    },
    {
      from: [...handlings],
      action: 'resume',
      to: 'open',
      label: '恢复跟踪',
      requires: [],
      clears: ['handling', 'settledOn', 'caseId'],
    },
    {
      from: ['open'],
      action: 'toCase',
      to: 'open',
      label: '转为调解案件',
      requires: ['caseId', 'settledOn'],
      sets: { handling: 'accepted' },
      opens: {
        ledger: 'mediation',
        carries: {
          kind: 'kind',
          summary: 'summary',
          divisionCode: 'divisionCode',
          place: 'place',
          riskColour: 'riskColour',
        },
        names: { from: 'persons', child: 'parties', field: 'name' },
        begins: { source: 'initiative' },
        links: 'caseId',
        on: 'settledOn',
      },
    },
    { from: ['open'], action: 'settle', to: 'open', label: '销号', requires: ['handling', 'settledOn'] },
    {
      from: ['open', ...handlings],
      action: 'void',
      to: 'voided',
      label: '作废',
      requires: ['voidReason'],
    },
  ],
};

/**
 * 排查发现的纠纷（隐患）, a record each, because each has its own term, person in charge and end. Prevented ones are the
 * 预防纠纷（件） of the statistics; rounds are its 排查纠纷（次）.
 */
export const finding = describeLedger({
  name: 'finding',
  table: 'finding',
  title: '排查发现纠纷台账',
  noun: '纠纷隐患',
  workflow: findingWorkflow,
  sections: { basic: '发现情况', handling: '处置', file: '其他' },
  fields: {
    name: text({
      label: '纠纷名称',
      section: 'basic',
      required: true,
      max: 80,
      search: 'text',
      veil: 'text',
    }),
    foundOn: day({
      label: '发现日期',
      section: 'basic',
      required: true,
      notFuture: true,
      list: 110,
      sort: true,
      filter: true,
    }),
    screeningId: ref({ label: '所属排查', section: 'basic', ref: 'screening', filter: true }),
    kind: code({
      label: '纠纷类型',
      section: 'basic',
      codes: 'disputeKind',
      list: 150,
      sort: true,
      filter: true,
      search: 'text',
    }),
    persons: text({ label: '当事人', section: 'basic', max: 120, list: 160, search: 'text', veil: 'names' }),
    divisionCode: division({ label: '所在区划', section: 'basic' }),
    place: text({ label: '地点', section: 'basic', max: 120, search: 'text', veil: 'text' }),
    summary: note({ label: '简要情况', section: 'basic', max: 2000, search: 'text' }),
    riskColour: code({
      label: '风险等级',
      section: 'handling',
      codes: 'riskColour',
      list: 130,
      sort: true,
      filter: true,
    }),
    responsible: text({ label: '责任人', section: 'handling', max: 40, list: 100, search: 'text' }),
    dueOn: day({ label: '化解期限', section: 'handling', list: 110, sort: true }),
    handling: code({ label: '处置办法', section: 'handling', codes: 'findingHandling' }),
    settledOn: day({ label: '销号日期', section: 'handling', notFuture: true }),
    caseId: ref({
      required: true,
      when: { field: 'handling', in: ['accepted'] },
      label: '转入的调解案件',
      section: 'handling',
      ref: 'mediation',
      filter: true,
    }),
    result: note({ label: '处置结果', section: 'handling', max: 1000 }),
    voidReason: text({ label: '作废原因', section: 'file', max: 200, veil: 'text' }),
    remark: note({ label: '备注', section: 'file', max: 1000 }),
  },
  children: {},
  rules: [after('foundOn', 'dueOn'), after('foundOn', 'settledOn')],
  headline: { field: 'name' },
  day: 'foundOn',
  brief: ['screeningId', 'kind', 'persons', 'riskColour', 'responsible', 'dueOn'],
  beginsToday: true,
  remembers: ['screeningId', 'divisionCode', 'responsible'],
});
