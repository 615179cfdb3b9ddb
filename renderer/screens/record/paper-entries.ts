import type { FilePapers } from '#shared/api/paper-types.ts';
import type { IssuedPaper, PaperLine } from '#shared/api/types.ts';
import { paperText } from '#shared/text/papers.ts';
import { commonText } from '#shared/text/window.ts';

/** A line of the list of papers: a copy of a paper of the record or of a part of it, or (kind null) the whole file. */
export type PaperEntry = {
  key: string;
  /** The record that the paper is of. */
  record: string;
  /** Of a part: where it is opened, what it is and its day. */
  part: { ledger: string; day: string } | null;
  /** Which of the files, where there are several. */
  volume: string | null;
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
export type PaperWish = {
  template?: 'house';
  volume?: string;
  kinds?: string[];
  ownPages?: Record<string, number>;
};

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

/** Papers that a file can hold, each kind once, and whether one of the kind is in it without being asked for. */
export function piecesOf({ papers, parts, volumes }: FilePapers, volume: string | null): PaperLine[] {
  const lines = [papers, ...parts.map((part) => part.papers)]
    .flat()
    .filter(({ copies, isInBody }) => isInBody && copies.length > 0);
  const found = volumes.find(({ name }) => name === volume);
  if (!found) return lines;
  return found.kinds.flatMap((kind) => {
    const same = lines.filter((line) => line.kind === kind);
    const [first] = same;
    return first ? [{ ...first, isFiled: same.some(({ isFiled }) => isFiled) }] : [];
  });
}

/**
 * The whole file first, where there is one, then every paper that fits the record now, or was issued when it did; behind
 * them those of its parts, each with its day.
 */
export function entriesOf(id: string, all: FilePapers): PaperEntry[] {
  const { papers, parts, volumes, hasFile } = all;
  const lines = [
    ...papers.flatMap((paper) => linesOf(id, null, paper)),
    ...parts.flatMap((part) => part.papers.flatMap((paper) => linesOf(part.id, part, paper))),
  ];
  if (!hasFile) return lines;
  const files =
    volumes.length === 0
      ? [fileOf(id, all, null, paperText.dossier)]
      : volumes.map(({ name, title }) => fileOf(id, all, name, title));
  return [...files, ...lines];
}

const fileOf = (
  id: string,
  { papers, parts, dossiers }: FilePapers,
  volume: string | null,
  title: string,
): PaperEntry => {
  const lines = [...papers, ...parts.flatMap((part) => part.papers)];
  return {
    key: volume === null ? 'dossier' : `dossier-${volume}`,
    record: id,
    part: null,
    volume,
    kind: null,
    copy: 'all',
    title,
    label: '',
    need: null,
    missing: [],
    blanks: [],
    hint: paperText.dossierHint,
    issued: volume === null ? dossiers : dossiers.filter(({ copy }) => copy === volume),
    noteKind: null,
    own: Math.max(0, ...lines.map(({ own, isOwnKind }) => (own && !isOwnKind ? own.version : 0))) || null,
    isOwnKind: false,
    number: null,
  };
};

const linesOf = (id: string, part: PaperEntry['part'], paper: PaperLine): PaperEntry[] =>
  paper.copies.map((copy, index) => ({
    key: part === null ? `${paper.kind}-${copy.key}` : `${id}-${paper.kind}-${copy.key}`,
    record: id,
    part,
    volume: null,
    kind: paper.kind,
    copy: copy.key,
    title: paper.title,
    label: [part?.day ?? '', copy.label].filter((one) => one !== '').join(commonText.gap),
    need: paper.need,
    missing: copy.missing,
    blanks: copy.blanks,
    hint: paperText.complete,
    issued: paper.issued.filter((one) => one.copy === copy.key || one.copy === 'all'),
    noteKind: paper.notes,
    own: paper.own?.version ?? null,
    isOwnKind: paper.isOwnKind,
    number: paper.numbers?.[index] ?? null,
  }));
