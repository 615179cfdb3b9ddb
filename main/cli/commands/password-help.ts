import path from 'node:path';
import { commandLineText as say } from '#shared/text/command-line.ts';
import { helpText } from '#shared/text/safety.ts';
import { textOf } from '../arguments.ts';
import type { Run } from '../command.ts';
import { newPassword } from '../new-password.ts';

/** A forgotten password, cured by the level above through two files (core: password-help). */

export const state: Run = async ({ signIn }) => {
  const found = await (await signIn()).call('help.state', {});
  const { trusts, own } = found;
  const text = [
    trusts === null ? helpText.trustsNobody : helpText.trustsNow(trusts.unit, trusts.fingerprint),
    ...(own === null ? [] : [helpText.ownCard(own)]),
  ];
  return { json: found, text: text.join('\n') };
};

export const card: Run = async ({ options, signIn }) => {
  const ledger = await signIn();
  const out = ledger.grant(textOf(options, 'out'));
  const made = await ledger.call('help.card', { out, overwrite: options.force === true });
  return { json: made, text: helpText.carded(path.basename(made.file), made.fingerprint) };
};

export const trust: Run = async ({ options, signIn }) => {
  const ledger = await signIn();
  const found = await ledger.call('help.trust', { file: ledger.grant(textOf(options, 'file')) });
  const { trusts } = found;
  const text = trusts === null ? helpText.trustsNobody : helpText.trusted(trusts.unit, trusts.fingerprint);
  return { json: found, text };
};

/** At the station, where nobody can sign in to the account. */
export const ask: Run = async (input) => {
  const { options, open } = input;
  const account = textOf(options, 'account');
  const password = newPassword(input);
  const ledger = await open();
  const made = await ledger.call('help.ask', {
    account,
    newPassword: password,
    out: ledger.grant(textOf(options, 'out')),
    overwrite: options.force === true,
    replaces: options.replace === true,
  });
  return { json: made, text: `${helpText.waiting(account, made.unit)}\n${helpText.code}${made.code}` };
};

/** At the level above, after both have read the code to each other on the telephone. */
export const give: Run = async ({ options, signIn }) => {
  const ledger = await signIn();
  const made = await ledger.call('help.answer', {
    file: ledger.grant(textOf(options, 'file')),
    code: textOf(options, 'code'),
    reason: textOf(options, 'reason'),
    out: ledger.grant(textOf(options, 'out')),
    overwrite: options.force === true,
  });
  return { json: made, text: say.helpAnswered(made.unit, made.account, path.basename(made.file)) };
};

export const finish: Run = async (input) => {
  const password = newPassword(input);
  const ledger = await input.open();
  const file = ledger.grant(textOf(input.options, 'file'));
  const { session } = await ledger.call('help.finish', { file, newPassword: password });
  return { json: { account: session.account.name }, text: say.passwordChanged(session.account.name) };
};
