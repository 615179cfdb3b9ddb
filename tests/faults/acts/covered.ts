import type { MethodName } from '#shared/api/methods.ts';

/**
 * Methods that may write and are no act of their own: `as` names an act that writes by the same way and nothing besides;
 * without it the method leaves nothing on the disk that could be cut short. covered.test.ts asks for each method.
 */
export type Excuse = { as?: string; because: string };

const oneRow = { as: 'confirming a period', because: 'rows of one register in one transaction' };
const parts = { as: 'lending a medium', because: 'the one write path, one transaction' };
const job = { as: 'figures from a table', because: 'a job: read outside, one transaction' };
const entry = { as: 'describing a transfer', because: 'one entry of the log' };
const paper = {
  as: 'a paper',
  because: 'a document made by a helper and written whole, one entry of the log',
};
const file = { as: 'an export of the log', because: 'a file written whole, one entry of the log' };
const draft = { as: 'keeping a draft', because: 'one transaction in the file of drafts' };
const numbers = { as: 'reserving paper numbers', because: 'rows, and the signed file beside the ledger' };
const nothing = { because: 'nothing is written' };
const later = { because: 'its entry in the log waits for room, and nothing else is written' };

export const excused: Partial<Record<MethodName, Excuse>> = {
  'program.state': nothing,
  'program.use': nothing,
  'program.guide': nothing,
  'setup.areas': nothing,
  'session.current': nothing,
  'session.confirm': nothing,
  'help.waiting': nothing,
  'setup.demo': { as: 'setting up', because: 'a ledger made whole under another name, then renamed' },
  'session.lock': later,
  'session.unlock': later,
  'session.signOut': later,
  'session.reveal': entry,
  'session.veil': entry,
  'sealing.apply': oneRow,
  'sealing.withdraw': numbers,
  'sealing.refuse': numbers,
  'sealing.read': entry,
  'sealing.readAsked': entry,
  'enquiry.register': oneRow,
  'enquiry.open': oneRow,
  'enquiry.answer': oneRow,
  'enquiry.view': entry,
  'enquiry.paper': entry,
  'retention.keep': oneRow,
  'destruction.add': oneRow,
  'destruction.remove': oneRow,
  'destruction.approve': oneRow,
  'destruction.withdraw': oneRow,
  'codes.define': oneRow,
  'codes.confirm': oneRow,
  'fields.turn': oneRow,
  'mapping.decide': oneRow,
  'deadline.confirm': { as: 'saving many', because: 'a rule and its rows anew in one transaction' },
  'person.decide': oneRow,
  'person.undecide': oneRow,
  'person.see': oneRow,
  'indicator.enter': oneRow,
  'system.enterDrill': oneRow,
  'indicator.chooseBase': oneRow,
  'template.retire': oneRow,
  'attachment.remove': parts,
  'audit.checkFile': job,
  'audit.confirmKey': oneRow,
  'calendar.import': job,
  'template.add': job,
  'person.rebuild': { as: 'saving many', because: 'an index anew in one transaction' },
  'system.rebuild': { as: 'saving many', because: 'an index anew in one transaction' },
  'paper.issue': { as: 'a paper', because: 'the same without the file' },
  'dossier.issue': { as: 'the whole file of a case', because: 'the same without the file' },
  'paper.makeBlank': paper,
  'issued.make': paper,
  'safety.makePaper': paper,
  'template.export': file,
  'template.makePlaces': paper,
  'draft.list': nothing,
  'draft.handOver': draft,
  'draft.discard': draft,
  'number.change': numbers,
  'paper.number': oneRow,
  'number.return': numbers,
  'number.assign': numbers,
  'number.grant': numbers,
  'number.receive': numbers,
  'number.raise': numbers,
};
