import { Alert, Button, Spin } from 'antd';
import { useMemo, useState } from 'react';
import { call, failureFrom, shell } from '#renderer/state/bureau.ts';
import { previewPage } from '#renderer/state/preview-page.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { Failure } from '#shared/api/errors.ts';
import { errorText } from '#shared/text/errors.ts';
import { printText } from '#shared/text/prints.ts';
import { reportText } from '#shared/text/yearly.ts';
import { useYear, YearSelect } from './YearSelect.tsx';

/** The annual report as it will be printed, what the checks found, and the three ways out. */
export function ReportScreen({ unit }: { unit: string }) {
  const [year, setYear] = useYear();
  const { value, failure, isLoading } = useQuery('report.preview', { year });
  const [failed, setFailed] = useState<Failure | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const page = useMemo(() => (value ? previewPage(value.html) : ''), [value]);

  const attempt = async (run: () => Promise<string | null>) => {
    setBusy(true);
    setFailed(null);
    setDone(null);
    try {
      setDone(await run());
    } catch (caught) {
      setFailed(failureFrom(caught));
    } finally {
      setBusy(false);
    }
  };
  const name = reportText.fileName(unit, year);
  const saveWord = () =>
    attempt(async () => {
      const out = await shell('shell.chooseSave', {
        title: reportText.saveTitle,
        name: `${name}.docx`,
        extensions: ['docx'],
      });
      if (!out) return null;
      // The dialog has asked already whether an older file may go.
      await call('report.make', { year, out: out.grant, overwrite: true });
      return reportText.saved(out.name);
    });
  const savePdf = () =>
    attempt(async () => {
      const out = await shell('shell.chooseSave', {
        title: reportText.pdfTitle,
        name: `${name}.pdf`,
        extensions: ['pdf'],
      });
      if (!out) return null;
      const made = await shell('shell.print', {
        method: 'report.preview',
        input: { year },
        to: 'pdf',
        out: out.grant,
      });
      return made.printed === 'saved' ? reportText.pdfSaved(out.name, made.pages) : null;
    });
  const print = () =>
    attempt(async () => {
      const order = { method: 'report.preview', input: { year }, to: 'printer' } as const;
      const { printed } = await shell('shell.print', order);
      return printed === 'sent' ? printText.sent : printText.cancelled;
    });

  const findings = value?.findings ?? [];
  return (
    <section className="screen" aria-label={reportText.title}>
      <header className="screen-head">
        <h1 className="screen-title">{reportText.title}</h1>
        <YearSelect year={year} onChange={setYear} />
        <span className="quiet">{value && reportText.figures(value.figures)}</span>
        <span className="quiet" role="status" data-testid="report-done">
          {isBusy ? reportText.working : done}
        </span>
        <span className="stretch" />
        <Button size="small" disabled={isBusy} onClick={() => void print()}>
          {reportText.print}
        </Button>
        <Button size="small" disabled={isBusy} onClick={() => void savePdf()}>
          {reportText.pdf}
        </Button>
        <Button size="small" type="primary" loading={isBusy} onClick={() => void saveWord()}>
          {reportText.save}
        </Button>
      </header>
      {(failed ?? failure) && (
        <Alert role="alert" type="error" showIcon title={errorText((failed ?? failure) as Failure)} />
      )}
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
