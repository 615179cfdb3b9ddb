import path from 'node:path';
import type { z } from 'zod';
import { dropCopy, dropHalfCopies } from '#core/db/backup.ts';
import { clearTraces } from '#core/db/beside.ts';
import { isDamage, isFull, type ReadDb } from '#core/db/connection.ts';
import { countOf, fileOfCopy } from '#core/db/copies.ts';
import { damaged, isMarkedDamaged } from '#core/db/damage.ts';
import { checkFolder, clearProbes, inFolder, keepToUser, littleRoom } from '#core/db/folder.ts';
import { migrations } from '#core/db/migrations/all.ts';
import { dropHalfAttached } from '#core/db/object-copies.ts';
import { openLedgerFile } from '#core/db/open.ts';
import { isRestoring, type RestoreTrace } from '#core/db/restore.ts';
import { dropUnsealed } from '#core/sealing/unsealing.ts';
import { identityOfFolder } from '#core/security/folder-identity.ts';
import type { KeyFile } from '#core/security/key-file.ts';
import { createTurns } from '#core/security/throttle.ts';
import { createTries } from '#core/security/tries.ts';
import { createDivisions } from '#core/settings/divisions.ts';
import { askNewInstallation } from '#core/settings/installation.ts';
import { AppError, failureOf } from '#shared/api/errors.ts';
import type { MethodName, Methods } from '#shared/api/methods.ts';
import type { ProgramState } from '#shared/api/types.ts';
import { backUpNow, createBackupClock } from './automatic-backup.ts';
import type { GateContext, Kit } from './context.ts';
import type { Peer } from './contract.ts';
import { unitOutside } from './demo-mark.ts';
import { freshenDerivations } from './derivations.ts';
import { keepDestroyedBeforeRestore, takeUpDestroyed } from './destroyed-again.ts';
import type { Doorstep } from './doorstep.ts';
import { takeWaysOfNobody } from './exchange-keys.ts';
import { failed } from './failures.ts';
import { guidePage } from './guide.ts';
import { takeUpKeyChange } from './key-change.ts';
import { accountsKnown, takeUpAccounts } from './last-accounts.ts';
import { keepNumbers, takeUpNumbers } from './last-numbers.ts';
import { mendIdentity } from './ledger-identity.ts';
import { createHelpGates } from './password-help-gates.ts';
import { createRescue, recallPlace, takePlace } from './rescue.ts';
import {
  checkCopy,
  checkMayRestore,
  isOther,
  isOwnCopy,
  logRestore,
  refuseOther,
  restoreCopy,
  takeIn,
  traceOf,
} from './restore.ts';
import { sealAgain } from './sealed-again.ts';
import { infoOf } from './session-info.ts';
import { createSessionLog } from './session-log.ts';
import { createSessions, guesses } from './sessions.ts';
import { makeDemo, makeLedger, type SetUpTools } from './set-up.ts';
import { closeVault } from './vault.ts';

type GateName = { [M in MethodName]: Methods[M]['kind'] extends 'gate' ? M : never }[MethodName];
type GateHandlers = {
  [M in GateName]: (
    input: z.output<Methods[M]['input']>,
    context: GateContext,
  ) => Promise<Exclude<Methods[M]['output'], undefined>>;
};
export type Gates = {
  run(method: MethodName, input: unknown, context: GateContext): Promise<unknown>;
  /** What the log is still to be told of wrong passwords and codes, where the ledger is open. */
  tellUntold(): void;
  close(): Promise<void>;
};

type Options = { kit: Kit; doorstep: Doorstep; peer: Peer; newId: () => string };

/** What happens before and around the open ledger: the folder's state, set-up, sign-in, lock. */
export function createGates({ kit, doorstep, peer, newId }: Options): Gates {
  const { vault } = doorstep;
  const { env } = kit;
  const divisions = createDivisions(env.seeds);
  const inTurn = createTurns();
  const tries = createTries(kit);
  const logs = createSessionLog({ kit, vault, tries });
  const backups = createBackupClock(kit, vault);
  const steps = [...migrations, ...(env.extra?.migrations ?? [])];

  async function openVault(file: KeyFile, key: Uint8Array): Promise<void> {
    if (vault.connection) return;
    const found = identityOfFolder(vault.folder, file, key);
    const identity = found?.identity ?? null;
    vault.connection = openLedgerFile({
      folder: vault.folder,
      key,
      nativeBinding: env.nativeBinding,
      program: env.version,
      migrations: steps,
      beforeMigration: (connection) => {
        const { name } = backUpNow(kit, vault.folder, connection, key);
        return () => dropCopy(inFolder(vault.folder, 'backups'), name);
      },
    });
    vault.key = key;
    recallPlace(vault.folder, vault.connection);
    // First: what is tidied up goes by the accounts, and a copy has those of its own day.
    const known = accountsKnown(vault.connection, found);
    const isRestored = logRestore(vault.connection, { folder: vault.folder, key, kit, known });
    const isNews = takeUpAccounts(vault, found, kit, { isRestored });
    tidyUp(vault.folder, vault.connection);
    freshenDerivations(vault.connection, kit);
    const over = await sealAgain(vault, kit, identity, newId);
    takeUpNumbers(vault, identity, kit, newId);
    // After the numbers: written anew, the file says of them what the ledger knows.
    if (over || isNews) keepNumbers(vault, over ?? []);
    if (found) mendIdentity(vault, found, kit);
    // After the numbers, which tell by the newest commit whether the ledger went back.
    takeUpDestroyed(vault, kit, newId);
    takePlace(vault, kit);
    takeUpKeyChange(vault);
    await peer.request({ is: 'opened', folder: vault.folder, key });
    keepToUser(vault.folder);
    backups.start();
    const little = littleRoom(vault.folder);
    if (little) env.emit({ event: 'leftUndone', failure: failureOf(new AppError('space-low', little)) });
  }

  /** What a program that died left goes; where a scanner holds some of it, the ledger opens, and it goes the next time. */
  function tidyUp(folder: string, db: ReadDb): void {
    const works = [
      () => clearTraces(folder),
      () => clearProbes(folder),
      () => dropHalfCopies(inFolder(folder, 'backups')),
      () => dropHalfAttached(inFolder(folder, 'objects')),
      () => dropUnsealed(folder, db),
      () => takeWaysOfNobody(folder, db),
    ];
    for (const work of works)
      try {
        work();
      } catch (error) {
        // Damage is the ledger's own; everything else is an incident.
        if (isDamage(error)) throw error;
        failed(error, folder);
      }
  }

  async function openOrSay(file: KeyFile, key: Uint8Array): Promise<void> {
    try {
      await openVault(file, key);
    } catch (error) {
      await shut();
      if (!(error instanceof AppError)) throw error;
      const counted = countedCopies(error);
      doorstep.breakBy(counted);
      throw counted;
    }
  }

  /** Damage names the copies of both places: one on the stick is a way out too. */
  function countedCopies(error: AppError): AppError {
    if (error.code !== 'damaged') return error;
    const params = { ...(error as AppError<'damaged'>).params, ...countOf(doorstep.copies()) };
    return new AppError('damaged', params, { cause: error.cause });
  }

  /** Opens the ledger for whoever signs in by `work`; where nobody does, it is shut again and its key forgotten. */
  async function openFor<T>(file: KeyFile, key: Uint8Array, work: () => Promise<T>): Promise<T> {
    try {
      await openOrSay(file, key);
      return await work();
    } catch (error) {
      if (vault.sessions.size === 0) await shut();
      // The log must have it that somebody signed in.
      throw isFull(error) ? new AppError('sign-in-full', { folder: vault.folder }, { cause: error }) : error;
    }
  }

  /** `last` is done when nobody reads or writes any more. */
  async function shut(last: () => void = () => undefined): Promise<void> {
    backups.stop();
    await peer.request({ is: 'closed' });
    await vault.checkpoint?.over();
    last();
    closeVault(vault);
  }

  /** A ledger that cannot be read any more is put back with what the file beside it said before. */
  function keepBeforeRestore(): void {
    for (const keep of [keepNumbers, keepDestroyedBeforeRestore]) {
      try {
        keep(vault);
      } catch (error) {
        if (!isDamage(error)) throw error;
      }
    }
  }

  function state(context: GateContext): ProgramState['state'] {
    const { session } = context;
    if (vault.connection && isMarkedDamaged(vault.folder)) {
      const failure = failureOf(countedCopies(damaged(vault.folder, new Error('met while reading'))));
      return { is: 'failed', failure, backups: doorstep.copies(), hasKey: false };
    }
    if (session) return { is: session.isLocked ? 'locked' : 'open', session: infoOf(kit, vault, session) };
    return doorstep.state();
  }

  /** The unit as far as it is known before anybody signed in; '' where no ledger is there. */
  function unitShown(context: GateContext): string {
    const now = state(context);
    if (now.is === 'sign-in') return unitOutside(now.unit, now.isDemo);
    return 'session' in now ? unitOutside(now.session.unit.name, now.session.isDemo) : '';
  }

  const programState = (context: GateContext): ProgramState => ({
    version: env.version,
    folder: vault.folder,
    state: state(context),
  });

  const sessions = createSessions({
    kit,
    vault,
    peer,
    tries,
    logs,
    keyFile: doorstep.keyFile,
    openFor,
    async leave() {
      await backups.finish();
      await shut();
    },
  });
  const rescue = createRescue({
    kit,
    vault,
    migrations: steps,
    newId,
    state: programState,
    lock: doorstep.lock,
    keyOf: sessions.keyOf,
    keepNumbers: keepBeforeRestore,
    shut,
    mended: doorstep.mended,
  });
  const tools: SetUpTools = { kit, vault, divisions, newId, hold: doorstep.hold, migrations: steps };

  const handlers: GateHandlers = {
    'program.state': async (_input, context) => programState(context),
    async 'program.use'({ folder }, context) {
      if (vault.sessions.size > 0) throw new AppError('busy', { method: 'program.use' });
      await shut();
      doorstep.leave();
      doorstep.mended();
      if (folder !== undefined) vault.folder = context.files.path(folder);
      return programState({ ...context, session: null });
    },
    async 'program.restore'({ backup, place = 'own', file, ofOther = false }, context) {
      checkMayRestore(state(context), context.session);
      // Whatever else is wrong with the folder: not while another copy of the program works in it.
      checkFolder(vault.folder);
      doorstep.lock();
      const { folder } = vault;
      const at = kit.at();
      const outside =
        file !== undefined
          ? context.files.path(file)
          : place === 'second'
            ? fileOfCopy(folder, { name: backup ?? '', place })
            : null;
      const copy = outside ?? path.join(inFolder(folder, 'backups'), backup ?? '');
      const isOfOther = isOther(folder, copy);
      if (isOfOther && !ofOther) refuseOther(folder, copy);
      // The key at hand is not that of another ledger: its copy is read through by whoever opens it.
      const check = { key: isOfOther ? null : vault.key, nativeBinding: env.nativeBinding };
      const name = outside === null ? (backup ?? '') : takeIn(folder, outside, env.now(), check);
      // It takes the room that may be missing, and the next try takes it in again.
      if (outside !== null && !isOwnCopy(folder, outside))
        context.outcome.whenUndone(() => {
          if (!isRestoring(folder)) dropCopy(inFolder(folder, 'backups'), name);
        });
      const chosen = outside === null ? {} : { file: path.basename(outside) };
      const by = { at, account: context.session?.account ?? '', backup: name, ...chosen };
      const trace: RestoreTrace = { ...by, account: '', last: null };
      const options = { folder, backup: name, ...check, at, trace };
      checkCopy(options);
      // Numbers given since the copy stand on papers: what was given last is kept, and by whom the ledger goes on.
      keepBeforeRestore();
      const unask = askNewInstallation(folder, 'instead');
      context.outcome.whenUndone(() => {
        if (!isRestoring(folder)) unask();
      });
      await shut(() => {
        // The log of another ledger is not continued by this one's.
        if (!isOfOther) options.trace = traceOf(vault, by);
      });
      restoreCopy(options);
      doorstep.mended();
      return programState({ ...context, session: null });
    },
    'program.repair': rescue.repair,
    'program.goOn': rescue.goOn,
    'program.takeKey': rescue.takeKey,
    'program.guide': async ({ what }, context) => guidePage(what, unitShown(context), kit.today()),
    'program.diagnose': rescue.diagnose,
    'program.move': rescue.move,
    async 'setup.areas'({ parent, text }) {
      if (text !== undefined && text.trim() !== '') return divisions.search(text.trim());
      return divisions.childrenOf(parent ?? '');
    },
    'setup.create': async (input) => makeLedger(tools, input),
    'setup.demo': async (input, context) => makeDemo(tools, input, context.call.call),
    ...sessions.handlers,
    ...createHelpGates({ kit, vault, tries, keyFile: doorstep.keyFile, enterAnew: sessions.enterAnew }),
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
    tellUntold: logs.tellUntold,
    async close() {
      await backups.finish();
      await shut();
      doorstep.leave();
    },
  };
}
