import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import { focusField } from '#renderer/components/focus.ts';
import { onKeys } from '#renderer/components/ime.ts';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import { valueFromTyped } from '#renderer/state/record-content.ts';
import { waiveText } from '#shared/text/entry.ts';
import { handedOn, type InputProps } from './input-props.ts';

const asLine = { kind: 'text', label: '', max: 200 } as const;

/** In place of a field that was declared 不适用: the reason, which is written and changed here. */
export function WaivedInput(
  props: InputProps & { reason: string; onReason(reason: string | null): void; onTakeBack(): void },
) {
  const { spec, reason, isReadOnly, onReason, onTakeBack } = props;
  const box = useRef<HTMLDivElement>(null);
  const isNew = useRef(reason === '');
  // A declaration without a reason was made just now
  useLayoutEffect(() => {
    const field = box.current?.querySelector('input');
    if (isNew.current && field) focusField(field);
    isNew.current = false;
  }, []);
  const keys = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || reason !== '') return;
    event.preventDefault();
    event.stopPropagation();
    onTakeBack();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the field inside
    <div ref={box} className="waived" onKeyDown={onKeys(keys)}>
      <span className="waived-mark">{waiveText.mark}</span>
      <TypedInput
        {...handedOn(props)}
        label={waiveText.reasonOf(spec.label)}
        placeholder={waiveText.reasonHint}
        shown={reason}
        onType={(typed) => onReason(String(valueFromTyped(asLine, typed) ?? ''))}
        onLeave={() => {
          if (reason === '') onReason(null);
          props.onLeave();
        }}
      />
      {!isReadOnly && (
        <button
          type="button"
          tabIndex={-1}
          className="link"
          title={waiveText.takeBackOf(spec.label)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={onTakeBack}
        >
          {waiveText.takeBack}
        </button>
      )}
    </div>
  );
}
