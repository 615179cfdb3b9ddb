import { z } from 'zod';
import { figureWords } from '#shared/text/figures.ts';

/**
 * Figures of a report: what an indicator counts, what a figure holds, and how a printed figure such as
 * `0.36万人次` or `超过70%` is read into a number without losing how it was printed.
 */

const bases = ['flow', 'stock', 'cumulative', 'rate'] as const;
export type Basis = (typeof bases)[number];

const code = z.string().regex(/^[a-z][A-Za-z0-9]*\.[a-z][A-Za-z0-9]*$/);
const filterValue = z.union([z.string(), z.number(), z.boolean()]);

const measureSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('count') }),
  z.strictObject({ kind: z.literal('sum'), field: z.string() }),
  z.strictObject({ kind: z.literal('distinct'), field: z.string() }),
]);

/** A ledger source is a flow (`date` falls in the period) or a stock (`stockFrom`/`stockTo` at its end). */
const ledgerSourceSchema = z.strictObject({
  kind: z.literal('ledger'),
  ledger: z.string(),
  date: z.string().optional(),
  stockFrom: z.string().optional(),
  stockTo: z.string().optional(),
  where: z.record(z.string(), z.union([filterValue, z.array(filterValue).min(1)])).optional(),
  except: z.record(z.string(), z.union([filterValue, z.array(filterValue).min(1)])).optional(),
  measure: measureSchema,
  addsUp: z.boolean(),
});
export type LedgerSource = z.infer<typeof ledgerSourceSchema>;

const sourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('manual') }),
  z.strictObject({ kind: z.literal('base'), of: z.enum(['village', 'community', 'station']) }),
  ledgerSourceSchema,
  // Records that any of these counts, each once. All of them count records of one ledger.
  z.strictObject({ kind: z.literal('anyOf'), of: z.array(code).min(1) }),
  // What it is divided by may be the bureau's to choose: `denominator` until it did.
  z.strictObject({
    kind: z.literal('ratio'),
    numerator: code,
    denominator: code,
    choices: z.array(code).min(2).optional(),
  }),
]);

const indicatorSchema = z.strictObject({
  code,
  version: z.int().min(1),
  name: z.string().min(1),
  unit: z.string().min(1),
  basis: z.enum(bases),
  section: z.string().min(1),
  topic: z.string().min(1),
  suppliedBy: z.string().min(1),
  /** What is counted, in words. */
  definition: z.string().min(4),
  /** What no source settles about the definition, to be fixed by the bureau; null where nothing is open. */
  uncertain: z.string().nullable(),
  /** False for a supporting indicator that no sentence of the report prints. */
  inReport: z.boolean(),
  source: sourceSchema,
});
export type IndicatorDefinition = z.infer<typeof indicatorSchema>;

export const catalogueSchema = z
  .strictObject({
    name: z.string().min(1),
    title: z.string().min(1),
    version: z.int().min(1),
    indicators: z.array(indicatorSchema).min(1),
  })
  .superRefine((catalogue, context) => {
    const codes = new Set<string>();
    for (const [index, indicator] of catalogue.indicators.entries()) {
      const path = ['indicators', index, 'code'];
      if (codes.has(indicator.code)) context.addIssue({ code: 'custom', path, message: 'code used twice' });
      codes.add(indicator.code);
    }
    for (const [index, { source }] of catalogue.indicators.entries()) {
      const path = ['indicators', index, 'source'];
      if (restsOn(source).some((one) => !codes.has(one))) {
        context.addIssue({ code: 'custom', path, message: 'rests on an unknown indicator' });
      }
      if (source.kind === 'ratio' && source.choices?.includes(source.denominator) === false) {
        context.addIssue({ code: 'custom', path, message: 'the denominator is none of the choices' });
      }
      if (source.kind === 'anyOf' && !isOfOneLedger(source.of, catalogue.indicators)) {
        context.addIssue({ code: 'custom', path, message: 'not all count records of one ledger' });
      }
      if (source.kind === 'ledger' && (source.date === undefined) === (source.stockFrom === undefined)) {
        context.addIssue({ code: 'custom', path, message: 'a ledger source is either a flow or a stock' });
      }
    }
  });

/** The indicators whose records or values another one is made of. */
export function restsOn(source: IndicatorDefinition['source']): readonly string[] {
  if (source.kind === 'anyOf') return source.of;
  return source.kind === 'ratio' ? [source.numerator, source.denominator, ...(source.choices ?? [])] : [];
}

function isOfOneLedger(codes: readonly string[], indicators: readonly IndicatorDefinition[]): boolean {
  const parts = indicators.filter((one) => codes.includes(one.code)).map(({ source }) => source);
  const ledgers = parts.map((source) =>
    source.kind === 'ledger' && source.measure.kind === 'count' ? source.ledger : null,
  );
  return ledgers[0] !== null && new Set(ledgers).size === 1;
}

export type IndicatorCatalogue = z.infer<typeof catalogueSchema>;

/** How the letter of a published indicator table (F, S, C, R, F/S) names a basis; null when unknown. */
export function basisOfLetter(letter: string): Basis | null {
  const known: Record<string, Basis> = { F: 'flow', S: 'stock', C: 'cumulative', R: 'rate', 'F/S': 'stock' };
  return known[letter.trim().toUpperCase()] ?? null;
}

export interface Figure {
  code: string;
  name: string;
  unit: string;
  basis: Basis;
  section: string;
  topic: string;
  suppliedBy: string;
  /** False for a supporting figure that no sentence of the report prints. */
  inReport: boolean;
  /** In the indicator's unit: 3600 for `0.36万人次`, 150 for `150万元` in 万元, 18.62 for `18.62%`. */
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  qualifier: string | null;
  /** The text that a document prints, verbatim, unit included. */
  printed: string | null;
  source: 'ledger' | 'base' | 'computed' | 'manual' | null;
  /** What is counted, in words, what is open about it, and the edition of the definition. */
  definition: string;
  uncertain: string | null;
  version: number;
  /** Of a rate whose denominator the bureau chooses: what it may be, and what it is. */
  bases: { chosen: string; choices: readonly { code: string; name: string }[] } | null;
  /** How many records stand behind the figure. */
  records: number;
  fromLedger: { value: number; printed: string } | null;
  manual: { value: number; printed: string; qualifier: string | null } | null;
}

/** Where everything stood in a printed figure; `printFigure` puts it back there. */
export interface PrintedForm {
  before: string;
  between: string;
  /** `3200余万元` has the word before the scale, `5万余人` after it. */
  betweenFirst: boolean;
  after: string;
  /** The scale word as printed, '' for none. In a unit such as 万元 the scale may be the unit's own. */
  scale: string;
  decimals: number;
  /** With thousands separators. */
  grouped: boolean;
}

export const plainForm: PrintedForm = {
  before: '',
  between: '',
  betweenFirst: false,
  after: '',
  scale: '',
  decimals: 0,
  grouped: false,
};

export type PrintedProblem =
  | 'empty'
  | 'noNumber'
  | 'negative'
  | 'severalNumbers'
  | 'unitMissing'
  | 'unitMismatch'
  | 'notWhole'
  | 'unreadable';

export type ParsedFigure =
  | { ok: true; value: number; qualifier: string | null; form: PrintedForm }
  | { ok: false; problem: PrintedProblem };

/**
 * Reads a printed figure. `unit` is the indicator's unit; the value comes back in that unit. A form that is
 * not understood gives a named problem, never a guess.
 */
export function parsePrinted(printed: string, unit: string): ParsedFigure {
  const text = toHalfWidth(printed).replace(/\s+/g, '');
  if (text === '') return { ok: false, problem: 'empty' };
  const before = figureWords.before.find((word) => text.startsWith(word)) ?? '';
  const rest = text.slice(before.length);
  if (figureWords.minus.some((sign) => rest.startsWith(sign))) return { ok: false, problem: 'negative' };
  const number = /^(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?/.exec(rest)?.[0];
  if (number === undefined) return { ok: false, problem: /\d/.test(rest) ? 'unreadable' : 'noNumber' };
  const tail = rest.slice(number.length);
  if (/\d/.test(tail)) return { ok: false, problem: 'severalNumbers' };
  const read = readTail(tail, toHalfWidth(unit));
  if (typeof read === 'string') return { ok: false, problem: read };
  const digits = number.replaceAll(',', '');
  const value = Number(shiftPoint(digits, powerOf(read.scale) - unitPower(unit)));
  if (!Number.isInteger(value) && !mayBeFractional(unit)) return { ok: false, problem: 'notWhole' };
  const form: PrintedForm = {
    ...read,
    before,
    decimals: digits.split('.')[1]?.length ?? 0,
    grouped: number.includes(','),
  };
  return { ok: true, value, qualifier: before + read.between + read.after || null, form };
}

/**
 * Prints a value that is given in `unit`. With the form that `parsePrinted` returned it gives back the same
 * text; without one, whole numbers plainly and fractions with the decimals asked for (two for a rate).
 */
export function printFigure(value: number, unit: string, form: Partial<PrintedForm> = {}): string {
  if (value < 0) return `-${printFigure(-value, unit, form)}`;
  const decimals = form.decimals ?? (Number.isInteger(value) && unit !== '%' ? 0 : 2);
  const full = { ...plainForm, scale: ownScale(unit), ...form, decimals };
  const scaled = roundText(shiftPoint(plainNumber(value), unitPower(unit) - powerOf(full.scale)), decimals);
  const [whole = '0', fraction] = scaled.split('.');
  const grouped = full.grouped ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole;
  const number = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  const words = full.betweenFirst ? full.between + full.scale : full.scale + full.between;
  return full.before + number + words + baseUnit(unit) + full.after;
}

function readTail(
  tail: string,
  unit: string,
): Omit<PrintedForm, 'before' | 'decimals' | 'grouped'> | PrintedProblem {
  const early = figureWords.between.find((word) => tail.startsWith(word)) ?? '';
  const afterEarly = tail.slice(early.length);
  const scale = figureWords.scales.find(([word]) => afterEarly.startsWith(word))?.[0] ?? '';
  const afterScale = afterEarly.slice(scale.length);
  const late = early === '' ? (figureWords.between.find((word) => afterScale.startsWith(word)) ?? '') : '';
  const unitAndAfter = afterScale.slice(late.length);
  const after = figureWords.after.find((word) => unitAndAfter.endsWith(word)) ?? '';
  const printedUnit = unitAndAfter.slice(0, unitAndAfter.length - after.length);
  if (printedUnit === '') return 'unitMissing';
  if (printedUnit !== baseUnit(unit)) return 'unitMismatch';
  return { between: early || late, betweenFirst: early !== '' && scale !== '', after, scale };
}

/** 万元 counts in ten-thousands of 元: its own scale is 万, its base unit 元. */
function ownScale(unit: string): string {
  const scale = figureWords.scales.find(([word]) => unit.startsWith(word) && unit.length > word.length);
  return scale?.[0] ?? '';
}

function baseUnit(unit: string): string {
  return toHalfWidth(unit).slice(ownScale(unit).length);
}

function unitPower(unit: string): number {
  return powerOf(ownScale(unit));
}

function powerOf(scale: string): number {
  return figureWords.scales.find(([word]) => word === scale)?.[1] ?? 0;
}

function mayBeFractional(unit: string): boolean {
  return figureWords.fractional.some((one) => one === unit || one === baseUnit(unit));
}

/** Moves the decimal point of a decimal text by `places`, exactly: 0.28 × 10⁴ in floating point is not 2800. */
function shiftPoint(decimal: string, places: number): string {
  const [whole = '0', fraction = ''] = decimal.split('.');
  const point = whole.length + places;
  const padded = (whole + fraction).padEnd(point, '0');
  const [digits, at] = point <= 0 ? ['0'.repeat(1 - point) + padded, 1] : [padded, point];
  const head = digits.slice(0, at).replace(/^0+(?=\d)/, '');
  const end = digits.slice(at);
  return end === '' ? head : `${head}.${end}`;
}

/** A decimal text without exponent: 1e21 and 1e-7 would print themselves otherwise. */
function plainNumber(value: number): string {
  const text = String(value);
  const [mantissa = '0', exponent] = text.split('e');
  return exponent === undefined ? text : shiftPoint(mantissa, Number(exponent));
}

/** Rounds a decimal text half up to `decimals` places, on the digits. */
function roundText(decimal: string, decimals: number): string {
  const [whole = '0', fraction = ''] = decimal.split('.');
  const kept = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
  const up = Number(fraction[decimals] ?? '0') >= 5 ? 1n : 0n;
  const digits = String(kept + up).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

function toHalfWidth(text: string): string {
  return text.replace(/[０-９％．，－]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0));
}
