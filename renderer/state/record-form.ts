import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FieldProblems } from '#shared/api/errors.ts';
import type { Draft, RecordContent, Saved, Scalar, Whole } from '#shared/api/types.ts';
import type { Day } from '#shared/domain/day.ts';
import { isEmpty } from '#shared/kinds/conditions.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { waiverOf, waiversName, withoutWaiver, withWaiver } from '#shared/ledgers/waivers.ts';
import { isRepeat, isVoid, missingFor, type Step } from '#shared/ledgers/workflow.ts';
import { call, failureFrom } from './bureau.ts';
import type { Codes } from './codes.ts';
import { createDraftKeeper, idOf, leftDrafts } from './draft-keeper.ts';
import { type FormState, firstState, type More, untouched } from './form-state.ts';
import { pinnedValues, pinsOf, renewPins } from './pins.ts';
import { refreshDrafts } from './queries.ts';
import {
  contentAt,
  copyOf,
  filledUp,
  followed,
  isOnlyWaiting,
  laidOver,
  openFrom,
  takenFrom,
  waitingDraft,
  withBeside,
  withoutBeside,
} from './record-begin.ts';
import { check, stillMissing } from './record-check.ts';
import {
  emptied,
  type FormContent,
  type FormRow,
  filledFromIdentity,
  newContent,
  only,
  paperNumber,
  systemValues,
} from './record-content.ts';
import { keysFor, rowActions } from './record-rows.ts';
import { droppedFrom, partCopied, ripened, shownWith, stillWaiting } from './record-waiting.ts';
import { openRecord } from './route.ts';

export type RecordForm = { store: StoreApi<FormState> } & ReturnType<typeof actionsOf>;

/** A form for one opening of a record. `draft` is one to go on with. */
export function createRecordForm(
  ledger: LedgerSpec,
  id: string | null,
  draft: Draft | null,
  today: Day,
  more: More = {},
): RecordForm {
  const store = createStore<FormState>(() => firstState(ledger, id, draft, today, more));
  return { store, ...actionsOf(store, draft, more.begins?.content ?? {}) };
}

function actionsOf(store: StoreApi<FormState>, draft: Draft | null, begins: FormContent) {
  const get = store.getState;
  const set = store.setState;
  const { ledger } = get();
  let baseVersion = draft?.baseVersion ?? null;
  let hasStarted = draft !== null;
  let hasOpened = false;
  const drafts = createDraftKeeper(draft?.id ?? null, (state) => set({ draft: state }));

  const keepDraft = () =>
    drafts.later(() => ({
      ledger: ledger.name,
      content: withBeside(
        get().isDirty || get().id === null ? get().content : waitingDraft(get().whole?.title ?? ''),
        get(),
      ),
      ...(get().id === null ? {} : { recordId: get().id as string }),
      ...(baseVersion === null ? {} : { baseVersion }),
    }));

  const change = (next: FormContent, more: Partial<FormState> = {}) => {
    const { waiting, content: before } = get();
    const content = ripened(ledger, before, next, more.waiting ?? waiting);
    const missing = stillMissing(get().missing, content);
    set({ content, isDirty: true, notice: null, missing, ...more });
    keepDraft();
  };

  const without = (problems: FieldProblems, path: string) => {
    const { [path]: _gone, ...rest } = problems;
    return rest;
  };

  const show = (whole: Whole) => {
    baseVersion = whole.version;
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

  /**
   * What the core answered is shown. What was typed since `sent` was stays as a change on top of it; true where there
   * was some.
   */
  const take = async (saved: Saved, sent: FormContent): Promise<boolean> => {
    // The record is safe: a draft that cannot be taken away is no failure of the save.
    await drafts.discard().catch(() => undefined);
    const { content, rowKeys } = get();
    const isOvertaken = content !== sent;
    show(saved);
    set({ waiting: stillWaiting(ledger, saved.record as FormContent, get().waiting) });
    if (!isOvertaken) keepWaiting();
    else change({ ...content, ...systemValues(ledger, saved.record) }, { rowKeys });
    set({ isBusy: false, warnings: saved.warnings, notice: isOvertaken ? 'saved-typed' : 'saved' });
    return isOvertaken;
  };

  /** A form to type in at once; `more` lies over what the clerk keeps and what a new record begins with anyway. */
  const startNew = (more: FormContent) => {
    const { today, codes, started, account } = get();
    const pinned = contentAt(pinnedValues(pinsOf(account, ledger.name)));
    const base = laidOver(newContent(ledger, today, codes), pinned);
    const { now, waiting } = partCopied(ledger, base, more);
    const content = laidOver(base, now);
    baseVersion = null;
    drafts.renew(null);
    set({
      id: null,
      whole: null,
      content,
      rowKeys: keysFor(content, ledger),
      waiting,
      ...untouched(),
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

  const fail = async (caught: unknown) => {
    const failure = failureFrom(caught);
    const { id, focusProblem, origin } = get();
    if (failure.code === 'record-changed' && id !== null) {
      // The form must not stay shut where the other's record cannot be read.
      const theirs = await call('ledger.get', { id }).catch(() => null);
      set({ isBusy: false, failure, theirs });
    } else if (failure.code === 'record-changed' && origin !== null) {
      // Somebody changed what this one comes from: said once, and saved again knowingly.
      const now = await call('ledger.get', { id: origin.id }).catch(() => null);
      set({ isBusy: false, failure, ...(now ? { origin: { ...origin, baseVersion: now.version } } : {}) });
    } else {
      const found = failure.fields ?? {};
      set({ isBusy: false, failure, found, showsAll: true, focusProblem: focusProblem + 1 });
    }
  };

  const stopAtProblems = (state: FormState): boolean => {
    if (Object.keys(check(state).problems).length === 0) return false;
    set({ showsAll: true, found: {}, focusProblem: get().focusProblem + 1, failure: null, missing: null });
    return true;
  };

  return {
    /**
     * Reads the record, and the draft that was left of it, if any. A form that comes back through a lock keeps what is
     * typed; its draft may have come too late to be written before.
     */
    async load(): Promise<void> {
      const { id, codes, isDirty } = get();
      if (hasOpened && isDirty) return keepDraft();
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
        show(whole);
        hasOpened = true;
        if (!left) return;
        baseVersion = left.baseVersion ?? whole.version;
        drafts.renew(left.id);
        const { content, waiting } = withoutBeside(left);
        set({ waiting });
        if (isOnlyWaiting(left)) {
          baseVersion = whole.version;
          return;
        }
        set({ content, rowKeys: keysFor(content, ledger), isDirty: true, isResumed: true, draft: 'kept' });
      } catch (caught) {
        set({ isLoading: false, failure: failureFrom(caught) });
      }
    },
    showBrief: (isBrief: boolean) => set({ isBrief }),
    useCodes: (codes: Codes) => set({ codes }),
    /** Sets a field; `path` is `field` or `children.0.field`. */
    put(path: string, value: Scalar): void {
      const { content, today, found, pending } = get();
      // Whoever changes what a step would set has thought of something else.
      if (pending?.sets && path in pending.sets) set({ pending: null, missing: null });
      const [name = '', index, field] = path.split('.');
      const rows = content[name];
      if (index !== undefined && field !== undefined && Array.isArray(rows)) {
        const fields = ledger.children[name]?.fields ?? {};
        const changed = rows.map((row, at) =>
          at === Number(index) ? filledFromIdentity(fields, { ...row, [field]: value }, field, today) : row,
        );
        change({ ...content, [name]: changed }, { found: without(found, path) });
        return;
      }
      const scalars = { ...content, [name]: value };
      const filled = filledFromIdentity(ledger.fields, scalars as FormRow, name, today);
      change(followed(ledger, content, { ...scalars, ...filled }), { found: without(found, path) });
    },
    /** Declares a field 不适用, with the reason as far as it is typed; null takes it back. */
    waive(field: string, reason: string | null): void {
      const { content, found } = get();
      const rows = reason === null ? withoutWaiver(content, field) : withWaiver(content, field, reason);
      change({ ...content, [waiversName]: rows }, { found: without(found, field) });
    },
    /** Declares an empty field 不适用, or takes it back. */
    toggleWaiver(field: string): void {
      const { content } = get();
      if (waiverOf(content, field) !== null) {
        this.waive(field, null);
        set({ focusAt: { path: field } });
      } else if (isEmpty(content[field])) this.waive(field, '');
    },
    /** A like case begins with what the description lets it take. */
    copy(): void {
      openRecord(ledger.name, null, null, { from: 'copy', content: copyOf(ledger, get().content) });
    },
    /** Fills what is empty from a like case. */
    async fillFrom(id: string): Promise<void> {
      const like = await call('ledger.get', { id });
      const { content } = get();
      const { now, waiting } = partCopied(ledger, content, copyOf(ledger, like.record as FormContent));
      change(filledUp(content, now as RecordContent), { isCopy: true, waiting });
    },
    touch(path: string): void {
      drafts.now();
      set(({ touched }) => ({ left: { path }, touched: new Set([...touched, path]) }));
    },
    ...rowActions(get, change),
    /** Writes down what is typed before another screen is looked at, and says where to come back to. */
    keepPlace: async () => ({ id: get().id, draft: get().isDirty ? await drafts.kept() : null }),
    /** `isSure` where it was confirmed what is left out. */
    async save(next: 'stay' | 'new', isSure = false): Promise<void> {
      if (get().isBusy || stopAtProblems(get())) return;
      const dropped = droppedFrom(get());
      if (dropped.length > 0 && !isSure) return set({ confirming: { next, dropped, pointing: [] } });
      set({ isBusy: true, failure: null });
      await drafts.settle();
      const { id, content, origin, account, whole } = get();
      try {
        const saved = await call('ledger.save', {
          ledger: ledger.name,
          record: check(get()).content,
          ...paperNumber(ledger, whole, content),
          ...idOf(id ?? drafts.id()),
          ...(baseVersion === null ? {} : { baseVersion }),
          ...(origin === null ? {} : { origin: takenFrom(origin) }),
        });
        set({ origin: null, isCopy: false });
        renewPins(account, ledger.name, content);
        if ((await take(saved, content)) || next === 'stay') return;
        startNew(only(saved.record as FormContent, ledger.remembers ?? []));
        set({ notice: 'saved-next' });
      } catch (caught) {
        await fail(caught);
      }
    },
    /** Takes a step of the workflow; what it misses is named instead. */
    async act(step: Step, isSure = false): Promise<void> {
      const { id, whole, isDirty, isBusy } = get();
      if (id === null || isBusy) return;
      if (step.opens && isEmpty(get().content[step.opens.links])) {
        if (isDirty) await this.save('stay');
        const { whole: seen, isDirty: isLeft, content } = get();
        if (!isLeft && seen) openFrom(step, step.opens, ledger, seen, content);
        return;
      }
      const content = { ...get().content, ...step.sets };
      const fields = missingFor(step, content, ledger.fields);
      // What the step says by itself may be what the fields that it asks for hang on: it is shown until it is taken.
      set({ pending: step.sets ? step : null });
      if (fields.length > 0) {
        set({
          missing: { step: step.label, fields },
          isBrief: false,
          focusProblem: get().focusProblem + 1,
          failure: null,
          notice: null,
        });
        return;
      }
      if (!isDirty && whole && isRepeat(ledger.workflow, whole.state, step, whole.record)) {
        set({ missing: { step: step.label, fields: [...step.requires], isAgain: true }, notice: null });
        set({ pending: null });
        set({ isBrief: false, failure: null, focusProblem: get().focusProblem + 1 });
        return;
      }
      const shown = shownWith(get());
      if (stopAtProblems(shown)) return;
      const dropped = droppedFrom(shown, step.clears);
      set({ isBusy: true, failure: null });
      try {
        const isVoiding = isVoid(ledger.workflow, step.to);
        const related = isVoiding && !isSure ? await call('ledger.related', { id }) : [];
        // What stands in the way altogether the core says.
        const isHeld = related.some(({ holding }) => holding > 0);
        const pointing = isHeld ? [] : related.filter(({ total }) => total > 0);
        if (!isSure && dropped.length + pointing.length > 0)
          return set({ isBusy: false, confirming: { next: step, dropped, pointing } });
      } catch (caught) {
        return fail(caught);
      }
      await drafts.settle();
      const sent = get().content;
      const isClosed = ledger.workflow.states[whole?.state ?? '']?.isClosed === true;
      const all = check(shown).content;
      const record = isClosed ? only(all, step.requires) : { ...emptied(whole?.record ?? {}, all), ...all };
      try {
        const saved = await call('ledger.act', {
          id,
          action: step.action,
          ...(baseVersion === null ? {} : { baseVersion }),
          ...(isDirty ? { record } : {}),
        });
        await take(saved, sent);
      } catch (caught) {
        await fail(caught);
      }
    },
    /** Goes on with what was asked about, or back to the form. */
    async confirm(isSure: boolean): Promise<void> {
      const next = get().confirming?.next;
      set({ confirming: null });
      if (!isSure || next === undefined) return;
      if (typeof next === 'string') await this.save(next, true);
      else await this.act(next, true);
    },
    /** The step that was begun is not taken. What was typed for it stays to be seen. */
    dropStep: () => set({ pending: null, missing: null }),
    async forgetWaiting(): Promise<void> {
      set({ waiting: {} });
      if (get().isDirty) keepDraft();
      else await drafts.discard();
    },
    /** After a conflict: the chosen content goes on top of what the other saved. */
    async resolve(content: FormContent): Promise<void> {
      const { theirs } = get();
      if (!theirs) return;
      baseVersion = theirs.version;
      change(content, { theirs: null, failure: null, whole: theirs, rowKeys: keysFor(content, ledger) });
      await this.save('stay');
    },
    /** The new record has nothing to do with the one it came from. */
    forgetOrigin: () => {
      set({ origin: null });
      keepDraft();
    },
    keepEditing: () => set({ theirs: null }),
    async discardChanges(): Promise<void> {
      await drafts.discard();
      const { whole } = get();
      if (whole) show(whole);
      keepWaiting();
    },
    /** The draft is written before the form goes; a list that opens at the same moment reads it after that. */
    leave: () => void drafts.settle().then(refreshDrafts),
  };
}
