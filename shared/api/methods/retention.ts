import { z } from 'zod';
import { parseDay } from '#shared/domain/day.ts';
import { periodDecisionSchema } from '#shared/domain/retention.ts';
import { command, output, query } from '../define.ts';
import { id, nothing, text, year } from '../inputs.ts';
import type * as R from '../retention-types.ts';
import type { PrintedPage } from '../types.ts';

const day = z.string().refine((value) => parseDay(value) !== null);
const kind = z.string().regex(/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/);
const page = {
  offset: z.int().min(0).max(10_000_000).optional(),
  limit: z.int().min(1).max(1000).optional(),
};
const asked = {
  what: z.enum(['ended', 'archive']),
  on: day.optional(),
  kind: kind.optional(),
  unit: id.optional(),
  year: year.optional(),
};

/** Periods of keeping, review of what has come to its end, destruction with approval (档案法实施条例 19, 20, 24). */
export const retentionMethods = {
  'retention.periods': query(nothing, output<R.KindShown[]>(), { rights: 'ledger.read', wide: true }),
  'retention.decide': command(
    z.strictObject({ kind, decision: periodDecisionSchema, note: z.string().trim().max(200) }),
    output<R.KindShown[]>(),
    { rights: 'rules.confirm', audited: true, wide: true },
  ),
  /** Nothing ever cuts the log; what the rules ask at least is shown beside how far it goes back. */
  'retention.logs': query(nothing, output<R.LogKept>(), { rights: 'ledger.read', wide: true }),
  'retention.review': query(z.strictObject({ ...asked, ...page }), output<R.Review>(), {
    rights: 'ledger.read',
    audited: 'whole',
    wide: true,
  }),
  'retention.sheet': query(z.strictObject(asked), output<PrintedPage>(), {
    rights: 'ledger.read',
    audited: true,
    wide: true,
  }),
  /** Kept on after a review, until a new day. */
  'retention.keep': command(
    z.strictObject({ ids: z.array(id).min(1).max(500), until: day, reason: text(200) }),
    output<{ files: number }>(),
    { rights: 'files.review', audited: true, wide: true },
  ),
  'destruction.lists': query(nothing, output<R.DestructionList[]>(), {
    rights: 'ledger.read',
    audited: 'whole',
    wide: true,
  }),
  'destruction.get': query(z.strictObject({ list: id, ...page }), output<R.DestructionShown>(), {
    rights: 'ledger.read',
    audited: 'whole',
    wide: true,
  }),
  'destruction.sheet': query(z.strictObject({ list: id }), output<PrintedPage>(), {
    rights: 'ledger.read',
    audited: true,
    wide: true,
  }),
  /** Files whose period is over, onto a list; null: a new one. */
  'destruction.add': command(
    z.strictObject({ list: id.nullable(), ids: z.array(id).min(1).max(500), opinion: text(200) }),
    output<R.DestructionShown>(),
    { rights: 'files.review', audited: true, wide: true },
  ),
  'destruction.remove': command(
    z.strictObject({ list: id, items: z.array(z.int().min(1)).min(1).max(500), reason: text(200) }),
    output<R.DestructionShown>(),
    { rights: 'files.review', audited: true, wide: true },
  ),
  /** By a head who put nothing on the list. */
  'destruction.approve': command(
    z.strictObject({ list: id, authority: text(60), letterNo: text(60), approvedOn: day }),
    output<R.DestructionShown>(),
    { rights: 'destruction.approve', audited: true, confirmed: true, asked: true, wide: true },
  ),
  /** One step of it; called again until nothing is left. Two different persons watch it. */
  'destruction.carryOut': command(
    z.strictObject({ list: id, supervisors: z.tuple([text(40), text(40)]) }),
    output<R.CarriedOut>(),
    { rights: 'destruction.carryOut', audited: true, confirmed: true, asked: true, wide: true },
  ),
  'destruction.withdraw': command(
    z.strictObject({ list: id, reason: text(200) }),
    output<R.DestructionShown>(),
    { rights: 'destruction.approve', audited: true, wide: true },
  ),
} as const;
