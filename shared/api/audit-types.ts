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

export type LogState = {
  entries: number;
  /** The first entry that does not follow from the one before. */
  broken: number | null;
  /** Heads given out that the log no longer agrees with, or that are not signed by the key they name. */
  wrongHeads: { entry: number; at: string; purpose: HeadPurpose }[];
  last: AuditHead | null;
  /** Entries after the last good head: nothing outside proves them yet. */
  unanchored: number;
};

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
  detail: Record<string, string | number | boolean | string[]>;
};
/** As it is shown: `said` is the detail in words. */
export type LogLine = LogEntry & { said: string };
export type LogPage = { entries: LogLine[]; more: boolean };
/** `isSame`: the entry is what the head says. `isGenuine`: its signature is right (null for a code typed from paper). */
export type HeadCheck = { entry: number; isSame: boolean; isGenuine: boolean | null; broken: number | null };
