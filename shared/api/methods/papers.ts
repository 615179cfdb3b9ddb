import { z } from 'zod';
import { command, job, output, query } from '../define.ts';
import { grant, id, nothing } from '../inputs.ts';
import type * as P from '../paper-types.ts';
import type * as T from '../types.ts';

/** Papers (文书) of a case, the whole file, and what was issued. `kind` is a kind, a title or another name of a paper. */

const kind = z.string().min(1).max(60);
const copy = z.string().min(1).max(60);
const pages = z.record(z.string().max(40), z.int().min(1).max(10_000));
const someKinds = z.union([kind, z.array(kind).min(1).max(20)]);
const kinds = z.array(kind).max(60);
/** The bureau's template in force is used where there is one, unless another is named or the house wording wanted. */
const template = z.union([z.literal('house'), id]).optional();
/** Pages of pieces from the bureau's templates, as somebody counted them. */
const ownPages = z.record(z.string().max(120), z.int().min(1).max(2000)).optional();
const wording = z.literal('house').optional();
/** Which of the files, where a record has several. */
const volume = z.string().min(1).max(40).optional();
const overwrite = z.boolean().optional();
/** Numbers given out beforehand, for days without power: one form for each (`number.reserve`). */
const numbers = z.array(z.string().min(1).max(80)).min(1).max(500);

const dossier = {
  id,
  volume,
  kinds: kinds.optional(),
  pages: pages.optional(),
  template: wording,
  ownPages,
};

export const paperMethods = {
  'paper.list': query(z.strictObject({ id }), output<P.FilePapers>(), {
    rights: 'ledger.read',
    audited: 'whole',
  }),
  'paper.preview': query(
    z.strictObject({ id, kind, copy: copy.optional(), template }),
    output<T.Printable>(),
    {
      rights: 'ledger.read',
      audited: 'view',
      whole: true,
    },
  ),
  /** Issues a paper: writes it as .docx and keeps it. Without `copy` all of its kind in one document. */
  'paper.make': job(
    z.strictObject({ id, kind, copy: copy.optional(), template, out: grant, overwrite }),
    output<T.PaperMade>(),
    { rights: 'ledger.write', audited: true, whole: true },
  ),
  /** The same on its way to a printer: kept as issued, and answered as a page. */
  'paper.issue': job(z.strictObject({ id, kind, copy: copy.optional(), template }), output<T.Printable>(), {
    rights: 'ledger.write',
    audited: true,
    whole: true,
  }),
  /** Gives a paper the next number of its series, unless it has one. */
  'paper.number': command(
    z.strictObject({ id, kind, copy: copy.optional() }),
    output<{ number: string; isNew: boolean }>(),
    { rights: 'ledger.write', audited: true, whole: true },
  ),
  /** Kinds that can be made, without a case. */
  'paper.kinds': query(nothing, output<P.BookKind[]>(), { rights: 'ledger.read' }),
  /** Several kinds: a set of them for each number. Only numbers reserved here and not used; the log says which. */
  'paper.blank': query(
    z.strictObject({ kind: someKinds, numbers: numbers.optional(), isUnit: z.boolean().optional() }),
    output<T.Printable>(),
    { rights: 'ledger.read', audited: true },
  ),
  'paper.makeBlank': query(
    z.strictObject({
      kind: someKinds,
      numbers: numbers.optional(),
      isUnit: z.boolean().optional(),
      out: grant,
      overwrite,
    }),
    output<{ file: string }>(),
    { rights: 'ledger.read', audited: true },
  ),
  'issued.preview': query(z.strictObject({ issued: id }), output<T.Printable>(), {
    rights: 'ledger.read',
    audited: 'view',
    whole: true,
  }),
  'issued.make': query(z.strictObject({ issued: id, out: grant, overwrite }), output<T.Reprinted>(), {
    rights: 'ledger.write',
    audited: true,
    whole: true,
  }),
  'dossier.preview': query(z.strictObject(dossier), output<T.DossierPage>(), {
    rights: 'ledger.read',
    audited: 'view',
    whole: true,
  }),
  /** The file on its way to a printer. Without `pages` it is a trial of the layout and nothing is kept. */
  'dossier.issue': job(z.strictObject(dossier), output<T.DossierPage>(), {
    rights: 'ledger.write',
    audited: true,
    whole: true,
  }),
  'dossier.make': job(z.strictObject({ ...dossier, out: grant, overwrite }), output<T.DossierMade>(), {
    rights: 'ledger.write',
    audited: true,
    whole: true,
  }),
} as const;
