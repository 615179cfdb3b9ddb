import fs from 'node:fs';
import { makeFolders } from '#core/db/folder.ts';
import { AppError } from '#shared/api/errors.ts';
import type { UnitLevel } from '#shared/api/types.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { commandLineText as say } from '#shared/text/command-line.ts';
import { textOf, wholeNumber } from '../arguments.ts';
import { type CommandInput, type OptionValues, type Run, UsageError } from '../command.ts';
import { isShare } from '../run.ts';

const levels = ['station', 'county', 'city', 'province'] as const;

function levelOf(options: OptionValues): UnitLevel | undefined {
  const text = options.level;
  if (text === undefined) return undefined;
  const level = levels.find((one) => one === text);
  if (!level) throw new UsageError(say.badOption('level', String(text)));
  return level;
}

/** Makes the folder where there is none; a folder that we made goes again when nothing came of it. */
async function inNewFolder<T>({ folder }: CommandInput, work: () => Promise<T>): Promise<T> {
  if (isShare(folder)) return work(); // refused by its name, and nothing is made of it here
  const wasThere = fs.existsSync(folder);
  try {
    makeFolders(folder);
  } catch (error) {
    const isFile = ['EEXIST', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
    throw new AppError(isFile ? 'not-found' : 'read-only', { folder }, { cause: error });
  }
  try {
    return await work();
  } catch (error) {
    if (!wasThere && error instanceof AppError) removeOurs(folder);
    throw error;
  }
}

/** Only the lock can stand in a folder where set-up was refused; anything else stays. */
function removeOurs(folder: string): void {
  try {
    const left = fs.readdirSync(folder);
    if (left.some((name) => !name.startsWith('ledger.lock'))) return;
    fs.rmSync(folder, { recursive: true });
  } catch {
    // on Windows the lock is still held; an empty folder does no harm
  }
}

export const init: Run = async (input) => {
  const { options, user, password } = input;
  const level = levelOf(options) ?? 'county';
  const parent = options.parent;
  return inNewFolder(input, async () => {
    const ledger = await input.open();
    const made = await ledger.call('setup.create', {
      level,
      unitCode: textOf(options, 'unit'),
      unitName: textOf(options, 'name'),
      ...(typeof parent === 'string' ? { parent } : {}),
      account: user,
      password,
    });
    const { unit, installation, accounts, recoveryKey } = made;
    const text = [say.created(unit.name, unit.code, user), say.recoveryKey(recoveryKey)].join('\n');
    return { json: { unit, installation, accounts, recoveryKey }, text };
  });
};

function yearsOf(options: OptionValues): { from: number; to: number } | undefined {
  const text = options.years;
  if (typeof text !== 'string') return undefined;
  const match = /^(\d{4})(?:-(\d{4}))?$/.exec(text);
  const from = Number(match?.[1]);
  const to = Number(match?.[2] ?? match?.[1]);
  if (!match || from < 1949 || to > 2999 || from > to) throw new UsageError(say.badOption('years', text));
  return { from, to };
}

export const demo: Run = async (input) => {
  const { options, user, password } = input;
  const level = levelOf(options);
  const cases = wholeNumber(options, 'cases');
  const seed = wholeNumber(options, 'seed');
  // One of them to five cases, as in a county; who asks for a number of cases gets no others unless asked for
  const correction = wholeNumber(options, 'correction') ?? (cases === undefined ? 60 : 0);
  const years = yearsOf(options);
  return inNewFolder(input, async () => {
    const ledger = await input.open();
    const { unit, accounts, counts } = await ledger.call('setup.demo', {
      account: user,
      password,
      // Who asks for a number of cases gets so many and no other: no files of long ago, none that is sealed.
      safety: cases === undefined,
      correction,
      ...(level ? { level } : {}),
      ...(cases === undefined ? {} : { cases }),
      ...(seed === undefined ? {} : { seed }),
      ...(years ? { years } : {}),
    });
    const titles = new Map(ledgers.map((one) => [one.name, one.title]));
    const text = [
      say.created(unit.name, unit.code, user),
      ...accounts.map((account) => say.demoAccount(account.name, account.password)),
      ...Object.entries(counts).map(([name, count]) => say.counted(titles.get(name) ?? name, count)),
    ].join('\n');
    return { json: { unit, accounts, counts }, text };
  });
};
