/** Words of the ledger lists and the record forms. */

export const listText = {
  state: '状态',
  unit: '单位',
  blank: '空白',
  isOneOf: (label: string, values: readonly string[]) => `${label}为${values.join('、')}`,
  between: (label: string, from?: string | number, to?: string | number) =>
    `${label}${from === undefined ? '' : `自 ${from}`}${to === undefined ? '' : `至 ${to}`}`,
  total: (total: number) => `共 ${total} 条`,
  filters: '筛选',
  clear: '清除筛选',
  from: (label: string) => `${label}从`,
  to: (label: string) => `${label}到`,
  until: '至',
  dayHint: '如 5.6、今天',
  grid: (title: string) => `${title}列表`,
  sortBy: (label: string) => `按${label}排序`,
  empty: (noun: string, mayWrite: boolean) =>
    `还没有登记过${noun}。${mayWrite ? '按 Ctrl+N 登记第一条。' : ''}`,
  /** What is there although a list is empty. */
  beside: {
    phrase: '程序自带的常用语不列在这里，填写时可以直接选用。',
  } as Readonly<Record<string, string>>,
  emptyFiltered: (noun: string) => `没有符合条件的${noun}。可以放宽或者清除筛选条件。`,
  headline: { mediation: '当事人' } as Readonly<Record<string, string>>,
} as const;

export const relatedText = {
  group: (noun: string, field: string) => `${noun}（${field}）`,
  total: (total: number, capped: boolean) => (capped ? `超过 ${total} 条` : `共 ${total} 条`),
  all: '查看全部',
  none: (noun: string) => `还没有${noun}。`,
  untitled: '（没有名称）',
} as const;

export const draftText = {
  title: '未完成的登记',
  isNew: (noun: string) => `新${noun}`,
  isWaiting: '待带入的内容',
  isChange: (noun: string) => `修改中的${noun}`,
  updated: (at: string) => `${at} 保存的草稿`,
  untitled: '（尚未填写姓名）',
  resumed: '已恢复上次没有保存的修改。',
  more: (count: number) => `显示其余 ${count} 份`,
  discardChanges: '放弃这些修改',
  discardSure: '放弃后，这份草稿里的内容不能再找回。确定放弃吗？',
} as const;

export const formText = {
  isNew: (noun: string) => `登记${noun}`,
  save: '保存',
  saveAndNew: '保存并新建',
  saveAsNew: '作为新记录保存',
  stillHere: '您填写的内容还在这里，可以作为一条新记录保存，编号由程序另给。',
  showAll: '显示全部项目',
  showBrief: '只显示常用项目',
  saved: '已保存。',
  savedNext: '已保存，请登记下一条。',
  savedTyped: '已保存；之后写的内容还没有保存。',
  draftFailed: '草稿没能保存，请先不要关闭窗口。',
  draftKept: '草稿已自动保存',
  problems: (count: number) => `有 ${count} 处需要改正，记录还没有保存：`,
  missingFor: (step: string) => `还没有${step}。请填写下面的项目，再按“${step}”：`,
  again: (step: string) => `“${step}”已经登记过。再次登记时，请先修改下面的项目，再按“保存”。`,
  warnings: '已保存，但有以下提醒：',
  dropped: (labels: string) =>
    `以下内容将不再保留：${labels}。改回原来的选择就会恢复；一经保存即去掉，以前保存过的仍在历史版本里。`,
  pending: (step: string) => `正在办理“${step}”，还没有生效。填好后请再按“${step}”。`,
  stopPending: '不办理',
  confirmTitle: { save: '保存前请确认', act: (step: string) => `办理“${step}”前请确认` },
  confirmDropped: '以下内容在现在的选择下不适用，保存后不再保留（以前保存过的仍在历史版本里）：',
  confirmPending: (step: string) => `“${step}”还没有办理。要连同这些内容一起保存，请返回后按“${step}”。`,
  confirmPointing: '下列记录写着它。作废后这些记录不变，仍显示它的名称；以后登记时不再列出供选择：',
  confirmDue: '还有没有完成的期限，归档以后不再提醒：',
  confirmBlanks: '下列内容里还有没填的空（＿＿），文书会照样印出来。可以返回补填，也可以就这样办理：',
  blanksCount: (count: number) => `${count} 处`,
  confirmSave: '保存',
  confirmBack: '返回修改',
  addRow: (title: string) => `＋ 添加${title}`,
  removeRow: (title: string, index: number) => `删除${title}第 ${index} 条`,
  moveUp: (title: string, index: number) => `${title}第 ${index} 条上移`,
  moveDown: (title: string, index: number) => `${title}第 ${index} 条下移`,
  row: (title: string, index: number) => `${title} ${index}`,
  ofOthers: '这一件由其他单位（一般是上级）登记，属于本单位的档案，可以查看；需要改正的，请登记的单位办理。',
  closed: (state: string, wayBack: string | null) =>
    wayBack
      ? `${state}的记录不能修改。要修改，请先按“${wayBack}”。`
      : `${state}的记录不能修改，也不能恢复；如需更正，请另行登记。`,
  rowKeys: 'Alt+↑↓ 调整顺序，Alt+Insert 添加，Alt+Delete 删除',
  fewestRows: (title: string, min: number) => `${title}至少保留 ${min} 条，没有删除；要换人，请直接改写。`,
  rowRemoved: (title: string, index: number) => `已删除${title} ${index}，按 Ctrl+Z 可以恢复。`,
  putRowBack: (title: string, index: number) => `恢复${title} ${index}`,
  tooManyPasted: (lines: number, title: string, most: number) =>
    `粘贴的内容有 ${lines} 行，一次最多粘贴 ${most} 名${title}，没有粘贴。请分几次复制。`,
  pastedRows: (count: number, title: string) => `已按行分成 ${count} 名${title}，请逐项核对。`,
  views: '记录的各个部分',
  steps: '办理',
  tabForm: '登记表',
  tabRelated: '关联记录',
  tabHistory: '修改历史',
  amountHint: '可写 3.5万',
  filledFromIdentity: '已填性别、出生日期',
  weekdays: ['', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六', '星期日'],
  areaHint: '输入名称或代码',
} as const;

export const conflictText = {
  title: '两边都改过',
  intro: '您打开这条记录之后，别人也保存了修改。请逐项选择保留哪一个，再保存。',
  field: '项目',
  mine: '我填的',
  theirs: '现在保存的',
  keepMine: '用我填的',
  keepTheirs: '用现在保存的',
  apply: '按所选内容保存',
  same: '两边的内容其实一样，可以直接保存。',
  empty: '（空）',
} as const;

export const historyText = {
  at: '时间',
  account: '修改人',
  changed: '改动的项目',
  nothing: '（空）',
  created: '首次登记',
  empty: '还没有修改历史。',
} as const;
