// A forgotten password cured by the county: a request up, a signed answer down, a code on the telephone.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '#core/db/sql.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program, password } from '#tests/fixtures/program.ts';

const stick = fs.mkdtempSync(path.join(os.tmpdir(), 'help-'));
const fresh = 'neues-2026';
let county: Program;
let station: Program;
const on = (program: Program, name: string) => program.grant(name, path.join(stick, name));

beforeAll(async () => {
  county = await aProgram({ isCounty: true });
  station = await aProgram();
  await county.call('help.card', { out: on(county, 'card.json') });
});
afterAll(async () => {
  await county.close();
  await station.close();
});

test('without the card of a level above there is nothing to ask', async () => {
  await station.call('session.signOut', {});
  const asked = { account: 'admin', newPassword: fresh, out: on(station, 'none.json') };
  expect(await station.refused('help.ask', asked)).toMatchObject({ code: 'help-none' });
  expect(fs.existsSync(path.join(stick, 'none.json'))).toBe(false);
  await station.signInAgain();
});

test('a card of the own county is taken, one of another is refused', async () => {
  const card = JSON.parse(fs.readFileSync(path.join(stick, 'card.json'), 'utf8'));
  fs.writeFileSync(path.join(stick, 'foreign.json'), JSON.stringify({ ...card, unitCode: '620922' }));
  expect(await station.refused('help.trust', { file: on(station, 'foreign.json') })).toMatchObject({
    code: 'help-foreign',
  });
  fs.writeFileSync(path.join(stick, 'torn.json'), '{"what"');
  expect(await station.refused('help.trust', { file: on(station, 'torn.json') })).toMatchObject({
    code: 'help-file',
  });
  const state = await station.call('help.trust', { file: on(station, 'card.json') });
  expect(state.trusts).toMatchObject({ unit: '金塔县司法局', code: '620921' });
  expect(state.trusts?.fingerprint).toBe((await county.call('help.state', {})).own);
});

test('request, code, answer: the same ledger opens with the new password, and both logs say so', async () => {
  const { id } = await station.save(aMediation());
  await station.call('session.signOut', {});
  const request = { account: 'admin', newPassword: fresh, out: on(station, 'request.json') };
  const asked = await station.call('help.ask', request);
  expect(asked.unit).toBe('金塔县司法局');
  expect(await station.call('help.waiting', {})).toMatchObject({ account: 'admin', code: asked.code });
  const text = fs.readFileSync(path.join(stick, 'request.json'), 'utf8');
  expect(text).not.toContain(fresh);

  const order = { file: on(county, 'request.json'), out: on(county, 'answer.json'), reason: '忘记密码' };
  expect(await county.refused('help.answer', { ...order, code: 'AAAAA-BBBBB' })).toMatchObject({
    code: 'help-code',
  });
  expect(await county.call('help.answer', { ...order, code: asked.code.toLowerCase() })).toMatchObject({
    unit: '东坝镇司法所',
    account: 'admin',
  });

  const file = on(station, 'answer.json');
  expect(await station.refused('help.finish', { file, newPassword: 'anderes-2026' })).toMatchObject({
    code: 'help-password',
  });
  const forged = JSON.parse(fs.readFileSync(path.join(stick, 'answer.json'), 'utf8'));
  fs.writeFileSync(path.join(stick, 'forged.json'), JSON.stringify({ ...forged, by: 'somebody' }));
  expect(
    await station.refused('help.finish', { file: on(station, 'forged.json'), newPassword: fresh }),
  ).toMatchObject({ code: 'help-not-ours' });

  await station.call('help.finish', { file, newPassword: fresh });
  await station.signInAgain(fresh);
  expect((await station.call('ledger.get', { id })).id).toBe(id);
  expect(await station.call('help.waiting', {})).toBeNull();
  expect(await station.refused('help.finish', { file, newPassword: fresh })).toMatchObject({
    code: 'help-no-request',
  });
  expect(await station.refused('session.signIn', { account: 'admin', password })).toMatchObject({
    code: 'sign-in-failed',
  });
  const said = (program: Program, action: string, secret: string) =>
    program.look((db) => db.value(sql`select count(*) from audit_entry where action = ${action}`), secret);
  expect(await said(county, 'help.answer', password)).toBe(1);
  expect(await said(station, 'help.finish', fresh)).toBe(1);
});

test('another county cannot answer', async () => {
  const other = await aProgram({ isCounty: true });
  try {
    await other.call('help.card', { out: on(other, 'other-card.json') });
    const request = JSON.parse(fs.readFileSync(path.join(stick, 'request.json'), 'utf8'));
    const code = (await import('#core/security/password-help.ts')).requestCode(request);
    const order = { file: on(other, 'request.json'), out: on(other, 'no.json'), code, reason: '试试' };
    expect(await other.refused('help.answer', order)).toMatchObject({ code: 'help-not-ours' });
    expect(fs.existsSync(path.join(stick, 'no.json'))).toBe(false);
  } finally {
    await other.close();
  }
});
