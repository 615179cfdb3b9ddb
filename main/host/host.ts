import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import { type Duty, dutyOf } from '#core/api/contract.ts';
import type { CoreEvent, Envelope, FileGrant, GrantUse } from '#shared/api/envelope.ts';
import type { Failure } from '#shared/api/errors.ts';
import type { MethodName } from '#shared/api/methods.ts';
import type { ProgramState } from '#shared/api/types.ts';
import { createFileGrants } from './file-grants.ts';
import { createHelperRunner } from './helper-runner.ts';
import type { HostEnv } from './messages.ts';
import { createSessions } from './sessions.ts';
import { type CoreThread, startThread } from './thread.ts';

export type HostOptions = {
  /** File of the long-lived threads (core-thread) and of the throw-away helpers (helper-thread). */
  threadFile: string;
  helperFile: string;
  env: HostEnv;
  /** A call that took `slowMs` or longer: method and time, never a value. */
  onSlow?: (call: { method: string; ms: number }) => void;
  /** A thread died; `restarted` says whether new ones were started. */
  onThreadLost?: (lost: { duty: Duty; restarted: boolean }) => void;
  /** The user moved to another data folder and it opened. */
  onFolder?: (folder: string) => void;
  slowMs?: number;
  gateTimeoutMs?: number;
  /** How long the running calls, and then each part, may take to end. */
  closeTimeoutMs?: number;
  /** How long a thread that has closed its files may take to end. */
  endTimeoutMs?: number;
};

export type Host = {
  /** Never rejects. `client` names the window that asks; its session token stays in here. */
  call(client: string, method: string, input: unknown): Promise<Envelope<unknown>>;
  /** `job` is the id that progress events name. */
  cancel(job: string): void;
  listen(listener: (event: CoreEvent) => void): () => void;
  grantFile(path: string, use?: GrantUse): FileGrant;
  pathOf(grant: string): string | null;
  helper(task: string, input: unknown): Promise<unknown>;
  hasSession(client: string): boolean;
  forget(client: string): void;
  /**
   * Refuses new calls, waits for the running ones, then lets both parts close. Whether their threads have ended too: of
   * one that has not the files are closed all the same, but the process cannot end by itself.
   */
  close(): Promise<boolean>;
};

/** The two threads of one life of the core. The reader starts with its first use. */
type Threads = { get(duty: Duty): CoreThread; started(): CoreThread[] };

/**
 * Gates that may rightly take minutes: checks and migration of a large ledger, which signing in opens; building a demo,
 * a restore. A sign-in given up on would leave a session that nobody can end.
 */
const patientGates = new Set([
  'program.use',
  'program.restore',
  'program.repair',
  'program.move',
  'setup.create',
  'setup.demo',
  'session.signIn',
  'session.recover',
  'help.finish',
]);
/** How often dead threads are replaced. A second death has a cause that a third start would not cure. */
const restartsAllowed = 1;
const warmUpMs = 500;
/**
 * Calls of one window that may wait for their answers: a screen asks some dozen at once. A page that floods the program
 * is told that it is busy, so that closing it never waits behind more than these.
 */
const mostAsked = 200;
/** After these somebody else may be at the window: files chosen before are none of his. */
const changesUser = new Set<string>(['session.signIn', 'session.recover', 'session.signOut', 'help.finish']);

export function createHost(options: HostOptions): Host {
  const { slowMs = 250, gateTimeoutMs = 60_000, closeTimeoutMs = 300_000, endTimeoutMs = 10_000 } = options;
  const listeners = new Set<(event: CoreEvent) => void>();
  const grants = createFileGrants();
  const sessions = createSessions();
  const helper = createHelperRunner(options.helperFile);
  const running = new Set<Promise<unknown>>();
  /** Calls of each window that have no answer yet. */
  const asked = new Map<string, number>();
  let env = options.env;
  let restarts = 0;
  let closing: Promise<boolean> | null = null;
  let threads = start();
  /** Set while dead threads are being replaced; calls wait for it. */
  let replacing: Promise<void> | null = null;

  function emit(event: CoreEvent): void {
    for (const listener of listeners) listener(event);
  }

  /** A part that is only being replaced is not the program's end; that one the host tells itself, once. */
  function emitFromPart(event: CoreEvent): void {
    if (event.event !== 'closing') emit(event);
  }

  function start(): Threads {
    const peers = new MessageChannel();
    const one = (duty: Duty): CoreThread => {
      const { port1: near, port2: far } = new MessageChannel();
      near.unref();
      const peer = duty === 'writer' ? peers.port1 : peers.port2;
      const { threadFile, helperFile } = options;
      return startThread({
        threadFile,
        helperFile,
        duty,
        env,
        peer,
        control: { near, far },
        onEvent: emitFromPart,
      });
    };
    const kept = new Map<Duty, CoreThread>();
    const pair: Threads = {
      get(duty) {
        const known = kept.get(duty);
        if (known) return known;
        const thread = one(duty);
        kept.set(duty, thread);
        void thread.ended.then(() => replace(pair, thread));
        return thread;
      },
      started: () => [...kept.values()],
    };
    pair.get('writer');
    return pair;
  }

  /**
   * The two parts share keys and sessions, so the death of one ends both; the survivor closes its files first. The
   * ledger has to be opened and signed in to again.
   */
  function replace(pair: Threads, dead: CoreThread): void {
    if (closing || replacing || pair !== threads) return;
    const isAllowed = restarts < restartsAllowed;
    restarts += 1;
    sessions.forgetAll();
    const survivors = pair.started().filter((thread) => thread !== dead);
    replacing = Promise.all(survivors.map((thread) => thread.close(closeTimeoutMs, endTimeoutMs))).then(
      () => {
        if (isAllowed && !closing) threads = start();
        replacing = null;
        options.onThreadLost?.({ duty: dead.duty, restarted: isAllowed });
        emit({ event: 'session', state: 'signed-out' });
      },
    );
  }

  async function route(client: string, method: string, input: unknown): Promise<Envelope<unknown>> {
    // Read with the first call: the schemas of all methods took 25 ms of the time in which the window comes up.
    const { methods } = await import('#shared/api/methods.ts');
    if (!Object.hasOwn(methods, method))
      return refuse({ code: 'unknown-method', params: { method: method.slice(0, 80) } });
    await replacing;
    const name = method as MethodName;
    const { kind } = methods[name];
    const thread = threads.get(dutyOf(kind));
    if (name === 'program.state') warmUp();
    else threads.get('reader'); // the writer speaks to it
    const context = { call: randomUUID(), token: sessions.tokenOf(client), grants: grants.namedIn(input) };
    const answer = thread.call({ method: name, input, context });
    const isHurried = kind === 'gate' && !patientGates.has(name);
    const envelope = await (isHurried ? within(answer, gateTimeoutMs, name) : answer);
    if (!envelope.ok && envelope.error.code === 'thread-lost' && name === 'program.state') {
      await thread.ended; // now it is known whether new threads are coming
      return replacing ? route(client, name, input) : failedState(envelope.error);
    }
    if (name === 'program.use') follow(envelope, input, context.grants);
    if (envelope.ok && changesUser.has(name)) grants.clear();
    return sessions.takeFrom(client, name, envelope);
  }

  /** While the window shows its first screen the machine is busy; the reader loads when someone looks at it. */
  function warmUp(): void {
    const timer = setTimeout(() => {
      if (!closing) threads.get('reader');
    }, warmUpMs);
    timer.unref();
  }

  /** What a window can show when there is no core to ask. */
  function failedState(failure: Failure): Envelope<ProgramState> {
    const { version, folder } = env;
    return {
      ok: true,
      value: { version, folder, state: { is: 'failed', failure, backups: [], hasKey: false } },
    };
  }

  function follow(envelope: Envelope<unknown>, input: unknown, granted: Record<string, string>): void {
    const folder = granted[(input as { folder?: string } | null)?.folder ?? ''];
    if (folder === undefined || !envelope.ok || (envelope.value as ProgramState).state.is === 'failed')
      return;
    env = { ...env, folder };
    options.onFolder?.(folder);
  }

  async function call(client: string, method: string, input: unknown): Promise<Envelope<unknown>> {
    if (closing) return refuse({ code: 'closing', params: {} });
    const before = asked.get(client) ?? 0;
    if (before >= mostAsked) return refuse({ code: 'busy', params: { method } });
    asked.set(client, before + 1);
    const startedAt = performance.now();
    const answer = route(client, method, input);
    running.add(answer);
    try {
      return await answer;
    } finally {
      running.delete(answer);
      asked.set(client, (asked.get(client) ?? 1) - 1);
      const ms = Math.round(performance.now() - startedAt);
      if (ms >= slowMs) options.onSlow?.({ method, ms });
    }
  }

  async function shut(): Promise<boolean> {
    emit({ event: 'closing' });
    // A call that outlasts the limit is stuck; its thread is ended below and its transaction with it.
    let isLate = false;
    const limit = setTimeout(() => {
      isLate = true;
    }, closeTimeoutMs);
    while (running.size > 0 && !isLate) await Promise.race([Promise.allSettled(running), wait(50)]);
    clearTimeout(limit);
    await replacing;
    // The writer first: on its way out it may still need the reader.
    const reader = threads.get('reader');
    const hasWriterEnded = await threads.get('writer').close(closeTimeoutMs, endTimeoutMs);
    return (await reader.close(closeTimeoutMs, endTimeoutMs)) && hasWriterEnded;
  }

  return {
    call,
    cancel: (job) => {
      for (const thread of threads.started()) thread.cancel(job);
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    grantFile: grants.grant,
    pathOf: grants.pathOf,
    helper,
    hasSession: (client) => sessions.tokenOf(client) !== null,
    forget(client) {
      sessions.forget(client);
      asked.delete(client);
    },
    close() {
      closing ??= shut();
      return closing;
    },
  };
}

function refuse(error: Failure): Envelope<never> {
  return { ok: false, error };
}

async function within(
  answer: Promise<Envelope<unknown>>,
  ms: number,
  method: string,
): Promise<Envelope<unknown>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Envelope<unknown>>((resolve) => {
    timer = setTimeout(() => resolve(refuse({ code: 'busy', params: { method } })), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
