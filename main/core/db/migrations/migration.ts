import type { WriteDb } from '#core/db/connection.ts';

/**
 * One step of the schema. Numbers go in tens, so that a mending step fits between. A released step never changes
 * (a test holds its hash) and only adds; a name that was dropped is never used again, because old packages say it.
 */
export type Migration = {
  readonly number: number;
  readonly name: string;
  readonly up: string | ((db: WriteDb) => void);
};
