import type { FieldProblems } from '#shared/api/errors.ts';
import { isEmpty } from '#shared/kinds/conditions.ts';
import { day as dayKind } from '#shared/kinds/day.ts';
import { type CheckResult, checkRecord } from '#shared/ledgers/check.ts';
import { isWaived } from '#shared/ledgers/waivers.ts';
import type { FormState } from './form-state.ts';
import { dayOfContent, type FormContent, withoutIdleRows } from './record-content.ts';

const anyDay = { kind: 'day', label: '' } as const;

const checked = new WeakMap<FormState, CheckResult>();

/** Problems of a form, by the same function as the core's. What a record of another ledger says is left to the core. */
export function check(state: FormState): CheckResult {
  const known = checked.get(state) ?? checkAnew(state);
  checked.set(state, known);
  return known;
}

function checkAnew(state: FormState): CheckResult {
  const { ledger, today, codes, found, ahead } = state;
  const content = { ...withoutIdleRows(ledger, state.content), ...ahead?.derived };
  const on = dayOfContent(ledger, content, today);
  const result = checkRecord(ledger, content, {
    today,
    hasCode: (list, code) => codes.has(list, code, on),
    hasRecord: (_ledger, id) => /^[0-9a-f-]{36}$/.test(id),
  });
  const problems: FieldProblems = { ...stillSaid(state, ahead?.problems), ...found, ...result.problems };
  const warnings: FieldProblems = { ...stillSaid(state, ahead?.warnings), ...result.warnings };
  for (const [path, problem] of Object.entries(problems)) {
    // Unread text stands as typed; whether it is no day at all or one that does not exist, reading it tells.
    const read = problem.problem === 'not-a-day' ? dayKind.fromText(problem.text, anyDay) : null;
    if (read && !read.ok) problems[path] = read.problem;
  }
  return { ...result, problems, warnings };
}

/** What the core said of fields that stand as it saw them; what would be left out, the form knows of itself. */
function stillSaid({ content, ahead }: FormState, said: FieldProblems = {}): FieldProblems {
  const isSame = (path: string) => {
    const [field = ''] = path.split('.');
    return ahead?.of[field] === content[field];
  };
  return Object.fromEntries(
    Object.entries(said).filter(([path, { problem }]) => problem !== 'not-kept' && isSame(path)),
  );
}

/**
 * What stands in the way of a save as far as it is known for certain: what the core said of an earlier state of the form
 * may be mended, and the save asks it anyway.
 */
export function checkCertain(state: FormState): CheckResult {
  const { ahead, content } = state;
  return ahead === null || ahead.of === content ? check(state) : checkAnew({ ...state, ahead: null });
}

/** What is sent: what the core worked out ahead it works out again, of the record as it stands then. */
export function contentToSend(state: FormState): CheckResult['content'] {
  const { content } = checkCertain(state);
  const ahead = Object.keys(state.ahead?.derived ?? {});
  return Object.fromEntries(Object.entries(content).filter(([name]) => !ahead.includes(name)));
}

/** What a step still waits for; it is asked again when the step is taken. */
export function stillMissing(missing: FormState['missing'], content: FormContent): FormState['missing'] {
  const fields =
    missing?.fields.filter((field) => isEmpty(content[field]) && !isWaived(content, field)) ?? [];
  return missing && fields.length > 0 ? { ...missing, fields } : null;
}
