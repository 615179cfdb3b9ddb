import { z } from 'zod';
import { signCarried, spokenCode } from './carried-files.ts';
import { SealedShape } from './sealed-shape.ts';
import { newSealKeys, type Sealed, seal, unseal } from './sealed-to.ts';
import { newSigner, type Signer } from './signer.ts';

/**
 * A forgotten password, cured by the level above: a station's data key is sealed to its county's public key when the two
 * get to know each other. The station sends a request, the county opens the seal and answers to the request's own key, and
 * signs. Neither file alone opens anything: the request's private half is kept at the station under the new password.
 */
export type HelpKeys = { seal: { publicKey: string; privateKey: string }; signer: Signer };

/** What the county gives its stations once: its public keys. */
export const cardWhat = 'judicial-ledger unit card';
export const requestWhat = 'judicial-ledger password request';
const answerWhat = 'judicial-ledger password answer';

export const HelpCard = z.strictObject({
  what: z.literal(cardWhat),
  unitCode: z.string(),
  unitName: z.string(),
  sealKey: z.string(),
  signKey: z.string(),
});
export type HelpCard = z.infer<typeof HelpCard>;

export const HelpRequest = z.strictObject({
  what: z.literal(requestWhat),
  ledgerId: z.string(),
  unit: z.string(),
  account: z.string(),
  askedAt: z.string(),
  /** X25519 public key to which the answer is sealed. */
  answerKey: z.string(),
  /** The data key, sealed to the county. */
  key: SealedShape,
});
export type HelpRequest = z.infer<typeof HelpRequest>;

export const HelpAnswer = z.strictObject({
  what: z.literal(answerWhat),
  ledgerId: z.string(),
  account: z.string(),
  answerKey: z.string(),
  key: SealedShape,
  by: z.string(),
  at: z.string(),
  signature: z.string(),
});
export type HelpAnswer = z.infer<typeof HelpAnswer>;

export const newHelpKeys = (): HelpKeys => ({ seal: newSealKeys(), signer: newSigner() });

const forHelp = 'judicial-ledger password help';

/** The data key, for the level above or for a request of one's own. Throws where the key is not one. */
export const sealDataKey = (key: Uint8Array, to: string): Sealed => seal(key, to, forHelp);
export const openDataKey = (key: Sealed, privateKey: string): Uint8Array | null =>
  unseal(key, privateKey, forHelp);

/** The county's answer; null where the request's seal is not the county's. */
export function answerTo(request: HelpRequest, keys: HelpKeys, by: string, at: string): HelpAnswer | null {
  const key = openDataKey(request.key, keys.seal.privateKey);
  if (!key) return null;
  const { ledgerId, account, answerKey } = request;
  const answer = { ledgerId, account, answerKey, key: sealDataKey(key, answerKey), by, at };
  return signCarried<Omit<HelpAnswer, 'signature'>>({ what: answerWhat, ...answer }, keys.signer);
}

/** What the two read to each other on the telephone. */
export const requestCode = ({ answerKey, account }: Pick<HelpRequest, 'answerKey' | 'account'>) =>
  spokenCode(`${account} ${answerKey}`);
