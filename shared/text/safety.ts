import type { SafetyDuty } from '#shared/api/rights.ts';
import { inWindow, type Reader } from './reader.ts';
import { commonText, dutyNames } from './window.ts';

/** Words of masks, passwords, accounts. */

export const veilText = {
  show: '显示全文',
  hide: '隐去姓名',
  veiled: '姓名、证件号码、电话、住址和正文已隐去。',
  newRecord: '姓名等目前是隐去的，登记时不能查重、也没有当事人提示。',
  readOnly: '隐去时只能看，不能改。',
  usual: '办理业务',
  ask: {
    title: '显示姓名、证件号码等全文',
    label: '理由',
    hint: '理由和此后打开的每一份记录都会记入操作日志；退出登录后重新隐去，最长 10 小时。按 Esc 保持隐去。',
    ok: '显示',
  },
} as const;

export const confirmText = {
  title: '请再次输入本人密码',
  hint: '这项操作关系到账号、权限或者数据外带，要确认是您本人。五分钟内不再询问。',
  password: '密码',
  ok: '确认',
} as const;

export const passwordText = {
  title: '修改密码',
  mustChange: '这个密码是别人代设的，请先换成只有您自己知道的密码。',
  current: '现在的密码',
  next: '新密码',
  submit: '修改密码',
  done: '密码已修改。',
  missing: '请输入现在的密码。',
  other: '换账号登录',
} as const;

export const accountsText = {
  title: '账号',
  intro: '每人一个账号，不共用。停用的账号不能登录，名称留在记录的修改历史里。',
  duties:
    '三个以上账号在用时，系统管理、安全管理、审计管理不能由一人兼任，也不能没有人担任。系统管理、审计管理关系到整个台账，只能由看全部单位的账号担任。',
  noAudit: (reads: Reader = inWindow) =>
    `没有人担任审计管理：操作日志没有人查看，也不能签名、导出交上级。请由担任安全管理的人员${reads(
      '在“账号”里',
      '用命令 account change --duties ',
    )}指定一人。`,
  idle: (duties: readonly string[], reads: Reader = inWindow) =>
    `您担任的${duties.map((duty) => dutyNames[duty] ?? duty).join('、')}关系到整个台账，只能由看全部单位的账号行使；您的账号只看部分单位，这项职责现在不起作用。请担任安全管理的人员${reads(
      '在“账号”里',
      '用命令 account change ',
    )}改正职责或者单位。`,
  name: '账号',
  role: '角色',
  dutiesOf: '安全职责',
  unit: '单位',
  ledgers: '可见台账',
  ledgersTogether:
    '勾选一个台账时，填写它要用到的台账（如调解组织、调解员、笔录）一并勾上；不需要的可以再去掉，去掉后相应栏目不能选择。',
  allLedgers: '全部',
  mediator: '对应调解员',
  state: '状态',
  inUse: '在用',
  disabled: '已停用',
  mustChange: '待改密码',
  lockedSince: (at: string) => `输错密码，${at} 起锁定`,
  signedInAt: '上次登录',
  never: '还没有',
  openCases: '在办案件',
  add: '新建账号',
  acts: '操作',
  change: '修改',
  setPassword: '重设密码',
  disable: '停用',
  enable: '恢复使用',
  handOver: '移交在办案件',
  newTitle: '新建账号',
  nameMissing: '请填写账号名称，例如使用人的姓名。',
  changeTitle: (name: string) => `修改账号“${name}”`,
  passwordTitle: (name: string) => `给“${name}”重设密码`,
  handOverTitle: (name: string) => `把“${name}”的在办案件移交给`,
  firstPassword: '初始密码',
  firstPasswordHint: '请当面告诉本人；第一次登录时要换成只有本人知道的密码。',
  othersHint: '例如第三个账号启用时，把三项职责分给三个人。',
  noDuty: '不担任',
  save: '保存',
  saved: (name: string) => `账号“${name}”已保存。`,
  made: (name: string) => `账号“${name}”已建立。`,
  passwordSet: (name: string) => `“${name}”的密码已重设，第一次登录时要改。`,
  handedOver: (records: number, drafts: number) => `已移交 ${records} 件在办案件、${drafts} 份草稿。`,
  receiver: '接手人',
  reason: '理由',
  reasonHint: '如 人员调动',
  disableSure: (name: string) => `停用“${name}”后，这个账号马上不能再用；有在办案件的，停用前后都可以移交。`,
  nobody: '没有可以接手的账号：请先在账号里选定对应的调解员。',
  details: '账号列表',
  none: '不对应',
} as const;

/** The duties of an account, in a list of them. */
export const dutiesText = ({ duties, idleDuties }: Record<'duties' | 'idleDuties', readonly SafetyDuty[]>) =>
  duties
    .map((duty) => `${dutyNames[duty]}${idleDuties.includes(duty) ? '（只看部分单位，不起作用）' : ''}`)
    .join(commonText.comma) || accountsText.noDuty;

/** How an account stands, in a list of them. */
export function accountStateText(
  { isDisabled, lockedAt, mustChange }: { isDisabled: boolean; lockedAt: string | null; mustChange: boolean },
  instant: (at: string) => string,
): string {
  if (isDisabled) return accountsText.disabled;
  if (lockedAt !== null) return accountsText.lockedSince(instant(lockedAt));
  return mustChange ? accountsText.mustChange : accountsText.inUse;
}

/** A forgotten password, cured by the level above. */
export const helpText = {
  byKey: '用恢复密钥',
  byUnit: '请上级帮助',
  about: '由上级司法局帮助重设密码：先在本机生成申请文件，用 U 盘送到上级，拿回答复文件后在这里完成。',
  accountMissing: '请填写账号。',
  ask: '生成申请文件',
  requestName: (account: string) => `忘记密码申请-${account}`,
  waiting: (account: string, unit: string) =>
    `账号“${account}”的申请已生成，请送到${unit}，并在电话里核对下面的核对码。`,
  code: '核对码：',
  samePassword: '申请时设的新密码',
  chooseAnswer: '选择上级的答复文件',
  finish: '选择答复文件，完成',
  again: '重新申请',
  /** Before a request that waits is given up. */
  replaces: (account: string, at: string) =>
    `已有一份为账号“${account}”生成的申请（${at}）在等上级答复。再生成一份，那一份和它的答复就作废，并记入操作日志。请先和本单位的人核实。`,
  replace: '作废那一份，生成新的申请文件',
  title: '忘记密码的求助',
  hint: '登记上级的名片后，本单位的人忘记密码时，上级可以凭申请文件帮助重设；双方都记入操作日志。',
  trustsNow: (unit: string, fingerprint: string) => `已登记上级：${unit}（名片指纹 ${fingerprint}）。`,
  trustsNobody: '还没有登记上级的名片：忘记密码时只能用恢复密钥。',
  trust: '登记上级名片',
  trusted: (unit: string, fingerprint: string) => `已登记${unit}的名片，请在电话里核对指纹：${fingerprint}`,
  card: '导出本单位名片',
  cardName: (unit: string) => `${unit}名片`,
  carded: (file: string, fingerprint: string) => `名片已存为“${file}”，指纹：${fingerprint}`,
  ownCard: (fingerprint: string) => `本单位名片的指纹：${fingerprint}`,
  chooseRequest: '选择下级的申请文件',
  codeTyped: '核对码',
  codeHint: '请对方在电话里读出',
  reason: '理由',
  answer: '答复',
  answerName: '忘记密码答复',
  answered: (unit: string, account: string, file: string) =>
    `已答复${unit}的账号“${account}”，存为“${file}”。`,
} as const;
