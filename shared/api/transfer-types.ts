import type { TransferDirection } from '#shared/domain/transfers.ts';
import type { LogLine } from './audit-types.ts';

/** What somebody said of an export or import: to or from whom, what for, on which medium. */
export type TransferNote = {
  /** The entry of the log in which it was said. */
  entry: number;
  at: string;
  account: string;
  /** Who received it, or where it came from. */
  partner: string;
  purpose: string;
  /** The number of a registered medium; null where there was none (paper, the machine itself). */
  medium: string | null;
  approver: string | null;
  /** Code of `scanResult`: what the medium was found to be when it was put in. */
  scan: string | null;
};

export type Transfer = LogLine & {
  direction: TransferDirection;
  /** Nobody needs to say where it goes. */
  isUsual: boolean;
  /** The last that was said of it. */
  note: TransferNote | null;
};
/** `isOwn`: only what the account did itself, because it may not read the log. */
export type TransferPage = { rows: Transfer[]; more: boolean; isOwn: boolean };
