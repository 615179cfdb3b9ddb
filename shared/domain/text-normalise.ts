/**
 * Cleaning of typed and imported text. Unicode's NFKC is not used: it turns ① into 1 and ㎡ into m2, and with
 * NFC it replaces compatibility ideographs that stand in people's names as registered.
 */

const fullWidth = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g;
const invisible = /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]/g;
// Control characters but tab, line feed and carriage return.
const controls = /[^\P{Cc}\t\n\r]/gu;
/** Places of Unicode that are no characters, U+FFFE and the like: printers and XML refuse them. */
const noCharacters = /\p{Noncharacter_Code_Point}/gu;
const middleDots = /[\u00b7\u0387\u16eb\u2022\u2027\u2219\u22c5\u2e33\u30fb\uff65]/g;
const notCompatibilityIdeographs = /[^\uf900-\ufaff\u{2f800}-\u{2fa1f}]+/gu;

const middleDot = '\u00b7';

/** Full-width digits and letters become ordinary ones; punctuation keeps its Chinese form. */
export function toHalfWidth(text: string): string {
  return text.replace(fullWidth, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0));
}

/** Several lines: line ends as \n, blanks at line ends and around the text removed, everything else kept. */
export function cleanLines(text: string): string {
  return clean(text)
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
}

/** One line: every run of blanks and line ends becomes one blank. */
export function cleanLine(text: string): string {
  return clean(text).replace(/\s+/g, ' ').trim();
}

/**
 * A person's name: one line, the middle dot as U+00B7 without blanks around it, no blank between Han
 * characters.
 */
export function cleanName(text: string): string {
  return cleanLine(text)
    .replace(middleDots, middleDot)
    .replace(/ ?\u00b7 ?/g, middleDot)
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '');
}

/** A number on a card or a phone: half width, without any blank; hyphens of all kinds as '-'. */
export function cleanNumber(text: string): string {
  return clean(text)
    .replace(/\s+/g, '')
    .replace(/[\u2010-\u2015\u2212\uff0d\ufe63]/g, '-');
}

/** Without what cannot be seen, printed or carried in a file: controls, turns of direction, no characters at all. */
export function withoutInvisible(text: string): string {
  return text.replace(invisible, '').replace(controls, '').replace(noCharacters, '');
}

function clean(text: string): string {
  const composed = text.replace(notCompatibilityIdeographs, (run) => run.normalize('NFC'));
  return toHalfWidth(withoutInvisible(composed));
}

/** Removes every form of the middle dot: for comparing names. */
export function withoutMiddleDots(text: string): string {
  return text.replace(middleDots, '');
}
