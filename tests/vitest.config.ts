import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  test: {
    include: ['tests/{architecture,unit,core,db,host,exchange,faults}/**/*.test.ts'],
    environment: 'node',
    // Native driver and SIGKILL tests: a process each, never a thread of the runner.
    pool: 'forks',
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
