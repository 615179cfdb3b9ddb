import { crimeTypeOf } from '#shared/domain/criminal-article.ts';
import { code, day, flag, note, phone, ref, text } from '#shared/kinds/fields.ts';
import { after, describeLedger, type FieldRule, inTime, together, usuallyAfter } from '../describe.ts';
import type { Condition } from '../workflow.ts';
import {
  crimeFields,
  is,
  mostOfPenalties,
  penaltiesFor,
  personFields,
  whoDerives,
  whoFields,
} from './common.ts';
import { evaluationWorkflow } from './evaluation-workflow.ts';

const agreedInTime = (deadline: string, when: Condition): FieldRule =>
  inTime(
    deadline,
    'extensionAgreedOn',
    '需要延长的，应在期限届满以前与委托单位商定（社区矫正法实施办法第十四条）；请核对。',
    { when: [when], isUnextended: true },
  );

const concluded = { field: 'conclusion', in: ['suitable', 'unsuitable'] } as const;

/**
 * 调查评估. A court, procuratorate, public security organ or prison commissions it before it decides on community
 * correction (社区矫正法 art. 18); the county's organ sends its opinion within ten working days of the commission with
 * its papers, five in the speedy procedure, or as agreed (实施办法 art. 14), and a copy to the procuratorate.
 */
export const evaluation = describeLedger({
  name: 'evaluation',
  table: 'correction_evaluation',
  title: '社区矫正调查评估台账',
  noun: '调查评估',
  workflow: evaluationWorkflow,
  sections: {
    commission: '委托',
    subject: '被调查人',
    crime: '案情',
    inquiry: '调查',
    findings: '调查情况',
    opinion: '评估意见',
    result: '抄送和采信',
    file: '其他',
  },
  fields: {
    receivedOn: day({
      label: '收到日期',
      section: 'commission',
      required: true,
      notFuture: true,
      list: 110,
      sort: true,
      filter: true,
      hint: '收到委托函和所附材料之日，期限自此起算',
    }),
    source: code({
      label: '委托单位类型',
      section: 'commission',
      codes: 'commissionSource',
      list: 110,
      filter: true,
    }),
    organ: text({ label: '委托单位', section: 'commission', max: 60, required: true, search: 'text' }),
    commissionNo: text({ label: '委托函文号', section: 'commission', max: 60, search: 'text' }),
    commissionedOn: day({ label: '委托日期', section: 'commission', notFuture: true }),
    procedure: code({
      label: '适用程序',
      section: 'commission',
      codes: 'evaluationProcedure',
      hint: '不填按普通程序计算期限',
    }),
    organContact: text({ label: '委托单位联系人', section: 'commission', isName: true, max: 40 }),
    organPhone: phone({ label: '联系人电话', section: 'commission', veil: 'none' }),
    ...whoFields('subject'),
    subjectKind: code({ label: '被调查对象', section: 'subject', codes: 'evaluatedKind' }),
    ...crimeFields('crime'),
    plannedCategory: code({
      label: '拟适用类别',
      section: 'crime',
      codes: 'correctionCategory',
      list: 120,
      sort: true,
      filter: true,
    }),
    startedOn: day({ label: '开始调查日期', section: 'inquiry', notFuture: true }),
    investigators: text({
      label: '调查人',
      section: 'inquiry',
      max: 80,
      hint: '不少于两人，姓名之间用顿号隔开',
    }),
    responsible: text({ label: '承办人', section: 'inquiry', isName: true, max: 40, list: 100 }),
    extendedTo: day({ label: '延长至', section: 'inquiry', hint: '与委托单位商定' }),
    extensionAgreedOn: day({ label: '商定日期', section: 'inquiry', notFuture: true }),
    housing: note({ label: '居所情况', section: 'findings', max: 1000 }),
    relations: note({ label: '家庭和社会关系', section: 'findings', max: 1000 }),
    consequences: note({ label: '犯罪行为的后果和影响', section: 'findings', max: 1000 }),
    views: note({ label: '村（居）委会和被害人意见', section: 'findings', max: 1000 }),
    prohibitions: note({ label: '拟禁止的事项', section: 'findings', max: 1000 }),
    danger: note({ label: '社会危险性', section: 'findings', max: 1000 }),
    impact: note({ label: '对所居住社区的影响', section: 'findings', max: 1000 }),
    reviewedOn: day({ label: '集体评议日期', section: 'opinion', notFuture: true }),
    conclusion: code({
      label: '评估意见',
      section: 'opinion',
      codes: 'evaluationConclusion',
      list: 150,
      sort: true,
      filter: true,
    }),
    opinion: note({ label: '意见和理由', section: 'opinion', max: 2000, when: concluded }),
    impossibleReason: note({
      label: '无法评估的原因',
      section: 'opinion',
      max: 500,
      required: true,
      when: { field: 'conclusion', in: ['impossible'] },
    }),
    issuedOn: day({
      label: '意见发出日期',
      section: 'opinion',
      notFuture: true,
      list: 120,
      sort: true,
      filter: true,
    }),
    isInTime: flag({
      label: '按期出具',
      section: 'opinion',
      derived: true,
      hint: '保存时按办理期限得出，含商定延长',
    }),
    opinionNo: text({ label: '意见书文号', section: 'opinion', max: 60, search: 'text' }),
    signedBy: text({ label: '审签人', section: 'opinion', isName: true, max: 40 }),
    returnedOn: day({ label: '退回日期', section: 'opinion', notFuture: true }),
    returnReason: code({ label: '退回原因', section: 'opinion', codes: 'evaluationReturn' }),
    returnNote: text({ label: '退回说明', section: 'opinion', max: 200, veil: 'text' }),
    copiedOn: day({ label: '抄送检察院日期', section: 'result', notFuture: true }),
    adoption: code({ label: '采信情况', section: 'result', codes: 'evaluationAdoption', filter: true }),
    adoptedOn: day({
      label: '裁判（决定）日期',
      section: 'result',
      notFuture: true,
      when: { field: 'adoption', in: ['adopted', 'notAdopted'] },
    }),
    decisionNo: text({
      label: '裁判（决定）文号',
      section: 'result',
      max: 60,
      search: 'text',
      when: { field: 'adoption', in: ['adopted', 'notAdopted'] },
    }),
    correctionId: ref({
      label: '转入的矫正对象',
      section: 'result',
      ref: 'correction',
      filter: true,
      when: { field: 'adoption', in: ['adopted'] },
    }),
    takenOn: day({
      label: '转入日期',
      section: 'result',
      notFuture: true,
      when: { field: 'adoption', in: ['adopted'] },
    }),
    archivedOn: day({ label: '归档日期', section: 'file', notFuture: true }),
    voidReason: text({ label: '作废原因', section: 'file', max: 200, veil: 'text' }),
    remark: note({ label: '备注', section: 'file', max: 1000, search: 'text' }),
  },
  children: {},
  derives: [
    ...whoDerives,
    { field: 'crimeType', of: ({ chargeArticle }) => crimeTypeOf(chargeArticle) },
    {
      field: 'isInTime',
      of: (record, around) => {
        const { issuedOn, procedure } = record;
        if (typeof issuedOn !== 'string') return null;
        if (!around.periodOf) return undefined;
        const rule = procedure === 'speedy' ? 'evaluation.speedy' : 'evaluation.ordinary';
        const period = around.periodOf(rule, record);
        return period && issuedOn <= period.until;
      },
    },
  ],
  rules: [
    after('commissionedOn', 'receivedOn'),
    after('judgedOn', 'adoptedOn'),
    after('receivedOn', 'startedOn'),
    after('receivedOn', 'extensionAgreedOn'),
    after('receivedOn', 'extendedTo'),
    after('extensionAgreedOn', 'extendedTo'),
    together('extendedTo', 'extensionAgreedOn'),
    after('startedOn', 'reviewedOn'),
    after(['startedOn', 'receivedOn'], 'issuedOn'),
    usuallyAfter('reviewedOn', 'issuedOn'),
    together('conclusion', 'issuedOn'),
    after('receivedOn', 'returnedOn'),
    together('returnedOn', 'returnReason'),
    // 已发出意见的不再是退回
    {
      rule: 'excludes',
      field: 'conclusion',
      in: ['suitable', 'unsuitable', 'impossible'],
      filled: ['returnedOn'],
    },
    after('issuedOn', 'copiedOn'),
    usuallyAfter('issuedOn', 'adoptedOn'),
    after('issuedOn', 'takenOn'),
    together('correctionId', 'takenOn'),
    after(['issuedOn', 'returnedOn'], 'archivedOn'),
    agreedInTime('evaluation.ordinary', { field: 'procedure', notIn: ['speedy'] }),
    agreedInTime('evaluation.speedy', is('procedure', 'speedy')),
    {
      rule: 'names',
      field: 'investigators',
      least: 2,
      why: '调查评估一般由两名以上工作人员进行，请核对；还有调查人的请补填。',
    },
    { rule: 'criminalArticle', field: 'chargeArticle' },
    {
      rule: 'atMost',
      field: 'penaltyMonths',
      most: 36,
      when: [is('plannedCategory', '02')],
      why: '缓刑适用于被判处拘役、三年以下有期徒刑的犯罪分子（刑法第七十二条），请核对刑期或者拟适用类别。',
    },
    { rule: 'fits', field: 'penalty', beside: 'plannedCategory', allows: penaltiesFor },
    ...mostOfPenalties,
    {
      rule: 'decidedBy',
      level: 'county',
      field: 'issuedOn',
      paper: 'opinionNo',
      when: [],
      why: '调查评估意见由县级社区矫正机构出具（社区矫正法第十八条、实施办法第十四条）。',
    },
  ],
  persons: [{ as: '社区矫正被调查评估人', fields: personFields }],
  headline: { field: 'name' },
  calledBy: 'opinionNo',
  // 封存及于社会调查材料，未成年人犯罪记录封存实施办法
  partOf: 'correctionId',
  day: 'receivedOn',
  beginsToday: true,
  brief: [
    'source',
    'commissionNo',
    'procedure',
    'idNumber',
    'phone',
    'address',
    'charge',
    'chargeArticle',
    'plannedCategory',
    'responsible',
    'investigators',
    'startedOn',
  ],
  book: ['commissionNo', 'charge', 'opinionNo', 'adoption'],
  remembers: ['source', 'organ', 'responsible'],
});
