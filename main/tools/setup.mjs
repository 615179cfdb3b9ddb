// The door of every npm script that needs more than node_modules: node main/tools/setup.mjs <task> [arguments]
// Installs what is missing, then hands over to main/tools/<task>.ts under the pinned Node.
// Plain JavaScript on Node's own modules: when it runs first, there is no node_modules and only Node 20.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const isWindows = process.platform === 'win32';
const stampFile = path.join(root, 'node_modules/.judicial-stamp');
const pinnedNode = path.join(root, 'node_modules/node/bin', isWindows ? 'node.exe' : 'node');

const windowPackages = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'fonts-noto-cjk'];
const displayPackages = ['xvfb', 'xauth'];
// Reports are looked at as PDF pages: LibreOffice makes them, poppler reads them, 楷体 stands in for itself.
// strace tells every socket that the program asks for.
const testPackages = ['libreoffice-writer-nogui', 'poppler-utils', 'fonts-arphic-ukai', 'strace'];

/** Ends the set-up with a sentence that names the next step. */
function stop(message) {
  process.stderr.write(`\n${message}\n`);
  process.exit(1);
}

/** Debian packages of `wanted` that are not there; a name that another installed package provides counts as there. */
function missingPackages(wanted) {
  const query = spawnSync('dpkg-query', ['-W', '-f', `\${db:Status-Abbrev}|\${Package}|\${Provides}\n`], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (query.status !== 0) return [];
  const present = new Set();
  for (const line of query.stdout.split('\n')) {
    const [status, name, provides = ''] = line.split('|');
    if (!status?.startsWith('ii')) continue;
    present.add(name);
    for (const provided of provides.split(',')) present.add(provided.trim().split(' ')[0]);
  }
  return wanted.filter((name) => !present.has(name));
}

function ensurePackages(wanted) {
  if (process.platform !== 'linux') return;
  const missing = missingPackages(wanted);
  if (missing.length === 0) return;
  const install = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0) {
    stop(
      `System packages are missing. Type this, then start again:\n\n  sudo apt-get update && sudo ${install}`,
    );
  }
  console.log(`Installing system packages: ${missing.join(' ')}`);
  for (const command of ['apt-get update -q', `${install} -q`]) {
    const run = spawnSync(command, {
      shell: true,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (run.status !== 0) stop(`This failed. Type it yourself and read its answer:\n\n  ${command}`);
  }
}

function ensureModules() {
  const stamp = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(pinnedNode) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  // Windows does not let go of a running node.exe, and npm scripts already run on the pinned one.
  if (isWindows && process.execPath.toLowerCase() === pinnedNode.toLowerCase()) {
    stop('The lock file has changed. Type this, then start again:\n\n  npm ci');
  }
  console.log('Installing npm packages …');
  const run = spawnSync('npm ci --no-audit --no-fund --loglevel=error', {
    cwd: root,
    shell: true,
    stdio: 'inherit',
  });
  if (run.status !== 0) stop('npm ci failed. Look at the lines above, then type it again:\n\n  npm ci');
  writeFileSync(stampFile, stamp);
}

const [task, ...rest] = process.argv.slice(2);
if (task === 'packages') {
  ensurePackages(rest);
} else {
  const display = process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? [] : displayPackages;
  ensurePackages([...windowPackages, ...display, ...(task === 'check' ? testPackages : [])]);
  ensureModules();
  const run = spawnSync(pinnedNode, [path.join(root, `main/tools/${task}.ts`), ...rest], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: `${path.join(root, 'node_modules/.bin')}${path.delimiter}${process.env.PATH ?? ''}`,
    },
  });
  process.exit(run.status ?? 1);
}
