import type { Printed, PrintOrder } from '#shared/api/types.ts';
import { printText } from '#shared/text/prints.ts';
import { type Attempt, useAttempt } from './attempt.ts';
import { shell } from './bureau.ts';

/** What goes to paper or into a file. */
export type PrintJob = {
  /** Title of the dialog that asks where to. */
  title: string;
  /** Of the file, without its ending. */
  name: string;
  /** Asked for only when it is known where it goes: it may use up numbers, or be kept as issued. */
  order(): PrintOrder | Promise<PrintOrder>;
  /** Writes the Word file, where there is one; its sentence is what came of it. */
  write?(to: { out: string; overwrite: true }, file: string): Promise<string>;
  /** Sentences of its own where the common ones do not say enough. */
  says?: {
    saved?(file: string, made: Extract<Printed, { printed: 'saved' }>, order: PrintOrder): string;
    sent?(order: PrintOrder): string;
    cancelled?(order: PrintOrder): string;
  };
};

export type Printing = Attempt & { toPaper(): void; toPdf(): void; toWord(): void };

/** The ways out of a page: paper, PDF, Word; each says what became of it, a closed dialog included. */
export function usePrint({ title, name, order, write, says = {} }: PrintJob, shared?: Attempt): Printing {
  const own = useAttempt();
  const attempt = shared ?? own;
  const isRepeatable = { mayRepeat: true };
  const choose = (extension: string) =>
    shell('shell.chooseSave', { title, name: `${fileName(name)}.${extension}`, extensions: [extension] });

  const toPaper = () =>
    void attempt.attempt(async () => {
      const asked = await order();
      const { printed } = await shell('shell.print', { ...asked, to: 'printer' });
      if (printed === 'sent') return says.sent?.(asked) ?? printText.sent;
      return says.cancelled?.(asked) ?? printText.cancelled;
    }, isRepeatable);
  const toPdf = () =>
    void attempt.attempt(async () => {
      const out = await choose('pdf');
      if (!out) return null;
      const asked = await order();
      const made = await shell('shell.print', { ...asked, to: 'pdf', out: out.grant });
      if (made.printed !== 'saved') return null;
      return says.saved?.(out.name, made, asked) ?? printText.saved(out.name, made.pages);
    }, isRepeatable);
  const toWord = () =>
    void attempt.attempt(async () => {
      const out = write && (await choose('docx'));
      // The dialog has asked already whether an older file may go.
      return out ? write({ out: out.grant, overwrite: true }, out.name) : null;
    }, isRepeatable);
  return { ...attempt, toPaper, toPdf, toWord };
}

/** What became of a list of lines: a machine without a printer keeps it as a file. */
export const printedText = (printed: Printed['printed']): string =>
  ({ sent: printText.sent, cancelled: printText.cancelled, saved: printText.kept })[printed];

/** What a file may be called on every system. */
const fileName = (name: string) => name.replace(/[\\/:*?"<>|]/g, '').slice(0, 100);
