import { Worker } from 'node:worker_threads';
import type { HelperLimits, HelperRunner } from '#core/api/contract.ts';
import { AppError, type Failure } from '#shared/api/errors.ts';

export type HelperStart = { task: string; input: unknown };
export type HelperReply =
  | { ok: true; value: unknown }
  | { ok: false; failure: Failure | null; message: string };

/**
 * How long a worker is left in peace after its answer. One that ends while V8 still compiles for it in the background
 * may hang for good, and with it whoever waits for its end (nodejs/node#54918; found by `hostile-page.spec.ts`).
 */
const restMs = 1_000;

/**
 * Runs each task in a worker of its own that ends after it, so that a crash, a leak or a long computation stays
 * outside the threads that hold the ledger. At most `limit` run at once; the others wait in order.
 * Errors: the task's own `AppError`; a plain `Error` when the worker died or was ended at its limit.
 */
export function createHelperRunner(helperFile: string, limit = 2): HelperRunner {
  const queue: (() => void)[] = [];
  let running = 0;

  function release(): void {
    running -= 1;
    queue.shift()?.();
  }

  return async (task, input, limits) => {
    if (running >= limit) await new Promise<void>((resolve) => queue.push(resolve));
    running += 1;
    try {
      return await runOnce(helperFile, { task, input }, limits);
    } finally {
      release();
    }
  };
}

function runOnce(helperFile: string, start: HelperStart, limits?: HelperLimits): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(helperFile, { workerData: start });
    let fault: Error | null = null;
    const timer = limits && setTimeout(() => void worker.terminate(), limits.ms);
    // The answer counts as soon as it is there, not at the worker's end.
    worker.on('message', (reply: HelperReply) => {
      clearTimeout(timer);
      setTimeout(() => void worker.terminate(), restMs);
      if (reply.ok) resolve(reply.value);
      else reject(reply.failure ? revive(reply.failure) : new Error(reply.message));
    });
    worker.on('messageerror', (error) => {
      fault = error;
    });
    worker.on('error', (error) => {
      fault = error instanceof Error ? error : new Error(String(error));
    });
    worker.on('exit', (code) => {
      clearTimeout(timer);
      reject(fault ?? new Error(`helper '${start.task}' ended with ${code} and no answer`));
    });
  });
}

function revive(failure: Failure): AppError {
  return new AppError(failure.code, failure.params, failure.fields ? { fields: failure.fields } : {});
}
