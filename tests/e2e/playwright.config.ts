import { defineConfig } from '@playwright/test';

// Two projects: everything in the development runtime; the package's own tests and the whole journey once more in
// the packed program (PACKED_APP names its file).
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/e2e',
  timeout: 60_000,
  // One window at a time: two cores, one clipboard, one keyboard focus.
  workers: 1,
  forbidOnly: true,
  reporter: 'list',
  projects: [
    { name: 'window', testMatch: /\.spec\.ts$/, testIgnore: /packed\.spec\.ts$/ },
    { name: 'packed', testMatch: [/packed\.spec\.ts$/, /journey\.spec\.ts$/] },
  ],
});
