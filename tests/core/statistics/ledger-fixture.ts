import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createCore } from '#core/api/core.ts';
import { helperTasks } from '#core/api/helper-tasks.ts';
import type { Connection, ReadDb } from '#core/db/connection.ts';
import { createLedgerFile, openReader } from '#core/db/open.ts';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import type { Failure } from '#shared/api/errors.ts';
import type { InputOf, MethodName, OutputOf } from '#shared/api/methods.ts';

/** A county's ledger in a folder of its own, reached as the window reaches it: through the dispatcher. */

const password = 'figures-2024-test';
export const thisYear = 2024;

type Founder = Pick<InputOf<'setup.create'>, 'unitCode' | 'unitName' | 'level'>;
const county: Founder = { unitCode: '620921', unitName: '金塔县司法局', level: 'county' };

export async function countyLedger(unit: Founder = county) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'figures-'));
  const beside = fs.mkdtempSync(path.join(os.tmpdir(), 'figures-beside-'));
  const grants: Record<string, string> = {};
  const tasks = helperTasks as Record<string, (input: never) => unknown>;
  const core = createCore({
    folder,
    seeds: path.resolve('seeds'),
    version: '0.0.0',
    now: () => new Date(`${thisYear}-06-30T02:00:00Z`),
    helper: async (task, input) => tasks[task]?.(structuredClone(input) as never),
    emit: () => undefined,
    kdfCost: 1024,
  });
  let calls = 0;
  let token: string | null = null;

  async function call<M extends MethodName>(method: M, input: InputOf<M>): Promise<OutputOf<M>> {
    calls += 1;
    const answer = await core.call(method, input, { call: `call-${calls}`, token, grants });
    if (answer.ok) return answer.value as OutputOf<M>;
    throw Object.assign(new Error(`${method}: ${JSON.stringify(answer.error)}`), { failure: answer.error });
  }

  await call('setup.create', { ...unit, account: 'admin', password });
  token = (await call('session.signIn', { account: 'admin', password })).token;

  /** What stands in the database, beside the dispatcher. */
  async function read<T>(work: (db: ReadDb) => T): Promise<T> {
    const file = readKeyFile(folder);
    const key = file && (await keyByPassword(file, 'admin', password));
    if (!key) throw new Error('no key');
    const connection = openReader(folder, key, undefined);
    try {
      return work(connection);
    } finally {
      connection.close();
    }
  }

  return {
    call,
    read,
    /** Puts a file beside the folder and names it for calls. */
    grant(name: string, bytes?: Uint8Array | string): string {
      const at = path.join(beside, `outside-${name}`);
      if (bytes !== undefined) fs.writeFileSync(at, bytes);
      grants[name] = at;
      return name;
    },
    async refused<M extends MethodName>(method: M, input: InputOf<M>): Promise<Failure> {
      try {
        await call(method, input);
      } catch (error) {
        return (error as { failure: Failure }).failure;
      }
      throw new Error(`${method} was not refused`);
    },
    async close() {
      await core.close();
      fs.rmSync(folder, { recursive: true, force: true });
      fs.rmSync(beside, { recursive: true, force: true });
    },
  };
}

export type CountyLedger = Awaited<ReturnType<typeof countyLedger>>;

/** A database of the program's schema without a core around it, for plans, units and speed. */
export function scratchLedger(): { db: Connection; close(): void } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'figures-'));
  const db = createLedgerFile(
    { folder, key: new Uint8Array(32).fill(7), program: '0.0.0', suffix: '' },
    () => undefined,
  );
  return {
    db,
    close() {
      db.close();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
