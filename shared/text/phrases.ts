import { chineseDay } from '#shared/domain/chinese-date.ts';
import { type Day, isDay } from '#shared/domain/day.ts';
import { yuanText } from '#shared/domain/money.ts';
import { isEmpty } from '#shared/kinds/conditions.ts';
import { commonText } from './window.ts';

/** Words of the phrases and clauses (常用语) and of the list that offers them. */

type Content = Readonly<Record<string, unknown>>;

const namesOf = (content: Content, side: string): string | null => {
  const rows = Array.isArray(content.parties) ? (content.parties as Content[]) : [];
  const names = rows.filter((row) => row.side === side && !isEmpty(row.name)).map((row) => String(row.name));
  return names.length === 0 ? null : names.join(commonText.comma);
};

const firstDay = (...values: unknown[]): string | null => {
  const day = values.find((value) => isDay(value));
  return day === undefined ? null : chineseDay(day as Day);
};

const firstText = (...values: unknown[]): string | null => {
  const text = values.find((value) => !isEmpty(value));
  return text === undefined ? null : String(text);
};

/** The places that a phrase may name, and what a record says of each; null where it does not say. */
const places: Readonly<Record<string, (content: Content) => string | null>> = {
  申请人: (content) => namesOf(content, 'applicant'),
  被申请人: (content) => namesOf(content, 'respondent'),
  金额: ({ amountFen, involvedFen }) => {
    const fen = [amountFen, involvedFen].find((value) => typeof value === 'number');
    return typeof fen === 'number' ? `${yuanText(fen)}元` : null;
  },
  期限: ({ performBy }) => firstDay(performBy),
  日期: ({ occurredOn, foundOn, acceptedOn }) => firstDay(occurredOn, foundOn, acceptedOn),
  地点: ({ place, mediationPlace }) => firstText(place, mediationPlace),
};

export const phrasePlaces: readonly string[] = Object.keys(places);

/** What a record says of a place; undefined for words in braces that are no place. */
export function placeValue(content: Content, place: string): string | null | undefined {
  return Object.hasOwn(places, place) ? (places[place]?.(content) ?? null) : undefined;
}

export const phraseText = {
  open: '常用语',
  key: 'Alt+/',
  title: (label: string) => `插入常用语：${label}`,
  hint: '输入关键词或者拼音首字母，回车插入，Esc 关闭',
  own: '本单位',
  general: '通用',
  nothing: '没有相符的常用语。可以换个词，或者在“常用语”台账里添加。',
} as const;
