import { z } from 'zod';
import type { Phrase } from '#shared/domain/phrase.ts';
import { longestSearch } from '#shared/domain/search-text.ts';
import type { Checked } from '../check-types.ts';
import { command, draft, job, output, query } from '../define.ts';
import type { FieldProblems } from '../errors.ts';
import { id, ListInput, ledger, nothing, OriginInput, RecordInput, year } from '../inputs.ts';
import type * as T from '../types.ts';

/** Dictionaries, every ledger by its description, search, drafts. */
export const recordMethods = {
  // — dictionaries and base data —
  'units.tree': query(nothing, output<T.Unit[]>(), { rights: 'session' }),
  'divisions.children': query(z.strictObject({ parent: z.string().max(12) }), output<T.Area[]>(), {
    rights: 'session',
  }),

  /** What comes with the program, and what the unit added. */
  'phrase.list': query(nothing, output<Phrase[]>(), { rights: 'ledger.read' }),

  // — every ledger, by its description —
  'ledger.list': query(ListInput, output<T.Page>(), { rights: 'ledger.read', audited: 'whole' }),
  'ledger.get': query(z.strictObject({ id }), output<T.Whole>(), { rights: 'ledger.read', audited: 'view' }),
  /** What a new record takes from the last one of the same account. */
  'ledger.begin': query(z.strictObject({ ledger }), output<T.RecordContent>(), { rights: 'ledger.write' }),
  /** The list as filtered, or with `year` the register of a year in the order of its numbers, as a page for print. */
  'ledger.print': query(
    ListInput.omit({ offset: true, limit: true }).extend({ year: year.optional() }),
    output<T.PrintedPage>(),
    { rights: 'ledger.read', audited: true },
  ),
  /** Every version: who, when, which fields, before and after. */
  'ledger.history': query(z.strictObject({ id }), output<T.HistoryLine[]>(), {
    rights: 'ledger.read',
    audited: true,
  }),
  'ledger.related': query(z.strictObject({ id }), output<T.Related[]>(), {
    rights: 'ledger.read',
    audited: 'whole',
  }),
  /** What a save would say of a record as it is typed; `id` is the record that it is, of which it is no rival. */
  'ledger.check': query(
    z.strictObject({ ledger, id: id.optional(), record: RecordInput }),
    output<Checked>(),
    { rights: 'ledger.read' },
  ),
  'ledger.save': command(
    z.strictObject({
      ledger,
      id: id.optional(),
      baseVersion: z.string().optional(),
      record: RecordInput,
      /** The record whose step (`opens`) is taken by making this one. */
      origin: OriginInput.optional(),
      /** A number reserved on paper that the record is to have: as printed, or how many it is in its year. */
      number: z.string().trim().min(1).max(80).optional(),
    }),
    output<T.Saved>(),
    { rights: 'ledger.write', audited: true },
  ),
  'ledger.act': command(
    z.strictObject({
      id,
      action: z.string().max(40),
      baseVersion: z.string().optional(),
      record: RecordInput.optional(),
    }),
    output<T.Saved>(),
    { rights: 'ledger.write', audited: true },
  ),
  'ledger.addMany': job(
    z.strictObject({ ledger, records: z.array(RecordInput).max(200_000) }),
    /** `warnings` names what goes with the records (the record's place first, 200 at most), `warned` how many there are. */
    output<{ added: number; warnings?: FieldProblems; warned?: number }>(),
    { rights: 'ledger.write', audited: true },
  ),
  /** What records are called, by id; those that are not there or not the account's to see are left out. */
  'ledger.titles': query(
    z.strictObject({ ledger, ids: z.array(id).max(200) }),
    output<Readonly<Record<string, string>>>(),
    { rights: 'ledger.read', audited: 'whole' },
  ),
  'ledger.choices': query(
    z.strictObject({
      ledger,
      text: z.string().max(60).optional(),
      limit: z.int().min(1).max(200).optional(),
      near: z.strictObject({ field: z.string().max(60), id: id.nullable() }).optional(),
    }),
    output<T.Choice[]>(),
    { rights: 'ledger.read', audited: 'whole' },
  ),
  'search.find': query(
    z.strictObject({ text: z.string().max(longestSearch), limit: z.int().min(1).max(200).optional() }),
    output<T.Hits>(),
    { rights: 'ledger.read', audited: 'whole' },
  ),

  // — drafts: kept at every change of a field, in a file of their own —
  'draft.save': draft(
    z.strictObject({
      id,
      ledger,
      recordId: id.optional(),
      baseVersion: z.string().optional(),
      content: RecordInput,
    }),
    output<null>(),
    { rights: 'ledger.write' },
  ),
  'draft.list': draft(nothing, output<T.Draft[]>(), { rights: 'ledger.write', audited: 'whole' }),
  /** Half-typed records go with their account's work (人员调动). */
  'draft.handOver': draft(z.strictObject({ from: id, to: id }), output<{ drafts: number }>(), {
    rights: 'accounts.manage',
  }),
  'draft.discard': draft(z.strictObject({ id }), output<null>(), { rights: 'ledger.write' }),
} as const;
