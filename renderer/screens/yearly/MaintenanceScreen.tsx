import { Button } from 'antd';
import { useState } from 'react';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { useAttempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { useProgram } from '#renderer/state/program.ts';
import { isOpenTo } from '#renderer/state/reach.ts';
import { go, type Route } from '#renderer/state/route.ts';
import type { SessionInfo } from '#shared/api/types.ts';
import { mediation } from '#shared/ledgers/mediation.ts';
import { numberingText } from '#shared/text/numbering.ts';
import { ownTemplateText } from '#shared/text/own-templates.ts';
import { paperDayText } from '#shared/text/papers.ts';
import { retentionText } from '#shared/text/retention.ts';
import { commonText, reachText, roleNames } from '#shared/text/window.ts';
import { maintenanceText } from '#shared/text/yearly.ts';
import { AsideSection } from './AsideSection.tsx';
import { CheckSection } from './CheckSection.tsx';
import { CopiesSection } from './CopiesSection.tsx';
import { DrillSection } from './DrillSection.tsx';
import { MoveSection, RepairsSection } from './MoveSection.tsx';

const numbering: Route = { screen: 'numbering', ledger: mediation.name };

/** Care of the ledger: what is installed, copies, checks. */
export function MaintenanceScreen({ session }: { session: SessionInfo }) {
  const program = useProgram(({ state }) => state);
  const work = useAttempt();
  const [hash, setHash] = useState<{ hash: string; records: number } | null>(null);

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
          {isOpenTo(session, numbering) ? (
            <>
              <Button size="small" onClick={() => go(numbering)}>
                {numberingText.open}
              </Button>{' '}
              <Button size="small" onClick={() => go({ screen: 'paperDay' })}>
                {paperDayText.title}
              </Button>
            </>
          ) : (
            <p className="quiet">{reachText.numbering}</p>
          )}
        </section>
        <section className="section">
          <h2 className="section-title">{ownTemplateText.title}</h2>
          <p className="quiet">{ownTemplateText.about}</p>
          <Button size="small" onClick={() => go({ screen: 'templates' })}>
            {ownTemplateText.open}
          </Button>
        </section>
        <section className="section">
          <h2 className="section-title">{retentionText.title}</h2>
          <p className="quiet">{retentionText.about}</p>
          {isOpenTo(session, { screen: 'retention' }) ? (
            <Button size="small" onClick={() => go({ screen: 'retention' })}>
              {retentionText.openIt}
            </Button>
          ) : (
            <p className="quiet">{reachText.retention}</p>
          )}
        </section>
        <CheckSection work={work} />
        <CopiesSection work={work} />
        <AsideSection work={work} />
        <DrillSection work={work} />
        <RepairsSection work={work} />
        <MoveSection work={work} />
        <section className="section">
          <h2 className="section-title">{maintenanceText.hash}</h2>
          <p className="quiet">{maintenanceText.hashHint}</p>
          <Button size="small" loading={work.busy === 'hash'} onClick={() => void makeHash()}>
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
