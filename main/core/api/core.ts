import { appendAudit } from '#core/audit/chain.ts';
import type { Exchanged } from '#core/db/beside.ts';
import { openReader } from '#core/db/open.ts';
import { createVeil } from '#core/ledgers/veil.ts';
import { createIds } from '#core/settings/ids.ts';
import type { CoreEvent, Envelope } from '#shared/api/envelope.ts';
import { AppError } from '#shared/api/errors.ts';
import { type MethodName, methods } from '#shared/api/methods.ts';
import { mayCall } from '#shared/api/rights.ts';
import type { CommandContext, Files, HandlerOf, Job, Kit, Outcome } from './context.ts';
import {
  type AuditEntry,
  type AuditNote,
  type CallContext,
  type Core,
  type CoreEnv,
  type Duty,
  dutyOf,
  type Peer,
  type PeerMessage,
  type StoredSession,
} from './contract.ts';
import { isDemoLedger, markedAnswer, markedFile } from './demo-mark.ts';
import { keepDestroyed } from './destroyed-again.ts';
import { type Checked, checkCall, createNote, isVeiled } from './dispatch.ts';
import { createDoorstep } from './doorstep.ts';
import { createDraftFile, createForgetting, forgetDrafts } from './drafts.ts';
import { failed, tellAfter } from './failures.ts';
import { createFiles } from './files.ts';
import { createGates, type Gates } from './gates.ts';
import { handlers } from './handlers/all.ts';
import { createKit } from './kit.ts';
import { keepAhead } from './last-numbers.ts';
import { leave, leftBehind, takeUpLeft } from './leaving.ts';
import { createOutcome, orUndo } from './outcome.ts';
import { checkScope, idsNamedIn, isLimited, refusalIn, scopeOf } from './scope.ts';
import { renewed } from './session-info.ts';
import { notesOf, shownIn } from './shown.ts';
import { startUpkeep } from './upkeep.ts';
import { closeVault, openConnection, openKey, sealingOf, signerOf } from './vault.ts';
import { isTitledFailure, veilAnswer, veilFailure } from './veiled.ts';
import { createViewLog, lostLooks } from './view-log.ts';
import { createWriteContext } from './write-context.ts';

/**
 * One part of the core behind one door. Every call goes the same way: name, input, session, right, handler, audit,
 * envelope. Nothing that is thrown leaves it.
 */
export function createPart(duty: Duty, env: CoreEnv, peer: Peer, doorstep = createDoorstep(env)): Core {
  const { vault } = doorstep;
  const kit: Kit = createKit(env, () => vault.folder);
  const newId = createIds(env.now);
  const running = new Set<Promise<unknown>>();
  const cancelled = new Set<string>();
  let isClosing = false;
  const gates: Gates | null = duty === 'writer' ? createGates({ kit, doorstep, peer, newId }) : null;
  const views = createViewLog(peer);
  const upkeep = duty === 'writer' ? startUpkeep(vault, kit) : null;
  const { openFile, onDrafts } = createDraftFile(vault, {
    nativeBinding: env.nativeBinding,
    lost: (lastWritten) => lostLooks(openConnection(vault), actorOf(''), lastWritten),
    renewed: (drafts) => follow(views.handOver(drafts, openConnection(vault))),
  });
  const forgetting = createForgetting(() => {
    const { connection } = vault;
    if (connection) onDrafts((drafts) => forgetDrafts(drafts, connection, kit.registry));
  });

  peer.serve(async (message: PeerMessage) => {
    if (message.is === 'opened') {
      closeVault(vault);
      vault.folder = message.folder;
      vault.key = message.key;
      vault.connection = openReader(message.folder, message.key, env.nativeBinding);
      vault.drafts = openFile();
      forgetting.begin();
      // First what waits to be taken: an export whose entry is among it needs no other.
      const left = leftBehind(message.folder);
      const by = () => actorOf('');
      follow(
        views.handOver(vault.drafts, vault.connection).then(() => takeUpLeft(left, { vault, peer, by })),
      );
    } else if (message.is === 'stripped') forgetting.begin();
    else if (message.is === 'closed') {
      // Queries that are under way still need the connection; they end by themselves.
      await Promise.allSettled([...running]);
      kit.logReadings.close();
      closeVault(vault);
    } else if (message.is === 'session') {
      views.follow(message.token, vault.sessions.get(message.token) ?? null, message.session);
      if (message.session) vault.sessions.set(message.token, message.session);
      else vault.sessions.delete(message.token);
      if (!message.session || message.session.isLocked) kit.logReadings.close(message.token);
    } else audit(message.entries);
  });

  function audit(entries: readonly AuditEntry[]): void {
    openConnection(vault).transaction((db) => {
      for (const { at, note, ...actor } of entries) appendAudit(db, at, actor, note);
    });
  }

  /** Closing waits for what is under way. */
  function follow(work: Promise<unknown>): void {
    const settled = work.catch(() => undefined).finally(() => running.delete(settled));
    running.add(settled);
  }

  async function run(checked: Checked, context: CallContext): Promise<unknown> {
    const outcome = createOutcome((error) => tellAfter(env, vault.folder, error));
    let answer: unknown;
    try {
      answer = await act(checked, context, outcome);
    } catch (error) {
      outcome.undone();
      gates?.tellUntold();
      await refuse(error, checked.method, context);
      throw error;
    }
    outcome.done();
    return isDemoNow() ? markedAnswer(checked.method, answer) : answer;
  }

  const isDemoNow = () => vault.connection !== null && isDemoLedger(vault.connection);

  async function act(
    { method, input, session }: Checked,
    context: CallContext,
    outcome: Outcome,
  ): Promise<unknown> {
    const { kind, audited } = methods[method];
    const { entry, note, wrote } = createNote(method);
    const files = createFiles(
      vault.folder,
      context.grants,
      outcome,
      kind !== 'gate' && audited && session
        ? (file) => leave(vault, { by: actorOf(session.account), note: entry, wrote }, file)
        : undefined,
      (bytes) => (isDemoNow() ? markedFile(method, bytes) : bytes),
    );
    if (kind === 'gate') {
      if (!gates) throw new Error(`${method} belongs to the writer`);
      const answer = await gates.run(method, input, { call: context, files, outcome, session });
      // What a program that died left to be wiped goes first, then what a large job left unmerged in the index.
      outcome.whenDone(() => upkeep?.wipe());
      outcome.whenDone(() => upkeep?.wake());
      return answer;
    }
    if (!session) throw new AppError('not-signed-in', {});
    forgetting.goOn();
    const scope = scopeOf(kit, openConnection(vault), session);
    if (!mayCall(session, methods[method], isLimited(scope)))
      throw new AppError('no-right', { right: methods[method].rights });
    checkScope(kit, openConnection(vault), scope, kind, input);
    const base = { kit, session, scope, call: context, files, outcome, note };
    if (kind === 'draft') {
      const handler = handlers[method] as HandlerOf<'draft.save'>;
      const given = onDrafts((drafts) =>
        handler({ ...base, drafts, db: openConnection(vault) }, input as never),
      );
      // What somebody typed himself stands whole in his own form, masked or not.
      if (audited === 'whole') logShown(session, { method, input }, given);
      return given;
    }
    if (kind === 'query') {
      const connection = openConnection(vault);
      const handler = handlers[method] as HandlerOf<'ledger.list'>;
      const isWhole = !isVeiled(session);
      const answer = await connection.snapshot((db) => {
        kit.renewLists(db);
        const veil = isWhole ? null : createVeil(db, kit.registry);
        const given = handler({ ...base, db, connection, key: openKey(vault), veil }, input as never);
        const veiled = (answer: unknown) => (veil ? veilAnswer(kit, veil, method, input, answer) : answer);
        return isPromise(given) ? given.then(veiled) : veiled(given);
      });
      if (audited === 'whole' && isWhole) logShown(session, { method, input }, answer);
      else if (audited === 'view') {
        const look = { token: session.token, method, input, isWhole, entry };
        views.begin(env.now(), look, (said) => logViews(session, [said]));
      } else if (audited === true) logViews(session, [entry]);
      return answer;
    }
    const handler = handlers[method];
    const commit = (work: (command: CommandContext) => unknown) =>
      write({ method, input }, base, entry, audited, work);
    if (kind === 'command')
      return commit((command) => (handler as HandlerOf<'ledger.save'>)(command, input as never));
    const job = handler as Job<unknown, unknown, unknown>;
    const alive = () => {
      if (cancelled.has(context.call)) throw new AppError('cancelled', { method });
    };
    const progress = (done: number, total: number) => {
      env.emit({ event: 'progress', job: context.call, done, total });
      alive();
    };
    kit.renewLists(openConnection(vault));
    const staged = await job.stage(
      { ...base, db: openConnection(vault), key: openKey(vault), progress, alive },
      input,
    );
    alive();
    return commit((command) => job.commit({ ...command, progress }, staged, input));
  }

  /** Who does something, when and where, as the log has it. */
  const actorOf = (account: string) => ({ at: kit.at(), account, ...kit.place(openConnection(vault)) });

  /** Entries of what was looked at, on the disk before this returns. */
  function logViews(session: StoredSession, notes: readonly AuditNote[]): void {
    const by = actorOf(session.account);
    const entries = notes.map((note) => ({ ...by, note }));
    if (duty === 'writer') audit(entries);
    else follow(onDrafts((drafts) => views.keep(drafts, entries)));
  }

  /** Which records an answer showed whole. */
  function logShown(
    session: StoredSession,
    { method, input }: Pick<Checked, 'method' | 'input'>,
    answer: unknown,
  ): void {
    const shown = shownIn({ kit, db: openConnection(vault) }, method, input, answer);
    views.show(env.now(), { token: session.token, method }, shown, (fresh) =>
      logViews(session, [...notesOf(method, fresh)]),
    );
  }

  /** One IMMEDIATE transaction with its log entry; events go out only after it stands on the disk. */
  async function write(
    { method, input }: { method: MethodName; input: unknown },
    base: Omit<CommandContext, 'db' | 'key' | 'write' | 'signer' | 'sealing' | 'changed'> & { files: Files },
    entry: AuditNote,
    audited: boolean | 'view' | 'whole',
    work: (command: CommandContext) => unknown,
  ): Promise<unknown> {
    const ledgers = new Set<string>();
    let isStripped = false;
    // Files beside the ledger that must know of the changes before it does.
    const beside: Exchanged[] = [];
    const answer = orUndo(beside, openConnection(vault), (db) => {
      kit.renewLists(db);
      const write = createWriteContext(kit, db, base.session, method, newId);
      const given = work({
        ...base,
        db,
        write,
        key: openKey(vault),
        signer: () => signerOf(vault, base.session.token),
        sealing: () => sealingOf(vault, base.session.token),
        changed: (ledger) => void ledgers.add(ledger),
      });
      const value = isVeiled(base.session)
        ? veilAnswer(kit, createVeil(db, kit.registry), method, input, given)
        : given;
      if (audited) appendAudit(db, write.at, { account: base.session.account, ...kit.place(db) }, entry);
      isStripped = write.stripped.length > 0;
      if (isStripped) beside.push(...keepDestroyed(vault, db));
      beside.push(...keepAhead(vault, db, write));
      return value;
    });
    const { whenDone } = base.outcome;
    for (const { keep } of beside) whenDone(keep);
    if (isStripped) {
      // Before the answer; where there is no room for it, both are tried again.
      await peer.request({ is: 'stripped' }).catch(() => undefined);
      whenDone(() => upkeep?.wipe());
    }
    if (ledgers.size > 0) whenDone(() => env.emit({ event: 'changed', ledgers: [...ledgers] }));
    whenDone(() => upkeep?.wake());
    return answer;
  }

  async function call(name: string, input: unknown, context: CallContext): Promise<Envelope<unknown>> {
    if (isClosing) return failed(new AppError('closing', {}), vault.folder);
    let checked: Checked;
    try {
      checked = checkCall(vault, { name, input, context }, (session) => renewed(kit, vault, session));
    } catch (error) {
      await refuse(error, name, context);
      return failed(error, vault.folder);
    }
    const work = run(checked, context);
    running.add(work);
    try {
      return { ok: true, value: await work };
    } catch (error) {
      return failed(tellable(error, checked), vault.folder);
    } finally {
      running.delete(work);
      cancelled.delete(context.call);
    }
  }

  /** A refusal may name a record: whole only to who gave a reason, and where the log can be told of it. */
  function tellable(error: unknown, { method, input, session }: Checked): unknown {
    if (!session || !isTitledFailure(error)) return error;
    if (isVeiled(session)) return veilFailure(error);
    const detail = { failed: error.code };
    const notes = [...notesOf(method, [{ ledger: null, ids: idsNamedIn(input) }])];
    const told = (notes.length > 0 ? notes : [createNote(method).entry]).map((note) => ({
      ...note,
      detail: { ...note.detail, ...detail },
    }));
    try {
      logViews(session, told);
      return error;
    } catch {
      return veilFailure(error);
    }
  }

  /** A refused right, and a record refused as if it were not there, are kept in the log. */
  async function refuse(error: unknown, name: string, context: CallContext): Promise<void> {
    const refused = refusalIn(error);
    if (!refused) return;
    const account = context.token === null ? '' : (vault.sessions.get(context.token)?.account ?? '');
    const note = { ...createNote('refused').entry, ...refused, detail: { method: name } };
    try {
      const entry = { ...actorOf(account), note };
      if (duty === 'writer') audit([entry]);
      else await peer.request({ is: 'audit', entries: [entry] });
    } catch {
      // the refusal itself stands whether or not it could be logged
    }
  }

  return {
    call,
    cancel: (id) => void cancelled.add(id),
    async close() {
      if (isClosing) return;
      isClosing = true;
      env.emit({ event: 'closing' });
      await Promise.allSettled([...running]);
      upkeep?.stop();
      await gates?.close();
      kit.logReadings.close();
      closeVault(vault);
    },
  };
}

const isPromise = (value: unknown): value is Promise<unknown> => value instanceof Promise;

/** Both parts behind one door, in one thread: the command line and the tests. */
export function createCore(env: CoreEnv): Core {
  const served: Partial<Record<Duty, (message: PeerMessage) => Promise<void>>> = {};
  const link = (own: Duty, other: Duty): Peer => ({
    request: async (message) => served[other]?.(message),
    serve: (handler) => {
      served[own] = handler;
    },
  });
  // This door tells that it is closing, once; its parts close only when nothing runs behind it any more.
  const emit = (event: CoreEvent) => {
    if (event.event !== 'closing') env.emit(event);
  };
  const writer = createPart('writer', { ...env, emit }, link('writer', 'reader'));
  const reader = createPart('reader', { ...env, emit }, link('reader', 'writer'));
  const running = new Set<Promise<unknown>>();
  let isClosing = false;
  return {
    async call(method, input, context) {
      if (isClosing) return failed(new AppError('closing', {}), env.folder);
      const kind = Object.hasOwn(methods, method) ? methods[method as MethodName].kind : 'gate';
      const answer = (dutyOf(kind) === 'writer' ? writer : reader).call(method, input, context);
      running.add(answer);
      try {
        return await answer;
      } finally {
        running.delete(answer);
      }
    },
    cancel(call) {
      writer.cancel(call);
      reader.cancel(call);
    },
    async close() {
      if (isClosing) return;
      isClosing = true;
      env.emit({ event: 'closing' });
      // A query may still have its entry written by the writer.
      await Promise.allSettled(running);
      await writer.close();
      await reader.close();
    },
  };
}
