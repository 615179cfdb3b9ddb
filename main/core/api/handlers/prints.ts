import { listHtml } from '#core/documents/list-html.ts';
import { conditionsText, printedBook, printedList } from '#core/ledgers/print-list.ts';
import { chosenMappings } from '#core/ledgers/published.ts';
import { isSeenRow, partsWithin, wholeSeen } from '#core/ledgers/seen.ts';
import { allUnits, ownUnit } from '#core/settings/settings.ts';
import { mappingText } from '#shared/text/mappings.ts';
import { printText } from '#shared/text/prints.ts';
import type { HandlersOf } from '../context.ts';
import { withinScope } from '../scope.ts';

export const printHandlers = {
  'ledger.print'(
    { db, kit, session, note, veil, scope },
    { ledger: name, year, filter: given, sort, mappings: wanted },
  ) {
    const ledger = kit.registry.find(name);
    const filter = withinScope(scope, given);
    // Parts of what is seen may be another unit's.
    const sought = wholeSeen(kit.registry, ledger, scope) ? given : filter;
    const told = sought?.unitId === undefined ? filter : sought;
    const labels = { ...kit.labels(db), ...(veil ? { titleOf: veil.title } : {}) };
    const asked = { ...(told ? { filter: told } : {}), ...(sort ? { sort } : {}) };
    const isBook = year !== undefined;
    const mappings = chosenMappings(kit.mappings(), ledger, wanted ?? []);
    const list = isBook
      ? printedBook(
          db,
          ledger,
          { labels, veil },
          { year, isSeen: isSeenRow(kit.registry, ledger, scope) },
          mappings,
        )
      : printedList(
          db,
          ledger,
          { labels, veil },
          { ...(sort ? { sort } : {}), parts: partsWithin(kit.registry, ledger, sought, scope) },
          mappings,
        );
    const isMarked = list.rows.some((row) =>
      row.slice(row.length - mappings.length).some((text) => text.endsWith(mappingText.mark)),
    );
    const units = new Map(allUnits(db).map((unit) => [unit.id, unit.name]));
    const conditions = isBook
      ? []
      : conditionsText(ledger, asked, labels, (unitId) => units.get(unitId) ?? null);
    const title = isBook ? printText.book(ledger.title, year) : ledger.title;
    const facts = [
      printText.unit(ownUnit(db).name),
      ...(conditions.length > 0 ? [printText.conditions(conditions)] : []),
      printText.total(list.rows.length),
      printText.printed(kit.today(), session.account),
      ...(mappings.length > 0 && isMarked ? [mappingText.marked] : []),
    ];
    note({
      ledger: name,
      detail: { rows: list.rows.length, ...(isBook ? { year } : { fields: Object.keys(filter ?? {}) }) },
    });
    const page = {
      title,
      facts,
      ...list,
      empty: printText.empty(ledger.noun),
    };
    return { html: listHtml(page, printText.order), title, rows: list.rows.length };
  },
} satisfies HandlersOf<'ledger.print'>;
