// The program dies in the middle of each of its acts: what was confirmed is done, what was not is done whole or not at all,
// and it can be done then. Half of the deaths come at a random moment, half before a random operation on a file. One row in
// one transaction, or one document, is killed in the full count only: kill.test.ts does the same daily.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { layFolder } from '#tests/fixtures/copied-folder.ts';
import { acts } from './acts/all.ts';
import type { Act, Place, Stage } from './acts/stage.ts';
import { fromText, layAnew, type Prepared, placeOn, prepare, strayIn, watchFiles } from './acts/tries.ts';
import {
  childEnv,
  folderNames,
  isFull,
  makeTemplate,
  type Random,
  seeded,
  startProgram,
  stateOf,
  temporaryFolder,
} from './support.ts';

// In the full count over a thousand deaths in all acts together.
const kills = isFull ? 25 : 2;
const onlyInFull = new Set([
  ...['saving a new case', 'saving a change', 'saving many', 'keeping a draft', 'attaching'],
  ...['reserving paper numbers', 'an attachment in clear', 'a paper', 'the whole file of a case'],
  ...[
    'the report on a stick',
    'an export of the log',
    'a day sheet',
    'a copy elsewhere',
    'leaving the program',
  ],
  ...['going back to a copy on a stick', 'choosing a second place', 'what a technician needs', 'setting up'],
  ...["somebody else's password", 'the first sign-in with new duties', 'a card for the units below'],
  ...['trusting the level above', 'answering for help', 'giving up what was set aside'],
]);
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
};

/** One life of the act, ended `after` milliseconds from its beginning or before its operation `at`. */
async function live(given: readonly string[], { after, at }: { after: number; at: number }): Promise<Life> {
  const script = path.join(import.meta.dirname, 'children', 'killed-act.ts');
  const child = spawn(process.execPath, [script, ...given, String(at)], { env: childEnv });
  const ended = once(child, 'exit');
  let said = '';
  let faults = '';
  let isDone = false;
  child.stderr.on('data', (chunk) => (faults += String(chunk)));
  const isReady = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk) => {
      said += String(chunk);
      isDone = /\ndone .*\n$/s.test(said);
      if (said.includes('\n')) resolve();
    });
  });
  await Promise.race([isReady, ended]);
  // One that is to die by itself does so, or is done and waits.
  const until = performance.now() + (at > 0 ? 60_000 : after);
  while (!isDone && child.exitCode === null && child.signalCode === null && performance.now() < until)
    await wait(Math.min(1, until - performance.now()));
  child.kill('SIGKILL');
  const [code, signal] = await ended;
  expect({ code, signal, faults }).toEqual({ code: null, signal: 'SIGKILL', faults: '' });
  const lines = said.split('\n').slice(0, -1);
  const ready = /^ready (.*)$/.exec(lines[0] ?? '')?.[1] ?? '';
  const [, answer, known = ''] = /^done (\S+) (.*)$/.exec(lines[1] ?? '') ?? [];
  const isConfirmed = answer !== undefined;
  if (isConfirmed) expect(answer, 'nothing keeps it from being done').toBe('done');
  return { known: isConfirmed ? known : ready, isConfirmed };
}

/** How long the act takes when nothing ends it, and how many operations on files. */
async function wholeLife(
  act: Act,
  place: Place,
  { text }: Prepared,
): Promise<{ ms: number; operations: number }> {
  const stage = fromText(act, place, text);
  await act.ready(stage);
  let operations = 0;
  const begun = performance.now();
  const over = watchFiles(() => operations++);
  const answer = await act.run(stage).finally(over);
  const ms = performance.now() - begun;
  expect(answer, 'nothing keeps it from being done').toBe('done');
  expect(await act.holds(stage, true)).toBeNull();
  await stage.program.close();
  return { ms, operations };
}

type Tally = { confirmed: number; done: number; undone: number };

/** What the next start finds: the act is done, whole, or not done at all, and then it can be done. */
async function lookAfter(act: Act, place: Place, { known, isConfirmed }: Life, tally: Tally): Promise<void> {
  const stage = fromText(act, place, known);
  stage.known.killed = 'killed';
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
  // What a killed program was writing in a place of the user's own goes where the ledger knows that it was the program's.
  const own = { data: folder, ...(act.isLogged ? places : {}) };
  expect(strayIn(own).join(), 'stray files').toBe('');
}

/** Lives of one act, and the next start after each. */
async function killAgainAndAgain(
  act: Act,
  given: readonly string[],
  { place, prepared, random }: { place: Place; prepared: Prepared; random: Random },
): Promise<Tally> {
  const tally: Tally = { confirmed: 0, done: 0, undone: 0 };
  const { ms, operations } = await wholeLife(act, place, prepared);
  for (let round = 0; round < kills; round++) {
    layAnew(place, prepared);
    const isByItself = round % 2 === 0 && operations > 0;
    // A child that has just begun is slower than this process.
    const after = random.next() * ms * 2;
    const life = await live(given, { after, at: isByItself ? 1 + random.below(operations + 1) : 0 });
    await lookAfter(act, place, life, tally);
  }
  return tally;
}

test('half of every file that is written at one stroke goes at the next opening', async () => {
  const folder = temporaryFolder('halves');
  layFolder(template, folder);
  const whole = Object.values(folderNames).filter((name) => name !== folderNames.drill);
  for (const name of whole) fs.writeFileSync(path.join(folder, `${name}.tmp`), 'half');
  fs.mkdirSync(path.join(folder, folderNames.objects), { recursive: true });
  fs.writeFileSync(path.join(folder, folderNames.objects, 'half.tmp'), 'half');
  const program = startProgram(folder);
  await program.signIn();
  expect(strayIn({ data: folder })).toEqual([]);
  await program.close();
});

const names = Object.keys(acts).filter((name) => isFull || !onlyInFull.has(name));

test('what is killed in the full count only is an act', () => {
  expect([...onlyInFull].filter((name) => !acts[name])).toEqual([]);
});

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
    expect(tally.confirmed + tally.done + tally.undone).toBe(kills);
  },
  limit,
);
