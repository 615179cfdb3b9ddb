/**
 * What a restore meant for an account that the copy has otherwise: it stays disabled or in use, has to change a password
 * that somebody else set, keeps the one it chose itself, keeps its rights of before the restore, was made since the copy and
 * is taken over, or (`noWay`) stays in use although only the recovery key lets it in.
 */
export type AccountFate = 'disabled' | 'inUse' | 'mustChange' | 'ownPassword' | 'rights' | 'made' | 'noWay';

/** Accounts that the last restore left otherwise than the copy has them. */
export type AfterRestore = {
  at: string;
  /** Name of the copy. */
  backup: string;
  accounts: { name: string; fates: AccountFate[] }[];
  /** Ways to the key that belonged to nobody in the copy, and were taken away. */
  waysTaken: number;
  /** Whether the accounts of before could be read; else the key file alone told. */
  isRead: boolean;
};
