import Database from 'better-sqlite3';

export type SavedRows = {
  record: Record<string, unknown>;
  parties: Record<string, unknown>[];
  version: Record<string, unknown>;
  commit: Record<string, unknown>;
  audit: Record<string, unknown>;
  doc: { doc: number; ledger: string; record_id: string };
  text: string;
};

/** The baseline of a save: the same rows by prepared statements in one transaction; same cipher, same pragmas. */
export type BareSaves = { save(rows: SavedRows): void; close(): void };

export function bareSaves(file: string, key: Uint8Array, first: SavedRows): BareSaves {
  const db = new Database(file);
  db.pragma("cipher='aegis'");
  (db as unknown as { key(key: Buffer): number }).key(Buffer.from(`raw:${Buffer.from(key).toString('hex')}`));
  for (const pragma of ['foreign_keys=ON', 'trusted_schema=OFF', 'cell_size_check=ON', 'temp_store=MEMORY'])
    db.pragma(pragma);
  for (const pragma of ['cache_size=-16384', 'synchronous=FULL', 'wal_autocheckpoint=4000'])
    db.pragma(pragma);
  const insert = (table: string, row: Record<string, unknown>) => {
    const names = Object.keys(row);
    return db.prepare(`insert into ${table} (${names}) values (${names.map((name) => `@${name}`)})`);
  };
  const record = insert('mediation_case', first.record);
  const party = insert('mediation_party', { record_seq: 0, ...first.parties[0] });
  const [commit, version] = [insert('commit_entry', first.commit), insert('record_version', first.version)];
  const [audit, doc] = [insert('audit_entry', first.audit), insert('search_doc', first.doc)];
  const search = db.prepare('insert into search (rowid, text) values (?, ?)');
  const save = db.transaction((rows: SavedRows) => {
    const seq = record.run(rows.record).lastInsertRowid;
    for (const row of rows.parties) party.run({ ...row, record_seq: seq });
    const number = commit.run(rows.commit).lastInsertRowid;
    version.run({ ...rows.version, commit_number: number });
    audit.run(rows.audit);
    doc.run(rows.doc);
    search.run(rows.doc.doc, rows.text);
  });
  return { save: (rows: SavedRows) => save.immediate(rows), close: () => void db.close() };
}
