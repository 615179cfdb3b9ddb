import { Alert, Button } from 'antd';
import { JobProgress } from '#renderer/components/JobProgress.tsx';
import { GuideButton } from '#renderer/screens/start/GuideButton.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { localInstant } from '#renderer/state/clock.ts';
import { forgetProgress, stopJob, useMay, useProgram } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { Drill } from '#shared/api/care-types.ts';
import { careText } from '#shared/text/care.ts';

/** Whether a copy would bring the ledger back: tried once a month, with the page that says how it is done in earnest. */
export function DrillSection({ work }: { work: Attempt }) {
  const { busy } = work;
  const drills = useQuery('system.drills', {});
  const progress = useProgram((state) => state.progress);
  const mayDrill = useMay('system.drill');
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
      {last?.fault && <Alert role="alert" type="error" showIcon title={careText.drillResult(last.fault)} />}
      {drills.value && <Drills drills={drills.value.drills} />}
      <p className="quiet">{careText.drillByHand}</p>
      <GuideButton />
    </section>
  );
}

function Drills({ drills }: { drills: readonly Drill[] }) {
  if (drills.length === 0) return <p className="quiet">{careText.drillNever}</p>;
  const { drillColumns: columns } = careText;
  return (
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
        {drills.slice(0, 6).map((one) => (
          <tr key={one.at}>
            <td>{localInstant(one.at)}</td>
            <td>{one.account}</td>
            <td>{one.copy}</td>
            <td>{one.seconds}</td>
            <td>{one.records}</td>
            <td>{careText.drillShort(one)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
