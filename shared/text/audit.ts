import type { HeadPurpose } from '#shared/api/audit-types.ts';

/** Words of the log: what was done, by the names of methods (a test finds every audited one here). */
export const auditActions: Readonly<Record<string, string>> = {
  'setup.create': '建立台账',
  'setup.demo': '建立演示台账',
  'session.signIn': '登录',
  'session.recover': '用恢复密钥登录',
  'session.lock': '锁定',
  'session.unlock': '解锁',
  'session.signOut': '退出登录',
  'session.confirmFailed': '再次输入密码有误',
  'session.changePassword': '修改本人密码',
  refused: '越权被拒绝',
  'account.create': '新建账号',
  'account.change': '变更账号',
  'account.setPassword': '重设账号密码',
  'account.handOver': '移交在办案件',
  'audit.newKey': '生成日志签名密钥',
  'audit.list': '查看操作日志',
  'audit.daySheet': '打印日志日结单',
  'audit.export': '导出操作日志',
  'ledger.get': '查看记录',
  'ledger.history': '查看修改记录',
  'ledger.save': '保存记录',
  'ledger.act': '办理',
  'ledger.addMany': '批量登记',
  'ledger.print': '打印台账',
  'attachment.add': '添加附件',
  'attachment.view': '查看附件',
  'attachment.remove': '移除附件',
  'attachment.export': '导出附件',
  'calendar.import': '更新节假日安排',
  'codes.define': '修改代码表',
  'codes.confirm': '核实代码表',
  'deadline.confirm': '核实期限规则',
  'mapping.decide': '核实公布代码表对照',
  'deadline.sheet': '打印待办',
  'dossier.preview': '预览案卷',
  'dossier.issue': '制作案卷',
  'dossier.make': '另存案卷',
  'indicator.enter': '填报指标',
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
  'paper.preview': '预览文书',
  'paper.issue': '出具文书',
  'paper.make': '另存文书',
  'paper.blank': '打印空白文书',
  'paper.makeBlank': '另存空白文书',
  'person.card': '查看人员卡片',
  'person.take': '引用人员信息',
  'person.decide': '判定是否同一人',
  'person.undecide': '撤回同一人判定',
  'person.see': '确认人员提示',
  'person.rebuild': '重建人员索引',
  'report.make': '生成年度报告',
  'system.rebuild': '重建查找索引',
  'system.backup': '制作备份',
  'template.add': '添加本单位模板',
  'template.retire': '停用本单位模板',
  'template.export': '导出本单位模板',
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
  columns: ['条目', '时间', '账号', '操作', '对象', '说明'],
  empty: '当日没有操作日志。',
  order: '序号',
  object: (ledger: string, number: string) => `${ledger} ${number}`,
} as const;

const words: Readonly<Record<string, string>> = {
  fields: '字段',
  rows: '行数',
  records: '记录数',
  reason: '理由',
  method: '操作',
  kind: '种类',
  count: '数量',
  year: '年份',
  account: '账号',
  role: '角色',
  duties: '职责',
  changed: '变更',
  from: '移交人',
  to: '接手人',
  wrongBefore: '此前输错次数',
  fingerprint: '密钥指纹',
  action: '步骤',
  code: '代码',
  list: '代码表',
  bytes: '字节数',
};

/** Facts of an entry in short; technical ids are left out. */
export function auditDetail(detail: Readonly<Record<string, unknown>>): string {
  return Object.entries(detail)
    .filter(([name]) => name in words)
    .map(([name, value]) => {
      const text = Array.isArray(value) ? value.join('、') : String(value);
      const shown = name === 'method' || name === 'action' ? (auditActions[text] ?? text) : text;
      return `${words[name]}：${shown}`;
    })
    .join('；');
}
