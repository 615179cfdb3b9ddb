import { appendAudit } from '#core/audit/chain.ts';
import type { WriteDb } from '#core/db/connection.ts';
import { allAccounts } from '#core/security/accounts.ts';
import type { Tries, Untold } from '#core/security/tries.ts';
import { readSetting, writeSetting } from '#core/settings/settings.ts';
import { noAccount } from '#shared/text/audit.ts';
import type { Kit } from './context.ts';

/** Acts of the log for what happened while nobody was signed in (words: `auditActions`). */
const actions = {
  locked: 'session.locked',
  recovery: 'session.recoverFailed',
  help: 'help.finishFailed',
  code: 'help.answerFailed',
  asked: 'help.ask',
  gone: 'session.triesGone',
} as const satisfies Record<Untold['what'], string>;

/** In the transaction of the next entry, before it. */
export function tellUntold(db: WriteDb, kit: Kit, { who }: Tries, untold: readonly Untold[]): void {
  if (untold.length === 0) return;
  const names = new Map(allAccounts(db).map(({ name }) => [who(name), name]));
  // Whoever guesses names may type what nobody is called.
  const nameOf = (hash: string) => names.get(hash) ?? '';
  for (const { what, who: whose, at, count, instead } of untold) {
    const account = nameOf(whose);
    const isBySomebody = what === 'code';
    const detail = {
      ...(isBySomebody || what === 'gone' ? {} : { account: account === '' ? noAccount : account }),
      ...(what === 'locked' || what === 'gone' ? {} : { times: count }),
      ...(instead === undefined ? {} : { instead: nameOf(instead) || noAccount }),
    };
    const note = { action: actions[what], ledger: null, recordId: null, version: null, detail };
    appendAudit(db, at, { account: isBySomebody ? account : '', ...kit.place(db) }, note);
  }
}

/**
 * The ledger knows the file in which wrong passwords are counted by its id, so that another one is told even where the mark
 * of it went with it: a folder laid anew, or somebody took both away.
 */
export function knowTries(db: WriteDb, kit: Kit, id: string | null, isTold: boolean): void {
  const known = readSetting(db, 'tries');
  if (id === null || known === id) return;
  writeSetting(db, 'tries', id);
  if (known === null || isTold) return;
  const note = { action: actions.gone, ledger: null, recordId: null, version: null, detail: {} };
  appendAudit(db, kit.at(), { account: '', ...kit.place(db) }, note);
}
