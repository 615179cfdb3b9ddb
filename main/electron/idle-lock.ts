/** Locks the session of a window that nobody has touched for some minutes, and on demand. */
export type IdleLock = {
  /** A key, a click or a touch arrived. */
  touched(): void;
  /** The session's own limit, told by the core at sign-in. */
  limit(minutes: number): void;
  lockNow(): void;
  stop(): void;
};

type Options = {
  /** Milliseconds since some fixed moment, not set back by the user's clock. */
  now: () => number;
  hasSession: () => boolean;
  lock: () => void;
  checkEveryMs?: number;
};

const defaultMinutes = 10;

export function createIdleLock({ now, hasSession, lock, checkEveryMs = 5_000 }: Options): IdleLock {
  let minutes = defaultMinutes;
  let touchedAt = now();

  function lockNow(): void {
    if (hasSession()) lock();
  }

  const timer = setInterval(() => {
    if (!isIdle(touchedAt, now(), minutes)) return;
    touchedAt = now(); // one lock for each stretch of silence
    lockNow();
  }, checkEveryMs);
  timer.unref();

  return {
    touched() {
      touchedAt = now();
    },
    limit(given) {
      minutes = given;
    },
    lockNow,
    stop: () => clearInterval(timer),
  };
}

export function isIdle(touchedAt: number, now: number, minutes: number): boolean {
  return now - touchedAt >= minutes * 60_000;
}
