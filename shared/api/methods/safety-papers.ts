import { z } from 'zod';
import { safetyPaperKinds } from '#shared/domain/safety-papers.ts';
import { output, query } from '../define.ts';
import { grant, id, year } from '../inputs.ts';
import type * as T from '../types.ts';

/** Without a record a form to be filled in by hand; `year` of the self-check. */
const paper = { kind: z.enum(safetyPaperKinds), id: id.optional(), year: year.optional() };

/**
 * Papers on the safety of personal data: report and notice of an incident (个人信息保护法 art. 57), assessment (55, 56),
 * notices (17, 35), the rule for children under fourteen (31), the yearly self-check (54).
 */
export const safetyPaperMethods = {
  'safety.paper': query(z.strictObject(paper), output<T.Printable>(), {
    rights: 'ledger.read',
    audited: true,
  }),
  'safety.makePaper': query(
    z.strictObject({ ...paper, out: grant, overwrite: z.boolean().optional() }),
    output<{ file: string }>(),
    { rights: 'ledger.read', audited: true },
  ),
} as const;
