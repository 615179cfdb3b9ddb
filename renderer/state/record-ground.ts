import type { StoreApi } from 'zustand/vanilla';
import type { Draft, RecordContent, Whole } from '#shared/api/types.ts';
import { masksIn } from '#shared/ledgers/veil.ts';
import { createDraftKeeper } from './draft-keeper.ts';
import { type FormState, untouched } from './form-state.ts';
import { mayWriteIn } from './reach.ts';
import { createAsker } from './record-ahead.ts';
import { waitingDraft, withBeside } from './record-begin.ts';
import { stillMissing } from './record-check.ts';
import type { FormContent } from './record-content.ts';
import { keysFor } from './record-rows.ts';
import { takenByPlace } from './record-taken.ts';
import { ripened } from './record-waiting.ts';

export type Ground = ReturnType<typeof createGround>;

/** What everything that can be done with a form stands on: its state, its draft, and the version it began from. */
export function createGround(store: StoreApi<FormState>, draft: Draft | null) {
  const { getState: get, setState: set } = store;
  const { ledger } = get();
  /** The version that the content was typed on; null where there is none, or where nobody knows. */
  const version = { base: draft?.baseVersion ?? null };
  const drafts = createDraftKeeper(draft?.id ?? null, (state) => set({ draft: state }));

  const asker = createAsker(get, set);

  /** Whether masks stand in the form, or the account only reads: nothing of that is anybody's typing. */
  const isOnlyShown = () => {
    const { whole, content } = get();
    if (!mayWriteIn(ledger)) return true;
    if (whole?.isOthers) return true;
    return whole?.isVeiled === true && masksIn(ledger, whole.record, content as RecordContent).length > 0;
  };

  const keepDraft = () => {
    if (isOnlyShown()) return;
    drafts.later(() => ({
      ledger: ledger.name,
      content: withBeside(
        get().isDirty || get().id === null ? get().content : waitingDraft(get().whole?.title ?? ''),
        { ...get(), taken: takenByPlace(get()) },
      ),
      ...(get().id === null ? {} : { recordId: get().id as string }),
      ...(version.base === null ? {} : { baseVersion: version.base }),
    }));
  };

  /** Content of the program's own making, such as what was typed on while a save was under way. */
  const lay = (next: FormContent, more: Partial<FormState> = {}) => {
    const { waiting, content: before } = get();
    const content = ripened(ledger, before, next, more.waiting ?? waiting);
    const missing = stillMissing(get().missing, content);
    set({ content, isDirty: true, notice: null, missing, ...more });
    keepDraft();
    asker.later();
  };

  /** What the clerk does; a record that he only reads, or that is masked, stays as it is. */
  const change = (next: FormContent, more: Partial<FormState> = {}) => {
    if (get().whole?.isVeiled || get().whole?.isOthers || !mayWriteIn(ledger)) return;
    lay(next, more);
  };

  const show = (whole: Whole) => {
    asker.stop();
    version.base = whole.version;
    const content = whole.record as FormContent;
    set({
      whole,
      id: whole.id,
      content,
      rowKeys: keysFor(content, ledger, get().rowKeys),
      isLoading: false,
      ...untouched(),
    });
  };

  /** Copied texts outlive the save of a record to which they do not apply yet: in a draft of their own. */
  const keepWaiting = () => {
    if (Object.keys(get().waiting).length === 0) return;
    keepDraft();
    drafts.now();
  };

  return { get, set, ledger, version, drafts, keepDraft, isOnlyShown, lay, change, show, keepWaiting };
}
