import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import type { z } from 'zod';
import { appendAudit } from '#core/audit/chain.ts';
import { listBackups } from '#core/db/backup.ts';
import { isDamage } from '#core/db/connection.ts';
import { checkFolder, inFolder } from '#core/db/folder.ts';
import { lockFolder } from '#core/db/lock.ts';
import { migrations } from '#core/db/migrations/all.ts';
import { damaged, isMarkedDamaged, openLedgerFile } from '#core/db/open.ts';
import { finishPendingRestore } from '#core/db/restore.ts';
import { sql } from '#core/db/sql.ts';
import { readIdentity } from '#core/security/identity.ts';
import {
  type KeyFile,
  keyByPassword,
  keyByRecovery,
  readKeyFile,
  setPassword,
  takeKeyBeside,
  writeKeyFile,
} from '#core/security/key-file.ts';
import { checkPassword, createThrottle, createTurns } from '#core/security/throttle.ts';
import { createDivisions } from '#core/settings/divisions.ts';
import { askNewInstallation } from '#core/settings/installation.ts';
import { ownUnit, readSetting, unitById } from '#core/settings/settings.ts';
import { AppError, failureOf } from '#shared/api/errors.ts';
import type { MethodName, Methods } from '#shared/api/methods.ts';
import type { ProgramState, SessionInfo, SignedIn } from '#shared/api/types.ts';
import { backUpNow, createBackupClock } from './automatic-backup.ts';
import type { GateContext, Kit } from './context.ts';
import type { Peer, StoredSession } from './contract.ts';
import { freshenDerivations } from './derivations.ts';
import { failed } from './dispatch.ts';
import { keepNumbers, takeUpNumbers } from './last-numbers.ts';
import { checkCopy, checkMayRestore, restoreCopy, takeIn } from './restore.ts';
import { finishSetUp, makeDemo, makeLedger, type SetUpTools } from './set-up.ts';
import { closeVault, openConnection, type Vault } from './vault.ts';

type GateName = { [M in MethodName]: Methods[M]['kind'] extends 'gate' ? M : never }[MethodName];
type GateHandlers = {
  [M in GateName]: (
    input: z.output<Methods[M]['input']>,
    context: GateContext,
  ) => Promise<Exclude<Methods[M]['output'], undefined>>;
};
export type Gates = {
  run(method: MethodName, input: unknown, context: GateContext): Promise<unknown>;
  close(): Promise<void>;
};

/** Methods that try a secret. */
const guesses: ReadonlySet<MethodName> = new Set(['session.signIn', 'session.recover', 'session.unlock']);

type Options = { kit: Kit; vault: Vault; peer: Peer; newId: () => string };

/** What happens before and around the open ledger: the folder's state, set-up, sign-in, lock. */
export function createGates({ kit, vault, peer, newId }: Options): Gates {
  const { env } = kit;
  const divisions = createDivisions(env.seeds);
  const throttle = createThrottle(() => performance.now());
  const inTurn = createTurns();
  const backups = createBackupClock(kit, vault);
  let release: (() => void) | null = null;
  let broken: AppError | null = null;
  const steps = [...migrations, ...(env.extra?.migrations ?? [])];

  function holdFolder(): void {
    checkFolder(vault.folder);
    release ??= lockFolder(vault.folder, env.nativeBinding);
    finishPendingRestore(vault.folder, takeKeyBeside);
    finishSetUp(vault.folder);
  }

  function keyFile(): KeyFile {
    holdFolder();
    const file = readKeyFile(vault.folder);
    const hasLedger = fs.existsSync(inFolder(vault.folder, 'ledger'));
    if (file && hasLedger) return file;
    if (hasLedger) throw new AppError('ledger-without-key', { folder: vault.folder });
    const backups = listBackups(vault.folder).length;
    if (file || backups > 0) throw new AppError('ledger-lost', { folder: vault.folder, backups });
    throw new AppError('ledger-absent', { folder: vault.folder });
  }

  async function openVault(file: KeyFile, key: Uint8Array): Promise<void> {
    if (vault.connection) return;
    const identity = readIdentity(vault.folder, key);
    if (identity && identity.ledgerId !== file.ledgerId) {
      throw new AppError('wrong-key', { file: inFolder(vault.folder, 'key') });
    }
    vault.connection = openLedgerFile({
      folder: vault.folder,
      key,
      nativeBinding: env.nativeBinding,
      program: env.version,
      migrations: steps,
      beforeMigration: (connection) => void backUpNow(kit, vault.folder, connection, key),
    });
    vault.key = key;
    freshenDerivations(vault.connection, kit);
    takeUpNumbers(vault, identity, newId, kit.at());
    await peer.request({ is: 'opened', folder: vault.folder, key });
    backups.start();
  }

  /** What keeps the ledger from opening is kept: the state names it until something is done about it. */
  async function openOrSay(file: KeyFile, key: Uint8Array): Promise<void> {
    try {
      await openVault(file, key);
    } catch (error) {
      if (error instanceof AppError) broken = error;
      await shut();
      throw error;
    }
  }

  /** Opens the ledger for whoever signs in by `work`; where nobody does, it is shut again and its key forgotten. */
  async function openFor<T>(file: KeyFile, key: Uint8Array, work: () => Promise<T>): Promise<T> {
    await openOrSay(file, key);
    try {
      return await work();
    } catch (error) {
      if (vault.sessions.size === 0) await shut();
      throw error;
    }
  }

  async function shut(): Promise<void> {
    backups.stop();
    await peer.request({ is: 'closed' });
    closeVault(vault);
  }

  /** A ledger that cannot be read any more is put back with what the file beside it said before. */
  function keepBeforeRestore(): void {
    try {
      keepNumbers(vault);
    } catch (error) {
      if (!isDamage(error)) throw error;
    }
  }

  function infoOf(session: StoredSession): SessionInfo {
    const db = openConnection(vault);
    const unit = unitById(db, session.unitId) ?? ownUnit(db);
    return {
      account: { id: session.accountId, name: session.account, role: session.role },
      unit,
      isDemo: readSetting(db, 'isDemo') === '1',
      lockAfterMinutes: Number(readSetting(db, 'lockAfterMinutes') ?? '10'),
    };
  }

  function accountCalled(name: string) {
    return openConnection(vault).get<{ id: string; role: StoredSession['role']; unit_id: string }>(
      sql`select id, role, unit_id from account where name = ${name} and is_disabled = 0`,
    );
  }

  async function begin(name: string, action: string): Promise<SignedIn> {
    const connection = openConnection(vault);
    const account = accountCalled(name);
    if (!account) return throttle.fail();
    const wrongBefore = throttle.succeed();
    const session: StoredSession = {
      token: randomBytes(24).toString('base64url'),
      accountId: account.id,
      account: name,
      role: account.role,
      unitId: account.unit_id,
      unitCode: kit.unitCodeOf(connection, account.unit_id),
      isLocked: false,
    };
    await setSession(session);
    try {
      log(session, action, wrongBefore > 0 ? { wrongBefore } : {});
    } catch (error) {
      // Nobody has its token: it would keep the ledger open until the program ends.
      await endSession(session.token);
      throw error;
    }
    env.emit({ event: 'session', state: 'signed-in' });
    return { session: infoOf(session), token: session.token };
  }

  async function setSession(session: StoredSession): Promise<void> {
    vault.sessions.set(session.token, session);
    await peer.request({ is: 'session', token: session.token, session });
  }

  async function endSession(token: string): Promise<void> {
    vault.sessions.delete(token);
    await peer.request({ is: 'session', token, session: null });
  }

  type Entry = { at: string; session: StoredSession; action: string; detail: Record<string, number> };
  /** Entries that found no room; they go before the next one. */
  const unlogged: Entry[] = [];

  function log(session: StoredSession, action: string, detail: Record<string, number> = {}): void {
    const all = [...unlogged, { at: kit.at(), session, action, detail }];
    openConnection(vault).transaction((db) => {
      for (const entry of all)
        appendAudit(db, entry.at, entry.session, {
          action: entry.action,
          ledger: null,
          recordId: null,
          version: null,
          detail: entry.detail,
        });
    });
    unlogged.length = 0;
  }

  /** Locking and leaving must work on a full disk too; the entry waits for room. */
  function logLater(session: StoredSession, action: string): void {
    const at = kit.at();
    try {
      log(session, action);
    } catch (error) {
      unlogged.push({ at, session, action, detail: {} });
      process.stderr.write(`not logged yet: ${(error as { code?: string }).code ?? 'unknown'}\n`);
    }
  }

  async function byPassword(name: string, password: string, action: string): Promise<SignedIn> {
    throttle.check();
    const file = keyFile();
    const key = await keyByPassword(file, name, password);
    if (!key) return throttle.fail();
    return openFor(file, key, () => begin(name, action));
  }

  function state(context: GateContext): ProgramState['state'] {
    const { session } = context;
    if (vault.connection && isMarkedDamaged(vault.folder)) {
      const failure = failureOf(damaged(vault.folder, new Error('met while reading')));
      return { is: 'failed', failure, backups: safeBackups() };
    }
    if (session) return { is: session.isLocked ? 'locked' : 'open', session: infoOf(session) };
    try {
      if (broken) throw broken;
      holdFolder();
      const file = readKeyFile(vault.folder);
      if (
        !file &&
        !fs.existsSync(inFolder(vault.folder, 'ledger')) &&
        listBackups(vault.folder).length === 0
      ) {
        return { is: 'set-up' };
      }
      const { unit, level, isDemo } = keyFile();
      return { is: 'sign-in', unit, level, isDemo };
    } catch (error) {
      const answer = failed(error, vault.folder);
      if (answer.ok || answer.error.code === 'internal') throw error;
      return { is: 'failed', failure: answer.error, backups: safeBackups() };
    }
  }

  function safeBackups() {
    try {
      return listBackups(vault.folder);
    } catch {
      return [];
    }
  }

  const programState = (context: GateContext): ProgramState => ({
    version: env.version,
    folder: vault.folder,
    state: state(context),
  });

  const tools: SetUpTools = { kit, vault, divisions, newId, hold: holdFolder, migrations: steps };

  const handlers: GateHandlers = {
    'program.state': async (_input, context) => programState(context),
    async 'program.use'({ folder }, context) {
      if (vault.sessions.size > 0) throw new AppError('busy', { method: 'program.use' });
      await shut();
      release?.();
      release = null;
      broken = null;
      if (folder !== undefined) vault.folder = context.files.path(folder);
      return programState({ ...context, session: null });
    },
    async 'program.restore'({ backup, file }, context) {
      checkMayRestore(state(context), context.session);
      // Whatever else is wrong with the folder: not while another copy of the program works in it.
      checkFolder(vault.folder);
      release ??= lockFolder(vault.folder, env.nativeBinding);
      const { folder } = vault;
      const at = kit.at();
      const check = { key: vault.key, nativeBinding: env.nativeBinding };
      const name =
        file === undefined ? (backup ?? '') : takeIn(folder, context.files.path(file), env.now(), check);
      const options = { folder, backup: name, ...check, at };
      checkCopy(options);
      // Numbers given since the copy stand on papers: what was given last is kept, and by whom the ledger goes on.
      keepBeforeRestore();
      askNewInstallation(folder, 'instead');
      await shut();
      restoreCopy(options);
      broken = null;
      return programState({ ...context, session: null });
    },
    async 'setup.areas'({ parent, text }) {
      if (text !== undefined && text.trim() !== '') return divisions.search(text.trim());
      return divisions.childrenOf(parent ?? '');
    },
    'setup.create': async (input) => makeLedger(tools, input),
    'setup.demo': async (input, context) => makeDemo(tools, input, context.call.call),
    'session.signIn': async ({ account, password }) => byPassword(account, password, 'session.signIn'),
    async 'session.recover'({ recoveryKey, account, newPassword }) {
      throttle.check();
      checkPassword(newPassword);
      const file = keyFile();
      const key = await keyByRecovery(file, recoveryKey);
      if (!key) throw new AppError('recovery-key-wrong', {});
      return openFor(file, key, async () => {
        if (!accountCalled(account)) return throttle.fail();
        writeKeyFile(vault.folder, await setPassword(file, account, newPassword, key));
        return begin(account, 'session.recover');
      });
    },
    'session.current': async (_input, { session }) => (session ? infoOf(session) : null),
    async 'session.lock'(_input, { session }) {
      if (!session || session.isLocked) return null;
      await setSession({ ...session, isLocked: true });
      env.emit({ event: 'session', state: 'locked' });
      logLater(session, 'session.lock');
      return null;
    },
    async 'session.unlock'({ password }, { session }) {
      if (!session) throw new AppError('not-signed-in', {});
      throttle.check();
      // The ledger is open: what keeps one from opening it, such as little room, is no reason to shut anybody out.
      const file = vault.connection ? readKeyFile(vault.folder) : keyFile();
      if (!file || !(await keyByPassword(file, session.account, password))) return throttle.fail();
      throttle.succeed();
      const open = { ...session, isLocked: false };
      await setSession(open);
      logLater(open, 'session.unlock');
      env.emit({ event: 'session', state: 'signed-in' });
      return { session: infoOf(open), token: open.token };
    },
    async 'session.signOut'(_input, { session }) {
      if (!session) return null;
      logLater(session, 'session.signOut');
      await endSession(session.token);
      if (vault.sessions.size === 0) {
        await backups.finish();
        await shut();
      }
      env.emit({ event: 'session', state: 'signed-out' });
      return null;
    },
  };

  return {
    run(method, input, context) {
      const handler = handlers[method as GateName] as (
        input: unknown,
        context: GateContext,
      ) => Promise<unknown>;
      const work = () => handler(input, context);
      // Guesses made side by side would all be under way before the first is counted.
      return guesses.has(method) ? inTurn(work) : work();
    },
    async close() {
      await backups.finish();
      await shut();
      release?.();
      release = null;
    },
  };
}
