import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What this Windows account's copy of the program remembers, in clear; nothing of the ledger's content. */
export type Preferences = {
  folder?: string | undefined;
  window?: { width: number; height: number; isMaximized: boolean } | undefined;
  safeDisplay?: boolean | undefined;
};

/** By hand: it is read before the window comes up, and reading zod alone takes 10 ms. */
const fits: { [K in keyof Preferences]-?: (value: unknown) => boolean } = {
  folder: (value) => typeof value === 'string' && value !== '' && value.length <= 4000,
  window: (value) =>
    isRecord(value) &&
    Object.keys(value).every((key) => key === 'width' || key === 'height' || key === 'isMaximized') &&
    [value.width, value.height].every((size) => Number.isInteger(size) && isSize(size as number)) &&
    typeof value.isMaximized === 'boolean',
  safeDisplay: (value) => typeof value === 'boolean',
};
const isSize = (pixels: number) => pixels >= 400 && pixels <= 20_000;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Throws on anything that is not one of its own. */
function parse(value: unknown): Preferences {
  const isOne = ([key, part]: [string, unknown]) =>
    Object.hasOwn(fits, key) && (part === undefined || fits[key as keyof Preferences](part));
  if (!isRecord(value) || !Object.entries(value).every(isOne)) throw new Error('not preferences');
  return value;
}

export type PreferenceFile = { read(): Preferences; change(part: Preferences): void };

/** An unreadable file counts as none: everything in it can be chosen again. */
export function preferenceFile(userData: string): PreferenceFile {
  const file = join(userData, 'preferences.json');
  const read = (): Preferences => {
    try {
      return parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      return {};
    }
  };
  return {
    read,
    change(part) {
      const whole = parse({ ...read(), ...part });
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.new`, `${JSON.stringify(whole, null, 2)}\n`);
      renameSync(`${file}.new`, file);
    },
  };
}
