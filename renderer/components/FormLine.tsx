import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { revealText } from '#shared/text/window.ts';
import { focusBeside } from './focus.ts';
import { onKeys } from './ime.ts';

type Props = {
  id: string;
  label: string;
  value: string;
  onChange(value: string): void;
  /** Enter in the last field of a form; in the others it goes on to the next. */
  onSubmit?(): void;
  type?: 'text' | 'password';
  hint?: ReactNode;
  problem?: string | null;
  autoFocus?: boolean;
  autoComplete?: string;
  isDisabled?: boolean;
};

/** A labelled line of the start screens. */
export function FormLine(props: Props) {
  const { id, label, value, onChange, onSubmit, problem, hint } = props;
  const [shows, setShows] = useState(false);
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    if (onSubmit) onSubmit();
    else focusBeside(event.currentTarget, event.shiftKey ? -1 : 1);
  };
  return (
    <div className="line">
      <label htmlFor={id}>{label}</label>
      <div className="line-input">
        <input
          id={id}
          className="field-input"
          type={props.type === 'password' && !shows ? 'password' : 'text'}
          value={value}
          disabled={props.isDisabled}
          autoComplete={props.autoComplete ?? 'off'}
          // biome-ignore lint/a11y/noAutofocus: the first field of a screen that has nothing else to do
          autoFocus={props.autoFocus}
          aria-invalid={problem ? true : undefined}
          aria-describedby={`${id}-note`}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={onKeys(keys)}
        />
        {props.type === 'password' && value !== '' && (
          <button type="button" tabIndex={-1} className="link reveal" onClick={() => setShows(!shows)}>
            {shows ? revealText.hide : revealText.show}
          </button>
        )}
        <div id={`${id}-note`} className="field-note">
          {problem ? (
            <span className="field-problem">⚠ {problem}</span>
          ) : (
            <span className="field-hint">{hint}</span>
          )}
        </div>
      </div>
    </div>
  );
}
