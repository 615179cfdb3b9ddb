import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { z } from 'zod';
import { inFolder, writeDurably } from '#core/db/folder.ts';
import { isHeld, whileHeld } from '#core/db/held.ts';
import { isCountedHere, markCounted } from '#core/db/machine-mark.ts';
import { AppError } from '#shared/api/errors.ts';
import { afterFailures, leftOf, longestWait, sinceStart } from './throttle.ts';

/** So many wrong passwords in a row lock an account, over any number of starts of the program. */
const lockedFrom = 10;
/** More than these say nothing further; whoever types names that nobody has must not fill the disk. */
const mostUntold = 100;

/**
 * What the log is to be told at the next entry, because nobody was signed in when it happened: an account was locked, a
 * wrong recovery key or help password was typed, help was asked for, the file itself was gone. `code`: a wrong code typed
 * for an answer to somebody else's request, by whoever is signed in.
 */
const Told = z.strictObject({
  id: z.string(),
  what: z.enum(['locked', 'recovery', 'help', 'code', 'asked', 'gone']),
  /** Of the account, as a hash; '' for nobody's. */
  who: z.string(),
  at: z.string(),
  count: z.int().min(1),
  /** The account whose waiting request another one took the place of. */
  instead: z.string().optional(),
});
export type Untold = z.infer<typeof Told>;

const count = z.int().min(0);
const Counted = z.strictObject({
  format: z.literal(1),
  /** Drawn when the file was made: the ledger knows by it whether it is another one. */
  id: z.string(),
  /** Wrong secrets in a row, at whatever door, of whatever account. */
  failures: count,
  wait: z.strictObject({ ms: z.number().min(0).max(longestWait), since: z.number().min(0) }).nullable(),
  wrong: z.record(z.string(), z.strictObject({ count, lockedAt: z.string().optional() })),
  untold: z.array(Told),
});
type Counted = z.infer<typeof Counted>;

/** Where a secret is typed. */
export type Door = 'password' | 'recovery' | 'help' | 'code';

export type Tries = ReturnType<typeof createTries>;

/** Of a folder whose disk takes no more: what was counted since then. */
const unwritten = new Map<string, Counted>();

/**
 * Wrong passwords, keys and codes since the last right one, in a small file of the data folder: the ledger is closed while
 * they are typed. They are slowed down at every door alike, and ten of an account lock it, over starts of the program and
 * whatever the clock says. Whoever copies the folder elsewhere tries without it; it holds up who sits at the PC. Taken
 * away, it costs the longest wait, so that waiting is never the longer way, and the log is told.
 */
export function createTries({ folder, at }: { folder(): string; at(): string }) {
  const who = (name: string) =>
    createHash('sha256')
      .update(`tries ${name.normalize('NFC')}`)
      .digest('base64');

  const fresh = (): Counted => ({
    format: 1,
    id: randomUUID(),
    failures: 0,
    wait: null,
    wrong: {},
    untold: [],
  });

  function stored(): Counted | null {
    try {
      const text = whileHeld(() => fs.readFileSync(inFolder(folder(), 'tries'), 'utf8'));
      return Counted.safeParse(JSON.parse(text)).data ?? ofBefore(JSON.parse(text), fresh());
    } catch (error) {
      // A file that a scanner holds is not gone: nobody waits for that, and the log is told nothing of it.
      if (isHeld(error)) throw error;
      return null;
    }
  }

  function read(): Counted {
    const found = unwritten.get(folder()) ?? stored();
    const now = sinceStart();
    if (found) {
      if (!found.wait || found.wait.since <= now) return found;
      // The computer was started anew: what is left goes on from here.
      const rebased = { ...found, wait: { ms: leftOf(found.wait, now), since: now } };
      write(rebased);
      return rebased;
    }
    if (!isCountedHere(folder())) return fresh();
    const begun = { ...fresh(), failures: lockedFrom, wait: { ms: longestWait, since: now } };
    const gone = withUntold(begun, { what: 'gone', who: '' });
    write(gone);
    return gone;
  }

  function write(counted: Counted): void {
    try {
      writeDurably(inFolder(folder(), 'tries'), JSON.stringify(counted));
      unwritten.delete(folder());
    } catch {
      // A full disk keeps nobody from signing in; the slow-down goes on in memory.
      unwritten.set(folder(), counted);
    }
  }

  function withUntold(counted: Counted, said: Pick<Untold, 'what' | 'who' | 'instead'>): Counted {
    const { untold } = counted;
    const isFull = untold.length >= mostUntold && !untold.some((one) => isOf(one, said));
    const next = isFull ? { ...said, who: '' } : said;
    const former = untold.find((one) => isOf(one, next));
    const told = former
      ? { ...former, ...next, count: former.count + 1 }
      : { id: randomUUID(), at: at(), count: 1, ...next };
    return { ...counted, untold: [...untold.filter((one) => one !== former), told] };
  }

  return {
    who,
    /** The id of the file, which is made where there is none; null where a full disk keeps it from being made. */
    begin(): string | null {
      const counted = read();
      if (!stored()) write(counted);
      if (unwritten.has(folder())) return null;
      try {
        markCounted(folder());
      } catch {
        // The next sign-in marks it.
      }
      return counted.id;
    },
    /** Throws `sign-in-wait` while a wait lasts. */
    check(): void {
      const counted = read();
      const { wait, untold } = counted;
      const now = sinceStart();
      const left = wait ? leftOf(wait, now) : 0;
      if (left <= 0) return;
      // What was waited for stays waited for when the computer is started anew.
      write({ ...counted, wait: { ms: left, since: now } });
      const isGone = untold.some(({ what }) => what === 'gone');
      throw new AppError('sign-in-wait', { seconds: Math.ceil(left / 1000), ...(isGone ? { isGone } : {}) });
    },
    isLocked: (name: string) => (read().wrong[who(name)]?.count ?? 0) >= lockedFrom,
    /** How many wrong ones since the last right one. */
    wrongOf: (name: string) => read().wrong[who(name)]?.count ?? 0,
    /** When an account was locked; null where it is not. Looks only, for whoever does not write in the folder. */
    lockedAt: (name: string) => stored()?.wrong[who(name)]?.lockedAt ?? null,
    /**
     * Counts a wrong one and throws what the user is told: that the account is locked, that he must wait, or `refusal`,
     * which is `sign-in-failed` where none is given.
     */
    fail(door: Door, name: string, refusal?: AppError): never {
      const before = read();
      const failures = Math.min(before.failures + 1, 1000);
      const next = afterFailures(failures);
      const wait = 'ms' in next ? { ms: next.ms, since: sinceStart() } : null;
      let counted: Counted = { ...before, failures, wait };
      let isLocked = false;
      if (door === 'password') {
        const own = Math.min(lockedFrom, (before.wrong[who(name)]?.count ?? 0) + 1);
        isLocked = own >= lockedFrom;
        const lockedAt = before.wrong[who(name)]?.lockedAt ?? (isLocked ? at() : undefined);
        const one = { count: own, ...(lockedAt ? { lockedAt } : {}) };
        counted = { ...counted, wrong: { ...before.wrong, [who(name)]: one } };
        if (isLocked) counted = withUntold(counted, { what: 'locked', who: who(name) });
      } else counted = withUntold(counted, { what: door, who: who(name) });
      write(counted);
      if (isLocked) throw new AppError('account-locked', {});
      if (wait) throw new AppError('sign-in-wait', { seconds: Math.ceil(wait.ms / 1000) });
      throw refusal ?? new AppError('sign-in-failed', { left: 'left' in next ? next.left : 0 });
    },
    /** A right one: nobody waits any more, and the account begins anew. How many wrong ones it had. */
    succeed(name: string | null): number {
      const before = read();
      const { [name === null ? '' : who(name)]: own, ...wrong } = before.wrong;
      if (own || before.failures > 0 || before.wait)
        write({ ...before, failures: 0, wait: null, wrong: own ? wrong : before.wrong });
      return own?.count ?? 0;
    },
    /** A new password was set for somebody: his count is gone, the wait of whoever guesses is not. */
    forget(name: string): number {
      const before = read();
      const { [who(name)]: own, ...wrong } = before.wrong;
      if (own) write({ ...before, wrong });
      return own?.count ?? 0;
    },
    /** Help was asked for, in place of the request that waited for another answer. */
    asked(name: string, instead: string | null): void {
      write(
        withUntold(read(), {
          what: 'asked',
          who: who(name),
          ...(instead === null ? {} : { instead: who(instead) }),
        }),
      );
    },
    untold: (): readonly Untold[] => read().untold,
    /** They stand in the log now. */
    told(some: readonly Untold[]): void {
      if (some.length === 0) return;
      const before = read();
      write({ ...before, untold: before.untold.filter(({ id }) => !some.some((one) => one.id === id)) });
    },
  };
}

const isOf = (one: Pick<Untold, 'what' | 'who'>, other: Pick<Untold, 'what' | 'who'>) =>
  one.what === other.what && one.who === other.who;

/** A file of before waits were kept: accounts and their counts. */
function ofBefore(found: unknown, fresh: Counted): Counted | null {
  const counts = z.record(z.string(), z.int().min(0).max(lockedFrom)).safeParse(found).data;
  if (!counts || 'format' in counts) return null;
  const wrong = Object.fromEntries(Object.entries(counts).map(([one, before]) => [one, { count: before }]));
  return { ...fresh, wrong };
}
