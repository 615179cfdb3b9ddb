import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settleDerivations } from '#core/api/derivations.ts';
import { sql } from '#core/db/sql.ts';
import { mergeStep } from '#core/ledgers/search-index.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
const ids: Record<string, string> = {};
const bornOn = '1979-11-23';

beforeAll(async () => {
  program = await aProgram();
  const put = async (name: string, mediation: ReturnType<typeof aMediation>) => {
    ids[name] = (await program.save(mediation)).id;
  };
  await put(
    'target',
    aMediation()
      .between('欧阳静怡', '柴门')
      .withApplicant({ idNumber: makeIdentityNumber(bornOn, 34), phone: '16407654321' }),
  );
  await put('other', aMediation().between('赵小川', '钱大海').withApplicant({ idNumber: null, phone: null }));
  await put('rare', aMediation().between('单𠮷祥', '仇㛃').withApplicant({ idNumber: null, phone: null }));
  await put(
    'readings',
    aMediation().between('解晓东', '曾志伟').withApplicant({ idNumber: null, phone: null }),
  );
  await put(
    'firm',
    aMediation()
      .about('10', '拖欠工资ABC-77号合同')
      .against('金穗Seeds种业有限公司')
      .withApplicant({ name: '尉迟', idNumber: null, phone: null }),
  );
});
afterAll(() => program.close());

const find = async (text: string) => {
  const { hits, total } = await program.call('search.find', { text });
  expect(total).toBe(hits.length);
  return hits.map((hit) => Object.keys(ids).find((name) => ids[name] === hit.id)).sort();
};

describe('one record of five is found', () => {
  test.each([
    ['欧', 'the first character of a name'],
    ['静', 'one in the middle'],
    ['怡', 'the last'],
    ['欧阳', 'the first two'],
    ['阳静', 'two in the middle'],
    ['静怡', 'the last two'],
    ['欧阳静怡', 'the whole name'],
    ['柴', 'the other party'],
    ['4321', 'the last four digits of a telephone number'],
    ['16407654321', 'the whole number'],
    ['19791123', 'the birth date in an identity number'],
    ['oyjy', 'initials'],
    ['OYJY', 'initials in capitals'],
    ['欧阳 柴', 'two words'],
    ['怡 4321', 'a name and a number'],
  ])('%s: %s', async (text) => {
    expect(await find(text)).toEqual(['target']);
  });
});

test('rare characters, also outside the basic plane', async () => {
  expect(await find('𠮷')).toEqual(['rare']);
  expect(await find('㛃')).toEqual(['rare']);
  expect(await find('𠮷祥')).toEqual(['rare']);
});

test('surnames are read as surnames: 单 shan, 仇 qiu, 解 xie, 曾 zeng', async () => {
  expect(await find('xxd')).toEqual(['readings']);
  expect(await find('zzw')).toEqual(['readings']);
  expect(await find('jxd')).toEqual([]);
  expect(await find('qf')).toEqual([]);
});

test('words that stand in two records find both; words of two records together find none', async () => {
  expect(await find('排水')).toEqual(['other', 'rare', 'readings', 'target']);
  expect(await find('欧阳 赵')).toEqual([]);
});

test('letters and digits in any case, any part', async () => {
  expect(await find('seeds')).toEqual(['firm']);
  expect(await find('BC-7')).toEqual(['firm']);
  expect(await find('种业')).toEqual(['firm']);
});

test('what is not text to look for finds nothing and breaks nothing', async () => {
  for (const text of ['', '   ', '"', '*', 'a OR b', '(', "' or 1=1 --", 'NEAR(欧 静)', '\u0000', '😀']) {
    expect(await find(text), JSON.stringify(text)).toEqual([]);
  }
});

test('signs of a query language are only signs', async () => {
  expect(await find('欧*')).toEqual(['target']);
  expect(await find('"欧"')).toEqual(['target']);
});

test('a change of the name changes what is found; the hit says where', async () => {
  const { id } = await program.save(aMediation().between('旧名某', '乙'));
  const before = await program.call('ledger.get', { id });
  await program.save(aMediation().between('新名某', '乙'), { id, baseVersion: before.version });
  expect((await program.call('search.find', { text: '旧名' })).total).toBe(0);
  const { hits } = await program.call('search.find', { text: '新名' });
  expect(hits).toEqual([
    {
      ledger: 'mediation',
      id,
      title: expect.stringContaining('新名某'),
      matched: expect.stringContaining('新名某'),
      whole: null,
      isPerson: true,
      day: '2025-03-01',
    },
  ]);
});

test('a moved acceptance day moves the hit: newest first', async () => {
  const old = await program.save(aMediation().accepted('2025-01-05').with({ summary: '排序用词语甲' }));
  const young = await program.save(aMediation().accepted('2025-02-05').with({ summary: '排序用词语甲' }));
  const order = async () =>
    (await program.call('search.find', { text: '排序用词语甲' })).hits.map(({ id }) => id);
  expect(await order()).toEqual([young.id, old.id]);
  await program.save(aMediation().accepted('2025-03-05').with({ summary: '排序用词语甲' }), {
    id: old.id,
    baseVersion: old.version,
  });
  expect(await order()).toEqual([old.id, young.id]);
});

test('every register is searched', async () => {
  const saved = await program.call('ledger.save', {
    ledger: 'committee',
    record: { name: '骆驼泉人民调解委员会', kind: 'village', establishedOn: '2020-01-01', head: '褚遂' },
  });
  for (const text of ['骆驼', '褚', 'ltq']) {
    const { hits } = await program.call('search.find', { text });
    expect(hits.map(({ ledger, id }) => [ledger, id])).toEqual([['committee', saved.id]]);
  }
});

test('merging of the index behind the back of whoever reads it is no damage', async () => {
  const own = await aProgram();
  try {
    for (let round = 0; round < 12; round++) {
      await own.save(aMediation().between(`甲${round}`, `乙${round}`));
      await own.call('search.find', { text: '甲' });
    }
    // As the writer does in idle moments (upkeep): through another handle than the one that reads.
    await own.look((db) => {
      for (let step = 0; step < 50; step++) db.transaction(mergeStep);
      db.transaction((write) => write.run(sql`insert into search (search) values ('optimize')`));
    });
    expect((await own.call('system.verify', {})).findings).toEqual([]);
    expect((await own.call('search.find', { text: '甲' })).total).toBe(12);
  } finally {
    await own.close();
  }
});

test('an entry that the index lost is found by the check', async () => {
  const own = await aProgram();
  try {
    const { id } = await own.save(aMediation());
    await own.look((db) => {
      while (db.transaction(settleDerivations));
      const doc = db.value<number>(sql`select doc from search_doc where record_id = ${id}`);
      db.transaction((write) => write.run(sql`delete from search where rowid = ${doc ?? 0}`));
    });
    expect(await own.call('system.verify', {})).toMatchObject({
      ok: false,
      findings: [{ check: 'search', object: id, message: 'missing' }],
    });
  } finally {
    await own.close();
  }
});

test('an entry of the index without a record is found by the check', async () => {
  const own = await aProgram();
  try {
    await own.save(aMediation());
    await own.look((db) =>
      db.transaction((write) =>
        write.run(sql`insert into search_doc (doc, ledger, record_id) values (5, 'mediation', 'nobody')`),
      ),
    );
    expect(await own.call('system.verify', {})).toMatchObject({
      ok: false,
      findings: [{ check: 'search', object: 'index', message: '2 / 1' }],
    });
  } finally {
    await own.close();
  }
});

test('what a unit beside the caller’s has recorded is not found, however few know of that unit', async () => {
  const own = await aProgram();
  try {
    const mine = await own.save(aMediation().with({ summary: '权限用词语乙' }));
    const other = await own.save(aMediation().with({ summary: '权限用词语乙' }));
    const found = async () =>
      (await own.call('search.find', { text: '权限用词语乙' })).hits.map(({ id }) => id).sort();
    expect(await found()).toEqual([mine.id, other.id].sort());
    await own.look((db) => {
      db.run(sql`insert into unit (id, code, name, level) values ('beside', '110101', '东城', 'county')`);
      db.run(sql`update mediation_case set unit_id = 'beside' where id = ${other.id}`);
    });
    await own.call('system.rebuild', {});
    expect(await found()).toEqual([mine.id]);
  } finally {
    await own.close();
  }
});
