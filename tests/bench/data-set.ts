import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Core, CoreEnv } from '#core/api/contract.ts';
import { createCore } from '#core/api/core.ts';
import { settleDerivations } from '#core/api/derivations.ts';
import { helperTasks } from '#core/api/helper-tasks.ts';
import { connect } from '#core/db/connection.ts';
import { names } from '#core/db/folder.ts';
import { migrations } from '#core/db/migrations/all.ts';
import { sql } from '#core/db/sql.ts';
import { type DemoRecord, demoPlan, demoRecords } from '#core/demo/generate.ts';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import { createDivisions } from '#core/settings/divisions.ts';
import type { InputOf, MethodName, OutputOf } from '#shared/api/methods.ts';
import { asIfItself } from '#tests/fixtures/copied-folder.ts';

export const account = 'admin';
const password = 'correct horse';
const plan = { level: 'county', seed: 1, years: { from: 2016, to: 2025 } } as const;
/** What a cached ledger depends on besides its parameters and the schema. */
const sources = [
  'main/core/cases',
  'main/core/demo',
  'main/core/ledgers/search-index.ts',
  'main/core/ledgers/store.ts',
  'main/core/persons/key-tables.ts',
  'main/core/persons/keys.ts',
  'seeds/deadlines',
  'seeds/demo',
  'shared/domain/deadline.ts',
  'shared/domain/search-text.ts',
  'shared/ledgers',
];

export type Place = { seeds: string; root: string; version: string };
export type Caller = {
  call<M extends MethodName>(method: M, input: InputOf<M>): Promise<OutputOf<M>>;
  signIn(as?: { account: string; password: string }): Promise<void>;
  close(): Promise<void>;
  /** Somebody else at the same program. */
  beside(): Caller;
};

export function envOf(folder: string, { seeds, version }: Place): CoreEnv {
  return {
    folder,
    seeds,
    version,
    now: () => new Date(),
    helper: async (task, input) =>
      (helperTasks[task as keyof typeof helperTasks] as (input: unknown) => unknown)(input),
    emit: () => undefined,
    kdfCost: 1024,
  };
}

export function openCore(env: CoreEnv): Caller {
  return callerOf(createCore(env));
}

function callerOf(core: Core): Caller {
  let token: string | null = null;
  let calls = 0;
  const caller: Caller = {
    async call(method, input) {
      const answer = await core.call(method, input, { call: String(++calls), token, grants: {} });
      if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
      return answer.value as never;
    },
    async signIn(as = { account, password }) {
      token = (await caller.call('session.signIn', as)).token;
    },
    close: () => core.close(),
    beside: () => callerOf(core),
  };
  return caller;
}

const keptIn = path.join(os.tmpdir(), 'judicial-ledger-bench');
/** A folder of data sets made by other sources: those that are there are measured as they are. */
const given = process.env.JUDICIAL_BENCH_DATA;

/**
 * A ledger of so many records, half of them cases, half of them of community correction: a person there brings about
 * eight (evaluation, file, events over ten years).
 */
export const mixedSet = (records: number, place: Place, say: (text: string) => void): Promise<string> =>
  dataSet(Math.floor(records / 2), place, say, Math.floor(records / 2 / recordsPerPerson));
const recordsPerPerson = 8;

/**
 * Folder of a closed ledger with so many cases, and persons under correction where asked for; made once for the same
 * schema and generator. Nobody writes into it.
 */
export async function dataSet(
  cases: number,
  place: Place,
  say: (text: string) => void,
  correction = 0,
): Promise<string> {
  const named = correction === 0 ? String(cases) : `${cases}+${correction}`;
  const there = given === undefined ? undefined : fs.readdirSync(given).find(isSetOf(named));
  if (given !== undefined && there !== undefined) return upgraded(path.join(given, there), place, say);
  const folder = path.join(keptIn, `${named}-${hashOf(place.root)}`);
  if (fs.existsSync(path.join(folder, names.key))) return folder;
  const making = `${folder}.making`;
  for (const old of fs.existsSync(keptIn) ? fs.readdirSync(keptIn) : []) {
    if (old.startsWith(`${named}-`)) fs.rmSync(path.join(keptIn, old), { recursive: true });
  }
  fs.mkdirSync(making, { recursive: true });
  say(`making a ledger of ${named} cases and people (kept in ${keptIn})`);
  const maker = openCore(envOf(making, place));
  await maker.call('setup.demo', { ...plan, account, password, cases, correction });
  await maker.close();
  await settle(making);
  fs.renameSync(making, folder);
  return folder;
}

const isSetOf = (named: string) => (name: string) =>
  name.startsWith(`${named}-`) && /^[0-9a-f]{12}$/.test(name.slice(named.length + 1));

/** A copy brought to this program's schema: the bare measurements open it without the core. */
async function upgraded(folder: string, place: Place, say: (text: string) => void): Promise<string> {
  say(`using ${folder}`);
  const own = copyOf(folder, path.basename(folder));
  const core = openCore(envOf(own, place));
  await core.signIn();
  await core.close();
  await settle(own);
  return own;
}

/** Merges the index as the program does when nobody is waiting; it would take its pauses for it. */
async function settle(folder: string): Promise<void> {
  const file = readKeyFile(folder);
  const key = file && (await keyByPassword(file, account, password));
  if (!key) throw new Error('the data set has another password');
  const db = connect(path.join(folder, names.ledger), { key });
  while (db.transaction(settleDerivations));
  db.close();
}

/** Whether the run that made a copy still goes on; one that was killed leaves gigabytes behind. */
function isRunning(copy: string): boolean {
  const owner = Number(/^work-(\d+)-/.exec(copy)?.[1]);
  try {
    return process.kill(owner, 0);
  } catch {
    return false;
  }
}

/** A copy that may be changed; `removeCopies` takes it away. */
export function copyOf(folder: string, what: string): string {
  const copy = path.join(keptIn, `work-${process.pid}-${what}`);
  fs.rmSync(copy, { recursive: true, force: true });
  fs.mkdirSync(copy, { recursive: true });
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const from = path.join(folder, entry.name);
    fs.copyFileSync(from, path.join(copy, entry.name), fs.constants.COPYFILE_FICLONE);
  }
  asIfItself(copy);
  return copy;
}

const fillMb = 4;

/** A copy whose file is so many MiB long: rows of nothing in a table of their own, enciphered like everything else. */
export async function filledTo(mb: number, folder: string): Promise<string> {
  const copy = copyOf(folder, `filled-${mb}`);
  const file = readKeyFile(copy);
  const key = file && (await keyByPassword(file, account, password));
  if (!key) throw new Error('the data set has another password');
  const db = connect(path.join(copy, names.ledger), { key });
  db.exec('create table bench_filler (bytes blob not null)');
  const missing = mb - fs.statSync(path.join(copy, names.ledger)).size / 2 ** 20;
  for (let added = 0; added < missing; added += fillMb)
    db.run(sql`insert into bench_filler (bytes) values (zeroblob(${fillMb * 2 ** 20}))`);
  db.close();
  return copy;
}

export function removeCopies(except: readonly string[] = []): void {
  for (const name of fs.existsSync(keptIn) ? fs.readdirSync(keptIn) : []) {
    if (except.includes(path.join(keptIn, name))) continue;
    const isOurs = name.startsWith(`work-${process.pid}-`);
    if (isOurs || (name.startsWith('work-') && !isRunning(name)))
      fs.rmSync(path.join(keptIn, name), { recursive: true });
  }
}

/** Cases as the generator makes them, to be saved as new ones; base data they would name is left out. */
export function someCases(count: number, { seeds }: Place): DemoRecord['record'][] {
  const found: DemoRecord['record'][] = [];
  for (const { ledger, record } of demoRecords(demoPlan({ ...plan, cases: count }, createDivisions(seeds)))) {
    if (ledger !== 'mediation') continue;
    const { committeeId: _committee, mediatorId: _mediator, caseNo: _number, ...rest } = record;
    found.push(rest);
    if (found.length === count) break;
  }
  return found;
}

function hashOf(root: string): string {
  const hash = createHash('sha256').update(JSON.stringify(plan));
  for (const step of migrations) hash.update(String(step.up));
  for (const source of sources) {
    const at = path.join(root, source);
    const all = fs.statSync(at).isDirectory() ? fs.readdirSync(at, { recursive: true }) : [''];
    const files = all.map(String).filter((name) => fs.statSync(path.join(at, name)).isFile());
    for (const name of files.sort()) hash.update(fs.readFileSync(path.join(at, name)));
  }
  return hash.digest('hex').slice(0, 12);
}

export { password };
