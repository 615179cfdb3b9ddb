import { BrowserWindow, session, type WebContents } from 'electron';
import { AppError } from '#shared/api/errors.ts';
import type { Pictures } from '#shared/document/print-layout.ts';
import type { PrintPages } from './files/print-pages.ts';
import { printOutcome } from './print-outcome.ts';
import { scheme } from './security/decisions.ts';
import { hardenSession } from './security/harden.ts';
import { printPartition, printPreferences } from './security/web-preferences.ts';

const loadLimitMs = 60_000;
const printLimitMs = 120_000;

export type Printer = {
  /** Print HTML → PDF bytes; paper size and margins are those of its `@page` rule. */
  toPdf(html: string, pictures?: Pictures): Promise<Uint8Array>;
  /** Opens the system's print dialog; false when the user closed it. Throws `print-failed` for anything else. */
  toPaper(html: string, pictures?: Pictures): Promise<boolean>;
  hasPrinter(): Promise<boolean>;
};

/** Errors: `print-failed`. */
export function createPrinter(pages: PrintPages): Printer {
  let isServed = false;
  /** The session of what is printed is made with the first of it: making one takes a part of the window's start. */
  function serve(): void {
    if (isServed) return;
    isServed = true;
    const printSession = session.fromPartition(printPartition, { cache: false });
    hardenSession(printSession, 'print');
    printSession.protocol.handle(scheme, (request) => pages.answer(request));
  }

  async function withPage<T>(
    html: string,
    use: (contents: WebContents) => Promise<T>,
    pictures?: Pictures,
  ): Promise<T> {
    serve();
    const page = pages.put(html, pictures);
    const window = new BrowserWindow({ show: false, webPreferences: printPreferences() });
    try {
      await within(window.loadURL(page.url), loadLimitMs);
      return await use(window.webContents);
    } catch (error) {
      if (error instanceof AppError) throw error;
      const reason = error instanceof Error ? error.message : 'unknown';
      throw new AppError('print-failed', { reason }, { cause: error });
    } finally {
      page.remove();
      window.destroy();
    }
  }

  return {
    toPdf: (html, pictures) =>
      withPage(
        html,
        (contents) =>
          within(contents.printToPDF({ preferCSSPageSize: true, printBackground: true }), printLimitMs),
        pictures,
      ),
    toPaper: (html, pictures) =>
      withPage(
        html,
        (contents) =>
          new Promise<boolean>((resolve, reject) => {
            contents.print({ silent: false, printBackground: true }, (isPrinted, reason) => {
              const outcome = printOutcome(isPrinted, reason);
              if (outcome === 'failed') reject(new AppError('print-failed', { reason: '' }));
              else resolve(outcome === 'sent');
            });
          }),
        pictures,
      ),
    hasPrinter: () =>
      withPage('<!doctype html>', async (contents) => (await contents.getPrintersAsync()).length > 0),
  };
}

async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AppError('print-failed', { reason: `${ms / 1000} s` })), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
