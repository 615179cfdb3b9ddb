import { chineseNumeral } from '#shared/text/document.ts';

/** Words that the papers of a case are put together from, and those of the screen that makes them. */

export const paperWords = {
  comma: '、',
  waived: '不适用',
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
  fromTo: (from: string, to: string) => `自${from}起至${to}止`,
  /** 二年六个月 */
  months: (count: number) => {
    const [years, months] = [Math.floor(count / 12), count % 12];
    const rest = months > 0 ? `${chineseNumeral(months)}个月` : '';
    return (years > 0 ? `${chineseNumeral(years)}年` : '') + rest;
  },
  rowOf: (index: number) => `第${index + 1}次`,
  releaseRecipients: [
    { recipient: '社区矫正决定机关', isOrgan: 'yes' },
    { recipient: '执行地人民检察院' },
    { recipient: '执行地公安机关' },
  ] as readonly Readonly<Record<string, string>>[],
  emptyDay: '　　　　年　　月　　日',
  sources: {
    application: '当事人申请',
    initiative: '人民调解委员会主动调解',
    referral: '接受委托移送',
  },
  mark: (label: string, isChosen: boolean) => `（${isChosen ? '√' : '　'}）${label}`,
  markGap: '\n',
  referredBy: (label: string) => `（${label}）`,
  referralKinds: { assigned: '委派', entrusted: '委托' } as Readonly<Record<string, string>>,
  /** 金塔县人民法院委派调解（2025年2月20日，〔2025〕甘0921诉前调12号） */
  referral: (court: string, how: string | undefined, letter: readonly (string | undefined)[]) => {
    const said = letter.filter((part) => part !== undefined);
    return `${court}${how ?? '移送'}调解${said.length > 0 ? `（${said.join('，')}）` : ''}`;
  },
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
  caseNo: (number: string) => `案号：${number}`,
  dossier: (title: string) => `${title}案卷`,
  volume: (name: string, volume: string) => `${name}${volume}`,
  ownPiece: (label: string, pages: string) => `${label}${label === '' ? '' : '；'}本单位格式，另附${pages}`,
  pages: (count: number) => `${count}页`,
  aboutPages: (count: number) => `约${count}页`,
  ownSheet: [
    '本单位格式的文书，份数：一份',
    '本页编入案卷页码；该文书另行打印，装订在本页之后，自有页码，不计入案卷页码。',
  ] as readonly string[],
  ownSheetPages: (pages: string) => `页数：${pages}`,
  scanPage: (page: number, of: number) => `第${page}页，共${of}页`,
  scanPages: (count: number) => `共${count}页`,
  scanHere: '附件扫描件，另存为 PDF 或者打印时装入此处。',
  scanBeside: '附件扫描件的格式不能放进文书，请另行打印，换下本页。',
  scanPdf: '附件为 PDF，请打开附件另行打印，换下本页。',
  scanned: (pages: number) => `附件${pages}页`,
  groupOnly: ['市辖区', '县', '省直辖县级行政区划', '自治区直辖县级行政区划'] as readonly string[],
} as const;

export const paperText = {
  alwaysVeiled:
    '本账号看到的姓名、证件号码等是隐去的；文书写的是全文，所以这里不显示。要看时，请由能看全文的账号打开。',
  tab: '文书',
  list: '案卷文书',
  none: '按现在登记的内容，这条记录没有需要制作的文书。',
  preview: '文书预览',
  required: '必须',
  asNeeded: '按需',
  missing: (labels: readonly string[]) => `还空着：${labels.join('、')}。出具后留空，由人填写。`,
  blankText: (labels: readonly string[]) =>
    `${labels.map((label) => `“${label}”`).join('、')}里还有没填的空（＿＿），会照样印出来。请先回到登记内容里补填；要留着手写的，可以照样制作。`,
  blankTexts: (papers: readonly { title: string; labels: readonly string[] }[]) =>
    `还有没填的空（＿＿），会照样印出来：${papers
      .map(({ title, labels }) => `${title}的${labels.map((label) => `“${label}”`).join('、')}`)
      .join('，')}。请先补填；要留着手写的，可以照样制作。`,
  complete: '应填的内容都已具备。',
  issued: (times: number) => `已出具 ${times} 次`,
  notIssued: '未出具',
  history: '出具记录',
  noHistory: '这种文书还没有出具过。',
  issuedLine: (at: string, by: string, version: number, isOwn: boolean) =>
    `${at}　${by}　${isOwn ? '本单位模板' : '模板'}第 ${version} 版`,
  hash: (hash: string) => `校验值 ${hash.slice(0, 12)}`,
  dossier: '整卷',
  dossierHint: '封面、目录和全部应装文书，连续编页',
  wording: '用哪种格式',
  own: (version: number) => `本单位模板第 ${version} 版`,
  ownOfFile: '含本单位模板',
  house: '通用格式',
  ownLayout: '本单位模板的版式以 Word 或 WPS 打开为准，这里只核对文字；请保存为 Word 后打印。',
  pieces: '装入案卷的文书',
  piecesUsual: '恢复应装文书',
  blank: '空白文书',
  unitBlank: '对方为单位',
  current: '按案件现状',
  reprint: '按原样重新保存',
  addNote: '登记笔录',
  takeNumber: '编文号',
  saveFirst: '登记内容改过还没有保存，请先保存再编文号',
  numberTaken: (number: string) => `已编文号：${number}`,
  saveTitle: (title: string) => `保存${title}`,
  pdfBeside: (titles: readonly string[]) =>
    titles.length === 0
      ? ''
      : `附件${titles.map((title) => `“${title}”`).join('、')}是加密的 PDF，不能并入，已在原处留出占位页，请另行打印后换下。`,
  dossierMissing: (titles: readonly string[]) =>
    `案卷还缺必须的${titles.map((title) => `“${title}”`).join('、')}。可以照样制作，补齐后再出一份。`,
  pdfOnPaper: (titles: readonly string[]) =>
    `附件${titles.map((title) => `“${title}”`).join('、')}是 PDF：另存为 PDF 时并入案卷；直接打印和保存为 Word 时留占位页，请另行打印后换下。`,
  ownPages: (title: string) => `“${title}”用本单位模板，实际页数（排版后可在 Word 里看到）：`,
  ownPagesOf: (title: string) => `“${title}”的实际页数`,
  aboutPages: (pages: number) => `约 ${pages} 页`,
  same: (file: string) => `已保存：${file}，与出具时完全一致。`,
  notSame: (file: string) => `已保存：${file}，文字与出具时一致，版式由新版程序生成。`,
  cancelledKept: '已取消打印。文书已留在出具记录里，内容不变时再打印仍是这一份。',
  dossierSaved: (file: string, pieces: number, pages: number, beside: number) =>
    `已保存：${file}，收入 ${pieces} 件，共 ${pages} 页${beside > 0 ? `；其中 ${beside} 件用本单位模板，另存在旁边` : ''}。`,
  viewing: (title: string) => `正在看：${title}`,
  openPart: '打开这份文书所属的登记',
  openOf: (noun: string, day: string) => `打开 ${day} 的${noun}`,
} as const;

export const paperDayText = {
  title: '停电备用文书',
  open: '制作停电备用文书',
  details: '选择号码和文书',
  hint: '停电或者外出时先用纸质文书办理：每个预留案号一套空白文书，来电后录入案件时填这个案号。',
  numbers: '案号',
  reserve: '新预留',
  useFree: (count: number) => `用已预留、还没有录入的（${count} 个）`,
  papers: '文书',
  form: '格式',
  isUnit: '对方为单位',
  nothing: '请至少选择一种文书。',
  forms: (numbers: number, papers: number) =>
    `${numbers} 个案号，每个 ${papers} 种文书，共 ${numbers * papers} 份。`,
  tooMany: (forms: number, most: number) => `共 ${forms} 份，一次最多 ${most} 份，请减少号码或者文书。`,
  saveTitle: '保存停电备用文书',
  fileName: (day: string) => `停电备用文书 ${day}`,
  preview: '备用文书预览',
  cancelled: (numbers: number) => `已取消打印。${numbers} 个案号仍是预留的，可以再打印，也可以直接使用。`,
  done: (forms: number, pages: number | null, first: string, last: string) =>
    `已制作 ${forms} 份${pages === null ? '' : `，共 ${pages} 页`}，案号 ${first}${first === last ? '' : ` 至 ${last}`}。`,
} as const;
