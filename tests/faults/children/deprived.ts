// The program in a place that lacks something: `deprived.ts read-only|read-only-file|full FOLDER`,
// `deprived.ts full-attaching FOLDER RECORD`. Prints one line of JSON. Root may do anything, so what must be forbidden is tried as another user or on a small disk of its own.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { layFolder } from '#tests/fixtures/copied-folder.ts';
import { aPicture } from '#tests/fixtures/scans.ts';
import {
  account,
  failedState,
  folderNames,
  type Program,
  password,
  someCase,
  startProgram,
} from '../programs.ts';
import { againWithMounts, pageBytes, smallDisk } from '../small-disk.ts';

const [what, folder = '', ...more] = process.argv.slice(2);
const isMounted = more.at(-1) === 'mounted';
const nobody = 65534;
const mounted = () => againWithMounts(import.meta.filename, process.argv.slice(2));

function becomeNobody(): void {
  new Database(':memory:').close(); // the native file is loaded while it can still be read
  if (process.getuid?.() !== 0) return;
  process.setgid?.(nobody);
  process.setuid?.(nobody);
}

const codeOf = async (program: Program) =>
  (await program.failure('session.signIn', { account, password })).code;

async function readOnly(): Promise<unknown> {
  for (const name of fs.readdirSync(folder)) fs.chmodSync(path.join(folder, name), 0o444);
  fs.chmodSync(folder, 0o555);
  const program = startProgram(folder);
  becomeNobody();
  const state = await failedState(program);
  const answer = { state, signIn: await codeOf(program) };
  if (process.getuid?.() !== nobody) fs.chmodSync(folder, 0o755);
  return answer;
}

async function readOnlyFile(): Promise<unknown> {
  for (const name of fs.readdirSync(folder)) fs.chmodSync(path.join(folder, name), 0o666);
  fs.chmodSync(path.join(folder, folderNames.ledger), 0o444);
  fs.chmodSync(folder, 0o777);
  const program = startProgram(folder);
  becomeNobody();
  return { state: await failedState(program), signIn: await codeOf(program) };
}

/** The ledger on a small disk of its own, and how much of it is left free. */
function onSmallDisk(): { disk: string; fill(keepMb: number): void; empty(): void } {
  const { at: disk, fill, empty } = smallDisk(80);
  layFolder(folder, disk);
  return { disk, fill: (keepMb) => fill((keepMb * 2 ** 20) / pageBytes), empty };
}

async function full(): Promise<unknown> {
  const { disk, fill, empty } = onSmallDisk();
  fill(8);
  const door = startProgram(disk);
  await door.signIn();
  const read = (await door.must('ledger.list', { ledger: 'mediation' })).total;
  const told = door.events.flatMap((event) => (event.event === 'leftUndone' ? [event.failure.code] : []));
  await door.close();
  const anew = path.join(disk, 'anew');
  fs.mkdirSync(anew);
  const set = startProgram(anew);
  const newLedger = await failedState(set);
  await set.close();
  // Nothing at all: the ledger is there, and who signs in is told that there is no room for the log, not for 64 MB.
  fill(0);
  const shut = startProgram(disk);
  const none = [(await shut.must('program.state', {})).state.is, await codeOf(shut)];
  await shut.close();
  empty();

  const program = startProgram(disk);
  await program.signIn();
  const first = await program.must('ledger.list', { ledger: 'mediation' });
  fill(1);
  const kept: string[] = [];
  let whileSaving = '';
  for (let number = 100; whileSaving === '' && number < 3000; number++) {
    const answer = await program.call('ledger.save', { ledger: 'mediation', record: someCase(number) });
    if (answer.ok) kept.push(answer.value.id);
    else whileSaving = answer.error.code;
  }
  let draft = '';
  for (let number = 0; draft === '' && number < 3000; number++) {
    const id = `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
    const content = { summary: 'x'.repeat(4000) };
    const answer = await program.call('draft.save', { id, ledger: 'mediation', content });
    if (!answer.ok) draft = answer.error.code;
  }
  empty();
  const after = await program.call('ledger.save', { ledger: 'mediation', record: someCase(99) });
  if (after.ok) kept.push(after.value.id);
  let lost = 0;
  for (const id of kept) if (!(await program.call('ledger.get', { id })).ok) lost++;
  const { total } = await program.must('ledger.list', { ledger: 'mediation' });
  if (total !== first.total + kept.length) lost++;
  const verified = (await program.must('system.verify', {})).ok;
  await program.close();
  return {
    read,
    told,
    newLedger,
    none,
    whileSaving,
    draft,
    confirmed: kept.length,
    lost,
    verified,
    saveAfterRoom: after.ok,
  };
}

/** A picture of 20 MB where 8 are left. */
async function fullAttaching(): Promise<unknown> {
  const { disk, fill, empty } = onSmallDisk();
  const [recordId = ''] = more;
  const program = startProgram(disk);
  await program.signIn();
  const source = path.join(os.tmpdir(), '大图.png');
  fs.writeFileSync(source, Buffer.concat([aPicture(), Buffer.alloc(20 * 2 ** 20, 1)]));
  fill(8);
  const input = { recordId, file: 'f', kind: 'site' };
  const failure = await program.failure('attachment.add', input, { f: source });
  const objects = path.join(disk, folderNames.objects);
  const left = fs
    .readdirSync(objects, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile());
  const listed = (await program.must('attachment.list', { recordId })).length;
  empty();
  await program.must('attachment.add', input, { f: source });
  fs.rmSync(source);
  const afterRoom = (await program.must('attachment.list', { recordId })).length;
  const verified = (await program.must('system.verify', {})).ok;
  await program.close();
  return { failure, left: left.map(({ name }) => name), listed, afterRoom, verified };
}

const work = {
  'read-only': readOnly,
  'read-only-file': readOnlyFile,
  full: isMounted ? full : mounted,
  'full-attaching': isMounted ? fullAttaching : mounted,
}[what ?? ''];
if (!work) throw new Error(`unknown: ${what}`);
console.log(JSON.stringify(await work()));
