import type { RecordContent } from '#shared/api/types.ts';
import { isEmpty } from '#shared/kinds/conditions.ts';
import { askFor } from './asked.ts';
import { call } from './bureau.ts';
import { refreshDrafts } from './queries.ts';
import { copyOf, filledUp } from './record-begin.ts';
import type { FormContent } from './record-content.ts';
import type { Ground } from './record-ground.ts';
import { partCopied } from './record-waiting.ts';
import { openRecord } from './route.ts';

/** What goes from a form to other records and back, and what becomes of it when another screen is looked at. */
export function besideActions({ get, set, ledger, drafts, change, keepDraft }: Ground) {
  return {
    /** A like case begins with what the description lets it take. */
    copy(): void {
      openRecord(ledger.name, null, null, { from: 'copy', ...copyOf(ledger, get().content) });
    },
    /** Fills what is empty from a like case. */
    async fillFrom(id: string): Promise<void> {
      let like = await call('ledger.get', { id });
      if (like.isVeiled) {
        // What stands for hidden words must not be copied.
        if (!(await askFor('reveal'))) return;
        like = await call('ledger.get', { id });
      }
      const { content } = get();
      const copy = copyOf(ledger, like.record as FormContent);
      const { now, waiting } = partCopied(ledger, content, copy.content);
      // What somebody typed meanwhile stands, and nothing of it gave way.
      const taken = Object.entries(copy.blanked).filter(([field]) => isEmpty(content[field]));
      const blanked = Object.fromEntries(taken);
      change(filledUp(content, now as RecordContent), { isCopy: true, blanked, waiting });
    },
    async forgetWaiting(): Promise<void> {
      set({ waiting: {} });
      if (get().isDirty) keepDraft();
      else await drafts.discard();
    },
    /** The new record has nothing to do with the one it came from. */
    forgetOrigin: () => {
      set({ origin: null });
      keepDraft();
    },
    /** Writes down what is typed before another screen is looked at, and says where to come back to. */
    keepPlace: async () => ({ id: get().id, draft: get().isDirty ? await drafts.kept() : null }),
    /** The draft is written before the form goes; a list that opens at the same moment reads it after that. */
    leave: () => void drafts.settle().then(refreshDrafts),
  };
}
