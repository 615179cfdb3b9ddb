import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Connection, connect } from '#core/db/connection.ts';
import { inFolder } from '#core/db/folder.ts';
import { createCore } from '#core/api/core.ts';
import { helperTasks } from '#core/api/helper-tasks.ts';
import type { Failure } from '#shared/api/errors.ts';
import type { InputOf, MethodName, OutputOf } from '#shared/api/methods.ts';

/** A county's ledger in a folder of its own, reached as the window reaches it: through the dispatcher. */

export const password = 'figures-2024-test';
export const thisYear = 2024;

export type Refusal = Error & { failure: Failure };

export async function countyLedger(unit = { unitCode: '620921', unitName: '金塔县司法局', level: 'county' as const }) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'figures-'));
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

  return {
    call,
    folder,
    /** Puts a file into the folder's neighbourhood and names it for calls. */
    grant(name: string, bytes?: Uint8Array | string): string {
      const at = path.join(folder, `outside-${name}`);
      if (bytes !== undefined) fs.writeFileSync(at, bytes);
      grants[name] = at;
      return name;
    },
    async refused<M extends MethodName>(method: M, input: InputOf<M>): Promise<Failure> {
      try {
        await call(method, input);
      } catch (error) {
        return (error as Refusal).failure;
      }
      throw new Error(`${method} was not refused`);
    },
    async close() {
      await core.close();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type CountyLedger = Awaited<ReturnType<typeof countyLedger>>;

/** An empty database of the program's schema, without a core around it, for plans and speed. */
export function connectScratch(): Connection {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'figures-'));
  return connect(inFolder(folder, 'ledger'), { key: new Uint8Array(32).fill(7), create: true });
}
