import fs from 'node:fs';
import path from 'node:path';
import { names } from '#core/db/folder.ts';
import { must, type Sample, sample, startHost } from './beside-job.ts';
import { account, copyOf, type Place, password } from './data-set.ts';
import { quantile, type Result, result, timed } from './measure.ts';

const quietMs = 8000;
const least = 200;
const longest = ({ search, draft }: Sample) => Math.max(...search, ...draft);

/** Search and keeping of drafts while verified copies are made one after another, and with nothing else going on. */
export async function measureBesideBackup(folder: string, place: Place, records: number): Promise<Result[]> {
  const own = copyOf(folder, `backup-${records}`);
  const host = startHost(own, place);
  await must(host, 'session.signIn', { account, password });
  await sample(host, 1000);
  const until = performance.now() + quietMs;
  const quiet = await sample(host, () => performance.now() < until);
  const times: number[] = [];
  let isOver = false;
  const backups = (async () => {
    // A short copy is over before much can be measured beside it: there are as many as it takes.
    for (const begun = performance.now(); times.length === 0 || performance.now() - begun < quietMs; )
      times.push(await timed(() => must(host, 'system.backup', {})));
    isOver = true;
  })();
  const during = await sample(host, () => !isOver);
  await backups;
  await host.close();
  if (during.search.length < least) throw new Error('too little was measured beside the copies');
  const ledger = path.join(own, names.ledger);
  const copied = await timed(() => {
    fs.copyFileSync(ledger, `${ledger}.bare`);
    const handle = fs.openSync(`${ledger}.bare`, 'r+');
    fs.fsyncSync(handle);
    fs.closeSync(handle);
  });
  const mb = Math.round(fs.statSync(ledger).size / 2 ** 20);
  const name = (what: string) => `${what} at ${records}, p95 beside a backup / p95 without (ratio)`;
  return [
    result(name('search'), quantile(during.search, 0.95), quantile(quiet.search, 0.95), 2),
    result(name('draft'), quantile(during.draft, 0.95), quantile(quiet.draft, 0.95), 2),
    result(
      `the longest search or draft at ${records} beside a backup (ms) / without`,
      longest(during),
      longest(quiet),
      null,
    ),
    result(
      `one verified backup of ${mb} MB / the file copied and flushed`,
      quantile(times, 0.5),
      copied,
      null,
    ),
  ];
}
