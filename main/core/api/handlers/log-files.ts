import fs from 'node:fs';
import path from 'node:path';
import { endOver, endsNamed } from '#core/audit/given-up.ts';
import { chainLines, entriesOf, logEntries } from '#core/audit/log.ts';
import type { LogVerdict } from '#core/audit/log-check.ts';
import {
  endOf,
  headerOfFile,
  type LogFileHeader,
  lineOf,
  logFileLimitMb,
  logFileWhat,
  newDigest,
} from '#core/audit/log-file.ts';
import { confirmKey, enterCheck, knownOf, logCheck, logChecks } from '#core/audit/log-register.ts';
import type { Connection, ReadDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { ownUnit, readSetting } from '#core/settings/settings.ts';
import type { LogFileCheck, LogFinding, LogNotice } from '#shared/api/audit-types.ts';
import { AppError } from '#shared/api/errors.ts';
import type { InputOf, OutputOf } from '#shared/api/methods.ts';
import type { HandlersOf, Job, QueryContext, Writing } from '../context.ts';
import { ownUnitOutside } from '../demo-mark.ts';
import { fileFailure } from '../files.ts';
import { asQuestion, sign } from './audit.ts';
import { linesFor, numberOf, objectBy, recordsMeantIn } from './log-lines.ts';

const pageSize = 100;
/** The longest entry has some 20 KB. */
const linesAtOnce = 1000;
const hashLength = 32;

const pause = () => new Promise((resolve) => setImmediate(resolve));
const hashAt = (db: ReadDb, entry: number) =>
  db.value<Uint8Array>(sql`select hash from audit_entry where seq = ${entry}`);
const isOwnLog = (db: ReadDb, ledgerId: string) => ledgerId === readSetting(db, 'ledgerId');

/** The first entry of a file of this ledger's own log that the ledger itself has otherwise, or not at all. */
function firstOther(db: ReadDb, first: number, hashes: Uint8Array): number | null {
  for (let at = 0; at * hashLength < hashes.length; at++) {
    const here = hashAt(db, first + at);
    const there = hashes.subarray(at * hashLength, (at + 1) * hashLength);
    if (!here || Buffer.compare(here, there) !== 0) return first + at;
  }
  return null;
}

/** Whether what the file has from an entry on gave way to a copy: the own log says so at that very entry. */
function restoreAt(
  db: ReadDb,
  entry: number,
  { file, lastHash }: Pick<LogVerdict, 'file' | 'lastHash'>,
): LogFinding<LogNotice> | null {
  const row = db.get<{ at: string; detail: string }>(
    sql`select at, detail from audit_entry where seq = ${entry} and action = 'program.restore'`,
  );
  const ends = row ? endsNamed(JSON.parse(row.detail) as Record<string, unknown>) : [];
  const end = endOver(ends, { entry: file.last, hash: lastHash });
  return row && end ? { is: 'givenUp', entry, at: row.at, to: end.entry } : null;
}

const nothingKnown = { known: [], keys: { are: [], isConfirmed: false }, otherLedgerAt: null };

type Staged = LogVerdict & { isOwn: boolean };
type Prepared = { last: number; entries: number; writing: Writing };

export const logFileHandlers = {
  'audit.export': {
    async stage({ kit, db, files, note, progress, alive }, { from, to, out, overwrite = false, reason }) {
      const some = entriesOf(db, { from, to });
      if (!some) throw new AppError('audit-empty', {});
      const { first, last } = some;
      const unitCode = ownUnit(db).code;
      const unit = ownUnitOutside(db);
      const header: LogFileHeader = {
        what: logFileWhat,
        ledgerId: readSetting(db, 'ledgerId') ?? '',
        unit,
        unitCode,
        ...kit.place(db),
        exportedAt: kit.at(),
        first,
        last,
        total: db.value<number>(sql`select max(seq) from audit_entry`) ?? last,
        previous: Buffer.from(hashAt(db, first - 1) ?? Buffer.alloc(hashLength)).toString('hex'),
      };
      const entries = last - first + 1;
      note({ detail: { rows: entries, reason } });
      // Ten years of a busy county are more than fits into memory.
      const writing = files.begin(out, { overwrite });
      writing.add(Buffer.from(lineOf(header)));
      for (let next = first; next <= last; next += linesAtOnce) {
        alive();
        const until = Math.min(last, next + linesAtOnce - 1);
        const lines = chainLines(db, next, until).map((line) => {
          const { ledger, recordId } = line;
          const number = ledger === null || recordId === null ? null : numberOf(kit, db, ledger, recordId);
          return lineOf({ ...line, number });
        });
        writing.add(Buffer.from(lines.join('')));
        progress(until - first + 1, entries);
        await pause();
      }
      return { last, entries, writing };
    },
    commit(context, { last, entries, writing }, { reason }) {
      const head = sign(context, 'export', last);
      const end = lineOf(endOf(writing.digest(), head, context.signer()));
      context.note({ detail: { rows: entries, reason, head: head.entry } });
      return { file: writing.end(Buffer.from(end)), entries, head };
    },
  },

  /** Nothing of the file is taken over but its end; what it says is read again from the file. */
  'audit.checkFile': {
    async stage({ kit, db, files }, { file: grant, paper }) {
      const at = files.path(grant);
      const file = path.basename(at);
      let header: LogFileHeader;
      try {
        header = headerOfFile(at, file);
      } catch (error) {
        throw fileFailure(error, at);
      }
      const isOwn = isOwnLog(db, header.ledgerId);
      const beside = isOwn ? nothingKnown : knownOf(db, header);
      const order = { file: at, beside: { ...beside, paper: paper ?? null }, wantsHashes: isOwn };
      const verdict = (await kit.env.helper('audit.checkFile', order)) as LogVerdict;
      const { hashes, ...rest } = verdict;
      const other = hashes && firstOther(db, header.first, hashes);
      if (hashes && other !== null) {
        const restored = restoreAt(db, other, rest);
        if (restored) rest.notices.push(restored);
        else rest.faults.push({ is: 'own', entry: other });
      }
      return { ...rest, hashes: null, isOwn };
    },
    commit({ db, session, write, note }, { isOwn, file, faults, more, notices, ...rest }) {
      const by = { at: write.at, account: session.account };
      const verdict: LogVerdict = { ...rest, file, faults, more, notices };
      const check = isOwn ? null : enterCheck(db, verdict, by);
      const { unit, first, last } = file;
      note({ detail: { unit, entries: `${first}–${last}`, faults: faults.length + more } });
      // Of one's own log the ledger itself says more than the register of others'.
      const told = isOwn ? notices.filter(({ is }) => is.startsWith('paper') || is === 'givenUp') : notices;
      return { ...file, check, isOwn, isSound: faults.length === 0, faults, more, notices: told };
    },
  },
  'audit.confirmKey'({ db, session, write, note }, { check, code }) {
    const confirmed = confirmKey(db, check, code, { at: write.at, account: session.account });
    note({ detail: { unit: confirmed.unit, fingerprint: confirmed.fingerprint } });
    return confirmed;
  },
  'audit.checks': ({ db }) => logChecks(db),
  async 'audit.foreign'(context, { check, file: grant, limit = pageSize, ...question }) {
    const { kit, db: own, session, note } = context;
    const { unit, fileHash } = logCheck(own, check);
    const db =
      kit.logReadings.of(session.token, check) ?? (await opened(context, { check, grant, fileHash }));
    // The numbers are those of that unit, as far as entries of one record tell them.
    const number = (_ledger: string, recordId: string) =>
      db.value<string | null>(
        sql`select number from audit_entry where record_id = ${recordId} and number is not null limit 1`,
      ) ?? null;
    const asked = asQuestion(question, (text) => recordsMeantIn(db, text));
    const entries = logEntries(db, { ...asked, limit: limit + 1 }, objectBy(kit, number));
    note({ detail: { unit, rows: Math.min(limit, entries.length) } });
    return {
      entries: linesFor({ kit, db: own }, entries.slice(0, limit), number),
      more: entries.length > limit,
    };
  },
} satisfies HandlersOf<'audit.checks' | 'audit.confirmKey' | 'audit.foreign'> & {
  'audit.export': Job<InputOf<'audit.export'>, Prepared, OutputOf<'audit.export'>>;
  'audit.checkFile': Job<InputOf<'audit.checkFile'>, Staged, LogFileCheck>;
};

const sizeOf = (at: string) => fs.statSync(at, { throwIfNoEntry: false })?.size ?? 0;

/** What is read is what was checked, byte for byte, in memory. Throws `log-file-other`, `log-file-not-read`. */
async function opened(
  { kit, files, session }: QueryContext,
  { check, grant, fileHash }: { check: number; grant: string; fileHash: string },
): Promise<Connection> {
  const file = path.basename(files.path(grant));
  if (sizeOf(files.path(grant)) > logFileLimitMb * 2 ** 20)
    throw new AppError('log-file-not-read', { file, limitMb: logFileLimitMb });
  const bytes = files.read(grant, logFileLimitMb);
  if (newDigest().update(bytes).digest('hex') !== fileHash) throw new AppError('log-file-other', { file });
  return kit.logReadings.open(session.token, check, bytes);
}
