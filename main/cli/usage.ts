import type { Failure } from '#shared/api/errors.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { commandLineText as say } from '#shared/text/command-line.ts';
import type { OptionValues } from './command.ts';
import { type Choice, choices } from './commands/choices.ts';
import { commands } from './commands/table.ts';
import type { Places } from './places.ts';

/** How the command line is used: one command with what its options may be where it is known, else all of them. */
export function usage(places: Places, command: string | null = null): string {
  const shown = Object.entries(say.commands).filter(([name]) => command === null || name === command);
  const width = Math.max(...Object.keys(say.commands).map(({ length }) => length)) + 2;
  const lines = shown.map(([name, text]) => `  ${name.padEnd(width)}${text}`);
  const names = say.ledgers(ledgers.map(({ name, title }) => `${name} ${title}`));
  const rest =
    command === null ? [names, say.oneHelp] : [...choicesOf(places, command).map(choiceLine), say.moreHelp];
  return [say.usageTitle, ...say.general, '', ...lines, '', ...rest, ''].join('\n');
}

type Asked = { option: string; all: readonly Choice[] };
const choiceLine = ({ option, all }: Asked) => say.choices(option, all);

function choicesOf(places: Places, command: string): Asked[] {
  return Object.entries(commands[command]?.options ?? {}).flatMap(([option, { of }]) =>
    of === undefined ? [] : [{ option, all: choices[of](places) }],
  );
}

/** Of a command that was refused for a word that is none of an option's list: what it might have been. */
export function otherChoices(
  places: Places,
  command: string,
  options: OptionValues,
  { params, fields = {} }: Failure,
): string[] {
  const met = new Set<unknown>([...Object.values(params), ...Object.keys(fields)]);
  return choicesOf(places, command)
    .filter(({ option, all }) => {
      const given = options[option];
      if (typeof given !== 'string') return false;
      const known = new Set<string>(all.map(([value]) => value));
      const others = given.split(/[,，、]/).map((word) => word.trim());
      return others.some((word) => !known.has(word) && (met.has(word) || met.has(option)));
    })
    .map(choiceLine);
}
