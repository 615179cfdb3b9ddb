import { Alert, Button } from 'antd';
import { Fragment, useLayoutEffect, useRef, useState } from 'react';
import { Field } from '#renderer/components/Field.tsx';
import { TableHead } from '#renderer/components/TableHead.tsx';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call, shell } from '#renderer/state/bureau.ts';
import { localInstant } from '#renderer/state/clock.ts';
import type { FileGrant } from '#shared/api/envelope.ts';
import type { AnsweredBelow, AskedFromBelow } from '#shared/api/sealing-types.ts';
import { type AnswerOutcome, answerOutcomes } from '#shared/domain/sealing.ts';
import { sealBasisNames, sealingText, sealKindNames } from '#shared/text/sealing.ts';
import { answerNames, aboveText as say } from '#shared/text/sealing-above.ts';
import { commonText } from '#shared/text/window.ts';
import { ledgerTitle } from './RequestsSection.tsx';

type Read = { file: FileGrant; asked: AskedFromBelow };
type Props = { answered: readonly AnsweredBelow[]; mayDecide: boolean; work: Attempt };

const called = (number: string | null) => number ?? sealingText.noNumber;

/** Requests of units below, for which an account here is the second of two; and what was answered. */
export function BelowSection({ answered, mayDecide, work }: Props) {
  // Not kept through a lock: why somebody asks is read again by whoever comes back, and written down.
  const [read, setRead] = useState<Read | null>(null);
  const choose = () =>
    work.attempt(async () => {
      const file = await shell('shell.chooseFile', { title: say.readTitle, extensions: ['json'] });
      if (!file) return;
      setRead(null);
      setRead({ file, asked: await call('sealing.readAsked', { file: file.grant }) });
    });
  return (
    <section className="section" aria-label={say.title}>
      <h2 className="section-title">{say.title}</h2>
      <p className="quiet">
        {say.hint}
        {answered.length === 0 && say.noCard}
      </p>
      {mayDecide && (
        <p>
          <Button size="small" disabled={work.isBusy} onClick={() => void choose()}>
            {say.read}
          </Button>
        </p>
      )}
      {read && <AskedForm key={read.asked.id} {...read} work={work} onClose={() => setRead(null)} />}
      {answered.length === 0 ? (
        <p className="quiet">{say.noAnswers}</p>
      ) : (
        <table className="table" aria-label={say.list}>
          <TableHead
            labels={[
              ...[say.facts.unit, sealingText.what, sealingText.number, sealingText.ledger],
              ...[say.askedAt, say.outcome, say.people],
            ]}
          />
          <tbody>
            {answered.map((one) => (
              <tr key={one.id}>
                <td>{one.unit}</td>
                <td className="nowrap">{sealKindNames[one.kind]}</td>
                <td className="nowrap">{called(one.number)}</td>
                <td>{ledgerTitle(one.ledger)}</td>
                <td className="nowrap">{localInstant(one.askedAt)}</td>
                <td className="nowrap">
                  {commonText.beside(answerNames[one.outcome], localInstant(one.decidedAt))}
                </td>
                <td>{sealingText.both(one.account, one.decidedBy)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** One request as it was read, and the answer to it. */
function AskedForm({ file, asked, work, onClose }: Read & { work: Attempt; onClose(): void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [code, setCode] = useState('');
  const [outcome, setOutcome] = useState<AnswerOutcome | null>(asked.decided?.outcome ?? null);
  const [reason, setReason] = useState('');
  useLayoutEffect(() => {
    heading.current?.focus();
    // All of it is to be seen, not only its heading
    heading.current?.scrollIntoView({ block: 'start' });
  }, []);
  const title = say.asks(asked.unit, sealKindNames[asked.kind], called(asked.number));
  const answer = () =>
    work.attempt(async () => {
      if (outcome === null) return null;
      const name = `${say.answerName(asked.unit)}.json`;
      const out = await shell('shell.chooseSave', { title: say.answerTitle, name, extensions: ['json'] });
      if (!out) return null;
      const given = {
        file: file.grant,
        out: out.grant,
        overwrite: true,
        code,
        outcome,
        reason: reason.trim(),
      };
      const made = await call('sealing.answerAsked', given);
      onClose();
      return say.answered(made.unit, called(made.number), out.name);
    });
  const { facts } = say;
  const rows: [string, string][] = [
    [facts.account, asked.account],
    [facts.what, commonText.beside(called(asked.number), ledgerTitle(asked.ledger))],
    [facts.basis, sealBasisNames[asked.basis]],
    [facts.reason, asked.reason],
    [facts.appliedAt, localInstant(asked.appliedAt)],
    [facts.validUntil, localInstant(asked.validUntil)],
    [facts.key, say.signedBy[asked.signedBy]],
  ];
  return (
    <section className="section framed" aria-label={title}>
      <h3 ref={heading} tabIndex={-1} className="section-title">
        {title}
      </h3>
      <dl className="facts">
        {rows.map(([label, text]) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </Fragment>
        ))}
      </dl>
      {asked.decided && (
        <p className="quiet">
          {(asked.isOver ? say.decidedThen : say.decided)(
            asked.decided.outcome,
            asked.decided.at,
            asked.decided.by,
          )}
        </p>
      )}
      {asked.isOver ? (
        <Alert type="warning" showIcon title={say.isOver} />
      ) : (
        <div className="form-grid" data-form>
          <Field id="below-code" label={say.code} hint={say.codeHint} isRequired>
            <TypedInput id="below-code" shown={code} onType={setCode} />
          </Field>
          <Field id="below-outcome" label={say.outcome} isRequired>
            <select
              id="below-outcome"
              className="field-input"
              value={outcome ?? ''}
              disabled={asked.decided !== null}
              onChange={(event) => setOutcome(event.target.value as AnswerOutcome)}
            >
              <option value="" disabled>
                {say.chooseOutcome}
              </option>
              {answerOutcomes.map((one) => (
                <option key={one} value={one}>
                  {answerNames[one]}
                </option>
              ))}
            </select>
          </Field>
          <Field id="below-reason" label={say.answerReason} hint={say.answerReasonHint} isWide isRequired>
            <TypedInput id="below-reason" shown={reason} onType={setReason} />
          </Field>
        </div>
      )}
      {!asked.isOver && (
        <Button
          size="small"
          type="primary"
          disabled={code.trim() === '' || outcome === null || reason.trim() === ''}
          loading={work.isBusy}
          onClick={() => void answer()}
        >
          {say.answer}
        </Button>
      )}{' '}
      <Button size="small" onClick={onClose}>
        {commonText.close}
      </Button>
    </section>
  );
}
