import { z } from 'zod';
import { isPlainRecord } from './plain-record.ts';

/** Shapes that the inputs of many methods are made of. */

export const text = (max: number) => z.string().trim().min(1).max(max);
export const year = z.int().min(1949).max(2999);
export const grant = z.string().min(1).max(200);
export const ledger = z.string().regex(/^[a-z][A-Za-z]{1,39}$/);
export const id = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
export const level = z.enum(['station', 'county', 'city', 'province']);
export const nothing = z.strictObject({});
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Equal to a value, one of several, or a range with either end open. Fields are those the description offers. */
export const FilterInput = z.record(
  z.string(),
  z.union([
    scalar,
    z.array(scalar).max(200),
    z.strictObject({
      from: z.union([z.string(), z.number()]).optional(),
      to: z.union([z.string(), z.number()]).optional(),
    }),
  ]),
);

/**
 * A record as typed: fields with plain values and rows of such; what they may be, its ledger's description checks.
 * By hand, because a job brings 200,000 of them.
 */
export const RecordInput = z.custom<Record<string, unknown>>(isPlainRecord);

/** A record and the step of its workflow that makes another one. */
export const OriginInput = z.strictObject({
  id,
  action: z.string().max(40),
  baseVersion: z.string().optional(),
});

export const ListInput = z.strictObject({
  ledger,
  filter: FilterInput.optional(),
  sort: z.strictObject({ field: z.string(), descending: z.boolean() }).optional(),
  offset: z.int().min(0).max(10_000_000).optional(),
  limit: z.int().min(1).max(1000).optional(),
  /** Published lists whose codes are to stand beside the rows (`mapping.list`). */
  mappings: z.array(z.string().max(60)).max(20).optional(),
});

export const copyPlace = z.enum(['own', 'second']);
