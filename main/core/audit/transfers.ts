import type { ReadDb } from '#core/db/connection.ts';
import { join, sql } from '#core/db/sql.ts';
import type { LogEntry } from '#shared/api/audit-types.ts';
import type { TransferNote } from '#shared/api/transfer-types.ts';
import { type TransferDirection, transfersOf } from '#shared/domain/transfers.ts';
import { type LogQuestion, logEntries } from './log.ts';

const describing = 'transfer.describe';

type Question = {
  direction: TransferDirection;
  from?: string | undefined;
  to?: string | undefined;
  account?: string | undefined;
  undescribed?: boolean | undefined;
  before?: number | undefined;
  limit: number;
};
export type Moved = { entry: LogEntry; isUsual: boolean; note: TransferNote | null };
type TitleOf = (ledger: string, recordId: string) => string | null;

/** A copy that stayed beside the ledger, and a second place that was given up, left nothing. */
const stayed = ({ action, detail }: LogEntry) =>
  (action === 'system.backup' && detail.kind !== 'folder') ||
  (action === 'system.setSecondPlace' && detail.kind !== 'folder');

const said = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);

/** What was said of exports and imports, by the entry that it was said of; the last word counts. */
function notesOn(db: ReadDb, entries: readonly LogEntry[]): Map<number, TransferNote> {
  const first = Math.min(...entries.map(({ entry }) => entry));
  const notes = new Map<number, TransferNote>();
  if (entries.length === 0) return notes;
  type Row = { seq: number; at: string; account: string; detail: string };
  const rows = db.all<Row>(sql`select seq, at, account, detail from audit_entry
    where action = ${describing} and seq > ${first} order by seq`);
  for (const { seq, at, account, detail } of rows) {
    const { entries: about, partner, purpose, medium, approver, scan } = JSON.parse(detail);
    for (const one of (about ?? []) as string[])
      notes.set(Number(one), {
        entry: seq,
        at,
        account,
        partner: String(partner),
        purpose: String(purpose),
        medium: said(medium),
        approver: said(approver),
        scan: said(scan),
      });
  }
  return notes;
}

/** What went out or came in, newest first, with what was said of it. */
export function transfers(db: ReadDb, question: Question, titleOf: TitleOf): Moved[] {
  const { direction, from, to, account, undescribed = false, limit } = question;
  const kinds = transfersOf(direction);
  const found: Moved[] = [];
  let { before } = question;
  for (;;) {
    const part: LogQuestion = { from, to, account, actions: Object.keys(kinds), before, limit };
    const entries = logEntries(db, part, titleOf);
    const notes = notesOn(db, entries);
    for (const entry of entries) {
      if (stayed(entry)) continue;
      const [isUsual, note] = [kinds[entry.action] === 'usual', notes.get(entry.entry) ?? null];
      if (undescribed && (isUsual || note)) continue;
      found.push({ entry, isUsual, note });
    }
    before = entries.at(-1)?.entry;
    if (entries.length < limit || before === undefined || found.length >= limit) return found.slice(0, limit);
  }
}

/** Which of these entries are exports or imports, and of whom. */
export function transferEntries(
  db: ReadDb,
  entries: readonly number[],
): Map<number, { at: string; account: string; action: string }> {
  const actions = [...Object.keys(transfersOf('out')), ...Object.keys(transfersOf('in'))];
  type Row = { seq: number; at: string; account: string; action: string };
  const rows = db.all<Row>(sql`select seq, at, account, action from audit_entry
    where seq in (${join([...entries])}) and +action in (${join(actions)})`);
  return new Map(rows.map(({ seq, ...rest }) => [seq, rest]));
}
