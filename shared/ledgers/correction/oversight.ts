import { code, day, note, ref, text } from '#shared/kinds/fields.ts';
import { after, describeLedger, together } from '../describe.ts';
import type { Workflow } from '../workflow.ts';
import { empty, filled } from './common.ts';
import { closingFields, eventFields, nameOfPerson, settling } from './event.ts';

type OversightState = 'open' | 'answered' | 'voided';

const labels = { open: '待回复', answered: '已回复' } as const;

const workflow: Workflow<OversightState> = {
  initial: 'open',
  states: {
    open: { label: labels.open, tone: 'warning', isOpen: true },
    answered: { label: labels.answered, tone: 'success' },
    voided: { label: '已作废', tone: 'error', isClosed: true, isUncounted: true },
  },
  steps: [
    ...settling({ answered: [filled('repliedOn')], open: [empty('repliedOn')] }, labels),
    {
      from: ['open'],
      action: 'reply',
      to: 'open',
      label: '回复',
      requires: ['answer', 'repliedOn'],
      asks: ['declineReason'],
    },
    { from: ['open', 'answered'], action: 'void', to: 'voided', label: '作废', requires: ['voidReason'] },
  ],
};

/**
 * 检察监督: what a procuratorate finds wrong with the work of community correction or suggests, of one person or of the work
 * as a whole. It is answered in writing, with the reasons where it was not adopted (社区矫正法 art. 62).
 */
export const oversight = describeLedger({
  name: 'oversight',
  table: 'correction_oversight',
  title: '检察监督台账',
  noun: '检察文书',
  workflow,
  sections: { basic: '检察文书', answer: '整改和回复', file: '其他' },
  fields: {
    letterNo: text({
      label: '文书文号',
      section: 'basic',
      max: 60,
      required: true,
      search: 'text',
      hint: '检察文书上的文号',
    }),
    kind: code({
      label: '文书种类',
      section: 'basic',
      codes: 'oversightKind',
      required: true,
      list: 130,
      sort: true,
      filter: true,
    }),
    organ: text({ label: '检察院', section: 'basic', max: 60, required: true, list: 160, search: 'text' }),
    receivedOn: day({
      label: '收到日期',
      section: 'basic',
      required: true,
      notFuture: true,
      list: 110,
      sort: true,
      filter: true,
    }),
    replyBy: day({
      label: '要求回复日期',
      section: 'basic',
      list: 120,
      sort: true,
      hint: '文书写明的期限；没有写明的不填，按期限规则提醒',
    }),
    personId: ref({
      label: '社区矫正对象',
      section: 'basic',
      ref: 'correction',
      filter: true,
      hint: '针对某个对象的填写，针对整体工作的不填',
    }),
    personName: eventFields.personName,
    content: note({ label: '意见内容', section: 'basic', max: 2000, veil: 'text' }),
    measures: note({ label: '整改情况', section: 'answer', max: 1000, veil: 'text' }),
    answer: code({
      label: '采纳情况',
      section: 'answer',
      codes: 'oversightAnswer',
      list: 100,
      filter: true,
    }),
    declineReason: text({
      label: '没有采纳的理由',
      section: 'answer',
      max: 500,
      required: true,
      veil: 'text',
      when: { field: 'answer', in: ['partly', 'declined'] },
      hint: '没有采纳的应当说明理由（社区矫正法第六十二条）',
    }),
    repliedOn: day({ label: '书面回复日期', section: 'answer', notFuture: true, list: 110 }),
    replyNo: text({ label: '回复文号', section: 'answer', max: 60 }),
    responsible: text({ label: '经办人', section: 'answer', isName: true, max: 40 }),
    ...closingFields,
  },
  children: {},
  derives: [nameOfPerson],
  rules: [after('receivedOn', 'replyBy'), after('receivedOn', 'repliedOn'), together('answer', 'repliedOn')],
  headline: { field: 'letterNo' },
  partOf: 'personId',
  beside: ['kind', 'receivedOn', 'answer'],
  day: 'receivedOn',
  beginsToday: true,
  remembers: ['organ', 'responsible'],
});
