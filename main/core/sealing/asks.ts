import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import type { AskedNow } from '#shared/api/sealing-types.ts';
import type { AnswerOutcome, SealKind } from '#shared/domain/sealing.ts';

/** What this unit asked of the level above, each file once; only the newest of an application waits for an answer. */
export type StoredAsk = AskedNow & {
  id: string;
  requestId: string;
  installation: string;
  answerKey: string;
  /** Null as soon as no answer is of use any more. */
  secret: string | null;
  outcome: AnswerOutcome | 'over' | null;
};

const columns = sql`id, request_id as requestId, installation, unit, code, asked_at as askedAt,
  valid_until as validUntil, answer_key as answerKey, secret, outcome`;

export const askById = (db: ReadDb, id: string): StoredAsk | null =>
  db.get<StoredAsk>(sql`select ${columns} from sealing_ask where id = ${id}`) ?? null;

export function openAskOf(db: ReadDb, requestId: string): AskedNow | null {
  const found = db.get<StoredAsk>(
    sql`select ${columns} from sealing_ask where request_id = ${requestId} and outcome is null`,
  );
  if (!found) return null;
  const { unit, code, askedAt, validUntil } = found;
  return { unit, code, askedAt, validUntil };
}

/** A file that was written before for the same application has no answer any more. */
export function addAsk(db: WriteDb, ask: StoredAsk): void {
  endAsks(db, ask.requestId);
  const { id, requestId, installation, unit, code, askedAt, validUntil, answerKey, secret } = ask;
  db.run(sql`insert into sealing_ask (id, request_id, installation, unit, code, asked_at, valid_until, answer_key, secret)
    values (${id}, ${requestId}, ${installation}, ${unit}, ${code}, ${askedAt}, ${validUntil}, ${answerKey}, ${secret})`);
}

export function endAsks(db: WriteDb, requestId: string, outcome: AnswerOutcome | 'over' = 'over'): void {
  db.run(sql`update sealing_ask set outcome = ${outcome}, secret = null
    where request_id = ${requestId} and outcome is null`);
}

/** What was decided here for a unit below; the reasons stand under the sealing key. */
export type StoredAnswer = {
  id: string;
  unitCode: string;
  unitName: string;
  signKey: string;
  kind: SealKind;
  recordId: string;
  ledger: string;
  number: string | null;
  account: string;
  askedAt: string;
  outcome: AnswerOutcome;
  decidedAt: string;
  decidedBy: string;
};

const answerColumns = sql`id, unit_code as unitCode, unit_name as unitName, sign_key as signKey, kind,
  record_id as recordId, ledger, number, account, asked_at as askedAt, outcome, decided_at as decidedAt,
  decided_by as decidedBy`;

export const answersGiven = (db: ReadDb): StoredAnswer[] =>
  db.all(sql`select ${answerColumns} from sealing_answer order by seq desc`);

export const answerGiven = (db: ReadDb, id: string): StoredAnswer | null =>
  db.get<StoredAnswer>(sql`select ${answerColumns} from sealing_answer where id = ${id}`) ?? null;

/** Under which number a unit's record was sealed with consent of here; null where it was not. */
export const sealedFrom = (db: ReadDb, unitCode: string, recordId: string) =>
  db.get<Pick<StoredAnswer, 'ledger' | 'number'>>(
    sql`select ledger, number from sealing_answer where unit_code = ${unitCode} and record_id = ${recordId}
      and kind = 'seal' and outcome = 'granted' order by seq desc limit 1`,
  ) ?? null;

/** The keys that requests of a unit were signed by before, the newest first. */
export const keysOfUnit = (db: ReadDb, unitCode: string): string[] =>
  db.column(sql`select sign_key from sealing_answer where unit_code = ${unitCode} order by seq desc`);

export function addAnswer(db: WriteDb, answer: StoredAnswer, detail: Uint8Array): void {
  const { id, unitCode, unitName, signKey, kind, recordId, ledger, number, account } = answer;
  const { askedAt, outcome, decidedAt, decidedBy } = answer;
  db.run(sql`insert into sealing_answer (id, unit_code, unit_name, sign_key, kind, record_id, ledger, number, account,
      detail, asked_at, outcome, decided_at, decided_by)
    values (${id}, ${unitCode}, ${unitName}, ${signKey}, ${kind}, ${recordId}, ${ledger}, ${number}, ${account},
      ${detail}, ${askedAt}, ${outcome}, ${decidedAt}, ${decidedBy})`);
}
