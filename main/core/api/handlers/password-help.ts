import path from 'node:path';
import type { ReadDb } from '#core/db/connection.ts';
import { carriedBytes, carriedMb, readCarried } from '#core/security/carried-files.ts';
import { type KeyFile, readKeyFile } from '#core/security/key-file.ts';
import {
  answerTo,
  cardWhat,
  HelpCard,
  HelpRequest,
  requestCode,
  sealDataKey,
} from '#core/security/password-help.ts';
import { fingerprintOf, isSameCode } from '#core/security/signer.ts';
import { createTries } from '#core/security/tries.ts';
import { ownUnit } from '#core/settings/settings.ts';
import { AppError } from '#shared/api/errors.ts';
import type { HelpState } from '#shared/api/types.ts';
import type { HandlersOf, Kit } from '../context.ts';
import { ownUnitOutside } from '../demo-mark.ts';
import { exchangeKeysAfter } from '../exchange-keys.ts';
import { keysOf, ownKeys } from '../unit-keys.ts';

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
    const unitCode = ownUnit(db).code;
    const unitName = ownUnitOutside(db);
    const { publicKey: signKey } = keys.signer;
    const card: HelpCard = { what: cardWhat, unitCode, unitName, sealKey: keys.seal.publicKey, signKey };
    const fingerprint = fingerprintOf(signKey);
    note({ detail: { fingerprint } });
    return { file: files.write(out, carriedBytes(card), { overwrite }), fingerprint };
  },
  'help.trust'(context, { file: grant }) {
    const { kit, db, key, files, note } = context;
    const name = path.basename(files.path(grant));
    const card = readCarried(files.read(grant, carriedMb), name, HelpCard);
    const own = ownUnit(db);
    if (card.unitCode.length >= own.code.length || !own.code.startsWith(card.unitCode))
      throw new AppError('help-foreign', { unit: card.unitName });
    const file = readKeyFile(kit.folder());
    if (!file) throw new AppError('ledger-without-key', { folder: kit.folder() });
    const { unitCode, unitName, signKey, sealKey } = card;
    let help: KeyFile['help'];
    try {
      help = { unitCode, unitName, signKey, key: sealDataKey(key, sealKey) };
      exchangeKeysAfter(context, { ...file, help });
    } catch (error) {
      if (error instanceof AppError || (error as { code?: unknown }).code === 'ENOSPC') throw error;
      throw new AppError('help-file', { file: name }, { cause: error });
    }
    note({ detail: { fingerprint: fingerprintOf(signKey) } });
    return stateOf(kit, db, help);
  },
  'help.answer'(context, { file: grant, code, out, overwrite = false, reason }) {
    const { kit, db, files, note, session, write } = context;
    const tries = createTries(kit);
    tries.check();
    const name = path.basename(files.path(grant));
    const request = readCarried(files.read(grant, carriedMb), name, HelpRequest);
    if (!isSameCode(requestCode(request), code))
      return tries.fail('code', session.account, new AppError('help-code', {}));
    tries.succeed(null);
    const keys = ownKeys(db);
    const answer = keys && answerTo(request, keys, session.account, write.at);
    if (!answer) throw new AppError('help-not-ours', { file: name });
    const { unit, account } = request;
    note({ detail: { account: `${unit} ${account}`, reason } });
    return {
      file: files.write(out, carriedBytes(answer), { overwrite }),
      unit,
      account,
    };
  },
} satisfies HandlersOf<'help.state' | 'help.card' | 'help.trust' | 'help.answer'>;
