import type { InputOf } from '#shared/api/methods.ts';
import type { Draft } from '#shared/api/types.ts';
import { uuidAt } from '#shared/domain/uuid.ts';
import { call } from './bureau.ts';
import { mayAsk } from './program.ts';

type DraftInput = Omit<InputOf<'draft.save'>, 'id'>;
type Progress = 'waiting' | 'kept' | 'failed';

const delayMs = 150;

/** Writes a draft soon after every change, one write at a time, the newest content last. */
export function createDraftKeeper(known: string | null, report: (state: Progress) => void) {
  let id = known;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let pending: (() => DraftInput) | null = null;
  let writing: Promise<void> = Promise.resolve();

  const write = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (!pending) return;
    const input = pending();
    pending = null;
    id ??= uuidAt(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
    const draft = id;
    writing = writing
      .then(() => call('draft.save', { id: draft, ...input }))
      .then(() => report('kept'))
      .catch(() => report('failed'));
  };
  const stop = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    pending = null;
  };

  return {
    id: () => id,
    later(content: () => DraftInput): void {
      pending = content;
      report('waiting');
      timer ??= setTimeout(write, delayMs);
    },
    now: write,
    /** Nothing is under way any more: what follows may take the draft away. */
    async settle(): Promise<void> {
      write();
      await writing;
    },
    /** The draft as it is kept now, if there is one. */
    async kept(): Promise<Draft | null> {
      await this.settle();
      return (await leftDrafts()).find((draft) => draft.id === id) ?? null;
    },
    /** The next change begins another draft, or goes on with the one named. */
    renew(next: string | null): void {
      stop();
      id = next;
    },
    async discard(): Promise<void> {
      stop();
      const gone = id;
      id = null;
      await writing;
      if (gone !== null) await call('draft.discard', { id: gone });
    },
  };
}

/** Drafts of this account; one that may not write has none. */
export const leftDrafts = async (): Promise<Draft[]> =>
  mayAsk('draft.list') ? call('draft.list', {}).catch((): Draft[] => []) : [];

/** A new record takes the id of its draft, so that a draft left behind cannot make a second one. */
export const idOf = (id: string | null) => (id === null ? {} : { id });
