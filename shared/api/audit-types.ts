/** Ways by which a head of the log leaves the machine. */
export type HeadPurpose = 'daySheet' | 'export' | 'package' | 'receipt';

/** The log as it stood: number and SHA-256 of its last entry, signed by an account that holds the audit duty. */
export type AuditHead = {
  entry: number;
  /** 64 hexadecimal digits. */
  hash: string;
  at: string;
  account: string;
  purpose: HeadPurpose;
  /** Ed25519, SPKI in base64; `fingerprint` is what it is told apart by on paper. */
  publicKey: string;
  signature: string;
  /** The beginning of the hash as it is printed: four groups of five letters. */
  code: string;
  fingerprint: string;
};

/**
 * A head that was given out and that the log has no more: it went back to a copy (`isRestored`), or an older ledger was laid
 * in its place by hand.
 */
export type LogBefore = { entry: number; at: string; purpose: HeadPurpose; isRestored: boolean };

export type LogState = {
  entries: number;
  /** The first entry that does not follow from the one before. */
  broken: number | null;
  /** Heads given out that the log no longer agrees with, or that are not signed by the key they name. */
  wrongHeads: { entry: number; at: string; purpose: HeadPurpose }[];
  last: AuditHead | null;
  /** Null where nothing was given out that is not in it any more, or something was since. */
  before: LogBefore | null;
  /** Entries after the last good head: nothing outside proves them yet. */
  unanchored: number;
};

/** The log goes to the level above: after so many days, last exported then; `isDue`: it is time again. */
export type HandUp = { days: number; last: string | null; isDue: boolean };

/** One line of the log. `detail` holds names of fields and counts, never values of records. */
export type LogEntry = {
  entry: number;
  at: string;
  account: string;
  action: string;
  ledger: string | null;
  recordId: string | null;
  /** The record's title as it is now, where it is there and may be seen. */
  title: string | null;
  version: string | null;
  /** Id of the installation and name of the machine it was made on; null in entries of before they were written down. */
  installation: string | null;
  machine: string | null;
  detail: Record<string, string | number | boolean | string[]>;
};
/** As it is shown: `said` is the detail in words. */
export type LogLine = LogEntry & { said: string };
export type LogPage = { entries: LogLine[]; more: boolean };
/** `isSame`: the entry is what the head says. */
export type HeadCheck = { entry: number; isSame: boolean; broken: number | null };

/** An exported log, by what its first line says and how it ends. Nothing of it is proved by that. */
export type LogFile = {
  ledgerId: string;
  unit: string;
  unitCode: string;
  installation: string;
  machine: string;
  exportedAt: string;
  first: number;
  last: number;
  /** How many entries the whole log had when it was exported. */
  total: number;
  /** Code of the last entry as it is printed. */
  code: string;
  /** Of the key that signed it, and whose account that was; '' where it is not signed. */
  fingerprint: string;
  signedBy: string;
};

/** What speaks against an exported log. */
export type LogFault =
  | 'unreadable'
  | 'changed'
  | 'missing'
  | 'order'
  | 'start'
  | 'cut'
  | 'unsigned'
  | 'head'
  | 'signature'
  | 'seal'
  | 'known'
  | 'shorter'
  | 'paper'
  | 'own';

/** What must be said of one that nothing speaks against. */
export type LogNotice =
  | 'firstTime'
  | 'otherLedger'
  | 'newInstallation'
  | 'keyUnconfirmed'
  | 'keyChanged'
  | 'uncovered'
  | 'notReached'
  | 'restored'
  | 'givenUp'
  | 'beside'
  | 'otherPlace'
  | 'fresh'
  | 'paperSame'
  | 'paperMixed'
  | 'paperOutside';

/** `entry` is the first it is about, `to` the last; `at` an instant that belongs to it, `text` a key's fingerprint. */
export type LogFinding<K extends LogFault | LogNotice = LogFault | LogNotice> = {
  is: K;
  entry?: number;
  to?: number;
  at?: string;
  text?: string;
};

export type LogFileCheck = LogFile & {
  /** Its number in the register of checked logs; null for this ledger's own. */
  check: number | null;
  isOwn: boolean;
  isSound: boolean;
  faults: LogFinding<LogFault>[];
  /** Faults beyond those that are named. */
  more: number;
  notices: LogFinding<LogNotice>[];
};

/** A line of the register of checked logs. */
export type LogCheck = Omit<LogFile, 'total' | 'signedBy'> & {
  check: number;
  keyConfirmedAt: string | null;
  keyConfirmedBy: string | null;
  isSound: boolean;
  faults: LogFinding<LogFault>[];
  notices: LogFinding<LogNotice>[];
  checkedAt: string;
  account: string;
};
