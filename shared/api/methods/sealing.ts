import { z } from 'zod';
import {
  answerOutcomes,
  enquiryAuthorities,
  enquiryOutcomes,
  sealBases,
  sealKinds,
  unsealBases,
} from '#shared/domain/sealing.ts';
import { command, job, output, query } from '../define.ts';
import { grant, id, nothing, text } from '../inputs.ts';
import type * as S from '../sealing-types.ts';
import type { Printable } from '../types.ts';

const reason = text(500);
const overwrite = z.boolean().optional();

/**
 * Sealing of records (封存), by two accounts: one applies, another decides (刑事诉讼法 286, 预防未成年人犯罪法 59,
 * 社区矫正法 54); and enquiries about what is sealed, registered by one, answered by another.
 */
export const sealingMethods = {
  'sealing.state': query(nothing, output<S.SealingState>(), { rights: 'sealing.apply' }),
  'sealing.apply': command(
    z.strictObject({
      recordId: id,
      kind: z.enum(sealKinds),
      basis: z.enum([...sealBases, ...unsealBases]),
      reason,
      /** Other records about the same person, applied for with the same reason. */
      also: z.array(id).max(20).optional(),
    }),
    output<{ id: string }>(),
    { rights: 'sealing.apply', audited: true },
  ),
  /** What an application to seal a record begins with: on which ground, why, and what else there is about the person. */
  'sealing.proposal': query(z.strictObject({ recordId: id }), output<S.SealingProposal>(), {
    rights: 'sealing.apply',
  }),
  /** That it was sealed, for the file: what went with it, and which older copies hold it still. */
  'sealing.certificate': query(z.strictObject({ sealed: id }), output<Printable>(), {
    rights: 'sealing.apply',
    audited: true,
  }),
  'sealing.withdraw': command(z.strictObject({ id }), output<null>(), {
    rights: 'sealing.apply',
    audited: true,
  }),
  /** The reason that the other one gave. */
  'sealing.read': command(z.strictObject({ id }), output<{ reason: string }>(), {
    rights: 'sealing.decide',
    audited: true,
  }),
  'sealing.confirm': job(z.strictObject({ id }), output<null>(), {
    rights: 'sealing.decide',
    audited: true,
    confirmed: true,
    asked: true,
  }),
  'sealing.refuse': command(z.strictObject({ id }), output<null>(), {
    rights: 'sealing.decide',
    audited: true,
  }),
  /** Where the second account is one of the level above: the request of one's own goes up in a signed file. */
  'sealing.askAbove': command(
    z.strictObject({ id, out: grant, overwrite }),
    output<S.AskedNow & { file: string }>(),
    { rights: 'sealing.apply', audited: true },
  ),
  /** The answer comes down: sealed or opened by it, or refused. */
  'sealing.takeAnswer': job(z.strictObject({ file: grant }), output<S.TakenAnswer>(), {
    rights: 'sealing.apply',
    audited: true,
    confirmed: true,
    asked: true,
  }),
  /** At the level above: who below asks for what, and why. */
  'sealing.readAsked': command(z.strictObject({ file: grant }), output<S.AskedFromBelow>(), {
    rights: 'sealing.decide',
    audited: true,
    wide: true,
  }),
  /** `code` is what the other side reads out on the telephone. */
  'sealing.answerAsked': command(
    z.strictObject({
      file: grant,
      code: text(30),
      outcome: z.enum(answerOutcomes),
      reason: text(200),
      out: grant,
      overwrite,
    }),
    output<{ file: string; unit: string; number: string | null }>(),
    { rights: 'sealing.decide', audited: true, confirmed: true, asked: true, wide: true },
  ),
  'enquiry.register': command(
    z.strictObject({
      asker: text(100),
      person: text(60),
      authority: z.enum(enquiryAuthorities),
      document: text(100),
      name: text(60),
      idNumber: text(30).optional(),
      purpose: text(500),
    }),
    output<{ id: string; number: string }>(),
    { rights: 'sealing.apply', audited: true },
  ),
  /** Whom it is about, and which sealed records name him. */
  'enquiry.open': command(z.strictObject({ id }), output<S.OpenedEnquiry>(), {
    rights: 'sealing.decide',
    audited: true,
    confirmed: true,
  }),
  'enquiry.answer': command(
    z.strictObject({
      id,
      outcome: z.enum(enquiryOutcomes),
      records: z.array(id).max(50).optional(),
      answer: text(500).optional(),
    }),
    output<null>(),
    { rights: 'sealing.decide', audited: true, confirmed: true },
  ),
  'enquiry.view': command(z.strictObject({ id, sealed: id }), output<S.SealedContent>(), {
    rights: 'sealing.decide',
    audited: true,
    confirmed: true,
    whole: true,
  }),
  /** The written answer. */
  'enquiry.paper': command(z.strictObject({ id }), output<Printable>(), {
    rights: 'sealing.decide',
    audited: true,
    confirmed: true,
  }),
} as const;
