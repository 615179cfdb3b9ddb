import type { ReadDb } from '#core/db/connection.ts';
import { id, join, sql } from '#core/db/sql.ts';
import type { Page, RecordContent, Row } from '#shared/api/types.ts';
import type { FieldSpecs } from '#shared/kinds/kind.ts';
import { headlineOf } from '#shared/ledgers/content.ts';
import { columnOf, type LedgerSpec } from '#shared/ledgers/describe.ts';
import {
  hasVeiledHeadline,
  headlinePart,
  namesIn,
  veiledContent,
  veiledWords,
  veilOf,
} from '#shared/ledgers/veil.ts';
import type { Registry } from './registry.ts';
import { contentOf, type TableRow } from './table.ts';

/** What somebody who has not said why he looks is shown of records, wherever they come up. */
export type Veil = {
  content(ledger: LedgerSpec, content: RecordContent): RecordContent;
  /** A record's title, by its register and id. */
  title(ledger: string, recordId: string): string | null;
  /** What somebody typed of a record elsewhere: its names and numbers masked, whole where none is known. */
  text(ledger: string, recordId: string, text: string): string;
  /** Titles of several records of a register, by id. */
  titles(ledger: string, recordIds: readonly string[]): Map<string, string>;
  page(ledger: LedgerSpec, page: Page): Page;
  /** Rows of the register's table, with their ids, for a printed list. */
  tableRows(ledger: LedgerSpec, rows: readonly TableRow[]): TableRow[];
};

/** The kinds of rows of a register in which names stand. */
const withNames = (ledger: LedgerSpec) =>
  Object.entries(ledger.children).filter(([, { fields }]) =>
    Object.values(fields).some((spec) => veilOf(spec) === 'name'),
  );

const parts = new Map<LedgerSpec, LedgerSpec>();

/** A search shows fifty titles: made of their whole records they took six times as long as the search itself. */
function titlePart(ledger: LedgerSpec): LedgerSpec {
  const known = parts.get(ledger);
  if (known) return known;
  const part = headlinePart(ledger) ?? ledger;
  parts.set(ledger, part);
  return part;
}

const columnsOf = (fields: FieldSpecs, besides: readonly string[]) =>
  join([...besides, ...Object.keys(fields).map(columnOf)].map(id));

export function createVeil(db: ReadDb, registry: Registry): Veil {
  /** As much of records as their titles and names are made of. */
  function contents(ledger: LedgerSpec, recordIds: readonly string[]): Map<string, RecordContent> {
    const wanted = sql`select value from json_each(${JSON.stringify(recordIds)})`;
    const rows = db.all<TableRow>(
      sql`select ${columnsOf(ledger.fields, ['id', 'seq'])} from ${id(ledger.table)} where id in (${wanted})`,
    );
    const found = new Map(
      rows.map((row) => [String(row.id), contentOf(ledger.fields, row) as RecordContent]),
    );
    const bySeq = new Map(rows.map((row) => [Number(row.seq), String(row.id)]));
    for (const [name, { table, fields }] of withNames(ledger)) {
      const parts = db.all<TableRow>(sql`select ${columnsOf(fields, ['record_seq'])} from ${id(table)}
        where record_seq in (select value from json_each(${JSON.stringify([...bySeq.keys()])}))
        order by record_seq, ordinal`);
      for (const part of parts) {
        const content = found.get(bySeq.get(Number(part.record_seq)) ?? '');
        if (!content) continue;
        content[name] = [
          ...((content[name] as Record<string, never>[]) ?? []),
          contentOf(fields, part) as never,
        ];
      }
    }
    return found;
  }

  /** Names in the records that these point at: a note speaks of the parties of its case. */
  function othersOf(ledger: LedgerSpec, all: readonly RecordContent[]): Map<RecordContent, string[]> {
    const names = new Map<RecordContent, string[]>(all.map((content) => [content, []]));
    for (const [field, spec] of Object.entries(ledger.fields)) {
      const target = spec.kind === 'ref' ? registry.find(spec.ref ?? '') : null;
      if (!target?.persons?.some(({ child }) => child !== undefined)) continue;
      const ids = all.map((content) => content[field]).filter((value) => typeof value === 'string');
      const known = contents(target, ids as string[]);
      for (const content of all) {
        const other = known.get(String(content[field] ?? ''));
        if (other) names.get(content)?.push(...namesIn(target, other));
      }
    }
    return names;
  }

  function titles(name: string, recordIds: readonly string[]): Map<string, string> {
    const ledger = registry.find(name);
    if (!hasVeiledHeadline(ledger)) {
      const rows = db.all<{ id: string; title: string }>(sql`select id, title from ${id(ledger.table)}
        where id in (select value from json_each(${JSON.stringify(recordIds)}))`);
      return new Map(rows.map((row) => [row.id, row.title]));
    }
    return new Map(
      [...veiledBy(titlePart(ledger), recordIds)].map(([recordId, { title }]) => [recordId, title]),
    );
  }

  return {
    titles,
    title: (name, recordId) => titles(name, [recordId]).get(recordId) ?? null,
    text(name, recordId, text) {
      if (text === '') return text;
      const ledger = registry.find(name);
      const content = contents(ledger, [recordId]).get(recordId);
      const names = content
        ? [...namesIn(ledger, content), ...(othersOf(ledger, [content]).get(content) ?? [])]
        : [];
      return veiledWords(text, names);
    },
    content(ledger, content) {
      return veiledContent(ledger, content, othersOf(ledger, [content]).get(content) ?? []);
    },
    page(ledger, page) {
      const { rows, titles: others } = page;
      const shown = veiledBy(
        ledger,
        rows.map((row) => row.id),
      );
      const veiled = rows.map((row): Row => {
        const { title = '', content = {} } = shown.get(row.id) ?? {};
        const out: Row = { ...row, title };
        for (const field of Object.keys(content))
          if (field in out) out[field] = content[field] as Row[string];
        return out;
      });
      return { ...page, rows: veiled, titles: veiledRefs(ledger, others) };
    },
    tableRows(ledger, rows) {
      const shown = veiledBy(
        ledger,
        rows.map((row) => String(row.id)),
      );
      return rows.map((row) => {
        const { title = '', content = {} } = shown.get(String(row.id)) ?? {};
        const out: TableRow = { ...row, title };
        for (const [field, spec] of Object.entries(ledger.fields)) {
          const value = content[field];
          if (veilOf(spec) !== null && typeof value === 'string') out[columnOf(field)] = value;
        }
        return out;
      });
    },
  };

  /** Title and masked content of each record. */
  function veiledBy(
    ledger: LedgerSpec,
    recordIds: readonly string[],
  ): Map<string, { title: string; content: RecordContent }> {
    const known = contents(ledger, recordIds);
    const names = othersOf(ledger, [...known.values()]);
    return new Map(
      [...known].map(([recordId, content]) => {
        const veiled = veiledContent(ledger, content, names.get(content) ?? []);
        return [recordId, { title: headlineOf(ledger, veiled), content: veiled }];
      }),
    );
  }

  function veiledRefs(ledger: LedgerSpec, others: Record<string, string>): Record<string, string> {
    const out = { ...others };
    for (const spec of Object.values(ledger.fields)) {
      if (spec.kind !== 'ref' || !hasVeiledHeadline(registry.find(spec.ref ?? ''))) continue;
      for (const [recordId, title] of titles(spec.ref ?? '', Object.keys(others))) out[recordId] = title;
    }
    return out;
  }
}
