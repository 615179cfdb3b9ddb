import type { DrillFault } from '#shared/api/care-types.ts';
import { inWindow, type Reader } from './reader.ts';
import { setUpText, signInText } from './start.ts';
import { maintenanceText } from './yearly.ts';

/** Words of what keeps the data: places of copies, drills, moving, repair. */

/** The ledger's own folder in the second place. */
export const copiesFolder = (unit: string, ledgerId: string): string =>
  `台账备份-${unit.replace(/[\\/:*?"<>|.\s]/g, '')}-${ledgerId.slice(0, 8)}`;

const again = (reads: Reader) => reads('再演练一次', '再用命令 drill 演练一次');
const checkFirst = (reads: Reader) => reads('运行“检查台账”', '运行命令 verify');
const another = (reads: Reader) => reads('另做一份备份', '用命令 backup 另做一份备份');

const drillFaults: Readonly<Record<DrillFault, (reads: Reader) => string>> = {
  unreadable: (reads) =>
    `这份备份读不出来，不能用来恢复。请马上${another(reads)}，${again(reads)}；仍不行时检查存放备份的磁盘。`,
  key: (reads) =>
    `备份旁的密钥文件不见了、损坏了，或者不是这份台账的，在别的电脑上打不开它。请马上${another(reads)}，${again(reads)}。`,
  database: (reads) =>
    `这份备份里的数据互相对不上。请${checkFirst(reads)}，没有问题后${another(reads)}，${again(reads)}。`,
  content: (reads) =>
    `这份备份里有记录、版本或者日志与台账不一致。请${checkFirst(reads)}，没有问题后${another(reads)}，${again(reads)}。`,
  counts: (reads) =>
    `这份备份里的记录数与台账当时的不一致。请${checkFirst(reads)}，没有问题后${another(reads)}，${again(reads)}。`,
  attachment: (reads) =>
    `附件打不开：备份旁的附件文件不见了或者损坏了。请马上${another(reads)}，${again(reads)}。`,
};

export const careText = {
  place: '位置',
  places: { own: '数据文件夹', second: '第二备份位置' },
  second: '第二备份位置',
  secondNone: '还没有设第二备份位置。本机磁盘损坏时，备份会一起丢失，请选另一块磁盘、U盘或者单位共享文件夹。',
  secondChoose: '设置第二备份位置',
  secondChange: '更换第二备份位置',
  secondTitle: '选择第二备份位置',
  secondDrop: '不再使用',
  secondGood: (at: string) => `最近一次写成：${at}`,
  secondNever: '还没有写成过',
  secondFailed: (at: string, why: string) => `第二备份位置上次没有写成（${at}）：${why}`,
  secondSameDisk: '它和数据文件夹在同一块磁盘上，磁盘损坏时两处备份会一起丢失，请换到另一块磁盘或者U盘。',
  copyFailed: (why: string) => `备份没有写到第二备份位置：${why}`,
  oldest: (at: string) => `最早可以恢复到 ${at}。`,
  drill: '恢复演练',
  drillHint: '把最新的备份在临时文件夹里完整恢复一遍，逐条核对后删除；不影响正在使用的台账。请每月做一次。',
  drillRun: '开始演练',
  drillNever: '还没有做过恢复演练。',
  drillDue: '上次恢复演练已超过 31 天，请再做一次。',
  drillGood: (records: number, seconds: number) =>
    `演练成功：${records} 条记录全部核对一致，用时 ${seconds} 秒。`,
  drillShort: ({ fault, isCompared }: { fault: DrillFault | null; isCompared: boolean }) =>
    fault !== null ? '没有通过' : isCompared ? '成功' : '成功，没有同现在的台账核对',
  drillResult: (fault: DrillFault | null, reads: Reader = inWindow) =>
    fault === null ? '成功' : drillFaults[fault](reads),
  drillColumns: {
    at: '时间',
    account: '操作人',
    copy: '备份',
    took: '用时',
    records: '记录数',
    result: '结果',
  },
  drillSeconds: (count: number) => `${count} 秒`,
  drillMinutes: (count: number) => `${count} 分钟`,
  drillOlder: (count: number) => `更早的演练（还有 ${count} 次）`,
  handDrill: {
    mark: '手工登记',
    run: '登记手工演练',
    title: '登记在另一台电脑上手工做的恢复演练',
    on: '演练日期',
    by: '演练人',
    copy: '用的备份',
    copyHint: '写备份文件名，或者哪一天、哪块U盘上的备份',
    machine: '在哪台电脑上做的',
    machineHint: '如 资产编号、所在科室',
    minutes: '用时（分钟）',
    minutesBad: '请写整数，1 到 9999。',
    result: '结果',
    good: '成功，按说明核对无误',
    failed: '没有成功',
    fault: '没有成功的原因',
    save: '登记',
    saved: (on: string) => `${on} 的恢复演练已登记。`,
    enteredBy: (account: string, at: string) => `${account}于 ${at} 登记`,
    hint: '登记后不能改、不能删；写错了，照正确的再登记一次。',
  },
  guides: { restore: '恢复说明', move: '迁移说明', drill: '恢复演练说明' },
  guideOpen: '恢复、迁移和演练的说明',
  guideTitle: '说明（一页纸，可以打印）',
  guideHint: '电脑坏了要恢复、换电脑要搬台账、每年在另一台电脑上演练，都照着一步一步做。',
  drillByHand:
    '上面的演练在本机自动完成。每年至少一次，请照“恢复演练说明”在另一台电脑上由人做一遍，签字的说明存档。',
  order: '步骤',
  empty: '没有内容。',
} as const;

export const guides = ['restore', 'move', 'drill'] as const;
export type GuideName = (typeof guides)[number];

type Step = readonly [doing: string, seeing: string];
type Guide = {
  title: string;
  facts: string[];
  rows: readonly Step[];
  /** What is filled in by hand below, where the page is kept as a record. */
  signatures: readonly string[];
};
export const guideColumns = ['怎样做', '应当看到'] as const;

const step = (doing: string, seeing: string): Step => [doing, seeing];

const begin = step('安装本程序，打开它。', `出现“${setUpText.title}”的画面。`);
const look = step(
  `打开“${maintenanceText.title}”，点“${maintenanceText.verify}”。再打开最近办的几件案件和一份附件，与纸质案卷对照。`,
  `提示“${maintenanceText.verified(0).replace('0 条', '若干条').replace('。', '')}”；案件与附件都在。`,
);
const numbers = step(
  '核对案号：拿出最后一份纸质文书，看它的案号是否比程序里最后一件的大。大的话，在“维护”的“案号”里调整起点。备份以后办的案件不在里面，照纸质材料补录。',
  '新登记案件的案号接在最后一份文书之后，不重号。',
);
const enter = step(
  `用原来的账号和密码${signInText.submit}。忘记密码时点“${signInText.recovery}”，输入封存的恢复密钥。提示要写显示姓名的理由时，写“恢复台账”。`,
  '进入程序，标题栏上是本单位的名称。',
);
const takeCopy = (where: string): Step =>
  step(
    `插上U盘，点“${setUpText.restore}”，${where}。旁边的文件都要用，不要只拷出这一个。画面上的其他栏目不用填。`,
    `稍等片刻，出现“${signInText.title}”的画面。提示备份已损坏或者不完整时，再点一次，改选前一天的。`,
  );
const newest = '打开“台账备份”开头的文件夹，选日期最新的“ledger-日期-时间.db”';

/** One page for a clerk, with the names that stand on the buttons. */
export function guideOf(what: GuideName, unit: string, day: string): Guide {
  const facts = [`单位：${unit === '' ? '＿＿＿＿＿＿＿＿＿＿' : unit}`, `打印日期：${day}`];
  if (what === 'restore')
    return {
      title: '在新电脑上恢复台账（十分钟）',
      facts,
      signatures: [],
      rows: [
        step(
          '准备一台装有 Windows 10 以上或者麒麟、统信系统的电脑，存有备份的U盘或者硬盘，以及本程序的安装盘。',
          '备份所在的文件夹里，有“ledger-日期-时间.db”和同名的密钥等文件；有附件的，旁边还有附件的文件夹。',
        ),
        begin,
        takeCopy(newest),
        enter,
        look,
        numbers,
        step(
          `在“${maintenanceText.title}”点“${careText.secondChoose}”，把备份位置重新设好，再点“${maintenanceText.backupNow}”。`,
          '备份列表里有今天的一份。',
        ),
      ],
    };
  if (what === 'drill')
    return {
      title: '在另一台电脑上做恢复演练（十分钟）',
      facts,
      signatures: [
        '演练人：＿＿＿＿＿＿＿＿',
        '开始时间：＿＿＿＿＿＿＿＿',
        '结束时间：＿＿＿＿＿＿＿＿',
        '结果：□ 成功　□ 不成功',
        '不成功的原因：＿＿＿＿＿＿＿＿',
        '负责人：＿＿＿＿＿＿＿＿',
      ],
      rows: [
        step(
          '准备一台没有本单位台账的电脑、存有备份的U盘、本程序的安装盘，带上账号密码，把这一页打印出来。在纸上写开始时间。',
          'U盘里有“台账备份”开头的文件夹，里面有“ledger-日期-时间.db”和同名的密钥等文件。',
        ),
        begin,
        takeCopy(newest),
        enter,
        look,
        step(
          '只看不写：不要在这台电脑上登记、修改或者打印。在纸上写结束时间和结果。',
          '从开始到这里不超过十分钟。',
        ),
        step(
          `在“${maintenanceText.title}”看“${maintenanceText.folder}”，记下位置；退出程序，把这个文件夹整个删除，清空回收站。`,
          `再打开程序，又是“${setUpText.title}”的画面。U盘交回保管人，这页纸签字存档。`,
        ),
      ],
    };
  return {
    title: '把台账搬到新电脑',
    facts,
    signatures: [],
    rows: [
      step(
        `请其他人退出程序。在旧电脑上打开“${maintenanceText.title}”，点“${moveText.run}”，输入密码，选插好的U盘。`,
        `提示“${moveText.doneShort}”。从这时起，不要再在旧电脑上登记。`,
      ),
      step(`在新电脑上${begin[0]}`, begin[1]),
      takeCopy('打开“台账搬迁”开头的文件夹，选“ledger-日期-时间.db”'),
      enter,
      look,
      step(
        `在“${maintenanceText.title}”点“${careText.secondChoose}”，把备份位置重新设好，再点“${maintenanceText.backupNow}”。`,
        '备份列表里有今天的一份。',
      ),
      step(
        '确认新电脑一切正常后，把U盘交管理员保管或者清除；旧电脑按规定清除数据后再作他用。',
        `旧电脑再打开程序时，提示台账已搬走。搬迁没有成功时，在那里点“${rescueText.goOnTitle}”，写明原因，旧电脑继续使用。`,
      ),
    ],
  };
}

export const moveText = {
  title: '搬到新电脑',
  hint: '把台账、附件、密钥文件和说明一起写到U盘，核验后把本机标为已搬走。请先让其他人退出程序。',
  run: '搬到新电脑',
  chooseTitle: '选择U盘或者其他文件夹',
  passwordWhy: '搬走整份台账，要再输入一次密码。',
  folder: (unit: string, day: string) => `台账搬迁-${unit.replace(/[\\/:*?"<>|.\s]/g, '')}-${day}`,
  guideFile: '搬迁说明.html',
  doneShort: '已写好并核验',
  done: (folder: string) => `已写好并核验：${folder}。请按里面的“搬迁说明”在新电脑上恢复，不要再在本机登记。`,
} as const;

export const rescueText = {
  goneOn: '已改为在本机继续使用，请登录。',
  goneOnBeside:
    '已改为在本机继续使用，原来的那一处照常使用。案号由原来的那一处编：本机登记的先是“待编号”，请在那边程序窗口的“案号”里给本机分配，再在本机领取。请登录。',
  keyTaken: '密钥文件已取回，请用做那份备份时的密码登录。',
  diagnosed: ({ file, isLedgerRead }: { file: string; isLedgerRead: boolean }, reads: Reader = inWindow) =>
    `诊断信息已导出：${file}。里面没有姓名、证件号码等个人信息。${
      isLedgerRead
        ? ''
        : `台账文件是加密的，没有登录过就看不出里面有没有损坏：请先${reads('登录一次', '用命令 verify 登录一次，看它报什么')}，登录不上的，连同那时的提示一起交给技术人员。`
    }`,
  repair: '修复',
  repairHint:
    '用最新的好备份，加上损坏的文件里还读得出来的内容，修出一份台账；读不出来的列成清单。损坏的文件会留存。',
  repairing: '正在修复……',
  toSignIn: '去登录',
  passwordWhy: '修复要用密码打开数据，请输入平时登录的账号和密码。',
  takeKey: '使用备份旁的密钥文件',
  chooseKey: '选择密钥文件',
  chooseKeyTitle: '选择密钥文件（.key）',
  keyHint: '取回后，要用做那份备份时的密码登录；忘记的话，用恢复密钥。',
  chooseBackup: '选择备份文件',
  diagnose: '导出诊断信息',
  diagnoseTitle: '保存诊断信息',
  diagnoseFile: '诊断信息.json',
  elsewhereTitle: '这份台账来自别的电脑',
  copiedTitle: '这份台账是复制出来的',
  movedTitle: '台账已搬走',
  identityTitle: '台账旁的记载文件读不出来',
  reason: '原因',
  reasonHint: '写进操作日志。',
  takesOver: '只在本机使用',
  takesOverHint: '别的电脑不再用这份台账，案号由本机接着编。',
  beside: '两台电脑都用',
  besideHint: '别的电脑继续用。本机作为另一台安装，案号要由那台电脑分配。',
  goOnTitle: '在本机继续使用这份台账',
  /** Of a folder copied on the same machine. */
  takesOverHere: '只用这一份',
  takesOverHereHint: '原来那份不再用，会标为已搬到这里；案号由这一份接着编。',
  besideHere: '两份都用',
  besideHereHint: '原来那份继续用。这一份作为另一台安装，案号要由原来那份分配。',
} as const;
