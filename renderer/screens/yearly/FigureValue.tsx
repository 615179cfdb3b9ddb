import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { onKeys } from '#renderer/components/ime.ts';
import { call, failureFrom } from '#renderer/state/bureau.ts';
import { useKept } from '#renderer/state/kept.ts';
import { useMay } from '#renderer/state/program.ts';
import type { Failure } from '#shared/api/errors.ts';
import type { Figure } from '#shared/domain/figures.ts';
import { errorText } from '#shared/text/errors.ts';
import { figuresText } from '#shared/text/yearly.ts';

/** A figure's printed form; typed over in place. Enter keeps it and goes on to the next row, Escape leaves it. */
export function FigureValue({ figure, year }: { figure: Figure; year: number }) {
  const [typed, setTyped] = useKept<string | null>(`figure ${year} ${figure.code}`, null);
  const [failure, setFailure] = useState<Failure | null>(null);
  // Enter moves on, which blurs the field: the same text is not sent twice.
  const pending = useRef(typed);
  const field = useRef<HTMLInputElement>(null);
  const type = (text: string | null) => {
    pending.current = text;
    setTyped(text);
  };
  const canWrite = useMay('indicator.enter');
  // What comes back through a lock is not kept yet: whoever typed it goes on where he was
  useLayoutEffect(() => {
    const left = pending.current;
    if (left === null) return;
    field.current?.focus();
    field.current?.setSelectionRange(left.length, left.length);
  }, []);
  const before = figure.manual?.printed ?? '';

  const keep = async () => {
    const text = pending.current;
    if (text === null) return;
    type(null);
    setFailure(null);
    if (text.trim() === before) return;
    try {
      await call('indicator.enter', {
        year,
        code: figure.code,
        printed: text.trim() === '' ? null : text.trim(),
      });
    } catch (caught) {
      setFailure(failureFrom(caught));
      type(text);
    }
  };
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    const { currentTarget } = event;
    if (event.key === 'Enter' || event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      void keep();
      beside(currentTarget, event.key === 'ArrowUp' || event.shiftKey ? -1 : 1)?.focus();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      setFailure(null);
      type(null);
    }
  };
  const id = `figure-${figure.code.replace('.', '-')}`;
  return (
    <>
      <input
        id={id}
        ref={field}
        className="figure-input"
        data-figure
        readOnly={!canWrite}
        aria-label={figuresText.enter(figure.name)}
        aria-invalid={failure ? true : undefined}
        aria-describedby={failure ? `${id}-note` : undefined}
        autoComplete="off"
        title={figuresText.entryHint}
        placeholder={figuresText.empty}
        value={typed ?? figure.printed ?? ''}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeys(keys)}
        onBlur={() => void keep()}
      />
      {failure && (
        <div id={`${id}-note`} className="field-problem" role="alert">
          ⚠ {errorText(failure)}
        </div>
      )}
    </>
  );
}

function beside(from: HTMLElement, step: 1 | -1): HTMLElement | undefined {
  const all = [...document.querySelectorAll<HTMLElement>('[data-figure]')];
  return all[all.indexOf(from) + step];
}
