// Acts of the program while the disk runs full under them, with ever more pages left free until each goes through:
// `full-disk.ts ACT,ACT TEMPLATE every|some SEED`. Prints one line of JSON: by act, what came of each try.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { acts } from '../acts/all.ts';
import type { Act, Place } from '../acts/stage.ts';
import { fromText, layAnew, namesOn, type Prepared, placeOn, prepare, strayIn } from '../acts/tries.ts';
import { makeRandom, type Random, startProgram, stateOf } from '../programs.ts';
import { againWithMounts, type SmallDisk, smallDisk } from '../small-disk.ts';

const [what = '', template = '', how = 'some', seed = '1', last] = process.argv.slice(2);

export type Tried = {
  pages: number;
  /** `done`, or the code of what it was refused with. */
  answer: string;
  /** What is wrong, in words; nothing is. */
  faults: string[];
};
/** By act; text where it could not be tried to the end. */
export type AllTried = Record<string, Tried[] | string>;

type Disks = { ledger: SmallDisk; other: SmallDisk };

async function tryAll(): Promise<AllTried> {
  const disks = { ledger: smallDisk(24), other: smallDisk(16) };
  // The door asks for 64 MB; here the room goes after it was asked.
  const real = fs.statfsSync;
  fs.statfsSync = ((at: string) => {
    const room = real(at);
    return { ...room, bavail: Math.max(Number(room.bavail), 2 ** 16), bsize: 4096 };
  }) as never;
  const random = makeRandom(Number(seed));
  const all: AllTried = {};
  for (const name of what.split(',')) {
    const tried: Tried[] = [];
    try {
      await trySizes(name, disks, random, tried);
      all[name] = tried;
    } catch (error) {
      const found = tried.filter(({ faults }) => faults.length > 0);
      all[name] = `seed ${seed}: ${(error as Error).stack}\n${JSON.stringify(found)}`;
    }
  }
  return all;
}

async function trySizes(what: string, disks: Disks, random: Random, tried: Tried[]): Promise<void> {
  const act = acts[what];
  if (!act) throw new Error(`unknown: ${what}`);
  const kept = fs.mkdtempSync(path.join(os.tmpdir(), 'judicial-ledger-prepared-'));
  const place = placeOn({ ledger: disks.ledger.at, other: disks.other.at });
  try {
    for (const disk of Object.values(disks))
      for (const name of fs.readdirSync(disk.at)) fs.rmSync(path.join(disk.at, name), { recursive: true });
    const prepared = await prepare(act, place, { template, kept });
    const tryWith = async (pages: number, endsFull: boolean): Promise<Tried> => {
      layAnew(place, prepared);
      const one = await tryOnce({ act, place, prepared, disks }, pages, endsFull).catch((error: Error) => {
        throw new Error(`${what} with ${pages} pages left: ${error.stack}`);
      });
      tried.push(one);
      if (process.env.FULL_DISK_TALK) console.error(what, JSON.stringify(one));
      return one;
    };
    for (const pages of act.sizes ?? []) for (const endsFull of [false, true]) await tryWith(pages, endsFull);
    let inARow = 0;
    for (let pages = 0; inARow < (how === 'every' ? 3 : 1); ) {
      const one = await tryWith(pages, tried.length % 2 === 1);
      inARow = one.answer === 'done' ? inARow + 1 : 0;
      if (tried.length > 4000 || pages > 20_000) throw new Error(`${what} never goes through`);
      // Few pages matter most: there the small files are. Then in strides.
      pages += how === 'every' ? 1 : pages < 3 ? 1 + random.below(2) : 2 + random.below(pages * 4);
    }
  } finally {
    fs.rmSync(kept, { recursive: true, force: true });
  }
}

type Try = { act: Act; place: Place; prepared: Prepared; disks: Disks };

/** `endsFull`: the program ends before there is room again, and another one starts with room. */
async function tryOnce(
  { act, place, prepared, disks }: Try,
  pages: number,
  endsFull: boolean,
): Promise<Tried> {
  const faults: string[] = [];
  const { folder, places } = place;
  const small = disks[act.on ?? 'ledger'];
  const stage = fromText(act, place, prepared.text);
  await act.ready(stage);
  const before = namesOn(places);
  small.fill(pages);
  const answer = await act.run(stage);
  const isDone = answer === 'done';
  if (!isDone && !['disk-full', 'no-space', 'sign-in-full'].includes(answer))
    faults.push(`refused with ${answer}`);
  if (!isDone) {
    const left = [...namesOn(places)].filter(
      (name) => !before.has(name) && !isUsual(name) && !act.leaves?.test(name),
    );
    if (left.length > 0) faults.push(`left behind: ${left.join(', ')}`);
  }
  if (endsFull) await stage.program.close();
  small.empty();
  if (endsFull) stage.program = startProgram(folder, act.env);
  // Room again: nothing is lost, what was refused can be done, and all of it is there at the next start.
  const ends = await act.holds(stage, isDone);
  if (ends !== null) faults.push(ends);
  if (!isDone) {
    const again = await act.run(stage);
    if (again !== 'done') faults.push(`with room: ${again}`);
    const after = await act.holds(stage, true);
    if (after !== null) faults.push(`with room: ${after}`);
  }
  await stage.program.close();
  stage.program = startProgram(folder, act.env);
  const { is } = await stateOf(stage.program);
  if (is !== (act.state ?? 'sign-in')) faults.push(`the next start is ${is}`);
  else {
    const wrong = await act.holds(stage, true);
    if (wrong !== null) faults.push(`at the next start: ${wrong}`);
  }
  await stage.program.close();
  const stray = strayIn(places);
  if (stray.length > 0) faults.push(`stray files: ${stray.join(', ')}`);
  return { pages, answer, faults };
}

/** What an open ledger has beside it, and what wrong passwords leave. */
const isUsual = (name: string) =>
  /(^|\/)(ballast|(ledger|drafts)\.(db|lock)-(wal|shm|journal)|ledger\.lock|sign-in\.tries)$/.test(name);

const answer =
  last === 'mounted' ? await tryAll() : againWithMounts(import.meta.filename, process.argv.slice(2));
console.log(JSON.stringify(answer));
