import fs from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { AppError } from '#shared/api/errors.ts';

/** One file of the data that comes with the program, checked. Throws `seed-invalid` with its name and the place in it. */
export function readSeed<T>(schema: z.ZodType<T>, folder: string, name: string): T {
  const parsed = schema.safeParse(JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')));
  if (parsed.success) return parsed.data;
  throw new AppError('seed-invalid', { file: name, at: parsed.error.issues[0]?.path.join('.') ?? '' });
}

/** Names of the files of a folder of seeds, in order. */
export const seedNames = (folder: string): string[] =>
  fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
