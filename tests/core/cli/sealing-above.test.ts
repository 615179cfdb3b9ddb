// The level above as the second account for what is sealed, by the command line on both sides.
import fs from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aStationBelowItsCounty, type CommandLine } from './command-line.ts';

const name = '亓官曜谧';
const reason = `${name}作案时未满十八周岁`;
let station: CommandLine;
let county: CommandLine;
let record: string;
beforeAll(async () => {
  ({ station, county } = await aStationBelowItsCounty());
  const file = station.file('case.json', aMediation().withApplicant({ name }).record());
  ({ id: record } = await station.json('record', 'add', '--ledger', 'mediation', '--file', file));
}, 60_000);
afterAll(() => {
  station.remove();
  county.remove();
});

async function apply(kind: 'seal' | 'unseal', basis: 'minorCrime' | 'mistaken'): Promise<string> {
  const words = ['--id', record, '--kind', kind, '--basis', basis, '--reason', reason];
  return (await station.json('sealing', 'apply', ...words)).id;
}

const [asked, answered] = ['asked.json', 'answered.json'];
const give = (outcome: string, code: string) => [
  ...['sealing', 'answer', '--file', station.at(asked), '--code', code, '--outcome', outcome],
  ...['--reason', '情况属实', '--out', station.at(answered), '--force'],
];
const ask = async (id: string) =>
  station.json('sealing', 'ask', '--id', id, '--out', station.at(asked), '--force');

test('asked, read, answered and taken: sealed, refused to be opened, and opened in the end', async () => {
  const id = await apply('seal', 'minorCrime');
  const { code } = await ask(id);
  const told = await station.run(station.on('sealing', 'ask', '--id', id, '--out', station.at('again.json')));
  // Written anew: the code of the file before is of no use.
  expect(told.out).toMatch(
    /^申请文件已存为“again.json”。核对码：[A-Z2-9]{5}-[A-Z2-9]{5}\n已请金塔县司法局确认/,
  );
  expect(told.out).not.toContain(code);
  const { code: now } = await ask(id);

  const read = await county.run(county.on('sealing', 'read', '--file', station.at(asked)));
  expect(read.out).toContain('东坝镇司法所申请封存：');
  expect(read.out).toContain(`理由\t${reason}`);
  expect(read.out).toContain('没有以前的签名可比');
  expect((await county.refused(...give('granted', code))).code).toBe('help-code');
  expect((await county.run(county.on(...give('yes', now)))).status).toBe(2);
  expect(fs.existsSync(station.at(answered))).toBe(false);
  expect((await county.json(...give('granted', now))).unit).toBe('东坝镇司法所');
  const taken = await station.run(station.on('sealing', 'take', '--file', station.at(answered)));
  expect([taken.err, taken.out]).toMatchObject([
    '',
    expect.stringMatching(/^金塔县司法局（admin）同意，.+ 已封存。/),
  ]);
  expect((await station.refused('record', 'get', '--id', record)).code).toBe('record-missing');

  const first = await ask(await apply('unseal', 'mistaken'));
  await county.json(...give('refused', first.code));
  const refused = await station.json('sealing', 'take', '--file', station.at(answered));
  expect(refused).toMatchObject({ outcome: 'refused', reason: '情况属实' });
  expect((await station.refused('sealing', 'take', '--file', station.at(answered))).code).toBe('above-taken');
  expect((await station.refused('record', 'get', '--id', record)).code).toBe('record-missing');

  const second = await ask(await apply('unseal', 'mistaken'));
  await county.json(...give('granted', second.code));
  expect((await station.json('sealing', 'take', '--file', station.at(answered))).outcome).toBe('granted');
  expect(JSON.stringify(await station.json('record', 'get', '--id', record))).toContain(record);
});
