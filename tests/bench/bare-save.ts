import Database from 'better-sqlite3';

type Row = Record<string, unknown>;
export type SavedRows = {
  record: Row;
  parties: Row[];
  version: Row;
  commit: Row;
  audit: Row;
  doc: { doc: number; ledger: string; record_id: string };
  text: string;
  /** What follows from the record besides: keys of persons and what is due. */
  keys: Row[];
  dues: Row[];
};

/** The baseline of a save: the same rows by prepared statements in one transaction; same cipher, same pragmas. */
export type BareSaves = { save(rows: SavedRows): void; close(): void };

export function bareSaves(file: string, key: Uint8Array, table = 'mediation_case'): BareSaves {
  const db = new Database(file);
  db.pragma("cipher='aegis'");
  (db as unknown as { key(key: Buffer): number }).key(Buffer.from(`raw:${Buffer.from(key).toString('hex')}`));
  for (const pragma of ['foreign_keys=ON', 'trusted_schema=OFF', 'cell_size_check=ON', 'temp_store=MEMORY'])
    db.pragma(pragma);
  for (const pragma of ['cache_size=-16384', 'synchronous=FULL', 'wal_autocheckpoint=4000'])
    db.pragma(pragma);
  const into = (table: string) => {
    let statement: Database.Statement | undefined;
    return (row: Row) => {
      const names = Object.keys(row);
      statement ??= db.prepare(`insert into ${table} (${names}) values (${names.map((name) => `@${name}`)})`);
      return statement.run(row).lastInsertRowid;
    };
  };
  const [record, party, commit] = [table, 'mediation_party', 'commit_entry'].map(into);
  const [version, audit, doc] = ['record_version', 'audit_entry', 'search_doc'].map(into);
  const [personKey, due] = ['person_key_recent', 'due_entry'].map(into);
  const search = db.prepare('insert into search_recent (doc, text) values (?, ?)');
  const save = db.transaction((rows: SavedRows) => {
    const seq = record?.(rows.record);
    for (const row of rows.parties) party?.({ ...row, record_seq: seq });
    version?.({ ...rows.version, commit_number: commit?.(rows.commit) });
    audit?.(rows.audit);
    doc?.(rows.doc);
    search.run(rows.doc.doc, rows.text);
    for (const row of rows.keys) personKey?.(row);
    for (const row of rows.dues) due?.(row);
  });
  return { save: (rows: SavedRows) => save.immediate(rows), close: () => void db.close() };
}
