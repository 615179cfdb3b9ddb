import { z } from 'zod';
import type { CodeListShown, CodeUse } from '#shared/domain/code-edition.ts';
import { codeItemSchema } from '#shared/domain/code-list.ts';
import { command, output, query } from '../define.ts';
import { nothing, text } from '../inputs.ts';

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
    { rights: 'rules.confirm', audited: true },
  ),
  /** Says, with its reason, that the list is the one in force here. */
  'codes.confirm': command(z.strictObject({ list, note: text(200) }), output<CodeListShown>(), {
    rights: 'rules.confirm',
    audited: true,
  }),
} as const;
