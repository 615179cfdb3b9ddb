import { pinyin, polyphonic } from 'pinyin-pro';
import seed from '#seeds/names/readings.json' with { type: 'json' };
import { foldName, foldSound } from '#shared/domain/names.ts';

/** Of one way to read a name: exactly (without tones), and as many hear it. */
export type Sound = { sound: string; near: string };

/** A name as it is heard. The first sound is the usual one. */
export type Heard = { name: string; sounds: readonly Sound[]; initials: string };

export type NameReader = {
  /** As its bearer may say it: the surname with its own reading (单 Shàn, 仇 Qiú), both where two are alive. */
  heard(name: string): Heard;
  /** Every way in which somebody who writes by ear may read it, rare ones too. */
  allHeard(name: string): Heard;
};

const kept = 50_000;
const mostKeptWays = 4;
const mostWays = 12;
/** Readings kept beside the usual one, by character. */
export const readingsSeed = seed.readings as Readonly<Record<string, readonly string[]>>;

const soundOf = (syllables: readonly string[]): Sound => ({
  sound: syllables.join(' '),
  near: foldSound(syllables.join('')),
});

/** All ways through the choices, or the usual one alone where there are too many of them. */
function ways(usual: readonly string[], choices: readonly (readonly string[])[], most: number): Sound[] {
  let found: string[][] = [[]];
  for (const [at, syllables] of choices.entries()) {
    const here = [usual[at] ?? '', ...syllables.filter((syllable) => syllable !== usual[at])];
    found = found.flatMap((way) => here.map((syllable) => [...way, syllable]));
    if (found.length > most) return [soundOf(usual)];
  }
  return found.map(soundOf);
}

/** Readings are kept: the same names come back all day. */
export function createNameReader(): NameReader {
  const known = new Map<string, Heard & { syllables: readonly string[] }>();
  const read = (name: string) => {
    const found = known.get(name);
    if (found) return found;
    const folded = foldName(name);
    const syllables = pinyin(folded, { toneType: 'none', surname: 'head', type: 'array', v: true });
    const characters = Array.from(folded);
    const choices =
      syllables.length === characters.length
        ? characters.map((character) => readingsSeed[character] ?? [])
        : [];
    const answer = {
      name: folded,
      syllables,
      sounds: choices.length === 0 ? [soundOf(syllables)] : ways(syllables, choices, mostKeptWays),
      initials: syllables.map((syllable) => Array.from(syllable)[0] ?? '').join(''),
    };
    if (known.size >= kept) known.clear();
    known.set(name, answer);
    return answer;
  };
  return {
    heard: read,
    allHeard(name) {
      const usual = read(name);
      const choices = polyphonic(usual.name, { toneType: 'none', type: 'array', v: true });
      if (choices.length !== usual.syllables.length) return usual;
      const all = ways(usual.syllables, choices, mostWays);
      const sounds = new Map([...usual.sounds, ...all].map((one) => [one.sound, one]));
      return { ...usual, sounds: [...sounds.values()] };
    },
  };
}
