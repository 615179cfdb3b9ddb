import { Button, Tag } from 'antd';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { TableHead } from '#renderer/components/TableHead.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { localInstant } from '#renderer/state/clock.ts';
import { useKept } from '#renderer/state/kept.ts';
import { useMay } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { KindShown, LogKept, PeriodDecided } from '#shared/api/retention-types.ts';
import { ruleText } from '#shared/text/deadlines.ts';
import {
  decisionText,
  logKeptText,
  proposalText,
  retentionText as say,
  spanText,
} from '#shared/text/retention.ts';
import { PeriodDialog } from './PeriodDialog.tsx';

/** The bureau's table of periods, with what is proposed and on what ground; below it how long the log is kept. */
export function PeriodsPart({ work }: { work: Attempt }) {
  const { value: kinds, failure } = useQuery('retention.periods', {});
  const logs = useQuery('retention.logs', {});
  const canDecide = useMay('retention.decide');
  const [opened, setOpened] = useKept<string | null>('retention kind', null);
  const open = kinds?.find(({ kind }) => kind.code === opened);
  return (
    <>
      <FailureAlert failure={(open ? null : work.failure) ?? failure ?? logs.failure} />
      <p className="gap">{say.intro}</p>
      {!canDecide && <p className="quiet gap">{say.readOnly}</p>}
      <table className="table rules retention-kinds">
        <thead>
          <tr>
            <th scope="col">{say.kind}</th>
            <th scope="col">{say.period}</th>
            <th scope="col">{say.proposal}</th>
            <th scope="col" className="number">
              {say.files}
            </th>
            {canDecide && <th scope="col">{say.action}</th>}
          </tr>
        </thead>
        <tbody>
          {kinds?.map((shown) => (
            <tr key={shown.kind.code}>
              <th scope="row">
                <strong>{shown.kind.title}</strong>
                <div className="quiet">{shown.ledgerTitle}</div>
                <div className="quiet">{say.from(shown.fromLabel)}</div>
              </th>
              <td>
                <Periods shown={shown} />
              </td>
              <td>
                {proposalText(shown.kind)}
                <div className="quiet">
                  {shown.kind.source}
                  {say.sureAs(ruleText.sureness[shown.kind.sure] ?? '')}
                </div>
              </td>
              <td className="number">{say.filesOf(shown.files)}</td>
              {canDecide && (
                <td className="nowrap">
                  <Button
                    size="small"
                    type={shown.isConfirmed ? 'default' : 'primary'}
                    aria-label={say.enterOf(shown.kind.title, shown.isConfirmed ? say.change : say.enter)}
                    onClick={() => {
                      work.forget();
                      setOpened(shown.kind.code);
                    }}
                  >
                    {shown.isConfirmed ? say.change : say.enter}
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {logs.value && <LogPart kept={logs.value} />}
      {open && (
        <PeriodDialog
          shown={open}
          work={work}
          onSave={(decision, note) =>
            void work
              .attempt(async () => {
                await call('retention.decide', { kind: open.kind.code, decision, note });
                return say.saved;
              })
              .then((isDone) => isDone && setOpened(null))
          }
          onClose={() => {
            work.forget();
            setOpened(null);
          }}
        />
      )}
    </>
  );
}

function Periods({ shown }: { shown: KindShown }) {
  const { spans, history, isConfirmed, isOutdated } = shown;
  const [newest, ...older] = history;
  return (
    <>
      {!isConfirmed && <Tag color="warning">{isOutdated ? say.outdated : say.unconfirmed}</Tag>}
      {isConfirmed && spans.map((span) => <div key={`${span.from} ${span.to}`}>{spanText(span)}</div>)}
      {newest && <Decided decided={newest} />}
      {older.length > 0 && (
        <details>
          <summary>{say.history(older.length)}</summary>
          <ul className="rule-history">
            {older.map((one) => (
              <li key={one.at}>
                {spanText({ from: one.decision.validFrom, to: one.decision.validTo, decision: one.decision })}
                <Decided decided={one} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Decided({ decided }: { decided: PeriodDecided }) {
  const { decision, account, at, note } = decided;
  return (
    <div className="quiet">
      {decisionText(decision, account, localInstant(at))}
      {note !== '' && <div>{note}</div>}
    </div>
  );
}

/** Nothing cuts the log, so its periods are only ever passed. */
function LogPart({ kept }: { kept: LogKept }) {
  return (
    <section className="section" aria-label={logKeptText.title}>
      <h2 className="section-title">{logKeptText.title}</h2>
      <p className="gap">
        {logKeptText.kept(kept.since === null ? null : localInstant(kept.since), kept.entries)}
      </p>
      <table className="table rules">
        <TableHead labels={logKeptText.columns} />
        <tbody>
          {kept.rules.map(({ title, months, isHere, source, sure }) => (
            <tr key={title}>
              <th scope="row">{title}</th>
              <td className="nowrap">{logKeptText.least(months)}</td>
              <td>{isHere ? logKeptText.here : logKeptText.elsewhere}</td>
              <td>
                {source}
                <span className="quiet">{say.sureAs(ruleText.sureness[sure] ?? '')}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
