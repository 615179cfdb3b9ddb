import { z } from 'zod';
import type { CodeListShown, CodeUse } from '#shared/domain/code-edition.ts';
import { codeItemSchema } from '#shared/domain/code-list.ts';
import { mappingTargetSchema } from '#shared/domain/code-mapping.ts';
import { command, output, query } from '../define.ts';
import { id, nothing, text } from '../inputs.ts';
import type { Mappings, PublishedOf } from '../mapping-types.ts';

const list = z.string().max(60);

/** Code lists: those published, and those that are the unit's own. */
export const codeMethods = {
  'codes.lists': query(nothing, output<CodeListShown[]>(), { rights: 'session' }),
  /** Codes that records carry. */
  'codes.use': query(z.strictObject({ list }), output<({ code: string } & CodeUse)[]>(), {
    rights: 'ledger.read',
  }),
  /** The whole list as it is from now on; only for lists marked as the county's own. */
  'codes.define': command(
    z.strictObject({ list, basis: text(200), items: z.array(codeItemSchema).min(1).max(300) }),
    output<CodeListShown>(),
    { rights: 'rules.confirm', wide: true, audited: true },
  ),
  /** Says, with its reason, that the list is the one in force here. */
  'codes.confirm': command(z.strictObject({ list, note: text(200) }), output<CodeListShown>(), {
    rights: 'rules.confirm',
    wide: true,
    audited: true,
  }),

  /** How published lists are derived from the ledger's own, with what the unit said of each row. */
  'mapping.list': query(nothing, output<Mappings>(), { rights: 'session' }),
  /** What a record is in each published list. */
  'mapping.record': query(z.strictObject({ id }), output<PublishedOf[]>(), { rights: 'ledger.read' }),
  /** Says of rows, counted from 0, what they lead to here; the same again confirms it. */
  'mapping.decide': command(
    z.strictObject({
      mapping: list,
      basis: text(200),
      rows: z
        .array(z.strictObject({ row: z.int().min(0), target: mappingTargetSchema }))
        .min(1)
        .max(300),
    }),
    output<Mappings>(),
    { rights: 'rules.confirm', wide: true, audited: true },
  ),
} as const;
