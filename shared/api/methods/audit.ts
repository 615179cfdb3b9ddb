import { z } from 'zod';
import type * as A from '../audit-types.ts';
import { command, job, output, query } from '../define.ts';
import { grant, id, nothing, text } from '../inputs.ts';
import type * as T from '../types.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const some = {
  from: day.optional(),
  to: day.optional(),
  account: text(40).optional(),
  actions: z.array(text(60)).min(1).max(100).optional(),
  recordId: id.optional(),
};

/** The log of what was done and seen (网络安全法 23(三): six months at least; 网络数据安全管理条例 12: three years for hand-overs). */
export const auditMethods = {
  'audit.list': query(
    z.strictObject({ ...some, before: z.int().min(1).optional(), limit: z.int().min(1).max(500).optional() }),
    output<A.LogPage>(),
    { rights: 'audit.read', audited: true },
  ),
  'audit.state': query(nothing, output<A.LogState>(), { rights: 'audit.read' }),
  /** Against a head that left the machine: typed from a printed sheet, or out of a file that was exported. */
  'audit.check': query(
    z.union([z.strictObject({ entry: z.int().min(1), code: text(40) }), z.strictObject({ file: grant })]),
    output<A.HeadCheck>(),
    { rights: 'audit.read' },
  ),
  /** What was done on a day, on paper, with a signed head below it. */
  'audit.daySheet': command(z.strictObject({ on: day }), output<T.PrintedPage>(), {
    rights: 'audit.read',
    audited: true,
  }),
  /** For an inspection: one line of JSON an entry, the signed head last. */
  'audit.export': job(
    z.strictObject({
      from: day.optional(),
      to: day.optional(),
      out: grant,
      overwrite: z.boolean().optional(),
      reason: text(200),
    }),
    output<{ file: string; entries: number; head: A.AuditHead }>(),
    { rights: 'audit.read', audited: true, confirmed: true },
  ),
} as const;
