/** Words of what makes entering quick: 不适用, 固定, copies, like cases, proposals. */

import type { Telling } from '#shared/ledgers/telling.ts';

export const waiveText = {
  waive: '不适用',
  key: 'Alt+N',
  mark: '不适用：',
  reasonOf: (label: string) => `${label}不适用的理由`,
  reasonHint: '请写明理由',
  takeBack: '撤销',
  takeBackOf: (label: string) => `撤销${label}的“不适用”`,
  waiveOf: (label: string) => `把${label}标为“不适用”`,
  line: (label: string, reason: string) => `${label}：${reason}`,
} as const;

export const pinText = {
  pin: '固定',
  pinned: '已固定',
  key: 'Alt+P',
  pinOf: (label: string) => `固定${label}，下一条沿用`,
  unpinOf: (label: string) => `不再固定${label}`,
  line: (labels: string) => `连续录入，下一条沿用：${labels}`,
  clear: '全部取消',
} as const;

const tellingNames: Record<Telling, string> = {
  name: '姓名（名称）',
  number: '证件、电话、账户等号码',
  address: '住址',
  birthday: '出生日期',
};

export const copyText = {
  copy: (noun: string) => `复制为新${noun}`,
  /** `blanked`: what gave way to blanks. Who is not named in a field of the record cannot be known of. */
  copied: (blanked: readonly Telling[]) =>
    blanked.length === 0
      ? '已带入同类内容，请逐项核对其中的人名、金额和日期。'
      : `已带入同类内容。原记录中登记的人员（单位），其${blanked.map((one) => tellingNames[one]).join('、')}已换成“＿＿”，请补填；其余人名、金额和日期请逐项核对。`,
  waiting: (labels: string, fields: string) =>
    `同类内容里的${labels}要等${fields}选定后才适用，到时自动填入；没有填入以前不会写进记录。`,
  forgetWaiting: '不再带入',
  like: (noun: string) => `从同类${noun}带入`,
  likeTitle: (noun: string) => `选择一件同类${noun}`,
  likeEmpty: (noun: string) => `还没有同类的${noun}。`,
  likeHint: '只带入空着的项目：来源、调解组织、调解员、协议内容等；不带当事人、地点、日期、结果和编号。',
} as const;

export const originText = {
  line: (title: string) => `由“${title}”转来。保存后，原记录自动记为已转调解，并写明转入的案件。`,
  changed: (title: string, by: string) =>
    `“${title}”在打开这份登记之后已由${by}修改，还没有保存。请先查看它现在的内容；仍要转来的，请再按一次“保存”。`,
  forget: '不再关联',
} as const;

export const proposalText = {
  subsidy: (name: string, from: string, yuan: string) => `按“${name}”（${from}起施行）每件 ${yuan} 元`,
  take: '采用',
  takeSubsidy: '采用补贴标准',
  topic: (topic: string) => `按所属案件：${topic}`,
  takeTopic: '采用案件的事由',
} as const;

export const keysText = {
  phrases: 'Alt+/ 常用语',
  waive: 'Alt+N 不适用',
  pin: 'Alt+P 固定到下一条',
  next: 'Ctrl+Shift+S 保存并新建',
} as const;
