import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { fitting } from '#renderer/components/Combobox.tsx';
import { onKeys } from '#renderer/components/ime.ts';
import { useReadings } from '#renderer/state/pinyin.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { filledPhrase, type Phrase, phrasesFor } from '#shared/domain/phrase.ts';
import { phraseText, placeValue } from '#shared/text/phrases.ts';

type Props = {
  label: string;
  /** The field's name: phrases say where they are of use. */
  place: string;
  /** Code of the kind of dispute, where the record has one. */
  kind: string | null;
  content: Readonly<Record<string, unknown>>;
  onPick(text: string): void;
  onClose(): void;
};

const mostShown = 60;

/** The phrases that fit a long text, by a few letters; each is shown as it would be inserted. */
export function PhrasePicker({ label, place, kind, content, onPick, onClose }: Props) {
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const all = useQuery('phrase.list', {});
  const reading = useReadings();
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const listId = useId();
  useLayoutEffect(() => {
    input.current?.focus();
    box.current?.scrollIntoView({ block: 'nearest' });
  }, [all.value]);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  });

  const offered = phrasesFor(all.value ?? [], place, kind);
  const options = offered.map(({ id, title, text }) => ({
    value: id,
    label: title,
    search: `${reading(title)} ${text}`.toLowerCase(),
  }));
  const shown = fitting(options, typed)
    .slice(0, mostShown)
    .flatMap(({ value }) => offered.find(({ id }) => id === value) ?? []);
  const filled = ({ text }: Phrase) => filledPhrase(text, (name) => placeValue(content, name));

  const keys = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive(Math.min(Math.max(active + step, 0), Math.max(0, shown.length - 1)));
    } else if (event.key === 'Enter') {
      const phrase = shown[active];
      if (phrase) onPick(filled(phrase));
    } else if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={box} className="phrases">
      <input
        ref={input}
        className="field-input"
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={shown[active] ? `${listId}-${active}` : undefined}
        aria-label={phraseText.title(label)}
        autoComplete="off"
        placeholder={phraseText.hint}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeys(keys)}
        onBlur={onClose}
      />
      <div
        ref={list}
        id={listId}
        role="listbox"
        tabIndex={-1}
        aria-label={phraseText.open}
        className="phrases-list"
      >
        {shown.map((phrase, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the input, which names the active option
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the input
          <div
            key={phrase.id}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === active}
            className="phrase"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(filled(phrase))}
          >
            <div className="phrase-head">
              <strong>{phrase.title}</strong>
              {phrase.isOwn && <span className="phrase-mark">{phraseText.own}</span>}
              {phrase.kind === null && <span className="combobox-note">{phraseText.general}</span>}
            </div>
            <div className="phrase-text">{filled(phrase)}</div>
          </div>
        ))}
        {shown.length === 0 && all.value !== null && (
          <div role="option" aria-selected={false} aria-disabled tabIndex={-1} className="combobox-empty">
            {phraseText.nothing}
          </div>
        )}
      </div>
    </div>
  );
}
