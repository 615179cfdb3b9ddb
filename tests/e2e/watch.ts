// Every start of the program in a run of these tests goes through strace, and at the run's end one test reads what was
// seen (watched.end.ts). A start that would get by is found there too: they are counted here and by the system.
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { inRoot } from '#tools/workspace.ts';
import { offencesIn, readTrace, traced, traceFault } from './sockets.ts';

/** Where a run keeps what was seen; of this system null where nothing can be. */
const variable = 'JUDICIAL_WATCH';
const ofRun = (): string | null => process.env[variable] ?? null;
/** Set where only some files or tests were asked for: those may make no start. */
const partly = 'JUDICIAL_WATCH_PART';
export const isPartOfRun = () => process.env[partly] === '1';

/** Before the first test of a run: the folder that all its workers write to. */
export function beginWatch(): void {
  if (process.platform !== 'linux') return;
  const fault = traceFault();
  if (fault !== null) throw new Error(fault);
  const folder = inRoot(path.join('test-results', 'watched', String(process.pid)));
  mkdirSync(folder, { recursive: true });
  process.env[variable] = folder;
  if (process.argv.some((word) => /\.spec|^-g$|^--grep/.test(word))) process.env[partly] = '1';
}

const starts = (folder: string) => path.join(folder, 'starts');

/**
 * The program to start in the place of this one, which is then watched; each start is told by calling this once.
 * A file and not a command, because the test driver can start nothing else; the system names the log after the process.
 */
export function watchedProgram(executable: string, folder = ofRun()): string {
  if (folder === null) return executable;
  appendFileSync(starts(folder), `${executable}\n`);
  const file = path.join(folder, `start-${executable.replaceAll(/\W/g, '-').slice(-100)}.sh`);
  if (existsSync(file)) return file;
  const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;
  const words = traced(`${folder}/$$.log`, [executable], true).map((word) =>
    word.includes('$$') ? `"${word}"` : quoted(word),
  );
  writeFileSync(file, `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`);
  chmodSync(file, 0o755);
  return file;
}

/** The ports that a program says on its standard error it can be entered by. */
export const portsSaid = (text: string): number[] =>
  [...text.matchAll(/listening on ws:\/\/127\.0\.0\.1:(\d+)/g)].map(([, port]) => Number(port));

/** The process may be entered by these ports of 127.0.0.1, and no other. */
export function noteEntrance(
  process: number,
  entrance: { test: string; ports: readonly number[] },
  folder = ofRun(),
): void {
  if (folder !== null) writeFileSync(path.join(folder, `${process}.json`), JSON.stringify(entrance));
}

export type Watched = {
  /** Starts that the tests made, and processes that were watched from their first call on. */
  starts: number;
  logs: number;
  processes: number;
  /** Starts that the driver came into. */
  entered: number;
  /** What was opened beside the driver's entrances, and in which test. */
  offences: string[];
};

export function readWatched(folder: string | null = ofRun()): Watched {
  if (folder === null) throw new Error('nothing was watched');
  const made = existsSync(starts(folder)) ? readFileSync(starts(folder), 'utf8').trimEnd().split('\n') : [];
  const watched: Watched = { starts: made.length, logs: 0, processes: 0, entered: 0, offences: [] };
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.log'))) {
    const trace = readTrace(path.join(folder, name));
    watched.logs += 1;
    watched.processes += trace.processes;
    const number = path.basename(name, '.log');
    const note = path.join(folder, `${number}.json`);
    const known = existsSync(note)
      ? (JSON.parse(readFileSync(note, 'utf8')) as { test: string; ports: number[] })
      : null;
    if (known) watched.entered += 1;
    const addresses = new Set(known?.ports.map((port) => `127.0.0.1:${port}`));
    if (trace.main !== number) watched.offences.push(`${name}: not watched from its beginning`);
    watched.offences.push(
      ...offencesIn(trace, (address) => addresses.has(address)).map(
        (line) => `${known?.test ?? 'a start without a driver'}: ${line}`,
      ),
    );
  }
  return watched;
}
