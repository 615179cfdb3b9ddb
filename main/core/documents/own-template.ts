import Docxtemplater, { type DXT } from 'docxtemplater';
import { strFromU8 } from 'fflate';
import PizZip from 'pizzip';
import { countPages } from '#shared/document/paginate.ts';
import type { PlaceData, TemplateFault } from '#shared/document/places.ts';
import type { ResolvedDocument } from '#shared/document/resolved.ts';
import { writable } from '#shared/document/writable.ts';
import { openDocx, type Parts, packDocx, refuse } from './own-docx.ts';
import { readPage } from './own-page.ts';
import { placeNames } from './own-places.ts';
import { officialPage } from './templates.ts';

/** A bureau's own .docx with named places: looked through when it is added, filled in when a paper is made. */

const delimiters = { start: '{{', end: '}}' };
/** What stands where there is nothing to print: room to write on by hand. */
const room = '　　　　';

export type CheckedTemplate = {
  /** Names of its places, each once, in reading order. */
  places: string[];
  /** Pages that its maker's program counted; 0 where it did not say. */
  pages: number;
};

type Part = DXT.Part & { subparsed?: Part[] };

/** Throws `own-template-refused`, naming the place. */
export function checkTemplate(
  bytes: Uint8Array,
  file: string,
  { isPerAgent, kind }: { isPerAgent: boolean; kind: string | null },
): CheckedTemplate {
  const parts = openDocx(bytes, file);
  const compiled = compile(parts, file, null);
  const names = placeNames(kind);
  const found = new Set<string>();

  const look = (part: Part, isInList: boolean): void => {
    const name = part.value.trim();
    const shown = name === '' ? '{{}}' : name;
    const isLoop = part.module === 'loop';
    if (part.module && !isLoop) throw refuse(file, 'unknown', `@${shown}`);
    found.add(name);
    const isList = isLoop && names.lists.has(name);
    if (isList && isInList) throw refuse(file, 'list-in-list', name);
    const isParty = names.party.has(name);
    if (!isList && !names.values.has(name) && !isParty) throw refuse(file, 'unknown', shown);
    if (!isList && isParty && !names.values.has(name) && !isInList && !isPerAgent)
      throw refuse(file, names.isOfCase ? 'only-in-list' : 'only-in-rows', name);
    for (const inner of placeholders(part.subparsed)) look(inner, isInList || isList);
  };
  for (const part of compiled.flatMap(placeholders)) look(part, false);

  if (found.size === 0) {
    const isWide = Object.entries(parts).some(
      ([name, content]) => /^word\/[^/]+\.xml$/.test(name) && /[｛｝]/.test(strFromU8(content)),
    );
    throw refuse(file, isWide ? 'wide-braces' : 'no-places');
  }
  const pages = Number(
    /<Pages>(\d{1,4})</.exec(strFromU8(parts['docProps/app.xml'] ?? new Uint8Array()))?.[1],
  );
  return { places: [...found], pages: Number.isFinite(pages) ? pages : 0 };
}

const placeholders = (parts: readonly DXT.SimplePart[] | undefined): Part[] =>
  (parts ?? []).filter(({ type }) => type === 'placeholder') as Part[];

export type FilledTemplate = {
  file: Uint8Array;
  /** What it says, for the eye: the layout is that of the file itself. */
  document: ResolvedDocument;
  pages: number;
};

/** The same template with the same data gives the same bytes. */
export function fillTemplate(bytes: Uint8Array, title: string, data: PlaceData): FilledTemplate {
  const parts = openDocx(bytes, title);
  const filled: Parts = { ...parts };
  compile(parts, title, { data: writable(data), filled });
  const blocks = readPage(strFromU8(filled['word/document.xml'] ?? new Uint8Array()));
  const document: ResolvedDocument = { title, page: 'official', blocks };
  return { file: packDocx(filled), document, pages: countPages(blocks, officialPage()) };
}

type Fill = { data: PlaceData; filled: Parts };

/** Compiles the parts that hold text; with `fill` they are filled in too. */
function compile(parts: Parts, file: string, fill: Fill | null): DXT.SimplePart[][] {
  const zip = new PizZip();
  for (const [name, content] of Object.entries(parts)) zip.file(name, content);
  try {
    const made = new Docxtemplater(zip, {
      delimiters,
      paragraphLoop: true,
      linebreaks: true,
      errorLogging: false,
      parser: placeParser,
      nullGetter: (part: DXT.Part) => (part.module === 'loop' ? [] : room),
    });
    const compiled = Object.values(
      (made as unknown as { compiled: Record<string, { postparsed: DXT.SimplePart[] }> }).compiled,
    ).map(({ postparsed }) => postparsed);
    if (fill) {
      made.render({ ...fill.data.values, [listsOf]: fill.data.lists });
      for (const name of Object.keys(zip.files)) {
        const entry = zip.files[name];
        if (entry && !entry.dir) fill.filled[name] = entry.asUint8Array();
      }
    }
    return compiled;
  } catch (error) {
    throw translated(error, file);
  }
}

const listsOf = Symbol('lists');
type Scope = Readonly<Record<string, string>> & {
  [listsOf]?: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
};

/**
 * A name between `#` and `/` is a list where there is one of that name, else a condition: shown where there is
 * something to print. Only names that a scope has itself are found in it, nothing that every object has.
 */
function placeParser(tag: string) {
  const name = tag.trim();
  return {
    get(scope: Scope | string, { meta }: DXT.ParserContext): unknown {
      if (typeof scope !== 'object') return undefined;
      const isLoop = (meta.part as DXT.Part | undefined)?.module === 'loop';
      if (isLoop) {
        const list = scope[listsOf];
        if (list && Object.hasOwn(list, name)) return list[name];
      }
      const value = Object.hasOwn(scope, name) ? scope[name] : undefined;
      if (value === undefined) return undefined;
      if (isLoop) return value.trim() !== '';
      return value.trim() === '' ? room : value;
    },
  };
}

const faults: Readonly<Record<string, TemplateFault>> = {
  unclosed_tag: 'unclosed',
  duplicate_open_tag: 'unclosed',
  unopened_tag: 'unopened',
  duplicate_close_tag: 'unopened',
  unclosed_loop: 'loop-unclosed',
  unopened_loop: 'loop-unopened',
  closing_tag_does_not_match_opening_tag: 'loop-crossed',
  unbalanced_loop_tags: 'loop-place',
  loop_position_invalid: 'loop-place',
  no_xml_tag_found_at_left: 'loop-place',
  no_xml_tag_found_at_right: 'loop-place',
  raw_xml_tag_should_be_only_text_in_paragraph: 'unknown',
};

type Complaint = {
  properties?: {
    id?: string;
    xtag?: string;
    context?: string;
    openingtag?: string;
    errors?: Complaint[];
  };
};

/** The library's complaint with the place it is about; what is no complaint of a file stays an error. */
function translated(error: unknown, file: string): unknown {
  const { properties } = error as Complaint;
  if (!properties?.id) return error;
  const [first = properties] = (properties.errors ?? []).flatMap((one) => one.properties ?? []);
  const { id = '', xtag, context, openingtag } = first;
  const at = id.startsWith('duplicate') ? (context ?? xtag) : (openingtag ?? xtag ?? context);
  return refuse(file, faults[id] ?? 'broken-xml', (at ?? '').replace(/^\{\{|\}\}$/g, ''));
}
