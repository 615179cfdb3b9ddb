/**
 * The words that stand around a printed figure in official Chinese. They are data of the language, so they
 * live here; `shared/domain/figures.ts` reads and writes printed figures with them.
 */
export const figureWords = {
  /** Words before the number. Longer ones first, so that a word is never cut in two. */
  before: [
    '先后',
    '超过',
    '突破',
    '达到',
    '将近',
    '接近',
    '大约',
    '累计',
    '共计',
    '合计',
    '至少',
    '不少于',
    '不低于',
    '不足',
    '不到',
    '多达',
    '高达',
    '超',
    '近',
    '约',
    '逾',
    '达',
    '共',
  ],
  /** Words between the number (or its scale) and the unit. */
  between: ['余', '多'],
  /** Words after the unit. */
  after: ['以上', '以下', '左右', '上下', '之多', '以内'],
  /** Signs of a negative number, which no counted figure may carry. */
  minus: ['-', '−', '–', '—', '负'],
  /** Scale words and the power of ten they stand for. Longer ones first. */
  scales: [
    ['万亿', 12],
    ['千万', 7],
    ['百万', 6],
    ['亿', 8],
    ['万', 4],
    ['千', 3],
    ['百', 2],
  ],
  /** Units that may carry a fraction: money, time, area, length. All others count whole things. */
  fractional: ['%', '元', '天', '小时', '亩', '公顷', '公里', '吨', '平方米', '倍', '百分点'],
} as const satisfies {
  before: readonly string[];
  between: readonly string[];
  after: readonly string[];
  minus: readonly string[];
  scales: readonly (readonly [string, number])[];
  fractional: readonly string[];
};
