import { cleanLine } from './text-normalise.ts';

/** Names out of text that was pasted from a table or typed, for papers of one a person. */

const han = /^\p{Script=Han}$/u;
const heading = /^(?:序号|编号|姓名|名称|当事人|收件人)$/;
const parts = /[\t、，,;；|｜]+/;

/** A name has a letter and no digit: 欧阳建国, Айгуль, 甲公司. */
const isName = (text: string) => /\p{L}/u.test(text) && !/\d/.test(text);

/** 张 三 is one name; other blanks inside stay. */
const joined = (text: string): string => {
  const [one = '', two = '', ...more] = text.split(/\s+/);
  return more.length === 0 && han.test(one) && han.test(two) ? one + two : text;
};

/**
 * A line of a table gives its first name; a line of names alone gives all of them. Two who are called the same stay two:
 * each gets a paper.
 */
export function namesIn(text: string): string[] {
  return text.split(/\r\n|\r|\n/).flatMap((line) => {
    const cells = line.split(parts).map((cell) => joined(cleanLine(cell)));
    if (cells.some((cell) => heading.test(cell))) return [];
    const told = cells.filter((cell) => cell !== '');
    const isTable = line.includes('\t') || /\d{5}/.test(line);
    const names = told.filter(isName);
    return isTable ? names.slice(0, 1) : names;
  });
}
