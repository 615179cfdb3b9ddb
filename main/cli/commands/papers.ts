import { AppError } from '#shared/api/errors.ts';
import type { InputOf } from '#shared/api/methods.ts';
import type { BlankText, PrintedScan } from '#shared/api/types.ts';
import { commandLineText as say } from '#shared/text/command-line.ts';
import { paperText } from '#shared/text/papers.ts';
import { printText } from '#shared/text/prints.ts';
import { textOf } from '../arguments.ts';
import { type Ledger, type Run, UsageError } from '../command.ts';
import { openScans, pdfBeside } from '../pdf.ts';
import type { Places } from '../places.ts';

const house = 'house' as const;

/** The house wording, or one of the bureau's templates by its id; without it the template in force, if there is one. */
const wording = ({ template }: Readonly<Record<string, unknown>>): { template?: string } =>
  typeof template === 'string' ? { template } : {};

/** One paper of a case; where a case has several of the kind, all of them in one document. */
export const document: Run = async ({ options, places, signIn }) => {
  const { id, kind, out } = {
    id: textOf(options, 'id'),
    kind: textOf(options, 'kind'),
    out: textOf(options, 'out'),
  };
  const pdf = pdfBeside(options, out);
  const ledger = await signIn(say.reason);
  const chosen = { ...(typeof options.copy === 'string' ? { copy: options.copy } : {}), ...wording(options) };
  const input = { id, kind, ...chosen, out: ledger.grant(out), overwrite: options.force === true };
  const printed = pdf === null ? null : await paperToPdf(ledger, pdf, places, { id, kind, ...chosen });
  const { file, issued, isNew, blanks } = await ledger.call('paper.make', input);
  return {
    json: { file, ...printed?.json, issued, isNew, blanks },
    text: [say.paperMade(file), ...(printed?.lines ?? []), ...saidOf(blanks)].join('\n'),
  };
};

const saidOf = (blanks: readonly BlankText[]) => (blanks.length > 0 ? [paperText.blankTexts(blanks)] : []);

/** The whole file in order, with cover, catalogue and page numbers. */
export const dossier: Run = async ({ options, places, signIn }) => {
  const [id, out] = [textOf(options, 'id'), textOf(options, 'out')];
  const pdf = pdfBeside(options, out);
  const ledger = await signIn(say.reason);
  const { template } = wording(options);
  if (template !== undefined && template !== house) throw new UsageError(say.badOption('template', template));
  const chosen = {
    ...(template === undefined ? {} : { template: house }),
    ...(typeof options.volume === 'string' ? { volume: options.volume } : {}),
  };
  const printed = pdf === null ? null : await dossierToPdf(ledger, pdf, places, { id, ...chosen });
  // What the PDF counted goes into the file beside it and into the answer: both catalogues name the same pages.
  const counted = printed?.counted ? { pages: printed.counted } : {};
  const input = { id, ...chosen, ...counted, out: ledger.grant(out), overwrite: options.force === true };
  const { file, issued, pages, pieces, missing, blanks } = await ledger.call('dossier.make', input);
  const lines = [
    say.dossierMade(file, pieces.length, pages),
    ...(printed?.lines ?? []),
    ...(missing.length > 0 ? [paperText.dossierMissing(missing)] : []),
    ...saidOf(blanks),
  ];
  return { json: { file, ...printed?.json, issued, pages, pieces, missing, blanks }, text: lines.join('\n') };
};

type Printed = { json: { pdf: string; pdfPages: number; beside: string[] }; lines: string[] };

const printed = (pdf: string, { pages, beside }: { pages: number; beside: string[] }): Printed => ({
  json: { pdf, pdfPages: pages, beside },
  lines: [printText.saved(pdf, pages) + paperText.pdfBeside(beside)],
});

/** One that is made from the bureau's own template is printed by Word alone. Throws `own-template-print`. */
async function paperToPdf(
  ledger: Ledger,
  pdf: string,
  places: Places,
  wish: InputOf<'paper.preview'>,
): Promise<Printed> {
  const { printPages } = await import('../print.ts');
  const ask = async () => {
    const page = await ledger.call('paper.preview', wish);
    if (page.isOwn) throw new AppError('own-template-print', { title: page.title });
    return page;
  };
  const open = (scans: readonly PrintedScan[]) => openScans(ledger, scans);
  return printed(pdf, await printPages(pdf, places, { ask, open, namesPages: false }));
}

async function dossierToPdf(
  ledger: Ledger,
  pdf: string,
  places: Places,
  wish: InputOf<'dossier.preview'>,
): Promise<Printed & { counted: Record<string, number> | undefined }> {
  const { printPages } = await import('../print.ts');
  let counted: Record<string, number> | undefined;
  const ask = (more: { pages?: Record<string, number> }) => {
    counted = more.pages;
    return ledger.call('dossier.preview', { ...wish, ...more });
  };
  const open = (scans: readonly PrintedScan[]) => openScans(ledger, scans);
  const made = await printPages(pdf, places, { ask, open, namesPages: true });
  return { ...printed(pdf, made), counted };
}

/** Forms to be filled in by hand, each kind once for every reserved number. */
export const blank: Run = async ({ options, signIn }) => {
  const [kind, out] = [textOf(options, 'kind'), textOf(options, 'out')];
  const ledger = await signIn(say.reason);
  const numbers = typeof options.number === 'string' ? listOf(options.number) : [];
  const input = {
    kind: listOf(kind),
    ...(numbers.length > 0 ? { numbers } : {}),
    ...(options['is-unit'] === true ? { isUnit: true } : {}),
    out: ledger.grant(out),
    overwrite: options.force === true,
  };
  const { file } = await ledger.call('paper.makeBlank', input);
  return { json: { file, numbers }, text: say.blankMade(file, numbers.length) };
};

/** Parts of an option that takes several, with a comma of either width between. */
const listOf = (text: string): string[] =>
  text
    .split(/[,，、]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
