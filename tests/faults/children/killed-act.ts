// One act, killed in its middle: `killed-act.ts ACT LEDGER-PLACE OTHER-PLACE STAGE-FILE AT`. Says `ready` before it begins
// and `done` with the answer after it was confirmed; behind each stands what is known then. AT: dies by itself before that
// operation on a file; 0: waits to be killed.
import fs from 'node:fs';
import module from 'node:module';
import { acts } from '../acts/all.ts';
import { fromText, placeOn, toText, watchFiles } from '../acts/tries.ts';

const [what = '', ledger = '', other = '', stageFile = '', at = '0'] = process.argv.slice(2);
const say = (line: string) => fs.writeSync(1, `${line}\n`);
const act = acts[what];
if (!act) throw new Error(`unknown: ${what}`);

let operations = -1;
const operation = () => {
  if (operations >= 0 && ++operations === Number(at)) process.kill(process.pid, 'SIGKILL');
};
watchFiles(operation);

const stage = fromText(act, placeOn({ ledger, other }), fs.readFileSync(stageFile, 'utf8'));
await act.ready(stage);
// What is killed never gets to keep its stripped code for the next one.
(module as { flushCompileCache?(): void }).flushCompileCache?.();
say(`ready ${toText(stage)}`);
operations = 0;
const answer = await act.run(stage);
// Between what is confirmed and whoever hears of it.
operation();
say(`done ${answer} ${toText(stage)}`);
setInterval(() => undefined, 1000);
