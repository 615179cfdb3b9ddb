import fs from 'node:fs';
import path from 'node:path';
import { AppError } from '#shared/api/errors.ts';
import { type CodeList, codeListSchema } from '#shared/domain/code-list.ts';

/** The published lists shipped with the program (seeds/codes), each checked. Throws `seed-invalid`. */
export function readCodeLists(seeds: string): CodeList[] {
  const folder = path.join(seeds, 'codes');
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const parsed = codeListSchema.safeParse(JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')));
      if (!parsed.success)
        throw new AppError('seed-invalid', { file: name, at: parsed.error.issues[0]?.path.join('.') ?? '' });
      return parsed.data;
    });
}
