/** Words of the window itself: frame, navigation, actions, dialogs. */

export const programText = {
  name: '基层司法行政台账',
  secrecy: '本程序不得存储、处理国家秘密。',
  loading: '正在读取……',
  closing: '程序正在关闭，请稍候……',
  broken:
    '这个画面出现了意外错误。已输入的内容保存在草稿里，没有丢失。请点“重新显示”；仍不行时请重新启动程序。',
  showAgain: '重新显示',
  demo: '演示数据',
  demoHint: '当前是演示台账，内容均为虚构。',
} as const;

export const revealText = { show: '显示', hide: '隐藏' } as const;

export const dayInputText = { unread: '⚠ 日期不对', reversed: '⚠ 早于开始' } as const;

export const comboboxText = { choices: '可选项', nothing: '没有相符的项目' } as const;

export const commonText = {
  cancel: '取消',
  close: '关闭',
  back: '返回',
  retry: '重试',
  quit: '退出程序',
  stop: '停止',
  discard: '放弃',
  resume: '继续填写',
  print: '打印',
  yes: '是',
  no: '否',
  comma: '、',
  colon: '：',
  full: '。',
  /** A heading or a name with a word beside it. */
  beside: (text: string, word: string | number = '') => `${text}（${word}）`,
  aside: (word: string | number) => `（${word}）`,
  labelled: (label: string, value: string) => `${label}：${value}`,
  quoted: (text: string) => `“${text}”`,
  toCome: '…',
  gap: '　',
  requiredMark: '＊',
  semicolon: '；',
  required: '必填',
  unknownCode: (code: string) => `未知代码 ${code}`,
} as const;

/** A long job under way. */
export const jobText = {
  begins: (what: string) => `正在${what}……`,
  share: (what: string, percent: number) => `正在${what}，已完成 ${percent}%`,
  stopped: '已停止，没有改动。',
} as const;

export const layoutText = {
  navigation: '主导航',
  content: '内容',
  lock: '锁定',
  signOut: '退出登录',
  deadlines: '待办',
  figures: '指标数据',
  report: '年度报告',
  maintenance: '维护',
  palette: '命令',
  paletteHint: '输入命令的名称或者拼音首字母，回车执行',
  paletteEmpty: '没有相符的命令',
  skip: '跳到内容',
} as const;

export const navigationLabels: Readonly<Record<string, string>> = {
  mediation: '人民调解',
  screening: '排查',
  finding: '纠纷隐患',
  committee: '调解组织',
  mediator: '调解员',
  subsidyRate: '补贴标准',
  phrase: '常用语',
  caseNote: '笔录',
  correction: '矫正对象',
  evaluation: '调查评估',
  contact: '报告走访',
  leave: '外出审批',
  crossing: '跨市县活动',
  relocation: '执行地变更',
  measure: '考核奖惩',
  positioning: '电子定位',
  absence: '脱管漏管',
  oversight: '检察监督',
  medium: '移动存储介质',
  mediumLoan: '介质领用',
  incident: '安全事件',
  assessment: '影响评估',
};

/** What an account sees only a part of, or nothing. */
export const reachText = {
  notOpen: '本账号没有打开这个画面的权限',
  notOpenHint:
    '岗位、所属单位或可看的台账限制了查看范围。工作需要时，请负责安全管理的同事在“账号”里调整；已经打开过的内容没有改动。',
  retention:
    '保管期限、到期清查和销毁要对着单位的全部台账办理，本账号只看其中一部分。请由能看全部台账的账号办理。',
  figures: '手工填报的数字属于全单位，本账号只看一部分台账，可以查看，不能填报。',
  numbering: '案号规则和纸质登记用的编号属于“人民调解”，本账号看不到这个台账。',
  choices: (title: string) => `本账号看不到“${title}”，这里不能选择`,
  opens: (step: string, title: string) => `“${step}”要登记到“${title}”，本账号没有这个台账的登记权限。`,
} as const;

export const searchText = {
  label: '查找',
  placeholder: '查找姓名、案号、电话……（Ctrl+F）',
  nothing: (text: string) => `没有找到“${text}”。可以少输几个字，或者试试拼音首字母。`,
  tooLong: (length: number, most: number) =>
    `输入了 ${length} 个字，查找最多用 ${most} 个字。请只留姓名、案号或者一句话里的几个字。`,
  card: '人员卡片',
  cardKey: 'Alt+Enter',
  cardHint: 'Alt+Enter 打开人员卡片',
  count: (total: number, capped: boolean) => (capped ? `超过 ${total} 条，请再多输几个字` : `共 ${total} 条`),
} as const;

export const roleNames: Readonly<Record<string, string>> = {
  administrator: '管理员',
  head: '负责人',
  clerk: '经办人',
  auditor: '审计员',
};

export const dutyNames: Readonly<Record<string, string>> = {
  system: '系统管理',
  security: '安全管理',
  audit: '审计管理',
};

export const actionText = {
  newRecord: (noun: string) => `登记${noun}`,
  newPart: (noun: string) => `登记${noun}（本件）`,
  openLedger: (title: string) => `打开${title}`,
  find: '查找',
  save: '保存',
  saveAndNew: '保存并新建',
  addChild: (title: string) => `添加${title}`,
} as const;
