import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { AppError } from '#shared/api/errors.ts';
import { isSignedBy, paperCode, type Signer, signText } from './signer.ts';

/**
 * Small files that people carry between two installations, a request up and an answer down: a forgotten password, and the
 * second of two accounts for what is sealed. They are signed as a whole, and what one side alone may read in them is
 * sealed to it (`sealed-to.ts`).
 */
export const carriedMb = 1;

/** A small file of the program's own making. Throws `help-file` for anything else. */
export function readCarried<T>(bytes: Uint8Array, file: string, shape: z.ZodType<T>): T {
  try {
    return shape.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch (error) {
    throw new AppError('help-file', { file }, { cause: error });
  }
}

export const carriedBytes = (file: object): Buffer => Buffer.from(JSON.stringify(file, null, 1));

type Signed = { signature: string };

/** Fields in the order of their names at every depth: what is signed does not hang on how a file was put together. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return fields
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, field]) => [name, inOrder(field)]);
}

const textOf = (file: object) => {
  const { signature: _own, ...fields } = file as Partial<Signed>;
  return JSON.stringify(inOrder(fields));
};

export const signCarried = <T extends object>(file: T, signer: Signer): T & Signed => ({
  ...file,
  signature: signText(signer, textOf(file)),
});

export const isCarriedFrom = (file: Signed, signKey: string): boolean =>
  isSignedBy(signKey, textOf(file), file.signature);

/** What the two sides read to each other on the telephone, so that nobody else's file is answered. */
export const spokenCode = (text: string): string =>
  paperCode(createHash('sha256').update(text).digest()).slice(0, 11);

/** The same for a file as a whole. */
export const codeOfCarried = (file: object): string => spokenCode(textOf(file));
