import type { FieldProblem, FieldProblems } from '#shared/api/errors.ts';
import { isEmpty } from '#shared/kinds/conditions.ts';
import type { FieldSpec, FieldSpecs } from '#shared/kinds/kind.ts';
import { askedFor } from '#shared/ledgers/check.ts';
import { waiverOf, waiversName } from '#shared/ledgers/waivers.ts';
import { allowedSteps, fieldsOfSteps } from '#shared/ledgers/workflow.ts';
import type { FormState } from './form-state.ts';
import { check } from './record-check.ts';
import { type FormContent, type FormRow, isFromIdentity } from './record-content.ts';

/** The fields of a child row that the form offers; a short one leaves out what the identity number says. */
export function offeredInRow(
  state: FormState,
  problems: FieldProblems,
  fields: FieldSpecs,
  row: FormRow,
  prefix: string,
): string[] {
  return Object.entries(fields)
    .filter(([name, spec]) => {
      const isSaid = isFromIdentity(fields, row, name, state.today);
      return isOffered(state, problems, prefix + name, spec, isSaid ? null : row[name]);
    })
    .map(([name]) => name);
}

/** What only a step fills in stands in the form when the step asks for it, and from then on. */
export function isOfLaterStep({ ledger, content, missing }: FormState, field: string): boolean {
  const isAsked = missing?.fields.includes(field) === true;
  return fieldsOfSteps(ledger.workflow).has(field) && isEmpty(content[field]) && !isAsked;
}

/** Whether the field stands in the place of another one of the record, as long as that is not so far. */
export function isStanding({ ledger, content }: FormState, field: string): boolean {
  return Object.entries(ledger.fields).some(
    ([name, spec]) => spec.standIn?.field === field && askedFor(name, spec, content) === field,
  );
}

/** Whether the form offers the field: all of them, or in short those a simple record needs and those in use. */
export function isOffered(
  state: FormState,
  problems: FieldProblems,
  path: string,
  spec: FieldSpec,
  value: unknown,
): boolean {
  const { ledger, isBrief, content } = state;
  // What was typed before it was turned off is refused, and can be emptied
  if (spec.isOff) return problems[path] !== undefined;
  if (!isBrief || spec.required || problems[path] || !isEmpty(value) || isStanding(state, path)) return true;
  if (waiverOf(content, path) !== null) return true;
  return ledger.brief?.includes(path.replace(/\.\d+\./, '.')) ?? true;
}

/** What stands in the form, with what is worked out from it. */
export function withDerived(state: FormState): FormContent {
  const derived = Object.keys(state.ledger.fields).filter((name) => state.ledger.fields[name]?.derived);
  if (derived.length === 0) return state.content;
  const { content } = check(state);
  return { ...state.content, ...Object.fromEntries(derived.map((name) => [name, content[name] ?? null])) };
}

/** A closed record changes only in what its steps ask for; without the right to write nothing changes. */
export function mayChange({ ledger, whole }: FormState, canWrite: boolean, field: string): boolean {
  if (!canWrite || whole?.isVeiled || whole?.isOthers || ledger.fields[field]?.derived) return false;
  if (!whole || !ledger.workflow.states[whole.state]?.isClosed) return true;
  return allowedSteps(ledger.workflow, whole.state).some(({ requires }) => requires.includes(field));
}

/** What is wrong with the declaration that stands in a field's place. */
export function waiverProblem(state: FormState, problems: FieldProblems, field: string): FieldProblem | null {
  const rows = state.content[waiversName];
  const at = Array.isArray(rows) ? rows.findIndex((row) => row.field === field) : -1;
  if (at < 0 || !state.showsAll) return null;
  return problems[`${waiversName}.${at}.reason`] ?? problems[`${waiversName}.${at}.field`] ?? null;
}

/** What is shown of the problems: at once where the clerk has been, everything after an attempt to save. */
export function shownProblem(state: FormState, problems: FieldProblems, path: string): FieldProblem | null {
  return state.showsAll || state.touched.has(path) ? (problems[path] ?? null) : null;
}

/**
 * What is kept and said, while it is typed: where the clerk has been, and at once where another field says otherwise.
 * What a save would leave out is named above the form.
 */
export function shownWarning(state: FormState, path: string): FieldProblem | null {
  const warning = state.isDirty ? check(state).warnings[path] : undefined;
  if (!warning || warning.problem === 'not-kept') return null;
  // Nobody comes to a field that is worked out
  const isAtOnce = warning.problem === 'not-as-number' || state.ledger.fields[path]?.derived === true;
  return isAtOnce || state.touched.has(path) ? warning : null;
}
