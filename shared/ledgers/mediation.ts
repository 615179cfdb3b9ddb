import { code, count, day, division, flag, money, note, ref, text } from '#shared/kinds/fields.ts';
import {
  after,
  beyond,
  describeLedger,
  inTime,
  type RecordOf,
  together,
  usuallyAfter,
  within,
  withinMonths,
} from './describe.ts';
import { mediationWorkflow } from './mediation-workflow.ts';
import { partyFields, partyPersons } from './party.ts';
import { waiverChild } from './waivers.ts';

const agreed = { field: 'outcome', in: ['agreed'] } as const;
/** An application that waits or was refused has no day of acceptance. */
const notTakenOn = { field: 'acceptance', in: ['pending', 'declined'] } as const;
const byCourt = { field: 'source', in: ['courtReferral'] } as const;
const atCourt = { field: 'aftermath', in: ['confirmation', 'lawsuit', 'enforcement'] } as const;

/** The day of effect, and the day of conclusion where it is not known: as the rule of the deadline counts. */
const agreementDays = ['effectiveOn', 'concludedOn'] as const;

/**
 * What a court can have decided on each way to it: on a joint application it confirms or does not (民事诉讼法 arts.
 * 205, 206), on a lawsuit it judges the agreement (art. 32 of 人民调解法), and only what was confirmed or judged to bind
 * can be enforced.
 */
export const courtResultsAfter = {
  confirmation: ['confirmed', 'dismissed'],
  lawsuit: ['upheld', 'changed', 'revoked', 'invalid'],
  enforcement: ['confirmed', 'upheld', 'changed'],
} as const;

/**
 * What can follow an agreement that stands so: neither what was done on the spot nor what is not due yet can be
 * enforced or be the matter of an order to pay (支付令 is for what is due, 民事诉讼法 on 督促程序). After either, a debt may
 * have been performed.
 */
export const aftermathsBeside = {
  immediate: ['none', 'confirmation', 'lawsuit'],
  notDue: ['none', 'confirmation', 'lawsuit'],
} as const;

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
    dispute: '纠纷情况',
    process: '调解',
    result: '结果',
    after: '履行与回访',
    subsidy: '以案定补',
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
      standIn: { field: 'appliedOn', when: notTakenOn },
      notFuture: true,
      list: 110,
      sort: true,
      filter: true,
    }),
    kind: code({
      label: '纠纷类型',
      section: 'dispute',
      codes: 'disputeKind',
      required: true,
      list: 150,
      sort: true,
      filter: true,
      search: 'text',
    }),
    appliedOn: day({ label: '申请日期', section: 'accept', notFuture: true, hint: '先申请后受理的案件填写' }),
    acceptance: code({ label: '受理情况', section: 'accept', codes: 'acceptance' }),
    declineReason: code({
      label: '不予受理理由',
      section: 'accept',
      codes: 'declineReason',
      required: true,
      when: { field: 'acceptance', in: ['declined'] },
    }),
    source: code({ label: '纠纷来源', section: 'accept', codes: 'disputeSource', filter: true }),
    // 立案前委派、立案后委托，民事诉讼法第一百二十五条、第二百零五条
    referringCourt: text({ label: '委派（委托）法院', section: 'accept', max: 60, when: byCourt }),
    referralKind: code({
      label: '委派或者委托',
      section: 'accept',
      codes: 'courtReferralKind',
      when: byCourt,
    }),
    referralNo: text({
      label: '委派（委托）函文号',
      section: 'accept',
      mayWaive: true,
      max: 60,
      search: 'text',
      when: byCourt,
    }),
    referredOn: day({ label: '委派（委托）日期', section: 'accept', notFuture: true, when: byCourt }),
    summary: note({ label: '纠纷简介', section: 'dispute', required: true, max: 4000, search: 'text' }),
    occurredOn: day({ label: '发生日期', section: 'dispute', mayWaive: true, notFuture: true }),
    divisionCode: division({ label: '发生地区划', section: 'dispute' }),
    place: text({ label: '发生地点', section: 'dispute', max: 120, search: 'text', veil: 'text' }),
    partyCount: count({ label: '涉案当事人数', section: 'dispute' }),
    involvedFen: money({ label: '涉案金额（元）', section: 'dispute' }),
    specialGroup: code({ label: '涉及特殊群体', section: 'dispute', codes: 'specialGroup' }),
    isMigrantWorker: flag({ label: '涉及农民工', section: 'dispute' }),
    committeeId: ref({
      label: '受理单位（调委会）',
      section: 'process',
      ref: 'committee',
      filter: true,
      holds: true,
    }),
    registrar: text({ label: '受理人', section: 'process', max: 40 }),
    mediatorId: ref({
      label: '调解员',
      section: 'process',
      ref: 'mediator',
      sharing: 'committeeId',
      filter: true,
      holds: true,
    }),
    mediationPlace: text({ label: '调解地点', section: 'process', mayWaive: true, max: 120 }),
    recorder: text({ label: '记录人', section: 'process', mayWaive: true, max: 40 }),
    helpers: text({
      label: '参加人',
      veil: 'text',
      section: 'process',
      max: 120,
      hint: '经当事人同意邀请，人民调解法第二十条',
    }),
    extendedTo: day({ label: '延长至', section: 'process', hint: '一个月内不能调结，经双方同意延长' }),
    extensionAgreedOn: day({ label: '双方同意延长日期', section: 'process', notFuture: true }),
    difficulty: code({ label: '难易程度', section: 'process', codes: 'difficulty' }),
    majorReason: code({ label: '重大疑难情形', section: 'process', codes: 'majorReason' }),
    riskColour: code({ label: '风险等级', section: 'process', codes: 'riskColour', filter: true }),
    escalation: code({ label: '纠纷转化（激化）情况', section: 'process', codes: 'escalation' }),
    preventedPersons: count({
      label: '防止激化涉及人数',
      min: 1,
      section: 'process',
      required: true,
      when: {
        field: 'escalation',
        in: ['suicidePrevented', 'crimePrevented', 'petitionPrevented', 'fightPrevented'],
      },
    }),
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
    transferTo: code({
      label: '移送去向',
      section: 'result',
      codes: 'transferTo',
      required: true,
      when: { field: 'outcome', in: ['transferred'] },
    }),
    outcomeReason: note({
      label: '未达成协议的原因',
      section: 'result',
      mayWaive: true,
      max: 200,
      when: { field: 'outcome', in: ['failed', 'withdrawn', 'terminated', 'transferred'] },
    }),
    agreementForm: code({ label: '协议类型', section: 'result', codes: 'agreementForm', when: agreed }),
    agreementNo: text({
      label: '协议编号',
      section: 'result',
      hint: '书面协议不填写时，保存时按案号编定，可以改写',
      mayWaive: true,
      max: 60,
      search: 'text',
      when: agreed,
    }),
    amountFen: money({
      label: '协议涉及金额（元）',
      section: 'result',
      mayWaive: true,
      list: 170,
      sort: true,
      when: agreed,
    }),
    agreementText: note({ label: '协议内容', section: 'result', search: 'text', when: agreed }),
    effectiveOn: day({
      label: '协议生效日期',
      section: 'result',
      notFuture: 'warns',
      when: agreed,
      hint: '书面协议为最后一方签名、盖章之日，口头协议为达成之日',
    }),
    performBy: day({ label: '履行期限', section: 'result', mayWaive: true, when: agreed }),
    performance: code({ label: '履行情况', section: 'after', codes: 'performance', when: agreed }),
    performanceMethod: code({
      label: '履行方式',
      section: 'after',
      mayWaive: true,
      codes: 'performanceMethod',
      when: agreed,
    }),
    performedOn: day({ label: '履行日期', section: 'after', mayWaive: true, notFuture: true, when: agreed }),
    aftermath: code({ label: '协议后续', section: 'after', codes: 'aftermath', when: agreed }),
    confirmationAppliedOn: day({
      label: '申请司法确认日期',
      section: 'after',
      notFuture: true,
      when: { field: 'aftermath', in: ['confirmation'] },
    }),
    courtName: text({ label: '管辖法院', section: 'after', max: 60, when: atCourt }),
    courtResult: code({ label: '法院结果', section: 'after', codes: 'courtResult', when: atCourt }),
    rulingNo: text({
      label: '裁判文书号',
      section: 'after',
      mayWaive: true,
      max: 60,
      search: 'text',
      when: atCourt,
    }),
    ruledOn: day({ label: '裁判日期', section: 'after', notFuture: true, when: atCourt }),
    satisfaction: code({ label: '是否满意', section: 'after', mayWaive: true, codes: 'satisfaction' }),
    followUpForm: code({ label: '回访形式', section: 'after', mayWaive: true, codes: 'followUpForm' }),
    followUpOn: day({ label: '回访日期', section: 'after', mayWaive: true, notFuture: true }),
    followUpBy: text({ label: '回访人', section: 'after', mayWaive: true, max: 40 }),
    followUpNote: note({ label: '回访情况', section: 'after', max: 1000 }),
    reviewGrade: code({ label: '卷宗评查结果', section: 'subsidy', codes: 'reviewGrade' }),
    subsidyFen: money({ label: '补贴金额（元）', section: 'subsidy' }),
    subsidyApprover: text({ label: '补贴审核人', section: 'subsidy', max: 40 }),
    subsidyPaidOn: day({ label: '补贴发放日期', section: 'subsidy', notFuture: true }),
    filedBy: text({ label: '立卷人', section: 'file', max: 40 }),
    retention: code({ label: '保管期限', section: 'file', codes: 'retention' }),
    archivedOn: day({ label: '归档日期', section: 'file', notFuture: true }),
    voidReason: text({ label: '作废原因', section: 'file', max: 200, veil: 'text' }),
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
    waivers: waiverChild('mediation_waiver'),
  },
  rules: [
    after('occurredOn', 'acceptedOn'),
    after('appliedOn', 'acceptedOn'),
    after('referredOn', 'acceptedOn'),
    after('acceptedOn', 'concludedOn'),
    after('concludedOn', 'followUpOn'),
    after('concludedOn', 'archivedOn'),
    after('acceptedOn', 'effectiveOn'),
    after('acceptedOn', 'performBy'),
    after('effectiveOn', 'performBy'),
    after('acceptedOn', 'performedOn'),
    usuallyAfter('concludedOn', 'performedOn'),
    after(agreementDays, 'confirmationAppliedOn'),
    after('confirmationAppliedOn', 'ruledOn'),
    after('concludedOn', 'subsidyPaidOn'),
    after('acceptedOn', 'extendedTo'),
    after('acceptedOn', 'extensionAgreedOn'),
    // 一般应在一个月内调结，人民调解工作若干规定第三十三条；延长只能更晚
    beyond('acceptedOn', 'extendedTo', 1),
    withinMonths(
      'acceptedOn',
      'extensionAgreedOn',
      1,
      '一般应在一个月内调结，延长应在期满以前商定（人民调解工作若干规定第三十三条）；请核对。',
    ),
    within(
      'concludedOn',
      'effectiveOn',
      30,
      '协议书自各方当事人签名、盖章或者按指印，调解员签名并加盖印章之日起生效（人民调解法第二十九条）；约定了生效日期或者条件的不用改。',
    ),
    inTime(
      'mediation.confirmation',
      'confirmationAppliedOn',
      '申请司法确认应在协议生效之日起三十日内（人民调解法第三十三条），逾期是否受理由法院决定；请核对两个日期。',
    ),
    usuallyAfter('followUpOn', 'archivedOn'),
    usuallyAfter('committeeId.establishedOn', 'acceptedOn'),
    { rule: 'whileGood', field: 'committeeId', on: 'acceptedOn', ends: ['dissolvedOn'], isWarning: true },
    { rule: 'whileGood', field: 'mediatorId', on: 'acceptedOn', ends: ['leftOn'], isWarning: true },
    {
      rule: 'excludes',
      field: 'acceptance',
      in: notTakenOn.in,
      filled: ['caseNo', 'outcome', 'concludedOn'],
    },
    { rule: 'fits', field: 'courtResult', beside: 'aftermath', allows: courtResultsAfter },
    { rule: 'fits', field: 'aftermath', beside: 'performance', allows: aftermathsBeside },
    // 强制执行以后才履行的也有
    {
      rule: 'fits',
      field: 'aftermath',
      beside: 'performance',
      allows: { performed: ['none', 'confirmation', 'lawsuit', 'paymentOrder'] },
      isWarning: true,
    },
    { rule: 'unique', field: 'agreementNo', asNumber: true },
    together('outcome', 'concludedOn'),
    together('extendedTo', 'extensionAgreedOn'),
  ],
  persons: partyPersons('parties'),
  headline: { children: 'parties', field: 'name' },
  day: 'acceptedOn',
  brief: [
    'parties.idNumber',
    'parties.creditCode',
    'parties.phone',
    'parties.divisionCode',
    'committeeId',
    'mediatorId',
    'outcome',
    'concludedOn',
    'outcomeReason',
    'agreementForm',
    'amountFen',
    'agreementText',
  ],
  book: ['source', 'performance', 'followUpOn'],
  copies: [
    'kind',
    'source',
    'divisionCode',
    'committeeId',
    'registrar',
    'mediatorId',
    'recorder',
    'difficulty',
    'agreementForm',
    'agreementText',
    'performanceMethod',
    'parties.side',
    'parties.type',
  ],
  remembers: ['committeeId', 'registrar', 'mediatorId', 'recorder', 'mediationPlace'],
  follows: [
    // 口头协议自达成之日起生效，人民调解法第三十条
    { field: 'effectiveOn', from: 'concludedOn', when: { field: 'agreementForm', in: ['oral'] } },
    { field: 'appliedOn', from: 'acceptedOn', when: notTakenOn },
    // 法院邀请调解组织先行调解的，向作出邀请的法院申请司法确认，民事诉讼法第二百零五条
    { field: 'courtName', from: 'referringCourt', when: atCourt },
  ],
  number: {
    field: 'caseNo',
    pattern: '（{year}）{prefix}人调字第{n}号',
    scope: { by: 'committeeId', name: 'shortName' },
    also: {
      field: 'agreementNo',
      pattern: '{prefix}人调字〔{year}〕{n}号',
      when: [
        { field: 'outcome', in: ['agreed'] },
        { field: 'agreementForm', in: ['written'] },
      ],
    },
  },
});

export type Mediation = RecordOf<typeof mediation>;
