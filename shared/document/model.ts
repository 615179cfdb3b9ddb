import { z } from 'zod';

/**
 * The document model: what a template is made of, before figures and fields are put in. Templates are JSON in
 * this shape; the editor edits it, the comparison compares it, and three writers print what `resolveDocument`
 * makes of it. A plain string is text.
 */

const fieldName = z.string().regex(/^[a-z][A-Za-z0-9]*$/);
const figureCode = z.string().regex(/^[a-z][A-Za-z0-9]*\.[a-z][A-Za-z0-9]*$/);

export type Condition =
  | { field: string; is: 'present' | 'absent' }
  | { field: string; equals: string }
  | { figure: string; is: 'present' | 'absent' }
  | { figure: string; compare: 'more' | 'less' | 'equal'; than: number | { figure: string } }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition };

/** Comparing a figure that is missing is false; `not` of it is true. */
export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ field: fieldName, is: z.enum(['present', 'absent']) }),
    z.strictObject({ field: fieldName, equals: z.string() }),
    z.strictObject({ figure: figureCode, is: z.enum(['present', 'absent']) }),
    z.strictObject({
      figure: figureCode,
      compare: z.enum(['more', 'less', 'equal']),
      than: z.union([z.number(), z.strictObject({ figure: figureCode })]),
    }),
    z.strictObject({ all: z.array(conditionSchema).min(1) }),
    z.strictObject({ any: z.array(conditionSchema).min(1) }),
    z.strictObject({ not: conditionSchema }),
  ]),
);

export type Emphasis = 'strong' | 'kai' | 'hei';

export type Inline =
  | string
  | { text: string; emphasis: Emphasis }
  | { figure: string }
  | { field: string; blank?: number | string | undefined }
  /**
   * The page on which a section begins, or ends (`isEnd`): fields that hold its name and the number as worked out. Without
   * a section the number alone, and `blank` as of a field.
   */
  | { pageOf: string; shown: string; isEnd?: boolean | undefined; blank?: number | undefined }
  | { when: Condition; show: Inline[]; otherwise?: Inline[] | undefined };

const inlineSchema: z.ZodType<Inline> = z.lazy(() =>
  z.union([
    z.string().min(1),
    z.strictObject({ text: z.string().min(1), emphasis: z.enum(['strong', 'kai', 'hei']) }),
    z.strictObject({ figure: figureCode }),
    // `blank` is what a form shows where the field is empty: so many characters to write on, or words such as 年 月 日.
    z.strictObject({ field: fieldName, blank: z.union([z.int().min(0).max(28), z.string()]).optional() }),
    z.strictObject({
      pageOf: fieldName,
      shown: fieldName,
      isEnd: z.boolean().optional(),
      blank: z.int().min(0).max(28).optional(),
    }),
    z.strictObject({
      when: conditionSchema,
      show: z.array(inlineSchema),
      otherwise: z.array(inlineSchema).optional(),
    }),
  ]),
);

const inlines = z.array(inlineSchema).min(1);
const align = z.enum(['start', 'center', 'end']);

export type Align = z.infer<typeof align>;
export type HeadingLevel = 1 | 2 | 3 | 4;

/** A cell over `span` columns, at least `lines` high; a plain one takes the alignment of its column. */
const cell = z.union([
  z.array(inlineSchema),
  z.strictObject({
    content: z.array(inlineSchema),
    span: z.int().min(1).optional(),
    align: align.optional(),
    lines: z.int().min(1).max(22).optional(),
  }),
]);
/** `each` repeats the row for every entry of a list. */
const tableRow = z.union([
  z.array(cell).min(1),
  z.strictObject({ each: fieldName, cells: z.array(cell).min(1) }),
]);
export type TableRow = z.infer<typeof tableRow>;

const plainBlocks = [
  /** 版头: name of the issuing organ, document number, signer (上行文 needs one), red line. */
  z.strictObject({ block: z.literal('letterhead'), organ: inlines, number: inlines, signer: inlines }),
  z.strictObject({ block: z.literal('title'), content: inlines }),
  z.strictObject({ block: z.literal('addressee'), content: inlines }),
  /** `part` names what the heading opens, so that a required part can be looked for whatever its wording. */
  z.strictObject({
    block: z.literal('heading'),
    level: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
    part: z.string().optional(),
    content: inlines,
  }),
  /** `lead` is the phrase a paragraph opens with (一是…), set apart by style only; `keep` as of a line. */
  z.strictObject({
    block: z.literal('paragraph'),
    lead: inlines.optional(),
    content: inlines,
    keep: z.boolean().optional(),
  }),
  z.strictObject({
    block: z.literal('table'),
    caption: inlines.optional(),
    columns: z.array(z.strictObject({ share: z.number().positive(), align })).min(1),
    head: z.array(inlines).min(1).optional(),
    rows: z.array(tableRow),
  }),
  /** A line of a form: no indent unless told, `keep` holds it on the page of what follows. */
  z.strictObject({
    block: z.literal('line'),
    content: inlines,
    indent: z.int().min(0).max(20).optional(),
    align: align.optional(),
    keep: z.boolean().optional(),
  }),
  /** A long text as paragraphs; where there is none, so many ruled lines to write on. */
  z.strictObject({ block: z.literal('writing'), field: fieldName, lines: z.int().min(1).max(22) }),
  z.strictObject({ block: z.literal('attachments'), names: z.array(inlines).min(1) }),
  /** `keep` holds it on the page of the line under it. */
  z.strictObject({
    block: z.literal('signature'),
    unit: inlines,
    date: inlines,
    sealed: z.boolean(),
    keep: z.boolean().optional(),
  }),
  z.strictObject({ block: z.literal('note'), content: inlines }),
  z.strictObject({ block: z.literal('blank'), lines: z.int().min(1).max(10) }),
  z.strictObject({ block: z.literal('pageBreak') }),
] as const;

const plainBlock = z.discriminatedUnion('block', plainBlocks);
export type PlainBlock = z.infer<typeof plainBlock>;
export type Block =
  | PlainBlock
  | { block: 'when'; when: Condition; show: Block[]; otherwise?: Block[] | undefined }
  /** Once for every entry of a list, whose fields come before those of the document. */
  | { block: 'each'; of: string; show: Block[] }
  /** Blocks that several templates share. */
  | { block: 'part'; name: string };

const blockSchema: z.ZodType<Block> = z.lazy(() =>
  z.union([
    plainBlock,
    z.strictObject({
      block: z.literal('when'),
      when: conditionSchema,
      show: z.array(blockSchema),
      otherwise: z.array(blockSchema).optional(),
    }),
    z.strictObject({ block: z.literal('each'), of: fieldName, show: z.array(blockSchema) }),
    z.strictObject({ block: z.literal('part'), name: z.string().min(1) }),
  ]),
);

const fieldDefinition = z.strictObject({
  label: z.string().min(1),
  /** A required field that is missing is a finding and a marked gap; another one is just left out. */
  required: z.boolean(),
  hint: z.string().optional(),
});

export const templateSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: z.string().min(1),
  version: z.int().min(1),
  /** The page set-up by name, `official` for GB/T 9704. */
  page: z.string().min(1),
  /** What the rule asks the document to contain; each wants a heading with that `part`. */
  requiredParts: z.array(z.strictObject({ part: z.string().min(1), label: z.string().min(1) })),
  fields: z.record(fieldName, fieldDefinition),
  blocks: z.array(blockSchema).min(1),
  parts: z.record(z.string(), z.array(blockSchema)).optional(),
});
export type DocumentTemplate = z.infer<typeof templateSchema>;
