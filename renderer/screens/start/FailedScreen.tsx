import { Alert, App, Button } from 'antd';
import { useState } from 'react';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { StartCard } from '#renderer/components/StartCard.tsx';
import { useAttempt } from '#renderer/state/attempt.ts';
import { call, failureFrom, shell } from '#renderer/state/bureau.ts';
import { localInstant } from '#renderer/state/clock.ts';
import { takeProgram } from '#renderer/state/program.ts';
import type { ListedBackup } from '#shared/api/care-types.ts';
import type { Failure } from '#shared/api/errors.ts';
import type { InputOf } from '#shared/api/methods.ts';
import type { ProgramState } from '#shared/api/types.ts';
import { careText, rescueText } from '#shared/text/care.ts';
import { errorText } from '#shared/text/errors.ts';
import { failedText, setUpText } from '#shared/text/start.ts';
import { commonText } from '#shared/text/window.ts';
import { maintenanceText } from '#shared/text/yearly.ts';
import { GuideButton } from './GuideButton.tsx';
import { DiagnoseButton, DoneNote, GoOnPart, KeyPart, RepairPart, type Rescue } from './RescueParts.tsx';

type Props = {
  program: ProgramState;
  failure: Failure;
  backups: readonly ListedBackup[];
  hasKey: boolean;
};

/** Of these the copies are no way out: the ledger is sound, or another one is wanted. */
const withoutCopies: ReadonlySet<Failure['code']> = new Set([
  'ledger-moved',
  'folder-elsewhere',
  'folder-copied',
  'identity-lost',
  'locked',
  'newer',
]);
const withoutKey: ReadonlySet<Failure['code']> = new Set([
  'ledger-without-key',
  'key-file-damaged',
  'wrong-key',
]);
/** Somebody has to say with a reason that the ledger goes on here. */
const toGoOn: ReadonlySet<Failure['code']> = new Set([
  'ledger-moved',
  'folder-elsewhere',
  'folder-copied',
  'identity-lost',
]);

const titles: Partial<Record<Failure['code'], string>> = {
  'ledger-moved': rescueText.movedTitle,
  'folder-elsewhere': rescueText.elsewhereTitle,
  'folder-copied': rescueText.copiedTitle,
  'identity-lost': rescueText.identityTitle,
};

/** The ledger did not open: why, and every way on. Nothing is started in its place. */
export function FailedScreen({ program, failure, backups, hasKey }: Props) {
  const { modal } = App.useApp();
  const work = useAttempt();
  /** What a repair came to is read before the sign-in takes its place. */
  const [repaired, setRepaired] = useState<{ said: string; program: ProgramState } | null>(null);
  const attempt: Rescue['attempt'] = (run) =>
    work.attempt(async () => {
      const state = await run();
      if (state) takeProgram(state);
    });
  const otherFolder = () =>
    attempt(async () => {
      const chosen = await shell('shell.chooseFolder', { title: setUpText.chooseFolder });
      return chosen ? call('program.use', { folder: chosen.grant }) : null;
    });
  const otherBackup = () =>
    attempt(async () => {
      const input = { title: setUpText.restoreTitle, extensions: ['db'] };
      const chosen = await shell('shell.chooseFile', input);
      return chosen ? goBack({ file: chosen.grant }) : null;
    });
  /** A copy of another ledger takes this one's place only after one more yes, which says whose it is. */
  async function goBack(input: InputOf<'program.restore'>): Promise<ProgramState | null> {
    try {
      return await call('program.restore', input);
    } catch (caught) {
      const refused = failureFrom(caught);
      if (refused.code !== 'backup-foreign') throw caught;
      modal.confirm({
        title: failedText.otherSure,
        content: errorText(refused),
        okText: failedText.takeOther,
        autoFocusButton: 'cancel',
        okButtonProps: { danger: true },
        cancelText: commonText.cancel,
        onOk: () => void attempt(() => call('program.restore', { ...input, ofOther: true })),
      });
      return null;
    }
  }
  const restore = (backup: ListedBackup) =>
    modal.confirm({
      title: failedText.restoreSure(localInstant(backup.madeAt)),
      okText: failedText.restore,
      cancelText: commonText.cancel,
      // The dialog is gone, and has given the focus back, before the next screen takes it.
      onOk: () => void attempt(() => goBack({ backup: backup.name, place: backup.place })),
    });
  if (repaired)
    return (
      <StartCard title={rescueText.repair} isWide version={program.version}>
        <DoneNote text={repaired.said} onGo={() => takeProgram(repaired.program)} />
      </StartCard>
    );
  const { code } = failure;
  const rescue = { isBusy: work.isBusy, attempt };
  return (
    <StartCard title={titles[code] ?? failedText.title} isWide version={program.version}>
      <FailureAlert failure={failure} />
      <FailureAlert failure={work.failure} />
      <p>
        {failedText.folder}
        {commonText.colon}
        <code>{program.folder}</code>
      </p>
      {work.done !== null && <Alert role="status" type="info" showIcon title={work.done} />}
      {toGoOn.has(code) && <GoOnPart {...rescue} isSameMachine={code === 'folder-copied'} />}
      {withoutKey.has(code) && <KeyPart {...rescue} hasKey={hasKey} />}
      {code === 'damaged' && backups.length > 0 && <RepairPart {...rescue} onDone={setRepaired} />}
      {!withoutCopies.has(code) && <h2 className="section-title">{failedText.backups}</h2>}
      {withoutCopies.has(code) ? null : backups.length === 0 ? (
        <p className="quiet">{failedText.noBackups}</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{maintenanceText.madeAt}</th>
              <th scope="col">{maintenanceText.size}</th>
              <th scope="col">{careText.place}</th>
              <th scope="col">{maintenanceText.file}</th>
              <th scope="col">{maintenanceText.action}</th>
            </tr>
          </thead>
          <tbody>
            {backups.map((backup) => (
              <tr key={`${backup.place} ${backup.name}`}>
                <td>{localInstant(backup.madeAt)}</td>
                <td>{failedText.size((backup.bytes / 1e6).toFixed(1))}</td>
                <td>{careText.places[backup.place]}</td>
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
        {!withoutCopies.has(code) && (
          <Button disabled={work.isBusy} onClick={() => void otherBackup()}>
            {rescueText.chooseBackup}
          </Button>
        )}
        <DiagnoseButton work={work} />
        <GuideButton />
        <Button disabled={work.isBusy} onClick={() => void shell('shell.quit', {})}>
          {commonText.quit}
        </Button>
      </div>
    </StartCard>
  );
}
