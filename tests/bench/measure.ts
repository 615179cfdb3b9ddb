import { performance } from 'node:perf_hooks';

export type Result = {
  name: string;
  ms: number;
  /** The same work without the program, or at a tenth of the size; the name says which. */
  baselineMs: number | null;
  ratio: number | null;
  /** Of `ms` where the name says so, else of `ratio`. */
  limit: number | null;
};

export function result(name: string, ms: number, baselineMs: number | null, limit: number | null): Result {
  const ratio = baselineMs === null || baselineMs === 0 ? null : round(ms / baselineMs);
  return { name, ms: round(ms), baselineMs: baselineMs === null ? null : round(baselineMs), ratio, limit };
}

const round = (value: number) => Math.round(value * 1000) / 1000;

export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The value below which the given share of the numbers lies. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (numbers: readonly number[]) => quantile(numbers, 0.5);
