// Opens a ledger with one step of the schema more than it knows and is killed in its middle, or right after it stands:
// `upgrader.ts FOLDER PASSWORD middle|after`.

import { migrations, newestOf } from '#core/db/migrations/all.ts';
import type { Migration } from '#core/db/migrations/migration.ts';
import { startProgram } from '../programs.ts';

const [folder = '', password = '', when = 'middle'] = process.argv.slice(2);
const die = () => process.kill(process.pid, 'SIGKILL');
const step: Migration = {
  number: newestOf(migrations) + 10,
  name: 'throw-away',
  up(db) {
    db.exec('CREATE TABLE throw_away (seq INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT');
    db.exec('INSERT INTO throw_away (note) SELECT title FROM mediation_case');
    db.exec('UPDATE mediation_case SET title = title || title');
    if (when === 'middle') die();
    db.exec(
      'UPDATE mediation_case SET title = (SELECT note FROM throw_away t WHERE t.seq = mediation_case.seq)',
    );
  },
};
const program = startProgram(folder, { extra: { ledgers: [], migrations: [step] } });
await program.call('session.signIn', { account: 'admin', password });
die();
