import type { MethodName } from '#shared/api/methods.ts';
import type { SessionInfo } from '#shared/api/types.ts';

// What the core said of the account at the sign-in. What is worked out from it with the registers is in reach.ts.

/** Whether the core would take the call from this account, by what it said itself at the sign-in. */
export const may = ({ reach }: SessionInfo, method: MethodName): boolean => reach.methods.includes(method);

/** Whether the register is one of the account's. */
export const sees = ({ reach }: SessionInfo, ledger: string): boolean =>
  reach.ledgers === null || reach.ledgers.includes(ledger);
