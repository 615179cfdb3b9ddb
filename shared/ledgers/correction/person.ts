import { crimeTypeOf } from '#shared/domain/criminal-article.ts';
import { isMinorOn, isToSeal } from '#shared/domain/minors.ts';
import { code, day, flag, note, phone, text } from '#shared/kinds/fields.ts';
import { after, type ChildSpec, describeLedger, together, usuallyAfter } from '../describe.ts';
import { crimeFields, is, penaltiesFor, personFields, whoDerives, whoFields } from './common.ts';
import { termRules } from './person-rules.ts';
import { endsOf, personWorkflow } from './person-workflow.ts';

const members = {
  title: '小组成员',
  table: 'correction_member',
  min: 0,
  fields: {
    kind: code({ label: '成员类别', codes: 'groupMember', required: true }),
    name: text({ label: '姓名', max: 40, isName: true, required: true, veil: 'name' }),
    sex: code({ label: '性别', codes: 'sex' }),
    phone: phone({ label: '联系电话' }),
    knowsMinors: flag({ label: '熟悉未成年人身心特点' }),
  },
} as const satisfies ChildSpec;

const levels = {
  title: '分类管理',
  table: 'correction_level',
  min: 0,
  fields: {
    level: code({ label: '管理类别', codes: 'correctionLevel', required: true }),
    startedOn: day({ label: '起始日期', required: true, notFuture: true }),
    reason: text({ label: '评定依据', max: 200, veil: 'text' }),
  },
} as const satisfies ChildSpec;

const plans = {
  title: '矫正方案',
  table: 'correction_plan',
  min: 0,
  fields: {
    madeOn: day({ label: '制定（调整）日期', required: true, notFuture: true }),
    supervision: note({ label: '监督管理措施', max: 1000 }),
    education: note({ label: '教育矫正措施', max: 1000 }),
    help: note({ label: '帮困扶助措施', max: 1000 }),
  },
} as const satisfies ChildSpec;

const outside = is('category', '04');

/**
 * 社区矫正对象, one record a correction: from the legal papers (社区矫正法 art. 20) over reporting in (21), registration and
 * declaration (22), group (25) and plan (24) to its end (44, 45) or the transfer to another place (27).
 */
export const correction = describeLedger({
  name: 'correction',
  table: 'correction_person',
  title: '社区矫正对象台账',
  noun: '社区矫正对象',
  workflow: personWorkflow,
  sections: {
    who: '基本情况',
    papers: '法律文书',
    crime: '原判情况',
    term: '矫正期限',
    intake: '报到和接收',
    supervision: '入矫和管理',
    members: '矫正小组成员',
    levels: '分类管理',
    plans: '矫正方案',
    end: '解除、终止、迁出',
    file: '其他',
  },
  fields: {
    ...whoFields('who'),
    isFromElsewhere: flag({ label: '户籍在外县', section: 'who', hint: '户籍地不在本县（市、区）的勾选' }),
    registeredOn: day({
      label: '登记日期',
      section: 'papers',
      required: true,
      notFuture: true,
      list: 110,
      sort: true,
      filter: true,
    }),
    fileNo: text({ label: '档案编号', section: 'papers', max: 40, search: 'text' }),
    entry: code({ label: '接收来源', section: 'papers', codes: 'correctionEntry', filter: true }),
    movedFrom: text({
      label: '迁出地社区矫正机构',
      section: 'papers',
      max: 60,
      when: { field: 'entry', in: ['movedIn'] },
    }),
    category: code({
      label: '矫正类别',
      section: 'papers',
      codes: 'correctionCategory',
      required: true,
      list: 120,
      sort: true,
      filter: true,
    }),
    organKind: code({ label: '决定机关类型', section: 'papers', codes: 'decisionOrgan' }),
    organ: text({ label: '决定机关', section: 'papers', max: 60, search: 'text' }),
    decisionNo: text({ label: '裁判（决定）文号', section: 'papers', max: 60, search: 'text' }),
    decidedOn: day({ label: '裁判（决定）日期', section: 'papers', notFuture: true }),
    effectiveOn: day({ label: '生效日期', section: 'papers', notFuture: 'warns' }),
    noticeNo: text({ label: '执行通知书文号', section: 'papers', max: 60 }),
    documentsOn: day({ label: '文书收到日期', section: 'papers', notFuture: true }),
    receiptSentOn: day({ label: '送达回执寄出日期', section: 'papers', notFuture: true }),
    supplementAskedOn: day({
      label: '通知补齐日期',
      section: 'papers',
      notFuture: true,
      hint: '文书没有收到或者不齐的填写',
    }),
    supplementNo: text({ label: '补齐通知书文号', section: 'papers', max: 60 }),
    supplementedOn: day({ label: '文书补齐日期', section: 'papers', notFuture: true }),
    ...crimeFields('crime'),
    isCombined: flag({ label: '数罪并罚', section: 'crime' }),
    crimeOn: day({
      label: '犯罪日期',
      section: 'crime',
      notFuture: true,
      hint: '连续的写最早一次，据此算犯罪时是否满十八周岁',
    }),
    isMinorAtCrime: flag({ label: '犯罪时未满18周岁', section: 'crime', derived: true }),
    isToSeal: flag({
      label: '应当封存',
      section: 'crime',
      derived: true,
      hint: '刑事诉讼法第二百八十六条',
    }),
    penaltyTo: day({
      label: '原判刑期止',
      section: 'crime',
      when: { field: 'category', in: ['03', '04'] },
    }),
    termFrom: day({ label: '矫正期限起', section: 'term' }),
    termTo: day({ label: '矫正期限止', section: 'term', list: 110, sort: true }),
    ground: code({ label: '暂予监外执行情形', section: 'term', codes: 'outsideGround', when: outside }),
    injunction: note({ label: '禁止令内容', section: 'term', max: 500 }),
    injunctionFrom: day({ label: '禁止令起', section: 'term' }),
    injunctionTo: day({ label: '禁止令止', section: 'term' }),
    reportedOn: day({ label: '报到日期', section: 'intake', notFuture: true }),
    receivedWay: code({ label: '接收方式', section: 'intake', codes: 'receivedWay' }),
    reportNoticeNo: text({ label: '报到情况通知单文号', section: 'intake', max: 60 }),
    reportResult: code({
      label: '报到情况',
      section: 'intake',
      codes: 'reportResult',
      derived: true,
      hint: '由程序按报到期限得出',
    }),
    lateReason: text({
      label: '未按时报到情况',
      section: 'intake',
      max: 200,
      veil: 'text',
      when: { field: 'reportResult', in: ['02', '03'] },
    }),
    searchedOn: day({
      label: '组织查找日期',
      section: 'intake',
      notFuture: true,
      hint: '没有报到的，立即组织查找（社区矫正法第三十条）',
    }),
    searchNote: text({ label: '查找情况', section: 'intake', max: 300, veil: 'text' }),
    receivedOn: day({
      label: '接收登记日期',
      section: 'intake',
      notFuture: true,
      list: 120,
      sort: true,
      filter: true,
    }),
    exitBanOn: day({ label: '不准出境报备日期', section: 'intake', notFuture: true }),
    isMinorAtStart: flag({ label: '接收时未满18周岁', section: 'intake', derived: true }),
    guardianName: text({
      label: '监护人',
      section: 'intake',
      max: 40,
      isName: true,
      veil: 'name',
      when: { field: 'isMinorAtStart', in: ['true'] },
    }),
    guardianPhone: phone({
      label: '监护人电话',
      section: 'intake',
      when: { field: 'isMinorAtStart', in: ['true'] },
    }),
    declaredOn: day({ label: '入矫宣告日期', section: 'supervision', notFuture: true }),
    declaredBy: text({ label: '宣告人', section: 'supervision', isName: true, max: 40 }),
    groupOn: day({ label: '矫正小组成立日期', section: 'supervision', notFuture: true }),
    planOn: day({ label: '矫正方案制定日期', section: 'supervision', notFuture: true }),
    responsible: text({ label: '责任人', section: 'supervision', isName: true, max: 40, list: 100 }),
    newCrimeOn: day({
      label: '再犯罪日期',
      section: 'supervision',
      notFuture: true,
      hint: '矫正期间又犯新罪的填写，以生效裁判认定的为准',
    }),
    newCrimeNote: text({ label: '再犯罪情况', section: 'supervision', max: 200, veil: 'text' }),
    summaryOn: day({ label: '个人总结日期', section: 'end', notFuture: true }),
    appraisedOn: day({ label: '书面鉴定日期', section: 'end', notFuture: true }),
    endKind: code({ label: '结束类型', section: 'end', codes: 'correctionEnd', filter: true }),
    endedOn: day({ label: '结束日期', section: 'end', notFuture: true, list: 110, sort: true }),
    endReason: text({ label: '终止原因', section: 'end', max: 300, veil: 'text' }),
    movedTo: text({ label: '迁往地社区矫正机构', section: 'end', max: 60 }),
    certificateNo: text({
      label: '解除证明书编号',
      section: 'end',
      max: 40,
      when: { field: 'endKind', in: endsOf.released },
    }),
    endNoticeNo: text({
      label: '解除通知书文号',
      section: 'end',
      max: 60,
      when: { field: 'endKind', in: endsOf.released },
    }),
    endNotifiedOn: day({
      label: '通知有关机关日期',
      section: 'end',
      notFuture: true,
      hint: '决定机关、检察院、公安机关',
    }),
    sealedOn: day({
      label: '封存日期',
      section: 'end',
      notFuture: true,
      when: { field: 'isToSeal', in: ['true'] },
    }),
    archivedOn: day({ label: '归档日期', section: 'file', notFuture: true }),
    voidReason: text({ label: '作废原因', section: 'file', max: 200, veil: 'text' }),
    remark: note({ label: '备注', section: 'file', max: 1000, search: 'text' }),
  },
  children: { members, levels, plans },
  // Minors are to be corrected apart from adults, and nothing of it told (社区矫正法 52, 54): seen at once, and quiet.
  marks: (who, today) => [
    ...(isMinorOn(who, today) ? ['未成年'] : []),
    ...(isMinorOn(who, who.crimeOn) ? ['犯罪时未满18'] : []),
  ],
  derives: [
    ...whoDerives,
    { field: 'crimeType', of: ({ chargeArticle }) => crimeTypeOf(chargeArticle) },
    { field: 'isMinorAtCrime', of: (who) => isMinorOn(who, who.crimeOn) },
    { field: 'isMinorAtStart', of: (who) => isMinorOn(who, who.receivedOn) },
    { field: 'isToSeal', of: (record) => (isToSeal(record) ? true : null) },
    {
      field: 'reportResult',
      of: (record, around) => {
        if (record.category === '04') return null;
        const period = around.periodOf?.('correction.report', record);
        if (period === undefined) return undefined;
        const { reportedOn, searchedOn } = record;
        if (typeof reportedOn === 'string' && period !== null)
          return reportedOn <= period.until ? '01' : '02';
        return typeof searchedOn === 'string' && !reportedOn ? '03' : null;
      },
    },
  ],
  rules: [
    after('birthOn', 'crimeOn'),
    after('crimeOn', 'judgedOn'),
    usuallyAfter('judgedOn', 'decidedOn'),
    after('decidedOn', 'effectiveOn'),
    usuallyAfter('effectiveOn', 'documentsOn'),
    after('documentsOn', 'receiptSentOn'),
    after('supplementAskedOn', 'supplementedOn'),
    after('decidedOn', 'reportedOn'),
    usuallyAfter('effectiveOn', 'reportedOn'),
    after('reportedOn', 'receivedOn'),
    usuallyAfter('searchedOn', 'reportedOn'),
    after('receivedOn', 'declaredOn'),
    after('receivedOn', 'summaryOn'),
    after('receivedOn', 'appraisedOn'),
    usuallyAfter('summaryOn', 'appraisedOn'),
    after(['receivedOn', 'decidedOn'], 'endedOn'),
    after('declaredOn', 'endedOn'),
    after('receivedOn', 'newCrimeOn'),
    usuallyAfter('newCrimeOn', 'endedOn'),
    after('endedOn', 'endNotifiedOn'),
    after('endedOn', 'sealedOn'),
    after('endedOn', 'archivedOn'),
    together('endKind', 'endedOn'),
    { rule: 'unique', field: 'fileNo' },
    {
      rule: 'alike',
      fields: ['idNumber'],
      why: '此人另有一件还没有结束。矫正期间又犯新罪、发现漏罪的，应当撤销缓刑（假释）并数罪并罚（刑法第七十七条、第八十六条），请先办理原来一件的终止；重复登记的，请作废其中一件。',
    },
    { rule: 'alike', fields: ['idNumber'] },
    { rule: 'criminalArticle', field: 'chargeArticle' },
    { rule: 'fits', field: 'penalty', beside: 'category', allows: penaltiesFor },
    ...termRules,
  ],
  persons: [{ as: '社区矫正对象', fields: personFields, alert: '正在接受社区矫正' }],
  headline: { field: 'name' },
  calledBy: 'fileNo',
  day: 'registeredOn',
  beginsToday: true,
  brief: [
    'idNumber',
    'phone',
    'address',
    'organ',
    'decisionNo',
    'effectiveOn',
    'documentsOn',
    'charge',
    'chargeArticle',
    'penalty',
    'termFrom',
    'termTo',
    'reportedOn',
    'receivedOn',
    'receivedWay',
    'responsible',
  ],
  book: ['charge', 'termFrom', 'declaredOn', 'endKind'],
  remembers: ['organKind', 'organ', 'responsible'],
  follows: [
    // 缓刑考验期自判决确定之日起计算，刑法第七十三条
    { field: 'termFrom', from: 'effectiveOn', when: is('category', '02') },
  ],
});
