import { Button, Spin } from 'antd';
import type { ReactNode } from 'react';
import { useActions } from '#renderer/commands/actions.ts';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { TableHead } from '#renderer/components/TableHead.tsx';
import { useAttempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { localInstant } from '#renderer/state/clock.ts';
import { useMay } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { go, goBack, openRecord } from '#renderer/state/route.ts';
import type { PersonCard, PersonFact } from '#shared/api/persons.ts';
import { ledgerTitle, personText, whyText } from '#shared/text/persons.ts';
import { commonText } from '#shared/text/window.ts';

/** All that the registers know of one person, and what was decided about who is who. */
export function PersonScreen({ personKey }: { personKey: string }) {
  const { value: card, failure } = useQuery('person.card', { key: personKey });
  const work = useAttempt();
  const canWrite = useMay('person.decide');
  useActions('record', [
    { id: 'person.back', label: commonText.back, shortcut: 'Escape', isEnabled: true, run: goBack },
  ]);
  const act = (decide: () => Promise<unknown>) => work.attempt(decide);
  return (
    <section className="screen" aria-label={personText.title}>
      <header className="screen-head">
        <Button size="small" onClick={goBack}>
          {commonText.back}
        </Button>
        <h1 className="screen-title">{card ? personText.cardOf(card.name) : personText.title}</h1>
        <span className="quiet">{personText.localOnly}</span>
      </header>
      <FailureAlert failure={work.failure ?? failure} />
      {!card && !failure && <Spin className="centre" />}
      {card && (
        <div className="scroll">
          <div className="record-body">
            <Facts card={card} />
            <Matters card={card} />
            <Likely card={card} canWrite={canWrite} act={act} />
            <Decisions card={card} canWrite={canWrite} act={act} />
          </div>
        </div>
      )}
    </section>
  );
}

type Part = { card: PersonCard; canWrite: boolean; act(decide: () => Promise<unknown>): Promise<boolean> };

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="section" aria-label={title}>
      <h2 className="section-title">{title}</h2>
      {children}
    </section>
  );
}

function Facts({ card }: { card: PersonCard }) {
  const lines: [string, PersonFact[]][] = [
    [personText.facts.names, card.names],
    [personText.facts.formerNames, card.formerNames],
    [personText.facts.numbers, card.numbers],
    [personText.facts.phones, card.phones],
    [personText.facts.addresses, card.addresses],
  ];
  return (
    <dl className="person-facts">
      {lines
        .filter(([, facts]) => facts.length > 0)
        .map(([label, facts]) => (
          <div key={label}>
            <dt>{label}</dt>
            {facts.map(({ value, records, last }) => (
              <dd key={value}>
                {value} <span className="quiet">{personText.records(records, last)}</span>
              </dd>
            ))}
          </div>
        ))}
    </dl>
  );
}

function Matters({ card }: { card: PersonCard }) {
  const heads = [
    personText.ledger,
    personText.number,
    personText.day,
    personText.as,
    personText.name,
    personText.state,
  ];
  return (
    <Section title={personText.allMatters(card.total)}>
      <table className="table">
        <TableHead labels={heads} />
        <tbody>
          {card.matters.map((matter, index) => (
            <tr key={`${matter.id} ${matter.as} ${index}`}>
              <td>{ledgerTitle(matter.ledger)}</td>
              <td>
                <button type="button" className="link" onClick={() => openRecord(matter.ledger, matter.id)}>
                  {matter.number ?? matter.title}
                </button>
              </td>
              <td className="nowrap">{matter.day}</td>
              <td>{matter.as}</td>
              <td>{matter.name}</td>
              <td className="nowrap">{matter.state}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Likely({ card, canWrite, act }: Part) {
  const decide = (right: string, verdict: 'same' | 'different') =>
    void act(() => call('person.decide', { left: card.key, right, verdict }));
  return (
    <Section title={personText.likelyOthers}>
      {card.likely.length === 0 && <p className="quiet">{personText.noLikely}</p>}
      <ul className="person-list">
        {card.likely.map((match) => (
          <li key={match.key} className="person-line">
            <button type="button" className="link" onClick={() => go({ screen: 'person', key: match.key })}>
              {match.name}
            </button>
            <span>{[match.number, match.birthOn, match.phone, match.address].filter(Boolean).join(' ')}</span>
            <span className="person-why">{whyText(match.why)}</span>
            <span className="quiet">{personText.matters(match.matters)}</span>
            <span className="stretch" />
            {canWrite && (
              <>
                <Button size="small" onClick={() => decide(match.key, 'same')}>
                  {personText.sameDone}
                </Button>
                <Button size="small" onClick={() => decide(match.key, 'different')}>
                  {personText.different}
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Decisions({ card, canWrite, act }: Part) {
  return (
    <Section title={personText.decisions}>
      {card.decisions.length === 0 && <p className="quiet">{personText.noDecisions}</p>}
      <ul className="person-list">
        {card.decisions.map(({ id, verdict, names, at, by, undoneAt, undoneBy }) => (
          <li key={id} className="person-line">
            <span>{personText.pair(...names)}</span>
            <strong>{personText.verdict[verdict]}</strong>
            <span className="quiet">
              {by} {localInstant(at)} {personText.decided}
            </span>
            <span className="quiet">
              {undoneAt === null
                ? personText.standing
                : personText.undone(undoneBy ?? '', localInstant(undoneAt))}
            </span>
            <span className="stretch" />
            {canWrite && undoneAt === null && (
              <Button size="small" onClick={() => void act(() => call('person.undecide', { id }))}>
                {personText.undo}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
