import { Button } from 'antd';
import { useState } from 'react';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { useAttempt } from '#renderer/state/attempt.ts';
import { call, shell } from '#renderer/state/bureau.ts';
import { localInstant } from '#renderer/state/clock.ts';
import { useProgram } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { go } from '#renderer/state/route.ts';
import type { SessionInfo } from '#shared/api/types.ts';
import { numberingText } from '#shared/text/numbering.ts';
import { ownTemplateText } from '#shared/text/own-templates.ts';
import { paperDayText } from '#shared/text/papers.ts';
import { failedText } from '#shared/text/start.ts';
import { commonText, roleNames } from '#shared/text/window.ts';
import { maintenanceText } from '#shared/text/yearly.ts';
import { CheckSection } from './CheckSection.tsx';

/** Care of the ledger: what is installed, copies, checks. */
export function MaintenanceScreen({ session }: { session: SessionInfo }) {
  const program = useProgram(({ state }) => state);
  const backups = useQuery('system.backups', {});
  const work = useAttempt();
  const { busy } = work;
  const [hash, setHash] = useState<{ hash: string; records: number } | null>(null);

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
  const makeHash = () =>
    work.attempt(async () => setHash(await call('system.hash', {})), { what: 'hash', mayRepeat: true });

  return (
    <section className="screen" aria-label={maintenanceText.title}>
      <header className="screen-head">
        <h1 className="screen-title">{maintenanceText.title}</h1>
        <span className="quiet" role="status">
          {work.done}
        </span>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard */}
      <section className="scroll pad" tabIndex={0} aria-label={maintenanceText.details}>
        <FailureAlert failure={work.failure} again={work.again} />
        <dl className="facts">
          <dt>{maintenanceText.program}</dt>
          <dd>{program?.version}</dd>
          <dt>{maintenanceText.folder}</dt>
          <dd>
            <code>{program?.folder}</code>
          </dd>
          <dt>{maintenanceText.unit}</dt>
          <dd>{commonText.beside(session.unit.name, session.unit.code)}</dd>
          <dt>{maintenanceText.installation}</dt>
          <dd>{commonText.beside(session.account.name, roleNames[session.account.role])}</dd>
        </dl>
        <section className="section">
          <h2 className="section-title">{maintenanceText.rules}</h2>
          <p className="quiet">{maintenanceText.rulesHint}</p>
          <Button size="small" onClick={() => go({ screen: 'rules' })}>
            {maintenanceText.rulesOpen}
          </Button>
        </section>
        <section className="section">
          <h2 className="section-title">{numberingText.title}</h2>
          <p className="quiet">{numberingText.about}</p>
          <Button size="small" onClick={() => go({ screen: 'numbering', ledger: 'mediation' })}>
            {numberingText.open}
          </Button>{' '}
          <Button size="small" onClick={() => go({ screen: 'paperDay' })}>
            {paperDayText.title}
          </Button>
        </section>
        <section className="section">
          <h2 className="section-title">{ownTemplateText.title}</h2>
          <p className="quiet">{ownTemplateText.about}</p>
          <Button size="small" onClick={() => go({ screen: 'templates' })}>
            {ownTemplateText.open}
          </Button>
        </section>
        <CheckSection work={work} />
        <section className="section">
          <h2 className="section-title">{maintenanceText.backups}</h2>
          <p>
            <Button size="small" type="primary" loading={busy === 'backup'} onClick={() => void backup()}>
              {maintenanceText.backupNow}
            </Button>{' '}
            <Button size="small" disabled={busy !== null} onClick={() => void backupTo()}>
              {maintenanceText.backupTo}
            </Button>
          </p>
          {backups.value?.length === 0 && <p className="quiet">{maintenanceText.backupEmpty}</p>}
          {backups.value && backups.value.length > 0 && (
            <table className="table narrow">
              <thead>
                <tr>
                  <th scope="col">{maintenanceText.madeAt}</th>
                  <th scope="col">{maintenanceText.size}</th>
                  <th scope="col">{maintenanceText.file}</th>
                </tr>
              </thead>
              <tbody>
                {backups.value.map((one) => (
                  <tr key={one.name}>
                    <td>{localInstant(one.madeAt)}</td>
                    <td>{failedText.size((one.bytes / 1e6).toFixed(1))}</td>
                    <td>{one.name}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </section>
        <section className="section">
          <h2 className="section-title">{maintenanceText.hash}</h2>
          <p className="quiet">{maintenanceText.hashHint}</p>
          <Button size="small" loading={busy === 'hash'} onClick={() => void makeHash()}>
            {maintenanceText.hashMake}
          </Button>
          {hash && (
            <p>
              <code className="hash">{hash.hash}</code>{' '}
              <span className="quiet">{maintenanceText.hashOf(hash.records)}</span>
            </p>
          )}
        </section>
      </section>
    </section>
  );
}
