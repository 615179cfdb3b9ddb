import { listHtml } from '#core/documents/list-html.ts';
import { conditionsText, printedBook, printedList } from '#core/ledgers/print-list.ts';
import { allUnits, ownUnit } from '#core/settings/settings.ts';
import { printText } from '#shared/text/prints.ts';
import type { HandlersOf } from '../context.ts';

export const printHandlers = {
  'ledger.print': ({ db, kit, session, note }, { ledger: name, year, filter, sort }) => {
    const ledger = kit.registry.find(name);
    const labels = kit.labels(db);
    const asked = { ...(filter ? { filter } : {}), ...(sort ? { sort } : {}) };
    const isBook = year !== undefined;
    const list = isBook ? printedBook(db, ledger, labels, year) : printedList(db, ledger, labels, asked);
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
    ];
    note({
      ledger: name,
      detail: { rows: list.rows.length, ...(isBook ? { year } : { fields: Object.keys(filter ?? {}) }) },
    });
    const page = { title, facts, ...list, empty: printText.empty(ledger.noun), isDense: isBook };
    return { html: listHtml(page, printText.order), title, rows: list.rows.length };
  },
} satisfies HandlersOf<'ledger.print'>;
