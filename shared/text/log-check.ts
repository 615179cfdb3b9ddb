import type { LogCheck, LogFault, LogFileCheck, LogFinding, LogNotice } from '#shared/api/audit-types.ts';
import { shortInstant } from './words.ts';

type Said<K extends LogFault | LogNotice> = Readonly<Record<K, (finding: LogFinding) => string>>;

const when = ({ at }: LogFinding) => (at === undefined ? '' : shortInstant(at));
const range = ({ entry = 0, to = entry }: LogFinding) =>
  entry === to ? `第 ${entry} 条` : `第 ${entry} 至 ${to} 条`;

const faults: Said<LogFault> = {
  unreadable: ({ entry }) => `文件第 ${entry} 行读不出来：文件被改动过，或者损坏了。`,
  changed: ({ entry }) => `第 ${entry} 条与它的校验值不符：这一条被改动过，或者前面的条目被换过。`,
  missing: (one) => `${range(one)}不在应有的位置：被删除，或者挪到了别处。`,
  order: ({ entry }) => `第 ${entry} 条的先后不对：条目被调换过位置，或者重复。`,
  start: () => '日志不是从建立台账开始的：开头被删去，或者整个日志重做过。',
  cut: (one) => `文件末尾缺${range(one)}：文件被截短。`,
  unsigned: () => '文件末尾没有完整的签名：文件被截短，或者签名被去掉、改动。',
  head: ({ entry }) => `签名写明到第 ${entry} 条为止，文件的最后一条不是它：末尾被删除或者换过。`,
  signature: () => '审计员的签名不对：不是文件里写明的密钥签出来的。',
  seal: () => '文件与导出时的签名不符：导出以后被改动过。',
  known: (one) =>
    `第 ${one.entry} 条与 ${when(one)} 核对时不一样：该单位的日志在这一条或者以前被改动、重做过。`,
  shorter: (one) =>
    `导出时日志只有 ${one.to} 条，而${one.at === undefined ? '日结单' : ` ${when(one)} 核对时`}已经到第 ${one.entry} 条：日志被截短过。`,
  paper: ({ entry }) => `第 ${entry} 条与日结单上的校验码不符：日志被改动过，或者条目号、校验码抄错了。`,
  own: ({ entry }) => `第 ${entry} 条与本机日志不一致：导出以后本机日志被改动或者截短过。`,
};

const notices: Said<LogNotice> = {
  firstTime: () => '这是第一次核对该单位的日志，没有以前的末条可以比对。',
  otherLedger: (one) => `${when(one)} 核对过的是该单位另一套台账的日志，不是这一套。请问明为什么换了台账。`,
  newInstallation: () => '与以前核对的不是同一处安装：恢复备份或者换电脑以后，程序会给台账另编安装号。',
  keyUnconfirmed: ({ text }) =>
    `签名密钥还没有核实。请打电话给该单位的审计员，请他念出本人的密钥指纹，应当是 ${text}。`,
  keyChanged: ({ text }) =>
    `签名密钥与以前的不同，指纹是 ${text}。审计员换人、别人重设过密码后会换密钥；请打电话核实后再采信。`,
  uncovered: (one) => `${range(one)}不在这份文件里，以前也没有核对过。`,
  notReached: (one) =>
    `文件只到第 ${one.to} 条，没有到 ${when(one)} 核对过的第 ${one.entry} 条，不能说明两者之间有没有改动。`,
  restored: (one) =>
    `日志自己写明 ${when(one)} 恢复过备份，原来的${range(one)}随之丢失。请该单位说明恢复的原因。`,
  givenUp: (one) =>
    `文件是从后来放弃的内容里导出的：本台账的日志第 ${one.entry} 条写明 ${when(one)} 恢复过备份，原来的${range(one)}从那时起不在现在的日志里，所以比对不上；文件本身没有不符。`,
  beside: (one) => `日志自己写明从 ${when(one)} 起是另一处安装，与以前核对过的分开记录。`,
  otherPlace: (one) =>
    `${when(one)} 核对的是同一台账的另一处安装，从分开记录起各记各的；分开以后的条目没有互相比对。`,
  fresh: (one) =>
    `${range(one)}以前没有留证，只有这份文件的签名作证；密钥可信、前后衔接的，登记以后可以比对。`,
  paperSame: ({ entry }) => `第 ${entry} 条与日结单的校验码一致，到这一条为止没有被改动、删除或者截短。`,
  paperMixed: ({ entry }) => `第 ${entry} 条本身与日结单的校验码一致，但它以前的条目有不符，见上。`,
  paperOutside: ({ entry }) => `日结单上的第 ${entry} 条不在这份文件里，没有比对。`,
};

/** What was found of a log, in a sentence each. */
export const logFaultText = (finding: LogFinding<LogFault>) => faults[finding.is](finding);
export const logNoticeText = (finding: LogFinding<LogNotice>) => notices[finding.is](finding);

const rangeOf = ({ first, last }: Pick<LogCheck, 'first' | 'last'>) => `第 ${first} 至 ${last} 条`;

export const logCheckText = {
  sound: (one: Pick<LogFileCheck, 'unit' | 'first' | 'last'>) =>
    `“${one.unit}”的日志${rangeOf(one)}前后衔接完好，签名无误，没有发现改动、删除、调换或者截短。`,
  unsound: (unit: string, count: number) => `“${unit}”的日志有 ${count} 处不符，不能采信：`,
  more: (count: number) => `另有 ${count} 处不符没有列出。`,
  read: '查看条目',
  keyCode: '对方念出的指纹',
  confirmKey: '确认密钥',
  keyConfirmed: (unit: string) => `“${unit}”的签名密钥已核实，下次核对不再提醒。`,
  register: '核对过的外单位日志',
  columns: ['单位', '电脑', '条目', '末条校验码', '密钥指纹', '核对时间', '核对人', '结果'],
  range: ({ first, last }: Pick<LogCheck, 'first' | 'last'>) => `${first}—${last}`,
  key: ({ fingerprint, keyConfirmedAt }: Pick<LogCheck, 'fingerprint' | 'keyConfirmedAt'>) =>
    fingerprint === '' ? '没有签名' : `${fingerprint}${keyConfirmedAt === null ? '' : '（已核实）'}`,
  isSound: '没有发现改动、删除、调换或者截短。',
  /** What goes on meaning something after the day of the check. */
  kept: [
    'otherLedger',
    'uncovered',
    'notReached',
    'restored',
    'beside',
    'otherPlace',
    'paperSame',
    'paperMixed',
    'paperOutside',
  ] as readonly LogNotice[],
  none: '还没有核对过外单位的日志。',
  older: (count: number) => `更早的核对（还有 ${count} 次）`,
  whose: (one: Pick<LogFileCheck, 'exportedAt' | 'machine' | 'signedBy'>) =>
    `${shortInstant(one.exportedAt)} 在“${one.machine}”上导出，${
      one.signedBy === '' ? '没有完整的签名' : `签名人：${one.signedBy}`
    }`,
} as const;
