import { type Moved, transferEntries, transfers } from '#core/audit/transfers.ts';
import type { ReadDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { listHtml } from '#core/documents/list-html.ts';
import { ownUnit } from '#core/settings/settings.ts';
import type { LogEntry } from '#shared/api/audit-types.ts';
import { AppError } from '#shared/api/errors.ts';
import { hasRight } from '#shared/api/rights.ts';
import type { Transfer } from '#shared/api/transfer-types.ts';
import { dayInChina } from '#shared/domain/day.ts';
import { incoming, type TransferDirection } from '#shared/domain/transfers.ts';
import { auditActions } from '#shared/text/audit.ts';
import { printText } from '#shared/text/prints.ts';
import { transferText } from '#shared/text/transfers.ts';
import { shortInstant } from '#shared/text/words.ts';
import type { HandlersOf, QueryContext } from '../context.ts';
import type { StoredSession } from '../contract.ts';
import { isSeen, scopeOf } from '../scope.ts';
import { linesFor, objectOf } from './log-lines.ts';

const pageSize = 100;
const mostPrinted = 2000;

/** Whoever may read the log sees everybody's, another what he did himself. */
const ownOnly = (session: StoredSession) => !hasRight(session, 'audit.read');

/** What somebody did stays his to account for; of which record it was he learns no more than he may see now. */
function asSeenNow({ db, kit, session }: Asking, entries: readonly LogEntry[]): readonly LogEntry[] {
  if (!ownOnly(session)) return entries;
  const scope = scopeOf(kit, db, session);
  return entries.map((entry) => {
    const { ids, ...detail } = entry.detail;
    const named = [entry.recordId, ...(Array.isArray(ids) ? ids : [])].filter((one) => one !== null);
    if (named.every((recordId) => isSeen(kit, db, scope, recordId))) return entry;
    return { ...entry, recordId: null, version: null, title: null, detail };
  });
}

type Asking = Pick<QueryContext, 'db' | 'kit' | 'session'>;

function rowsOf(asking: Asking, direction: TransferDirection, moved: readonly Moved[]): Transfer[] {
  const lines = linesFor(
    asking,
    asSeenNow(
      asking,
      moved.map(({ entry }) => entry),
    ),
  );
  return lines.flatMap((line, at) => {
    const { isUsual = false, note = null } = moved[at] ?? {};
    return { ...line, direction, isUsual, note };
  });
}

type Asked = {
  direction: TransferDirection;
  from?: string | undefined;
  to?: string | undefined;
  undescribed?: boolean | undefined;
};
const find = (
  { db, kit, session }: Pick<QueryContext, 'db' | 'kit' | 'session'>,
  question: Asked & { before?: number | undefined; limit: number },
) =>
  transfers(
    db,
    { ...question, ...(ownOnly(session) ? { account: session.account } : {}) },
    objectOf(kit, db),
  );

/** From which day a medium with this number could not be used any more; null where it could. Throws `transfer-medium`. */
function mediumGoneOn(db: ReadDb, number: string): string | null {
  type Row = { lost_on: string | null; repair_sent_on: string | null; scrapped_on: string | null };
  const row = db.get<Row>(
    sql`select lost_on, repair_sent_on, scrapped_on from storage_medium
      where medium_no = ${number} and state <> 'voided'`,
  );
  if (!row) throw new AppError('transfer-medium', { medium: number, day: null });
  const days = Object.values(row).filter((day) => day !== null);
  return days.sort()[0] ?? null;
}

const printed = ({ at, account, action, title, said, isUsual, note }: Transfer): string[] => [
  shortInstant(at),
  account,
  [auditActions[action] ?? action, title ?? '', said].filter((text) => text !== '').join('\n'),
  note?.partner ?? (isUsual ? (transferText.usual[action] ?? '') : transferText.undescribed),
  note?.purpose ?? '',
  note ? (note.medium ?? transferText.noMedium) : '',
  note?.approver ?? '',
];
const weights = [9, 6, 30, 14, 12, 8, 7];

export const transferHandlers = {
  'transfer.list'(context, { limit = pageSize, ...question }) {
    const moved = find(context, { ...question, limit: limit + 1 });
    const rows = rowsOf(context, question.direction, moved.slice(0, limit));
    context.note({ detail: { rows: rows.length } });
    return { rows, more: moved.length > limit, isOwn: ownOnly(context.session) };
  },

  'transfer.describe'({ db, kit, session, note, changed }, { entries, ...said }) {
    const known = transferEntries(db, entries);
    const goneOn = said.medium === undefined ? null : mediumGoneOn(db, said.medium);
    for (const entry of entries) {
      const one = known.get(entry);
      if (!one || (ownOnly(session) && one.account !== session.account))
        throw new AppError('transfer-unknown', { entry });
      const day = dayInChina(Date.parse(one.at));
      if (said.medium !== undefined && goneOn !== null && goneOn <= day)
        throw new AppError('transfer-medium', { medium: said.medium, day: goneOn });
    }
    const { scan } = said;
    if (scan !== undefined && !kit.hasCode('scanResult', scan, kit.today()))
      throw new AppError('invalid-input', { method: 'transfer.describe', at: 'scan' });
    const detail = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
    note({ detail: { entries: entries.map(String), ...(detail as Record<string, string>) } });
    changed('transfers');
    return { described: entries.length };
  },

  'transfer.print'(context, question) {
    const { db, kit, session, note } = context;
    const moved = find(context, { ...question, limit: mostPrinted + 1 });
    if (moved.length > mostPrinted) throw new AppError('list-too-long', { most: mostPrinted });
    const { direction, from, to } = question;
    const rows = rowsOf(context, direction, moved).reverse();
    const title = transferText.titles[direction];
    note({ detail: { rows: rows.length, direction } });
    const page = {
      title,
      facts: [
        printText.unit(ownUnit(db).name),
        transferText.period(from, to),
        ...(ownOnly(session) ? [transferText.own(session.account)] : []),
        printText.total(rows.length),
        printText.printed(kit.today(), session.account),
        transferText.keep,
      ],
      columns: transferText.columns[direction].map((label, at) => ({
        label,
        weight: weights[at] ?? 8,
        isAmount: false,
      })),
      rows: rows.map((row) => {
        const scan = row.note?.scan;
        const found = scan ? (kit.labels(db).labelOf('scanResult', scan) ?? scan) : '';
        return incoming[row.action] ? [...printed(row), found] : printed(row);
      }),
      empty: transferText.empty[direction],
    };
    return { html: listHtml(page, printText.order), title, rows: rows.length };
  },
} satisfies HandlersOf<'transfer.list' | 'transfer.describe' | 'transfer.print'>;
