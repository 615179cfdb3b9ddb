import type { RecordContent } from '#shared/api/types.ts';
import { code, day, text } from '#shared/kinds/fields.ts';
import { after, type ChildSpec, describeLedger, inTime } from '../describe.ts';
import type { Workflow } from '../workflow.ts';
import { empty, filled } from './common.ts';
import { closingFields, duringCorrection, eventFields, nameOfPerson, settling } from './event.ts';

type PositioningState = 'proposed' | 'inUse' | 'removed' | 'voided';

const labels = { proposed: '待批准', inUse: '使用中', removed: '已解除' } as const;
const all = Object.keys(labels) as (keyof typeof labels)[];

const workflow: Workflow<PositioningState> = {
  initial: 'proposed',
  states: {
    proposed: { label: labels.proposed, tone: 'warning', isOpen: true },
    inUse: { label: labels.inUse, tone: 'processing', isOpen: true },
    removed: { label: labels.removed, tone: 'success' },
    voided: { label: '已作废', tone: 'error', isClosed: true, isUncounted: true },
  },
  steps: [
    ...settling(
      {
        removed: [filled('approvedOn'), filled('removedOn')],
        inUse: [filled('approvedOn'), empty('removedOn')],
        proposed: [empty('approvedOn')],
      },
      labels,
    ),
    {
      from: ['proposed'],
      action: 'approve',
      to: 'proposed',
      label: '批准使用',
      requires: ['approvedOn', 'approver', 'startsOn', 'endsOn'],
    },
    {
      from: ['inUse'],
      action: 'remove',
      to: 'inUse',
      label: '解除',
      requires: ['removedOn', 'removeReason'],
    },
    { from: [...all], action: 'void', to: 'voided', label: '作废', requires: ['voidReason'] },
  ],
};

const extensions = {
  title: '延长使用',
  table: 'correction_positioning_extension',
  min: 0,
  fields: {
    until: day({ label: '延长至', required: true }),
    approvedOn: day({ label: '批准日期', required: true, notFuture: true }),
    approver: text({ label: '批准人', max: 40, isName: true, required: true }),
    approvalNo: text({ label: '决定书文号', max: 60 }),
  },
} as const satisfies ChildSpec;

/** Until when it may be used, as extended. */
function lastDayOf({ endsOn, extensions: rows }: RecordContent): string | null {
  const days = Array.isArray(rows) ? rows.map(({ until }) => String(until ?? '')) : [];
  const last = [String(endsOn ?? ''), ...days].sort().at(-1) ?? '';
  return last === '' ? null : last;
}

/**
 * 电子定位 (社区矫正法 art. 29): on one of five grounds, approved by the head of the county's judicial bureau, three months
 * at most and three more with each extension; ended at once where the ground is gone.
 */
export const positioning = describeLedger({
  name: 'positioning',
  table: 'correction_positioning',
  title: '电子定位使用台账',
  noun: '电子定位',
  workflow,
  sections: {
    basic: '提请',
    approval: '批准',
    extensions: '延长使用',
    end: '解除',
    file: '其他',
  },
  fields: {
    ...eventFields,
    proposedOn: day({
      label: '提请日期',
      section: 'basic',
      required: true,
      notFuture: true,
      list: 110,
      sort: true,
      filter: true,
    }),
    ground: code({
      label: '使用情形',
      section: 'basic',
      codes: 'positioningGround',
      required: true,
      list: 220,
      filter: true,
    }),
    facts: text({ label: '事实', section: 'basic', max: 300, veil: 'text' }),
    proposer: text({ label: '提请人', section: 'basic', isName: true, max: 40 }),
    approvedOn: day({ label: '批准日期', section: 'approval', notFuture: true }),
    approver: text({
      label: '批准人',
      section: 'approval',
      isName: true,
      max: 40,
      hint: '县级司法行政部门负责人',
    }),
    approvalNo: text({ label: '决定书文号', section: 'approval', max: 60, search: 'text' }),
    startsOn: day({ label: '使用起', section: 'approval', list: 110 }),
    endsOn: day({ label: '使用止', section: 'approval' }),
    lastDay: day({
      label: '期满日期',
      section: 'approval',
      derived: true,
      list: 110,
      sort: true,
      hint: '含延长',
    }),
    removedOn: day({ label: '解除日期', section: 'end', notFuture: true, list: 110 }),
    removeReason: text({ label: '解除原因', section: 'end', max: 120, veil: 'text' }),
    removalNo: text({ label: '解除决定书文号', section: 'end', max: 60 }),
    responsible: text({ label: '责任人', section: 'end', isName: true, max: 40 }),
    ...closingFields,
  },
  children: { extensions },
  derives: [nameOfPerson, { field: 'lastDay', of: lastDayOf }],
  rules: [
    after('proposedOn', 'approvedOn'),
    after('approvedOn', 'startsOn'),
    after('startsOn', 'endsOn'),
    after('startsOn', 'removedOn'),
    ...duringCorrection('proposedOn', false),
    inTime(
      'positioning.term',
      'endsOn',
      '使用电子定位装置的期限不得超过三个月（社区矫正法第二十九条第二款），期满需要继续的办理延长；请改正使用止。',
      { isRefused: true },
    ),
    {
      rule: 'rowsInTime',
      child: 'extensions',
      until: 'until',
      from: 'endsOn',
      deadline: 'positioning.term',
      trigger: 'startsOn',
      why: '每次延长不得超过三个月（社区矫正法第二十九条第二款），请改正延长至的日期。',
    },
    {
      rule: 'oneAtATime',
      field: 'personId',
      from: 'startsOn',
      to: ['removedOn', 'lastDay'],
      who: 'personName',
      why: '已经在使用电子定位，继续使用的在原来的记录里办理延长（社区矫正法第二十九条第二款）；已解除的请先登记解除日期。',
    },
    {
      rule: 'decidedBy',
      level: 'county',
      field: 'approvedOn',
      paper: 'approvalNo',
      when: [],
      why: '使用电子定位由县级司法行政部门负责人批准（社区矫正法第二十九条）。',
    },
  ],
  headline: { field: 'personName' },
  partOf: 'personId',
  beside: ['ground', 'startsOn', 'lastDay'],
  day: 'proposedOn',
  beginsToday: true,
  remembers: ['proposer', 'responsible'],
});
