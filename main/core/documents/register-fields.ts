import type { ReadDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import type { StoredRecord } from '#core/ledgers/table.ts';
import type { Fields } from '#shared/document/resolve.ts';
import { asDay, isDay, yearsBetween } from '#shared/domain/day.ts';
import { kindOf } from '#shared/kinds/all.ts';
import type { FieldSpecs, LabelContext } from '#shared/kinds/kind.ts';
import { evaluation } from '#shared/ledgers/correction/evaluation.ts';
import { correction } from '#shared/ledgers/correction/person.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { paperWords as words } from '#shared/text/papers.ts';
import { addressText, dayText, type PaperSource } from './paper-fields.ts';

/**
 * What the papers of a described register can say: every field of the record under its own name, of the person it is about
 * (社区矫正对象) under `person` and that name, and a few that are put together. A code stands as its label; under its name
 * and `Code` it stands as it is, for conditions alone.
 */

const under = (prefix: string) => (field: string) =>
  `${prefix}${field.charAt(0).toUpperCase()}${field.slice(1)}`;
/** A field of the person whom a record is about. */
export const personField = under('person');
/** A field of the row that a paper is made for; those of the record keep their names beside it. */
export const rowField = under('row');

/** Whose fields the papers of a register may name as the person's: those of the record itself, or of the correction. */
export const personLedgerOf = ({ name, partOf }: LedgerSpec): LedgerSpec | null => {
  if (name === correction.name) return correction;
  if (name === evaluation.name) return evaluation;
  return partOf === 'personId' ? correction : null;
};

/** Every field that the papers of a register may name, with what people call it: the register's own labels. */
export function labelsOf(ledger: LedgerSpec): Readonly<Record<string, string>> {
  const person = personLedgerOf(ledger);
  return {
    ...Object.fromEntries(
      Object.entries(person?.fields ?? {}).map(([name, { label }]) => [personField(name), label]),
    ),
    ...Object.fromEntries(
      Object.values(ledger.children).flatMap(({ fields }) =>
        Object.entries(fields).flatMap(([name, { label }]) => [
          [name, label],
          [rowField(name), label],
        ]),
      ),
    ),
    ...Object.fromEntries(Object.entries(ledger.fields).map(([name, { label }]) => [name, label])),
  };
}

type Content = Readonly<Record<string, unknown>>;

/** The fields of a record. */
export function described(
  specs: FieldSpecs,
  content: Content,
  labels: LabelContext,
): Record<string, string | undefined> {
  const said: Record<string, string | undefined> = {};
  for (const [name, spec] of Object.entries(specs)) {
    const value = content[name];
    if (spec.isOff || value === undefined || value === null || value === '' || value === false) continue;
    if (spec.kind === 'code') said[`${name}Code`] = String(value);
    said[name] = isDay(value) ? dayText(value) : kindOf(spec.kind).toText(value as never, spec, labels);
  }
  return said;
}

/** One row of a list, with every field of its description: what it does not say the record must not say for it. */
export function rowSaid(specs: FieldSpecs, row: Content, labels: LabelContext): Record<string, string> {
  const names = Object.entries(specs).flatMap(([name, { kind }]) =>
    kind === 'code' ? [name, `${name}Code`] : [name],
  );
  const said = described(specs, row, labels);
  return Object.fromEntries(names.map((name) => [name, said[name] ?? '']));
}

/** Everything that the papers of a record can say. */
export function recordFields({ db, labels, record, person }: PaperSource): Fields {
  const { ledger, content } = record;
  const who = personLedgerOf(ledger)?.name === ledger.name ? record : (person ?? null);
  const own = described(ledger.fields, content, labels);
  if (content.newAddress)
    own.newAddress = addressText(db, textIn(content, 'newDivision'), String(content.newAddress));
  return {
    fileTitle: record.title,
    ...(who === null ? nameAlone(content) : whoFields(db, labels, who)),
    ...own,
    ...unitFields(db, record.unitId),
  };
}

/** Of a person whose record the account does not see, the event itself says the name. */
const nameAlone = ({ personName }: Content): Fields => ({
  personName: personName ? String(personName) : undefined,
});

const textIn = (content: Content, field: string): string | null => {
  const value = content[field];
  return typeof value === 'string' && value !== '' ? value : null;
};

function whoFields(db: ReadDb, labels: LabelContext, { ledger, content }: StoredRecord): Fields {
  const said = described(ledger.fields, content, labels);
  const address = addressText(db, textIn(content, 'divisionCode'), textIn(content, 'address') ?? '');
  return {
    ...Object.fromEntries(Object.entries(said).map(([name, value]) => [personField(name), value])),
    personSex: words.sexes[String(content.sex ?? '')],
    personAddress: address === '' ? undefined : address,
    personPenaltyText: penaltyText(said.penalty, content),
    personTerm: said.termFrom && said.termTo ? words.fromTo(said.termFrom, said.termTo) : undefined,
    personInjunctionTerm:
      said.injunctionFrom && said.injunctionTo
        ? words.fromTo(said.injunctionFrom, said.injunctionTo)
        : undefined,
  };
}

/** 有期徒刑二年六个月 */
function penaltyText(label: string | undefined, { penaltyMonths }: Content): string | undefined {
  if (label === undefined || typeof penaltyMonths !== 'number') return label;
  return label + words.months(penaltyMonths);
}

type Unit = { name: string; level: string; parent_code: string | null };

/** The station whose record it is, and the county's organ of community correction: the judicial bureau at or above it. */
function unitFields(db: ReadDb, unitId: string): Fields {
  const own = db.get<Unit>(sql`select name, level, parent_code from unit where id = ${unitId}`);
  let at = own;
  while (at && at.level === 'station' && at.parent_code !== null)
    at = db.get<Unit>(sql`select name, level, parent_code from unit where code = ${at.parent_code}`);
  return {
    stationName: own?.level === 'station' ? own.name : undefined,
    organName: at && at.level !== 'station' ? at.name : undefined,
  };
}

/** The age on the day of the paper. */
export function ageOn(person: StoredRecord | null | undefined, day: string | undefined): string | undefined {
  const birth = person?.content.birthOn;
  return isDay(birth) && isDay(day) ? words.age(yearsBetween(asDay(birth), asDay(day))) : undefined;
}
