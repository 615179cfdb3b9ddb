import path from 'node:path';
import { boardOf, deadlinesOf, instantsAfter } from '#core/cases/board.ts';
import { heldYears, putYears } from '#core/cases/calendars.ts';
import { calendarRules, rebuildDue } from '#core/cases/due-entries.ts';
import { findRule, putDecision, shownRules } from '#core/cases/rules.ts';
import { boardSheet } from '#core/cases/sheet.ts';
import type { ReadDb } from '#core/db/connection.ts';
import { writeHtml } from '#core/documents/html.ts';
import { officialPage } from '#core/documents/templates.ts';
import { findRecord } from '#core/ledgers/registry.ts';
import { partsSeen } from '#core/ledgers/seen.ts';
import { allAccounts } from '#core/security/accounts.ts';
import { ownUnit } from '#core/settings/settings.ts';
import type { Board, CalendarTaken } from '#shared/api/deadline-types.ts';
import type { RecordContent } from '#shared/api/types.ts';
import { asDay, dayInChina } from '#shared/domain/day.ts';
import { nobodyAudits } from '#shared/domain/safety-duties.ts';
import type { CalendarYear } from '#shared/domain/working-days.ts';
import type { HandlersOf, Job, Kit } from '../context.ts';
import { instantAtEndOf } from '../kit.ts';
import type { Scope } from '../scope.ts';
import { veiledBoard } from '../veiled.ts';

const fileLimitMb = 5;

/**
 * What was saved on days that the machine has still before it. On one such day: a clock ran ahead once, and the
 * machine's day counts. On several, or all there is: work went on there, so the machine's clock is behind, and the last
 * of them counts: a clock that was set back must not hide what is due.
 */
function clockOf(db: ReadDb, kit: Kit): Board['clock'] {
  const today = asDay(kit.today());
  const later = instantsAfter(db, instantAtEndOf(today));
  if (later === null) return { today, later: null, isBehind: false };
  const first = dayInChina(Date.parse(later.first));
  const last = dayInChina(Date.parse(later.last));
  return { today, later: last, isBehind: first !== last || later.isAll };
}

type Asked = { on?: string | undefined };

function askedDay({ on }: Asked, { today, later, isBehind }: Board['clock']) {
  if (on !== undefined) return asDay(on);
  return isBehind && later !== null ? later : today;
}

const within = ({ registry }: Kit, scope: Scope) => ({
  within: scope.unitIds,
  ledgers: scope.ledgers,
  parts: registry.all.flatMap((ledger) => {
    const isSeen = partsSeen(registry, ledger, scope);
    return isSeen === null ? [] : [{ ledger: ledger.name, isSeen }];
  }),
});

type Staged = { file: string; years: CalendarYear[] };

export const deadlineHandlers = {
  'deadline.board': ({ db, kit, scope, session: { idleDuties } }, input) => {
    const clock = clockOf(db, kit);
    const asked = { ...input, ...within(kit, scope), on: askedDay(input, clock) };
    return {
      ...boardOf(db, kit.registry, asked, clock),
      ...(nobodyAudits(allAccounts(db)) ? { nobodyAudits: true as const } : {}),
      ...(idleDuties.length > 0 ? { idleDuties } : {}),
    };
  },

  'deadline.sheet': ({ db, kit, note, veil, scope }, input) => {
    const clock = clockOf(db, kit);
    const question = { ...input, ...within(kit, scope), on: askedDay(input, clock), limit: 1000 };
    const whole = boardOf(db, kit.registry, question, clock);
    const board = veil ? veiledBoard(whole, veil) : whole;
    const rows = board.overdue.length + board.today.length + board.week.length;
    note({ detail: { on: board.on, rows } });
    return { html: writeHtml(boardSheet(board, ownUnit(db).name, input), officialPage(), 'print'), rows };
  },

  'deadline.record': ({ db, kit }, { id, record: typed }) => {
    const on = askedDay({}, clockOf(db, kit));
    const record = findRecord(db, kit.registry, id);
    const content = { ...record.content, ...typed } as RecordContent;
    return deadlinesOf(db, kit.registry, { ...record, content }, on);
  },

  'deadline.rules': ({ db, kit }) => shownRules(db, kit.registry),

  'deadline.confirm': ({ db, kit, session, write, changed, note }, { rule, decision, note: reason }) => {
    putDecision(db, findRule(db, rule), decision, {
      note: reason,
      at: write.at,
      accountId: session.accountId,
    });
    rebuildDue(db, kit.registry, [rule]);
    write.commit();
    const { isOff, offset, unit, roll, strength, since } = decision;
    note({ detail: { rule, isOff, offset, unit, roll, strength, ...(since ? { since } : {}) } });
    changed('*');
    return shownRules(db, kit.registry);
  },

  'calendar.years': ({ db }) => heldYears(db),

  'calendar.import': {
    async stage({ kit, files, progress, alive }, { file }) {
      const name = path.basename(files.path(file));
      const bytes = files.read(file, fileLimitMb);
      const years = (await kit.env.helper('calendar.read', { bytes, file: name })) as CalendarYear[];
      alive();
      progress(years.length, years.length);
      return { file: name, years };
    },
    commit({ db, kit, session, write, changed, note }, { file, years }) {
      const entry = { file, at: write.at, accountId: session.accountId };
      const renewed = putYears(db, years, entry);
      if (renewed.length > 0) {
        rebuildDue(db, kit.registry, calendarRules(db));
        write.commit();
        changed('*');
      }
      note({ detail: { years: renewed.map(String) } });
      return { years: years.map(({ year }) => year), changed: renewed };
    },
  } satisfies Job<{ file: string }, Staged, CalendarTaken>,
} satisfies HandlersOf<
  | 'deadline.board'
  | 'deadline.sheet'
  | 'deadline.record'
  | 'deadline.rules'
  | 'deadline.confirm'
  | 'calendar.years'
  | 'calendar.import'
>;
