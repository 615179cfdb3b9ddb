/** Words of the board of deadlines, of its printed sheet, and of the screen of rules and calendar. */

import type { BoardPart } from '#shared/api/deadline-types.ts';
import type { DeadlineRule } from '#shared/domain/deadline-rule.ts';

export const partNames: Readonly<Record<BoardPart, string>> = {
  overdue: '已逾期',
  today: '今天到期',
  week: '七日内到期',
};

export const boardText = {
  namesake: (name: string, place: string) => `${name}（${place}）`,
  title: '待办期限',
  on: (day: string) => `截至 ${day}`,
  person: '经办人',
  unit: '单位',
  rule: '事项',
  everybody: '全部经办人',
  everywhere: '全部单位',
  everything: '全部事项',
  nobody: '未指定经办人',
  counted: (name: string, count: number) => `${name}（${count}）`,
  fileName: (day: string) => `待办期限${day}`,
  rules: '期限规则',
  days: (days: number) => (days < 0 ? `逾期 ${-days} 天` : days === 0 ? '今天' : `还有 ${days} 天`),
  due: (day: string, time: string | null) => `${day}${time === null ? '' : ` ${time}`} 到期`,
  since: (label: string, day: string) => `自${label} ${day} 起算`,
  law: (law: string, article: string | null) => (article === null ? law : `${law}${article}`),
  unconfirmed: '未核实',
  unconfirmedHint: '本单位还没有核实这条期限规则，请在“期限规则”中核实或者修改',
  extended: '已延长',
  estimated: '估算',
  estimatedHint: '没有填写规定的起算日期，按后面这个日期估算',
  strength: { hard: '法定期限', soft: '提示期限' } as Readonly<Record<DeadlineRule['strength'], string>>,
  lapsed: '已过期',
  more: (shown: number, all: number) => `显示更多（已显示 ${shown} 条，共 ${all} 条）`,
  tooMany: (shown: number, all: number) => `只显示前 ${shown} 条，共 ${all} 条。请按经办人或者单位筛选。`,
  empty: {
    overdue: '没有逾期的事项。',
    today: '今天没有到期的事项。',
    week: '七日内没有到期的事项。',
  } as Readonly<Record<BoardPart, string>>,
  nothing:
    '目前没有逾期和七日内到期的事项。受理案件、填写履行期限、登记隐患的化解期限后，到期前七天会列在这里。',
  nothingFits: '筛选条件下没有逾期和七日内到期的事项。',
  clear: '清除筛选',
  /** Both directions: which day the board counts from, and what the other reading of it would be. */
  clock: (today: string, later: string, isBehind: boolean) =>
    isBehind
      ? `台账中的记录保存于本机日期 ${today} 之后（最近一次是 ${later}），本机时间可能偏慢，已按 ${later} 计算期限。请校准电脑的日期和时间。`
      : `有记录保存于 ${later}，晚于本机日期 ${today}，已按本机日期计算期限。请核对本机时间。`,
  useDay: (day: string, isMachine: boolean) => (isMachine ? `按本机日期 ${day} 计算` : `按 ${day} 计算`),
  keys: '上下键移动，左右键换栏，回车打开',
  list: (part: string) => `${part}的事项`,
  jumps: '转到各栏',
  ofRecord: '本件期限',
  paused: '已中止计算',
} as const;

export const sheetText = {
  title: '待办期限一览表',
  unit: (name: string, day: string) => `填报单位：${name}　　　　截至日期：${day}`,
  filtered: (words: readonly string[]) => `范围：${words.join('、')}`,
  part: (name: string, count: number) => `${name}（${count} 件）`,
  none: '无。',
  head: ['序号', '当事人（名称）、编号', '事项', '到期日期', '经办人', '依据'],
  cut: (shown: number, all: number) => `本栏共 ${all} 件，只列出前 ${shown} 件。`,
  unconfirmed: '标“未核实”的，所依据的期限规则本单位尚未核实。',
  estimated: '标“估算”的，因没有填写规定的起算日期，按其他日期推算。',
} as const;

export const ruleText = {
  title: '期限规则',
  body: '规则和节假日安排',
  intro:
    '期限按下列规则计算。请逐条与本地规定核对：相符的点“核实”，不同的改过再核实，不适用的停用。没有核实的规则算出的期限都标“未核实”。',
  readOnly: '当前账号只能查看；核实和修改由负责人或者管理员办理。',
  what: '事项',
  period: '期限',
  basis: '依据',
  sure: '可靠程度',
  sureAs: (sureness: string) => `可靠程度：${sureness}。`,
  action: '操作',
  sureness: { high: '较高', medium: '一般', low: '较低' } as Readonly<Record<DeadlineRule['sure'], string>>,
  state: '核实情况',
  open: '未办',
  openCount: (count: number) => `${count} 件`,
  confirm: '核实',
  change: '修改',
  changeOf: (title: string) => `修改“${title}”`,
  confirmOf: (title: string) => `核实“${title}”`,
  save: '确定',
  confirmed: (account: string, at: string) => `${account} ${at} 核实`,
  changed: (account: string, at: string, period: string) => `${account} ${at} 改为${period}`,
  off: (account: string, at: string) => `${account} ${at} 停用`,
  unconfirmed: '未核实',
  outdated: '规则已更新，需重新核实',
  history: (count: number) => `以前的决定（${count}）`,
  note: '依据或者理由',
  noteHint: '例如本地文件的名称和文号',
  offset: '期限',
  unit: '单位',
  units: { hour: '小时', day: '日', workday: '个工作日', month: '个月' } as Readonly<
    Record<DeadlineRule['unit'], string>
  >,
  roll: '末日遇休假',
  rolls: { none: '不顺延', nextWorkday: '顺延到下一个工作日' } as Readonly<
    Record<DeadlineRule['roll'], string>
  >,
  strength: '性质',
  use: '使用这条规则',
  since: '自（起算日）',
  sinceHint: '不填：所有期限都按它计算',
  sinceBad: '看不出是哪一天，请写成 20260101 或者 2026-1-1。',
  sinceDay: (day: string) => (day === '' ? '' : `，自 ${day} 起`),
  fromDay: (day: string) => `${day} 起算的：`,
  untilDay: (day: string) => `${day} 以前起算的：`,
  validity: (from: string, to: string | null) =>
    to === null ? `${from} 起有效。` : `${from} 至 ${to} 有效。`,
  offsetBad: '期限请填 0 到 2000 的整数。',
  restore: '恢复原来的规定',
  periodOf: (
    triggers: readonly string[],
    offset: number,
    unit: string,
    from: 'sameDay' | 'nextDay' | 'before',
  ) => {
    const trigger = triggers.join('，没有的按');
    if (offset === 0) return `${trigger}当日`;
    if (from === 'before') return `${trigger}以前 ${offset} ${unit}`;
    return `${trigger}${from === 'nextDay' ? '次日' : '当日'}起 ${offset} ${unit}`;
  },
  /** Instead of how many are open. */
  limit: '录入时核对的限度',
  decided: (isOff: boolean, period: string, strength: string, roll: string) =>
    isOff ? '停用' : `${period}，${strength}，${roll}`,
  saved: '已保存，期限已按新规则重新计算。',
} as const;

export const calendarScreenText = {
  title: '法定节假日和调休',
  intro: '按工作日计算的期限和顺延用到国务院每年公布的节假日安排。新一年的安排公布后，请导入。',
  year: '年度',
  source: '来源',
  days: '放假 / 调休上班',
  counts: (off: number, work: number) => `${off} 天 / ${work} 天`,
  from: '取得',
  program: '随程序',
  taken: (account: string, at: string, file: string) => `${account} ${at} 导入（${file}）`,
  replaced: (count: number) => `替换了 ${count} 次`,
  import: '导入安排',
  importTitle: '选择节假日安排（CSV 或者 JSON）',
  imported: (years: readonly number[], changed: readonly number[]) =>
    changed.length === 0
      ? `${years.join('、')} 年的安排与已有的相同，没有改动。`
      : `已导入 ${changed.join('、')} 年的安排，期限已重新计算。`,
  missing: (years: readonly number[]) =>
    `还没有 ${years.join('、')} 年的安排，这些年份的工作日按星期一至星期五计算，可能有出入。`,
  form: '表格三列：日期、类别（放假写“休”，调休上班写“班”）、名称；另存为 CSV。周末在假期里的也写上。',
} as const;

/** '协议履行期限（2025-07-01）、回访（2025-07-16）' */
export const dueLine = (rows: readonly { what: string; dueOn: string }[]): string =>
  rows.map(({ what, dueOn }) => `${what}（${dueOn}）`).join('、');
