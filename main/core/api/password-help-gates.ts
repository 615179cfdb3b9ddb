import path from 'node:path';
import { z } from 'zod';
import { type KeyFile, kdfCost, wrapUnder } from '#core/security/key-file.ts';
import {
  answerWhat,
  type HelpRequest,
  isAnswerFrom,
  newSealKeys,
  requestCode,
  requestWhat,
  unseal,
} from '#core/security/password-help.ts';
import { checkPassword } from '#core/security/throttle.ts';
import { AppError } from '#shared/api/errors.ts';
import type { Methods } from '#shared/api/methods.ts';
import type { GateContext, Kit } from './context.ts';
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
type Options = { kit: Kit; vault: Vault; keyFile(): KeyFile; enterAnew: Sessions['enterAnew'] };

export const limitMb = 1;
const sealed = z.strictObject({
  to: z.string(),
  from: z.string(),
  nonce: z.string(),
  wrapped: z.string(),
  tag: z.string(),
});
const Answer = z.strictObject({
  what: z.literal(answerWhat),
  ledgerId: z.string(),
  account: z.string(),
  answerKey: z.string(),
  key: sealed,
  by: z.string(),
  at: z.string(),
  signature: z.string(),
});

/** A small file of the program's own making. Throws `help-file` for anything else. */
export function readHelpFile<T>(bytes: Uint8Array, file: string, shape: z.ZodType<T>): T {
  try {
    return shape.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch (error) {
    throw new AppError('help-file', { file }, { cause: error });
  }
}

/** At the sign-in: a request to the level above, and its answer. */
export function createHelpGates({ kit, vault, keyFile, enterAnew }: Options): Gates {
  return {
    async 'help.ask'({ account, newPassword, out, overwrite = false }, { files }) {
      checkPassword(newPassword);
      const file = keyFile();
      if (!file.help) throw new AppError('help-none', {});
      const keys = newSealKeys();
      const askedAt = kit.at();
      const request: HelpRequest = {
        what: requestWhat,
        ledgerId: file.ledgerId,
        unit: file.unit,
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
      const written = files.write(out, Buffer.from(JSON.stringify(request, null, 1)), { overwrite });
      // Only a request that is there has an answer: an older one's is of no use any more.
      keepRequest(vault.folder, kept);
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
      checkPassword(newPassword);
      const file = keyFile();
      const found = waitingRequest(vault.folder);
      const name = path.basename(files.path(grant));
      const answer = readHelpFile(files.read(grant, limitMb), name, Answer);
      if (!found || answer.answerKey !== found.answerKey || answer.account !== found.account)
        throw new AppError('help-no-request', {});
      if (!file.help || answer.ledgerId !== file.ledgerId || !isAnswerFrom(answer, file.help.signKey))
        throw new AppError('help-not-ours', { file: name });
      const secret = await secretOf(found, newPassword);
      if (!secret) throw new AppError('help-password', {});
      const key = unseal(answer.key, Buffer.from(secret).toString('base64'));
      if (!key) throw new AppError('help-not-ours', { file: name });
      const entry = { file, key, account: found.account, newPassword, action: 'help.finish' };
      return enterAnew(entry);
    },
  };
}
