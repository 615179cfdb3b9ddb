import { assertNever, type Called, type FieldProblem } from '#shared/api/errors.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { inWindow, type Reader } from './reader.ts';

/** Faults of an identity number or credit code, as `shared/domain` names them. */
const faults: Readonly<Record<string, string>> = {
  'identity-shape': '位数不对，应为18位（旧证15位）',
  'identity-check': '最后一位校验码不符，请对照证件逐位核对',
  'identity-birth': '其中的出生日期不存在',
  'identity-age': '其中的出生日期不合理',
  'identity-sex': '与所填性别不一致',
  'identity-legacy': '是旧的15位号码，请核对是否已换发',
  'identity-area': '前六位不是已知的区划代码',
  'credit-shape': '应为18位数字和大写字母（不含 I、O、S、V、Z）',
  'credit-check': '最后一位校验码不符，请对照证照逐位核对',
  'credit-organisation': '第17位校验码不符，请对照证照逐位核对',
};

export const levelNames: Readonly<Record<string, string>> = {
  station: '司法所',
  county: '县级社区矫正机构',
  city: '市级社区矫正机构',
  province: '省级社区矫正机构',
};

/** A record that the reader does not see: that there is one, and nothing more of it. */
const elsewhere = '别的单位登记的一条记录';
const calledText = (called: Called) => (called === null ? elsewhere : `“${called}”`);

/**
 * What is wrong with one field, as a sentence.
 * @param label what the screen calls the field
 * @param labelOf what it calls another field of the same record
 * @param reads where the sentence is read
 */
export function problemText(
  problem: FieldProblem,
  label: string,
  labelOf: (field: string) => string,
  reads: Reader = inWindow,
): string {
  switch (problem.problem) {
    case 'required':
      return `请填写${label}。`;
    case 'too-long':
      return `${label}最多 ${problem.max} 个字，请缩短。`;
    case 'impossible-date':
      return `${label}“${problem.text}”不是存在的日期，请改正。`;
    case 'in-future':
      return `${label}不能晚于今天（${problem.day}），请改正。`;
    case 'too-long-ago':
      return `${label}不会是 ${problem.day}，年份太早，请核对年份后改正。`;
    case 'not-a-day':
      return `${label}“${problem.text}”看不出是哪一天，请写成 20250301 或者 2025-3-1。`;
    case 'before':
      return `${label}不能早于${labelOf(problem.other)}（${problem.day}），请改正其中一个。`;
    case 'early':
      return `${label}早于${labelOf(problem.other)}（${problem.day}），请核对；确实如此的不用改。`;
    case 'late':
      return `${label}晚于 ${problem.until}，即自${labelOf(problem.other)}（${problem.day}）起算的最后一日。${problem.why}`;
    case 'unusual':
      return `${label}与${labelOf(problem.other)}一般不会同时这样，请核对；确实如此的不用改。`;
    case 'of-another':
      return `${label}登记在另一个${labelOf(problem.other)}名下，请核对；确实由其办理的不用改。`;
    case 'excluded':
      return `已填有${labelOf(problem.other)}，${label}不能再这样填；请改正其中一个。`;
    case 'of-step':
      return `${label}在办理“${problem.step}”时填写。请清空，需要时按“${problem.step}”办理。`;
    case 'same-as':
      return `${label}与${calledText(problem.title)}的相同，两家的案号会连在一起编、看不出是谁的。请核对，需要分开的改用另一个${label}。`;
    case 'number-stays':
      return `已编的案号“${problem.text}”不变。${label}改动后与案号里的年份或者简称可能不一致，请核对；登记有误的，可以作废后重新登记。`;
    case 'by-program':
      return `${label}由程序编号，填写的“${problem.text}”没有采用。纸质文书上预留的案号，请作为预留案号填写。`;
    case 'turned-off':
      return `${label}是可选项目，本单位没有启用，不能填写。请清空；确需登记的，先请负责人在“代码表”的可选项目中启用。`;
    case 'worked-out':
      return `${label}由程序按其他项目得出，填写的“${problem.text}”没有采用；认为不对的，请核对有关的项目。`;
    case 'still-due':
      return `还有没有完成的期限，${problem.what}；归档以后不再提醒。`;
    case 'no-name':
      return `${label}“${problem.text}”不像姓名或者名称，应当有汉字或者字母，请重新填写。`;
    case 'short-name':
      return `${label}“${problem.text}”只有一个字，请核对。`;
    case 'too-soon':
      return `${label}不能早于原来的期限 ${problem.until}（${labelOf(problem.other)} ${problem.day} 起一个月），请改正其中一个。`;
    case 'still-ahead':
      return `${label}晚于今天（${problem.day}），请核对；约定了生效日期或者条件的不用改。`;
    case 'too-far-ahead':
      return `${label}不能晚于 ${problem.until}（今天起一百年），请核对年份后改正。`;
    case 'contradicts':
      return `${label}与${labelOf(problem.other)}互相矛盾，不会同时这样，请改正其中一个。`;
    case 'not-kept':
      return `${label}在${labelOf(problem.other)}改变以后不再适用，没有保留；以前保存过的内容仍在历史版本里。`;
    case 'rival':
      return problem.isEqual
        ? `已有条件和${label}（${problem.from}）都相同的${calledText(problem.title)}，同一件案件不能有两个标准。请修改原来的标准，或者改正${label}、条件。`
        : `${calledText(problem.title)}（${problem.from}起）与它有同样适用的案件，期间也有重叠；重叠的日期按施行日期较晚的计算。如已由它代替，请给${calledText(problem.title)}填上截止日期。`;
    case 'taken':
      return `${label}“${problem.text}”已经登记过，不能重复。请核对编号；登记的就是它时，请打开原来的那一条。`;
    case 'still-out':
      if (problem.who === null)
        return `${label}：这个介质在同一时间已有${elsewhere}，还没有归还，不能再领用。请与领用的单位核对领用、归还日期。`;
      return problem.to === null
        ? `${label}：这个介质已由${problem.who}领用（${problem.from}），还没有归还，不能再领用。请先办理归还；确已归还的，请在那一条里补填归还日期。`
        : `${label}：这个介质在 ${problem.from} 至 ${problem.to} 由${problem.who}领用，日期有重叠。请核对领用、归还日期。`;
    case 'no-longer':
      return `${labelOf(problem.other)}是 ${problem.day}，${problem.why}`;
    case 'overlaps':
      if (problem.what === null) return `${label}：与${elsewhere}日期重叠。${problem.why}`;
      return `${label}：与已登记的“${problem.what}”（${problem.from}${problem.to === null ? '起，还没有结束' : ` 至 ${problem.to}`}）日期重叠。${problem.why}`;
    case 'span':
      return `${label}：自${labelOf(problem.other)}（${problem.day}）起，${problem.isOver ? '最晚到' : '最早到'} ${problem.until}。${problem.why}`;
    case 'over-limit':
      return `${label}不能超过 ${problem.most}。${problem.why}`;
    case 'of-level':
      return `${label}：${problem.why}本单位只能登记已经作出的决定，请填写${labelOf(problem.other)}；还没有决定的先空着，报${levelNames[problem.level] ?? problem.level}办理。`;
    case 'level-above':
      return `${problem.why}本单位提出意见以后，报${levelNames[problem.level] ?? problem.level}办理。`;
    case 'no-article':
      return `${label}“${problem.text}”不是刑法分则的条文，分则为第102条至第451条。请填写罪名所在的条文，如 264 或者 133之一。`;
    case 'article-unsure':
      return `${label}：${problem.text}不在本程序的现行条文清单里，请对照刑法核对；确有此条的不用改。`;
    case 'needed':
      return `请填写${label}：${problem.why}`;
    case 'no-such-row':
      return problem.why;
    case 'missing-before':
      return `${label}：请先填写原来的期限，再填写延长。`;
    case 'not-after':
      return `${label}应当晚于上一次的期满日期（${problem.day}），请改正其中一个。`;
    case 'row-late':
      return `${label}：自 ${problem.day} 起最晚到 ${problem.until}。${problem.why}`;
    case 'few-names':
      return `${label}少于 ${problem.least} 人。${problem.why}`;
    case 'had-ended':
      return `${labelOf(problem.other)}是 ${problem.day}，在本件的日期以前，${problem.why ?? `请核对${label}；确由其办理的不用改。`}`;
    case 'alike':
      return `${label}与${problem.title === null ? elsewhere : `已登记的“${problem.title}”`}相同，${problem.why ?? '请核对是否重复登记；确属两个的不用改。'}`;
    case 'masked':
      return `${label}里是隐去后的样子，不是原来的内容。请${reads('选“显示全文”，重新打开这条记录', '加 --reveal 理由 读出全文')}后再改。`;
    case 'pointed-at':
      return `${problem.turned === undefined ? '' : `“${problem.turned}”已转入这一件，仍按已转显示，需要继续跟踪的请打开它办理“恢复跟踪”。`}还有 ${problem.capped ? '超过 ' : ''}${problem.count} 条记录写着它。这些记录不变，仍显示它的名称；以后登记时不再列出供选择。`;
    case 'person-parted':
      return `${label}：改动以后，此人与原来判定为同一人的其他记录不再合并显示，因为另有“不是同一人”的判定。请打开人员卡片核对。`;
    case 'unknown-code':
      return `${label}没有“${problem.code}”这一项，请${reads('从列表中选择；列表', '照代码表填写；代码表')}里没有的先空着。`;
    case 'not-a-number':
      return `${label}“${problem.text}”不是整数，请只填数字。`;
    case 'not-yes-or-no':
      return `${label}只填“是”或者“否”，请改写“${problem.text}”。`;
    case 'out-of-range':
      return `${label}应在 ${problem.min} 到 ${problem.max} 之间，请改正。`;
    case 'not-an-amount':
      return `${label}“${problem.text}”不是金额，请填写元，最多两位小数，例如 1200.50 或者 3.5万。`;
    case 'amount-out-of-range':
      return `${label}应在 0 元到 ${problem.most} 元之间，请改正。`;
    case 'identity-number':
    case 'credit-code':
      return `${label}${faults[problem.fault] ?? '没有通过校验，请核对'}。`;
    case 'letters-only':
      return `${label}只能用汉字或者字母，不能有数字、空格和标点，请改写（例如“一”代替“1”）。`;
    case 'number-unknown':
      return `${label}“${problem.text}”不在预留的案号里。请核对纸质文书上的案号；没有预留过的，请清空，由程序编号。`;
    case 'number-used':
      return problem.by === ''
        ? `${label}“${problem.text}”在恢复备份之前已经用过，不能再用。请清空，由程序编新号，并在备注里写明纸质文书上的案号。`
        : `${label}“${problem.text}”已用于${calledText(problem.by)}。请核对纸质文书上的案号，一个案号只能用一次。`;
    case 'number-returned':
      return `${label}“${problem.text}”已作废（${problem.reason}），不能再用。请改用另一个预留案号，或者清空，由程序编号。`;
    case 'number-elsewhere':
      return `${label}“${problem.text}”是另一台电脑预留的。请在那台电脑上录入，或者清空，由程序编号。`;
    case 'number-other-year':
      return `${label}“${problem.text}”是 ${problem.year} 年的案号，受理日期在 ${problem.wanted} 年。请核对案号和受理日期。`;
    case 'number-other-prefix':
      return `${label}“${problem.text}”属于“${problem.prefix}”，这件案件的案号属于“${problem.wanted}”。请核对案号和受理单位。`;
    case 'number-given':
      return `这条记录已有${label}“${problem.text}”，不能改用别的。请清空预留案号后再保存。`;
    case 'number-taken':
      return `${label}“${problem.text}”已用于${calledText(problem.by)}，不能再用。请核对两份文书，改正其中一个；另一件登记有误的，请先改正那一件。`;
    case 'number-left':
      return `${label}没有编定：按案号应编“${problem.text}”，已用于${calledText(problem.by)}。请核对那一件的${label}；改正以后再保存本件，即可编定，也可以自行填写别的编号。`;
    case 'number-too-early':
      return `待受理和不予受理的登记没有${label}，“${problem.text}”还不能用。请先办理受理。`;
    case 'phone':
      return `${label}不像电话号码，请核对；多个号码用顿号隔开。`;
    case 'unknown-record':
      return `${label}不在名册中，请${reads('从列表中选择', '写名册里的名称或者记录号')}；名册里还没有的，先登记入册，或者先空着。`;
    case 'whole-stripped':
      return `${label}已封存或者销毁，不能再往里添加。封存的确需补记时，请先办理解除封存。`;
    case 'unknown-field':
      return `${label}不是这本台账的项目，请删去。`;
    case 'not-as-number':
      return `${label}与身份证号码不一致，号码上是${problem.value}。请核对，以证件为准。`;
    case 'closed':
      return `记录已归档或作废，这一步不能改${label}；请先恢复到可修改的状态。`;
    case 'too-few':
      return `${label}至少要有 ${problem.min} 条，请添加。`;
    case 'missing-with':
      return `填了${labelOf(problem.other)}，也要填写${label}。`;
    case 'blanks':
      return `${label}里还有 ${problem.count} 处空（＿＿）没有填写，文书会照样印出来。请补填，或者删去不用的话。`;
    case 'not-waivable':
      return `${labelOf(problem.field)}不能标为“不适用”，或者标了两次；请撤销这一条。`;
    case 'waived-filled':
      return `${labelOf(problem.field)}已经填写，不能同时标为“不适用”；请撤销其中一个。`;
    case 'wrong-type':
      return `${label}的内容格式不对，请重新填写。`;
    default:
      return assertNever(problem);
  }
}

/** '当事人（第2条）姓名（名称）' for 'parties.1.name', '受理日期' for 'acceptedOn', '所属案件的受理日期' for 'caseId.acceptedOn'. */
export function labelOfPath(ledger: LedgerSpec, path: string): string {
  const [name = '', index, field] = path.split('.');
  const child = ledger.children[name];
  if (!child) {
    const spec = ledger.fields[name];
    const other = index === undefined ? undefined : ledgers.find((one) => one.name === spec?.ref);
    if (spec && other && index !== undefined) return `${spec.label}的${other.fields[index]?.label ?? index}`;
    return spec?.label ?? systemLabels[name] ?? name;
  }
  if (index === undefined) return child.title;
  const row = `${child.title}（第${Number(index) + 1}条）`;
  return field === undefined ? row : row + (child.fields[field]?.label ?? field);
}

const systemLabels: Readonly<Record<string, string>> = {
  '~state': '状态',
  '~unit': '所属单位',
  state: '状态',
  unitId: '所属单位',
};

/** The problem at a path of a record, with the labels of that record. */
export function problemTextAt(
  ledger: LedgerSpec,
  path: string,
  problem: FieldProblem,
  reads: Reader = inWindow,
): string {
  const row = path.split('.').slice(0, -1).join('.');
  const isOfRecord = row === '' || problem.problem === 'not-waivable' || problem.problem === 'waived-filled';
  const labelOf = (field: string) => labelOfPath(ledger, isOfRecord ? field : `${row}.${field}`);
  return problemText(problem, labelOfPath(ledger, path), labelOf, reads);
}
