import { useLayoutEffect } from 'react';
import { Field } from '#renderer/components/Field.tsx';
import { focusPath } from '#renderer/components/focus.ts';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import type { FormState } from '#renderer/state/form-state.ts';
import { mayTakePaperNumber } from '#renderer/state/record-content.ts';
import { shownProblem } from '#renderer/state/record-fields.ts';
import type { RecordForm } from '#renderer/state/record-form.ts';
import type { FieldProblems } from '#shared/api/errors.ts';
import { numberingText } from '#shared/text/numbering.ts';
import { labelOfPath, problemTextAt } from '#shared/text/problems.ts';

type Props = { form: RecordForm; state: FormState; problems: FieldProblems };

/** The number of a record that was first written on a paper form; there only when it was asked for. */
export function PaperNumber({ form, state, problems }: Props) {
  const { ledger, whole, content } = state;
  const path = ledger.number?.field ?? '';
  const value = content[path];
  if (!mayTakePaperNumber(ledger, whole) || typeof value !== 'string') return null;
  const problem = shownProblem(state, problems, path);
  return (
    <section className="section" aria-label={labelOfPath(ledger, path)}>
      <div className="fields">
        <Field
          id="field-paper-number"
          label={numberingText.use}
          hint={numberingText.useHint}
          problem={problem ? problemTextAt(ledger, path, problem) : null}
        >
          <Focused isEmpty={value === ''} path={path}>
            <TypedInput
              id="field-paper-number"
              path={path}
              shown={value}
              onType={(text) => form.put(path, text)}
              onLeave={() => form.touch(path)}
              isInvalid={problem !== null}
              describedBy="field-paper-number-note"
            />
          </Focused>
        </Field>
      </div>
    </section>
  );
}

/** An empty field that has just been asked for is where one goes on. */
function Focused({ isEmpty, path, children }: { isEmpty: boolean; path: string; children: React.ReactNode }) {
  // Only when it appears.
  useLayoutEffect(() => {
    if (isEmpty) focusPath(document.body, path);
  }, []);
  return children;
}
