// The index of persons follows every write, can be made anew, and is checked against the records.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '#core/db/sql.ts';
import { settleStep } from '#core/persons/key-tables.ts';
import { makeCreditCode, makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
beforeAll(async () => {
  program = await aProgram();
});
afterAll(() => program.close());

const match = async (values: Record<string, string>, exceptRecord?: string) =>
  program.call('person.match', { values, ...(exceptRecord ? { exceptRecord } : {}) });
const names = async (values: Record<string, string>) =>
  (await match(values)).matches.map(({ name, why }) => [name, why.join('+')]);

/** A case of somebody against a neighbour nobody looks for. */
const aCaseOf = (values: Record<string, unknown>, neighbour = `邻居${Math.random()}`) =>
  aMediation()
    .withApplicant({ idNumber: null, phone: null, ...values })
    .with({})
    .between(String(values.name), neighbour);

describe('likely persons', () => {
  const number = makeIdentityNumber('1978-06-15', 21);
  beforeAll(async () => {
    await program.save(
      aCaseOf({
        name: '单秀芝',
        formerName: '单巧儿',
        idNumber: number,
        phone: '16400000021',
        address: '东坝镇六合村',
      }),
    );
    await program.save(aCaseOf({ name: '解文斌', phone: '16400000022' }));
    await program.save(aCaseOf({ name: '欧阳朝晖', idNumber: makeIdentityNumber('1985-02-03', 5) }));
  });

  test.each([
    ['the number', { idNumber: number }, 'number'],
    [
      'one digit wrong',
      { idNumber: `${number.slice(0, 9)}${(Number(number[9]) + 1) % 10}${number.slice(10)}` },
      'slip',
    ],
    [
      'two digits exchanged',
      { idNumber: `${number.slice(0, 8)}${number[9]}${number[8]}${number.slice(10)}` },
      'slip',
    ],
    ['a digit left out', { idNumber: number.slice(0, 7) + number.slice(8) }, 'slip'],
    ['the old number of fifteen', { idNumber: number.slice(0, 6) + number.slice(8, 17) }, 'number'],
    ['the phone', { name: '她丈夫', phone: '16400000021' }, 'phone'],
    ['the name', { name: '单秀芝' }, 'name'],
    ['the former name', { name: '单巧儿' }, 'formerName'],
    ['the surname by ear', { name: '善秀枝' }, 'sound'],
    ['near endings and beginnings', { name: '三秀滋' }, 'nearSound'],
    ['one character another', { name: '单秀英' }, 'oneCharacter'],
    ['one character less', { name: '单秀' }, 'oneCharacter'],
    ['initials', { name: 'sxz' }, 'initials'],
    ['the reading in letters', { name: 'shanxiuzhi' }, 'initials'],
    ['name and birth day', { name: '山秀之', birthOn: '1978-06-15' }, 'sound+birth'],
  ])('by %s', async (_what, values, why) => {
    const found = await match(values);
    const all = [...(found.same ? [found.same] : []), ...found.matches];
    expect(all.map(({ name, why: signs }) => [name, signs.join('+')])).toContainEqual(['单秀芝', why]);
  });

  test('a reading that only some know', async () => {
    expect(await names({ name: '谢文斌' })).toContainEqual(['解文斌', 'sound']);
    expect(await names({ name: '欧阳朝辉' })).toContainEqual(['欧阳朝晖', 'sound']);
    expect(await names({ name: '欧阳招辉' })).toContainEqual(['欧阳朝晖', 'sound']);
  });

  test('another sound number, another birth day: somebody else', async () => {
    expect(await names({ name: '单秀芝', idNumber: makeIdentityNumber('1990-01-01', 7) })).toEqual([]);
    expect(await names({ name: '单秀芝', birthOn: '1999-09-09' })).toEqual([]);
  });

  test('what is shown is masked, and says of how many records', async () => {
    const { same } = await match({ idNumber: number });
    expect(same).toMatchObject({ name: '单秀芝', matters: 1, phone: '164****0021' });
    expect(same?.number).toMatch(/^9999\*+\d{3}[\dX]$/);
    expect(JSON.stringify({ ...same, key: '', last: { ...same?.last, key: '' } })).not.toContain(number);
    expect(await program.call('person.take', { key: same?.key ?? '' })).toMatchObject({
      name: '单秀芝',
      idNumber: number,
      phone: '16400000021',
      address: '东坝镇六合村',
    });
  });

  test('an organisation by its code and by another way to write it; who acts for it by name', async () => {
    const firm = {
      type: 'legal',
      name: '东坝镇沃野农业有限责任公司',
      creditCode: makeCreditCode(77),
      legalRepresentative: '缪长青',
    };
    await program.save(aCaseOf({ ...firm, sex: null }));
    expect((await match({ creditCode: makeCreditCode(77) })).same?.name).toBe(firm.name);
    expect(await names({ name: '东坝镇沃野农业有限公司' })).toContainEqual([firm.name, 'name']);
    const { matches } = await match({ name: '缪长青' });
    expect(matches.map(({ last }) => last.as)).toContain('申请人·法定代表人（负责人）');
  });

  test('mediators are persons of the same index', async () => {
    await program.call('ledger.save', {
      ledger: 'mediator',
      record: { name: '尉迟昭', appointedOn: '2024-01-01', phone: '16400000099' },
    });
    const { matches } = await match({ name: '余迟昭', phone: '16400000099' });
    expect(matches[0]).toMatchObject({ name: '尉迟昭', last: { ledger: 'mediator', as: '人民调解员' } });
  });
});

describe('it follows the records', () => {
  const keys = () =>
    program.look((db) => db.all(sql`select key, place from person_entry order by key, place`));

  test('a changed name is found under the new one alone; a row that goes is found no more', async () => {
    const record = aCaseOf({ name: '昝东升', phone: '16400000031' }, '爨小满').record();
    const saved = await program.save(record);
    record.parties[0] = { ...record.parties[0], name: '禤东升', phone: '16400000032' };
    const second = await program.save(record, { id: saved.id, baseVersion: saved.version });
    expect(await names({ phone: '16400000031' })).toEqual([]);
    expect(await names({ phone: '16400000032' })).toEqual([['禤东升', 'phone']]);
    record.parties = record.parties.slice(0, 1);
    await program.save(record, { id: saved.id, baseVersion: second.version });
    expect(await names({ name: '爨小满' })).toEqual([]);
    expect(await program.call('system.verify', {})).toMatchObject({ ok: true });
  });

  test('taken over in an idle moment it is the same, and follows changes as before', async () => {
    const saved = await program.save(aCaseOf({ name: '笪晚晴', phone: '16400000035' }, '蹇若谷'));
    const before = await keys();
    const recent = () =>
      program.look((db) => db.value<number>(sql`select count(*) from person_key_recent`) ?? 0);
    expect(await recent()).toBeGreaterThan(0);
    await program.look((db) => {
      while (settleStep(db));
    });
    expect(await recent()).toBe(0);
    expect(await keys()).toEqual(before);
    expect(await names({ phone: '16400000035' })).toEqual([['笪晚晴', 'phone']]);
    const record = aCaseOf({ name: '笪晚晴', phone: '16400000036' }, '蹇若谷').record();
    await program.save(record, { id: saved.id, baseVersion: saved.version });
    expect(await names({ phone: '16400000035' })).toEqual([]);
    expect(await names({ phone: '16400000036' })).toEqual([['笪晚晴', 'phone']]);
    expect(await program.call('system.verify', {})).toMatchObject({ ok: true });
  });

  test('made anew it is the same, entry for entry, also where records are written meanwhile', async () => {
    const before = await keys();
    expect(before.length).toBeGreaterThan(50);
    await program.call('person.rebuild', {});
    expect(await keys()).toEqual(before);
    const [made] = await Promise.all([
      program.call('person.rebuild', {}),
      program.save(aCaseOf({ name: '逄晚亭', phone: '16400000041' })),
    ]);
    expect(made.keys).toBeGreaterThan(before.length);
    expect(await names({ name: '逄晚亭' })).toEqual([['逄晚亭', 'name']]);
    expect(await program.call('system.verify', {})).toMatchObject({ ok: true });
  });

  test('a record edited while the index is made anew is found by what it says then, and only by that', async () => {
    const saved = await program.save(aCaseOf({ name: '宰父听雨', phone: '16400000061' }));
    const record = aCaseOf({ name: '端木听雨', phone: '16400000062' }).record();
    let isStaging = false;
    const rebuilding = program.call('person.rebuild', {}).finally(() => {
      isStaging = false;
    });
    isStaging = true;
    // Its keys have been worked out by now, and wait to be put in order.
    await new Promise((resolve) => setImmediate(resolve));
    expect(isStaging).toBe(true);
    await program.save(record, { id: saved.id, baseVersion: saved.version });
    await rebuilding;
    expect(await names({ phone: '16400000061' })).toEqual([]);
    expect(await names({ phone: '16400000062' })).toEqual([['端木听雨', 'phone']]);
    expect(await program.call('system.verify', {})).toMatchObject({ ok: true });
  });

  test('the check names an entry that is lost and one too many; making it anew mends both', async () => {
    await program.save(aCaseOf({ name: '澹台若水', phone: '16400000051' }));
    await program.look((db) => {
      while (settleStep(db));
      const place = db.value<number>(sql`select max(place) from person_key`) ?? 0;
      db.run(sql`delete from person_key where place = ${place}`);
      db.run(sql`insert into person_key (key, place) values (${1}, ${place})`);
    });
    const { findings } = await program.call('system.verify', {});
    expect(findings).toEqual([
      expect.objectContaining({ check: 'persons', message: 'missing' }),
      expect.objectContaining({ check: 'persons', object: 'index' }),
    ]);
    await program.call('person.rebuild', {});
    expect(await program.call('system.verify', {})).toMatchObject({ ok: true });
  });

  test('an index made by other rules, or none at all, is made anew when the ledger is opened', async () => {
    const before = await keys();
    await program.look((db) => {
      db.run(sql`update derivation_stamp set stamp = 'older' where name = 'persons'`);
      db.run(sql`delete from person_key`);
      db.run(sql`delete from person_key_recent`);
    });
    await program.restart();
    await program.signInAgain();
    expect(await keys()).toEqual(before);
    expect((await match({ phone: '16400000051' })).matches).toHaveLength(1);
  });
});

describe('who stands in a record', () => {
  const number = makeIdentityNumber('1980-04-04', 44);

  test('an agent is found like a party, by whatever is known of them, and is on no side', async () => {
    const by = { agentName: '仇慧律', agentIdNumber: number, agentPhone: '16400000044' };
    const first = await program.save(aCaseOf({ name: '委托人甲', ...by }));
    for (const values of [
      { name: '求会律' },
      { idNumber: number },
      { phone: '16400000044' },
      { name: 'qhl' },
    ]) {
      const { matches, same } = await match(values as Record<string, string>);
      expect(
        [...matches, ...(same ? [same] : [])].map(({ name }) => name),
        JSON.stringify(values),
      ).toContain('仇慧律');
    }
    const card = await program.call('person.card', { key: `i:${number}` });
    expect(card.matters).toMatchObject([{ id: first.id, as: '委托代理人' }]);
    // For the other side in the next case: what agents do.
    const next = aCaseOf({ name: '被申请的乙' }).record();
    const [, other = {}] = next.parties;
    next.parties[1] = { ...other, ...by };
    const warned = await program.call('person.warnings', { ledger: 'mediation', record: next });
    expect(warned.filter(({ names: who }) => who.includes('仇慧律'))).toEqual([]);
  });

  test('those come first of whom the search says something', async () => {
    const { id } = await program.save(
      aCaseOf(
        { name: '单秀兰', agentName: '解律师', agentIdNumber: makeIdentityNumber('1981-04-04', 45) },
        '仇万里',
      ),
    );
    const first = async (text?: string) =>
      (await program.call('person.inRecord', { id, ...(text ? { text } : {}) }))[0];
    expect(await first()).toMatchObject({ name: '单秀兰', as: '当事人' });
    expect(await first('万里')).toMatchObject({ name: '仇万里' });
    expect(await first('qwl')).toMatchObject({ name: '仇万里' });
    expect(await first('xie')).toMatchObject({ name: '解律师', as: '委托代理人' });
    expect(await first('解律师 院墙')).toMatchObject({ name: '解律师' });
    const { key = '' } = (await first('万里')) ?? {};
    expect(await program.call('person.card', { key })).toMatchObject({ name: '仇万里', total: 1 });
  });

  test('a hit says whether it is a person that was found', async () => {
    const { id } = await program.save(aCaseOf({ name: '芦苇荡' }).about('02', '芦苇荡里的界石被移动。'));
    const hit = async (text: string) =>
      (await program.call('search.find', { text })).hits.find((one) => one.id === id);
    expect(await hit('芦苇荡')).toMatchObject({ isPerson: true });
    expect(await hit('界石')).toMatchObject({ isPerson: false });
    expect(await hit('lwd')).toMatchObject({ isPerson: true });
  });
});

test('a rebuild that is stopped while it writes leaves the index as it was', async () => {
  const keys = () => program.look((db) => db.value<number>(sql`select count(*) from person_entry`));
  const before = await keys();
  program.events.length = 0;
  const seen = program.events.push.bind(program.events);
  program.events.push = (...events) => {
    // What comes after the half is the writing.
    for (const event of events)
      if (event.event === 'progress' && event.done > event.total / 2) program.cancel(event.job);
    return seen(...events);
  };
  expect((await program.refused('person.rebuild', {})).code).toBe('cancelled');
  program.events.push = seen;
  expect(await keys()).toBe(before);
  expect((await program.call('system.verify', {})).findings).toEqual([]);
  const made = await program.call('person.rebuild', {});
  expect(made.keys).toBe(before);
});

test('the record on screen is neither another matter of its persons nor their last', async () => {
  const idNumber = makeIdentityNumber('1966-05-04', 9);
  const old = await program.save(aCaseOf({ name: '尉迟青', idNumber }).accepted('2024-02-01'));
  const now = await program.save(aCaseOf({ name: '尉迟青', idNumber }).accepted('2025-05-01'));
  const { same } = await match({ name: '尉迟青', idNumber }, now.id);
  expect(same).toMatchObject({ matters: 1, last: { id: old.id, day: '2024-02-01' } });
  expect((await match({ name: '尉迟青', idNumber })).same).toMatchObject({
    matters: 2,
    last: { id: now.id },
  });
});
