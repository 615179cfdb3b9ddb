import type { Published } from '#shared/api/mapping-types.ts';

/** Words of the mappings from the ledger's own lists to published ones. */
export const mappingText = {
  title: '对照公布代码表',
  group: '公布代码表的对照',
  without: '没有对照的代码表',
  withoutNote: '下列代码表没有公布的表可以对照，或者不需要对照。',
  isOf: (label: string, values: readonly string[]) => `${label}：${values.join('、')}`,
  blank: '未填',
  yes: '是',
  no: '否',
  state: '状态',
  otherwise: '其他情形',
  and: '；',
  or: '、',
  gaps: '缺口',
  action: '操作',
  reason: '原因',
  derived: '按最近一次保存的内容推出',
  publishedList: '公布代码表',
  label: '名称',
  verifiedBy: (by: string) => `${by} 已核实`,
  open: (open: number, rows: number) => (open === 0 ? '各行均已核实' : `共 ${rows} 行，${open} 行待核实`),
  decideAllOf: (title: string, rows: number) => `核实“${title}”的 ${rows} 行`,
  allNote: '这些行照现在的对照核实；要改的行，请先逐行核实。',
  basisHint: '文件、文号或者请示答复',
  silent: '对照表没有说到这种情形，请在“代码表”中核对',
  code: '公布代码',
  when: '本台账的内容',
  target: '公布表的项目',
  verified: '核实',
  none: '无对应',
  noneWhy: (why: string) => `无对应：${why}`,
  coded: (code: string, label: string) => `${code} ${label}`,
  unverified: '待核实',
  program: '程序推定，待核实',
  official: '见于正式文本',
  said: (by: string, at: string) => `${by} 于 ${at} 核实`,
  changed: (original: string) => `程序原为：${original}`,
  order: '从上往下，第一行符合的算。',
  gapOurs: '本台账中没有对应的内容',
  gapUnreached: '公布表中不会产生的项目',
  gapSilent: '对照表没有说到的情形',
  noGaps: '没有缺口。',
  decide: '核实',
  decideRow: (when: string) => `核实“${when}”`,
  decideAll: '全部核实',
  basis: '核实依据',
  why: '没有对应的原因',
  saved: '已记下核实。',
  save: '保存',
  noBasis: '请写明核实依据。',
  noWhy: '请写明没有对应的原因。',
  columns: '另列公布代码表的栏目',
  dash: '—',
  mark: '*',
  marked: '带 * 的公布代码，其对照关系尚未经本单位核实',
  notInLedger: (title: string) => `“${title}”对照的是别的台账`,
  rowGone: (row: number) => `没有第 ${row} 行`,
  codeGone: (code: string) => `公布表中没有代码 ${code}`,
  finding: (title: string, content: string) =>
    `“${title}”没有说到：${content}。请在“代码表”中核对这张对照表。`,
} as const;

/** Code and name, or why there is none; what nobody has verified is marked. */
export function publishedText(published: Published): string {
  const text =
    'code' in published
      ? mappingText.coded(published.code, published.label)
      : mappingText.noneWhy(published.why);
  return published.isVerified ? text : `${text}（${mappingText.unverified}）`;
}
