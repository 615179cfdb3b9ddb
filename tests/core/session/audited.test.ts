// What leaves an entry in the log, method by method, written out by hand: a flag that is turned off by mistake is a look
// at somebody's case, or a change of it, that nobody can be asked about.
import { expect, test } from 'vitest';
import { type MethodName, methods } from '#shared/api/methods.ts';

/** Logged each time: what changes something, and what leaves the machine on paper or as a file. */
const always: readonly MethodName[] = [
  'account.change',
  'account.create',
  'account.handOver',
  'account.setPassword',
  'attachment.add',
  'attachment.export',
  'attachment.remove',
  'attachment.view',
  'audit.checkFile',
  'audit.confirmKey',
  'audit.daySheet',
  'audit.export',
  'audit.foreign',
  'audit.list',
  'calendar.import',
  'codes.confirm',
  'codes.define',
  'deadline.confirm',
  'deadline.sheet',
  'destruction.add',
  'destruction.approve',
  'destruction.carryOut',
  'destruction.remove',
  'destruction.sheet',
  'destruction.withdraw',
  'dossier.issue',
  'dossier.make',
  'enquiry.answer',
  'enquiry.open',
  'enquiry.paper',
  'enquiry.register',
  'enquiry.view',
  'fields.turn',
  'help.answer',
  'help.card',
  'help.trust',
  'indicator.chooseBase',
  'indicator.enter',
  'indicator.import',
  'indicator.print',
  'issued.make',
  'ledger.act',
  'ledger.addMany',
  'ledger.history',
  'ledger.print',
  'ledger.save',
  'mapping.decide',
  'number.assign',
  'number.change',
  'number.grant',
  'number.raise',
  'number.receive',
  'number.reserve',
  'number.return',
  'paper.blank',
  'paper.issue',
  'paper.make',
  'paper.makeBlank',
  'paper.number',
  'person.decide',
  'person.rebuild',
  'person.see',
  'person.take',
  'person.undecide',
  'report.make',
  'retention.decide',
  'retention.keep',
  'retention.sheet',
  'safety.makePaper',
  'safety.paper',
  'sealing.answerAsked',
  'sealing.apply',
  'sealing.askAbove',
  'sealing.certificate',
  'sealing.confirm',
  'sealing.read',
  'sealing.readAsked',
  'sealing.refuse',
  'sealing.takeAnswer',
  'sealing.withdraw',
  'system.backup',
  'system.drill',
  'system.dropAside',
  'system.enterDrill',
  'system.rebuild',
  'system.repairPage',
  'system.setSecondPlace',
  'template.add',
  'template.export',
  'template.retire',
  'transfer.describe',
  'transfer.print',
];

/** Logged when somebody begins to look. */
const looks: readonly MethodName[] = [
  'dossier.preview',
  'indicator.records',
  'issued.preview',
  'ledger.get',
  'paper.preview',
  'person.card',
  'safety.partiesOf',
  'transfer.list',
];

/** Logged with the records that were shown, where they were shown whole (whole-views.test.ts). */
const wholes: readonly MethodName[] = [
  'attachment.list',
  'deadline.board',
  'deadline.record',
  'destruction.get',
  'destruction.lists',
  'draft.list',
  'ledger.choices',
  'ledger.list',
  'ledger.related',
  'ledger.titles',
  'paper.list',
  'person.inRecord',
  'person.match',
  'person.seen',
  'person.warnings',
  'retention.review',
  'search.find',
];

const flagged = (flag: true | 'view' | 'whole') =>
  (Object.keys(methods) as MethodName[]).filter((name) => methods[name].audited === flag).sort();

test('what changes something or leaves the machine stands in the log each time', () => {
  expect(flagged(true)).toEqual(always);
});

test('what shows a person or a case stands in the log once a look', () => {
  expect(flagged('view')).toEqual(looks);
});

test('what shows names whole says of which records, in the log', () => {
  expect(flagged('whole')).toEqual(wholes);
});

test('nothing that writes the ledger goes without an entry', () => {
  const silent = (Object.keys(methods) as MethodName[]).filter(
    (name) => (methods[name].kind === 'command' || methods[name].kind === 'job') && !methods[name].audited,
  );
  expect(silent).toEqual([]);
});
