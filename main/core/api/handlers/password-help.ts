import path from 'node:path';
import { z } from 'zod';
import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { type KeyFile, readKeyFile } from '#core/security/key-file.ts';
import {
  answerTo,
  cardWhat,
  type HelpCard,
  type HelpKeys,
  newHelpKeys,
  requestCode,
  requestWhat,
  seal,
} from '#core/security/password-help.ts';
import { fingerprintOf, openPlainSigner, plainSigner } from '#core/security/signer.ts';
import { ownUnit, readSetting, writeSetting } from '#core/settings/settings.ts';
import { AppError } from '#shared/api/errors.ts';
import type { HelpState } from '#shared/api/types.ts';
import type { HandlersOf, Kit } from '../context.ts';
import { exchangeKeysAfter } from '../exchange-keys.ts';
import { limitMb, readHelpFile } from '../password-help-gates.ts';

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

type Stored = { seal: HelpKeys['seal']; signer: { publicKey: string; privateKey: string } };

function ownKeys(db: ReadDb): HelpKeys | null {
  const text = readSetting(db, 'helpKeys');
  if (text === null) return null;
  const stored = JSON.parse(text) as Stored;
  return { seal: stored.seal, signer: openPlainSigner(stored.signer) };
}

/** Made when they are first asked for; they stay in the encrypted ledger. */
function keysOf(db: WriteDb): HelpKeys {
  const known = ownKeys(db);
  if (known) return known;
  const keys = newHelpKeys();
  const stored: Stored = { seal: keys.seal, signer: plainSigner(keys.signer) };
  writeSetting(db, 'helpKeys', JSON.stringify(stored));
  return keys;
}

function stateOf(kit: Kit, db: ReadDb, help = readKeyFile(kit.folder())?.help): HelpState {
  const own = ownKeys(db);
  return {
    trusts: help
      ? { unit: help.unitName, code: help.unitCode, fingerprint: fingerprintOf(help.signKey) }
      : null,
    own: own ? fingerprintOf(own.signer.publicKey) : null,
  };
}

export const helpHandlers = {
  'help.state': ({ kit, db }) => stateOf(kit, db),
  'help.card'({ db, files, note }, { out, overwrite = false }) {
    const keys = keysOf(db);
    const { code: unitCode, name: unitName } = ownUnit(db);
    const { publicKey: signKey } = keys.signer;
    const card: HelpCard = { what: cardWhat, unitCode, unitName, sealKey: keys.seal.publicKey, signKey };
    const fingerprint = fingerprintOf(signKey);
    note({ detail: { fingerprint } });
    return { file: files.write(out, Buffer.from(JSON.stringify(card, null, 1)), { overwrite }), fingerprint };
  },
  'help.trust'(context, { file: grant }) {
    const { kit, db, key, files, note } = context;
    const name = path.basename(files.path(grant));
    const card = readHelpFile(files.read(grant, limitMb), name, Card);
    const own = ownUnit(db);
    if (card.unitCode.length >= own.code.length || !own.code.startsWith(card.unitCode))
      throw new AppError('help-foreign', { unit: card.unitName });
    const file = readKeyFile(kit.folder());
    if (!file) throw new AppError('ledger-without-key', { folder: kit.folder() });
    const { unitCode, unitName, signKey, sealKey } = card;
    let help: KeyFile['help'];
    try {
      help = { unitCode, unitName, signKey, key: seal(key, sealKey) };
      exchangeKeysAfter(context, { ...file, help });
    } catch (error) {
      if (error instanceof AppError || (error as { code?: unknown }).code === 'ENOSPC') throw error;
      throw new AppError('help-file', { file: name }, { cause: error });
    }
    note({ detail: { fingerprint: fingerprintOf(signKey) } });
    return stateOf(kit, db, help);
  },
  'help.answer'({ db, files, note, session, write }, { file: grant, code, out, overwrite = false, reason }) {
    const name = path.basename(files.path(grant));
    const request = readHelpFile(files.read(grant, limitMb), name, Request);
    const plain = (text: string) => text.toUpperCase().replace(/[^0-9A-Z]/g, '');
    if (plain(code) !== plain(requestCode(request))) throw new AppError('help-code', {});
    const keys = ownKeys(db);
    const answer = keys && answerTo(request, keys, session.account, write.at);
    if (!answer) throw new AppError('help-not-ours', { file: name });
    const { unit, account } = request;
    note({ detail: { account: `${unit} ${account}`, reason } });
    return {
      file: files.write(out, Buffer.from(JSON.stringify(answer, null, 1)), { overwrite }),
      unit,
      account,
    };
  },
} satisfies HandlersOf<'help.state' | 'help.card' | 'help.trust' | 'help.answer'>;
