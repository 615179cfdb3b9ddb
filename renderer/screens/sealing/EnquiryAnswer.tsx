import { Button } from 'antd';
import { useLayoutEffect, useRef, useState } from 'react';
import { Field } from '#renderer/components/Field.tsx';
import { PrintButtons } from '#renderer/components/PrintButtons.tsx';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { localInstant } from '#renderer/state/clock.ts';
import { useKept } from '#renderer/state/kept.ts';
import { usePrint } from '#renderer/state/print.ts';
import type { OpenedEnquiry, SealedContent, SealedEnquiry } from '#shared/api/sealing-types.ts';
import { type EnquiryOutcome, enquiryOutcomes } from '#shared/domain/sealing.ts';
import { outcomeNames, sealingText as say } from '#shared/text/sealing.ts';
import { aboveText } from '#shared/text/sealing-above.ts';
import { commonText } from '#shared/text/window.ts';
import { ledgerTitle } from './RequestsSection.tsx';
import { SealedContentView } from './SealedContentView.tsx';

type Props = { enquiry: SealedEnquiry; work: Attempt; onClose(): void };

/** An enquiry opened by somebody who may answer it: whom it is about, what there is, the answer, and what it lets see. */
export function EnquiryAnswer({ enquiry, work, onClose }: Props) {
  const { id, number } = enquiry;
  const heading = useRef<HTMLHeadingElement>(null);
  const kept = `sealing enquiry ${id}`;
  const [opened, setOpened] = useKept<OpenedEnquiry | null>(`${kept} opened`, null);
  // Not kept through a lock: every look at what is sealed is asked for and written down.
  const [content, setContent] = useState<SealedContent | null>(null);
  const [outcome, setOutcome] = useKept<EnquiryOutcome | null>(`${kept} outcome`, null);
  const [chosen, setChosen] = useKept<readonly string[]>(`${kept} chosen`, []);
  const [answer, setAnswer] = useKept(`${kept} answer`, '');
  useLayoutEffect(() => heading.current?.focus(), []);
  const print = usePrint(
    { title: say.paper, name: number, order: () => ({ method: 'enquiry.paper', input: { id } }) },
    work,
  );
  const open = () =>
    void work.attempt(async () => {
      const found = await call('enquiry.open', { id });
      setOpened(found);
      setChosen(found.isPartial ? [] : found.found.map(({ recordId }) => recordId));
    });
  const give = () =>
    void work.attempt(async () => {
      if (outcome === null) return null;
      const isShown = outcome === 'shown';
      await call('enquiry.answer', {
        ...{ id, outcome },
        ...(isShown ? { records: [...chosen] } : {}),
        ...(answer.trim() === '' ? {} : { answer: answer.trim() }),
      });
      return say.given(number);
    });
  const view = (sealed: string) =>
    void work.attempt(async () => setContent(await call('enquiry.view', { id, sealed })));
  const isAgainstChosen = outcome === 'none' && chosen.length > 0;
  const isIncomplete =
    outcome === null ||
    isAgainstChosen ||
    (outcome === 'shown' && chosen.length === 0) ||
    (outcome === 'refused' && answer.trim() === '');
  return (
    <section className="section framed" aria-label={number}>
      <h3 ref={heading} tabIndex={-1} className="section-title">
        {number}
      </h3>
      {opened ? (
        <>
          <p>{say.about(opened.name, opened.idNumber, opened.isPartial)}</p>
          {opened.asker !== undefined && <p>{say.askedFor(opened.asker)}</p>}
          {opened.document !== undefined && <p>{say.letterOf(opened.document)}</p>}
          <p>{say.asked(opened.person, opened.purpose)}</p>
          {opened.answer !== null && <p>{say.answered(opened.answer)}</p>}
        </>
      ) : enquiry.outcome === null && enquiry.isOwn ? null : (
        <p>
          <Button size="small" disabled={work.isBusy} onClick={open}>
            {say.openEnquiry}
          </Button>
        </p>
      )}
      {enquiry.outcome === null && enquiry.isOwn && <p className="quiet">{say.own}</p>}
      {enquiry.outcome === null && !enquiry.isOwn && opened && (
        <>
          <fieldset className="plain-fieldset">
            <legend className="field-label">{say.found}</legend>
            {opened.unreadable.length > 0 && (
              <p className="quiet">
                {say.unreadable(opened.unreadable.map(({ number: kept }) => kept ?? say.noNumber))}
              </p>
            )}
            {opened.locked.length > 0 && (
              <p className="quiet">
                {aboveText.locked(opened.locked.map(({ number: kept }) => kept ?? say.noNumber))}
              </p>
            )}
            {opened.isPartial && <p className="quiet">{say.partial}</p>}
            {opened.found.length === 0 && <p className="quiet">{say.foundNone}</p>}
            {opened.found.map(({ recordId, ledger, number: kept, agrees }) => (
              <label key={recordId} className="tick">
                <input
                  type="checkbox"
                  checked={chosen.includes(recordId)}
                  onChange={({ target }) =>
                    setChosen(
                      target.checked ? [...chosen, recordId] : chosen.filter((one) => one !== recordId),
                    )
                  }
                />{' '}
                {commonText.beside(kept ?? say.noNumber, ledgerTitle(ledger))}
                {opened.isPartial && <span className="quiet"> {agrees ? say.agrees : say.agreesNot}</span>}
              </label>
            ))}
          </fieldset>
          <div className="form-grid" data-form>
            <Field
              id="enquiry-outcome"
              label={say.outcome}
              isRequired
              problem={isAgainstChosen ? say.noneAgainst : null}
            >
              <select
                id="enquiry-outcome"
                className="field-input"
                value={outcome ?? ''}
                aria-describedby="enquiry-outcome-note"
                onChange={(event) => setOutcome(event.target.value as EnquiryOutcome)}
              >
                <option value="" disabled>
                  {say.chooseOutcome}
                </option>
                {enquiryOutcomes.map((one) => (
                  <option key={one} value={one}>
                    {outcomeNames[one]}
                  </option>
                ))}
              </select>
            </Field>
            <Field id="enquiry-answer" label={say.answer} hint={say.answerHint} isWide>
              <TypedInput id="enquiry-answer" shown={answer} onType={setAnswer} />
            </Field>
          </div>
          <Button size="small" type="primary" disabled={isIncomplete} loading={work.isBusy} onClick={give}>
            {say.give}
          </Button>{' '}
        </>
      )}
      {enquiry.outcome !== null && (
        <>
          <p>
            {say.answeredAt(outcomeNames[enquiry.outcome], localInstant(enquiry.answeredAt ?? ''))}
            {enquiry.until !== null && say.until(localInstant(enquiry.until))}
          </p>
          {enquiry.shown.map(({ recordId, number: kept }) => (
            <p key={recordId}>
              {kept ?? say.noNumber}{' '}
              <Button size="small" disabled={work.isBusy} onClick={() => view(recordId)}>
                {say.view}
              </Button>
            </p>
          ))}
          <p>
            {say.paperLabel} <PrintButtons work={print} word={null} />
          </p>
        </>
      )}
      <Button size="small" onClick={onClose}>
        {commonText.close}
      </Button>
      {content && <SealedContentView content={content} />}
    </section>
  );
}
