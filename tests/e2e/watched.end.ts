import { expect, test } from '@playwright/test';
import { isPartOfRun, readWatched } from './watch.ts';

// After all other tests of a run, however many those were: see watch.ts.

test('no process of the program opened a network socket in the whole run', () => {
  test.skip(process.platform !== 'linux', 'strace is of Linux');
  const { offences, starts, logs, processes, entered } = readWatched();
  console.log(`watched: ${starts} starts (${entered} by the driver), ${processes} processes`);
  expect(offences).toEqual([]);
  expect(logs).toBe(starts);
  if (starts === 0 && isPartOfRun()) return;
  expect(starts).toBeGreaterThan(0);
  expect(processes).toBeGreaterThan(starts);
});
