import type { ErrorCode, ErrorParams, Failure } from '#shared/api/errors.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import type { State, Step } from '#shared/ledgers/workflow.ts';
import { contentBack } from './attachments.ts';
import { auditSentences } from './audit-errors.ts';
import { calendarFault } from './calendar.ts';
import { careSentences } from './errors-care.ts';
import { retentionSentences } from './errors-retention.ts';
import { sealingSentences } from './errors-sealing.ts';
import { signInSentences } from './errors-sign-in.ts';
import { formNumberFault, shownPattern } from './numbering.ts';
import { templateFault } from './own-templates.ts';
import { levelNames } from './problems.ts';
import { inWindow, type Reader } from './reader.ts';
import { dutyNames } from './window.ts';
import { shortInstant } from './words.ts';

export type Sentences = { readonly [C in ErrorCode]: (params: ErrorParams[C], reads: Reader) => string };

/** One sentence or two for every code: what is wrong, with what, and what to do next. */
const sentences: Sentences = {
  ...retentionSentences,
  ...careSentences,
  ...sealingSentences,
  'list-too-long': ({ most }) => `一次最多打印 ${most} 条。请先筛选（例如按单位、月份），再分开打印。`,
  'codes-unknown': ({ list }) => `没有名为“${list}”的代码表。请重新打开代码表的画面再试。`,
  'codes-published': ({ title }) =>
    `“${title}”是公布的代码表，不能在本单位修改。确有变动时，请等待程序更新。`,
  'mapping-unknown': ({ mapping }, reads) =>
    `没有名为“${mapping}”的对照表。请${reads('重新打开代码表的画面再试', '用命令 mappings 查看有哪些')}。`,
  'mapping-refused': ({ title, reason }) => `“${title}”没有保存：${reason}。请重新打开代码表的画面再试。`,
  'codes-refused': ({ title, reason }) => `“${title}”没有保存，请改正后再存：${reason}。`,
  ...signInSentences,
  'account-missing': (_params, reads) =>
    `找不到这个账号，没有改动。请${reads('刷新账号列表', '用命令 account list 核对账号名称')}后再试。`,
  'account-not-in-use': ({ account }) =>
    `没有名为“${account}”的在用账号，密码没有改。请核对账号名称，照登录时的写法再输一次；账号已停用的，请换一个在用的账号。`,
  'account-present': ({ account }) =>
    `已有名为“${account}”的账号（停用的也算），没有新建。请换一个名称，例如在姓名后加上单位。`,
  'account-self': () =>
    '不能停用自己的账号、取消自己的安全管理职责，担任安全管理的也不能更换自己的单位。请由另一位担任安全管理的人员办理。',
  'account-disabled': ({ account }) =>
    `账号“${account}”已停用，没有办理。请选择在用的账号，或者先恢复使用这个账号。`,
  'account-no-mediator': ({ account }) =>
    `账号“${account}”没有对应的调解员，移交不知道记到谁名下。请先在账号里选定它对应的调解员。`,
  'hand-over-self': () => '移交人和接手人是同一个账号，没有移交。请另选接手的账号。',
  'help-none': (_params, reads) =>
    `本台账还没有登记上级单位的名片，上级帮不上忙。请使用恢复密钥${reads('', '（命令 recover）')}；找回后请${reads(
      '在“账号”里',
      '用命令 password-help trust ',
    )}登记上级的名片，以备下次。`,
  'help-file': ({ file }) => `文件“${file}”不是这一步要的文件，或者不完整。请核对文件名，另选一个。`,
  'help-foreign': ({ unit }) => `“${unit}”不是本单位的上级，没有登记它的名片。请向上级司法局索取名片文件。`,
  'help-code': () => '核对码不对，没有答复。请在电话里和对方重新核对申请上的核对码，不一致时不要答复。',
  'help-not-ours': ({ file }) =>
    `文件“${file}”打不开：它不是给本单位的，或者名片已经换过。请让对方重新登记名片，再申请一次。`,
  'help-no-request': () =>
    '本机没有等待答复的申请，或者答复的是另一次申请。请先生成申请文件，等上级答复后再来。',
  'help-password': () => '密码和申请时输入的新密码不一样。请输入申请时设的新密码；想不起来时重新申请一次。',
  'help-waiting': ({ account, at }, reads) =>
    `已有一份为账号“${account}”生成的申请（${shortInstant(at)}）在等上级答复，没有另外生成。请先和本单位的人核实；确实不用那一份的，${reads('重新申请并作废它', '加 --replace 再申请一次')}，这会记入操作日志。`,
  'enquiry-missing': () => '找不到这件查询登记。请刷新封存管理后重试。',
  'enquiry-answered': () => '这件查询已经答复，不能再改。确需更正时，请另行登记一件。',
  'enquiry-unanswered': () => '这件查询还没有答复，不能出具文书。请先由另一位负责人答复。',
  'enquiry-incomplete': () => '答复没有填完：许可查询要选定记录，不许可查询要写明理由。请补齐后再答复。',
  'enquiry-over': () => '这次查询的查看期限已过，不能再打开。确需查看时，请凭新的公函另行登记。',
  ...auditSentences,
  'transfer-unknown': ({ entry }, reads) =>
    `日志第 ${entry} 条不是您的导出、导入，没有登记。请${reads(
      '刷新后从列表里选择',
      '用命令 transfer list 核对条目号',
    )}；别人的由本人或者审计员登记。`,
  'transfer-medium': ({ medium, day }, reads) =>
    day === null
      ? `移动存储介质登记里没有编号“${medium}”，没有保存。请先登记这个介质，或者核对编号；没有用介质的，${reads('选“不用介质”', '不写 --medium')}。`
      : `编号“${medium}”的介质从 ${day} 起已经报失、送修或者报废，不能是这一次用的，没有保存。请核对介质编号。`,
  'hand-over-stuck': ({ title }) =>
    `“${title}”现有内容有不合规则的地方，移交不能保存，全部没有移交。请先打开这条记录改正，再移交一次。`,
  'duties-together': ({ account, first, second }, reads) =>
    `本单位有三个以上账号在用，系统管理、安全管理、审计管理不能由一人兼任，而“${account}”兼任${dutyWord(first)}和${dutyWord(second)}。请先把职责分给不同的人${reads('，再保存', '（account change --duties），再办理；自己的安全管理职责，要由另一位担任安全管理的人取消')}。`,
  'duty-unheld': ({ duty }, reads) =>
    `没有人担任${dutyWord(duty)}，没有改动。请先把这项职责交给一个在用的账号（系统管理、审计管理要由可以看全部单位的账号担任），或者新建账号时就交给它${reads('', `（account create 或者 account change 加 --duties ${duty}）`)}，再保存。`,

  'duty-undivided': ({ account, duty }, reads) =>
    `“${account}”只看部分单位，不能担任${dutyWord(duty)}，没有保存：这项职责关系到整个台账（恢复、搬迁，或者查看、导出全部操作日志）。请${reads(
      '去掉这项职责，或者把账号的单位改为本台账的单位',
      `从 --duties 里去掉 ${duty}，或者用 --unit 把账号改到本台账的单位`,
    )}。只看部分单位的账号可以担任安全管理，管本单位的账号。`,

  'unknown-method': ({ method }) => `程序内部请求“${method}”不存在。请重新安装同一版本的程序。`,
  'invalid-input': ({ method, at }, reads) =>
    reads(
      `请求“${method}”的内容不合规则（位置：${at}）。请检查所填内容后重试。`,
      `所写的内容不合规则（位置：${at}），没有办理。请对照命令的用法检查后重试。`,
    ),
  closing: () => '程序正在关闭，这次操作没有进行。请重新打开程序后再做。',
  busy: () => '另一项较长的操作正在进行，这一项没有开始。请等它完成或者取消后再试。',
  cancelled: () => '操作已取消，数据没有改动。',
  'thread-lost': () => '处理这项操作的后台部分意外停止，已自动重新启动。已保存的数据不受影响，请再试一次。',
  internal: ({ incident }) =>
    `程序出现意外错误（编号 ${incident}），这次操作没有完成，已保存的数据不受影响。请重试；仍不行时把编号告诉技术人员。`,

  'ledger-unknown': ({ ledger }, reads) =>
    `没有名为“${ledger}”的台账。请改用${reads(
      `：${ledgers.map(({ name, title }) => `${name}（${title}）`).join('、')}`,
      '下面所列的',
    )}。`,
  'record-missing': ({ id }, reads) =>
    `找不到这条记录（${id}）。它可能已随撤销导入而撤回，请${reads('回到列表刷新后再找', '用命令 list 或者 search 查出记录号')}。`,
  'record-invalid': ({ count }) =>
    `有 ${count} 处填写需要改正，记录还没有保存。请按标出的位置逐一改正后再保存。`,
  'record-changed': ({ by, at }) =>
    `这条记录在您打开之后已由${by}于 ${shortInstant(at)} 修改。请对照两边的内容，选定后再保存。`,
  'still-in-use': ({ title, ledger, field, count }) => {
    const spec = ledgers.find(({ name }) => name === ledger);
    const role = spec?.fields[field]?.label ?? field;
    return `“${title}”还是 ${count} 件没有办完的${spec?.noun ?? ledger}的${role}，不能作废。请先在这些${spec?.noun ?? ledger}里改填别的${role}，或者办结；只是不再使用的，请填写撤销（离任）日期，不要作废。`;
  },
  'action-not-allowed': ({ action, state, ledger }, reads) => {
    const { now, step, wayBack, may } = stepWords(action, state, ledger);
    const steps = may.map((one) => `${one.label}${reads('', `（${one.action}）`)}`).join('、');
    if (action !== 'edit')
      return `记录目前是“${now}”，不能办理“${step}”。请${reads(
        '先刷新记录，再选择可用的操作',
        '用命令 record get 核对办理情况',
      )}；${steps === '' ? '目前没有可以办理的步骤' : `目前可以办理的有：${steps}`}。`;
    return wayBack
      ? `记录目前是“${now}”，内容不能修改。请先办理“${wayBack}”，再修改。`
      : `记录目前是“${now}”，内容不能修改，也不能恢复。如需更正，请另行登记一条。`;
  },
  'filter-unknown': ({ field }, reads) =>
    `不能按“${field}”筛选或者排序。请改用${reads('列表上提供的条件', '台账里有的项目')}。`,
  'area-level': ({ code, level, digits }) =>
    `区划代码“${code}”不是${levelWords[level] ?? level}的代码，${levelWords[level] ?? level}的代码有 ${digits} 位。请核对级别和代码。`,
  'unit-unknown': ({ code }) => `单位表里没有代码为“${code}”的单位。请核对单位代码。`,
  'json-broken': ({ file }) =>
    `文件“${file}”不是有效的 JSON，没有读入任何内容。请检查引号、逗号和括号后重试。`,
  'number-pattern-invalid': ({ pattern, why }) =>
    `案号格式“${shownPattern(pattern)}”不能用：${why}。请改正后再保存，原来的格式没有变。`,
  'number-prefix-invalid': ({ prefix }) =>
    `简称“${prefix}”不能用在案号里：只能用汉字或者字母，最多二十个字。请先改正调解组织或者本单位的简称。`,
  'number-not-owner': () =>
    '案号由本单位最先安装的那台电脑分配，本机不能改动。请在那台电脑上办理，再把领取码拿到本机。',
  'number-no-block': ({ count, year }) =>
    `本机分到的 ${year} 年案号不足 ${count} 个。请先在本单位最先安装的那台电脑上给本机分配案号。`,
  'number-unknown': ({ number }) => `预留的案号里没有“${number}”。请核对后再办理。`,
  'number-settled': ({ number }, reads) =>
    `案号“${number}”已经用过或者作废，没有改动。请${reads('刷新后再看', '核对案号')}。`,
  'number-elsewhere': ({ number }) => `案号“${number}”是另一台电脑预留的，本机没有改动。请在那台电脑上办理。`,
  'number-foreign': ({ number }) =>
    `“${number}”不像本台账的案号，或者序号大得不合理，没有改动。请照纸质文书上的案号完整填写，例如（2025）某某人调字第12号。`,
  'number-code-invalid': ({ why }) => `领取码不能用：${why}。请在分配案号的电脑上重新复制完整的领取码。`,
  'ledger-unnumbered': ({ ledger }) => `“${ledger}”没有编号。请选择有编号的台账。`,
  'area-unknown': ({ code }, reads) =>
    `区划代码表里没有“${code}”。请核对代码${reads('，或者从列表中选择单位所在地', '（乡镇、街道九位，县六位）')}。`,

  'attachment-kind': ({ file }) =>
    `文件“${file}”不能作为附件。附件可以是图片（JPEG、PNG、WebP、BMP）或者 PDF；其他文件请先转成 PDF，苹果手机的 HEIC 照片请先另存为 JPEG，再添加。`,
  'attachment-empty': ({ file }) => `文件“${file}”是空的，没有添加。请检查扫描或者复制是否完成，再选一次。`,
  'attachment-pixels': ({ file, width, height }) =>
    `图片“${file}”太大（${width}×${height} 像素），没有添加。请降低扫描精度（300 dpi 即可），或者缩小后再添加。`,
  'attachment-truncated': ({ file }) =>
    `文件“${file}”不完整，末尾缺了一部分（可能是传送时中断），没有添加。请从扫描仪或者手机上重新取一份，再添加。`,
  'attachment-unreadable': ({ file }) =>
    `文件“${file}”是 PDF，但不完整或者有打开密码，数不出页数，没有添加。请用阅读软件打开，重新打印成 PDF 后再添加。`,
  'attachment-present': ({ file, title }) =>
    `“${file}”已经在附件里了（标题是“${title}”），没有重复添加。要改标题，请先移除那一份，再添加。`,
  'attachment-missing': ({ id }, reads) =>
    `找不到这份附件（${id}）。请${reads('回到记录，刷新附件后再找', '用命令 attachment list 核对附件号')}。`,
  'attachment-removed': ({ title }) => `附件“${title}”已经移除，不能再打开。需要时请用原文件重新添加。`,
  'attachment-lost': ({ title }) => `附件“${title}”的数据文件不见了，打不开。${contentBack}`,
  'attachment-damaged': ({ title }) => `附件“${title}”的数据文件已损坏，没有显示。${contentBack}`,
  'file-changed': ({ file }) =>
    `读取文件“${file}”的时候它被别的程序改动了，没有添加。请等那个程序写完，再添加一次。`,
  'deadline-no-period': ({ title }) =>
    `“${title}”的期限不能是 0，那样当天就到期。请填写期限；不用这条规则的，请停用。`,
  'deadline-no-basis': ({ title }) =>
    `修改或者停用“${title}”要写明依据。请填写依据或者理由，例如本地文件的名称和文号。`,
  'deadline-unknown': ({ rule }) => `没有名为“${rule}”的期限规则。请回到“期限规则”重新选择。`,
  'calendar-unreadable': ({ file, fault, line, text }) =>
    `文件“${file}”${calendarFault(fault, line, text)}。没有导入任何内容，改好后请重试。`,
  'paper-unknown': ({ kind }, reads) =>
    `没有叫“${kind}”的文书。请写文书名称，例如人民调解协议书、人民调解调查记录；全部名称${reads('见案件的“文书”一栏', '用 document --help 查看')}。`,
  'paper-unfit': ({ title, ledger }, reads) => {
    const noun = ledgers.find(({ name }) => name === ledger)?.noun ?? '记录';
    const first = ledger === 'mediation' ? '调解结果（协议类型、代理人）' : '这份文书所要的办理结果';
    return `“${title}”不适用于这件${noun}目前的办理情况，没有制作。请先登记${first}，或者改出别的文书${reads('', '（用命令 document 加 --id 查看）')}。`;
  },
  'safety-paper-unfit': ({ title, record }, reads) =>
    `“${title}”不能按“${record}”制作，没有输出。请${reads(
      '选择对应的安全事件、影响评估记录，或者打印空白表格',
      '在 --id 里写对应的安全事件、影响评估的记录号，不写则做空白表格',
    )}。`,
  'paper-attached': ({ title }) => `“${title}”是当事人提交的材料，不由程序制作。请把原件或者复印件装入案卷。`,
  'paper-no-case': ({ title }) => `“${title}”所在的台账没有文书。请打开案件或者社区矫正的记录后再制作文书。`,
  'paper-copy-missing': ({ title }, reads) =>
    `没有找到要制作的这一份“${title}”，对应的笔录或者代理人可能已经改动。请${reads('刷新文书清单后再选', '核对 --copy')}。`,
  'paper-unnumbered': ({ title }) => `“${title}”不编文号。需要的，请在打印后手写。`,
  'paper-number-level': ({ title, level }) =>
    `“${title}”的文号由${levelNames[level] ?? level}编，本单位没有编。请把收到的文书上的文号填进登记内容。`,
  'paper-number-prefix': ({ title }) =>
    `“${title}”的文号里要写本单位简称，现在还没有设置，没有编号。请管理员在“案号”设置里填写本单位简称，或者先手工填写文号。`,
  'paper-number-none': ({ title }) =>
    `本机分到的“${title}”文号已经用完，没有编号。请在编号的那台电脑上再分配一些，在本机领取，或者先手工填写文号。`,
  'issued-missing': ({ id }) => `找不到这份已出具的文书（${id}）。请回到案件的文书清单重新选择。`,
  'form-number-refused': ({ number, why, by }, reads) =>
    `案号“${number}”不能印在备用文书上：${formNumberFault(why, by)}。没有制作任何文书；请${reads(
      '到“案号”页面的预留案号里选未用的，或者新预留',
      '换一个没有用过的预留案号',
    )}。`,
  'scans-too-large': ({ count, megabytes, most }) =>
    `案卷里的 ${count} 份附件共 ${megabytes} MB，一次最多装订 ${most} MB。请降低扫描精度（300 dpi 即可）重新添加大的附件后再制作案卷。`,
  'blank-too-many': ({ forms, most }) =>
    `一次要制作 ${forms} 份空白文书，超过 ${most} 份，没有制作。请减少号码或者文书种类，分几次制作。`,
  'own-template-refused': ({ file, fault, at }) =>
    `模板“${file}”${templateFault(fault, at)}没有添加，请改好后重新添加。`,
  'own-template-kind': ({ title }) =>
    `“${title}”由程序按整卷的件数和页码制作，或者由当事人提交，不能用本单位模板代替。请选别的文书，或者起一个新的文书名称。`,
  'own-template-title': ({ title }) =>
    `已经有叫“${title}”的文书。请在“用于”里选它来添加新版本，或者换一个名称。`,
  'own-template-present': ({ title, file }) =>
    `“${title}”正在用的就是文件“${file}”的内容，没有再添加。如果改过模板，请先在 Word 里保存，再选改好的文件。`,
  'own-template-missing': ({ id }, reads) =>
    `找不到这个本单位模板（${id}）。请${reads('刷新模板清单后再选', '核对 --template')}。`,
  'own-template-retired': ({ title }, reads) =>
    `“${title}”的这个模板已经停用，请${reads('刷新模板清单', '换一个模板，或者写 --template house')}。`,
  'own-template-damaged': ({ title }) =>
    `“${title}”的本单位模板与添加时的内容不一致，没有使用。请恢复到较早的备份，或者重新添加模板；急用时可改用通用格式。`,
  'own-template-unfit': ({ title, paper }) => `“${title}”的模板不能用来制作“${paper}”。请换一个模板。`,
  'own-template-copies': ({ title, count }) =>
    `“${title}”有 ${count} 份，本单位模板要一份一份地制作。请指定其中一份，或者改用通用格式合并制作。`,
  'own-template-print': ({ title }) =>
    `“${title}”用的是本单位模板，版式以 Word 或 WPS 打开为准，程序不直接打印、不转 PDF。请保存为 Word 后打印，或者改用通用格式。`,
  'own-template-unread': ({ title }) =>
    `模板“${title}”没有读完：内容太多，或者写法不合规范。请删去文件里的大图片和多余内容，另存为一份新的 .docx 后再试。`,
  'paper-own-only': ({ title }, reads) =>
    `“${title}”只有本单位模板，没有通用格式，模板停用后不能再制作。请在${reads('', '程序窗口的')}“本单位模板”里重新添加。`,

  'person-missing': () =>
    '台账里已经没有这个人的记录，可能是登记内容刚改过。请返回上一页，重新打开人员卡片。',
  'person-is-one': () =>
    '这两处号码相同，本来就是同一个人，认定没有改动。如果实际是两个人，请核对并改正其中一处的号码。',
  'person-decided-otherwise': ({ by, at }) =>
    `这里面有两人已由 ${by} 认定不是同一人（${shortInstant(at)}），没有归为一人。如确属同一人，请先撤销那条认定。`,
  'person-decision-missing': () => '这条认定已经撤销过了。请重新打开人员卡片查看。',
  'figures-outside-part': ({ unit }, reads) =>
    `报送、公开用的报表由${unit}按整个台账统一出具：下属单位另出一份，两份相减就能推算出没有列出的一、二人。请${reads('改选“本单位内部使用”', '去掉 --outside')}，或者请${unit}出具。`,
  'indicator-base': ({ name }) => `“${name}”不能用这个指标作基数。请从该指标可用的基数中选一个。`,
  'field-not-optional': ({ ledger, field }, reads) =>
    `“${ledger}”的“${field}”不是可选项目，不能启用或者停用。请从${reads('代码表页面', '命令 fields ')}列出的可选项目中选择。`,
  'indicator-unknown': ({ code }) => `指标目录里没有“${code}”。请核对指标名称或者更新指标目录。`,
  'figure-unreadable': ({ name, printed, unit }) =>
    `“${name}”的数值“${printed}”无法识别，单位应为“${unit}”。请写成数字加单位，例如“8${unit}”或者“超过8${unit}”。`,
  'csv-no-heading': ({ file }) =>
    `文件“${file}”第一行没有所需的列名，没有导入任何数据。请在第一行写上“指标名称”（或者“代码”）和“数值”两列的列名后重试。`,
  'csv-broken': ({ file, line }) =>
    `文件“${file}”第 ${line} 行的引号或者列数不对，没有导入任何数据。请在表格软件中改正这一行，另存为 CSV 后重试。`,
  'csv-encoding': ({ file }) =>
    `文件“${file}”的文字编码无法识别，没有导入任何数据。请另存为 UTF-8 或者 GB18030 编码的 CSV 后重试。`,
  'csv-duplicate': ({ name, first, second }) =>
    `指标“${name}”在第 ${first} 行和第 ${second} 行重复出现，没有导入任何数据。请只保留一行后重试。`,
  'csv-empty': ({ file }) => `文件“${file}”里没有数据行。请检查是否选错了文件。`,
  'seed-invalid': ({ file, at }) =>
    `程序自带的数据文件“${file}”有误（位置：${at}）。请重新安装同一版本的程序。`,
  'needs-window': (_params, reads) =>
    reads(
      '这项操作要在程序窗口里进行。请打开程序窗口后再做。',
      '生成 PDF 要用到程序的显示部分，本机没有装好，或者没有屏幕。请去掉 --pdf，或者在程序窗口里办理。',
    ),
  'print-failed': ({ reason }) =>
    `打印没有完成${reason === '' ? '' : `（${reason}）`}。请检查打印机是否联机、有纸，再试一次。`,

  'file-missing': ({ file }) => `找不到文件“${file}”。请检查文件名和位置，再试一次。`,
  'file-exists': ({ file }, reads) =>
    `文件“${file}”已经存在，没有覆盖。请换一个文件名，或者${reads('确认覆盖', '加 --force 覆盖')}。`,
  'file-inside': ({ file }) =>
    `“${file}”在台账的数据文件夹里面，那里只放台账自己的文件，没有保存。请另选一个文件夹或者U盘。`,
  'file-unreadable': ({ file }) => `文件“${file}”打不开。请检查是否正被别的程序占用、是否有读取权限。`,
  'file-unwritable': ({ file }) =>
    `文件“${file}”写不进去。请检查文件夹是否存在，关闭正在打开它的程序，或者换一个文件夹保存。`,
  'file-held': ({ file }) =>
    `文件“${file}”正被别的程序占用（如杀毒软件正在扫描），或者没有写入权限，没有办成，已有的数据没有丢失。请稍等片刻再试；仍然不行的，把数据文件夹加入杀毒软件的信任目录，或者重新启动电脑后再试。`,
  'disk-full': ({ file }) => `磁盘空间不够，文件“${file}”没有写成，台账没有改动。请清理磁盘后重试。`,
  'file-too-large': ({ file, limitMb }) =>
    `文件“${file}”超过 ${limitMb} MB，没有读取。请检查是否选错了文件。`,
  'grant-unknown': () => '所选的文件已失效。请重新选择一次。',
};

/** What the screens call a state and a step, by the register itself, and what can be done; and the step that opens the record again. */
function stepWords(action: string, state: string, name: string) {
  const workflow = ledgers.find((one) => one.name === name)?.workflow;
  const steps: readonly Step[] = workflow?.steps ?? [];
  const states: Readonly<Record<string, State>> = workflow?.states ?? {};
  const may = steps.filter(({ from, auto }) => from.includes(state) && !auto);
  return {
    now: states[state]?.label ?? state,
    step: steps.find((one) => one.action === action)?.label ?? action,
    wayBack: may.find(({ to }) => !states[to]?.isClosed)?.label ?? null,
    may,
  };
}

const levelWords: Readonly<Record<string, string>> = {
  station: '司法所（乡镇、街道）',
  county: '县级司法局',
  city: '市级司法局',
  province: '省级司法厅（局）',
};

const dutyWord = (duty: string) => dutyNames[duty] ?? duty;

/** The sentence of a failure, for whoever reads it. */
export function errorText(failure: Failure, reads: Reader = inWindow): string {
  const sentence = sentences[failure.code] as (params: Failure['params'], reads: Reader) => string;
  return sentence(failure.params, reads);
}
