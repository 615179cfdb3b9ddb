import type { InputOf, MethodName, OutputOf } from '#shared/api/methods.ts';
import type { ChoiceName } from './commands/choices.ts';
import type { Places } from './places.ts';

/** Where a command line reads from and writes to; tests give their own. */
export type Terminal = {
  env: Readonly<Record<string, string | undefined>>;
  out(text: string): Promise<void>;
  err(text: string): Promise<void>;
  /** Whether somebody watches standard error. */
  isWatched: boolean;
};

/** The core with somebody signed in. Throws AppError when a call is refused. */
export type Ledger = {
  call<M extends MethodName>(method: M, input: InputOf<M>): Promise<OutputOf<M>>;
  /** A token for a file that the caller named; the path itself never goes into a call. */
  grant(file: string): string;
};

export type OptionValues = Readonly<Record<string, string | boolean | undefined>>;

export type CommandInput = {
  options: OptionValues;
  /** Words after the command. */
  words: readonly string[];
  terminal: Terminal;
  places: Places;
  /** Absolute path of the data folder. */
  folder: string;
  user: string;
  password: string;
  /** Opens the core without signing in. */
  open(): Promise<Ledger>;
  /**
   * Opens the core and signs in. What is masked at first is shown whole for the reason given with `--reveal`, or for
   * the one given here by a command that hands out a record as it is.
   */
  signIn(reason?: string): Promise<Ledger>;
};

/** `json` is printed with --json, `text` without. */
export type Answer = { json: Readonly<Record<string, unknown>>; text: string };

export type Run = (input: CommandInput) => Promise<Answer>;

export type OptionSpec = {
  type: 'string' | 'boolean';
  required?: boolean;
  /** The option takes one of a list, or some of it; help names them, and so does a refusal that another word met with. */
  of?: ChoiceName;
};

export type Command = {
  options: Readonly<Record<string, OptionSpec>>;
  /** How many words may follow. */
  words: number;
  /** The command needs no data folder and no password. */
  isAlone?: boolean;
  /** Nobody signs in: whoever asks has forgotten the password, or the ledger does not open. */
  isUnsigned?: boolean;
  /** Somebody signs in where the ledger opens, and nobody can where it does not. */
  maySign?: boolean;
  /** Loaded only when it runs, so that the start stays quick. */
  load(): Promise<Run>;
};

/** Wrong use of the command line: exit status 2, with the usage. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
