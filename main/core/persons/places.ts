import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { id, join, sql } from '#core/db/sql.ts';
import type { Registry } from '#core/ledgers/registry.ts';
import { columnOf, type LedgerSpec } from '#shared/ledgers/describe.ts';
import { type PersonRole, type PersonSpec, type PersonValues, partOf } from '#shared/ledgers/persons.ts';
import { identityOf } from './identity.ts';

/**
 * Where a person stands, as one number: source (register and description) ‖ row number of the record ‖ place among
 * the rows. Fits the whole numbers of a double; larger numbers are newer records.
 */
const mostOrdinals = 2 ** 12;
const mostRecords = 2 ** 31;
/** From a source's places to the next one's. */
export const sourceStep = mostRecords * mostOrdinals;

export type Place = { source: number; recordSeq: number; ordinal: number };

/** Null for what lies beyond the bounds (the 4,097th party of one case): it is not in the index. */
export function packPlace({ source, recordSeq, ordinal }: Place): number | null {
  if (ordinal >= mostOrdinals || recordSeq >= mostRecords || source >= 2 ** 9) return null;
  return (source * mostRecords + recordSeq) * mostOrdinals + ordinal;
}

export function unpackPlace(place: number): Place {
  const rest = Math.floor(place / mostOrdinals);
  return {
    source: Math.floor(rest / mostRecords),
    recordSeq: rest % mostRecords,
    ordinal: place % mostOrdinals,
  };
}

export type Source = { seq: number; ledger: LedgerSpec; spec: PersonSpec };

/** The sources that a registry describes, with the numbers they have in this ledger. */
export function readSources(db: ReadDb, registry: Registry): Source[] {
  const rows = db.all<{ seq: number; ledger: string; part: string }>(
    sql`select seq, ledger, part from person_source`,
  );
  return rows.flatMap(({ seq, ledger: name, part }) => {
    const ledger = registry.all.find((one) => one.name === name);
    const spec = ledger?.persons?.find((one) => partOf(one) === part);
    return ledger && spec ? [{ seq, ledger, spec }] : [];
  });
}

export function sourceNumber(db: WriteDb, ledger: LedgerSpec, spec: PersonSpec): number {
  const part = partOf(spec);
  const known = db.value<number>(
    sql`select seq from person_source where ledger = ${ledger.name} and part = ${part}`,
  );
  return known ?? db.insert(sql`insert into person_source (ledger, part) values (${ledger.name}, ${part})`);
}

/** A person at a place, with what is said of the record around. */
export type Found = {
  place: number;
  source: Source;
  ordinal: number;
  recordId: string;
  unitId: string;
  state: string;
  title: string;
  day: string | null;
  number: string | null;
  side: string | null;
  values: PersonValues;
  key: string;
};

type Row = Record<string, string | number | null>;

type Plan = { roles: [PersonRole, string][]; isChild: boolean; text: string };
const plans = new WeakMap<PersonSpec, Plan>();

/** How a person of a source is read: put together once, because a name that many bear has a hundred rows read. */
function planOf(source: Pick<Source, 'ledger' | 'spec'>): Plan {
  const { ledger, spec } = source;
  const known = plans.get(spec);
  if (known) return known;
  const child = spec.child === undefined ? undefined : ledger.children[spec.child];
  const from = child ? sql`p.` : sql`r.`;
  const fields = Object.entries(spec.fields) as [PersonRole, string][];
  const columns = fields.map(([role, field]) => sql`${from}${id(columnOf(field))} as ${id(columnOf(role))}`);
  const side = spec.side === undefined ? sql`null` : sql`${from}${id(columnOf(spec.side))}`;
  const number = ledger.number ? sql`r.${id(columnOf(ledger.number.field))}` : sql`null`;
  const record = sql`r.id as record_id, r.unit_id, r.state, r.title, r.${id(columnOf(ledger.day))} as ledger_day,
    ${number} as ledger_number, ${side} as ledger_side`;
  const { text } = child
    ? sql`select ${record}, ${join(columns)} from ${id(child.table)} p
        join ${id(ledger.table)} r on r.seq = p.record_seq where p.record_seq = ? and p.ordinal = ?`
    : sql`select ${record}, ${join(columns)} from ${id(ledger.table)} r where r.seq = ?`;
  const plan = {
    roles: fields.map(([role]): [PersonRole, string] => [role, columnOf(role)]),
    isChild: child !== undefined,
    text,
  };
  plans.set(spec, plan);
  return plan;
}

/** Reads the person at a place; null where nobody stands there any more or the source is described no longer. */
export function readPlace(db: ReadDb, sources: readonly Source[], place: number): Found | null {
  const at = unpackPlace(place);
  const source = sources.find(({ seq }) => seq === at.source);
  if (!source) return null;
  const { roles, isChild, text: statement } = planOf(source);
  const row = db.get<Row>({
    text: statement,
    values: isChild ? [at.recordSeq, at.ordinal] : [at.recordSeq],
  });
  if (!row) return null;
  const values: PersonValues = {};
  for (const [role, column] of roles) {
    const value = row[column];
    if (typeof value === 'string' && value !== '') values[role] = value;
  }
  if (values.name === undefined) return null;
  const text = (name: string) => (row[name] === null ? null : String(row[name]));
  const recordId = String(row.record_id);
  return {
    place,
    source,
    ordinal: at.ordinal,
    recordId,
    unitId: String(row.unit_id),
    state: String(row.state),
    title: String(row.title),
    day: text('ledger_day'),
    number: text('ledger_number'),
    side: text('ledger_side'),
    values,
    key: identityOf(values, recordId),
  };
}
