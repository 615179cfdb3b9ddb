import { sql } from '#core/db/sql.ts';
import { findRecord } from '#core/ledgers/registry.ts';
import type { WriteContext } from '#core/ledgers/store.ts';
import { stripRecord } from '#core/ledgers/strip.ts';
import { strippedOf } from '#core/ledgers/stripped.ts';
import { AppError } from '#shared/api/errors.ts';
import { type Actor, addEvent, hindrance, type ItemRow, itemRows, listIn, setState } from './destruction.ts';
import { findKind } from './kinds.ts';

/**
 * Carries an approved list out, some files at a time, each step one transaction: a program that dies in between leaves
 * every file whole or gone, and the list says which. Each file is looked at once more before it goes; what is hindered
 * stays, with the reason on the list. Two watch it (监销, 档案法实施条例 24), and are named at the first step.
 */
const filesPerStep = 100;

type Done = { destroyed: number; withheld: number; left: number };

/** Throws `destruction-supervisors` and those of `listIn`. */
export function carryOut(
  context: WriteContext,
  listId: string,
  supervisors: readonly string[],
  actor: Actor,
): Done {
  const { db, registry } = context;
  const list = listIn(db, listId, ['approved', 'underWay']);
  if (new Set(supervisors).size < supervisors.length) throw new AppError('destruction-supervisors', {});
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
