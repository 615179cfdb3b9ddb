import { migrations, newestOf } from '#core/db/migrations/all.ts';
import type { Migration } from '#core/db/migrations/migration.ts';

const next = newestOf(migrations) + 1000;
/** Steps of a later program, large enough to be killed in the middle of: each copies every case several times. */
const step = (number: number): Migration => ({
  number: next + number * 10,
  name: `later ${number}`,
  up: `CREATE TABLE later_${number} (seq INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;
    INSERT INTO later_${number} (note) SELECT one.summary || other.title FROM mediation_case one, mediation_case other;
    UPDATE mediation_case SET summary = summary || '';`,
});

export const laterSteps = {
  ledgers: [],
  migrations: Array.from({ length: 6 }, (_each, index) => step(index)),
};
export const laterVersion = next + 50;
