import type { Condition, Step, Workflow } from '../workflow.ts';
import { empty, filled, is } from './common.ts';

type Stage =
  | 'expected'
  | 'missing'
  | 'received'
  | 'active'
  | 'released'
  | 'terminated'
  | 'movedOut'
  | 'notReceived';
type PersonState = Stage | 'archived' | 'voided';

/** How a correction ends: 解除 (社区矫正法 art. 44), 终止 (art. 45), or with the transfer to another place (art. 27). */
export const endsOf = {
  released: ['expired', 'pardoned', 'otherRelease'],
  terminated: ['probationRevoked', 'paroleRevoked', 'imprisoned', 'died', 'otherTermination'],
  movedOut: ['movedOut'],
  /** Revoked, imprisoned or dead before anybody took the person over: never in the register, so not out of it either. */
  notReceived: ['notReceived'],
} as const;

const isEndedAs = (end: keyof typeof endsOf): Condition[] => [
  filled('endedOn'),
  is('endKind', ...endsOf[end]),
];

/** What the days of a record say of its state; exactly one holds for every record whose end has both its kind and its day. */
const conditions: Readonly<Record<Stage, readonly Condition[]>> = {
  released: isEndedAs('released'),
  terminated: isEndedAs('terminated'),
  movedOut: isEndedAs('movedOut'),
  notReceived: isEndedAs('notReceived'),
  active: [empty('endedOn'), filled('receivedOn'), filled('declaredOn')],
  received: [empty('endedOn'), filled('receivedOn'), empty('declaredOn')],
  missing: [empty('endedOn'), empty('receivedOn'), filled('searchedOn')],
  expected: [empty('endedOn'), empty('receivedOn'), empty('searchedOn')],
};

const labels: Readonly<Record<Stage, string>> = {
  expected: '待报到',
  missing: '逾期未报到',
  received: '已接收',
  active: '在矫',
  released: '已解除',
  terminated: '已终止',
  movedOut: '已迁出',
  notReceived: '未接收终结',
};
const all = Object.keys(conditions) as Stage[];
const ends = ['released', 'terminated', 'movedOut', 'notReceived'] as const;
const present = ['received', 'active'] as const;

const settling: Step<PersonState>[] = all.map((to) => ({
  from: all.filter((from) => from !== to),
  action: `settle${to.charAt(0).toUpperCase()}${to.slice(1)}`,
  to,
  label: labels[to],
  requires: [],
  auto: conditions[to],
}));

/**
 * 社区矫正对象: from the legal papers to the end. What happens in between (leave, positioning, sanctions, being out of
 * supervision) are records of their own and no state of the person's.
 */
export const personWorkflow: Workflow<PersonState> = {
  initial: 'expected',
  states: {
    expected: { label: labels.expected, tone: 'warning', isOpen: true },
    missing: { label: labels.missing, tone: 'error', isOpen: true },
    received: { label: labels.received, tone: 'processing', isOpen: true },
    active: { label: labels.active, tone: 'processing', isOpen: true },
    released: { label: labels.released, tone: 'success' },
    terminated: { label: labels.terminated, tone: 'warning' },
    movedOut: { label: labels.movedOut, tone: 'default' },
    notReceived: { label: labels.notReceived, tone: 'default' },
    archived: { label: '已归档', tone: 'default', isClosed: true },
    voided: { label: '已作废', tone: 'error', isClosed: true, isUncounted: true },
  },
  steps: [
    ...settling,
    {
      from: ['expected', 'missing'],
      action: 'receive',
      to: 'expected',
      label: '接收登记',
      requires: ['reportedOn', 'receivedOn', 'receivedWay', 'sex'],
    },
    {
      from: ['expected'],
      action: 'search',
      to: 'expected',
      label: '未报到查找',
      requires: ['searchedOn', 'searchNote'],
    },
    {
      from: ['received'],
      action: 'declare',
      to: 'received',
      label: '入矫宣告',
      requires: ['declaredOn', 'termFrom', 'termTo'],
    },
    {
      from: [...present],
      action: 'release',
      to: 'received',
      label: '解除矫正',
      requires: ['endKind', 'endedOn'],
    },
    {
      from: [...present],
      action: 'terminate',
      to: 'received',
      label: '终止矫正',
      requires: ['endKind', 'endedOn', 'endReason'],
    },
    {
      from: ['expected', 'missing'],
      action: 'giveUp',
      to: 'expected',
      label: '未接收终结',
      requires: ['endedOn', 'endReason'],
      sets: { endKind: 'notReceived' },
    },
    {
      from: [...present],
      action: 'moveOut',
      to: 'received',
      label: '迁出',
      requires: ['endedOn', 'movedTo'],
      sets: { endKind: 'movedOut' },
    },
    {
      from: [...ends],
      action: 'resume',
      to: 'expected',
      label: '撤销结束登记',
      requires: [],
      clears: ['endKind', 'endedOn', 'endReason', 'movedTo', 'endNotifiedOn', 'certificateNo', 'endNoticeNo'],
    },
    { from: [...ends], action: 'archive', to: 'archived', label: '归档', requires: ['archivedOn'] },
    {
      from: ['archived'],
      action: 'reopen',
      to: 'expected',
      label: '撤销归档',
      requires: [],
      clears: ['archivedOn'],
    },
    { from: [...all, 'archived'], action: 'void', to: 'voided', label: '作废', requires: ['voidReason'] },
  ],
};
