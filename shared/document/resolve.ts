import type { DocumentFinding } from '#shared/document/findings.ts';
import type {
  Block,
  Condition,
  DocumentTemplate,
  HeadingLevel,
  Inline,
  PlainBlock,
} from '#shared/document/model.ts';
import { type ResolvedBlock, type ResolvedDocument, type Run, textOf } from '#shared/document/resolved.ts';
import type { Figure } from '#shared/domain/figures.ts';
import { documentText, headingMarks } from '#shared/text/document.ts';

export interface DocumentData {
  figures: ReadonlyMap<string, Figure>;
  /** Field name → text. An absent or blank one is not filled in. */
  fields: Readonly<Record<string, string | undefined>>;
}

export interface Resolution {
  document: ResolvedDocument;
  findings: DocumentFinding[];
}

interface Context {
  template: DocumentTemplate;
  data: DocumentData;
  findings: Map<string, DocumentFinding>;
  counters: Record<HeadingLevel, number>;
}

/**
 * Settles a template with figures and fields. Nothing is dropped in silence: a figure or a required field
 * without a value leaves a marked gap and a finding. Headings are numbered here, so that a chapter left out
 * by a condition leaves no hole in the numbers.
 */
export function resolveDocument(template: DocumentTemplate, data: DocumentData): Resolution {
  const counters = { 1: 0, 2: 0, 3: 0, 4: 0 };
  const context: Context = { template, data, findings: new Map(), counters };
  const blocks = resolveBlocks(template.blocks, context);
  const title = blocks.find((block) => block.block === 'title');
  const document: ResolvedDocument = {
    title: title === undefined ? template.title : textOf(title.runs).replaceAll('\n', ''),
    page: template.page,
    blocks,
  };
  return { document, findings: [...context.findings.values()] };
}

function resolveBlocks(blocks: readonly Block[], context: Context): ResolvedBlock[] {
  return blocks.flatMap((block) => {
    if (block.block !== 'when') return [resolveBlock(block, context)];
    const chosen = holds(block.when, context.data) ? block.show : (block.otherwise ?? []);
    return resolveBlocks(chosen, context);
  });
}

function resolveBlock(block: PlainBlock, context: Context): ResolvedBlock {
  const runs = (content: readonly Inline[]): Run[] => resolveInlines(content, context);
  switch (block.block) {
    case 'letterhead':
      return { ...block, organ: runs(block.organ), number: runs(block.number), signer: runs(block.signer) };
    case 'heading':
      return {
        block: 'heading',
        level: block.level,
        ...(block.part === undefined ? {} : { part: block.part }),
        mark: nextMark(block.level, context),
        runs: runs(block.content),
      };
    case 'paragraph':
      return { block: 'paragraph', lead: runs(block.lead ?? []), runs: runs(block.content) };
    case 'table':
      return {
        block: 'table',
        caption: runs(block.caption ?? []),
        columns: block.columns,
        head: block.head.map(runs),
        rows: block.rows.map((row) => row.map(runs)),
      };
    case 'attachments':
      return { block: 'attachments', names: block.names.map(runs) };
    case 'signature':
      return { ...block, unit: runs(block.unit), date: runs(block.date) };
    case 'title':
    case 'addressee':
    case 'note':
      return { block: block.block, runs: runs(block.content) };
    case 'blank':
    case 'pageBreak':
      return block;
  }
}

function nextMark(level: HeadingLevel, { counters }: Context): string {
  counters[level] += 1;
  for (const deeper of [2, 3, 4] as const) if (deeper > level) counters[deeper] = 0;
  return headingMarks[level](counters[level]);
}

function resolveInlines(content: readonly Inline[], context: Context): Run[] {
  return content.flatMap((inline): Run[] => {
    if (typeof inline === 'string') return [{ text: inline }];
    if ('text' in inline) return [{ text: inline.text, emphasis: inline.emphasis }];
    if ('figure' in inline) return [figureRun(inline.figure, context)];
    if ('field' in inline) return fieldRuns(inline.field, context);
    return resolveInlines(holds(inline.when, context.data) ? inline.show : (inline.otherwise ?? []), context);
  });
}

function figureRun(code: string, { data, findings }: Context): Run {
  const figure = data.figures.get(code);
  if (figure === undefined) {
    findings.set(`figure ${code}`, { kind: 'figureUnknown', code });
    return { text: documentText.missing(code), figure: { code, name: code }, missing: true };
  }
  const { name, printed, suppliedBy } = figure;
  if (printed !== null && printed.trim() !== '') return { text: printed, figure: { code, name } };
  findings.set(`figure ${code}`, { kind: 'figureMissing', code, name, suppliedBy });
  return { text: documentText.missing(name), figure: { code, name }, missing: true };
}

function fieldRuns(name: string, { data, template, findings }: Context): Run[] {
  const value = data.fields[name];
  if (value !== undefined && value.trim() !== '') return [{ text: value }];
  const definition = template.fields[name];
  if (definition !== undefined && !definition.required) return [];
  const label = definition?.label ?? name;
  findings.set(`field ${name}`, { kind: 'fieldMissing', name, label });
  return [{ text: documentText.missing(label), missing: true }];
}

function holds(condition: Condition, data: DocumentData): boolean {
  if ('all' in condition) return condition.all.every((one) => holds(one, data));
  if ('any' in condition) return condition.any.some((one) => holds(one, data));
  if ('not' in condition) return !holds(condition.not, data);
  if ('field' in condition) {
    const text = data.fields[condition.field]?.trim() ?? '';
    return 'equals' in condition ? text === condition.equals : (text !== '') === (condition.is === 'present');
  }
  const figure = data.figures.get(condition.figure);
  if ('is' in condition)
    return (figure !== undefined && figure.printed !== null) === (condition.is === 'present');
  const left = figure?.value ?? null;
  const right =
    typeof condition.than === 'number'
      ? condition.than
      : (data.figures.get(condition.than.figure)?.value ?? null);
  if (left === null || right === null) return false;
  if (condition.compare === 'equal') return left === right;
  return condition.compare === 'more' ? left > right : left < right;
}
