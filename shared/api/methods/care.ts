import { z } from 'zod';
import { job, output, query } from '../define.ts';
import { grant, nothing } from '../inputs.ts';
import type * as T from '../types.ts';

/** Care of the ledger. */
export const careMethods = {
  'system.hash': query(nothing, output<{ hash: string; records: number }>(), { rights: 'session' }),
  /** `quick` looks at the sizes of attachments only, not into them. */
  'system.verify': query(z.strictObject({ quick: z.boolean().optional() }), output<T.Verified>(), {
    rights: 'session',
  }),
  /** How far the renewal of the search index after an update has come; null where there is none. */
  'system.renewal': query(nothing, output<T.Renewal | null>(), { rights: 'session' }),
  'system.rebuild': job(z.strictObject({ whole: z.boolean().optional() }), output<T.Rebuilt>(), {
    rights: 'system.maintain',
    audited: true,
  }),
  'system.backup': query(z.strictObject({ folder: grant.optional() }), output<T.BackupMade>(), {
    rights: 'session',
    audited: true,
  }),
  'system.backups': query(nothing, output<T.Backup[]>(), { rights: 'session' }),
} as const;
