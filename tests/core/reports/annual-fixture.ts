import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { annualCatalogue } from '#core/statistics/catalogue.ts';
import { type Figure, type IndicatorDefinition, parsePrinted } from '#shared/domain/figures.ts';

/** A year's published figures, and the means to read a written report back. */

export interface Row {
  section: string;
  topic: string;
  indicator: string;
  unit: string;
  printed_value: string;
}

export const rows: Row[] = parse(readFileSync('tests/fixtures/indicators-2023.csv', 'utf8'), {
  columns: true,
});

export const reportIndicators = annualCatalogue().indicators.filter(({ inReport }) => inReport);
export const reportCodes = reportIndicators.map(({ code }) => code);

export const fields2023 = {
  areaName: '金塔县',
  areaWord: '县',
  year: '2023',
  nextYear: '2024',
  addressee: '中共酒泉市委、酒泉市人民政府',
  higherName: '酒泉市',
  unitName: '金塔县人民政府',
  signedOn: '2024年2月28日',
};

export const otherFields = {
  areaName: '青禾区',
  areaWord: '区',
  year: '2031',
  nextYear: '2032',
  addressee: '中共云岭市委、云岭市人民政府',
  higherName: '云岭市',
  unitName: '青禾区人民政府',
  signedOn: '2032年1月9日',
};

/** A hand-entered figure; an unreadable printed form keeps no value. */
export function aFigure(indicator: IndicatorDefinition, printed: string | null): Figure {
  const { code, name, unit, basis, section, topic, suppliedBy, inReport } = indicator;
  const read = printed === null ? null : parsePrinted(printed, unit);
  const value = read?.ok ? read.value : null;
  const qualifier = read?.ok ? read.qualifier : null;
  return {
    code,
    name,
    unit,
    basis,
    section,
    topic,
    suppliedBy,
    inReport,
    definition: indicator.definition,
    uncertain: indicator.uncertain,
    version: indicator.version,
    bases: null,
    value,
    numerator: null,
    denominator: null,
    qualifier,
    printed,
    source: printed === null ? null : 'manual',
    records: 0,
    fromLedger: null,
    manual: value === null || printed === null ? null : { value, printed, qualifier },
  };
}

export const figures2023 = (): Figure[] =>
  reportIndicators.map((indicator, index) => aFigure(indicator, rows[index]?.printed_value ?? null));

export interface WrittenParagraph {
  style: string;
  text: string;
  chapter: string;
  section: string;
  /** Tag and text of the content controls, in order. */
  figures: { code: string; name: string; text: string }[];
}

/** The parts of a .docx as text. */
export function partsOf(docx: Uint8Array): Map<string, string> {
  return new Map(Object.entries(unzipSync(docx)).map(([name, content]) => [name, strFromU8(content)]));
}

/** Reads the paragraphs of a written report with the chapter and sub-section each stands in. */
export function readParagraphs(docx: Uint8Array): WrittenParagraph[] {
  const xml = partsOf(docx).get('word/document.xml') ?? '';
  let chapter = '';
  let section = '';
  return [...xml.matchAll(/<w:p>.*?<\/w:p>/gs)].map(([paragraph]) => {
    const style = /<w:pStyle w:val="([^"]+)"/.exec(paragraph)?.[1] ?? '';
    const text = textIn(paragraph);
    if (style === 'Heading1') [chapter, section] = [text, ''];
    if (style === 'Heading2') section = text;
    const figures = [...paragraph.matchAll(/<w:sdt>(.*?)<\/w:sdt>/gs)].map(([control]) => ({
      code: /<w:tag w:val="([^"]+)"/.exec(control)?.[1] ?? '',
      name: unescapeXml(/<w:alias w:val="([^"]+)"/.exec(control)?.[1] ?? ''),
      text: textIn(control),
    }));
    return { style, text, chapter, section, figures };
  });
}

function textIn(xml: string): string {
  return unescapeXml([...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, text]) => text).join(''));
}

function unescapeXml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
