import { z } from 'zod';
import { command, gate, output, query } from '../define.ts';
import { grant, nothing, text } from '../inputs.ts';
import type * as T from '../types.ts';

const password = z.string().min(1).max(200);
const overwrite = z.boolean().optional();

/** A forgotten password, cured by the level above through two files: a request up, a signed answer down. */
export const helpMethods = {
  'help.state': query(nothing, output<T.HelpState>(), { rights: 'accounts.read' }),
  /** This unit's public keys, for the units below it. */
  'help.card': command(
    z.strictObject({ out: grant, overwrite }),
    output<{ file: string; fingerprint: string }>(),
    { rights: 'accounts.manage', audited: true, confirmed: true },
  ),
  /** The card of the level above: from now on it can help. */
  'help.trust': command(z.strictObject({ file: grant }), output<T.HelpState>(), {
    rights: 'accounts.manage',
    audited: true,
    confirmed: true,
    asked: true,
  }),
  /** `code` is what the other side reads out on the telephone. */
  'help.answer': command(
    z.strictObject({ file: grant, code: text(30), out: grant, overwrite, reason: text(200) }),
    output<{ file: string; unit: string; account: string }>(),
    { rights: 'accounts.manage', audited: true, confirmed: true, asked: true },
  ),
  /** `replaces`: a request that waits is given up for this one. Without it, such a one is told (`help-waiting`). */
  'help.ask': gate(
    z.strictObject({
      account: text(40),
      newPassword: password,
      out: grant,
      overwrite,
      replaces: z.boolean().optional(),
    }),
    output<{ file: string; code: string; unit: string }>(),
    { rights: 'none' },
  ),
  /** The request that waits for an answer; null where there is none. */
  'help.waiting': gate(nothing, output<T.HelpWaiting | null>(), { rights: 'none' }),
  'help.finish': gate(z.strictObject({ file: grant, newPassword: password }), output<T.SignedIn>(), {
    rights: 'none',
  }),
} as const;
