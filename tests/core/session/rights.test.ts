import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '#core/db/sql.ts';
import { type MethodName, methods } from '#shared/api/methods.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program } from '#tests/fixtures/program.ts';

let program: Program;
const people: Record<string, Person> = {};
beforeAll(async () => {
  program = await aProgram({ everyRole: true });
  for (const name of ['admin', 'head', 'clerk', 'auditor']) people[name] = await program.signIn(name);
});
afterAll(() => program.close());

/** What an office expects of each account, method by method, written out by hand. */
const may: Record<string, readonly MethodName[]> = {
  auditor: [
    'ledger.list',
    'ledger.get',
    'ledger.related',
    'ledger.history',
    'ledger.print',
    'codes.use',
    'mapping.record',
    'ledger.check',
    'ledger.choices',
    'ledger.titles',
    'phrase.list',
    'number.settings',
    'number.blocks',
    'search.find',
    'attachment.list',
    'attachment.view',
    'deadline.board',
    'deadline.sheet',
    'deadline.record',
    'deadline.rules',
    'calendar.years',
    'person.match',
    'person.card',
    'person.inRecord',
    'person.warnings',
    'person.seen',
    'indicator.list',
    'indicator.records',
    'indicator.years',
    'paper.list',
    'paper.preview',
    'paper.kinds',
    'paper.blank',
    'paper.makeBlank',
    'template.list',
    'template.export',
    'issued.preview',
    'dossier.preview',
    'retention.periods',
    'retention.logs',
    'retention.review',
    'retention.sheet',
    'destruction.lists',
    'destruction.get',
    'destruction.sheet',
    'safety.paper',
    'safety.makePaper',
  ],
  clerk: [
    'session.reveal',
    'ledger.begin',
    'ledger.save',
    'ledger.act',
    'ledger.addMany',
    'attachment.add',
    'attachment.remove',
    'attachment.export',
    'number.reserve',
    'number.return',
    'number.assign',
    'person.take',
    'person.decide',
    'person.undecide',
    'person.see',
    'draft.save',
    'draft.list',
    'draft.discard',
    'paper.make',
    'paper.issue',
    'issued.make',
    'dossier.issue',
    'dossier.make',
    'retention.keep',
    'destruction.add',
    'destruction.remove',
    'sealing.state',
    'sealing.apply',
    'sealing.withdraw',
    'enquiry.register',
  ],
  head: [
    'sealing.read',
    'sealing.confirm',
    'sealing.refuse',
    'enquiry.open',
    'enquiry.answer',
    'enquiry.view',
    'enquiry.paper',
    'indicator.enter',
    'indicator.import',
    'report.preview',
    'report.make',
    'deadline.confirm',
    'codes.define',
    'codes.confirm',
    'mapping.decide',
    'calendar.import',
    'template.add',
    'template.retire',
    'retention.decide',
    'destruction.carryOut',
  ],
  admin: ['number.change', 'number.grant', 'number.receive', 'number.raise'],
};
/** Of a head alone: whoever looks after the program approves no destruction. */
const headAlone: readonly MethodName[] = ['destruction.approve', 'destruction.withdraw'];
/** What goes with a safety duty: the demo's administrator holds system, its head security, its auditor audit. */
const duty: Record<string, readonly MethodName[]> = {
  system: [
    'system.rebuild',
    'person.rebuild',
    'system.setSecondPlace',
    'system.drill',
    'system.repairs',
    'system.repairPage',
  ],
  security: [
    'account.list',
    'account.create',
    'account.change',
    'account.setPassword',
    'account.handOver',
    'draft.handOver',
    'help.state',
    'help.card',
    'help.trust',
    'help.answer',
  ],
  audit: [
    'account.list',
    'help.state',
    'audit.list',
    'audit.state',
    'audit.check',
    'audit.daySheet',
    'audit.export',
  ],
};
const everybody: MethodName[] = [
  'session.veil',
  'codes.lists',
  'mapping.list',
  'template.places',
  'template.placesPage',
  'template.makePlaces',
  'units.tree',
  'divisions.children',
  'system.hash',
  'system.verify',
  'system.renewal',
  'system.backup',
  'system.backups',
  'system.places',
  'system.drills',
  'system.guide',
  'transfer.list',
  'transfer.describe',
  'transfer.print',
];
/** Everybody from the named rank up; the auditor writes nothing. */
const allowedFor: Record<string, readonly MethodName[]> = {
  auditor: [...everybody, ...(may.auditor ?? []), ...(duty.audit ?? [])],
  clerk: [...everybody, ...(may.auditor ?? []), ...(may.clerk ?? [])],
  head: [
    ...everybody,
    ...(may.auditor ?? []),
    ...(may.clerk ?? []),
    ...(may.head ?? []),
    ...headAlone,
    ...(duty.security ?? []),
  ],
  admin: [...everybody, ...Object.values(may).flat(), ...(duty.system ?? [])],
};

const id = '00000000-0000-7000-8000-000000000000';
/** An input that passes its schema, so that the right decides and nothing before it. */
const inputs: Partial<Record<MethodName, unknown>> = {
  'divisions.children': { parent: '' },
  'session.reveal': { reason: '办理业务' },
  'help.card': { out: 'none' },
  'help.trust': { file: 'none' },
  'help.answer': { file: 'none', code: 'x', out: 'none', reason: '忘记密码' },
  'audit.check': { entry: 1, code: 'x' },
  'audit.daySheet': { on: '2025-06-30' },
  'audit.export': { out: 'none', reason: '检查' },
  'account.create': { name: '李', role: 'clerk', password: 'x' },
  'account.change': { changes: [{ id }] },
  'account.setPassword': { id, password: 'x' },
  'account.handOver': { from: id, to: id, reason: '调离' },
  'draft.handOver': { from: id, to: id },
  'ledger.list': { ledger: 'mediation' },
  'ledger.get': { id },
  'ledger.related': { id },
  'ledger.history': { id },
  'ledger.print': { ledger: 'mediation' },
  'codes.use': { list: 'riskColour' },
  'codes.define': { list: 'riskColour', basis: '办法', items: [{ code: 'red', label: '红' }] },
  'codes.confirm': { list: 'riskColour', note: '办法' },
  'mapping.record': { id },
  'mapping.decide': { mapping: 'none', basis: '办法', rows: [{ row: 0, target: { code: '1' } }] },
  'ledger.check': { ledger: 'mediation', record: {} },
  'ledger.save': { ledger: 'mediation', record: {} },
  'ledger.act': { id, action: 'void' },
  'ledger.addMany': { ledger: 'mediation', records: [{}] },
  'ledger.begin': { ledger: 'mediation' },
  'ledger.choices': { ledger: 'committee' },
  'ledger.titles': { ledger: 'committee', ids: [id] },
  'number.settings': { ledger: 'mediation' },
  'number.change': { ledger: 'mediation', pattern: '{year}' },
  'number.blocks': { ledger: 'mediation' },
  'number.reserve': { ledger: 'mediation', year: 2024, count: 1 },
  'number.return': { ledger: 'mediation', number: '1', reason: '写坏' },
  'number.assign': { ledger: 'mediation' },
  'number.grant': { ledger: 'mediation', year: 2024, count: 1, installation: id },
  'number.receive': { code: 'x' },
  'number.raise': { ledger: 'mediation', number: 'x' },
  'search.find': { text: '甲' },
  'attachment.add': { recordId: id, file: 'none', kind: 'site' },
  'attachment.list': { recordId: id },
  'attachment.view': { id },
  'attachment.remove': { id, reason: '放错了' },
  'attachment.export': { id, out: 'none', reason: '移送法院' },
  'person.match': { values: { name: '甲' } },
  'person.card': { key: 'i:none' },
  'person.inRecord': { id },
  'person.take': { key: 'i:none' },
  'person.decide': { left: 'i:none', right: 'i:nobody', verdict: 'same' },
  'person.undecide': { id: 1 },
  'person.warnings': { ledger: 'mediation', record: {} },
  'person.seen': { id },
  'person.see': { id, warnings: [] },
  'paper.list': { id },
  'paper.preview': { id, kind: 'agreement' },
  'paper.make': { id, kind: 'agreement', out: 'x' },
  'paper.issue': { id, kind: 'agreement' },
  'paper.blank': { kind: 'agreement' },
  'paper.makeBlank': { kind: 'agreement', out: 'x' },
  'template.add': { file: 'none', title: '送达回证' },
  'template.retire': { id, reason: '改版' },
  'template.export': { id, out: 'x' },
  'template.makePlaces': { out: 'x' },
  'issued.preview': { issued: id },
  'issued.make': { issued: id, out: 'x' },
  'dossier.preview': { id },
  'dossier.issue': { id },
  'dossier.make': { id, out: 'x' },
  'system.setSecondPlace': { folder: null },
  'system.guide': { what: 'restore' },
  'system.repairPage': { id: 1 },
  'draft.save': { id, ledger: 'mediation', content: {} },
  'draft.discard': { id },
  'transfer.list': { direction: 'out' },
  'safety.paper': { kind: 'selfCheck' },
  'safety.makePaper': { kind: 'minorsRule', out: 'x' },
  'transfer.describe': { entries: [1], partner: '县局', purpose: '上报' },
  'transfer.print': { direction: 'out' },
  'deadline.record': { id },
  'deadline.confirm': {
    rule: 'mediation.none',
    decision: { isOff: false, offset: 1, unit: 'month', roll: 'none', strength: 'soft' },
    note: '',
  },
  'calendar.import': { file: 'none' },
  'indicator.list': { year: 2024 },
  'indicator.records': { year: 2024, code: 'mediation.cases' },
  'indicator.enter': { year: 2024, code: 'mediation.cases', printed: 'x' },
  'indicator.import': { year: 2024, file: 'none' },
  'report.preview': { year: 2024 },
  'report.make': { year: 2024, out: 'none' },
  'retention.decide': {
    kind: 'mediation.none',
    decision: {
      ...{ period: 10, authority: '', letterNo: '', approvedOn: null },
      ...{ validFrom: null, validTo: null },
    },
    note: '',
  },
  'retention.review': { what: 'ended' },
  'retention.sheet': { what: 'ended' },
  'retention.keep': { ids: [id], until: '2040-12-31', reason: '有用' },
  'destruction.get': { list: id },
  'destruction.sheet': { list: id },
  'destruction.add': { list: null, ids: [id], opinion: '销毁' },
  'destruction.remove': { list: id, items: [1], reason: '有用' },
  'destruction.approve': { list: id, authority: '档案局', letterNo: '1', approvedOn: '2025-06-30' },
  'destruction.carryOut': { list: id, supervisors: ['甲', '乙'] },
  'destruction.withdraw': { list: id, reason: '有误' },
  'sealing.apply': { recordId: id, kind: 'seal', basis: 'minorCrime', reason: '未满十八周岁' },
  'sealing.withdraw': { id },
  'sealing.read': { id },
  'sealing.confirm': { id },
  'sealing.refuse': { id },
  'enquiry.register': {
    ...{ asker: '检察院', person: '甲', authority: 'caseWork', document: '1号' },
    ...{ name: '乙', purpose: '办案' },
  },
  'enquiry.open': { id },
  'enquiry.answer': { id, outcome: 'none' },
  'enquiry.view': { id, sealed: id },
  'enquiry.paper': { id },
};
const guarded = (Object.keys(methods) as MethodName[]).filter((name) => methods[name].rights !== 'none');

describe.each(Object.keys(allowedFor))('%s', (name) => {
  test.each(guarded)('%s', async (method) => {
    const answer = await people[name]?.call(method, (inputs[method] ?? {}) as never).then(
      () => 'done',
      (error: unknown) => (error as { failure: { code: string } }).failure.code,
    );
    if (allowedFor[name]?.includes(method)) expect(answer).not.toBe('no-right');
    else expect(answer).toBe('no-right');
  });
});

test('every method that needs a session refuses whoever has none', async () => {
  const nobody = await program.signIn('clerk');
  await nobody.call('session.signOut', {});
  for (const method of guarded) {
    expect((await nobody.refused(method, inputs[method] ?? {})).code, method).toBe('not-signed-in');
  }
});

test('what needs no session touches no record', () => {
  const open = (Object.keys(methods) as MethodName[]).filter((name) => methods[name].rights === 'none');
  expect(open.every((name) => methods[name].kind === 'gate')).toBe(true);
});

test('an auditor saves nothing; a clerk makes no report; both attempts are in the log', async () => {
  const before = (await program.call('ledger.list', { ledger: 'mediation' })).total;
  const record = aMediation().record();
  expect(await people.auditor?.refused('ledger.save', { ledger: 'mediation', record })).toEqual({
    code: 'no-right',
    params: { right: 'ledger.write' },
  });
  expect(await people.clerk?.refused('report.make', { year: 2024, out: 'x' })).toEqual({
    code: 'no-right',
    params: { right: 'report.make' },
  });
  expect((await program.call('ledger.list', { ledger: 'mediation' })).total).toBe(before);
  const refused = await program.look((db) =>
    db.all<{ account: string; detail: string }>(
      sql`select account, detail from audit_entry where action = 'refused' order by seq desc limit 2`,
    ),
  );
  expect(refused).toEqual([
    { account: 'clerk', detail: '{"method":"report.make"}' },
    { account: 'auditor', detail: '{"method":"ledger.save"}' },
  ]);
});

test('going back to a copy: only who maintains the ledger, and only to a copy of it', async () => {
  const { name } = await program.call('system.backup', {});
  for (const person of ['clerk', 'head']) {
    expect((await people[person]?.refused('program.restore', { backup: name }))?.code, person).toBe(
      'no-right',
    );
  }
  const nobody = await program.signIn('clerk');
  await nobody.call('session.signOut', {});
  expect((await nobody.refused('program.restore', { backup: name })).code).toBe('busy');
  expect(
    (await people.admin?.refused('program.restore', { backup: 'ledger-20000101-000000.db' }))?.code,
  ).toBe('file-missing');
  expect((await people.admin?.refused('program.restore', { backup: '../ledger.db' }))?.code).toBe(
    'file-missing',
  );
});
