// The speeds that the README states, each beside its baseline in the same run: `npm run ledger -- bench`.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { withScreen } from '#tools/workspace.ts';
import { measureBesideBackup } from './beside-backup.ts';
import { measureBesideJob } from './beside-job.ts';
import { measureChain } from './chain.ts';
import { account, copyOf, dataSet, type Place, password, removeCopies } from './data-set.ts';
import { measureDeadlines } from './deadlines.ts';
import { measureEncryption } from './encryption.ts';
import { type ListTimes, measureLists } from './lists.ts';
import { type Result, result } from './measure.ts';
import { measurePapers } from './papers.ts';
import { matchResults, measureMatches } from './persons.ts';
import { measureSaves } from './saves.ts';
import { measureSearch, searchResults } from './search.ts';
import { measureUpkeep } from './upkeep.ts';

const saves = 300;
const jobRows = 50_000;
/** Entries of the log that the issue names. */
const entries = 1_000_000;

type Options = { records: number; places: Place; say(text: string): void };

export async function runBench({
  records,
  places,
  say,
}: Options): Promise<{ records: number; results: Result[] }> {
  const tenth = Math.max(100, Math.floor(records / 10));
  try {
    const small = await dataSet(tenth, places, say);
    const large = await dataSet(records, places, say);
    say(`lists at ${tenth}`);
    const before = await measureLists(small, places);
    say(`lists at ${records}`);
    const results = listResults(await measureLists(large, places), before, tenth);
    say(`deadlines at ${tenth} and ${records}`);
    results.push(...(await measureDeadlines(small, large, tenth, places)));
    say(`papers at ${records}`);
    results.push(...(await measurePapers(large, places)));
    say(`saves at ${tenth} and ${records}`);
    const saveBefore = await measureSaves(small, places, saves);
    const save = await measureSaves(large, places, saves);
    results.push(
      save,
      result(`one durable save / at ${tenth} records (growth)`, save.ms, saveBefore.ms, null),
    );
    say(`likely persons at ${tenth} and ${records}`);
    const matchesBefore = await measureMatches(small, places);
    results.push(...matchResults(await measureMatches(large, places), matchesBefore, tenth));
    say(`saves with and without the indexes at ${records}`);
    results.push(...(await measureUpkeep(large, places, saves)));
    say(`searches at ${tenth} and ${records}`);
    const searchBefore = await measureSearch(small, places);
    results.push(...searchResults(await measureSearch(large, places), searchBefore, records, tenth));
    say(`the cipher at ${records}`);
    results.push(...(await measureEncryption(large, places)));
    say(`a log of ${entries}`);
    results.push(await measureChain(small, places, entries));
    const rows = Math.min(jobRows, records);
    say(`search and drafts beside a job of ${rows}`);
    results.push(...(await measureBesideJob(large, places, rows)));
    say(`search and drafts beside a backup at ${tenth} and ${records}`);
    results.push(...(await measureBesideBackup(small, places, tenth)));
    results.push(...(await measureBesideBackup(large, places, records)));
    const painted = measureKey(large, places, say);
    if (painted) results.unshift(painted);
    const start = measureWindow(small, places, say);
    if (start) results.unshift(start);
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
    result(`slowest filter × order: ${pair} (ms) / the slowest ${beside}`, ms, before.worstPair[1], null),
  );
  return results;
}

function measureWindow(folder: string, place: Place, say: (text: string) => void): Result | null {
  const found = inWindow('window.ts', 'starts of the window', folder, place, say);
  const name = 'process start to the sign-in field / to a field in an empty window (ratio)';
  return found && result(name, found.ms, found.baselineMs, 1.5);
}

function measureKey(folder: string, place: Place, say: (text: string) => void): Result | null {
  const found = inWindow('window-search.ts', 'searches in the window', folder, place, say);
  const name = 'key to painted list of hits, p95 (ms) / twenty plain rows in an empty window';
  return found && result(name, found.ms, found.baselineMs, 100);
}

/** Only where the program was built (`npm run build`): the window needs its bundles and the Electron runtime. */
function inWindow(
  script: string,
  what: string,
  folder: string,
  { root }: Place,
  say: (text: string) => void,
): { ms: number; baselineMs: number } | null {
  if (!fs.existsSync(path.join(root, 'out', 'main', 'index.cjs'))) {
    say('the window is not measured: npm run build makes it');
    return null;
  }
  say(what);
  const own = copyOf(folder, path.parse(script).name);
  const file = path.join(root, 'tests', 'bench', script);
  const [command, args] = withScreen(process.execPath, [file, own, account, password]);
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) {
    say(`the window could not be measured: ${stderr.trim().split('\n').at(-1) ?? ''}`);
    return null;
  }
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { ms: number; baselineMs: number };
}
