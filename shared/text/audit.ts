import type { HeadPurpose } from '#shared/api/audit-types.ts';
import type { AccountFate } from '#shared/api/restore-types.ts';
import { minuteInChina } from '#shared/domain/day.ts';
import type { AnswerOutcome } from '#shared/domain/sealing.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { endings } from './leaving.ts';
import { labelOfPath } from './problems.ts';
import { fateNames } from './restore.ts';
import { answerNames } from './sealing-above.ts';
import { dutyNames, roleNames } from './window.ts';

/** Words of the log: what was done, by the names of methods (a test finds every audited one here). */
export const auditActions: Readonly<Record<string, string>> = {
  'setup.create': '建立台账',
  'setup.demo': '建立演示台账',
  'program.restore': '恢复备份',
  'session.signIn': '登录',
  'session.recover': '用恢复密钥登录',
  'session.lock': '锁定',
  'session.unlock': '解锁',
  'session.signOut': '退出登录',
  'session.reveal': '显示全文',
  'session.veil': '重新隐去',
  'session.confirmFailed': '再次输入密码有误',
  'session.confirm': '再次输入密码通过',
  'session.locked': '账号连续输错密码，已锁定',
  'session.recoverFailed': '恢复密钥输错',
  'session.triesGone': '记录登录次数的文件重新开始（换了电脑、恢复过，或者文件被删、被改坏）',
  'session.changePassword': '修改本人密码',
  refused: '越权被拒绝',
  'account.afterRestore': '恢复备份后核对账号',
  'account.lowered': '账号的权限多于台账旁所记，已收回',
  'account.waysTaken': '恢复备份后收回密钥',
  'account.create': '新建账号',
  'account.change': '变更账号',
  'account.setPassword': '重设账号密码',
  'account.handOver': '移交在办案件',
  'help.card': '导出本单位名片',
  'help.trust': '登记上级名片',
  'help.answer': '答复忘记密码申请',
  'help.answerFailed': '答复下级申请时核对码输错',
  'help.ask': '申请上级帮助重设密码',
  'help.finishFailed': '按上级答复重设密码时密码输错',
  'help.finish': '按上级答复重设密码',
  'audit.newKey': '生成日志签名密钥',
  'audit.list': '查看操作日志',
  'audit.daySheet': '打印日志日结单',
  'audit.export': '导出操作日志',
  'audit.checkFile': '核对导出的操作日志',
  'audit.confirmKey': '确认外单位日志签名密钥',
  'audit.foreign': '查看外单位操作日志',
  'ledger.list': '浏览台账',
  'ledger.related': '查看关联记录',
  'ledger.titles': '显示记录名称',
  'ledger.choices': '选择记录',
  'search.find': '查找',
  'draft.list': '查看未保存的登记',
  'ledger.get': '查看记录',
  'ledger.history': '查看修改记录',
  'ledger.save': '保存记录',
  'ledger.act': '办理',
  'ledger.addMany': '批量登记',
  'ledger.print': '打印台账',
  'attachment.add': '添加附件',
  'attachment.list': '查看附件目录',
  'attachment.view': '查看附件',
  'attachment.remove': '移除附件',
  'attachment.export': '导出附件',
  'calendar.import': '更新节假日安排',
  'codes.define': '修改代码表',
  'codes.confirm': '核实代码表',
  'fields.turn': '启用、停用可选项目',
  'deadline.confirm': '核实期限规则',
  'mapping.decide': '核实公布代码表对照',
  'deadline.board': '查看待办',
  'deadline.record': '查看记录的期限',
  'deadline.sheet': '打印待办',
  'dossier.preview': '预览案卷',
  'dossier.issue': '制作案卷',
  'dossier.make': '另存案卷',
  'indicator.enter': '填报指标',
  'indicator.print': '打印统计表',
  'indicator.chooseBase': '选定比率的基数',
  'indicator.import': '导入指标',
  'indicator.records': '查看指标对应的记录',
  'issued.preview': '查看已出具文书',
  'issued.make': '重新打印已出具文书',
  'number.change': '修改案号设置',
  'number.reserve': '预留纸质文书案号',
  'number.return': '作废预留案号',
  'number.assign': '补编案号',
  'number.grant': '分配案号',
  'number.receive': '领取案号',
  'number.raise': '调整案号起点',
  'paper.list': '查看文书目录',
  'paper.preview': '预览文书',
  'paper.issue': '出具文书',
  'paper.number': '编文号',
  'paper.make': '另存文书',
  'paper.blank': '打印空白文书',
  'paper.makeBlank': '另存空白文书',
  'person.match': '比对人员',
  'person.inRecord': '查看记录中的人员',
  'person.warnings': '显示人员提示',
  'person.seen': '查看已阅提示',
  'person.card': '查看人员卡片',
  'person.take': '引用人员信息',
  'person.decide': '判定是否同一人',
  'person.undecide': '撤回同一人判定',
  'person.see': '确认人员提示',
  'person.rebuild': '重建人员索引',
  'report.make': '生成年度报告',
  'system.rebuild': '重建查找索引',
  'system.backup': '制作备份',
  'system.setSecondPlace': '设置第二备份位置',
  'system.dropAside': '删除另存的旧台账',
  'safety.paper': '打印安全保密文书',
  'safety.partiesOf': '取案件当事人姓名（告知书）',
  'safety.makePaper': '另存安全保密文书',
  'transfer.list': '查看导出、导入登记',
  'transfer.describe': '登记导出、导入的去向来源',
  'transfer.print': '打印导出、导入登记',
  'system.drill': '恢复演练',
  'system.enterDrill': '登记手工恢复演练',
  'system.repairPage': '打印修复清单',
  'program.repair': '修复台账',
  'program.move': '搬到新电脑',
  'program.goOn': '在本机继续使用',
  'program.takeKey': '登录前取回密钥文件，各账号的密码回到那时的',
  'installation.unexplained': '换了新的安装编号，但没有恢复、修复的记录，也没有人说明在本机继续使用',
  'program.wentBack': '台账文件换成了较早的一份（不是恢复备份）',
  'folder.renamed': '数据文件夹改名或者换了位置',
  'identity.mended': '台账旁的记载文件缺损，已补齐',
  'retention.decide': '填写保管期限',
  'retention.review': '查看鉴定、移交清单',
  'destruction.lists': '查看销毁清册目录',
  'destruction.get': '查看销毁清册',
  'retention.sheet': '打印鉴定、移交清单',
  'retention.keep': '延长保管期限',
  'destruction.add': '列入销毁清册',
  'destruction.remove': '移出销毁清册',
  'destruction.approve': '批准销毁',
  'destruction.carryOut': '实施销毁',
  'destruction.again': '恢复旧备份后再次销毁',
  'destruction.returned': '恢复旧备份后补回销毁清册',
  'destruction.withdraw': '撤回销毁批准',
  'destruction.sheet': '打印销毁清册',
  'sealing.apply': '申请封存或者解除封存',
  'sealing.withdraw': '撤回封存申请',
  'sealing.read': '查看封存申请理由',
  'sealing.confirm': '确认封存或者解除封存',
  'sealing.refuse': '退回封存申请',
  'sealing.again': '还原后重新封存',
  'sealing.certificate': '出具封存证明',
  'sealing.askAbove': '请上级确认封存申请',
  'sealing.takeAnswer': '读取上级对封存申请的答复',
  'sealing.readAsked': '查看下级的封存申请',
  'sealing.answerAsked': '答复下级的封存申请',
  'enquiry.register': '登记封存查询',
  'enquiry.open': '核对封存查询',
  'enquiry.answer': '答复封存查询',
  'enquiry.view': '查看封存内容',
  'enquiry.paper': '出具查询答复',
  'template.add': '添加本单位模板',
  'template.retire': '停用本单位模板',
  'template.export': '导出本单位模板',
  'views.lost': '查看记载在记入日志前损坏，这几日的查看可能不全',
  'leaving.unread': '程序中途退出时写出过文件，留下的记载读不出来',
};

export const headPurposeNames: Readonly<Record<HeadPurpose, string>> = {
  daySheet: '日结单',
  export: '导出文件',
  package: '上报数据包',
  receipt: '回执',
};

export const auditText = {
  sheetTitle: (day: string) => `操作日志日结单（${day}）`,
  unit: (name: string) => `单位：${name}`,
  entries: (first: number, last: number) => `日志条目：第 ${first} 条至第 ${last} 条`,
  noEntries: '日志条目：当日没有',
  head: (entry: number, code: string) => `截至第 ${entry} 条，校验码：${code}`,
  signedBy: (account: string, fingerprint: string) => `签名人：${account}　签名密钥指纹：${fingerprint}`,
  keep: '请签字后单独保管。日后核对时，在“操作日志”里输入条目号和校验码，可以查出日志是否被改动或者截短。',
  signature: '审计员签字：　　　　　　　　日期：',
  columns: ['条目', '时间', '账号', '电脑', '操作', '对象', '说明'],
  /** The machine's name, and of the installation the last four digits: a folder moved to another PC is another one. */
  machine: (name: string | null, installation: string | null) =>
    installation === null ? '' : `${name ?? ''}#${installation.slice(-4)}`,
  empty: '当日没有操作日志。',
  order: '序号',
  /** Looks at lists are many, and stand in the log one by one; on paper they are counted. */
  looks: (count: number) => `另有浏览清单、查找等查看 ${count} 条，没有逐条打印，可以在“操作日志”里查看。`,
  /** Several records: the first numbers, and how many there are. */
  objects: (ledger: string, numbers: readonly string[], count: number) =>
    `${ledger} ${numbers.join('、')}${numbers.length > 0 ? ' ' : ''}等 ${count} 条`,
  object: (ledger: string, number: string) => `${ledger} ${number}`,
} as const;

const words: Readonly<Record<string, string>> = {
  fields: '字段',
  turned: '改为',
  rows: '行数',
  added: '登记件数',
  warned: '提醒数',
  warnings: '已阅提示数',
  numbers: '案号',
  years: '年份',
  on: '日期',
  records: '记录数',
  reason: '理由',
  answer: '答复',
  method: '操作',
  kind: '种类',
  kinds: '种类',
  count: '数量',
  year: '年份',
  account: '账号',
  role: '角色',
  duties: '职责',
  fates: '与备份不同之处',
  changed: '变更',
  from: '移交人',
  to: '接手人',
  wrongBefore: '此前输错次数',
  times: '次数',
  instead: '作废了等待答复的申请，账号',
  clockBehind: '本机时间曾被调回，上一条日志的时间为',
  fingerprint: '密钥指纹',
  action: '步骤',
  code: '指标',
  list: '代码表',
  bytes: '字节数',
  backup: '备份',
  chosen: '选择的文件',
  drilledBy: '演练人',
  drilledAt: '演练电脑',
  minutes: '用时（分钟）',
  fault: '没有成功的原因',
  source: '补自',
  aside: '已删除',
  files: '归档范围',
  number: '清册',
  period: '保管期限',
  letterNo: '批准文号',
  since: '自',
  until: '至',
  supervisors: '监销人',
  destroyed: '已销毁',
  withheld: '未销毁',
  lastEntry: '恢复前日志末条',
  lastHash: '恢复前末条校验码',
  entries: '日志条目',
  partner: '去向或者来源',
  purpose: '用途',
  medium: '介质编号',
  approver: '批准人',
  unit: '单位',
  faults: '不符处数',
  failed: '没有办成',
  isWhole: '敏感信息',
  ended: '程序在写出文件时中途退出',
};

/** Names of the program's own that only the core knows the words of; null where nobody does. */
export type AuditTitles = Readonly<
  Record<'list' | 'kind' | 'kinds' | 'code', (name: string) => string | null>
>;

/** What an account holds, and what else is changed that is no field of a register. */
const otherFields: Readonly<Record<string, string>> = {
  role: '角色',
  duties: '职责',
  unitId: '单位',
  ledgers: '可用台账',
  mediatorId: '对应的调解员',
  isDisabled: '停用或者启用',
  mustChange: '下次登录改密码',
  pattern: '案号格式',
  prefix: '简称',
  ...Object.fromEntries(ledgers.map(({ name, title }) => [name, title])),
};

/** The label of a field of any register, where the entry does not say of which. */
function anyLabel(field: string): string | null {
  for (const { fields, children } of ledgers) {
    const spec = fields[field] ?? Object.values(children).find((child) => child.fields[field])?.fields[field];
    if (spec) return spec.label;
  }
  return null;
}

type Named = (text: string, ledger: LedgerSpec | undefined, titles: AuditTitles) => string | null;

const fieldName: Named = (text, ledger) => {
  const label = ledger ? labelOfPath(ledger, text) : text;
  return label === text ? (otherFields[text] ?? anyLabel(text)) : label;
};

/** In place of a name that no account has. */
export const noAccount = '?';

/** In words, or null: what nobody has a word for is a name of the program's own, and is left out. */
const named: Readonly<Record<string, Named>> = {
  method: (text) => auditActions[text] ?? null,
  action: (text, ledger) => ledger?.workflow.steps.find((step) => step.action === text)?.label ?? null,
  role: (text) => roleNames[text] ?? null,
  duties: (text) => dutyNames[text] ?? null,
  fields: fieldName,
  turned: (text) => (text === 'on' ? '启用' : '停用'),
  fates: (text) => fateNames[text as AccountFate] ?? null,
  changed: (text, ...rest) => {
    const end = text.lastIndexOf(' ');
    const label = fieldName(text.slice(end + 1), ...rest);
    return label && `${text.slice(0, end)} ${label}`;
  },
  // How many; which codes they were is a name of the program's own
  added: (text) => (/^\d+$/.test(text) ? text : null),
  failed: () => '提示里写明了记录名称',
  account: (text) => (text === noAccount ? '（没有这个账号）' : text),
  instead: (text) => (text === noAccount ? '（没有这个账号）' : text),
  isWhole: (text) => (text === 'true' ? '显示全文' : null),
  ended: (text) => endings[text] ?? null,
  answer: (text) => answerNames[text as AnswerOutcome] ?? null,
  clockBehind: (text) => minuteInChina(Date.parse(text)),
  list: (text, _ledger, titles) => titles.list(text),
  kind: (text, _ledger, titles) => titles.kind(text),
  kinds: (text, _ledger, titles) => titles.kinds(text),
  code: (text, _ledger, titles) => titles.code(text),
};

/** Facts of an entry in short and in words; technical ids and names are left out. */
export function auditDetail(
  ledgerName: string | null,
  detail: Readonly<Record<string, unknown>>,
  titles: AuditTitles,
): string {
  const ledger = ledgers.find(({ name }) => name === ledgerName);
  return Object.entries(detail)
    .filter(([name]) => name in words)
    .flatMap(([name, value]) => {
      const say = named[name];
      const texts = (Array.isArray(value) ? value : [value])
        .map(String)
        .flatMap((text) => (text === '' ? [] : ((say ? say(text, ledger, titles) : text) ?? [])));
      return texts.length === 0 ? [] : [`${words[name]}：${texts.join('、')}`];
    })
    .join('；');
}
