import type { Saved } from '#shared/api/types.ts';
import { rememberedOf } from '#shared/ledgers/telling.ts';
import { call, failureFrom } from './bureau.ts';
import { idOf } from './draft-keeper.ts';
import type { FormState } from './form-state.ts';
import { renewPins } from './pins.ts';
import { takenFrom } from './record-begin.ts';
import { checkCertain, contentToSend } from './record-check.ts';
import { type FormContent, paperNumber, systemValues } from './record-content.ts';
import type { Ground } from './record-ground.ts';
import { keysFor } from './record-rows.ts';
import { blanksFrom, droppedFrom, stillWaiting } from './record-waiting.ts';

export type Saving = ReturnType<typeof saveActions>;

/** How a form is saved, and what becomes of it where that fails or somebody else was there before. */
export function saveActions(ground: Ground, startNew: (more: FormContent) => void) {
  const { get, set, ledger, version, drafts, lay, keepDraft } = ground;

  /**
   * What the core answered is shown. What was typed since `sent` was stays as a change on top of it; true where there
   * was some.
   */
  const take = async (saved: Saved, sent: FormContent): Promise<boolean> => {
    // The record is safe: a draft that cannot be taken away is no failure of the save.
    await drafts.discard().catch(() => undefined);
    const { content, rowKeys } = get();
    const isOvertaken = content !== sent;
    ground.show(saved);
    set({ waiting: stillWaiting(ledger, saved.record as FormContent, get().waiting) });
    if (!isOvertaken) ground.keepWaiting();
    else lay({ ...content, ...systemValues(ledger, saved.record) }, { rowKeys });
    set({ isBusy: false, warnings: saved.warnings, notice: isOvertaken ? 'saved-typed' : 'saved' });
    return isOvertaken;
  };

  const fail = async (caught: unknown): Promise<void> => {
    const failure = failureFrom(caught);
    const { id, focusProblem, origin } = get();
    if (failure.code !== 'record-changed') {
      const found = failure.fields ?? {};
      return set({ isBusy: false, failure, found, showsAll: true, focusProblem: focusProblem + 1 });
    }
    // The form must not stay shut where the other's record cannot be read.
    const at = id ?? drafts.id();
    const theirs = at === null ? null : await call('ledger.get', { id: at }).catch(() => null);
    if (id === null && theirs) {
      // An earlier save got through and its answer did not: from now on the form is of that record, and so is its draft.
      const content = { ...get().content, ...systemValues(ledger, theirs.record) };
      set({ id: theirs.id, whole: theirs, content, isDirty: true, origin: null });
      keepDraft();
    } else if (id === null && origin !== null) {
      // Somebody changed what this one comes from: said once, and saved again knowingly.
      const now = await call('ledger.get', { id: origin.id }).catch(() => null);
      if (now) set({ origin: { ...origin, baseVersion: now.version } });
    }
    set({ isBusy: false, failure, theirs });
  };

  const stopAtProblems = (state: FormState): boolean => {
    if (Object.keys(checkCertain(state).problems).length === 0) return false;
    set({ showsAll: true, found: {}, focusProblem: get().focusProblem + 1, failure: null, missing: null });
    return true;
  };

  /** `isSure` where it was confirmed what is left out. */
  const save = async (next: 'stay' | 'new', isSure = false): Promise<void> => {
    if (get().isBusy || stopAtProblems(get())) return;
    const dropped = droppedFrom(get());
    const blanks = blanksFrom(get());
    if (!isSure && dropped.length + Object.keys(blanks).length > 0)
      return set({ confirming: { next, dropped, pointing: [], due: [], blanks } });
    set({ isBusy: true, failure: null });
    await drafts.settle();
    const { id, content, origin, account, whole } = get();
    try {
      const saved = await call('ledger.save', {
        ledger: ledger.name,
        record: contentToSend(get()),
        ...paperNumber(ledger, whole, content),
        ...idOf(id ?? drafts.id()),
        ...(version.base === null ? {} : { baseVersion: version.base }),
        ...(origin === null ? {} : { origin: takenFrom(origin) }),
      });
      set({ origin: null, isCopy: false });
      renewPins(account, ledger.name, content);
      if ((await take(saved, content)) || next === 'stay') return;
      startNew(rememberedOf(ledger, saved.record));
      set({ notice: 'saved-next' });
    } catch (caught) {
      await fail(caught);
    }
  };

  /** The record is gone, what was typed on it is here: it becomes a record of its own, and the core numbers it. */
  const saveAsNew = async (): Promise<void> => {
    const { id, content } = get();
    const given = Object.keys(systemValues(ledger, content));
    const kept = Object.entries(content).filter(([name]) => !given.includes(name));
    const before = drafts.id();
    version.base = null;
    // A draft that has the id of the record that is gone cannot lend it to another one.
    if (before === id) drafts.renew(null);
    lay(Object.fromEntries(kept), { id: null, whole: null, failure: null });
    await drafts.settle();
    if (before !== null && before === id) await call('draft.discard', { id: before }).catch(() => null);
    await save('stay');
  };

  /** After a conflict: the chosen content goes on top of what the other saved. */
  const resolve = async (content: FormContent): Promise<void> => {
    const { theirs } = get();
    if (!theirs) return;
    version.base = theirs.version;
    lay(content, { theirs: null, failure: null, whole: theirs, rowKeys: keysFor(content, ledger) });
    await save('stay');
  };

  const discardChanges = async (): Promise<void> => {
    await drafts.discard();
    const { whole } = get();
    if (whole) ground.show(whole);
    ground.keepWaiting();
  };

  const keepEditing = () => set({ theirs: null });

  return { take, fail, stopAtProblems, save, saveAsNew, resolve, discardChanges, keepEditing };
}
