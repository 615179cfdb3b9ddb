/** How the numbers of a ledger look on this installation. */
export type NumberSettings = {
  ledger: string;
  pattern: string;
  /** Every pattern ever used, the oldest first; records keep what they were given. */
  former: string[];
  /** The unit's short name, where no committee gives one. */
  prefix: string;
  /** Whether this installation owns the unit's numbers; the others draw from blocks. */
  isOwner: boolean;
  installation: string;
  /** Records that wait for a number. */
  waiting: number;
};

export type PaperNumber = {
  number: string;
  state: 'free' | 'used' | 'returned';
  recordId: string | null;
  /** Of the record that has it; null for one that a restore took away. */
  title: string | null;
  reason: string | null;
};

/** Numbers given away in a row. */
export type NumberBlock = {
  id: string;
  ledger: string;
  purpose: 'installation' | 'paper';
  prefix: string;
  year: number;
  first: string;
  last: string;
  count: number;
  /** Null for a block of another installation, of which nothing is known here. */
  free: number | null;
  installation: string;
  isOwn: boolean;
  at: string;
  /** Of a block on paper: every number with what became of it. */
  numbers: PaperNumber[];
};

/** A series of numbers of papers (文号). `register`: whose papers they are. */
export type NumberSeries = { series: string; title: string; register: string };
export type NumbersReserved = { numbers: string[] };
export type NumbersAssigned = { numbered: number; waiting: number };
/** `code` is what the other installation takes them with. */
export type NumbersGranted = { block: NumberBlock; code: string };
