import type { PersonMatter, PersonSign, PersonWarning } from '#shared/api/persons.ts';
import { ledgers } from '#shared/ledgers/all.ts';

/** Words about persons: likely matches, warnings at intake, the card. */

const signs: Readonly<Record<PersonSign, string>> = {
  number: '证件号码相同',
  credit: '信用代码相同',
  slip: '证件号码只差一处',
  name: '姓名相同',
  formerName: '与曾用名相同',
  sound: '姓名同音',
  nearSound: '姓名音近',
  oneCharacter: '姓名差一个字',
  initials: '拼音相符',
  phone: '电话相同',
  birth: '出生日期相同',
};

export const whyText = (why: readonly PersonSign[]) => why.map((sign) => signs[sign]).join('、');

/** '人民调解案件台账 （2025）…第3号 2025-03-01 申请人' */
export function matterText({ number, title, day, as, state }: PersonMatter): string {
  return [number ?? title, day, as, state].filter(Boolean).join(' ');
}

export const ledgerTitle = (name: string) => ledgers.find((one) => one.name === name)?.title ?? name;

const byName = '（仅按姓名判断，请核对是否同一人）';

/** What a warning says, for whoever takes the case in. */
export function warningText({ kind, names, matter, says, isByName }: PersonWarning): string {
  const [first = '', second = ''] = names;
  const where = matter ? [matter.number ?? matter.title, matter.day].filter(Boolean).join('，') : '';
  const sure = isByName ? byName : '';
  switch (kind) {
    case 'bothSides':
      if (says !== null) return `${first}与${second}是同一人，在本案中分属两方，其中有${says}，请核对。`;
      return isByName
        ? `双方当事人和法定代表人中都有“${first}”，可能是同一人分列两方${byName}。`
        : `${first}与${second}是同一人，却在本案中分列两方，请核对。`;
    case 'otherSide':
      return `${first}在另一件未办结的案件中是${matter?.as ?? ''}，与本案的地位相反：${where}。${sure}`;
    case 'repeat':
      return `${first}与${second}之间此前已有纠纷：${where}，${matter?.state ?? ''}。${sure}`;
    case 'alert':
      return `${first}${says ?? ''}：${where}。${sure}`;
  }
}

export const personText = {
  likely: '台账中可能是同一人的',
  known: '台账中已有此人',
  keys: 'Alt+数字 带入资料，Alt+0 打开第一位的人员卡片',
  keyOf: (place: number) => `Alt+${place}`,
  take: (name: string) => `带入${name}的资料`,
  taken: (name: string, labels: string) =>
    labels === '' ? `${name}的资料没有可带入的。` : `已带入${name}的${labels}，其他内容没有改动。`,
  renamed: (name: string, labels: string) => `已带入${name}的资料（${labels}），姓名已改：`,
  clearTaken: '清除带入的内容',
  keepTaken: '保留',
  renamedKeys: 'Alt+1 清除，Alt+2 保留',
  otherName: (name: string) => `号码与台账中的“${name}”相同，姓名不同，请核对是否填错。`,
  openCard: '人员卡片',
  cardOf: (name: string) => `${name}的人员卡片`,
  matters: (count: number) => `共 ${count} 件`,
  mattersLast: (count: number, last: string) => `共 ${count} 件，最近 ${last}`,
  warnings: '人员提示',
  open: '打开',
  unfold: (count: number, unread: number) =>
    unread === 0 ? `展开全部 ${count} 条（F7）` : `展开全部 ${count} 条，${unread} 条未阅（F7）`,
  fold: '收起（F7）',
  unfoldAll: '展开全部人员提示',
  foldAll: '收起人员提示',
  seen: (by: string, at: string) => `${by} ${at} 已阅`,
  seenTitle: '登记时的人员提示',
  seenAt: '阅看时间',
  seenBy: '阅看人',
  seenWhat: '当时的提示',
  title: '人员卡片',
  facts: { names: '姓名', formerNames: '曾用名', numbers: '号码', phones: '电话', addresses: '住址' },
  records: (count: number, last: string | null) => (last ? `${count} 件，最近 ${last}` : `${count} 件`),
  allMatters: (count: number) => `所涉事项（${count} 件）`,
  ledger: '台账',
  number: '编号',
  day: '日期',
  as: '身份',
  state: '状态',
  name: '所记姓名',
  likelyOthers: '可能是同一人',
  noLikely: '没有找到别的相似人员。',
  sameDone: '视为同一人',
  different: '不是同一人',
  undo: '撤销',
  decisions: '认定记录',
  noDecisions: '还没有作过认定。',
  verdict: { same: '视为同一人', different: '不是同一人' },
  decided: '认定',
  undone: (by: string, at: string) => `${by} ${at} 撤销`,
  standing: '有效',
  pair: (left: string, right: string) => `${left} — ${right}`,
  localOnly: '认定只在本机有效，随时可以撤销，不改动任何登记内容。',
} as const;
