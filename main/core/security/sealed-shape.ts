import { z } from 'zod';
import type { Sealed } from './sealed-to.ts';

/** What is sealed, where it comes out of a file that somebody brought. Apart: the key file is read without zod. */
export const SealedShape = z.strictObject({
  to: z.string(),
  from: z.string(),
  nonce: z.string(),
  wrapped: z.string(),
  tag: z.string(),
}) satisfies z.ZodType<Sealed>;
