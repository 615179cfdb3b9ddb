import type { Align, Emphasis, HeadingLevel } from '#shared/document/model.ts';

/** A document with every figure, field and condition settled: what the writers print. */

export interface Run {
  text: string;
  emphasis?: Emphasis;
  /** The indicator a figure belongs to; the .docx tags it, the page marks it. */
  figure?: { code: string; name: string };
  /** Nothing was there to print: `text` is the marked gap. */
  missing?: true;
}

export type ResolvedBlock =
  | { block: 'letterhead'; organ: Run[]; number: Run[]; signer: Run[] }
  | { block: 'title'; runs: Run[] }
  | { block: 'addressee'; runs: Run[] }
  | { block: 'heading'; level: HeadingLevel; part?: string; mark: string; runs: Run[] }
  | { block: 'paragraph'; lead: Run[]; runs: Run[] }
  | {
      block: 'table';
      caption: Run[];
      columns: { share: number; align: Align }[];
      head: Run[][];
      rows: Run[][][];
    }
  | { block: 'attachments'; names: Run[][] }
  | { block: 'signature'; unit: Run[]; date: Run[]; sealed: boolean }
  | { block: 'note'; runs: Run[] }
  | { block: 'blank'; lines: number }
  | { block: 'pageBreak' };

export interface ResolvedDocument {
  title: string;
  page: string;
  blocks: ResolvedBlock[];
}

export function textOf(runs: readonly Run[]): string {
  return runs.map((run) => run.text).join('');
}

/** The runs of a block in reading order; a heading's mark is not a run. */
export function runsOf(block: ResolvedBlock): Run[] {
  switch (block.block) {
    case 'letterhead':
      return [...block.organ, ...block.number, ...block.signer];
    case 'paragraph':
      return [...block.lead, ...block.runs];
    case 'table':
      return [...block.caption, ...block.head.flat(), ...block.rows.flat(2)];
    case 'attachments':
      return block.names.flat();
    case 'signature':
      return [...block.unit, ...block.date];
    case 'blank':
    case 'pageBreak':
      return [];
    default:
      return block.runs;
  }
}
