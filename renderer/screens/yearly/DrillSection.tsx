import { Alert, Button, Tag } from 'antd';
import { JobProgress } from '#renderer/components/JobProgress.tsx';
import { GuideButton } from '#renderer/screens/start/GuideButton.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { localInstant } from '#renderer/state/clock.ts';
import { useKept } from '#renderer/state/kept.ts';
import { forgetProgress, stopJob, useMay, useProgram } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { Drill, HandDrill, Drills as Listed } from '#shared/api/care-types.ts';
import { careText } from '#shared/text/care.ts';
import { commonText } from '#shared/text/window.ts';
import { HandDrillForm } from './HandDrillForm.tsx';

const pageSize = 6;

/** Whether a copy would bring the ledger back: tried once a month, with the page that says how it is done in earnest. */
export function DrillSection({ work }: { work: Attempt }) {
  const { busy } = work;
  const drills = useQuery('system.drills', {});
  const progress = useProgram((state) => state.progress);
  const mayDrill = useMay('system.drill');
  const mayEnter = useMay('system.enterDrill');
  const [isEntering, setEntering] = useKept('hand drill open', false);
  const drill = () =>
    work
      .attempt(
        async () => {
          forgetProgress();
          const { fault, records, seconds } = await call('system.drill', {});
          return fault === null ? careText.drillGood(records, seconds) : null;
        },
        { what: 'drill', mayRepeat: true },
      )
      .finally(forgetProgress);
  const [last] = drills.value?.drills ?? [];
  return (
    <section className="section">
      <h2 className="section-title">{careText.drill}</h2>
      <p className="quiet">{careText.drillHint}</p>
      <p className="job-buttons">
        {mayDrill && (
          <Button
            size="small"
            loading={busy === 'drill'}
            disabled={busy !== null}
            onClick={() => void drill()}
          >
            {careText.drillRun}
          </Button>
        )}
      </p>
      {busy === 'drill' && (
        <JobProgress label={careText.drill} progress={progress} onStop={() => void stopJob()} />
      )}
      {drills.value?.isDue && <Alert type="warning" showIcon title={careText.drillDue} />}
      {last?.fault && !('isByHand' in last) && (
        <Alert role="alert" type="error" showIcon title={careText.drillResult(last.fault)} />
      )}
      {drills.value && <Drills drills={drills.value.drills} />}
      <p className="quiet">{careText.drillByHand}</p>
      <p className="job-buttons">
        <GuideButton />
        {mayEnter && !isEntering && (
          <Button size="small" disabled={busy !== null} onClick={() => setEntering(true)}>
            {careText.handDrill.run}
          </Button>
        )}
      </p>
      {isEntering && <HandDrillForm work={work} onClose={() => setEntering(false)} />}
    </section>
  );
}

function Drills({ drills }: { drills: Listed['drills'] }) {
  const [shown, setShown] = useKept('drills shown', pageSize);
  if (drills.length === 0) return <p className="quiet">{careText.drillNever}</p>;
  const { drillColumns: columns } = careText;
  return (
    <>
      <table className="table narrow">
        <thead>
          <tr>
            {Object.values(columns).map((label) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {drills
            .slice(0, shown)
            .map((one) =>
              'isByHand' in one ? (
                <ByHand key={`hand ${one.at}`} drill={one} />
              ) : (
                <Ran key={one.at} drill={one} />
              ),
            )}
        </tbody>
      </table>
      {drills.length > shown && (
        <Button size="small" onClick={() => setShown(shown + pageSize)}>
          {careText.drillOlder(drills.length - shown)}
        </Button>
      )}
    </>
  );
}

function Ran({ drill }: { drill: Drill }) {
  return (
    <tr>
      <td>{localInstant(drill.at)}</td>
      <td>{drill.account}</td>
      <td>{drill.copy}</td>
      <td>{careText.drillSeconds(drill.seconds)}</td>
      <td>{drill.records}</td>
      <td>{careText.drillShort(drill)}</td>
    </tr>
  );
}

function ByHand({ drill: { on, by, copy, machine, minutes, fault, account, at } }: { drill: HandDrill }) {
  return (
    <tr title={careText.handDrill.enteredBy(account, localInstant(at))}>
      <td>{on}</td>
      <td>{by}</td>
      <td>{commonText.beside(copy, machine)}</td>
      <td>{careText.drillMinutes(minutes)}</td>
      <td />
      <td>
        {fault ?? careText.drillResult(null)} <Tag>{careText.handDrill.mark}</Tag>
      </td>
    </tr>
  );
}
