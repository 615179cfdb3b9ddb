import type { Day } from '#shared/domain/day.ts';
import type { FileKind, LogRule, PeriodDecision, PeriodSpan } from '#shared/domain/retention.ts';

/** What the methods on periods of keeping, on review and on destruction answer. */

/** A decision that somebody entered, with why and when. */
export type PeriodDecided = {
  decision: PeriodDecision;
  edition: number;
  note: string;
  at: string;
  account: string;
};

export type KindShown = {
  kind: FileKind;
  ledgerTitle: string;
  fromLabel: string;
  /** Somebody of the bureau entered an approved period for this very edition of the kind. */
  isConfirmed: boolean;
  /** It was confirmed, but the program now counts other records as such files. */
  isOutdated: boolean;
  spans: PeriodSpan[];
  /** Newest first. */
  history: PeriodDecided[];
  /** Files of the kind. */
  files: number;
};

/** How long the log is to be kept, and what there is of it. */
export type LogKept = {
  rules: LogRule[];
  /** Instant of the oldest entry; null where there is none. */
  since: string | null;
  entries: number;
};

/** Why a file may not be destroyed now; `what` is the thing itself (a rule, a register with a count, a list). */
export type Obstacle = {
  why: 'open' | 'deadline' | 'pointed' | 'permanent' | 'sealed' | 'sealing' | 'listed' | 'conflict' | 'kept';
  what: string;
};

export type FileRow = {
  ledger: string;
  id: string;
  title: string;
  kind: string;
  kindTitle: string;
  number: string | null;
  unitId: string;
  unitName: string;
  version: string;
  filedOn: Day;
  /** Years, or 永久. */
  period: number | 'permanent';
  /** The last day of the period; null for 永久. */
  endedOn: Day | null;
  /** Until when it was kept on after an earlier review, and why. */
  kept: { until: Day; reason: string; at: string; account: string } | null;
  /** Pages of its scans; null where it has none. */
  pages: number | null;
  obstacles: Obstacle[];
};

export type FileGroup = {
  kind: string;
  kindTitle: string;
  unitId: string;
  unitName: string;
  year: number;
  count: number;
};

/** `ended`: the period is over. `archive`: filed so long ago that it goes to the archive of the level. */
export type ReviewWhat = 'ended' | 'archive';

export type Review = {
  on: Day;
  what: ReviewWhat;
  /** Years after which files go to the archive. */
  handOverYears: number;
  /** Without the filters by kind, unit and year. */
  groups: FileGroup[];
  /** With them. */
  total: number;
  rows: FileRow[];
  /** Kinds whose files have no approved period, with how many there are. */
  unsettled: { kindTitle: string; files: number }[];
};

export type ListState = 'open' | 'approved' | 'underWay' | 'done';
export type ItemState = 'listed' | 'removed' | 'withheld' | 'destroyed';

export type ListEvent = {
  action: 'make' | 'add' | 'remove' | 'approve' | 'withdraw' | 'begin' | 'end';
  at: string;
  account: string;
  /** Of an approval. */
  authority?: string;
  letterNo?: string;
  approvedOn?: Day;
  /** The two who watch it carried out (监销人). */
  supervisors?: string[];
  reason?: string;
  /** Files that it concerned. */
  count?: number;
};

/** A list of destruction (销毁清册), without its files. */
export type DestructionList = {
  id: string;
  number: string;
  state: ListState;
  counts: Record<ItemState, number>;
  /** Oldest first. */
  events: ListEvent[];
  /** Whoever is signed in put files on it, so that somebody else must approve it. */
  isOwn: boolean;
};

export type DestructionItem = {
  id: number;
  recordId: string;
  ledger: string;
  kindTitle: string;
  number: string | null;
  /** Always masked: the list outlives what it names. */
  title: string;
  unitName: string;
  filedOn: Day;
  years: number;
  endedOn: Day;
  pages: number | null;
  opinion: string;
  state: ItemState;
  /** Why it was taken off or held back. */
  why: string;
  at: string | null;
  /** What stands against it now; only while it is listed. */
  obstacles: Obstacle[];
  /** It was changed after it was put on the list. */
  isChanged: boolean;
};

export type DestructionShown = DestructionList & { items: DestructionItem[]; total: number };

/** What one step of the carrying out came to. */
export type CarriedOut = { destroyed: number; withheld: number; left: number; list: DestructionShown };
