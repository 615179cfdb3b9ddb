import type { PrintSection } from '#shared/api/types.ts';

/** An answer of the core that can be printed; what has no sections is numbered from its first page. */
export type PageAnswer = { html: string; sections?: PrintSection[]; isUnnumbered?: boolean };

export type Layout = {
  html: string;
  pdf: Uint8Array;
  /** The number of each page, null for one without; null alone where they run from one. */
  numbers: (number | null)[] | null;
};

type Parts = {
  toPdf(html: string): Promise<Uint8Array>;
  places(pdf: Uint8Array): Promise<{ places: Record<string, number>; pages: number }>;
};

/**
 * Lays a page out. One that names pages (a catalogue) is laid out once to see how many each section takes, asked for
 * again with them, and laid out for good.
 */
export async function layOut(
  parts: Parts,
  /** Whether the answer names pages and is asked for again with what they turned out to be. */
  namesPages: boolean,
  ask: (more: { pages?: Record<string, number> }) => Promise<PageAnswer>,
): Promise<Layout> {
  const first = await ask({});
  const pdf = await parts.toPdf(first.html);
  const sections = first.sections ?? [];
  if (sections.length === 0) {
    if (!first.isUnnumbered) return { html: first.html, pdf, numbers: null };
    const { pages } = await parts.places(pdf);
    return { html: first.html, pdf, numbers: Array.from({ length: pages }, () => null) };
  }
  const found = await parts.places(pdf);
  if (!namesPages) {
    return { html: first.html, pdf, numbers: numbersOf(sections, found.places, found.pages) };
  }
  const again = await ask({ pages: lengthsOf(sections, found.places, found.pages) });
  const settled = await parts.toPdf(again.html);
  const { places, pages } = await parts.places(settled);
  return { html: again.html, pdf: settled, numbers: numbersOf(again.sections ?? sections, places, pages) };
}

/** How many pages each numbered section takes. */
export function lengthsOf(
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
export function numbersOf(
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
