import type { CasePapers, IssuedPaper } from '#shared/api/types.ts';
import { paperText } from '#shared/text/papers.ts';

/** A line of the list of papers: a copy of a paper, or (kind null) the whole file. */
export type PaperEntry = {
  key: string;
  kind: string | null;
  copy: string;
  title: string;
  label: string;
  need: 'required' | 'asNeeded' | null;
  missing: readonly string[];
  blanks: readonly string[];
  hint: string;
  issued: readonly IssuedPaper[];
  /** The kind of 笔录 that the paper prints, where it prints one. */
  noteKind: string | null;
  /** Version of the bureau's own template in force. */
  own: number | null;
  isOwnKind: boolean;
  /** Its number (文号), '' where it has none yet; null for a paper without numbers. */
  number: string | null;
};

/** What is asked for besides the kind: the house wording, and of the whole file what goes into it. */
export type PaperWish = { template?: 'house'; kinds?: string[]; ownPages?: Record<string, number> };

export type Shown =
  | { is: 'current'; entry: PaperEntry; wish: PaperWish }
  | { is: 'issued'; paper: IssuedPaper }
  | { is: 'blank'; kind: string; title: string; isUnit: boolean; isOwn: boolean };

/** Made from the bureau's template: Word prints it, not the program. */
export function isOwnFile(shown: Shown): boolean {
  if (shown.is === 'issued') return shown.paper.isOwn;
  if (shown.is === 'blank') return shown.isOwn;
  return shown.entry.own !== null && shown.entry.kind !== null && shown.wish.template === undefined;
}

/** Papers that a file can hold, and whether they are in it without being asked for. */
export const piecesOf = ({ papers }: CasePapers) =>
  papers.filter(({ copies, isInBody }) => isInBody && copies.length > 0);

/** The whole file first, where there is one, then every paper that fits the case now, or was issued when it did. */
export function entriesOf({ papers, hasFile, dossiers }: CasePapers): PaperEntry[] {
  const file: PaperEntry = {
    key: 'dossier',
    kind: null,
    copy: 'all',
    title: paperText.dossier,
    label: '',
    need: null,
    missing: [],
    blanks: [],
    hint: paperText.dossierHint,
    issued: dossiers,
    noteKind: null,
    own: Math.max(0, ...papers.map(({ own, isOwnKind }) => (own && !isOwnKind ? own.version : 0))) || null,
    isOwnKind: false,
    number: null,
  };
  const lines = papers.flatMap((paper): PaperEntry[] =>
    paper.copies.map((copy, index) => ({
      key: `${paper.kind}-${copy.key}`,
      kind: paper.kind,
      copy: copy.key,
      title: paper.title,
      label: copy.label,
      need: paper.need,
      missing: copy.missing,
      blanks: copy.blanks,
      hint: paperText.complete,
      issued: paper.issued.filter((one) => one.copy === copy.key || one.copy === 'all'),
      noteKind: paper.notes,
      own: paper.own?.version ?? null,
      isOwnKind: paper.isOwnKind,
      number: paper.numbers?.[index] ?? null,
    })),
  );
  return hasFile ? [file, ...lines] : lines;
}
