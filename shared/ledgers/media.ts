import { code, day, note, ref, text } from '#shared/kinds/fields.ts';
import { after, describeLedger } from './describe.ts';
import type { Workflow } from './workflow.ts';

/**
 * The state follows the days that stand in the record: a day of loss without one of finding it again is a lost medium.
 * Finding and coming back from repair empty those days; the versions keep them.
 */
const mediumWorkflow: Workflow<'active' | 'lost' | 'inRepair' | 'scrapped' | 'voided'> = {
  initial: 'active',
  states: {
    active: { label: '在用', tone: 'success' },
    lost: { label: '已报失', tone: 'error' },
    inRepair: { label: '送修中', tone: 'warning' },
    scrapped: { label: '已报废', tone: 'default', isClosed: true },
    voided: { label: '已作废', tone: 'error', isClosed: true, isUncounted: true },
  },
  steps: [
    {
      from: ['active', 'inRepair'],
      action: 'settleLost',
      to: 'lost',
      label: '报失',
      requires: ['lostOn'],
      auto: [{ field: 'lostOn', filled: true }],
    },
    {
      from: ['active', 'lost'],
      action: 'settleInRepair',
      to: 'inRepair',
      label: '送修',
      requires: ['repairSentOn'],
      auto: [
        { field: 'repairSentOn', filled: true },
        { field: 'lostOn', filled: false },
      ],
    },
    {
      from: ['lost', 'inRepair'],
      action: 'settleActive',
      to: 'active',
      label: '在用',
      requires: [],
      auto: [
        { field: 'lostOn', filled: false },
        { field: 'repairSentOn', filled: false },
      ],
    },
    {
      from: ['active', 'inRepair'],
      action: 'reportLost',
      to: 'lost',
      label: '报失',
      requires: ['lostOn', 'lostReport'],
      clears: ['foundOn'],
    },
    {
      from: ['lost'],
      action: 'recover',
      to: 'active',
      label: '找回',
      requires: ['foundOn'],
      clears: ['lostOn', 'lostReport'],
    },
    {
      from: ['active'],
      action: 'sendRepair',
      to: 'inRepair',
      label: '送修',
      requires: ['repairSentOn', 'repairPlace', 'repairCleared'],
      clears: ['repairedOn'],
    },
    {
      from: ['inRepair'],
      action: 'repaired',
      to: 'active',
      label: '修回',
      requires: ['repairedOn'],
      clears: ['repairSentOn', 'repairPlace', 'repairCleared'],
    },
    {
      from: ['active', 'inRepair', 'lost'],
      action: 'scrap',
      to: 'scrapped',
      label: '报废',
      requires: ['scrappedOn', 'scrapMethod', 'scrapPlace', 'scrapSupervisor'],
    },
    {
      from: ['active', 'inRepair', 'lost'],
      action: 'void',
      to: 'voided',
      label: '作废',
      requires: ['voidReason'],
    },
  ],
};

/**
 * 移动存储介质登记. Every stick and disk that data leaves or enters by: numbered, in somebody's keeping, checked for viruses
 * when it is put in, reported when lost, destroyed under supervision (介质管理 of GB/T 22239-2019; the registers that
 * 网络数据安全管理条例 art. 12 asks for name it by its number).
 */
export const medium = describeLedger({
  name: 'medium',
  table: 'storage_medium',
  title: '移动存储介质登记',
  noun: '移动存储介质',
  workflow: mediumWorkflow,
  sections: { basic: '介质', checks: '病毒查杀', loss: '遗失、送修', scrap: '报废', file: '其他' },
  fields: {
    mediumNo: text({
      label: '介质编号',
      section: 'basic',
      required: true,
      max: 30,
      search: 'text',
      veil: 'none',
      hint: '贴在介质上的编号',
    }),
    kind: code({
      label: '介质种类',
      section: 'basic',
      codes: 'mediumKind',
      required: true,
      list: 110,
      sort: true,
      filter: true,
    }),
    capacity: text({ label: '容量', section: 'basic', max: 20, list: 80, hint: '如 64GB' }),
    brand: text({ label: '品牌型号', section: 'basic', max: 40 }),
    serialNo: text({
      label: '序列号',
      section: 'basic',
      max: 60,
      list: 150,
      search: 'text',
      hint: '照机身或者标签上印的抄写',
    }),
    keeper: text({
      label: '保管人',
      section: 'basic',
      required: true,
      isName: true,
      max: 40,
      list: 100,
      search: 'name',
    }),
    usage: text({ label: '使用范围', section: 'basic', max: 60, list: 150, hint: '如 上报数据、备份' }),
    registeredOn: day({
      label: '登记日期',
      section: 'basic',
      required: true,
      notFuture: true,
      list: 110,
      sort: true,
      filter: true,
    }),
    lostOn: day({ label: '遗失日期', section: 'loss', notFuture: true }),
    lostReport: text({
      label: '报失情况',
      section: 'loss',
      max: 300,
      hint: '向谁报告、里面有什么数据、是否加密',
    }),
    foundOn: day({ label: '找回日期', section: 'loss', notFuture: true }),
    repairSentOn: day({ label: '送修日期', section: 'loss', notFuture: true }),
    repairPlace: text({ label: '送修单位', section: 'loss', max: 80 }),
    repairCleared: text({
      label: '送修前数据处理',
      section: 'loss',
      max: 120,
      hint: '如 已备份并清除，或者拆下存储部分',
    }),
    repairedOn: day({ label: '修回日期', section: 'loss', notFuture: true }),
    scrappedOn: day({ label: '报废日期', section: 'scrap', notFuture: true }),
    scrapMethod: code({ label: '销毁方式', section: 'scrap', codes: 'scrapMethod' }),
    scrapPlace: text({ label: '销毁地点', section: 'scrap', max: 80 }),
    scrapSupervisor: text({ label: '监销人', section: 'scrap', isName: true, max: 40 }),
    voidReason: text({ label: '作废原因', section: 'file', max: 200 }),
    remark: note({ label: '备注', section: 'file', max: 1000, veil: 'none' }),
  },
  children: {
    checks: {
      title: '病毒查杀记录',
      table: 'storage_medium_check',
      min: 0,
      fields: {
        checkedOn: day({ label: '查杀日期', required: true, notFuture: true }),
        checkedBy: text({ label: '查杀人', max: 40, isName: true }),
        tool: text({ label: '查杀软件', max: 40 }),
        result: code({ label: '查杀结果', codes: 'scanResult', required: true }),
      },
    },
  },
  rules: [
    { rule: 'unique', field: 'mediumNo' },
    after('registeredOn', 'lostOn'),
    after('lostOn', 'foundOn'),
    after('registeredOn', 'repairSentOn'),
    after('repairSentOn', 'repairedOn'),
    after('registeredOn', 'scrappedOn'),
  ],
  isSmall: true,
  headline: { field: 'mediumNo' },
  day: 'registeredOn',
  beginsToday: true,
  brief: ['capacity', 'serialNo', 'usage', 'checks.checkedOn', 'checks.result'],
  remembers: ['usage'],
});

const loanWorkflow: Workflow<'out' | 'returned' | 'unreturned' | 'voided'> = {
  initial: 'out',
  states: {
    out: { label: '领用中', tone: 'processing', isOpen: true },
    returned: { label: '已归还', tone: 'success' },
    unreturned: { label: '未归还结案', tone: 'warning', isClosed: true },
    voided: { label: '已作废', tone: 'error', isClosed: true, isUncounted: true },
  },
  steps: [
    {
      from: ['out'],
      action: 'settleReturned',
      to: 'returned',
      label: '归还',
      requires: ['returnedOn'],
      auto: [{ field: 'returnedOn', filled: true }],
    },
    {
      from: ['returned'],
      action: 'settleOut',
      to: 'out',
      label: '恢复领用',
      requires: [],
      auto: [{ field: 'returnedOn', filled: false }],
    },
    {
      from: ['out'],
      action: 'return',
      to: 'returned',
      label: '归还',
      requires: ['returnedOn', 'receiver', 'returnCheck'],
    },
    {
      from: ['out'],
      action: 'close',
      to: 'unreturned',
      label: '未归还结案',
      requires: ['closedOn', 'closedNote'],
    },
    { from: ['out', 'returned'], action: 'void', to: 'voided', label: '作废', requires: ['voidReason'] },
  ],
};

/**
 * 移动存储介质领用登记: a record each time that a medium is taken out, because each has its own person, purpose, last day and
 * end. One medium is with one person at a time.
 */
export const mediumLoan = describeLedger({
  name: 'mediumLoan',
  table: 'medium_loan',
  title: '移动存储介质领用登记',
  noun: '介质领用',
  workflow: loanWorkflow,
  sections: { basic: '领用', back: '归还', file: '其他' },
  fields: {
    mediumId: ref({
      label: '介质编号',
      section: 'basic',
      ref: 'medium',
      required: true,
      list: 140,
      filter: true,
      holds: true,
    }),
    borrower: text({
      label: '领用人',
      section: 'basic',
      required: true,
      isName: true,
      max: 40,
      search: 'name',
    }),
    purpose: text({ label: '用途', section: 'basic', required: true, max: 100, list: 180, search: 'text' }),
    issuedOn: day({
      label: '领用日期',
      section: 'basic',
      required: true,
      notFuture: true,
      list: 110,
      sort: true,
      filter: true,
    }),
    dueOn: day({ label: '应还日期', section: 'basic', required: true, list: 110, sort: true }),
    issuer: text({ label: '发放人', section: 'basic', isName: true, max: 40 }),
    returnedOn: day({ label: '归还日期', section: 'back', notFuture: true, list: 110 }),
    receiver: text({ label: '接收人', section: 'back', isName: true, max: 40, list: 100 }),
    returnCheck: code({ label: '归还时查杀结果', section: 'back', codes: 'scanResult' }),
    closedOn: day({ label: '结案日期', section: 'back', notFuture: true }),
    closedNote: text({ label: '未归还的原因和处理', section: 'back', max: 300 }),
    voidReason: text({ label: '作废原因', section: 'file', max: 200 }),
    remark: note({ label: '备注', section: 'file', max: 1000, veil: 'none' }),
  },
  children: {},
  rules: [
    after('issuedOn', 'dueOn'),
    after('issuedOn', 'returnedOn'),
    after('issuedOn', 'closedOn'),
    {
      rule: 'whileGood',
      field: 'mediumId',
      on: 'issuedOn',
      ends: ['lostOn', 'repairSentOn', 'scrappedOn'],
      advice: '从那天起不能领用。请换一个介质，或者核对领用日期。',
    },
    {
      rule: 'oneAtATime',
      field: 'mediumId',
      from: 'issuedOn',
      to: ['returnedOn', 'closedOn'],
      who: 'borrower',
    },
  ],
  headline: { field: 'borrower' },
  partOf: 'mediumId',
  day: 'issuedOn',
  beginsToday: true,
  remembers: ['issuer'],
});
