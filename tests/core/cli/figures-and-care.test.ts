import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aCommandLine, type CommandLine } from './command-line.ts';

let line: CommandLine;
beforeAll(async () => {
  line = aCommandLine();
  await line.json('demo', '--cases', '40', '--years', '2022-2023', '--seed', '5');
}, 30_000);
afterAll(() => line.remove());

describe('figures', () => {
  test('indicators set: what was set, and the names nobody knows', async () => {
    const text = [
      'section,topic,indicator,printed_value',
      '一(一),三是 督察指导,开展法治督察,4次',
      '九,没有,没有这个指标,5件',
      '',
    ].join('\n');
    expect(
      await line.json('indicators', 'set', '--year', '2022', '--file', line.file('f.csv', text)),
    ).toEqual({ set: 1, unknown: ['没有这个指标'] });
  });

  test('indicators: every figure by its code', async () => {
    const { indicators } = await line.json('indicators', '--year', '2022');
    expect(Object.keys(indicators).length).toBeGreaterThan(150);
    expect(indicators['supervision.inspections']).toEqual({
      name: '开展法治督察',
      value: 4,
      numerator: null,
      denominator: null,
      unit: '次',
      qualifier: null,
      printed: '4次',
      source: 'manual',
      records: 0,
    });
    const all = await line.json('list', '--ledger', 'mediation', '--limit', '1000');
    const of2022 = all.rows.filter((row: Record<string, string>) => row.acceptedOn?.startsWith('2022'));
    const { records } = await line.json('records-behind', '--indicator', 'mediation.cases', '--year', '2022');
    expect(indicators['mediation.cases']).toMatchObject({
      value: of2022.length,
      source: 'ledger',
      records: of2022.length,
    });
    expect(records).toHaveLength(of2022.length);
    expect(new Set(records.map(({ id }: { id: string }) => id))).toEqual(
      new Set(of2022.map(({ id }: { id: string }) => id)),
    );
    expect(records[0]).toEqual({ ledger: 'mediation', id: expect.any(String) });
    expect((await line.refused('records-behind', '--indicator', 'nothing.here', '--year', '2022')).code).toBe(
      'indicator-unknown',
    );
  });

  test('report: the demo prints every figure; an existing file is refused without --force', async () => {
    const out = line.at('report.docx');
    const made = await line.json('report', '--year', '2023', '--out', out);
    expect(made).toEqual({ file: out, figures: 151, findings: [], ms: expect.any(Number) });
    const bytes = fs.readFileSync(out);
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
    expect(await line.refused('report', '--year', '2023', '--out', out)).toMatchObject({
      code: 'file-exists',
      params: { file: 'report.docx' },
    });
    expect(fs.readFileSync(out).equals(bytes)).toBe(true);
    await line.json('report', '--year', '2023', '--out', out, '--force');
    expect(fs.readdirSync(line.home).filter((name) => name.includes('.tmp'))).toEqual([]);
    expect(
      (await line.refused('report', '--year', '2023', '--out', line.at('no/such/folder/r.docx'))).code,
    ).toBe('file-unwritable');
  });
});

describe('care', () => {
  test('hash changes with the content only; verify finds nothing', async () => {
    const first = await line.json('hash');
    expect(first).toEqual({ hash: expect.stringMatching(/^[0-9a-f]{64}$/), records: expect.any(Number) });
    expect(await line.json('hash')).toEqual(first);
    expect(await line.json('verify')).toEqual({ ok: true, findings: [] });
  });

  test('backup makes a copy that restore goes back to, from here and on another machine', async () => {
    const before = await line.json('hash');
    const { file } = await line.json('backup', '--out', line.at('copies'));
    expect(fs.existsSync(file)).toBe(true);
    await line.json(
      'record',
      'add',
      '--ledger',
      'mediation',
      '--file',
      line.file('later.json', aMediation().record()),
    );
    expect(await line.json('hash')).not.toEqual(before);
    expect(await line.json('restore', '--file', file)).toEqual({ file });
    expect(await line.json('hash')).toEqual(before);
    const other = aCommandLine();
    try {
      fs.mkdirSync(other.folder);
      await other.json('restore', '--file', file);
      expect(await other.json('hash')).toEqual(before);
    } finally {
      other.remove();
    }
  });

  test('a second place takes a copy, a drill of it says whether it would bring the ledger back', async () => {
    const folder = line.at('second');
    fs.mkdirSync(folder);
    expect((await line.refused('drill', '--second')).code).toBe('second-place-none');
    const { second } = await line.json('second-place', '--folder', folder);
    expect(second).toMatchObject({ folder, isThere: true, lastGoodAt: null, failure: null });
    const { file } = await line.json('backup', '--out', path.join(folder, fs.readdirSync(folder)[0] ?? ''));
    const { records } = await line.json('hash');
    expect(await line.json('drill', '--second')).toMatchObject({
      copy: path.basename(file),
      place: 'second',
      records,
      fault: null,
    });
    // Out of its slot: that is said, with when it was last written
    fs.renameSync(folder, `${folder}-out`);
    const { out } = await line.run(line.on('second-place'));
    expect(out).toMatch(/现在不在.*\n/);
    expect((await line.refused('drill', '--second')).code).toBe('second-place-absent');
    fs.renameSync(`${folder}-out`, folder);
    expect(await line.json('second-place', '--none')).toEqual({ second: null });
    expect((await line.run(line.on('second-place', '--none', '--folder', folder))).status).toBe(2);
  });

  test('a drill done by hand is entered, and stands in the list with those that were run', async () => {
    const by = ['--on', '2024-11-05', '--by', '李秀英', '--copy', '蓝色U盘', '--machine', '值班电脑'];
    const { drills } = await line.json('drill', 'enter', ...by, '--minutes', '40', '--failed', '附件打不开');
    const entered = { isByHand: true, on: '2024-11-05', by: '李秀英', minutes: 40, fault: '附件打不开' };
    expect(drills.at(-1)).toMatchObject(entered);
    const { out } = await line.run(line.on('drill', 'list'));
    expect(out).toContain('2024-11-05\t李秀英\t蓝色U盘（值班电脑）\t40 分钟\t附件打不开\t手工登记');
    for (const wrong of [
      ['--minutes', '0'],
      ['--minutes', 'viele'],
    ])
      expect((await line.run(line.on('drill', 'enter', ...by, ...wrong))).status).toBe(2);
  });

  test('a copy that is damaged, or of another ledger, is refused and nothing is moved', async () => {
    const before = await line.json('hash');
    const { file } = await line.json('backup', '--out', line.at('bad-copies'));
    const handle = fs.openSync(file, 'r+');
    fs.writeSync(handle, Buffer.alloc(4096, 7), 0, 4096, 8192);
    fs.closeSync(handle);
    expect((await line.refused('restore', '--file', file)).code).toBe('backup-damaged');
    const other = aCommandLine();
    try {
      await other.json('init', '--level', 'station', '--unit', '620921103', '--name', '东坝镇司法所');
      const foreign = await other.json('backup', '--out', other.at('copies'));
      const refused = await line.refused('restore', '--file', foreign.file);
      expect(refused).toMatchObject({ code: 'backup-foreign', params: { unit: '东坝镇司法所' } });
      expect(await line.json('hash')).toEqual(before);
      // Said once more it takes the other's place.
      const third = aCommandLine();
      await third.json('init', '--level', 'station', '--unit', '620921103', '--name', '三合镇司法所');
      expect((await third.refused('restore', '--file', foreign.file)).code).toBe('backup-foreign');
      await third.json('restore', '--file', foreign.file, '--other');
      expect(await third.json('hash')).toEqual(await other.json('hash'));
      third.remove();
    } finally {
      other.remove();
    }
    expect((await line.refused('restore', '--file', line.at('none.db'))).code).toBe('file-missing');
    expect(await line.json('hash')).toEqual(before);
  });

  test('moved away, taken back, a key from beside a copy, a diagnosis, a repair: each by a command', async () => {
    const own = aCommandLine();
    try {
      await own.json('demo', '--cases', '3');
      fs.mkdirSync(own.at('stick'));
      const before = await own.json('hash');
      const moved = await own.json('move', '--out', own.at('stick'));
      expect(fs.existsSync(path.join(String(moved.folder), String(moved.copy)))).toBe(true);
      expect((await own.refused('hash')).code).toBe('ledger-moved');
      expect(await own.json('go-on', '--reason', '没有搬成')).toEqual({ takesOver: true });
      expect(await own.json('hash')).toEqual(before);
      await own.json('backup', '--out', path.join(own.folder, 'backups'));
      for (const name of ['ledger.key', 'ledger.key.copy']) fs.rmSync(path.join(own.folder, name));
      expect((await own.refused('hash')).code).toBe('ledger-without-key');
      await own.json('diagnose', '--out', own.at('diagnosis.json'));
      expect(JSON.parse(fs.readFileSync(own.at('diagnosis.json'), 'utf8')).failure).toEqual({
        code: 'ledger-without-key',
      });
      await own.json('take-key');
      expect(await own.json('hash')).toEqual(before);
      expect((await own.refused('repair')).code).toBe('repair-needless');
      const ledger = path.join(own.folder, 'ledger.db');
      fs.truncateSync(ledger, fs.statSync(ledger).size - 2000);
      expect((await own.refused('hash')).code).toBe('damaged');
      expect(await own.json('repair')).toMatchObject({ lost: 0 });
      expect(await own.json('hash')).toEqual(before);
    } finally {
      own.remove();
    }
  });

  test('who may not look after accounts is not asked about them after a restore, and nothing of it is a refusal', async () => {
    const own = aCommandLine();
    try {
      await own.json('demo', '--cases', '3');
      const { accounts } = await own.json('account', 'list', '--user', 'head');
      const keeper = (accounts as { name: string; duties: string[] }[]).find(
        ({ name, duties }) => name === 'admin' && !duties.includes('security'),
      );
      expect(keeper?.duties).toEqual(['system']);
      const { file } = await own.json('backup', '--out', own.at('copies'));
      const { out } = await own.run(own.on('restore', '--file', String(file)));
      expect(out).toContain('担任安全管理的人');
      const { entries } = await own.json('audit', 'list', '--user', 'auditor', '--action', 'refused');
      expect(entries).toEqual([]);
    } finally {
      own.remove();
    }
  });

  test('a ledger that cannot be opened any more goes back to a copy', async () => {
    const own = aCommandLine();
    try {
      await own.json('demo', '--cases', '3');
      const before = await own.json('hash');
      const { file } = await own.json('backup', '--out', own.at('copies'));
      fs.writeFileSync(path.join(own.folder, 'ledger.db'), Buffer.alloc(65_536, 1));
      expect((await own.refused('hash')).code).toBe('damaged');
      await own.json('restore', '--file', file);
      expect(await own.json('hash')).toEqual(before);
    } finally {
      own.remove();
    }
  });
});
