import path from 'node:path';
import type { z } from 'zod';
import { carriedBytes, carriedMb, isCarriedFrom, readCarried } from '#core/security/carried-files.ts';
import { type KeyFile, kdfCost, wrapUnder } from '#core/security/key-file.ts';
import {
  HelpAnswer,
  type HelpRequest,
  openDataKey,
  requestCode,
  requestWhat,
} from '#core/security/password-help.ts';
import { newSealKeys } from '#core/security/sealed-to.ts';
import { checkPassword } from '#core/security/throttle.ts';
import type { Tries } from '#core/security/tries.ts';
import { AppError } from '#shared/api/errors.ts';
import type { Methods } from '#shared/api/methods.ts';
import type { GateContext, Kit } from './context.ts';
import { unitOutside } from './demo-mark.ts';
import type { Sessions } from './sessions.ts';
import type { Vault } from './vault.ts';
import { keepRequest, secretOf, waitingRequest } from './waiting-request.ts';

type HelpGate = 'help.ask' | 'help.waiting' | 'help.finish';
type Gates = {
  [M in HelpGate]: (
    input: z.output<Methods[M]['input']>,
    context: GateContext,
  ) => Promise<Exclude<Methods[M]['output'], undefined>>;
};
type Options = {
  kit: Kit;
  vault: Vault;
  tries: Tries;
  keyFile(): KeyFile;
  enterAnew: Sessions['enterAnew'];
};

const formerOf = ({ account, askedAt }: { account: string; askedAt: string }) => ({ account, at: askedAt });

/** At the sign-in: a request to the level above, and its answer. */
export function createHelpGates({ kit, vault, tries, keyFile, enterAnew }: Options): Gates {
  return {
    async 'help.ask'({ account, newPassword, out, overwrite = false, replaces = false }, { files }) {
      checkPassword(newPassword);
      const file = keyFile();
      if (!file.help) throw new AppError('help-none', {});
      const former = waitingRequest(vault.folder);
      if (former && !replaces) throw new AppError('help-waiting', formerOf(former));
      const keys = newSealKeys();
      const askedAt = kit.at();
      const request: HelpRequest = {
        what: requestWhat,
        ledgerId: file.ledgerId,
        unit: unitOutside(file.unit, file.isDemo),
        account,
        askedAt,
        answerKey: keys.publicKey,
        key: file.help.key,
      };
      const secret = await wrapUnder(
        newPassword,
        Buffer.from(keys.privateKey, 'base64'),
        kit.env.kdfCost ?? kdfCost,
      );
      const kept = { account, answerKey: keys.publicKey, askedAt, unit: file.help.unitName, secret };
      const written = files.write(out, carriedBytes(request), { overwrite });
      // Only a request that is there has an answer: an older one's is of no use any more.
      keepRequest(vault.folder, kept);
      tries.asked(account, former?.account ?? null);
      return { file: written, code: requestCode(request), unit: file.help.unitName };
    },
    async 'help.waiting'() {
      const found = waitingRequest(vault.folder);
      return (
        found && {
          account: found.account,
          code: requestCode(found),
          unit: found.unit,
          askedAt: found.askedAt,
        }
      );
    },
    async 'help.finish'({ file: grant, newPassword }, { files }) {
      tries.check();
      checkPassword(newPassword);
      const file = keyFile();
      const found = waitingRequest(vault.folder);
      const name = path.basename(files.path(grant));
      const answer = readCarried(files.read(grant, carriedMb), name, HelpAnswer);
      if (!found || answer.answerKey !== found.answerKey || answer.account !== found.account)
        throw new AppError('help-no-request', {});
      if (!file.help || answer.ledgerId !== file.ledgerId || !isCarriedFrom(answer, file.help.signKey))
        throw new AppError('help-not-ours', { file: name });
      const secret = await secretOf(found, newPassword);
      if (!secret) return tries.fail('help', found.account, new AppError('help-password', {}));
      const key = openDataKey(answer.key, Buffer.from(secret).toString('base64'));
      if (!key) throw new AppError('help-not-ours', { file: name });
      const entry = { file, key, account: found.account, newPassword, action: 'help.finish' };
      return enterAnew(entry);
    },
  };
}
