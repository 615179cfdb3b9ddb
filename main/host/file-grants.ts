import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { type FileGrant, type GrantUse, grantPrefix } from '#shared/api/envelope.ts';

/**
 * Paths that the user chose, known outside this process's main thread only by a token. The token says what he chose the
 * path for (`grantFor`): what he opened is not written to, what he named to save to is not read.
 */
export type FileGrants = {
  grant(path: string, use?: GrantUse): FileGrant;
  /** Of a file that was named to save to. */
  pathOf(grant: string): string | null;
  /** The grants whose tokens occur as a value of the input, at most three levels down. */
  namedIn(input: unknown): Record<string, string>;
  /** What was chosen in one session is nothing to the next. */
  clear(): void;
};

export function createFileGrants(): FileGrants {
  const paths = new Map<string, string>();
  return {
    grant(path, use = 'open') {
      const grant = grantPrefix[use] + randomUUID();
      paths.set(grant, path);
      return { grant, name: basename(path) };
    },
    pathOf: (grant) => (grant.startsWith(grantPrefix.save) ? (paths.get(grant) ?? null) : null),
    namedIn(input) {
      const found: Record<string, string> = {};
      const visit = (value: unknown, depth: number): void => {
        if (typeof value === 'string') {
          const path = paths.get(value);
          if (path !== undefined) found[value] = path;
        } else if (depth > 0 && typeof value === 'object' && value !== null) {
          for (const each of Object.values(value)) visit(each, depth - 1);
        }
      };
      visit(input, 3);
      return found;
    },
    clear: () => paths.clear(),
  };
}
