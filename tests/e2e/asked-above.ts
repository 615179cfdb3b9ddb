// A station of one account that asked its county to confirm a sealing, and the county that may have granted it: two ledgers, and
// the files of the stick between them, all of so many days ago. A process of its own: the driver's runner cannot load the core.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Program, startProgram } from '#tests/faults/programs.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';

const [folder = '', account = '', password = '', ago = '0', answeredAgo] = process.argv.slice(2);
const at = (file: string) => path.join(folder, file);
const grants = { card: at('card.json'), asked: at('asked.json'), answered: at('answered.json') };
const daysAgo = (days: string) => ({ now: () => new Date(Date.now() - Number(days) * 86_400_000) });

async function signedIn(program: Program): Promise<Program> {
  program.token = (await program.must('session.signIn', { account, password })).token;
  return program;
}

async function founded(
  place: string,
  unit: { level: 'station' | 'county'; unitCode: string; unitName: string },
): Promise<Program> {
  mkdirSync(at(place));
  const program = startProgram(at(place), daysAgo(ago));
  await program.must('setup.create', { ...unit, account, password });
  return signedIn(program);
}

const below = await founded('station', { level: 'station', unitCode: '620921103', unitName: '东坝镇司法所' });
const above = await founded('county', { level: 'county', unitCode: '620921', unitName: '金塔县司法局' });
await above.must('help.card', { out: 'card' }, grants);
await below.must('help.trust', { file: 'card' }, grants);
const record = aMediation().accepted('2025-03-01').withApplicant({ name: '欧阳建国' }).record();
const { id: recordId } = await below.must('ledger.save', { ledger: 'mediation', record });
const { id } = await below.must('sealing.apply', {
  ...{ recordId, kind: 'seal', basis: 'minorCrime', reason: '作案时未满十八周岁' },
});
const { code } = await below.must('sealing.askAbove', { id, out: 'asked' }, grants);
await below.close();
await above.close();
if (answeredAgo !== undefined) {
  const later = await signedIn(startProgram(at('county'), daysAgo(answeredAgo)));
  const given = { code, outcome: 'granted', reason: '符合条件' } as const;
  await later.must('sealing.answerAsked', { file: 'asked', ...given, out: 'answered' }, grants);
  await later.close();
}
process.stdout.write(code);
