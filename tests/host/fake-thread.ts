import fs from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Core, CoreEnv, Duty, Peer, PeerMessage } from '#core/api/contract.ts';
import { runCoreThread } from '#host/thread-loop.ts';
import type { Envelope } from '#shared/api/envelope.ts';

/** A core that does as its input says, so that the host's own behaviour can be provoked. */
function fakePart(duty: Duty, env: CoreEnv, peer: Peer): Core {
  const told: PeerMessage[] = [];
  const cancelled = new Set<string>();
  const running = new Set<Promise<unknown>>();
  peer.serve(async (message) => void told.push(message));

  const acts: Record<string, (input: Record<string, unknown>, call: string) => unknown> = {
    tell: async () => peer.request({ is: 'closed' }).then(() => 'told'),
    told: () => told,
    die: () => process.exit(3),
    throw: () => {
      setTimeout(() => {
        throw new Error('thrown outside of any call');
      });
      return wait(60_000);
    },
    function: () => () => 'cannot be cloned',
    wait: (input) => wait(Number(input['ms'])),
    helper: (input) => env.helper(String(input['task']), input['given']),
    // never gives the event loop a turn, as a long transaction does
    spin: (input, call) => {
      const until = Date.now() + Number(input['ms']);
      while (Date.now() < until) {
        env.emit({ event: 'progress', job: call, done: 1, total: 2 });
        if (cancelled.has(call)) throw new Error('cancelled');
      }
      return 'ran to its end';
    },
    event: () => env.emit({ event: 'changed', ledgers: ['mediation'] }),
    folder: () => env.folder,
    // does not end when it has closed
    stay: () => void setInterval(() => undefined, 1000),
    // nor can it be ended: it waits in the system for somebody who writes into a pipe
    hang: (input) => void process.on('exit', () => fs.openSync(String(input['pipe']), 'r')),
  };

  async function call(
    method: string,
    input: unknown,
    { call: id, token, grants }: { call: string; token: string | null; grants: object },
  ) {
    const asked = input as Record<string, unknown>;
    if (method === 'session.signIn')
      return done({ session: { account: asked['account'] }, token: 'secret-token' });
    if (method === 'session.signOut') return done(null);
    if (method === 'program.use')
      return done({ version: env.version, folder: '', state: { is: asked['is'] ?? 'set-up' } });
    const act = acts[String(asked['act'])];
    if (!act) return done({ duty, method, token, grants });
    try {
      return done(await act(asked, id));
    } catch (error) {
      const isCancelled = error instanceof Error && error.message === 'cancelled';
      if (isCancelled)
        return { ok: false as const, error: { code: 'cancelled' as const, params: { method } } };
      return done(`failed: ${error instanceof Error ? `${error.name} ${error.message}` : 'unknown'}`);
    }
  }

  return {
    call(method, input, context) {
      const answer = call(method, input, context);
      running.add(answer);
      void answer.finally(() => running.delete(answer));
      return answer;
    },
    cancel: (id) => void cancelled.add(id),
    async close() {
      env.emit({ event: 'closing' });
      await Promise.allSettled(running);
    },
  };
}

function done(value: unknown): Envelope<unknown> {
  return { ok: true, value };
}

runCoreThread(fakePart);
