// Makes a ledger with one case and a scan on it: `with-pdf.ts FOLDER FILE`. Prints the attachment's id.
import { makeLedger, someCase, startProgram } from '../programs.ts';

const [folder = '', file = ''] = process.argv.slice(2);
await makeLedger(folder);
const program = startProgram(folder);
await program.signIn();
const { id } = await program.must('ledger.save', { ledger: 'mediation', record: someCase(1) });
const input = { recordId: id, file: 'f', kind: 'site' };
const attachment = await program.must('attachment.add', input, { f: file });
await program.close();
process.stdout.write(attachment.id);
