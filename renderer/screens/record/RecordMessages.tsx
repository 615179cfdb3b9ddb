import { Alert, Button } from 'antd';
import type { RefObject } from 'react';
import { focusPath } from '#renderer/components/focus.ts';
import type { FormState } from '#renderer/state/form-state.ts';
import type { RecordForm } from '#renderer/state/record-form.ts';
import { droppedFrom } from '#renderer/state/record-waiting.ts';
import type { Failure, FieldProblems } from '#shared/api/errors.ts';
import { originText, waiveText } from '#shared/text/entry.ts';
import { errorText } from '#shared/text/errors.ts';
import { labelOfPath, problemTextAt } from '#shared/text/problems.ts';
import { formText } from '#shared/text/records.ts';
import { commonText } from '#shared/text/window.ts';

type Props = {
  form: RecordForm;
  state: FormState;
  problems: FieldProblems;
  body: RefObject<HTMLElement | null>;
};

/** What stands in the way of a save, each leading to its field. */
export function RecordMessages({ form, state, problems, body }: Props) {
  const { ledger, failure, missing, pending, showsAll, warnings } = state;
  const paths = Object.keys(problems);
  const hasSummary = showsAll && paths.length > 0;
  const lines = (entries: [string, string][], mayWaive = (_path: string) => false) => (
    <ul className="problem-list">
      {entries.map(([path, text]) => (
        <li key={path}>
          {path in ledger.fields || path.includes('.') ? (
            <button type="button" className="link" onClick={() => focusPath(body.current, path)}>
              {text}
            </button>
          ) : (
            text
          )}
          {mayWaive(path) && (
            <button
              type="button"
              className="link problem-waive"
              title={waiveText.waiveOf(text)}
              onClick={() => form.waive(path, '')}
            >
              {waiveText.waive}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
  const dropped = droppedFrom(state);
  // The record went, by a restore or an import taken back; what was typed on it did not.
  const isGone = failure?.code === 'record-missing' && failure.params.id === state.id && state.isDirty;
  const stop = (
    <Button size="small" onClick={form.dropStep}>
      {formText.stopPending}
    </Button>
  );
  const problemLines = (found: FieldProblems): [string, string][] =>
    Object.entries(found).map(([path, problem]) => [path, problemTextAt(ledger, path, problem)]);
  return (
    <>
      {missing && (
        <Alert
          role="alert"
          type="warning"
          showIcon
          title={missing.isAgain ? formText.again(missing.step) : formText.missingFor(missing.step)}
          action={pending ? stop : undefined}
          description={lines(
            missing.fields.map((field) => [field, labelOfPath(ledger, field)]),
            (field) => ledger.fields[field]?.mayWaive === true,
          )}
        />
      )}
      {pending && !missing && (
        <Alert role="status" type="info" showIcon title={formText.pending(pending.label)} action={stop} />
      )}
      {dropped.length > 0 && (
        <Alert
          role="status"
          type="warning"
          showIcon
          title={formText.dropped(dropped.map((path) => labelOfPath(ledger, path)).join(commonText.comma))}
        />
      )}
      {hasSummary && (
        <Alert
          role="alert"
          type="error"
          showIcon
          title={formText.problems(paths.length)}
          description={lines(problemLines(problems))}
        />
      )}
      {failure && !(failure.code === 'record-invalid' && hasSummary) && !state.theirs && (
        <Alert
          role="alert"
          type="error"
          showIcon
          title={failureText(state, failure)}
          description={isGone ? formText.stillHere : undefined}
          action={
            isGone ? (
              <Button size="small" type="primary" onClick={() => void form.saveAsNew()}>
                {formText.saveAsNew}
              </Button>
            ) : undefined
          }
        />
      )}
      {Object.keys(warnings).length > 0 && !state.isDirty && (
        <Alert
          type="warning"
          showIcon
          title={formText.warnings}
          description={lines(problemLines(warnings))}
        />
      )}
    </>
  );
}

/** What a new record comes from may have changed meanwhile; that is another record than the one on screen. */
const failureText = ({ id, origin }: FormState, failure: Failure): string =>
  failure.code === 'record-changed' && id === null && origin
    ? originText.changed(origin.title, failure.params.by)
    : errorText(failure);
