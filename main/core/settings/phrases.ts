import fs from 'node:fs';
import path from 'node:path';
import { AppError } from '#shared/api/errors.ts';
import { type Phrase, phraseFileSchema } from '#shared/domain/phrase.ts';

/** The phrases shipped with the program (seeds/phrases), each file checked. Throws `seed-invalid`. */
export function readPhrases(seeds: string): Phrase[] {
  const folder = path.join(seeds, 'phrases');
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => {
      const parsed = phraseFileSchema.safeParse(JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')));
      if (!parsed.success)
        throw new AppError('seed-invalid', { file: name, at: parsed.error.issues[0]?.path.join('.') ?? '' });
      const { kind, items } = parsed.data;
      return items.map((item, index) => ({ id: `${name}#${index}`, kind, ...item, isOwn: false }));
    });
}
