import os from 'node:os';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { unhurriedTasks } from '#core/api/contract.ts';
import { AppError, failureOf } from '#shared/api/errors.ts';
import type { HelperReply, HelperStart } from './helper-runner.ts';

export type HelperTasks = Readonly<Record<string, (input: never) => unknown>>;

/** Body of a throw-away helper: one task, one reply; whoever started it ends it. */
export async function runHelperThread(load: () => Promise<HelperTasks>): Promise<void> {
  parentPort?.on('message', () => undefined); // stays, until it is ended
  const { task, input } = workerData as HelperStart;
  // Before the tasks are loaded: of a small ledger that is most of what a copy costs.
  if (unhurriedTasks.has(task)) giveWay();
  const reply = await answer(load, task, input);
  try {
    parentPort?.postMessage(reply);
  } catch {
    parentPort?.postMessage({
      ok: false,
      failure: null,
      message: `answer of '${task}' cannot be cloned`,
    } satisfies HelperReply);
  }
}

/**
 * To the lowest priority of the processor. On Linux only: there 0 is the calling thread alone, elsewhere the whole
 * process, window and all. With an idle processor nothing takes longer for it.
 */
function giveWay(): void {
  if (process.platform !== 'linux' || isMainThread) return;
  try {
    os.setPriority(0, os.constants.priority.PRIORITY_LOW);
  } catch {
    // Forbidden by a cage around the program; the work is done all the same.
  }
}

async function answer(load: () => Promise<HelperTasks>, task: string, input: unknown): Promise<HelperReply> {
  try {
    const tasks = await load();
    const run = Object.hasOwn(tasks, task) ? tasks[task] : undefined;
    if (!run) throw new Error(`no helper task '${task}'`);
    return { ok: true, value: await run(input as never) };
  } catch (error) {
    const failure = error instanceof AppError ? failureOf(error) : null;
    return {
      ok: false,
      failure,
      message: error instanceof Error ? (error.stack ?? error.message) : 'unknown',
    };
  }
}
