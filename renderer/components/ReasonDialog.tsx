import { Button } from 'antd';
import { useId, useLayoutEffect, useRef } from 'react';
import type { Failure } from '#shared/api/errors.ts';
import { commonText } from '#shared/text/window.ts';
import { FailureAlert } from './FailureAlert.tsx';
import { onKeys } from './ime.ts';

type Props = {
  words: { title: string; label: string; hint: string; ok: string };
  isDangerous: boolean;
  /** As typed so far; the screen holds it, so that it comes through a lock. */
  reason: string;
  /** Why the last answer was not taken, where the dialog was opened again for it. */
  failure?: Failure | null;
  onType(reason: string): void;
  onAnswer(reason: string): void;
  onCancel(): void;
};

/** Asks why, before something that is written down with its reason. */
export function ReasonDialog({
  words,
  isDangerous,
  reason,
  failure = null,
  onType,
  onAnswer,
  onCancel,
}: Props) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const given = reason.trim();
  const answer = () => {
    if (given === '') return;
    // Closing first gives the focus back to where it was, if that is still there.
    dialog.current?.close();
    onAnswer(given);
  };
  return (
    <dialog ref={dialog} className="ask" aria-labelledby={`${id}-title`} onCancel={onCancel}>
      <h2 id={`${id}-title`} className="section-title ask-title">
        {words.title}
      </h2>
      <label htmlFor={id} className="field-label">
        {words.label}
      </label>
      <input
        id={id}
        className="field-input"
        maxLength={200}
        autoFocus
        aria-describedby={`${id}-hint`}
        value={reason}
        onChange={(event) => onType(event.target.value)}
        onKeyDown={onKeys((event) => {
          if (event.key !== 'Enter') return;
          // The focus goes back to the button, which the same key would press again.
          event.preventDefault();
          answer();
        })}
      />
      <p id={`${id}-hint`} className="quiet ask-hint">
        {words.hint}
      </p>
      <FailureAlert failure={failure} />
      <div className="ask-foot">
        <Button
          onClick={() => {
            dialog.current?.close();
            onCancel();
          }}
        >
          {commonText.cancel}
        </Button>
        <Button type="primary" danger={isDangerous} disabled={given === ''} onClick={answer}>
          {words.ok}
        </Button>
      </div>
    </dialog>
  );
}
