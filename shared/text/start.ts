/** Words of set-up, sign-in, lock and recovery screens. */

export const levelNames = {
  station: '司法所',
  county: '县级司法局',
  city: '市级司法局',
  province: '省级司法厅（局）',
} as const;
export const areaLevelNames = {
  province: '省（自治区、直辖市）',
  city: '市（州、盟）',
  county: '县（市、区、旗）',
  township: '乡镇（街道）',
} as const;

/** The usual name of the office in an area, for people to correct. */
export function proposedUnitName(level: keyof typeof levelNames, area: string): string {
  return area + { station: '司法所', county: '司法局', city: '司法局', province: '司法厅' }[level];
}

export const setUpText = {
  title: '首次设置',
  intro: '本机还没有台账。请填写本单位的情况，建立一份新台账；全部数据加密存放在本机。',
  level: '单位层级',
  area: '所在地',
  areaSearch: '按名称或代码查找所在地',
  areaSearchHint: '例如输入“金塔”或者“620921”，也可以在下面逐级选择',
  areaMissing: '请选择单位所在地。',
  unitCode: '单位代码',
  unitName: '单位名称',
  unitNameMissing: '请填写单位名称。',
  folder: '数据文件夹',
  folderHint: '请选本机固定磁盘，尽量不在系统盘。',
  change: '更改',
  chooseFolder: '选择数据文件夹',
  account: '管理员账号',
  accountHint: '建议用经办人姓名',
  accountMissing: '请填写管理员账号。',
  password: '密码',
  passwordAgain: '再输入一次密码',
  passwordHint: (min: number) => `至少 ${min} 个字符，字母与数字混用`,
  passwordShort: (min: number) => `密码至少要 ${min} 个字符。`,
  passwordSimple: '密码只有数字或者只有一种字符，太容易猜到，请加上字母。',
  passwordDiffers: '两次输入的密码不一样，请重新输入。',
  strength: ['太弱', '一般', '较好', '很好'],
  strengthLabel: '密码强度：',
  create: '建立台账',
  creating: '正在建立台账……',
  demo: '试用演示数据',
  restore: '从备份恢复或者从旧电脑迁移',
  restoreTitle: '选择备份文件（ledger-日期-时间.db）',
  restoreHint: '本单位已有台账时，请不要新建，选备份文件恢复。旁边的密钥文件和附件会一起取来。',
  backToSetUp: '返回首次设置',
  demoIntro: '将建立一份内容均为虚构的演示台账，供熟悉操作。请设置登录密码。',
  demoAccount: 'admin',
  demoMake: '建立演示台账',
  demoMaking: (progress: { done: number; total: number } | null) =>
    progress ? `正在生成演示数据 ${progress.done} / ${progress.total}` : '正在生成演示数据……',
} as const;

export const recoveryKeyText = {
  title: '恢复密钥',
  why: '忘记密码时，只有恢复密钥能打开台账。它只在这里显示一次，请打印或者抄写后装入信封封存，由单位负责人保管。',
  key: '恢复密钥',
  printTitle: '台账恢复密钥（封存件）',
  printUnit: (unit: string) => `单位：${unit}`,
  printKeep: '请封存，由单位负责人保管。持有此密钥的人可以打开全部数据。',
  confirm: '恢复密钥的最后一组',
  confirmHint: '请照打印或者抄写的纸面输入，确认已经留存',
  differs: '与恢复密钥的最后一组不符，请对照纸面再输入。',
  done: '已留存，进入程序',
  accounts: '演示账号',
  accountLine: (name: string, role: string) => `${name}（${role}）`,
} as const;

export const signInText = {
  title: '登录',
  account: '账号',
  password: '密码',
  submit: '登录',
  missing: '请输入账号和密码。',
  recovery: '忘记密码',
  recoveryTitle: '用恢复密钥重设密码',
  recoveryKey: '恢复密钥',
  newPassword: '新密码',
  recover: '重设密码并登录',
  recoverMissing: '请填写恢复密钥、账号和新密码。',
  otherFolder: '正式使用：换一个数据文件夹',
  forgotten: '忘记密码的，点“忘记密码”，用恢复密钥或者请上级帮助重设。',
  backToSignIn: '返回登录',
  wait: (seconds: number) => `${seconds} 秒后可以再试`,
} as const;

export const lockText = {
  title: '已锁定',
  hint: (account: string) => `${account}，请输入密码解锁。未保存的内容已留在草稿里。`,
  unlock: '解锁',
  missing: '请输入密码。',
  other: '换账号登录',
  forgotten: '忘记密码的，先点“换账号登录”，再点“忘记密码”重设。',
} as const;

export const failedText = {
  title: '台账暂时打不开',
  folder: '数据文件夹',
  backups: '可以恢复的备份',
  noBackups: '这个文件夹里没有找到备份。',
  restore: '恢复这一份',
  restoreSure: (day: string) =>
    `将恢复 ${day} 的备份。现在的数据文件会另存，不会删除；此后登记的内容要重新录入。`,
  otherSure: '这是另一份台账的备份',
  takeOther: '换成那份台账',
  otherFolder: '选择另一个文件夹',
  size: (megabytes: string) => `${megabytes} MB`,
} as const;
