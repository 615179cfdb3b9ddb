import fs from 'node:fs';
import { z } from 'zod';
import { inFolder, writeDurably } from '#core/db/folder.ts';
import { openUnder } from '#core/security/key-file.ts';

const slot = z.looseObject({ kind: z.string(), wrapped: z.string(), nonce: z.string(), tag: z.string() });
const Waiting = z.strictObject({
  account: z.string(),
  answerKey: z.string(),
  askedAt: z.string(),
  unit: z.string(),
  /** The private half of `answerKey`, under the new password. */
  secret: slot,
});
/**
 * A request to the level above, until its answer is there. The account stands in it in clear, as in the request that
 * went out: who comes back with the answer must see for whom it is, and there is no key yet.
 */
export type WaitingRequest = z.infer<typeof Waiting>;

export function waitingRequest(folder: string): WaitingRequest | null {
  try {
    return Waiting.parse(JSON.parse(fs.readFileSync(inFolder(folder, 'request'), 'utf8')));
  } catch {
    return null;
  }
}

export function keepRequest(folder: string, request: WaitingRequest): void {
  writeDurably(inFolder(folder, 'request'), JSON.stringify(request));
}

/** Null where the password is not the one that was asked for. */
export const secretOf = ({ secret }: WaitingRequest, newPassword: string) =>
  openUnder(secret as never, newPassword);

/**
 * Whoever is in with the password that he asked for has his answer: the request goes, also where the program died before
 * it had taken it away. It keeps nobody out.
 */
export async function dropAnswered(folder: string, account: string, password: string): Promise<void> {
  const found = waitingRequest(folder);
  if (found?.account.normalize('NFC') !== account.normalize('NFC')) return;
  try {
    if (await secretOf(found, password)) fs.rmSync(inFolder(folder, 'request'), { force: true });
  } catch {
    // The next sign-in tries again.
  }
}
