/** How long what stands beside the ledger is kept; texts say it with these figures. */

/** Copies of the ledger: so many of the last days, weeks and months. */
export const copiesKept = { days: 7, weeks: 4, months: 12 } as const;

/** What a restore, a repair or a damaged file put aside. */
export const asideDays = 90;
