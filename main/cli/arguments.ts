import { parseArgs } from 'node:util';
import { commandLineText as say } from '#shared/text/command-line.ts';
import { type Command, type OptionValues, UsageError } from './command.ts';
import { commands, generalOptions } from './commands/table.ts';

export type CommandLine = { name: string; command: Command; options: OptionValues; words: string[] };
/** Asks for the usage of one command, or of all. */
export type HelpAsked = { help: string | null };

/** The command, its options and the words after it, or what help is asked for. Throws UsageError. */
export function readLine(argv: readonly string[]): CommandLine | HelpAsked {
  if (argv[0] === 'help' && argv.length > 1) return { help: commandNamed(argv.slice(1))?.name ?? null };
  const named = commandNamed(argv);
  if (named === null) return { help: null };
  const { name, command, rest } = named;
  if (rest.includes('--help')) return { help: name };
  const specs = { ...generalOptions, ...command.options };
  const options = Object.fromEntries(Object.entries(specs).map(([key, { type }]) => [key, { type }]));
  const { values, positionals } = parse(joined(rest, options), options);
  if (positionals.length > command.words)
    throw new UsageError(say.extraWord(positionals[command.words] ?? ''));
  if (!command.isAlone && values.dir === undefined) throw new UsageError(say.missingOption('dir'));
  for (const [key, spec] of Object.entries(specs)) {
    if (spec.required && values[key] === undefined) throw new UsageError(say.missingOption(key));
    if (values[key] === '') throw new UsageError(say.badOption(key, ''));
  }
  return { name, command, options: values, words: positionals };
}

/** A value may begin with a sign (`--sort -caseNo`), which Node takes for an option: such two words become one. */
function joined(words: readonly string[], options: Readonly<Record<string, { type: string }>>): string[] {
  const all: string[] = [];
  for (const word of words) {
    const before = /^--([a-z-]+)$/.exec(all.at(-1) ?? '')?.[1] ?? '';
    const wantsValue = Object.hasOwn(options, before) && options[before]?.type === 'string';
    if (wantsValue && /^-[^-]/.test(word)) all[all.length - 1] += `=${word}`;
    else all.push(word);
  }
  return all;
}

function commandNamed(argv: readonly string[]): { name: string; command: Command; rest: string[] } | null {
  const [first, second] = argv;
  if (first === undefined) throw new UsageError(say.noCommand);
  if (first === 'help' || first === '--help' || first === '-h') return null;
  const two = `${first} ${second ?? ''}`;
  const long = Object.hasOwn(commands, two) ? commands[two] : undefined;
  if (long) return { name: two, command: long, rest: argv.slice(2) };
  const short = Object.hasOwn(commands, first) ? commands[first] : undefined;
  if (short) return { name: first, command: short, rest: argv.slice(1) };
  throw new UsageError(say.unknownCommand(first));
}

function parse(args: string[], options: Record<string, { type: 'string' | 'boolean' }>) {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: true });
  } catch (error) {
    throw new UsageError(complaint(error));
  }
}

/** Node's own complaint, in Chinese: what it is stands in its code, and which option in its sentence. */
function complaint(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const option = /'(--?[^' ,]+)/.exec(message)?.[1] ?? '';
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return say.unknownOption(option);
  return message.includes('does not take') ? say.optionTakesNone(option) : say.optionNeedsValue(option);
}

/** The command that the words begin with, as the usage names it. */
export function nameOf(argv: readonly string[]): string | null {
  try {
    return commandNamed(argv)?.name ?? null;
  } catch {
    return null;
  }
}

/** A whole number written in an option. Throws UsageError. */
export function wholeNumber(options: OptionValues, name: string): number | undefined {
  const text = options[name];
  if (typeof text !== 'string') return undefined;
  if (!/^\d{1,10}$/.test(text)) throw new UsageError(say.badWhole(name, text));
  return Number(text);
}

/** The text of an option that the table says is needed. */
export function textOf(options: OptionValues, name: string): string {
  const text = options[name];
  if (typeof text !== 'string') throw new UsageError(say.missingOption(name));
  return text;
}

export function yearOf(options: OptionValues): number {
  const year = wholeNumber(options, 'year');
  if (year === undefined || year < 1949 || year > 2999)
    throw new UsageError(say.badYear('year', String(options.year)));
  return year;
}
