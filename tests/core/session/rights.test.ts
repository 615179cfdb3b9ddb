import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '#core/db/sql.ts';
import { type MethodName, methods } from '#shared/api/methods.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program } from '#tests/fixtures/program.ts';
import { methodInputs } from './method-inputs.ts';

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
    'safety.partiesOf',
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
    'number.series',
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
    'indicator.print',
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
    'safety.programAssessment',
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
    'paper.number',
    'paper.issue',
    'issued.make',
    'dossier.issue',
    'dossier.make',
    'retention.keep',
    'destruction.add',
    'destruction.remove',
    'sealing.state',
    'sealing.apply',
    'sealing.proposal',
    'sealing.certificate',
    'sealing.withdraw',
    'sealing.askAbove',
    'sealing.takeAnswer',
    'enquiry.register',
  ],
  head: [
    'sealing.read',
    'sealing.confirm',
    'sealing.refuse',
    'sealing.readAsked',
    'sealing.answerAsked',
    'enquiry.open',
    'enquiry.answer',
    'enquiry.view',
    'enquiry.paper',
    'indicator.enter',
    'indicator.chooseBase',
    'indicator.import',
    'report.preview',
    'report.make',
    'deadline.confirm',
    'fields.turn',
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
    'program.move',
    'system.rebuild',
    'person.rebuild',
    'system.setSecondPlace',
    'system.drill',
    'system.enterDrill',
    'system.aside',
    'system.dropAside',
    'system.repairs',
    'system.repairPage',
  ],
  security: [
    'account.list',
    'account.afterRestore',
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
    'account.afterRestore',
    'help.state',
    'audit.list',
    'audit.state',
    'audit.check',
    'audit.daySheet',
    'audit.export',
    'audit.checkFile',
    'audit.checks',
    'audit.confirmKey',
    'audit.foreign',
  ],
};
const everybody: MethodName[] = [
  'session.veil',
  'fields.on',
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

const guarded = (Object.keys(methods) as MethodName[]).filter((name) => methods[name].rights !== 'none');

describe.each(Object.keys(allowedFor))('%s', (name) => {
  test.each(guarded)('%s', async (method) => {
    const answer = await people[name]?.call(method, (methodInputs[method] ?? {}) as never).then(
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
    expect((await nobody.refused(method, methodInputs[method] ?? {})).code, method).toBe('not-signed-in');
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
