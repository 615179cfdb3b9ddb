import { asideDays, copiesKept } from '../domain/keeping-copies.ts';

const { days, weeks, months } = copiesKept;

/** Of what was taken out of the ledger: where it stands still, and until when. */
export const stillHeld = (what: string): string =>
  `以前做的备份里还有${what}，到备份轮换掉为止（备份留最近 ${days} 天、${weeks} 周、${months} 个月的）；恢复备份时另存的旧台账里也还有，满 ${asideDays} 天自动删除，也可以在“维护”里提前删除。`;

/** What restores and repairs put aside. */
export const asideText = {
  title: '恢复时另存的旧台账',
  hint: `恢复、修复或者换密钥以前的台账文件另存在数据文件夹里，以备反悔；其中可能还有后来封存、销毁的内容。满 ${asideDays} 天自动删除。`,
  none: '没有另存的旧台账。',
  at: '另存时间',
  goesAt: '自动删除时间',
  size: '大小',
  what: '内容',
  kinds: { ledger: '台账', key: '密钥文件', drafts: '草稿', other: '其他文件' },
  drop: '全部删除',
  sure: (count: number) => `删除 ${count} 份另存的旧台账？`,
  sureHint: '删除以后不能再退回到这些台账。要删除的是：',
  needed: {
    damaged: '台账有损坏，这些旧台账可能还要用来修复，现在不能删除。',
    copy: '恢复以后还没有做过新的备份，现在不能删除。请先“立即备份”。',
  },
  others: (count: number) => `文件夹里另有 ${count} 个不是程序放的文件，不会删除。`,
  dropped: (count: number) => `已删除 ${count} 份另存的旧台账。`,
} as const;
