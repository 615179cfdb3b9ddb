import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Failure, FieldProblems } from '#shared/api/errors.ts';
import type { Draft, Saved, Scalar, Whole } from '#shared/api/types.ts';
import type { Day } from '#shared/domain/day.ts';
import { day as dayKind } from '#shared/kinds/day.ts';
import { checkRecord } from '#shared/ledgers/check.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { missingFor, type Step } from '#shared/ledgers/workflow.ts';
import { call, failureFrom } from './bureau.ts';
import { type Codes, codesFrom } from './codes.ts';
import { createDraftKeeper } from './draft-keeper.ts';
import {
  dayOfContent,
  type FormContent,
  type FormRow,
  filledFromIdentity,
  newContent,
  newRow,
  only,
  systemValues,
  withoutIdleRows,
} from './record-content.ts';

export type FormState = {
  ledger: LedgerSpec;
  today: Day;
  id: string | null;
  whole: Whole | null;
  content: FormContent;
  /** Keys of child rows for drawing; rows move and go. */
  rowKeys: Readonly<Record<string, readonly number[]>>;
  isLoading: boolean;
  isBusy: boolean;
  isDirty: boolean;
  isResumed: boolean;
  /** Only what a simple record needs is shown. */
  isBrief: boolean;
  draft: 'none' | 'waiting' | 'kept' | 'failed';
  touched: ReadonlySet<string>;
  showsAll: boolean;
  found: FieldProblems;
  warnings: FieldProblems;
  failure: Failure | null;
  theirs: Whole | null;
  missing: { step: string; fields: string[] } | null;
  /** `saved-typed`: what was typed since the save began is not in it. */
  notice: 'saved' | 'saved-next' | 'saved-typed' | null;
  codes: Codes;
  /** Grows when the first problem should get the focus. */
  focusProblem: number;
  /** Grows when the form starts anew. */
  started: number;
};

export type RecordForm = { store: StoreApi<FormState> } & ReturnType<typeof actionsOf>;

const anyDay = { kind: 'day', label: '' } as const;
let lastKey = 0;
/** Rows that stand where they stood keep their keys, so that the field in which somebody types stays the same. */
const keysFor = (content: FormContent, ledger: LedgerSpec, before: FormState['rowKeys'] = {}) => {
  const keys: Record<string, number[]> = {};
  for (const name of Object.keys(ledger.children)) {
    const rows = content[name];
    keys[name] = Array.isArray(rows) ? rows.map((_, at) => before[name]?.[at] ?? ++lastKey) : [];
  }
  return keys;
};

/** A form for one opening of a record. `draft` is one to go on with. */
export function createRecordForm(
  ledger: LedgerSpec,
  id: string | null,
  draft: Draft | null,
  today: Day,
): RecordForm {
  const content = (draft?.content ?? {}) as FormContent;
  const store = createStore<FormState>(() => ({
    ledger,
    today,
    id,
    whole: null,
    content,
    rowKeys: keysFor(content, ledger),
    isLoading: id !== null,
    isBusy: false,
    isDirty: draft !== null,
    isResumed: draft !== null && id !== null,
    isBrief: id === null && ledger.brief !== undefined,
    draft: 'none',
    touched: new Set(),
    showsAll: false,
    found: {},
    warnings: {},
    failure: null,
    theirs: null,
    missing: null,
    notice: null,
    codes: codesFrom(null),
    focusProblem: 0,
    started: 0,
  }));
  return { store, ...actionsOf(store, draft) };
}

/** A form as it stands before anybody typed in it. */
const untouched = () =>
  ({
    isDirty: false,
    isResumed: false,
    touched: new Set<string>(),
    showsAll: false,
    found: {},
    failure: null,
    theirs: null,
    missing: null,
    draft: 'none',
  }) as const;

/** A new record takes the id of its draft, so that a draft left behind cannot make a second one. */
const idOf = (id: string | null) => (id === null ? {} : { id });

function actionsOf(store: StoreApi<FormState>, draft: Draft | null) {
  const get = store.getState;
  const set = store.setState;
  const { ledger } = get();
  let baseVersion = draft?.baseVersion ?? null;
  let hasStarted = draft !== null;
  const drafts = createDraftKeeper(draft?.id ?? null, (state) => set({ draft: state }));

  const keepDraft = () =>
    drafts.later(() => ({
      ledger: ledger.name,
      content: get().content,
      ...(get().id === null ? {} : { recordId: get().id as string }),
      ...(baseVersion === null ? {} : { baseVersion }),
    }));

  const change = (content: FormContent, more: Partial<FormState> = {}) => {
    set({ content, isDirty: true, notice: null, missing: null, ...more });
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
    if (isOvertaken) change({ ...content, ...systemValues(ledger, saved.record) }, { rowKeys });
    set({ isBusy: false, warnings: saved.warnings, notice: isOvertaken ? 'saved-typed' : 'saved' });
    return isOvertaken;
  };

  const startNew = () => {
    const { today, codes, started } = get();
    const content = newContent(ledger, today, codes);
    baseVersion = null;
    drafts.renew(null);
    set({
      id: null,
      whole: null,
      content,
      rowKeys: keysFor(content, ledger),
      ...untouched(),
      started: started + 1,
    });
  };

  const fail = async (caught: unknown) => {
    const failure = failureFrom(caught);
    const { id, focusProblem } = get();
    if (failure.code === 'record-changed' && id !== null) {
      set({ isBusy: false, failure, theirs: await call('ledger.get', { id }) });
    } else {
      const found = failure.fields ?? {};
      set({ isBusy: false, failure, found, showsAll: true, focusProblem: focusProblem + 1 });
    }
  };

  const checked = () => check(get());
  const stopAtProblems = (): boolean => {
    if (Object.keys(checked().problems).length === 0) return false;
    set({ showsAll: true, found: {}, focusProblem: get().focusProblem + 1, failure: null, missing: null });
    return true;
  };

  return {
    /** Reads the record, and the draft that was left of it, if any. */
    async load(): Promise<void> {
      const { id, codes } = get();
      if (id === null) {
        if (!hasStarted && codes.isReady) startNew();
        hasStarted ||= codes.isReady;
        return;
      }
      try {
        const [whole, all] = await Promise.all([call('ledger.get', { id }), leftDrafts()]);
        const left = draft ?? all.find((one) => one.recordId === id) ?? null;
        show(whole);
        if (!left) return;
        baseVersion = left.baseVersion ?? whole.version;
        drafts.renew(left.id);
        const content = left.content as FormContent;
        set({ content, rowKeys: keysFor(content, ledger), isDirty: true, isResumed: true, draft: 'kept' });
      } catch (caught) {
        set({ isLoading: false, failure: failureFrom(caught) });
      }
    },
    showBrief: (isBrief: boolean) => set({ isBrief }),
    useCodes: (codes: Codes) => set({ codes }),
    /** Sets a field; `path` is `field` or `children.0.field`. */
    put(path: string, value: Scalar): void {
      const { content, today, found } = get();
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
      change({ ...scalars, ...filled }, { found: without(found, path) });
    },
    touch(path: string): void {
      drafts.now();
      if (!get().touched.has(path)) set({ touched: new Set([...get().touched, path]) });
    },
    addRow(name: string): void {
      const { content, rowKeys, codes, today } = get();
      const child = ledger.children[name];
      if (!child) return;
      const rows = (content[name] ?? []) as FormRow[];
      lastKey += 1;
      change(
        { ...content, [name]: [...rows, newRow(child, rows, codes, today)] },
        { rowKeys: { ...rowKeys, [name]: [...(rowKeys[name] ?? []), lastKey] }, found: {} },
      );
    },
    removeRow(name: string, index: number): void {
      const { content, rowKeys } = get();
      const rows = (content[name] ?? []) as FormRow[];
      const keep = <T>(list: readonly T[]) => list.filter((_, at) => at !== index);
      change(
        { ...content, [name]: keep(rows) },
        { rowKeys: { ...rowKeys, [name]: keep(rowKeys[name] ?? []) }, found: {} },
      );
    },
    moveRow(name: string, index: number, step: 1 | -1): void {
      const { content, rowKeys } = get();
      const rows = (content[name] ?? []) as FormRow[];
      if (!rows[index + step]) return;
      change(
        { ...content, [name]: swapped(rows, index, index + step) },
        { rowKeys: { ...rowKeys, [name]: swapped(rowKeys[name] ?? [], index, index + step) }, found: {} },
      );
    },
    async save(next: 'stay' | 'new'): Promise<void> {
      if (get().isBusy || stopAtProblems()) return;
      set({ isBusy: true, failure: null });
      await drafts.settle();
      const { id, content } = get();
      try {
        const saved = await call('ledger.save', {
          ledger: ledger.name,
          record: checked().content,
          ...idOf(id ?? drafts.id()),
          ...(baseVersion === null ? {} : { baseVersion }),
        });
        if ((await take(saved, content)) || next === 'stay') return;
        startNew();
        set({ notice: 'saved-next' });
      } catch (caught) {
        await fail(caught);
      }
    },
    /** Takes a step of the workflow; what it misses is named instead. */
    async act(step: Step): Promise<void> {
      const { id, whole, isDirty, isBusy } = get();
      if (id === null || isBusy) return;
      const content = { ...get().content, ...step.sets };
      const fields = missingFor(step, content, ledger.fields);
      if (fields.length > 0) {
        // What the step says by itself may be what the fields that it asks for hang on.
        if (step.sets) change(content);
        set({
          missing: { step: step.label, fields },
          isBrief: false,
          focusProblem: get().focusProblem + 1,
          failure: null,
          notice: null,
        });
        return;
      }
      if (stopAtProblems()) return;
      set({ isBusy: true, failure: null });
      await drafts.settle();
      const sent = get().content;
      const isClosed = ledger.workflow.states[whole?.state ?? '']?.isClosed === true;
      const all = checked().content;
      const record = isClosed ? only(all, step.requires) : all;
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
    /** After a conflict: the chosen content goes on top of what the other saved. */
    async resolve(content: FormContent): Promise<void> {
      const { theirs } = get();
      if (!theirs) return;
      baseVersion = theirs.version;
      change(content, { theirs: null, failure: null, whole: theirs, rowKeys: keysFor(content, ledger) });
      await this.save('stay');
    },
    keepEditing: () => set({ theirs: null }),
    async discardChanges(): Promise<void> {
      await drafts.discard();
      const { whole } = get();
      if (whole) show(whole);
    },
    /** The draft is written before the form goes. */
    leave: () => drafts.now(),
  };
}

/** Drafts of this account; one that may not write has none. */
const leftDrafts = () => call('draft.list', {}).catch((): Draft[] => []);

/** Problems of a form, by the same function as the core's. What a record of another ledger says is left to the core. */
export function check(state: FormState) {
  const { ledger, today, codes, found } = state;
  const content = withoutIdleRows(ledger, state.content);
  const on = dayOfContent(ledger, content, today);
  const result = checkRecord(ledger, content, {
    today,
    hasCode: (list, code) => codes.has(list, code, on),
    hasRecord: (_ledger, id) => /^[0-9a-f-]{36}$/.test(id),
  });
  const problems: FieldProblems = { ...found, ...result.problems };
  for (const [path, problem] of Object.entries(problems)) {
    // Unread text stands as typed; whether it is no day at all or one that does not exist, reading it tells.
    const read = problem.problem === 'not-a-day' ? dayKind.fromText(problem.text, anyDay) : null;
    if (read && !read.ok) problems[path] = read.problem;
  }
  return { ...result, problems };
}

function swapped<T>(list: readonly T[], left: number, right: number): T[] {
  const copy = [...list];
  const [first, second] = [copy[left], copy[right]];
  if (first === undefined || second === undefined) return copy;
  copy[left] = second;
  copy[right] = first;
  return copy;
}
