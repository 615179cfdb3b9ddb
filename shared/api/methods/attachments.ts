import { z } from 'zod';
import { command, job, output, query } from '../define.ts';
import { grant, id, text } from '../inputs.ts';
import type * as T from '../types.ts';

/** Scans and photos of a record. */
export const attachmentMethods = {
  /** `kind` is a code of the list `attachmentKind`; without a title the file's name stands for one. */
  'attachment.add': job(
    z.strictObject({ recordId: id, file: grant, kind: z.string().max(30), title: text(80).optional() }),
    output<T.Attachment>(),
    { rights: 'ledger.write', audited: true },
  ),
  /** With `removed`, what was taken off as well. */
  'attachment.list': query(
    z.strictObject({ recordId: id, removed: z.boolean().optional() }),
    output<T.Attachment[]>(),
    { rights: 'ledger.read', audited: 'whole' },
  ),
  /** With `removed`, one that was taken off as well: a file that was issued with it comes out again as it was. */
  'attachment.view': query(
    z.strictObject({ id, removed: z.boolean().optional() }),
    output<T.AttachmentContent>(),
    { rights: 'ledger.read', audited: true, whole: true },
  ),
  'attachment.remove': command(z.strictObject({ id, reason: text(200) }), output<T.Attachment>(), {
    rights: 'ledger.write',
    audited: true,
  }),
  /** A copy in clear outside the ledger; why is kept in the log. */
  'attachment.export': query(
    z.strictObject({ id, out: grant, reason: text(200), overwrite: z.boolean().optional() }),
    output<{ file: string }>(),
    { rights: 'ledger.write', audited: true, whole: true },
  ),
} as const;
