import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** What this Windows account's copy of the program remembers, in clear; nothing of the ledger's content. */
const Preferences = z.strictObject({
  folder: z.string().min(1).max(4000).optional(),
  window: z
    .strictObject({
      width: z.int().min(400).max(20_000),
      height: z.int().min(300).max(20_000),
      isMaximized: z.boolean(),
    })
    .optional(),
  safeDisplay: z.boolean().optional(),
});
export type Preferences = z.infer<typeof Preferences>;

export type PreferenceFile = { read(): Preferences; change(part: Preferences): void };

/** An unreadable file counts as none: everything in it can be chosen again. */
export function preferenceFile(userData: string): PreferenceFile {
  const file = join(userData, 'preferences.json');
  const read = (): Preferences => {
    try {
      return Preferences.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      return {};
    }
  };
  return {
    read,
    change(part) {
      const whole = Preferences.parse({ ...read(), ...part });
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.new`, `${JSON.stringify(whole, null, 2)}\n`);
      renameSync(`${file}.new`, file);
    },
  };
}
