// The log on the command line: a station gives it out, the county proves and reads it.
import fs from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCommandLine, type CommandLine } from './command-line.ts';

let station: CommandLine;
let county: CommandLine;
beforeAll(async () => {
  [station, county] = [aCommandLine(), aCommandLine()];
  await station.json('demo', '--cases', '3', '--years', '2023-2023', '--seed', '7');
  await county.json('demo', '--level', 'county', '--cases', '2', '--years', '2023-2023', '--seed', '8');
}, 60_000);
afterAll(() => {
  station.remove();
  county.remove();
});

const auditor = ['--user', 'auditor'];

test('export, check, confirm the key, list, and what was tampered with', async () => {
  const out = station.at('log.jsonl');
  const made = await station.json('audit', 'export', '--out', out, '--reason', '县局审计', ...auditor);
  expect(made).toMatchObject({ file: out, head: { purpose: 'export', entry: made.entries } });
  const first = await county.json('audit', 'check', '--file', out, ...auditor);
  expect(first).toMatchObject({ isSound: true, isOwn: false, first: 1, last: made.entries });
  const own = await station.json('audit', 'state', ...auditor);
  expect(own.last.fingerprint).toBe(first.fingerprint);
  const key = ['--check', String(first.check), '--code', first.fingerprint];
  expect((await county.json('audit', 'confirm-key', ...key, ...auditor)).keyConfirmedBy).toBe('auditor');
  expect((await county.json('audit', 'checks', ...auditor)).checks).toHaveLength(1);
  const { entries } = await county.json(
    'audit',
    'list',
    '--file',
    out,
    '--action',
    'session.signIn',
    ...auditor,
  );
  expect(entries.length).toBeGreaterThan(0);
  expect(entries.every(({ action }: { action: string }) => action === 'session.signIn')).toBe(true);
  // By a case's number, in the own log and in the file.
  const { rows } = await station.json('list', '--ledger', 'mediation', '--limit', '1');
  const about = ['audit', 'list', '--record', rows[0].caseNo, ...auditor];
  const own2 = await station.json(...about);
  expect(own2.entries.map(({ recordId }: { recordId: string | null }) => recordId ?? rows[0].id)).toEqual(
    own2.entries.map(() => rows[0].id),
  );
  const there = await county.json(...about, '--file', out);
  expect(there.entries.length).toBeLessThan(made.entries);
  expect((await station.json('audit', 'list', '--record', '没有这个号', ...auditor)).entries).toEqual([]);
  const code = [...auditor, '--entry', String(first.last), '--code', first.code];
  expect((await county.json('audit', 'check', '--file', out, ...code)).notices).toEqual([
    { is: 'paperSame', entry: first.last },
  ]);
  fs.writeFileSync(out, fs.readFileSync(out, 'utf8').replace('"account":"admin"', '"account":"andere"'));
  const { out: bad } = await county.run(county.on('audit', 'check', '--file', out, ...auditor));
  expect(bad).toContain('不能采信');
  expect(bad).toContain('第 1 条与它的校验值不符');
});

test('wrong use and missing rights are said', async () => {
  expect((await station.refused('audit', 'list', '--user', 'clerk')).code).toBe('no-right');
  const { status } = await county.run(county.on('audit', 'check', '--file', 'x', '--entry', '1', ...auditor));
  expect(status).toBe(2);
});
