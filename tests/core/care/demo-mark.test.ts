// A ledger of made-up records is never mistaken for the real one: by every way out of it, what leaves says that it is one.
import fs from 'node:fs';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { markedFile } from '#core/api/demo-mark.ts';
import { sql } from '#core/db/sql.ts';
import { readKeyFileAt } from '#core/security/key-file.ts';
import { type MethodName, methods } from '#shared/api/methods.ts';
import { outgoing } from '#shared/domain/transfers.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { demoText } from '#shared/text/demo.ts';
import { aCommandLine } from '#tests/core/cli/command-line.ts';
import { aProgram, type Person, type Program, password, recordDay } from '#tests/fixtures/program.ts';
import { aPicture } from '#tests/fixtures/scans.ts';
import { waysToAsk } from '#tests/fixtures/ways-to-ask.ts';

let office: Program;
const people: Person[] = [];
const ids: Record<string, string> = {};
let scan = '';
let issued = '';
const [admin, head, clerk, auditor] = [0, 1, 2, 3] as const;
const who = (number: number) => people[number] as Person;

beforeAll(async () => {
  office = await aProgram({ everyRole: true, hasSafety: true, cases: 30 });
  for (const name of ['admin', 'head', 'clerk', 'auditor']) people.push(await office.signIn(name));
  for (const { name } of ledgers) {
    const answer = await who(head).ask('ledger.list', { ledger: name, limit: 1 });
    const id = answer.ok ? (answer.value as { rows: { id: string }[] }).rows[0]?.id : undefined;
    if (id) ids[name] = id;
  }
  const { id } = await who(clerk).save({
    ...{ acceptedOn: '2025-03-01', kind: '02', source: 'application', summary: '借款到期没有归还。' },
    ...{ outcome: 'agreed', concludedOn: '2025-03-10', agreementForm: 'written', difficulty: 'simple' },
    parties: [
      { side: 'applicant', type: 'natural', name: '亓官曜谧' },
      { side: 'respondent', type: 'natural', name: '濮阳霁宸' },
    ],
  });
  ids.mediation = id;
  const file = path.join(office.beside, 'scan.png');
  fs.writeFileSync(file, aPicture({}));
  const add = { recordId: id, file: office.grant('scan', file), kind: 'site' };
  const added = await who(clerk).call('attachment.add', add);
  scan = JSON.stringify(added).match(/"id":"([^"]+)"/)?.[1] ?? '';
});
afterAll(() => office.close());

/** Every page in an answer, wherever it stands. */
function pagesIn(value: unknown): string[] {
  if (typeof value === 'string') return /^\s*<!doctype html/i.test(value) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(pagesIn);
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(pagesIn) : [];
}

/** Pages that are asked for in no other test of every way, with who may. */
function* morePages(): Generator<[MethodName, unknown, number]> {
  const id = ids.mediation ?? '';
  yield ['paper.issue', { id, kind: 'agreement' }, clerk];
  yield ['paper.blank', { kind: 'agreement' }, clerk];
  yield ['dossier.issue', { id }, clerk];
  yield ['report.preview', { year: 2025 }, head];
  yield ['audit.daySheet', { on: recordDay }, auditor];
  yield ['program.guide', { what: 'restore' }, clerk];
  yield ['template.placesPage', {}, clerk];
  yield ['sealing.certificate', { id }, head];
}

test('every page that anybody is given bears the mark', async () => {
  const seen = new Set<string>();
  const look = async (method: MethodName, input: unknown, number: number) => {
    const answer = await who(number).ask(method, input as never);
    if (!answer.ok) return;
    for (const page of pagesIn(answer.value)) {
      expect(page, method).toContain(`>${demoText.mark}</div>`);
      seen.add(method);
    }
  };
  for (const [method, input, number] of morePages()) await look(method, input, number);
  for (const [method, input] of waysToAsk(ids, { applicant: '亓官曜谧', number: '1' }))
    for (const number of [admin, head, auditor]) await look(method, input, number);
  issued = (await office.look((db) => db.value<string>(sql`select id from issued_paper limit 1`))) ?? '';
  // Those that gave a page: one that comes to give none here is looked after by nobody.
  expect([...seen].sort()).toEqual(
    expect.arrayContaining([
      ...['audit.daySheet', 'deadline.sheet', 'dossier.issue', 'dossier.preview', 'indicator.print'],
      ...['ledger.print', 'paper.blank', 'paper.issue', 'paper.preview', 'program.guide', 'report.preview'],
      ...['retention.sheet', 'safety.paper', 'template.placesPage', 'transfer.print'],
    ]),
  );
}, 240_000);

const isWritten = (method: MethodName) => {
  const { shape } = methods[method].input as unknown as { shape?: Record<string, unknown> };
  return shape !== undefined && ('out' in shape || 'folder' in shape);
};

type File = { by: number; input(): unknown; says: 'document' | 'unit' | ((at: string) => void) };
const plain = { overwrite: true };
const files: Partial<Record<MethodName, File | { not: string }>> = {
  'program.use': { not: 'writes nothing' },
  'program.diagnose': {
    by: clerk,
    input: () => ({}),
    says: (at) => expect(JSON.parse(fs.readFileSync(at, 'utf8')).isDemo).toBe(true),
  },
  'program.move': { not: 'below: it ends the ledger' },
  'system.backup': { not: 'below: it is a folder' },
  'system.setSecondPlace': { not: 'below: the same copies' },
  'audit.export': { by: auditor, input: () => ({ reason: '检查', ...plain }), says: 'unit' },
  'safety.makePaper': {
    by: head,
    input: () => ({ kind: 'selfCheck', year: 2025, ...plain }),
    says: 'document',
  },
  'help.card': { by: head, input: () => plain, says: 'unit' },
  'help.answer': { not: 'keys and the name of an account, for the unit that asked' },
  'help.ask': { not: 'the request of a station: below' },
  'sealing.askAbove': { not: 'a request of a station, under the name of the unit as those for help' },
  'sealing.answerAsked': { not: 'a signed answer, under the name of the unit' },
  'attachment.export': { not: "somebody's own file as it was given" },
  'template.export': { not: "the bureau's own file as it was given" },
  'report.make': { by: head, input: () => ({ year: 2025, ...plain }), says: 'document' },
  'paper.make': {
    by: clerk,
    input: () => ({ id: ids.mediation, kind: 'agreement', ...plain }),
    says: 'document',
  },
  'paper.makeBlank': { by: clerk, input: () => ({ kind: 'agreement', ...plain }), says: 'document' },
  'issued.make': { by: clerk, input: () => ({ issued, ...plain }), says: 'document' },
  'dossier.make': { by: clerk, input: () => ({ id: ids.mediation, ...plain }), says: 'document' },
  'template.makePlaces': { by: clerk, input: () => plain, says: 'document' },
};

test('of everything that writes a file it is decided how it says so', () => {
  expect(Object.keys(files).sort()).toEqual((Object.keys(methods) as MethodName[]).filter(isWritten).sort());
  // What goes out as a page is looked at above, what goes out as a file here.
  const pages = new Set(
    (Object.keys(outgoing) as MethodName[]).filter((method) => methods[method] && !isWritten(method)),
  );
  for (const method of pages)
    expect(method).toMatch(/\.(print|preview|issue|sheet|daySheet|repairPage|paper|certificate)$/);
});

const textOf = (bytes: Uint8Array) =>
  Object.entries(unzipSync(bytes)).flatMap(([name, part]) =>
    name.endsWith('.xml') ? [strFromU8(part)] : [],
  );

describe('every file that is written', () => {
  test.each(
    (Object.keys(files) as MethodName[]).flatMap((method) => {
      const file = files[method];
      return file && 'by' in file ? [[method, file] as const] : [];
    }),
  )('%s', async (method, { by, input, says }) => {
    const at = path.join(office.beside, `${method}.bin`);
    if (methods[method].confirmed) await who(by).call('session.confirm', { password });
    const out = office.grant(method, at);
    await who(by).call(method, { ...(input() as object), out } as never);
    if (typeof says === 'function') return says(at);
    const bytes = fs.readFileSync(at);
    if (says === 'unit') {
      expect(bytes.toString('utf8')).toContain(demoText.unit(''));
      return;
    }
    const parts = textOf(bytes);
    expect(parts.some((text) => text.includes(demoText.line))).toBe(true);
    // Above every page, where it moves nothing: each section has it.
    const document = strFromU8(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array());
    const sections = document.match(/<w:sectPr[\s>]/g)?.length ?? 0;
    expect(sections).toBeGreaterThan(0);
    expect(document.match(/<w:headerReference [^>]*w:type="default"/g)?.length).toBe(sections);
  });
});

test('a copy is known for one by its key, and a folder that moves by its name', async () => {
  const to = path.join(office.beside, 'copy');
  fs.mkdirSync(to);
  await office.call('system.backup', { folder: office.grant('copy', to) });
  const keys = fs
    .readdirSync(to, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.key$/.test(name));
  expect(keys.length).toBeGreaterThan(0);
  for (const name of keys) expect(readKeyFileAt(path.join(to, name))?.isDemo).toBe(true);
});

test('a request for help, and the folder that moves with its page, name the unit so', async () => {
  const county = await aProgram({ isCounty: true });
  const station = await aProgram({ everyRole: true });
  try {
    const card = path.join(county.beside, 'card.json');
    await county.call('help.card', { out: county.grant('card', card) });
    const security = await station.signIn('head');
    await security.call('session.confirm', { password });
    await security.call('help.trust', { file: station.grant('card', card) });
    const request = path.join(station.beside, 'request.json');
    const ask = { account: 'clerk', newPassword: 'neues-2026', out: station.grant('request', request) };
    await station.call('help.ask', ask);
    expect(JSON.parse(fs.readFileSync(request, 'utf8')).unit).toContain(demoText.unit(''));
    const to = path.join(station.beside, 'move');
    fs.mkdirSync(to);
    await station.call('session.confirm', { password });
    const { moved } = await station.call('program.move', { folder: station.grant('move', to) });
    expect(path.basename(moved.folder)).toContain('演示');
    const page = fs.readdirSync(moved.folder).find((name) => name.endsWith('.html')) ?? '';
    expect(fs.readFileSync(path.join(moved.folder, page), 'utf8')).toContain(demoText.unit(''));
  } finally {
    await county.close();
    await station.close();
  }
});

test('what was given as a file of its own stays as it was', async () => {
  const at = path.join(office.beside, 'back.png');
  const input = { id: scan, out: office.grant('back', at), reason: '核对', overwrite: true };
  await who(clerk).call('attachment.export', input);
  expect(fs.readFileSync(at).equals(fs.readFileSync(path.join(office.beside, 'scan.png')))).toBe(true);
  const bytes = new Uint8Array([0x50, 0x4b, 1, 2]);
  expect(markedFile('template.export', bytes)).toBe(bytes);
});

test('the command line says so before its answer; its JSON has the keys of the contract alone', async () => {
  const line = aCommandLine();
  try {
    await line.json('demo', '--cases', '5');
    const asked = await line.run([...line.on('hash'), '--json']);
    expect(asked.err).toBe('');
    expect(Object.keys(JSON.parse(asked.out)).sort()).toEqual(['hash', 'records']);
    const { out } = await line.run(line.on('list', '--ledger', 'mediation'));
    expect(out.split('\n')[0]).toBe(demoText.commandLine);
    // A refusal too: it may name a record.
    const missing = ['--id', '0197a000-0000-7000-8000-000000000001'];
    const refused = await line.run(line.on('record', 'get', ...missing));
    expect(refused.err.split('\n')[0]).toBe(demoText.commandLine);
    expect(await line.refused('record', 'get', ...missing)).toMatchObject({ code: 'record-missing' });
  } finally {
    fs.rmSync(line.home, { recursive: true, force: true });
  }
});

test('the real ledger says nothing of the kind', async () => {
  const real = await aProgram();
  try {
    const page = await real.call('ledger.print', { ledger: 'mediation' });
    expect(page.html).not.toContain('demo-mark');
    const at = path.join(real.beside, 'report.docx');
    await real.call('report.make', { year: 2025, out: real.grant('report', at) });
    expect(textOf(fs.readFileSync(at)).join('')).not.toContain('演示');
    const card = path.join(real.beside, 'card.json');
    await real.call('help.card', { out: real.grant('card', card) });
    expect(fs.readFileSync(card, 'utf8')).not.toContain('演示');
  } finally {
    await real.close();
  }
});
