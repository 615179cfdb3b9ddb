import { ledgers } from '#shared/ledgers/all.ts';
import { commandLineText as say } from '#shared/text/command-line.ts';

/** How the command line is used: one command where it is known, else all of them. */
export function usage(command: string | null = null): string {
  const shown = Object.entries(say.commands).filter(([name]) => command === null || name === command);
  const width = Math.max(...Object.keys(say.commands).map(({ length }) => length)) + 2;
  const lines = shown.map(([name, text]) => `  ${name.padEnd(width)}${text}`);
  const names = say.ledgers(ledgers.map(({ name, title }) => `${name} ${title}`));
  const rest = command === null ? [names] : [say.moreHelp];
  return [say.usageTitle, ...say.general, '', ...lines, '', ...rest, ''].join('\n');
}
