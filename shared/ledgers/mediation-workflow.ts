import type { Workflow } from './workflow.ts';

/** 人民调解案件的办理：调解中 → 已办结 → 已归档；作废的保留案号. */
export const mediationWorkflow: Workflow<'open' | 'concluded' | 'archived' | 'voided'> = {
  initial: 'open',
  states: {
    open: { label: '调解中', tone: 'processing' },
    concluded: { label: '已办结', tone: 'success' },
    archived: { label: '已归档', tone: 'default', isClosed: true },
    voided: { label: '已作废', tone: 'error', isClosed: true },
  },
  steps: [
    {
      from: ['open'],
      action: 'settleConcluded',
      to: 'concluded',
      label: '办结',
      requires: ['outcome', 'concludedOn'],
      auto: { fields: ['outcome', 'concludedOn'], filled: true },
    },
    {
      from: ['concluded'],
      action: 'settleOpen',
      to: 'open',
      label: '恢复调解',
      requires: [],
      auto: { fields: ['outcome', 'concludedOn'], filled: false },
    },
    {
      from: ['open'],
      action: 'conclude',
      to: 'concluded',
      label: '办结',
      requires: ['outcome', 'concludedOn'],
    },
    { from: ['concluded'], action: 'archive', to: 'archived', label: '归档', requires: ['archivedOn'] },
    {
      from: ['archived'],
      action: 'reopen',
      to: 'concluded',
      label: '撤销归档',
      requires: [],
      clears: ['archivedOn'],
    },
    {
      from: ['open', 'concluded', 'archived'],
      action: 'void',
      to: 'voided',
      label: '作废',
      requires: ['voidReason'],
    },
  ],
};
