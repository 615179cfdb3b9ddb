import { parentPort, workerData } from 'node:worker_threads';
import { AppError, failureOf } from '#shared/api/errors.ts';
import type { HelperReply, HelperStart } from './helper-runner.ts';

export type HelperTasks = Readonly<Record<string, (input: never) => unknown>>;

/** Body of a throw-away helper: one task, one reply; whoever started it ends it. */
export async function runHelperThread(tasks: HelperTasks): Promise<void> {
  parentPort?.on('message', () => undefined); // stays, until it is ended
  const { task, input } = workerData as HelperStart;
  const reply = await answer(tasks, task, input);
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

async function answer(tasks: HelperTasks, task: string, input: unknown): Promise<HelperReply> {
  try {
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
