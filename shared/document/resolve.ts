import type { DocumentFinding } from '#shared/document/findings.ts';
import type {
  Align,
  Block,
  Condition,
  DocumentTemplate,
  HeadingLevel,
  Inline,
  PlainBlock,
  TableRow,
} from '#shared/document/model.ts';
import {
  type ResolvedBlock,
  type ResolvedCell,
  type ResolvedDocument,
  type Run,
  textOf,
} from '#shared/document/resolved.ts';
import type { Figure } from '#shared/domain/figures.ts';
import { documentText, headingMarks } from '#shared/text/document.ts';

export interface DocumentData {
  figures: ReadonlyMap<string, Figure>;
  /** Field name → text. An absent or blank one is not filled in. */
  fields: Fields;
  /** Field name → why it does not apply: printed after the field where there is room for it. */
  reasons?: Fields;
  /** Lists that blocks and rows are repeated for, each entry with fields of its own. */
  lists?: Readonly<Record<string, readonly Fields[]>>;
}

export type Fields = Readonly<Record<string, string | undefined>>;

export interface Resolution {
  document: ResolvedDocument;
  findings: DocumentFinding[];
}

interface Context {
  template: DocumentTemplate;
  data: DocumentData;
  findings: Map<string, DocumentFinding>;
  counters: Record<HeadingLevel, number>;
  /** A narrow cell has none, for more than the value itself. */
  hasRoom: boolean;
}

/**
 * Settles a template with figures and fields. Nothing is dropped in silence: a figure or a required field
 * without a value leaves a marked gap and a finding. Headings are numbered here, so that a chapter left out
 * by a condition leaves no hole in the numbers.
 */
export function resolveDocument(template: DocumentTemplate, data: DocumentData): Resolution {
  const counters = { 1: 0, 2: 0, 3: 0, 4: 0 };
  const context: Context = { template, data, findings: new Map(), counters, hasRoom: true };
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
    if (block.block === 'each')
      return entriesOf(block.of, context).flatMap((entry) => resolveBlocks(block.show, entry));
    if (block.block === 'part') return resolveBlocks(partOf(block.name, context), context);
    if (block.block === 'writing') return writing(block.field, block.lines, context);
    if (block.block !== 'when') return [resolveBlock(block, context)];
    const chosen = holds(block.when, context.data) ? block.show : (block.otherwise ?? []);
    return resolveBlocks(chosen, context);
  });
}

/** What one entry can say is its own in all of them: nothing of the document's stands in where another does not say it. */
function entriesOf(list: string, context: Context): Context[] {
  const { data } = context;
  const entries = data.lists?.[list] ?? [];
  const own = Object.fromEntries(entries.flatMap(Object.keys).map((name) => [name, undefined]));
  const ofEntries = {
    ...data,
    fields: { ...data.fields, ...own },
    ...(data.reasons ? { reasons: { ...data.reasons, ...own } } : {}),
  };
  return entries.map((entry) => ({
    ...context,
    data: { ...ofEntries, fields: { ...ofEntries.fields, ...entry } },
  }));
}

function partOf(name: string, { template }: Context): Block[] {
  const part = template.parts?.[name];
  if (!part) throw new Error(`template ${template.name} has no part ${name}`);
  return part;
}

/** Each line of a text is a paragraph. */
function writing(field: string, lines: number, context: Context): ResolvedBlock[] {
  const text = saidBy(field, context)?.trim() ?? '';
  if (text === '') return [{ block: 'ruled', lines }];
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ block: 'paragraph', lead: [], runs: [{ text: line.trim() }] }));
}

type Column = { share: number; align: Align };

/** How much of a table's width the columns from one to before another take. */
function shareOf(columns: readonly Column[], from: number, to: number): number {
  const width = (some: readonly Column[]) => some.reduce((sum, { share }) => sum + share, 0);
  return width(columns.slice(from, to)) / width(columns);
}

function resolveRow(row: TableRow, columns: readonly Column[], context: Context): ResolvedCell[][] {
  if (!Array.isArray(row)) {
    return entriesOf(row.each, context).flatMap((entry) => resolveRow(row.cells, columns, entry));
  }
  let column = 0;
  const cells = row.map((cell): ResolvedCell => {
    const { content, span = 1, lines = 1, align } = Array.isArray(cell) ? { content: cell } : cell;
    const own = columns[column]?.align ?? 'start';
    column += span;
    const hasRoom = shareOf(columns, column - span, column) >= 0.5;
    return { runs: resolveInlines(content, { ...context, hasRoom }), span, align: align ?? own, lines };
  });
  if (column !== columns.length) throw new Error(`a row of ${context.template.name} has ${column} columns`);
  return [cells];
}

type PageInline = Extract<Inline, { pageOf: string }>;
type Written = Exclude<PlainBlock, { block: 'writing' }>;

function resolveBlock(block: Written, context: Context): ResolvedBlock {
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
      return {
        block: 'paragraph',
        lead: runs(block.lead ?? []),
        runs: runs(block.content),
        ...(block.keep ? { keep: true } : {}),
      };
    case 'table':
      return {
        block: 'table',
        caption: runs(block.caption ?? []),
        columns: block.columns,
        head: block.head?.map(runs) ?? [],
        rows: block.rows.flatMap((row) => resolveRow(row, block.columns, context)),
      };
    case 'line':
      return {
        block: 'line',
        runs: runs(block.content),
        indent: block.indent ?? 0,
        align: block.align ?? 'start',
        keep: block.keep ?? false,
      };
    case 'attachments':
      return { block: 'attachments', names: block.names.map(runs) };
    case 'signature':
      return {
        block: 'signature',
        unit: runs(block.unit),
        date: runs(block.date),
        sealed: block.sealed,
        ...(block.keep ? { keep: true } : {}),
      };
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
    if ('field' in inline) return fieldRuns(inline.field, inline.blank, context);
    if ('pageOf' in inline) return pageRuns(inline, context);
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

function pageRuns({ pageOf, shown, isEnd, blank }: PageInline, context: Context): Run[] {
  const { [pageOf]: section, [shown]: text } = context.data.fields;
  if (section === undefined) return fieldRuns(shown, blank ?? 0, context);
  return [{ text: text ?? '', pageOf: section, ...(isEnd ? { isEnd } : {}) }];
}

/** What stands in a field's place, with the reason of one that does not apply. */
function saidBy(name: string, { data, hasRoom }: Context): string | undefined {
  const [value, reason] = [data.fields[name], data.reasons?.[name]];
  if (value === undefined || reason === undefined || !hasRoom) return value;
  return documentText.reasoned(value, reason);
}

function fieldRuns(name: string, blank: number | string | undefined, context: Context): Run[] {
  const { template, findings } = context;
  const value = saidBy(name, context);
  if (value !== undefined && value.trim() !== '') return [{ text: value }];
  if (typeof blank === 'string') return [{ text: blank }];
  if (blank !== undefined) return blank === 0 ? [] : [{ text: '\u3000'.repeat(blank), isRoom: true }];
  const definition = template.fields[name];
  if (definition !== undefined && !definition.required) return [];
  const label = definition?.label ?? name;
  findings.set(`field ${name}`, { kind: 'fieldMissing', name, label });
  return [{ text: documentText.missing(label), missing: true }];
}

export function holds(condition: Condition, data: DocumentData): boolean {
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
