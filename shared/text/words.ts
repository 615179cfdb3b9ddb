import { minuteInChina } from '#shared/domain/day.ts';

/** Words that code reads and writes for people: yes and no, the usual name of a station. */

export const yesNo = {
  yes: '是',
  no: '否',
  /** What people type or mark for yes. */
  typedYes: ['是', '有', '1', 'true', 'yes', 'y', '√', '✓'],
  typedNo: ['否', '无', '没有', '不是', '0', 'false', 'no', 'n', '×', '✗'],
} as const;

/** What stands behind a number of people or things, one character each. */
export const countWords = [
  '人',
  '名',
  '位',
  '户',
  '家',
  '件',
  '起',
  '宗',
  '次',
  '个',
  '份',
  '岁',
  '天',
] as const;

/** A station is named after its township. */
export const stationName = (township: string): string => `${township}司法所`;

/** What people type for a day near today, and how many days away it is. */
export const dayWords: Readonly<Record<string, number>> = {
  今天: 0,
  今日: 0,
  昨天: -1,
  昨日: -1,
  前天: -2,
  明天: 1,
};

export const sexWords = { male: '男性', female: '女性' } as const;

/** '2025-03-01 09:30' in the time of China, as the ledger's days are, whatever zone the machine is set to. */
export function shortInstant(at: string): string {
  const instant = Date.parse(at);
  return Number.isNaN(instant) ? at : minuteInChina(instant);
}

/** In place of a text that may say anything of anybody. */
export const hiddenText = '（已隐去）';

/** Where the title of a record would stand whose content was taken out. */
export const strippedWords = { sealed: '（已封存）', destroyed: '（已销毁）' } as const;

/** How a law numbers what was put between two articles: 第133条之一. */
export const articleSubs = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
export const articleName = (number: number, sub: string): string => `第${number}条${sub && `之${sub}`}`;

/** Whoever waits for a quarter of an hour need not count its seconds. */
export const waitWords = (seconds: number) =>
  seconds < 120 ? ` ${seconds} 秒` : ` ${Math.ceil(seconds / 60)} 分钟`;
