import { createHash } from 'node:crypto';
import path from 'node:path';
import { appendAudit, firstBrokenEntry } from '#core/audit/chain.ts';
import { connect } from '#core/db/connection.ts';
import { names } from '#core/db/folder.ts';
import { sql } from '#core/db/sql.ts';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import { account, copyOf, type Place, password } from './data-set.ts';
import { type Result, result, timed } from './measure.ts';

const kinds = ['ledger.get', 'ledger.save', 'search.find', 'paper.issue', 'session.signIn'];

/** The whole log of a busy county proved anew, and bare SHA-256 over the same bytes read by one statement. */
export async function measureChain(folder: string, _place: Place, entries: number): Promise<Result> {
  const own = copyOf(folder, 'chain');
  const file = readKeyFile(own);
  const key = file && (await keyByPassword(file, account, password));
  if (!key) throw new Error('the data set has another password');
  const db = connect(path.join(own, names.ledger), { key });
  const ids = db.column<string>(sql`select id from mediation_case limit 1000`);
  let have = db.value<number>(sql`select count(*) from audit_entry`) ?? 0;
  while (have < entries) {
    db.transaction((write) => {
      for (let turn = 0; turn < 50_000 && have < entries; turn++, have++) {
        const recordId = ids[have % ids.length] ?? null;
        const action = kinds[have % kinds.length] ?? '';
        const at = new Date(1.7e12 + have * 60_000).toISOString();
        const version = action === 'ledger.save' ? createHash('sha256').update(at).digest('hex') : null;
        const detail = { fields: ['summary', 'parties'] };
        appendAudit(
          write,
          at,
          { account: '王主任', installation: '0197b5c0-0000-7000-8000-000000000000', machine: '一号电脑' },
          { action, ledger: 'mediation', recordId, version, detail },
        );
      }
    });
  }
  let broken: number | null = 0;
  const ms = await timed(() => {
    broken = firstBrokenEntry(db);
  });
  if (broken !== null) throw new Error(`the log that was just written is broken at ${broken}`);
  const bareMs = await timed(() => {
    let previous: Uint8Array = Buffer.alloc(32);
    const rows = db.all<{ text: string; hash: Uint8Array }>(
      sql`select seq || at || account || action || ledger || record_id || ifnull(hex(version), '') || detail as text, hash
        from audit_entry where seq > 1 and record_id is not null`,
    );
    for (const { text, hash } of rows) {
      createHash('sha256').update(previous).update(text).digest();
      previous = hash;
    }
  });
  db.close();
  return result(
    `log of ${have} entries verified (ms) / bare SHA-256 over the same, one statement`,
    ms,
    bareMs,
    5000,
  );
}
