import type { Failure } from '#shared/api/errors.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { commandLineText as say } from '#shared/text/command-line.ts';
import { errorText } from '#shared/text/errors.ts';
import { problemText, problemTextAt } from '#shared/text/problems.ts';
import { onLine } from '#shared/text/reader.ts';
import type { OptionValues } from './command.ts';

/** The sentence of a failure, with one for every field that is wrong; what an option gave is told by the option. */
export function failureText(failure: Failure, options: OptionValues): string {
  const lines = Object.entries(failure.fields ?? {}).map(([at, problem]) => {
    const name = at.split('.')[0] ?? '';
    const option = optionOf(name, options);
    if (option !== null) return problemText(problem, say.option(option), (field) => field, onLine);
    const ledger =
      ledgers.find((one) => one.name === options.ledger) ??
      ledgers.find((one) => name in one.fields || name in one.children);
    return ledger
      ? problemTextAt(ledger, at, problem, onLine)
      : problemText(problem, at, (field) => field, onLine);
  });
  return [sentenceOf(failure, options), ...lines].join('\n');
}

function sentenceOf(failure: Failure, options: OptionValues): string {
  if (failure.code !== 'invalid-input') return errorText(failure, onLine);
  const option = optionOf(failure.params.at.split('.')[0] ?? '', options);
  return option === null ? errorText(failure, onLine) : say.badOption(option, String(options[option]));
}

/** Options that are called otherwise than what they give. */
const calledAs: Readonly<Record<string, string>> = { unitCode: 'unit', unitName: 'name' };

/** What the core calls by a name of its own and the caller wrote as an option of that name. */
function optionOf(name: string, options: OptionValues): string | null {
  const option =
    (Object.hasOwn(calledAs, name) ? calledAs[name] : undefined) ??
    name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return typeof options[option] === 'string' ? option : null;
}
