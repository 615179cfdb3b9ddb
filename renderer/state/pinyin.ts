import { useSyncExternalStore } from 'react';

type Reader = (text: string) => string;

let reader: Reader | null = null;
const listeners = new Set<() => void>();
const known = new Map<string, string>();

/** The table of readings is large: it is fetched once, after the first screen is there. */
export function loadPinyin(): void {
  void import('pinyin-pro').then(({ pinyin }) => {
    reader = (text) => {
      const syllables = pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive' });
      return `${syllables.map((one) => one[0] ?? '').join('')} ${syllables.join('')}`.toLowerCase();
    };
    for (const listener of listeners) listener();
  });
}

/** Initials and full reading of a text ('mtjf maodunjiufen'), '' until the table is there. */
export function useReadings(): Reader {
  const current = useSyncExternalStore(subscribe, () => reader);
  return (text) => {
    if (!current) return '';
    const before = known.get(text);
    if (before !== undefined) return before;
    const reading = current(text);
    known.set(text, reading);
    return reading;
  };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
