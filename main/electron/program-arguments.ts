/** What this start of the program is for. */
export type ProgramMode =
  | { is: 'window'; safeDisplay: boolean }
  /** The command line in the packaged program: everything after `--cli`. */
  | { is: 'cli'; argv: string[] }
  /** Internal: prints one HTML document to PDF for the command line; '-' reads it from standard input. */
  | { is: 'print'; html: string; out: string };

/** Switches that both an outer and a re-started process may carry before the part that is ours. */
export const headlessSwitch = '--ozone-platform=headless';

export function readArguments(argv: readonly string[]): ProgramMode {
  const cli = argv.indexOf('--cli');
  if (cli >= 0) return { is: 'cli', argv: argv.slice(cli + 1) };
  const print = argv.indexOf('--print-report');
  const [html, out] = print >= 0 ? argv.slice(print + 1) : [];
  if (html !== undefined && out !== undefined) return { is: 'print', html, out };
  return { is: 'window', safeDisplay: argv.includes('--safe-display') };
}

/**
 * Arguments to start again with, when a mode without a window runs where there is no display; null when it can go
 * on. Chromium chooses its display before any of our code runs, so a switch added later would come too late.
 */
export function headlessRestart(
  mode: ProgramMode,
  argv: readonly string[],
  machine: { platform: string; display: string | undefined; wayland: string | undefined },
): string[] | null {
  if (mode.is === 'window' || machine.platform !== 'linux') return null;
  if (argv.includes(headlessSwitch) || machine.display || machine.wayland) return null;
  return [headlessSwitch, ...argv];
}
