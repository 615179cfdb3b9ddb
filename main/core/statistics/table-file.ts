import { CsvError, parse } from 'csv-parse/sync';
import { AppError } from '#shared/api/errors.ts';

/** Text and tables that people bring: whatever a spreadsheet program of an office writes. */

/**
 * Records of a CSV file, its headings first: UTF-8 with or without a mark, UTF-16 with one, GB18030 (and with it GBK
 * and GB2312); cells parted by commas, tabs or semicolons. Throws `csv-encoding`, `csv-broken`, `csv-empty`.
 */
export function readTable(bytes: Uint8Array, file: string): CsvRecord[] {
  const records = readRecords(textOfFile(bytes, file), file);
  if (records.length === 0) throw new AppError('csv-empty', { file });
  return records;
}

/** Throws `csv-encoding`. */
export function textOfFile(bytes: Uint8Array, file: string): string {
  const text = decodeText(bytes);
  if (text === null) throw new AppError('csv-encoding', { file });
  return text;
}

const marks: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/**
 * Text of a file whose encoding is not said: what its mark says, else UTF-8 where every byte fits, else GB18030.
 * Null where the bytes fit none of them, or are not text: nothing is replaced in silence.
 */
function decodeText(bytes: Uint8Array): string | null {
  const marked = marks.find(([mark]) => mark.every((byte, index) => bytes[index] === byte));
  const candidates = marked ? [marked[1]] : ['utf-8', 'gb18030'];
  for (const encoding of candidates) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      return text.includes('\0') ? null : text;
    } catch {
      // the bytes are not of this encoding: the next one
    }
  }
  return null;
}

export type CsvRecord = { cells: string[]; line: number };

function readRecords(text: string, file: string): CsvRecord[] {
  try {
    const records = parse(text, {
      delimiter: delimiterOf(text),
      info: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new AppError('csv-broken', { file, line: Number(error.lines ?? 0) }, { cause: error });
  }
}

/** Spreadsheets write UTF-16 with tabs, and semicolons where the comma is the decimal sign. */
function delimiterOf(text: string): string {
  const heading = text.slice(0, Math.max(0, text.search(/[\r\n]/)) || undefined);
  const count = (sign: string) => heading.split(sign).length;
  return [',', '\t', ';'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}
