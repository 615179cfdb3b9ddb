// The disk runs full at every write of every act: refused in words, nothing lost, no half file, and done when there is
// room again. The door, which asks for 64 MB before a ledger is opened, is tried in data-folder.test.ts.
import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Tried } from './children/full-disk.ts';
import { acts } from './full-disk-acts.ts';
import { childEnv, isFull, makeLedger, someCase, startProgram } from './support.ts';

let template: string;
beforeAll(async () => {
  template = fs.mkdtempSync(path.join(os.tmpdir(), 'judicial-ledger-full-'));
  await makeLedger(template);
  const program = startProgram(template);
  await program.signIn();
  for (let number = 1; number <= 12; number++)
    await program.must('ledger.save', { ledger: 'mediation', record: someCase(number) });
  await program.close();
});
afterAll(() => fs.rmSync(template, { recursive: true, force: true }));

const names = Object.keys(acts);

test.each(names)(
  'the disk runs full: %s',
  async (act) => {
    const seed = process.env.FAULT_SEED ?? String(randomInt(2 ** 31));
    const child = path.join(import.meta.dirname, 'children', 'full-disk.ts');
    const given = [child, act, template, isFull ? 'every' : 'some', seed];
    const { stdout } = await promisify(execFile)(process.execPath, given, {
      env: childEnv,
      maxBuffer: 2 ** 26,
    });
    const tried = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Tried[];
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
