import type { ReadDb } from '#core/db/connection.ts';
import { id, sql } from '#core/db/sql.ts';
import type { CodeUse } from '#shared/domain/code-edition.ts';
import type { Day } from '#shared/domain/day.ts';
import { columnOf } from '#shared/ledgers/describe.ts';
import type { Registry } from './registry.ts';

type Row = { code: string; records: number; first: Day; last: Day };

/** Which codes of a list records carry, void ones too, in fields and in rows below them. */
export function codeUse(db: ReadDb, registry: Registry, list: string): Map<string, CodeUse> {
  const used = new Map<string, CodeUse>();
  const add = ({ code, records, first, last }: Row) => {
    const known = used.get(code);
    used.set(code, {
      records: records + (known?.records ?? 0),
      first: known && known.first < first ? known.first : first,
      last: known && known.last > last ? known.last : last,
    });
  };
  for (const ledger of registry.all) {
    const [table, day] = [id(ledger.table), id(columnOf(ledger.day))];
    for (const [field, spec] of Object.entries(ledger.fields)) {
      if (spec.codes !== list) continue;
      const column = id(columnOf(field));
      db.all<Row>(sql`select ${column} as code, count(*) as records, min(${day}) as first, max(${day}) as last
        from ${table} where ${column} is not null group by ${column}`).forEach(add);
    }
    for (const child of Object.values(ledger.children)) {
      for (const [field, spec] of Object.entries(child.fields)) {
        if (spec.codes !== list) continue;
        const column = sql`c.${id(columnOf(field))}`;
        db.all<Row>(sql`select ${column} as code, count(*) as records, min(r.${day}) as first, max(r.${day}) as last
          from ${id(child.table)} c join ${table} r on r.seq = c.record_seq
          where ${column} is not null group by ${column}`).forEach(add);
      }
    }
  }
  return used;
}
