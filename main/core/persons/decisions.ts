import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { AppError } from '#shared/api/errors.ts';

/** What somebody decided about two identity keys. Taken back, it stays with who took it back and when. */
export type Decision = {
  seq: number;
  left: string;
  right: string;
  verdict: 'same' | 'different';
  at: string;
  by: string;
  undoneAt: string | null;
  undoneBy: string | null;
};

const columns = sql`seq, left_key as "left", right_key as "right", verdict, decided_at as at, decided_by as by,
  undone_at as undoneAt, undone_by as undoneBy`;

/** Standing and taken back, newest first. */
export function decisionsAbout(db: ReadDb, keys: readonly string[]): Decision[] {
  const found = new Map<number, Decision>();
  for (const key of keys) {
    const rows = db.all<Decision>(
      sql`select ${columns} from person_decision where left_key = ${key} or right_key = ${key}`,
    );
    for (const row of rows) found.set(row.seq, row);
  }
  return [...found.values()].sort((one, other) => other.seq - one.seq);
}

export const standingAbout = (db: ReadDb, key: string): Decision[] =>
  db.all<Decision>(sql`select ${columns} from person_decision
    where (left_key = ${key} or right_key = ${key}) and undone_at is null`);

/** Everything that standing decisions tie to a key, near and far. */
function tied(db: ReadDb, key: string): { keys: Set<string>; decisions: Decision[] } {
  const keys = new Set([key]);
  const decisions = new Map<number, Decision>();
  for (const at of keys) {
    for (const row of standingAbout(db, at)) {
      decisions.set(row.seq, row);
      if (row.verdict !== 'same') continue;
      keys.add(row.left);
      keys.add(row.right);
    }
  }
  return { keys, decisions: [...decisions.values()].sort((one, other) => one.seq - other.seq) };
}

/**
 * The keys that are one person with this one: those joined by "same", in the order in which it was said, leaving out
 * what would bring together two of which it was said that they are not. The same whatever key one begins with.
 */
export function clusterOf(db: ReadDb, key: string): string[] {
  const { keys, decisions } = tied(db, key);
  if (decisions.length === 0) return [key];
  const groups = new Map([...keys].map((one) => [one, new Set([one])]));
  const refused = decisions.filter(({ verdict }) => verdict === 'different');
  for (const { left, right, verdict } of decisions) {
    if (verdict !== 'same') continue;
    const [one, other] = [groups.get(left), groups.get(right)];
    if (!one || !other || one === other) continue;
    const isRefused = refused.some(
      (pair) =>
        (one.has(pair.left) && other.has(pair.right)) || (one.has(pair.right) && other.has(pair.left)),
    );
    if (isRefused) continue;
    for (const member of other) {
      one.add(member);
      groups.set(member, one);
    }
  }
  return [...(groups.get(key) ?? [key])].sort();
}

/** Keys that somebody said are not this person. */
export function refusedFor(db: ReadDb, keys: readonly string[]): Set<string> {
  const refused = new Set<string>();
  for (const key of keys) {
    const rows = db.all<{ left: string; right: string }>(sql`
      select left_key as "left", right_key as "right" from person_decision
      where (left_key = ${key} or right_key = ${key}) and verdict = 'different' and undone_at is null`);
    for (const { left, right } of rows) refused.add(left === key ? right : left);
  }
  return refused;
}

type Act = { at: string; by: string };

/**
 * Writes down what was decided; what was said otherwise of the same two before is taken back with it, and the same said
 * again is what was said. Throws
 * `person-decided-otherwise` where "same" would bring together two that were said to be different.
 */
export function decide(
  db: WriteDb,
  keys: readonly [string, string],
  verdict: Decision['verdict'],
  act: Act,
): Decision {
  const [left, right] = [...keys].sort() as [string, string];
  if (left === right) throw new AppError('person-is-one', {});
  if (verdict === 'same') {
    const against = saidAgainst(db, left, right);
    if (against) throw new AppError('person-decided-otherwise', { by: against.by, at: against.at });
  }
  const before = standingAbout(db, left).find((said) => said.left === left && said.right === right);
  if (before?.verdict === verdict) return before;
  if (before) undo(db, before.seq, act);
  const seq = db.insert(sql`insert into person_decision (left_key, right_key, verdict, decided_at, decided_by)
    values (${left}, ${right}, ${verdict}, ${act.at}, ${act.by})`);
  return decision(db, seq);
}

/**
 * The standing decisions about a key that nobody bears any more are about the one in its place: the same decisions, in
 * the same order, by whom and when they were made. What was said of that one itself already stands as it is.
 */
export function moveDecisions(db: WriteDb, from: string, to: string, act: Act): void {
  for (const said of standingAbout(db, from)) {
    const other = said.left === from ? said.right : said.left;
    if (other === to) continue;
    const [left, right] = [to, other].sort() as [string, string];
    const isSaid = standingAbout(db, to).some((one) => one.left === left && one.right === right);
    if (isSaid) undo(db, said.seq, act);
    else
      db.run(
        sql`update person_decision set left_key = ${left}, right_key = ${right} where seq = ${said.seq}`,
      );
  }
}

/**
 * Puts decisions back that were taken out with their keys (`forgetDecisions`), under their ids where these are free, as far
 * as they still fit: a standing one not where another was made of the two since, nor where "same" would bring together
 * two that were said to be different meanwhile.
 */
export function putBackDecisions(db: WriteDb, decisions: readonly Decision[]): void {
  for (const said of decisions.toSorted((one, other) => one.seq - other.seq)) {
    const { left, right, verdict, at, by, undoneAt, undoneBy } = said;
    if (undoneAt === null && !isFree(db, said)) continue;
    const known = db.value(sql`select 1 from person_decision where left_key = ${left} and right_key = ${right}
      and verdict = ${verdict} and decided_at = ${at} and decided_by = ${by}`);
    if (known !== undefined) continue;
    const isTaken = db.value(sql`select 1 from person_decision where seq = ${said.seq}`) !== undefined;
    db.run(sql`insert into person_decision
        (seq, left_key, right_key, verdict, decided_at, decided_by, undone_at, undone_by)
      values (${isTaken ? null : said.seq}, ${left}, ${right}, ${verdict}, ${at}, ${by}, ${undoneAt}, ${undoneBy})`);
  }
}

function isFree(db: ReadDb, { left, right, verdict }: Decision): boolean {
  if (standingAbout(db, left).some((one) => one.left === left && one.right === right)) return false;
  return verdict === 'different' || saidAgainst(db, left, right) === undefined;
}

/** Who said that two are different who would come together if these were the same. */
function saidAgainst(db: ReadDb, left: string, right: string): Decision | undefined {
  const [one, other] = [clusterOf(db, left), clusterOf(db, right)];
  return decisionsAbout(db, one).find(
    (said) =>
      said.verdict === 'different' &&
      said.undoneAt === null &&
      !(said.left === left && said.right === right) &&
      (other.includes(said.left) || other.includes(said.right)),
  );
}

/** Takes out what was ever decided about a key, taken back or not. */
export function forgetDecisions(db: WriteDb, key: string): void {
  db.run(sql`delete from person_decision where left_key = ${key} or right_key = ${key}`);
}

/** Takes a decision back. Throws `person-decision-missing`. */
export function undo(db: WriteDb, seq: number, act: Act): Decision {
  const changed = db.run(sql`update person_decision set undone_at = ${act.at}, undone_by = ${act.by}
    where seq = ${seq} and undone_at is null`);
  if (changed !== 1) throw new AppError('person-decision-missing', {});
  return decision(db, seq);
}

function decision(db: ReadDb, seq: number): Decision {
  const row = db.get<Decision>(sql`select ${columns} from person_decision where seq = ${seq}`);
  if (!row) throw new AppError('person-decision-missing', {});
  return row;
}
