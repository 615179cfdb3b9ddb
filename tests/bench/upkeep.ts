import fs from 'node:fs';
import path from 'node:path';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { createCheckpoints } from '#core/api/checkpoints.ts';
import { settleDerivations } from '#core/api/derivations.ts';
import { createKit } from '#core/api/kit.ts';
import { createVault } from '#core/api/vault.ts';
import { createWriteContext } from '#core/api/write-context.ts';
import { appendAudit } from '#core/audit/chain.ts';
import { connect } from '#core/db/connection.ts';
import { names } from '#core/db/folder.ts';
import { sql } from '#core/db/sql.ts';
import { saveRecord } from '#core/ledgers/store.ts';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import { createIds } from '#core/settings/ids.ts';
import { createHelperRunner } from '#host/helper-runner.ts';
import { mediation } from '#shared/ledgers/mediation.ts';
import { account, copyOf, envOf, type Place, password, someCases } from './data-set.ts';
import { median, quantile, type Result, result, timed } from './measure.ts';

const warmUp = 20;
/** Saves between two idle moments; the program settles its indexes as soon as nobody has called for 1.5 s. */
const perIdle = 12;
/** Pairs of runs of so many saves, with and without, for what settling adds on the whole. */
const runs = 25;
/** Milliseconds for which a save may have to wait for a step. */
const mostHeld = 50;
const variants = { all: [], search: ['search'], persons: ['persons'], neither: ['search', 'persons'] };
type Variant = keyof typeof variants;

/** One durable save by the write path with the indexes and without each, by turns; and what is settled when idle. */
export async function measureUpkeep(folder: string, place: Place, saves: number): Promise<Result[]> {
  const own = copyOf(folder, 'upkeep');
  const file = readKeyFile(own);
  const key = file && (await keyByPassword(file, account, password));
  if (!key) throw new Error('the data set has another password');
  const env = envOf(own, place);
  const kit = createKit(env, () => own);
  const db = connect(path.join(own, names.ledger), { key });
  db.pragma('wal_autocheckpoint = 16000');
  // As the program has it: a helper carries the log over, and settling waits for it.
  const vault = Object.assign(createVault(own), { connection: db, key });
  const helper = createHelperRunner(path.join(place.root, 'main', 'host', 'helper-thread.ts'));
  const checkpoints = createCheckpoints(vault, helper, undefined);
  const newId = createIds(env.now);
  const accountId = db.value<string>(sql`select id from account where name = ${account}`) ?? '';
  const session = {
    token: '',
    accountId,
    account,
    role: 'administrator',
    unitId: '',
    unitCode: '',
    duties: [],
    idleDuties: [],
    ledgers: null,
    mustChange: false,
    confirmedUntil: 0,
    wholeUntil: 0,
  } as const;
  const save = (record: Record<string, unknown>, without: readonly string[]) =>
    db.transaction((write) => {
      const context = createWriteContext(kit, write, { ...session, isLocked: false }, 'ledger.save', newId);
      const derivations = context.derivations.filter(({ name }) => !without.includes(name));
      const { id, version } = saveRecord({ ...context, derivations }, mediation, { record }).record;
      const note = { action: 'ledger.save', ledger: 'mediation', recordId: id, version, detail: {} };
      appendAudit(write, context.at, { account, ...kit.place(write) }, note);
    });
  const turns = Object.keys(variants) as Variant[];
  const found: Record<Variant, number[]> = { all: [], search: [], persons: [], neither: [] };
  const steps: number[] = [];
  const flushes: number[] = [];
  const alone: number[] = [];
  const besideCheckpoint: number[] = [];
  const bare = fs.openSync(path.join(own, 'bare'), 'w');
  const settle = async () => {
    for (let isMore = true; isMore; ) {
      while (vault.checkpoint) await wait(1);
      const ms = await timed(() => {
        isMore = db.transaction(settleDerivations);
        checkpoints.begin();
      });
      steps.push(ms);
      flushes.push(await timed(() => flush(bare)));
    }
  };
  const records = someCases(turns.length * (saves + warmUp) + 2 * runs * perIdle, place);
  const whole = records.splice(-2 * runs * perIdle);
  for (const [index, record] of records.entries()) {
    const which = turns[index % turns.length] ?? 'all';
    const isBeside = vault.checkpoint !== null;
    const ms = await timed(() => save(record, variants[which]));
    found[which].push(ms);
    (isBeside ? besideCheckpoint : alone).push(ms);
    checkpoints.begin();
    await turn();
    if (index % perIdle === 0) await settle();
  }
  await settle();
  const sums = { all: 0, neither: 0 };
  for (let run = 0; run < 2 * runs; run++) {
    const which = run % 2 === 0 ? 'all' : 'neither';
    const part = whole.slice(run * perIdle, (run + 1) * perIdle);
    sums[which] += await timed(async () => {
      for (const record of part) save(record, variants[which]);
      checkpoints.begin();
      if (which === 'all') await settle();
    });
  }
  await vault.checkpoint?.over();
  db.close();
  fs.closeSync(bare);
  const of = (which: Variant) => median(found[which].slice(warmUp));
  const each = (which: keyof typeof sums) => sums[which] / (runs * perIdle);
  return [
    result('one durable save with its search entry / without it (ratio)', of('all'), of('search'), 1.4),
    result('one durable save with its keys of persons / without them (ratio)', of('all'), of('persons'), 1.4),
    result('one durable save with both indexes / without either (ratio)', of('all'), of('neither'), 1.4),
    result('save and settling, whole time / saves without the indexes', each('all'), each('neither'), null),
    result('step of settling, p95 (ms) / a bare flush', quantile(steps, 0.95), quantile(flushes, 0.95), null),
    result('step of settling, p99 (ms) / a bare flush', quantile(steps, 0.99), quantile(flushes, 0.99), null),
    result('longest step of settling (ms) / longest bare flush', longest(steps), longest(flushes), mostHeld),
    result(
      'longest save beside a checkpoint (ms) / longest save alone',
      longest(besideCheckpoint),
      longest(alone),
      null,
    ),
  ];
}

const longest = (times: readonly number[]) => times.reduce((one, other) => Math.max(one, other), 0);

/** What a step writes, mostly: what the disk makes a commit wait for, with no database in it. */
const stepBytes = Buffer.alloc(208 * 1024, 1);
function flush(handle: number): void {
  fs.writeSync(handle, stepBytes, 0, stepBytes.length, 0);
  fs.fdatasyncSync(handle);
}
