// Saves records and drafts as fast as it can and says each one on standard output after it was confirmed, until it is
// killed: `saver.ts FOLDER FIRST-NUMBER`. Behind each stands how long the -wal was then: so much of it is on the disk.
import fs from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import { folderNames, someCase, startProgram } from '../programs.ts';

const [folder = '', first = '1'] = process.argv.slice(2);
const say = (line: string) => fs.writeSync(1, `${line}\n`);

const walOf = (name: 'ledger' | 'drafts') => fs.statSync(path.join(folder, `${folderNames[name]}-wal`)).size;

const program = startProgram(folder);
await program.signIn();
// What a mask hides cannot be saved again.
await program.must('session.reveal', { reason: '办理业务' });
// What is killed never gets to keep its stripped code for the next one.
(module as { flushCompileCache?(): void }).flushCompileCache?.();
say('ready');
const draft = `00000000-0000-7000-8000-${first.padStart(12, '0')}`;
for (let number = Number(first); ; number++) {
  const saved = await program.must('ledger.save', { ledger: 'mediation', record: someCase(number) });
  say(`saved ${saved.id} ${saved.version} ${walOf('ledger')}`);
  await program.must('draft.save', { id: draft, ledger: 'mediation', content: { summary: `${number}` } });
  say(`draft ${draft} ${number} ${walOf('drafts')}`);
  if (number % 3 === 0) {
    const record = { ...saved.record, remark: `remark ${number}` };
    const again = await program.must('ledger.save', {
      ledger: 'mediation',
      id: saved.id,
      baseVersion: saved.version,
      record,
    });
    say(`saved ${again.id} ${again.version} ${walOf('ledger')}`);
  }
}
