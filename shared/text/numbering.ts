/** Words of the numbers of records: settings, blocks, paper numbers. */

import { assertNever } from '#shared/api/errors.ts';
import type { PatternProblem } from '#shared/domain/case-number.ts';

const slotNames: Readonly<Record<string, string>> = { year: '年份', prefix: '简称', n: '序号' };

/** What is wrong with a pattern that somebody typed, as part of a sentence. */
export function patternProblemText(problem: PatternProblem): string {
  switch (problem.problem) {
    case 'pattern-slot-missing':
      return `缺少{${problem.slot}}（${slotNames[problem.slot]}）`;
    case 'pattern-slot-twice':
      return `{${problem.slot}}（${slotNames[problem.slot]}）写了两次`;
    case 'pattern-slot-unknown':
      return `不认识{${problem.slot}}，只能用{year}、{prefix}、{n}，或者{n:3}这样补足三位`;
    default:
      return assertNever(problem);
  }
}

export const codeProblems = {
  unreadable: '不是本台账的领取码，或者没有复制完整',
  elsewhere: '是给另一台电脑的',
} as const;
