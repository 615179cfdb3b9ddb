import { Alert, Button } from 'antd';
import { useState } from 'react';
import { JobProgress } from '#renderer/components/JobProgress.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { forgetProgress, stopJob, useMay, useProgram } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { Verified } from '#shared/api/types.ts';
import { maintenanceText } from '#shared/text/yearly.ts';

/** Whether all agree, and what follows from the records made anew where it does not. */
export function CheckSection({ work }: { work: Attempt }) {
  const { busy } = work;
  const progress = useProgram((state) => state.progress);
  const [verified, setVerified] = useState<Verified | null>(null);
  const mayRebuild = useMay('system.rebuild');
  const renewal = useQuery('system.renewal', {}).value;

  const verify = () =>
    work.attempt(async () => setVerified(await call('system.verify', {})), {
      what: 'verify',
      mayRepeat: true,
    });
  const job = (what: string, run: () => Promise<string>) =>
    work
      .attempt(
        () => {
          forgetProgress();
          setVerified(null);
          return run();
        },
        { what, mayRepeat: true },
      )
      .finally(forgetProgress);
  const rebuild = () =>
    job('rebuild', async () => {
      const { entries, records } = await call('system.rebuild', {});
      return maintenanceText.rebuilt(entries, records);
    });
  const rebuildPersons = () =>
    job('persons', async () => {
      const { keys, records } = await call('person.rebuild', {});
      return maintenanceText.personsRebuilt(keys, records);
    });
  const jobs = [
    {
      what: 'rebuild',
      label: maintenanceText.rebuild,
      hint: maintenanceText.rebuildHint,
      run: rebuild,
    },
    {
      what: 'persons',
      label: maintenanceText.rebuildPersons,
      hint: maintenanceText.rebuildPersonsHint,
      run: rebuildPersons,
    },
  ].filter(() => mayRebuild);
  const running = jobs.find(({ what }) => what === busy);

  return (
    <section className="section">
      <h2 className="section-title">{maintenanceText.verify}</h2>
      <p className="quiet">{maintenanceText.verifyHint}</p>
      {renewal && <p role="status">{maintenanceText.renewing(renewal.done, renewal.total)}</p>}
      <p className="job-buttons">
        <Button
          size="small"
          loading={busy === 'verify'}
          disabled={busy !== null}
          onClick={() => void verify()}
        >
          {maintenanceText.verify}
        </Button>
        {jobs.map(({ what, label, hint, run }) => (
          <Button
            key={what}
            size="small"
            loading={busy === what}
            disabled={busy !== null}
            title={hint}
            onClick={() => void run()}
          >
            {label}
          </Button>
        ))}
      </p>
      {running && <JobProgress label={running.label} progress={progress} onStop={() => void stopJob()} />}
      {verified && <Findings verified={verified} />}
    </section>
  );
}

function Findings({ verified }: { verified: Verified }) {
  return (
    <Alert
      role="status"
      type={verified.ok ? 'success' : 'error'}
      showIcon
      title={
        verified.ok
          ? maintenanceText.verified(verified.records)
          : maintenanceText.verifyFound(verified.findings.length)
      }
      description={
        verified.findings.length > 0 && (
          <ul>
            {verified.findings.slice(0, 50).map((finding) => (
              <li key={`${finding.check} ${finding.object}`}>
                {maintenanceText.finding(finding.check, finding.message)}
              </li>
            ))}
          </ul>
        )
      }
    />
  );
}
