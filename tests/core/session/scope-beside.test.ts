// On one ledger of a county: what stands beside a record of one's own, and belongs to another unit, is neither told nor to be
// pointed at (个人信息保护法 51(四)). Each way is one by which a record leads to another.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '#core/db/sql.ts';
import type { Saved } from '#shared/api/types.ts';
import { correctionLedgers } from '#shared/ledgers/all.ts';
import { aLeave, anEvaluation, aPersonInCorrection, eventsOf } from '#tests/fixtures/correction.ts';
import { saidOf } from '#tests/fixtures/correction-work.ts';
import { shareDuties } from '#tests/fixtures/duties.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';

const given = 'qinghe-2025';
let county: Program;
let one: Person;
let other: Person;
const units: string[] = [];
const accounts: Record<string, string> = {};

async function enter(name: string, unitId: string): Promise<Person> {
  const all = await county.call('account.create', { name, role: 'head', password: given, unitId });
  accounts[name] = all.find((account) => account.name === name)?.id ?? '';
  const person = await county.signIn(name, given);
  await person.call('session.changePassword', { password: given, newPassword: password });
  await person.call('session.reveal', { reason: '办理业务' });
  return person;
}
const save = (who: Person, ledger: string, record: Record<string, unknown>): Promise<Saved> =>
  who.call('ledger.save', { ledger, record });

beforeAll(async () => {
  county = await aProgram({ isCounty: true });
  const tree = await county.call('units.tree', {});
  units.push(...tree.filter(({ level }) => level === 'station').map(({ id }) => id));
  await shareDuties(county, given);
  one = await enter('甲所', units[0] ?? '');
  other = await enter('乙所', units[1] ?? '');
}, 60_000);
afterAll(() => county.close());

const committeeRecord = (name: string) => ({ name, kind: 'township', establishedOn: '2015-05-01' });

test('records that point at one’s own, made by another unit or kept in a register that is not seen', async () => {
  const committee = await save(one, 'committee', committeeRecord('东坝镇人民调解委员会'));
  const about = aMediation().between('亓官曜谧', '濮阳霁宸').with({ committeeId: committee.id });
  const foreign = await county.save(about);
  const own = await one.save(aMediation().with({ committeeId: committee.id }));
  const cases = async (who: Person) =>
    (await who.call('ledger.related', { id: committee.id })).find(({ ledger }) => ledger === 'mediation');
  expect((await cases(county))?.rows.map(({ id }) => id).sort()).toEqual([foreign.id, own.id].sort());
  const seen = await cases(one);
  expect([seen?.total, seen?.rows.map(({ id }) => id)]).toEqual([1, [own.id]]);
  expect(JSON.stringify(await one.call('ledger.related', { id: committee.id }))).not.toContain('亓官');
  const limit = (ledgers: string[] | null) =>
    county.call('account.change', { changes: [{ id: accounts['甲所'] ?? '', ledgers }] });
  await limit(['committee']);
  expect(await cases(one)).toBeUndefined();
  await limit(null);
});

describe('a record of another unit', () => {
  let person: Saved;
  beforeAll(async () => {
    const idNumber = makeIdentityNumber('1980-02-03', 5);
    person = await save(other, 'correction', aPersonInCorrection({ name: '皇甫蔚曦', idNumber }));
    await save(other, 'leave', aLeave(person.id));
  });

  test('is not to be pointed at: the file of another’s person takes no event, and a refusal says nothing of it', async () => {
    for (const record of [
      aLeave(person.id),
      aLeave(person.id, { leaveFrom: '2025-05-20', leaveTo: '2025-05-21' }),
    ]) {
      const refused = await one.refused('ledger.save', { ledger: 'leave', record });
      expect(refused).toMatchObject({
        code: 'record-invalid',
        fields: { personId: { problem: 'unknown-record' } },
      });
      expect(JSON.stringify(refused)).not.toMatch(/overlaps|皇甫/);
      const nobody = { ...record, personId: '00000000-0000-7000-8000-000000000000' };
      const check = (typed: Record<string, unknown>) =>
        one.call('ledger.check', { ledger: 'leave', record: typed });
      expect(await check(record)).toEqual(await check(nobody));
    }
    const committee = await save(other, 'committee', committeeRecord('金塔镇人民调解委员会'));
    const pointing = aMediation().with({ committeeId: committee.id }).record();
    expect(
      (await one.refused('ledger.save', { ledger: 'mediation', record: pointing })).fields,
    ).toMatchObject({
      committeeId: { problem: 'unknown-record' },
    });
    expect(
      (await one.call('ledger.check', { ledger: 'mediation', record: pointing })).problems,
    ).toHaveProperty('committeeId');
    // The county sees both.
    await county.save(pointing);
  });

  const parts = correctionLedgers.filter(({ partOf }) => partOf === 'personId').map(({ name }) => name);
  test.each(parts)('nor by a record of the register %s, new or moved over to that person', async (ledger) => {
    const event = (id: string): Record<string, unknown> | undefined =>
      (eventsOf(id) as Record<string, Record<string, unknown>>)[ledger];
    const own = await save(one, 'correction', aPersonInCorrection({ name: '东郭' }));
    const made = await save(one, ledger, event(own.id) ?? {});
    const theirs = { ...event(person.id), personId: person.id };
    for (const more of [{}, { id: made.id, baseVersion: made.version }]) {
      const refused = await one.refused('ledger.save', { ledger, record: theirs, ...more });
      expect(refused.fields?.personId).toEqual({ problem: 'unknown-record' });
      expect(JSON.stringify(refused)).not.toContain('皇甫');
    }
    const before = (await other.call('ledger.related', { id: person.id })).find((r) => r.ledger === ledger);
    expect(before?.rows.every(({ id }) => id !== made.id)).toBe(true);
  });

  test('what was pointed at before can go on standing', async () => {
    const committee = await save(one, 'committee', committeeRecord('古城乡人民调解委员会'));
    const record = aMediation().with({ committeeId: committee.id }).record();
    const mine = await one.save(record);
    await county.look((db) =>
      db.run(sql`update committee set unit_id = ${units[1] ?? ''} where id = ${committee.id}`),
    );
    const kept = { ...record, remark: '补记' };
    const again = await one.save(kept, { id: mine.id, baseVersion: mine.version });
    expect(again.record).toMatchObject({ committeeId: committee.id, remark: '补记' });
  });

  test('a paper of one’s own event says nothing of a person who is not one’s own any more', async () => {
    const own = await save(
      one,
      'correction',
      aPersonInCorrection({ name: '令狐筱冉', address: '隐庐巷七十九号' }),
    );
    const event = await save(one, 'measure', {
      ...eventsOf(own.id).measure,
      decidedOn: '2025-05-21',
      decisionNo: '金矫决1号',
    });
    const paper = async () => {
      const answer = await one.ask('paper.preview', { id: event.id, kind: 'admonitionDecision' });
      return JSON.stringify(answer);
    };
    expect(await paper()).toContain(String(own.record.idNumber));
    await county.look((db) =>
      db.run(sql`update correction_person set unit_id = ${units[1] ?? ''} where id = ${own.id}`),
    );
    expect(await paper()).not.toContain(String(own.record.idNumber));
  });
});

describe('what a save says of a record of another unit', () => {
  const idNumber = makeIdentityNumber('1983-04-05', 9);
  const secrets = /端木霁澄|临泽县沙河镇|2025-05-1[0-9]|金矫档〔2025〕密号.{0,40}端木/;
  beforeAll(async () => {
    const file = { name: '端木霁澄', idNumber, fileNo: '金矫档〔2025〕密号' };
    await save(other, 'correction', aPersonInCorrection(file));
  });

  test('a number that is taken is said by the number, never by the name of its holder', async () => {
    const again = aPersonInCorrection({ fileNo: '金矫档〔2025〕密号' });
    for (const who of [one, other, county]) {
      const refused = await who.refused('ledger.save', { ledger: 'correction', record: again });
      expect(refused.fields?.fileNo).toEqual({ problem: 'taken', text: '金矫档〔2025〕密号' });
      expect(saidOf('correction', refused.fields ?? {}, 'fileNo')).toMatch(/^档案编号“金矫档〔2025〕密号”/);
    }
  });

  test('the same person is said to be registered elsewhere, and not who it is', async () => {
    const record = aPersonInCorrection({ idNumber, fileNo: '金矫档〔2025〕丁号' });
    const { warnings } = await save(one, 'correction', record);
    expect(JSON.stringify(warnings)).not.toMatch(secrets);
    expect(saidOf('correction', warnings, 'idNumber')).toContain('别的单位登记的一条记录');
    const own = await save(one, 'correction', { ...record, fileNo: '金矫档〔2025〕戊号', name: '闾丘' });
    expect(JSON.stringify(own.warnings)).not.toMatch(secrets);
    const known = await save(county, 'correction', { ...record, fileNo: '金矫档〔2025〕己号' });
    expect(known.warnings.idNumber).toMatchObject({ title: expect.stringMatching(/./) });
  });

  test('two leaves that overlap: where and when the other unit’s is stays with that unit', async () => {
    const mine = await save(
      one,
      'correction',
      aPersonInCorrection({ name: '南荣', fileNo: '金矫档〔2025〕庚号' }),
    );
    const leave = await save(
      one,
      'leave',
      aLeave(mine.id, { leaveFrom: '2025-05-01', leaveTo: '2025-05-02' }),
    );
    await county.look((db) =>
      db.run(sql`update correction_person set unit_id = ${units[1] ?? ''} where id = ${mine.id}`),
    );
    const theirs = { leaveFrom: '2025-05-11', leaveTo: '2025-05-14', destination: '临泽县沙河镇' };
    await save(other, 'leave', aLeave(mine.id, theirs));
    const record = { ...leave.record, leaveFrom: '2025-05-09', leaveTo: '2025-05-20' };
    const change = { ledger: 'leave', id: leave.id, baseVersion: leave.version, record };
    const refused = await one.refused('ledger.save', change);
    expect(refused.fields?.leaveFrom ?? refused.fields?.personId).toMatchObject({ problem: 'overlaps' });
    expect(JSON.stringify(refused)).not.toMatch(secrets);
    expect(saidOf('leave', refused.fields ?? {}, Object.keys(refused.fields ?? {})[0] ?? '')).toContain(
      '与别的单位登记的一条记录日期重叠',
    );
    expect(JSON.stringify(await county.refused('ledger.save', change))).toMatch(/临泽县沙河镇/);
  });

  test('a part that the county made of one’s own person is named', async () => {
    const mine = await save(
      one,
      'correction',
      aPersonInCorrection({ name: '北宫', fileNo: '金矫档〔2025〕辛号' }),
    );
    const days = { leaveFrom: '2025-05-11', leaveTo: '2025-05-14', destination: '高台县城关镇' };
    await save(county, 'leave', aLeave(mine.id, days));
    const refused = await one.refused('ledger.save', { ledger: 'leave', record: aLeave(mine.id, days) });
    expect(JSON.stringify(refused)).toContain('高台县城关镇');
  });

  test('numbers of cases, typed by hand', async () => {
    const agreed = () => aMediation().agreed().with({ agreementNo: '金塔调字77号' });
    const theirs = await other.save(agreed().between('段干澹', '公西翀'));
    const refused = await one.refused('ledger.save', { ledger: 'mediation', record: agreed().record() });
    expect(refused.fields?.agreementNo).toMatchObject({ problem: 'number-taken', by: null });
    expect(JSON.stringify(refused)).not.toContain(String(theirs.record.caseNo));
  });
});

describe('sealing', () => {
  const idNumber = makeIdentityNumber('2007-06-16', 7);
  test('nothing of another unit is sealed along, proposed, or registered to be looked for', async () => {
    const active = await save(
      one,
      'correction',
      aPersonInCorrection({ name: '呼延璟珩', idNumber, crimeOn: '2024-11-02' }),
    );
    const release = { id: active.id, action: 'release', baseVersion: active.version };
    const mine = await one.call('ledger.act', {
      ...release,
      record: { endKind: 'pardoned', endedOn: '2025-06-25' },
    });
    const evaluation = await save(other, 'evaluation', {
      ...anEvaluation({ name: '呼延璟珩', idNumber, receivedOn: '2025-02-03' }),
    });
    const proposal = (who: Person) => who.call('sealing.proposal', { recordId: mine.id });
    expect((await proposal(county)).also.map(({ recordId }) => recordId)).toEqual([evaluation.id]);
    expect((await proposal(one)).also).toEqual([]);
    const request = { recordId: mine.id, kind: 'seal', basis: 'minorCrime', reason: '未满十八周岁' } as const;
    const along = { ...request, also: [evaluation.id] };
    expect(await one.refused('sealing.apply', along)).toMatchObject({ code: 'record-missing' });
    expect((await one.call('sealing.state', {})).requests).toEqual([]);
    const { id } = await one.call('sealing.apply', request);
    expect((await other.call('sealing.state', {})).requests).toEqual([]);
    await county.call('sealing.confirm', { id });
    expect((await other.call('sealing.state', {})).sealed).toEqual([]);
    expect((await one.call('sealing.state', {})).sealed).toHaveLength(1);
  });

  test('an enquiry is its unit’s, with what it asked', async () => {
    const asked = await one.call('enquiry.register', {
      ...{
        asker: '金塔县人民检察院',
        person: '祁连山',
        authority: 'caseWork',
        document: '金检函〔2025〕12号',
      },
      ...{ name: '呼延璟珩', idNumber, purpose: '办理审查起诉案件' },
    });
    expect((await one.call('sealing.state', {})).enquiries.map(({ id }) => id)).toEqual([asked.id]);
    expect((await county.call('sealing.state', {})).enquiries.map(({ id }) => id)).toEqual([asked.id]);
    expect((await other.call('sealing.state', {})).enquiries).toEqual([]);
    const refused = await other.ask('enquiry.open', { id: asked.id });
    expect([refused.ok, JSON.stringify(refused)]).toEqual([false, expect.not.stringContaining('祁连山')]);
    expect((await county.call('enquiry.open', { id: asked.id })).found).toHaveLength(1);
  });
});
