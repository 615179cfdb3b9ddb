import { z } from 'zod';
import { conditionSchema } from '#shared/document/model.ts';

/**
 * The papers of each register as data (`seeds/templates/papers.json`, `correction-papers.json`): which there are, in what order they are bound,
 * when each is due, and the fields that must stand in it. Their wording is in `seeds/templates/papers`.
 */

const fieldName = z.string().regex(/^[a-z][A-Za-z0-9]*$/);

/**
 * The number of a paper (文号) stands in a field of its record, of its row where there is one for every row. It is given on
 * demand out of a series of its own (`core/ledgers/numbering.ts`), by the year of `on`; anybody may type another.
 */
const paperNumberSchema = z.strictObject({
  field: fieldName,
  /** As it is before a unit chooses its own. */
  pattern: z.string().min(1),
  on: fieldName,
  /** Units of a lower level note down the number of whoever decided. */
  level: z.enum(['station', 'county', 'city', 'province']),
});

const paperSchema = z.strictObject({
  kind: z.string().regex(/^[a-z][A-Za-z]*$/),
  /** The register whose records it is made of. */
  ledger: fieldName,
  title: z.string().min(1),
  /** Other names by which people ask for it. */
  aliases: z.array(z.string().min(1)),
  /** Place in the bound file. */
  order: z.int().positive(),
  need: z.enum(['required', 'asNeeded']),
  /** Front and back pages carry no number and are not in the catalogue. */
  place: z.enum(['front', 'body', 'back']),
  isUnnumbered: z.literal(true).optional(),
  /** No text of ours: what the parties bring, bound in as it is. */
  isAttached: z.literal(true).optional(),
  /** The kinds of attachments that are bound in as this paper. */
  attachments: z.array(z.string().min(1)).min(1).optional(),
  /** Speaks of the whole file (its pieces and pages). */
  isOfFile: z.literal(true).optional(),
  /** Whether the paper fits a case at all, by what the case says. */
  when: conditionSchema.optional(),
  /** Whether it is bound in without being asked for; else a required one is, and one that has a 笔录 or an agent. */
  filed: conditionSchema.optional(),
  /** The kind of 笔录 that its text comes from; `perNote`: one paper for each. */
  notes: z.string().optional(),
  perNote: z.literal(true).optional(),
  /** One for every party with an agent. */
  perAgent: z.literal(true).optional(),
  /** One for every row of a child, such as each extension of a term. */
  perRow: fieldName.optional(),
  /** Where its number is kept, and how such numbers look at first. */
  number: paperNumberSchema.optional(),
  /** The day on the paper: the first of these days of the case that is known. */
  day: z.array(fieldName).optional(),
  fields: z.array(fieldName),
});
/** `isOwn`: a kind that the bureau added, made from its own template alone. */
export type Paper = z.infer<typeof paperSchema> & { isOwn?: true };

/**
 * One of several files into which the papers of a register's records are bound, with those of their parts. `kinds` in their
 * order; kinds of one register of parts that follow one another stay together for each of its records.
 */
const volumeSchema = z.strictObject({
  name: fieldName,
  ledger: fieldName,
  title: z.string().min(1),
  kinds: z.array(z.string().min(1)).min(1),
});
export type Volume = z.infer<typeof volumeSchema>;

export const paperBookSchema = z.strictObject({
  name: z.string(),
  source: z.string().min(1),
  /** Every field of the papers with what people call it. */
  fields: z.record(fieldName, z.string().min(1)),
  papers: z.array(paperSchema).min(1),
  volumes: z.array(volumeSchema).optional(),
});
