import { shortInstant } from './words.ts';

const dayOf = (at: string) => shortInstant(at).slice(0, 10);

/** Lines of the yearly self-check: what is looked at, under which rule; and what the ledger itself can say of it. */
export const selfCheckText = {
  items: {
    accounts: [
      '每人使用本人账号，系统、安全、审计三项职责分开',
      '个人信息保护法第五十一条第四项；GB/T 22239-2019',
    ],
    locks: ['登录失败锁定，离开时锁屏', '网络安全法第二十三条；GB/T 22239-2019'],
    masks: ['姓名、号码平时隐去，查看全文有理由', '个人信息保护法第五十一条第三项'],
    encryption: ['数据加密存储', '个人信息保护法第五十一条第三项；网络数据安全管理条例第九条'],
    log: ['操作日志完整，保存六个月以上，按期留证', '网络安全法第二十三条第三项'],
    copies: ['备份按期制作、另处保存，恢复演练', '网络安全法第二十三条第四项；网络数据安全管理条例第九条'],
    exports: ['数据导出逐项登记去向、用途、介质，保存三年', '网络数据安全管理条例第十二条'],
    imports: ['数据导入登记来源，先行查杀病毒', '网络数据安全管理条例第十二条'],
    media: ['移动存储介质统一编号、登记、查杀、销毁', 'GB/T 22239-2019 介质管理'],
    incidents: ['安全事件及时处置、报告、通知个人', '个人信息保护法第五十七条；网络数据安全管理条例第十一条'],
    assessments: ['处理敏感个人信息前完成影响评估，报告保存三年', '个人信息保护法第五十五条、第五十六条'],
    network: ['处理台账的计算机不连接互联网，数据存储在境内', '个人信息保护法第三十六条、第五十一条'],
    minimal: ['只登记办理案件必需的个人信息', '个人信息保护法第六条、第三十四条'],
    notice: ['已向当事人告知个人信息处理事项', '个人信息保护法第十七条、第三十五条'],
    minors: [
      '有不满十四周岁未成年人个人信息处理规则并执行',
      '个人信息保护法第三十一条；未成年人保护法第一百零三条',
    ],
    rights: ['查阅、复制、更正、删除的申请有人受理、按时答复', '个人信息保护法第四十五条至第五十条'],
    retention: [
      '归档范围和保管期限表经批准，到期的按程序处理',
      '个人信息保护法第十九条；档案法实施条例第十九条',
    ],
    training: ['经办人员接受安全教育和培训', '个人信息保护法第五十一条第五项'],
    plan: ['有个人信息安全事件应急预案并组织实施', '个人信息保护法第五十一条第六项'],
    secrets: ['没有用本程序存储、处理国家秘密', '保守国家秘密法第三十一条'],
    contractor: [
      '委托维护的单位签有保密条款，不留存数据',
      '数据安全法第四十条；网络数据安全管理条例第十六条',
    ],
  },
  accounts: (used: number, [system = 0, security = 0, audit = 0]: readonly number[], isTogether: boolean) =>
    `使用中的账号 ${used} 个；系统管理 ${system} 人、安全管理 ${security} 人、审计管理 ${audit} 人，${
      isTogether ? '有一人兼任的' : '没有一人兼任'
    }。`,
  locks: '程序设定：输错密码逐次延时，满十次锁定账号；无人操作自动锁定。',
  reveals: (count: number, refused: number) =>
    `本年度说明理由后显示全文 ${count} 次；越权被拒绝 ${refused} 次。`,
  encryption: '程序设定：台账、附件、备份全部加密。所用算法不是国家商用密码算法，未经密码应用安全性评估。',
  log: (entries: number, head: { entry: number; at: string } | null) =>
    `共 ${entries} 条；${head ? `最近一次留证到第 ${head.entry} 条（${dayOf(head.at)}）。` : '还没有留证。'}`,
  handUp: (last: string | null, isDue: boolean) =>
    `账号不足三个，日志由上级审计员查看：${last === null ? '还没有导出交上级' : `最近一次导出 ${dayOf(last)}`}${isDue ? '，已到期应交' : ''}。`,
  copy: (at: string) => `最近一次备份 ${dayOf(at)}；`,
  noCopy: '还没有备份；',
  second: '设有第二备份位置；',
  noSecond: '没有第二备份位置；',
  drill: (on: string, isGood: boolean) => `最近一次恢复演练 ${on}，${isGood ? '成功' : '没有成功'}。`,
  noDrill: '没有做过恢复演练。',
  transfers: (all: number, open: number) => `本年度 ${all} 项，其中未登记 ${open} 项。`,
  media: (states: Readonly<Record<string, number>>, unchecked: number, late: number) =>
    `在用 ${states.active ?? 0} 个、送修 ${states.inRepair ?? 0} 个、报失 ${states.lost ?? 0} 个、报废 ${
      states.scrapped ?? 0
    } 个；没有查杀记录的 ${unchecked} 个；逾期未还 ${late} 个。`,
  incidents: (all: number, open: number) => `本年度登记 ${all} 起；现在处置中 ${open} 起。`,
  assessments: (approved: number, open: number, due: number) =>
    `已审定 ${approved} 份，评估中 ${open} 份，复评到期 ${due} 份。`,
  network: '程序设定：程序不建立网络连接。计算机是否连接互联网由自查人核实。',
} as const;
