import type { ReadDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import type { WriteContext } from '#core/ledgers/store.ts';
import { AppError } from '#shared/api/errors.ts';
import type { EnquiryAuthority, EnquiryOutcome } from '#shared/domain/sealing.ts';
import { shownDays } from '#shared/domain/sealing.ts';

/**
 * The register of enquiries about what is sealed: who asked, on which authority, what was answered and shown. Whom it is
 * about and why stands under the sealing key. Accounts by their id.
 */
export type StoredEnquiry = {
  id: string;
  year: number;
  number: number;
  asker: string;
  authority: EnquiryAuthority;
  document: string;
  detail: Uint8Array;
  registeredAt: string;
  registeredBy: string;
  state: 'open' | EnquiryOutcome;
  answer: Uint8Array | null;
  answeredAt: string | null;
  answeredBy: string | null;
};

const columns = sql`id, year, number, asker, authority, document, detail, registered_at as registeredAt,
  registered_by as registeredBy, state, answer, answered_at as answeredAt, answered_by as answeredBy`;

export const allEnquiries = (db: ReadDb): StoredEnquiry[] =>
  db.all(sql`select ${columns} from sealed_enquiry order by seq desc`);

/** Throws `enquiry-missing`. */
export function enquiryOf(db: ReadDb, id: string): StoredEnquiry {
  const found = db.get<StoredEnquiry>(sql`select ${columns} from sealed_enquiry where id = ${id}`);
  if (!found) throw new AppError('enquiry-missing', {});
  return found;
}

/** Numbered within its year. */
export function addEnquiry(
  { db, at, today, newId }: Pick<WriteContext, 'db' | 'at' | 'today' | 'newId'>,
  enquiry: Pick<StoredEnquiry, 'asker' | 'authority' | 'document' | 'detail' | 'registeredBy'>,
): { id: string; year: number; number: number } {
  const year = Number(today.slice(0, 4));
  const last = db.value<number | null>(sql`select max(number) from sealed_enquiry where year = ${year}`) ?? 0;
  const id = newId();
  const { asker, authority, document, detail, registeredBy } = enquiry;
  db.run(sql`insert into sealed_enquiry (id, year, number, asker, authority, document, detail, registered_at,
      registered_by, state)
    values (${id}, ${year}, ${last + 1}, ${asker}, ${authority}, ${document}, ${detail}, ${at}, ${registeredBy}, 'open')`);
  return { id, year, number: last + 1 };
}

export function answerEnquiry(
  { db, at }: Pick<WriteContext, 'db' | 'at'>,
  id: string,
  given: { outcome: EnquiryOutcome; answer: Uint8Array | null; records: readonly string[]; by: string },
): void {
  db.run(sql`update sealed_enquiry set state = ${given.outcome}, answer = ${given.answer}, answered_at = ${at},
    answered_by = ${given.by} where id = ${id}`);
  for (const recordId of given.records)
    db.run(sql`insert into sealed_enquiry_record (enquiry_id, record_id) values (${id}, ${recordId})`);
}

export const shownIn = (db: ReadDb, id: string): string[] =>
  db.column(sql`select record_id from sealed_enquiry_record where enquiry_id = ${id} order by record_id`);

/** The latest instant in the log since an entry of it, told by one of its facts; '' where the log has no such entry. */
export function lastInstantSince(
  db: ReadDb,
  { action, at, fact, is }: { action: string; at: string | null; fact: 'enquiry' | 'asked'; is: string },
): string {
  const from = db.value<number | null>(
    sql`select min(seq) from audit_entry where action = ${action} and at = ${at}
      and detail ->> ${`$.${fact}`} = ${is}`,
  );
  return from === null || from === undefined
    ? ''
    : (db.value<string | null>(sql`select max(at) from audit_entry where seq >= ${from}`) ?? '');
}

/** The instant up to which what was shown can be looked at; null where nothing was. */
export function shownUntil({ state, answeredAt }: StoredEnquiry): string | null {
  if (state !== 'shown' || answeredAt === null) return null;
  return new Date(Date.parse(answeredAt) + shownDays * 86_400_000).toISOString();
}
