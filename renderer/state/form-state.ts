import type { Failure, FieldProblems } from '#shared/api/errors.ts';
import type { Draft, Whole } from '#shared/api/types.ts';
import type { Day } from '#shared/domain/day.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import type { Step } from '#shared/ledgers/workflow.ts';
import { type Codes, codesFrom } from './codes.ts';
import type { Ahead } from './record-ahead.ts';
import { type Begins, type Blanked, isOnlyWaiting, type Origin, withoutBeside } from './record-begin.ts';
import type { FormContent, FormRow } from './record-content.ts';
import { keysFor } from './record-rows.ts';
import { type TakenRows, takenAt } from './record-taken.ts';
import type { Confirming, Waiting } from './record-waiting.ts';

/** What a record's form holds; `record-form.ts` has what can be done with it. */
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
  /** The field that was left last; anew for every leaving. */
  left: { readonly path: string };
  showsAll: boolean;
  found: FieldProblems;
  /** What the core says of it while it is typed; null before the first answer. */
  ahead: Ahead | null;
  warnings: FieldProblems;
  failure: Failure | null;
  theirs: Whole | null;
  /** What a step still asks for; `isAgain` where all is filled and the step would change nothing. */
  missing: { step: string; fields: string[]; isAgain?: boolean } | null;
  /** The step that was begun and waits for its fields: what it sets is shown, and stands nowhere before it is taken. */
  pending: Step | null;
  /** Whose data the program wrote into a row. */
  taken: TakenRows;
  /** What an identity number says too, but somebody typed himself: by the row's key and the field. */
  byHand: ReadonlySet<string>;
  /** The filled row that was taken out last, to be put back. */
  removed: Removed | null;
  /** Copied texts that do not apply yet. */
  waiting: Waiting;
  confirming: Confirming | null;
  /** `saved-typed`: what was typed since the save began is not in it. */
  notice: 'saved' | 'saved-next' | 'saved-typed' | null;
  codes: Codes;
  /** The account at the form: its pins are its own. */
  account: string;
  /** The record whose step the first save of this one is. */
  origin: Origin | null;
  isCopy: boolean;
  blanked: Blanked;
  /** Grows when the first problem should get the focus. */
  focusProblem: number;
  /** The field that gets the focus, anew for every wish. */
  focusAt: { path: string } | null;
  /** Grows when the form starts anew. */
  started: number;
};

/** `left` are the rows without it. */
export type Removed = { child: string; index: number; row: FormRow; key: number; left: readonly FormRow[] };

export type More = { account?: string; begins?: Begins | null };

/** The form at its opening. `draft` is one to go on with. */
export function firstState(
  ledger: LedgerSpec,
  id: string | null,
  draft: Draft | null,
  today: Day,
  { account = '', begins = null }: More,
): FormState {
  const left = withoutBeside(draft);
  const isOnly = draft !== null && isOnlyWaiting(draft);
  const { content } = left;
  const rowKeys = keysFor(content, ledger);
  return {
    ledger,
    today,
    id,
    whole: null,
    content,
    rowKeys,
    taken: takenAt(left.taken, rowKeys),
    byHand: new Set(),
    isLoading: id !== null,
    isBusy: false,
    isDirty: draft !== null && !isOnly,
    isResumed: draft !== null && id !== null && !isOnly,
    isBrief: id === null && ledger.brief !== undefined,
    draft: 'none',
    touched: new Set(),
    left: { path: '' },
    showsAll: false,
    found: {},
    ahead: null,
    warnings: {},
    failure: null,
    theirs: null,
    missing: null,
    pending: null,
    removed: null,
    waiting: left.waiting,
    confirming: null,
    notice: null,
    codes: codesFrom(null),
    account,
    origin: begins?.origin ?? left.origin,
    isCopy: begins?.from === 'copy',
    blanked: begins?.blanked ?? {},
    focusProblem: 0,
    focusAt: null,
    started: 0,
  };
}

/** A form as it stands before anybody typed in it. */
export const untouched = () =>
  ({
    isDirty: false,
    isResumed: false,
    taken: {},
    byHand: new Set<string>(),
    touched: new Set<string>(),
    showsAll: false,
    found: {},
    ahead: null,
    failure: null,
    theirs: null,
    missing: null,
    pending: null,
    removed: null,
    confirming: null,
    draft: 'none',
  }) as const;
