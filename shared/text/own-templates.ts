import type { TemplateFault } from '#shared/document/places.ts';
import type { FieldSpec, KindName } from '#shared/kinds/kind.ts';

/** Sentences and words about a bureau's own templates. */

const places = '名称见“位置名称表”。';

/** What is wrong with a file, after its name and before what to do. */
const faults: Readonly<Record<TemplateFault, (at: string, named: string) => string>> = {
  'not-docx': () => '不是完好的 .docx 文件。请用 Word 或 WPS 打开，另存为 .docx。',
  'old-word': () => '是旧的 .doc 格式，或者设了打开密码。请用 Word 或 WPS 打开，去掉密码，另存为 .docx。',
  'too-big': () => '展开以后太大，超出了模板的限度。请删去大图片和多余内容。',
  macros: () => '带有宏或者二进制内容。请另存为不带宏的 .docx。',
  external: (_at, named) => `引用了文件以外的内容${named}。请删去链接、远程图片或者附加的模板。`,
  embedded: (_at, named) => `嵌入了别的文件或者控件${named}。请删去嵌入的对象，只留文字、表格和图片。`,
  field: (_at, named) => `带有会调用外部内容的域${named}。请删去这个域。`,
  'broken-xml': (_at, named) =>
    `内部内容${named}不合规范，读不出来。请用 Word 或 WPS 打开，另存为一份新的 .docx。`,
  'wide-braces': () => '里的大括号是全角的，程序认不出。位置要用半角大括号写，例如 {{案号}}。',
  'no-places': () => '里没有一个位置。请把要由程序填写的地方写成 {{案号}} 这样的位置。',
  unclosed: (_at, named) => `里的位置${named}只有左边的 {{，没有右边的 }}。`,
  unopened: (_at, named) => `里的位置${named}只有右边的 }}，没有左边的 {{。`,
  'loop-unclosed': (at) => `里的 {{#${at}}} 没有对应的结束标记 {{/${at}}}。`,
  'loop-unopened': (at) => `里的结束标记 {{/${at}}} 前面没有开始标记 {{#${at}}}。`,
  'loop-crossed': (at) => `里的 {{#${at}}} 与别的起止标记交叉了。先开始的要后结束。`,
  'loop-place': (_at, named) =>
    `里的起止标记${named}位置不对。表格里要在同一行的第一格开始、最后一格结束；表格外要各占一段。`,
  unknown: (at) => `里的位置“{{${at}}}”没有这个名称。${places}`,
  'only-in-list': (at) =>
    `里的位置“{{${at}}}”只能写在 {{#当事人}} 与 {{/当事人}} 之间。单独写时请用“申请人${at}”“被申请人${at}”。`,
  'only-in-rows': (at) => `里的位置“{{${at}}}”只能写在名单的起止标记之间，各个名单见“位置名称表”。`,
  'list-in-list': (at) => `里的 {{#${at}}} 写在了另一个名单里面。名单不能套名单。`,
};

/** `fault` is a TemplateFault, `at` the place that is wrong, '' where it is the whole file. */
export function templateFault(fault: string, at: string): string {
  const named = at === '' ? '' : `“${at}”`;
  const say = Object.hasOwn(faults, fault) ? faults[fault as TemplateFault] : undefined;
  return say ? say(at, named) : `有问题：${fault}${named}。`;
}

/** Names of places in the papers of a described register, besides those that the register has itself. */
const kindAbout: Readonly<Record<KindName, string>> = {
  text: '文字，照登记的写',
  note: '文字，可有多段',
  day: '日期，如 2025年3月5日',
  code: '所选的名称',
  count: '数字，如 12',
  money: '金额，如 1200.00',
  flag: '是；没有勾选的为空',
  identity: '证件号码全文',
  credit: '统一社会信用代码',
  phone: '电话号码全文',
  ref: '所选记录的名称',
  division: '行政区划名称',
};

/** What the papers put together of several fields. */
const composedAbout: Readonly<Record<string, string>> = {
  paperNo: '本文书的文号，如 〔2025〕金司矫训字第1号',
  paperDay: '文书落款的日期，如 2025年3月5日',
  organName: '社区矫正机构全称',
  stationName: '司法所全称',
  personPenaltyText: '刑种、刑期和附加刑，如 有期徒刑一年，并处罚金',
  personTerm: '如 自2025年2月25日起至2025年8月24日止',
  personInjunctionTerm: '如 自2025年2月25日起至2025年8月24日止',
  personAge: '如 35岁',
  number: '在名单里的顺序，从 1 起',
};

export const registerPlaceText = {
  paper: '文书',
  paperNo: '文书文号',
  person: '社区矫正对象',
  order: '序号',
  row: (title: string) => `本次${title}`,
  ofPerson: (label: string) => `对象${label}`,
  ofRow: (label: string) => `本次${label}`,
  /** How the content of a place looks on paper. */
  about: (field: string, spec: FieldSpec | null, choice: string | null): string =>
    spec === null
      ? (composedAbout[field] ?? '')
      : spec.kind === 'code' && choice !== null
        ? `所选的名称，如 ${choice}`
        : kindAbout[spec.kind],
  listsNote: (name: string) =>
    `{{#${name}}} 与 {{/${name}}} 之间的内容逐条重复：各占一段时重复中间的段落；写在表格同一行的第一格和最后一格时，每条一行。`,
  eachOf: (name: string) => `${name}的每一条重复一次`,
  inList: (name: string) => `${name}名单里面的位置`,
  conditionsNote: '任何位置名称都可以作条件：有内容才出现。',
  condition: (name: string): readonly (readonly [string, string])[] => [
    [`{{#${name}}} …… {{/${name}}}`, `有${name}时才出现`],
    [`{{^${name}}} …… {{/${name}}}`, `没有${name}时才出现`],
  ],
} as const;

export const placeText = {
  title: '本单位模板位置名称表',
  about:
    '在 Word 或 WPS 里做好文书格式，把要由程序填写的地方写成两个半角大括号括起来的名称，例如 {{案号}}。没有内容的位置留出空白，由人填写。',
  name: '写法',
  meaning: '填入的内容',
  write: (name: string) => `{{${name}}}`,
  lists: '当事人名单',
  listsNote:
    '{{#当事人}} 与 {{/当事人}} 之间的内容按人数重复：各占一段时重复中间的段落；写在表格同一行的第一格和最后一格时，每人一行。',
  range: (name: string) => `{{#${name}}} …… {{/${name}}}`,
  repeated: (name: string) => `每位${name}重复一次`,
  inList: '名单里面的位置',
  inListNote: '写在起止标记之间。授权委托书一类每名当事人一份的文书，也可以直接写。',
  first: '单独写的申请人和被申请人',
  firstNote: '不必写在名单里面；姓名为全部人员，其余为第一位。',
  firstName: (list: string, name: string) => `${list}${name}`,
  firstAbout: (list: string, about: string) => `${list}：${about}`,
  conditions: '有内容才出现的段落',
  conditionsNote: '任何位置名称都可以作条件。',
  conditionExamples: [
    ['{{#协议金额}} …… {{/协议金额}}', '有协议金额时才出现'],
    ['{{^协议金额}} …… {{/协议金额}}', '没有协议金额时才出现'],
    ['{{#是单位}} …… {{/是单位}}', '名单里面：这位当事人是单位时才出现'],
  ] as readonly (readonly [string, string])[],
} as const;

export const ownTemplateText = {
  title: '本单位模板',
  open: '打开本单位模板',
  about: '用本单位自己的 Word 格式制作文书：添加、停用，查看可用的位置名称。',
  hint: '模板里写 {{案号}}、{{协议内容}} 这样的位置。添加后，案卷“文书”一栏制作这种文书时用本单位模板，也可以临时改用通用格式。',
  body: '模板和位置名称',
  details: '模板清单',
  add: '添加模板',
  choose: '选择文件并添加',
  useHint: '选已有的文书，或者最后一项“新的文书”；位置名称表随之更换',
  act: '操作',
  hash: (hash: string) => `校验值 ${hash.slice(0, 12)}`,
  addTitle: '选择 Word 模板',
  use: '用于',
  newKind: '新的文书',
  newTitle: '新文书名称',
  newTitleHint: '例如：调解笔录送达回证',
  added: (title: string, version: number, places: number) =>
    `已添加：${title}，第 ${version} 版，${places} 个位置。`,
  empty: '还没有本单位模板，全部文书用程序的通用格式。',
  kind: '文书',
  version: '版本',
  file: '文件',
  state: '状态',
  who: '添加',
  inForce: '使用中',
  replaced: '已有新版',
  retired: (by: string, at: string, reason: string) => `${at} ${by} 停用：${reason}`,
  versionOf: (version: number) => `第 ${version} 版`,
  issued: (times: number) => `出具 ${times} 次`,
  places: (names: readonly string[]) => `位置：${names.join('、')}`,
  placesOf: (count: number) => `${count} 个位置`,
  retire: '停用',
  retireOf: (title: string) => `停用“${title}”的模板`,
  retireTitle: '停用模板',
  retireHint: (title: string) => `停用后，“${title}”改用通用格式；已经出具的文书照原样保存。`,
  retireOwnHint: (title: string) => `停用后，不能再制作“${title}”；已经出具的文书照原样保存。`,
  retireReason: '停用原因',
  retiredNow: (title: string) => `已停用：${title}。`,
  export: '另存',
  exportOf: (title: string) => `另存“${title}”的模板文件`,
  exportTitle: '另存模板',
  exported: (file: string) => `已保存：${file}`,
  list: '位置名称表',
  saveTitle: '保存位置名称表',
  size: (kilobytes: number) => `${kilobytes} KB`,
} as const;
