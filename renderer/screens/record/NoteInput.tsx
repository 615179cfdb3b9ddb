import { type KeyboardEvent, useRef, useState } from 'react';
import { onKeys } from '#renderer/components/ime.ts';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import { typedFromValue, valueFromTyped } from '#renderer/state/record-content.ts';
import { firstBlank } from '#shared/domain/phrase.ts';
import { phraseText } from '#shared/text/phrases.ts';
import { handedOn, type InputProps } from './input-props.ts';
import { PhrasePicker } from './PhrasePicker.tsx';

/** A long text, into which a phrase is put by Alt+/ at the place where one types. */
export function NoteInput(props: InputProps) {
  const { spec, value, path, record, onPut } = props;
  const box = useRef<HTMLDivElement>(null);
  /** Where the caret was when the list was opened. */
  const caret = useRef<{ from: number; to: number } | null>(null);
  /** The focus is in the list of phrases, which is still in the field. */
  const isPicking = useRef(false);
  const [isOpen, setOpen] = useState(false);
  const area = () => box.current?.querySelector('textarea') ?? null;

  const open = () => {
    const text = area();
    if (!text || props.isReadOnly) return;
    caret.current =
      document.activeElement === text
        ? { from: text.selectionStart, to: text.selectionEnd }
        : { from: text.value.length, to: text.value.length };
    isPicking.current = true;
    setOpen(true);
  };
  const back = (): HTMLTextAreaElement | null => {
    const text = area();
    const at = caret.current;
    if (!text || !at) return null;
    caret.current = null;
    isPicking.current = false;
    text.focus();
    text.setSelectionRange(at.from, at.to);
    return text;
  };
  const close = () => {
    back();
    setOpen(false);
  };
  const insert = (phrase: string) => {
    const text = back();
    setOpen(false);
    if (!text) return;
    const from = text.selectionStart;
    // As if typed, so that it can be undone like typing
    if (!document.execCommand('insertText', false, phrase)) return;
    const blank = firstBlank(phrase);
    if (blank) text.setSelectionRange(from + blank.from, from + blank.to);
  };
  const keys = (event: KeyboardEvent) => {
    if (!event.altKey || event.ctrlKey || event.code !== 'Slash') return;
    event.preventDefault();
    open();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the text inside
    <div ref={box} className="note" onKeyDown={onKeys(keys)}>
      <TypedInput
        {...handedOn(props)}
        shown={typedFromValue(spec, value)}
        onLeave={() => isPicking.current || props.onLeave()}
        onType={(typed) => onPut(valueFromTyped(spec, typed))}
        isLong
      />
      {!props.isReadOnly && (
        <button
          type="button"
          tabIndex={-1}
          className="note-phrases"
          title={phraseText.key}
          onMouseDown={(event) => event.preventDefault()}
          onClick={open}
        >
          {phraseText.open}
        </button>
      )}
      {isOpen && (
        <PhrasePicker
          label={spec.label}
          place={path}
          kind={typeof record.kind === 'string' ? record.kind : null}
          content={record}
          onPick={insert}
          onClose={close}
        />
      )}
    </div>
  );
}
