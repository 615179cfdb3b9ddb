import fs from 'node:fs';
import path from 'node:path';
import type { CoreEnv } from '#core/api/contract.ts';
import { AppError, failureOf } from '#shared/api/errors.ts';
import { commandLineText as say } from '#shared/text/command-line.ts';
import { demoText } from '#shared/text/demo.ts';
import { type CommandLine, type HelpAsked, nameOf, readLine, wholeNumber } from './arguments.ts';
import { type Answer, type CommandInput, type Terminal, UsageError } from './command.ts';
import type { Places } from './places.ts';

export const status = { done: 0, refused: 1, usage: 2 } as const;

/** What tests change of the core: a quick key derivation, a fixed clock, a throw-away register. */
export type CoreChanges = Partial<Pick<CoreEnv, 'kdfCost' | 'now' | 'extra'>>;

/** One command line from its words to its exit status; nothing is thrown. */
export async function runLine(
  argv: readonly string[],
  terminal: Terminal,
  places: Places,
  changes: CoreChanges = {},
): Promise<number> {
  let line: CommandLine | HelpAsked;
  try {
    line = readLine(argv);
  } catch (error) {
    return misused(error, argv, terminal, places);
  }
  if ('help' in line) {
    const { usage } = await import('./usage.ts');
    await terminal.out(usage(places, line.help));
    return status.done;
  }
  const isJson = line.options.json === true;
  try {
    const { json, text } = await carryOut(line, terminal, places, changes);
    await terminal.out(isJson ? `${JSON.stringify(json)}\n` : `${text}\n`);
    return status.done;
  } catch (error) {
    if (error instanceof UsageError) return misused(error, argv, terminal, places);
    const failure = failureOf(error instanceof AppError ? error : unforeseen(error));
    const { failureText } = await import('./failure.ts');
    const { otherChoices } = await import('./usage.ts');
    const message = [
      failureText(failure, line.options),
      ...otherChoices(places, line.name, line.options, failure),
    ].join('\n');
    const { code, params, fields } = failure;
    const told = { error: { code, message, params, ...(fields ? { fields } : {}) } };
    await terminal.err(isJson ? `${JSON.stringify(told)}\n` : `${message}\n`);
    return status.refused;
  }
}

/** Two slashes name a network share on Windows; resolved elsewhere they would name a folder of this machine. */
export const isShare = (folder: string): boolean => /^[\\/]{2}[^\\/]/.test(folder);

function folderOf(given: string): string {
  return isShare(given) ? given : path.resolve(given);
}

async function misused(
  error: unknown,
  argv: readonly string[],
  terminal: Terminal,
  places: Places,
): Promise<number> {
  if (!(error instanceof UsageError)) throw error;
  const { usage } = await import('./usage.ts');
  await terminal.err(`${error.message}\n\n${usage(places, nameOf(argv))}`);
  return status.usage;
}

async function carryOut(
  line: CommandLine,
  terminal: Terminal,
  places: Places,
  changes: CoreChanges,
): Promise<Answer> {
  const { options, words, command } = line;
  const folder = folderOf(typeof options.dir === 'string' ? options.dir : '.');
  const user = typeof options.user === 'string' ? options.user : 'admin';
  const password =
    command.isAlone || command.isUnsigned
      ? ''
      : readPassword(options['password-file'], terminal, command.maySign === true);
  const waitSeconds = wholeNumber(options, 'wait') ?? 0;
  const run = await command.load();
  const { startSession } = await import('./session.ts');
  const { seeds, version, nativeBinding } = places;
  const session = startSession({
    env: { folder, seeds, version, ...(nativeBinding ? { nativeBinding } : {}), ...changes },
    user,
    password,
    ...(typeof options.reveal === 'string' ? { reveal: options.reveal } : {}),
    waitSeconds,
    onProgress(done, total) {
      if (terminal.isWatched) void terminal.err(`\r${say.filling(done, total)}${done === total ? '\n' : ''}`);
    },
  });
  const input: CommandInput = {
    options,
    words,
    terminal,
    places,
    folder,
    user,
    password,
    open: session.open,
    signIn: session.signIn,
  };
  try {
    const answer = await run(input);
    // What a script reads has the keys that the contract names, and nothing else on either stream.
    if (options.json !== true && (await session.isDemo())) await terminal.out(`${demoText.commandLine}\n`);
    return answer;
  } catch (error) {
    // A refusal may name a made-up record too.
    if (options.json !== true && (await session.isDemo()))
      await terminal.err(`${demoText.commandLine}
`);
    throw error;
  } finally {
    await session.close();
  }
}

/** '' where there is none and none may be needed. */
function readPassword(file: string | boolean | undefined, { env }: Terminal, mayLack: boolean): string {
  if (typeof file === 'string') return readText(file).replace(/\r?\n$/, '');
  const password = env.LEDGER_PASSWORD ?? '';
  if (password === '' && !mayLack) throw new UsageError(say.noPassword);
  return password;
}

const textLimitMb = 20;

/** A text file that the caller named. Throws `file-missing`, `file-unreadable`, `file-too-large`. */
export function readText(file: string): string {
  const name = path.basename(file);
  try {
    if (fs.statSync(file).size > textLimitMb * 2 ** 20) {
      throw new AppError('file-too-large', { file: name, limitMb: textLimitMb });
    }
    return fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    if (error instanceof AppError) throw error;
    const isAbsent = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new AppError(isAbsent ? 'file-missing' : 'file-unreadable', { file: name }, { cause: error });
  }
}

function unforeseen(error: unknown): AppError {
  const frames =
    error instanceof Error ? (error.stack ?? '').split('\n').filter((frame) => /^\s+at /.test(frame)) : [];
  const name = error instanceof Error ? error.name : 'unknown';
  process.stderr.write(`${[name, ...frames.slice(0, 8)].join('\n')}\n`);
  return new AppError('internal', { incident: 'cli' }, { cause: error });
}
