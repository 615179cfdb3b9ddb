import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { id, join, type Sql, sql } from '#core/db/sql.ts';
import type { Registry } from '#core/ledgers/registry.ts';
import seed from '#seeds/retention/kinds.json' with { type: 'json' };
import { AppError } from '#shared/api/errors.ts';
import type { KindShown, PeriodDecided } from '#shared/api/retention-types.ts';
import type { Day } from '#shared/domain/day.ts';
import {
  type FileKind,
  fileKindsSchema,
  type PeriodDecision,
  type PeriodSpan,
  periodSpans,
} from '#shared/domain/retention.ts';
import { columnOf } from '#shared/ledgers/describe.ts';

/** Kinds of file: those of the program, and the periods that this bureau entered for them. */

let own: readonly FileKind[] | null = null;

/** Parsed once. Throws `seed-invalid`. */
export function seedKinds(): readonly FileKind[] {
  if (own) return own;
  const parsed = fileKindsSchema.safeParse(seed);
  if (!parsed.success) {
    const at = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
    throw new AppError('seed-invalid', { file: 'seeds/retention/kinds.json', at });
  }
  own = parsed.data.kinds;
  return own;
}

export type KnownKind = {
  kind: FileKind;
  /** By what was entered for this very edition of the kind; empty where nothing was. */
  spans: readonly PeriodSpan[];
  /** Newest first. */
  history: PeriodDecided[];
};

type Row = { kind: string; edition: number; content: string; note: string; at: string; account: string };

export function knownKinds(db: ReadDb): KnownKind[] {
  const rows = db.all<Row>(sql`select d.kind, d.edition, d.content, d.note, d.at, a.name as account
    from retention_decision d join account a on a.seq = d.account_seq order by d.seq desc`);
  return seedKinds().map((kind) => {
    const history = rows
      .filter((row) => row.kind === kind.code)
      .map(({ kind: _kind, content, ...rest }) => ({
        ...rest,
        decision: JSON.parse(content) as PeriodDecision,
      }));
    const valid = history.filter(({ edition }) => edition === kind.edition).map(({ decision }) => decision);
    return { kind, spans: periodSpans(valid.reverse()), history };
  });
}

/** Throws `retention-kind-unknown`. */
export function findKind(db: ReadDb, code: string): KnownKind {
  const found = knownKinds(db).find(({ kind }) => kind.code === code);
  if (!found) throw new AppError('retention-kind-unknown', { kind: code });
  return found;
}

/**
 * A period has the letter that approved it; one that is taken back has a reason.
 * Throws `retention-no-basis`, `retention-days`.
 */
export function putPeriod(
  db: WriteDb,
  { kind }: KnownKind,
  decision: PeriodDecision,
  entry: { note: string; at: string; today: Day; accountId: string },
): void {
  const { title } = kind;
  const { period, authority, letterNo, approvedOn, validFrom, validTo } = decision;
  const hasLetter = authority !== '' && letterNo !== '' && approvedOn !== null;
  if (period === 'unset' ? entry.note === '' : !hasLetter)
    throw new AppError('retention-no-basis', { title, isUnset: period === 'unset' });
  const isTurned = validFrom !== null && validTo !== null && validFrom > validTo;
  if (isTurned || (approvedOn !== null && approvedOn > entry.today))
    throw new AppError('retention-days', { title, isTurned });
  db.run(sql`insert into retention_decision (kind, edition, content, note, at, account_seq)
    select ${kind.code}, ${kind.edition}, ${JSON.stringify(decision)}, ${entry.note}, ${entry.at}, seq
    from account where id = ${entry.accountId}`);
}

/** Which rows of the register's table are files of the kind; all of it stands in `t`. */
export function isOfKind({ states, when, from }: FileKind): Sql {
  const conditions = when.map((one) => {
    const column = sql`t.${id(columnOf(one.field))}`;
    if ('in' in one) return sql`${column} in (${join(one.in)})`;
    return one.filled ? sql`coalesce(${column}, '') <> ''` : sql`coalesce(${column}, '') = ''`;
  });
  const day = sql`t.${id(columnOf(from))}`;
  // The plus keeps the index by state out: one that begins with the day of filing holds all that is asked for.
  return join([sql`+t.state in (${join(states)})`, sql`${day} is not null`, ...conditions], ' and ');
}

/** For the screen on which a bureau enters its table. */
export function shownKinds(db: ReadDb, registry: Registry): KindShown[] {
  return knownKinds(db).map(({ kind, spans, history }) => {
    const ledger = registry.find(kind.ledger);
    const isConfirmed = history[0]?.edition === kind.edition;
    return {
      kind,
      ledgerTitle: ledger.title,
      fromLabel: ledger.fields[kind.from]?.label ?? kind.from,
      isConfirmed,
      isOutdated: history.length > 0 && !isConfirmed,
      spans: [...spans],
      history,
      files: countOf(db, registry, kind),
    };
  });
}

export function countOf(db: ReadDb, registry: Registry, kind: FileKind): number {
  const { table } = registry.find(kind.ledger);
  return db.value<number>(sql`select count(*) from ${id(table)} t where ${isOfKind(kind)}`) ?? 0;
}
