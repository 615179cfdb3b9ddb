import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { isSignedBy, newSigner, paperCode, type Signer, signText } from './signer.ts';

/**
 * A forgotten password, cured by the level above: a station's data key is sealed to its county's public key when the two
 * get to know each other. The station sends a request, the county opens the seal and answers to the request's own key, and
 * signs. Neither file alone opens anything: the request's private half is kept at the station under the new password.
 */
export type HelpKeys = { seal: { publicKey: string; privateKey: string }; signer: Signer };

/** What the county gives its stations once: its public keys. */
export type HelpCard = {
  what: typeof cardWhat;
  unitCode: string;
  unitName: string;
  sealKey: string;
  signKey: string;
};

/** Something only the owner of a public key can open: X25519, then AES-256-GCM. */
export type Sealed = { to: string; from: string; nonce: string; wrapped: string; tag: string };

export type HelpRequest = {
  what: typeof requestWhat;
  ledgerId: string;
  unit: string;
  account: string;
  askedAt: string;
  /** X25519 public key to which the answer is sealed. */
  answerKey: string;
  /** The data key, sealed to the county. */
  key: Sealed;
};

export type HelpAnswer = {
  what: typeof answerWhat;
  ledgerId: string;
  account: string;
  answerKey: string;
  key: Sealed;
  by: string;
  at: string;
  signature: string;
};

export const cardWhat = 'judicial-ledger unit card';
export const requestWhat = 'judicial-ledger password request';
export const answerWhat = 'judicial-ledger password answer';

const spki = (key: KeyObject) => key.export({ type: 'spki', format: 'der' }).toString('base64');
const publicOf = (text: string) =>
  createPublicKey({ key: Buffer.from(text, 'base64'), type: 'spki', format: 'der' });
const privateOf = (text: string) =>
  createPrivateKey({ key: Buffer.from(text, 'base64'), type: 'pkcs8', format: 'der' });

export function newSealKeys(): { publicKey: string; privateKey: string } {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  return {
    publicKey: spki(publicKey),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
  };
}

export const newHelpKeys = (): HelpKeys => ({ seal: newSealKeys(), signer: newSigner() });

const forHelp = 'judicial-ledger password help';
const keyFrom = (shared: Uint8Array, from: string, to: string, use: string) =>
  Buffer.from(hkdfSync('sha256', shared, `${from} ${to}`, use, 32));

/** Throws where the key is not one. */
export function seal(secret: Uint8Array, to: string, use = forHelp): Sealed {
  const own = newSealKeys();
  const shared = diffieHellman({ privateKey: privateOf(own.privateKey), publicKey: publicOf(to) });
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyFrom(shared, own.publicKey, to, use), nonce);
  const wrapped = Buffer.concat([cipher.update(secret), cipher.final()]);
  return {
    to,
    from: own.publicKey,
    nonce: nonce.toString('base64'),
    wrapped: wrapped.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  };
}

/** Null where it is sealed to another key, or was tampered with. */
export function unseal(sealed: Sealed, privateKey: string, use = forHelp): Uint8Array | null {
  try {
    const shared = diffieHellman({ privateKey: privateOf(privateKey), publicKey: publicOf(sealed.from) });
    const decipher = createDecipheriv(
      'aes-256-gcm',
      keyFrom(shared, sealed.from, sealed.to, use),
      Buffer.from(sealed.nonce, 'base64'),
    );
    decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(sealed.wrapped, 'base64')), decipher.final()]);
  } catch {
    return null;
  }
}

const signedPart = ({ ledgerId, account, answerKey, key, by, at }: Omit<HelpAnswer, 'what' | 'signature'>) =>
  JSON.stringify([answerWhat, ledgerId, account, answerKey, key, by, at]);

/** The county's answer; null where the request's seal is not the county's. */
export function answerTo(request: HelpRequest, keys: HelpKeys, by: string, at: string): HelpAnswer | null {
  const key = unseal(request.key, keys.seal.privateKey);
  if (!key) return null;
  const { ledgerId, account, answerKey } = request;
  const answer = { ledgerId, account, answerKey, key: seal(key, answerKey), by, at };
  return { what: answerWhat, ...answer, signature: signText(keys.signer, signedPart(answer)) };
}

export const isAnswerFrom = (answer: HelpAnswer, signKey: string) =>
  isSignedBy(signKey, signedPart(answer), answer.signature);

/** What the two read to each other on the telephone, so that nobody else's request is answered. */
export const requestCode = ({ answerKey, account }: Pick<HelpRequest, 'answerKey' | 'account'>) =>
  paperCode(createHash('sha256').update(`${account} ${answerKey}`).digest()).slice(0, 11);
