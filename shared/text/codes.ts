import type { EditionFault } from '#shared/domain/code-edition.ts';

/** Words of the code lists and of the screen on which a unit keeps its own. */

const held = ({ label, records }: { label: string; records: number }) =>
  records > 0 ? `“${label}”已有 ${records} 条记录使用` : `“${label}”是程序自带的项目`;

/** Why a list cannot be like that, and what to do instead; without the full stop. */
export function editionFaultText(fault: EditionFault): string {
  switch (fault.fault) {
    case 'twice':
      return `“${fault.label}”出现了两次，删除其中一项`;
    case 'same-label':
      return `有两个有效的项目都叫“${fault.label}”，改名，或者给旧的一项填写截止日期`;
    case 'removed':
      return `${held(fault)}，不能删除；不再使用时，给它填写截止日期`;
    case 'meaning':
      return fault.now === fault.label
        ? `${held(fault)}，含义不能改动；给它填写截止日期，另外添加一项`
        : `${held(fault)}，不能改名为“${fault.now}”；给原来的一项填写截止日期，另外添加一项`;
    case 'order':
      return `“${fault.label}”的截止日期早于启用日期`;
    case 'ended-early':
      return `“${fault.label}”最近一次用在 ${fault.day} 的记录里，截止日期不能早于这一天`;
    case 'began-late':
      return `“${fault.label}”最早用在 ${fault.day} 的记录里，启用日期不能晚于这一天`;
    case 'none-valid':
      return '没有今天有效的项目，至少保留一项';
  }
}

/** The part of that screen on which optional fields are turned on. */
export const optionalText = {
  group: '可选项目',
  register: (title: string) => `${title}的可选项目`,
  hint: '各地要求不一的项目，默认不用。启用以后列入登记表单和用到它的文书，标明的并列入清单、打印和筛选；停用以后都不再出现，已经登记的内容保留，在修改记录里可以查看，重新启用后恢复显示。只启用本地要求登记的项目。',
  field: '项目',
  section: '所在部分',
  shown: '列入',
  places: { form: '表单', list: '清单、打印', filter: '筛选' },
  isOn: '启用',
  turn: (label: string) => `启用“${label}”`,
  turned: (label: string, isOn: boolean) =>
    isOn ? `已启用“${label}”` : `已停用“${label}”，已登记的内容保留`,
  readOnly: '启用、停用由本单位负责人办理。',
} as const;

export const codesText = {
  title: '代码表',
  find: '查找代码表',
  lists: '代码表名录',
  own: '本县可改',
  published: '本表固定，不能修改',
  source: '来源',
  sure: { high: '可靠：见于正式文本', medium: '较可靠：见于报表或者平台', low: '待核实：各地做法不一' },
  unconfirmed: '本单位尚未确认',
  confirmed: (by: string, at: string) => `${by} 于 ${at} 确认`,
  local: (by: string, at: string) => `本单位版本，${by} 于 ${at} 修改`,
  shipped: (edition: string) => `程序自带，第 ${edition} 版`,
  basisOf: (basis: string) => `依据：${basis}`,
  number: '编号',
  numberHint: '登记时键入的数字',
  label: '名称',
  aliases: '别称',
  validFrom: '启用日期',
  validTo: '截止日期',
  used: '使用',
  records: (count: number) => (count === 0 ? '未使用' : `${count} 条`),
  usedUntil: (count: number, day: string) => `${count} 条，最近 ${day}`,
  ended: '已停用',
  add: '添加项目',
  remove: '删除',
  removeItem: (label: string) => `删除“${label}”`,
  cell: (column: string, row: number) => `第 ${row} 项${column}`,
  edit: '修改',
  save: '保存',
  cancel: '放弃修改',
  basis: '修改依据（文件名称、文号或者会议）',
  confirm: '确认',
  confirmNote: '确认依据（文件、文号或者请示答复）',
  saved: '已保存，新登记的记录按新的表填写，以前的记录不变。',
  confirmedNow: '已记下确认。',
  badDay: (label: string) => `“${label}”的日期看不懂，请写成 20250301、5.6 或者“今天”这样。`,
  noLabel: (row: number) => `第 ${row} 项没有写名称。`,
  tooLong: (row: number) => `第 ${row} 项的名称或者别称太长，每个最多 60 个字。`,
  noBasis: '请写明依据。',
  keys: '回车到下一格，Ctrl+S 保存；多个别称用顿号隔开',
} as const;
