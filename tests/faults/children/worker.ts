// Does one kind of work again and again until it is killed, and says each end after it was confirmed:
// `worker.ts WHAT FOLDER FIRST-NUMBER OUT`. The parent holds what was said against what it finds.
import fs from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import { laterSteps } from '../later-steps.ts';
import { password, someCase, startProgram } from '../programs.ts';

const [what = '', folder = '', first = '1', out = ''] = process.argv.slice(2);
const say = (line: string) => fs.writeSync(1, `${line}\n`);
const flush = () => (module as { flushCompileCache?(): void }).flushCompileCache?.();

const program = startProgram(folder, what === 'upgrade' ? { extra: laterSteps } : {});
if (what === 'upgrade') {
  flush();
  say('ready');
  await program.signIn();
  say('upgraded');
  setInterval(() => undefined, 1000);
} else {
  const candidates = [password, ...Array.from({ length: 3 }, (_each, index) => `other horse ${index}`)];
  let current = '';
  for (const candidate of candidates) {
    const answer = await program.call('session.signIn', { account: 'admin', password: candidate });
    if (!answer.ok) continue;
    program.token = answer.value.token;
    current = candidate;
    break;
  }
  flush();
  say('ready');
  const csv = path.join(import.meta.dirname, '..', '..', 'fixtures', 'indicators-2023.csv');
  for (let number = Number(first); ; number++) {
    if (what === 'password') {
      const newPassword = candidates[(candidates.indexOf(current) + 1) % candidates.length] ?? '';
      say(`changing ${newPassword}`);
      await program.must('session.changePassword', { password: current, newPassword });
      current = newPassword;
      say(`changed ${newPassword}`);
      continue;
    }
    if (what !== 'figures') {
      const saved = await program.must('ledger.save', { ledger: 'mediation', record: someCase(number) });
      say(`saved ${saved.id} ${saved.version}`);
    }
    if (what === 'figures') {
      await program.must('indicator.import', { year: 2023, file: 'f' }, { f: csv });
      say(`imported ${number}`);
    } else if (what === 'report') {
      const file = path.join(out, `${number}.docx`);
      await program.must('report.make', { year: 2023, out: 'o' }, { o: file });
      say(`made ${file}`);
    } else if (what === 'backup') {
      const made = await program.must('system.backup', {});
      say(`made ${made.file}`);
    } else if (what === 'restore') {
      const { name } = await program.must('system.backup', {});
      say(`restoring ${name}`);
      await program.must('program.restore', { backup: name });
      await program.signIn();
      say(`restored ${name}`);
    }
  }
}
