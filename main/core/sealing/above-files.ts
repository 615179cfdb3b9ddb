import { z } from 'zod';
import { isCarriedFrom, signCarried } from '#core/security/carried-files.ts';
import type { HelpKeys } from '#core/security/password-help.ts';
import { SealedShape } from '#core/security/sealed-shape.ts';
import {
  type KeyPair,
  newSealKeys,
  type Sealed,
  seal,
  sealWords,
  unseal,
  unsealWords,
} from '#core/security/sealed-to.ts';
import { openBytes, openOneShare, pairOf } from '#core/security/sealing-key.ts';
import type { Signer } from '#core/security/signer.ts';
import { answerOutcomes, sealBases, sealKinds, unsealBases } from '#shared/domain/sealing.ts';

/**
 * The second of two accounts at the level above (未成年人犯罪记录封存实施办法: what is sealed is opened by the organ that
 * decides on it): a request goes up, the answer comes down. The request holds shares of the keys, sealed to that level; its
 * answer holds the keys, sealed to the request. So the answer is the second key itself, and nothing that somebody could
 * write into the ledger takes its place. In clear stand the two units, the record's id, days and public keys.
 */
const askedWhat = 'judicial-ledger sealing request';
const answeredWhat = 'judicial-ledger sealing answer';

/** A key by the name of its public half. */
const KeyFor = z.strictObject({ publicKey: z.string(), key: SealedShape });

export const AskedFile = z.strictObject({
  what: z.literal(askedWhat),
  id: z.string(),
  ledgerId: z.string(),
  /** Who asked is the only place where the answer counts. */
  installation: z.string(),
  unitCode: z.string(),
  unitName: z.string(),
  kind: z.enum(sealKinds),
  recordId: z.string(),
  askedAt: z.string(),
  validUntil: z.string(),
  answerKey: z.string(),
  signKey: z.string(),
  words: SealedShape,
  /** As it was applied with, under the sealing key. */
  reason: z.string(),
  keys: z.array(KeyFor).min(1).max(2),
  signature: z.string(),
});
export type AskedFile = z.infer<typeof AskedFile>;

const AskedWords = z.strictObject({
  account: z.string(),
  ledger: z.string(),
  number: z.string().nullable(),
  basis: z.enum([...sealBases, ...unsealBases]),
  appliedAt: z.string(),
});
export type AskedWords = z.infer<typeof AskedWords>;

export const AnsweredFile = z.strictObject({
  what: z.literal(answeredWhat),
  id: z.string(),
  ledgerId: z.string(),
  installation: z.string(),
  answerKey: z.string(),
  unitName: z.string(),
  outcome: z.enum(answerOutcomes),
  at: z.string(),
  validUntil: z.string(),
  words: SealedShape,
  keys: z.array(KeyFor).max(2),
  signature: z.string(),
});
export type AnsweredFile = z.infer<typeof AnsweredFile>;

const AnsweredWords = z.strictObject({ account: z.string(), reason: z.string() });
export type AnsweredWords = z.infer<typeof AnsweredWords>;

/** Nothing of one file opens in the place of another. */
const useOf = (what: string, id: string) => `${what} ${id}`;

type Asking = Pick<
  AskedFile,
  | 'id'
  | 'ledgerId'
  | 'installation'
  | 'unitCode'
  | 'unitName'
  | 'kind'
  | 'recordId'
  | 'askedAt'
  | 'validUntil'
> & { words: AskedWords; reason: Uint8Array; keys: { publicKey: string; key: Sealed }[] };

/** The file, and the private half of the key to which it is to be answered. Throws where `to` is no key. */
export function askedFile(asking: Asking, signer: Signer, to: string): { file: AskedFile; secret: string } {
  const { words, reason, ...rest } = asking;
  const { publicKey, privateKey } = newSealKeys();
  const file = signCarried<Omit<AskedFile, 'signature'>>(
    {
      ...rest,
      what: askedWhat,
      answerKey: publicKey,
      signKey: signer.publicKey,
      words: sealWords(words, to, useOf(askedWhat, asking.id)),
      reason: Buffer.from(reason).toString('base64'),
    },
    signer,
  );
  return { file, secret: privateKey };
}

export type ReadAsked = { words: AskedWords; reason: string; pairs: KeyPair[] };

/**
 * At the level above; null where it is for another unit, or one of its keys is not what it is called. Of two keys the first is
 * the record's own: `other-record` where it is not that of the record that the file names.
 */
export function readAsked(file: AskedFile, own: HelpKeys['seal']): ReadAsked | 'other-record' | null {
  const words = unsealWords(file.words, own.privateKey, {
    use: useOf(askedWhat, file.id),
    shape: AskedWords,
  });
  const [outer, inner] = file.keys.length > 1 ? file.keys : [null, ...file.keys];
  const { recordId } = file;
  const pairs = [
    ...(outer ? [openOneShare(outer.publicKey, outer.key, own, { recordId })] : []),
    ...(inner ? [openOneShare(inner.publicKey, inner.key, own)] : []),
  ];
  if (!words || pairs.at(-1) === null) return null;
  if (outer && pairs[0] === null) return 'other-record';
  const whole = pairs.filter((pair) => pair !== null);
  // The sealing key is the innermost one; the reason stands under it.
  const reason = openBytes(Buffer.from(file.reason, 'base64'), whole.at(-1)?.privateKey ?? '');
  return reason && { words, reason: reason.toString('utf8'), pairs: whole };
}

type Answering = Pick<AnsweredFile, 'unitName' | 'outcome' | 'at'> & { words: AnsweredWords };

/** A refusal carries no key, and consent to sealing needs none. Throws where the request's key is not one. */
export function answeredFile(
  { id, ledgerId, installation, answerKey, validUntil, kind }: AskedFile,
  { words, ...answering }: Answering,
  { pairs, signer }: { pairs: readonly KeyPair[]; signer: Signer },
): AnsweredFile {
  const use = useOf(answeredWhat, id);
  const carried = answering.outcome === 'granted' && kind === 'unseal' ? pairs : [];
  return signCarried<Omit<AnsweredFile, 'signature'>>(
    {
      ...answering,
      what: answeredWhat,
      ...{ id, ledgerId, installation, answerKey, validUntil },
      words: sealWords(words, answerKey, use),
      keys: carried.map(({ publicKey, privateKey }) => ({
        publicKey,
        key: seal(Buffer.from(privateKey, 'base64'), answerKey, use),
      })),
    },
    signer,
  );
}

/**
 * What the answer says, and the private halves of these keys out of it, in their order. Null where it is not to this
 * request's key, or one of them is missing or another than it is called.
 */
export function readAnswered(
  file: AnsweredFile,
  secret: string,
  needed: readonly string[],
): { words: AnsweredWords; keys: string[] } | null {
  const use = useOf(answeredWhat, file.id);
  const words = unsealWords(file.words, secret, { use, shape: AnsweredWords });
  const keys = needed.map((publicKey) => {
    const found = file.keys.find((one) => one.publicKey === publicKey);
    const opened = found && unseal(found.key, secret, use);
    return (opened && pairOf(publicKey, opened)?.privateKey) ?? null;
  });
  const whole = keys.filter((key) => key !== null);
  return words && whole.length === needed.length ? { words, keys: whole } : null;
}

export const isSignedFile = (file: AskedFile | AnsweredFile, signKey: string): boolean =>
  isCarriedFrom(file, signKey);
