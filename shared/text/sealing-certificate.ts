import type { SetAside } from '../api/care-types.ts';
import type { ResolvedBlock, ResolvedDocument } from '../document/resolved.ts';
import { rowOf } from '../document/resolved.ts';
import { chineseDay } from '../domain/chinese-date.ts';
import { asDay, dayInChina, minuteInChina, parseDay } from '../domain/day.ts';
import type { SealBasis } from '../domain/sealing.ts';
import { sealBasisNames, sealingText } from './sealing.ts';

/** A copy that holds the record in clear, and the day on which it is given up; null where that is not to be foreseen. */
export type OlderCopy = { name: string; place: 'own' | 'second'; madeAt: string; goesOn: string | null };

type Ground = {
  crimeOn: unknown;
  penalty: string | null;
  months: unknown;
  end: string | null;
  endedOn: unknown;
  dueOn: string | undefined;
};

const dayText = (value: unknown) => {
  const day = typeof value === 'string' ? parseDay(value) : null;
  return day && chineseDay(day);
};

/** Why a minor's record is sealed, for the one who confirms it. */
export function sealingReason({ crimeOn, penalty, months, end, endedOn, dueOn }: Ground): string {
  const [crime, ended, due] = [crimeOn, endedOn, dueOn].map(dayText);
  const term = typeof months === 'number' ? `${months}个月` : '';
  return [
    `犯罪时未满十八周岁${crime ? `（犯罪日期${crime}）` : ''}`,
    penalty === null ? '原判刑罚没有登记，请核对是否五年有期徒刑以下' : `判处${penalty}${term}`,
    ended ? `${ended}${end ?? '结束'}，刑事执行完毕` : '刑事执行还没有完毕，请核对',
    `依照刑事诉讼法第二百八十六条、未成年人犯罪记录封存实施办法第十三条封存${due ? `，期限至${due}` : ''}。`,
  ].join('；');
}

type Certificate = {
  unit: string;
  ledger: string;
  number: string | null;
  basis: SealBasis;
  sealedAt: string;
  people: readonly [string, string | null];
  againAt: string | null;
  parts: readonly { title: string; count: number }[];
  copies: readonly OlderCopy[];
  aside: readonly SetAside[];
  on: string;
};

const words = {
  title: '封存登记表',
  item: '事项',
  content: '内容',
  rows: {
    unit: '单位',
    ledger: '台账',
    number: '编号',
    basis: '封存依据',
    sealedOn: '封存日期',
    people: '申请人／确认人',
    parts: '一并封存',
    again: '重新封存',
  },
  noParts: '没有其他记录',
  counted: ({ title, count }: { title: string; count: number }) => `${title} ${count} 件`,
  copies: '封存以前的备份',
  copyHead: ['备份时间', '存放', '轮换日期'],
  places: { own: '本机数据文件夹', second: '第二存放处' },
  unforeseen: '现在推算不出，以“维护”中的备份清单为准',
  noCopies: '现有备份都不含这条记录的内容。',
  copiesHint:
    '以上备份仍含封存前的内容，轮换日期按每天至少做一次备份推算，实际备份少的会推迟。恢复其中任何一份时，程序在登录以前重新封存。',
  other: '另行复制到其他介质上的备份，程序不掌握，请按移动存储介质登记查找、处理。',
  aside: '恢复时另存的旧台账',
  asideHead: ['另存时间', '自动删除日期'],
  anonymous: '本表不写姓名、证件号码和案情。封存后只作为数字计入统计。',
} as const;

const run = (text: string) => [{ text }];
const paragraph = (text: string): ResolvedBlock => ({ block: 'paragraph', lead: [], runs: run(text) });
const onDay = (instant: string) => chineseDay(dayInChina(Date.parse(instant)));
const atMinute = (instant: string) => minuteInChina(Date.parse(instant));

function table(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): ResolvedBlock {
  const columns = head.map(() => ({ share: 1 / head.length, align: 'start' as const }));
  return {
    block: 'table',
    caption: run(caption),
    columns,
    head: head.map(run),
    rows: rows.map((cells) => rowOf(cells.map(run), columns)),
  };
}

/**
 * The unit's own paper that a record was sealed (未成年人犯罪记录封存实施办法 art. 13): on which ground, by which two, what
 * went with it, and where its content still lies until when. It names nobody.
 */
export function sealingCertificate(of: Certificate): ResolvedDocument {
  const { rows } = words;
  const [by, and] = of.people;
  const facts: [string, string][] = [
    [rows.unit, of.unit],
    [rows.ledger, of.ledger],
    [rows.number, of.number ?? sealingText.noNumber],
    [rows.basis, sealBasisNames[of.basis]],
    [rows.sealedOn, onDay(of.sealedAt)],
    [rows.people, sealingText.both(by, and)],
    [rows.parts, of.parts.length === 0 ? words.noParts : of.parts.map(words.counted).join('，')],
    ...(of.againAt === null
      ? []
      : [[rows.again, sealingText.againNote(onDay(of.againAt))] as [string, string]]),
  ];
  const copies = of.copies.map(({ madeAt, place, goesOn }) => [
    atMinute(madeAt),
    words.places[place],
    goesOn === null ? words.unforeseen : chineseDay(asDay(goesOn)),
  ]);
  const aside = of.aside.map(({ at, goesAt }) => [atMinute(at), onDay(goesAt)]);
  return {
    title: words.title,
    page: 'official',
    isUnnumbered: true,
    blocks: [
      { block: 'title', runs: run(words.title) },
      table('', [words.item, words.content], facts),
      copies.length === 0 ? paragraph(words.noCopies) : table(words.copies, words.copyHead, copies),
      ...(copies.length === 0 ? [] : [paragraph(words.copiesHint)]),
      ...(aside.length === 0 ? [] : [table(words.aside, words.asideHead, aside)]),
      paragraph(words.other),
      paragraph(words.anonymous),
      {
        block: 'signature',
        unit: run(of.unit),
        date: run(chineseDay(asDay(of.on))),
        sealed: true,
      },
    ],
  };
}
