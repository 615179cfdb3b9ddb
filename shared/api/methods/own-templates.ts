import { z } from 'zod';
import { command, job, output, query } from '../define.ts';
import { grant, id, nothing, text } from '../inputs.ts';
import type * as T from '../own-template-types.ts';
import type { Printable } from '../types.ts';

const overwrite = z.boolean().optional();
const of = z.strictObject({ kind: text(60).optional() });

/** A bureau's own .docx templates of papers, and the places that they may name. */
export const ownTemplateMethods = {
  'template.list': query(nothing, output<T.OwnTemplate[]>(), { rights: 'ledger.read' }),
  /** A new version for `kind` (a kind or title of a paper), or for a new paper called `title`. */
  'template.add': job(
    z.strictObject({ file: grant, kind: text(60).optional(), title: text(40).optional() }),
    output<T.OwnTemplate>(),
    { rights: 'rules.confirm', wide: true, audited: true },
  ),
  'template.retire': command(z.strictObject({ id, reason: text(200) }), output<T.OwnTemplate>(), {
    rights: 'rules.confirm',
    wide: true,
    audited: true,
  }),
  /** The file as it was added. */
  'template.export': query(z.strictObject({ id, out: grant, overwrite }), output<{ file: string }>(), {
    rights: 'ledger.read',
    audited: true,
  }),
  /** Of a kind of paper; without one those of a case of mediation. */
  'template.places': query(of, output<T.PlaceGroup[]>(), { rights: 'session' }),
  'template.placesPage': query(of, output<Printable>(), { rights: 'session' }),
  'template.makePlaces': query(of.extend({ out: grant, overwrite }), output<{ file: string }>(), {
    rights: 'session',
  }),
} as const;
