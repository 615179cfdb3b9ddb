import { code, day, note, text } from '#shared/kinds/fields.ts';
import { describeLedger } from '../describe.ts';
import type { Workflow } from '../workflow.ts';
import { closingFields, duringCorrection, eventFields, nameOfPerson } from './event.ts';

const workflow: Workflow<'recorded' | 'voided'> = {
  initial: 'recorded',
  states: {
    recorded: { label: '已登记', tone: 'success' },
    voided: { label: '已作废', tone: 'error', isClosed: true, isUncounted: true },
  },
  steps: [{ from: ['recorded'], action: 'void', to: 'voided', label: '作废', requires: ['voidReason'] }],
};

/** 日常管理: reports of the person, visits, medical re-examinations, education and help (社区矫正法 arts. 23, 26, 36; 实施办法 art. 24). */
export const contact = describeLedger({
  name: 'contact',
  table: 'correction_contact',
  title: '报告和走访台账',
  noun: '报告走访',
  workflow,
  sections: { basic: '情况', file: '其他' },
  fields: {
    ...eventFields,
    happenedOn: day({
      label: '日期',
      section: 'basic',
      required: true,
      notFuture: true,
      list: 110,
      sort: true,
      filter: true,
    }),
    kind: code({
      label: '类别',
      section: 'basic',
      codes: 'contactKind',
      required: true,
      list: 140,
      sort: true,
      filter: true,
    }),
    manner: code({ label: '方式', section: 'basic', codes: 'contactManner', list: 100 }),
    place: text({ label: '地点', section: 'basic', max: 80, veil: 'text' }),
    officer: text({ label: '工作人员', section: 'basic', max: 40, list: 120, search: 'text' }),
    content: note({ label: '内容', section: 'basic', max: 2000 }),
    handling: note({ label: '发现的问题和处理', section: 'basic', max: 1000 }),
    ...closingFields,
  },
  children: {},
  derives: [nameOfPerson],
  rules: [...duringCorrection('happenedOn', true)],
  headline: { field: 'personName' },
  partOf: 'personId',
  beside: ['kind', 'manner', 'officer'],
  day: 'happenedOn',
  beginsToday: true,
  remembers: ['manner', 'officer'],
});
