import { type ReactNode, useEffect, useState } from 'react';
import { call } from '#renderer/state/bureau.ts';
import type { FormState } from '#renderer/state/form-state.ts';
import { type RowPlace, useLikelyPersons } from '#renderer/state/persons.ts';
import type { RecordForm } from '#renderer/state/record-form.ts';
import { goAside } from '#renderer/state/route.ts';
import type { PersonMatch } from '#shared/api/persons.ts';
import { fieldsFrom } from '#shared/ledgers/persons.ts';
import { matterText, personText, whyText } from '#shared/text/persons.ts';

/** What Alt and a digit mean in a row: 1 to 5 take a person, 0 opens the first one's card. False for nothing. */
export type PersonDigits = (digit: number) => boolean;

type Props = {
  form: RecordForm;
  state: FormState;
  place: RowPlace;
  isFixed: boolean;
  digits: Map<number, PersonDigits>;
};

/** Whom the row may mean, below it and never in the way: shown when a field of the person is left. */
export function PersonPanel({ form, state, place, isFixed, digits }: Props) {
  const { shown, isSame } = useLikelyPersons(state, place);
  const [taken, setTaken] = useState<string | null>(null);

  const take = async (match: PersonMatch) => {
    const values = await call('person.take', { key: match.key }).catch(() => null);
    if (!values) return;
    form.takePerson(place.child, place.index, place.spec, fieldsFrom(place.spec, values));
    setTaken(match.key);
  };
  const card = async (match: PersonMatch) => {
    goAside(await form.keepPlace(), { screen: 'person', key: match.key });
  };
  // The keys of the row are its own handler's; it asks here what a digit means
  useEffect(() => {
    digits.set(place.index, (digit) => {
      const match = shown[Math.max(0, digit - 1)];
      if (!match) return false;
      if (digit === 0) void card(match);
      else if (!isFixed) void take(match);
      return true;
    });
    return () => void digits.delete(place.index);
  });

  const known = shown.find(({ key }) => key === taken);
  if (known)
    return (
      <Panel>
        <div className="person-line">
          <span>{personText.taken(known.name)}</span>
          <CardButton match={known} onOpen={card} />
        </div>
      </Panel>
    );
  if (shown.length === 0) return null;
  return (
    <Panel>
      <div className="person-head">
        {isSame ? personText.known : personText.likely}
        <span className="quiet">{personText.keys}</span>
      </div>
      <ol className="person-list">
        {shown.map((match, index) => (
          <li key={match.key} className="person-line">
            <kbd>Alt+{index + 1}</kbd>
            <button
              type="button"
              className="link"
              tabIndex={-1}
              disabled={isFixed}
              title={personText.take(match.name)}
              onClick={() => void take(match)}
            >
              {match.name}
            </button>
            <span>{[match.number, match.birthOn, match.phone].filter(Boolean).join(' ')}</span>
            <span className="person-why">{whyText(match.why)}</span>
            <span className="quiet person-last">
              {personText.mattersLast(match.matters, matterText(match.last))}
            </span>
            <CardButton match={match} onOpen={card} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

const Panel = ({ children }: { children: ReactNode }) => (
  <div className="person-panel" role="status" data-testid="person-panel">
    {children}
  </div>
);

function CardButton({ match, onOpen }: { match: PersonMatch; onOpen(match: PersonMatch): Promise<void> }) {
  return (
    <button
      type="button"
      className="link"
      tabIndex={-1}
      aria-label={personText.cardOf(match.name)}
      onClick={() => void onOpen(match)}
    >
      {personText.openCard}
    </button>
  );
}
