import { pinyin, polyphonic } from 'pinyin-pro';
import seed from '#seeds/names/readings.json' with { type: 'json' };
import { foldName, foldSound } from '#shared/domain/names.ts';

/** How names are read: for the search (letters typed) and for the index of persons (written by ear). */

/** Of one way to read a name: exactly (without tones), and as many hear it. */
export type Sound = { sound: string; near: string };

/** A name as it is heard. The first sound is the usual one. */
export type Heard = { name: string; sounds: readonly Sound[]; initials: string };

export type NameReader = {
  /** Initials and pinyin of a name as it stands, with the surname's own reading. */
  readings(name: string): readonly string[];
  /** Whether letters typed may be the beginning of a name's pinyin or its initials, by all that its characters are. */
  mayRead(name: string, word: string): boolean;
  /** As its bearer may say it: the surname with its own reading (单 Shàn, 仇 Qiú), both where two are alive. */
  heard(name: string): Heard;
  /** Every way in which somebody who writes by ear may read it, rare ones too. */
  allHeard(name: string): Heard;
};

const plain = { toneType: 'none', type: 'array', v: true } as const;
const kept = 50_000;
const mostKeptWays = 4;
const mostWays = 12;
/** Readings kept beside the usual one, by character. */
export const readingsSeed = seed.readings as Readonly<Record<string, readonly string[]>>;

/** First characters of surnames of two, of which the first alone may be read otherwise (尉迟 yu, 长孙 zhang, 万俟 mo). */
const doubled =
  /^[欧司上诸东皇尉公长宇慕令万单闻夏端百呼南西第轩申澹濮淳太钟鲜拓赫独纳夹亓巫乐微宰谷段梁左子颛漆壤驷贺达仲哈归海羊]/;
const shortName = /^\p{Script=Han}{1,4}$/u;

/** A function whose answers are kept by name: the same names and characters come back all day. */
function remembered<T>(work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const answer = work(text);
    if (known.size >= kept) known.clear();
    known.set(text, answer);
    return answer;
  };
}

/** The syllables of a name. Names of people are nearly all put together of their characters': a tenth of the time. */
function createSyllables(): (name: string) => readonly string[] {
  /** The reading of a character wherever it stands; null for one with several. */
  const onlyReading = remembered((character) => {
    const all = pinyin(character, { ...plain, multiple: true });
    return { reading: new Set(all).size === 1 ? (all[0] ?? null) : null };
  });
  const headReading = remembered((character) => pinyin(character, { ...plain, surname: 'head' })[0] ?? '');
  const composed = (name: string): string[] | null => {
    if (!shortName.test(name) || doubled.test(name)) return null;
    const [head = '', ...rest] = Array.from(name);
    const readings = rest.map((character) => onlyReading(character).reading);
    return readings.includes(null) ? null : [headReading(head), ...(readings as string[])];
  };
  return remembered((name) => composed(name) ?? pinyin(name, { ...plain, surname: 'head' }));
}

/**
 * Whether a name may be read so, by everything that its characters can be read as. To see which of fifty hits' names
 * was meant, their own readings would have to be worked out, at 0.2 ms a name; those of a character are kept.
 */
function createPossible(): NameReader['mayRead'] {
  const readingsOf = remembered((character) => {
    const readings = pinyin(character, { ...plain, multiple: true });
    const surname = pinyin(character, { ...plain, surname: 'all' });
    return [...new Set([...readings, ...surname])];
  });
  /** Whether the word is the beginning of the characters' whole readings one after another. */
  const isWhole = (characters: readonly string[], word: string): boolean => {
    const [first, ...others] = characters;
    if (first === undefined) return false;
    return readingsOf(first).some(
      (reading) =>
        reading !== '' &&
        (reading.startsWith(word) ||
          (word.startsWith(reading) && isWhole(others, word.slice(reading.length)))),
    );
  };
  return (name, word) => {
    const characters = Array.from(name);
    const isInitials =
      word.length <= characters.length &&
      Array.from(word).every((letter, at) =>
        readingsOf(characters[at] ?? '').some((reading) => reading.startsWith(letter)),
      );
    return isInitials || isWhole(characters, word);
  };
}

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

const initialsOf = (syllables: readonly string[]) =>
  syllables.map((syllable) => Array.from(syllable)[0] ?? '').join('');

export function createNameReader(): NameReader {
  const syllablesOf = createSyllables();
  const heard = remembered((name): Heard => {
    const folded = foldName(name);
    const syllables = syllablesOf(folded);
    const characters = Array.from(folded);
    const choices =
      syllables.length === characters.length
        ? characters.map((character) => readingsSeed[character] ?? [])
        : [];
    const sounds = choices.length === 0 ? [soundOf(syllables)] : ways(syllables, choices, mostKeptWays);
    return { name: folded, sounds, initials: initialsOf(syllables) };
  });
  return {
    readings: remembered((name) => {
      const syllables = syllablesOf(name);
      return [initialsOf(syllables), syllables.join('')];
    }),
    mayRead: createPossible(),
    heard,
    allHeard(name) {
      const usual = heard(name);
      const syllables = syllablesOf(usual.name);
      const choices = polyphonic(usual.name, plain);
      if (choices.length !== syllables.length) return usual;
      const all = ways(syllables, choices, mostWays);
      const sounds = new Map([...usual.sounds, ...all].map((one) => [one.sound, one]));
      return { ...usual, sounds: [...sounds.values()] };
    },
  };
}
