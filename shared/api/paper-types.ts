import type { CasePapers, PaperKind, PaperLine } from './types.ts';

/** Papers of a record that is part of another one, such as a leave of a person under correction. `day`: of the record. */
export type PartPapers = { id: string; ledger: string; day: string; papers: PaperLine[] };
/** One of the files into which the papers of a record are bound; `kinds`: of its pieces, in their order. */
export type PaperVolume = { name: string; title: string; kinds: string[] };
/** The papers of a record with those of its parts; `volumes`: none where there is one file (案卷) at most. */
export type FilePapers = CasePapers & { parts: PartPapers[]; volumes: PaperVolume[] };
/** A kind of paper with the register whose records it is made of. */
export type BookKind = PaperKind & { ledger: string };
