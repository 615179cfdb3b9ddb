import fs from 'node:fs';
import type { ReadDb } from '#core/db/connection.ts';
import { inFolder, writeDurably } from '#core/db/folder.ts';
import { isObjectName } from '#core/db/object-format.ts';
import { objectPath } from '#core/db/objects.ts';
import { sql } from '#core/db/sql.ts';

/**
 * The scans of a record that is opened again are on the disk before the ledger names them. A small file says of which this
 * is so: a program that dies in between would leave them under the key that every account holds, while the record stays
 * sealed.
 */
export function createUnsealing(folder: string): { comes(object: string): void; over(): void } {
  const coming: string[] = [];
  return {
    comes(object) {
      coming.push(object);
      writeDurably(inFolder(folder, 'unsealing'), coming.map((one) => `${one}\n`).join(''));
    },
    over: () => fs.rmSync(inFolder(folder, 'unsealing'), { force: true }),
  };
}

/** At every opening: what such a program left goes, unless the ledger came to name it. */
export function dropUnsealed(folder: string, db: ReadDb): void {
  const file = inFolder(folder, 'unsealing');
  if (!fs.existsSync(file)) return;
  for (const object of fs.readFileSync(file, 'utf8').split('\n').filter(isObjectName)) {
    const isNamed = db.value(sql`select 1 from attachment where object = ${object}`) !== undefined;
    const at = objectPath(inFolder(folder, 'objects'), object);
    // The half of one too: it is written under this name first.
    for (const file of isNamed ? [`${at}.tmp`] : [at, `${at}.tmp`]) fs.rmSync(file, { force: true });
  }
  fs.rmSync(file, { force: true });
}
