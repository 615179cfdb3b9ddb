import type { Condition, Step, Workflow } from '../workflow.ts';
import { empty, filled, is } from './common.ts';

type Stage = 'registered' | 'investigating';
type End = 'issued' | 'impossible' | 'returned';
type EvaluationState = Stage | End | 'archived' | 'voided';

/** What the days and the conclusion of a record say of its state: the first that fits. */
const conditions: Readonly<Record<Stage | End, readonly Condition[]>> = {
  returned: [filled('returnedOn')],
  impossible: [empty('returnedOn'), filled('issuedOn'), is('conclusion', 'impossible')],
  issued: [empty('returnedOn'), filled('issuedOn'), is('conclusion', 'suitable', 'unsuitable')],
  investigating: [empty('returnedOn'), empty('issuedOn'), filled('startedOn')],
  registered: [empty('returnedOn'), empty('issuedOn'), empty('startedOn')],
};
const labels: Readonly<Record<Stage | End, string>> = {
  registered: '待调查',
  investigating: '调查中',
  issued: '已出具意见',
  impossible: '无法评估',
  returned: '已退回',
};
const all = Object.keys(conditions) as (Stage | End)[];

const settling: Step<EvaluationState>[] = all.map((to) => ({
  from: all.filter((from) => from !== to),
  action: `settle${to.charAt(0).toUpperCase()}${to.slice(1)}`,
  to,
  label: labels[to],
  requires: [],
  auto: conditions[to],
}));

/** What is known of somebody before the decision and goes on into the file of the correction. */
const carried = [
  'name',
  'formerName',
  'idType',
  'idNumber',
  'idNumberReason',
  'sex',
  'birthOn',
  'nation',
  'phone',
  'divisionCode',
  'address',
  'registeredAddress',
  'workplace',
  'charge',
  'chargeArticle',
] as const;

/** From the commission to the opinion, or back to whoever commissioned it (社区矫正法 art. 18, 实施办法 art. 14). */
export const evaluationWorkflow: Workflow<EvaluationState> = {
  initial: 'registered',
  states: {
    registered: { label: labels.registered, tone: 'warning', isOpen: true },
    investigating: { label: labels.investigating, tone: 'processing', isOpen: true },
    issued: { label: labels.issued, tone: 'success' },
    impossible: { label: labels.impossible, tone: 'default' },
    returned: { label: labels.returned, tone: 'default' },
    archived: { label: '已归档', tone: 'default', isClosed: true },
    voided: { label: '已作废', tone: 'error', isClosed: true, isUncounted: true },
  },
  steps: [
    ...settling,
    {
      from: ['registered'],
      action: 'assign',
      to: 'registered',
      label: '指派调查',
      requires: ['startedOn', 'investigators'],
    },
    {
      from: ['registered', 'investigating'],
      action: 'extend',
      to: 'registered',
      label: '商定延期',
      requires: ['extendedTo', 'extensionAgreedOn'],
    },
    {
      from: ['investigating'],
      action: 'issue',
      to: 'investigating',
      label: '出具意见',
      requires: ['investigators', 'conclusion', 'issuedOn'],
      asks: ['opinion'],
    },
    {
      from: ['registered', 'investigating'],
      action: 'return',
      to: 'registered',
      label: '退回委托',
      requires: ['returnedOn', 'returnReason'],
    },
    {
      from: ['returned'],
      action: 'resume',
      to: 'registered',
      label: '恢复调查',
      requires: [],
      clears: ['returnedOn', 'returnReason', 'returnNote'],
    },
    {
      from: ['issued', 'impossible'],
      action: 'copy',
      to: 'issued',
      label: '登记抄送',
      requires: ['copiedOn'],
    },
    {
      from: ['issued', 'impossible'],
      action: 'adopt',
      to: 'issued',
      label: '登记采信',
      requires: ['adoption'],
      asks: ['adoptedOn'],
    },
    {
      from: ['issued', 'impossible'],
      action: 'toCorrection',
      to: 'issued',
      label: '转为矫正对象',
      requires: ['correctionId', 'takenOn'],
      sets: { adoption: 'adopted' },
      opens: {
        ledger: 'correction',
        carries: Object.fromEntries(carried.map((field) => [field, field])),
        links: 'correctionId',
        on: 'takenOn',
      },
    },
    {
      from: ['issued', 'impossible', 'returned'],
      action: 'archive',
      to: 'archived',
      label: '归档',
      requires: ['archivedOn'],
    },
    {
      from: ['archived'],
      action: 'reopen',
      to: 'registered',
      label: '撤销归档',
      requires: [],
      clears: ['archivedOn'],
    },
    {
      from: [...all, 'archived'],
      action: 'void',
      to: 'voided',
      label: '作废',
      requires: ['voidReason'],
    },
  ],
};
