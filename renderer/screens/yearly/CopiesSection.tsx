import { Alert, Button } from 'antd';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call, shell } from '#renderer/state/bureau.ts';
import { localInstant } from '#renderer/state/clock.ts';
import { useMay } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { SecondPlace } from '#shared/api/care-types.ts';
import { careText } from '#shared/text/care.ts';
import { errorText } from '#shared/text/errors.ts';
import { failedText } from '#shared/text/start.ts';
import { maintenanceText } from '#shared/text/yearly.ts';

/** Copies of the ledger, beside it and in a second place. */
export function CopiesSection({ work }: { work: Attempt }) {
  const { busy } = work;
  const backups = useQuery('system.backups', {});
  const places = useQuery('system.places', {});
  const mayMaintain = useMay('system.setSecondPlace');
  const backup = (folder?: string) =>
    work.attempt(
      async () => {
        const made = await call('system.backup', folder === undefined ? {} : { folder });
        return maintenanceText.backupDone(made.name, made.lost);
      },
      { what: 'backup', mayRepeat: true },
    );
  const backupTo = async () => {
    const chosen = await shell('shell.chooseFolder', { title: maintenanceText.backupToTitle });
    if (chosen) await backup(chosen.grant);
  };
  const setSecond = (folder: string | null) =>
    work.attempt(() => call('system.setSecondPlace', { folder }), { what: 'second' });
  const chooseSecond = async () => {
    const chosen = await shell('shell.chooseFolder', { title: careText.secondTitle });
    if (!chosen) return;
    // What is there already goes to the new place at once, not in an hour.
    if (await setSecond(chosen.grant)) await backup();
  };
  const second = places.value?.second ?? null;
  const oldest = places.value?.oldest ?? null;
  return (
    <section className="section">
      <h2 className="section-title">{maintenanceText.backups}</h2>
      <p className="job-buttons">
        <Button size="small" type="primary" loading={busy === 'backup'} onClick={() => void backup()}>
          {maintenanceText.backupNow}
        </Button>
        <Button size="small" disabled={busy !== null} onClick={() => void backupTo()}>
          {maintenanceText.backupTo}
        </Button>
      </p>
      {places.value && <Second second={second} />}
      {mayMaintain && (
        <p className="job-buttons">
          <Button size="small" disabled={busy !== null} onClick={() => void chooseSecond()}>
            {second ? careText.secondChange : careText.secondChoose}
          </Button>
          {second && (
            <Button size="small" disabled={busy !== null} onClick={() => void setSecond(null)}>
              {careText.secondDrop}
            </Button>
          )}
        </p>
      )}
      {backups.value?.length === 0 && <p className="quiet">{maintenanceText.backupEmpty}</p>}
      {oldest !== null && <p className="quiet">{careText.oldest(localInstant(oldest))}</p>}
      {backups.value && backups.value.length > 0 && (
        <table className="table narrow">
          <thead>
            <tr>
              <th scope="col">{maintenanceText.madeAt}</th>
              <th scope="col">{careText.place}</th>
              <th scope="col">{maintenanceText.size}</th>
              <th scope="col">{maintenanceText.file}</th>
            </tr>
          </thead>
          <tbody>
            {backups.value.map((one) => (
              <tr key={`${one.place} ${one.name}`}>
                <td>{localInstant(one.madeAt)}</td>
                <td>{careText.places[one.place]}</td>
                <td>{failedText.size((one.bytes / 1e6).toFixed(1))}</td>
                <td>{one.name}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Second({ second }: { second: SecondPlace | null }) {
  if (!second) return <p className="quiet">{careText.secondNone}</p>;
  const { failure, lastGoodAt } = second;
  return (
    <>
      <p>
        {careText.second} <code>{second.folder}</code>{' '}
        <span className="quiet">
          {lastGoodAt === null ? careText.secondNever : careText.secondGood(localInstant(lastGoodAt))}
        </span>
      </p>
      {!failure && !second.isThere && (
        <Alert
          type="warning"
          showIcon
          title={errorText({ code: 'second-place-absent', params: { place: second.folder } })}
        />
      )}
      {failure && (
        <Alert
          type="warning"
          showIcon
          title={careText.secondFailed(localInstant(failure.at), errorText(failure.failure))}
        />
      )}
      {second.isSameDisk && <Alert type="warning" showIcon title={careText.secondSameDisk} />}
    </>
  );
}
