import { commandLineText as say } from '#shared/text/command-line.ts';
import { type CommandInput, UsageError } from './command.ts';
import { readText } from './run.ts';

/** A password that is to be set: from a file or the environment, never from an option that others can read. */
export function newPassword({ options, terminal }: Pick<CommandInput, 'options' | 'terminal'>): string {
  const file = options['new-password-file'];
  const password =
    typeof file === 'string' ? readText(file).replace(/\r?\n$/, '') : terminal.env.LEDGER_NEW_PASSWORD;
  if (!password) throw new UsageError(say.noNewPassword);
  return password;
}
