import fs from 'node:fs';
import path from 'node:path';
import { appendAudit } from '#core/audit/chain.ts';
import { dropCopy } from '#core/db/backup.ts';
import type { ReadDb } from '#core/db/connection.ts';
import { isSound } from '#core/db/diagnosis.ts';
import { checkFolder, inFolder, names, writeDurably } from '#core/db/folder.ts';
import { isGone } from '#core/db/held.ts';
import { lockFolder } from '#core/db/lock.ts';
import {
  markGoneOn,
  markMoved,
  markSays,
  type NotHere,
  recallMark,
  takeMachine,
} from '#core/db/machine-mark.ts';
import type { Migration } from '#core/db/migrations/migration.ts';
import { isRestoring } from '#core/db/restore.ts';
import { sql } from '#core/db/sql.ts';
import { type KeyFile, writeKeyFile } from '#core/security/key-file.ts';
import { askedInstallation, askNewInstallation } from '#core/settings/installation.ts';
import { readSetting, writeSetting } from '#core/settings/settings.ts';
import type { CopyPlace } from '#shared/api/care-types.ts';
import { AppError } from '#shared/api/errors.ts';
import type { BackupMade, ProgramState } from '#shared/api/types.ts';
import { moveText } from '#shared/text/care.ts';
import type { GateContext, Kit } from './context.ts';
import type { AuditNote } from './contract.ts';
import { ownUnitOutside } from './demo-mark.ts';
import { diagnosis } from './diagnosis.ts';
import { holdsLedgerOf, notHere, refuseElsewhere } from './elsewhere.ts';
import { checkOutside } from './files.ts';
import { guidePage } from './guide.ts';
import { fittingKey, keyBesideCopy } from './key-beside.ts';
import { repairLedger } from './repair.ts';
import { layRepaired } from './restore.ts';
import { openConnection, type Vault } from './vault.ts';

/** What the gates lend to whatever helps a ledger that does not open, or that goes elsewhere. */
export type RescueTools = {
  kit: Kit;
  vault: Vault;
  migrations: readonly Migration[];
  newId: () => string;
  state(context: GateContext): ProgramState;
  /** Takes the folder's lock. */
  lock(): void;
  /** The key behind an account's password, counted as every try is. */
  keyOf(account: string, password: string): Promise<Uint8Array>;
  keepNumbers(): void;
  shut(): Promise<void>;
  /** Nothing keeps the ledger from being opened any more. */
  mended(): void;
};

/** Something else is wrong with the folder, and its own sentence names the way out; or nothing is. */
const whyElse = (state: ProgramState['state'], nothing: AppError): AppError =>
  state.is === 'failed' ? new AppError(state.failure.code, state.failure.params) : nothing;

const signedOut = (context: GateContext): GateContext => ({ ...context, session: null });

export function createRescue(tools: RescueTools) {
  const { kit, vault } = tools;

  async function repair({ account, password }: { account: string; password: string }, context: GateContext) {
    checkFolder(vault.folder);
    const { state } = tools.state(context);
    const isKnown = state.is === 'failed' && state.failure.code === 'damaged';
    // Before anybody has tried to sign in nothing is known of the file: it is looked at with the key.
    if (!isKnown && state.is !== 'sign-in') throw whyElse(state, new AppError('repair-needless', {}));
    const { folder } = vault;
    tools.lock();
    const key = await tools.keyOf(account, password);
    if (!isKnown && isSound(inFolder(folder, 'ledger'), key, kit.env.nativeBinding))
      throw new AppError('repair-needless', {});
    tools.keepNumbers();
    await tools.shut();
    const { backup, work, counts } = repairLedger({
      kit,
      folder,
      key,
      migrations: tools.migrations,
      account,
      newId: tools.newId,
      told: (done, total) => kit.env.emit({ event: 'progress', job: context.call.call, done, total }),
    });
    // As after every return to a copy: numbers given since may stand on paper.
    const unask = askNewInstallation(folder, 'instead');
    context.outcome.whenUndone(() => {
      if (!isRestoring(folder)) unask();
    });
    layRepaired({ folder, backup, work, at: kit.at() });
    tools.mended();
    return { repaired: counts, program: tools.state(signedOut(context)) };
  }

  async function goOn(
    { takesOver, reason }: { takesOver: boolean; reason: string },
    context: GateContext,
  ): Promise<ProgramState> {
    const why = notHere(vault.folder);
    const { state } = tools.state(context);
    const isLost = state.is === 'failed' && state.failure.code === 'identity-lost';
    if (why === null && !isLost) throw whyElse(state, new AppError('ledger-not-moved', {}));
    checkFolder(vault.folder, { needsRoom: false });
    tools.lock();
    context.outcome.whenUndone(askNewInstallation(vault.folder, takesOver ? 'instead' : 'beside'));
    // The folder it was copied from says from now on where the ledger went: both would go on otherwise.
    if (takesOver && why !== null && why !== 'elsewhere' && 'from' in why)
      context.outcome.whenUndone(giveUp(why.from));
    const kind = kindOf(why);
    markGoneOn(vault.folder, { at: kit.at(), reason, kind, takesOver });
    tools.mended();
    return tools.state(signedOut(context));
  }

  /** Gives what takes it back. Throws `locked` where somebody works in it. */
  function giveUp(from: string): () => void {
    if (!holdsLedgerOf(vault.folder)(from) || fs.realpathSync.native(vault.folder) === from)
      return () => undefined;
    const release = lockFolder(from, kit.env.nativeBinding);
    try {
      return markMoved(from, { at: kit.at(), to: vault.folder });
    } finally {
      release();
    }
  }

  type KeyInput = { backup?: string | undefined; place?: CopyPlace | undefined; file?: string | undefined };

  /** Where the folder's key file is missing or harmed: the one beside a copy, or one that somebody kept. */
  async function takeKey({ backup, place = 'own', file }: KeyInput, context: GateContext) {
    checkFolder(vault.folder, { needsRoom: false });
    tools.lock();
    const { state } = tools.state(context);
    const isKeyless =
      state.is === 'failed' &&
      ['ledger-without-key', 'key-file-damaged', 'wrong-key'].includes(state.failure.code);
    if (!isKeyless) throw whyElse(state, new AppError('key-needless', {}));
    const found =
      file === undefined ? keyBesideCopy(vault.folder, backup, place) : chosen(context.files.path(file));
    // A refused try must not fill the disk with what it set aside.
    context.outcome.whenUndone(putAside());
    context.outcome.whenUndone(noteKeyTaken(vault.folder, kit.at()));
    writeKeyFile(vault.folder, found);
    tools.mended();
    return tools.state(signedOut(context));
  }

  function chosen(at: string): KeyFile {
    const key = fittingKey(vault.folder, at);
    if (!key) throw new AppError('key-file-foreign', { file: path.basename(at) });
    return key;
  }

  /** Gives what takes it back. */
  function putAside(): () => void {
    const to = inFolder(vault.folder, 'aside');
    const stamp = kit.at().replace(/[:.]/g, '-');
    const aside: string[] = [];
    const takeBack = () => aside.forEach((one) => void fs.rmSync(one, { force: true }));
    try {
      fs.mkdirSync(to, { recursive: true });
      for (const name of [names.key, names.keyCopy]) {
        const from = path.join(vault.folder, name);
        const one = path.join(to, `${stamp}-${name}`);
        if (!fs.existsSync(from)) continue;
        aside.push(one);
        fs.copyFileSync(from, one);
      }
    } catch (error) {
      takeBack();
      throw error;
    }
    return takeBack;
  }

  async function diagnose({ out }: { out: string }, context: GateContext) {
    const { state } = tools.state(context);
    const failure = state.is === 'failed' ? state.failure : null;
    const text = diagnosis(kit, vault, state.is, failure);
    const file = path.basename(context.files.write(out, Buffer.from(text, 'utf8'), { overwrite: true }));
    return { file, isLedgerRead: state.is !== 'sign-in' };
  }

  /** A whole copy for another PC; from then on this one says that the ledger has gone. */
  async function move({ folder: grant }: { folder: string }, context: GateContext) {
    const { session } = context;
    if (!session) throw new AppError('not-signed-in', {});
    const db = openConnection(vault);
    const unit = ownUnitOutside(db);
    const name = moveText.folder(unit, kit.today());
    const to = path.join(context.files.path(grant), name);
    checkOutside(vault.folder, to);
    const note = { action: 'program.move', ledger: null, recordId: null, version: null, detail: {} };
    db.transaction((writing) =>
      appendAudit(writing, kit.at(), { account: session.account, ...kit.place(writing) }, note),
    );
    tools.keepNumbers();
    const commits = () => db.value<number | null>(sql`select max(number) from commit_entry`);
    const before = commits();
    const wasThere = fs.existsSync(to);
    let copy: string | null = null;
    // Half a copy is no copy, and takes the room of the next try; a folder that was made for it goes whole.
    context.outcome.whenUndone(() => {
      if (!wasThere) isGone(to);
      else if (copy !== null) dropCopy(to, copy);
    });
    const made = (await kit.env.helper('backup.make', {
      folder: vault.folder,
      to,
      key: vault.key,
      nativeBinding: kit.env.nativeBinding ?? null,
      now: kit.at(),
    })) as BackupMade;
    copy = made.name;
    const guide = Buffer.from(guidePage('move', unit, kit.today()).html);
    writeDurably(path.join(to, moveText.guideFile), guide, { mode: 0o666 });
    // Something was saved meanwhile: it is not in the copy, so nothing has moved.
    if (commits() !== before) throw new AppError('busy', { method: 'program.move' });
    markMoved(vault.folder, { at: kit.at(), to: name });
    await tools.shut();
    const { bytes, lost } = made;
    return { moved: { folder: to, copy: made.name, bytes, lost }, program: tools.state(signedOut(context)) };
  }

  return { repair, goOn, takeKey, diagnose, move };
}

function kindOf(why: NotHere): 'moved' | 'elsewhere' | 'copied' | 'identity' {
  if (why === null) return 'identity';
  if (why === 'elsewhere') return 'elsewhere';
  return 'from' in why ? 'copied' : 'moved';
}

/** Where the file of the mark is gone or harmed: the ledger remembers it, unless it has just come from a copy. Throws as above. */
export function recallPlace(folder: string, db: ReadDb): void {
  if (askedInstallation(folder) !== null) return;
  recallMark(folder, readSetting(db, 'folderMark'));
  refuseElsewhere(folder);
}

/**
 * Nobody is signed in who could put a key file back, and passwords of then hold again with it: the log is told at the next
 * opening. Gives what takes it back.
 */
function noteKeyTaken(folder: string, at: string): () => void {
  const noted = inFolder(folder, 'keyTaken');
  writeDurably(noted, JSON.stringify({ at }));
  return () => void isGone(noted);
}

function keyTakenAt(folder: string): string | null {
  try {
    const { at } = JSON.parse(fs.readFileSync(inFolder(folder, 'keyTaken'), 'utf8')) as { at?: unknown };
    return typeof at === 'string' ? at : null;
  } catch {
    return null;
  }
}

/**
 * The folder is here from now on. What was answered when the ledger went on here goes into the log, where nobody was signed
 * in, and that the folder was renamed; entries first, so that a death in between loses none.
 */
export function takePlace(vault: Vault, kit: Kit): void {
  const { goneOn, isRenamed } = markSays(vault.folder);
  const connection = openConnection(vault);
  const about = { ledger: null, recordId: null, version: null };
  const isSaid = (action: string, at: string) =>
    connection.value(sql`select 1 from audit_entry where action = ${action} and at = ${at}`) !== undefined;
  const log = (at: string, note: Pick<AuditNote, 'action' | 'detail'>) =>
    connection.transaction((db) =>
      appendAudit(db, at, { account: '', ...kit.place(db) }, { ...about, ...note }),
    );
  const keyTaken = keyTakenAt(vault.folder);
  if (keyTaken !== null && !isSaid('program.takeKey', keyTaken))
    log(keyTaken, { action: 'program.takeKey', detail: {} });
  isGone(inFolder(vault.folder, 'keyTaken'));
  if (goneOn && !isSaid('program.goOn', goneOn.at)) {
    const { at, ...detail } = goneOn;
    log(at, { action: 'program.goOn', detail });
  } else if (isRenamed) log(kit.at(), { action: 'folder.renamed', detail: {} });
  const mark = takeMachine(vault.folder);
  if (readSetting(connection, 'folderMark') === mark) return;
  connection.transaction((db) => writeSetting(db, 'folderMark', mark));
}
