import type { Command, OptionSpec } from '../command.ts';
import type { ChoiceName } from './choices.ts';
import { sealingCommands } from './table-sealing.ts';

const text: OptionSpec = { type: 'string' };
const needed: OptionSpec = { type: 'string', required: true };
const flag: OptionSpec = { type: 'boolean' };
const of = (name: ChoiceName): OptionSpec => ({ ...text, of: name });
const neededOf = (name: ChoiceName): OptionSpec => ({ ...needed, of: name });

/** Every command with its options; what it does is in its own file. */
export const commands: Readonly<Record<string, Command>> = {
  init: {
    options: { level: neededOf('level'), unit: needed, name: needed, parent: text },
    words: 0,
    load: async () => (await import('./set-up.ts')).init,
  },
  demo: {
    options: { level: of('demoLevel'), cases: text, correction: text, years: text, seed: text },
    words: 0,
    load: async () => (await import('./set-up.ts')).demo,
  },
  'record add': {
    options: { ledger: neededOf('ledger'), file: needed },
    words: 0,
    load: async () => (await import('./records.ts')).add,
  },
  'record get': { options: { id: needed }, words: 0, load: async () => (await import('./records.ts')).get },
  'record act': {
    options: { id: needed, action: neededOf('step'), file: text },
    words: 0,
    load: async () => (await import('./records.ts')).act,
  },
  'attachment add': {
    options: { id: needed, file: needed, kind: neededOf('attachmentKind'), title: text },
    words: 0,
    load: async () => (await import('./attachments.ts')).add,
  },
  'attachment list': {
    options: { id: needed, removed: flag },
    words: 0,
    load: async () => (await import('./attachments.ts')).list,
  },
  'attachment export': {
    options: { id: needed, out: needed, reason: needed, force: flag },
    words: 0,
    load: async () => (await import('./attachments.ts')).copyOut,
  },
  list: {
    options: {
      ledger: neededOf('ledger'),
      filter: text,
      sort: text,
      limit: text,
      offset: text,
      mapping: text,
    },
    words: 0,
    load: async () => (await import('./lists.ts')).list,
  },
  mappings: { options: {}, words: 0, load: async () => (await import('./lists.ts')).mappings },
  search: { options: { limit: text }, words: 20, load: async () => (await import('./lists.ts')).search },
  deadlines: {
    options: { on: text },
    words: 0,
    load: async () => (await import('./deadlines.ts')).deadlines,
  },
  fields: {
    options: {},
    words: 0,
    load: async () => (await import('./fields.ts')).fields,
  },
  'fields turn': {
    options: { ledger: needed, field: needed, off: flag },
    words: 0,
    load: async () => (await import('./fields.ts')).turn,
  },
  'indicators set': {
    options: { year: needed, file: needed },
    words: 0,
    load: async () => (await import('./figures.ts')).set,
  },
  'indicators base': {
    options: { indicator: needed, base: needed },
    words: 0,
    load: async () => (await import('./figures.ts')).base,
  },
  indicators: {
    options: { year: needed, unit: text, outside: flag },
    words: 0,
    load: async () => (await import('./figures.ts')).indicators,
  },
  'records-behind': {
    options: { indicator: needed, year: needed },
    words: 0,
    load: async () => (await import('./figures.ts')).recordsBehind,
  },
  report: {
    options: { year: needed, out: needed, pdf: text, force: flag },
    words: 0,
    load: async () => (await import('./report.ts')).report,
  },
  document: {
    options: {
      id: needed,
      kind: neededOf('paper'),
      out: needed,
      pdf: text,
      copy: text,
      template: text,
      force: flag,
    },
    words: 0,
    load: async () => (await import('./papers.ts')).document,
  },
  dossier: {
    options: { id: needed, out: needed, pdf: text, volume: text, template: text, force: flag },
    words: 0,
    load: async () => (await import('./papers.ts')).dossier,
  },
  blank: {
    options: { kind: neededOf('paper'), number: text, 'is-unit': flag, out: needed, force: flag },
    words: 0,
    load: async () => (await import('./papers.ts')).blank,
  },
  hash: { options: {}, words: 0, load: async () => (await import('./care.ts')).hash },
  verify: { options: {}, words: 0, load: async () => (await import('./care.ts')).verify },
  backup: { options: { out: text }, words: 0, load: async () => (await import('./care.ts')).backup },
  drill: {
    options: { backup: text, second: flag },
    words: 0,
    load: async () => (await import('./care.ts')).drill,
  },
  'drill list': { options: {}, words: 0, load: async () => (await import('./care.ts')).drills },
  'drill enter': {
    options: { on: needed, by: needed, copy: needed, machine: needed, minutes: needed, failed: text },
    words: 0,
    load: async () => (await import('./care.ts')).enterDrill,
  },
  'second-place': {
    options: { folder: text, none: flag },
    words: 0,
    load: async () => (await import('./care.ts')).secondPlace,
  },
  'audit state': { options: {}, words: 0, load: async () => (await import('./audit.ts')).state },
  'audit list': {
    options: {
      file: text,
      from: text,
      to: text,
      account: text,
      machine: text,
      action: of('auditAction'),
      record: text,
      before: text,
      limit: text,
    },
    words: 0,
    load: async () => (await import('./audit.ts')).list,
  },
  'audit export': {
    options: { out: needed, reason: needed, from: text, to: text, force: flag },
    words: 0,
    load: async () => (await import('./audit.ts')).exportLog,
  },
  'audit check': {
    options: { file: needed, entry: text, code: text },
    words: 0,
    load: async () => (await import('./audit.ts')).checkFile,
  },
  'audit checks': { options: {}, words: 0, load: async () => (await import('./audit.ts')).checks },
  'audit confirm-key': {
    options: { check: needed, code: needed },
    words: 0,
    load: async () => (await import('./audit.ts')).confirmKey,
  },
  'retention periods': {
    options: {},
    words: 0,
    load: async () => (await import('./retention.ts')).periods,
  },
  'retention review': {
    options: { what: of('review'), kind: of('fileKind'), on: text, pdf: text, force: flag },
    words: 0,
    load: async () => (await import('./retention.ts')).review,
  },
  'retention lists': {
    options: {},
    words: 0,
    load: async () => (await import('./retention.ts')).destructionLists,
  },
  'account list': { options: {}, words: 0, load: async () => (await import('./accounts.ts')).list },
  'account create': {
    options: {
      name: needed,
      role: of('role'),
      duties: of('duty'),
      unit: text,
      ledgers: of('ledgers'),
      'new-password-file': text,
    },
    words: 0,
    load: async () => (await import('./accounts.ts')).create,
  },
  'account change': {
    options: { name: needed, role: of('role'), duties: of('duty'), unit: text, ledgers: of('ledgers') },
    words: 0,
    load: async () => (await import('./accounts.ts')).change,
  },
  'account disable': {
    options: { name: needed, reason: needed },
    words: 0,
    load: async () => (await import('./accounts.ts')).disable,
  },
  'account enable': {
    options: { name: needed },
    words: 0,
    load: async () => (await import('./accounts.ts')).enable,
  },
  'account reset': {
    options: { name: needed, 'new-password-file': text },
    words: 0,
    load: async () => (await import('./accounts.ts')).reset,
  },
  password: {
    options: { 'new-password-file': text },
    words: 0,
    load: async () => (await import('./own-password.ts')).change,
  },
  recover: {
    options: { account: needed, 'recovery-key-file': text, 'new-password-file': text },
    words: 0,
    isUnsigned: true,
    load: async () => (await import('./own-password.ts')).recover,
  },
  'password-help state': {
    options: {},
    words: 0,
    load: async () => (await import('./password-help.ts')).state,
  },
  'password-help card': {
    options: { out: needed, force: flag },
    words: 0,
    load: async () => (await import('./password-help.ts')).card,
  },
  'password-help trust': {
    options: { file: needed },
    words: 0,
    load: async () => (await import('./password-help.ts')).trust,
  },
  'password-help ask': {
    options: { account: needed, out: needed, 'new-password-file': text, force: flag, replace: flag },
    words: 0,
    isUnsigned: true,
    load: async () => (await import('./password-help.ts')).ask,
  },
  'password-help answer': {
    options: { file: needed, code: needed, reason: needed, out: needed, force: flag },
    words: 0,
    load: async () => (await import('./password-help.ts')).give,
  },
  'password-help finish': {
    options: { file: needed, 'new-password-file': text },
    words: 0,
    isUnsigned: true,
    load: async () => (await import('./password-help.ts')).finish,
  },
  ...sealingCommands,
  'transfer list': {
    options: {
      direction: neededOf('direction'),
      from: text,
      to: text,
      undescribed: flag,
      before: text,
      limit: text,
    },
    words: 0,
    load: async () => (await import('./safety.ts')).transfers,
  },
  'transfer describe': {
    options: {
      entries: needed,
      partner: needed,
      purpose: needed,
      medium: text,
      approver: text,
      scan: of('scanResult'),
    },
    words: 0,
    load: async () => (await import('./safety.ts')).describeTransfers,
  },
  'safety-paper': {
    options: { kind: neededOf('safetyPaper'), out: needed, id: text, force: flag },
    words: 0,
    load: async () => (await import('./safety.ts')).paper,
  },
  'self-check': {
    options: { year: needed, out: needed, force: flag },
    words: 0,
    load: async () => (await import('./safety.ts')).selfCheck,
  },
  repair: { options: {}, words: 0, load: async () => (await import('./rescue.ts')).repair },
  move: { options: { out: needed }, words: 0, load: async () => (await import('./rescue.ts')).move },
  'go-on': {
    options: { reason: needed, beside: flag },
    words: 0,
    isUnsigned: true,
    load: async () => (await import('./rescue.ts')).goOn,
  },
  'take-key': {
    options: { file: text },
    words: 0,
    isUnsigned: true,
    load: async () => (await import('./rescue.ts')).takeKey,
  },
  diagnose: {
    options: { out: needed },
    words: 0,
    isUnsigned: true,
    load: async () => (await import('./rescue.ts')).diagnose,
  },
  restore: {
    options: { file: needed, other: flag },
    words: 0,
    maySign: true,
    load: async () => (await import('./care.ts')).restore,
  },
  bench: {
    options: { records: text },
    words: 0,
    isAlone: true,
    load: async () => (await import('./bench.ts')).bench,
  },
};

export const generalOptions: Readonly<Record<string, OptionSpec>> = {
  dir: text,
  user: text,
  'password-file': text,
  json: flag,
  wait: text,
  reveal: text,
  help: flag,
};
