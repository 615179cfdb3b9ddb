import data from '#seeds/law/criminal-articles.json' with { type: 'json' };
import { articleName, articleSubs } from '#shared/text/words.ts';

/**
 * Articles of the special part of 刑法 (分则) and the type of crime that statistics count them under. The types are the
 * chapters of the special part; chapter ten (军人违反职责罪) is counted under 其他.
 */

export type CriminalArticle = {
  /** As the law writes it: 第二百八十七条之一 is '第287条之一'. */
  name: string;
  number: number;
  /** 0 for the article itself, 1 for 之一. */
  sub: number;
  /** A code of the list crimeType. */
  crimeType: string;
  /** The article stands in the program's list as one that is in force. */
  isListed: boolean;
};

type Read = { ok: true; article: CriminalArticle } | { ok: false };

const shape =
  /^(?:刑法)?第?\s*(\d{1,3})\s*条?\s*(?:(?:之|-|\.|_)\s*([一二三四五六七八九]|\d))?\s*条?(?:第.{1,3}款)?$/;

/** '264', '第264条', '133之一', '第一百三十三条之一' with digits. What is no article of the special part is not ok. */
export function readCriminalArticle(text: string): Read {
  const found = shape.exec(text.normalize('NFKC').trim());
  if (!found) return { ok: false };
  const number = Number(found[1]);
  const word = found[2] ?? '';
  const sub = /\d/.test(word) ? Number(word) : Math.max(0, articleSubs.indexOf(word));
  const chapter = data.chapters.find(({ from, to }) => number >= from && number <= to);
  if (!chapter) return { ok: false };
  const isListed =
    sub === 0 ? !data.repealed.includes(number) : sub <= (data.subs[`${number}` as '120'] ?? 0);
  const name = articleName(number, articleSubs[sub] ?? '');
  return { ok: true, article: { name, number, sub, crimeType: chapter.crimeType, isListed } };
}

/** The type of crime of an article; null where there is none, or no article of the special part. */
export function crimeTypeOf(article: unknown): string | null {
  const read = typeof article === 'string' ? readCriminalArticle(article) : null;
  return read?.ok ? read.article.crimeType : null;
}
