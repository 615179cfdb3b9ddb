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
  const before = objectsIn(folder);
  const coming = [...before];
  const write = (objects: readonly string[]) =>
    writeDurably(inFolder(folder, 'unsealing'), objects.map((one) => `${one}\n`).join(''));
  return {
    comes(object) {
      coming.push(object);
      write(coming);
    },
    // What was held at an opening still waits for the next.
    over: () =>
      before.length > 0 ? write(before) : fs.rmSync(inFolder(folder, 'unsealing'), { force: true }),
  };
}

function objectsIn(folder: string): string[] {
  const file = inFolder(folder, 'unsealing');
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').filter(isObjectName) : [];
}

/**
 * What such a program left goes, or what was written for nothing, unless the ledger came to name it. Throws where a file
 * is held, once all others are gone: it stands in the small file until it is gone too.
 */
export function dropUnsealed(folder: string, db: ReadDb): void {
  const file = inFolder(folder, 'unsealing');
  if (!fs.existsSync(file)) return;
  let fault: unknown = null;
  for (const object of objectsIn(folder)) {
    const isNamed = db.value(sql`select 1 from attachment where object = ${object}`) !== undefined;
    const at = objectPath(inFolder(folder, 'objects'), object);
    // The half of one too: it is written under this name first.
    for (const one of isNamed ? [`${at}.tmp`] : [at, `${at}.tmp`])
      try {
        fs.rmSync(one, { force: true });
      } catch (error) {
        fault ??= error;
      }
  }
  if (fault !== null) throw fault;
  fs.rmSync(file, { force: true });
}
