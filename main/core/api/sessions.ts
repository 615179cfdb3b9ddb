import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { lastInstant } from '#core/audit/chain.ts';
import { isFull } from '#core/db/connection.ts';
import { accountNamed, deciders, markSignedIn, type StoredAccount } from '#core/security/accounts.ts';
import {
  type KeyFile,
  type KeySlot,
  type Opened,
  openByPassword,
  readKeyFile,
  slotFor,
  withSlot,
  writeKeyFile,
} from '#core/security/key-file.ts';
import type { KeyPair } from '#core/security/sealed-to.ts';
import { openByRecovery } from '#core/security/sealing-shares.ts';
import { fingerprintOf } from '#core/security/signer.ts';
import { checkPassword } from '#core/security/throttle.ts';
import type { Tries } from '#core/security/tries.ts';
import { AppError } from '#shared/api/errors.ts';
import type { MethodName, Methods } from '#shared/api/methods.ts';
import type { SessionInfo, SignedIn } from '#shared/api/types.ts';
import type { GateContext, Kit } from './context.ts';
import type { Peer, StoredSession } from './contract.ts';
import { monotonicMs } from './dispatch.ts';
import { holdingOf, infoOf, renewed } from './session-info.ts';
import { keysOf, shareOf, type Typed } from './session-keys.ts';
import type { Said, SessionLog } from './session-log.ts';
import { knowTries } from './untold.ts';
import { openConnection, type Vault } from './vault.ts';
import { dropAnswered } from './waiting-request.ts';

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
  tries: Tries;
  logs: SessionLog;
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
export function createSessions({ kit, vault, peer, tries, logs, ...options }: Options): Sessions {
  const { env } = kit;
  const { keyFile, openFor, leave } = options;
  const { entryOf, writeWithKeys, log, logLater } = logs;

  /** An account in use, or null: which of the two it was is not told to whoever guesses. */
  function accountInUse(name: string): StoredAccount | null {
    const found = accountNamed(openConnection(vault), name);
    return found?.isDisabled === false ? found : null;
  }

  /** The key file as it stands at this moment. */
  const keysNow = () => readKeyFile(vault.folder) ?? keyFile();

  /**
   * With slots, put into the key file as it stands once their keys are derived: meanwhile another's password may have
   * changed, or the account been disabled. Throws `not-signed-in`.
   */
  function keysWith(account: string, slots: readonly KeySlot[]): KeyFile {
    if (slots.length > 0 && !accountInUse(account)) throw new AppError('not-signed-in', {});
    return slots.reduce(withSlot, keysNow());
  }

  /** Keys, a new password and the log in one: on a full disk nobody is left with a password that was refused. */
  async function enter(session: StoredSession, typed: Typed, entry: Said): Promise<void> {
    const { slots, signer, isNewSigner, pairs } = await keysOf(session, typed, keysNow());
    const file = keysWith(session.account, slots);
    const shared = shareOf(session, pairs, { file, deciders: deciders(openConnection(vault)) });
    const said = [entryOf(session, entry)];
    if (signer && isNewSigner) {
      const detail = { fingerprint: fingerprintOf(signer.publicKey) };
      said.push(entryOf(session, { action: 'audit.newKey', detail }));
    }
    const changed = slots.length > 0 || shared.file !== file ? shared.file : null;
    const keys = { file: changed, slots, isOwnAgain: typed.anew !== undefined };
    writeWithKeys(session, said, keys, (db, isTold) => {
      markSignedIn(db, session.accountId, kit.at());
      knowTries(db, kit, tries.begin(), isTold);
    });
    if (signer) vault.signers.set(session.token, signer);
    if (shared.pair) vault.sealing.set(session.token, { ...shared.pair, recovery: typed.recovery });
  }

  async function begin(name: string, action: string, typed: Typed): Promise<SignedIn> {
    const account = accountInUse(name);
    if (!account && typed.anew) throw new AppError('account-not-in-use', { account: name });
    if (!account) return tries.fail('password', name);
    const wrongBefore = tries.wrongOf(name);
    const session: StoredSession = {
      token: randomBytes(24).toString('base64url'),
      accountId: account.id,
      account: account.name,
      ...holdingOf(kit, openConnection(vault), account),
      mustChange: account.mustChange && !typed.anew,
      isLocked: false,
      confirmedUntil: monotonicMs() + confirmedMs,
      wholeUntil: 0,
    };
    await setSession(session);
    try {
      await enter(session, typed, {
        action,
        detail: { ...(wrongBefore > 0 ? { wrongBefore } : {}), ...clockTold() },
      });
    } catch (error) {
      // Nobody has its token: it would keep the ledger open until the program ends.
      await endSession(session.token);
      throw error;
    }
    tries.succeed(name);
    await dropAnswered(vault.folder, account.name, typed.password);
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

  /** The session as it is now: while a key was derived its owner may have signed out, locked or masked names. */
  function presentOf(token: string): StoredSession {
    const stored = vault.sessions.get(token);
    const session = stored && renewed(kit, vault, stored);
    if (!session) throw new AppError('not-signed-in', {});
    return session;
  }

  /** The same, where it is not locked. */
  function openOf(token: string): StoredSession {
    const session = presentOf(token);
    if (session.isLocked) throw new AppError('session-locked', {});
    return session;
  }

  async function endSession(token: string): Promise<void> {
    vault.sessions.delete(token);
    vault.signers.delete(token);
    vault.sealing.delete(token);
    await peer.request({ is: 'session', token, session: null });
  }

  /** What a password opens, with what holds guessing up before and what counts it after. */
  async function openFile(
    name: string,
    password: string,
    file: () => KeyFile | null,
    wrong: () => void = () => undefined,
  ): Promise<Opened> {
    // Whoever is locked out is told so: waiting would not help him.
    if (tries.isLocked(name)) throw new AppError('account-locked', {});
    tries.check();
    const found = file();
    const opened = found && (await openByPassword(found, name, password));
    if (opened) return opened;
    wrong();
    return tries.fail('password', name);
  }

  /** The ledger is open: what keeps one from opening it, such as little room, is no reason to shut anybody out. */
  const fileOfOpen = () => (vault.connection ? readKeyFile(vault.folder) : keyFile());

  /** The password of whoever is signed in, once more. Throws as a sign-in does, but in words of an act that was refused. */
  async function proveAgain(session: StoredSession, password: string): Promise<Opened> {
    const said = () => logLater(session, 'session.confirmFailed');
    try {
      const opened = await openFile(session.account, password, fileOfOpen, said);
      const wrongBefore = tries.succeed(session.account);
      if (wrongBefore > 0) logLater(session, 'session.confirm', { wrongBefore });
      return opened;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'sign-in-failed') throw error;
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
      const opened = { key, signer: null, sealer: null };
      const { sealer = null, renewed = null } = recovery;
      return begin(account, action, { opened, password: newPassword, recovery: sealer, anew: { renewed } });
    });
  async function keyOf(account: string, password: string): Promise<Uint8Array> {
    const { key } = await openFile(account, password, () => readKeyFile(vault.folder));
    tries.succeed(null);
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
      tries.check();
      checkPassword(newPassword);
      const file = keyFile();
      const opened = await openByRecovery(file, recoveryKey);
      if (!opened) return tries.fail('recovery', account, new AppError('recovery-key-wrong', {}));
      return enterAnew({ file, ...opened, account, newPassword, action: 'session.recover' });
    },
    'session.current': async (_input, { session }) => (session ? infoOf(kit, vault, session) : null),
    async 'session.lock'(_input, { session }) {
      if (!session || session.isLocked) return null;
      vault.signers.delete(session.token);
      vault.sealing.delete(session.token);
      await setSession({ ...session, isLocked: true });
      env.emit({ event: 'session', state: 'locked' });
      logLater(session, 'session.lock');
      return null;
    },
    async 'session.unlock'({ password }, { session }) {
      if (!session) throw new AppError('not-signed-in', {});
      const opened = await openFile(session.account, password, fileOfOpen);
      const unlocked = { ...presentOf(session.token), isLocked: false };
      const wrongBefore = tries.succeed(session.account);
      logLater(unlocked, 'session.unlock', wrongBefore > 0 ? { wrongBefore } : {});
      await setSession(unlocked);
      const open = openOf(session.token);
      if (opened.signer) vault.signers.set(open.token, opened.signer);
      giveShares(open, opened.sealer);
      env.emit({ event: 'session', state: 'signed-in' });
      return { session: infoOf(kit, vault, open), token: open.token };
    },
    async 'session.confirm'({ password }, { session }) {
      if (!session) throw new AppError('not-signed-in', {});
      if (session.isLocked) throw new AppError('session-locked', {});
      await proveAgain(session, password);
      await setSession({ ...openOf(session.token), confirmedUntil: monotonicMs() + confirmedMs });
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
      openOf(session.token);
      const slot = await slotFor(keysNow(), session.account, newPassword, key, own);
      const present = openOf(session.token);
      const entry = entryOf(present, { action: 'session.changePassword', detail: {} });
      const file = keysWith(session.account, [slot]);
      writeWithKeys(present, [entry], { file, slots: [slot], isOwnAgain: true });
      const changed = { ...present, mustChange: false };
      const info = infoOf(kit, vault, changed);
      await setSession(changed);
      env.emit({ event: 'session', state: 'signed-in' });
      return info;
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

  /** Unlocking works on a full disk too: who has no share of the key yet gets it at the next sign-in then. */
  function giveShares(session: StoredSession, own: KeyPair | null): void {
    const before = keysNow();
    const { file, pair } = shareOf(session, [own], {
      file: before,
      deciders: deciders(openConnection(vault)),
    });
    if (pair) vault.sealing.set(session.token, pair);
    try {
      if (file !== before) writeKeyFile(vault.folder, file);
    } catch (error) {
      if (!isFull(error)) throw error;
    }
  }
}
