// Saves records and drafts as fast as it can and says each one on standard output after it was confirmed, until it is
// killed: `saver.ts FOLDER FIRST-NUMBER`.
import fs from 'node:fs';
import module from 'node:module';
import { someCase, startProgram } from '../programs.ts';

const [folder = '', first = '1'] = process.argv.slice(2);
const say = (line: string) => fs.writeSync(1, `${line}\n`);

const program = startProgram(folder);
await program.signIn();
// What is killed never gets to keep its stripped code for the next one.
(module as { flushCompileCache?(): void }).flushCompileCache?.();
say('ready');
const draft = `00000000-0000-7000-8000-${first.padStart(12, '0')}`;
for (let number = Number(first); ; number++) {
  const saved = await program.must('ledger.save', { ledger: 'mediation', record: someCase(number) });
  say(`saved ${saved.id} ${saved.version}`);
  await program.must('draft.save', { id: draft, ledger: 'mediation', content: { summary: `${number}` } });
  say(`draft ${draft} ${number}`);
  if (number % 3 === 0) {
    const record = { ...saved.record, remark: `remark ${number}` };
    const again = await program.must('ledger.save', {
      ledger: 'mediation',
      id: saved.id,
      baseVersion: saved.version,
      record,
    });
    say(`saved ${again.id} ${again.version}`);
  }
}
