import { z } from 'zod';
import { isDay } from '#shared/domain/day.ts';
import { command, output, query } from '../define.ts';
import { text } from '../inputs.ts';
import type * as X from '../transfer-types.ts';
import type * as T from '../types.ts';

const day = z.string().refine(isDay);
const direction = z.enum(['out', 'in']);
const entry = z.int().min(1);
const some = {
  direction,
  from: day.optional(),
  to: day.optional(),
  /** Only those of which nobody has said where they went or came from. */
  undescribed: z.boolean().optional(),
};

/**
 * Registers of exports and imports (网络数据安全管理条例 art. 12), a view over the log. Whoever may not read the log sees
 * what he did himself.
 */
export const transferMethods = {
  'transfer.list': query(
    z.strictObject({ ...some, before: entry.optional(), limit: z.int().min(1).max(500).optional() }),
    output<X.TransferPage>(),
    { rights: 'session', audited: 'view' },
  ),
  /** To or from whom, what for, by which medium; said once more it replaces what was said, and the log keeps both. */
  'transfer.describe': command(
    z.strictObject({
      entries: z.array(entry).min(1).max(200),
      partner: text(80),
      purpose: text(100),
      medium: text(30).optional(),
      approver: text(40).optional(),
      scan: text(30).optional(),
    }),
    output<{ described: number }>(),
    { rights: 'session', audited: true },
  ),
  'transfer.print': query(z.strictObject(some), output<T.PrintedPage>(), {
    rights: 'session',
    audited: true,
  }),
} as const;
