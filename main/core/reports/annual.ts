import { writeHtml } from '#core/documents/html.ts';
import { officialPage, parseTemplate } from '#core/documents/templates.ts';
import annualTemplateSeed from '#seeds/templates/annual-report.json' with { type: 'json' };
import { checkHeadings, checkParts, checkWording } from '#shared/document/checks.ts';
import type { DocumentFinding } from '#shared/document/findings.ts';
import type { DocumentTemplate } from '#shared/document/model.ts';
import { resolveDocument } from '#shared/document/resolve.ts';
import { type ResolvedDocument, runsOf } from '#shared/document/resolved.ts';
import { type Figure, parsePrinted } from '#shared/domain/figures.ts';

/** The annual report on building a government under the rule of law: template + figures + fields → document. */

export interface AnnualReportInput {
  template: DocumentTemplate;
  figures: readonly Figure[];
  /** See the template's `fields`: areaName, areaWord, year, nextYear, addressee, unitName, signedOn … */
  fields: Readonly<Record<string, string | undefined>>;
  /** Codes that the report must print, normally all indicators of the catalogue that are `inReport`. */
  expected?: readonly string[];
}

export interface AnnualReport {
  document: ResolvedDocument;
  findings: DocumentFinding[];
}

export function annualTemplate(): DocumentTemplate {
  return parseTemplate(annualTemplateSeed, 'seeds/templates/annual-report.json');
}

/**
 * Makes the report and says what is wrong with it: figures and fields without a value, a printed form that
 * disagrees with the stored value, figures that no sentence prints, required parts without a heading (the third,
 * the leaders' duties, is the one reports forget), order of headings, official wording.
 */
export function makeAnnualReport({
  template,
  figures,
  fields,
  expected = [],
}: AnnualReportInput): AnnualReport {
  const byCode = new Map(figures.map((figure) => [figure.code, figure]));
  const { document, findings } = resolveDocument(template, { figures: byCode, fields });
  const printed = countPrinted(document);
  return {
    document,
    findings: [
      ...findings,
      ...figures.filter(({ code }) => printed.has(code)).flatMap(checkFigure),
      ...expected.flatMap((code) => checkUse(code, byCode.get(code)?.name ?? code, printed.get(code) ?? 0)),
      ...checkParts(template, document),
      ...checkHeadings(document.blocks),
      ...checkWording(document.blocks),
    ],
  };
}

/** The authoritative copy. Its library is large and loaded only where one is written: in a helper. */
export async function toDocx(document: ResolvedDocument): Promise<Uint8Array> {
  const { writeOfficialDocx } = await import('#core/documents/docx.ts');
  return writeOfficialDocx(document);
}

/** A page for printing: the hidden window makes the PDF of it, `stampPageNumbers` numbers its pages. */
export function toPrintHtml(document: ResolvedDocument): string {
  return writeHtml(document, officialPage(), 'print');
}

/** The text as a web page: without letterhead, as published copies are. */
export function toWebHtml(document: ResolvedDocument): string {
  return writeHtml(document, officialPage(), 'web');
}

function countPrinted(document: ResolvedDocument): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { figure } of document.blocks.flatMap(runsOf)) {
    if (figure !== undefined) counts.set(figure.code, (counts.get(figure.code) ?? 0) + 1);
  }
  return counts;
}

function checkUse(code: string, name: string, times: number): DocumentFinding[] {
  if (times === 0) return [{ kind: 'figureUnused', code, name }];
  return times > 1 ? [{ kind: 'figureRepeated', code, name, times }] : [];
}

/** A printed form may round (余, 以上, decimals of a rate); it disagrees when it does not even print the value. */
function checkFigure(figure: Figure): DocumentFinding[] {
  const { code, name, unit, value, printed, fromLedger, manual } = figure;
  // Typed or counted, a figure that is printed has a value, unless so few are not told outside
  if (value === null && printed !== null) return [{ kind: 'figureUntold', code, name, printed }];
  const findings: DocumentFinding[] = [];
  if (value !== null && printed !== null) {
    const read = parsePrinted(printed, unit);
    const tolerance = read.ok ? 0.5 / 10 ** read.form.decimals : 0;
    const computed = figure.source === 'ledger' || figure.source === 'computed' || figure.source === 'base';
    if (!read.ok || Math.abs(read.value - value) > (computed && unit === '%' ? tolerance : 0)) {
      findings.push({ kind: 'printedDisagrees', code, name, printed, value });
    }
  }
  if (fromLedger !== null && manual !== null && fromLedger.value !== manual.value) {
    findings.push({ kind: 'twoValues', code, name, ledger: fromLedger.printed, manual: manual.printed });
  }
  return findings;
}
