import type { RepairCounts, RepairedRecord, RepairReport } from '#shared/api/care-types.ts';
import { inWindow, type Reader } from './reader.ts';
import { shortInstant } from './words.ts';

/** Words of a repair: what was saved of a damaged ledger and what was not. */
const repairOutcomes: Readonly<Record<RepairedRecord['what'], string>> = {
  whole: '已救回',
  content: '已救回，中间的修改记录没有救回',
  change: '没有救回这次修改，已退回到备份时的样子，请核对后重新修改',
  lost: '没有救回，请照纸质材料重新登记',
};

export const repairText = {
  title: '台账修复清单',
  order: '序号',
  nothing: '备份以后没有新登记或者修改的记录。',
  columns: { ledger: '台账', number: '编号', name: '名称', what: '结果', at: '最后登记', account: '经办' },
  unknown: '读不出来',
  unit: (name: string) => `单位：${name}`,
  repaired: (at: string, account: string) => `修复：${at}，${account}`,
  from: (copy: string, at: string) => `依据的备份：${at}（${copy}）`,
  counts: (saved: number, lost: number) => `备份以后的记录：救回 ${saved} 条，没有救回 ${lost} 条`,
  beside: (rows: number) => `账号、附件、文书、指标等：取回 ${rows} 项`,
  besideUnread: (tables: number) => `另有 ${tables} 类数据没有读全，请核对备份以后的附件、文书和设置`,
  logLost: (count: number) => `操作日志有 ${count} 条没有救回`,
  unreadable: '损坏的文件完全读不出来：备份以后登记和修改的内容都要重新录入',
  done: ({ saved, lost, isReadable, copy }: RepairCounts, reads: Reader = inWindow): string =>
    !isReadable
      ? `已恢复到备份“${copy}”。损坏的文件完全读不出来，备份以后登记和修改的内容都要重新录入。`
      : lost === 0
        ? `已修复：依据备份“${copy}”，其后的 ${saved} 条记录全部救回。清单在${reads('', '程序窗口的')}“维护”里，可以打印。`
        : `已修复：依据备份“${copy}”，其后的记录救回 ${saved} 条，有 ${lost} 条没有救回。清单在${reads('', '程序窗口的')}“维护”里，请打印后逐条补录。`,
} as const;

type Facts = { unit: string; at: string; account: string; titleOf(ledger: string): string };

/** The list on paper: what was not saved comes first. */
export function repairSheet(report: RepairReport, { unit, at, account, titleOf }: Facts) {
  const isLost = ({ what }: RepairedRecord) => what === 'lost' || what === 'change';
  const found = [...report.found.filter(isLost), ...report.found.filter((one) => !isLost(one))];
  const lost = report.found.filter(isLost).length;
  const facts = [
    repairText.unit(unit),
    repairText.repaired(shortInstant(at), account),
    repairText.from(report.copy, shortInstant(report.copyAt)),
    ...(report.isReadable
      ? [repairText.counts(report.found.length - lost, lost), repairText.beside(report.beside.rows)]
      : [repairText.unreadable]),
    ...(report.beside.unread.length > 0 ? [repairText.besideUnread(report.beside.unread.length)] : []),
    ...(report.log.lost > 0 ? [repairText.logLost(report.log.lost)] : []),
  ];
  const { columns: words } = repairText;
  const column = (label: string, weight: number) => ({ label, weight, isAmount: false });
  return {
    title: repairText.title,
    facts,
    columns: [
      column(words.ledger, 9),
      column(words.number, 14),
      column(words.name, 16),
      column(words.what, 24),
      column(words.at, 10),
      column(words.account, 7),
    ],
    rows: found.map((one) => [
      titleOf(one.ledger),
      one.number ?? '',
      one.title ?? repairText.unknown,
      repairOutcomes[one.what],
      one.at === null ? '' : shortInstant(one.at),
      one.account ?? '',
    ]),
  };
}
