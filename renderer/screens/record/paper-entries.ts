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
  hint: string;
  issued: readonly IssuedPaper[];
  /** The kind of 笔录 that the paper prints, where it prints one. */
  noteKind: string | null;
};

export type Shown =
  | { is: 'current'; entry: PaperEntry }
  | { is: 'issued'; paper: IssuedPaper }
  | { is: 'blank'; kind: string; title: string };

/** The whole file first, then every paper that fits the case now, or was issued when it did. */
export function entriesOf({ papers, dossiers }: CasePapers): PaperEntry[] {
  const file: PaperEntry = {
    key: 'dossier',
    kind: null,
    copy: 'all',
    title: paperText.dossier,
    label: '',
    need: null,
    missing: [],
    hint: paperText.dossierHint,
    issued: dossiers,
    noteKind: null,
  };
  const lines = papers.flatMap((paper): PaperEntry[] =>
    paper.copies.map((copy) => ({
      key: `${paper.kind}-${copy.key}`,
      kind: paper.kind,
      copy: copy.key,
      title: paper.title,
      label: copy.label,
      need: paper.need,
      missing: copy.missing,
      hint: paperText.complete,
      issued: paper.issued.filter((one) => one.copy === copy.key || one.copy === 'all'),
      noteKind: paper.notes,
    })),
  );
  return [file, ...lines];
}
