import { type AnnualReport, annualTemplate, makeAnnualReport, toPrintHtml } from '#core/reports/annual.ts';
import { reportFields } from '#core/reports/fields.ts';
import { annualCatalogue } from '#core/statistics/catalogue.ts';
import { figuresForOthers } from '#core/statistics/outside.ts';
import { runsOf } from '#shared/document/resolved.ts';
import { asDay } from '#shared/domain/day.ts';
import { findingOf } from '#shared/text/findings.ts';
import type { HandlersOf, QueryContext } from '../context.ts';

export const reportHandlers = {
  'report.preview': (context, { year }) => {
    const report = annualReport(context, year);
    return { html: toPrintHtml(report.document), ...summaryOf(report) };
  },

  'report.make': async (context, { year, out, overwrite = false }) => {
    const start = performance.now();
    const report = annualReport(context, year);
    const bytes = (await context.kit.env.helper('document.docx', {
      document: report.document,
    })) as Uint8Array;
    const summary = summaryOf(report);
    context.note({ detail: { year, figures: summary.figures, findings: summary.findings.length } });
    const file = context.files.write(out, bytes, { overwrite });
    return { file, ...summary, ms: Math.round(performance.now() - start) };
  },
} satisfies HandlersOf<'report.preview' | 'report.make'>;

function annualReport({ db, kit }: QueryContext, year: number): AnnualReport {
  const template = annualTemplate();
  return makeAnnualReport({
    template,
    // A report is published: a template of the bureau's own may cite whatever figure
    figures: figuresForOthers(db, kit.registry, { year }),
    fields: reportFields(db, template, { year, today: asDay(kit.today()) }),
    expected: annualCatalogue()
      .indicators.filter(({ inReport }) => inReport)
      .map(({ code }) => code),
  });
}

/** `figures` is how many indicators the text prints a value of. */
function summaryOf({ document, findings }: AnnualReport) {
  const printed = new Set(
    document.blocks
      .flatMap(runsOf)
      .flatMap(({ figure, missing }) => (figure && !missing ? [figure.code] : [])),
  );
  return { figures: printed.size, findings: findings.map(findingOf) };
}
