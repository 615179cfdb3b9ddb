import type { Envelope } from '#shared/api/envelope.ts';

/** The token of each client (a window); no page ever sees one. */
export type Sessions = {
  tokenOf(client: string): string | null;
  /** Keeps the token that an answer carries and gives back the answer without it. */
  takeFrom(client: string, method: string, envelope: Envelope<unknown>): Envelope<unknown>;
  forget(client: string): void;
  forgetAll(): void;
};

const signsIn = new Set(['session.signIn', 'session.unlock', 'session.recover']);

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
