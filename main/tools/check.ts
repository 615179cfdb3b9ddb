// Everything that must hold: node main/tools/check.ts [--full]. Ends with one line "N passed, N failed",
// summed from the test runners' own reports; a step without a report counts as one failure if it fails. Before that line
// each failed test is named with the beginning of its message, so that the end of a log alone says what to look at.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { buildProgram } from './build.ts';
import { packForTests } from './pack.ts';
import { findRuntime } from './runtime.ts';
import { inRoot, npmProgram, run, runNpmProgram, withScreen } from './workspace.ts';

/** `failures` names each failed test, `unsteady` each that passed at its second try, with the beginning of what it said. */
type Tally = { passed: number; failed: number; failures: string[]; unsteady: string[] };

const total: Tally = { passed: 0, failed: 0, failures: [], unsteady: [] };
/** Windows in a whole run that may need a second try: one start in some hundred gets no hold or no picture on a busy machine. */
const mostUnsteady = 2;
const lines: string[] = [];
const reports = inRoot('test-results');

function addReport(file: string, read: (report: never) => Tally, status: number): void {
  const tally = existsSync(file)
    ? read(JSON.parse(readFileSync(file, 'utf8')) as never)
    : { passed: 0, failed: 0, failures: [], unsteady: [] };
  total.passed += tally.passed;
  // A file that does not even load has no failed test in its report.
  total.failed += status !== 0 ? Math.max(tally.failed, 1) : tally.failed;
  total.failures.push(...tally.failures);
  total.unsteady.push(...tally.unsteady);
}

function failure(file: string, title: string, message: string): string {
  const said = stripVTControlCharacters(message).split('\n').filter(Boolean).slice(0, 6).join('\n    ');
  return `${path.relative(inRoot('.'), file)} › ${title}\n    ${said.slice(0, 600)}`;
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

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: {
    name: string;
    status: string;
    message?: string;
    assertionResults: { status: string; fullName: string; failureMessages?: string[] }[];
  }[];
};

function readVitest(report: VitestReport): Tally {
  const failures = report.testResults.flatMap((file) => {
    const failed = file.assertionResults.filter(({ status }) => status === 'failed');
    const isUnread = file.status === 'failed' && failed.length === 0;
    if (isUnread) return [failure(file.name, 'the file itself', file.message ?? '')];
    return failed.map((each) => failure(file.name, each.fullName, each.failureMessages?.[0] ?? ''));
  });
  return { passed: report.numPassedTests, failed: report.numFailedTests, failures, unsteady: [] };
}

type PlaywrightSuite = {
  file: string;
  suites?: PlaywrightSuite[];
  specs?: PlaywrightSpec[];
};
type PlaywrightSpec = {
  title: string;
  ok: boolean;
  tests: { status: string; results: { error?: { message?: string } }[] }[];
};

const hasFailed = ({ ok }: PlaywrightSpec) => !ok;
const isUnsteady = ({ tests }: PlaywrightSpec) => tests.some(({ status }) => status === 'flaky');

function saidOf(suite: PlaywrightSuite, which: (spec: PlaywrightSpec) => boolean): string[] {
  const own = (suite.specs ?? []).filter(which);
  return [
    ...own.map(({ title, tests }) => {
      const said = tests.flatMap(({ results }) => results).find(({ error }) => error)?.error?.message;
      return failure(inRoot('tests/e2e', suite.file), title, said ?? '');
    }),
    ...(suite.suites ?? []).flatMap((inner) => saidOf(inner, which)),
  ];
}

type PlaywrightReport = {
  suites: PlaywrightSuite[];
  stats: { expected: number; unexpected: number; flaky: number };
};

const readPlaywright = ({ stats, suites }: PlaywrightReport): Tally => ({
  passed: stats.expected + stats.flaky,
  failed: stats.unexpected,
  failures: suites.flatMap((suite) => saidOf(suite, hasFailed)),
  unsteady: suites.flatMap((suite) => saidOf(suite, isUnsteady)),
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

for (const each of total.unsteady) console.log(`\nPASSED AT THE SECOND TRY ${each}`);
if (total.unsteady.length > mostUnsteady) {
  total.failed += 1;
  console.log(`\nFAILED ${total.unsteady.length} windows needed a second try; ${mostUnsteady} may`);
}
for (const each of total.failures) console.log(`\nFAILED ${each}`);
console.log(`\n${lines.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
