import { type CSSProperties, type ReactNode, useEffect } from 'react';
import { call } from '#renderer/state/bureau.ts';
import type { FormState } from '#renderer/state/form-state.ts';
import { useLikelyPersons } from '#renderer/state/persons.ts';
import type { RecordForm } from '#renderer/state/record-form.ts';
import { isRenamed, type RowPlace, stillTaken, takenIn } from '#renderer/state/record-taken.ts';
import { goAside } from '#renderer/state/route.ts';
import type { PersonMatch } from '#shared/api/persons.ts';
import { fieldsFrom } from '#shared/ledgers/persons.ts';
import { matterText, personText, whyText } from '#shared/text/persons.ts';
import { commonText } from '#shared/text/window.ts';

/** What Alt and a digit mean in a row: 1 to 5 take a person, 0 opens the first one's card. False for nothing. */
export type PersonDigits = (digit: number) => boolean;

type Props = {
  form: RecordForm;
  state: FormState;
  place: RowPlace;
  isFixed: boolean;
  digits: Map<number, PersonDigits>;
  /** Columns of the form's grid that a line about somebody takes: what its row has left. */
  units: number;
};

/** Whom the row may mean, below it and never in the way: shown when a field of the person is left. */
export function PersonPanel({ form, state, place, isFixed, digits, units }: Props) {
  const { child, index, spec } = place;
  const { shown, isSame } = useLikelyPersons(state, place);
  const taken = takenIn(state, child, index);
  const isOther = isRenamed(state, child, index, spec);
  const isOffering = isOther && !isFixed;

  const take = async (match: PersonMatch) => {
    const values = await call('person.take', { key: match.key }).catch(() => null);
    if (values) form.takePerson(place, fieldsFrom(spec, values), { key: match.key, name: match.name });
  };
  const card = async ({ key }: Pick<PersonMatch, 'key'>) => {
    goAside(await form.keepPlace(), { screen: 'person', key });
  };
  const clear = () => form.clearTaken(child, index);
  const keep = () => form.keepTaken(child, index);
  // The keys of the row are its own handler's; it asks here what a digit means
  useEffect(() => {
    digits.set(index, (digit) => {
      const match = digit === 0 && taken ? taken : shown[Math.max(0, digit - 1)];
      if (isOffering && (digit === 1 || digit === 2)) (digit === 1 ? clear : keep)();
      else if (!match) return false;
      else if (digit === 0) void card(match);
      else if (!isFixed && !taken && 'why' in match) void take(match);
      return true;
    });
    return () => void digits.delete(index);
  });

  // Of whom the row was filled with, its own line says that the name is another
  const stranger = shown.find((match) => hasOtherName(match) && !(isOther && match.key === taken?.key));
  const otherName = stranger && <div className="person-other">△ {personText.otherName(stranger.name)}</div>;
  if (taken) {
    const fields = stillTaken(state, child, index);
    const labels = fields
      .map((field) => state.ledger.children[child]?.fields[field]?.label ?? field)
      .join(commonText.comma);
    if (isOther && fields.length > 0)
      return (
        <Panel>
          <div className="person-line person-other">
            <span>△ {personText.renamed(taken.name, labels)}</span>
            <button type="button" className="link" tabIndex={-1} disabled={isFixed} onClick={clear}>
              {personText.clearTaken}
            </button>
            <button type="button" className="link" tabIndex={-1} disabled={isFixed} onClick={keep}>
              {personText.keepTaken}
            </button>
            <span className="quiet">{personText.renamedKeys}</span>
          </div>
          {otherName}
        </Panel>
      );
    if (!isOther)
      return (
        <Panel units={units}>
          <div className="person-line">
            <span>{personText.taken(taken.name, labels)}</span>
            <CardButton match={taken} onOpen={card} />
          </div>
          {otherName}
        </Panel>
      );
  }
  const [same] = shown;
  if (!same) return null;
  if (isSame)
    return (
      <Panel units={units}>
        <div className="person-line">
          <strong>{personText.known}</strong> <kbd>{personText.keyOf(1)}</kbd>{' '}
          <TakeButton match={same} isFixed={isFixed} onTake={take} />{' '}
          <span className="person-why">{whyText(same.why)}</span>{' '}
          <span className="quiet">{personText.mattersLast(same.matters, matterText(same.last))}</span>{' '}
          <CardButton match={same} onOpen={card} />
        </div>
        {otherName}
      </Panel>
    );
  return (
    <Panel>
      <div className="person-head">
        {personText.likely}
        <span className="quiet">{personText.keys}</span>
      </div>
      {otherName}
      <ol className="person-list">
        {shown.map((match, at) => (
          <li key={match.key} className="person-line">
            <kbd>{personText.keyOf(at + 1)}</kbd>
            <TakeButton match={match} isFixed={isFixed} onTake={take} />
            {said(match) !== '' && <span>{said(match)}</span>}
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

const said = ({ number, birthOn, phone }: PersonMatch) => [number, birthOn, phone].filter(Boolean).join(' ');

type TakeProps = { match: PersonMatch; isFixed: boolean; onTake(match: PersonMatch): Promise<void> };

const TakeButton = ({ match, isFixed, onTake }: TakeProps) => (
  <button
    type="button"
    className="link"
    tabIndex={-1}
    disabled={isFixed}
    title={personText.take(match.name)}
    onClick={() => void onTake(match)}
  >
    {match.name}
  </button>
);

/** A number is one person's; under another name it was mistyped, or the person took one. */
const hasOtherName = ({ why }: PersonMatch) =>
  why.some((sign) => sign === 'number' || sign === 'credit') &&
  !why.some((sign) => sign === 'name' || sign === 'formerName');

/** A line may stand beside the last fields of its row, a list needs the row's width. */
const Panel = ({ units, children }: { units?: number; children: ReactNode }) => (
  <div
    className={units === undefined ? 'person-panel' : 'person-panel is-line'}
    {...(units === undefined ? {} : { style: { '--units': units } as CSSProperties })}
    role="status"
    data-testid="person-panel"
  >
    {children}
  </div>
);

type Card = Pick<PersonMatch, 'key' | 'name'>;

function CardButton({ match, onOpen }: { match: Card; onOpen(match: Card): Promise<void> }) {
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
