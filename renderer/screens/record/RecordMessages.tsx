import { Alert } from 'antd';
import type { RefObject } from 'react';
import { focusPath } from '#renderer/components/focus.ts';
import type { FormState } from '#renderer/state/form-state.ts';
import type { RecordForm } from '#renderer/state/record-form.ts';
import type { FieldProblems } from '#shared/api/errors.ts';
import { waiveText } from '#shared/text/entry.ts';
import { errorText } from '#shared/text/errors.ts';
import { labelOfPath, problemTextAt } from '#shared/text/problems.ts';
import { formText } from '#shared/text/records.ts';

type Props = {
  form: RecordForm;
  state: FormState;
  problems: FieldProblems;
  body: RefObject<HTMLElement | null>;
};

/** What stands in the way of a save, each leading to its field. */
export function RecordMessages({ form, state, problems, body }: Props) {
  const { ledger, failure, missing, showsAll, warnings } = state;
  const paths = Object.keys(problems);
  const hasSummary = showsAll && paths.length > 0;
  const lines = (entries: [string, string][], mayWaive = (_path: string) => false) => (
    <ul className="problem-list">
      {entries.map(([path, text]) => (
        <li key={path}>
          <button type="button" className="link" onClick={() => focusPath(body.current, path)}>
            {text}
          </button>
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
          description={lines(
            missing.fields.map((field) => [field, labelOfPath(ledger, field)]),
            (field) => ledger.fields[field]?.mayWaive === true,
          )}
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
      {failure && !(failure.code === 'record-invalid' && hasSummary) && failure.code !== 'record-changed' && (
        <Alert role="alert" type="error" showIcon title={errorText(failure)} />
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
