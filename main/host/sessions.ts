import type { Envelope } from '#shared/api/envelope.ts';
import type { MethodName, OutputOf } from '#shared/api/methods.ts';
import type { SignedIn } from '#shared/api/types.ts';

/** The token of each client (a window); no page ever sees one. */
export type Sessions = {
  tokenOf(client: string): string | null;
  /** Keeps the token that an answer carries and gives back the answer without it. */
  takeFrom(client: string, method: string, envelope: Envelope<unknown>): Envelope<unknown>;
  forget(client: string): void;
  forgetAll(): void;
};

/** Every method that answers with a session and its token; one that is forgotten here does not compile. */
type SignsIn = { [M in MethodName]: OutputOf<M> extends SignedIn ? M : never }[MethodName];
const signing: Record<SignsIn, true> = {
  'session.signIn': true,
  'session.unlock': true,
  'session.recover': true,
  'help.finish': true,
};
const signsIn: ReadonlySet<string> = new Set(Object.keys(signing));

export function createSessions(): Sessions {
  const tokens = new Map<string, string>();
  return {
    tokenOf: (client) => tokens.get(client) ?? null,
    takeFrom(client, method, envelope) {
      if (!envelope.ok) return envelope;
      if (method === 'session.signOut') tokens.delete(client);
      if (!signsIn.has(method)) return envelope;
      const { token, ...rest } = envelope.value as { token?: unknown };
      if (typeof token === 'string') tokens.set(client, token);
      return { ok: true, value: rest };
    },
    forget: (client) => void tokens.delete(client),
    forgetAll: () => tokens.clear(),
  };
}
