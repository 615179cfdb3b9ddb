import { type MessagePort, Worker } from 'node:worker_threads';
import type { CallContext, Duty } from '#core/api/contract.ts';
import type { CoreEvent, Envelope } from '#shared/api/envelope.ts';
import type { ControlMessage, FromThread, HostEnv, ThreadStart, ToThread } from './messages.ts';

export type ThreadCall = { method: string; input: unknown; context: CallContext };

/** One running thread as the host sees it. */
export type CoreThread = {
  readonly duty: Duty;
  /** Resolves when the part is made; rejects when the thread died before that. */
  readonly ready: Promise<void>;
  /** Never rejects: a thread that dies answers `thread-lost`. */
  call(call: ThreadCall): Promise<Envelope<unknown>>;
  cancel(call: string): void;
  /**
   * Lets the part finish and the thread end; after `limitMs` it is ended by force. Whether it has ended: one whose
   * files are closed is waited for no longer than twice `endMs`, the second time after it was ended by force.
   */
  close(limitMs: number, endMs: number): Promise<boolean>;
  /** Resolves when the thread has ended, however. */
  readonly ended: Promise<void>;
};

type StartOptions = {
  threadFile: string;
  helperFile: string;
  duty: Duty;
  env: HostEnv;
  peer: MessagePort;
  control: { near: MessagePort; far: MessagePort };
  onEvent(event: CoreEvent): void;
};

export function startThread(options: StartOptions): CoreThread {
  const { duty, control, peer } = options;
  const start: ThreadStart = {
    duty,
    env: options.env,
    helperFile: options.helperFile,
    peer,
    control: control.far,
  };
  const worker = new Worker(options.threadFile, {
    workerData: start,
    transferList: [peer, control.far],
    name: duty,
  });
  const waiting = new Map<number, { method: string; answer: (envelope: Envelope<unknown>) => void }>();
  let next = 1;
  let hasEnded = false;

  let markReady: () => void = () => undefined;
  let markFailed: (error: Error) => void = () => undefined;
  const ready = new Promise<void>((resolve, reject) => {
    markReady = resolve;
    markFailed = reject;
  });
  ready.catch(() => undefined);

  worker.on('message', (message: FromThread) => {
    if (message.is === 'ready') markReady();
    else if (message.is === 'event') options.onEvent(message.event);
    else {
      waiting.get(message.id)?.answer(message.envelope);
      waiting.delete(message.id);
    }
  });
  worker.on('error', (error) => markFailed(error instanceof Error ? error : new Error(String(error))));

  const ended = new Promise<void>((resolve) => {
    worker.on('exit', () => {
      hasEnded = true;
      markFailed(new Error(`thread '${duty}' ended`));
      for (const { method, answer } of waiting.values()) answer(lost(method));
      waiting.clear();
      control.near.close();
      resolve();
    });
  });

  /** `make` gets the number under which the answer will come. */
  function ask(method: string, make: (id: number) => ToThread): Promise<Envelope<unknown>> {
    if (hasEnded) return Promise.resolve(lost(method));
    const id = next++;
    return new Promise((answer) => {
      waiting.set(id, { method, answer });
      try {
        worker.postMessage(make(id));
      } catch {
        // the input cannot be cloned: nothing that a page can send, so a mistake of a caller in this process
        waiting.delete(id);
        answer({ ok: false, error: { code: 'invalid-input', params: { method, at: '' } } });
      }
    });
  }

  return {
    duty,
    ready,
    ended,
    call: ({ method, input, context }) => ask(method, (id) => ({ is: 'call', id, method, input, context })),
    cancel: (call) => control.near.postMessage({ cancel: call } satisfies ControlMessage),
    async close(limitMs, endMs) {
      const timer = setTimeout(() => void worker.terminate(), limitMs);
      const closed = ask('close', (id) => ({ is: 'close', id }));
      await Promise.race([closed, ended, wait(limitMs + endMs)]);
      await Promise.race([ended, wait(endMs)]);
      clearTimeout(timer);
      if (!hasEnded) {
        void worker.terminate();
        await Promise.race([ended, wait(endMs)]);
      }
      return hasEnded;
    },
  };
}

function lost(method: string): Envelope<never> {
  return { ok: false, error: { code: 'thread-lost', params: { method } } };
}

/** Keeps nothing alive. */
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());
