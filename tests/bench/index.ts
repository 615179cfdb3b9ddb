// The speeds that the README states, each beside its baseline in the same run: `npm run ledger -- bench`.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { names } from '#core/db/folder.ts';
import { withScreen } from '#tools/workspace.ts';
import { measureBesideBackup } from './beside-backup.ts';
import { measureBesideJob } from './beside-job.ts';
import { measureChain } from './chain.ts';
import { measureCorrection } from './correction.ts';
import {
  account,
  copyOf,
  dataSet,
  filledTo,
  mixedSet,
  type Place,
  password,
  removeCopies,
} from './data-set.ts';
import { measureDeadlines } from './deadlines.ts';
import { measureEncryption } from './encryption.ts';
import { type ListTimes, measureLists } from './lists.ts';
import { measureLooks } from './looks.ts';
import { type Result, result } from './measure.ts';
import { measureNumbers, numberResults } from './numbers.ts';
import { measurePapers } from './papers.ts';
import { matchResults, measureMatches } from './persons.ts';
import { measureSaves } from './saves.ts';
import { measureSearch, searchResults } from './search.ts';
import { measureUpkeep } from './upkeep.ts';

const saves = 300;
const jobRows = 50_000;
/** MiB that the file of the large data set has at least, for what depends on its length only (copies). */
const fillTo = Number(process.env.JUDICIAL_BENCH_MB ?? 0);
/** Entries of the log that the issue names. */
const entries = 1_000_000;

type Options = { records: number; places: Place; say(text: string): void };
type Sets = { small: string; large: string; tenth: number; records: number; place: Place };
type Part = (sets: Sets, say: Options['say']) => Promise<Result[]>;

/** In this order; `JUDICIAL_BENCH_PARTS=search,lists` measures some of them. */
const parts: Record<string, Part> = {
  window: async ({ small, large, place }, say) => measureWindow(small, large, place, say),
  lists: async ({ small, large, tenth, place }) => {
    const before = await measureLists(small, place);
    return listResults(await measureLists(large, place), before, tenth);
  },
  deadlines: ({ small, large, tenth, place }) => measureDeadlines(small, large, tenth, place),
  correction: async ({ records, tenth, place }, say) => {
    const small = await mixedSet(tenth, place, say);
    return measureCorrection(small, await mixedSet(records, place, say), tenth, place);
  },
  looks: ({ large, place }) => measureLooks(large, place),
  papers: ({ large, place }) => measurePapers(large, place),
  saves: async ({ small, large, tenth, place }) => {
    const before = await measureSaves(small, place, saves);
    const save = await measureSaves(large, place, saves);
    return [save, result(`one durable save / at ${tenth} records (growth)`, save.ms, before.ms, null)];
  },
  persons: async ({ small, large, tenth, place }) => {
    const before = await measureMatches(small, place);
    return matchResults(await measureMatches(large, place), before, tenth);
  },
  numbers: async ({ small, large, tenth, place }) => {
    const before = await measureNumbers(small, place);
    return numberResults(await measureNumbers(large, place), before, tenth);
  },
  upkeep: ({ large, place }) => measureUpkeep(large, place, saves),
  search: async ({ small, large, records, tenth, place }) => {
    const before = await measureSearch(small, place);
    return searchResults(await measureSearch(large, place), before, records, tenth);
  },
  encryption: ({ large, place }) => measureEncryption(large, place),
  chain: async ({ small, place }) => [await measureChain(small, place, entries)],
  job: ({ large, records, place }) => measureBesideJob(large, place, Math.min(jobRows, records)),
  backup: async ({ small, large, tenth, records, place }) => [
    ...(await measureBesideBackup(small, place, tenth)),
    ...(await measureBesideBackup(large, place, records)),
  ],
};

function wanted(): string[] {
  const asked = process.env.JUDICIAL_BENCH_PARTS?.split(',') ?? Object.keys(parts);
  const unknown = asked.find((name) => !Object.hasOwn(parts, name));
  if (unknown !== undefined) throw new Error(`no part of the bench: ${unknown}`);
  return asked;
}

export async function runBench({
  records,
  places,
  say,
}: Options): Promise<{ records: number; results: Result[] }> {
  const tenth = Math.max(100, Math.floor(records / 10));
  try {
    // The part of correction has data sets of its own
    const isNeeded = wanted().some((name) => name !== 'correction');
    const small = isNeeded ? await dataSet(tenth, places, say) : '';
    const made = isNeeded ? await dataSet(records, places, say) : '';
    const large = fillTo > 0 ? await filledTo(fillTo, made) : made;
    const results: Result[] = [];
    for (const name of wanted()) {
      say(`${name} at ${tenth} and ${records}`);
      const found = (await parts[name]?.({ small, large, tenth, records, place: places }, say)) ?? [];
      // Of a million cases each copy is gigabytes.
      removeCopies([small, large]);
      // What was measured is not lost with a run that is cut short.
      for (const one of found) say(JSON.stringify(one));
      results.push(...found);
    }
    return { records, results };
  } finally {
    removeCopies();
  }
}

function listResults(now: ListTimes, before: ListTimes, tenth: number): Result[] {
  const beside = `at ${tenth} records`;
  const results = [result(`key accepted to first rows (ms) / ${beside}`, now.open, before.open, 500)];
  for (const [field, ms] of now.sorts) {
    results.push(result(`first page by ${field} (ms) / ${beside}`, ms, before.sorts.get(field) ?? null, 20));
  }
  for (const [field, ms] of now.filters) {
    results.push(
      result(`first page with ${field} given (ms) / ${beside}`, ms, before.filters.get(field) ?? null, 20),
    );
  }
  const [pair, ms] = now.worstPair;
  results.push(
    result(`slowest filter × order: ${pair} (ms) / the slowest ${beside}`, ms, before.worstPair[1], 20),
  );
  const [two, twoMs] = now.worstTwo;
  results.push(
    result(`slowest two filters: ${two} (ms) / the slowest ${beside}`, twoMs, before.worstTwo[1], null),
  );
  return results;
}

type InWindow = { ms: number; baselineMs: number };
type SearchInWindow = InWindow & {
  typing: number;
  marked: number;
  /** The same three while copies are made, and how long one takes. */
  beside: { search: number; typing: number; marked: number; backupMs: number };
  mb: number;
};

/** What only the real window shows; each beside an empty window of the same Electron. */
function measureWindow(small: string, large: string, place: Place, say: Options['say']): Result[] {
  const results: Result[] = [];
  const put = (name: string, found: InWindow | null, limit: number) =>
    found && results.push(result(name, found.ms, found.baselineMs, limit));
  const start = 'process start to the sign-in field / to a field in an empty window (ratio)';
  put(start, inWindow('window.ts', small, place, say), 1.5);
  for (const folder of [small, large]) {
    const size = `${Math.round(fs.statSync(path.join(folder, names.ledger)).size / 2 ** 20)} MB`;
    put(
      `Enter to the first rows on the screen, ledger of ${size} (ms) / a page after a field's Enter, empty window`,
      inWindow('window-sign-in.ts', folder, place, say),
      1000,
    );
  }
  const key = 'key to painted list of hits, p95 (ms) / twenty plain rows in an empty window';
  const found = inWindow<SearchInWindow>('window-search.ts', large, place, say);
  put(key, found, 100);
  if (!found) return results;
  const { ms, typing, marked, beside, mb } = found;
  const copied = `beside a backup of ${mb} MB (${Math.round(beside.backupMs)} ms), p95 / without (ratio)`;
  results.push(result(`key to the painted list of hits ${copied}`, beside.search, ms, 2));
  results.push(result(`key in a form to the painted character ${copied}`, beside.typing, typing, 2));
  // No bar: whether the answer of a draft, 150 ms after a key, comes before the next key or after it makes it 30 or 160 ms.
  const last = `last change before the next key (often a draft's mark) ${copied}`;
  results.push(result(last, beside.marked, marked, null));
  return results;
}

/** Only where the program was built (`npm run build`): the window needs its bundles and the Electron runtime. */
function inWindow<T extends InWindow>(
  script: string,
  folder: string,
  { root }: Place,
  say: Options['say'],
): T | null {
  if (!fs.existsSync(path.join(root, 'out', 'main', 'index.cjs'))) {
    say('the window is not measured: npm run build makes it');
    return null;
  }
  const own = copyOf(folder, path.parse(script).name);
  const file = path.join(root, 'tests', 'bench', script);
  const [command, args] = withScreen(process.execPath, [file, own, account, password]);
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) {
    say(`the window could not be measured: ${stderr.trim().split('\n').at(-1) ?? ''}`);
    return null;
  }
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as T;
}
