// Looks for clear text in everything a process leaves: folders, and files it holds open though they were deleted.
import fs from 'node:fs';
import path from 'node:path';

/** Bytes to look for, in the three ways Chinese text is written on these machines. */
export type Needle = { what: string; bytes: Buffer };

/** Shorter ones would be met by chance in encrypted bytes. */
const shortest = 6;

export function needlesOf(words: readonly string[]): Needle[] {
  const gb = gbTable();
  return words
    .flatMap((word): Needle[] => [
      { what: `${word} (UTF-8)`, bytes: Buffer.from(word, 'utf8') },
      { what: `${word} (UTF-16LE)`, bytes: Buffer.from(word, 'utf16le') },
      {
        what: `${word} (GB18030)`,
        bytes: Buffer.concat([...word].map((sign) => gb.get(sign) ?? Buffer.from(sign))),
      },
    ])
    .filter((needle) => needle.bytes.length >= shortest);
}

/** Two-byte codes of GB18030 by character, read off the platform's own decoder. */
function gbTable(): Map<string, Buffer> {
  const decoder = new TextDecoder('gb18030');
  const table = new Map<string, Buffer>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const bytes = Buffer.from([lead, trail]);
      const sign = decoder.decode(bytes);
      if ([...sign].length === 1 && sign !== '\ufffd') table.set(sign, bytes);
    }
  }
  return table;
}

/** `file: word` for every needle found. */
export function findTraces(
  needles: readonly Needle[],
  folders: readonly string[],
): { found: string[]; files: string[] } {
  const found: string[] = [];
  const files: string[] = [];
  const look = (name: string, read: () => Buffer) => {
    const bytes = read();
    files.push(name);
    for (const needle of needles) {
      if (bytes.includes(needle.bytes)) found.push(`${name}: ${needle.what}`);
    }
  };
  for (const folder of folders) {
    for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const file = path.join(entry.parentPath, entry.name);
      // A name of a file can give somebody away too.
      look(`name of ${file}`, () => Buffer.from(entry.name));
      if (entry.isFile()) look(file, () => fs.readFileSync(file));
    }
  }
  for (const handle of fs.readdirSync('/proc/self/fd')) {
    const at = `/proc/self/fd/${handle}`;
    let target: string;
    try {
      target = fs.readlinkSync(at);
      if (!target.endsWith(' (deleted)') || !fs.statSync(at).isFile()) continue;
    } catch {
      continue; // closed since the folder was read
    }
    look(target, () => fs.readFileSync(at));
  }
  return { found, files };
}
