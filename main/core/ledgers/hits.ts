import type { ReadDb } from '#core/db/connection.ts';
import { id, join, type Sql, sql } from '#core/db/sql.ts';
import type { Hit, Scalar } from '#shared/api/types.ts';
import { foldForSearch } from '#shared/domain/search-text.ts';
import { kindOf } from '#shared/kinds/all.ts';
import type { FieldSpec, FieldSpecs, LabelContext } from '#shared/kinds/kind.ts';
import { columnOf, type LedgerSpec } from '#shared/ledgers/describe.ts';
import { lookedUpBy } from '#shared/ledgers/persons.ts';
import { veiledText, veilOf } from '#shared/ledgers/veil.ts';
import { commonText } from '#shared/text/window.ts';
import type { NameReader } from './name-reader.ts';
import type { Registry } from './registry.ts';
import { fromColumn, type TableRow } from './table.ts';
import type { Veil } from './veil.ts';

/** A document of the index: the record that stands behind a hit. */
export type FoundDoc = { ledger: string; record_id: string };

export type HitContext = {
  labels: LabelContext;
  names: Pick<NameReader, 'readings' | 'mayRead'>;
  /** For a session that sees no names. */
  veil: Veil | null;
};

type Sought = { name: string; column: string; spec: FieldSpec; isPerson: boolean };
type ChildPlan = { statement: Sql; fields: Sought[] };
type Plan = { columns: Sql; fields: Sought[]; children: ChildPlan[] };

const plans = new WeakMap<LedgerSpec, Plan>();

/** What a hit needs of a register: what it is called by, and the fields in which something can be found. */
function planOf(ledger: LedgerSpec): Plan {
  const known = plans.get(ledger);
  if (known) return known;
  const fields = soughtIn(ledger.fields, personFieldsOf(ledger, undefined));
  const shown = [ledger.day, ledger.number?.field, ledger.partOf]
    .flatMap((field) => field ?? [])
    .map(columnOf);
  const columns = [...new Set(['seq', 'id', 'title', ...shown, ...fields.map(({ column }) => column)])];
  const plan = {
    columns: join(columns.map(id)),
    fields,
    children: Object.entries(ledger.children).flatMap(([name, child]) => {
      const wanted = soughtIn(child.fields, personFieldsOf(ledger, name));
      if (wanted.length === 0) return [];
      const names = join(['record_seq', ...wanted.map(({ column }) => column)].map(id));
      return [{ statement: sql`select ${names} from ${id(child.table)}`, fields: wanted }];
    }),
  };
  plans.set(ledger, plan);
  return plan;
}

function soughtIn(fields: FieldSpecs, persons: ReadonlySet<string>): Sought[] {
  return Object.entries(fields)
    .filter(([, spec]) => spec.search)
    .map(([name, spec]) => ({ name, spec, column: columnOf(name), isPerson: persons.has(name) }));
}

/** The fields by which somebody is looked up, of a child's rows or of the record itself. */
const personFieldsOf = (ledger: LedgerSpec, child: string | undefined): ReadonlySet<string> =>
  new Set(
    (ledger.persons ?? [])
      .filter((spec) => spec.child === child)
      .flatMap(({ fields }) => lookedUpBy.flatMap((role) => fields[role] ?? [])),
  );

/**
 * Hits in the order of the documents. One statement a register and one for each of its kinds of rows, whatever the
 * number of hits: record by record, with every column, the same fifty took most of the time of a search.
 */
export function hitsOf(
  db: ReadDb,
  registry: Registry,
  docs: readonly FoundDoc[],
  words: readonly string[],
  context: HitContext,
): Hit[] {
  const byLedger = new Map<string, string[]>();
  for (const doc of docs) byLedger.set(doc.ledger, [...(byLedger.get(doc.ledger) ?? []), doc.record_id]);
  const found = new Map<string, Hit>();
  for (const [name, ids] of byLedger) {
    const ledger = registry.find(name);
    for (const hit of hitsIn(db, registry, ledger, ids, words, context)) found.set(hit.id, hit);
  }
  return docs.flatMap(({ record_id }) => found.get(record_id) ?? []);
}

const numberColumn = (ledger: LedgerSpec) => ledger.number && columnOf(ledger.number.field);
const titleIn = (number: string | undefined, row: TableRow) =>
  [number && row[number], row.title].filter(Boolean).join(' ');

/** What the records are called that these are parts of, by their ids. */
function wholesOf(
  db: ReadDb,
  registry: Registry,
  ledger: LedgerSpec,
  rows: readonly TableRow[],
  veil: Veil | null,
): ReadonlyMap<unknown, string> {
  const field = ledger.partOf;
  if (field === undefined || rows.length === 0) return new Map();
  const whole = registry.find(ledger.fields[field]?.ref ?? '');
  const number = numberColumn(whole);
  const ids = JSON.stringify(rows.map((row) => row[columnOf(field)]));
  const columns = join(['id', 'title', ...(number ? [number] : [])].map(id));
  const found = db.all<TableRow>(sql`select ${columns} from ${id(whole.table)}
    where id in (select value from json_each(${ids}))`);
  const titles = veil?.titles(
    whole.name,
    found.map((row) => String(row.id)),
  );
  const shown = (row: TableRow) => (titles ? { ...row, title: titles.get(String(row.id)) ?? '' } : row);
  return new Map(found.map((row) => [row.id, titleIn(number, shown(row))]));
}

function hitsIn(
  db: ReadDb,
  registry: Registry,
  ledger: LedgerSpec,
  ids: readonly string[],
  words: readonly string[],
  context: HitContext,
): Hit[] {
  const plan = planOf(ledger);
  // A list as one parameter keeps the statement the same, and with it its place among the prepared ones.
  const rows = db.all<TableRow>(sql`select ${plan.columns} from ${id(ledger.table)}
    where id in (select value from json_each(${JSON.stringify(ids)}))`);
  const seqs = JSON.stringify(rows.map(({ seq }) => seq));
  const parts = new Map<unknown, Place[]>();
  for (const { statement, fields } of plan.children) {
    for (const row of db.all<TableRow>(sql`${statement}
      where record_seq in (select value from json_each(${seqs})) order by record_seq, ordinal`)) {
      const places = parts.get(row.record_seq) ?? [];
      places.push([fields, row]);
      parts.set(row.record_seq, places);
    }
  }
  const number = numberColumn(ledger);
  const wholes = wholesOf(db, registry, ledger, rows, context.veil);
  const titles = context.veil?.titles(ledger.name, ids);
  return rows.map((row) => ({
    ledger: ledger.name,
    id: String(row.id),
    title: titleIn(number, titles ? { ...row, title: titles.get(String(row.id)) ?? '' } : row),
    whole: ledger.partOf === undefined ? null : (wholes.get(row[columnOf(ledger.partOf)]) ?? null),
    ...matchedIn([...(parts.get(row.seq) ?? []), [plan.fields, row]], words, context),
    day: (row[columnOf(ledger.day)] as string | null) ?? null,
  }));
}

type Place = [fields: readonly Sought[], row: TableRow];
type Text = { spec: FieldSpec; text: string; isPerson: boolean };

/** For every word the first field in which it stands or whose name is read so, with a little of what is around it. */
function matchedIn(
  places: readonly Place[],
  words: readonly string[],
  context: HitContext,
): Pick<Hit, 'matched' | 'isPerson'> {
  const texts: Text[] = [];
  for (const [fields, row] of places) {
    for (const { spec, column, isPerson } of fields) {
      const value: Scalar = fromColumn(row[column], spec.kind === 'flag');
      if (value === null) continue;
      texts.push({ spec, isPerson, text: kindOf(spec.kind).toText(value, spec, context.labels) });
    }
  }
  const found = words.flatMap((word) => {
    const text = textFor(texts, word, context);
    return text
      ? [
          {
            isPerson: text.isPerson,
            shown: text.spec.label + commonText.colon + shownOf(text, word, context),
          },
        ]
      : [];
  });
  return {
    matched: [...new Set(found.map(({ shown }) => shown))].join(commonText.semicolon),
    isPerson: found.some(({ isPerson }) => isPerson),
  };
}

/** What is around the word; of what is hidden at first its mask, or nothing where the word itself would tell. */
function shownOf({ spec, text }: Text, word: string, { veil }: HitContext): string {
  return veil === null || veilOf(spec) === null ? around(text, word) : veiledText(spec, text);
}

const latin = /[a-z]/;
const letters = /^[a-z]+$/;

function textFor(texts: readonly Text[], word: string, context: HitContext): Text | undefined {
  // As written it nearly always stands there; folding every text of every hit would cost more than the search.
  const hasCase = latin.test(word);
  const plain = texts.find(({ text }) => (hasCase ? text.toLowerCase() : text).includes(word));
  if (plain) return plain;
  if (letters.test(word)) {
    const read = texts.filter(
      ({ spec, text }) => spec.search === 'name' && context.names.mayRead(text, word),
    );
    const isRead = ({ text }: Text) =>
      context.names.readings(text).some((reading) => reading.startsWith(word));
    const meant = read.length > 1 ? (read.find(isRead) ?? read[0]) : read[0];
    if (meant) return meant;
  }
  return texts.find(({ text }) => foldForSearch(text).includes(word));
}

const mostShown = 40;
const before = 12;

function around(text: string, word: string): string {
  if (text.length <= mostShown) return text;
  const at = text.toLowerCase().indexOf(word);
  const from = Math.max(0, (at < 0 ? 0 : at) - before);
  const part = text.slice(from, from + mostShown).replace(/\s+/g, ' ');
  return `${from > 0 ? '…' : ''}${part}${from + mostShown < text.length ? '…' : ''}`;
}
