import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { isSameCode, paperCode } from '#core/security/signer.ts';
import type { LogCheck, LogFile } from '#shared/api/audit-types.ts';
import { AppError } from '#shared/api/errors.ts';
import type { Beside, LogVerdict } from './log-check.ts';

type Row = {
  seq: number;
  ledger_id: string;
  unit_code: string;
  unit_name: string;
  installation: string;
  machine: string;
  exported_at: string;
  file_hash: Uint8Array;
  first_entry: number;
  last_entry: number;
  last_hash: Uint8Array;
  fingerprint: string;
  key_confirmed_at: string | null;
  key_confirmed_by: string | null;
  is_sound: number;
  result: string;
  checked_at: string;
  account: string;
};
type Result = Pick<LogVerdict, 'faults' | 'notices' | 'forks' | 'isJoined'>;

const mostKnown = 500;
const mostListed = 500;

/** Keys somebody confirmed; as long as there is none, the one that was there first. A file cannot bring its own. */
function keysOf(db: ReadDb, ledgerId: string): Beside['keys'] {
  const confirmed = db.column<string>(
    sql`select distinct fingerprint from log_check where ledger_id = ${ledgerId} and key_confirmed_at is not null`,
  );
  if (confirmed.length > 0) return { are: confirmed, isConfirmed: true };
  const first = db.column<string>(
    sql`select fingerprint from log_check where ledger_id = ${ledgerId} and is_sound = 1 order by seq limit 1`,
  );
  return { are: first, isConfirmed: false };
}

/**
 * What is known here of a log: the ends it had whenever it was found sound, under a key that counts, in a file that
 * joined on to what was known. Anybody can make a sound file with a key of his own; the true log is not measured by it.
 * Behind a gap an end counts where its key was confirmed: then the unit's auditor signed it, and what he signed later has
 * to hold it. It bridges no gap (see `seenFrom`).
 */
export function knownOf(
  db: ReadDb,
  { ledgerId, unitCode }: Pick<LogFile, 'ledgerId' | 'unitCode'>,
): Omit<Beside, 'paper'> {
  const keys = keysOf(db, ledgerId);
  const rows = db.all<Row>(
    sql`select * from log_check where ledger_id = ${ledgerId} and is_sound = 1
      and (json_extract(result, '$.isJoined') = 1 or ${Number(keys.isConfirmed)} = 1)
      and fingerprint in (select value from json_each(${JSON.stringify(keys.are)}))
      order by seq desc limit ${mostKnown}`,
  );
  const other = db.value<string | null>(
    sql`select max(checked_at) from log_check where unit_code = ${unitCode} and ledger_id <> ${ledgerId}`,
  );
  return {
    known: rows.reverse().map((row) => ({
      entry: row.last_entry,
      hash: Buffer.from(row.last_hash).toString('hex'),
      installation: row.installation,
      forks: (JSON.parse(row.result) as Result).forks,
      checkedAt: row.checked_at,
      seenFrom: (JSON.parse(row.result) as Result).isJoined ? null : row.first_entry,
    })),
    keys,
    otherLedgerAt: other ?? null,
  };
}

/** Writes down a check, sound or not; gives its number. */
export function enterCheck(db: WriteDb, verdict: LogVerdict, by: { at: string; account: string }): number {
  const { file, fileHash, lastHash, faults, notices, forks, isJoined } = verdict;
  const result: Result = { faults, notices, forks, isJoined };
  return db.insert(sql`insert into log_check (ledger_id, unit_code, unit_name, installation, machine, exported_at,
      file_hash, first_entry, last_entry, last_hash, fingerprint, is_sound, result, checked_at, account)
    values (${file.ledgerId}, ${file.unitCode}, ${file.unit}, ${file.installation}, ${file.machine},
      ${file.exportedAt}, ${Buffer.from(fileHash, 'hex')}, ${file.first}, ${file.last},
      ${Buffer.from(lastHash, 'hex')}, ${file.fingerprint}, ${Number(faults.length === 0)},
      ${JSON.stringify(result)}, ${by.at}, ${by.account})`);
}

function shown(row: Row): LogCheck {
  const { faults, notices } = JSON.parse(row.result) as Result;
  return {
    check: row.seq,
    ledgerId: row.ledger_id,
    unit: row.unit_name,
    unitCode: row.unit_code,
    installation: row.installation,
    machine: row.machine,
    exportedAt: row.exported_at,
    first: row.first_entry,
    last: row.last_entry,
    code: paperCode(row.last_hash),
    fingerprint: row.fingerprint,
    keyConfirmedAt: row.key_confirmed_at,
    keyConfirmedBy: row.key_confirmed_by,
    isSound: row.is_sound === 1,
    faults,
    notices,
    checkedAt: row.checked_at,
    account: row.account,
  };
}

/** The newest first. */
export const logChecks = (db: ReadDb): LogCheck[] =>
  db.all<Row>(sql`select * from log_check order by seq desc limit ${mostListed}`).map(shown);

/** Throws `log-check-missing`. */
export function logCheck(db: ReadDb, check: number): LogCheck & { fileHash: string } {
  const row = db.get<Row>(sql`select * from log_check where seq = ${check}`);
  if (!row) throw new AppError('log-check-missing', { check });
  return { ...shown(row), fileHash: Buffer.from(row.file_hash).toString('hex') };
}

/**
 * The code that the other side read out is that of the key: it is this unit's from now on. Throws `log-check-missing`,
 * `log-key-differs`.
 */
export function confirmKey(
  db: WriteDb,
  check: number,
  code: string,
  by: { at: string; account: string },
): LogCheck {
  const { fingerprint, ledgerId } = logCheck(db, check);
  if (fingerprint === '' || !isSameCode(fingerprint, code)) throw new AppError('log-key-differs', {});
  db.run(sql`update log_check set key_confirmed_at = ${by.at}, key_confirmed_by = ${by.account}
    where ledger_id = ${ledgerId} and fingerprint = ${fingerprint} and key_confirmed_at is null`);
  return logCheck(db, check);
}
