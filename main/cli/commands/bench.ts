import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { AppError } from '#shared/api/errors.ts';
import { commandLineText as say } from '#shared/text/command-line.ts';
import { wholeNumber } from '../arguments.ts';
import type { Run } from '../command.ts';
import type { Places } from '../places.ts';

export type BenchResult = {
  name: string;
  ms: number;
  baselineMs: number | null;
  ratio: number | null;
  limit: number | null;
};

/** What tests/bench/index.ts exports. It stands with the tests because its baselines speak to the driver directly. */
export type Bench = {
  runBench(options: {
    records: number;
    places: Places;
    say(text: string): void;
  }): Promise<{ records: number; results: BenchResult[] }>;
};

const defaultRecords = 20_000;

/** Only in a working copy: a package has no tests. */
export const bench: Run = async ({ options, places, terminal }) => {
  const file = path.join(places.root, 'tests', 'bench', 'index.ts');
  if (!fs.existsSync(file)) throw new AppError('file-missing', { file: 'tests/bench/index.ts' });
  const { runBench } = (await import(pathToFileURL(file).href)) as Bench;
  const { records, results } = await runBench({
    records: wholeNumber(options, 'records') ?? defaultRecords,
    places,
    say: (text) => void terminal.err(`${text}\n`),
  });
  const lines = results.map(({ name, ms, baselineMs, ratio, limit }) =>
    say.benchLine(
      name,
      ms.toFixed(2),
      baselineMs?.toFixed(2),
      ratio?.toFixed(2),
      limit === null ? undefined : String(limit),
    ),
  );
  return { json: { records, results }, text: lines.join('\n') };
};
