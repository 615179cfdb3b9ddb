import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { FileGrant } from '#shared/api/envelope.ts';

/** Paths that the user chose, known outside this process's main thread only by a token. */
export type FileGrants = {
  grant(path: string): FileGrant;
  pathOf(grant: string): string | null;
  /** The grants whose tokens occur as a value of the input, at most three levels down. */
  namedIn(input: unknown): Record<string, string>;
};

const prefix = 'grant:';

export function createFileGrants(): FileGrants {
  const paths = new Map<string, string>();
  return {
    grant(path) {
      const grant = prefix + randomUUID();
      paths.set(grant, path);
      return { grant, name: basename(path) };
    },
    pathOf: (grant) => paths.get(grant) ?? null,
    namedIn(input) {
      const found: Record<string, string> = {};
      const visit = (value: unknown, depth: number): void => {
        if (typeof value === 'string') {
          const path = value.startsWith(prefix) ? paths.get(value) : undefined;
          if (path !== undefined) found[value] = path;
        } else if (depth > 0 && typeof value === 'object' && value !== null) {
          for (const each of Object.values(value)) visit(each, depth - 1);
        }
      };
      visit(input, 3);
      return found;
    },
  };
}
