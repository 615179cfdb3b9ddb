// On one ledger of a county: what stands beside a record of one's own, and belongs to another unit, is neither told nor to be
// pointed at (个人信息保护法 51(四)). Each way is one by which a record leads to another.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '#core/db/sql.ts';
import type { Saved } from '#shared/api/types.ts';
import { aLeave, anEvaluation, aPersonInCorrection, eventsOf } from '#tests/fixtures/correction.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';

const given = 'qinghe-2025';
let county: Program;
let one: Person;
let other: Person;
const units: string[] = [];
const accounts: Record<string, string> = {};

async function enter(name: string, unitId: string, duties: string[], changes: object[]): Promise<Person> {
  const all = await county.call('account.create', {
    ...{ name, role: 'head', password: given, unitId, duties },
    changes,
  } as never);
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
  accounts.admin = (await county.call('account.list', {})).find(({ name }) => name === 'admin')?.id ?? '';
  one = await enter('甲所', units[0] ?? '', [], []);
  other = await enter(
    '乙所',
    units[1] ?? '',
    ['audit'],
    [
      { id: accounts.admin, duties: ['security'] },
      { id: accounts['甲所'], duties: ['system'] },
    ],
  );
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
