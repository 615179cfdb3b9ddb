import { useId, useRef } from 'react';
import { localInstant } from '#renderer/state/clock.ts';
import type { FormState } from '#renderer/state/form-state.ts';
import { useKept } from '#renderer/state/kept.ts';
import { useWarnings } from '#renderer/state/persons.ts';
import type { RecordForm } from '#renderer/state/record-form.ts';
import { goAside, recordRoute } from '#renderer/state/route.ts';
import type { PersonMatter, PersonWarning, PersonWarningKind } from '#shared/api/persons.ts';
import { personText, warningText } from '#shared/text/persons.ts';

/** What stands in the way of taking the case in comes first; what rests on a name alone comes last. */
const weight: Readonly<Record<PersonWarningKind, number>> = {
  bothSides: 0,
  otherSide: 1,
  alert: 2,
  repeat: 3,
};
const weightOf = ({ kind, isByName }: PersonWarning) => weight[kind] + (isByName ? 10 : 0);

type Props = {
  form: RecordForm;
  state: FormState;
  /** Something stands in the way of a step or a save, and needs the room beside its field. */
  hasMessage: boolean;
};

/**
 * What the registers say against this record, above its form; each with the record it comes from. What somebody has
 * read already takes one line until it is opened; what is new stands open.
 */
export function PersonWarnings({ form, state, hasMessage }: Props) {
  const { warnings, seen } = useWarnings(state);
  const id = useId();
  const readBefore = (one: PersonWarning) => seen?.find(({ warning }) => warning.key === one.key);
  const [wish, setWish] = useKept<boolean | null>(`record ${state.id} warnings`, null);
  const sorted = [...warnings].sort((one, other) => weightOf(one) - weightOf(other));
  const isFolding = warnings.length > 1;
  const isNew = seen !== null && !warnings.every(readBefore);
  const wasNew = useRef(false);
  // Shown is read: what was new at this opening must not fold under the eyes that are reading it
  wasNew.current ||= isNew;
  const isOpen = !isFolding || (wish ?? (wasNew.current && !hasMessage));
  if (warnings.length === 0) return null;
  const open = async (matter: PersonMatter) => {
    goAside(await form.keepPlace(), recordRoute(matter.ledger, matter.id));
  };
  return (
    <section className="person-warnings" aria-label={personText.warnings}>
      <ul id={id}>
        {(isOpen ? sorted : sorted.slice(0, 1)).map((warning, index) => {
          const read = readBefore(warning);
          const { matter } = warning;
          return (
            <li key={warning.key}>
              {isFolding && index === 0 && (
                <button
                  type="button"
                  className="link person-fold"
                  aria-expanded={isOpen}
                  aria-controls={id}
                  onClick={() => setWish(!isOpen)}
                >
                  {isOpen ? personText.fold : personText.unfold(warnings.length)}
                </button>
              )}
              △ {warningText(warning)}{' '}
              {matter && (
                <button type="button" className="link" onClick={() => void open(matter)}>
                  {personText.open}
                </button>
              )}{' '}
              {read && <span className="quiet">{personText.seen(read.by, localInstant(read.at))}</span>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
