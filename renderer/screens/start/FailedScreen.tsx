import { App, Button } from 'antd';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { StartCard } from '#renderer/components/StartCard.tsx';
import { useAttempt } from '#renderer/state/attempt.ts';
import { call, shell } from '#renderer/state/bureau.ts';
import { localInstant } from '#renderer/state/clock.ts';
import { takeProgram } from '#renderer/state/program.ts';
import type { Failure } from '#shared/api/errors.ts';
import type { Backup, ProgramState } from '#shared/api/types.ts';
import { failedText, setUpText } from '#shared/text/start.ts';
import { commonText } from '#shared/text/window.ts';
import { maintenanceText } from '#shared/text/yearly.ts';

type Props = { program: ProgramState; failure: Failure; backups: readonly Backup[] };

/** The ledger did not open: why, and every way on. Nothing is started in its place. */
export function FailedScreen({ program, failure, backups }: Props) {
  const { modal } = App.useApp();
  const work = useAttempt();
  const attempt = (run: () => Promise<ProgramState | null>) =>
    work.attempt(async () => {
      const state = await run();
      if (state) takeProgram(state);
    });
  const otherFolder = () =>
    attempt(async () => {
      const chosen = await shell('shell.chooseFolder', { title: setUpText.chooseFolder });
      return chosen ? call('program.use', { folder: chosen.grant }) : null;
    });
  const restore = (backup: Backup) =>
    modal.confirm({
      title: failedText.restoreSure(localInstant(backup.madeAt)),
      okText: failedText.restore,
      cancelText: commonText.cancel,
      // The dialog is gone, and has given the focus back, before the next screen takes it.
      onOk: () => void attempt(() => call('program.restore', { backup: backup.name })),
    });
  return (
    <StartCard title={failedText.title} isWide version={program.version}>
      <FailureAlert failure={failure} />
      <FailureAlert failure={work.failure} />
      <p>
        {failedText.folder}
        {commonText.colon}
        <code>{program.folder}</code>
      </p>
      <h2 className="section-title">{failedText.backups}</h2>
      {backups.length === 0 ? (
        <p className="quiet">{failedText.noBackups}</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{maintenanceText.madeAt}</th>
              <th scope="col">{maintenanceText.size}</th>
              <th scope="col">{maintenanceText.file}</th>
              <th scope="col">{maintenanceText.action}</th>
            </tr>
          </thead>
          <tbody>
            {backups.map((backup) => (
              <tr key={backup.name}>
                <td>{localInstant(backup.madeAt)}</td>
                <td>{failedText.size((backup.bytes / 1e6).toFixed(1))}</td>
                <td>{backup.name}</td>
                <td>
                  <Button size="small" disabled={work.isBusy} onClick={() => restore(backup)}>
                    {failedText.restore}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="start-buttons">
        <Button
          type="primary"
          autoFocus
          loading={work.isBusy}
          onClick={() => void attempt(() => call('program.use', {}))}
        >
          {commonText.retry}
        </Button>
        <Button disabled={work.isBusy} onClick={() => void otherFolder()}>
          {failedText.otherFolder}
        </Button>
        <Button disabled={work.isBusy} onClick={() => void shell('shell.quit', {})}>
          {commonText.quit}
        </Button>
      </div>
    </StartCard>
  );
}
