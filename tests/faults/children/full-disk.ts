// One act of the program while the disk runs full under it, with ever more pages left free until it goes through:
// `full-disk.ts ACT TEMPLATE every|some SEED`. Prints one line of JSON: what came of each try.
import fs from 'node:fs';
import path from 'node:path';
import { acts } from '../full-disk-acts.ts';
import type { Disks } from '../full-disk-stage.ts';
import { makeRandom, startProgram, stateOf } from '../programs.ts';
import { againWithMounts, smallDisk } from '../small-disk.ts';

const [what = '', template = '', how = 'some', seed = '1', last] = process.argv.slice(2);

export type Tried = {
  pages: number;
  /** `done`, or the code of what it was refused with. */
  answer: string;
  /** What is wrong, in words; nothing is. */
  faults: string[];
};

async function tryAll(): Promise<Tried[]> {
  const act = acts[what];
  if (!act) throw new Error(`unknown: ${what}`);
  const disks = { ledger: smallDisk(24), other: smallDisk(16) };
  // The door asks for 64 MB; here the room goes after it was asked.
  const real = fs.statfsSync;
  fs.statfsSync = ((at: string) => {
    const room = real(at);
    return { ...room, bavail: Math.max(Number(room.bavail), 2 ** 16), bsize: 4096 };
  }) as never;
  const random = makeRandom(Number(seed));
  const tried: Tried[] = [];
  let inARow = 0;
  for (let pages = 0; inARow < (how === 'every' ? 3 : 1); ) {
    for (const disk of Object.values(disks))
      for (const name of fs.readdirSync(disk.at)) fs.rmSync(path.join(disk.at, name), { recursive: true });
    const one = await tryOnce(disks, pages, tried.length % 2 === 1).catch((error: Error) => {
      throw new Error(`${what} with ${pages} pages left (seed ${seed}): ${error.stack}`);
    });
    tried.push(one);
    inARow = one.answer === 'done' ? inARow + 1 : 0;
    if (process.env.FULL_DISK_TALK) console.error(JSON.stringify(one));
    if (tried.length > 4000 || pages > 20_000) throw new Error(`${what} never goes through`);
    // Few pages matter most: there the small files are. Then in strides.
    pages += how === 'every' ? 1 : pages < 3 ? 1 + random.below(2) : 2 + random.below(pages * 4);
  }
  return tried;
}

/** `endsFull`: the program ends before there is room again, and another one starts with room. */
async function tryOnce(disks: Disks, pages: number, endsFull: boolean): Promise<Tried> {
  const act = acts[what];
  if (!act) throw new Error(what);
  const faults: string[] = [];
  const folder = path.join(disks.ledger.at, 'data');
  if (act.isNew) fs.mkdirSync(folder);
  else fs.cpSync(template, folder, { recursive: true });
  const small = disks[act.on ?? 'ledger'];
  const stage = await act.begin({ folder, disks });
  const before = namesOn(disks);
  small.fill(pages);
  const answer = await act.run(stage);
  const isDone = answer === 'done';
  if (!isDone && !['disk-full', 'no-space'].includes(answer)) faults.push(`refused with ${answer}`);
  if (!isDone) {
    const left = [...namesOn(disks)].filter(
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
  const stray = [...namesOn(disks)].filter((name) => /\.(tmp|new|restoring|repairing)$|\.probe-/.test(name));
  if (stray.length > 0) faults.push(`stray files: ${stray.join(', ')}`);
  return { pages, answer, faults };
}

function namesOn(disks: Disks): Set<string> {
  const names = new Set<string>();
  for (const [name, disk] of Object.entries(disks))
    for (const entry of fs.readdirSync(disk.at, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) names.add(path.join(name, path.relative(disk.at, entry.parentPath), entry.name));
  return names;
}

/** What an open ledger has beside it, and what wrong passwords leave. */
const isUsual = (name: string) =>
  /(^|\/)(ballast|(ledger|drafts)\.(db|lock)-(wal|shm|journal)|ledger\.lock|sign-in\.tries)$/.test(name);

const answer =
  last === 'mounted' ? await tryAll() : againWithMounts(import.meta.filename, process.argv.slice(2));
console.log(JSON.stringify(answer));
