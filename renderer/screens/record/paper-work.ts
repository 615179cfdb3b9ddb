import { useState } from 'react';
import { call, failureFrom, shell } from '#renderer/state/bureau.ts';
import { today } from '#renderer/state/clock.ts';
import { openRecord } from '#renderer/state/route.ts';
import type { Failure } from '#shared/api/errors.ts';
import type { CasePapers, PrintOrder, Whole } from '#shared/api/types.ts';
import { paperText } from '#shared/text/papers.ts';
import type { Shown } from './paper-entries.ts';

/** What a file may be called on every system. */
const fileName = (papers: CasePapers, title: string) =>
  `${papers.caseNo ?? papers.title} ${title}`.replace(/[\\/:*?"<>|]/g, '').slice(0, 100);

/** The ways out of what is shown: a Word file, a PDF, paper. What is new is kept as issued on its way. */
export function usePaperWork(whole: Whole, papers: CasePapers, shown: Shown) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { id } = whole;

  const attempt = async (run: () => Promise<string | null>) => {
    setBusy(true);
    setFailure(null);
    setDone(null);
    try {
      setDone(await run());
    } catch (caught) {
      setFailure(failureFrom(caught));
    } finally {
      setBusy(false);
    }
  };
  const title =
    shown.is === 'issued' ? shown.paper.title : shown.is === 'blank' ? shown.title : shown.entry.title;
  const place = (extension: string) =>
    shell('shell.chooseSave', {
      title: paperText.saveTitle(title),
      name: `${fileName(papers, title)}.${extension}`,
      extensions: [extension],
    });

  // The dialog has asked already whether an older file may go.
  const write = async (out: string, name: string): Promise<string> => {
    const to = { out, overwrite: true };
    if (shown.is === 'issued') {
      const { isSame } = await call('issued.make', { issued: shown.paper.id, ...to });
      return isSame ? paperText.same(name) : paperText.notSame(name);
    }
    if (shown.is === 'blank') {
      await call('paper.makeBlank', { ...blankOrder(shown), ...to });
      return paperText.saved(name);
    }
    const { kind, copy } = shown.entry;
    const { template, kinds, ownPages } = shown.wish;
    const wording = template ? { template } : {};
    const counted = ownPages ? { ownPages } : {};
    if (kind === null) {
      const made = await call('dossier.make', {
        id,
        ...(kinds ? { kinds } : {}),
        ...counted,
        ...wording,
        ...to,
      });
      const beside = made.pieces.filter(({ file }) => file !== null).length;
      return paperText.dossierSaved(name, made.pieces.length, made.pages, beside);
    }
    await call('paper.make', { id, kind, copy, ...wording, ...to });
    return paperText.saved(name);
  };

  return {
    failure,
    done,
    isBusy,
    forget: () => {
      setFailure(null);
      setDone(null);
    },
    saveWord: () =>
      void attempt(async () => {
        const out = await place('docx');
        return out ? write(out.grant, out.name) : null;
      }),
    savePdf: () =>
      void attempt(async () => {
        const out = await place('pdf');
        if (!out) return null;
        const made = await shell('shell.print', { ...orderOf(id, shown), to: 'pdf', out: out.grant });
        if (made.printed !== 'saved') return null;
        return paperText.pdfSaved(out.name, made.pages) + paperText.pdfBeside(made.beside);
      }),
    print: () =>
      void attempt(async () => {
        const order = orderOf(id, shown);
        const { printed } = await shell('shell.print', { ...order, to: 'printer' });
        if (printed === 'sent') return paperText.sent;
        return order.method.endsWith('.issue') ? paperText.cancelledKept : paperText.cancelled;
      }),
  };
}

export const blankOrder = ({ kind, isUnit }: Extract<Shown, { is: 'blank' }>) =>
  isUnit ? { kind, isUnit } : { kind };

function orderOf(id: string, shown: Shown): PrintOrder {
  if (shown.is === 'issued') return { method: 'issued.preview', input: { issued: shown.paper.id } };
  if (shown.is === 'blank') return { method: 'paper.blank', input: blankOrder(shown) };
  const { entry, wish } = shown;
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
