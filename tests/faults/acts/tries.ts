// How an act is tried again and again on the same beginning: it is prepared once, and its places are laid anew for each try.
import fs from 'node:fs';
import path from 'node:path';
import { layFolder } from '#tests/fixtures/copied-folder.ts';
import { startProgram } from '../programs.ts';
import type { Act, Place, Places, Stage } from './stage.ts';

/** A stage as text, for a child that begins with it or a parent that looks at what it left. */
export const toText = ({ confirmed, password, known }: Stage) =>
  JSON.stringify({ confirmed: [...confirmed], password, known });

export function fromText(act: Act, place: Place, text: string): Stage {
  const { confirmed, password, known } = JSON.parse(text);
  const program = startProgram(place.folder, act.env);
  return { ...place, program, confirmed: new Map(confirmed), password, known };
}

export type Prepared = { text: string; kept: string };

/** The places of an act on these disks. */
export const placeOn = (places: Places): Place => ({ places, folder: path.join(places.ledger, 'data') });

/** Makes what an act needs and keeps it in `kept`. */
export async function prepare(
  act: Act,
  place: Place,
  { template, kept }: { template: string; kept: string },
): Promise<Prepared> {
  if (act.isNew) fs.mkdirSync(place.folder);
  else layFolder(template, place.folder);
  const stage = await act.begin(place);
  await stage.program.close();
  copyAll(place.places, (name) => path.join(kept, name), 'keep');
  return { text: toText(stage), kept };
}

/** The places as they were when it was prepared. */
export function layAnew(place: Place, { kept }: Prepared): void {
  copyAll(place.places, (name) => path.join(kept, name), 'lay');
}

function copyAll(places: Places, keptOf: (name: string) => string, way: 'keep' | 'lay'): void {
  for (const [name, at] of Object.entries(places)) {
    const kept = keptOf(name);
    const [from, to] = way === 'keep' ? [at, kept] : [kept, at];
    fs.mkdirSync(to, { recursive: true });
    for (const one of fs.readdirSync(to)) fs.rmSync(path.join(to, one), { recursive: true, force: true });
    layFolder(from, to, { preserveTimestamps: true });
  }
}

/** Names of all files, with the place in front. */
export function namesOn(places: Record<string, string>): Set<string> {
  const names = new Set<string>();
  for (const [name, at] of Object.entries(places))
    for (const entry of fs.readdirSync(at, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) names.add(path.join(name, path.relative(at, entry.parentPath), entry.name));
  return names;
}

/** What nothing that ended well leaves. */
export const strayIn = (places: Record<string, string>) =>
  [...namesOn(places)].filter((name) => /\.(tmp|new|back|restoring|repairing)$|\.probe-/.test(name));

const operations = [
  ...(['openSync', 'writeFileSync', 'fsyncSync', 'renameSync', 'rmSync'] as const),
  ...(['copyFileSync', 'linkSync', 'mkdirSync'] as const),
];

/** Tells of every operation on a file before it is done. Gives what ends that. */
export function watchFiles(told: () => void): () => void {
  const real = operations.map((name) => [name, fs[name]] as const);
  for (const [name, work] of real)
    fs[name] = ((...given: unknown[]) => {
      told();
      return (work as (...given: unknown[]) => unknown)(...given);
    }) as never;
  return () => {
    for (const [name, work] of real) fs[name] = work as never;
  };
}
