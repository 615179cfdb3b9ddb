import type {
  DestructionItem,
  ItemState,
  ListEvent,
  ListState,
  Obstacle,
  ReviewWhat,
} from '#shared/api/retention-types.ts';
import type { FileKind, Period, PeriodSpan } from '#shared/domain/retention.ts';
import { stillHeld } from './keeping-copies.ts';

/** Words of periods of keeping, of the review of files and of destruction, on screens, paper and in sentences. */

export const retentionText = {
  title: '保管期限与鉴定销毁',
  body: '保管期限、到期鉴定和销毁清册',
  about: '填写档案主管部门批准的保管期限，鉴定到期的案卷，办理销毁清册；操作日志的保存期限也在这里。',
  openIt: '打开保管期限与鉴定销毁',
  tabs: {
    periods: '保管期限表',
    ended: '到期鉴定',
    archive: '移交档案馆',
    destruction: '销毁清册',
  } as Readonly<Record<'periods' | 'ended' | 'archive' | 'destruction', string>>,
  intro:
    '保管期限由本单位的归档范围和保管期限表规定，表要经同级档案主管部门审查同意（档案法实施条例第十九条）。下面列的只是建议；没有填写批准的期限以前，任何案卷都不到期，也不能销毁。期限从归档年度的次年一月一日起算。',
  readOnly: '当前账号只能查看；由负责人或者管理员填写。',
  kind: '归档范围',
  period: '批准的保管期限',
  proposal: '建议',
  state: '批准情况',
  files: '已有',
  action: '操作',
  filesOf: (count: number) => `${count} 件`,
  enter: '填写',
  change: '修改',
  /** Begins with what the button says. */
  enterOf: (title: string, word: string) => `${word}“${title}”的保管期限`,
  unconfirmed: '未批准',
  outdated: '归档范围有变，需重新填写',
  saved: '已保存。',
  counted: (title: string, count: number) => `${title} ${count} 件`,
  sureAs: (word: string) => `可靠程度：${word}。`,
  from: (label: string) => `按${label}的年度归档`,
  history: (count: number) => `以前填写的（${count}）`,
  /** Of the dialog. */
  permanent: '永久',
  years: '年数',
  unset: '不定期限（撤回）',
  howLong: '保管期限',
  yearsLabel: '年数（1 至 100）',
  yearsBad: '年数请填 1 到 100 的整数。',
  authority: '档案主管部门',
  authorityHint: '例如 金塔县档案局',
  letterNo: '批准文号',
  approvedOn: '批准日期',
  validFrom: '归档日期自',
  validTo: '归档日期至',
  openDay: '不填：不限',
  note: '说明',
  noteHint: '撤回期限时必须写明理由',
  save: '确定',
} as const;

export const periodText = (period: Period): string =>
  period === 'permanent' ? retentionText.permanent : period === 'unset' ? '不定' : `${period}年`;

/** A proposal in words; nothing is proposed where no rule was found. */
export const proposalText = ({ period }: FileKind): string =>
  period === 'unset' ? '没有建议' : periodText(period);

export function spanText({ from, to, decision }: PeriodSpan): string {
  const days =
    from === null && to === null
      ? ''
      : `（归档日期${from === null ? '' : `自 ${from}`}${to === null ? '起' : `至 ${to}`}）`;
  return `${periodText(decision.period)}${days}`;
}

export const decisionText = (
  { authority, letterNo, approvedOn }: PeriodSpan['decision'],
  account: string,
  at: string,
): string =>
  authority === ''
    ? `${account} ${at} 撤回`
    : `${authority}${letterNo}（${approvedOn ?? ''}），${account} ${at} 填写`;

/** Why a file stays, as the rest of a sentence that begins with the file. */
export function obstacleText({ why, what }: Obstacle): string {
  const words: Readonly<Record<Obstacle['why'], string>> = {
    open: `现在的状态是“${what}”，没有归档`,
    deadline: `还有期限没有办完（${what}）`,
    pointed: `被没有办完的${what}引用`,
    permanent: '案卷上写明永久保管',
    sealed: '已经封存',
    sealing: '有封存申请等待决定',
    listed: `已列入${what}`,
    conflict: '有两个版本等待核对',
    kept: `鉴定后延长保管到 ${what}`,
  };
  return words[why];
}

export const reviewText = {
  on: '鉴定日',
  onBad: '看不出是哪一天，现按今天列出。',
  onlyToday: '鉴定日不是今天，只能查看和打印。',
  intro: {
    ended:
      '先经鉴定小组逐件鉴定：需要续存的延长保管并写明理由和新的到期日；确需销毁的列入销毁清册，由另一位负责人批准后才能销毁。有办理期限、没有归档、被未办结记录引用的不能列入；已封存的不在这里，继续封存保存。',
    archive:
      '归档满规定年数、保管期限更长的案卷列在这里，打印后作为移交清单的底稿（档案法实施条例第二十条）。移交要同档案馆商定，程序里不改动记录。',
  } as Readonly<Record<ReviewWhat, string>>,
  unsettled: (kinds: readonly { kindTitle: string; files: number }[]) =>
    `没有批准的保管期限、不列入清单的：${kinds.map(({ kindTitle, files }) => `${kindTitle} ${files} 件`).join('、')}。`,
  all: '全部',
  kind: '归档范围',
  unit: '单位',
  year: '归档年度',
  total: (total: number, shown: number) =>
    total > shown ? `共 ${total} 件，列出前 ${shown} 件，请按单位或者年度分批办理。` : `共 ${total} 件。`,
  none: {
    ended: '这一天没有保管期限已满的案卷。',
    archive: '这一天没有应当移交的案卷。',
  } as Readonly<Record<ReviewWhat, string>>,
  columns: {
    pick: '选',
    number: '案号',
    title: '题名',
    unit: '单位',
    filedOn: '归档日期',
    period: '保管期限',
    endedOn: '到期日',
    pages: '页数',
    note: '鉴定情况',
  },
  pick: (name: string) => `选择 ${name}`,
  pickAll: '全选可销毁的',
  pickNone: '全不选',
  picked: (count: number) => `已选 ${count} 件`,
  mayGo: '可以鉴定',
  mustStay: (why: string) => `不能销毁：${why}`,
  keptBefore: (until: string, reason: string) => `曾延长到 ${until}：${reason}`,
  keep: '延长保管',
  list: '列入销毁清册',
  print: '打印鉴定清单',
  printArchive: '打印移交清单',
  fileName: (what: ReviewWhat, on: string) => `${what === 'ended' ? '到期鉴定清单' : '移交清单'}${on}`,
  keepTitle: (count: number) => `延长 ${count} 件案卷的保管期限`,
  until: '新的到期日',
  reason: '理由',
  kept: (count: number, until: string) => `${count} 件已延长保管到 ${until}。`,
  listTitle: (count: number) => `把 ${count} 件案卷列入销毁清册`,
  which: '清册',
  newList: '新的清册',
  opinion: '鉴定意见',
  opinionUsual: '保管期限已满，无继续保存价值，同意销毁',
  listed: (count: number, number: string) => `${count} 件已列入${number}，请在“销毁清册”里送负责人批准。`,
} as const;

export const logKeptText = {
  title: '操作日志的保存',
  kept: (since: string | null, entries: number) =>
    since === null
      ? '操作日志里还没有记录。'
      : `操作日志自 ${since} 起，共 ${entries} 条。程序从不删减日志，满了下列期限也不删；要给检查的人看，请在“操作日志”里导出。`,
  columns: ['材料', '至少保存', '存放', '依据'],
  least: (months: number | null) =>
    months === null ? '永久' : months % 12 === 0 ? `${months / 12}年` : `${months}个月`,
  here: '在程序里',
  elsewhere: '由本单位另行保存',
} as const;

export const destructionText = {
  noNumber: '（无编号）',
  intro:
    '清册由一人列、另一位负责人批准、两人监销后才实施，各步都记在这里，不能删除（档案法实施条例第二十四条）。清册上的题名隐去姓名，用来说明案卷的去向，永久保存。',
  empty: '清册里没有案卷。',
  cut: (shown: number, total: number) => `共 ${total} 件，列出前 ${shown} 件；打印的清册是全的。`,
  approved: (number: string) => `${number}已批准，可以实施销毁。`,
  noCarryOut: '要由负责人或者管理员实施销毁。',
  samePerson: '两名监销人不能是同一个人。',
  elsewhere: (number: string) => `后来列入${number}并已销毁`,
  numberAgain: (number: string, id: string) => `${number}（${id.slice(-4)}）`,
  people: (names: readonly string[]) => names.join('、'),
  number: (year: string, n: number) => `销毁清册〔${year}〕${n}号`,
  /** Which one of the year a number is, also one told apart (`numberAgain`); 0 for one of another year. */
  ordinalIn: (year: string, number: string) =>
    Number(new RegExp(`^销毁清册〔${year}〕(\\d+)号`).exec(number)?.[1] ?? 0),
  changed: '列入清册以后内容改过',
  gone: '记录已经不在台账里',
  notDue: '保管期限没有满',
  withdrawn: (reason: string) => `批准撤回：${reason}`,
  none: '还没有销毁清册。在“到期鉴定”里选出确需销毁的案卷，列入清册。',
  states: { open: '待批准', approved: '已批准', underWay: '销毁中', done: '已办完' } as Readonly<
    Record<ListState, string>
  >,
  itemStates: { listed: '待销毁', removed: '已移出', withheld: '未销毁', destroyed: '已销毁' } as Readonly<
    Record<ItemState, string>
  >,
  list: '清册',
  state: '状态',
  files: '案卷',
  course: '经过',
  open: '打开',
  openOf: (number: string) => `打开${number}`,
  back: '返回清册目录',
  counts: (counts: Readonly<Record<ItemState, number>>) =>
    (['listed', 'destroyed', 'withheld'] as const)
      .filter((state) => counts[state] > 0)
      .map((state) => `${destructionText.itemStates[state]} ${counts[state]} 件`)
      .join('，') || '没有案卷',
  remove: '移出清册',
  removeReason: { title: '移出销毁清册', label: '理由', hint: '理由记在清册里。', ok: '移出' },
  approve: '批准销毁',
  approveTitle: (number: string, count: number) => `批准${number}（${count} 件）`,
  approveHint: '批准前请核对鉴定小组签字的纸质清册。批准由负责人办理，列过清册的人不能批准；要再次输入密码。',
  ownHint: '这份清册是您列的，要由另一位负责人批准。',
  ownCarryOut: '这份清册是您列的，要由另一位负责人或者管理员实施销毁。',
  noRight: '要由负责人批准。',
  authority: '审批机关（部门）',
  letterNo: '批准文号',
  approvedOn: '批准日期',
  withdraw: '撤回批准',
  withdrawReason: {
    title: '撤回批准',
    label: '理由',
    hint: '已经销毁的不能恢复；其余的不再销毁。',
    ok: '撤回',
  },
  carryOut: '实施销毁',
  goOn: '继续销毁',
  carryOutTitle: (number: string, count: number) => `实施${number}的销毁（${count} 件）`,
  carryOutHint: `销毁后案卷内容、修改记录、附件、文书、草稿都从台账里清除，只留案号和“已销毁”，不能恢复；各年度的统计数字不变。${stillHeld('这些内容')}恢复旧备份时程序会再次清除。要有两人以上监销，并再次输入密码。`,
  first: '监销人（一）',
  second: '监销人（二）',
  carriedOut: (destroyed: number, withheld: number) =>
    withheld === 0
      ? `已销毁 ${destroyed} 件。`
      : `已销毁 ${destroyed} 件；${withheld} 件没有销毁，原因列在清册里。`,
  halted: (left: number) => `还有 ${left} 件没有销毁，点“继续销毁”接着办。`,
  print: '打印清册',
  noteOf: (item: DestructionItem): string => {
    const { state, why, at, obstacles, isChanged } = item;
    if (state === 'destroyed') return `已销毁（${(at ?? '').slice(0, 10)}）`;
    if (state === 'withheld') return `未销毁：${why}`;
    const [obstacle] = obstacles;
    if (obstacle) return `不能销毁：${obstacleText(obstacle)}`;
    return isChanged ? `不能销毁：${destructionText.changed}` : item.opinion;
  },
} as const;

const actions: Readonly<Record<ListEvent['action'], string>> = {
  make: '建清册',
  add: '列入',
  remove: '移出',
  approve: '批准',
  withdraw: '撤回批准',
  begin: '开始销毁',
  end: '销毁完毕',
};

/** One step of a list's course. */
export function listEventText(event: ListEvent, at: string): string {
  const { action, account, count, authority, letterNo, approvedOn, supervisors, reason } = event;
  const more = [
    ...(count === undefined ? [] : [`${count} 件`]),
    ...(letterNo === undefined ? [] : [`${authority ?? ''}${letterNo}（${approvedOn ?? ''}）`]),
    ...(supervisors === undefined ? [] : [`监销人：${destructionText.people(supervisors)}`]),
    ...(reason === undefined ? [] : [reason]),
  ];
  return `${at} ${account} ${actions[action]}${more.length > 0 ? `：${more.join('，')}` : ''}`;
}

export const sheetWords = {
  order: '序号',
  columns: ['案号', '题名', '归档范围', '年度', '保管期限', '到期日', '页数'],
  opinion: '鉴定意见',
  note: '备注',
  empty: '没有案卷。',
  titles: { ended: '到期档案鉴定清单', archive: '档案移交清单' } as Readonly<Record<ReviewWhat, string>>,
  unit: (name: string) => `单位：${name}`,
  on: (day: string) => `截至：${day}`,
  total: (count: number) => `共 ${count} 件`,
  printed: (day: string, account: string) => `${day} ${account} 打印`,
  cut: (shown: number, total: number) => `共 ${total} 件，本清单列前 ${shown} 件`,
  stays: (why: string) => `续存：${why}`,
  year: (filedOn: string) => filedOn.slice(0, 4),
  approval: (authority: string, letterNo: string, day: string, account: string) =>
    `批准：${authority}${letterNo}（${day}），${account}`,
  carriedOut: (from: string, supervisors: readonly string[]) =>
    `实施：${from}，监销人：${destructionText.people(supervisors)}`,
  signatures: {
    ended: ['鉴定小组签字：', '单位负责人签字：', '日期：'],
    archive: ['移交单位经办人签字：', '移交单位负责人签字：', '档案馆接收人签字：', '日期：'],
    destruction: [
      '鉴定小组签字：',
      '单位负责人签字：',
      '档案主管部门意见（盖章）：',
      '监销人签字：',
      '日期：',
    ],
  } as Readonly<Record<'ended' | 'archive' | 'destruction', readonly string[]>>,
} as const;
