import { randomInt } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { folderNames, makeLedger, makeRandom, type Random, someCase, startProgram } from './programs.ts';

export * from './programs.ts';

/** The large counts are for `npm run check:full`; the daily suite runs the same code with fewer turns. */
export const isFull = process.env.CHECK_FULL === '1' || process.env.JUDICIAL_FULL === '1';

/** Children start in half the time when Node keeps the code it has stripped. */
export const childEnv = {
  ...process.env,
  NODE_COMPILE_CACHE: path.join(os.tmpdir(), 'judicial-ledger-compiled'),
};

/** A folder of this test, removed after it. */
export function temporaryFolder(name = 'faults'): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `judicial-ledger-${name}-`));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A ledger with so many cases, to be copied. */
export async function makeTemplate(folder: string, cases: number): Promise<void> {
  await makeLedger(folder);
  const program = startProgram(folder);
  await program.signIn();
  for (let number = 1; number <= cases; number++)
    await program.must('ledger.save', { ledger: 'mediation', record: someCase(number) });
  await program.close();
}

/** Random numbers of a seed that is printed, or given as FAULT_SEED to see the same again. */
export function seeded(what: string): Random {
  const seed = Number(process.env.FAULT_SEED ?? randomInt(2 ** 31));
  console.info(`${what}: FAULT_SEED=${seed}`);
  return makeRandom(seed);
}

/** Bytes of the files whose loss would be the ledger's, by name; one that is not there counts as empty. */
export function bytesOf(folder: string): Record<string, string> {
  const found = [folderNames.ledger, `${folderNames.ledger}-wal`].map((name) => {
    const file = path.join(folder, name);
    return [name, fs.existsSync(file) ? fs.readFileSync(file).toString('base64') : ''] as const;
  });
  return Object.fromEntries(found);
}
