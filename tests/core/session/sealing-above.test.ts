// The second of two accounts is one of the level above: a request up, a signed answer down, which is the second key itself.
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sql } from '#core/db/sql.ts';
import { openByPassword, readKeyFile } from '#core/security/key-file.ts';
import { openBytes, openShare } from '#core/security/sealing-key.ts';
import type { InputOf } from '#shared/api/methods.ts';
import { foundIn } from '#tests/fixtures/bare-pages.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';
import {
  aCase,
  applicant,
  keyOf,
  keys,
  number,
  pagesOf,
  reason,
  seal,
  secrets,
} from '#tests/fixtures/sealing.ts';

let county: Program;
let station: Program;
let record: string;

const stick = (name: string) => path.join(station.beside, name);
const on = (program: Program, name: string) => program.grant(name, stick(name));
const read = (name: string) => JSON.parse(fs.readFileSync(stick(name), 'utf8'));
const put = (name: string, file: unknown) => fs.writeFileSync(stick(name), JSON.stringify(file));

/** The station has one account that may decide, the administrator who is signed in. */
beforeEach(async () => {
  county = await aProgram({ isCounty: true });
  station = await aProgram();
  await county.call('help.card', { out: on(county, 'card.json') });
  await station.call('help.trust', { file: on(station, 'card.json') });
  await station.signInAgain();
  keys.set(station, await keyOf(station));
  ({ id: record } = await aCase(station));
});
afterEach(async () => {
  await county.close();
  await station.close();
});

const unsealing = { kind: 'unseal', basis: 'mistaken', reason: `封错了人：${applicant}` } as const;
const sealing = { kind: 'seal', basis: 'minorCrime', reason } as const;
type Asking = typeof unsealing | typeof sealing;

async function ask(who: Person, given: Asking, name = 'request.json') {
  const { id } = await who.call('sealing.apply', { recordId: record, ...given });
  return { id, ...(await who.call('sealing.askAbove', { id, out: on(station, name), overwrite: true })) };
}
const answer = (
  code: string,
  more: Partial<InputOf<'sealing.answerAsked'>> = {},
): InputOf<'sealing.answerAsked'> => ({
  ...{ file: on(county, 'request.json'), out: on(county, 'answer.json'), overwrite: true },
  ...{ code, outcome: 'granted', reason: '情况属实' },
  ...more,
});
const take = (who: Person = station, name = 'answer.json') =>
  who.call('sealing.takeAnswer', { file: on(station, name) });
const refusedTake = async (name = 'answer.json') =>
  (await station.refused('sealing.takeAnswer', { file: on(station, name) })).code;

/** Sealed with the level above, as a station of one account has to. */
async function sealAbove(): Promise<void> {
  const { code } = await ask(station, sealing);
  await county.call('sealing.answerAsked', answer(code));
  await take();
}
const isThere = async () => (await station.ask('ledger.get', { id: record })).ok;
const logOf = (program: Program, action: string) =>
  program.look((db) =>
    db.column<string>(sql`select detail from audit_entry where action = ${action} order by seq`),
  );

test('sealed and opened again with the level above: request, code, answer, and both logs say why', async () => {
  const asked = await ask(station, sealing);
  expect(asked).toMatchObject({ unit: '金塔县司法局', validUntil: '2025-07-15T02:00:00.000Z' });
  const [waiting] = (await station.call('sealing.state', {})).requests;
  expect(waiting?.asked).toMatchObject({ unit: '金塔县司法局', code: asked.code });
  const seen = await county.call('sealing.readAsked', { file: on(county, 'request.json') });
  expect(seen).toMatchObject({
    ...{ unit: '东坝镇司法所', kind: 'seal', ledger: 'mediation', basis: 'minorCrime', account: 'admin' },
    ...{ reason, isOver: false, signedBy: 'first', decided: null },
  });
  expect((await county.refused('sealing.answerAsked', answer('AAAAA-AAAAA'))).code).toBe('help-code');
  expect(fs.existsSync(stick('answer.json'))).toBe(false);
  await county.call('sealing.answerAsked', answer(asked.code.toLowerCase()));
  expect(await take()).toMatchObject({
    outcome: 'granted',
    unit: '金塔县司法局',
    by: 'admin',
    reason: '情况属实',
  });
  expect(await isThere()).toBe(false);
  expect(foundIn(await pagesOf(station), secrets)).toEqual([]);
  const { sealed, requests } = await station.call('sealing.state', {});
  expect([requests, sealed]).toMatchObject([
    [],
    [{ confirmedBy: '金塔县司法局 admin', lockedBy: '金塔县司法局 admin' }],
  ]);

  const again = await ask(station, unsealing);
  await county.call('sealing.answerAsked', answer(again.code));
  expect((await county.call('sealing.readAsked', { file: on(county, 'request.json') })).signedBy).toBe(
    'same',
  );
  expect(await take()).toMatchObject({ outcome: 'granted', kind: 'unseal' });
  expect((await station.call('ledger.get', { id: record })).id).toBe(record);
  expect((await station.call('attachment.list', { recordId: record })).length).toBe(1);
  expect((await station.call('system.verify', {})).findings).toEqual([]);
  expect((await station.call('search.find', { text: applicant })).hits.length).toBeGreaterThan(0);

  const [first, second] = await logOf(station, 'sealing.takeAnswer');
  expect([first, second].map((one) => JSON.parse(one ?? ''))).toMatchObject([
    { kind: 'seal', unit: '金塔县司法局 admin', answer: 'granted', reason: '情况属实' },
    { kind: 'unseal', unit: '金塔县司法局 admin', answer: 'granted', reason: '情况属实' },
  ]);
  expect((await logOf(county, 'sealing.answerAsked')).map((one) => JSON.parse(one))).toMatchObject([
    { kind: 'seal', unit: '东坝镇司法所 admin', answer: 'granted', reason: '情况属实' },
    { kind: 'unseal', unit: '东坝镇司法所 admin', answer: 'granted', reason: '情况属实' },
  ]);
  expect((await county.call('sealing.state', {})).answered).toHaveLength(2);
  expect((await station.call('sealing.state', {})).answered).toBeNull();
  expect((await logOf(station, 'sealing.askAbove')).length).toBe(2);
  expect((await logOf(county, 'sealing.readAsked')).length).toBe(2);
});

test('no file tells a name, a number or the reason to whoever finds it', async () => {
  await sealAbove();
  const { code } = await ask(station, unsealing);
  await county.call('sealing.answerAsked', answer(code, { reason: '依法办理' }));
  const files = ['request.json', 'answer.json'].map((name) => fs.readFileSync(stick(name), 'utf8')).join();
  for (const secret of [applicant, number, reason, unsealing.reason, '依法办理', 'admin', ...secrets])
    expect(files).not.toContain(secret);
});

test('what was sealed with the level above, no account and no tool at the station opens without its answer', async () => {
  await sealAbove();
  const file = readKeyFile(station.folder);
  const opened = file && (await openByPassword(file, 'admin', password));
  if (!file?.sealing || !opened?.sealer) throw new Error('no way in');
  const own = openShare(file.sealing, [opened.sealer]);
  expect(own).not.toBeNull();
  const content = await station.look((db) =>
    db.column<Uint8Array>(
      sql`select content from sealed_content where record_id = ${record} order by ordinal`,
    ),
  );
  expect(content).toHaveLength(2);
  for (const one of content) expect(openBytes(one, own?.privateKey ?? '')).toBeNull();
  const lock = await station.look((db) =>
    db.value<string>(sql`select lock from sealing where record_id = ${record}`),
  );
  expect(openShare(JSON.parse(lock ?? ''), [opened.sealer], { recordId: record })).toBeNull();
});

/** A station with all roles that trusts the county; whoever has the key has signed in since. */
async function withEveryRole(): Promise<void> {
  await station.close();
  station = await aProgram({ everyRole: true });
  await county.call('help.card', { out: on(county, 'card.json') });
  await (await station.signIn('head')).call('help.trust', { file: on(station, 'card.json') });
  ({ id: record } = await aCase(station));
}

test('nor do two accounts of the station', async () => {
  await withEveryRole();
  const clerk = await station.signIn('clerk');
  await station.signInAgain();
  await sealAbove();
  const { id } = await clerk.call('sealing.apply', { recordId: record, ...unsealing });
  const head = await station.signIn('head');
  expect(await head.refused('sealing.confirm', { id })).toEqual({
    code: 'sealing-locked',
    params: { unit: '金塔县司法局 admin' },
  });
  expect(await isThere()).toBe(false);
  await head.call('sealing.refuse', { id });
});

test('an account without any share opens with the answer alone what two accounts of the station had sealed', async () => {
  await withEveryRole();
  const clerk = await station.signIn('clerk');
  // Nobody who has the key came since: the level above has no share of it yet.
  const early = await clerk.call('sealing.apply', { recordId: record, ...sealing });
  expect(
    (await clerk.refused('sealing.askAbove', { id: early.id, out: on(station, 'early.json') })).code,
  ).toBe('above-no-share');
  expect(fs.existsSync(stick('early.json'))).toBe(false);
  await (await station.signIn('head')).call('sealing.confirm', early);
  const { code } = await ask(clerk, unsealing);
  await county.call('sealing.answerAsked', answer(code));
  // The first of the two is whoever applied.
  expect(await refusedTake()).toBe('above-applicant');
  expect(await take(clerk)).toMatchObject({ outcome: 'granted', kind: 'unseal' });
  expect(await isThere()).toBe(true);
});

test('refused above: nothing changes, both sides know why, and the answer counts once', async () => {
  await sealAbove();
  const { code } = await ask(station, unsealing);
  await county.call('sealing.answerAsked', answer(code, { outcome: 'refused', reason: '不符合条件' }));
  expect((await county.refused('sealing.answerAsked', answer(code))).code).toBe('above-decided');
  expect(read('answer.json').keys).toEqual([]);
  // Whoever makes consent of it has neither the signature nor the keys.
  put('forged.json', { ...read('answer.json'), outcome: 'granted' });
  expect(await refusedTake('forged.json')).toBe('above-forged');
  expect(await take()).toMatchObject({ outcome: 'refused', reason: '不符合条件' });
  expect(await isThere()).toBe(false);
  expect((await station.call('sealing.state', {})).requests).toEqual([]);
  expect(await refusedTake()).toBe('above-taken');
  expect(JSON.parse((await logOf(station, 'sealing.takeAnswer')).at(-1) ?? '')).toMatchObject({
    ...{ answer: 'refused', reason: '不符合条件' },
  });
});

test('expired, replayed, for another request, of another installation, forged: each has its sentence', async () => {
  await sealAbove();
  expect(await refusedTake()).toBe('above-taken');
  const first = await ask(station, unsealing);
  await county.call('sealing.answerAsked', answer(first.code));
  fs.renameSync(stick('answer.json'), stick('older.json'));
  // Written once more: only the last file has an answer.
  const second = await station.call('sealing.askAbove', {
    id: first.id,
    out: on(station, 'request.json'),
    overwrite: true,
  });
  expect(await refusedTake('older.json')).toBe('above-other-ask');
  await county.call('sealing.answerAsked', answer(second.code));

  put('changed.json', { ...read('answer.json'), validUntil: '2099-01-01T00:00:00.000Z' });
  put('swapped.json', { ...read('answer.json'), keys: read('older.json').keys });
  put('elsewhere.json', { ...read('answer.json'), installation: '0197a000-0000-7000-8000-000000000001' });
  fs.writeFileSync(stick('torn.json'), '{"what"');
  expect([
    await refusedTake('changed.json'),
    await refusedTake('swapped.json'),
    await refusedTake('elsewhere.json'),
    await refusedTake('torn.json'),
    await refusedTake('request.json'),
    await refusedTake('card.json'),
  ]).toEqual(['above-forged', 'above-forged', 'above-elsewhere', 'help-file', 'help-file', 'help-file']);

  station.clock.now = new Date('2025-07-15T02:00:01Z');
  await station.signInAgain();
  expect(await refusedTake()).toBe('above-expired');
  // A clock that is set back makes nothing valid again.
  station.clock.now = new Date('2025-06-30T03:00:00Z');
  await station.signInAgain();
  expect(await refusedTake()).toBe('above-expired');
  expect(await isThere()).toBe(false);

  await station.call('sealing.withdraw', { id: first.id });
  expect(await refusedTake()).toBe('sealing-settled');
});

test('a copy of the ledger on another computer does not take the answer of this one', async () => {
  await sealAbove();
  const { code } = await ask(station, unsealing);
  await county.call('sealing.answerAsked', answer(code));
  const other = await aProgram({ from: station.folder, beside: true });
  try {
    await other.signInAgain();
    const file = other.grant('answer.json', stick('answer.json'));
    expect((await other.refused('sealing.takeAnswer', { file })).code).toBe('above-elsewhere');
    expect((await other.ask('ledger.get', { id: record })).ok).toBe(false);
  } finally {
    await other.close();
  }
  expect((await take()).outcome).toBe('granted');
});

test('the level above answers only its own stations, its own requests, in time and unchanged', async () => {
  const { code } = await ask(station, sealing);
  const file = read('request.json');
  const refused = async (name: string) => [
    (await county.refused('sealing.readAsked', { file: on(county, name) })).code,
    (await county.refused('sealing.answerAsked', answer(code, { file: on(county, name) }))).code,
  ];
  put('changed.json', { ...file, recordId: '0197a000-0000-7000-8000-000000000001' });
  put('foreign.json', { ...file, unitCode: '62092210' });
  expect(await refused('changed.json')).toEqual(['above-forged', 'above-forged']);
  expect(await refused('foreign.json')).toEqual(['above-forged', 'above-forged']);
  expect(await refused('card.json')).toEqual(['help-file', 'help-file']);
  const other = await aProgram({ isCounty: true });
  try {
    const given = { file: other.grant('r', stick('request.json')) };
    expect((await other.refused('sealing.readAsked', given)).code).toBe('above-not-ours');
    await other.call('help.card', { out: other.grant('c', stick('other-card.json')) });
    expect((await other.refused('sealing.readAsked', given)).code).toBe('above-not-ours');
  } finally {
    await other.close();
  }
  county.clock.now = new Date('2025-07-15T02:00:01Z');
  await county.signInAgain();
  expect((await county.call('sealing.readAsked', { file: on(county, 'request.json') })).isOver).toBe(true);
  expect((await county.refused('sealing.answerAsked', answer(code))).code).toBe('above-expired');
  expect(fs.existsSync(stick('answer.json'))).toBe(false);
});

test('a unit that another one is not above reads no request of its own making', async () => {
  await ask(station, sealing);
  expect((await station.refused('sealing.readAsked', { file: on(station, 'request.json') })).code).toBe(
    'above-foreign',
  );
  expect((await county.refused('sealing.askAbove', { id: record, out: on(county, 'no.json') })).code).toBe(
    'sealing-settled',
  );
});

test('without a level above that is trusted there is nothing to ask', async () => {
  const lonely = await aProgram();
  try {
    const { id: recordId } = await aCase(lonely);
    const { id } = await lonely.call('sealing.apply', { recordId, ...sealing });
    const out = lonely.grant('o', stick('none.json'));
    expect((await lonely.refused('sealing.askAbove', { id, out })).code).toBe('above-none');
    expect(fs.existsSync(stick('none.json'))).toBe(false);
  } finally {
    await lonely.close();
  }
});

test('a level above that is put in the place of the other opens nothing; the recovery key lets the new one answer', async () => {
  await sealAbove();
  const fake = await aProgram({ isCounty: true });
  try {
    await fake.call('help.card', { out: fake.grant('card', stick('fake.json')) });
    await station.call('help.trust', { file: on(station, 'fake.json') });
    await station.signInAgain();
    const { id } = await station.call('sealing.apply', { recordId: record, ...unsealing });
    const given = { id, out: on(station, 'request.json'), overwrite: true };
    expect((await station.refused('sealing.askAbove', given)).code).toBe('above-other-lock');
    const recovered = { recoveryKey: station.recoveryKey, account: 'admin', newPassword: 'neues-2026' };
    const { token } = await station.call('session.recover', recovered);
    const code = (await station.as(token).call('sealing.askAbove', given)).code;
    await fake.call('sealing.answerAsked', {
      ...{ file: fake.grant('r', stick('request.json')), out: fake.grant('a', stick('answer.json')) },
      ...{ code, outcome: 'granted', reason: '接管', overwrite: true },
    });
    await station.signInAgain('neues-2026');
    expect((await take()).outcome).toBe('granted');
    expect(await isThere()).toBe(true);
  } finally {
    await fake.close();
  }
});

test('a copy of before it was sealed with the level above is sealed under its key again', async () => {
  const { name } = await station.call('system.backup', {});
  await sealAbove();
  await station.call('program.restore', { backup: name });
  await station.signInAgain();
  expect(await isThere()).toBe(false);
  const { sealed } = await station.call('sealing.state', {});
  expect(sealed).toMatchObject([{ lockedBy: '金塔县司法局 admin' }]);
  const { code } = await ask(station, unsealing);
  await county.call('sealing.answerAsked', answer(code));
  expect((await take()).outcome).toBe('granted');
  expect(await isThere()).toBe(true);
});

test('an enquiry names what only the level above lets be looked at, and finds nobody in it', async () => {
  await withEveryRole();
  await station.signInAgain();
  await sealAbove();
  await seal(await station.signIn('clerk'), await station.signIn('head'), (await aCase(station)).id);
  const given = { asker: '某检察院', person: '王检', authority: 'caseWork', document: '×检函1号' } as const;
  const { id } = await (await station.signIn('clerk')).call('enquiry.register', {
    ...given,
    ...{ name: applicant, purpose: '办案' },
  });
  const found = await (await station.signIn('head')).call('enquiry.open', { id });
  expect(found.locked).toMatchObject([{ recordId: record }]);
  expect(found.unreadable).toEqual([]);
  expect(found.found).toHaveLength(1);
});
