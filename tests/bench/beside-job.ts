import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createHost, type Host } from '#host/host.ts';
import { account, copyOf, type Place, password, someCases } from './data-set.ts';
import { quantile, type Result, result, timed } from './measure.ts';

const client = 'bench';
const quietMs = 8000;
const pauseMs = 10;
const words = ['张', '伟', '排水', '1640', 'zw', '王伟', '邻里', '承包地'];

/** Search and keeping of drafts over the real threads, with nothing else going on and while a large job commits. */
export async function measureBesideJob(folder: string, place: Place, rows: number): Promise<Result[]> {
  const own = copyOf(folder, 'job');
  const host = startHost(own, place);
  await must(host, 'session.signIn', { account, password });
  await sample(host, 1000);
  const until = performance.now() + quietMs;
  const quiet = await sample(host, () => performance.now() < until);

  const records = someCases(rows, place);
  let staged = 0;
  host.listen((event) => {
    if (event.event === 'progress') staged = event.done;
  });
  let isOver = false;
  const job = must(host, 'ledger.addMany', { ledger: 'mediation', records }).finally(() => {
    isOver = true;
  });
  // From the last sign of staging on, the writer is in its one transaction.
  while (!isOver && staged < rows - 1000) await wait(5);
  const during = await sample(host, () => !isOver);
  await job;
  await host.close();
  if (during.search.length < 20)
    throw new Error('the job was over before anything could be measured beside it');
  const name = (what: string) => `${what}, p95 while ${rows} rows commit / p95 without (ratio)`;
  return [
    result(name('search'), quantile(during.search, 0.95), quantile(quiet.search, 0.95), 2),
    result(name('draft'), quantile(during.draft, 0.95), quantile(quiet.draft, 0.95), 2),
  ];
}

/** The program's real threads on a folder. */
export function startHost(folder: string, { root, seeds, version }: Place): Host {
  const threads = path.join(root, 'main', 'host');
  return createHost({
    threadFile: path.join(threads, 'core-thread.ts'),
    helperFile: path.join(threads, 'helper-thread.ts'),
    env: { folder, seeds, version },
  });
}

export type Sample = { search: number[]; draft: number[] };

export async function sample(host: Host, goesOn: number | (() => boolean)): Promise<Sample> {
  const found: Sample = { search: [], draft: [] };
  const end = typeof goesOn === 'number' ? performance.now() + goesOn : 0;
  const isOn = typeof goesOn === 'number' ? () => performance.now() < end : goesOn;
  const id = '00000000-0000-7000-8000-000000000001';
  for (let turn = 0; isOn(); turn++) {
    const text = words[turn % words.length] ?? '';
    found.search.push(await timed(() => must(host, 'search.find', { text })));
    const content = { summary: `draft ${turn}`.repeat(20) };
    found.draft.push(await timed(() => must(host, 'draft.save', { id, ledger: 'mediation', content })));
    await wait(pauseMs);
  }
  return found;
}

export async function must(host: Host, method: string, input: unknown): Promise<unknown> {
  const answer = await host.call(client, method, input);
  if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
  return answer.value;
}
