import type { Condition, Step, Workflow } from './workflow.ts';

type MediationState =
  | 'registered'
  | 'declined'
  | 'open'
  | 'agreed'
  | 'failed'
  | 'withdrawn'
  | 'terminated'
  | 'transferred'
  | 'archived'
  | 'voided';

/** How a case ends; each is a state of the same name. */
const ends = ['agreed', 'failed', 'withdrawn', 'terminated', 'transferred'] as const;
type End = (typeof ends)[number];

const endLabels: Record<End, string> = {
  agreed: '调解成功',
  failed: '调解不成功',
  withdrawn: '当事人撤回',
  terminated: '终止调解',
  transferred: '移送其他途径',
};

const hasEnded: readonly Condition[] = [
  { field: 'outcome', filled: true },
  { field: 'concludedOn', filled: true },
];

/** A case that has a number or a result was taken on; nothing makes it an application again. */
const isUntouched: readonly Condition[] = [
  { field: 'caseNo', filled: false },
  { field: 'outcome', filled: false },
  { field: 'concludedOn', filled: false },
];

/** A result with its day ends a case; another result takes it to that one's state. */
const settleEnds: Step<MediationState>[] = ends.map((end) => ({
  from: ['open', ...ends.filter((other) => other !== end)],
  action: `settle${end.charAt(0).toUpperCase()}${end.slice(1)}`,
  to: end,
  label: endLabels[end],
  requires: ['outcome', 'concludedOn'],
  auto: [...hasEnded, { field: 'outcome', in: [end] }],
}));

/**
 * 人民调解案件的办理. An application may wait for a decision (待受理) or be refused (不予受理: 人民调解法 art. 17,
 * 人民调解工作若干规定 art. 22); mediation ends as the result says (arts. 26, 28); an agreement is performed, visited
 * again (art. 31) and may be confirmed by a court (art. 33); a voided case keeps its number.
 */
export const mediationWorkflow: Workflow<MediationState> = {
  initial: 'open',
  states: {
    registered: {
      label: '待受理',
      tone: 'warning',
      isOpen: true,
      isUncounted: true,
      isUnnumbered: true,
    },
    declined: { label: '不予受理', tone: 'default', isClosed: true, isUncounted: true, isUnnumbered: true },
    open: { label: '调解中', tone: 'processing', isOpen: true },
    agreed: { label: endLabels.agreed, tone: 'success' },
    failed: { label: endLabels.failed, tone: 'warning' },
    withdrawn: { label: endLabels.withdrawn, tone: 'default' },
    terminated: { label: endLabels.terminated, tone: 'warning' },
    transferred: { label: endLabels.transferred, tone: 'default' },
    archived: { label: '已归档', tone: 'default', isClosed: true },
    voided: { label: '已作废', tone: 'error', isClosed: true, isUncounted: true },
  },
  steps: [
    {
      from: ['open'],
      action: 'settleRegistered',
      to: 'registered',
      label: '待受理',
      requires: [],
      auto: [...isUntouched, { field: 'acceptance', in: ['pending'] }],
    },
    {
      from: ['registered'],
      action: 'settleAccepted',
      to: 'open',
      label: '受理',
      requires: [],
      auto: [{ field: 'acceptance', notIn: ['pending', 'declined'] }],
    },
    {
      from: ['open', 'registered'],
      action: 'settleDeclined',
      to: 'declined',
      label: '不予受理',
      requires: [],
      auto: [
        ...isUntouched,
        { field: 'acceptance', in: ['declined'] },
        { field: 'declineReason', filled: true },
      ],
    },
    ...settleEnds,
    {
      from: [...ends],
      action: 'settleOpen',
      to: 'open',
      label: '恢复调解',
      requires: [],
      auto: [
        { field: 'outcome', filled: false },
        { field: 'concludedOn', filled: false },
      ],
    },
    {
      from: ['declined'],
      action: 'reconsider',
      to: 'registered',
      label: '重新审查',
      requires: [],
      sets: { acceptance: 'pending' },
      clears: ['declineReason'],
    },
    {
      from: ['registered', 'declined'],
      action: 'accept',
      to: 'open',
      label: '受理',
      requires: ['acceptedOn'],
      dates: { field: 'acceptedOn', before: 'appliedOn' },
      sets: { acceptance: 'accepted' },
      clears: ['declineReason'],
    },
    {
      from: ['registered'],
      action: 'decline',
      to: 'declined',
      label: '不予受理',
      requires: ['declineReason'],
      sets: { acceptance: 'declined' },
    },
    {
      from: ['open'],
      action: 'conclude',
      to: 'open',
      label: '办结',
      requires: ['outcome', 'concludedOn'],
      asks: ['outcomeReason'],
    },
    {
      from: ['open'],
      action: 'extend',
      to: 'open',
      label: '延长期限',
      requires: ['extendedTo', 'extensionAgreedOn'],
    },
    {
      from: ['agreed'],
      action: 'perform',
      to: 'agreed',
      label: '登记履行',
      requires: ['performance'],
    },
    {
      from: ['agreed'],
      action: 'applyConfirmation',
      to: 'agreed',
      label: '申请司法确认',
      requires: ['confirmationAppliedOn', 'courtName'],
      sets: { aftermath: 'confirmation' },
    },
    {
      from: ['agreed'],
      action: 'recordRuling',
      to: 'agreed',
      label: '登记法院结果',
      requires: ['aftermath'],
      asks: ['courtResult', 'ruledOn'],
    },
    {
      from: [...ends],
      action: 'visit',
      to: 'open',
      label: '登记回访',
      requires: ['followUpOn', 'followUpForm', 'satisfaction'],
    },
    {
      from: [...ends],
      action: 'archive',
      to: 'archived',
      label: '归档',
      requires: ['archivedOn'],
      // 口头协议由调解员记录协议内容，书面协议写明，人民调解法第二十八条、第二十九条
      asks: ['agreementForm', 'agreementText', 'outcomeReason'],
    },
    {
      from: ['archived'],
      action: 'reopen',
      to: 'open',
      label: '撤销归档',
      requires: [],
      clears: ['archivedOn'],
    },
    {
      from: ['registered', 'declined', 'open', ...ends, 'archived'],
      action: 'void',
      to: 'voided',
      label: '作废',
      requires: ['voidReason'],
    },
  ],
};
