import {
  BookmarkEnd,
  BookmarkStart,
  BuilderElement,
  Paragraph,
  type ParagraphChild,
  SimpleField,
  TextRun,
  UnderlineType,
} from 'docx';
import { endMark } from '#core/documents/docx-sections.ts';
import { runStyle, styleNames } from '#core/documents/docx-styles.ts';
import type { Picture } from '#core/documents/scans.ts';
import type { PageSetup, TypefaceName } from '#shared/document/page-setup.ts';
import type { Run } from '#shared/document/resolved.ts';

export interface Writer {
  page: PageSetup;
  /** Content control ids, unique in the file. */
  nextId(): number;
  /** Pictures by the attachment that they are. */
  pictures: ReadonlyMap<string, Picture>;
  /** Name of the section that the next paragraph begins; null once it is written. */
  section: string | null;
}

export function runs(content: readonly Run[], typeface: TypefaceName, writer: Writer): ParagraphChild[] {
  return content.flatMap((run): ParagraphChild[] => {
    const chosen = run.emphasis === 'kai' || run.emphasis === 'hei' ? run.emphasis : typeface;
    const look: Look = {
      bold: run.emphasis === 'strong',
      missing: run.missing === true,
      isRoom: run.isRoom === true,
    };
    if (run.pageOf !== undefined) {
      const mark = run.isEnd ? endMark(run.pageOf) : run.pageOf;
      return [new SimpleField(`PAGEREF ${mark}`, run.text)];
    }
    if (run.figure === undefined) {
      return run.text
        .split('\n')
        .map((text, at) => plain(text, chosen, writer.page, { ...look, broken: at > 0 }));
    }
    return [figureControl(run.figure, plain(run.text, chosen, writer.page, look), writer)];
  });
}

export type Look = { bold?: boolean; broken?: boolean; missing?: boolean; isRoom?: boolean };

export function plain(text: string, typeface: TypefaceName, page: PageSetup, look: Look = {}): TextRun {
  return new TextRun({
    ...runStyle(page, typeface),
    text,
    ...(look.bold ? { bold: true, boldComplexScript: true } : {}),
    ...(look.broken ? { break: 1 } : {}),
    ...(look.missing ? { highlight: 'yellow' as const } : {}),
    ...(look.isRoom ? { underline: { type: UnderlineType.SINGLE } } : {}),
  });
}

/** The children of a section's first paragraph carry its name, for page numbers to point at. */
export function named(children: ParagraphChild[], writer: Writer): ParagraphChild[] {
  const { section } = writer;
  if (section === null) return children;
  writer.section = null;
  // Not the library's Bookmark: its numbers run on from file to file, and the same document must give the same bytes.
  const id = writer.nextId();
  const mark = [new BookmarkStart(section, id), ...children, new BookmarkEnd(id)];
  return mark as ParagraphChild[];
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
