import type { ReadDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { findRecord } from '#core/ledgers/registry.ts';
import type { WriteContext } from '#core/ledgers/store.ts';
import { stripRecord } from '#core/ledgers/strip.ts';
import { strippedOf } from '#core/ledgers/stripped.ts';
import { AppError } from '#shared/api/errors.ts';
import {
  type Actor,
  accountName,
  addEvent,
  hindrance,
  type ItemRow,
  isOwn,
  itemRows,
  listIn,
  proposed,
  setState,
} from './destruction.ts';
import { findKind } from './kinds.ts';

/**
 * Carries an approved list out, some files at a time, each step one transaction: a program that dies in between leaves
 * every file whole or gone, and the list says which. Each file is looked at once more before it goes; what is hindered
 * stays, with the reason on the list. Two watch it (监销, 档案法实施条例 24), and are named at the first step.
 */
const filesPerStep = 100;

type Done = { destroyed: number; withheld: number; left: number };

/** Throws `destruction-supervisors`, `supervisor-involved`, `destruction-carrier` and those of `listIn`. */
export function carryOut(
  context: WriteContext,
  listId: string,
  supervisors: readonly string[],
  actor: Actor,
): Done {
  const { db, registry } = context;
  const list = listIn(db, listId, ['approved', 'underWay']);
  refuseInvolved(db, list, supervisors, actor);
  if (list.state === 'approved') {
    setState(db, list.seq, 'underWay');
    addEvent(db, list.seq, 'begin', actor, { supervisors: [...supervisors] });
  }
  const done: Done = { destroyed: 0, withheld: 0, left: 0 };
  for (const item of itemRows(db, list.seq, { offset: 0, limit: filesPerStep }, 'listed')) {
    const why = whyNot(context, item, { list: list.seq, today: actor.today });
    const state = why === null ? 'destroyed' : 'withheld';
    if (why === null && strippedOf(db, item.record_id) === null)
      stripRecord(context, findRecord(db, registry, item.record_id), 'destroyed');
    db.run(sql`update destruction_item set state = ${state}, why = ${why ?? ''}, at = ${actor.at}
      where seq = ${item.seq}`);
    done[state] += 1;
  }
  done.left =
    db.value<number>(
      sql`select count(*) from destruction_item where list_seq = ${list.seq} and state = 'listed'`,
    ) ?? 0;
  if (done.left === 0) {
    const count = db.value<number>(
      sql`select count(*) from destruction_item where list_seq = ${list.seq} and state = 'destroyed'`,
    );
    setState(db, list.seq, 'done');
    addEvent(db, list.seq, 'end', actor, { count: count ?? 0 });
  }
  return done;
}

/** Names are told apart without blanks, width and case. */
const bare = (name: string) =>
  name
    .normalize('NFKC')
    .replaceAll(/[\s·•・．.]/gu, '')
    .toLowerCase();

/** Whoever put files on a list neither carries it out nor watches; nor does the one who watches carry it out. */
function refuseInvolved(
  db: ReadDb,
  list: { seq: number; number: string },
  supervisors: readonly string[],
  actor: Actor,
): void {
  if (isOwn(db, list.seq, actor.accountId))
    throw new AppError('destruction-carrier', { number: list.number });
  const all = supervisors.map(bare);
  if (new Set(all).size < all.length || all.includes('')) throw new AppError('destruction-supervisors', {});
  const involved = new Set(
    [...proposed(db, list.seq).applicants, accountName(db, actor.accountId)].map(bare),
  );
  const name = supervisors.find((one) => involved.has(bare(one)));
  if (name !== undefined) throw new AppError('supervisor-involved', { name });
}

/** A file that a restored copy brought back, and that went again at the opening, was destroyed before. */
function whyNot(
  context: WriteContext,
  item: ItemRow,
  around: { list: number; today: Actor['today'] },
): string | null {
  const { db, registry } = context;
  if (strippedOf(db, item.record_id)?.why === 'destroyed') return null;
  return hindrance(db, registry, findKind(db, item.kind).kind, item, around);
}
