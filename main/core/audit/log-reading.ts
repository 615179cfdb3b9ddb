import { type Connection, connectMemory } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { AppError } from '#shared/api/errors.ts';
import { type LogFileLine, lineFrom, linesIn } from './log-file.ts';

/**
 * The log of another unit while somebody reads it: in memory only, in a table of the same shape as the own log, so that it
 * is looked through by the same questions. It goes with the session, and under the lock.
 */
export type LogReadings = {
  of(token: string, check: number): Connection | null;
  /**
   * Fills one from the bytes of a file; pauses between parts, so that others are answered meanwhile. Throws
   * `session-locked` where it was closed in such a pause: nothing stays that nobody may read any more.
   */
  open(token: string, check: number, bytes: Uint8Array): Promise<Connection>;
  close(token?: string): void;
};

const linesAtOnce = 5000;

export function createLogReadings(nativeBinding: string | undefined): LogReadings {
  const open = new Map<string, { check: number; db: Connection }>();

  const filling = new Set<{ token: string; isClosed: boolean }>();

  function drop(token?: string): void {
    for (const [name, { db }] of open)
      if (token === undefined || name === token) {
        db.close();
        open.delete(name);
      }
  }

  function close(token?: string): void {
    drop(token);
    for (const one of filling) if (token === undefined || one.token === token) one.isClosed = true;
  }

  return {
    of: (token, check) => {
      const found = open.get(token);
      return found?.check === check ? found.db : null;
    },
    async open(token, check, bytes) {
      drop(token);
      const own = { token, isClosed: false };
      filling.add(own);
      const db = connectMemory(nativeBinding);
      db.exec(`CREATE TABLE audit_entry (seq INTEGER PRIMARY KEY, at TEXT NOT NULL, account TEXT NOT NULL,
        action TEXT NOT NULL, ledger TEXT, record_id TEXT, version BLOB, detail TEXT NOT NULL, installation TEXT,
        machine TEXT, number TEXT) STRICT`);
      try {
        let lines: LogFileLine[] = [];
        const flush = () => {
          db.transaction(() => {
            for (const line of lines) insert(db, line);
          });
          lines = [];
        };
        for (const { text } of linesIn(bytes)) {
          const line = lineFrom(text);
          if (line) lines.push(line);
          if (lines.length < linesAtOnce) continue;
          flush();
          await new Promise((resolve) => setImmediate(resolve));
          if (own.isClosed) throw new AppError('session-locked', {});
        }
        flush();
      } catch (error) {
        db.close();
        throw error;
      } finally {
        filling.delete(own);
      }
      drop(token);
      open.set(token, { check, db });
      return db;
    },
    close,
  };
}

/** A number that stands twice in a file that was tampered with is read once. */
function insert(db: Connection, line: LogFileLine): void {
  const { entry, at, account, action, ledger, recordId, version, detail, installation, machine, number } =
    line;
  db.run(sql`insert or ignore into audit_entry
      (seq, at, account, action, ledger, record_id, version, detail, installation, machine, number)
    values (${entry}, ${at}, ${account}, ${action}, ${ledger}, ${recordId},
      ${version === null ? null : Buffer.from(version, 'hex')}, ${detail}, ${installation}, ${machine}, ${number})`);
}
