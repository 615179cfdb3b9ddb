import path from 'node:path';
import { type Phrase, phraseFileSchema } from '#shared/domain/phrase.ts';
import { readSeed, seedNames } from './seeds.ts';

/** The phrases shipped with the program (seeds/phrases), each file checked. Throws `seed-invalid`. */
export function readPhrases(seeds: string): Phrase[] {
  const folder = path.join(seeds, 'phrases');
  return seedNames(folder).flatMap((name) => {
    const { kind, items } = readSeed(phraseFileSchema, folder, name);
    return items.map((item, index) => ({ id: `${name}#${index}`, kind, ...item, isOwn: false }));
  });
}
