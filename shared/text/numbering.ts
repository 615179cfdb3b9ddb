import { assertNever, type FormNumberFault } from '#shared/api/errors.ts';
import { type PatternProblem, readCaseNumberPattern } from '#shared/domain/case-number.ts';

/** Words of the numbers of records: settings, blocks, paper numbers. */

/** Slots as a clerk reads them; the first word of each is the one shown, the others are read too. */
const slotWords = {
  year: ['年', '年份', '年度', 'year'],
  prefix: ['调委会', '简称', '调解组织', 'prefix'],
  n: ['序号', '编号', 'n'],
} as const;
type Slot = keyof typeof slotWords;

const isSlot = (text: string): text is Slot => Object.hasOwn(slotWords, text);
const slots = Object.keys(slotWords).filter(isSlot);
const written = (words: string) => `{${words}}`;
const shownSlot = (slot: string) => written(isSlot(slot) ? slotWords[slot][0] : slot);
const places = '一二三四五六七八九';

/** One slot as stored, from what stands between the braces; null where it is none. */
function storedSlot(typed: string): string | null {
  const text = typed.replaceAll(/\s/g, '').normalize('NFKC');
  const before = /^(\d|[一二三四五六七八九])位(.+)$/.exec(text);
  const behind = /^(.+?):(\d)$/.exec(text);
  const word = before?.[2] ?? behind?.[1] ?? text;
  const count = before?.[1] ?? behind?.[2] ?? '';
  const slot = slots.find((one) => slotWords[one].some((name) => name === word));
  if (!slot || (count !== '' && slot !== 'n')) return null;
  const digits = places.includes(count) ? String(places.indexOf(count) + 1) : count;
  return written(count === '' ? slot : `${slot}:${digits}`);
}

/** A stored pattern with its slots in Chinese: （{year}）{prefix}人调字第{n:3}号 → （{年}）{调委会}人调字第{3位序号}号 */
export const shownPattern = (stored: string): string =>
  stored.replaceAll(/\{([^{}]*)\}/g, (slot, name: string) => {
    const [, count] = /^n:(\d)$/.exec(name) ?? [];
    if (count) return written(`${count}位${slotWords.n[0]}`);
    return isSlot(name) ? shownSlot(name) : slot;
  });

/** The pattern that somebody typed, as it is stored; a slot that nobody knows stays as it is, and is named by the reading. */
export const storedPattern = (typed: string): string =>
  typed
    .trim()
    .replaceAll(/[{｛]([^{}｛｝]*)[}｝]/g, (_slot, name: string) => storedSlot(name) ?? written(name.trim()));

/** What is wrong with a pattern that somebody typed, as part of a sentence. */
export function patternProblemText(problem: PatternProblem): string {
  const slot = shownSlot(problem.slot);
  switch (problem.problem) {
    case 'pattern-slot-missing':
      return `缺少${slot}`;
    case 'pattern-slot-twice':
      return `${slot}写了两次，保留一处`;
    case 'pattern-slot-unknown':
      return `不认识${slot}，花括号里只能写 年、调委会、序号，或者 3位序号 这样补足位数`;
    default:
      return assertNever(problem);
  }
}

/** What is wrong with a stored pattern, null where nothing is: braces stand in pairs, and the slots are as the reading wants them. */
export function patternFault(stored: string): string | null {
  if (/[{}｛｝]/.test(stored.replaceAll(/\{[^{}]*\}/g, ''))) return '花括号要左右成对，如 {年}';
  const reading = readCaseNumberPattern(stored);
  return reading.ok ? null : reading.problems.map(patternProblemText).join('；');
}

export const codeProblems = {
  unreadable: '不是本台账的领取码，或者没有复制完整',
  elsewhere: '是给另一台电脑的',
} as const;

export const numberingText = {
  title: '案号',
  details: '案号设置和预留',
  of: '编号对象',
  ofHint: '社区矫正文书的文号字样是建议，没有查到全国统一规定，请按本单位的实际改',
  ofCases: '人民调解案号',
  open: '打开案号设置',
  about: '案号的格式，给停电时用的纸质表格预留的案号，几台电脑之间的分配。',
  saved: '已保存，从下一件起使用。',
  // how numbers look
  form: '案号格式',
  formHint:
    '改动只影响以后的案号，已有的案号不变。{年} 受理年份，{调委会} 调解组织的简称，{序号} 当年第几件，{3位序号} 不足三位时补零。',
  pattern: '格式',
  offered: '常用格式',
  example: (number: string) => `例如：${number}`,
  prefix: '本单位简称',
  prefixHint: '调解组织没有自己的简称时使用，只用汉字或者字母',
  save: '保存格式',
  former: (patterns: string) => `用过的格式：${patterns}`,
  notOwner: '案号格式由本单位最先安装的那台电脑设置，这里只能查看。',
  notAllowed: '只有管理员可以改动案号格式。',
  prefixWrong: '只能用汉字或者字母，最多二十个字',
  // numbers given before the program came
  raiseTitle: '以前编过的案号',
  raiseHint: '启用本程序以前已经用纸质登记簿编到某号时，登记最后一个案号，从它之后接着编。',
  raiseNumber: '最后一个案号',
  raiseNumberHint: '照登记簿填写完整的案号',
  raise: '登记',
  raised: '已登记，同一年度、同一简称的下一件从它之后编起。',
  notRaised: '台账里的案号已经编到它或者更后面，不需要登记。',
  // waiting
  waiting: (count: number) =>
    `有 ${count} 件待编号：案号由本单位管理案号的那台电脑编，分给本机的还没有领取，或者已经用完。`,
  showWaiting: '查看',
  assign: '编号',
  assigned: (numbered: number, waiting: number) =>
    waiting > 0 ? `已编号 ${numbered} 件，还有 ${waiting} 件待编号。` : `已编号 ${numbered} 件。`,
  pending: '待编号',
  /** Beside it, where the record is shown by itself. */
  pendingWhy: '案号由管理案号的那台电脑分配',
  /** On the command line, after a save. */
  savedPending:
    '还没有案号（待编号）：案号由本单位管理案号的那台电脑编，分给本机的还没有领取，或者已经用完。请在程序窗口的“案号”里领取后编号。',
  // on paper
  paper: '预留案号',
  paperHint: '停电或者外出时先用纸质表格办理：预留几个案号写在表格上，以后录入时填这个案号。',
  year: '年度',
  committee: '调解组织',
  committeeHint: '不选时用本单位的简称',
  count: '个数',
  countWrong: '请填写 1 到 500 之间的整数',
  yearWrong: '请填写四位年份',
  reserve: '预留',
  reserved: (count: number, first: string, last: string) =>
    count === 1 ? `已预留：${first}` : `已预留 ${count} 个：${first}至${last}`,
  print: '打印清单',
  printOf: (first: string) => `打印清单（${first}起）`,
  printTitle: '预留案号清单',
  printLine: (number: string, state: string) => `${number}　　${state}`,
  number: '案号',
  state: '情况',
  states: { free: '未用', used: '已用', returned: '已作废' },
  lost: '已用（案件不在台账里）',
  record: '案件、操作',
  return: '作废',
  returnOf: (number: string) => `作废${number}`,
  returned: (number: string) => `${number}已作废。`,
  returnTitle: '作废预留案号',
  returnHint: (number: string) => `${number}作废后不能再用，也不会再发给别的案件。`,
  reason: '作废原因',
  empty: '还没有预留过案号。',
  summary: (free: number, all: number) => `共 ${all} 个，未用 ${free} 个`,
  elsewhere: '另一台电脑预留',
  // several PCs
  places: '多台电脑',
  placesHint: '本单位有几台电脑各自登记时，由最先安装的一台给其他电脑分配案号，互不重复。',
  here: '本机编号',
  isOwner: '本机分配案号',
  isOther: '本机领取案号',
  grantTo: '领取电脑的编号',
  grantToHint: '在那台电脑的本页上查看',
  grant: '分配',
  code: '领取码',
  codeHint: '复制到领取的电脑上，在本页粘贴',
  receive: '领取',
  received: (first: string, last: string) => `已领取：${first}至${last}`,
  block: (first: string, last: string) => `${first}至${last}`,
  blockFree: (free: number | null, all: number) =>
    free === null ? `共 ${all} 个，分配给另一台电脑` : `共 ${all} 个，还剩 ${free} 个`,
  // in the form of a record
  use: '使用预留案号',
  useHint: '照纸质文书填写，只填序号也可以；清空则由程序编号',
} as const;

const formNumberFaults: Readonly<Record<FormNumberFault, (by: string) => string>> = {
  unknown: () => '没有预留过这个案号',
  used: (by) => (by === '' ? '已经用过，案件不在台账里' : `已用于“${by}”`),
  void: (by) => (by === '' ? '已作废' : `已作废（${by}）`),
  elsewhere: () => '是另一台电脑的案号，只能在那台电脑上制作',
  twice: () => '同一个案号写了两次',
};

/** Why a form may not be printed under a number. */
export function formNumberFault(why: string, by: string): string {
  const say = Object.hasOwn(formNumberFaults, why) ? formNumberFaults[why as FormNumberFault] : undefined;
  return say ? say(by) : `${why}${by}`;
}
