// Builds what has changed and opens the program's window: node main/tools/start.ts [arguments of the program]
import { buildProgram } from './build.ts';
import { findRuntime, runtimeArguments, runtimeEnvironment } from './runtime.ts';
import { root, run, say, withScreen } from './workspace.ts';

/** Opens the window and waits until it is closed; the program's exit status. */
export async function openWindow(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  const runtime = await findRuntime();
  await buildProgram();
  const [command, prefix] = withScreen(runtime.executable, [...runtimeArguments(), root, ...args]);
  if (command !== runtime.executable) say('no display here: the window is on a virtual one (Xvfb)');
  say('the window is open; close it or press Ctrl+C to end');
  return run(command, prefix, { ...runtimeEnvironment(runtime), ...env });
}

if (process.argv[1] === import.meta.filename) process.exit(await openWindow(process.argv.slice(2)));
