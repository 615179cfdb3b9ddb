import { call } from '#renderer/state/bureau.ts';
import { today } from '#renderer/state/clock.ts';
import { type Printing, usePrint } from '#renderer/state/print.ts';
import { openRecord } from '#renderer/state/route.ts';
import type { CasePapers, PrintOrder, Whole } from '#shared/api/types.ts';
import { paperText } from '#shared/text/papers.ts';
import { printText } from '#shared/text/prints.ts';
import type { Shown } from './paper-entries.ts';

/** The ways out of what is shown: a Word file, a PDF, paper. What is new is kept as issued on its way. */
export function usePaperWork(papers: CasePapers, shown: Shown): Printing {
  const title =
    shown.is === 'issued' ? shown.paper.title : shown.is === 'blank' ? shown.title : shown.entry.title;
  return usePrint({
    title: paperText.saveTitle(title),
    name: `${papers.caseNo ?? papers.title} ${title}`,
    order: () => orderOf(shown),
    write: (to, file) => writeWord(shown, to, file),
    says: {
      saved: (file, { pages, beside }) => printText.saved(file, pages) + paperText.pdfBeside(beside),
      cancelled: ({ method }) => (method.endsWith('.issue') ? paperText.cancelledKept : printText.cancelled),
    },
  });
}

async function writeWord(shown: Shown, to: { out: string; overwrite: true }, file: string): Promise<string> {
  if (shown.is === 'issued') {
    const { isSame } = await call('issued.make', { issued: shown.paper.id, ...to });
    return isSame ? paperText.same(file) : paperText.notSame(file);
  }
  if (shown.is === 'blank') {
    await call('paper.makeBlank', { ...blankOrder(shown), ...to });
    return printText.savedWord(file);
  }
  const { kind, copy, record: id } = shown.entry;
  const { template, volume, kinds, ownPages } = shown.wish;
  const wording = template ? { template } : {};
  if (kind === null) {
    const wish = {
      ...(volume ? { volume } : {}),
      ...(kinds ? { kinds } : {}),
      ...(ownPages ? { ownPages } : {}),
      ...wording,
    };
    const made = await call('dossier.make', { id, ...wish, ...to });
    const beside = made.pieces.filter((piece) => piece.file !== null).length;
    return paperText.dossierSaved(file, made.pieces.length, made.pages, beside);
  }
  await call('paper.make', { id, kind, copy, ...wording, ...to });
  return printText.savedWord(file);
}

export const blankOrder = ({ kind, isUnit }: Extract<Shown, { is: 'blank' }>) =>
  isUnit ? { kind, isUnit } : { kind };

function orderOf(shown: Shown): PrintOrder {
  if (shown.is === 'issued') return { method: 'issued.preview', input: { issued: shown.paper.id } };
  if (shown.is === 'blank') return { method: 'paper.blank', input: blankOrder(shown) };
  const { entry, wish } = shown;
  const { record: id } = entry;
  if (entry.kind === null) return { method: 'dossier.issue', input: { id, ...wish } };
  return { method: 'paper.issue', input: { id, kind: entry.kind, copy: entry.copy, ...wish } };
}

/** A new 笔录 of this case, with what the case knows of it. */
export function openNote(whole: Whole, papers: CasePapers, kind: string): void {
  openRecord('caseNote', null, {
    id: crypto.randomUUID(),
    ledger: 'caseNote',
    recordId: null,
    baseVersion: null,
    content: { caseId: whole.id, kind, heldOn: today(), topic: papers.title },
    updatedAt: '',
  });
}
