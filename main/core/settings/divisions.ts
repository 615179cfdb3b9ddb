import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { AppError } from '#shared/api/errors.ts';
import {
  type Division,
  type DivisionLevel,
  levelOfDivision,
  parentOfDivision,
} from '#shared/domain/division-code.ts';

/**
 * The published division table (seeds/codes/divisions; formats in its README). Each file is read on first
 * use: provinces to counties, 3,300 rows, are parsed whole; of townships and villages only the group asked
 * for, except for a search. Villages are kept for one province at a time.
 */
export type Divisions = {
  /** The division with this code, or null. */
  find(code: string): Division | null;
  /** The divisions directly below, in the order of their codes; of '' the provinces; of a village none. */
  childrenOf(code: string): Division[];
  /** The villages of a township (9 digits), in the order of their codes. */
  villagesOf(township: string): Division[];
  /** From the province down to the division itself; empty for an unknown code. */
  pathOf(code: string): Division[];
  /**
   * Down to townships, at most fifty whose name holds the text or whose code begins with it: first those whose name
   * begins with it, then by code.
   * With `below` only those under that code.
   */
  search(text: string, options?: { level?: DivisionLevel; below?: string }): Division[];
  /**
   * Whether the first six digits of an identity number are a county (or residence permit area) of the table.
   */
  knowsArea(area: string): boolean;
};

const mostFound = 50;
/** 港澳台居民居住证: their holders' areas are not in the statistical table. */
const permitAreas = ['810000', '820000', '830000'];

/**
 * `seeds` is the path of the seeds folder. A missing or damaged table is AppError 'seed-invalid' on first
 * use.
 */
export function createDivisions(seeds: string): Divisions {
  const folder = join(seeds, 'codes', 'divisions');
  const areas = once(() => indexAreas(readAreas(readTable(folder, 'areas.br'))));
  const townshipText = once(() => readTable(folder, 'townships.br'));
  const townships = once(() => readAllGroups(townshipText()));
  let lastProvince: { code: string; text: string } | null = null;

  const villageText = (province: string): string => {
    if (lastProvince?.code !== province) {
      lastProvince = { code: province, text: readTable(folder, `villages-${province}.br`) };
    }
    return lastProvince.text;
  };

  const childrenOf = (code: string): Division[] => {
    const level = levelOfDivision(code);
    if (level === 'county') return readGroup(townshipText(), code);
    if (level === 'township') return find(code) ? readGroup(villageText(code.slice(0, 2)), code) : [];
    return [...(areas().below.get(code) ?? [])];
  };

  const find = (code: string): Division | null => {
    const known = areas().byCode.get(code);
    if (known || levelOfDivision(code) === null || code.length < 9) return known ?? null;
    return childrenOf(code.slice(0, -3)).find((division) => division.code === code) ?? null;
  };

  return {
    find,
    childrenOf,
    villagesOf: (township) => (levelOfDivision(township) === 'township' ? childrenOf(township) : []),
    pathOf(code) {
      const path: Division[] = [];
      for (let at: string | null = code; at !== null; at = parentOfDivision(at)) {
        const division = find(at);
        if (division) path.unshift(division);
      }
      return path.at(-1)?.code === code ? path : [];
    },
    search(text, { level, below = '' } = {}) {
      const wanted = text.trim();
      if (wanted === '') return [];
      const lower = level === undefined || level === 'township' ? townships() : [];
      const hits = [...areas().rows, ...lower].filter(
        (row) =>
          (row.name.includes(wanted) || row.code.startsWith(wanted)) &&
          row.code.startsWith(below) &&
          (level ?? row.level) === row.level,
      );
      const first = hits.filter((row) => row.name.startsWith(wanted));
      const rest = hits.filter((row) => !row.name.startsWith(wanted));
      return [...first, ...rest].slice(0, mostFound);
    },
    knowsArea: (area) => permitAreas.includes(area) || areas().byCode.has(area),
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function readTable(folder: string, name: string): string {
  try {
    return brotliDecompressSync(readFileSync(join(folder, name))).toString('utf8');
  } catch (cause) {
    throw new AppError('seed-invalid', { file: `codes/divisions/${name}`, at: '' }, { cause });
  }
}

function indexAreas(rows: readonly Division[]) {
  const below = new Map<string, Division[]>();
  for (const row of rows) {
    const parent = parentOfDivision(row.code) ?? '';
    const siblings = below.get(parent);
    if (siblings) siblings.push(row);
    else below.set(parent, [row]);
  }
  return { rows, below, byCode: new Map(rows.map((row) => [row.code, row])) };
}

/** Parses the outline of areas.br. */
export function readAreas(text: string): Division[] {
  const above: string[] = [''];
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const depth = line.lastIndexOf('\t') + 1;
      const parent = above[depth];
      const code = parent + line.slice(depth, depth + 2);
      const level = levelOfDivision(code);
      if (parent === undefined || level === null) {
        throw new AppError('seed-invalid', { file: 'codes/divisions/areas.br', at: line });
      }
      above.splice(depth + 1, above.length, code);
      return { code, name: line.slice(depth + 2), level };
    });
}

/** The divisions directly below one area from the text of a grouped file; none where it has no group. */
export function readGroup(text: string, above: string): Division[] {
  const heading = `=${above}\n`;
  // A '=' only ever begins a heading: the generator refuses names with one.
  const at = text.indexOf(heading);
  if (at === -1) return [];
  const start = at + heading.length;
  const end = text.indexOf('=', start);
  return readLines(text.slice(start, end === -1 ? text.length : end), above);
}

function readAllGroups(text: string): Division[] {
  return text
    .split('=')
    .slice(1)
    .flatMap((group) => {
      const end = group.indexOf('\n');
      return readLines(group.slice(end + 1), group.slice(0, end));
    });
}

function readLines(lines: string, above: string): Division[] {
  const level = above.length === 6 ? 'township' : 'village';
  let own = 0;
  return lines
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const tab = line.indexOf('\t');
      own = tab === -1 ? own + 1 : Number(line.slice(0, tab));
      return { code: above + String(own).padStart(3, '0'), name: line.slice(tab + 1), level };
    });
}
