// Fills a demo ledger once and opens the program on it. The folder is out/demo; delete it for a fresh one.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { runProgram } from './start.ts';
import { contentStamp, hasStamp, inRoot, run, say, writeStamp } from './workspace.ts';

const folder = inRoot('out/demo/data');
/** Synthetic records only, so the password is no secret: it is printed at every start. */
const password = 'Demo-Ledger-2023';

// Until a release a step of the schema may change: a demo ledger made before that is put aside for a new one.
const stampFile = inRoot('out/demo/stamp');
const stamp = contentStamp(['main/core/db/migrations']);
if (existsSync(folder) && !hasStamp(stampFile, stamp)) {
  const older = `${folder}.older`;
  rmSync(older, { recursive: true, force: true });
  renameSync(folder, older);
}

if (!existsSync(folder)) {
  const half = `${folder}.new`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(inRoot('out/demo'), { recursive: true });
  say('filling the demo ledger …');
  const status = run(process.execPath, [inRoot('main/cli/index.ts'), 'demo', '--dir', half], {
    LEDGER_PASSWORD: password,
  });
  if (status !== 0) process.exit(status);
  renameSync(half, folder);
  writeStamp(stampFile, stamp);
}
say(`demo ledger: account admin, password ${password}`);
process.exit(
  await runProgram([], { JUDICIAL_DATA_DIR: folder, JUDICIAL_USER_DATA: inRoot('out/demo/window') }),
);
