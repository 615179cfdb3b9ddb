import { chineseNumeral } from '#shared/text/document.ts';

/** Words that the papers of a case are put together from, and those of the screen that makes them. */

export const paperWords = {
  comma: '、',
  and: '与',
  to: '至',
  side: (label: string, index: number, count: number) =>
    count > 1 ? `${label}（${chineseNumeral(index + 1)}）` : label,
  applicant: '申请人',
  respondent: '被申请人',
  sexes: { '1': '男', '2': '女' } as Readonly<Record<string, string>>,
  age: (years: number) => `${years}岁`,
  sexAge: (parts: readonly string[]) => parts.map((part) => `，${part}`).join(''),
  identity: (number: string) => `，身份证号码${number}`,
  credit: (code: string) => `，统一社会信用代码${code}`,
  representative: (name: string) => `，法定代表人（负责人）${name}`,
  lives: (address: string) => `，住${address}`,
  seated: (address: string) => `，住所${address}`,
  phone: (number: string) => `，电话${number}`,
  amount: (figures: string, capitals: string) => `${figures}元（大写：人民币${capitals}）`,
  emptyDay: '　　　　年　　月　　日',
  sources: {
    application: '当事人申请',
    initiative: '人民调解委员会主动调解',
    referral: '接受委托移送',
  },
  mark: (label: string, isChosen: boolean) => `（${isChosen ? '√' : '　'}）${label}`,
  markGap: '\n',
  referredBy: (label: string) => `（${label}）`,
  agreedWritten: '各方当事人自愿达成调解协议，签订人民调解协议书。',
  agreedOral: '各方当事人自愿达成口头调解协议，由人民调解员记录协议内容。',
  notAgreed: (reason: string) =>
    `${reason === '' ? '' : `因${reason}，`}未达成调解协议，调解终止；已告知当事人可以依法通过仲裁、行政、司法等途径维护自己的权利。`,
  reasonOf: {
    withdrawn: '当事人撤回申请',
    terminated: '调解终止',
    failed: '',
    transferred: '纠纷移送其他途径',
  } as Readonly<Record<string, string>>,
  numbered: (index: number, text: string) => `${index + 1}.${text}`,
  isNumbered: /^(?:\d+[.．、]|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)/,
  dossier: (title: string) => `${title}案卷`,
  scanned: (pages: number) => `附件${pages}页`,
  groupOnly: ['市辖区', '县', '省直辖县级行政区划', '自治区直辖县级行政区划'] as readonly string[],
} as const;
