/** What a report calls the area it is about and the organs it goes to. */

/** Ends of areas' names and the word official Chinese then uses (县委, 县政府). Longer ones first. */
const areaWords: readonly (readonly [string, string])[] = [
  ['自治区', '自治区'],
  ['自治州', '州'],
  ['自治县', '县'],
  ['自治旗', '旗'],
  ['地区', '地区'],
  ['街道', '街道'],
  ['省', '省'],
  ['市', '市'],
  ['县', '县'],
  ['区', '区'],
  ['旗', '旗'],
  ['盟', '盟'],
  ['镇', '镇'],
  ['乡', '乡'],
];

const office = '办事处';
const withoutOffice = (areaName: string) =>
  areaName.endsWith(office) ? areaName.slice(0, -office.length) : areaName;

/** 县 for 金塔县; undefined where the name has no known ending. */
export function areaWordOf(areaName: string): string | undefined {
  const name = withoutOffice(areaName);
  return areaWords.find(([end]) => name.endsWith(end))?.[1];
}

/**
 * Party committee and government of an area: a department of a county or above reports to those of its own level
 * (法治政府建设与责任落实督察工作规定, and the provincial guides on its yearly report). A 街道 has no government: its
 * organs are a working committee and an office.
 */
export function organsOf(areaName: string): string {
  const name = withoutOffice(areaName);
  if (areaWordOf(name) === '街道') return `中共${name}工作委员会、${name}${office}`;
  return `中共${areaName}委员会、${areaName}人民政府`;
}

/** Entries of the code table (GB/T 2260) that are no area with a government, only a heading over some. */
export function isGroupOnly(areaName: string): boolean {
  return areaName === '市辖区' || areaName === '县' || areaName.endsWith('直辖县级行政区划');
}
