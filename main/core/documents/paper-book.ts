import type { z } from 'zod';
import correctionSeed from '#seeds/templates/correction-papers.json' with { type: 'json' };
import agreement from '#seeds/templates/papers/agreement.json' with { type: 'json' };
import application from '#seeds/templates/papers/application.json' with { type: 'json' };
import authorization from '#seeds/templates/papers/authorization.json' with { type: 'json' };
import backCover from '#seeds/templates/papers/back-cover.json' with { type: 'json' };
import catalogue from '#seeds/templates/papers/catalogue.json' with { type: 'json' };
import confirmation from '#seeds/templates/papers/confirmation.json' with { type: 'json' };
import cover from '#seeds/templates/papers/cover.json' with { type: 'json' };
import investigation from '#seeds/templates/papers/investigation.json' with { type: 'json' };
import mediation from '#seeds/templates/papers/mediation.json' with { type: 'json' };
import notice from '#seeds/templates/papers/notice.json' with { type: 'json' };
import oralAgreement from '#seeds/templates/papers/oral-agreement.json' with { type: 'json' };
import parts from '#seeds/templates/papers/parts.json' with { type: 'json' };
import registration from '#seeds/templates/papers/registration.json' with { type: 'json' };
import statement from '#seeds/templates/papers/statement.json' with { type: 'json' };
import termination from '#seeds/templates/papers/termination.json' with { type: 'json' };
import visit from '#seeds/templates/papers/visit.json' with { type: 'json' };
import bookSeed from '#seeds/templates/papers.json' with { type: 'json' };
import { AppError } from '#shared/api/errors.ts';
import type { DocumentTemplate } from '#shared/document/model.ts';
import { type Paper, paperBookSchema, type Volume } from '#shared/document/papers.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { correctionParts, correctionWordings } from './correction-wordings.ts';
import { labelsOf } from './register-fields.ts';
import { parseTemplate } from './templates.ts';

const wordings: Readonly<Record<string, { version: number; blocks: unknown }>> = {
  agreement,
  application,
  authorization,
  backCover,
  catalogue,
  confirmation,
  cover,
  investigation,
  mediation,
  notice,
  oralAgreement,
  registration,
  statement,
  termination,
  visit,
  ...correctionWordings,
};

export type PaperBook = {
  /** In the order in which a file is bound. */
  papers: readonly Paper[];
  labelOf(field: string, paper: Paper): string;
  /** By kind, title or another name. Throws `paper-unknown`. */
  find(name: string): Paper;
  /** The house wording of a paper; one that is only attached has none. */
  templateOf(paper: Paper): DocumentTemplate | null;
  /** The files that a register's papers are bound into, where there are several. */
  volumesOf(ledger: string): readonly Volume[];
};

let book: PaperBook | null = null;

/** The papers shipped with the program, each checked on first use. Throws `seed-invalid`. */
export function paperBook(): PaperBook {
  book ??= readBook();
  return book;
}

function readBook(): PaperBook {
  const mediation = readSeed(bookSeed, 'seeds/templates/papers.json');
  const correction = readSeed(correctionSeed, 'seeds/templates/correction-papers.json');
  const papers = [...mediation.papers, ...correction.papers].sort((left, right) => left.order - right.order);
  // What the registers call a field is what their papers call it; the book adds what is put together.
  const labels = new Map(
    ledgers.map((ledger) => [
      ledger.name,
      ledger.name === 'mediation' ? mediation.fields : { ...labelsOf(ledger), ...correction.fields },
    ]),
  );
  const labelsFor = ({ ledger }: Paper) => labels.get(ledger) ?? {};
  const labelOf = (field: string, paper: Paper): string => {
    const own = labelsFor(paper);
    const named = field === 'paperNo' ? (paper.number?.field ?? field) : field;
    return own[named] ?? own[field] ?? field;
  };
  const templates = new Map(
    papers
      .filter(({ isAttached }) => !isAttached)
      .map((paper): [string, DocumentTemplate] => [
        paper.kind,
        parseTemplate(
          {
            name: paper.kind.toLowerCase(),
            title: paper.title,
            page: 'official',
            requiredParts: [],
            fields: Object.fromEntries(
              Object.entries(labelsFor(paper)).map(([name, label]) => [name, { label, required: false }]),
            ),
            parts: paper.ledger === 'mediation' ? parts : correctionParts,
            ...wordings[paper.kind],
          },
          `seeds/templates/papers: ${paper.kind}`,
        ),
      ]),
  );
  const volumes = correction.volumes ?? [];
  const stray = volumes
    .flatMap(({ kinds }) => kinds)
    .find((kind) => !papers.some((paper) => paper.kind === kind && paper.place === 'body'));
  if (stray !== undefined)
    throw new AppError('seed-invalid', { file: 'seeds/templates/correction-papers.json', at: stray });
  return {
    papers,
    labelOf,
    find(name) {
      const wanted = name.trim();
      const found = papers.find(
        ({ kind, title, aliases }) => kind === wanted || title === wanted || aliases.includes(wanted),
      );
      if (!found) throw new AppError('paper-unknown', { kind: name });
      return found;
    },
    templateOf: (paper) => templates.get(paper.kind) ?? null,
    volumesOf: (ledger) => volumes.filter((one) => one.ledger === ledger),
  };
}

function readSeed(seed: unknown, file: string): z.infer<typeof paperBookSchema> {
  const parsed = paperBookSchema.safeParse(seed);
  if (parsed.success) return parsed.data;
  throw new AppError('seed-invalid', { file, at: parsed.error.issues[0]?.path.map(String).join('.') ?? '' });
}
