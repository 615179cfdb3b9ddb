import type { RecordContent, Scalar } from '#shared/api/types.ts';
import {
  maskAddress,
  maskDay,
  maskIdentityNumber,
  maskName,
  maskNameIn,
  maskNames,
  maskNumbersIn,
  maskPhone,
} from '#shared/domain/masking.ts';
import type { FieldSpec, FieldSpecs, VeilKind } from '#shared/kinds/kind.ts';
import { hiddenText } from '#shared/text/words.ts';
import type { LedgerSpec } from './describe.ts';
import type { PersonSpec } from './persons.ts';

/**
 * What of a record is hidden from whoever has not said why he wants to see it (个人信息保护法 51(三): 去标识化; masks as
 * GB/T 37964-2019). Which fields those are follows from their kind or stands in the description.
 */
export function veilOf(spec: FieldSpec): VeilKind | null {
  if (spec.veil !== undefined) return spec.veil === 'none' ? null : spec.veil;
  if (spec.kind === 'identity') return 'identity';
  if (spec.kind === 'phone') return 'phone';
  return spec.kind === 'note' ? 'hidden' : null;
}

/** The class of a field (个人信息保护法 51(二), 数据安全法 21): 一般, or 敏感 for what is hidden at first. */
export const fieldClass = (spec: FieldSpec): 'ordinary' | 'sensitive' =>
  veilOf(spec) === null ? 'ordinary' : 'sensitive';

const isOrganisation = (kind: unknown) => kind === 'legal' || kind === 'other';

/** The names that a record has of people, in any of its fields; they are masked where they stand in other texts too. */
export function namesIn(ledger: LedgerSpec, content: RecordContent): string[] {
  const names: string[] = [];
  const collect = (fields: FieldSpecs, row: Readonly<Record<string, unknown>>, person: PersonSpec | null) => {
    for (const [name, spec] of Object.entries(fields)) {
      const value = row[name];
      const veil = veilOf(spec);
      if (typeof value !== 'string' || (veil !== 'name' && veil !== 'names')) continue;
      if (isPublic(name, row, person)) continue;
      names.push(...(veil === 'name' ? [value] : value.split(/[、，,；;\s]+/)));
    }
  };
  eachPart(ledger, content, collect);
  return names.filter((name) => name !== '');
}

/** Whether the name in this field is that of an organisation, which is nobody's secret. */
function isPublic(field: string, row: Readonly<Record<string, unknown>>, person: PersonSpec | null): boolean {
  const kind = person?.fields.kind;
  return kind !== undefined && field === person?.fields.name && isOrganisation(row[kind]);
}

type Part = (fields: FieldSpecs, row: Record<string, Scalar>, person: PersonSpec | null) => void;

/** Visits the record itself and each of its rows, with whose fields they are. */
export function eachPart(ledger: LedgerSpec, content: RecordContent, visit: Part): void {
  const personOf = (child: string | undefined) =>
    ledger.persons?.find((spec) => spec.child === child && spec.fields.kind !== undefined) ?? null;
  visit(ledger.fields, content as Record<string, Scalar>, personOf(undefined));
  for (const [name, child] of Object.entries(ledger.children)) {
    const rows = content[name];
    if (Array.isArray(rows)) for (const row of rows) visit(child.fields, row, personOf(name));
  }
}

function veiledValue(veil: VeilKind, value: string, names: readonly string[]): string {
  switch (veil) {
    case 'name':
      return maskName(value);
    case 'names':
      return maskNames(value);
    case 'identity':
      return maskIdentityNumber(value);
    case 'phone':
      return maskPhone(value);
    case 'address':
      return maskAddress(value);
    case 'day':
      return maskDay(value);
    case 'hidden':
      return hiddenText;
    case 'text':
      // Without a name to look for, anybody may stand in it.
      if (names.length === 0) return hiddenText;
      return maskNumbersIn(names.reduce(maskNameIn, value));
    case 'none':
      return value;
  }
}

/** A text that was typed of a record whose names these are. */
export const veiledWords = (text: string, names: readonly string[]): string =>
  veiledValue(
    'text',
    text,
    [...names].sort((one, other) => other.length - one.length),
  );

/** One value alone, without what stands around it: a text that could name anybody is hidden whole. */
export function veiledText(spec: FieldSpec, text: string): string {
  const veil = veilOf(spec);
  return veil === null ? text : veiledValue(veil, text, []);
}

/**
 * A copy of the content in which what is sensitive is masked. It is for reading only: nothing of it may be saved. `others`
 * are names that its texts may speak of besides, such as those of the case that a note belongs to.
 */
export function veiledContent(
  ledger: LedgerSpec,
  content: RecordContent,
  others: readonly string[] = [],
): RecordContent {
  const names = [...namesIn(ledger, content), ...others].sort((one, other) => other.length - one.length);
  const copy: RecordContent = {};
  for (const [name, value] of Object.entries(content))
    copy[name] = Array.isArray(value) ? value.map((row) => ({ ...row })) : value;
  eachPart(ledger, copy, (fields, row, person) => {
    for (const [name, spec] of Object.entries(fields)) {
      const veil = veilOf(spec);
      const value = row[name];
      if (veil === null || typeof value !== 'string' || isPublic(name, row, person)) continue;
      row[name] = veiledValue(veil, value, names);
    }
  });
  return copy;
}

const isMask = (value: unknown) => typeof value === 'string' && (value.includes('*') || value === hiddenText);

/**
 * Where `given` holds the masks of `veiled`; rows may have moved. What the record itself says, with stars in it, is no
 * mask.
 */
export function masksIn(
  ledger: LedgerSpec,
  veiled: RecordContent,
  given: RecordContent,
  stored: RecordContent = {},
): string[] {
  const found: string[] = [];
  const rowsOf = (content: RecordContent, child: string | null) => {
    if (child === null) return [content];
    const rows = content[child];
    return Array.isArray(rows) ? rows : [];
  };
  const look = (fields: FieldSpecs, child: string | null) => {
    const has = (content: RecordContent, field: string, value: unknown) =>
      rowsOf(content, child).some((row) => row[field] === value);
    for (const [at, row] of rowsOf(given, child).entries())
      for (const [field, spec] of Object.entries(fields)) {
        const value = row[field];
        if (veilOf(spec) === null || !isMask(value)) continue;
        if (!has(veiled, field, value) || has(stored, field, value)) continue;
        found.push(child === null ? field : `${child}.${at}.${field}`);
      }
  };
  look(ledger.fields, null);
  for (const [name, child] of Object.entries(ledger.children)) look(child.fields, name);
  return found;
}

/** Whether the title of a record can say who somebody is. */
export function hasVeiledHeadline({ headline, fields, children }: LedgerSpec): boolean {
  const spec =
    'children' in headline ? children[headline.children]?.fields[headline.field] : fields[headline.field];
  return spec !== undefined && veilOf(spec) !== null;
}

/**
 * The description cut down to what a masked title is made of, or null where that takes the whole record: a text may speak
 * of anybody whose name stands in it.
 */
export function headlinePart(ledger: LedgerSpec): LedgerSpec | null {
  const { headline, fields, children, persons } = ledger;
  const child = 'children' in headline ? headline.children : undefined;
  const all = child === undefined ? fields : children[child]?.fields;
  const spec = all?.[headline.field];
  const veil = spec && veilOf(spec);
  if (!all || !spec || veil === 'text' || (child !== undefined && veil !== 'name')) return null;
  const kinds = (persons ?? []).filter((person) => person.child === child).map(({ fields: of }) => of.kind);
  const wanted = new Set([headline.field, ...kinds]);
  const kept = Object.fromEntries(Object.entries(all).filter(([name]) => wanted.has(name)));
  const of = child === undefined ? undefined : children[child];
  return of === undefined || child === undefined
    ? { ...ledger, fields: kept, children: {} }
    : { ...ledger, fields: {}, children: { [child]: { ...of, fields: kept } } };
}
