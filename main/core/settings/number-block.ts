/**
 * Numbers given away in a row before there are records for them: to another installation of the unit, or on paper
 * forms for days without power. A block is printed by the pattern it was given with, whatever is chosen later.
 */
export type Block = {
  id: string;
  ledger: string;
  scope: string;
  year: number;
  first: number;
  last: number;
  purpose: 'installation' | 'paper';
  /** The installation that may use it. */
  holder: string;
  pattern: string;
  /** The last number drawn; one below the first where none is. */
  drawn: number;
  grantedAt: string;
  account: string;
};

export type PaperState = 'free' | 'used' | 'returned';
export type Paper = { number: number; state: PaperState; recordId: string | null; reason: string | null };

/** What the signed file keeps of a block: itself, and what became of its paper numbers. */
export type KeptBlock = Block & { settled?: Paper[] };

/** A pattern that a unit chose for a ledger's numbers. */
export type KeptPattern = { ledger: string; pattern: string; since: string; account: string };
