// The command line is one way out more: each role may by it what it may in the window, and sees it as masked as there.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from '#cli/commands/table.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aCommandLine, type CommandLine } from './command-line.ts';

const everybody = ['admin', 'head', 'clerk', 'auditor'] as const;
const names = ['亓官曜谧', '濮阳霁宸'] as const;
const number = makeIdentityNumber('1987-03-14', 11);
const secrets = [...names, number, '16409995511', '隐庐巷七十九号'];
let line: CommandLine;
let id: string;
/** One of nobody. */
const application = '0197a000-0000-7000-8000-000000000002';

beforeAll(async () => {
  line = aCommandLine();
  await line.json('demo', '--cases', '0');
  const record = aMediation()
    .accepted('2025-05-20')
    .between(...names)
    .withApplicant({ idNumber: number, phone: '16409995511', address: '金塔县东坝镇隐庐巷七十九号' })
    .record();
  ({ id } = await line.json(
    'record',
    'add',
    '--ledger',
    'mediation',
    '--file',
    line.file('case.json', record),
  ));
}, 60_000);
afterAll(() => line.remove());

type Row = [words: () => string[], who: readonly (typeof everybody)[number][]];
/** A line of each command that signs somebody in, and who may; what else is wrong with it comes after the right. */
const table: Record<string, Row> = {
  'record add': [
    () => ['--ledger', 'mediation', '--file', line.file('bare.json', {})],
    ['admin', 'head', 'clerk'],
  ],
  'record get': [() => ['--id', id], everybody],
  'record act': [() => ['--id', id, '--action', 'nothing'], ['admin', 'head', 'clerk']],
  'attachment add': [
    () => ['--id', id, '--file', line.file('no.png', 'x'), '--kind', 'site'],
    ['admin', 'head', 'clerk'],
  ],
  'attachment list': [() => ['--id', id], everybody],
  'attachment export': [
    () => ['--id', id, '--out', line.at('a.png'), '--reason', '移送'],
    ['admin', 'head', 'clerk'],
  ],
  list: [() => ['--ledger', 'mediation'], everybody],
  mappings: [() => [], everybody],
  search: [() => [names[0].slice(0, 1)], everybody],
  deadlines: [() => ['--on', '2030-01-01'], everybody],
  fields: [() => [], everybody],
  'fields turn': [() => ['--ledger', 'correction', '--field', 'none'], ['admin', 'head']],
  'indicators base': [() => ['--indicator', 'none', '--base', 'none'], ['admin', 'head']],
  'indicators set': [() => ['--year', '2025', '--file', line.file('f.csv', 'x')], ['admin', 'head']],
  indicators: [() => ['--year', '2025'], everybody],
  'records-behind': [() => ['--indicator', 'mediation.cases', '--year', '2025'], everybody],
  report: [() => ['--year', '2025', '--out', line.at('r.docx'), '--force'], ['admin', 'head']],
  document: [() => ['--id', id, '--kind', 'none', '--out', line.at('d.docx')], ['admin', 'head', 'clerk']],
  dossier: [() => ['--id', id, '--out', line.at('o.docx'), '--force'], ['admin', 'head', 'clerk']],
  blank: [() => ['--kind', 'none', '--out', line.at('b.docx')], everybody],
  'retention periods': [() => [], everybody],
  'retention review': [() => ['--what', 'ended'], everybody],
  'retention lists': [() => [], everybody],
  hash: [() => [], everybody],
  verify: [() => [], everybody],
  backup: [() => ['--out', line.at('copies')], everybody],
  drill: [() => ['--backup', 'ledger-20000101-000000.db'], ['admin']],
  'drill list': [() => [], everybody],
  'drill enter': [
    () => [
      ...['--on', '2999-01-01', '--by', '李秀英', '--copy', 'U盘', '--machine', '值班电脑'],
      ...['--minutes', '20'],
    ],
    ['admin'],
  ],
  'second-place': [() => ['--none'], ['admin']],
  'audit state': [() => [], ['auditor']],
  'audit export': [() => ['--out', line.at('log'), '--reason', '检查', '--force'], ['auditor']],
  'account list': [() => [], ['head', 'auditor']],
  // Of a name that is taken; of duties that nobody would hold any more; with a password that is too short.
  'account create': [
    () => ['--name', 'clerk', '--new-password-file', line.file('p', 'qinghe-2025')],
    ['head'],
  ],
  'account change': [() => ['--name', 'auditor', '--duties', 'none'], ['head']],
  'account disable': [() => ['--name', 'auditor', '--reason', '调离'], ['head']],
  'account enable': [() => ['--name', 'clerk'], ['head']],
  'account reset': [() => ['--name', 'clerk', '--new-password-file', line.file('p', 'x')], ['head']],
  password: [() => ['--new-password-file', line.file('p', 'x')], everybody],
  'password-help state': [() => [], ['head', 'auditor']],
  'password-help card': [() => ['--out', line.at('card.json'), '--force'], ['head']],
  'password-help trust': [() => ['--file', line.file('t.json', 'x')], ['head']],
  'password-help answer': [
    () => ['--file', line.file('r.json', 'x'), '--code', 'x', '--reason', '来电', '--out', line.at('a.json')],
    ['head'],
  ],
  'sealing list': [() => [], ['admin', 'head', 'clerk']],
  'sealing propose': [() => ['--id', id], ['admin', 'head', 'clerk']],
  // Of a ground that is none for it; of an application that waits no more.
  'sealing apply': [
    () => ['--id', '0197a000-0000-7000-8000-000000000001', '--basis', 'minorCrime', '--reason', '依法封存'],
    ['admin', 'head', 'clerk'],
  ],
  'sealing withdraw': [() => ['--id', application], ['admin', 'head', 'clerk']],
  'sealing certificate': [
    () => ['--id', '0197a000-0000-7000-8000-000000000001', '--pdf', line.at('z.pdf')],
    ['admin', 'head', 'clerk'],
  ],
  'sealing ask': [
    () => ['--id', '0197a000-0000-7000-8000-000000000001', '--out', line.at('q.json'), '--force'],
    ['admin', 'head', 'clerk'],
  ],
  'sealing read': [() => ['--file', line.file('q.json', 'x')], ['admin', 'head']],
  'sealing answer': [
    () => [
      ...['--file', line.file('q.json', 'x'), '--code', 'x', '--outcome', 'granted', '--reason', '属实'],
      ...['--out', line.at('b.json')],
    ],
    ['admin', 'head'],
  ],
  'sealing take': [() => ['--file', line.file('b.json', 'x')], ['admin', 'head', 'clerk']],
  'transfer list': [() => ['--direction', 'out'], everybody],
  'transfer describe': [() => ['--entries', '999999', '--partner', 'x', '--purpose', 'x'], everybody],
  'safety-paper': [() => ['--kind', 'privacyNotice', '--out', line.at('s.docx'), '--force'], everybody],
  'self-check': [() => ['--year', '2025', '--out', line.at('c.docx'), '--force'], everybody],
  move: [() => ['--out', line.at('none')], ['admin']],
};
/** Those of the log of another unit are asked in audit.test.ts; the rest need no account, or make their own. */
const elsewhere = [
  ...['init', 'demo', 'audit list', 'audit check', 'audit checks', 'audit confirm-key', 'repair', 'go-on'],
  ...['take-key', 'diagnose', 'restore', 'bench', 'password-help ask', 'password-help finish', 'recover'],
];

test('every command is here', () => {
  expect(Object.keys(commands).filter((name) => !(name in table) && !elsewhere.includes(name))).toEqual([]);
});

const asked = Object.entries(table).filter(([name]) => name !== 'move');
test.each(asked)('%s', { timeout: 60_000 }, async (name, [words, who]) => {
  for (const user of everybody) {
    const { err } = await line.run([...line.on(...name.split(' '), ...words()), '--user', user, '--json']);
    const code = err === '' ? 'done' : JSON.parse(err).error.code;
    if (who.includes(user)) expect(code, user).not.toBe('no-right');
    else expect(code, user).toBe('no-right');
  }
});

test('nobody sees a name, number or address without a reason; who may sees them with one', {
  timeout: 60_000,
}, async () => {
  const reading = [
    'list',
    'search',
    'deadlines',
    'records-behind',
    'indicators',
    'attachment list',
    'verify',
  ];
  for (const name of reading)
    for (const user of everybody) {
      const spoken = await line.run([
        ...line.on(...name.split(' '), ...(table[name]?.[0]() ?? [])),
        '--user',
        user,
      ]);
      for (const secret of secrets) expect(spoken.out + spoken.err, `${name} ${user}`).not.toContain(secret);
    }
  const whole = [...line.on('list', '--ledger', 'mediation'), '--json', '--reveal', '核对'];
  for (const user of ['admin', 'head', 'clerk'])
    expect((await line.run([...whole, '--user', user])).out).toContain(names[0]);
  const { out, err } = await line.run([...whole, '--user', 'auditor']);
  expect([out, JSON.parse(err).error.code]).toEqual(['', 'no-right']);
  // A record that is asked for is shown to an auditor as masked as in the window.
  const got = await line.run([...line.on('record', 'get', '--id', id), '--json', '--user', 'auditor']);
  for (const secret of secrets) expect(got.out).not.toContain(secret);
});

test('move: who looks after the ledger, and nobody else', async () => {
  for (const user of ['head', 'clerk', 'auditor'])
    expect((await line.refused('move', '--out', line.at('none'), '--user', user)).code, user).toBe(
      'no-right',
    );
});
