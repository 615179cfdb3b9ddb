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
  machine: text(60).optional(),
  actions: z.array(text(60)).min(1).max(100).optional(),
  recordId: id.optional(),
  /** A number of a record as it is written on paper, or the record's id or its beginning as the log shows it. */
  record: text(80).optional(),
  /** Without looks at lists, hits and choices. */
  isWithoutLooks: z.boolean().optional(),
};

const page = { before: z.int().min(1).optional(), limit: z.int().min(1).max(500).optional() };
const check = z.int().min(1);
/** A number of an entry and its code, as they stand on a day sheet. */
const head = z.strictObject({ entry: z.int().min(1), code: text(40) });

/** The log of what was done and seen (网络安全法 23(三): six months at least; 网络数据安全管理条例 12: three years for hand-overs). */
export const auditMethods = {
  'audit.list': query(z.strictObject({ ...some, ...page }), output<A.LogPage>(), {
    rights: 'audit.read',
    audited: true,
  }),
  'audit.state': query(nothing, output<A.LogState & { handUp: A.HandUp | null }>(), { rights: 'audit.read' }),
  /** The own log against a head that left the machine, typed from a printed sheet. */
  'audit.check': query(head, output<A.HeadCheck>(), { rights: 'audit.read' }),
  /**
   * An exported log, of this ledger or of another unit: whether it is what its auditor signed, and goes on from what it
   * was when it was checked here before; with `paper`, whether it holds what a day sheet of that unit says.
   */
  'audit.checkFile': job(z.strictObject({ file: grant, paper: head.optional() }), output<A.LogFileCheck>(), {
    rights: 'audit.read',
    audited: true,
  }),
  /** Logs of other units that were checked here, the newest first. */
  'audit.checks': query(nothing, output<A.LogCheck[]>(), { rights: 'audit.read' }),
  /** The other unit read out on the telephone what its key is told apart by. */
  'audit.confirmKey': command(z.strictObject({ check, code: text(40) }), output<A.LogCheck>(), {
    rights: 'audit.read',
    audited: true,
  }),
  /** Entries of another unit's log that was checked, from the same file. */
  'audit.foreign': query(z.strictObject({ check, file: grant, ...some, ...page }), output<A.LogPage>(), {
    rights: 'audit.read',
    audited: true,
  }),
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
