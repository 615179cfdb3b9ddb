import type { Day } from '#shared/domain/day.ts';
import type { DeadlineRule, RuleDecision, RuleSpan } from '#shared/domain/deadline-rule.ts';
import type { SafetyDuty } from './rights.ts';

/** What the methods on deadlines and on the calendar answer. */

export type DueRow = {
  ledger: string;
  id: string;
  /** Who and which: the record's title and number. */
  title: string;
  number: string | null;
  unitId: string;
  unitName: string;
  rule: string;
  /** What must be done, in the words of the rule. */
  what: string;
  law: string;
  article: string | null;
  strength: DeadlineRule['strength'];
  /** The field that began the period, by its label, and its day. */
  basis: string;
  startedOn: Day;
  dueOn: Day;
  dueTime: string | null;
  /** Days left; negative: days over. */
  days: number;
  /** In charge: an id or a name for the filter, and what to show; both '' for nobody. */
  person: string;
  personName: string;
  /** Nobody of the bureau has confirmed the rule yet. */
  isUnconfirmed: boolean;
  isExtended: boolean;
  /** Counted from a day that only stands in for the one the rule means. */
  isEstimated: boolean;
  /** Years counted without their calendar. */
  unknownYears: number[];
};

/** Whose and which deadlines a board or a sheet shows; without `on`, those of today. */
export type AskedDeadlines = {
  on?: string | undefined;
  person?: string | undefined;
  unit?: string | undefined;
  rule?: string | undefined;
};

export type BoardPart = 'overdue' | 'today' | 'week';
export type PartCounts = Record<BoardPart, number>;

export type Board = {
  on: Day;
  /**
   * The day of the machine, and the last day after it on which something was saved, if any. `isBehind`: there are
   * several such days, or no other, so that the machine's clock is behind and the board counts from the last of them.
   */
  clock: { today: Day; later: Day | null; isBehind: boolean };
  /** With the filter. */
  counts: PartCounts;
  overdue: DueRow[];
  today: DueRow[];
  /** After today, up to the seventh day from it. */
  week: DueRow[];
  /** Everybody in charge, every unit and every rule with something on the board, without the filter. */
  persons: ({ person: string; name: string } & PartCounts)[];
  units: ({ unitId: string; name: string } & PartCounts)[];
  rules: ({ rule: string; what: string; isUnconfirmed: boolean } & PartCounts)[];
  /** Years of the rows shown that were counted without their calendar. */
  unknownYears: number[];
  /** No account in use holds the audit duty. */
  nobodyAudits?: true;
  /** Duties of the whole ledger that the account holds and cannot carry out, as it sees some units only. */
  idleDuties?: readonly SafetyDuty[];
};

/** Deadlines of one record. A period that stands still has no day. */
export type RecordDeadlines = {
  on: Day;
  deadlines: (DueRow & { isPaused: false; isLapsed: boolean })[];
  paused: { rule: string; what: string; law: string; article: string | null; startedOn: Day }[];
};

export type RuleDecided = {
  decision: RuleDecision;
  edition: number;
  note: string;
  at: string;
  account: string;
};

export type RuleShown = {
  rule: DeadlineRule;
  /** As the program brings it. */
  original: RuleDecision;
  isOff: boolean;
  /** How it is for periods that begin on one day or another, the oldest first. */
  spans: RuleSpan[];
  isConfirmed: boolean;
  /** Decided on an edition that the program has since replaced. */
  isOutdated: boolean;
  /** The register's title, and the fields that begin the period by their labels. */
  ledgerTitle: string;
  triggers: string[];
  /** Open entries under it. */
  open: number;
  history: RuleDecided[];
};

export type HeldYear = {
  year: number;
  title: string;
  source: string;
  sure: DeadlineRule['sure'];
  daysOff: number;
  workdays: number;
  /** Null for a year that came with the program. */
  takenIn: { file: string; at: string; account: string } | null;
  /** How many older versions of the year there are. */
  replaced: number;
};

export type CalendarTaken = { years: number[]; changed: number[] };
