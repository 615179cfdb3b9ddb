import type { RecordContent } from '#shared/api/types.ts';
import { code, count, day, note, text } from '#shared/kinds/fields.ts';
import { after, describeLedger, usuallyAfter } from '../describe.ts';
import type { AroundRecord } from '../rules.ts';
import type { Workflow } from '../workflow.ts';
import { empty, filled, is } from './common.ts';
import { closingFields, duringCorrection, eventFields, nameOfPerson, ofPerson, settling } from './event.ts';

/** What the county decides itself, and what it proposes to a court, the police or a prison administration. */
const judged = ['revokeProbation', 'revokeParole', 'imprison', 'arrest', 'reduction'] as const;
const measureKinds = {
  decided: ['praise', 'admonition', 'warning'],
  /** Answered for good by who was asked. */
  judged,
  proposed: ['security', ...judged],
} as const;

type MeasureState = 'open' | 'decided' | 'pending' | 'resolved' | 'punished' | 'dropped' | 'voided';

const labels = {
  open: '待决定',
  decided: '已决定',
  pending: '已提请',
  resolved: '已有结果',
  punished: '公安机关已答复',
  dropped: '不予办理',
} as const;
const all = Object.keys(labels) as (keyof typeof labels)[];

const workflow: Workflow<MeasureState> = {
  initial: 'open',
  states: {
    open: { label: labels.open, tone: 'warning', isOpen: true },
    decided: { label: labels.decided, tone: 'success' },
    pending: { label: labels.pending, tone: 'processing', isOpen: true },
    resolved: { label: labels.resolved, tone: 'success' },
    // Whether somebody mends his ways after it is seen later (实施办法 arts. 46, 49): what followed has a step of its own
    punished: { label: labels.punished, tone: 'success' },
    dropped: { label: labels.dropped, tone: 'default', isUncounted: true },
    voided: { label: '已作废', tone: 'error', isClosed: true, isUncounted: true },
  },
  steps: [
    ...settling(
      {
        dropped: [filled('droppedOn')],
        resolved: [
          empty('droppedOn'),
          filled('decidedOn'),
          is('kind', ...measureKinds.judged),
          filled('resultOn'),
        ],
        punished: [empty('droppedOn'), filled('decidedOn'), is('kind', 'security'), filled('resultOn')],
        pending: [
          empty('droppedOn'),
          filled('decidedOn'),
          is('kind', ...measureKinds.proposed),
          empty('resultOn'),
        ],
        decided: [empty('droppedOn'), filled('decidedOn'), is('kind', ...measureKinds.decided)],
        open: [empty('droppedOn'), empty('decidedOn')],
      },
      labels,
    ),
    {
      from: ['open'],
      action: 'decide',
      to: 'open',
      label: '决定（提请）',
      requires: ['decidedOn', 'grounds'],
      asks: ['organ'],
    },
    { from: ['open'], action: 'drop', to: 'open', label: '不予办理', requires: ['droppedOn', 'dropReason'] },
    {
      from: ['dropped'],
      action: 'reopen',
      to: 'open',
      label: '重新办理',
      requires: [],
      clears: ['droppedOn', 'dropReason'],
    },
    {
      from: ['pending'],
      action: 'resolve',
      to: 'pending',
      label: '登记结果',
      requires: ['result', 'resultOn'],
    },
    { from: ['decided'], action: 'follow', to: 'decided', label: '登记后续', requires: ['followed'] },
    { from: ['punished'], action: 'follow', to: 'punished', label: '登记后续', requires: ['followed'] },
    { from: [...all], action: 'void', to: 'voided', label: '作废', requires: ['voidReason'] },
  ],
};

const toOrgan = { field: 'kind', in: measureKinds.proposed } as const;
const counted = ['admonition', 'warning'];

/** The how-manieth of its kind for this person it is, by the day of the decision: 训诫 and 警告 count within one correction. */
function rankOf(content: RecordContent, around: AroundRecord): number | null | undefined {
  const { personId, kind, decidedOn } = content;
  if (!counted.includes(String(kind)) || typeof decidedOn !== 'string') return null;
  if (typeof personId !== 'string' || !around.sharing) return undefined;
  const before = around
    .sharing({ field: 'personId', value: personId, needs: ['kind', 'decidedOn'] })
    .filter(({ content: other }) => other.kind === kind && String(other.decidedOn ?? '9999') <= decidedOn);
  return before.length + 1;
}

/** What may be asked for of whom (社区矫正法 arts. 46–49, 刑法 art. 78). */
const kindsFor = (...others: string[]) => [...measureKinds.decided, 'reduction', ...others];

/**
 * 考核奖惩: praise, admonition and warning, which the county decides after the station's check, and what it proposes:
 * public-security punishment, revocation, imprisonment, arrest, reduction (社区矫正法 arts. 28, 33, 46–49, 59; 实施办法 arts.
 * 33–36, 42, 46–49). A record each, by the unit that acts.
 */
export const measure = describeLedger({
  name: 'measure',
  table: 'correction_measure',
  title: '考核奖惩台账',
  noun: '奖惩事项',
  workflow,
  sections: { basic: '事由', decision: '决定、提请', result: '结果和后续', file: '其他' },
  fields: {
    ...eventFields,
    category: code({ label: '矫正类别', section: 'basic', codes: 'correctionCategory', derived: true }),
    since: day({ label: '接收登记日期', section: 'basic', derived: true }),
    kind: code({
      label: '类别',
      section: 'basic',
      codes: 'measureKind',
      required: true,
      list: 130,
      sort: true,
      filter: true,
    }),
    proposedOn: day({
      label: '登记日期',
      section: 'basic',
      required: true,
      notFuture: true,
      list: 110,
      sort: true,
      filter: true,
    }),
    happenedOn: day({ label: '事实发生日期', section: 'basic', notFuture: true }),
    facts: note({ label: '事实', section: 'basic', max: 1000 }),
    proposer: text({ label: '审核（提出）人', section: 'basic', isName: true, max: 40 }),
    grounds: text({
      label: '依据',
      section: 'decision',
      max: 200,
      hint: '如 社区矫正法实施办法第三十四条第一项',
    }),
    decidedOn: day({
      label: '决定（提请）日期',
      section: 'decision',
      notFuture: true,
      list: 120,
      sort: true,
    }),
    decisionNo: text({ label: '决定书（建议书）文号', section: 'decision', max: 60, search: 'text' }),
    organ: text({ label: '提请机关', section: 'decision', max: 60, when: toOrgan, list: 150 }),
    copiedOn: day({ label: '抄送检察院日期', section: 'decision', notFuture: true, when: toOrgan }),
    rank: count({ label: '本次矫正中第几次', section: 'decision', derived: true, hint: '由程序算出' }),
    droppedOn: day({ label: '不予办理日期', section: 'decision', notFuture: true }),
    dropReason: text({ label: '不予办理的理由', section: 'decision', max: 200, veil: 'text' }),
    result: code({ label: '结果', section: 'result', codes: 'measureResult', when: toOrgan, list: 90 }),
    resultOn: day({ label: '裁定（决定）日期', section: 'result', notFuture: true, when: toOrgan }),
    resultNo: text({ label: '裁定（决定）文号', section: 'result', max: 60, when: toOrgan }),
    followed: code({
      label: '后续处理',
      section: 'result',
      codes: 'measureFollowed',
      when: { field: 'kind', in: [...counted, 'security'] },
    }),
    responsible: text({ label: '经办人', section: 'result', isName: true, max: 40 }),
    ...closingFields,
  },
  children: {},
  derives: [
    nameOfPerson,
    ofPerson('category', 'category'),
    ofPerson('since', 'receivedOn'),
    { field: 'rank', of: rankOf },
  ],
  rules: [
    after('happenedOn', 'proposedOn'),
    after('happenedOn', 'decidedOn'),
    usuallyAfter('proposedOn', 'decidedOn'),
    usuallyAfter('decidedOn', 'copiedOn'),
    after('decidedOn', 'resultOn'),
    after('proposedOn', 'droppedOn'),
    ...duringCorrection('decidedOn', true),
    {
      rule: 'fits',
      field: 'kind',
      beside: 'category',
      allows: {
        '01': kindsFor('security'),
        '02': kindsFor('security', 'revokeProbation', 'arrest'),
        '03': kindsFor('revokeParole', 'arrest'),
        '04': kindsFor('security', 'imprison'),
      },
    },
    {
      rule: 'lasts',
      from: 'since',
      to: 'decidedOn',
      when: [is('kind', 'praise')],
      least: 6,
      why: '表扬一般应当接受社区矫正六个月以上并符合规定条件（社区矫正法实施办法第三十三条）；有突出表现的不用改，否则请核对。',
      isWarning: true,
    },
    {
      rule: 'decidedBy',
      level: 'county',
      field: 'decidedOn',
      paper: 'decisionNo',
      when: [],
      why: '表扬、训诫、警告和各项提请由县级社区矫正机构作出（社区矫正法第二十八条、实施办法第三十三条至第三十六条）。',
    },
  ],
  headline: { field: 'personName' },
  partOf: 'personId',
  beside: ['kind', 'decidedOn', 'result'],
  day: 'proposedOn',
  beginsToday: true,
  brief: ['happenedOn', 'facts', 'proposer', 'grounds', 'decidedOn', 'decisionNo', 'organ'],
  remembers: ['proposer', 'responsible'],
});
