import path from 'node:path';
import { type CodeList, codeListSchema } from '#shared/domain/code-list.ts';
import { readSeed, seedNames } from './seeds.ts';

/** The published lists shipped with the program (seeds/codes), each checked. Throws `seed-invalid`. */
export function readCodeLists(seeds: string): CodeList[] {
  const folder = path.join(seeds, 'codes');
  return seedNames(folder).map((name) => readSeed(codeListSchema, folder, name));
}
