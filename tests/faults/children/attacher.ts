// Attaches pictures as fast as it can and says each one on standard output after it was confirmed, until it is killed:
// `attacher.ts FOLDER RECORD FIRST-NUMBER SOURCES`. A large one takes long enough to be killed in the middle.
import fs from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import { aPicture } from '#tests/fixtures/scans.ts';
import { startProgram } from '../programs.ts';

const [folder = '', recordId = '', first = '1', sources = ''] = process.argv.slice(2);
const say = (line: string) => fs.writeSync(1, `${line}\n`);

const program = startProgram(folder);
await program.signIn();
(module as { flushCompileCache?(): void }).flushCompileCache?.();
say('ready');
for (let number = Number(first); ; number++) {
  const file = path.join(sources, `${number}.png`);
  const size = number % 3 === 0 ? 6 * 2 ** 20 : 1000;
  fs.writeFileSync(file, Buffer.concat([aPicture({ note: String(number) }), Buffer.alloc(size, number)]));
  const added = await program.must('attachment.add', { recordId, file: 'f', kind: 'site' }, { f: file });
  say(`added ${added.id} ${number} ${added.bytes}`);
}
