// Who may not see something finds it by no way out: roles × units × registers × fields × lists, hits, cards, prints.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '#core/db/sql.ts';
import type { Envelope } from '#shared/api/envelope.ts';
import { type MethodName, methods } from '#shared/api/methods.ts';
import type { FieldSpec } from '#shared/kinds/kind.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { fieldClass } from '#shared/ledgers/veil.ts';
import { shareDuties } from '#tests/fixtures/duties.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';
import { waysToAsk } from '#tests/fixtures/ways-to-ask.ts';
import { listARepair, writePicture } from './leaks-fixture.ts';

const names = ['亓官曜谧', '濮阳霁宸', '令狐筱冉', '呼延璟珩'] as const;
const [applicant, respondent, former, agent] = names;
const number = makeIdentityNumber('1987-03-14', 11);
const agentNumber = makeIdentityNumber('1979-11-02', 22);
/** What no answer may hold while nothing was revealed. */
const secrets = [
  ...names,
  number,
  agentNumber,
  '16409995511',
  '16409995522',
  '隐庐巷七十九号',
  '1987-03-14',
  '两家为一口老井吵了三代人',
  '井归甲家使用',
  '当面把话说开',
];

let program: Program;
const people: Record<string, Person> = {};
const ids: Record<string, string> = {};

beforeAll(async () => {
  program = await aProgram({ everyRole: true, isVeiled: true });
  const committee = await program.call('ledger.save', {
    ledger: 'committee',
    record: { name: '东坝镇人民调解委员会', kind: 'township', establishedOn: '2015-05-01' },
  });
  const mediator = await program.call('ledger.save', {
    ledger: 'mediator',
    record: {
      name: '祁连山',
      committeeId: committee.id,
      appointedOn: '2016-01-01',
      idNumber: agentNumber,
      phone: '16409995522',
    },
  });
  const record = aMediation()
    .accepted('2025-05-20')
    .about('02', `${applicant}与${respondent}两家为一口老井吵了三代人，电话16409995511。`)
    .agreed('2025-06-10', 120_000)
    .with({
      committeeId: committee.id,
      mediatorId: mediator.id,
      place: `${respondent}家院门口`,
      agreementText: '井归甲家使用，乙家每年取水十次。',
      remark: `${agent}当面把话说开`,
      parties: [
        {
          side: 'applicant',
          type: 'natural',
          name: applicant,
          formerName: former,
          idType: '01',
          idNumber: number,
          birthOn: '1987-03-14',
          phone: '16409995511',
          address: '金塔县东坝镇隐庐巷七十九号',
          agentName: agent,
          agentIdNumber: agentNumber,
          agentPhone: '16409995522',
        },
        { side: 'respondent', type: 'natural', name: respondent, address: '东坝镇隐庐巷七十九号' },
      ],
    })
    .record();
  const saved = await program.call('ledger.save', { ledger: 'mediation', record });
  await program.call('session.reveal', { reason: '更正' });
  await program.call('ledger.save', {
    ledger: 'mediation',
    id: saved.id,
    baseVersion: saved.version,
    record: { ...record, remark: '井归甲家使用', helpers: agent },
  });
  await program.call('session.veil', {});
  const note = await program.call('ledger.save', {
    ledger: 'caseNote',
    record: {
      caseId: saved.id,
      kind: 'investigation',
      heldOn: '2025-06-01',
      topic: `${applicant}与${respondent}用水纠纷`,
      subject: respondent,
      present: `${applicant}、${agent}`,
      text: '当面把话说开，两家为一口老井吵了三代人。',
    },
  });
  const finding = await program.call('ledger.save', {
    ledger: 'finding',
    record: {
      name: `${applicant}与${respondent}水井纠纷`,
      foundOn: '2025-05-01',
      persons: `${applicant}、${respondent}`,
      place: `${respondent}家`,
      summary: '两家为一口老井吵了三代人',
    },
  });
  program.grant('scan', writePicture());
  const scan = await program.call('attachment.add', {
    recordId: saved.id,
    file: 'scan',
    kind: 'site',
    title: `${applicant}家的井`,
  });
  Object.assign(ids, { mediation: saved.id, caseNote: note.id, finding: finding.id, mediator: mediator.id });
  Object.assign(ids, { committee: committee.id, scan: scan.id });
  await listARepair(program, [applicant, respondent]);
  for (const name of ['admin', 'head', 'clerk', 'auditor']) people[name] = await program.signIn(name);
});
afterAll(() => program.close());

const ways = () => waysToAsk(ids, { applicant, number });

const said = (answer: Envelope<unknown>) => JSON.stringify(answer);

describe('masked at first', () => {
  for (const name of ['admin', 'head', 'clerk', 'auditor']) {
    test(`${name} sees no name, number, telephone, address or text by any way`, async () => {
      const leaks: string[] = [];
      let answered = 0;
      for (const [method, input] of ways()) {
        const answer = await people[name]?.ask(method, input);
        if (!answer) continue;
        if (answer.ok) answered += 1;
        for (const secret of secrets) if (said(answer).includes(secret)) leaks.push(`${method}: ${secret}`);
      }
      expect(leaks).toEqual([]);
      expect(answered).toBeGreaterThan(30);
    });
  }

  test('every register but those of nothing personal has a record in the matrix, and all ways are ways', () => {
    const asked = new Set([...ways()].map(([method]) => method));
    expect([...asked].filter((method) => !(method in methods))).toEqual([]);
    const readers: string[] = ['ledger.read', 'figures.read', 'audit.read', 'system.maintain'];
    // What reads records is asked, or refused to a masked session, or writes and is asked elsewhere.
    const reading = (Object.keys(methods) as MethodName[]).filter((method) => {
      const { kind, rights, whole } = methods[method];
      return kind === 'query' && readers.includes(rights) && !whole;
    });
    const nothingPersonal: MethodName[] = [
      'phrase.list',
      'ledger.check',
      'codes.use',
      'deadline.rules',
      'calendar.years',
      'number.settings',
      'number.series',
      'indicator.years',
      'paper.kinds',
      'paper.blank',
      'paper.makeBlank',
      'safety.makePaper',
      'template.export',
      'audit.state',
      'audit.check',
      'audit.checks',
      // Another unit's log, which holds no values either (foreign-log.test.ts).
      'audit.foreign',
      'system.aside',
    ];
    expect(reading.filter((method) => !asked.has(method) && !nothingPersonal.includes(method))).toEqual([]);
  });

  test('what is masked is still told apart, and the number of the case stands whole', async () => {
    const page = await people.clerk?.call('ledger.list', { ledger: 'mediation' });
    expect(page?.rows[0]).toMatchObject({ title: '亓***、濮***', caseNo: expect.stringContaining('人调字') });
    const whole = await people.clerk?.call('ledger.get', { id: ids.mediation ?? '' });
    expect(whole?.isVeiled).toBe(true);
    const [party] = (whole?.record.parties ?? []) as Record<string, unknown>[];
    expect(party).toMatchObject({
      name: '亓***',
      idNumber: `${number.slice(0, 4)}**********${number.slice(-4)}`,
      phone: '164****5511',
    });
  });

  test('the class of a field says whether it is masked: every field that can name somebody is sensitive', () => {
    const wanted = (spec: FieldSpec) =>
      ['identity', 'phone', 'note'].includes(spec.kind) && spec.veil !== 'none';
    for (const { name, fields, children } of ledgers) {
      for (const set of [fields, ...Object.values(children).map((child) => child.fields)])
        for (const [field, spec] of Object.entries(set) as [string, FieldSpec][])
          if (wanted(spec)) expect(fieldClass(spec), `${name}.${field}`).toBe('sensitive');
    }
  });
});

describe('whole, for a reason', () => {
  test('who may gives a reason, sees it whole, and the log has the reason; the auditor may not', async () => {
    const clerk = await program.signIn('clerk');
    await clerk.call('session.reveal', { reason: '核对身份' });
    const page = await clerk.call('ledger.list', { ledger: 'mediation' });
    expect(page.rows[0]?.title).toBe(`${applicant}、${respondent}`);
    expect((await clerk.call('person.match', { values: { name: applicant } })).matches).toHaveLength(1);
    await clerk.call('session.veil', {});
    expect((await clerk.call('ledger.list', { ledger: 'mediation' })).rows[0]?.title).toBe('亓***、濮***');
    const details = await program.look((db) =>
      db.column<string>(sql`select detail from audit_entry where action = 'session.reveal'`),
    );
    expect(details).toContain(JSON.stringify({ reason: '核对身份' }));
    expect(await people.auditor?.refused('session.reveal', { reason: '看看' })).toMatchObject({
      code: 'no-right',
    });
  });

  test('what is masked is never saved over what it masks', async () => {
    const clerk = await program.signIn('clerk');
    const masked = await clerk.call('ledger.get', { id: ids.mediation ?? '' });
    const again = { ledger: 'mediation', id: masked.id, baseVersion: masked.version, record: masked.record };
    expect(await clerk.refused('ledger.save', again)).toMatchObject({ code: 'veiled' });
    await clerk.call('session.reveal', { reason: '更正' });
    const whole = await clerk.call('ledger.get', { id: ids.mediation ?? '' });
    await clerk.call('ledger.save', { ...again, record: { ...whole.record, helpers: '村主任' } });
  });
});

describe('units (of registers: part-of-the-ledger.test.ts)', () => {
  test('a county account of one station sees nothing of another station by any way, and writes for its own', async () => {
    const county = await aProgram({ isCounty: true });
    try {
      const stations = (await county.call('units.tree', {})).filter(({ level }) => level === 'station');
      const [first, second] = stations;
      if (!first || !second) throw new Error('a county has stations');
      await shareDuties(county);
      const made = { role: 'clerk', password: 'qinghe-2025' } as const;
      await county.call('account.create', { ...made, name: '甲所', unitId: first.id });
      await county.call('account.create', { ...made, name: '乙所', unitId: second.id });
      const one = await enter(county, '甲所');
      const other = await enter(county, '乙所');
      const saved = await one.save(
        aMediation().between(applicant, respondent).withApplicant({ idNumber: number, phone: '16409995511' }),
      );
      expect(saved.unitId).toBe(first.id);
      const found = await one.call('search.find', { text: applicant });
      expect(found.total).toBe(1);
      Object.assign(ids, { elsewhere: saved.id });
      const leaks: string[] = [];
      for (const [method, input] of ways()) {
        const answer = await other.ask(method, input);
        for (const secret of [...secrets.slice(0, 6), saved.id, String(saved.record.caseNo)])
          if (said(answer).includes(secret) && !asksFor(input, secret)) leaks.push(`${method}: ${secret}`);
      }
      expect(leaks).toEqual([]);
      expect((await other.call('search.find', { text: applicant })).total).toBe(0);
      expect((await other.call('ledger.list', { ledger: 'mediation' })).total).toBe(0);
      // The index of persons is one for the county; each is answered from the records of his own unit.
      const key = `i:${number}`;
      const known = async (who: Person) =>
        (await who.call('person.match', { values: { idNumber: number } })).same;
      expect(await known(one)).toMatchObject({ key });
      expect(await known(county)).toMatchObject({ key });
      expect(await known(other)).toBeNull();
      for (const method of ['person.card', 'person.take'])
        expect(await other.refused(method, { key })).toMatchObject({ code: 'person-missing' });
      expect(await other.refused('ledger.get', { id: saved.id })).toMatchObject({ code: 'record-missing' });
      expect(await other.refused('report.preview', { year: 2025 })).toMatchObject({ code: 'no-right' });
      expect((await county.call('ledger.list', { ledger: 'mediation' })).total).toBe(1);
    } finally {
      delete ids.elsewhere;
      await county.close();
    }
  });
});

/** A first sign-in with the password that somebody else chose. */
async function enter(office: Program, name: string): Promise<Person> {
  const person = await office.signIn(name, 'qinghe-2025');
  await person.call('session.changePassword', { password: 'qinghe-2025', newPassword: password });
  await person.call('session.reveal', { reason: '办理业务' });
  return person;
}

describe('sealed', () => {
  /** The mediator's own stand in his record, which is not sealed. */
  const own = secrets.filter((secret) => ![agentNumber, '16409995522'].includes(secret));
  const sealed = async (recordId: string) => {
    const clerk = await program.signIn('clerk');
    const head = await program.signIn('head');
    const request = { recordId, kind: 'seal', basis: 'minorCrime', reason: own.join(' ') } as const;
    await head.call('sealing.confirm', await clerk.call('sealing.apply', request));
  };

  test('a sealed record is in no answer to any role, also where names are shown whole; its number stays', async () => {
    await program.look((db) => db.run(sql`delete from repair_report`));
    const { caseNo } = (await people.admin?.call('ledger.get', { id: ids.mediation ?? '' }))?.record ?? {};
    const before = await leaksOf('head');
    expect(new Set(before.map(({ secret }) => secret)).size).toBeGreaterThan(own.length - 2);
    for (const register of ['mediation', 'finding']) await sealed(ids[register] ?? '');
    for (const name of ['admin', 'head', 'clerk', 'auditor']) expect(await leaksOf(name)).toEqual([]);
    const state = await people.clerk?.call('sealing.state', {});
    expect(state?.sealed.map(({ number: kept }) => kept)).toContain(caseNo);
  });

  async function leaksOf(name: string): Promise<{ method: MethodName; secret: string }[]> {
    const person = await program.signIn(name);
    await person.ask('session.reveal', { reason: '核对' });
    const leaks: { method: MethodName; secret: string }[] = [];
    for (const [method, input] of ways()) {
      const answer = await person.ask(method, input);
      for (const secret of own)
        if (said(answer).includes(secret) && !asksFor(input, secret)) leaks.push({ method, secret });
    }
    return leaks;
  }
});

/** An id that a call named itself comes back in its refusal. */
const asksFor = (input: unknown, secret: string) => JSON.stringify(input).includes(secret);
