import path from 'node:path';
import type { ReadDb } from '#core/db/connection.ts';
import {
  AnsweredFile,
  AskedFile,
  answeredFile,
  askedFile,
  isSignedFile,
  type ReadAsked,
  readAnswered,
  readAsked,
} from '#core/sealing/above-files.ts';
import {
  addAnswer,
  addAsk,
  answerGiven,
  askById,
  keysOfUnit,
  type StoredAsk,
  sealedFrom,
} from '#core/sealing/asks.ts';
import type { SealedFiles } from '#core/sealing/content.ts';
import { lastInstantSince } from '#core/sealing/enquiries.ts';
import { keysUnder, lockOf, newLock } from '#core/sealing/lock.ts';
import { pendingRequest, type StoredRequest, settleRequest } from '#core/sealing/requests.ts';
import { carriedBytes, carriedMb, codeOfCarried, readCarried } from '#core/security/carried-files.ts';
import { type KeyFile, readKeyFile } from '#core/security/key-file.ts';
import type { Sealed } from '#core/security/sealed-to.ts';
import { openShare, type SealingKeys, sealBytes, shareFor } from '#core/security/sealing-key.ts';
import { recoveryHolder } from '#core/security/sealing-shares.ts';
import { isSameCode } from '#core/security/signer.ts';
import { createTries } from '#core/security/tries.ts';
import { ownUnit, readSetting } from '#core/settings/settings.ts';
import { AppError } from '#shared/api/errors.ts';
import { askedDays } from '#shared/domain/sealing.ts';
import type { CommandContext, Files, HandlersOf, Job, JobContext, Kit, QueryContext } from '../context.ts';
import { ownUnitOutside } from '../demo-mark.ts';
import { outside } from '../scope.ts';
import { keysOf, ownKeys } from '../unit-keys.ts';
import type { SealingAtHand } from '../vault.ts';
import { about, carryOut, filesFor, nameOf, numberOf, sealingKeyOf, seesSealed } from './sealing.ts';

type Around = Pick<QueryContext, 'db' | 'kit' | 'scope' | 'session'>;

/** A clock that was set back since the request makes nothing valid again. */
function isOver({ kit, db }: Around, { id, askedAt, validUntil }: StoredAsk): boolean {
  const since = { action: 'sealing.askAbove', at: askedAt, fact: 'asked', is: id } as const;
  return [kit.at(), lastInstantSince(db, since)].some((at) => at > validUntil);
}

/** The key file of a unit that trusts a level above. Throws `above-none`. */
function trusting(kit: Kit): KeyFile & { help: NonNullable<KeyFile['help']> } {
  const file = readKeyFile(kit.folder());
  if (!file?.help) throw new AppError('above-none', {});
  return { ...file, help: file.help };
}

/** One's own application that waits: the first of the two is whoever applied, and nobody in his place. */
function ownRequest({ db, scope, session }: Around, requestId: string): StoredRequest {
  const request = pendingRequest(db, requestId);
  if (!seesSealed(scope, request)) throw outside('sealing-settled', {}, request);
  if (request.appliedBy !== session.accountId)
    throw new AppError('above-applicant', { account: nameOf(db)(request.appliedBy) });
  return request;
}

function atHand(sealing: CommandContext['sealing']): SealingAtHand | null {
  try {
    return sealing();
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/**
 * The share that the level above has of a pair; one who has the pair, or came in by the recovery key, gives it one. Null
 * where neither is so.
 */
function shareAbove(
  { publicKey, shares }: SealingKeys,
  holder: string,
  own: SealingAtHand | null,
  of: { recordId?: string } = {},
): Sealed | null {
  const standing = shares.find(({ to }) => to === holder);
  if (standing || !own) return standing ?? null;
  const pairs = own.recovery ? [own.recovery] : [];
  const pair = own.publicKey === publicKey ? own : openShare({ publicKey, shares }, pairs, of);
  return pair && shareFor(pair, holder, of);
}

/** Shares of all that a request needs, from the outermost key inwards. Throws `above-other-lock`, `above-no-share`. */
function sharesFor(
  { db, kit, sealing }: Pick<CommandContext, 'db' | 'kit' | 'sealing'>,
  { kind, recordId }: StoredRequest,
): { publicKey: string; key: Sealed }[] {
  const { help, sealing: own } = trusting(kit);
  const [holder, hand] = [help.key.to, atHand(sealing)];
  const lock = kind === 'unseal' ? lockOf(db, recordId) : null;
  const outer = lock && shareAbove(lock.keys, holder, hand, { recordId });
  if (lock && !outer) throw new AppError('above-other-lock', { unit: lock.unit });
  const inner = own && shareAbove(own, holder, hand);
  if (!own || !inner) throw new AppError('above-no-share', { unit: help.unitName });
  return [
    ...(lock && outer ? [{ publicKey: lock.keys.publicKey, key: outer }] : []),
    { publicKey: own.publicKey, key: inner },
  ];
}

const nameOfFile = (files: Files, grant: string) => path.basename(files.path(grant));

/** Called by another number than when it was sealed with consent of here: whoever decides would decide on another record. */
function isOtherThanSealed(
  db: ReadDb,
  { kind, unitCode, recordId }: AskedFile,
  { words: { ledger, number } }: ReadAsked,
): boolean {
  const sealed = kind === 'unseal' ? sealedFrom(db, unitCode, recordId) : null;
  return sealed !== null && (sealed.ledger !== ledger || sealed.number !== number);
}

/** A request from below, opened. Throws `help-file`, `above-forged`, `above-foreign`, `above-not-ours`, `above-other-record`. */
function openAsked(
  { db, files }: Pick<CommandContext, 'db' | 'files'>,
  grant: string,
): { file: AskedFile; read: ReadAsked } {
  const name = nameOfFile(files, grant);
  const file = readCarried(files.read(grant, carriedMb), name, AskedFile);
  if (!isSignedFile(file, file.signKey)) throw new AppError('above-forged', { file: name });
  const { code } = ownUnit(db);
  if (file.unitCode.length <= code.length || !file.unitCode.startsWith(code))
    throw new AppError('above-foreign', { unit: file.unitName });
  const keys = ownKeys(db);
  const read = keys && readAsked(file, keys.seal);
  if (!read) throw new AppError('above-not-ours', { file: name });
  if (read === 'other-record' || isOtherThanSealed(db, file, read))
    throw new AppError('above-other-record', { file: name, unit: file.unitName });
  return { file, read };
}

function signedBefore(db: ReadDb, { unitCode, signKey }: AskedFile): 'first' | 'same' | 'other' {
  const [last] = keysOfUnit(db, unitCode);
  if (last === undefined) return 'first';
  return last === signKey ? 'same' : 'other';
}

/**
 * An answer to what this installation asked and nobody has settled. Throws `help-file`, `above-none`, `above-elsewhere`,
 * `above-forged`, `above-other-ask`, `above-taken`, `above-expired`, `sealing-settled`.
 */
function openAnswered(
  context: Around & Pick<JobContext, 'files'>,
  grant: string,
): { file: AnsweredFile; ask: StoredAsk; request: StoredRequest; name: string } {
  const { db, kit, files } = context;
  const name = nameOfFile(files, grant);
  const file = readCarried(files.read(grant, carriedMb), name, AnsweredFile);
  const { help, ledgerId } = trusting(kit);
  const installation = readSetting(db, 'installationId');
  if (file.ledgerId !== ledgerId || file.installation !== installation)
    throw new AppError('above-elsewhere', { file: name });
  if (!isSignedFile(file, help.signKey)) throw new AppError('above-forged', { file: name });
  const ask = askById(db, file.id);
  if (ask?.outcome === 'granted' || ask?.outcome === 'refused')
    throw new AppError('above-taken', { outcome: ask.outcome });
  if (!ask || ask.answerKey !== file.answerKey || ask.installation !== installation)
    throw new AppError('above-other-ask', { file: name });
  const request = ownRequest(context, ask.requestId);
  if (ask.outcome === 'over') throw new AppError('above-other-ask', { file: name });
  if (isOver(context, ask)) throw new AppError('above-expired', { until: ask.validUntil });
  return { file, ask, request, name };
}

type Staged = { under: string[]; files: SealedFiles; lock: SealingKeys | null };

export const sealingAboveHandlers = {
  'sealing.askAbove'(context, { id: requestId, out, overwrite = false }) {
    const { db, kit, files, note, write, session, changed } = context;
    const request = ownRequest(context, requestId);
    const { help, ledgerId } = trusting(kit);
    const unitCode = ownUnit(db).code;
    const unitName = ownUnitOutside(db);
    const installation = readSetting(db, 'installationId') ?? '';
    const { kind, recordId, ledger, basis, appliedAt } = request;
    const [id, askedAt] = [write.newId(), write.at];
    const validUntil = new Date(Date.parse(askedAt) + askedDays * 86_400_000).toISOString();
    const number = numberOf(kit, db, ledger, recordId);
    const { file, secret } = askedFile(
      {
        ...{ id, ledgerId, installation, unitCode, unitName, kind, recordId, askedAt, validUntil },
        words: { account: session.account, ledger, number, basis, appliedAt },
        reason: request.reason,
        keys: sharesFor(context, request),
      },
      keysOf(db).signer,
      help.key.to,
    );
    const told = { unit: help.unitName, code: codeOfCarried(file), askedAt, validUntil };
    const { answerKey } = file;
    addAsk(db, { ...told, id, requestId, installation, answerKey, secret, outcome: null });
    const { detail, ...rest } = about(request, session.account);
    note({ ...rest, detail: { ...detail, unit: help.unitName, asked: id, validUntil } });
    changed('*');
    return { ...told, file: files.write(out, carriedBytes(file), { overwrite }) };
  },
  'sealing.takeAnswer': {
    async stage(context, { file: grant }) {
      const { file, request } = openAnswered(context, grant);
      const { help, ...keys } = trusting(context.kit);
      const isSealed = request.kind === 'seal' && file.outcome === 'granted';
      const recovery = recoveryHolder(keys);
      if (isSealed && recovery === null) throw new AppError('sealing-not-ready', {});
      const lock = isSealed && recovery !== null ? newLock(request.recordId, [help.key.to, recovery]) : null;
      const under = keysUnder(sealingKeyOf(context.kit), lock);
      return { under, lock, files: isSealed ? await filesFor(context, request, under) : new Map() };
    },
    commit(context, { lock, ...staged }, { file: grant }) {
      const { db, kit, note, session, write, changed } = context;
      const { file, ask, request, name } = openAnswered(context, grant);
      const { kind, ledger, recordId } = request;
      const isGranted = file.outcome === 'granted';
      const outer = kind === 'unseal' ? lockOf(db, recordId)?.keys.publicKey : undefined;
      const inner = sealingKeyOf(kit);
      const needed = outer === undefined ? [inner] : [outer, inner];
      const read = readAnswered(file, ask.secret ?? '', isGranted && kind === 'unseal' ? needed : []);
      if (!read) throw new AppError('above-forged', { file: name });
      const { account: by, reason } = read.words;
      const above = `${file.unitName} ${by}`;
      const number = numberOf(kit, db, ledger, recordId);
      if (isGranted) carryOut(context, request, { ...staged, keys: read.keys });
      else write.over.push(request.id);
      settleRequest(write, request.id, isGranted ? 'done' : 'refused', session.accountId, { above, lock });
      // The file beside the ledger must know of it before the ledger does.
      if (isGranted) write.moved.hasOthers = true;
      write.commit();
      const { detail, ...rest } = about(request, session.account);
      note({ ...rest, detail: { ...detail, unit: above, asked: ask.id, answer: file.outcome, reason } });
      changed('*');
      return { outcome: file.outcome, kind, number, unit: file.unitName, by, reason };
    },
  } satisfies Job<{ file: string }, Staged, unknown>,
  'sealing.readAsked'(context, { file: grant }) {
    const { db, write, note } = context;
    const { file, read } = openAsked(context, grant);
    const { id, unitName: unit, unitCode, kind, askedAt, validUntil } = file;
    const known = answerGiven(db, id);
    note({ detail: { kind, unit, area: unitCode, account: read.words.account, asked: id } });
    return {
      ...{ id, unit, kind, askedAt, validUntil, reason: read.reason, ...read.words },
      isOver: write.at > validUntil,
      signedBy: signedBefore(db, file),
      decided: known && {
        outcome: known.outcome,
        at: known.decidedAt,
        by: nameOf(db)(known.decidedBy),
      },
    };
  },
  'sealing.answerAsked'(context, { file: grant, code, outcome, reason, out, overwrite = false }) {
    const { db, kit, files, note, session, write, changed } = context;
    const { file, read } = openAsked(context, grant);
    const { id, unitCode, unitName, signKey, kind, recordId, askedAt, validUntil } = file;
    const tries = createTries(kit);
    tries.check();
    if (!isSameCode(codeOfCarried(file), code))
      return tries.fail('code', session.account, new AppError('help-code', {}));
    tries.succeed(null);
    if (write.at > validUntil) throw new AppError('above-expired', { until: validUntil });
    const known = answerGiven(db, id);
    // The same once more, where the file was lost on the way.
    if (known && known.outcome !== outcome) throw new AppError('above-decided', { outcome: known.outcome });
    const { account, ledger, number, basis } = read.words;
    const words = { account: session.account, reason };
    const answer = answeredFile(
      file,
      { unitName: ownUnitOutside(db), outcome, at: write.at, words },
      { pairs: read.pairs, signer: keysOf(db).signer },
    );
    if (!known) {
      const detail = { basis, asked: read.reason, answered: reason };
      addAnswer(
        db,
        {
          ...{ id, unitCode, unitName, signKey, kind, recordId, ledger, number, account, askedAt, outcome },
          ...{ decidedAt: write.at, decidedBy: session.accountId },
        },
        sealBytes(Buffer.from(JSON.stringify(detail)), sealingKeyOf(kit)),
      );
    }
    const who = `${unitName} ${account}`;
    note({ detail: { kind, basis, unit: who, asked: id, answer: outcome, reason } });
    changed('*');
    return { file: files.write(out, carriedBytes(answer), { overwrite }), unit: unitName, number };
  },
} satisfies HandlersOf<
  'sealing.askAbove' | 'sealing.takeAnswer' | 'sealing.readAsked' | 'sealing.answerAsked'
>;
