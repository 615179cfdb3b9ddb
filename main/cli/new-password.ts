import { commandLineText as say } from '#shared/text/command-line.ts';
import { type CommandInput, UsageError } from './command.ts';
import { readText } from './run.ts';

type Asked = Pick<CommandInput, 'options' | 'terminal'>;

/** A secret comes from a file or the environment, never from an option that others can read in a list of processes. */
function secretOf({ options, terminal }: Asked, option: string, variable: string, missing: string): string {
  const file = options[option];
  const secret = typeof file === 'string' ? readText(file).replace(/\r?\n$/, '') : terminal.env[variable];
  if (!secret) throw new UsageError(missing);
  return secret;
}

/** A password that is to be set. */
export const newPassword = (asked: Asked): string =>
  secretOf(asked, 'new-password-file', 'LEDGER_NEW_PASSWORD', say.noNewPassword);

/** The recovery key as it was noted down; blanks at its ends come from copying. */
export const recoveryKey = (asked: Asked): string =>
  secretOf(asked, 'recovery-key-file', 'LEDGER_RECOVERY_KEY', say.noRecoveryKey).trim();
