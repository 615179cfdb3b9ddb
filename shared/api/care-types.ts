import type { Failure } from './errors.ts';
import type { Backup } from './types.ts';

/** Where a copy lies: among the data folder's own, or in the second place. */
export type CopyPlace = 'own' | 'second';
export type ListedBackup = Backup & { place: CopyPlace };

/** The second place for copies, as it stands. */
export type SecondPlace = {
  folder: string;
  isThere: boolean;
  /** On the same drive as the ledger: no help where that drive fails. */
  isSameDisk: boolean;
  since: string;
  /** When a copy last arrived there. */
  lastGoodAt: string | null;
  /** What hindered the last one. */
  failure: { failure: Failure; at: string } | null;
};

export type CopyPlaces = {
  second: SecondPlace | null;
  /** How far back one can go, with both places. */
  oldest: string | null;
};

/** Something that a restore, a repair or a damaged file put aside, and when it goes by itself. */
export type SetAside = {
  name: string;
  kind: 'ledger' | 'key' | 'drafts' | 'other';
  at: string;
  goesAt: string;
  bytes: number;
};
export type AsideState = {
  entries: SetAside[];
  /** What somebody else put there: it is never taken away. */
  others: number;
  /** Why it cannot be given up now: the ledger is damaged, or no copy was made since. */
  neededFor: 'damaged' | 'copy' | null;
};

/** What a restore was tried for and came to; `fault` is null where all was well. */
export type DrillFault = 'unreadable' | 'key' | 'database' | 'content' | 'counts' | 'attachment';
export type Drill = {
  at: string;
  account: string;
  copy: string;
  place: CopyPlace;
  seconds: number;
  records: number;
  fault: DrillFault | null;
  /** The ledger went on another way since the copy (it went back to an older one): nothing to compare with. */
  isCompared: boolean;
  /** Whether an attachment was opened; false where the copy has none. */
  hasAttachment: boolean;
};
/** A drill that people did by hand on another PC; `at` and `account`: entered when and by whom. */
export type HandDrill = {
  isByHand: true;
  at: string;
  account: string;
  on: string;
  by: string;
  /** Which copy, in their own words. */
  copy: string;
  machine: string;
  minutes: number;
  /** What did not work, in their own words; null where all was well. */
  fault: string | null;
};
/** Both kinds, the newest first. */
export type Drills = { drills: (Drill | HandDrill)[]; isDue: boolean };

/** What a repair made of one record; see `what` of the core's salvage. */
export type RepairedRecord = {
  ledger: string;
  id: string;
  number: string | null;
  title: string | null;
  what: 'whole' | 'content' | 'change' | 'lost';
  at: string | null;
  account: string | null;
};

/** The list of a repair: what was saved of the damaged file and what was not. */
export type RepairReport = {
  copy: string;
  copyAt: string;
  /** False where not even the first page of the damaged file could be read: then only the copy is there. */
  isReadable: boolean;
  found: RepairedRecord[];
  /** What stands beside the records: rows taken, from which tables, and tables that could not be read whole. */
  beside: { rows: number; tables: string[]; unread: string[] };
  /** Entries of the log since the copy. */
  log: { taken: number; lost: number };
};
export type RepairCounts = {
  copy: string;
  isReadable: boolean;
  saved: number;
  lost: number;
  beside: number;
  unread: number;
  logLost: number;
};
export type RepairListed = RepairCounts & { id: number; at: string; account: string };
