import { App, Button, Checkbox, Spin } from 'antd';
import { type ReactNode, useState } from 'react';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import { useAttempt } from '#renderer/state/attempt.ts';
import { call, shell } from '#renderer/state/bureau.ts';
import { useKept } from '#renderer/state/kept.ts';
import { useMay, useSession } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { Figure } from '#shared/domain/figures.ts';
import { reachText } from '#shared/text/window.ts';
import { figuresText } from '#shared/text/yearly.ts';
import { FigureSheetDialog } from './FigureSheetDialog.tsx';
import { FigureValue } from './FigureValue.tsx';
import { RecordsDrawer } from './RecordsDrawer.tsx';
import { useYear, YearSelect } from './YearSelect.tsx';

/** Every figure of a year: what stands, where it comes from, what is missing. */
export function FiguresScreen() {
  const [year, setYear] = useYear();
  const { value, failure, isLoading } = useQuery('indicator.list', { year });
  const [onlyMissing, setOnlyMissing] = useKept('figures missing', false);
  const [wanted, setWanted] = useKept('figures wanted', '');
  const work = useAttempt();
  const [behind, setBehind] = useState<Figure | null>(null);
  const [isPrinting, setIsPrinting] = useState(false);
  const canWrite = useMay('indicator.import');
  // Who may not see all of it is told why there is nothing to type in
  const isPart = useSession()?.reach.isLimited === true;
  const { modal } = App.useApp();
  const figures = value?.figures ?? [];
  const reported = figures.filter((figure) => figure.inReport);
  const missing = reported.filter((figure) => figure.printed === null).length;
  const text = wanted.trim();
  const shown = figures.filter(
    ({ name, suppliedBy, printed }) =>
      (!onlyMissing || printed === null) && (text === '' || name.includes(text) || suppliedBy.includes(text)),
  );

  const importFile = () =>
    work.attempt(async () => {
      const file = await shell('shell.chooseFile', { title: figuresText.importTitle, extensions: ['csv'] });
      if (!file) return;
      const done = await call('indicator.import', { year, file: file.grant });
      modal.info({
        title: figuresText.importTitleDone,
        content: (
          <div data-testid="import-result">
            <p>{figuresText.imported(done.set, done.changed)}</p>
            {done.unknown.length > 0 && (
              <>
                <p>{figuresText.unknown(done.unknown.length)}</p>
                <ul className="unknown">
                  {done.unknown.map((name) => (
                    <li key={name}>{name}</li>
                  ))}
                </ul>
              </>
            )}
          </div>
        ),
      });
    });

  return (
    <section className="screen" aria-label={figuresText.title}>
      <header className="screen-head">
        <h1 className="screen-title">{figuresText.title}</h1>
        <YearSelect year={year} onChange={setYear} />
        <span className="quiet" role="status">
          {value && figuresText.missing(missing, reported.length)}
        </span>
        <span className="stretch" />
        <div className="head-find">
          <TypedInput
            id="figure-find"
            label={figuresText.find}
            placeholder={figuresText.findHint}
            shown={wanted}
            onType={setWanted}
          />
        </div>
        <Checkbox checked={onlyMissing} onChange={(event) => setOnlyMissing(event.target.checked)}>
          {figuresText.onlyMissing}
        </Checkbox>
        <div className="head-buttons">
          <Button size="small" onClick={() => setIsPrinting(true)}>
            {figuresText.print}
          </Button>
          {canWrite && (
            <Button size="small" type="primary" loading={work.isBusy} onClick={() => void importFile()}>
              {figuresText.import}
            </Button>
          )}
        </div>
      </header>
      <FailureAlert failure={work.failure ?? failure} />
      {isPart && <p className="quiet pad">{reachText.figures}</p>}
      {!value && isLoading ? (
        <Spin className="centre" />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard
        <section className="scroll" tabIndex={0} aria-label={figuresText.table} data-form>
          <table className="table figures">
            <thead>
              <tr>
                <th scope="col" className="number">
                  {figuresText.number}
                </th>
                <th scope="col">{figuresText.name}</th>
                <th scope="col">{figuresText.value}</th>
                <th scope="col">{figuresText.unit}</th>
                <th scope="col">{figuresText.basis}</th>
                <th scope="col">{figuresText.source}</th>
                <th scope="col">{figuresText.records}</th>
                <th scope="col">{figuresText.department}</th>
              </tr>
            </thead>
            <tbody>{lines(shown, reported, year, setBehind)}</tbody>
          </table>
          {shown.length === 0 && value && <p className="quiet pad">{figuresText.nothingFits}</p>}
        </section>
      )}
      {isPrinting && (
        <FigureSheetDialog
          year={year}
          sections={[...new Set(figures.map(({ section }) => section))]}
          onClose={() => setIsPrinting(false)}
        />
      )}
      {behind && <RecordsDrawer year={year} figure={behind} onClose={() => setBehind(null)} />}
    </section>
  );
}

/** Rows with a heading wherever section and topic change. */
function lines(
  shown: readonly Figure[],
  numbered: readonly Figure[],
  year: number,
  onBehind: (figure: Figure) => void,
): ReactNode[] {
  const rows: ReactNode[] = [];
  let heading = '';
  for (const figure of shown) {
    const here = `${figure.section} ${figure.topic}`;
    if (here !== heading) {
      rows.push(
        <tr key={`h ${here} ${figure.code}`} className="heading">
          <th scope="colgroup" colSpan={8}>
            {here}
          </th>
        </tr>,
      );
      heading = here;
    }
    const { fromLedger, manual, source } = figure;
    rows.push(
      <tr key={figure.code} data-code={figure.code}>
        <td className="number">{figure.inReport ? numbered.indexOf(figure) + 1 : figuresText.supporting}</td>
        <td title={figure.definition}>{figure.name}</td>
        <td className="value">
          <FigureValue key={year} figure={figure} year={year} />
          {fromLedger && manual && (
            <div className="quiet">{figuresText.both(fromLedger.printed, manual.printed)}</div>
          )}
        </td>
        <td>{figure.unit}</td>
        <td>{figuresText.bases[figure.basis]}</td>
        <td>{source === null ? figuresText.noSource : figuresText.sources[source]}</td>
        <td>
          {fromLedger && (
            <button
              type="button"
              className="link"
              aria-label={figuresText.openRecordsOf(figure.name, figure.records)}
              onClick={() => onBehind(figure)}
            >
              {figuresText.openRecords(figure.records)}
            </button>
          )}
        </td>
        <td>{figure.suppliedBy}</td>
      </tr>,
    );
  }
  return rows;
}
