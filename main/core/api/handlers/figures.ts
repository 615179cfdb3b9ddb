import path from 'node:path';
import { listHtml } from '#core/documents/list-html.ts';
import { ownUnit, unitById } from '#core/settings/settings.ts';
import { chooseBase } from '#core/statistics/bases.ts';
import { annualCatalogue, findDefinition } from '#core/statistics/catalogue.ts';
import {
  clearEntered,
  type EnteredFigure,
  enteredFigures,
  putEntered,
  readEntered,
} from '#core/statistics/entered.ts';
import { figuresOf, recordsBehind, yearsWithFigures } from '#core/statistics/figures.ts';
import { demandWhole, figuresForOthers, smallCellsRule } from '#core/statistics/outside.ts';
import { AppError } from '#shared/api/errors.ts';
import type { FiguresImported } from '#shared/api/types.ts';
import { comparable, type FigureRow, matchRows } from '#shared/domain/csv.ts';
import type { IndicatorDefinition } from '#shared/domain/figures.ts';
import { figureTableText } from '#shared/text/figure-table.ts';
import { printText } from '#shared/text/prints.ts';
import { figureSheetText, figuresText } from '#shared/text/yearly.ts';
import type { HandlersOf, Job } from '../context.ts';
import type { StoredSession } from '../contract.ts';
import type { Scope } from '../scope.ts';

const pageSize = 100;
const tableLimitMb = 20;

type StagedFigures = { figures: { code: string; figure: EnteredFigure }[]; unknown: string[] };

export const figureHandlers = {
  'indicator.list': ({ db, kit, session, scope }, { year, unit, isOutside = false }) => {
    const within = unitWithin(session, scope, unit);
    if (isOutside) demandWhole(db, within);
    const asked = { year, unit: within };
    const { registry } = kit;
    return {
      year,
      figures: isOutside ? figuresForOthers(db, registry, asked) : figuresOf(db, registry, asked),
    };
  },

  'indicator.print'({ db, kit, session, scope, note }, { year, section, isOutside = false }) {
    const unit = unitWithin(session, scope, undefined);
    if (isOutside) demandWhole(db, unit);
    const read = isOutside ? figuresForOthers : figuresOf;
    const figures = read(db, kit.registry, { year, unit }).filter((figure) => figure.section === section);
    const { most, sign } = smallCellsRule();
    const title = figureSheetText.title(section, year);
    note({ detail: { year, section, rows: figures.length, ...(isOutside ? { isOutside } : {}) } });
    const page = {
      title,
      facts: [
        printText.unit(unitById(db, unit === undefined ? ownUnit(db).id : session.unitId)?.name ?? ''),
        isOutside ? figureSheetText.outside(sign, most) : figureSheetText.inside,
        printText.printed(kit.today(), session.account),
      ],
      columns: figureSheetText.columns.map(([label, weight], at) => ({ label, weight, isAmount: at === 2 })),
      rows: figures.map(({ topic, name, printed, basis, definition }) => [
        topic,
        name,
        printed ?? '',
        figuresText.bases[basis],
        definition,
      ]),
      empty: figuresText.nothingFits,
    };
    return { html: listHtml(page, printText.order), title, rows: figures.length };
  },

  'indicator.records': ({ db, kit, note, session, scope }, { year, code, offset = 0, limit = pageSize }) => {
    const definition = findDefinition(code);
    const unit = unitWithin(session, scope, undefined);
    const behind = recordsBehind(db, kit.registry, definition, { year, unit, offset, limit });
    const isHidden = (ledger: string) =>
      kit.registry.all.some(({ name }) => name === ledger) && scope.ledgers?.includes(ledger) === false;
    if (behind.records.some(({ ledger }) => isHidden(ledger)))
      throw new AppError('no-right', { right: 'ledger.read' });
    const ids = behind.records.map(({ id }) => id);
    note({ detail: { year, code, records: ids.length, ids } });
    return behind;
  },

  'indicator.years': ({ db, kit }) => yearsWithFigures(db, kit.registry, Number(kit.today().slice(0, 4))),

  'indicator.enter': ({ db, kit, session, write, changed, note }, { year, code, printed }) => {
    const definition = findDefinition(code);
    const unitId = ownUnit(db).id;
    if (printed === null) clearEntered(db, { year, unitId }, code);
    else {
      const entry = { year, unitId, accountId: session.accountId, at: write.at };
      putEntered(db, entry, code, readEntered(definition, printed));
    }
    // Drawn for its own sake: a backup is due when a commit is newer than it, and filing names the commit.
    write.commit();
    note({ detail: { year, code, cleared: printed === null } });
    changed('*');
    const [figure] = figuresOf(db, kit.registry, { year, codes: [code] });
    if (!figure) throw new AppError('indicator-unknown', { code });
    return figure;
  },

  'indicator.chooseBase': ({ db, write, changed, note }, { code, base }) => {
    chooseBase(db, findDefinition(code), base);
    write.commit();
    note({ detail: { code, base } });
    changed('*');
    return { code, base };
  },

  'indicator.import': {
    async stage({ kit, files, progress, alive }, { file }) {
      const name = path.basename(files.path(file));
      const bytes = files.read(file, tableLimitMb);
      const rows = (await kit.env.helper('figures.readTable', { bytes, file: name })) as FigureRow[];
      alive();
      const { matched, unknown } = matchRows(rows, annualCatalogue().indicators);
      const figures = matched.map(({ row, definition }) => ({
        code: definition.code,
        figure: readRow(row, definition),
      }));
      progress(rows.length, rows.length);
      return { figures, unknown };
    },
    commit({ db, session, write, changed, note }, { figures, unknown }, { year }) {
      const entry = { year, unitId: ownUnit(db).id, accountId: session.accountId, at: write.at };
      const before = enteredFigures(db, entry);
      const different = figures.filter(({ code, figure }) => !isSame(figure, before.get(code)));
      for (const { code, figure } of different) putEntered(db, entry, code, figure);
      note({ detail: { year, codes: different.map(({ code }) => code), unknown: unknown.length } });
      if (different.length > 0) {
        write.commit();
        changed('*');
      }
      return { set: figures.length, unknown, changed: different.length };
    },
  } satisfies Job<{ year: number; file: string }, StagedFigures, FiguresImported>,
} satisfies HandlersOf<
  | 'indicator.list'
  | 'indicator.print'
  | 'indicator.records'
  | 'indicator.years'
  | 'indicator.enter'
  | 'indicator.chooseBase'
  | 'indicator.import'
>;

/** Figures of the account's own unit at most; another one's are refused. Throws `unit-unknown`. */
function unitWithin(
  session: StoredSession,
  { unitIds }: Scope,
  asked: string | undefined,
): string | undefined {
  if (unitIds === null) return asked;
  if (asked === undefined || asked.startsWith(session.unitCode)) return asked ?? session.unitCode;
  throw new AppError('unit-unknown', { code: asked });
}

function isSame(one: EnteredFigure, other: EnteredFigure | undefined): boolean {
  return one.printed === other?.printed && one.value === other.value && one.qualifier === other.qualifier;
}

/** A unit column that says another unit than the indicator's means another thing: refused, like a wrong value. */
function readRow(row: FigureRow, definition: IndicatorDefinition): EnteredFigure {
  const called = figureTableText.atLine(definition.name, row.line);
  if (row.unit !== '' && comparable(row.unit) !== comparable(definition.unit)) {
    const printed = row.printed.includes(row.unit) ? row.printed : `${row.printed} ${row.unit}`;
    throw new AppError('figure-unreadable', { name: called, printed, unit: definition.unit });
  }
  // A number alone, with its unit in the column for units, as spreadsheets are usually kept
  const isBare = row.unit !== '' && /\d$/.test(row.printed);
  return readEntered(definition, isBare ? row.printed + row.unit : row.printed, called);
}
