import { z } from 'zod';
import { mostNotices, safetyPaperKinds } from '#shared/domain/safety-papers.ts';
import { output, query } from '../define.ts';
import { grant, id, text, year } from '../inputs.ts';
import type * as T from '../types.ts';

/**
 * Without a record a form to be filled in by hand; `year` of the self-check. `names`: one notice of an incident for each,
 * with the name above it; they are printed and kept nowhere.
 */
const paper = {
  kind: z.enum(safetyPaperKinds),
  id: id.optional(),
  year: year.optional(),
  names: z.array(text(60)).min(1).max(mostNotices).optional(),
};

/**
 * Papers on the safety of personal data: report and notice of an incident (个人信息保护法 art. 57), assessment (55, 56),
 * notices (17, 35), the rule for children under fourteen (31), the yearly self-check (54).
 */
export const safetyPaperMethods = {
  'safety.paper': query(z.strictObject(paper), output<T.Printable>(), {
    rights: 'ledger.read',
    audited: true,
  }),
  /** What an assessment of the program itself begins with: facts, no judgement. */
  'safety.programAssessment': query(z.strictObject({}), output<Record<string, string>>(), {
    rights: 'ledger.write',
    wide: true,
  }),
  /** Whom a case names as parties, for their notices. */
  'safety.partiesOf': query(z.strictObject({ id }), output<{ names: string[]; title: string }>(), {
    rights: 'ledger.read',
    whole: true,
    audited: 'view',
  }),
  'safety.makePaper': query(
    z.strictObject({ ...paper, out: grant, overwrite: z.boolean().optional() }),
    output<{ file: string }>(),
    { rights: 'ledger.read', audited: true },
  ),
} as const;
