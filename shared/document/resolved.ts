import type { Align, Emphasis, HeadingLevel } from '#shared/document/model.ts';
import type { MediaType } from '#shared/domain/media-type.ts';

/** A document with every figure, field and condition settled: what the writers print. */

export interface Run {
  text: string;
  emphasis?: Emphasis;
  /** The indicator a figure belongs to; the .docx tags it, the page marks it. */
  figure?: { code: string; name: string };
  /** Nothing was there to print: `text` is the marked gap. */
  missing?: true;
  /** Room to write on by hand: `text` is blank characters, drawn with a line under them. */
  isRoom?: true;
  /** The page on which this section begins; `text` is the number as worked out. */
  pageOf?: string;
  /** Not where it begins but its last page. */
  isEnd?: true;
}

/** A cell of so many lines is for long text: its row may go over to the next page. */
export const tallCell = 4;

export interface ResolvedCell {
  runs: Run[];
  span: number;
  align: Align;
  /** Least height in lines of the table. */
  lines: number;
}

/** A row of plain cells, each aligned as its column. */
export const rowOf = (cells: readonly Run[][], columns: readonly { align: Align }[]): ResolvedCell[] =>
  cells.map((runs, index) => ({ runs, span: 1, align: columns[index]?.align ?? 'start', lines: 1 }));

export type ResolvedBlock =
  | { block: 'letterhead'; organ: Run[]; number: Run[]; signer: Run[] }
  | { block: 'title'; runs: Run[] }
  | { block: 'addressee'; runs: Run[] }
  | { block: 'heading'; level: HeadingLevel; part?: string; mark: string; runs: Run[] }
  | { block: 'paragraph'; lead: Run[]; runs: Run[]; keep?: true }
  | {
      block: 'table';
      caption: Run[];
      columns: { share: number; align: Align }[];
      head: Run[][];
      rows: ResolvedCell[][];
    }
  | { block: 'line'; runs: Run[]; indent: number; align: Align; keep: boolean }
  | { block: 'ruled'; lines: number }
  /**
   * From here on a new page and a section of its own: `name` is what a page number can point at. Numbers run on through
   * numbered sections; `start` sets them.
   */
  | { block: 'section'; name: string; isNumbered: boolean; start?: number }
  /** One page of what was attached (`attachment`: its id), as it is: a picture, or a page of a PDF. */
  | { block: 'scan'; attachment: string; mediaType: MediaType; title: string; page: number; of: number }
  | { block: 'attachments'; names: Run[][] }
  | { block: 'signature'; unit: Run[]; date: Run[]; sealed: boolean; keep?: true }
  | { block: 'note'; runs: Run[] }
  | { block: 'blank'; lines: number }
  | { block: 'pageBreak' };

/**
 * Whether a block's end stays on the page of the next one: a signature with text of the document before it, and what stands
 * under the signature (抄送, 本人签收) with it.
 */
export function holdsNext({ block }: ResolvedBlock, next: ResolvedBlock | undefined): boolean {
  return block === 'signature' ? next?.block === 'line' : next?.block === 'signature';
}

export interface ResolvedDocument {
  title: string;
  page: string;
  blocks: ResolvedBlock[];
  /** Pages carry no number, as covers and forms of one page. */
  isUnnumbered?: true;
}

export function textOf(runs: readonly Run[]): string {
  return runs.map((run) => run.text).join('');
}

/**
 * Whether a long number stands in a text. No line breaks inside one, so it goes to the next line whole (公民身份号码, 统一社会信用代码,
 * a telephone's), and the few characters before it, spread over a justified line, stood wide apart: such a paragraph begins
 * its lines at the left and leaves their ends as they come.
 */
export const hasLongNumber = (runs: readonly Run[]): boolean => /[!-~]{11}/.test(textOf(runs));

/** The runs of a block in reading order; a heading's mark is not a run. */
export function runsOf(block: ResolvedBlock): Run[] {
  switch (block.block) {
    case 'letterhead':
      return [...block.organ, ...block.number, ...block.signer];
    case 'paragraph':
      return [...block.lead, ...block.runs];
    case 'table':
      return [...block.caption, ...block.head.flat(), ...block.rows.flat().flatMap(({ runs }) => runs)];
    case 'attachments':
      return block.names.flat();
    case 'signature':
      return [...block.unit, ...block.date];
    case 'blank':
    case 'ruled':
    case 'section':
    case 'scan':
    case 'pageBreak':
      return [];
    default:
      return block.runs;
  }
}
