import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ledgers } from '#shared/ledgers/all.ts';

const core = path.resolve('main');
const tables = [
  ...ledgers.flatMap((ledger) => [
    ledger.table,
    ...Object.values(ledger.children).map((child) => child.table),
  ]),
  'record_version',
  'search_doc',
  'search',
  'search_recent',
  'audit_entry',
];

function sources(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) return sources(at);
    return /\.(ts|mjs)$/.test(entry.name) ? [at] : [];
  });
}

/** Statements that change rows, with the table they name or, for one named by a description, `*`. */
function writes(text: string): string[] {
  const statement =
    /\b(?:insert(?:\s+or\s+\w+)?\s+into|replace\s+into|update(?:\s+or\s+\w+)?|delete\s+from|drop\s+table|alter\s+table)\s+("?\w+"?|\$\{[^}]*\})(?=[\s(])/gi;
  return [...text.matchAll(statement)].map(([, table = '']) =>
    table.startsWith('$') ? '*' : table.replaceAll('"', ''),
  );
}

/** Who may write which: the one write path and the two files it is made of; the log; nothing else. */
const allowed: Record<string, readonly string[]> = {
  // Everything but records and the log: it names what it leaves out (a test of repair holds it to that).
  'core/ledgers/salvage-beside.ts': ['*'],
  'core/ledgers/table.ts': ['*'],
  'core/ledgers/store.ts': ['record_version'],
  'core/ledgers/search-index.ts': ['search', 'search_doc', 'search_recent'],
  // Content that is taken out whole leaves its versions without it; what the index still holds of it is merged away.
  'core/ledgers/strip.ts': ['record_version'],
  'core/ledgers/wipe.ts': ['search'],
  // What was sealed of scans and papers comes back as it was; the record itself comes by the write path.
  'core/sealing/pack.ts': ['*'],
  'core/audit/chain.ts': ['audit_entry'],
  // Another unit's, in memory, while somebody reads it.
  'core/audit/log-reading.ts': ['audit_entry'],
};

test('only the one write path writes a ledger table', () => {
  const found: Record<string, string[]> = {};
  for (const file of sources(core)) {
    const name = path.relative(core, file).replaceAll('\\', '/');
    if (name.startsWith('core/db/migrations/')) continue;
    const touched = [
      ...new Set(
        writes(fs.readFileSync(file, 'utf8')).filter((table) => table === '*' || tables.includes(table)),
      ),
    ].sort();
    if (touched.length > 0) found[name] = touched;
  }
  expect(found).toEqual(allowed);
});

test('the search for such statements finds them', () => {
  expect(writes('sql`insert into mediation_case (id) values (1)`')).toEqual(['mediation_case']);
  expect(writes(`sql\`UPDATE \${id(ledger.table)} set x = 1\``)).toEqual(['*']);
  expect(writes('sql`delete from "mediator" where 1`')).toEqual(['mediator']);
  expect(writes('sql`insert or replace into search (rowid) values (1)`')).toEqual(['search']);
});

test('the rows of the two functions that write rows are called by the store alone', () => {
  const callers = sources(core)
    .filter((file) => /\b(?:insertRow|updateRow)\(/.test(fs.readFileSync(file, 'utf8')))
    .map((file) => path.relative(core, file).replaceAll('\\', '/'));
  expect(callers.sort()).toEqual(['core/ledgers/store.ts', 'core/ledgers/table.ts']);
});
