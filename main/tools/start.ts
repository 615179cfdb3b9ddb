// Builds what has changed and starts the program: node main/tools/start.ts [arguments of the program]
// `--print-report HTML PDF` and `--print-pages PDF` are how the command line makes a PDF; they and `--cli` need no screen.
import { buildProgram } from './build.ts';
import { findRuntime, runtimeArguments, runtimeEnvironment } from './runtime.ts';
import { root, run, say, withScreen } from './workspace.ts';

/** Runs the program to its end; its exit status. */
export async function runProgram(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  const runtime = await findRuntime();
  await buildProgram();
  const programArguments = [...runtimeArguments(), root, ...args];
  const variables = { ...runtimeEnvironment(runtime), ...env };
  if (['--print-report', '--print-pages', '--cli'].some((mode) => args.includes(mode))) {
    return run(runtime.executable, programArguments, variables);
  }
  const [command, all] = withScreen(runtime.executable, programArguments);
  const where = command === runtime.executable ? '' : ' on a virtual screen (no display here)';
  say(`the window opens${where}; close it or press Ctrl+C to end`);
  return run(command, all, variables);
}

if (process.argv[1] === import.meta.filename) process.exit(await runProgram(process.argv.slice(2)));
