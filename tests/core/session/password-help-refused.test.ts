// Answers that are nobody's: of an older request, of another account, of another station, of a county no longer trusted.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aProgram, type Program, password } from '#tests/fixtures/program.ts';

const fresh = 'neues-2026';
let stick: string;
let county: Program;
let station: Program;
const on = (program: Program, name: string) => program.grant(name, path.join(stick, name));
beforeAll(async () => {
  stick = fs.mkdtempSync(path.join(os.tmpdir(), 'help-refused-'));
  county = await aProgram({ isCounty: true });
  station = await aProgram();
  await county.call('help.card', { out: on(county, 'card.json') });
  await station.call('help.trust', { file: on(station, 'card.json') });
});
afterAll(async () => {
  await county.close();
  await station.close();
  fs.rmSync(stick, { recursive: true, force: true });
});

/** A request of a station and its answer, as files with this name. */
async function answered(asking: Program, name: string): Promise<string> {
  const out = on(asking, `${name}-request.json`);
  const request = { account: 'admin', newPassword: fresh, out, replaces: true };
  const { code } = await asking.call('help.ask', request);
  const order = { file: on(county, `${name}-request.json`), out: on(county, `${name}.json`), code };
  await county.call('help.answer', { ...order, reason: '忘记密码' });
  return on(asking, `${name}.json`);
}
const refused = (file: string) => station.refused('help.finish', { file, newPassword: fresh });

test('of an older request, of another account or station, of something else: nothing opens, and the request waits on', async () => {
  const older = await answered(station, 'older');
  const newer = await answered(station, 'newer');
  expect((await refused(older)).code).toBe('help-no-request');
  const answer = JSON.parse(fs.readFileSync(path.join(stick, 'newer.json'), 'utf8'));
  const changed = (name: string, fields: object) => {
    fs.writeFileSync(path.join(stick, name), JSON.stringify({ ...answer, ...fields }));
    return on(station, name);
  };
  expect((await refused(changed('account.json', { account: 'head' }))).code).toBe('help-no-request');
  expect((await refused(changed('ledger.json', { ledgerId: crypto.randomUUID() }))).code).toBe(
    'help-not-ours',
  );
  expect((await refused(changed('more.json', { more: 1 }))).code).toBe('help-file');
  const other = await aProgram();
  try {
    await other.call('help.trust', { file: on(other, 'card.json') });
    await answered(other, 'other');
    expect((await refused(on(station, 'other.json'))).code).toBe('help-no-request');
  } finally {
    await other.close();
  }
  expect(await station.call('help.waiting', {})).toMatchObject({ account: 'admin' });
  expect(await station.refused('session.signIn', { account: 'admin', password: fresh })).toMatchObject({
    code: 'sign-in-failed',
  });
  await station.call('help.finish', { file: newer, newPassword: fresh });
  await station.signInAgain(fresh);
  await station.call('session.changePassword', { password: fresh, newPassword: password });
});

test('a request that a dying program left goes with the sign-in by the new password, and waits on at any other', async () => {
  const request = path.join(station.folder, 'password.request');
  const answer = await answered(station, 'dying');
  const left = fs.readFileSync(request);
  await station.signInAgain();
  expect(await station.call('help.waiting', {})).toMatchObject({ account: 'admin' });
  await station.call('help.finish', { file: answer, newPassword: fresh });
  expect(fs.existsSync(request)).toBe(false);
  // As a kill at the very end leaves it.
  fs.writeFileSync(request, left);
  const made = { name: '李秀英', password: 'first horse', role: 'clerk' } as const;
  await station.signInAgain(fresh);
  expect(fs.existsSync(request)).toBe(false);
  fs.writeFileSync(request, left);
  await station.call('session.confirm', { password: fresh });
  await station.call('account.create', made);
  await station.signIn(made.name, made.password);
  expect(fs.existsSync(request)).toBe(true);
  await station.signInAgain(fresh);
  expect(fs.existsSync(request)).toBe(false);
  await station.call('session.changePassword', { password: fresh, newPassword: password });
});

test('of a county that is trusted no more', async () => {
  const file = await answered(station, 'former');
  const successor = await aProgram({ isCounty: true });
  try {
    await successor.call('help.card', { out: on(successor, 'successor.json') });
    await station.call('help.trust', { file: on(station, 'successor.json') });
    expect((await refused(file)).code).toBe('help-not-ours');
    // A request made before is sealed to the former one: the successor cannot answer it either.
    const request = JSON.parse(fs.readFileSync(path.join(stick, 'former-request.json'), 'utf8'));
    const { requestCode } = await import('#core/security/password-help.ts');
    const order = { file: on(successor, 'former-request.json'), out: on(successor, 'no.json') };
    const said = { ...order, code: requestCode(request), reason: '试试' };
    expect((await successor.refused('help.answer', said)).code).toBe('help-not-ours');
  } finally {
    await successor.close();
  }
});
