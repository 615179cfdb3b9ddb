// Sets a ledger up and dies at the given operation on a file: `founder.ts FOLDER NUMBER`. Without dying it prints how
// many operations there were.
import { makeLedger } from '../programs.ts';
import { dieAt } from './dying.ts';

const [folder = '', at = ''] = process.argv.slice(2);
const operations = dieAt(Number(at));
await makeLedger(folder);
process.stdout.write(`${operations()}\n`);
