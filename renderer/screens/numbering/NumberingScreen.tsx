import { Alert, Button, Spin } from 'antd';
import { useActions } from '#renderer/commands/actions.ts';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { waitingFilter } from '#renderer/screens/list/Filters.tsx';
import { useAttempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { useMay } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { goBack, openList } from '#renderer/state/route.ts';
import { numberingText } from '#shared/text/numbering.ts';
import { commonText } from '#shared/text/window.ts';
import { PaperSection } from './PaperSection.tsx';
import { PatternSection } from './PatternSection.tsx';
import { PlacesSection } from './PlacesSection.tsx';
import { RaiseSection } from './RaiseSection.tsx';

/** How a ledger's numbers look, and those given away before there are records for them. */
export function NumberingScreen({ ledger }: { ledger: string }) {
  const settings = useQuery('number.settings', { ledger });
  const canWrite = useMay('number.assign');
  const attempt = useAttempt();
  useActions('record', [
    { id: 'numbering.back', label: commonText.back, shortcut: 'Escape', isEnabled: true, run: goBack },
  ]);
  const failure = attempt.failure ?? settings.failure;
  const assign = () =>
    attempt.attempt(async () => {
      const { numbered, waiting } = await call('number.assign', { ledger });
      return numberingText.assigned(numbered, waiting);
    });
  return (
    <section className="screen" aria-label={numberingText.title}>
      <header className="screen-head">
        <Button size="small" onClick={goBack}>
          {commonText.back}
        </Button>
        <h1 className="screen-title">{numberingText.title}</h1>
        <span className="quiet" role="status">
          {attempt.done}
        </span>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard */}
      <section className="scroll pad numbering" tabIndex={0} aria-label={numberingText.details}>
        <FailureAlert failure={failure} again={attempt.again} />
        {settings.value === null ? (
          settings.failure === null && <Spin className="centre" />
        ) : (
          <>
            {settings.value.waiting > 0 && (
              <Alert
                type="warning"
                showIcon
                title={numberingText.waiting(settings.value.waiting)}
                action={
                  <>
                    <Button size="small" onClick={() => openList(ledger, waitingFilter(ledger))}>
                      {numberingText.showWaiting}
                    </Button>{' '}
                    {canWrite && (
                      <Button size="small" loading={attempt.isBusy} onClick={() => void assign()}>
                        {numberingText.assign}
                      </Button>
                    )}
                  </>
                }
              />
            )}
            <PaperSection ledger={ledger} attempt={attempt} />
            <PatternSection
              key={settings.value.pattern + settings.value.prefix}
              settings={settings.value}
              attempt={attempt}
            />
            <RaiseSection settings={settings.value} attempt={attempt} />
            <PlacesSection settings={settings.value} attempt={attempt} />
          </>
        )}
      </section>
    </section>
  );
}
