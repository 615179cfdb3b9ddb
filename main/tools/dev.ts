// Opens the window and, whenever a source file has changed, builds again and opens it anew.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { buildProgram } from './build.ts';
import { findRuntime, runtimeArguments, runtimeEnvironment } from './runtime.ts';
import { inRoot, root, say, withScreen } from './workspace.ts';

const runtime = await findRuntime();
let window: ChildProcess | null = null;
let isBuilding = false;
let isStale = true;

/** The next window gets the single-instance lock only when this one is gone. */
async function closeWindow(): Promise<void> {
  if (!window || window.exitCode !== null || window.signalCode !== null) return;
  const gone = once(window, 'exit');
  window.kill();
  await gone;
}

async function renew(): Promise<void> {
  if (isBuilding) return;
  isBuilding = true;
  while (isStale) {
    isStale = false;
    try {
      await buildProgram();
    } catch (error) {
      console.error(error);
      continue;
    }
    await closeWindow();
    const [command, args] = withScreen(runtime.executable, [...runtimeArguments(), root]);
    window = spawn(command, args, {
      stdio: 'inherit',
      env: { ...process.env, ...runtimeEnvironment(runtime) },
    });
  }
  isBuilding = false;
}

for (const folder of ['main', 'renderer', 'shared', 'seeds']) {
  watch(inRoot(folder), { recursive: true }, () => {
    isStale = true;
    // Editors write in several steps: one build for all of them.
    setTimeout(renew, 200);
  });
}
process.on('exit', () => window?.kill());
say('watching main, renderer, shared and seeds; Ctrl+C ends');
await renew();
