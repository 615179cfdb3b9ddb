import { Button } from 'antd';
import { useId, useLayoutEffect, useRef, useState } from 'react';
import { onKeys } from '#renderer/components/ime.ts';
import { attachmentText as say } from '#shared/text/attachments.ts';
import { commonText } from '#shared/text/window.ts';

type Props = {
  what: 'remove' | 'export';
  title: string;
  onAnswer(reason: string): void;
  onCancel(): void;
};

/** Asks why, before something is taken off or goes out in clear. */
export function ReasonDialog({ what, title, onAnswer, onCancel }: Props) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [reason, setReason] = useState('');
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const given = reason.trim();
  const answer = () => {
    if (given === '') return;
    // Closing first gives the focus back to where it was, if that is still there.
    dialog.current?.close();
    onAnswer(given);
  };
  const words =
    what === 'remove'
      ? { title: say.removeTitle(title), label: say.removeReason, hint: say.removeHint, ok: say.remove }
      : { title: say.exportTitle(title), label: say.exportReason, hint: say.exportHint, ok: say.export };
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
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={onKeys((event) => event.key === 'Enter' && answer())}
      />
      <p id={`${id}-hint`} className="quiet ask-hint">
        {words.hint}
      </p>
      <div className="ask-foot">
        <Button
          onClick={() => {
            dialog.current?.close();
            onCancel();
          }}
        >
          {commonText.cancel}
        </Button>
        <Button type="primary" danger={what === 'remove'} disabled={given === ''} onClick={answer}>
          {words.ok}
        </Button>
      </div>
    </dialog>
  );
}
