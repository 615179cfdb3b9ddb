// Makes the fixture ledger of the newest schema: `node main/tools/make-fixture.ts`. See tests/fixtures/ledgers/README.md.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..', '..');
const password = 'fixture-ledger-1';

/** The number of the newest step of the schema, by the names of their files. */
function newestSchema(): number {
  const steps = fs.readdirSync(path.join(root, 'main', 'core', 'db', 'migrations'));
  return Math.max(...steps.map((name) => Number(/^(\d{4})-/.exec(name)?.[1] ?? 0)));
}

function ledger(folder: string, ...words: string[]): Record<string, unknown> {
  const command = path.join(root, 'main', 'cli', 'index.ts');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [command, ...words, '--dir', folder, '--json'],
    { encoding: 'utf8', env: { ...process.env, LEDGER_PASSWORD: password } },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Record<string, unknown>;
}

const schema = newestSchema();
const made = fs.mkdtempSync(path.join(os.tmpdir(), 'judicial-ledger-fixture-'));
try {
  ledger(
    made,
    'demo',
    '--level',
    'station',
    '--cases',
    '30',
    '--years',
    '2023-2024',
    '--seed',
    String(schema),
  );
  const { hash } = ledger(made, 'hash');
  const { records } = ledger(made, 'hash');
  // A copy is without free pages and without -wal: the smallest whole file of the ledger.
  const { file } = ledger(made, 'backup', '--out', path.join(made, 'out')) as { file: string };
  const to = path.join(root, 'tests', 'fixtures', 'ledgers', `schema-${schema}`);
  fs.rmSync(to, { recursive: true, force: true });
  fs.mkdirSync(to, { recursive: true });
  fs.copyFileSync(file, path.join(to, 'ledger.db'));
  fs.copyFileSync(path.join(made, 'ledger.key'), path.join(to, 'ledger.key'));
  fs.copyFileSync(path.join(made, 'ledger.id'), path.join(to, 'ledger.id'));
  fs.writeFileSync(
    path.join(to, 'facts.json'),
    `${JSON.stringify({ schema, password, hash, records }, null, 2)}\n`,
  );
  console.log(
    `${path.relative(root, to)}: ${Math.round(fs.statSync(file).size / 1024)} KB, ${records} records`,
  );
} finally {
  fs.rmSync(made, { recursive: true, force: true });
}
