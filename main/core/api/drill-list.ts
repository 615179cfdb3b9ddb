import type { ReadDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import type { Drill, HandDrill } from '#shared/api/care-types.ts';
import { asDay, type Day, dayInChina } from '#shared/domain/day.ts';

/** The register of restore drills: those the program ran, and those that people did by hand and entered afterwards. */

const most = 100;

type DrillRow = Omit<Drill, 'isCompared' | 'hasAttachment'> & { is_compared: number; has_attachment: number };

const ran = (db: ReadDb): Drill[] =>
  db
    .all<DrillRow>(
      sql`select at, account, copy, place, seconds, records, fault, is_compared, has_attachment
        from restore_drill order by seq desc limit ${most}`,
    )
    .map(({ is_compared, has_attachment, ...row }) => ({
      ...row,
      isCompared: is_compared === 1,
      hasAttachment: has_attachment === 1,
    }));

const byHand = (db: ReadDb): HandDrill[] =>
  db
    .all<Omit<HandDrill, 'isByHand'>>(
      sql`select at, account, done_on as "on", done_by as "by", copy, machine, minutes, fault
        from hand_drill order by done_on desc, seq desc limit ${most}`,
    )
    .map((row) => ({ ...row, isByHand: true }));

const dayOf = (drill: Drill | HandDrill): Day =>
  'isByHand' in drill ? asDay(drill.on) : dayInChina(Date.parse(drill.at));

/** The newest first, by the day on which it was done; of one day, what was written down last. */
export function drillsOf(db: ReadDb): (Drill | HandDrill)[] {
  const key = (one: Drill | HandDrill) => `${dayOf(one)} ${one.at}`;
  return [...ran(db), ...byHand(db)]
    .map((drill) => ({ drill, key: key(drill) }))
    .sort((a, b) => (a.key < b.key ? 1 : a.key > b.key ? -1 : 0))
    .slice(0, most)
    .map(({ drill }) => drill);
}

export function lastDrill(db: ReadDb): { on: Day; isGood: boolean } | null {
  const [last] = drillsOf(db);
  return last ? { on: dayOf(last), isGood: last.fault === null } : null;
}

/** The day of the last drill that succeeded, by whichever way. */
export function lastGoodDrill(db: ReadDb): Day | null {
  const at = db.value<string | null>(sql`select max(at) from restore_drill where fault is null`) ?? null;
  const on = db.value<string | null>(sql`select max(done_on) from hand_drill where fault is null`) ?? null;
  const days = [at === null ? null : dayInChina(Date.parse(at)), on === null ? null : asDay(on)];
  return days.reduce((last, day) => (last === null || (day !== null && day > last) ? day : last), null);
}
