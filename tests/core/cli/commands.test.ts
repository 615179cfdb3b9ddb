import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoText } from '#shared/text/demo.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aPicture } from '#tests/fixtures/scans.ts';
import { aCommandLine, type CommandLine, secret } from './command-line.ts';

let line: CommandLine;
beforeAll(async () => {
  line = aCommandLine();
  await line.json('demo', '--cases', '40', '--years', '2022-2023', '--seed', '5');
}, 30_000);
afterAll(() => line.remove());

const keys = (value: object) => Object.keys(value).sort();

test('init: unit, installation, accounts, recovery key', async () => {
  const own = aCommandLine();
  try {
    const made = await own.json(
      'init',
      '--level',
      'county',
      '--unit',
      '620921',
      '--name',
      '金塔县司法局',
      '--parent',
      '6209',
      '--user',
      'chief',
    );
    expect(made).toEqual({
      unit: { id: expect.any(String), code: '620921', name: '金塔县司法局', level: 'county', parent: '6209' },
      installation: expect.stringMatching(/^[0-9a-f-]{36}$/),
      accounts: [
        {
          id: expect.any(String),
          name: 'chief',
          role: 'administrator',
          duties: ['system', 'security', 'audit'],
        },
      ],
      recoveryKey: expect.stringMatching(/^([2-9A-Z]{5}-){7}[2-9A-Z]{5}$/),
    });
    expect(fs.readdirSync(own.folder)).toEqual(
      expect.arrayContaining(['ledger.db', 'ledger.key', 'ledger.key.copy']),
    );
    expect((await own.refused('list', '--ledger', 'mediation')).code).toBe('sign-in-failed');
    expect(await own.json('list', '--ledger', 'mediation', '--user', 'chief')).toEqual({
      rows: [],
      total: 0,
    });
    expect((await own.refused('init', '--level', 'county', '--unit', '620921', '--name', 'x')).code).toBe(
      'ledger-present',
    );
  } finally {
    own.remove();
  }
});

test('init that is refused leaves no folder behind', async () => {
  const own = aCommandLine();
  try {
    expect((await own.refused('init', '--level', 'county', '--unit', '999999', '--name', 'x')).code).toBe(
      'area-unknown',
    );
    expect((await own.refused('init', '--level', 'station', '--unit', '620921', '--name', 'x')).code).toBe(
      'area-level',
    );
    const { status, err } = await own.run(
      [...own.on('init', '--level', 'county', '--unit', '620921', '--name', 'x'), '--json'],
      { LEDGER_PASSWORD: 'kurz' },
    );
    expect([status, JSON.parse(err).error.code]).toEqual([1, 'password-weak']);
    expect(fs.existsSync(own.folder)).toBe(false);
  } finally {
    own.remove();
  }
});

test('demo: a station of 620921 by its seed, one account a role, counts', async () => {
  const own = aCommandLine();
  try {
    const made = await own.json('demo', '--cases', '5', '--seed', '2');
    expect(made.unit).toMatchObject({
      code: expect.stringMatching(/^620921\d{3}$/),
      level: 'station',
      parent: '620921',
    });
    expect(
      made.accounts.map(({ name, role, password }: Record<string, string>) => [name, role, password]),
    ).toEqual([
      ['admin', 'administrator', secret],
      ['head', 'head', secret],
      ['clerk', 'clerk', secret],
      ['auditor', 'auditor', secret],
    ]);
    expect(keys(made)).toEqual(['accounts', 'counts', 'unit']);
    expect(made.counts.mediation).toBe(5);
    expect(await own.json('verify')).toEqual({ ok: true, findings: [] });
  } finally {
    own.remove();
  }
});

describe('records', () => {
  let id = '';
  test('record add gives the record with its fields beside id, number, state and version', async () => {
    const record = aMediation().against('同心商贸有限公司').agreed('2025-03-10').record();
    const saved = await line.json(
      'record',
      'add',
      '--ledger',
      'mediation',
      '--file',
      line.file('case.json', record),
    );
    expect(saved).toMatchObject({
      ...record,
      ledger: 'mediation',
      state: 'agreed',
      caseNo: expect.stringContaining('（2025）'),
      warnings: {},
    });
    id = saved.id;
  });

  test('attachments are added, listed and copied out from here too', async () => {
    const bytes = aPicture({ note: 'command line' });
    const file = line.at('收条.png');
    fs.writeFileSync(file, bytes);
    const added = await line.json('attachment', 'add', '--id', id, '--file', file, '--kind', 'performance');
    expect(added).toMatchObject({ recordId: id, title: '收条', kind: 'performance', pages: 1 });
    expect(await line.json('attachment', 'list', '--id', id)).toMatchObject({ rows: [{ id: added.id }] });
    const out = line.at('out.png');
    await line.json('attachment', 'export', '--id', added.id, '--out', out, '--reason', '移送');
    expect(fs.readFileSync(out).equals(bytes)).toBe(true);
    const again = ['attachment', 'export', '--id', added.id, '--out', out, '--reason', '移送'];
    expect(await line.refused(...again)).toMatchObject({ code: 'file-exists' });
    expect(await line.refused('attachment', 'list', '--id', 'x')).toMatchObject({ code: 'record-missing' });
    expect(
      await line.refused('attachment', 'export', '--id', 'x', '--out', out, '--reason', '移送'),
    ).toMatchObject({
      code: 'attachment-missing',
    });
    expect(await line.json('verify')).toMatchObject({ ok: true, attachments: { rows: 1 } });
  });

  test('record get adds events and versions', async () => {
    const whole = await line.json('record', 'get', '--id', id);
    expect(whole).toMatchObject({
      id,
      kind: '02',
      events: [],
      parties: [{ name: '柳春禾' }, { name: '同心商贸有限公司' }],
    });
    expect(whole.versions).toEqual([
      {
        version: whole.version,
        parents: [],
        at: expect.any(String),
        account: 'admin',
        installation: expect.any(String),
        changed: [],
      },
    ]);
  });

  test('record get and list give the codes of published lists, mappings what there are', async () => {
    const whole = await line.json('record', 'get', '--id', id);
    expect(whole.published).toContainEqual(
      expect.objectContaining({ mapping: 'disputeKind2016', code: '02', label: '邻里', isVerified: false }),
    );
    const { mappings, without } = await line.json('mappings');
    expect(mappings.map((one: { mapping: string }) => one.mapping)).toContain('performancePlatform');
    expect(without.length).toBeGreaterThan(5);
    const listed = ['list', '--ledger', 'mediation', '--limit', '1'];
    expect((await line.json(...listed)).rows[0]).not.toHaveProperty('published');
    const { rows } = await line.json(...listed, '--mapping', 'disputeKind2016,performancePlatform');
    expect(keys(rows[0].published)).toEqual(['disputeKind2016', 'performancePlatform']);
    const said = await line.run(line.on(...listed, '--mapping', 'disputeKind2016'));
    expect(said.out.split('\n')[1]).toMatch(/\t\d\d .+（待核实）$/);
    expect((await line.refused(...listed, '--mapping', 'none')).code).toBe('mapping-unknown');
  });

  test('record act takes a step, with the fields of a file', async () => {
    const refused = await line.refused('record', 'act', '--id', id, '--action', 'archive');
    expect(refused).toMatchObject({
      code: 'record-invalid',
      fields: { archivedOn: { problem: 'required' } },
    });
    const file = line.file('archive.json', { archivedOn: '2025-04-01' });
    expect(await line.json('record', 'act', '--id', id, '--action', 'archive', '--file', file)).toMatchObject(
      { id, state: 'archived', archivedOn: '2025-04-01' },
    );
    expect(
      (await line.refused('record', 'act', '--id', id, '--action', 'archive', '--file', file)).code,
    ).toBe('action-not-allowed');
  });

  test('a wrong record: the sentence names the field and the day', async () => {
    const file = line.file('wrong.json', aMediation().accepted('2025-02-30').record());
    const error = await line.refused('record', 'add', '--ledger', 'mediation', '--file', file);
    expect(error).toMatchObject({
      code: 'record-invalid',
      params: { count: 1 },
      fields: { acceptedOn: { problem: 'impossible-date', text: '2025-02-30' } },
    });
    expect(error.message).toMatch(/受理日期“2025-02-30”不是存在的日期/);
    const { status, out, err } = await line.run(
      line.on('record', 'add', '--ledger', 'mediation', '--file', file),
    );
    expect([status, out, err]).toEqual([1, '', `${demoText.commandLine}\n${error.message}\n`]);
  });

  test('a file that is no record', async () => {
    for (const content of ['{"a":', '[]', '"x"', 'null']) {
      const file = line.file('no-record.json', content);
      expect(await line.refused('record', 'add', '--ledger', 'mediation', '--file', file)).toMatchObject({
        code: 'json-broken',
        params: { file: 'no-record.json' },
      });
    }
    expect(
      (await line.refused('record', 'add', '--ledger', 'mediation', '--file', line.at('none.json'))).code,
    ).toBe('file-missing');
    expect((await line.refused('record', 'add', '--ledger', 'mediation', '--file', line.home)).code).toBe(
      'file-unreadable',
    );
    expect((await line.refused('record', 'get', '--id', 'nope')).code).toBe('record-missing');
    expect((await line.refused('record', 'get', '--id', '00000000-0000-7000-8000-000000000000')).code).toBe(
      'record-missing',
    );
    expect((await line.refused('record', 'get', '--id', 'x')).code).toBe('record-missing');
  });

  test('a file with a byte order mark is read', async () => {
    const file = line.file('bom.json', `\uFEFF${JSON.stringify(aMediation().record())}`);
    expect((await line.json('record', 'add', '--ledger', 'mediation', '--file', file)).state).toBe('open');
  });
});

test('list: rows with id, number and version; filter, sort, limit, offset', async () => {
  const all = await line.json('list', '--ledger', 'mediation', '--sort', 'acceptedOn', '--limit', '1000');
  expect(keys(all)).toEqual(['rows', 'total']);
  expect(all.rows).toHaveLength(all.total);
  const days = all.rows.map((row: Record<string, string>) => row.acceptedOn);
  expect(days).toEqual([...days].sort());
  expect(all.rows[0]).toMatchObject({
    id: expect.any(String),
    caseNo: expect.any(String),
    version: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  const page = await line.json(
    'list',
    '--ledger',
    'mediation',
    '--sort',
    'acceptedOn',
    '--limit',
    '3',
    '--offset',
    '2',
  );
  expect(page).toEqual({ rows: all.rows.slice(2, 5), total: all.total });
  const down = await line.json('list', '--ledger', 'mediation', '--sort=-acceptedOn', '--limit', '1');
  expect(down.rows[0].acceptedOn).toBe(days.at(-1));
  const of2022 = await line.json(
    'list',
    '--ledger',
    'mediation',
    '--filter',
    '{"acceptedOn":{"from":"2022-01-01","to":"2022-12-31"}}',
  );
  expect(of2022.total).toBe(days.filter((day: string) => day.startsWith('2022')).length);
  expect((await line.refused('list', '--ledger', 'mediation', '--sort', 'remark')).code).toBe(
    'filter-unknown',
  );
});

test('a list longer than the core gives at once comes whole, in order; a limit of 0 gives the total alone', async () => {
  const own = aCommandLine();
  try {
    await own.json('demo', '--cases', '1300', '--seed', '9');
    const all = await own.json('list', '--ledger', 'mediation', '--sort', 'caseNo', '--limit', '5000');
    expect([all.total, all.rows.length, new Set(all.rows.map(({ id }: { id: string }) => id)).size]).toEqual([
      1300, 1300, 1300,
    ]);
    const some = await own.json(
      'list',
      '--ledger',
      'mediation',
      '--sort',
      'caseNo',
      '--limit',
      '1100',
      '--offset',
      '150',
    );
    expect(some.rows).toEqual(all.rows.slice(150, 1250));
    expect(await own.json('list', '--ledger', 'mediation', '--limit', '0')).toEqual({
      rows: [],
      total: 1300,
    });
  } finally {
    own.remove();
  }
});

test('search: ledger, id, title, where it was found, and how long it took', async () => {
  const { id } = await line.json(
    'record',
    'add',
    '--ledger',
    'mediation',
    '--file',
    line.file('s.json', aMediation().between('亓官曜谧', '乙').record()),
  );
  for (const text of ['亓', '曜', '谧', '曜谧', 'qgym']) {
    const found = await line.json('search', text, '--reveal', '核对当事人');
    expect(found, text).toEqual({
      hits: [
        { ledger: 'mediation', id, title: expect.stringContaining('亓官曜谧'), matched: expect.any(String) },
      ],
      ms: expect.any(Number),
    });
    const masked = await line.json('search', text);
    expect(masked.hits).toMatchObject([{ id, title: expect.stringContaining('亓***') }]);
    expect(JSON.stringify(masked)).not.toContain('官曜谧');
  }
  expect((await line.json('search', '调解', '--limit', '2')).hits).toHaveLength(2);
});
