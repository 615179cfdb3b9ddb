import { refuseInHand } from '#core/audit/two-persons.ts';
import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { id, join, sql } from '#core/db/sql.ts';
import type { Registry } from '#core/ledgers/registry.ts';
import { strippedOf } from '#core/ledgers/stripped.ts';
import { AppError } from '#shared/api/errors.ts';
import type {
  DestructionItem,
  DestructionList,
  DestructionShown,
  ItemState,
  ListEvent,
  ListState,
} from '#shared/api/retention-types.ts';
import type { Day } from '#shared/domain/day.ts';
import type { FileKind } from '#shared/domain/retention.ts';
import { destructionText, obstacleText } from '#shared/text/retention.ts';
import { filesOf, obstaclesOf } from './files.ts';
import { findKind } from './kinds.ts';

/**
 * Lists of destruction (销毁清册): put together from files whose period is over, approved by somebody else, carried out
 * with two who watch (档案法实施条例 24). Nothing here deletes a list or a line of one.
 */

/** Who acts, and when. */
export type Actor = { accountId: string; at: string; today: Day };

type ListRow = { seq: number; id: string; number: string; state: ListState };

/** Throws `destruction-unknown`. */
export function findList(db: ReadDb, listId: string): ListRow {
  const row = db.get<ListRow>(sql`select seq, id, number, state from destruction_list where id = ${listId}`);
  if (!row) throw new AppError('destruction-unknown', { id: listId });
  return row;
}

/** Throws `destruction-unknown`, `destruction-state`. */
export function listIn(db: ReadDb, listId: string, states: readonly ListState[]): ListRow {
  const list = findList(db, listId);
  if (!states.includes(list.state))
    throw new AppError('destruction-state', { number: list.number, state: list.state });
  return list;
}

export function addEvent(
  db: WriteDb,
  list: number,
  action: ListEvent['action'],
  actor: Actor,
  content: Omit<ListEvent, 'action' | 'at' | 'account'> = {},
): void {
  db.run(sql`insert into destruction_event (list_seq, action, content, at, account_seq)
    select ${list}, ${action}, ${JSON.stringify(content)}, ${actor.at}, seq from account where id = ${actor.accountId}`);
}

export function setState(db: WriteDb, list: number, state: ListState): void {
  db.run(sql`update destruction_list set state = ${state} where seq = ${list}`);
}

/** Whether an account had a hand in what stands on the list. */
export const isOwn = (db: ReadDb, list: number, accountId: string): boolean =>
  db.value(sql`select 1 from destruction_event e join account a on a.seq = e.account_seq
    where e.list_seq = ${list} and e.action in ('make', 'add') and a.id = ${accountId} limit 1`) !==
  undefined;

/** Who put files on a list, and since when. */
export function proposed(db: ReadDb, list: number): { applicants: string[]; since: string } {
  const rows = db.all<{ name: string; at: string }>(sql`select a.name, e.at from destruction_event e
    join account a on a.seq = e.account_seq
    where e.list_seq = ${list} and e.action in ('make', 'add') order by e.at`);
  return { applicants: [...new Set(rows.map(({ name }) => name))], since: rows[0]?.at ?? '' };
}

export const accountName = (db: ReadDb, accountId: string): string =>
  db.value<string>(sql`select name from account where id = ${accountId}`) ?? '';

type Adding = { list: string | null; ids: readonly string[]; opinion: string };
/** What a new list and a new line of one are made with. */
type Making = {
  newId(): string;
  handOverYears: number;
  maskedTitle(ledger: string, recordId: string): string;
};

/** Puts files on a list, a new one where none is named. Throws `file-not-due`, `file-obstructed` and those of `listIn`. */
export function addFiles(
  db: WriteDb,
  registry: Registry,
  { list: listId, ids, opinion }: Adding,
  actor: Actor,
  { newId, handOverYears, maskedTitle }: Making,
): string {
  const list = listId === null ? makeList(db, newId(), actor) : listIn(db, listId, ['open']);
  for (const recordId of new Set(ids)) {
    const [file] = filesOf(db, registry, { on: actor.today, what: 'ended', handOverYears, record: recordId });
    if (!file || file.period === 'permanent' || file.endedOn === null)
      throw new AppError('file-not-due', { title: titleIn(db, registry, recordId) });
    const [obstacle] = file.obstacles;
    if (obstacle) throw new AppError('file-obstructed', { title: file.title, why: obstacleText(obstacle) });
    db.run(sql`insert into destruction_item (list_seq, record_id, ledger, kind, number, title, unit_id, unit_name,
        filed_on, years, ended_on, pages, opinion, version, state, why)
      values (${list.seq}, ${file.id}, ${file.ledger}, ${file.kind}, ${file.number},
        ${maskedTitle(file.ledger, file.id)}, ${file.unitId}, ${file.unitName}, ${file.filedOn}, ${file.period},
        ${file.endedOn}, ${file.pages}, ${opinion}, ${Buffer.from(file.version, 'hex')}, 'listed', '')`);
  }
  addEvent(db, list.seq, 'add', actor, { count: ids.length });
  return list.id;
}

type Keeping = { ids: ReadonlySet<string>; until: Day; reason: string };

/** Kept on after a review, until a later day. Throws `retention-until`, `file-not-due`. */
export function keepOn(
  db: WriteDb,
  registry: Registry,
  { ids, until, reason }: Keeping,
  actor: Actor,
  handOverYears: number,
): void {
  if (until <= actor.today) throw new AppError('retention-until', { until });
  for (const recordId of ids) {
    const asked = { on: actor.today, what: 'ended', handOverYears, record: recordId } as const;
    if (filesOf(db, registry, asked).length === 0)
      throw new AppError('file-not-due', { title: titleIn(db, registry, recordId) });
    db.run(sql`insert into retention_hold (record_id, until, reason, at, account_seq)
      select ${recordId}, ${until}, ${reason}, ${actor.at}, seq from account where id = ${actor.accountId}`);
  }
}

function titleIn(db: ReadDb, registry: Registry, recordId: string): string {
  for (const { table } of registry.all) {
    const title = db.value<string>(sql`select title from ${id(table)} where id = ${recordId}`);
    if (title !== undefined) return title;
  }
  return recordId;
}

function makeList(db: WriteDb, listId: string, actor: Actor): ListRow {
  const year = actor.today.slice(0, 4);
  // The highest and one more: after a restore one of the lists before it may be gone.
  const last = db
    .column<string>(sql`select number from destruction_list`)
    .reduce((most, one) => Math.max(most, destructionText.ordinalIn(year, one)), 0);
  const number = destructionText.number(year, last + 1);
  const seq = db.insert(
    sql`insert into destruction_list (id, number, state) values (${listId}, ${number}, 'open')`,
  );
  addEvent(db, seq, 'make', actor);
  return { seq, id: listId, number, state: 'open' };
}

/** Takes files off a list that nobody approved yet. */
export function removeItems(
  db: WriteDb,
  listId: string,
  items: readonly number[],
  reason: string,
  actor: Actor,
): void {
  const { seq } = listIn(db, listId, ['open']);
  const count = db.run(sql`update destruction_item set state = 'removed', why = ${reason}, at = ${actor.at}
    where list_seq = ${seq} and state = 'listed' and seq in (${join(items)})`);
  addEvent(db, seq, 'remove', actor, { count, reason });
}

export type ItemRow = {
  seq: number;
  record_id: string;
  ledger: string;
  kind: string;
  number: string | null;
  title: string;
  unit_name: string;
  filed_on: Day;
  years: number;
  ended_on: Day;
  pages: number | null;
  opinion: string;
  version: Uint8Array;
  state: ItemState;
  why: string;
  at: string | null;
};

/** Lines of a list in the order in which they were put on it; `state` alone where it is named. */
export function itemRows(
  db: ReadDb,
  list: number,
  page: { offset: number; limit: number },
  state?: ItemState,
): ItemRow[] {
  const only = state === undefined ? sql`state <> 'removed'` : sql`state = ${state}`;
  return db.all<ItemRow>(sql`select seq, record_id, ledger, kind, number, title, unit_name, filed_on, years, ended_on,
      pages, opinion, version, state, why, at
    from destruction_item where list_seq = ${list} and ${only} order by seq limit ${page.limit} offset ${page.offset}`);
}

/** Why a file that was listed may not be destroyed now, in a sentence; null where it may. */
export function hindrance(
  db: ReadDb,
  registry: Registry,
  kind: FileKind,
  item: ItemRow,
  { list, today }: { list: number; today: Day },
): string | null {
  const { table } = registry.find(item.ledger);
  const now = db.value<Uint8Array>(sql`select version from ${id(table)} where id = ${item.record_id}`);
  if (!now)
    return strippedOf(db, item.record_id)?.why === 'sealed'
      ? obstacleText({ why: 'sealed', what: '' })
      : destructionText.gone;
  const [obstacle] = obstaclesOf(db, registry, kind, item.record_id, today, list);
  if (obstacle) return obstacleText(obstacle);
  if (!Buffer.from(now).equals(item.version)) return destructionText.changed;
  const asked = { on: today, what: 'ended', handOverYears: 0, record: item.record_id } as const;
  return filesOf(db, registry, asked).length > 0 ? null : destructionText.notDue;
}

type Approval = { authority: string; letterNo: string; approvedOn: Day };

/**
 * Approved by somebody who put nothing on it. Throws `destruction-own`, `destruction-empty`, `destruction-hindered` and
 * those of `listIn`.
 */
export function approveList(
  db: WriteDb,
  registry: Registry,
  listId: string,
  approval: Approval,
  actor: Actor,
): void {
  const list = listIn(db, listId, ['open']);
  if (isOwn(db, list.seq, actor.accountId)) throw new AppError('destruction-own', { number: list.number });
  refuseInHand(db, accountName(db, actor.accountId), proposed(db, list.seq));
  if (approval.approvedOn > actor.today)
    throw new AppError('destruction-letter', { day: approval.approvedOn });
  const items = itemRows(db, list.seq, { offset: 0, limit: -1 }, 'listed');
  if (items.length === 0) throw new AppError('destruction-empty', { number: list.number });
  const around = { list: list.seq, today: actor.today };
  for (const item of items) {
    const why = hindrance(db, registry, findKind(db, item.kind).kind, item, around);
    const named = item.number ?? item.title;
    if (why !== null) throw new AppError('destruction-hindered', { number: list.number, file: named, why });
  }
  setState(db, list.seq, 'approved');
  addEvent(db, list.seq, 'approve', actor, { ...approval, count: items.length });
}

/**
 * Before anything was destroyed the list is open again; after that what is left of it stays, named with the reason, and
 * the list is closed.
 */
export function withdrawApproval(db: WriteDb, listId: string, reason: string, actor: Actor): void {
  const list = listIn(db, listId, ['approved', 'underWay']);
  if (list.state === 'approved') setState(db, list.seq, 'open');
  else {
    db.run(sql`update destruction_item set state = 'withheld', why = ${destructionText.withdrawn(reason)}, at = ${actor.at}
      where list_seq = ${list.seq} and state = 'listed'`);
    setState(db, list.seq, 'done');
  }
  addEvent(db, list.seq, 'withdraw', actor, { reason });
}

export function listsOf(db: ReadDb, accountId: string): DestructionList[] {
  return db
    .all<ListRow>(sql`select seq, id, number, state from destruction_list order by seq desc limit 500`)
    .map((row) => shownList(db, row, accountId));
}

function shownList(db: ReadDb, { seq, ...list }: ListRow, accountId: string): DestructionList {
  const counts: Record<ItemState, number> = { listed: 0, removed: 0, withheld: 0, destroyed: 0 };
  type Count = { state: ItemState; count: number };
  for (const { state, count } of db.all<Count>(
    sql`select state, count(*) as count from destruction_item where list_seq = ${seq} group by state`,
  ))
    counts[state] = count;
  type EventRow = { action: ListEvent['action']; content: string; at: string; account: string };
  const events = db
    .all<EventRow>(
      sql`select e.action, e.content, e.at, a.name as account from destruction_event e
        join account a on a.seq = e.account_seq where e.list_seq = ${seq} order by e.seq`,
    )
    // A list that came back names whoever the ledger does not know in the event itself.
    .map(({ content, ...rest }): ListEvent => ({ ...rest, ...(JSON.parse(content) as Partial<ListEvent>) }));
  return { ...list, counts, events, isOwn: isOwn(db, seq, accountId) };
}

type Around = { accountId: string; today: Day; offset: number; limit: number };

/** A list with its lines; what stands against those still to be destroyed is looked for anew. */
export function shownDestruction(
  db: ReadDb,
  registry: Registry,
  listId: string,
  { accountId, today, ...page }: Around,
): DestructionShown {
  const row = findList(db, listId);
  const list = shownList(db, row, accountId);
  const items = itemRows(db, row.seq, page).map((item): DestructionItem => {
    const { kind } = findKind(db, item.kind);
    const isListed = item.state === 'listed';
    const now = isListed
      ? db.value<Uint8Array>(
          sql`select version from ${id(registry.find(item.ledger).table)} where id = ${item.record_id}`,
        )
      : undefined;
    return {
      id: item.seq,
      recordId: item.record_id,
      ledger: item.ledger,
      kindTitle: kind.title,
      number: item.number,
      title: item.title,
      unitName: item.unit_name,
      filedOn: item.filed_on,
      years: item.years,
      endedOn: item.ended_on,
      pages: item.pages,
      opinion: item.opinion,
      state: item.state,
      why: item.why,
      at: item.at,
      obstacles: isListed ? obstaclesOf(db, registry, kind, item.record_id, today, row.seq) : [],
      isChanged: isListed && (now === undefined || !Buffer.from(now).equals(item.version)),
    };
  });
  const { listed, withheld, destroyed } = list.counts;
  return { ...list, items, total: listed + withheld + destroyed };
}
