// Another copy of the program: opens the folder named first, says so, and stays until it is killed.
import { startProgram, stateOf } from '../programs.ts';

const program = startProgram(process.argv[2] ?? '');
console.log((await stateOf(program)).is);
setInterval(() => undefined, 1000);
