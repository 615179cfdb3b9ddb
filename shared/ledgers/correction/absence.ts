import { code, day, note, text } from '#shared/kinds/fields.ts';
import { after, describeLedger, usuallyAfter } from '../describe.ts';
import type { Workflow } from '../workflow.ts';
import { empty, filled } from './common.ts';
import { closingFields, eventFields, nameOfPerson, ofPerson, settling } from './event.ts';

type AbsenceState = 'open' | 'back' | 'voided';

const labels = { open: '查找中', back: '已恢复监管' } as const;

const workflow: Workflow<AbsenceState> = {
  initial: 'open',
  states: {
    open: { label: labels.open, tone: 'error', isOpen: true },
    back: { label: labels.back, tone: 'success' },
    voided: { label: '已作废', tone: 'error', isClosed: true, isUncounted: true },
  },
  steps: [
    ...settling({ back: [filled('backOn')], open: [empty('backOn')] }, labels),
    {
      from: ['open'],
      action: 'search',
      to: 'open',
      label: '登记查找',
      requires: ['searchedOn', 'searchNote'],
    },
    { from: ['open'], action: 'end', to: 'open', label: '恢复监管', requires: ['backOn'] },
    { from: ['open', 'back'], action: 'void', to: 'voided', label: '作废', requires: ['voidReason'] },
  ],
};

/**
 * 脱管 (out of supervision after reporting in) and 漏管 (never taken over though the papers were in force). The organ
 * searches at once (社区矫正法 art. 30); up to ten days lead to an
 * admonition, more to a warning, a month to a proposal to revoke, whether or not the person has come back (实施办法 arts. 34, 35, 46, 47).
 */
export const absence = describeLedger({
  name: 'absence',
  table: 'correction_absence',
  title: '脱管漏管台账',
  noun: '脱管漏管',
  workflow,
  sections: { basic: '情况', search: '查找', end: '结果', file: '其他' },
  fields: {
    ...eventFields,
    category: code({ label: '矫正类别', section: 'basic', codes: 'correctionCategory', derived: true }),
    kind: code({
      label: '类型',
      section: 'basic',
      codes: 'absenceKind',
      required: true,
      list: 90,
      filter: true,
    }),
    absentFrom: day({
      label: '脱离监管之日',
      section: 'basic',
      required: true,
      notFuture: true,
      list: 120,
      sort: true,
      filter: true,
    }),
    foundOn: day({
      label: '发现日期',
      section: 'basic',
      required: true,
      notFuture: true,
      list: 110,
      sort: true,
    }),
    reason: text({ label: '原因', section: 'basic', max: 200, search: 'text', veil: 'text' }),
    searchedOn: day({ label: '开始查找日期', section: 'search', notFuture: true }),
    searchNote: note({ label: '查找情况', section: 'search', max: 1000 }),
    policeOn: day({ label: '通知公安机关日期', section: 'search', notFuture: true }),
    prosecutorNote: text({ label: '检察监督', section: 'search', max: 200, veil: 'text' }),
    responsible: text({ label: '责任人', section: 'search', isName: true, max: 40, list: 100 }),
    admonishedOn: day({
      label: '训诫日期',
      section: 'end',
      notFuture: true,
      hint: '脱管未超过十日的，另在考核奖惩中登记训诫',
    }),
    warnedOn: day({
      label: '警告日期',
      section: 'end',
      notFuture: true,
      hint: '脱管超过十日的，另在考核奖惩中登记警告',
    }),
    proposedOn: day({
      label: '提请撤销日期',
      section: 'end',
      notFuture: true,
      hint: '超过一个月的，另在考核奖惩中登记提请',
    }),
    backOn: day({ label: '恢复监管日期', section: 'end', notFuture: true, list: 120 }),
    result: text({
      label: '处理结果',
      section: 'end',
      max: 300,
      veil: 'text',
      hint: '训诫、警告、提请，或者不予处分的理由；写明以后不再提醒',
    }),
    ...closingFields,
  },
  children: {},
  derives: [nameOfPerson, ofPerson('category', 'category')],
  rules: [
    after('absentFrom', 'foundOn'),
    usuallyAfter('foundOn', 'searchedOn'),
    after('absentFrom', 'policeOn'),
    after('absentFrom', 'admonishedOn'),
    after('absentFrom', 'warnedOn'),
    after('absentFrom', 'proposedOn'),
    after('absentFrom', 'backOn'),
    usuallyAfter('personId.effectiveOn', 'absentFrom'),
    {
      rule: 'whileGood',
      field: 'personId',
      on: 'absentFrom',
      ends: ['endedOn'],
      isWarning: true,
      advice: '请核对日期；确在矫正结束以后的不用改。',
    },
    {
      rule: 'oneAtATime',
      field: 'personId',
      from: 'absentFrom',
      to: ['backOn'],
      who: 'personName',
      why: '上一次脱管（漏管）还没有恢复监管，或者日期重叠，请先在原来的记录里登记恢复监管日期。',
    },
  ],
  headline: { field: 'personName' },
  partOf: 'personId',
  beside: ['kind', 'foundOn', 'backOn'],
  day: 'absentFrom',
  remembers: ['responsible'],
});
