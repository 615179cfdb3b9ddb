import type { Envelope } from '#shared/api/envelope.ts';
import type { MethodName } from '#shared/api/methods.ts';

/**
 * Acts that give, take or destroy are asked about in a dialog of the system, which no script in a page can answer or
 * hide: a password just typed, or caught while it was typed, is not enough for them. `ask` shows it.
 */
export function createAskedActs(ask: (method: MethodName, input: unknown) => Promise<boolean>) {
  let isAsking = false;
  /** He said yes, and the core wants his password first: the very same act then goes on without a second question. */
  let agreed: string | null = null;

  return async function asked(
    client: string,
    method: string,
    input: unknown,
    work: () => Promise<Envelope<unknown>>,
  ): Promise<Envelope<unknown>> {
    // Read with the first call, as in `host/host.ts`.
    const { methods } = await import('#shared/api/methods.ts');
    if (!Object.hasOwn(methods, method) || !methods[method as MethodName].asked) return work();
    if (isAsking) return { ok: false, error: { code: 'busy', params: { method } } };
    const act = JSON.stringify([client, method, input]);
    const isAgreed = agreed === act;
    agreed = null;
    if (!isAgreed) {
      isAsking = true;
      try {
        if (!(await ask(method as MethodName, input)))
          return { ok: false, error: { code: 'cancelled', params: { method } } };
      } finally {
        isAsking = false;
      }
    }
    const answer = await work();
    if (!answer.ok && answer.error.code === 'confirm-needed') agreed = act;
    return answer;
  };
}
