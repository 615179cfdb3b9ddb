// Sets a ledger up and dies at the given operation on a file: `founder.ts FOLDER NUMBER`. Without dying it prints how
// many operations there were.
import fs from 'node:fs';
import { makeLedger } from '../programs.ts';

const [folder = '', at = ''] = process.argv.slice(2);
let operations = 0;

type Names =
  | 'openSync'
  | 'writeFileSync'
  | 'fsyncSync'
  | 'closeSync'
  | 'renameSync'
  | 'rmSync'
  | 'existsSync';
for (const name of [
  'openSync',
  'writeFileSync',
  'fsyncSync',
  'closeSync',
  'renameSync',
  'rmSync',
  'existsSync',
] satisfies Names[]) {
  const real = fs[name] as (...parameters: unknown[]) => unknown;
  fs[name] = ((...parameters: unknown[]) => {
    operations++;
    if (operations === Number(at)) process.kill(process.pid, 'SIGKILL');
    return real(...parameters);
  }) as never;
}

await makeLedger(folder);
process.stdout.write(`${operations}\n`);
