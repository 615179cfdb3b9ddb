import type { ErrorCode, ErrorParams, Failure } from '#shared/api/errors.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { auditSentences } from './audit-errors.ts';
import { calendarFault } from './calendar.ts';
import { retentionSentences } from './errors-retention.ts';
import { formNumberFault, shownPattern } from './numbering.ts';
import { templateFault } from './own-templates.ts';
import { levelNames } from './problems.ts';
import { dutyNames } from './window.ts';
import { shortInstant } from './words.ts';

export type Sentences = { readonly [C in ErrorCode]: (params: ErrorParams[C]) => string };

/** One sentence or two for every code: what is wrong, with what, and what to do next. */
const sentences: Sentences = {
  ...retentionSentences,
  'not-found': ({ folder }) =>
    `找不到数据文件夹“${folder}”。请检查存放数据的磁盘是否已接好，或者选择另一个文件夹。`,
  moved: ({ folder }) =>
    `数据文件夹“${folder}”在程序运行时被移走或者删除了，这次没有保存。请把它放回原处，再保存一次；放不回去时，请先抄下没有保存的内容，再退出程序。`,
  'not-local': ({ folder }) =>
    `数据文件夹“${folder}”在网络位置或者移动设备上，写入时容易损坏。请选择本机固定磁盘上的文件夹。`,
  'read-only': ({ folder }) =>
    `数据文件夹“${folder}”不能写入。请让管理员给当前用户写入权限，或者选择另一个文件夹。`,
  'no-space': ({ folder, freeMb, neededMb }) =>
    `数据文件夹“${folder}”所在磁盘只剩 ${freeMb} MB，至少需要 ${neededMb} MB。请清理磁盘后重试，已保存的数据没有受影响。`,
  'ledger-absent': ({ folder }) =>
    `文件夹“${folder}”里没有台账。请选择存放台账的文件夹，或者在这里新建台账。`,
  'ledger-lost': ({ folder, backups }) =>
    `文件夹“${folder}”里的台账数据文件不见了，密钥或者备份还在，请不要在这里新建台账。${
      backups > 0
        ? `有 ${backups} 份备份可用，请选择一份恢复；数据文件只是被移走时，请把它放回原处再重试。`
        : '请把数据文件放回原处再重试，或者从备份介质恢复。'
    }`,
  'ledger-present': ({ folder }) =>
    `文件夹“${folder}”里已有一份台账，没有改动它。请直接打开，或者选择另一个文件夹新建。`,
  locked: ({ folder }) => `台账“${folder}”正由本程序的另一个窗口使用。请先关闭那个窗口再重试。`,
  damaged: ({ folder, backups, detail }) =>
    `台账“${folder}”的数据文件已损坏${damageWords(detail)}。${
      backups > 0
        ? `有 ${backups} 份备份可用，请先试“修复”，或者选择一份恢复；损坏的文件会留存。`
        : '没有找到备份，请把整个文件夹复制一份后联系技术人员。'
    }`,
  'ledger-foreign': ({ file }) => `文件“${file}”不是本程序的台账。请检查所选的文件夹是否正确。`,
  newer: ({ found, known, program }) =>
    `台账由较新版本的程序写成（数据版本 ${found}，本程序 ${program} 只认识到 ${known}）。请先升级本程序，数据没有改动。`,
  'ledger-without-key': ({ folder }) =>
    `台账“${folder}”的密钥文件不见了，无法解密。请取回备份旁的密钥文件（与备份同名），再重试。`,
  'key-file-damaged': ({ folder }) =>
    `台账“${folder}”的密钥文件两份都已损坏。请取回备份旁的密钥文件（与备份同名），再重试。`,
  'drill-day': ({ day, earliest }) =>
    `演练日期 ${day} 不对：不能晚于今天，也不能早于 ${earliest}。请改正后再登记。`,
  'aside-needed': ({ why }) =>
    why === 'damaged'
      ? '台账有损坏，另存的旧台账可能还要用来修复，没有删除。请先修复台账，再来删除。'
      : '恢复以后还没有做过新的备份，另存的旧台账可能还用得着，没有删除。请先点“立即备份”，核对台账无误后再删除。',
  'aside-kept': ({ folder, count }) =>
    `有 ${count} 份另存的旧台账没有删掉（文件夹“${folder}”），可能正被别的程序打开。请关闭后再删除一次。`,
  'identity-lost': ({ folder }) =>
    `台账“${folder}”旁记载编号和封存的文件（ledger.id）两份都读不出来，备份旁也没有。台账本身没有改动；如果它刚由旧备份换成，此后封存的记录会又出现、案号可能重复。请找回这个文件放进数据文件夹再重试；找不回的，写明原因，在本机继续使用。`,
  'wrong-key': ({ file }) =>
    `密钥打不开文件“${file}”，它们不是同一份台账的。请取回这份台账的备份旁的密钥文件，或者检查文件夹是否混放了两份台账的文件。`,

  'repair-no-copy': ({ folder }) =>
    `没有一份可用的备份能同“${folder}”里损坏的台账接上，不能修复。请插上存有备份的U盘后重试，或者选择备份文件恢复；损坏的文件没有动。`,
  'repair-needless': () => '台账没有损坏，不需要修复。请重新打开程序。',
  'ledger-moved': ({ at, to }) =>
    `这份台账已于 ${shortInstant(at)} 搬到“${to}”，请在新电脑上使用。搬迁没有成功时，可以写明原因，在本机继续使用。`,
  'ledger-not-moved': () => '这份台账没有搬走，也不是从别的电脑复制来的，请直接登录。',
  'folder-elsewhere': ({ folder }) =>
    `数据文件夹“${folder}”是从别的电脑复制来的。请先说明那台电脑还用不用这份台账，免得两边编出相同的案号。`,
  'key-file-foreign': ({ file }) =>
    `密钥文件“${file}”损坏了，或者不是这份台账的，没有采用。请选这份台账的备份旁、扩展名为 .key 的文件。`,
  'key-none': ({ folder }) =>
    `“${folder}”的备份旁没有找到这份台账的密钥文件。请插上存有备份的U盘，自己选择扩展名为 .key 的文件。`,
  'backup-none': () => '还没有可用的备份。请先点“立即备份”做一份，再试一次。',
  'second-place-absent': ({ place }) =>
    `第二备份位置“${place}”现在不在。请插好U盘或者接通那块磁盘，下一次备份会自动补上；数据文件夹里的备份不受影响。`,
  'second-place-inside': ({ place }) =>
    `“${place}”在数据文件夹里面，不能作第二备份位置。请选另一块磁盘、U盘或者单位共享文件夹。`,
  'upgrade-failed': ({ found, known }) =>
    `台账没有升级成功（数据版本 ${found}，新版需要 ${known}），已退回升级前的样子，数据没有改动，升级前的备份也已做好。请继续使用原来的程序版本，并把本提示告诉技术人员。`,
  'driver-too-old': ({ found, needed }) =>
    `数据库组件版本过低（${found}，至少需要 ${needed}），继续使用可能损坏数据。请安装完整的新版程序后再打开台账。`,
  'list-too-long': ({ most }) => `一次最多打印 ${most} 条。请先筛选（例如按单位、月份），再分开打印。`,
  'codes-unknown': ({ list }) => `没有名为“${list}”的代码表。请重新打开代码表的画面再试。`,
  'codes-published': ({ title }) =>
    `“${title}”是公布的代码表，不能在本单位修改。确有变动时，请等待程序更新。`,
  'mapping-unknown': ({ mapping }) => `没有名为“${mapping}”的对照表。请重新打开代码表的画面再试。`,
  'mapping-refused': ({ title, reason }) => `“${title}”没有保存：${reason}。请重新打开代码表的画面再试。`,
  'codes-refused': ({ title, reason }) => `“${title}”没有保存，请改正后再存：${reason}。`,
  'sign-in-failed': ({ left }) =>
    left > 0
      ? `账号或者密码不对，还可以试 ${left} 次。请检查大小写后重新输入。`
      : '账号或者密码不对。请稍等片刻，核对后再试。',
  'sign-in-wait': ({ seconds }) => `连续输错，已暂停。请等 ${seconds} 秒，核对后再试。`,
  'recovery-key-wrong': () => '恢复密钥不对。请逐组核对封存的恢复密钥，注意不要漏掉字符。',
  'not-signed-in': () => '还没有登录。请先登录再操作。',
  'session-locked': () => '程序已锁定。请输入密码解锁后再操作。',
  'no-right': ({ right }) =>
    `当前账号没有这项权限（${rightNames[right] ?? right}）。请让管理员授权，或者换有权限的账号。`,
  'password-weak': ({ min }) => `密码太短或者太简单。请至少用 ${min} 个字符，并且不要只用数字。`,
  'password-must-change': () =>
    '这个密码是别人代设的，要先换成只有您自己知道的密码。请在“修改密码”里改好，再继续操作。',
  'password-same': () => '新密码和原来的一样，没有改动。请另想一个新密码。',
  veiled: () =>
    '姓名、证件号码等目前是隐去的，这项操作要用全文。请先选“显示全文”并写明理由（会记入操作日志），再办理。',
  'confirm-needed': () => '这项操作要求再次输入本人密码。请输入密码确认后再办理。',
  'confirm-failed': ({ left }) => `密码不对，操作没有进行，还可以试 ${left} 次。请检查大小写后重新输入。`,
  'account-locked': () =>
    '这个账号连续输错密码，已经锁定。请让担任安全管理的人员给它重设密码；本单位没有这样的人能登录的，在登录画面点“忘记密码”，用封存的恢复密钥。',
  'account-missing': () => '找不到这个账号，没有改动。请刷新账号列表后再试。',
  'account-present': ({ account }) =>
    `已有名为“${account}”的账号（停用的也算），没有新建。请换一个名称，例如在姓名后加上单位。`,
  'account-self': () =>
    '不能停用自己的账号，也不能取消自己的安全管理职责。请由另一位担任安全管理的人员办理。',
  'account-disabled': ({ account }) => `账号“${account}”已停用，不能接手。请选择在用的账号。`,
  'account-no-mediator': ({ account }) =>
    `账号“${account}”没有对应的调解员，移交不知道记到谁名下。请先在账号里选定它对应的调解员。`,
  'hand-over-self': () => '移交人和接手人是同一个账号，没有移交。请另选接手的账号。',
  'help-none': () =>
    '本台账还没有登记上级单位的名片，上级帮不上忙。请使用恢复密钥；找回后请在“账号”里登记上级的名片，以备下次。',
  'help-file': ({ file }) => `文件“${file}”不是这一步要的文件，或者不完整。请核对文件名，重新选择。`,
  'help-foreign': ({ unit }) => `“${unit}”不是本单位的上级，没有登记它的名片。请向上级司法局索取名片文件。`,
  'help-code': () => '核对码不对，没有答复。请在电话里和对方重新核对申请上的核对码，不一致时不要答复。',
  'help-not-ours': ({ file }) =>
    `文件“${file}”打不开：它不是给本单位的，或者名片已经换过。请让对方重新登记名片，再申请一次。`,
  'help-no-request': () =>
    '本机没有等待答复的申请，或者答复的是另一次申请。请先生成申请文件，等上级答复后再来。',
  'help-password': () => '密码和申请时输入的新密码不一样。请输入申请时设的新密码；想不起来时重新申请一次。',
  'sealing-not-ready': () =>
    '本台账的恢复密钥还打不开封存内容，现在封存一旦忘记密码就会丢失，所以没有受理。请先用恢复密钥登录一次，再申请封存。',
  'sealing-no-key': () =>
    '本账号还没有领到封存密钥，打不开封存内容。请让另一位能办理封存的人员登录一次（登录时自动分给），或者用恢复密钥登录。',
  'sealing-damaged': () =>
    '封存内容打不开：密文被改动过，或者不是本台账的密钥封存的。请不要继续操作，先检查台账，再从备份恢复。',
  'sealing-settled': () => '这件申请已经办结或者撤回，没有重复办理。请刷新封存管理后查看结果。',
  'sealing-pending': () => '这条记录已有一件申请等待确认，没有再提交。请先确认、退回或者撤回那一件。',
  'sealing-same-account': () =>
    '申请和确认不能是同一个账号，没有办理。请换另一位负责人或者管理员登录确认；本单位只有一个这样的账号时，请由安全管理人员在“账号”里再设一个，新账号由本人用恢复密钥重设密码后就能办理。',
  'decider-in-hand': ({ account, by }) =>
    `账号“${account}”的密码是“${by}”近期给的，而这件事是“${by}”申请或者经手的，等于一个人办两个人的事，所以没有办理。请由申请人以外的账号管理人员给“${account}”重设密码，交本人登录后再办理；没有这样的人时，由本人用恢复密钥或者请上级帮助重设密码。`,
  'sealing-file-held': ({ title }) =>
    `附件“${title}”现在读不出来（可能正被别的程序占用，或者由更新的版本写成），记录没有封存，申请仍在等待确认。请关掉占用它的程序，稍后再确认；还读不出来的，重新启动电脑或者更新本程序后再试。`,
  'sealing-kind': ({ ledger }) =>
    `“${ledgers.find(({ name }) => name === ledger)?.title ?? ledger}”的记录不能单独封存。请封存它所属的案件、纠纷或者矫正对象，附属内容会一并封存。`,
  'enquiry-missing': () => '找不到这件查询登记。请刷新封存管理后重试。',
  'enquiry-answered': () => '这件查询已经答复，不能再改。确需更正时，请另行登记一件。',
  'enquiry-unanswered': () => '这件查询还没有答复，不能出具文书。请先由另一位负责人答复。',
  'enquiry-incomplete': () => '答复没有填完：许可查询要选定记录，不许可查询要写明理由。请补齐后再答复。',
  'enquiry-over': () => '这次查询的查看期限已过，不能再打开。确需查看时，请凭新的公函另行登记。',
  ...auditSentences,
  'transfer-unknown': ({ entry }) =>
    `日志第 ${entry} 条不是您的导出、导入，没有登记。请刷新后从列表里选择；别人的由本人或者审计员登记。`,
  'transfer-medium': ({ medium, day }) =>
    day === null
      ? `移动存储介质登记里没有编号“${medium}”，没有保存。请先登记这个介质，或者核对编号；没有用介质的，选“不用介质”。`
      : `编号“${medium}”的介质从 ${day} 起已经报失、送修或者报废，不能是这一次用的，没有保存。请核对介质编号。`,
  'hand-over-stuck': ({ title }) =>
    `“${title}”现有内容有不合规则的地方，移交不能保存，全部没有移交。请先打开这条记录改正，再移交一次。`,
  'duties-together': ({ account, first, second }) =>
    `本单位有三个以上账号在用，系统管理、安全管理、审计管理不能由一人兼任，而“${account}”兼任${dutyWord(first)}和${dutyWord(second)}。请把职责分给不同的人，再保存。`,
  'duty-unheld': ({ duty }) =>
    `没有人担任${dutyWord(duty)}，没有改动。请先把这项职责交给一个在用的账号，再保存。`,

  'unknown-method': ({ method }) => `程序内部请求“${method}”不存在。请重新安装同一版本的程序。`,
  'invalid-input': ({ method, at }) => `请求“${method}”的内容不合规则（位置：${at}）。请检查所填内容后重试。`,
  closing: () => '程序正在关闭，这次操作没有进行。请重新打开程序后再做。',
  busy: ({ method }) => `另一项较长的操作正在进行，“${method}”没有开始。请等它完成或者取消后再试。`,
  cancelled: ({ method }) => `“${method}”已取消，数据没有改动。`,
  'thread-lost': ({ method }) =>
    `处理“${method}”的后台部分意外停止，已自动重新启动。已保存的数据不受影响，请再试一次。`,
  internal: ({ incident }) =>
    `程序出现意外错误（编号 ${incident}），这次操作没有完成，已保存的数据不受影响。请重试；仍不行时把编号告诉技术人员。`,

  'ledger-unknown': ({ ledger }) =>
    `没有名为“${ledger}”的台账。请改用：${ledgers.map(({ name, title }) => `${name}（${title}）`).join('、')}。`,
  'record-missing': ({ id }) => `找不到这条记录（${id}）。它可能已随撤销导入而撤回，请回到列表刷新后再找。`,
  'record-invalid': ({ count }) =>
    `有 ${count} 处填写需要改正，记录还没有保存。请按标出的位置逐一改正后再保存。`,
  'record-changed': ({ by, at }) =>
    `这条记录在您打开之后已由${by}于 ${shortInstant(at)} 修改。请对照两边的内容，选定后再保存。`,
  'still-in-use': ({ title, ledger, field, count }) => {
    const spec = ledgers.find(({ name }) => name === ledger);
    const role = spec?.fields[field]?.label ?? field;
    return `“${title}”还是 ${count} 件没有办完的${spec?.noun ?? ledger}的${role}，不能作废。请先在这些${spec?.noun ?? ledger}里改填别的${role}，或者办结；只是不再使用的，请填写撤销（离任）日期，不要作废。`;
  },
  'action-not-allowed': ({ action, state }) => {
    const { now, step, wayBack } = stepWords(action, state);
    if (action !== 'edit') return `记录目前是“${now}”，不能办理“${step}”。请先刷新记录，再选择可用的操作。`;
    return wayBack
      ? `记录目前是“${now}”，内容不能修改。请先办理“${wayBack}”，再修改。`
      : `记录目前是“${now}”，内容不能修改，也不能恢复。如需更正，请另行登记一条。`;
  },
  'filter-unknown': ({ field }) => `不能按“${field}”筛选或者排序。请改用列表上提供的条件。`,
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
  'number-settled': ({ number }) => `案号“${number}”已经用过或者作废，没有改动。请刷新后再看。`,
  'number-elsewhere': ({ number }) => `案号“${number}”是另一台电脑预留的，本机没有改动。请在那台电脑上办理。`,
  'number-foreign': ({ number }) =>
    `“${number}”不像本台账的案号，或者序号大得不合理，没有改动。请照纸质文书上的案号完整填写，例如（2025）某某人调字第12号。`,
  'number-code-invalid': ({ why }) => `领取码不能用：${why}。请在分配案号的电脑上重新复制完整的领取码。`,
  'ledger-unnumbered': ({ ledger }) => `“${ledger}”没有编号。请选择有编号的台账。`,
  'area-unknown': ({ code }) => `区划代码表里没有“${code}”。请核对代码，或者从列表中选择单位所在地。`,

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
  'attachment-missing': ({ id }) => `找不到这份附件（${id}）。请回到记录，刷新附件后再找。`,
  'attachment-removed': ({ title }) => `附件“${title}”已经移除，不能再打开。需要时请用原文件重新添加。`,
  'attachment-lost': ({ title }) =>
    `附件“${title}”的数据文件不见了，打不开。请用原文件重新添加一次，或者从备份文件夹的 objects 里把它找回。`,
  'attachment-damaged': ({ title }) =>
    `附件“${title}”的数据文件已损坏，没有显示。请用原文件重新添加一次，或者从备份文件夹的 objects 里把它找回。`,
  'file-changed': ({ file }) =>
    `读取文件“${file}”的时候它被别的程序改动了，没有添加。请等那个程序写完，再添加一次。`,
  'deadline-no-period': ({ title }) =>
    `“${title}”的期限不能是 0，那样当天就到期。请填写期限；不用这条规则的，请停用。`,
  'deadline-no-basis': ({ title }) =>
    `修改或者停用“${title}”要写明依据。请填写依据或者理由，例如本地文件的名称和文号。`,
  'deadline-unknown': ({ rule }) => `没有名为“${rule}”的期限规则。请回到“期限规则”重新选择。`,
  'calendar-unreadable': ({ file, fault, line, text }) =>
    `文件“${file}”${calendarFault(fault, line, text)}。没有导入任何内容，改好后请重试。`,
  'paper-unknown': ({ kind }) =>
    `没有叫“${kind}”的文书。请写文书名称，例如人民调解协议书、人民调解调查记录；全部名称见案件的“文书”一栏。`,
  'paper-unfit': ({ title, record }) =>
    `“${title}”不适用于案件“${record}”目前的办理情况。请先登记调解结果（协议类型、代理人），或者改出别的文书。`,
  'safety-paper-unfit': ({ title, record }) =>
    `“${title}”不能按“${record}”制作，没有输出。请选择对应的安全事件、影响评估记录，或者打印空白表格。`,
  'paper-attached': ({ title }) => `“${title}”是当事人提交的材料，不由程序制作。请把原件或者复印件装入案卷。`,
  'paper-no-case': ({ title }) => `“${title}”所在的台账没有文书。请打开案件或者社区矫正的记录后再制作文书。`,
  'paper-copy-missing': ({ title }) =>
    `没有找到要制作的这一份“${title}”，对应的笔录或者代理人可能已经改动。请刷新文书清单后再选。`,
  'paper-unnumbered': ({ title }) => `“${title}”不编文号。需要的，请在打印后手写。`,
  'paper-number-level': ({ title, level }) =>
    `“${title}”的文号由${levelNames[level] ?? level}编，本单位没有编。请把收到的文书上的文号填进登记内容。`,
  'paper-number-prefix': ({ title }) =>
    `“${title}”的文号里要写本单位简称，现在还没有设置，没有编号。请管理员在“案号”设置里填写本单位简称，或者先手工填写文号。`,
  'paper-number-none': ({ title }) =>
    `本机分到的“${title}”文号已经用完，没有编号。请在编号的那台电脑上再分配一些，在本机领取，或者先手工填写文号。`,
  'issued-missing': ({ id }) => `找不到这份已出具的文书（${id}）。请回到案件的文书清单重新选择。`,
  'form-number-refused': ({ number, why, by }) =>
    `案号“${number}”不能印在备用文书上：${formNumberFault(why, by)}。没有制作任何文书；请到“案号”页面的预留案号里选未用的，或者新预留。`,
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
  'own-template-missing': ({ id }) => `找不到这个本单位模板（${id}）。请刷新模板清单后再选。`,
  'own-template-retired': ({ title }) => `“${title}”的这个模板已经停用，请刷新模板清单。`,
  'own-template-damaged': ({ title }) =>
    `“${title}”的本单位模板与添加时的内容不一致，没有使用。请恢复到较早的备份，或者重新添加模板；急用时可改用通用格式。`,
  'own-template-unfit': ({ title, paper }) => `“${title}”的模板不能用来制作“${paper}”。请重新选择模板。`,
  'own-template-copies': ({ title, count }) =>
    `“${title}”有 ${count} 份，本单位模板要一份一份地制作。请指定其中一份，或者改用通用格式合并制作。`,
  'own-template-print': ({ title }) =>
    `“${title}”用的是本单位模板，版式以 Word 或 WPS 打开为准，程序不直接打印、不转 PDF。请保存为 Word 后打印，或者改用通用格式。`,
  'own-template-unread': ({ title }) =>
    `模板“${title}”没有读完：内容太多，或者写法不合规范。请删去文件里的大图片和多余内容，另存为一份新的 .docx 后再试。`,
  'paper-own-only': ({ title }) =>
    `“${title}”只有本单位模板，没有通用格式，模板停用后不能再制作。请在“本单位模板”里重新添加。`,

  'person-missing': () =>
    '台账里已经没有这个人的记录，可能是登记内容刚改过。请返回上一页，重新打开人员卡片。',
  'person-is-one': () =>
    '这两处号码相同，本来就是同一个人，认定没有改动。如果实际是两个人，请核对并改正其中一处的号码。',
  'person-decided-otherwise': ({ by, at }) =>
    `这里面有两人已由 ${by} 认定不是同一人（${at.slice(0, 10)}），没有归为一人。如确属同一人，请先撤销那条认定。`,
  'person-decision-missing': () => '这条认定已经撤销过了。请重新打开人员卡片查看。',
  'figures-outside-part': ({ unit }) =>
    `报送、公开用的报表由${unit}按整个台账统一出具：下属单位另出一份，两份相减就能推算出没有列出的一、二人。请改选“本单位内部使用”，或者请${unit}出具。`,
  'indicator-base': ({ name }) => `“${name}”不能用所选的指标作基数。请从该指标列出的基数中选一个。`,
  'field-not-optional': ({ ledger, field }) =>
    `“${ledger}”的“${field}”不是可选项目，不能启用或者停用。请从代码表页面列出的可选项目中选择。`,
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
  'needs-window': () => '这项操作要在程序窗口里进行。请打开程序窗口后再做。',
  'print-failed': ({ reason }) =>
    `打印没有完成${reason === '' ? '' : `（${reason}）`}。请检查打印机是否联机、有纸，再试一次。`,

  'file-missing': ({ file }) => `找不到文件“${file}”。请检查文件名和位置，再选一次。`,
  'file-exists': ({ file }) => `文件“${file}”已经存在，没有覆盖。请换一个文件名，或者确认覆盖。`,
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
  'backup-damaged': ({ file }) => `备份“${file}”没有通过检查，没有用它。请选择另一份备份。`,
};

/** What the screens call a state and a step, by the ledgers that have them; and the step that opens the record again. */
function stepWords(action: string, state: string): { now: string; step: string; wayBack: string | null } {
  const having: readonly LedgerSpec[] = ledgers.filter(({ workflow }) =>
    Object.hasOwn(workflow.states, state),
  );
  const steps = having.flatMap(({ workflow }) => workflow.steps);
  const states = having[0]?.workflow.states ?? {};
  const back = steps.find(({ from, to, auto }) => from.includes(state) && !auto && !states[to]?.isClosed);
  return {
    now: states[state]?.label ?? state,
    step: steps.find((one) => one.action === action)?.label ?? action,
    wayBack: back?.label ?? null,
  };
}

/** What the database said of a damaged file, for whoever reads no English. */
function damageWords(detail: string): string {
  if (/empty/.test(detail)) return '（文件是空的）';
  if (/not a database/.test(detail)) return '（文件头无法识别）';
  return /malformed|integrity|row|page|index|met while/i.test(detail)
    ? '（文件内部不一致）'
    : `（${detail}）`;
}

const levelWords: Readonly<Record<string, string>> = {
  station: '司法所（乡镇、街道）',
  county: '县级司法局',
  city: '市级司法局',
  province: '省级司法厅（局）',
};

const rightNames: Readonly<Record<string, string>> = {
  session: '登录后使用',
  'ledger.read': '查看台账',
  'ledger.write': '登记和修改台账',
  'sensitive.view': '查看姓名、证件号码等全文',
  'sealing.apply': '申请封存',
  'sealing.decide': '确认封存、答复查询',
  'numbers.manage': '设置案号',
  'figures.read': '查看指标数据',
  'figures.write': '填报指标数据',
  'report.make': '生成年度报告',
  'rules.confirm': '核实期限规则和节假日安排',
  'files.review': '鉴定到期的案卷',
  'destruction.approve': '批准销毁（负责人）',
  'destruction.carryOut': '实施销毁',
  'system.maintain': '系统管理',
  'accounts.read': '查看账号',
  'accounts.manage': '安全管理（账号和权限）',
  'audit.read': '审计管理（操作日志）',
};

const dutyWord = (duty: string) => dutyNames[duty] ?? duty;

/** The sentence of a failure, for windows and the command line alike. */
export function errorText(failure: Failure): string {
  const sentence = sentences[failure.code] as (params: Failure['params']) => string;
  return sentence(failure.params);
}
