import { code, day, note, text } from '#shared/kinds/fields.ts';
import { describeLedger } from './describe.ts';
import type { Workflow } from './workflow.ts';

const phraseWorkflow: Workflow<'active' | 'retired' | 'voided'> = {
  initial: 'active',
  states: {
    active: { label: '在用', tone: 'success' },
    retired: { label: '已停用', tone: 'default', isClosed: true, isUncounted: true },
    voided: { label: '已作废', tone: 'error', isClosed: true, isUncounted: true },
  },
  steps: [
    { from: ['active'], action: 'retire', to: 'retired', label: '停用', requires: [] },
    { from: ['retired'], action: 'restore', to: 'active', label: '恢复使用', requires: [] },
    { from: ['active', 'retired'], action: 'void', to: 'voided', label: '作废', requires: ['voidReason'] },
  ],
};

/** 常用语: a unit's own phrases and clauses, offered beside those that come with the program (seeds/phrases). */
export const phrase = describeLedger({
  name: 'phrase',
  table: 'phrase',
  title: '常用语库',
  noun: '常用语',
  workflow: phraseWorkflow,
  sections: { basic: '内容', file: '其他' },
  fields: {
    name: text({ label: '标题', section: 'basic', required: true, max: 40, search: 'text' }),
    place: code({
      label: '用于',
      section: 'basic',
      codes: 'phrasePlace',
      required: true,
      list: 150,
      sort: true,
      filter: true,
    }),
    kind: code({
      label: '纠纷类型',
      section: 'basic',
      codes: 'disputeKind',
      list: 150,
      sort: true,
      filter: true,
      hint: '不选则各类纠纷都可以用',
    }),
    text: note({
      label: '正文',
      veil: 'none',
      section: 'basic',
      required: true,
      max: 2000,
      search: 'text',
      hint: '可写 {申请人} {被申请人} {金额} {期限} {日期} {地点}，用时按案件自动填入；＿＿ 为用时再填的空',
    }),
    addedOn: day({
      label: '登记日期',
      section: 'file',
      required: true,
      notFuture: true,
      list: 110,
      sort: true,
      filter: true,
    }),
    voidReason: text({ label: '作废原因', section: 'file', max: 200 }),
  },
  children: {},
  rules: [],
  headline: { field: 'name' },
  day: 'addedOn',
  beginsToday: true,
});
