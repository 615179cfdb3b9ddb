import { z } from 'zod';
import { command, job, output, query } from '../define.ts';
import { id, ledger, nothing, text } from '../inputs.ts';
import type { AfterRestore } from '../restore-types.ts';
import { roles, safetyDuties } from '../rights.ts';
import type * as T from '../types.ts';

const password = z.string().min(1).max(200);
const hold = {
  role: z.enum(roles).optional(),
  duties: z.array(z.enum(safetyDuties)).max(safetyDuties.length).optional(),
  /** Of this unit and below; the ledger's own where it is left out. */
  unitId: id.optional(),
  /** Registers it sees; null for all. */
  ledgers: z.array(ledger).min(1).max(50).nullable().optional(),
  mediatorId: id.nullable().optional(),
};
/** A change of one account; what is left out stays. */
const Change = z.strictObject({ id, ...hold, isDisabled: z.boolean().optional() });

/** Accounts and what they may do (个人信息保护法 51(四)). Each act asks for the caller's own password. */
export const accountMethods = {
  'account.list': query(nothing, output<T.AccountShown[]>(), { rights: 'accounts.read' }),
  /** What a restore of the last days meant for the accounts; null where it meant nothing. */
  'account.afterRestore': query(nothing, output<AfterRestore | null>(), { rights: 'accounts.read' }),
  /** With `changes`, because a third account often means that the duties are shared out anew. */
  'account.create': job(
    z.strictObject({
      name: text(40),
      password,
      ...hold,
      role: z.enum(roles),
      changes: z.array(Change).max(50).optional(),
    }),
    output<T.AccountShown[]>(),
    { rights: 'accounts.manage', audited: true, confirmed: true, asked: true },
  ),
  'account.change': command(
    z.strictObject({ changes: z.array(Change).min(1).max(50), reason: text(200).optional() }),
    output<T.AccountShown[]>(),
    { rights: 'accounts.manage', audited: true, confirmed: true, asked: true },
  ),
  /** A password to begin with, which its owner must change at once; lifts a lock after wrong passwords too. */
  'account.setPassword': job(z.strictObject({ id, password }), output<null>(), {
    rights: 'accounts.manage',
    audited: true,
    confirmed: true,
    asked: true,
  }),
  /** Open cases of one account's mediator, and its drafts, become the other's (人员调动). */
  'account.handOver': command(
    z.strictObject({ from: id, to: id, reason: text(200) }),
    output<{ records: number }>(),
    { rights: 'accounts.manage', audited: true, confirmed: true, asked: true },
  ),
} as const;
