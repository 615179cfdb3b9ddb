import type { ProgramState } from '#shared/api/types.ts';
import type { Core, CoreEnv, Peer } from './contract.ts';
import { createDoorstep, type Doorstep } from './doorstep.ts';

/** Reads the rest of the core and makes the writer of it, on a folder that may be held already. */
export type RestOfWriter = (env: CoreEnv, peer: Peer, doorstep: Doorstep) => Promise<Core>;

/**
 * Milliseconds that the window has to draw its first screen, once it was told which: reading takes one of two cores. Whoever
 * signs in sooner begins it himself.
 */
const drawingMs = 300;

/**
 * The writer as it starts: it tells the window what the folder is, for which little of the core is needed, and reads the
 * rest after that, or with the first call about anything else. What is asked meanwhile goes on in the order it came.
 */
export function createFirstPart(env: CoreEnv, peer: Peer, readRest: RestOfWriter): Core {
  const doorstep = createDoorstep(env);
  let reading: Promise<Core> | null = null;
  let core: Core | null = null;
  let isClosed = false;

  function rest(): Promise<Core> {
    // Without the rest there is no core: the thread ends by the error, whoever waits is told so, another one is started.
    reading ??= readRest(env, peer, doorstep).then(
      (read) => {
        core = read;
        return read;
      },
      (error: unknown) => {
        setImmediate(() => {
          throw error;
        });
        return new Promise<Core>(() => undefined);
      },
    );
    return reading;
  }

  function readSoon(): void {
    const timer = setTimeout(() => {
      if (!isClosed) void rest();
    }, drawingMs);
    timer.unref();
  }

  /** Null where it is not told without the rest. */
  function stateOutside(): ProgramState | null {
    try {
      return { version: env.version, folder: doorstep.vault.folder, state: doorstep.state() };
    } catch {
      return null;
    }
  }

  return {
    async call(method, input, context) {
      if (isClosed) return { ok: false, error: { code: 'closing', params: {} } };
      const isOfFolder = method === 'program.state' && context.token === null && isNothing(input);
      const value = reading === null && isOfFolder ? stateOutside() : null;
      if (value === null) return (await rest()).call(method, input, context);
      readSoon();
      return { ok: true, value };
    },
    cancel(id) {
      // At once: a job that works without a pause asks in this turn whether it is to stop.
      if (core) core.cancel(id);
      else void reading?.then((read) => read.cancel(id));
    },
    async close() {
      isClosed = true;
      if (reading) await (await reading).close();
      else doorstep.leave();
    },
  };
}

/** An input without a word in it, as the method wants it. */
const isNothing = (input: unknown): boolean =>
  typeof input === 'object' && input !== null && !Array.isArray(input) && Object.keys(input).length === 0;
