import type { z } from 'zod';
import type { ReadDb } from '#core/db/connection.ts';
import { id, sql } from '#core/db/sql.ts';
import type { ListInput } from '#shared/api/inputs.ts';
import type { Page, Row, Scalar } from '#shared/api/types.ts';
import type { DecidedMapping } from '#shared/domain/code-mapping.ts';
import type { FieldSpec } from '#shared/kinds/kind.ts';
import { columnOf, type LedgerSpec } from '#shared/ledgers/describe.ts';
import { countWanted } from './list-count.ts';
import { listFields, pageOf, rowsOf } from './list-page.ts';
import { chosenMappings, fieldsBehind, publishedOfRow } from './published.ts';
import { type Registry, titleOf } from './registry.ts';
import { everything, isSeenRow, partsWithin, type Seen } from './seen.ts';
import { fromColumn } from './table.ts';

type Query = z.infer<typeof ListInput>;

const pageSize = 100;

export function listRecords(
  db: ReadDb,
  registry: Registry,
  query: Query,
  known: readonly DecidedMapping[],
  seen: Seen = everything,
): Page {
  const ledger = registry.find(query.ledger);
  const fields = listFields(ledger);
  const wanted = countWanted(db, ledger, partsWithin(registry, ledger, query.filter, seen), query.filter);
  const sort = query.sort ?? { field: ledger.day, descending: true };
  const place = { sort, offset: query.offset ?? 0, limit: query.limit ?? pageSize };
  const page = pageOf(db, ledger, wanted, place);
  const titles: Record<string, string> = {};
  const mappings = chosenMappings(known, ledger, query.mappings ?? []);
  const published: Page['published'] = {};
  const rows = rowsOf(db, ledger, page, fieldsBehind(mappings)).map((row) => {
    const out: Row = {
      id: String(row.id),
      version: Buffer.from(row.version as Uint8Array).toString('hex'),
      state: String(row.state),
      unitId: String(row.unit_id),
      title: String(row.title),
    };
    for (const field of fields) {
      const spec = ledger.fields[field] as FieldSpec;
      const value: Scalar = fromColumn(row[columnOf(field)], spec.kind === 'flag');
      out[field] = value;
      if (spec.kind === 'ref' && typeof value === 'string' && titles[value] === undefined) {
        titles[value] = titleOf(db, registry, spec.ref ?? '', value) ?? '';
      }
    }
    if (mappings.length > 0)
      published[out.id] = Object.fromEntries(
        mappings.map((mapping) => [mapping.mapping, publishedOfRow(ledger, mapping, row)]),
      );
    return out;
  });
  return { rows, total: wanted.total, titles, ...(mappings.length > 0 ? { published } : {}) };
}

/** Titles by id, of what is seen. */
export function titlesWithin(
  db: ReadDb,
  registry: Registry,
  ledger: LedgerSpec,
  ids: readonly string[],
  seen: Seen,
): Record<string, string> {
  const isSeen = isSeenRow(registry, ledger, seen);
  const rows = db.all<{ id: string; title: string }>(sql`select id, title from ${id(ledger.table)}
    where id in (select value from json_each(${JSON.stringify(ids)}))
    ${isSeen === null ? sql`` : sql`and ${isSeen}`}`);
  return Object.fromEntries(rows.map((row) => [row.id, row.title]));
}
