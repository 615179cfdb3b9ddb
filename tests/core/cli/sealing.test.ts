// The story of a minor by the command line: the task at the end, the application with what goes along, the second account at
// the level above, the certificate, and opening it again. Confirming within the unit is done at the window.
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anEvaluation, aPersonInCorrection, eventsOf } from '#tests/fixtures/correction.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aPdf } from '#tests/fixtures/scans.ts';
import { aStationBelowItsCounty, type CommandLine } from './command-line.ts';

const name = '皇甫蔚曦';
const idNumber = makeIdentityNumber('2007-06-16', 7);
const fileNo = '金矫档〔2025〕丁号';
const reason = '犯罪时未满十八周岁，依法封存';
let station: CommandLine;
let county: CommandLine;
let person: string;
let evaluation: string;
const add = async (ledger: string, record: Record<string, unknown>): Promise<string> => {
  const file = station.file('record.json', record);
  return (await station.json('record', 'add', '--ledger', ledger, '--file', file)).id;
};
const told = async (...words: string[]) => {
  const { status, out, err } = await station.run(station.on(...words));
  expect([status, err]).toEqual([0, '']);
  return out;
};
const apply = (...words: string[]) => ['sealing', 'apply', '--id', person, '--reason', reason, ...words];
const seal = () => apply('--basis', 'minorCrime');

/** The county as the second account, by the two files. */
async function confirmedAbove(id: string): Promise<string> {
  const [asked, answered] = [station.at('asked.json'), station.at('answered.json')];
  const { code } = await station.json('sealing', 'ask', '--id', id, '--out', asked, '--force');
  const read = await county.run(county.on('sealing', 'read', '--file', asked));
  expect(read.out).toContain(reason);
  await county.json(
    ...['sealing', 'answer', '--file', asked, '--code', code, '--outcome', 'granted'],
    ...['--reason', '情况属实', '--out', answered, '--force'],
  );
  return told('sealing', 'take', '--file', answered);
}

beforeAll(async () => {
  ({ station, county } = await aStationBelowItsCounty());
  evaluation = await add('evaluation', {
    ...anEvaluation({ name, idNumber, receivedOn: '2025-02-03', issuedOn: '2025-02-10' }),
    ...{ conclusion: 'suitable', opinionNo: '金司矫评1号' },
  });
  person = await add('correction', aPersonInCorrection({ name, idNumber, fileNo, crimeOn: '2024-11-02' }));
  await add('contact', eventsOf(person).contact ?? {});
  const end = station.file('end.json', { endKind: 'pardoned', endedOn: '2025-06-25' });
  await station.json('record', 'act', '--id', person, '--action', 'release', '--file', end);
}, 120_000);
afterAll(() => {
  station.remove();
  county.remove();
});

test('the task stands among what is due; the application begins with the ground and what goes along', async () => {
  const { overdue } = await station.json('deadlines', '--on', '2025-06-29');
  expect(overdue.map(({ rule }: { rule: string }) => rule)).toContain('correction.seal');
  expect(await station.json('sealing', 'propose', '--id', person)).toMatchObject({
    basis: 'minorCrime',
    also: [{ recordId: evaluation, number: '金司矫评1号' }],
  });
  const said = await told('sealing', 'propose', '--id', person);
  expect(said).toContain('minorCrime（未成年人犯罪记录（刑事诉讼法第286条））');
  expect(said).toMatch(/随同一并封存：.*报告走访 1 件/);
  expect(said).toContain(evaluation);
  expect(said).not.toContain(name);
});

test('a wrong ground is refused with what may stand there; an application is withdrawn by its number', async () => {
  const wrong = await station.run(station.on(...apply('--basis', 'mistaken')));
  expect([wrong.status, wrong.err]).toEqual([2, expect.stringContaining('securityCase')]);
  const other = await station.run(station.on(...apply('--basis', 'minorCrime', '--kind', 'hide')));
  expect([other.status, other.err]).toEqual([2, expect.stringContaining('unseal（解除封存）')]);
  const { id } = await station.json(...seal());
  expect(await told('sealing', 'withdraw', '--id', id)).toContain('申请已撤回');
  for (const one of [id, 'nothing'])
    expect((await station.refused('sealing', 'withdraw', '--id', one)).code).toBe('sealing-settled');
});

test('sealed with the county, nobody is found by any command; the list has the number and no name', async () => {
  const said = await told(...seal(), '--also', evaluation);
  const { requests } = await station.json('sealing', 'list');
  const ids: string[] = requests.map(({ id }: { id: string }) => id);
  expect(ids.length).toBe(2);
  expect(ids).toContain(/申请号 (\S+?)）/.exec(said)?.[1]);
  expect(said).toContain('也可以请金塔县司法局确认：sealing ask --id ');
  for (const id of ids) expect(await confirmedAbove(id)).toContain('已封存');
  for (const word of [name, idNumber, fileNo])
    expect((await station.json('search', word, '--reveal', '核对')).hits).toEqual([]);
  for (const ledger of ['correction', 'evaluation', 'contact'])
    expect((await station.json('list', '--ledger', ledger, '--reveal', '核对')).total, ledger).toBe(0);
  expect((await station.refused('record', 'get', '--id', person)).code).toMatch(/sealed|missing/);
  const listed = await told('sealing', 'list');
  expect(listed).toContain(fileNo);
  expect(listed).not.toContain(name);
  expect((await station.json('deadlines', '--on', '2025-06-29')).overdue).toEqual([]);
  expect((await station.json('verify')).ok).toBe(true);
});

test('the certificate is printed; a file that is there is not written over', async () => {
  const tools = path.join(station.home, 'printer', 'main', 'tools');
  fs.mkdirSync(tools, { recursive: true });
  // Keeps what it is given to print, and gives a PDF of one page
  fs.writeFileSync(
    path.join(tools, 'start.ts'),
    `import fs from 'node:fs'; const [, to] = process.argv.slice(2);
    fs.writeFileSync('${station.at('seen')}', fs.readFileSync(0));
    fs.writeFileSync(to, Buffer.from('${(await aPdf(1)).toString('base64')}', 'base64'));`,
  );
  const pdf = station.at('certificate.pdf');
  const words = ['sealing', 'certificate', '--id', person, '--pdf', pdf];
  const places = { ...station.places, root: path.join(station.home, 'printer') };
  const { status, out, err } = await station.run([...station.on(...words), '--json'], undefined, places);
  expect([status, err]).toEqual([0, '']);
  expect(JSON.parse(out)).toEqual({ pdf, pages: 1 });
  const html = fs.readFileSync(station.at('seen'), 'utf8');
  for (const text of ['封存登记表', fileNo]) expect(html).toContain(text);
  expect(html).not.toContain(name);
  expect((await station.refused(...words)).code).toBe('file-exists');
});

test('opened again with the county, with everything in it', async () => {
  const { id } = await station.json(...apply('--kind', 'unseal', '--basis', 'mistaken'));
  expect(await confirmedAbove(id)).toContain('已解除封存');
  const { hits } = await station.json('search', name, '--reveal', '核对');
  expect(hits.map(({ ledger }: { ledger: string }) => ledger)).toContain('correction');
  expect((await station.json('list', '--ledger', 'contact')).total).toBe(1);
  expect((await station.json('verify')).ok).toBe(true);
});
