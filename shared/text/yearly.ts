/** Words of the figures, report and maintenance screens. */

export const figuresText = {
  title: '指标数据',
  year: '年度',
  table: '指标数据表',
  name: '指标',
  value: '数值',
  unit: '单位',
  basis: '口径',
  department: '供数部门',
  source: '来源',
  records: '台账记录',
  number: '序号',
  supporting: '辅助',
  import: '导入表格',
  importTitle: '选择指标数据表（CSV）',
  onlyMissing: '只看缺数的',
  missing: (missing: number, all: number) => `共 ${all} 项，缺 ${missing} 项`,
  find: '按名称或供数部门查找',
  findHint: '名称、部门',
  enter: (name: string) => `填报“${name}”`,
  empty: '未填',
  openRecords: (count: number) => `${count} 条`,
  openRecordsOf: (name: string, count: number) => `查看“${name}”背后的 ${count} 条记录`,
  both: (ledger: string, manual: string) => `台账 ${ledger}，手工 ${manual}`,
  bases: { flow: '年度', stock: '年末', cumulative: '累计', rate: '比率' },
  sources: { manual: '手工', ledger: '台账', base: '基础数据', computed: '计算' },
  noSource: '无数据',
  imported: (set: number, changed: number) => `已导入 ${set} 项，其中 ${changed} 项是新填的或者与原来不同。`,
  importTitleDone: '导入结果',
  unknown: (count: number) => `有 ${count} 行在指标目录里找不到，没有导入。请核对名称：`,
  behind: (name: string) => `“${name}”背后的记录`,
  behindTotal: (total: number) => `共 ${total} 条`,
  behindEmpty: '这个指标背后没有台账记录。',
  more: '显示更多',
  entryHint: '写成数字加单位，例如 8个、0.36万人次、超过70%；留空为清除',
  nothingFits: '没有符合条件的指标。',
  definition: (text: string) => `口径说明：${text}`,
  uncertain: (text: string) => `待确定：${text}`,
  edition: (version: number) => `定义第 ${version} 版`,
  base: '基数',
  baseHint: '按上级要求选定；各年的比率一并按它计算',
  print: '打印统计表',
  section: '报表',
} as const;

/** A table of figures on paper. */
export const figureSheetText = {
  title: (section: string, year: number) => `${section}（${year}年度）`,
  forWhom: '给谁看',
  within: '本单位内部使用',
  toOthers: '报送、公开（对外）',
  withinHint: '照实列出各项数字，含一、二人的，不得外传。',
  toOthersHint: '一、二人的数字印成“*”，能推算出它的一并不列，以免认出具体的人。',
  notForOthers: '您只看本单位的数据。报送、公开用的表由管理本台账的单位按整个台账统一出具，所以这里不能选。',
  inside: '本表含人数很少的数字，仅供本单位内部使用',
  outside: (sign: string, most: number) => `“${sign}”表示人数在1至${most}人之间，或者为防止推算而一并不列`,
  columns: [
    ['类别', 10],
    ['指标', 16],
    ['数值', 8],
    ['口径', 5],
    ['定义', 40],
  ] as const,
} as const;

export const reportText = {
  title: '年度报告',
  saveTitle: '保存年度报告',
  fileName: (unit: string, year: number) => `${unit}${year}年法治政府建设年度报告`,
  preview: '报告预览',
  findings: (count: number) => `检查发现 ${count} 处`,
  noFindings: '检查没有发现问题。',
  figures: (count: number) => `含 ${count} 项数据`,
} as const;

export const maintenanceText = {
  rebuild: '修复检索',
  renewing: (done: number, total: number) =>
    `程序更新后，检索正在空闲时按新规则重做：已完成 ${done} / ${total} 条。期间照常查找，旧记录按新规则可能暂时找不到。`,
  rebuildHint: '逐条核对检索内容，补上缺少的、更新过时的；记录本身不变',
  rebuilt: (entries: number, records: number) =>
    entries === 0
      ? `已核对 ${records} 条记录，检索内容都对。`
      : `已核对 ${records} 条记录，更新了 ${entries} 条检索内容。`,
  rebuildPersons: '修复人员索引',
  rebuildPersonsHint: '从记录重新整理人员索引；记录和人员认定不变',
  personsRebuilt: (keys: number, records: number) => `已整理 ${records} 条记录，人员索引共 ${keys} 项。`,
  finding: (check: string, message: string) =>
    check !== 'search'
      ? message
      : message === 'missing'
        ? '有一条记录不在检索里，查找时找不到它。请点“修复检索”。'
        : message === 'stale'
          ? '有一条记录的检索内容过时了。请点“修复检索”。'
          : message === 'stray'
            ? '检索里有不属于任何记录的内容。请点“修复检索”。'
            : `检索里的条数与记录数不符（${message}）。请点“修复检索”。`,
  title: '维护',
  details: '维护项目',
  program: '程序版本',
  folder: '数据文件夹',
  unit: '单位',
  installation: '账号',
  backups: '备份',
  backupNow: '立即备份',
  backupTo: '备份到其他位置',
  backupToTitle: '选择存放备份的文件夹',
  backupDone: (name: string, lost: number) =>
    lost === 0
      ? `备份已完成并通过检查：${name}`
      : `台账已备份：${name}，但有 ${lost} 份附件的数据文件不见了或者已损坏，没能备份。请点“检查台账”看是哪几份。`,
  backupEmpty: '还没有备份。请先做一次。',
  action: '操作',
  madeAt: '时间',
  size: '大小',
  file: '文件',
  rules: '期限规则和节假日安排',
  rulesHint: '核实或者修改计算期限的规则；每年导入国务院公布的节假日安排。',
  rulesOpen: '查看和核实',
  verify: '检查台账',
  verifyHint: '逐条核对记录、版本、日志和检索内容是否一致，不改动数据。',
  verified: (records: number) => `检查完毕，${records} 条记录全部一致。`,
  verifyFound: (count: number) => `检查发现 ${count} 处不一致，请先备份，再把下面的内容告诉技术人员：`,
  hash: '内容指纹',
  hashHint: '两份台账的指纹相同，内容就完全相同。',
  hashMake: '计算',
  hashOf: (records: number) => `${records} 条记录`,
} as const;
