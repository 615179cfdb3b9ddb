import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Connection, connect, isReadOnly } from '#core/db/connection.ts';

const key = new Uint8Array(32).fill(7);

function aFile(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ledger-connection-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'some.db');
  const made = open(file, { create: true });
  made.pragma('journal_mode = WAL');
  made.exec(`CREATE TABLE parent (id INTEGER PRIMARY KEY); INSERT INTO parent VALUES (1);
    CREATE TABLE child (of INTEGER REFERENCES parent (id))`);
  return file;
}

function open(file: string, more: { create?: boolean; access?: 'read' | 'look' } = {}): Connection {
  const connection = connect(file, { key, ...more });
  onTestFinished(() => connection.close());
  return connection;
}

test.each([[undefined], ['read'], ['look']] as const)(
  'every handle (%s) has the pragmas of the house',
  (access) => {
    const connection = open(aFile(), access ? { access } : {});
    const pragmas = [
      'synchronous',
      'foreign_keys',
      'trusted_schema',
      'cell_size_check',
      'temp_store',
      'query_only',
      'secure_delete',
    ];
    expect(Object.fromEntries(pragmas.map((name) => [name, connection.pragma<number>(name)]))).toEqual({
      synchronous: 2, // FULL: what was confirmed survives a power cut
      foreign_keys: 1,
      trusted_schema: 0,
      cell_size_check: 1,
      temp_store: 2, // MEMORY: nothing is spilled in clear
      query_only: access ? 1 : 0,
      secure_delete: 2, // FAST: nothing is left in a page of what was deleted from it
    });
  },
);

test.each(['read', 'look'] as const)('a handle to %s cannot write, whatever the statement', (access) => {
  const connection = open(aFile(), { access });
  for (const text of [
    'INSERT INTO parent VALUES (2)',
    'DELETE FROM parent',
    'DROP TABLE child',
    'PRAGMA user_version = 5',
  ]) {
    let met: unknown = null;
    try {
      connection.exec(text);
    } catch (error) {
      met = error;
    }
    expect(isReadOnly(met), text).toBe(true);
  }
});

test('a reference to nothing is refused', () => {
  const connection = open(aFile());
  expect(() => connection.exec('INSERT INTO child VALUES (9)')).toThrow('FOREIGN KEY');
});

test('a file that is not there is not made', () => {
  const file = path.join(path.dirname(aFile()), 'other.db');
  expect(() => connect(file, { key })).toThrow();
  expect(fs.existsSync(file)).toBe(false);
});
