import type { PrintedScan, PrintSection } from '#shared/api/types.ts';
import type { MediaType } from '#shared/domain/media-type.ts';

/** An answer of the core that can be printed; what has no sections is numbered from its first page. */
export type PageAnswer = {
  html: string;
  sections?: PrintSection[];
  scans?: PrintedScan[];
  isUnnumbered?: boolean;
};

/** What is attached, opened: pictures by their id, and the PDFs. */
export type OpenScans = {
  pictures: Pictures;
  pdfs: ReadonlyMap<string, Uint8Array>;
};
export type Pictures = ReadonlyMap<string, Picture>;
export type Picture = { content: Uint8Array; type: MediaType };
/** A PDF with the first of the sheets (from 0) that its pages take the place of. */
export type PlacedScan = { title: string; at: number; pages: number; content: Uint8Array };

export type Layout = {
  html: string;
  pdf: Uint8Array;
  /** The number of each page, null for one without; null alone where they run from one. */
  numbers: (number | null)[] | null;
  scans: OpenScans;
  placed: PlacedScan[];
};

type Parts = {
  toPdf(html: string, pictures?: Pictures): Promise<Uint8Array>;
  places(pdf: Uint8Array): Promise<{ places: Record<string, number>; pages: number }>;
};

/**
 * Lays a page out. One that names pages (a catalogue) is laid out once to see how many each section takes, asked for
 * again with them, and laid out for good. What is attached is opened for the last layout only: its sheets are of one
 * size, whatever stands on them.
 */
export async function layOut(
  parts: Parts,
  /** Whether the answer names pages and is asked for again with what they turned out to be. */
  namesPages: boolean,
  ask: (more: { pages?: Record<string, number> }) => Promise<PageAnswer>,
  open: (scans: readonly PrintedScan[]) => Promise<OpenScans>,
): Promise<Layout> {
  const answer = namesPages ? await askedAgain(parts, ask) : await ask({});
  const { html, sections = [], scans = [], isUnnumbered } = answer;
  const opened = await open(scans);
  const pdf = await parts.toPdf(html, opened.pictures);
  const plain = { html, pdf, scans: opened, placed: [] };
  if (sections.length === 0 && !isUnnumbered) return { ...plain, numbers: null };
  const { places, pages } = await parts.places(pdf);
  const numbers =
    sections.length === 0 ? Array.from({ length: pages }, () => null) : numbersOf(sections, places, pages);
  const placed = scans.flatMap(({ id, title, section, pages: count }): PlacedScan[] => {
    const [at, content] = [places[section], opened.pdfs.get(id)];
    return at === undefined || !content ? [] : [{ title, at, pages: count, content }];
  });
  return { ...plain, numbers, placed };
}

async function askedAgain(
  parts: Parts,
  ask: (more: { pages?: Record<string, number> }) => Promise<PageAnswer>,
): Promise<PageAnswer> {
  const first = await ask({});
  const { sections = [] } = first;
  if (sections.length === 0) return first;
  const { places, pages } = await parts.places(await parts.toPdf(first.html));
  return ask({ pages: lengthsOf(sections, places, pages) });
}

/** How many pages each numbered section takes. */
function lengthsOf(
  sections: readonly PrintSection[],
  places: Readonly<Record<string, number>>,
  pages: number,
): Record<string, number> {
  const lengths: Record<string, number> = {};
  for (const [index, { name, isNumbered }] of sections.entries()) {
    const begins = places[name];
    const next = sections.slice(index + 1).map((section) => places[section.name]);
    const ends = next.find((place) => place !== undefined) ?? pages;
    if (isNumbered && begins !== undefined && ends > begins) lengths[name] = ends - begins;
  }
  return lengths;
}

/** The number of every page: those of sections that carry none are null, the others run on or begin where they say. */
function numbersOf(
  sections: readonly PrintSection[],
  places: Readonly<Record<string, number>>,
  pages: number,
): (number | null)[] {
  const numbers: (number | null)[] = [];
  let current: PrintSection | null = null;
  let next = 1;
  for (let page = 0; page < pages; page += 1) {
    const begun = sections.find(({ name }) => places[name] === page);
    if (begun) {
      current = begun;
      if (begun.start !== null) next = begun.start;
    }
    if (current?.isNumbered === false) numbers.push(null);
    else {
      numbers.push(next);
      next += 1;
    }
  }
  return numbers;
}
