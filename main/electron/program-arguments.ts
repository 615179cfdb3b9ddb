/** What this start of the program is for. */
export type ProgramMode =
  | { is: 'window'; safeDisplay: boolean }
  /** The command line in the packaged program: everything after `--cli`. */
  | { is: 'cli'; argv: string[] }
  /** Internal: prints one HTML document to PDF for the command line; '-' reads it from standard input. */
  | { is: 'print'; html: string; out: string }
  /** Internal too: a page with its pictures from standard input to a PDF without numbers (shared/document/print-bundle.ts). */
  | { is: 'pages'; out: string };

const headlessSwitch = '--ozone-platform=headless';
/** Exit status of a print that has no screen to print from. */
export const statusNeedsScreen = 3;

export function readArguments(argv: readonly string[]): ProgramMode {
  const cli = argv.indexOf('--cli');
  if (cli >= 0) return { is: 'cli', argv: argv.slice(cli + 1) };
  const print = argv.indexOf('--print-report');
  const pages = argv.indexOf('--print-pages');
  const target = pages >= 0 ? argv[pages + 1] : undefined;
  if (target !== undefined) return { is: 'pages', out: target };
  const [html, out] = print >= 0 ? argv.slice(print + 1) : [];
  if (html !== undefined && out !== undefined) return { is: 'print', html, out };
  return { is: 'window', safeDisplay: argv.includes('--safe-display') };
}

/**
 * Command to start again with, when a mode without a window runs on Linux without a display; null when it can go on.
 * Chromium chooses its display before any of our code runs, so a switch added later would come too late. Printing
 * needs GTK and with it a screen, be it a virtual one.
 */
export function restartFor(
  mode: ProgramMode,
  program: string,
  argv: readonly string[],
  machine: { platform: string; display: string | undefined; wayland: string | undefined },
): [string, string[]] | null {
  if (mode.is === 'window' || machine.platform !== 'linux') return null;
  if (machine.display || machine.wayland) return null;
  if (mode.is === 'print' || mode.is === 'pages') return ['xvfb-run', ['-a', program, ...argv]];
  if (argv.includes(headlessSwitch)) return null;
  // Chromium's remarks about the missing screen do not belong between the lines of a command
  return [program, [headlessSwitch, '--disable-gpu', '--log-level=3', ...argv]];
}
