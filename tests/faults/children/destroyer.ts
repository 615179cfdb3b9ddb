// Carries a list of destruction out and dies at the given operation on a file: `destroyer.ts FOLDER LIST NUMBER`. Without
// dying it prints how many operations there were.
import { startProgram } from '../programs.ts';
import { dieAt } from './dying.ts';

const [folder = '', list = '', at = ''] = process.argv.slice(2);
const program = startProgram(folder, { now: () => new Date('2025-06-30T03:00:00Z') });
const signIn = { account: 'head', password: 'pruefung-2025' };
program.token = (await program.must('session.signIn', signIn)).token;
const operations = dieAt(Number(at));
await program.must('destruction.carryOut', { list, supervisors: ['甲监销', '乙监销'] });
process.stdout.write(`${operations()}\n`);
process.exit(0);
