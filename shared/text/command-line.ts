import { asideDays } from '../domain/keeping-copies.ts';

/** What the command line says, apart from the sentences of errors. */
export const commandLineText = {
  usageTitle: '用法：npm run --silent ledger -- <命令> --dir 数据文件夹 [选项]',
  /** Why a command that hands out a record shows it whole, where no reason was given. */
  reason: '命令行办理',
  general: [
    '  --dir DIR             数据文件夹（每个命令都要）',
    '  --user NAME           账号，不写时为 admin',
    '  --password-file F     从文件读密码；不写时取环境变量 LEDGER_PASSWORD',
    '  --json                结果写成一个 JSON 对象',
    '  --reveal 理由          显示姓名、证件号码等全文，理由记入操作日志；不写时清单和查找结果隐去',
    '  --wait SECONDS        台账正被窗口使用时最多等多少秒',
  ],
  commands: {
    init: '新建台账：--level 级别 --unit 代码 --name 名称 [--parent 代码]',
    demo: '新建演示台账：[--level 级别] [--cases 件数] [--correction 社区矫正对象人数] [--years 2021-2023] [--seed 数]',
    'record add': '登记一条记录：--ledger 台账 --file 记录.json',
    'record get': '读出一条记录：--id 记录号',
    'record act': '办理一个步骤：--id 记录号 --action 步骤 [--file 内容.json]',
    'attachment add': '添加附件：--id 记录号 --file 图片或PDF --kind 类别代码 [--title 标题]',
    'attachment list': '列出一条记录的附件：--id 记录号 [--removed 连同已移除的]',
    'attachment export': '把附件另存为不加密的文件：--id 附件号 --out 文件 --reason 用途 [--force]',
    list: '列出台账：--ledger 台账 [--filter JSON] [--sort 项目，前加 - 为倒序] [--limit 条数] [--offset 起点] [--mapping 对照表，多个用逗号隔开]',
    mappings: '列出公布代码表的对照',
    search: '查找：<文字> [--limit 条数]',
    deadlines: '列出逾期、今天到期和七日内到期的事项：[--on 日期]',
    fields: '列出各台账的可选项目和是否启用',
    'fields turn': '启用可选项目：--ledger 台账 --field 项目 [--off 停用]',
    'indicators set': '导入手工填报的指标：--year 年度 --file 指标.csv',
    indicators: '列出一年的全部指标：--year 年度 [--unit 单位代码] [--outside 隐去一、二人的数字]',
    'indicators base': '选定比率的基数：--indicator 指标代码 --base 作基数的指标代码',
    'records-behind': '列出指标所计的记录：--indicator 指标代码 --year 年度',
    report: '生成年度报告：--year 年度 --out 报告.docx [--pdf 报告.pdf] [--force]',
    document:
      '制作一种文书：--id 案件记录号 --kind 文书名称 --out 文书.docx [--pdf 文书.pdf] [--copy 其中一份] [--template house|模板号] [--force]',
    dossier:
      '制作整本案卷：--id 记录号 --out 案卷.docx [--pdf 案卷.pdf] [--volume 社区矫正执行档案|社区矫正工作档案] [--template house] [--force]',
    blank:
      '制作空白文书：--kind 文书名称，可用逗号隔开多种 --out 文书.docx [--number 预留案号，逗号隔开] [--is-unit] [--force]',
    hash: '全部内容的校验值',
    verify: '检查数据库、版本链、日志链、检索和附件',
    backup: '备份并核验：[--out 文件夹，不写则备份到数据文件夹里，演练和修复用它]',
    drill: '恢复演练：[--backup 备份文件名] [--second 用第二备份位置的]',
    'drill list': '列出恢复演练，手工登记的在内',
    'drill enter':
      '登记在另一台电脑上手工做的恢复演练：--on 日期 --by 演练人 --copy 用的备份 --machine 演练电脑 --minutes 分钟 [--failed 没有成功的原因]',
    'second-place': '第二备份位置：[--folder 文件夹 | --none 不再使用]',
    'audit state': '本机操作日志是否完好、留证到哪一条',
    'audit list':
      '列出操作日志：[--file 外单位导出的日志，先核对再列出] [--from 日期] [--to 日期] [--account 账号] [--machine 电脑] [--action 操作代号] [--record 案号或者记录号] [--before 条目号] [--limit 条数]',
    'audit export': '导出操作日志：--out 文件.jsonl --reason 理由 [--from 日期] [--to 日期] [--force]',
    'audit check': '核对导出的操作日志：--file 文件.jsonl [--entry 日结单条目号 --code 校验码]',
    'audit checks': '列出核对过的外单位日志',
    'audit confirm-key': '确认外单位日志的签名密钥：--check 核对登记号 --code 对方念出的指纹',
    'retention periods': '列出各类档案和批准的保管期限',
    'retention review':
      '列出到期待清查的档案：[--what 清查什么] [--kind 种类代码] [--on 日期] [--pdf 清单.pdf] [--force]',
    'retention lists': '列出销毁清册和办到哪一步',
    'account list': '列出账号',
    'account create':
      '新建账号：--name 账号 [--role 角色] [--duties 职责，逗号隔开] [--unit 单位代码] [--ledgers 台账，逗号隔开] [--new-password-file 文件]',
    'account change':
      '修改账号：--name 账号 [--role 角色] [--duties 职责，逗号隔开，或者 none] [--unit 单位代码] [--ledgers 台账，逗号隔开，或者 all]',
    'account disable': '停用账号：--name 账号 --reason 理由',
    'account enable': '恢复使用账号：--name 账号',
    'account reset': '重设密码：--name 账号 [--new-password-file 文件]',
    password: '修改自己的密码：[--new-password-file 文件，不写时取 LEDGER_NEW_PASSWORD]',
    recover:
      '忘记密码，用恢复密钥重设：--account 账号 [--recovery-key-file 文件，不写时取 LEDGER_RECOVERY_KEY] [--new-password-file 文件，不写时取 LEDGER_NEW_PASSWORD]',
    'password-help state': '忘记密码的求助：登记了哪个上级，本单位名片的指纹',
    'password-help card': '导出本单位名片：--out 文件 [--force]',
    'password-help trust': '登记上级名片：--file 文件',
    'password-help ask':
      '忘记密码，向上级申请：--account 账号 --out 文件 [--new-password-file 文件] [--replace 作废等待答复的那一份] [--force]',
    'password-help answer':
      '答复下级的申请：--file 申请文件 --code 核对码 --reason 理由 --out 文件 [--force]',
    'password-help finish': '用上级的答复文件完成：--file 文件 [--new-password-file 文件]',
    'sealing list': '列出封存的记录、待确认的申请和查询登记（不含内容）',
    'sealing propose': '查看封存一条记录的依据、理由和随同封存的内容：--id 记录号',
    'sealing apply':
      '申请封存或者解除封存：--id 记录号 [--kind seal|unseal] --basis 法律依据 --reason 理由 [--also 一并封存的记录号，逗号隔开]',
    'sealing withdraw': '撤回本人的申请：--id 申请号',
    'sealing certificate': '制作封存登记表：--id 记录号 --pdf 登记表.pdf [--force]',
    'sealing ask': '请上级确认本人的封存申请：--id 申请号（见 sealing list --json）--out 申请文件 [--force]',
    'sealing read': '查看下级的封存申请：--file 申请文件',
    'sealing answer':
      '答复下级的封存申请：--file 申请文件 --code 核对码 --outcome granted（同意）|refused（不同意）--reason 理由 --out 答复文件 [--force]',
    'sealing take': '读取上级对封存申请的答复：--file 答复文件',
    'transfer list':
      '列出数据导出、导入登记：--direction 方向 [--from 日期] [--to 日期] [--undescribed 只看未登记] [--before 条目号] [--limit 条数]',
    'transfer describe':
      '登记去向来源：--entries 条目号，逗号隔开 --partner 单位 --purpose 用途 [--medium 介质编号] [--approver 批准人] [--scan 查杀结果代码]',
    'safety-paper': '制作安全保密文书：--kind 种类 --out 文书.docx [--id 记录号] [--force]',
    'self-check': '制作年度自查表：--year 年度 --out 自查表.docx [--force]',
    repair: '用备份和还读得出来的内容修复损坏的台账',
    move: '搬到新电脑：--out 文件夹',
    'go-on':
      '台账搬走过、来自别的电脑或者是复制出来的，在这里继续使用：--reason 原因 [--beside 另一份还在用]',
    'take-key': '取回密钥文件：[--file 密钥文件，不写则从备份旁取]',
    diagnose: '导出诊断信息（不含个人信息）：--out 文件',
    restore: '恢复到一份备份：--file 备份.db [--other 备份是另一份台账的，确认换成那份]',
    bench: '测速：[--records 条数]',
    help: '显示本说明',
  } as Readonly<Record<string, string>>,
  reviews: [
    ['ended', '保管期限届满'],
    ['archive', '应移交档案馆'],
  ] as const,
  directions: [
    ['out', '导出'],
    ['in', '导入'],
  ] as const,
  noDuty: '一项也不担任',
  allLedgers: '全部台账',
  noBasis: '程序没有查到应当封存的法定理由；确需封存的，请自行写明依据和理由。',
  applied: (id: string) => `已提交申请（申请号 ${id}），等待另一位负责人或者管理员在窗口的“封存管理”里确认。`,
  askAbove: (unit: string, id: string) => `也可以请${unit}确认：sealing ask --id ${id} --out 申请文件`,
  choices: (option: string, all: readonly (readonly [value: string, label: string])[]) =>
    `--${option} 可以写：${all.map(([value, label]) => (label === '' ? value : `${value}（${label}）`)).join('、')}`,
  files: '案卷',
  periodUnset: '没有批准的保管期限',
  unsettled: (kind: string, files: number) => `没有批准的保管期限：${kind} ${files} 件，不在清单里。`,
  noLists: '还没有销毁清册。',
  listStates: { open: '待审批', approved: '已批准', underWay: '执行中', done: '已执行' } as const,
  listCounts: (listed: number, withheld: number, destroyed: number) =>
    `列入 ${listed} 件，暂缓 ${withheld} 件，已销毁 ${destroyed} 件`,
  unknownCommand: (name: string) => `没有“${name}”这个命令。`,
  noCommand: '没有写命令。',
  unknownOption: (name: string) => `没有“${name}”这个选项。`,
  optionNeedsValue: (name: string) => `选项 ${name} 后面要写值。`,
  optionTakesNone: (name: string) => `选项 ${name} 后面不写值。`,
  extraWord: (word: string) => `多写了“${word}”。`,
  ledgers: (names: readonly string[]) => `台账：${names.join('、')}`,
  moreHelp: '全部命令：npm run --silent ledger -- help',
  oneHelp: '一个命令的选项可以写什么：npm run --silent ledger -- <命令> --help',
  missingOption: (name: string) => `缺少选项 --${name}。`,
  missingText: '缺少要查找的文字。',
  option: (name: string) => `选项 --${name} `,
  badOption: (name: string, value: string) => `选项 --${name} 的值“${value}”不对。`,
  badDay: (name: string, value: string) =>
    `选项 --${name} 的值“${value}”不是日期，请写成 2025-03-01 的样子。`,
  badWhole: (name: string, value: string) => `选项 --${name} 的值“${value}”不对，请写整数。`,
  badNumber: (name: string, value: string) => `选项 --${name} 的值“${value}”不对，请写大于零的整数。`,
  badYear: (name: string, value: string) => `选项 --${name} 的值“${value}”不是年份，请写四位数字，如 2025。`,
  oneOf: (one: string, other: string) => `--${one} 和 --${other} 只能写一个。`,
  noNewPassword:
    '没有要设的密码。请设置环境变量 LEDGER_NEW_PASSWORD，或者用 --new-password-file 指定密码文件。',
  helpAnswered: (unit: string, account: string, file: string) =>
    `已答复${unit}的账号“${account}”，请把“${file}”送回去。`,
  passwordChanged: (account: string) => `账号“${account}”的密码已换成新的。`,
  noRecoveryKey:
    '没有恢复密钥。请设置环境变量 LEDGER_RECOVERY_KEY，或者用 --recovery-key-file 指定存有恢复密钥的文件。',
  nothingSealed: '没有封存的记录，也没有申请和查询。',
  safetyPaperMade: (file: string) => `已存为“${file}”。`,
  noPassword: '没有密码。请设置环境变量 LEDGER_PASSWORD，或者用 --password-file 指定密码文件。',
  filling: (done: number, total: number) => `正在生成演示数据 ${done} / ${total}`,
  created: (unit: string, code: string, account: string) =>
    `已建立台账：${unit}（${code}），管理员账号 ${account}。`,
  recoveryKey: (key: string) => `恢复密钥：${key}\n请抄写或者打印后封存；忘记密码时只能用它开锁。`,
  demoAccount: (name: string, password: string) => `账号 ${name}，密码 ${password}`,
  counted: (ledger: string, count: number) => `${ledger}：${count} 条`,
  savedRecord: (ledger: string, number: string, state: string) => `已保存：${ledger} ${number}（${state}）`,
  attached: (title: string, pages: number) => `已添加附件：${title}（${pages} 页）`,
  noAttachments: '没有附件。',
  pages: (count: number) => `${count} 页`,
  bytes: (count: number) => `${count} 字节`,
  noEntries: '没有符合条件的操作日志。',
  nothingDue: '没有逾期、今天到期和七日内到期的事项。',
  moreEntries: (last: number) => `还有更早的条目：加 --before ${last} 再列。`,
  exported: (file: string) => `已另存为（没有加密，用完请及时删除）：${file}`,
  warning: (text: string) => `请核对：${text}`,
  mapping: (name: string, title: string, rows: number, open: number) =>
    `${name}\t${title}\t${rows} 行，待核实 ${open} 行`,
  unmapped: (title: string, why: string) => `没有对照\t${title}\t${why}`,
  total: (count: number, shown: number) =>
    count === 0 ? '没有符合条件的记录。' : `共 ${count} 条，列出 ${shown} 条。`,
  found: (count: number, ms: string) => `${count === 0 ? '没有找到' : `找到 ${count} 条`}，用时 ${ms} 毫秒。`,
  versions: (count: number) => `版本：${count} 个`,
  turned: (isOn: boolean) => (isOn ? '已启用' : '未启用'),
  baseChosen: (code: string, base: string) => `${code} 的基数已选定为 ${base}。`,
  figuresSet: (count: number) => `已导入 ${count} 个指标。`,
  figuresUnknown: (names: readonly string[]) => `指标目录里没有、未导入的：${names.join('、')}`,
  noFigure: '—',
  reportMade: (file: string, figures: number, findings: number) =>
    `已生成：${file}，其中 ${figures} 个数字，待核对 ${findings} 处。`,
  paperMade: (file: string) => `已制作并存档：${file}`,
  dossierMade: (file: string, pieces: number, pages: number) =>
    `已制作案卷并存档：${file}，收入 ${pieces} 件，共 ${pages} 页（不含封面、目录和封底）。`,
  blankMade: (file: string, numbers: number) =>
    numbers === 0 ? `已制作空白文书：${file}` : `已制作空白文书：${file}，用了 ${numbers} 个预留案号。`,
  hash: (hash: string, records: number) => `${hash}  共 ${records} 条记录`,
  verified: (records: number) => `检查通过，共 ${records} 条记录。`,
  verifyFailed: (count: number) => `发现 ${count} 处问题：`,
  backedUp: (file: string, lost: number) =>
    lost === 0
      ? `已备份并核验：${file}`
      : `已备份并核验：${file}；另有 ${lost} 份附件的数据文件不见了或者已损坏，没能备份；用 verify 可查出是哪几份。`,
  benchLine: (name: string, ms: string, baseline = '—', ratio = '—', limit = '—') =>
    `${name}\t${ms} ms\t对照 ${baseline} ms\t比 ${ratio}\t限 ${limit}`,
  restoredAccounts: '账号已照恢复前的情况核对，请担任安全管理的人用命令 account list 和操作日志查看。',
  restored: (file: string) =>
    `已恢复到备份：${file}。原来的文件移到 set-aside 文件夹，保留 ${asideDays} 天。`,
} as const;
