import { defineConfig } from '@playwright/test';

// Two projects: everything in the development runtime; the package's own tests and the whole journey once more in
// the packed program (PACKED_APP names its file). After either, what the system was asked for is read (watch.ts).
export default defineConfig({
  testDir: '.',
  globalSetup: './watched.config.ts',
  outputDir: '../../test-results/e2e',
  timeout: 60_000,
  // One window at a time: two cores, one clipboard, one keyboard focus.
  workers: 1,
  forbidOnly: true,
  // A window that got no hold or no picture is opened once more; the check names it, and more than two are a failure.
  retries: 1,
  reporter: 'list',
  projects: [
    { name: 'window', testMatch: /\.spec\.ts$/, testIgnore: /packed\.spec\.ts$/, teardown: 'watched' },
    { name: 'packed', testMatch: [/packed\.spec\.ts$/, /journey\.spec\.ts$/], teardown: 'watched' },
    { name: 'watched', testMatch: /watched\.end\.ts$/ },
  ],
});
