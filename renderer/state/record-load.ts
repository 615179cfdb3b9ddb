import type { Draft } from '#shared/api/types.ts';
import { call, failureFrom, read } from './bureau.ts';
import { leftDrafts } from './draft-keeper.ts';
import { untouched } from './form-state.ts';
import { pinnedValues, pinsOf } from './pins.ts';
import { contentAt, filledUp, isOnlyWaiting, laidOver, withoutBeside } from './record-begin.ts';
import { type FormContent, newContent } from './record-content.ts';
import type { Ground } from './record-ground.ts';
import { keysFor } from './record-rows.ts';
import { takenAt } from './record-taken.ts';
import { partCopied } from './record-waiting.ts';

/** How a form comes to its content: from a record, from a draft, or anew. */
export function loadActions(ground: Ground, draft: Draft | null, begins: FormContent) {
  const { get, set, ledger, version, drafts } = ground;
  let hasStarted = draft !== null;
  let hasOpened = false;

  /** A form to type in at once; `more` lies over what the clerk keeps and what a new record begins with anyway. */
  const startNew = (more: FormContent) => {
    const { today, codes, started, account } = get();
    const pinned = contentAt(pinnedValues(pinsOf(account, ledger.name)));
    const base = laidOver(newContent(ledger, today, codes), pinned);
    const { now, waiting } = partCopied(ledger, base, more);
    const content = laidOver(base, now);
    version.base = null;
    drafts.renew(null);
    set({
      id: null,
      whole: null,
      content,
      rowKeys: keysFor(content, ledger),
      waiting,
      ...untouched(),
      left: { path: '' },
      started: started + 1,
    });
  };

  /** What the account used last fills what is still empty; it comes from the core, and typing does not wait for it. */
  const remember = async () => {
    if (!ledger.remembers) return;
    const { started } = get();
    const last = await call('ledger.begin', { ledger: ledger.name }).catch(() => ({}));
    if (get().started === started) set({ content: filledUp(get().content, last) });
  };

  /**
   * Reads the record, and the draft that was left of it, if any. A form that comes back through a lock keeps what is
   * typed; its draft may have come too late to be written before.
   */
  const load = async (): Promise<void> => {
    const { id, codes, isDirty } = get();
    if (hasOpened && isDirty) return ground.keepDraft();
    if (id === null) {
      if (hasStarted || !codes.isReady) return;
      hasStarted = true;
      startNew(begins);
      hasOpened = true;
      await remember();
      return;
    }
    try {
      const [whole, all] = await Promise.all([call('ledger.get', { id }), leftDrafts()]);
      const left = draft ?? all.find((one) => one.recordId === id) ?? null;
      ground.show(whole);
      hasOpened = true;
      if (!left) return;
      drafts.renew(left.id);
      const { content, waiting, taken } = withoutBeside(left);
      set({ waiting });
      if (isOnlyWaiting(left)) return;
      // A draft that does not know its version is saved blindly, which the core refuses where anything differs.
      version.base = left.baseVersion;
      const rowKeys = keysFor(content, ledger);
      set({ content, rowKeys, taken: takenAt(taken, rowKeys) });
      set({ isDirty: true, isResumed: true, draft: 'kept' });
    } catch (caught) {
      set({ isLoading: false, failure: failureFrom(caught) });
    }
  };

  /** The record as the session may see it now, where that is not how it stands in the form. Changes typed on it stay. */
  const reread = async (isVeiled: boolean): Promise<void> => {
    const { whole, isBusy } = get();
    if (!whole || isBusy || (whole.isVeiled === true) === isVeiled) return;
    // What was typed may be looked at by whoever typed it.
    if (get().isDirty && isVeiled) return;
    // Masks that were moved about are no typing: they go, and so does a draft of them.
    const isOfMasks = get().isDirty && ground.isOnlyShown();
    const now = await read('ledger.get', { id: whole.id }).catch(() => null);
    const { whole: still, isDirty, rowKeys } = get();
    if (!now || still !== whole) return;
    if (isOfMasks) {
      await drafts.discard().catch(() => undefined);
      return ground.show(now);
    }
    if (isDirty) return set({ whole: now });
    if (now.version !== whole.version) return ground.show(now);
    const content = now.record as FormContent;
    set({ whole: now, content, rowKeys: keysFor(content, ledger, rowKeys) });
  };

  /** What another part of the screen wrote into the record, such as the number of a paper; never over what is typed. */
  const renew = async (): Promise<void> => {
    const { whole, isDirty } = get();
    if (!whole || isDirty) return;
    const now = await read('ledger.get', { id: whole.id });
    if (get().whole === whole && !get().isDirty) ground.show(now);
  };

  return { startNew, load, reread, renew };
}
