import type { ResolvedDocument } from '../document/resolved.ts';
import { asDay, dayOfMonth, monthOf, yearOf } from '../domain/day.ts';
import type { EnquiryAuthority, EnquiryOutcome, SealBasis, SealKind } from '../domain/sealing.ts';

/** Words of sealing (封存). */
export const sealKindNames: Readonly<Record<SealKind, string>> = { seal: '封存', unseal: '解除封存' };

export const sealBasisNames: Readonly<Record<SealBasis, string>> = {
  minorCrime: '未成年人犯罪记录（刑事诉讼法第286条）',
  minorOther: '未成年人不起诉、专门教育、行政处罚等记录（预防未成年人犯罪法第59条）',
  securityCase: '治安违法记录（治安管理处罚法第136条）',
  ownDecision: '本单位决定保密的纠纷、援助事项（人民调解法第15条、法律援助法第21条）',
  lawfulEnd: '依法不再符合封存条件（未成年人犯罪记录封存实施办法）',
  decisionWithdrawn: '本单位撤销原封存决定',
  mistaken: '封存错了记录',
};

export const authorityNames: Readonly<Record<EnquiryAuthority, string>> = {
  caseWork: '司法机关为办案需要',
  stateRule: '有关单位根据国家规定',
  self: '本人或者法定代理人申请',
};

export const outcomeNames: Readonly<Record<EnquiryOutcome, string>> = {
  shown: '许可查询',
  refused: '不许可查询',
  none: '没有可以提供的记录',
};

export const sealingText = {
  title: '封存管理',
  enquiryNumber: (year: number, number: number) => `封存查询〔${year}〕${number}号`,
  rowOf: (title: string, at: number) => `${title}（${at}）`,
} as const;

type Paper = {
  number: string;
  unit: string;
  asker: string;
  authority: EnquiryAuthority;
  document: string;
  name: string;
  idNumber?: string | undefined;
  purpose: string;
  outcome: EnquiryOutcome;
  answer: string | null;
  numbers: readonly string[];
  on: string;
};

const paperTitles: Readonly<Record<EnquiryOutcome, string>> = {
  shown: '许可查询封存记录通知书',
  refused: '不许可查询封存记录决定书',
  none: '查询结果证明',
};

/**
 * The written answer to an enquiry (刑事诉讼法 286 ¶2; 未成年人犯罪记录封存实施办法: permission and refusal in writing, and
 * to whom it concerns the statement that there is nothing to give). The statement says nothing of what is sealed: also
 * where something is, whoever may not know of it is told the same as where nothing is.
 */
export function enquiryPaper(paper: Paper): ResolvedDocument {
  const title = paperTitles[paper.outcome];
  const run = (text: string) => [{ text }];
  const paragraph = (text: string) => ({ block: 'paragraph' as const, lead: [], runs: run(text) });
  const who = paper.idNumber === undefined ? paper.name : `${paper.name}（证件号码：${paper.idNumber}）`;
  const asked = `你${paper.authority === 'self' ? '' : '单位'}以“${paper.document}”申请查询${who}的有关记录，查询事由：${paper.purpose}。`;
  const day = asDay(paper.on);
  return {
    title,
    page: 'official',
    isUnnumbered: true,
    blocks: [
      { block: 'title', runs: run(title) },
      {
        block: 'line',
        runs: run(paper.number),
        indent: 0,
        align: 'center',
        keep: true,
      },
      { block: 'blank', lines: 1 },
      { block: 'addressee', runs: run(`${paper.asker}：`) },
      paragraph(asked),
      ...bodyOf(paper).map(paragraph),
      ...(paper.answer === null ? [] : [paragraph(paper.answer)]),
      { block: 'blank', lines: 1 },
      {
        block: 'signature',
        unit: run(paper.unit),
        date: run(`${yearOf(day)}年${monthOf(day)}月${dayOfMonth(day)}日`),
        sealed: true,
      },
    ],
  };
}

function bodyOf({ outcome, numbers }: Paper): string[] {
  switch (outcome) {
    case 'shown':
      return [
        `经审核，符合《中华人民共和国刑事诉讼法》第二百八十六条等规定的查询条件，许可查询下列封存记录：${numbers.join('、')}。`,
        '查询所得只能用于申请载明的事由和范围，并应当保密，不得向其他单位和个人提供。违反规定的，依法承担责任。',
      ];
    case 'refused':
      return ['经审核，不符合法律规定的查询条件，决定不许可查询。理由如下：'];
    case 'none':
      return ['经查询，本单位没有可以提供的有关记录。', '特此证明。'];
  }
}
