import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  test: {
    include: ['tests/{architecture,unit,core,db,host,exchange,faults}/**/*.test.ts'],
    environment: 'node',
    // Native driver and SIGKILL tests: a process each, never a thread of the runner.
    pool: 'forks',
    // Against what never ends; no speed is tested by them, and a busy machine takes several times as long.
    testTimeout: 60_000,
    hookTimeout: 90_000,
  },
});
