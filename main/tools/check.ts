// Everything that must hold: node main/tools/check.ts [--full]. Ends with one line "N passed, N failed",
// summed from the test runners' own reports; a step without a report counts as one failure if it fails.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { buildProgram } from './build.ts';
import { packForTests } from './pack.ts';
import { findRuntime } from './runtime.ts';
import { inRoot, npmProgram, run, runNpmProgram, withScreen } from './workspace.ts';

type Tally = { passed: number; failed: number };

const total: Tally = { passed: 0, failed: 0 };
const lines: string[] = [];
const reports = inRoot('test-results');

function addReport(file: string, read: (report: never) => Tally, status: number): void {
  const tally = existsSync(file)
    ? read(JSON.parse(readFileSync(file, 'utf8')) as never)
    : { passed: 0, failed: 0 };
  total.passed += tally.passed;
  // A file that does not even load has no failed test in its report.
  total.failed += status !== 0 ? Math.max(tally.failed, 1) : tally.failed;
}

async function step(name: string, work: () => Promise<number> | number): Promise<number> {
  const started = Date.now();
  console.log(`\n== ${name}`);
  const status = await Promise.resolve()
    .then(work)
    .catch((error: unknown) => {
      console.error(error);
      return 1;
    });
  lines.push(
    `${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`,
  );
  return status;
}

async function plainStep(name: string, work: () => Promise<number> | number): Promise<boolean> {
  const status = await step(name, work);
  if (status !== 0) total.failed += 1;
  return status === 0;
}

const readVitest = (report: { numPassedTests: number; numFailedTests: number }): Tally => ({
  passed: report.numPassedTests,
  failed: report.numFailedTests,
});

const readPlaywright = (report: {
  stats: { expected: number; unexpected: number; flaky: number };
}): Tally => ({
  passed: report.stats.expected,
  failed: report.stats.unexpected + report.stats.flaky,
});

async function vitest(env: NodeJS.ProcessEnv): Promise<void> {
  const file = inRoot('test-results/vitest.json');
  const args = ['run', '--config', 'tests/vitest.config.ts', '--reporter=default', '--reporter=json'];
  const status = await step('vitest', () =>
    runNpmProgram('vitest', 'vitest', [...args, `--outputFile.json=${file}`], env),
  );
  addReport(file, readVitest, status);
}

async function playwright(name: string, env: NodeJS.ProcessEnv): Promise<void> {
  const file = inRoot(`test-results/${name}.json`);
  const program = npmProgram('@playwright/test', 'playwright');
  const args = [program, 'test', '--config', 'tests/e2e/playwright.config.ts', '--reporter=list,json'];
  const [command, rest] = withScreen(process.execPath, [...args, `--project=${name}`]);
  const status = await step(`playwright: ${name}`, () =>
    run(command, rest, { PLAYWRIGHT_JSON_OUTPUT_NAME: file, ...env }),
  );
  addReport(file, readPlaywright, status);
}

rmSync(reports, { recursive: true, force: true });
const full: NodeJS.ProcessEnv = process.argv.includes('--full') ? { JUDICIAL_FULL: '1' } : {};

await plainStep('types', () => runNpmProgram('typescript', 'tsc', ['-b']));
await plainStep('lint', () =>
  runNpmProgram('@biomejs/biome', 'biome', ['check', '--error-on-warnings', '.']),
);
// Before the tests: some of them start the built program through the command line.
const isBuilt = await plainStep('runtime and build', async () => {
  await findRuntime();
  await buildProgram();
  return 0;
});
await vitest(full);
if (isBuilt) {
  await playwright('window', full);
  let packed = '';
  const isPacked = await plainStep('pack', async () => {
    packed = await packForTests();
    return 0;
  });
  if (isPacked) await playwright('packed', { ...full, PACKED_APP: packed });
}

console.log(`\n${lines.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
