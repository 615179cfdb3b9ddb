import type { ReadDb } from '#core/db/connection.ts';
import { id, sql } from '#core/db/sql.ts';
import { type Registry, titleOf as titleOfRecord } from '#core/ledgers/registry.ts';
import { allUnits } from '#core/settings/settings.ts';
import type { DueRow } from '#shared/api/deadline-types.ts';
import { type Day, daysBetween } from '#shared/domain/day.ts';
import { columnOf, numberFieldOf } from '#shared/ledgers/describe.ts';
import type { DueEntry } from './due-entries.ts';
import { type KnownRule, ruleOn } from './rules.ts';

type Title = { title: string; number: string | null };

/** Names of what rows point at, read a page at a time. */
export function createNames(db: ReadDb, registry: Registry, known: ReadonlyMap<string, KnownRule>) {
  const titles = new Map<string, Title>();
  const persons = new Map<string, string>();
  const units = new Map(allUnits(db).map(({ id: unitId, name }) => [unitId, name]));
  const places = new Map<string, string>();
  /** Registers of persons, with the field that says where somebody belongs. */
  const registers = new Map(
    [...known.values()].flatMap(({ rule }) =>
      rule.person.flatMap((field) => {
        const { ref, sharing } = registry.find(rule.ledger).fields[field] ?? {};
        return ref === undefined ? [] : [[ref, sharing] as const];
      }),
    ),
  );

  function learnPersons(found: readonly string[]): void {
    const wanted = JSON.stringify(found.filter((one) => !persons.has(one)));
    for (const [name, sharing] of registers) {
      const register = registry.find(name);
      const place = sharing === undefined ? sql`null` : id(columnOf(sharing));
      for (const row of db.all<{ id: string; title: string; place: string | null }>(
        sql`select id, title, ${place} as place from ${id(register.table)} where id in (select value from json_each(${wanted}))`,
      )) {
        persons.set(row.id, row.title);
        const ref = register.fields[sharing ?? '']?.ref;
        if (row.place !== null && ref !== undefined)
          places.set(row.id, titleOfRecord(db, registry, ref, row.place) ?? '');
      }
    }
  }

  function learn(rows: readonly DueEntry[]): void {
    for (const name of new Set(rows.map(({ ledger }) => ledger))) {
      const ledger = registry.find(name);
      const field = numberFieldOf(ledger);
      const number = field === undefined ? sql`null` : id(columnOf(field));
      const wanted = rows.filter((row) => row.ledger === name).map((row) => row.record_id);
      for (const row of db.all<{ id: string } & Title>(
        sql`select id, title, ${number} as number from ${id(ledger.table)}
            where id in (select value from json_each(${JSON.stringify(wanted)}))`,
      ))
        titles.set(row.id, row);
    }
    learnPersons(rows.map(({ person }) => person));
  }

  const personName = (person: string) => persons.get(person) ?? person;
  /** Where somebody belongs, for telling namesakes apart. */
  const placeOf = (person: string) => places.get(person) ?? '';
  const unitName = (unitId: string) => units.get(unitId) ?? '';

  const titleOf = (recordId: string): Title => titles.get(recordId) ?? { title: '', number: null };
  return { learn, learnPersons, titleOf, personName, placeOf, unitName };
}

type Names = ReturnType<typeof createNames>;

/** An open deadline as it is shown; `known` is the rule it follows. */
export function rowOf(
  row: DueEntry,
  on: Day,
  known: KnownRule | undefined,
  registry: Registry,
  names: Names,
): DueRow {
  const rule = known?.rule;
  return {
    ledger: row.ledger,
    id: row.record_id,
    title: names.titleOf(row.record_id).title,
    number: names.titleOf(row.record_id).number,
    unitId: row.unit_id,
    unitName: names.unitName(row.unit_id),
    rule: row.rule,
    what: rule?.title ?? row.rule,
    law: rule?.law ?? '',
    article: rule?.article ?? null,
    strength: known ? ruleOn(known, row.started_on).strength : 'soft',
    basis: registry.find(row.ledger).fields[row.basis]?.label ?? row.basis,
    startedOn: row.started_on,
    dueOn: row.due_on,
    dueTime: row.due_time,
    days: daysBetween(on, row.due_on),
    person: row.person,
    personName: names.personName(row.person),
    isUnconfirmed: known?.isConfirmed !== true,
    isExtended: row.is_extended === 1,
    isEstimated: row.is_estimated === 1,
    unknownYears: row.unknown_years === '' ? [] : row.unknown_years.split(' ').map(Number),
  };
}
