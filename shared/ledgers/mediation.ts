import { code, count, day, division, flag, money, note, ref, text } from '#shared/kinds/fields.ts';
import { after, describeLedger, type RecordOf, together } from './describe.ts';
import { mediationWorkflow } from './mediation-workflow.ts';
import { partyFields } from './party.ts';

const agreed = { field: 'outcome', in: ['agreed'] } as const;

/**
 * 人民调解案件: the items of the provincial exchange record (T_SJKJ_RMTJ_AJBL) and its parties.
 * Registering, recording and filing cases is a duty under 人民调解法 art. 27.
 */
export const mediation = describeLedger({
  name: 'mediation',
  table: 'mediation_case',
  title: '人民调解案件台账',
  noun: '案件',
  workflow: mediationWorkflow,
  sections: {
    accept: '受理',
    parties: '当事人',
    process: '调解',
    result: '结果',
    after: '履行与回访',
    file: '归档',
  },
  fields: {
    caseNo: text({
      label: '案号',
      section: 'accept',
      max: 60,
      system: true,
      list: 235,
      sort: true,
      search: 'text',
    }),
    acceptedOn: day({
      label: '受理日期',
      section: 'accept',
      required: true,
      notFuture: true,
      list: 110,
      sort: true,
      filter: true,
    }),
    kind: code({
      label: '纠纷类型',
      section: 'accept',
      codes: 'disputeKind',
      required: true,
      list: 150,
      sort: true,
      filter: true,
      search: 'text',
    }),
    source: code({ label: '纠纷来源', section: 'accept', codes: 'disputeSource', filter: true }),
    summary: note({ label: '纠纷简介', section: 'accept', required: true, max: 4000, search: 'text' }),
    occurredOn: day({ label: '发生日期', section: 'accept', notFuture: true }),
    divisionCode: division({ label: '发生地区划', section: 'accept' }),
    place: text({ label: '发生地点', section: 'accept', max: 120, search: 'text' }),
    partyCount: count({ label: '涉案当事人数', section: 'accept' }),
    involvedFen: money({ label: '涉案金额（元）', section: 'accept' }),
    specialGroup: code({ label: '涉及特殊群体', section: 'accept', codes: 'specialGroup' }),
    isMigrantWorker: flag({ label: '涉及农民工', section: 'accept' }),
    committeeId: ref({ label: '受理单位（调委会）', section: 'process', ref: 'committee', filter: true }),
    registrar: text({ label: '受理人', section: 'process', max: 40 }),
    mediatorId: ref({ label: '调解员', section: 'process', ref: 'mediator' }),
    difficulty: code({ label: '难易程度', section: 'process', codes: 'difficulty' }),
    escalation: code({ label: '纠纷转化（激化）情况', section: 'process', codes: 'escalation' }),
    forecast: code({ label: '案件预测', section: 'process', codes: 'forecast' }),
    outcome: code({
      label: '调解结果',
      section: 'result',
      codes: 'outcome',
      list: 110,
      sort: true,
      filter: true,
    }),
    concludedOn: day({ label: '办结日期', section: 'result', notFuture: true, list: 110, sort: true }),
    agreementForm: code({ label: '协议类型', section: 'result', codes: 'agreementForm', when: agreed }),
    agreementNo: text({ label: '协议编号', section: 'result', max: 60, search: 'text', when: agreed }),
    amountFen: money({ label: '协议涉及金额（元）', section: 'result', list: 170, sort: true, when: agreed }),
    agreementText: note({ label: '协议内容', section: 'result', search: 'text', when: agreed }),
    performance: code({ label: '履行情况', section: 'after', codes: 'performance', when: agreed }),
    performanceMethod: code({
      label: '履行方式',
      section: 'after',
      codes: 'performanceMethod',
      when: agreed,
    }),
    isConfirmed: flag({ label: '是否司法确认', section: 'after', when: agreed }),
    satisfaction: code({ label: '是否满意', section: 'after', codes: 'satisfaction' }),
    followUpForm: code({ label: '回访形式', section: 'after', codes: 'followUpForm' }),
    followUpOn: day({ label: '回访日期', section: 'after', notFuture: true }),
    archivedOn: day({ label: '归档日期', section: 'file', notFuture: true }),
    voidReason: text({ label: '作废原因', section: 'file', max: 200 }),
    remark: note({ label: '备注', section: 'file', max: 2000, search: 'text' }),
  },
  children: {
    parties: {
      title: '当事人',
      table: 'mediation_party',
      fields: partyFields,
      min: 1,
      begins: [
        { side: 'applicant', type: 'natural' },
        { side: 'respondent', type: 'natural' },
      ],
    },
  },
  rules: [
    after('occurredOn', 'acceptedOn'),
    after('acceptedOn', 'concludedOn'),
    after('concludedOn', 'followUpOn'),
    after('concludedOn', 'archivedOn'),
    together('outcome', 'concludedOn'),
  ],
  headline: { children: 'parties', field: 'name' },
  day: 'acceptedOn',
  brief: [
    'parties.idNumber',
    'parties.creditCode',
    'committeeId',
    'mediatorId',
    'outcome',
    'concludedOn',
    'agreementForm',
    'amountFen',
  ],
  number: { field: 'caseNo', pattern: '（{year}）{prefix}人调字第{n}号' },
});

export type Mediation = RecordOf<typeof mediation>;
