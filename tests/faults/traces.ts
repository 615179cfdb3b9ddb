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

/**
 * `file: word` for every needle found in the folders, and in what the processes hold open: files that were deleted, and
 * files they write wherever these are. Shared memory has names like files; it stands on no disk.
 */
export function findTraces(
  needles: readonly Needle[],
  folders: readonly string[],
  processes: readonly (number | 'self')[] = ['self'],
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
  const walk = (folder: string): void => {
    for (const entry of ifThere(() => fs.readdirSync(folder, { withFileTypes: true })) ?? []) {
      const file = path.join(folder, entry.name);
      // A name of a file can give somebody away too.
      look(`name of ${file}`, () => Buffer.from(entry.name));
      if (entry.isDirectory()) walk(file);
      else if (entry.isFile()) ifThere(() => look(file, () => fs.readFileSync(file)));
    }
  };
  for (const folder of folders) walk(folder);
  for (const id of processes) {
    for (const handle of ifThere(() => fs.readdirSync(`/proc/${id}/fd`)) ?? []) {
      const target = ifThere(() => openFile(id, handle));
      if (target) ifThere(() => look(target, () => fs.readFileSync(`/proc/${id}/fd/${handle}`)));
    }
  }
  return { found, files };
}

const memory = /^\/(memfd:|dev\/(shm|mem)\/)/;

/** What is behind a handle, where it is a file on a disk that is deleted or may be written. */
function openFile(id: number | 'self', handle: string): string | null {
  const at = `/proc/${id}/fd/${handle}`;
  const target = fs.readlinkSync(at);
  if (memory.test(target) || !fs.statSync(at).isFile()) return null;
  const flags = /^flags:\s*(\d+)/m.exec(fs.readFileSync(`/proc/${id}/fdinfo/${handle}`, 'utf8'))?.[1] ?? '0';
  const isWritten = (Number.parseInt(flags, 8) & 3) !== 0;
  return target.endsWith(' (deleted)') || isWritten ? target : null;
}

/** A process that works closes and removes files while they are looked through. */
function ifThere<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(String((error as { code?: unknown }).code))) return null;
    throw error;
  }
}

/** A process and all that it started. */
export function familyOf(first: number): number[] {
  const parents = new Map<number, number>();
  for (const name of fs.readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    const stat = ifThere(() => fs.readFileSync(`/proc/${name}/stat`, 'utf8'));
    // The name of a process may hold anything; what follows its closing bracket is the state, then the parent.
    if (stat) parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const family = [first];
  for (const id of family) for (const [child, parent] of parents) if (parent === id) family.push(child);
  return family;
}
