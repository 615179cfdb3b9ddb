// Whoever sees names and numbers whole leaves an entry for it, by every way there is to ask. The table names every method
// that only asks: a new one fails until somebody has decided what it shows.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '#core/db/connection.ts';
import { inFolder } from '#core/db/folder.ts';
import { sql } from '#core/db/sql.ts';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import { type MethodName, methods } from '#shared/api/methods.ts';
import { auditActions } from '#shared/text/audit.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';
import { waysToAsk } from '#tests/fixtures/ways-to-ask.ts';

/** What each shows of records: logged each time, logged as a look, logged where it is whole, or nothing and why. */
const decided: Record<string, 'each' | 'look' | 'whole' | { nothing: string }> = {
  'units.tree': { nothing: 'units' },
  'divisions.children': { nothing: 'areas' },
  'phrase.list': { nothing: 'phrases, which hold no names' },
  'ledger.list': 'whole',
  'ledger.get': 'look',
  'ledger.begin': { nothing: 'ids and codes of the last record' },
  'ledger.print': 'each',
  'ledger.history': 'each',
  'ledger.related': 'whole',
  'ledger.check': {
    nothing: 'problems of what was typed; who or what another record is about is always left out',
  },
  'ledger.titles': 'whole',
  'ledger.choices': 'whole',
  'search.find': 'whole',
  'draft.save': { nothing: 'takes what is typed' },
  'draft.list': 'whole',
  'draft.handOver': { nothing: 'a count' },
  'draft.discard': { nothing: 'nothing' },
  'sealing.state': { nothing: 'numbers, accounts and who asked in writing' },
  'sealing.proposal': { nothing: 'days of the sentence, numbers and counts' },
  'sealing.certificate': 'each',
  'attachment.list': 'whole',
  'attachment.view': 'each',
  'attachment.export': 'each',
  'deadline.board': 'whole',
  'deadline.sheet': 'each',
  'deadline.record': 'whole',
  'deadline.rules': { nothing: 'rules and counts' },
  'calendar.years': { nothing: 'days off' },
  'number.settings': { nothing: 'patterns and counters' },
  'number.blocks': { nothing: 'numbers' },
  'number.series': { nothing: 'titles of papers' },
  'person.match': 'whole',
  'person.take': 'each',
  'person.card': 'look',
  'person.inRecord': 'whole',
  'person.warnings': 'whole',
  'person.seen': 'whole',
  'indicator.list': { nothing: 'figures' },
  'indicator.records': 'look',
  'indicator.years': { nothing: 'years' },
  'report.preview': { nothing: 'figures' },
  'report.make': 'each',
  'paper.list': 'whole',
  'paper.preview': 'look',
  'paper.kinds': { nothing: 'kinds' },
  'paper.blank': 'each',
  'paper.makeBlank': 'each',
  'issued.preview': 'look',
  'issued.make': 'each',
  'dossier.preview': 'look',
  'template.list': { nothing: 'templates' },
  'template.export': 'each',
  'template.placesPage': { nothing: 'names of places in a template' },
  'template.places': { nothing: 'names of places in a template' },
  'template.makePlaces': { nothing: 'names of places in a template' },
  'system.hash': { nothing: 'a hash' },
  'system.verify': { nothing: 'ids and what is wrong' },
  'system.renewal': { nothing: 'counts' },
  'system.aside': { nothing: 'names and sizes of folders' },
  'system.backup': 'each',
  'system.backups': { nothing: 'names of copies' },
  'system.places': { nothing: 'folders' },
  'system.drills': { nothing: 'drills' },
  'system.repairs': { nothing: 'counts' },
  'system.repairPage': 'each',
  'codes.lists': { nothing: 'code lists' },
  'fields.on': { nothing: 'names of fields' },
  'codes.use': { nothing: 'counts by code' },
  'mapping.list': { nothing: 'code lists' },
  'mapping.record': { nothing: 'codes' },
  'retention.periods': { nothing: 'periods' },
  'retention.logs': { nothing: 'periods' },
  'retention.review': 'whole',
  'retention.sheet': 'each',
  'destruction.lists': 'whole',
  'destruction.get': 'whole',
  'destruction.sheet': 'each',
  'account.list': { nothing: 'accounts' },
  'account.afterRestore': { nothing: 'accounts' },
  'help.state': { nothing: 'fingerprints' },
  'audit.list': 'each',
  'audit.foreign': 'each',
  'audit.state': { nothing: 'counts and hashes' },
  'audit.check': { nothing: 'a verdict' },
  'audit.checks': { nothing: 'units, counts and hashes' },
  'transfer.list': 'look',
  'transfer.print': 'each',
  'indicator.print': 'each',
  'safety.paper': 'each',
  'safety.makePaper': 'each',
  'safety.programAssessment': { nothing: 'facts of the program and counts' },
  'safety.partiesOf': 'look',
};

const flags = { each: true, look: 'view', whole: 'whole' } as const;

test('of every method that only asks it is decided what it shows, and how that is logged', () => {
  const asking = (Object.keys(methods) as MethodName[]).filter((name) =>
    ['query', 'draft'].includes(methods[name].kind),
  );
  expect(Object.keys(decided).sort()).toEqual(asking.sort());
  for (const name of asking) {
    const how = decided[name];
    const flag = typeof how === 'string' ? flags[how] : false;
    expect(methods[name].audited, name).toBe(flag);
    if (flag) expect(auditActions, name).toHaveProperty([name]);
  }
});

const names = ['亓官曜谧', '濮阳霁宸'] as const;
const [applicant, respondent] = names;
const number = makeIdentityNumber('1987-03-14', 11);
const secrets = [...names, number, '16409995511', '隐庐巷七十九号', '两家为一口老井吵了三代人'];

let program: Program;
const ids: Record<string, string> = {};
type Entry = { action: string; account: string; record_id: string | null; detail: string; at: string };
const entriesSince = (seq: number) =>
  program.look((db) =>
    db.all<Entry>(
      sql`select action, account, record_id, detail, at from audit_entry where seq > ${seq} order by seq`,
    ),
  );
const lastSeq = () => program.look((db) => db.value<number>(sql`select max(seq) from audit_entry`) ?? 0);
const later = (seconds: number) => {
  program.clock.now = new Date(program.clock.now.getTime() + seconds * 1000);
};
const idsIn = ({ record_id: recordId, detail }: Entry): string[] => [
  ...(recordId === null ? [] : [recordId]),
  ...((JSON.parse(detail) as { ids?: string[] }).ids ?? []),
];

beforeAll(async () => {
  program = await aProgram({ everyRole: true });
  const saved = await program.save(
    aMediation()
      .accepted('2025-05-20')
      .about('02', `${applicant}与${respondent}两家为一口老井吵了三代人。`)
      .with({
        parties: [
          {
            side: 'applicant',
            type: 'natural',
            name: applicant,
            idType: '01',
            idNumber: number,
            phone: '16409995511',
            address: '金塔县东坝镇隐庐巷七十九号',
          },
          { side: 'respondent', type: 'natural', name: respondent, address: '东坝镇隐庐巷七十九号' },
        ],
      }),
  );
  const other = await program.save(aMediation().accepted('2025-05-21').between(applicant, '丙'));
  const note = await program.call('ledger.save', {
    ledger: 'caseNote',
    record: {
      caseId: saved.id,
      kind: 'investigation',
      heldOn: '2025-06-01',
      topic: `${applicant}与${respondent}用水纠纷`,
      subject: respondent,
      present: applicant,
      text: '两家为一口老井吵了三代人。',
    },
  });
  Object.assign(ids, { mediation: saved.id, other: other.id, caseNote: note.id });
});
afterAll(() => program.close());

/** Of these the entry must name records; the others say in their own way what they showed (numbers, counts, files). */
const named = new Set(
  Object.entries(decided).flatMap(([name, how]) => (how === 'whole' || how === 'look' ? [name] : [])),
);

const ways = () => waysToAsk(ids, { applicant, number });
const asksFor = (input: unknown, secret: string) => JSON.stringify(input).includes(secret);

describe('by every way', () => {
  for (const name of ['admin', 'head', 'clerk'])
    test(`${name} sees nothing whole without an entry that says so`, async () => {
      const person = await program.signIn(name);
      const silent: string[] = [];
      const unnamed: string[] = [];
      let seen = 0;
      for (const [method, input] of ways()) {
        later(120);
        const before = await lastSeq();
        const answer = await person.ask(method, input);
        const said = JSON.stringify(answer);
        if (!secrets.some((secret) => said.includes(secret) && !asksFor(input, secret))) continue;
        seen += 1;
        const made = (await entriesSince(before)).filter(
          ({ action, account }) => action === method && account === name,
        );
        if (made.length === 0) silent.push(`${method} ${JSON.stringify(input)}`);
        else if (named.has(method) && made.flatMap(idsIn).length === 0) unnamed.push(method);
        for (const secret of secrets) expect(JSON.stringify(made), method).not.toContain(secret);
      }
      expect(silent).toEqual([]);
      expect(unnamed).toEqual([]);
      expect(seen).toBeGreaterThan(20);
    });

  test('masked, a list says nothing that needs an entry', async () => {
    const masked = await program.signIn('clerk');
    await masked.call('session.veil', {});
    const before = await lastSeq();
    await masked.call('ledger.list', { ledger: 'mediation' });
    await masked.call('search.find', { text: applicant });
    await masked.call('deadline.board', {});
    expect(await entriesSince(before)).toEqual([]);
  });
});

describe('an entry says which register, how many, which records and what it was filtered by', () => {
  let clerk: Person;
  beforeAll(async () => {
    clerk = await program.signIn('clerk');
  });

  test('of a list, with names of fields and no value', async () => {
    later(120);
    const before = await lastSeq();
    const filter = { acceptedOn: { from: '2025-05-20', to: '2025-05-21' } };
    const { rows } = await clerk.call('ledger.list', { ledger: 'mediation', filter });
    const [entry] = await entriesSince(before);
    expect(entry && JSON.parse(entry.detail)).toEqual({
      records: rows.length,
      ids: rows.map(({ id }) => id),
      fields: ['acceptedOn'],
    });
    const auditor = await program.signIn('auditor');
    const [line] = (await auditor.call('audit.list', { actions: ['ledger.list'], limit: 1 })).entries;
    expect(line?.title).toContain('人民调解');
    expect(line?.title).toContain('等 2 条');
    expect(line?.said).toContain('受理日期');
    const about = await auditor.call('audit.list', { recordId: ids.other ?? '', actions: ['ledger.list'] });
    expect(about.entries[0]?.entry).toBe(line?.entry);
    const without = await auditor.call('audit.list', { isWithoutLooks: true, limit: 500 });
    expect(without.entries.some(({ action }) => action === 'ledger.list')).toBe(false);
    expect(without.entries.some(({ action }) => action === 'ledger.save')).toBe(true);
  });

  test('the same again within a minute is in the entry that is there; a record more is not, and a minute later all are', async () => {
    later(120);
    const list = () => clerk.call('ledger.list', { ledger: 'mediation' });
    const before = await lastSeq();
    await list();
    for (let time = 0; time < 5; time++) {
      later(10);
      await list();
    }
    expect(await entriesSince(before)).toHaveLength(1);
    const third = await clerk.save(aMediation().between('丁', '戊'));
    await list();
    const [, , added] = await entriesSince(before);
    expect(added && { action: added.action, ids: idsIn(added) }).toEqual({
      action: 'ledger.list',
      ids: [third.id],
    });
    later(11);
    await list();
    expect((await entriesSince(before)).at(-1)?.action).toBe('ledger.list');
    expect(await entriesSince(before)).toHaveLength(4);
    // Another account, another session and another way are each another look.
    const again = await program.signIn('clerk');
    const from = await lastSeq();
    await again.call('ledger.list', { ledger: 'mediation' });
    await again.call('search.find', { text: applicant });
    expect((await entriesSince(from)).map(({ action }) => action)).toEqual([
      'ledger.list',
      // Cases and notes, an entry for each register.
      'search.find',
      'search.find',
    ]);
  });

  test('of whatever order of looks: of each record shown there is an entry of the last minute that names it', async () => {
    const seed = Number(process.env.FAULT_SEED ?? Math.floor(Math.random() * 1e9));
    console.log(`looks: FAULT_SEED=${seed}`);
    let state = seed;
    const random = (below: number) => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return Math.floor((state / 2147483648) * below);
    };
    const texts = [applicant, respondent, '丙', '亓官', '丁'];
    for (let turn = 0; turn < 60; turn++) {
      later(random(25));
      const at = program.clock.now.getTime();
      const isList = random(2) === 0;
      const shown = isList
        ? (await clerk.call('ledger.list', { ledger: 'mediation', limit: 1 + random(3), offset: random(2) }))
            .rows
        : (await clerk.call('search.find', { text: texts[random(texts.length)] ?? '' })).hits;
      const made = await program.look((db) =>
        db.all<Entry>(sql`select action, account, record_id, detail, at from audit_entry
          where action = ${isList ? 'ledger.list' : 'search.find'} and account = 'clerk'
          and at >= ${new Date(at - 60_000).toISOString()}`),
      );
      const named = new Set(made.flatMap(idsIn));
      expect(shown.filter(({ id }) => !named.has(id))).toEqual([]);
    }
  });

  test('what could not be logged is not shown, on no try', async () => {
    later(120);
    const file = readKeyFile(program.folder);
    const key = file && (await keyByPassword(file, 'admin', password));
    if (!key) throw new Error('no key');
    const drafts = connect(inFolder(program.folder, 'drafts'), { key });
    drafts.exec(
      "create trigger full before insert on waiting_entry begin select raise(abort, 'no room'); end",
    );
    for (let time = 0; time < 2; time++) {
      expect((await clerk.ask('ledger.list', { ledger: 'mediation' })).ok).toBe(false);
      expect((await clerk.ask('search.find', { text: applicant })).ok).toBe(false);
    }
    drafts.exec('drop trigger full');
    drafts.close();
    const before = await lastSeq();
    expect((await clerk.ask('ledger.list', { ledger: 'mediation' })).ok).toBe(true);
    expect((await entriesSince(before)).map(({ action }) => action)).toEqual(['ledger.list']);
  });

  test('on paper a day is what was done; how often lists were looked through is one line', async () => {
    const auditor = await program.signIn('auditor');
    const { html } = await auditor.call('audit.daySheet', { on: '2025-06-30' });
    expect(html).not.toContain('>浏览台账<');
    expect(html).toMatch(/浏览清单、查找等查看 \d+ 条/);
  });
});
