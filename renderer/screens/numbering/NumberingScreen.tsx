import { Alert, Button, Select, Spin } from 'antd';
import { useActions } from '#renderer/commands/actions.ts';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { Field } from '#renderer/components/Field.tsx';
import { waitingFilter } from '#renderer/screens/list/Filters.tsx';
import { useAttempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { useKept } from '#renderer/state/kept.ts';
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
export function NumberingScreen({ ledger: register }: { ledger: string }) {
  const [ledger, setLedger] = useKept('number of', register);
  const series = useQuery('number.series', {});
  const isOfPapers = ledger !== register;
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
        <div className="numbering-line">
          <Field id="number-of" label={numberingText.of} hint={numberingText.ofHint}>
            <Select
              id="number-of"
              size="small"
              className="numbering-of"
              showSearch={{ optionFilterProp: 'label' }}
              value={ledger}
              options={[
                { value: register, label: numberingText.ofCases },
                ...(series.value ?? []).map((one) => ({ value: one.series, label: one.title })),
              ]}
              onChange={setLedger}
            />
          </Field>
        </div>
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
            {!isOfPapers && <PaperSection ledger={ledger} attempt={attempt} />}
            <PatternSection
              key={ledger + settings.value.pattern + settings.value.prefix}
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
