import { Button, Checkbox, Radio, Spin } from 'antd';
import { useMemo } from 'react';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { PrintButtons } from '#renderer/components/PrintButtons.tsx';
import { call } from '#renderer/state/bureau.ts';
import { today } from '#renderer/state/clock.ts';
import { useKept } from '#renderer/state/kept.ts';
import { previewPage } from '#renderer/state/preview-page.ts';
import { usePrint } from '#renderer/state/print.ts';
import { useMay } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { goBack } from '#renderer/state/route.ts';
import type { PaperKind, PrintOrder } from '#shared/api/types.ts';
import { paperDayText as say } from '#shared/text/papers.ts';
import { printText } from '#shared/text/prints.ts';
import { commonText } from '#shared/text/window.ts';
import { newSeries, readSeries, SeriesFields } from './SeriesFields.tsx';

const mostForms = 600;
const mostNumbers = 500;
const ledger = 'mediation';

/** Forms for days without power: a set for each number, reserved as they are made; keyed in later. */
export function PaperDayScreen() {
  const { value, failure } = useQuery('paper.kinds', {});
  if (value === null && failure === null) return <Spin className="centre" />;
  return (
    <PaperDay
      kinds={(value ?? []).filter((one) => !one.isOwnKind && one.ledger === ledger)}
      unread={failure}
    />
  );
}

type Props = { kinds: readonly PaperKind[]; unread: ReturnType<typeof useQuery>['failure'] };

function PaperDay({ kinds, unread }: Props) {
  const canWrite = useMay('number.reserve');
  const [chosen, setChosen] = useKept('paperDay kinds', () =>
    kinds.filter(({ isUsual }) => isUsual).map(({ kind }) => kind),
  );
  const [isUnit, setUnit] = useKept('paperDay unit', false);
  const [typed, setTyped] = useKept('paperDay series', () => ({ ...newSeries(), count: '5' }));
  const [usesFree, setUsesFree] = useKept('paperDay free', !canWrite);
  const free = useFreeNumbers();
  const wanted = readSeries(typed, mostNumbers).value;
  const count = usesFree ? free.length : (wanted?.count ?? 0);
  const forms = count * chosen.length;
  const isReady = forms > 0 && forms <= mostForms && (usesFree || wanted !== null);

  const input = { kind: inOrder(kinds, chosen), ...(isUnit ? { isUnit } : {}) };
  const example = useQuery(
    'paper.blank',
    // Without a number: what is asked for under one counts as handed out and stands in the log.
    chosen.length === 0 ? null : input,
  );
  const page = useMemo(() => (example.value ? previewPage(example.value.html) : ''), [example.value]);

  /** Reserved only when it is known where the forms go; what fails after that finds them among the reserved ones. */
  const numbers = async (): Promise<string[]> => {
    if (usesFree || wanted === null) return [...free];
    const made = await call('number.reserve', { ledger, ...wanted });
    setUsesFree(true);
    return made.numbers;
  };
  const blank = async () => ({ ...input, numbers: await numbers() });
  const done = (given: readonly string[], pages: number | null = null) =>
    say.done(given.length * chosen.length, pages, given[0] ?? '', given.at(-1) ?? '');
  const numbersOf = ({ input: asked }: PrintOrder) => asked.numbers as string[];
  const work = usePrint({
    title: say.saveTitle,
    name: say.fileName(today()),
    order: async () => ({ method: 'paper.blank', input: await blank() }),
    write: async (to) => {
      const asked = await blank();
      await call('paper.makeBlank', { ...asked, ...to });
      return done(asked.numbers);
    },
    says: {
      saved: (_file, { pages }, order) => done(numbersOf(order), pages),
      sent: (order) => done(numbersOf(order)),
      cancelled: (order) => say.cancelled(numbersOf(order).length),
    },
  });

  return (
    <section className="screen" aria-label={say.title}>
      <header className="screen-head">
        <Button size="small" onClick={goBack}>
          {commonText.back}
        </Button>
        <h1 className="screen-title">{say.title}</h1>
        <span className="quiet" role="status" data-testid="paper-day-done">
          {work.isBusy ? printText.working : work.done}
        </span>
        <span className="stretch" />
        <PrintButtons work={work} isDisabled={!isReady} />
      </header>
      <FailureAlert failure={work.failure ?? unread} again={work.again} />
      <div className="papers">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard */}
        <section className="papers-side scroll pad" tabIndex={0} aria-label={say.details}>
          <p className="quiet">{say.hint}</p>
          <h2 className="section-title">{say.numbers}</h2>
          <Radio.Group
            className="paper-day-choice"
            value={usesFree}
            onChange={(event) => setUsesFree(event.target.value === true)}
          >
            <Radio value={false} disabled={!canWrite}>
              {say.reserve}
            </Radio>
            <Radio value={true} disabled={free.length === 0}>
              {say.useFree(free.length)}
            </Radio>
          </Radio.Group>
          {!usesFree && (
            <div className="paper-day-fields" data-form>
              <SeriesFields name="day" ledger={ledger} typed={typed} onChange={setTyped} most={mostNumbers} />
            </div>
          )}
          <h2 className="section-title">{say.papers}</h2>
          <Checkbox.Group
            className="paper-day-choice"
            value={chosen}
            options={kinds.map(({ kind, title }) => ({ value: kind, label: title }))}
            onChange={(next) => setChosen(next as string[])}
          />
          <h2 className="section-title">{say.form}</h2>
          <Checkbox checked={isUnit} onChange={(event) => setUnit(event.target.checked)}>
            {say.isUnit}
          </Checkbox>
          <p className={forms > mostForms ? 'field-problem' : 'quiet'} aria-live="polite">
            {chosen.length === 0
              ? say.nothing
              : forms > mostForms
                ? say.tooMany(forms, mostForms)
                : say.forms(count, chosen.length)}
          </p>
        </section>
        <div className="papers-main">
          <FailureAlert failure={example.failure} />
          {example.value && <iframe className="report-page" title={say.preview} sandbox="" srcDoc={page} />}
        </div>
      </div>
    </section>
  );
}

/** As the file binds them, whatever was ticked first. */
const inOrder = (kinds: readonly PaperKind[], chosen: readonly string[]) =>
  kinds.map(({ kind }) => kind).filter((kind) => chosen.includes(kind));

/** Numbers that stand on no paper yet, as far as anybody knows: reserved here and not keyed in. */
function useFreeNumbers(): readonly string[] {
  const { value } = useQuery('number.blocks', { ledger });
  return useMemo(
    () =>
      (value ?? [])
        .filter(({ purpose, isOwn }) => purpose === 'paper' && isOwn)
        .flatMap(({ numbers }) => numbers.filter(({ state }) => state === 'free').map(({ number }) => number))
        .slice(0, mostNumbers),
    [value],
  );
}
