import type { Related, Scalar } from '#shared/api/types.ts';
import { applies, isEmpty } from '#shared/kinds/conditions.ts';
import { blanksLeft } from '#shared/ledgers/blanks.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { waiversName } from '#shared/ledgers/waivers.ts';
import { type Step, settle } from '#shared/ledgers/workflow.ts';
import type { FormState } from './form-state.ts';
import { check } from './record-check.ts';
import type { FormContent } from './record-content.ts';

// What stands in a form and not in its record: texts of a like case that wait until they apply, what a step that was
// begun would set, and what a save would leave out.

/** Copied values that do not apply yet, by their fields. */
export type Waiting = Readonly<Record<string, Scalar>>;

/** What is asked before a save or a step that somebody might not mean so. */
export type Confirming = {
  next: 'stay' | 'new' | Step;
  /** Paths of what is left out. */
  dropped: string[];
  /** Records that go on pointing at one that is voided. */
  pointing: Related[];
  /** What is still to be done of one that is filed. */
  due: readonly { what: string; dueOn: string }[];
  /** Paths of texts with blanks (＿＿) left in them, with how many, where the record is ended by it. */
  blanks: Readonly<Record<string, number>>;
};

/** Parts what a new record begins with into what applies to it and what waits. */
export function partCopied(
  ledger: LedgerSpec,
  content: FormContent,
  copied: FormContent,
): { now: FormContent; waiting: Waiting } {
  const now: FormContent = {};
  const waiting: Record<string, Scalar> = {};
  const whole = { ...content, ...copied };
  for (const [name, value] of Object.entries(copied)) {
    const spec = ledger.fields[name];
    if (!spec || applies(spec, whole) || Array.isArray(value)) now[name] = value;
    else if (!isEmpty(value)) waiting[name] = value;
  }
  return { now, waiting };
}

/** The content with what waited and begins to apply; where somebody wrote himself, that stands. */
export function ripened(
  ledger: LedgerSpec,
  before: FormContent,
  after: FormContent,
  waiting: Waiting,
): FormContent {
  const content = { ...after };
  for (const [name, value] of Object.entries(waiting)) {
    const spec = ledger.fields[name];
    if (spec && applies(spec, content) && !applies(spec, before) && isEmpty(content[name]))
      content[name] = value;
  }
  return content;
}

/** What goes on waiting beside a record as it was saved: what neither stands in it nor was decided against. */
export function stillWaiting(ledger: LedgerSpec, record: FormContent, waiting: Waiting): Waiting {
  return Object.fromEntries(
    Object.entries(waiting).filter(([name]) => isUndecided(ledger, record, name) && isEmpty(record[name])),
  );
}

const isUndecided = (ledger: LedgerSpec, content: FormContent, name: string): boolean => {
  const when = ledger.fields[name]?.when;
  return when !== undefined && isEmpty(content[when.field]);
};

/** The form as it shows: with what the step that was begun says by itself. Nothing of it is kept before it is taken. */
export function shownWith(state: FormState): FormState {
  const { pending, content } = state;
  return pending?.sets ? { ...state, content: { ...content, ...pending.sets } } : state;
}

/** Blanks left in texts of a record that a save or a step ends. */
export function blanksFrom(state: FormState, step?: Step): Readonly<Record<string, number>> {
  const { ledger, whole } = state;
  const { initial } = ledger.workflow;
  const { content } = check(state);
  const from = whole?.state ?? initial;
  return blanksLeft(ledger, from, settle(ledger.workflow, step?.to ?? from, content), content);
}

/** Filled fields that a save would leave out, because they do not apply to the record as it stands now. */
export function droppedFrom(state: FormState, except: readonly string[] = []): string[] {
  const { ledger, content, waiting, whole } = state;
  if (whole && ledger.workflow.states[whole.state]?.isClosed) return [];
  return Object.entries(check(state).warnings).flatMap(([path, { problem }]) => {
    if (problem !== 'not-kept' || except.includes(path) || path.startsWith(`${waiversName}.`)) return [];
    const waits = waiting[path] !== undefined && content[path] === waiting[path];
    return waits && isUndecided(ledger, content, path) ? [] : [path];
  });
}
