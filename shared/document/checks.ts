import type { DocumentFinding } from '#shared/document/findings.ts';
import type { DocumentTemplate, HeadingLevel } from '#shared/document/model.ts';
import { type ResolvedBlock, type ResolvedDocument, textOf } from '#shared/document/resolved.ts';
import { documentPatterns, headingMarks } from '#shared/text/document.ts';

/** The rules of GB/T 9704 and of the 条例 that a program can see, as functions over a settled document. */

type Heading = Extract<ResolvedBlock, { block: 'heading' }>;

const levels: readonly HeadingLevel[] = [1, 2, 3, 4];

/**
 * Heading order 一、→（一）→1.→（1）: marks count on without a hole, brackets are full-width, no level is
 * jumped. The standard lets a lower mark stand right under 一、 where the levels between are not used at all in
 * that chapter, so a jump is only what has its missing level elsewhere in the same chapter.
 */
export function checkHeadings(blocks: readonly ResolvedBlock[]): DocumentFinding[] {
  const findings: DocumentFinding[] = [];
  const counters: Record<HeadingLevel, number> = { 1: 0, 2: 0, 3: 0, 4: 0 };
  const headings = blocks.filter((block): block is Heading => block.block === 'heading');
  let above: HeadingLevel | 0 = 0;
  for (const [index, heading] of headings.entries()) {
    const text = heading.mark + textOf(heading.runs);
    counters[heading.level] += 1;
    for (const level of levels) if (level > heading.level) counters[level] = 0;
    if (heading.level > above + 1 && usesLevelBetween(headings, index, above)) {
      findings.push({ kind: 'headingJump', heading: text });
    }
    const typed = documentPatterns.typedMark.test(textOf(heading.runs));
    const expected = headingMarks[heading.level](counters[heading.level]);
    if (documentPatterns.halfWidthMark.test(text)) findings.push({ kind: 'headingHalfWidth', heading: text });
    else if (heading.mark !== expected || typed)
      findings.push({ kind: 'headingMark', heading: text, expected });
    above = heading.level;
  }
  return findings;
}

function usesLevelBetween(headings: readonly Heading[], index: number, above: number): boolean {
  const level = headings[index]?.level ?? 1;
  if (above === 0) return level > 1;
  const before = headings.slice(0, index).findLastIndex((heading) => heading.level === 1);
  const next = headings.findIndex((heading, at) => at > index && heading.level === 1);
  const chapter = headings.slice(Math.max(before, 0), next === -1 ? undefined : next);
  return chapter.some((heading) => heading.level > above && heading.level < level);
}

/** Document number, date, addressee, names of attachments, signer of a letter to a higher organ. */
export function checkWording(blocks: readonly ResolvedBlock[]): DocumentFinding[] {
  return blocks.flatMap((block): DocumentFinding[] => {
    switch (block.block) {
      case 'letterhead': {
        const text = textOf(block.number);
        const signed = block.signer.some((run) => !run.missing && run.text.trim() !== '');
        return [
          ...(isGap(block.number) || documentPatterns.documentNumber.test(text)
            ? []
            : [{ kind: 'documentNumber', text } as const]),
          ...(signed ? [] : [{ kind: 'signerMissing' } as const]),
        ];
      }
      case 'signature': {
        const text = textOf(block.date);
        return isGap(block.date) || documentPatterns.date.test(text) ? [] : [{ kind: 'date', text }];
      }
      case 'addressee': {
        const text = textOf(block.runs);
        return text.endsWith(documentPatterns.addresseeEnd) ? [] : [{ kind: 'addressee', text }];
      }
      case 'attachments':
        return block.names
          .map(textOf)
          .filter((text) => documentPatterns.endsWithMark.test(text))
          .map((text) => ({ kind: 'attachmentName', text }));
      default:
        return [];
    }
  });
}

function isGap(runs: readonly { missing?: true }[]): boolean {
  return runs.some((run) => run.missing);
}

/** The parts that the rule asks for and that no heading opens. */
export function checkParts(template: DocumentTemplate, document: ResolvedDocument): DocumentFinding[] {
  const opened = new Set(
    document.blocks.map((block) => (block.block === 'heading' ? block.part : undefined)),
  );
  return template.requiredParts
    .filter(({ part }) => !opened.has(part))
    .map(({ part, label }) => ({ kind: 'partMissing', part, label }));
}
