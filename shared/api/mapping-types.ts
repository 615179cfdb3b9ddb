import type { Said } from '#shared/domain/code-edition.ts';
import type { MappingTarget } from '#shared/domain/code-mapping.ts';

/** A published list as it is named everywhere. */
export type PublishedList = {
  mapping: string;
  list: string;
  edition: string;
  title: string;
  source: string;
  sure: 'high' | 'medium' | 'low';
};

/** What a record is in a published list, or why it is nothing there. */
export type Published =
  | { code: string; label: string; isVerified: boolean }
  | { why: string; isVerified: boolean };

/** The same with the list, for one record. */
export type PublishedOf = PublishedList & Published & { said: Said | null };

export type MappingRow = {
  /** Of what it speaks, in words. */
  when: string;
  target: MappingTarget;
  /** As the program brings it. */
  original: MappingTarget;
  said: Said | null;
  isVerified: boolean;
};

export type MappingShown = PublishedList & {
  ledger: string;
  items: { code: string; label: string }[];
  rows: MappingRow[];
  /** In words: what of the ledger's lists has no counterpart, which published items nothing leads to. */
  gaps: { ours: string[]; unreached: string[]; silent: string[] };
};

export type Mappings = {
  mappings: MappingShown[];
  /** Lists of the ledger that no published list is derived from. */
  without: { title: string; why: string }[];
};
