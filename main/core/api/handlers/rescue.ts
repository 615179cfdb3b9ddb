import path from 'node:path';
import { z } from 'zod';
import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { readKeyFile, writeKeyFile } from '#core/security/key-file.ts';
import {
  answerTo,
  cardWhat,
  newRescueKeys,
  type RescueCard,
  type RescueKeys,
  requestCode,
  requestWhat,
  seal,
} from '#core/security/rescue.ts';
import { fingerprintOf, openPlainSigner, plainSigner } from '#core/security/signer.ts';
import { ownUnit, readSetting, writeSetting } from '#core/settings/settings.ts';
import { AppError } from '#shared/api/errors.ts';
import type { RescueState } from '#shared/api/types.ts';
import type { HandlersOf, Kit } from '../context.ts';
import { limitMb, readRescueFile } from '../rescue-gates.ts';

const Card = z.strictObject({
  what: z.literal(cardWhat),
  unitCode: z.string(),
  unitName: z.string(),
  sealKey: z.string(),
  signKey: z.string(),
});
const Request = z.strictObject({
  what: z.literal(requestWhat),
  ledgerId: z.string(),
  unit: z.string(),
  account: z.string(),
  askedAt: z.string(),
  answerKey: z.string(),
  key: z.strictObject({
    to: z.string(),
    from: z.string(),
    nonce: z.string(),
    wrapped: z.string(),
    tag: z.string(),
  }),
});

type Stored = { seal: RescueKeys['seal']; signer: { publicKey: string; privateKey: string } };

function ownKeys(db: ReadDb): RescueKeys | null {
  const text = readSetting(db, 'rescueKeys');
  if (text === null) return null;
  const stored = JSON.parse(text) as Stored;
  return { seal: stored.seal, signer: openPlainSigner(stored.signer) };
}

/** Made when they are first asked for; they stay in the encrypted ledger. */
function keysOf(db: WriteDb): RescueKeys {
  const known = ownKeys(db);
  if (known) return known;
  const keys = newRescueKeys();
  const stored: Stored = { seal: keys.seal, signer: plainSigner(keys.signer) };
  writeSetting(db, 'rescueKeys', JSON.stringify(stored));
  return keys;
}

function stateOf(kit: Kit, db: ReadDb): RescueState {
  const rescue = readKeyFile(kit.folder())?.rescue;
  const own = ownKeys(db);
  return {
    trusts: rescue
      ? { unit: rescue.unitName, code: rescue.unitCode, fingerprint: fingerprintOf(rescue.signKey) }
      : null,
    own: own ? fingerprintOf(own.signer.publicKey) : null,
  };
}

export const rescueHandlers = {
  'rescue.state': ({ kit, db }) => stateOf(kit, db),
  'rescue.card'({ db, files, note }, { out, overwrite = false }) {
    const keys = keysOf(db);
    const { code: unitCode, name: unitName } = ownUnit(db);
    const { publicKey: signKey } = keys.signer;
    const card: RescueCard = { what: cardWhat, unitCode, unitName, sealKey: keys.seal.publicKey, signKey };
    const fingerprint = fingerprintOf(signKey);
    note({ detail: { fingerprint } });
    return { file: files.write(out, Buffer.from(JSON.stringify(card, null, 1)), { overwrite }), fingerprint };
  },
  'rescue.trust'({ kit, db, key, files, note }, { file: grant }) {
    const name = path.basename(files.path(grant));
    const card = readRescueFile(files.read(grant, limitMb), name, Card);
    const own = ownUnit(db);
    if (card.unitCode.length >= own.code.length || !own.code.startsWith(card.unitCode))
      throw new AppError('rescue-foreign', { unit: card.unitName });
    const file = readKeyFile(kit.folder());
    if (!file) throw new AppError('ledger-without-key', { folder: kit.folder() });
    const { unitCode, unitName, signKey, sealKey } = card;
    try {
      writeKeyFile(kit.folder(), {
        ...file,
        rescue: { unitCode, unitName, signKey, key: seal(key, sealKey) },
      });
    } catch (error) {
      if (error instanceof AppError || (error as { code?: unknown }).code === 'ENOSPC') throw error;
      throw new AppError('rescue-file', { file: name }, { cause: error });
    }
    note({ detail: { fingerprint: fingerprintOf(signKey) } });
    return stateOf(kit, db);
  },
  'rescue.answer'(
    { db, files, note, session, write },
    { file: grant, code, out, overwrite = false, reason },
  ) {
    const name = path.basename(files.path(grant));
    const request = readRescueFile(files.read(grant, limitMb), name, Request);
    const plain = (text: string) => text.toUpperCase().replace(/[^0-9A-Z]/g, '');
    if (plain(code) !== plain(requestCode(request))) throw new AppError('rescue-code', {});
    const keys = ownKeys(db);
    const answer = keys && answerTo(request, keys, session.account, write.at);
    if (!answer) throw new AppError('rescue-not-ours', { file: name });
    const { unit, account } = request;
    note({ detail: { account: `${unit} ${account}`, reason } });
    return {
      file: files.write(out, Buffer.from(JSON.stringify(answer, null, 1)), { overwrite }),
      unit,
      account,
    };
  },
} satisfies HandlersOf<'rescue.state' | 'rescue.card' | 'rescue.trust' | 'rescue.answer'>;
