// The program dies in the middle of each of its acts: what was confirmed is done, what was not is done whole or not at all,
// and it can be done then. Half of the deaths come at a random moment, half before a random operation on a file.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acts } from './acts/all.ts';
import type { Act, Place, Stage } from './acts/stage.ts';
import { fromText, layAnew, type Prepared, placeOn, prepare, strayIn } from './acts/tries.ts';
import {
  childEnv,
  isFull,
  makeTemplate,
  type Random,
  seeded,
  startProgram,
  stateOf,
  temporaryFolder,
} from './support.ts';

const kills = isFull ? 150 : 3;
const limit = isFull ? 3_600_000 : 180_000;

let template: string;
beforeAll(async () => {
  template = fs.mkdtempSync(path.join(process.env.TMPDIR ?? '/tmp', 'judicial-ledger-work-'));
  await makeTemplate(template, 12);
});
afterAll(() => fs.rmSync(template, { recursive: true, force: true }));

type Life = {
  /** What was known before it began, or after it was confirmed. */
  known: string;
  isConfirmed: boolean;
  /** Operations on files that it took; known of one that was confirmed. */
  operations: number;
  /** How long it took from `ready` to `done`. */
  ms: number;
};

/** One life of the act, ended `after` milliseconds from its beginning or before its operation `at`. */
async function live(given: readonly string[], { after, at }: { after: number; at: number }): Promise<Life> {
  const script = path.join(import.meta.dirname, 'children', 'killed-act.ts');
  const child = spawn(process.execPath, [script, ...given, String(at)], { env: childEnv });
  const ended = once(child, 'exit');
  let said = '';
  let faults = '';
  let readyAt = 0;
  let doneAt = 0;
  child.stderr.on('data', (chunk) => (faults += String(chunk)));
  const isReady = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk) => {
      said += String(chunk);
      if (readyAt === 0 && said.includes('\n')) readyAt = performance.now();
      if (doneAt === 0 && /\ndone .*\n$/s.test(said)) doneAt = performance.now();
      if (readyAt > 0) resolve();
    });
  });
  await Promise.race([isReady, ended]);
  // One that is to die by itself does so, or is done and waits.
  const until = performance.now() + (at > 0 ? 30_000 : after);
  while (doneAt === 0 && child.exitCode === null && child.signalCode === null && performance.now() < until)
    await wait(Math.min(1, until - performance.now()));
  child.kill('SIGKILL');
  const [code, signal] = await ended;
  expect({ code, signal, faults }).toEqual({ code: null, signal: 'SIGKILL', faults: '' });
  const lines = said.split('\n').slice(0, -1);
  const ready = /^ready (.*)$/.exec(lines[0] ?? '')?.[1] ?? '';
  const [, answer, operations = '0', known = ''] = /^done (\S+) (\d+) (.*)$/.exec(lines[1] ?? '') ?? [];
  if (answer !== undefined) expect(answer, 'nothing keeps it from being done').toBe('done');
  const isConfirmed = answer !== undefined;
  return {
    known: isConfirmed ? known : ready,
    isConfirmed,
    operations: Number(operations),
    ms: doneAt - readyAt,
  };
}

type Tally = { confirmed: number; done: number; undone: number };

/** What the next start finds: the act is done, whole, or not done at all, and then it can be done. */
async function lookAfter(act: Act, place: Place, { known, isConfirmed }: Life, tally: Tally): Promise<void> {
  const stage = fromText(act, place, known);
  const undone = isConfirmed ? 'confirmed' : await act.holds(stage, false);
  if (undone !== null) {
    const done = await act.holds(stage, true);
    expect(done, `neither undone (${undone}) nor done`).toBeNull();
  } else {
    expect(await act.run(stage), 'done once more').toBe('done');
    expect(await act.holds(stage, true)).toBeNull();
  }
  if (isConfirmed) tally.confirmed++;
  else if (undone === null) tally.undone++;
  else tally.done++;
  await afterwards(act, place, stage);
}

async function afterwards(act: Act, { folder, places }: Place, stage: Stage): Promise<void> {
  await stage.program.close();
  stage.program = startProgram(folder, act.env);
  const { is } = await stateOf(stage.program);
  expect(is).toBe(act.state ?? 'sign-in');
  expect(await act.holds(stage, true), 'at the next start').toBeNull();
  await stage.program.close();
  // What a killed program was writing in a place of the user's own, nobody but the user may take away.
  expect(strayIn({ ledger: folder } as never), 'stray files').toEqual([]);
  expect(places).toBeTruthy();
}

/** Lives of one act, and the next start after each. The first one is whole, so that it is known how long it takes. */
async function killAgainAndAgain(
  act: Act,
  given: readonly string[],
  { place, prepared, random }: { place: Place; prepared: Prepared; random: Random },
): Promise<Tally> {
  const tally: Tally = { confirmed: 0, done: 0, undone: 0 };
  let longest = 0;
  let operations = 0;
  for (let round = 0; round <= kills; round++) {
    layAnew(place, prepared);
    const isByItself = round % 2 === 0 && operations > 0;
    const life = await live(given, {
      after: round === 0 ? 30_000 : random.next() * longest,
      at: isByItself ? 1 + random.below(operations + 1) : 0,
    });
    if (life.isConfirmed) {
      longest = Math.max(longest, life.ms);
      operations = Math.max(operations, life.operations);
    }
    await lookAfter(act, place, life, tally);
  }
  return tally;
}

const names = Object.keys(acts);

test.each(names)(
  `killed ${kills} times: %s`,
  async (name) => {
    const act = acts[name];
    if (!act) throw new Error(name);
    const random = seeded(name);
    const at = temporaryFolder('kill');
    const place = placeOn({ ledger: path.join(at, 'ledger'), other: path.join(at, 'other') });
    for (const one of Object.values(place.places)) fs.mkdirSync(one);
    const prepared = await prepare(act, place, { template, kept: path.join(at, 'kept') });
    const stageFile = path.join(at, 'stage.json');
    fs.writeFileSync(stageFile, prepared.text);
    const given = [name, place.places.ledger, place.places.other, stageFile];
    const tally = await killAgainAndAgain(act, given, { place, prepared, random });
    console.info(`${name}: ${JSON.stringify(tally)}`);
    expect(tally.confirmed).toBeGreaterThan(0);
  },
  limit,
);
