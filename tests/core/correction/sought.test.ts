// A minor's file is sealed, and then looked for by somebody who knows everything: name, number, telephone. By every query of
// the program and every role, in what is printed and exported, in the bytes of the folder, in a copy made since, and after an
// older copy was brought back (刑事诉讼法 286; 社区矫正法 54; 未成年人犯罪记录封存实施办法 13).
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inFolder } from '#core/db/folder.ts';
import { namesIn } from '#core/db/objects.ts';
import type { MethodName } from '#shared/api/methods.ts';
import type { Saved } from '#shared/api/types.ts';
import { uuidAt } from '#shared/domain/uuid.ts';
import { barePages, foundIn } from '#tests/fixtures/bare-pages.ts';
import { anEvaluation, aPersonInCorrection, eventsOf } from '#tests/fixtures/correction.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program } from '#tests/fixtures/program.ts';
import { aPicture } from '#tests/fixtures/scans.ts';
import { keyOf, keys, pagesOf, seal } from '#tests/fixtures/sealing.ts';
import { waysToAsk } from '#tests/fixtures/ways-to-ask.ts';

const name = '皇甫蔚曦';
const idNumber = makeIdentityNumber('2007-06-16', 7);
const phone = '16409997733';
const guardian = '皇甫岐衡';
const scan = '琼楼照片';
const secrets = [name, idNumber, phone, guardian, '隐庐巷七十九号', '琼楼别业会所', scan];
/** What is told of a person in part, masked or as he is looked for. */
const traces = [...secrets, '皇甫', '皇**', '皇*', idNumber.slice(-8), '隐庐', '琼楼'];

let program: Program;
let roles: [string, Person][];
let person: Saved;
const ids: Record<string, string> = {};
const save = (ledger: string, record: Record<string, unknown>) =>
  program.call('ledger.save', { ledger, record });

/** Ways beside those of every record: by what one knows of him, and what is counted of corrections. */
function* knowing(): Generator<[MethodName, unknown]> {
  yield* waysToAsk(ids, { applicant: name, number: idNumber });
  for (const text of [
    name,
    '皇甫',
    '蔚曦',
    'hfwx',
    'huangfu',
    idNumber,
    idNumber.slice(-8),
    phone,
    '隐庐',
    '琼楼',
  ])
    yield ['search.find', { text, limit: 200 }];
  for (const values of [{ name }, { idNumber }, { phone }, { name, idNumber, phone }])
    yield ['person.match', { values }];
  for (const ledger of ['correction', 'leave', 'contact', 'mediation']) {
    yield ['ledger.choices', { ledger, text: '皇甫' }];
    yield ['ledger.choices', { ledger, text: 'hf' }];
  }
  for (const key of [`n:${idNumber}`, `p:${name}`, `i:${idNumber}`]) yield ['person.card', { key }];
  yield ['person.warnings', { ledger: 'mediation', record: { parties: [{ name, idNumber, phone }] } }];
  for (const code of Object.keys(counted)) yield ['indicator.records', { year: 2025, code }];
  yield ['report.preview', { year: 2025 }];
  for (const ledger of ['correction', 'leave', 'measure']) {
    const record = { ...eventsOf(person.id)[ledger], name, idNumber };
    yield ['ledger.check', { ledger, record }];
  }
}
let counted: Record<string, unknown> = {};

/** Which secrets each answer tells that were not in the question, as `method: secret`. */
async function told(who: Person): Promise<string[]> {
  const found: string[] = [];
  for (const [method, input] of knowing()) {
    const [asked, said] = [JSON.stringify(input), JSON.stringify(await who.ask(method, input))];
    for (const text of traces)
      if (!asked.includes(text) && said.includes(text)) found.push(`${method}: ${text}`);
  }
  return [...new Set(found)];
}

/** Every file below the folder as it lies there, outside the copies that were made before. */
function filesOf(folder: string, except: readonly string[]): Buffer {
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = files.filter((one) => one.isFile()).map((one) => path.join(one.parentPath, one.name));
  return Buffer.concat(
    paths.filter((file) => !except.some((part) => file.includes(part))).map((file) => fs.readFileSync(file)),
  );
}

const copyPages = (copy: string) =>
  barePages(path.join(inFolder(program.folder, 'backups'), copy), keys.get(program) ?? new Uint8Array());

/** What one can take out of the program as a file, with the reason that is asked for. */
async function exported(): Promise<Buffer> {
  const out = path.join(program.beside, `log-${Math.random()}.jsonl`);
  const auditor = roles.find(([role]) => role === 'auditor')?.[1] as Person;
  await auditor.call('audit.export', { out: program.grant(out, out), reason: '检查' });
  const bytes = fs.readFileSync(out);
  fs.rmSync(out);
  return bytes;
}

beforeAll(async () => {
  program = await aProgram({ everyRole: true });
  keys.set(program, await keyOf(program));
  roles = [['admin', program]];
  for (const role of ['head', 'clerk', 'auditor']) roles.push([role, await program.signIn(role)]);
  const first = await save('correction', {
    ...aPersonInCorrection({ name, idNumber, phone, address: '东坝镇隐庐巷七十九号', crimeOn: '2024-11-02' }),
    ...{ guardianName: guardian, injunction: '不得进入琼楼别业会所', responsible: 'clerk' },
    members: [{ kind: 'family', name: guardian, knowsMinors: true }],
  });
  // A version of before: what was changed stands in its patch
  const active = await program.call('ledger.save', {
    ledger: 'correction',
    id: first.id,
    baseVersion: first.version,
    record: { ...first.record, remark: `监护人${guardian}来电` },
  });
  for (const [ledger, record] of Object.entries(eventsOf(active.id)))
    ids[ledger] = (await save(ledger, { ...record, remark: `${name}在琼楼别业会所` })).id;
  const evaluation = await save('evaluation', {
    ...anEvaluation({ name, idNumber, phone, receivedOn: '2025-02-03', issuedOn: '2025-02-10' }),
    ...{ conclusion: 'suitable', opinionNo: '金司矫评1号', housing: '隐庐巷七十九号' },
    ...{ adoption: 'adopted', correctionId: active.id, takenOn: '2025-03-05' },
  });
  ids.evaluation = evaluation.id;
  const picture = path.join(program.folder, 'picture.png');
  fs.writeFileSync(picture, aPicture({ note: scan }));
  for (const recordId of [active.id, evaluation.id, ids.leave ?? '']) {
    const file = program.grant(`scan ${recordId}`, picture);
    const { id } = await program.call('attachment.add', { recordId, file, kind: 'site', title: scan });
    ids[`scan of ${recordId}`] = id;
  }
  fs.rmSync(picture);
  ids.mediation = (await program.save(aMediation().between('令狐筱冉', '濮阳霁宸'))).id;
  ids.correction = active.id;
  person = await program.call('ledger.act', {
    ...{ id: active.id, action: 'release', baseVersion: active.version },
    record: { endKind: 'pardoned', endedOn: '2025-06-25' },
  });
  // Half-typed changes of several accounts, and a new record about him
  for (const [at, [, who]] of roles.slice(0, 3).entries()) {
    const draft = (seed: number) => uuidAt(Date.now(), new Uint8Array(10).fill(10 * at + seed));
    const about = { ledger: 'correction', recordId: person.id, baseVersion: person.version };
    await who.call('draft.save', { id: draft(1), ...about, content: { ...person.record, remark: guardian } });
    const content = { ...eventsOf(person.id).contact, content: `${name}、${phone}` };
    await who.call('draft.save', { id: draft(2), ledger: 'contact', content });
  }
  const { figures } = await program.call('indicator.list', { year: 2025 });
  counted = Object.fromEntries(
    figures.filter(({ code }) => code.startsWith('correction')).map(({ code, value }) => [code, value]),
  );
});
afterAll(() => program.close());

test('before it is sealed it is found by what the test asks', async () => {
  const found = (await told(program)).join('\n');
  for (const text of secrets) expect(found, text).toContain(text);
  for (const method of [
    ...['ledger.get', 'ledger.list', 'ledger.print', 'ledger.choices', 'ledger.history', 'ledger.related'],
    ...['search.find', 'person.match', 'deadline.board', 'deadline.sheet', 'draft.list', 'attachment.list'],
    ...['indicator.records', 'person.inRecord', 'ledger.titles'],
  ])
    expect(found, method).toContain(`${method}: `);
  expect(foundIn(await pagesOf(program), secrets).sort()).toEqual([...secrets].sort());
  expect(namesIn(inFolder(program.folder, 'objects')).size).toBe(1);
});

test('sealed, no role finds a trace of it by any way, on paper or in a file', {
  timeout: 120_000,
}, async () => {
  const { name: older } = await program.call('system.backup', {});
  expect(foundIn(copyPages(older), secrets).sort()).toEqual([...secrets].sort());
  program.clock.now = new Date(program.clock.now.getTime() + 3_600_000);
  const [, head, clerk] = roles.map(([, who]) => who);
  await seal(clerk as Person, head as Person, person.id);
  for (const [role, who] of roles) expect(await told(who), role).toEqual([]);
  expect(foundIn(await pagesOf(program), traces)).toEqual([]);
  expect(foundIn(await exported(), traces)).toEqual([]);
  expect(namesIn(inFolder(program.folder, 'objects')).size).toBe(0);
  const since = await program.call('system.backup', {});
  expect(foundIn(copyPages(since.name), traces)).toEqual([]);
  expect(foundIn(filesOf(program.folder, []), traces)).toEqual([]);
  // It goes on being counted, and its places in the lists are gone
  const { figures } = await program.call('indicator.list', { year: 2025 });
  expect(
    Object.fromEntries(figures.filter(({ code }) => code in counted).map(({ code, value }) => [code, value])),
  ).toEqual(counted);
  for (const ledger of ['correction', 'evaluation', ...Object.keys(eventsOf(''))])
    expect((await program.call('ledger.list', { ledger })).total, ledger).toBe(0);
  // By an enquiry with its letter, answered by another, and by nothing else
  const asked = {
    ...{ asker: '金塔县人民检察院', person: '祁连山', document: '金检函〔2025〕12号' },
    ...{ authority: 'caseWork' as const, name, idNumber, purpose: '办理审查起诉案件' },
  };
  const { id } = await (clerk as Person).call('enquiry.register', asked);
  const { found } = await (head as Person).call('enquiry.open', { id });
  expect(found.map(({ ledger }) => ledger)).toEqual(['correction']);
});

test('an older copy comes back: it is sealed again before anybody signs in, with its events', async () => {
  const backups = await program.call('system.backups', {});
  const older = backups.find(({ name: copy }) => foundIn(copyPages(copy), [name]).length > 0);
  expect(older).toBeDefined();
  await program.call('program.restore', { backup: older?.name ?? '' });
  // The first sign-in brings the key, and is answered when all is sealed
  await program.signInAgain();
  expect(foundIn(await pagesOf(program), traces)).toEqual([]);
  roles = [['admin', program]];
  for (const role of ['head', 'clerk', 'auditor']) roles.push([role, await program.signIn(role)]);
  for (const [role, who] of roles.filter(([one]) => one === 'admin' || one === 'clerk'))
    expect(await told(who), role).toEqual([]);
  const [again] = (await program.call('sealing.state', {})).sealed;
  expect(again).toMatchObject({ recordId: person.id, ledger: 'correction' });
  expect(again?.againAt).not.toBeNull();
  expect(foundIn(await pagesOf(program), traces)).toEqual([]);
  expect(namesIn(inFolder(program.folder, 'objects')).size).toBe(0);
  expect(await program.call('system.verify', {})).toMatchObject({ ok: true, findings: [] });
});

test('opened again by two it is whole, with its events, evaluation and scans', async () => {
  const [, head, clerk] = roles.map(([, who]) => who);
  const { id } = await (clerk as Person).call('sealing.apply', {
    ...{ recordId: person.id, kind: 'unseal', basis: 'mistaken', reason: '核对' },
  });
  expect((await (clerk as Person).refused('sealing.confirm', { id })).code).toBe('no-right');
  await (head as Person).call('sealing.confirm', { id });
  expect((await program.call('ledger.get', { id: person.id })).record).toEqual(person.record);
  const related = await program.call('ledger.related', { id: person.id });
  expect(related.map(({ total }) => total)).toEqual(related.map(() => 1));
  for (const recordId of [person.id, ids.evaluation ?? '', ids.leave ?? ''])
    expect((await program.call('attachment.list', { recordId })).map(({ title }) => title)).toEqual([scan]);
});
