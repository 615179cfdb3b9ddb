import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
beforeAll(async () => {
  program = await aProgram();
});
afterAll(() => program.close());

const refusedFields = async (record: unknown) => {
  const failure = await program.refused('ledger.save', { ledger: 'mediation', record });
  expect(failure.code).toBe('record-invalid');
  return failure.fields;
};

test('a case needs only its day, kind, summary and one party', async () => {
  const saved = await program.save({
    acceptedOn: '2025-03-01',
    kind: '01',
    summary: '家务纠纷',
    parties: [{ side: 'applicant', type: 'natural', name: '林舟' }],
  });
  expect(saved.state).toBe('open');
  expect(saved.record.caseNo).toMatch(/^（2025）东坝人调字第\d+号$/);
  expect(saved.versions).toHaveLength(1);
  for (const missing of ['acceptedOn', 'kind', 'summary', 'parties'] as const) {
    const record = aMediation().record() as Record<string, unknown>;
    delete record[missing];
    expect(Object.keys((await refusedFields(record)) ?? {})).toEqual([missing]);
  }
});

test('what was saved comes back word for word', async () => {
  const record = aMediation()
    .against('同心物业服务有限公司')
    .agreed('2025-03-10', 300_000)
    .with({ remark: '第一行\n第二行 𠮷㛃', isMigrantWorker: true, partyCount: 2, involvedFen: 0 })
    .record();
  const saved = await program.save(record);
  const { record: kept } = await program.call('ledger.get', { id: saved.id });
  expect(kept).toEqual({ ...record, caseNo: saved.record.caseNo, agreementNo: '东坝人调字〔2025〕2号' });
  expect(saved.state).toBe('agreed');
});

test.each([
  ['2025-02-30', { problem: 'impossible-date', text: '2025-02-30' }],
  ['2023-02-29', { problem: 'impossible-date', text: '2023-02-29' }],
  ['2025-04-31', { problem: 'impossible-date', text: '2025-04-31' }],
  ['2025-13-01', { problem: 'impossible-date', text: '2025-13-01' }],
  ['2025/03/01', { problem: 'not-a-day', text: '2025/03/01' }],
  ['昨天', { problem: 'not-a-day', text: '昨天' }],
  ['2025-07-01', { problem: 'in-future', day: '2025-06-30' }],
  [20250301, { problem: 'wrong-type' }],
])('the day %j is refused by its name', async (acceptedOn, problem) => {
  expect(await refusedFields(aMediation().with({ acceptedOn }).record())).toEqual({ acceptedOn: problem });
});

test('a day more than a hundred years ahead is refused by its name, the last within them is kept', async () => {
  const until = '2125-06-30';
  for (const day of ['2125-07-01', '9999-12-31'])
    expect(
      await refusedFields(aMediation().agreed().with({ effectiveOn: day, performBy: day }).record()),
    ).toEqual({
      effectiveOn: { problem: 'too-far-ahead', until },
      performBy: { problem: 'too-far-ahead', until },
    });
  const saved = await program.save(aMediation().agreed().with({ performBy: until }));
  expect(saved.record.performBy).toBe(until);
});

test('the day in China counts: at 16:00 UTC it is tomorrow there', async () => {
  const own = await aProgram();
  try {
    const tomorrow = aMediation().accepted('2025-07-01');
    own.clock.now = new Date('2025-06-30T15:59:59Z');
    const early = await own.refused('ledger.save', { ledger: 'mediation', record: tomorrow.record() });
    expect(early.fields).toEqual({ acceptedOn: { problem: 'in-future', day: '2025-06-30' } });
    own.clock.now = new Date('2025-06-30T16:00:00Z');
    expect((await own.save(tomorrow)).state).toBe('open');
  } finally {
    await own.close();
  }
});

test('rules between fields', async () => {
  expect(await refusedFields(aMediation().accepted('2025-03-10').failed('2025-03-09').record())).toEqual({
    concludedOn: { problem: 'before', other: 'acceptedOn', day: '2025-03-10' },
  });
  expect(await refusedFields(aMediation().with({ outcome: 'agreed' }).record())).toEqual({
    concludedOn: { problem: 'missing-with', other: 'outcome' },
  });
});

test('unknown codes, fields, records and wrong numbers are refused, each at its place', async () => {
  const wrong = aMediation()
    .withApplicant({ side: 'judge', phone: '12', nickname: '老王' })
    .with({
      kind: '77',
      partyCount: 1.5,
      involvedFen: -1,
      isMigrantWorker: 'yes',
      divisionCode: '62x',
      committeeId: '00000000-0000-7000-8000-000000000000',
      colour: 'red',
    })
    .record();
  expect(await refusedFields(wrong)).toEqual({
    kind: { problem: 'unknown-code', code: '77' },
    partyCount: { problem: 'not-a-number', text: '1.5' },
    involvedFen: { problem: 'amount-out-of-range', most: '999,999,999,999.99' },
    isMigrantWorker: { problem: 'not-yes-or-no', text: 'yes' },
    divisionCode: { problem: 'unknown-code', code: '62x' },
    committeeId: { problem: 'unknown-record' },
    colour: { problem: 'unknown-field' },
    'parties.0.side': { problem: 'unknown-code', code: 'judge' },
    'parties.0.phone': { problem: 'phone' },
    'parties.0.nickname': { problem: 'unknown-field' },
  });
});

test('a year typed wrong is no day of any register; people are older, and of an age', async () => {
  const record = aMediation()
    .accepted('1026-11-20')
    .with({ appliedOn: '1949-09-30', occurredOn: '1949-10-01' })
    .withApplicant({ idNumber: null, birthOn: '1926-05-04', age: 151 })
    .record();
  expect(await refusedFields(record)).toEqual({
    acceptedOn: { problem: 'too-long-ago', day: '1026-11-20' },
    appliedOn: { problem: 'too-long-ago', day: '1949-09-30' },
    'parties.0.age': { problem: 'out-of-range', min: 0, max: 150 },
  });
  expect(await refusedFields(aMediation().withApplicant({ birthOn: '1026-05-04' }).record())).toMatchObject({
    'parties.0.birthOn': { problem: 'too-long-ago', day: '1026-05-04' },
  });
  const most = { involvedFen: 99_999_999_999_999 };
  expect((await program.save(aMediation().with(most))).record.involvedFen).toBe(most.involvedFen);
});

test('text is counted in characters as people see them', async () => {
  const four = (text: string) => aMediation().with({ summary: text }).record();
  await program.save(four('𠮷'.repeat(4000)));
  expect(await refusedFields(four('𠮷'.repeat(4001)))).toEqual({
    summary: { problem: 'too-long', max: 4000 },
  });
});

test('a doubtful identity number is kept only with a reason, and then warned about', async () => {
  const right = makeIdentityNumber('1988-08-08', 21);
  const wrong = right.slice(0, 17) + (right[17] === '1' ? '2' : '1');
  const problem = { problem: 'identity-number', fault: 'identity-check' };
  expect(await refusedFields(aMediation().withApplicant({ idNumber: wrong }).record())).toEqual({
    'parties.0.idNumber': problem,
  });
  const saved = await program.save(
    aMediation().withApplicant({ idNumber: wrong, idNumberReason: '户口簿所载，本人确认' }),
  );
  expect(saved.warnings).toEqual({ 'parties.0.idNumber': problem });
  expect(saved.record.parties).toMatchObject([{ idNumber: wrong }, {}]);
  expect((await program.save(aMediation().withApplicant({ idNumber: right }))).warnings).toEqual({});
});

test('values that do not apply are not kept', async () => {
  const saved = await program.save(aMediation().failed().with({ amountFen: 500, agreementForm: 'written' }));
  expect(saved.record).not.toHaveProperty('amountFen');
  expect(saved.record).not.toHaveProperty('agreementForm');
});

test('nobody types a case number', async () => {
  const typed = await program.save(aMediation().with({ caseNo: '（2025）自编1号' }));
  expect(typed.record.caseNo).toMatch(/^（2025）东坝人调字第\d+号$/);
  const again = await program.save(
    { ...aMediation().record(), caseNo: '（2025）改号9号' },
    { id: typed.id, baseVersion: typed.version },
  );
  expect(again.record.caseNo).toBe(typed.record.caseNo);
});

test('case numbers: one a case, counted by the year of acceptance, whatever is refused between', async () => {
  const own = await aProgram();
  try {
    const numbers: unknown[] = [];
    for (let index = 0; index < 40; index++) {
      const day = index % 3 === 0 ? '2024-12-31' : '2025-01-02';
      if (index % 5 === 0) {
        await own.refused('ledger.save', {
          ledger: 'mediation',
          record: aMediation().with({ kind: 'x' }).record(),
        });
      }
      numbers.push((await own.save(aMediation().accepted(day))).record.caseNo);
    }
    await own.restart();
    await own.signInAgain();
    numbers.push((await own.save(aMediation().accepted('2025-01-02'))).record.caseNo);
    expect(new Set(numbers).size).toBe(numbers.length);
    const of = (year: number, count: number) =>
      Array.from({ length: count }, (_, index) => `（${year}）东坝人调字第${index + 1}号`);
    expect([...numbers].sort()).toEqual([...of(2024, 14), ...of(2025, 27)].sort());
  } finally {
    await own.close();
  }
});

test('a save on top of another version is refused and says whose', async () => {
  const first = await program.save(aMediation());
  const second = await program.save(aMediation().with({ remark: '改' }), {
    id: first.id,
    baseVersion: first.version,
  });
  const late = await program.refused('ledger.save', {
    ledger: 'mediation',
    id: first.id,
    baseVersion: first.version,
    record: aMediation().with({ remark: '迟' }).record(),
  });
  expect(late).toMatchObject({ code: 'record-changed', params: { by: 'admin' } });
  expect((await program.call('ledger.get', { id: first.id })).version).toBe(second.version);
});

test('a save that changes nothing makes no version', async () => {
  const first = await program.save(aMediation().agreed());
  const again = await program.save(aMediation().agreed(), { id: first.id, baseVersion: first.version });
  expect(again.version).toBe(first.version);
  expect(again.versions).toHaveLength(1);
});

test('records that are not there', async () => {
  const id = '00000000-0000-7000-8000-000000000000';
  expect((await program.refused('ledger.get', { id })).code).toBe('record-missing');
  expect((await program.refused('ledger.act', { id, action: 'conclude' })).code).toBe('record-missing');
  const save = { ledger: 'mediation', id, baseVersion: 'x', record: aMediation().record() };
  expect((await program.refused('ledger.save', save)).code).toBe('record-missing');
  expect((await program.refused('ledger.list', { ledger: 'nothing' })).code).toBe('ledger-unknown');
});

test('many at once: all of them, or none where one is wrong', async () => {
  const before = (await program.call('ledger.list', { ledger: 'mediation' })).total;
  const records = [aMediation().record(), aMediation().accepted('2025-02-30').record()];
  const failure = await program.refused('ledger.addMany', { ledger: 'mediation', records });
  expect(failure.fields).toHaveProperty(['1.acceptedOn', 'problem'], 'impossible-date');
  expect((await program.call('ledger.list', { ledger: 'mediation' })).total).toBe(before);
  const good = Array.from({ length: 30 }, () => aMediation().record());
  expect(await program.call('ledger.addMany', { ledger: 'mediation', records: good })).toEqual({ added: 30 });
  expect((await program.call('ledger.list', { ledger: 'mediation' })).total).toBe(before + 30);
});

test('many at once: what one says against another of them is told by its place, and the log says how many came', async () => {
  const rate = (name: string, validFrom: string) => ({ name, validFrom, amountFen: 10_000 });
  const apart = [rate('旧标准', '2031-01-01'), rate('新标准', '2031-01-01')];
  const failure = await program.refused('ledger.addMany', { ledger: 'subsidyRate', records: apart });
  expect(failure.code).toBe('record-invalid');
  expect(Object.keys(failure.fields ?? {})).toEqual(['1.validFrom']);
  expect((await program.call('ledger.list', { ledger: 'subsidyRate' })).total).toBe(0);
  await program.call('ledger.addMany', { ledger: 'subsidyRate', records: [rate('旧标准', '2031-01-01')] });
  const odd = aMediation().with({ agreementText: '没有达成协议，这一栏不适用' }).record();
  await program.call('ledger.addMany', { ledger: 'mediation', records: [odd, odd] });
  const { entries } = await program.call('audit.list', { actions: ['ledger.addMany'], limit: 2 });
  expect(entries.map(({ said }) => said)).toEqual(['登记件数：2；提醒数：2', '登记件数：1']);
});

test('many at once: what goes with them is told of each by its place, some of it where there is much', async () => {
  const plain = aMediation().record();
  const odd = aMediation().with({ agreementText: '没有达成协议，这一栏不适用' }).record();
  const two = await program.call('ledger.addMany', { ledger: 'mediation', records: [plain, odd] });
  expect(two).toEqual({
    added: 2,
    warned: 1,
    warnings: { '1.agreementText': { problem: 'not-kept', other: 'outcome' } },
  });
  const many = await program.call('ledger.addMany', { ledger: 'mediation', records: Array(230).fill(odd) });
  expect(many).toMatchObject({ added: 230, warned: 230 });
  expect(Object.keys(many.warnings ?? {})).toHaveLength(200);
});

test('what no longer applies to a person is said, whoever leaves it out and wherever the row stands by then', async () => {
  const natural = {
    side: 'applicant',
    type: 'natural',
    name: '柳春禾',
    idNumber: makeIdentityNumber('1970-05-05', 1),
  };
  const others = aMediation().record().parties as object[];
  const parties = [natural, ...others.slice(1)];
  const saved = await program.save(aMediation().with({ parties }));
  const { caseNo: _given, ...content } = saved.record;
  const changed = { side: 'applicant', type: 'legal', name: '柳春禾' };
  const next = { ...content, parties: [...others.slice(1), changed] };
  const { warnings } = await program.save(next, { id: saved.id, baseVersion: saved.version });
  const place = others.length - 1;
  expect(warnings).toMatchObject({ [`parties.${place}.idNumber`]: { problem: 'not-kept', other: 'type' } });
});

test('an id belongs to one record of one register', async () => {
  const { id } = await program.save(aMediation().with({ summary: '只有这一件' }));
  const committee = { name: '冒用编号调委会', kind: 'village', establishedOn: '2020-01-01' };
  const failure = await program.refused('ledger.save', { ledger: 'committee', id, record: committee });
  expect(failure).toEqual({ code: 'record-missing', params: { id } });
  expect((await program.call('ledger.get', { id })).ledger).toBe('mediation');
});

test('blanks are nothing: a name of blanks is missing, a remark of blanks is not kept', async () => {
  expect(await refusedFields(aMediation().withApplicant({ name: ' \u3000\t' }).record())).toEqual({
    'parties.0.name': { problem: 'required' },
  });
  expect((await program.save(aMediation().with({ remark: ' \n ' }))).record).not.toHaveProperty('remark');
});

test('half a character is refused: the file could not give it back', async () => {
  const half = aMediation().with({ remark: 'a\ud842b', place: '\udfb7' }).record();
  expect(await refusedFields(half)).toEqual({
    remark: { problem: 'wrong-type' },
    place: { problem: 'wrong-type' },
  });
  await program.save(aMediation().with({ remark: '\u0000\u0001\ufffd\ud842\udfb7' }));
  expect(await program.call('system.verify', {})).toMatchObject({ ok: true, findings: [] });
});

test('names that every object has are no fields of a record', async () => {
  const names = { constructor: 'x', toString: 'y', hasOwnProperty: 1 };
  const unknown = { problem: 'unknown-field' };
  expect(await refusedFields({ ...aMediation().record(), ...names })).toEqual({
    constructor: unknown,
    toString: unknown,
    hasOwnProperty: unknown,
  });
  expect(await refusedFields(aMediation().withApplicant({ valueOf: 1 }).record())).toEqual({
    'parties.0.valueOf': unknown,
  });
  const record = JSON.parse(JSON.stringify(aMediation().record()).replace('{', '{"__proto__":{"a":1},'));
  expect((await program.refused('ledger.save', { ledger: 'mediation', record })).code).toBe('invalid-input');
});

test('a code counts on the day of its record, not on the day of typing', async () => {
  const seeds = fs.mkdtempSync(path.join(os.tmpdir(), 'ledger-seeds-'));
  fs.cpSync('seeds', seeds, { recursive: true });
  const file = path.join(seeds, 'codes', 'dispute-kind.json');
  const list = JSON.parse(fs.readFileSync(file, 'utf8'));
  list.items.find((item: { code: string }) => item.code === '02').validTo = '2024-12-31';
  fs.writeFileSync(file, JSON.stringify(list));
  const own = await aProgram({ seeds });
  try {
    const old = await own.save(aMediation().accepted('2024-12-31').about('02'));
    const late = await own.refused('ledger.save', {
      ledger: 'mediation',
      record: aMediation().accepted('2025-01-01').about('02').record(),
    });
    expect(late.fields).toEqual({ kind: { problem: 'unknown-code', code: '02' } });
    expect((await own.call('system.verify', {})).findings).toEqual([]);
    const again = aMediation().accepted('2024-12-31').about('02').with({ remark: '补记' });
    await own.save(again, { id: old.id, baseVersion: old.version });
  } finally {
    await own.close();
    fs.rmSync(seeds, { recursive: true });
  }
});

test('sex or birth date that the identity number contradicts are kept and named', async () => {
  const saved = await program.save(aMediation().withApplicant({ sex: '2', birthOn: '1970-01-01' }));
  expect(saved.warnings).toEqual({
    'parties.0.sex': { problem: 'not-as-number', value: '男性' },
    'parties.0.birthOn': { problem: 'not-as-number', value: '1990-01-01' },
  });
});
