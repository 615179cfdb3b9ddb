/** Words of attachments: the panel of a record, the viewer, and what the check of the ledger says of them. */

export const attachmentText = {
  title: '附件',
  button: (count: number) => (count === 0 ? '附件' : `附件（${count}）`),
  add: '添加附件',
  choose: '选择附件（图片或者 PDF，可多选）',
  empty: '还没有附件。请先选类别，再添加扫描件、照片或者 PDF。',
  emptyFixed: '这条记录没有附件。',
  kind: '类别',
  name: '标题',
  nameHint: '留空则用文件名',
  pages: '页数',
  pageCount: (pages: number) => `${pages} 页`,
  size: '大小',
  added: '添加',
  actions: '操作',
  total: (count: number, pages: number) => `共 ${count} 份，${pages} 页`,
  adding: (file: string) => `正在加密保存“${file}”……`,
  addedCount: (count: number) => `已添加 ${count} 份。`,
  openOf: (title: string) => `查看“${title}”`,
  remove: '移除',
  removeOf: (title: string) => `移除“${title}”`,
  removeTitle: (title: string) => `移除附件“${title}”`,
  removeReason: '移除原因',
  removeHint: '移除后不再列出，也不能再打开；谁在什么时候为什么移除，会记在修改历史里。',
  removed: '已移除。',
  export: '另存为',
  exportOf: (title: string) => `把“${title}”另存为`,
  exportTitle: (title: string) => `把附件“${title}”另存到台账以外`,
  exportReason: '另存的用途',
  exportHint: '另存出去的文件没有加密，用途会记入日志。用完请及时删除。',
  exported: (file: string) => `已另存为：${file}`,
  keys: '↑↓ 移动，回车查看，Delete 移除',
  formats: '图片（JPEG、PNG、WebP、BMP）或者 PDF，每份不超过 100 MB；加密存放，只在程序里查看。',
  bytes: (bytes: number) =>
    bytes < 1_000_000
      ? `${Math.max(1, Math.round(bytes / 1000))} KB`
      : `${(bytes / 1_000_000).toFixed(1)} MB`,
} as const;

export const viewerText = {
  label: (title: string) => `查看附件：${title}`,
  place: (index: number, count: number) => `${index} / ${count}`,
  previous: '上一份',
  next: '下一份',
  larger: '放大',
  smaller: '缩小',
  fit: '适合窗口',
  rotate: '旋转',
  keys: '← → 上一份、下一份，＋ － 缩放，0 适合窗口，R 旋转，Esc 关闭',
  noPrint: '附件不在这里打印。请在附件表里按“另存为”，写明用途，再打印存出的文件。',
  understood: '知道了',
  zoom: (percent: number) => `${percent}%`,
  unshowable: '这张图片解不开，不能显示。请核对原件，必要时移除后重新扫描添加。',
  isPdf: '这是 PDF 文件，在单独的窗口里查看。',
  openPdf: '在单独的窗口里打开',
} as const;

export const attachmentHistoryText = {
  added: (title: string) => `添加附件“${title}”`,
  removed: (title: string, reason: string) => `移除附件“${title}”（${reason}）`,
} as const;

/** The store names files by their content, so that those beside any copy fit. */
export const contentBack =
  '请用原文件再添加一次，内容会补回原处；没有原文件的，把备份旁的 objects 文件夹整个拷到数据文件夹里，覆盖同名的。';

/** What the check of the ledger says, in the words of whoever has to do something about it. */
export const attachmentFindingText = {
  missing: (record: string, title: string) => `“${record}”的附件“${title}”：数据文件不见了。${contentBack}`,
  damaged: (record: string, title: string) => `“${record}”的附件“${title}”：数据文件已损坏。${contentBack}`,
  name: (record: string, title: string) =>
    `“${record}”的附件“${title}”：登记的名称与内容的校验值对不上。请先备份，再联系技术人员。`,
  record: (title: string) => `附件“${title}”所属的记录不见了。请先备份，再联系技术人员。`,
  kind: (record: string, title: string, code: string) =>
    `“${record}”的附件“${title}”：类别代码“${code}”不在代码表里。请更新代码表，或者移除后重新添加。`,
} as const;
