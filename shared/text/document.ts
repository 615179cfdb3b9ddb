import type { DocumentFinding } from '#shared/document/findings.ts';

const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const;

/** 1 to 99 as Chinese numerals, as headings count. */
export function chineseNumeral(number: number): string {
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  const head = tens === 0 ? '' : `${tens === 1 ? '' : (digits[tens] ?? '')}十`;
  return head + (ones === 0 && tens > 0 ? '' : (digits[ones] ?? ''));
}

/** The marks of the four heading levels, GB/T 9704 7.3.3. */
export const headingMarks = {
  1: (number: number) => `${chineseNumeral(number)}、`,
  2: (number: number) => `（${chineseNumeral(number)}）`,
  3: (number: number) => `${number}.`,
  4: (number: number) => `（${number}）`,
} as const;

export const documentText = {
  reasoned: (value: string, reason: string) => `${value}（${reason}）`,
  missing: (name: string) => `【待填：${name}】`,
  signer: '签发人：',
  attachment: '附件：',
} as const;

/** Patterns of official wording, GB/T 9704 7.2.5, 7.3.5.4, 7.3.3, 7.3.4. */
export const documentPatterns = {
  documentNumber: /^[^\s〔〕]+〔20\d{2}〕[1-9]\d*号$/,
  date: /^\d{4}年[1-9]\d?月[1-9]\d?日$/,
  typedMark: /^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.．]|[（(]\d+[）)])/,
  halfWidthMark: /^\([一二三四五六七八九十\d]+\)/,
  endsWithMark: /[，。、；：！？,.;:!?]$/,
  addresseeEnd: '：',
} as const;

/** What is wrong with a document, to whom to turn, in one sentence for each. */
export function findingText(finding: DocumentFinding): string {
  switch (finding.kind) {
    case 'figureMissing':
      return `“${finding.name}”还没有数据，文中已留出待填标记；请向${finding.suppliedBy}收集后填入。`;
    case 'figureUntold':
      return `“${finding.name}”人数太少，对外不写具体数字，文中以“${finding.printed}”代替；请把这一句改成不带人数的说法。`;
    case 'figureUnknown':
      return `模板引用了指标目录中没有的指标 ${finding.code}；请修改模板或者更新指标目录。`;
    case 'figureUnused':
      return `模板中没有句子写到“${finding.name}”；请在相应小节补上，或者在指标目录中标明不进报告。`;
    case 'figureRepeated':
      return `“${finding.name}”在文中出现了 ${finding.times} 次；请确认是否重复。`;
    case 'printedDisagrees':
      return `“${finding.name}”的书写形式“${finding.printed}”与保存的数值 ${finding.value} 不一致；请核对后重新填写。`;
    case 'twoValues':
      return `“${finding.name}”登记簿算得 ${finding.ledger}，手工填报 ${finding.manual}，文中用的是手工数；请确认采用哪一个。`;
    case 'fieldMissing':
      return `“${finding.label}”没有填写，文中已留出待填标记；请在报告信息中填写。`;
    case 'partMissing':
      return `报告缺少“${finding.label}”部分；按规定应当单列，请在模板中补上。`;
    case 'headingJump':
      return `标题“${finding.heading}”跳过了一级；请调整标题层次。`;
    case 'headingMark':
      return `标题“${finding.heading}”的序号应为“${finding.expected}”；请改正。`;
    case 'headingHalfWidth':
      return `标题“${finding.heading}”用了半角括号；请改用全角括号。`;
    case 'documentNumber':
      return `发文字号“${finding.text}”不合规范；应写作“机关代字〔年份〕序号号”，年份用六角括号，序号不编虚位。`;
    case 'date':
      return `成文日期“${finding.text}”不合规范；应写作“2024年2月28日”这样的阿拉伯数字全称。`;
    case 'addressee':
      return `主送机关“${finding.text}”末尾应为全角冒号；请改正。`;
    case 'attachmentName':
      return `附件名称“${finding.text}”末尾不应有标点；请删去。`;
    case 'signerMissing':
      return '上行文应当标注签发人；请填写签发人姓名。';
  }
}
