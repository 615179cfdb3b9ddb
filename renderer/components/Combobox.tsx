import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { toHalfWidth } from '#shared/domain/text-normalise.ts';
import { comboboxText } from '#shared/text/window.ts';
import { focusBeside } from './focus.ts';
import { onKeys } from './ime.ts';

export type Option = { value: string; label: string; note?: string; search?: string };

type Props = {
  /** Id of the input, for its label. */
  id: string;
  value: string | null;
  /** What stands in the field while nobody types in it. */
  shown: string;
  /** What can be chosen for what was typed ('' for everything). */
  options: readonly Option[];
  onType(text: string): void;
  onChoose(value: string | null): void;
  onLeave?(): void;
  /** Typed text that chooses nothing: given to the form as it stands, so that it is never lost. */
  onRaw?(text: string): void;
  path?: string;
  isInvalid?: boolean;
  isRequired?: boolean;
  isDisabled?: boolean;
  isReadOnly?: boolean | undefined;
  describedBy?: string | undefined;
  placeholder?: string;
  label?: string;
  autoFocus?: boolean;
};

const mostShown = 200;

/** A field that chooses from a list by typing its number, its words or their pinyin initials. */
export function Combobox(props: Props) {
  const { id, value, shown, options, onType, onChoose } = props;
  const [typed, showTyped] = useState<string | null>(null);
  // Moving on blurs the field within the same key: what was typed must be gone by then, not at the next drawing.
  const pending = useRef<string | null>(null);
  const setTyped = (text: string | null) => {
    pending.current = text;
    showTyped(text);
  };
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const offered = useMemo(() => options.slice(0, mostShown), [options]);

  useEffect(() => {
    if (isOpen) list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  });

  const open = () => {
    if (props.isReadOnly) return;
    setOpen(true);
    setActive(Math.max(0, typed === null ? offered.findIndex((option) => option.value === value) : 0));
  };
  const choose = (option: Option) => {
    setTyped(null);
    onType('');
    setOpen(false);
    onChoose(option.value);
  };
  /** Leaving with typed text: the one that fits is taken, else the text stays as typed and is reported. */
  const settle = (from: readonly Option[]) => {
    if (pending.current === null) return;
    const text = pending.current.trim();
    setTyped(null);
    onType('');
    if (text === '') onChoose(null);
    else {
      const only = meant(from, text);
      if (only) onChoose(only.value);
      else props.onRaw?.(text);
    }
  };
  // A list that would stand out over the right edge opens to the left
  useLayoutEffect(() => {
    const box = list.current;
    if (!box || !isOpen) return;
    delete box.dataset.side;
    const { right } = box.getBoundingClientRect();
    if (right > document.documentElement.clientWidth - 20) box.dataset.side = 'left';
  });

  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    const input = event.currentTarget;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!isOpen) return open();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((now) => Math.min(Math.max(now + step, 0), offered.length - 1));
    } else if (event.key === 'Enter' && !event.ctrlKey) {
      event.preventDefault();
      const isCleared = typed !== null && typed.trim() === '';
      const picked = isOpen && !isCleared ? offered[active] : undefined;
      if (picked) choose(picked);
      else settle(options);
      setOpen(false);
      focusBeside(input, event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      setTyped(null);
      onType('');
      setOpen(false);
    }
  };

  return (
    <div className="combobox">
      <input
        id={id}
        className="field-input"
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && offered[active] ? `${listId}-${active}` : undefined}
        aria-invalid={props.isInvalid || undefined}
        aria-required={props.isRequired || undefined}
        aria-describedby={props.describedBy}
        aria-label={props.label}
        data-path={props.path}
        disabled={props.isDisabled}
        autoComplete="off"
        readOnly={props.isReadOnly}
        // biome-ignore lint/a11y/noAutofocus: the first field of a screen that has nothing else to do
        autoFocus={props.autoFocus}
        placeholder={props.placeholder}
        value={typed ?? shown}
        onChange={(event) => {
          setTyped(event.target.value);
          onType(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onClick={() => (isOpen ? setOpen(false) : open())}
        onKeyDown={onKeys(keys)}
        onBlur={() => {
          settle(options);
          setOpen(false);
          props.onLeave?.();
        }}
      />
      <div
        ref={list}
        id={listId}
        role="listbox"
        tabIndex={-1}
        aria-label={props.label ?? comboboxText.choices}
        hidden={!isOpen}
        className="combobox-list"
      >
        {isOpen &&
          offered.map((option, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the input, which names the active option
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the input
            <div
              key={option.value}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === active}
              className="combobox-option"
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(option)}
            >
              <span>{option.label}</span>
              {option.note && <span className="combobox-note">{option.note}</span>}
            </div>
          ))}
        {isOpen && offered.length === 0 && (
          <div role="option" aria-selected={false} aria-disabled tabIndex={-1} className="combobox-empty">
            {comboboxText.nothing}
          </div>
        )}
      </div>
    </div>
  );
}

const plainNumber = (text: string) => text.replace(/^0+(?=\d)/, '');

/** How well an option fits: 0 and 1 mean it and nothing else, 9 not at all. */
function rankOf(option: Option, wanted: string): number {
  const { value, note = '', search = '' } = option;
  const label = folded(option.label);
  if (value.toLowerCase() === wanted || label === wanted) return 0;
  if (/^\d+$/.test(wanted) && [value, note].some((number) => plainNumber(number) === plainNumber(wanted)))
    return 1;
  if (note.startsWith(wanted) || label.startsWith(wanted)) return 2;
  if (search.split(' ').some((word) => word.startsWith(wanted))) return 3;
  if (label.includes(wanted) || note.includes(wanted)) return 4;
  return search.includes(wanted) ? 5 : 9;
}

const folded = (text: string) => toHalfWidth(text).trim().toLowerCase();

/** The options that fit what was typed: by number, words, or pinyin initials, best first. */
export function fitting(options: readonly Option[], text: string): Option[] {
  const wanted = folded(text);
  if (wanted === '') return [...options];
  return options
    .map((option, index) => ({ option, index, rank: rankOf(option, wanted) }))
    .filter((one) => one.rank < 9)
    .sort((left, right) => left.rank - right.rank || left.index - right.index)
    .map((one) => one.option);
}

/** The one option that was meant, where somebody leaves the field without choosing. */
export function meant(options: readonly Option[], text: string): Option | undefined {
  return (
    options.find((option) => rankOf(option, folded(text)) <= 1) ??
    (options.length === 1 ? options[0] : undefined)
  );
}
