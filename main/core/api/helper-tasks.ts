import fs from 'node:fs';
import path from 'node:path';
import type { Beside, LogVerdict } from '#core/audit/log-check.ts';
import { makeBackup } from '#core/db/backup.ts';
import { connect } from '#core/db/connection.ts';
import { inFolder } from '#core/db/folder.ts';
import type { SecondInput } from '#core/db/second-place.ts';
import type { ScanToBind } from '#core/documents/bind-scans.ts';
import type { Picture } from '#core/documents/scans.ts';
import { AppError, type Failure } from '#shared/api/errors.ts';
import type { PlaceData } from '#shared/document/places.ts';
import type { ResolvedDocument } from '#shared/document/resolved.ts';
import type { FigureRow } from '#shared/domain/csv.ts';
import type { MediaType } from '#shared/domain/media-type.ts';
import type { CalendarYear } from '#shared/domain/working-days.ts';
import type { CheckpointInput } from './checkpoints.ts';
import type { DrillFound, DrillInput } from './drill.ts';
import type { VerifyInput } from './verify-task.ts';

type CheckLogInput = { file: string; beside: Beside; wantsHashes: boolean };
type BackupInput = { folder: string; to: string; key: Uint8Array; nativeBinding: string | null; now: string };

/**
 * What throw-away helpers can be asked for; inputs and answers can be cloned. Each loads its libraries only when it
 * runs, so that the long-lived threads start without them.
 */
export const helperTasks = {
  'figures.readTable': async (input: { bytes: Uint8Array; file: string }): Promise<FigureRow[]> =>
    (await import('#core/statistics/figure-table.ts')).readFigureTable(input),
  /** Days off and make-up days: JSON where the file says so by its name, else a table. */
  async 'calendar.read'({ bytes, file }: { bytes: Uint8Array; file: string }): Promise<CalendarYear[]> {
    const { readTable, textOfFile } = await import('#core/statistics/table-file.ts');
    const { calendarFrom, linesOfJson, linesOfTable } = await import('#shared/domain/calendar-file.ts');
    if (!/\.json$/i.test(file)) return calendarFrom(linesOfTable(readTable(bytes, file), file), file);
    const { lines, titles } = linesOfJson(textOfFile(bytes, file), file);
    return calendarFrom(lines, file, titles);
  },
  'document.docx': async (input: {
    document: ResolvedDocument;
    pictures?: ReadonlyMap<string, Picture>;
  }): Promise<Uint8Array> =>
    (await import('#core/documents/docx.ts')).writeOfficialDocx(input.document, input.pictures),
  /** A bureau's own template, looked through; what a hostile file does to a reader, it does to a helper. */
  'template.check': async (input: {
    bytes: Uint8Array;
    file: string;
    isPerAgent: boolean;
    kind: string | null;
  }) => (await import('#core/documents/own-template.ts')).checkTemplate(input.bytes, input.file, input),
  'template.fill': async (input: { bytes: Uint8Array; title: string; data: PlaceData }) =>
    (await import('#core/documents/own-template.ts')).fillTemplate(input.bytes, input.title, input.data),
  /**
   * A checked copy through a connection of the helper's own: copying and checking a large ledger take seconds that
   * neither the reader (search, drafts) nor the writer (saves) may lose. Shape: Backup & { file }.
   */
  'backup.make'({ folder, to, key, nativeBinding, now }: BackupInput) {
    const native = nativeBinding ?? undefined;
    // Not query_only: that would refuse VACUUM INTO, which writes nothing but the copy.
    const source = connect(inFolder(folder, 'ledger'), { key, ...(native ? { nativeBinding: native } : {}) });
    try {
      return makeBackup(source, folder, to, key, native, new Date(now));
    } finally {
      source.close();
    }
  },
  /** What stands in the write-ahead log, into the file; saves go on meanwhile. */
  'ledger.checkpoint': async (input: CheckpointInput): Promise<void> =>
    (await import('./checkpoints.ts')).makeCheckpoint(input),
  /** The newest copy to the second place; what hindered it, where that is to be said. */
  async 'backup.second'(input: SecondInput): Promise<Failure | null> {
    return (await import('#core/db/second-place.ts')).bringToSecond(input);
  },
  /** Whether a copy would bring the ledger back. */
  async 'backup.drill'(input: DrillInput): Promise<DrillFound> {
    return (await import('./drill.ts')).tryCopy(input);
  },
  /** An exported log, line by line: it need not fit into memory. Throws `audit-file-unknown`. */
  async 'audit.checkFile'({ file, beside, wantsHashes }: CheckLogInput): Promise<LogVerdict> {
    const { checkLog } = await import('#core/audit/log-check.ts');
    const { linesOfFile } = await import('#core/audit/log-file.ts');
    const verdict = checkLog(linesOfFile(file), beside, wantsHashes);
    if (!verdict) throw new AppError('audit-file-unknown', { file: path.basename(file) });
    return verdict;
  },
  /** The whole ledger checked, from one snapshot. */
  'ledger.verify': async (input: VerifyInput) => (await import('./verify-task.ts')).verifyFolder(input),
  /** Whether a file ends as one of its kind does. */
  'attachment.isWhole': async ({ file, type }: { file: string; type: MediaType }): Promise<boolean> =>
    (await import('#shared/domain/media-whole.ts')).isWhole(fs.readFileSync(file), type),
  /** Pages of a PDF as it stands on the disk. */
  'attachment.pages': async ({ file }: { file: string }): Promise<number> =>
    (await import('#core/documents/page-numbers.ts')).countPages(fs.readFileSync(file)),
  /** `numbers`: that of each page, null for none; without it they run from one. */
  async 'document.numberPages'({
    pdf,
    numbers,
  }: {
    pdf: Uint8Array;
    numbers?: (number | null)[];
  }): Promise<{ pdf: Uint8Array; pages: number }> {
    const { countPages, stampPageNumbers } = await import('#core/documents/page-numbers.ts');
    const { officialPage } = await import('#core/documents/templates.ts');
    const numbered = await stampPageNumbers(pdf, officialPage(), numbers ?? 1);
    return { pdf: numbered, pages: await countPages(numbered) };
  },
  /** Scans into the places kept for them, then the numbers. `beside`: places whose PDF could not be taken apart. */
  async 'document.bind'({
    pdf,
    scans,
    numbers,
  }: {
    pdf: Uint8Array;
    scans: readonly ScanToBind[];
    numbers?: (number | null)[];
  }): Promise<{ pdf: Uint8Array; pages: number; beside: number[] }> {
    const { bindScans } = await import('#core/documents/bind-scans.ts');
    const { countPages, stampPageNumbers } = await import('#core/documents/page-numbers.ts');
    const { officialPage } = await import('#core/documents/templates.ts');
    const bound = await bindScans(pdf, officialPage(), scans);
    const numbered = await stampPageNumbers(bound.pdf, officialPage(), numbers ?? 1);
    return { pdf: numbered, pages: await countPages(numbered), beside: bound.unbound };
  },
  /** Where the sections of a document that was laid out begin. */
  async 'document.places'({ pdf }: { pdf: Uint8Array }) {
    return (await import('#core/documents/page-numbers.ts')).placesOf(pdf);
  },
};
