import type { CodeItem, CodeList } from './code-list.ts';
import type { Day } from './day.ts';

/** Who said something of a list when; days are instants in ISO 8601. */
export type Said = { by: string; at: string; note: string };
/** A list with what the unit made of it: its own edition, and whether it confirmed that the list is the one in force. */
export type CodeListShown = CodeList & { local: Said | null; confirmed: Said | null };

/** Records that carry a code: how many, and the first and the last of their days. */
export type CodeUse = { records: number; first: Day; last: Day };

export type EditionFault =
  | { fault: 'twice'; code: string }
  | { fault: 'same-label'; code: string; label: string }
  | { fault: 'removed'; code: string; label: string; records: number }
  | { fault: 'meaning'; code: string; label: string; now: string }
  | { fault: 'order'; code: string; label: string }
  | { fault: 'ended-early'; code: string; label: string; day: string }
  | { fault: 'began-late'; code: string; label: string; day: string }
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
    if (codes.has(code)) return { fault: 'twice', code };
    codes.add(code);
    if (validFrom !== undefined && validTo !== undefined && validTo < validFrom)
      return { fault: 'order', code, label };
    if (validTo !== undefined && validTo < today) continue;
    if (labels.has(label)) return { fault: 'same-label', code, label };
    labels.add(label);
  }
  const isShipped = new Set(shipped.items.map(({ code }) => code));
  for (const old of before.items) {
    const use = used.get(old.code);
    if (!use && !isShipped.has(old.code)) continue;
    const now = items.find(({ code }) => code === old.code);
    const { code, label } = old;
    if (!now) return { fault: 'removed', code, label, records: use?.records ?? 0 };
    if (meaning(now) !== meaning(old)) return { fault: 'meaning', code, label, now: now.label };
    if (!use) continue;
    if (now.validTo !== undefined && now.validTo < use.last)
      return { fault: 'ended-early', code, label, day: use.last };
    if (now.validFrom !== undefined && now.validFrom > use.first)
      return { fault: 'began-late', code, label, day: use.first };
  }
  const isValid = ({ heading, validTo }: CodeItem) => !heading && (validTo === undefined || validTo >= today);
  return items.some(isValid) ? null : { fault: 'none-valid' };
}
