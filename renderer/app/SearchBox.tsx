import { type KeyboardEvent, type RefObject, useEffect, useId, useState } from 'react';
import { onKeys } from '#renderer/components/ime.ts';
import { call } from '#renderer/state/bureau.ts';
import { useKept } from '#renderer/state/kept.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { go, openRecord } from '#renderer/state/route.ts';
import type { Hit } from '#shared/api/types.ts';
import { longestSearch } from '#shared/domain/search-text.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { errorText } from '#shared/text/errors.ts';
import { searchText } from '#shared/text/window.ts';

/** Enough for keys that come together; what is asked is answered in a few milliseconds. */
const delayMs = 20;

/** Finds as one types, from the first character on; the arrow keys choose, Enter opens. */
export function SearchBox({ input }: { input: RefObject<HTMLInputElement | null> }) {
  const [typed, setTyped] = useKept('search typed', '');
  const [asked, setAsked] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [isComposing, setComposing] = useState(false);
  const [active, setActive] = useState(0);
  const id = useId();
  const text = typed.trim();

  useEffect(() => {
    // The letters of an unfinished composition are not what is looked for.
    if (isComposing) return;
    const timer = setTimeout(() => setAsked(text), delayMs);
    return () => clearTimeout(timer);
  }, [text, isComposing]);

  const isTooLong = asked.length > longestSearch;
  const { value, failure } = useQuery(
    'search.find',
    asked === '' || isTooLong ? null : { text: asked, limit: 20 },
  );
  const hits = value?.hits ?? [];
  const open = (hit: Hit) => {
    setOpen(false);
    setTyped('');
    openRecord(hit.ledger, hit.id);
  };
  const openCard = async (hit: Hit) => {
    const [person] = await call('person.inRecord', { id: hit.id, text: asked });
    if (!person) return;
    setOpen(false);
    setTyped('');
    // The next Escape is the card's, not this field's.
    input.current?.blur();
    go({ screen: 'person', key: person.key });
  };
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((now) => Math.min(Math.max(now + step, 0), Math.max(0, hits.length - 1)));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const hit = hits[active];
      if (!hit || asked !== text) return;
      if (event.altKey && hit.isPerson) void openCard(hit);
      else open(hit);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      setOpen(false);
      setTyped('');
      event.currentTarget.blur();
    }
  };
  const shows = isOpen && asked !== '';
  return (
    <search className="search">
      <input
        ref={input}
        className="search-input"
        role="combobox"
        aria-label={searchText.label}
        aria-expanded={shows}
        aria-controls={`${id}-list`}
        aria-activedescendant={shows && hits[active] ? `${id}-${active}` : undefined}
        autoComplete="off"
        placeholder={searchText.placeholder}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeys(keys)}
      />
      <div className="search-panel" hidden={!shows}>
        <div id={`${id}-list`} role="listbox" aria-label={searchText.label} tabIndex={-1}>
          {hits.map((hit, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the input, which names the active hit
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the input
            <div
              key={hit.id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              className="search-hit"
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => open(hit)}
            >
              <span className="search-title">
                <strong>{hit.title}</strong>
                {hit.whole !== null && <span className="search-whole">{hit.whole}</span>}
              </span>
              <span className="quiet">{ledgers.find(({ name }) => name === hit.ledger)?.noun}</span>
              <span className="quiet">{hit.day}</span>
              <span className="search-matched">
                <Marked text={hit.matched} wanted={asked} />
              </span>
              {hit.isPerson && (
                // biome-ignore lint/a11y/noStaticElementInteractions: the key of it is Alt+Enter, in the input
                // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the input
                <span
                  className="search-card"
                  title={searchText.cardKey}
                  onClick={(event) => {
                    event.stopPropagation();
                    void openCard(hit);
                  }}
                >
                  {searchText.card}
                </span>
              )}
            </div>
          ))}
        </div>
        <p className="search-foot" role="status">
          {isTooLong && searchText.tooLong(asked.length, longestSearch)}
          {failure && errorText(failure)}
          {value &&
            (hits.length === 0 ? searchText.nothing(asked) : searchText.count(value.total, value.capped))}
          {hits[active]?.isPerson && <span className="search-keys">{searchText.cardHint}</span>}
        </p>
      </div>
    </search>
  );
}

/** What stands there as it was typed, each word of it. What was found by its reading has nothing to mark. */
function Marked({ text, wanted }: { text: string; wanted: string }) {
  const words = wanted.split(/[\p{P}\p{S}\p{Z}]+/u).filter(Boolean);
  const signs = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  if (signs.length === 0) return <>{text}</>;
  const pieces = text.split(new RegExp(`(${signs.join('|')})`, 'iu'));
  return <>{pieces.map((piece, index) => (index % 2 === 1 ? <mark key={index}>{piece}</mark> : piece))}</>;
}
