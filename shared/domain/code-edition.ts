import type { CodeItem, CodeList } from './code-list.ts';
import type { Day } from './day.ts';

/** Who said something of a list when; days are instants in ISO 8601. */
export type Said = { by: string; at: string; note: string };
/** A list with what the unit made of it: its own edition, and whether it confirmed that the list is the one in force. */
export type CodeListShown = CodeList & { local: Said | null; confirmed: Said | null };

/** Records that carry a code: how many, and the first and the last of their days. */
export type CodeUse = { records: number; first: Day; last: Day };

export type EditionFault =
  | { fault: 'twice'; label: string }
  | { fault: 'same-label'; label: string }
  | { fault: 'removed'; label: string; records: number }
  | { fault: 'meaning'; label: string; now: string; records: number }
  | { fault: 'order'; label: string }
  | { fault: 'ended-early'; label: string; day: string }
  | { fault: 'began-late'; label: string; day: string }
  | { fault: 'none-valid' };

const meaning = (item: CodeItem) => JSON.stringify([item.label, item.under ?? null, item.heading ?? false]);

/**
 * What keeps items from being the list from now on; null where nothing does. A code that the program ships or that a
 * record carries keeps its meaning and its place in the list: it may be ended, not before the last record that carries it.
 */
export function editionFault(
  shipped: CodeList,
  before: CodeList,
  items: readonly CodeItem[],
  used: ReadonlyMap<string, CodeUse>,
  today: Day,
): EditionFault | null {
  const codes = new Set<string>();
  const labels = new Set<string>();
  for (const { code, label, validFrom, validTo } of items) {
    if (codes.has(code)) return { fault: 'twice', label };
    codes.add(code);
    if (validFrom !== undefined && validTo !== undefined && validTo < validFrom)
      return { fault: 'order', label };
    if (validTo !== undefined && validTo < today) continue;
    if (labels.has(label)) return { fault: 'same-label', label };
    labels.add(label);
  }
  const isShipped = new Set(shipped.items.map(({ code }) => code));
  for (const old of before.items) {
    const use = used.get(old.code);
    if (!use && !isShipped.has(old.code)) continue;
    const now = items.find(({ code }) => code === old.code);
    const { label } = old;
    const records = use?.records ?? 0;
    if (!now) return { fault: 'removed', label, records };
    if (meaning(now) !== meaning(old)) return { fault: 'meaning', label, now: now.label, records };
    if (!use) continue;
    if (now.validTo !== undefined && now.validTo < use.last)
      return { fault: 'ended-early', label, day: use.last };
    if (now.validFrom !== undefined && now.validFrom > use.first)
      return { fault: 'began-late', label, day: use.first };
  }
  const isValid = ({ heading, validTo }: CodeItem) => !heading && (validTo === undefined || validTo >= today);
  return items.some(isValid) ? null : { fault: 'none-valid' };
}

/**
 * The code of an item that a unit adds; nobody sees or types it. It comes from the name (FNV-1a over its characters, 32 bits), so that two
 * units that add the same item mean the same by it, and begins with a letter, so that it is not taken for a published one.
 */
export function ownCode(label: string, taken: ReadonlySet<string>): string {
  let hash = 0x811c9dc5;
  for (const sign of label.normalize('NFC')) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  const code = `own${(hash >>> 0).toString(36)}`;
  for (let turn = 1; ; turn += 1) {
    const free = turn === 1 ? code : `${code}x${turn}`;
    if (!taken.has(free)) return free;
  }
}
