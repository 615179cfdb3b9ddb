import type { FormState } from '#renderer/state/form-state.ts';
import { togglePin, usePins } from '#renderer/state/pins.ts';
import type { RecordForm } from '#renderer/state/record-form.ts';
import { pinText, waiveText } from '#shared/text/entry.ts';

type Props = {
  form: RecordForm;
  state: FormState;
  path: string;
  label: string;
  mayPin: boolean;
  mayWaive: boolean;
};

/** Beside a label, while one is at the field: keep it for the next record, or declare it 不适用. */
export function FieldTools({ form, state, path, label, mayPin, mayWaive }: Props) {
  const { account, ledger, content } = state;
  const isPinned = usePins(account, ledger.name)[path] !== undefined;
  return (
    <span className="field-tools">
      {mayWaive && (
        <button
          type="button"
          tabIndex={-1}
          className="field-tool"
          title={`${waiveText.waiveOf(label)} ${waiveText.key}`}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => form.waive(path, '')}
        >
          {waiveText.waive}
        </button>
      )}
      {mayPin && (
        <button
          type="button"
          tabIndex={-1}
          className="field-tool"
          title={`${isPinned ? pinText.unpinOf(label) : pinText.pinOf(label)} ${pinText.key}`}
          aria-pressed={isPinned}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => togglePin(account, ledger.name, path, content)}
        >
          {isPinned ? pinText.pinned : pinText.pin}
        </button>
      )}
    </span>
  );
}
