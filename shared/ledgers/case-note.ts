import { code, day, note, ref, text } from '#shared/kinds/fields.ts';
import { describeLedger, type RecordOf, usuallyAfter } from './describe.ts';
import type { Workflow } from './workflow.ts';

const noteWorkflow: Workflow<'recorded' | 'voided'> = {
  initial: 'recorded',
  states: {
    recorded: { label: '已记录', tone: 'success' },
    voided: { label: '已作废', tone: 'error', isClosed: true, isUncounted: true },
  },
  steps: [{ from: ['recorded'], action: 'void', to: 'voided', label: '作废', requires: ['voidReason'] }],
};

const isOf = (...kinds: string[]) => ({ field: 'kind', in: kinds });

/**
 * 笔录: what was said and done at one sitting, visit or inquiry of a case, as its paper prints it (人民调解法 art. 27:
 * the committee keeps a record of the mediation). A record each, because one case may have several of a kind.
 */
export const caseNote = describeLedger({
  name: 'caseNote',
  table: 'case_note',
  title: '案件笔录',
  noun: '笔录',
  workflow: noteWorkflow,
  sections: { basic: '基本情况', text: '记录', file: '其他' },
  fields: {
    caseId: ref({ label: '所属案件', section: 'basic', ref: 'mediation', required: true, filter: true }),
    kind: code({
      label: '笔录类别',
      section: 'basic',
      codes: 'caseNoteKind',
      required: true,
      list: 130,
      sort: true,
      filter: true,
    }),
    heldOn: day({
      label: '日期',
      section: 'basic',
      required: true,
      notFuture: true,
      list: 110,
      sort: true,
      filter: true,
    }),
    topic: text({
      label: '事由',
      veil: 'text',
      section: 'basic',
      required: true,
      max: 120,
      search: 'text',
      hint: '写纠纷名称',
    }),
    time: text({
      label: '时间',
      section: 'basic',
      max: 40,
      hint: '如 9时至11时30分',
      when: isOf('mediation', 'investigation', 'visit'),
    }),
    place: text({
      label: '地点',
      veil: 'text',
      section: 'basic',
      max: 120,
      search: 'text',
      when: isOf('mediation', 'investigation', 'visit'),
    }),
    subject: text({
      label: '被调查人（被回访人）',
      veil: 'name',
      section: 'basic',
      max: 60,
      list: 160,
      search: 'name',
      when: isOf('investigation', 'visit'),
    }),
    present: text({
      label: '参加人',
      veil: 'names',
      section: 'basic',
      max: 120,
      search: 'text',
      when: isOf('mediation', 'investigation'),
    }),
    conductedBy: text({
      label: '调查人（回访人）',
      section: 'basic',
      max: 60,
      search: 'text',
      when: isOf('investigation', 'visit'),
    }),
    form: code({ label: '回访形式', section: 'basic', codes: 'followUpForm', when: isOf('visit') }),
    performance: code({
      label: '协议履行情况',
      section: 'basic',
      codes: 'performance',
      when: isOf('visit'),
    }),
    satisfaction: code({ label: '是否满意', section: 'basic', codes: 'satisfaction', when: isOf('visit') }),
    text: note({
      label: '记录',
      section: 'text',
      max: 20_000,
      search: 'text',
      hint: '申请事项每项写一行',
      hintWhen: isOf('application'),
    }),
    result: note({ label: '调解结果', section: 'text', max: 2000, search: 'text', when: isOf('mediation') }),
    voidReason: text({ label: '作废原因', section: 'file', max: 200 }),
  },
  children: {},
  rules: [usuallyAfter(['caseId.appliedOn', 'caseId.acceptedOn'], 'heldOn')],
  headline: { field: 'topic' },
  partOf: 'caseId',
  day: 'heldOn',
});

export type CaseNote = RecordOf<typeof caseNote>;
