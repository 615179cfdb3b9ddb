// Works with a known person in a ledger, or in a plain SQLite file, and looks for that person in all that is left:
// `scanned.ts ledger|plain FOLDER`; TMPDIR is a folder of its own. Prints one line of JSON.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aPicture } from '#tests/fixtures/scans.ts';
import { makeLedger, someCase, startProgram } from '../programs.ts';
import { findTraces, needlesOf } from '../traces.ts';

const [what, folder = ''] = process.argv.slice(2);
const person = {
  name: '欧阳鹿珂',
  idNumber: makeIdentityNumber('1987-06-05', 321),
  phone: '13912345678',
  summary: '为一头走失的骆驼争执不下，双方各执一词。',
};
// The index keeps pairs of characters and runs of six digits, so parts are looked for as well as wholes.
const needles = needlesOf([
  ...Object.values(person),
  ...['欧阳', '鹿珂', '骆驼', '走失的骆驼', 'ouyangluke'],
  person.idNumber.slice(6),
  person.phone.slice(0, 6),
]);
const found: string[] = [];
const files = new Set<string>();

function scan(): void {
  const result = findTraces(needles, [folder, os.tmpdir()]);
  found.push(...result.found);
  for (const file of result.files) files.add(path.basename(file));
}

async function ledger(): Promise<void> {
  await makeLedger(folder);
  const program = startProgram(folder);
  await program.signIn();
  const party = {
    side: 'applicant',
    type: 'natural',
    name: person.name,
    idNumber: person.idNumber,
    phone: person.phone,
  };
  const record = someCase(1, { summary: person.summary, parties: [party] });
  const draft = { id: '00000000-0000-7000-8000-000000000001', ledger: 'mediation', content: record };
  await program.must('draft.save', draft as never);
  scan();
  const saved = await program.must('ledger.save', { ledger: 'mediation', record });
  const records = Array.from({ length: 1500 }, (_each, index) => ({
    ...record,
    remark: `${person.name} ${index}`,
  }));
  await program.must('ledger.addMany', { ledger: 'mediation', records });
  scan();
  const record2 = { ...saved.record, remark: person.summary };
  await program.must('ledger.save', {
    ledger: 'mediation',
    id: saved.id,
    baseVersion: saved.version,
    record: record2,
  });
  for (const text of [person.name, '鹿', person.idNumber, person.phone.slice(-4), '骆驼', 'oylk']) {
    const { total } = await program.must('search.find', { text });
    if (total === 0) throw new Error(`${text} is not in the ledger`);
  }
  for (const field of ['title', 'caseNo', 'kind', 'amountFen']) {
    const sort = { field, descending: true };
    await program.must('ledger.list', { ledger: 'mediation', sort, filter: { kind: ['02', '03'] } });
  }
  await program.must('ledger.check', { ledger: 'mediation', record });
  await attach(program, saved.id);
  await program.must('system.verify', {});
  await program.must('system.backup', {});
  scan();
  await program.failure('ledger.save', {
    ledger: 'mediation',
    record: { ...record, acceptedOn: person.name },
  });
  await program.failure('session.signIn', { account: person.name, password: person.phone });
  await program.close();
  scan();
}

/** A scan that is called after the person and says who it is; where it came from is not the program's. */
async function attach(program: ReturnType<typeof startProgram>, recordId: string): Promise<void> {
  const source = fs.mkdtempSync(path.join(path.dirname(folder), 'judicial-ledger-source-'));
  const file = path.join(source, `${person.name}的身份证.png`);
  const note = `${person.name} ${person.idNumber} ${person.summary}`;
  fs.writeFileSync(file, Buffer.concat([aPicture({ note }), Buffer.alloc(2 ** 20), Buffer.from(note)]));
  const input = { recordId, file: 'f', kind: 'identity', title: person.name };
  const { id } = await program.must('attachment.add', input, { f: file });
  fs.rmSync(source, { recursive: true });
  const { content } = await program.must('attachment.view', { id });
  if (!Buffer.from(content).includes(note)) throw new Error('what was attached is not what was asked for');
  await program.must('attachment.remove', { id, reason: person.summary });
}

/** The same words where nothing hides them; a file that is deleted while it is open; the other two encodings. */
async function plain(): Promise<void> {
  const db = new Database(path.join(folder, 'plain.db'));
  db.exec('create table person (name, id_number, phone, summary)');
  db.prepare('insert into person values (?, ?, ?, ?)').run(...Object.values(person));
  const deleted = path.join(folder, 'deleted');
  const handle = fs.openSync(deleted, 'w+');
  fs.writeSync(handle, person.name);
  fs.rmSync(deleted);
  const utf16 = needles.find((needle) => needle.what === `${person.summary} (UTF-16LE)`);
  const gb = needles.find((needle) => needle.what === `${person.summary} (GB18030)`);
  if (!utf16 || !gb || new TextDecoder('gb18030').decode(gb.bytes) !== person.summary)
    throw new Error('needles');
  fs.writeFileSync(path.join(os.tmpdir(), 'utf16'), utf16.bytes);
  fs.writeFileSync(path.join(os.tmpdir(), 'gb'), gb.bytes);
  scan();
  fs.closeSync(handle);
  db.close();
}

await (what === 'ledger' ? ledger() : plain());
console.log(JSON.stringify({ found, files: [...files] }));
