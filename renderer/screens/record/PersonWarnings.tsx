import { useId } from 'react';
import { type Action, useActions } from '#renderer/commands/actions.ts';
import { localInstant } from '#renderer/state/clock.ts';
import type { FormState } from '#renderer/state/form-state.ts';
import { useKept } from '#renderer/state/kept.ts';
import { useSeen, useWarnings } from '#renderer/state/persons.ts';
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

type Props = { form: RecordForm; state: FormState };

/**
 * What the registers say against this record, above its form; each with the record it comes from. One line, the
 * weightiest, until somebody opens it: a form needs its room, and what nobody saw must not count as read.
 */
export function PersonWarnings({ form, state }: Props) {
  const { warnings, seen } = useWarnings(state);
  const id = useId();
  const readBefore = (one: PersonWarning) => seen?.find(({ warning }) => warning.key === one.key);
  const [wish, setOpen] = useKept(`record ${state.id} warnings`, false);
  const sorted = [...warnings].sort((one, other) => weightOf(one) - weightOf(other));
  const isFolding = warnings.length > 1;
  const isOpen = !isFolding || wish;
  const shown = isOpen ? sorted : sorted.slice(0, 1);
  useSeen(state, shown);
  const unread = seen === null ? 0 : sorted.slice(shown.length).filter((one) => !readBefore(one)).length;
  const toggle: Action = {
    id: 'record.warnings',
    label: isOpen ? personText.foldAll : personText.unfoldAll,
    shortcut: 'F7',
    isEnabled: isFolding,
    run: () => setOpen(!isOpen),
  };
  useActions('warnings', [toggle]);
  if (warnings.length === 0) return null;
  const open = async (matter: PersonMatter) => {
    goAside(await form.keepPlace(), recordRoute(matter.ledger, matter.id));
  };
  return (
    <section className="person-warnings" aria-label={personText.warnings}>
      <ul id={id}>
        {shown.map((warning, index) => {
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
                  title={toggle.shortcut}
                  onClick={toggle.run}
                >
                  {isOpen ? personText.fold : personText.unfold(warnings.length, unread)}
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
