import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { id, join, type SqlValue, sql } from '#core/db/sql.ts';
import type { WriteContext } from '#core/ledgers/store.ts';
import { stripLists, stripRecord } from '#core/ledgers/strip.ts';
import { strippedOf } from '#core/ledgers/stripped.ts';
import { readRecord } from '#core/ledgers/table.ts';
import { destructionText } from '#shared/text/retention.ts';

/**
 * Lists of destruction as they are remembered beside the ledger (`ledger.destroyed`): a copy from before that is put
 * back gets them again, and what they destroyed goes again, before anybody sees it.
 */
type Row = Record<string, SqlValue | { hex: string }>;
export type KeptList = {
  id: string;
  number: string;
  state: string;
  items: Row[];
  events: { action: string; content: string; at: string; accountId: string; account: string }[];
};

const destroyedIn = ({ items }: KeptList) => items.filter(({ state }) => state === 'destroyed');

const toText = (value: SqlValue): Row[string] =>
  value instanceof Uint8Array ? { hex: Buffer.from(value).toString('hex') } : value;
const fromText = (value: Row[string] | undefined): SqlValue =>
  typeof value === 'object' && value !== null && 'hex' in value
    ? Buffer.from(value.hex, 'hex')
    : (value ?? null);

/** How many files each list has destroyed, by the list's id: whether one side knows more than the other. */
export const destroyedCounts = (db: ReadDb): Map<string, number> =>
  new Map(
    db
      .all<{ id: string; count: number }>(
        sql`select l.id, count(*) as count from destruction_item d join destruction_list l on l.seq = d.list_seq
          where d.state = 'destroyed' group by l.id`,
      )
      .map(({ id: listId, count }) => [listId, count]),
  );

export const keptCounts = (lists: readonly KeptList[]): Map<string, number> =>
  new Map(lists.map((list) => [list.id, destroyedIn(list).length]));

/** Every list that destroyed something. */
export function keptLists(db: ReadDb): KeptList[] {
  return [...destroyedCounts(db).keys()].flatMap((listId) => {
    const list = db.get<{ seq: number; number: string; state: string }>(
      sql`select seq, number, state from destruction_list where id = ${listId}`,
    );
    if (!list) return [];
    const items = db
      .all<Record<string, SqlValue>>(
        sql`select * from destruction_item where list_seq = ${list.seq} order by seq`,
      )
      .map(({ seq: _seq, list_seq: _list, ...row }) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, toText(value)])),
      );
    const events = db.all<KeptList['events'][number]>(
      sql`select e.action, e.content, e.at, a.id as accountId, a.name as account
        from destruction_event e join account a on a.seq = e.account_seq
        where e.list_seq = ${list.seq} order by e.seq`,
    );
    return [{ id: listId, number: list.number, state: list.state, items, events }];
  });
}

/**
 * Puts back the lists that the ledger knows less of, and takes out what they destroyed. Gives these lists, and what went
 * again.
 */
export function destroyAgain(
  context: WriteContext,
  lists: readonly KeptList[],
): { returned: KeptList[]; again: { ledger: string; recordId: string; number: string }[] } {
  const { db, registry } = context;
  const known = destroyedCounts(db);
  const returned = lists.filter((list) => (known.get(list.id) ?? 0) < destroyedIn(list).length);
  for (const list of returned) putBackList(db, list);
  const again = lists.flatMap((list) =>
    destroyedIn(list).flatMap((item) => {
      const [ledger, recordId] = [String(item.ledger), String(item.record_id)];
      const record = readRecord(db, registry.find(ledger), recordId);
      if (!record) return [];
      stripRecord(context, record, 'destroyed');
      return [{ ledger, recordId, number: list.number }];
    }),
  );
  return { returned, again };
}

function putBackList(db: WriteDb, list: KeptList): void {
  const seq = seqOf(db, list);
  db.run(sql`delete from destruction_item where list_seq = ${seq}`);
  db.run(sql`delete from destruction_event where list_seq = ${seq}`);
  db.run(sql`update destruction_list set state = ${list.state} where seq = ${seq}`);
  const columns = db
    .column<string>(sql`select name from pragma_table_info('destruction_item')`)
    .filter((name) => name !== 'seq' && name !== 'list_seq');
  for (const item of list.items) {
    // The copy may have the file on a list that was given up later.
    db.run(sql`update destruction_item set state = 'removed', why = ${destructionText.elsewhere(list.number)}
      where record_id = ${fromText(item.record_id)} and state = 'listed'`);
    db.run(sql`insert into destruction_item (list_seq, ${join(columns.map(id))})
      values (${seq}, ${join(columns.map((name) => fromText(item[name])))})`);
  }
  for (const event of list.events) putBackEvent(db, seq, event);
  // Written down before a record was sealed, it may say more of it than is to be seen now.
  for (const item of list.items) {
    const stub = strippedOf(db, String(item.record_id));
    if (stub) stripLists(db, stub.id, stub.why);
  }
}

function seqOf(db: WriteDb, { id: listId, number }: KeptList): number {
  const own = db.value<number>(sql`select seq from destruction_list where id = ${listId}`);
  if (own !== undefined) return own;
  const isTaken = db.value(sql`select 1 from destruction_list where number = ${number}`) !== undefined;
  const shown = isTaken ? destructionText.numberAgain(number, listId) : number;
  return db.insert(
    sql`insert into destruction_list (id, number, state) values (${listId}, ${shown}, 'open')`,
  );
}

/** An account that the copy does not have is named in the event itself. */
function putBackEvent(db: WriteDb, list: number, event: KeptList['events'][number]): void {
  const own = db.value<number>(sql`select seq from account where id = ${event.accountId}`);
  const seq = own ?? db.value<number>(sql`select min(seq) from account`) ?? 0;
  const content =
    own === undefined
      ? JSON.stringify({ ...(JSON.parse(event.content) as object), account: event.account })
      : event.content;
  db.run(sql`insert into destruction_event (list_seq, action, content, at, account_seq)
    values (${list}, ${event.action}, ${content}, ${event.at}, ${seq})`);
}
