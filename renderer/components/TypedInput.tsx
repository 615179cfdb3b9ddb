import { type KeyboardEvent, useState } from 'react';
import { focusBeside } from './focus.ts';
import { onKeys } from './ime.ts';

type Props = {
  id: string;
  path?: string | undefined;
  /** What stands in the field while nobody types in it. */
  shown: string;
  onType(text: string): void;
  onLeave?(): void;
  /** Arrow up and down, where the value can be counted on. */
  onStep?(step: 1 | -1): string;
  isLong?: boolean;
  isInvalid?: boolean;
  isRequired?: boolean;
  isReadOnly?: boolean | undefined;
  describedBy?: string | undefined;
  label?: string;
  placeholder?: string;
  inputMode?: 'numeric' | 'decimal' | 'text';
};

/** A text field that keeps what is typed as typed, and shows the value in its usual form afterwards. */
export function TypedInput(props: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const keys = (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
    if (event.key === 'Enter' && !event.ctrlKey && !(props.isLong && event.shiftKey)) {
      event.preventDefault();
      focusBeside(event.currentTarget, event.shiftKey ? -1 : 1);
    } else if (
      (event.key === 'ArrowUp' || event.key === 'ArrowDown') &&
      props.onStep &&
      !props.isReadOnly &&
      !event.altKey
    ) {
      event.preventDefault();
      setTyped(props.onStep(event.key === 'ArrowUp' ? 1 : -1));
    }
  };
  const common = {
    id: props.id,
    className: 'field-input',
    'data-path': props.path,
    'aria-invalid': props.isInvalid || undefined,
    'aria-required': props.isRequired || undefined,
    'aria-describedby': props.describedBy,
    'aria-label': props.label,
    autoComplete: 'off',
    readOnly: props.isReadOnly,
    placeholder: props.placeholder,
    value: typed ?? props.shown,
    onChange: (event: { target: { value: string } }) => {
      setTyped(event.target.value);
      props.onType(event.target.value);
    },
    onKeyDown: onKeys(keys),
    onBlur: () => {
      setTyped(null);
      props.onLeave?.();
    },
  };
  return props.isLong ? (
    <textarea {...common} rows={2} />
  ) : (
    <input {...common} type="text" inputMode={props.inputMode ?? 'text'} />
  );
}
