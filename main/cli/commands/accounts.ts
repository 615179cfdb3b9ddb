import { AppError } from '#shared/api/errors.ts';
import type { InputOf } from '#shared/api/methods.ts';
import { type Role, roles, type SafetyDuty, safetyDuties } from '#shared/api/rights.ts';
import type { AccountShown } from '#shared/api/types.ts';
import { commandLineText as say } from '#shared/text/command-line.ts';
import { onLine } from '#shared/text/reader.ts';
import { accountStateText, accountsText, dutiesText } from '#shared/text/safety.ts';
import { commonText, roleNames } from '#shared/text/window.ts';
import { shortInstant } from '#shared/text/words.ts';
import { textOf } from '../arguments.ts';
import {
  type Answer,
  type CommandInput,
  type Ledger,
  type OptionValues,
  type Run,
  UsageError,
} from '../command.ts';
import { newPassword } from '../new-password.ts';

function lineOf(account: AccountShown): string {
  const { name, role, unit, ledgers, openCases } = account;
  return [
    name,
    roleNames[role],
    dutiesText(account),
    commonText.beside(unit.name, unit.code),
    ledgers === null ? accountsText.allLedgers : ledgers.join(commonText.comma),
    accountStateText(account, shortInstant),
    openCases,
  ].join('\t');
}

/** What was done, and that nobody holds the audit duty then: whoever looks after accounts of a part is not shown all. */
async function answer(ledger: Ledger, accounts: readonly AccountShown[], text: string): Promise<Answer> {
  const { nobodyAudits } = await ledger.call('deadline.board', { limit: 1 });
  const warnings = nobodyAudits ? [accountsText.noAudit(onLine)] : [];
  return { json: { accounts, warnings }, text: [text, ...warnings].join('\n') };
}

export const list: Run = async ({ signIn }) => {
  const ledger = await signIn();
  const accounts = await ledger.call('account.list', {});
  return answer(ledger, accounts, accounts.map(lineOf).join('\n'));
};

/** Words of an option separated by commas; `none` for an empty list. Throws UsageError for one that is not known. */
function someOf<T extends string>(options: OptionValues, name: string, known: readonly T[]): T[] | undefined {
  const text = options[name];
  if (typeof text !== 'string') return undefined;
  if (text === 'none') return [];
  return text.split(',').map((word) => {
    const found = known.find((one) => one === word.trim());
    if (found === undefined) throw new UsageError(say.badOption(name, word));
    return found;
  });
}

type Hold = { role?: Role; duties?: SafetyDuty[]; ledgers?: string[] | null; unitId?: string };

/** What of an account the options name. Throws UsageError, `unit-unknown`. */
async function holdOf(ledger: Ledger, options: OptionValues): Promise<Hold> {
  const { role, ledgers, unit } = options;
  const found = roles.find((one) => one === role);
  if (typeof role === 'string' && found === undefined) throw new UsageError(say.badOption('role', role));
  const duties = someOf(options, 'duties', safetyDuties);
  const units = typeof unit === 'string' ? await ledger.call('units.tree', {}) : [];
  const unitId = units.find(({ code }) => code === unit)?.id;
  if (typeof unit === 'string' && unitId === undefined) throw new AppError('unit-unknown', { code: unit });
  return {
    ...(found ? { role: found } : {}),
    ...(duties ? { duties } : {}),
    ...(typeof ledgers === 'string' ? { ledgers: ledgers === 'all' ? null : ledgers.split(',') } : {}),
    ...(unitId === undefined ? {} : { unitId }),
  };
}

/** The password to begin with must be changed by its owner at the first sign-in. */
export const create: Run = async (input) => {
  const { options, signIn } = input;
  const name = textOf(options, 'name');
  const password = newPassword(input);
  const ledger = await signIn();
  const { role = 'clerk', ...hold } = await holdOf(ledger, options);
  return answer(
    ledger,
    await ledger.call('account.create', { name, password, role, ...hold }),
    accountsText.made(name),
  );
};

async function accountNamed(ledger: Ledger, name: string): Promise<AccountShown> {
  const found = (await ledger.call('account.list', {})).find((one) => one.name === name.normalize('NFC'));
  if (!found) throw new AppError('account-missing', {});
  return found;
}

type Change = Omit<InputOf<'account.change'>['changes'][number], 'id'>;

async function changed(
  { options, signIn }: CommandInput,
  of: (ledger: Ledger) => Promise<Change>,
): Promise<Answer> {
  const name = textOf(options, 'name');
  const { reason } = options;
  const ledger = await signIn();
  const { id } = await accountNamed(ledger, name);
  const accounts = await ledger.call('account.change', {
    changes: [{ id, ...(await of(ledger)) }],
    ...(typeof reason === 'string' ? { reason } : {}),
  });
  return answer(ledger, accounts, accountsText.saved(name));
}

/** Role, duties, unit and registers; what is left out stays. */
export const change: Run = (input) => changed(input, (ledger) => holdOf(ledger, input.options));
export const disable: Run = (input) => changed(input, async () => ({ isDisabled: true }));
export const enable: Run = (input) => changed(input, async () => ({ isDisabled: false }));

/** A new password for somebody who forgot his, or whose account is locked. */
export const reset: Run = async (input) => {
  const name = textOf(input.options, 'name');
  const password = newPassword(input);
  const ledger = await input.signIn();
  const { id } = await accountNamed(ledger, name);
  await ledger.call('account.setPassword', { id, password });
  return { json: { account: name }, text: accountsText.passwordSet(name) };
};
