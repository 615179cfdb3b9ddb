import fs from 'node:fs';
import { finishTakingBack } from '#core/db/beside.ts';
import { countOf, listAllBackups, listBackups } from '#core/db/copies.ts';
import { checkFolder, inFolder } from '#core/db/folder.ts';
import { lockFolder } from '#core/db/lock.ts';
import { finishPendingRestore } from '#core/db/restore.ts';
import { checkIdentity } from '#core/security/folder-identity.ts';
import { type KeyFile, readKeyFile, takeKeyBeside } from '#core/security/key-file.ts';
import type { ListedBackup } from '#shared/api/care-types.ts';
import { AppError } from '#shared/api/errors.ts';
import type { ProgramState } from '#shared/api/types.ts';
import type { CoreEnv } from './contract.ts';
import { refuseElsewhere } from './elsewhere.ts';
import { failed } from './failures.ts';
import { hasKeyBeside } from './key-beside.ts';
import { finishSetUp } from './set-up-left.ts';
import { createVault, type Vault } from './vault.ts';

type StateOutside = Extract<ProgramState['state'], { is: 'set-up' | 'sign-in' | 'failed' }>;

/**
 * What a folder is before anybody is in, and the hold of it: lock, what was cut short, key file. All that the first screen
 * of a window asks for, so that it is told before the rest of the core has been read (`first-part.ts`); nothing that this
 * file imports may grow with the registers (tests/architecture/window-start.test.ts).
 */
export type Doorstep = {
  vault: Vault;
  /** Takes the folder's lock, unless it is held. */
  lock(): void;
  /** Checks the folder, takes its lock, and carries through what was cut short. */
  hold(): void;
  /** Holds the folder. Throws what keeps from signing in. */
  keyFile(): KeyFile;
  state(): StateOutside;
  /** Copies in all places; none where they cannot be read. */
  copies(): ListedBackup[];
  /** What keeps the ledger from opening is kept: the state names it until something is done about it. */
  breakBy(error: AppError): void;
  mended(): void;
  /** Lets the folder go. */
  leave(): void;
};

export function createDoorstep(env: Pick<CoreEnv, 'folder' | 'nativeBinding'>): Doorstep {
  const vault = createVault(env.folder);
  let release: (() => void) | null = null;
  let broken: AppError | null = null;
  const hasLedger = () => fs.existsSync(inFolder(vault.folder, 'ledger'));

  function lock(): void {
    release ??= lockFolder(vault.folder, env.nativeBinding);
  }

  function hold(): void {
    checkFolder(vault.folder, { needsRoom: !hasLedger() });
    lock();
    finishTakingBack(vault.folder);
    finishPendingRestore(vault.folder, takeKeyBeside);
    finishSetUp(vault.folder);
  }

  function keyFile(): KeyFile {
    hold();
    const file = readKeyFile(vault.folder);
    if (file && hasLedger()) {
      refuseElsewhere(vault.folder);
      checkIdentity(vault.folder, file);
      return file;
    }
    if (hasLedger()) throw new AppError('ledger-without-key', { folder: vault.folder });
    if (file || listBackups(vault.folder).length > 0)
      throw new AppError('ledger-lost', { folder: vault.folder, ...countOf(copies()) });
    throw new AppError('ledger-absent', { folder: vault.folder });
  }

  function copies(): ListedBackup[] {
    try {
      return listAllBackups(vault.folder);
    } catch {
      return [];
    }
  }

  function state(): StateOutside {
    try {
      if (broken) throw broken;
      const { unit, level, isDemo, help } = keyFile();
      return { is: 'sign-in', unit, level, isDemo, helpFrom: help?.unitName ?? null };
    } catch (error) {
      if (error instanceof AppError && error !== broken && error.code === 'ledger-absent')
        return { is: 'set-up' };
      const answer = failed(error, vault.folder);
      if (answer.ok || answer.error.code === 'internal') throw error;
      const failure = answer.error;
      return { is: 'failed', failure, backups: copies(), hasKey: hasKeyBeside(vault.folder) };
    }
  }

  return {
    vault,
    lock,
    hold,
    keyFile,
    state,
    copies,
    breakBy(error) {
      broken = error;
    },
    mended() {
      broken = null;
    },
    leave() {
      release?.();
      release = null;
    },
  };
}
