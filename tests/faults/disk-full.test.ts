// The disk runs full at every write of every act: refused in words, nothing lost, no half file, and done when there is
// room again. The door, which asks for 64 MB before a ledger is opened, is tried in data-folder.test.ts.
import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acts, groups } from './acts/all.ts';
import type { AllTried } from './children/full-disk.ts';
import { childEnv, isFull, makeTemplate } from './support.ts';

let template: string;
beforeAll(async () => {
  template = fs.mkdtempSync(path.join(os.tmpdir(), 'judicial-ledger-full-'));
  await makeTemplate(template, 12);
});
afterAll(() => fs.rmSync(template, { recursive: true, force: true }));

const seed = process.env.FAULT_SEED ?? String(randomInt(2 ** 31));
/** A child begins with a name space of its own: in the daily suite one does a whole group, in the full count one act. */
const running = new Map<string, Promise<AllTried>>();

function triedWith(act: string): Promise<AllTried> {
  const together = isFull ? [act] : Object.keys(groups.find((group) => act in group) ?? {});
  const what = together.join();
  const found = running.get(what) ?? tryOut(what);
  running.set(what, found);
  return found;
}

async function tryOut(what: string): Promise<AllTried> {
  const child = path.join(import.meta.dirname, 'children', 'full-disk.ts');
  const given = [child, what, template, isFull ? 'every' : 'some', seed];
  const { stdout } = await promisify(execFile)(process.execPath, given, {
    env: childEnv,
    maxBuffer: 2 ** 26,
  });
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as AllTried;
}

const names = Object.keys(acts);

test.each(names)(
  'the disk runs full: %s',
  async (act) => {
    const tried = (await triedWith(act))[act] ?? 'was not tried';
    if (typeof tried === 'string') throw new Error(tried);
    console.info(`${act}: ${tried.length} sizes up to ${tried.at(-1)?.pages} pages, FAULT_SEED=${seed}`);
    const wrong = tried.flatMap(({ pages, answer, faults }) =>
      faults.map((fault) => `${pages} pages, ${answer}: ${fault}`),
    );
    expect(wrong).toEqual([]);
    expect(tried.filter(({ answer }) => answer !== 'done').length).toBeGreaterThan(0);
    expect(tried.at(-1)?.answer).toBe('done');
  },
  isFull ? 3_600_000 : 180_000,
);
