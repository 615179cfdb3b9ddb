import { Spin } from 'antd';
import { useMemo } from 'react';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { PrintButtons } from '#renderer/components/PrintButtons.tsx';
import { call } from '#renderer/state/bureau.ts';
import { previewPage } from '#renderer/state/preview-page.ts';
import { usePrint } from '#renderer/state/print.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { printText } from '#shared/text/prints.ts';
import { reportText } from '#shared/text/yearly.ts';
import { useYear, YearSelect } from './YearSelect.tsx';

/** The annual report as it will be printed, what the checks found, and the three ways out. */
export function ReportScreen({ unit }: { unit: string }) {
  const [year, setYear] = useYear();
  const { value, failure, isLoading } = useQuery('report.preview', { year });
  const page = useMemo(() => (value ? previewPage(value.html) : ''), [value]);

  const work = usePrint({
    title: reportText.saveTitle,
    name: reportText.fileName(unit, year),
    order: () => ({ method: 'report.preview', input: { year } }),
    write: async (to, file) => {
      await call('report.make', { year, ...to });
      return printText.savedWord(file);
    },
  });
  const findings = value?.findings ?? [];
  return (
    <section className="screen" aria-label={reportText.title}>
      <header className="screen-head">
        <h1 className="screen-title">{reportText.title}</h1>
        <YearSelect year={year} onChange={setYear} />
        <span className="quiet">{value && reportText.figures(value.figures)}</span>
        <span className="quiet" role="status" data-testid="report-done">
          {work.isBusy ? printText.working : work.done}
        </span>
        <span className="stretch" />
        <PrintButtons work={work} />
      </header>
      <FailureAlert failure={work.failure ?? failure} again={work.again} />
      {!value && isLoading && <Spin className="centre" />}
      {value && (
        <div className="report">
          <iframe className="report-page" title={reportText.preview} sandbox="" srcDoc={page} />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard */}
          <aside className="report-findings" tabIndex={0} aria-label={reportText.findings(findings.length)}>
            <h2 className="section-title">
              {findings.length === 0 ? reportText.noFindings : reportText.findings(findings.length)}
            </h2>
            <ol>
              {findings.map((finding, index) => (
                <li key={index}>{finding.message}</li>
              ))}
            </ol>
          </aside>
        </div>
      )}
    </section>
  );
}
