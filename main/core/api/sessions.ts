import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { appendAudit, lastInstant } from '#core/audit/chain.ts';
import {
  accountNamed,
  changeAccount,
  deciders,
  markSignedIn,
  type StoredAccount,
} from '#core/security/accounts.ts';
import {
  exchangeKeyFile,
  type KeyFile,
  type KeySlot,
  type Opened,
  type OwnKeys,
  openByPassword,
  readKeyFile,
  slotFor,
  withSlot,
  writeKeyFile,
} from '#core/security/key-file.ts';
import { type KeyPair, newPair } from '#core/security/sealing-key.ts';
import { openByRecovery, takeSealing } from '#core/security/sealing-shares.ts';
import { fingerprintOf, newSigner } from '#core/security/signer.ts';
import { checkPassword, createThrottle } from '#core/security/throttle.ts';
import { createTries } from '#core/security/tries.ts';
import { AppError } from '#shared/api/errors.ts';
import type { MethodName, Methods } from '#shared/api/methods.ts';
import { hasRight } from '#shared/api/rights.ts';
import type { SessionInfo, SignedIn } from '#shared/api/types.ts';
import type { GateContext, Kit } from './context.ts';
import type { Peer, StoredSession } from './contract.ts';
import { monotonicMs } from './dispatch.ts';
import { holdingOf, infoOf } from './session-info.ts';
import { openConnection, type Vault } from './vault.ts';

export type SessionMethod = Extract<MethodName, `session.${string}`>;
type Handlers = {
  [M in SessionMethod]: (
    input: z.output<Methods[M]['input']>,
    context: GateContext,
  ) => Promise<Exclude<Methods[M]['output'], undefined>>;
};

/** Methods that try a secret. */
export const guesses: ReadonlySet<MethodName> = new Set([
  'session.signIn',
  'session.recover',
  'session.unlock',
  'session.confirm',
  'session.changePassword',
  'help.finish',
  'program.repair',
]);

/** How long a password counts as just typed, for acts that ask for it. */
const confirmedMs = 5 * 60_000;
/** How long a reason holds: a working day. */
const wholeMs = 10 * 3_600_000;

type Options = {
  kit: Kit;
  vault: Vault;
  peer: Peer;
  /** The folder's key file; throws what keeps a ledger from being opened. */
  keyFile(): KeyFile;
  /** Opens the ledger for whoever signs in by `work`. */
  openFor<T>(file: KeyFile, key: Uint8Array, work: () => Promise<T>): Promise<T>;
  /** The last one has left. */
  leave(): Promise<void>;
};

export type Sessions = {
  handlers: Handlers;
  /** The data key behind a password, counted as a try, where the ledger itself does not open. */
  keyOf(account: string, password: string): Promise<Uint8Array>;
  /** Somebody who forgot his password: the key came another way, and he gets a new one. */
  enterAnew(entry: {
    file: KeyFile;
    key: Uint8Array;
    account: string;
    newPassword: string;
    action: string;
    /** Of the recovery key, by which the key of sealed records comes to the account; and its slot, where it is renewed. */
    sealer?: KeyPair | null;
    renewed?: KeySlot | null;
  }): Promise<SignedIn>;
};

/** Who is at the program: sign-in, lock, passwords. */
export function createSessions({ kit, vault, peer, keyFile, openFor, leave }: Options): Sessions {
  const { env } = kit;
  const throttle = createThrottle(() => performance.now());
  const tries = createTries(() => vault.folder);

  /** An account in use, or null: which of the two it was is not told to whoever guesses. */
  function accountInUse(name: string): StoredAccount | null {
    const found = accountNamed(openConnection(vault), name);
    return found?.isDisabled === false ? found : null;
  }

  /**
   * Whoever holds the audit duty has a signing key from now on, whoever may decide on sealing a pair of keys; both stand
   * under the password just typed.
   */
  async function giveKeys(session: StoredSession, { opened, password, recovery }: Typed): Promise<void> {
    const signer = opened.signer ?? (session.duties.includes('audit') ? newSigner() : null);
    const sealer = opened.sealer ?? (hasRight(session, 'sealing.decide') ? newPair() : null);
    if (signer !== opened.signer || sealer !== opened.sealer) {
      const own = { signer, sealer };
      await putSlot({ account: session.account, password, key: opened.key, own }, () => {
        if (signer && signer !== opened.signer)
          log(session, 'audit.newKey', { fingerprint: fingerprintOf(signer.publicKey) });
      });
    }
    if (signer && session.duties.includes('audit')) vault.signers.set(session.token, signer);
    takeKey(
      session,
      [sealer, recovery].filter((pair) => pair !== null && pair !== undefined),
    );
  }

  /** The key file as it stands at this moment. */
  const keysNow = () => readKeyFile(vault.folder) ?? keyFile();

  type NewSlot = {
    account: string;
    password: string;
    key: Uint8Array;
    own?: OwnKeys;
    renewed?: KeySlot | null;
  };

  /**
   * A new way in for an account, put into the key file as it stands once the key is derived: meanwhile another's password
   * may have changed, or the account been disabled. Where what goes with it in the ledger fails, the file is as it was.
   */
  async function putSlot({ account, password, key, own, renewed }: NewSlot, work: () => void): Promise<void> {
    const slot = await slotFor(keysNow(), account, password, key, own);
    if (!accountInUse(account)) throw new AppError('not-signed-in', {});
    const file = renewed ? withSlot(keysNow(), renewed) : keysNow();
    const { keep, takeBack } = exchangeKeyFile(vault.folder, withSlot(file, slot));
    try {
      work();
    } catch (error) {
      takeBack();
      throw error;
    }
    keep();
  }

  /** The key of sealed records, and a share of it for each account that may have one and had none so far. */
  function takeKey(session: StoredSession, own: readonly KeyPair[]): void {
    if (!hasRight(session, 'sealing.decide')) return;
    const before = keysNow();
    const { file, pair } = takeSealing(before, own, deciders(openConnection(vault)));
    if (file !== before) writeKeyFile(vault.folder, file);
    if (pair) vault.sealing.set(session.token, pair);
  }

  type Typed = { opened: Opened; password: string; recovery?: KeyPair | null };

  async function begin(name: string, action: string, typed: Typed): Promise<SignedIn> {
    const account = accountInUse(name);
    if (!account) return throttle.fail();
    const wrongBefore = throttle.succeed();
    tries.forget(name);
    const session: StoredSession = {
      token: randomBytes(24).toString('base64url'),
      accountId: account.id,
      account: account.name,
      ...holdingOf(kit, openConnection(vault), account),
      isLocked: false,
      confirmedUntil: monotonicMs() + confirmedMs,
      wholeUntil: 0,
    };
    await setSession(session);
    try {
      log(session, action, { ...(wrongBefore > 0 ? { wrongBefore } : {}), ...clockTold() });
      await giveKeys(session, typed);
    } catch (error) {
      // Nobody has its token: it would keep the ledger open until the program ends.
      await endSession(session.token);
      throw error;
    }
    env.emit({ event: 'session', state: 'signed-in' });
    return { session: infoOf(kit, vault, session), token: session.token };
  }

  /** Entries are in the order of their numbers whatever the clock says; where it was set back, the log says so itself. */
  function clockTold(): { clockBehind?: string } {
    const last = lastInstant(openConnection(vault));
    return last !== null && last > kit.at() ? { clockBehind: last } : {};
  }

  async function setSession(session: StoredSession): Promise<void> {
    vault.sessions.set(session.token, session);
    await peer.request({ is: 'session', token: session.token, session });
  }

  async function endSession(token: string): Promise<void> {
    vault.sessions.delete(token);
    vault.signers.delete(token);
    vault.sealing.delete(token);
    await peer.request({ is: 'session', token, session: null });
  }

  type Entry = {
    at: string;
    session: StoredSession;
    action: string;
    detail: Record<string, number | string>;
  };
  /** Entries that found no room; they go before the next one. */
  const unlogged: Entry[] = [];

  function log(session: StoredSession, action: string, detail: Record<string, number | string> = {}): void {
    const isEntering = ['session.signIn', 'session.recover', 'help.finish'].includes(action);
    const all = [...unlogged, { at: kit.at(), session, action, detail }];
    openConnection(vault).transaction((db) => {
      if (isEntering) markSignedIn(db, session.accountId, kit.at());
      for (const one of all) {
        const actor = { account: one.session.account, ...kit.place(db) };
        const about = { ledger: null, recordId: null, version: null };
        appendAudit(db, one.at, actor, { action: one.action, ...about, detail: one.detail });
      }
    });
    unlogged.length = 0;
  }

  /** Locking and leaving must work on a full disk too; the entry waits for room. */
  function logLater(
    session: StoredSession,
    action: string,
    detail: Record<string, number | string> = {},
  ): void {
    const at = kit.at();
    try {
      log(session, action, detail);
    } catch (error) {
      unlogged.push({ at, session, action, detail });
      process.stderr.write(`not logged yet: ${(error as { code?: string }).code ?? 'unknown'}\n`);
    }
  }

  /** What a password opens, with what holds guessing up before and what counts it after. */
  async function openFile(name: string, password: string, file: () => KeyFile | null): Promise<Opened> {
    throttle.check();
    if (tries.isLocked(name)) throw new AppError('account-locked', {});
    const found = file();
    const opened = found && (await openByPassword(found, name, password));
    if (opened) return opened;
    if (tries.fail(name)) throw new AppError('account-locked', {});
    return throttle.fail();
  }

  /** The ledger is open: what keeps one from opening it, such as little room, is no reason to shut anybody out. */
  const fileOfOpen = () => (vault.connection ? readKeyFile(vault.folder) : keyFile());

  /** The password of whoever is signed in, once more. Throws as a sign-in does, but in words of an act that was refused. */
  async function proveAgain(session: StoredSession, password: string): Promise<Opened> {
    try {
      const opened = await openFile(session.account, password, fileOfOpen);
      throttle.succeed();
      tries.forget(session.account);
      return opened;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'sign-in-failed') throw error;
      logLater(session, 'session.confirmFailed');
      throw new AppError('confirm-failed', error.params as { left: number });
    }
  }

  /** The log must have the reason before anything is shown. */
  async function see(
    session: StoredSession | null,
    wholeUntil: number,
    action: string,
    detail: Record<string, string> = {},
  ): Promise<SessionInfo> {
    if (!session) throw new AppError('not-signed-in', {});
    log(session, action, detail);
    const changed = { ...session, wholeUntil };
    await setSession(changed);
    env.emit({ event: 'session', state: 'signed-in' });
    return infoOf(kit, vault, changed);
  }

  const enterAnew: Sessions['enterAnew'] = ({ file, key, account, newPassword, action, ...recovery }) =>
    openFor(file, key, async () => {
      if (!accountInUse(account)) return throttle.fail();
      const { sealer = null, renewed = null } = recovery;
      await putSlot({ account, password: newPassword, key, renewed }, () => setMustChange(account));
      tries.forget(account);
      const opened = { key, signer: null, sealer: null };
      return begin(account, action, { opened, password: newPassword, recovery: sealer });
    });
  async function keyOf(account: string, password: string): Promise<Uint8Array> {
    const { key } = await openFile(account, password, () => readKeyFile(vault.folder));
    throttle.succeed();
    return key;
  }

  const handlers: Handlers = {
    async 'session.signIn'({ account, password }) {
      let file: KeyFile | null = null;
      const opened = await openFile(account, password, () => (file = keyFile()));
      const typed = { opened, password };
      return openFor(file ?? keyFile(), opened.key, () => begin(account, 'session.signIn', typed));
    },
    async 'session.recover'({ recoveryKey, account, newPassword }) {
      throttle.check();
      checkPassword(newPassword);
      const file = keyFile();
      const opened = await openByRecovery(file, recoveryKey);
      if (!opened) throw new AppError('recovery-key-wrong', {});
      return enterAnew({ file, ...opened, account, newPassword, action: 'session.recover' });
    },
    'session.current': async (_input, { session }) => (session ? infoOf(kit, vault, session) : null),
    async 'session.lock'(_input, { session }) {
      if (!session || session.isLocked) return null;
      await setSession({ ...session, isLocked: true });
      vault.signers.delete(session.token);
      vault.sealing.delete(session.token);
      env.emit({ event: 'session', state: 'locked' });
      logLater(session, 'session.lock');
      return null;
    },
    async 'session.unlock'({ password }, { session }) {
      if (!session) throw new AppError('not-signed-in', {});
      const opened = await openFile(session.account, password, fileOfOpen);
      throttle.succeed();
      tries.forget(session.account);
      const open = { ...session, isLocked: false };
      await setSession(open);
      logLater(open, 'session.unlock');
      if (opened.signer) vault.signers.set(open.token, opened.signer);
      if (opened.sealer) takeKey(open, [opened.sealer]);
      env.emit({ event: 'session', state: 'signed-in' });
      return { session: infoOf(kit, vault, open), token: open.token };
    },
    async 'session.confirm'({ password }, { session }) {
      if (!session) throw new AppError('not-signed-in', {});
      if (session.isLocked) throw new AppError('session-locked', {});
      await proveAgain(session, password);
      await setSession({ ...session, confirmedUntil: monotonicMs() + confirmedMs });
      return null;
    },
    'session.reveal': ({ reason }, { session }) =>
      see(session, monotonicMs() + wholeMs, 'session.reveal', { reason }),
    'session.veil': (_input, { session }) => see(session, 0, 'session.veil'),
    async 'session.changePassword'({ password, newPassword }, { session }) {
      if (!session) throw new AppError('not-signed-in', {});
      if (session.isLocked) throw new AppError('session-locked', {});
      checkPassword(newPassword);
      if (newPassword === password) throw new AppError('password-same', {});
      const { key, ...own } = await proveAgain(session, password);
      const { account } = session;
      await putSlot({ account, password: newPassword, key, own }, () => setMustChange(account));
      logLater(session, 'session.changePassword');
      const changed = { ...session, mustChange: false };
      await setSession(changed);
      env.emit({ event: 'session', state: 'signed-in' });
      return infoOf(kit, vault, changed);
    },
    async 'session.signOut'(_input, { session }) {
      if (!session) return null;
      logLater(session, 'session.signOut');
      await endSession(session.token);
      if (vault.sessions.size === 0) await leave();
      env.emit({ event: 'session', state: 'signed-out' });
      return null;
    },
  };
  return { handlers, enterAnew, keyOf };

  /** The password is its owner's own again. */
  function setMustChange(name: string): void {
    openConnection(vault).transaction((db) => {
      const account = accountNamed(db, name);
      if (account?.mustChange) changeAccount(db, account, { mustChange: false }, kit.at());
    });
  }
}
