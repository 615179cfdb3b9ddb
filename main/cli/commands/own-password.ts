import { commandLineText as say } from '#shared/text/command-line.ts';
import { textOf } from '../arguments.ts';
import type { Run } from '../command.ts';
import { newPassword, recoveryKey } from '../new-password.ts';

/** The password of whoever signs in: also the first one, which somebody else set. */
export const change: Run = async (input) => {
  const { password, user } = input;
  const next = newPassword(input);
  const { account } = await (await input.signIn()).call('session.changePassword', {
    password,
    newPassword: next,
  });
  return { json: { account: account.name }, text: say.passwordChanged(user) };
};

/** With every password forgotten: the recovery key gives an account a new one. */
export const recover: Run = async (input) => {
  const account = textOf(input.options, 'account');
  const [key, next] = [recoveryKey(input), newPassword(input)];
  const ledger = await input.open();
  const { session } = await ledger.call('session.recover', { recoveryKey: key, account, newPassword: next });
  return { json: { account: session.account.name }, text: say.passwordChanged(session.account.name) };
};
