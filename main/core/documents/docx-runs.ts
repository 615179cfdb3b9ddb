import { BuilderElement, Paragraph, type ParagraphChild, TextRun } from 'docx';
import { runStyle, styleNames } from '#core/documents/docx-styles.ts';
import type { PageSetup, TypefaceName } from '#shared/document/page-setup.ts';
import type { Run } from '#shared/document/resolved.ts';

export interface Writer {
  page: PageSetup;
  /** Content control ids, unique in the file. */
  nextId(): number;
}

export function runs(content: readonly Run[], typeface: TypefaceName, writer: Writer): ParagraphChild[] {
  return content.flatMap((run): ParagraphChild[] => {
    const chosen = run.emphasis === 'kai' || run.emphasis === 'hei' ? run.emphasis : typeface;
    const bold = run.emphasis === 'strong';
    if (run.figure === undefined) {
      return run.text
        .split('\n')
        .map((text, at) => plain(text, chosen, writer.page, bold, at > 0, run.missing));
    }
    return [
      figureControl(run.figure, plain(run.text, chosen, writer.page, bold, false, run.missing), writer),
    ];
  });
}

export function plain(
  text: string,
  typeface: TypefaceName,
  page: PageSetup,
  bold = false,
  broken = false,
  missing?: true,
): TextRun {
  return new TextRun({
    ...runStyle(page, typeface),
    text,
    ...(bold ? { bold, boldComplexScript: true } : {}),
    ...(broken ? { break: 1 } : {}),
    ...(missing ? { highlight: 'yellow' as const } : {}),
  });
}

/** `w:sdt` around one run. The library has no class for it; its child order is that of the schema. */
function figureControl(figure: { code: string; name: string }, run: TextRun, writer: Writer): ParagraphChild {
  const value = (name: string, val: string | number) =>
    new BuilderElement<{ val: string | number }>({ name, attributes: { val: { key: 'w:val', value: val } } });
  const properties = new BuilderElement({
    name: 'w:sdtPr',
    children: [
      value('w:alias', figure.name),
      value('w:tag', figure.code),
      value('w:id', writer.nextId()),
      new BuilderElement({ name: 'w:text' }),
    ],
  });
  const content = new BuilderElement({ name: 'w:sdtContent', children: [run] });
  const control = new BuilderElement({ name: 'w:sdt', children: [properties, content] });
  // The library's list of paragraph children is closed and has no content control; any XML component is written.
  return control as unknown as ParagraphChild;
}

export function blankLine(page: PageSetup, keepNext = false): Paragraph {
  return new Paragraph({ style: styleNames.body, keepNext, children: [plain('', 'body', page)] });
}
