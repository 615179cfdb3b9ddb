import type { ResolvedDocument } from '../document/resolved.ts';
import { asDay, dayOfMonth, monthOf, yearOf } from '../domain/day.ts';
import type { EnquiryAuthority, EnquiryOutcome, SealBasis, SealKind } from '../domain/sealing.ts';
import { stillHeld } from './keeping-copies.ts';

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
  acts: '操作',
  enquiryNumber: (year: number, number: number) => `封存查询〔${year}〕${number}号`,
  rowOf: (title: string, at: number) => `${title}（${at}）`,
  details: '封存管理的内容',
  intro:
    '封存后，记录的内容另用密钥加密保存，台账里只留编号、种类和“已封存”；查找、列表、人员卡片、打印、导出都不再出现，统计仍然计数。封存、解除封存和查询都须两个账号经办，并记入操作日志。',
  alone:
    '本单位目前没有另一个可以确认的账号（负责人或者管理员）。请由安全管理人员在“账号”里再设一个，之后才能办理封存和答复查询；没有人手的，登记上级的名片后，可以请上级作封存、解除封存的第二个账号。',
  unsealWaits: '已申请解除，待确认',
  notReady: '恢复密钥还打不开封存内容，暂时不能封存。请先用恢复密钥登录一次。',
  open: '申请封存',
  how: '要封存一条记录，请先打开它，再点上方的“申请封存”。',
  applyTitle: (kind: string, number: string) => `申请${kind}：${number}`,
  settleTitle: (kind: string, number: string) => `${kind}：${number}`,
  basis: '法律依据',
  reason: '理由',
  reasonHint: '写明为什么封存或者解除封存。理由也加密保存，只有确认的人能看。',
  withParts: (parts: readonly string[]) => `随同一并封存：${parts.join('、')}。`,
  counted: (noun: string, count: number) => `${noun} ${count} 件`,
  alsoSealed: (noun: string, number: string | null, day: string) =>
    `同一个人的${noun}${number === null ? '' : `（${number}）`}，${day}登记，还没有关联到这份档案：一并申请封存`,
  certificate: '封存登记表',
  certificateLabel: (number: string) => `${number} 的封存登记表：`,
  print: '登记表',
  apply: '提交申请',
  applied: '已提交申请，等待另一位负责人或者管理员确认。',
  requests: '待确认的申请',
  noRequests: '没有待确认的申请。',
  what: '申请事项',
  ledger: '台账',
  number: '编号',
  noNumber: '（无编号）',
  by: '申请人',
  at: '申请时间',
  read: '看理由',
  reasonOf: (number: string, reason: string) => `${number} 的申请理由：${reason}`,
  confirm: '确认',
  refuse: '退回',
  withdraw: '撤回',
  wait: '等待他人确认',
  confirmSure: {
    seal: (number: string) =>
      `封存 ${number} 后，它的内容、笔录、文书和附件在台账里都看不到了，只能凭查询登记查看或者解除封存。${stillHeld('它的内容')}恢复旧备份时程序会重新封存。`,
    unseal: (number: string) => `解除封存后，${number} 的全部内容回到台账，有权限的账号都能看到。`,
  },
  confirmed: {
    seal: (number: string) => `${number} 已封存。`,
    unseal: (number: string) => `${number} 已解除封存，内容回到台账。`,
  },
  refuseTitle: (kind: string, number: string) => `退回申请：${kind} ${number}`,
  refuseSure: (by: string) => `退回后记录不变；${by}要办理的，须重新申请。`,
  refused: '申请已退回，记录没有变动。',
  withdrawn: '申请已撤回。',
  sealed: '已封存的记录',
  noSealed: '还没有封存的记录。',
  unit: '单位',
  sealedAt: '封存时间',
  people: '申请／确认',
  note: '备注',
  againNote: (at: string) => `恢复旧备份后，于 ${at} 重新封存`,
  unseal: '申请解除封存',
  enquiries: '查询登记',
  noEnquiries: '还没有查询登记。有单位凭公函来查询，或者本人申请出具证明时，请先在这里登记。',
  addEnquiry: '登记查询',
  newEnquiry: '登记查询',
  asker: '查询单位或者申请人',
  person: '经办人（证件已核对）',
  authority: '查询依据',
  document: '公函文号或者申请书',
  documentHint: '例如“×检函〔2025〕12号”；本人申请时写“本人申请”。',
  subject: '被查询人姓名',
  idNumber: '被查询人证件号码',
  partialHint: '只有一部分号码：只按姓名查找，这部分号码不单独作为依据。',
  purpose: '查询事由和使用范围',
  register: '登记',
  registered: (number: string) => `已登记${number}，请另一位负责人或者管理员核对、答复。`,
  askedBy: '查询人',
  letter: '公函',
  enquiry: '登记号',
  outcome: '答复',
  chooseOutcome: '请选择答复',
  noneAgainst: '上面勾选了封存记录。确认都与被查询人无关或者都不能提供的，请先取消勾选，再作这项答复。',
  waiting: '待答复',
  check: '核对、答复',
  look: '查看答复',
  openEnquiry: '核对被查询人和记录',
  registeredAt: '登记时间',
  clerks: '登记／答复',
  both: (first: string, second: string | null) => `${first}／${second ?? '—'}`,
  answeredAt: (outcome: string, at: string) => `${outcome}（${at}）。`,
  answered: (text: string) => `答复意见：${text}`,
  found: '台账里有关的封存记录',
  foundNone: '没有有关的封存记录。',
  unreadable: (numbers: readonly string[]) =>
    `下列封存记录读不出来，不知道是否与被查询人有关：${numbers.join('、')}。答复前请先“检查台账”，必要时从备份修复。`,
  selfAsker: '本人或者法定代理人（姓名加密保存）',
  selfDocument: '（加密保存）',
  askedFor: (asker: string) => `申请人：${asker}`,
  asked: (person: string, purpose: string) => `经办人：${person}。事由：${purpose}`,
  about: (name: string, idNumber: string | undefined, isPartial: boolean) =>
    idNumber === undefined
      ? `被查询人：${name}`
      : `被查询人：${name}，${isPartial ? '部分证件号码' : '证件号码'} ${idNumber}`,
  partial:
    '查询单位只提供了部分证件号码。下面是按姓名查到的，可能有同名的人；请先核对是不是同一个人，再答复。',
  agrees: '记录里有这部分号码',
  agreesNot: '记录里没有这部分号码',
  letterOf: (document: string) => `公函或者申请书：${document}`,
  answer: '理由或者附加要求',
  answerHint: '不许可查询时必须写明理由；会印在答复文书上。',
  give: '答复',
  given: (number: string) => `${number}已答复，可以打印答复文书。`,
  own: '这件查询是本账号登记的，须由另一位负责人或者管理员答复。',
  view: '查看内容',
  until: (at: string) => `可查看到 ${at}。`,
  paper: '答复文书',
  paperLabel: '答复文书：',
  content: (number: string) => `封存内容：${number}`,
  contentHint: '只能用于这次查询。每次查看都记入操作日志。',
  files: (titles: string) => `附件（要看原件须解除封存）：${titles}`,
  empty: '（无内容）',
  stripped: (count: number) => `另有 ${count} 件已封存或者销毁，只计数，不列出。`,
} as const;

type Paper = {
  number: string;
  unit: string;
  asker: string;
  authority: EnquiryAuthority;
  document: string;
  name: string;
  idNumber?: string | undefined;
  isPartial: boolean;
  purpose: string;
  outcome: EnquiryOutcome;
  answer: string | null;
  numbers: readonly string[];
  /** On what the records shown were sealed. */
  bases: readonly SealBasis[];
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
  const numberLabel = paper.isPartial ? '所提供的部分证件号码' : '证件号码';
  const who =
    paper.idNumber === undefined ? paper.name : `${paper.name}（${numberLabel}：${paper.idNumber}）`;
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

/** The articles on which a record is sealed; mediation and the survey of disputes are the only registers that are. */
const sealArticles: Readonly<Partial<Record<SealBasis, string>>> = {
  minorCrime: '《中华人民共和国刑事诉讼法》第二百八十六条',
  minorOther: '《中华人民共和国预防未成年人犯罪法》第五十九条',
  securityCase: '《中华人民共和国治安管理处罚法》第一百三十六条',
  ownDecision: '《中华人民共和国人民调解法》第十五条和本单位的保密决定',
};

function bodyOf({ outcome, numbers, bases }: Paper): string[] {
  switch (outcome) {
    case 'shown':
      return [
        `经审核，许可查询下列依照${bases.map((basis) => sealArticles[basis] ?? '').join('、')}封存的记录：${numbers.join('、')}。`,
        '查询所得只能用于申请载明的事由和范围，并应当保密，不得向其他单位和个人提供。违反规定的，依法承担责任。',
      ];
    case 'refused':
      return ['经审核，不符合法律规定的查询条件，决定不许可查询。理由如下：'];
    case 'none':
      return ['经查询，本单位没有可以提供的有关记录。', '特此证明。'];
  }
}
