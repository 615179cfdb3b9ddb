import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Core, CoreEnv } from '#core/api/contract.ts';
import { createCore } from '#core/api/core.ts';
import { helperTasks } from '#core/api/helper-tasks.ts';
import type { CoreEvent } from '#shared/api/envelope.ts';
import { AppError, type Failure } from '#shared/api/errors.ts';
import type { InputOf, MethodName, OutputOf } from '#shared/api/methods.ts';
import { hasRight } from '#shared/api/rights.ts';
import { commandLineText as say } from '#shared/text/command-line.ts';
import { type Ledger, UsageError } from './command.ts';

export type SessionOptions = {
  env: Pick<CoreEnv, 'folder' | 'seeds' | 'version'> & Partial<CoreEnv>;
  user: string;
  password: string;
  /** Why names and numbers are to be shown whole. */
  reveal?: string;
  /** How long to wait for a ledger that a window has open. */
  waitSeconds: number;
  onProgress(done: number, total: number): void;
};

export type Session = {
  open(): Promise<Ledger>;
  signIn(reason?: string): Promise<Ledger>;
  /** Whether what was answered is of a demonstration; where no ledger was opened, it is not. */
  isDemo(): Promise<boolean>;
  close(): Promise<void>;
};

const pause = 200;

/** The core in this process. Without threads: there is no window to keep free, and the work is one call. */
export function startSession(options: SessionOptions): Session {
  let core: Core | null = null;
  let token: string | null = null;
  const grants: Record<string, string> = {};

  function start(): Core {
    core ??= createCore({
      now: () => new Date(),
      helper,
      emit,
      ...options.env,
    });
    return core;
  }

  function emit(event: CoreEvent): void {
    if (event.event === 'progress') options.onProgress(event.done, event.total);
  }

  async function call<M extends MethodName>(method: M, input: InputOf<M>): Promise<OutputOf<M>> {
    const until = performance.now() + options.waitSeconds * 1000;
    for (;;) {
      const envelope = await start().call(method, input, { call: randomUUID(), token, grants });
      if (envelope.ok) return envelope.value as OutputOf<M>;
      if (envelope.error.code !== 'locked' || performance.now() > until) throw errorOf(envelope.error);
      await wait(pause);
    }
  }

  const ledger: Ledger = {
    call,
    grant(file) {
      const grant = randomUUID();
      grants[grant] = path.resolve(file);
      return grant;
    },
  };

  return {
    open: async () => ledger,
    async signIn(reason) {
      const { user, password, reveal } = options;
      if (password === '') throw new UsageError(say.noPassword);
      const signed = await call('session.signIn', { account: user, password });
      token = signed.token;
      // Whoever may not see it whole is refused only where he asked for it himself.
      const mayReveal = reveal !== undefined || hasRight(signed.session.account, 'sensitive.view');
      const why = reveal ?? reason;
      if (why !== undefined && mayReveal) await call('session.reveal', { reason: why });
      return ledger;
    },
    async isDemo() {
      if (!core) return false;
      const asked = { call: randomUUID(), token, grants };
      const envelope = await core.call('program.state', {}, asked);
      if (!envelope.ok) return false;
      const { state } = envelope.value as OutputOf<'program.state'>;
      if ('session' in state) return state.session.isDemo;
      return state.is === 'sign-in' && state.isDemo;
    },
    async close() {
      await core?.close();
    },
  };
}

function errorOf({ code, params, fields }: Failure): AppError {
  return new AppError(code, params, fields ? { fields } : {});
}

/** Work that the window gives to throw-away threads is done here and now. */
async function helper(task: string, input: unknown): Promise<unknown> {
  const run = Object.hasOwn(helperTasks, task) ? helperTasks[task as keyof typeof helperTasks] : undefined;
  if (!run) throw new Error(`no task ${task}`);
  return (run as (input: unknown) => unknown)(input);
}
