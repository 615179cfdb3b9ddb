// What a restore put aside holds what is sealed later: it does not stay for ever.
import fs from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { inFolder } from '#core/db/folder.ts';
import { asideDays, copiesKept } from '#shared/domain/keeping-copies.ts';
import { destructionText } from '#shared/text/retention.ts';
import { sealingText } from '#shared/text/sealing.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

test('a ledger that was set aside is there for ninety days, and goes when copies are given up', async () => {
  const program = await aProgram();
  try {
    await program.save(aMediation());
    const { name: backup } = await program.call('system.backup', {});
    const later = (days: number) => {
      program.clock.now = new Date(program.clock.now.getTime() + days * 86_400_000);
    };
    later(1);
    await program.call('program.restore', { backup });
    await program.signInAgain();
    const aside = inFolder(program.folder, 'aside');
    fs.writeFileSync(`${aside}/notes.txt`, 'somebody else put this here');
    expect(fs.readdirSync(aside)).toHaveLength(2);
    later(89);
    await program.signInAgain();
    await program.call('system.backup', {});
    expect(fs.readdirSync(aside)).toHaveLength(2);
    later(3);
    await program.signInAgain();
    await program.call('system.backup', {});
    expect(fs.readdirSync(aside)).toEqual(['notes.txt']);
  } finally {
    await program.close();
  }
});

describe('away with it before its time', () => {
  let program: Program;
  let aside: string;
  const later = (seconds: number) => {
    program.clock.now = new Date(program.clock.now.getTime() + seconds * 1000);
  };
  beforeEach(async () => {
    program = await aProgram({ everyRole: true });
    aside = inFolder(program.folder, 'aside');
    const { name: backup } = await program.call('system.backup', {});
    for (const _turn of [1, 2]) {
      later(60);
      await program.call('program.restore', { backup });
      await program.signInAgain();
    }
    fs.writeFileSync(`${aside}/notes.txt`, 'somebody else put this here');
  });
  afterEach(() => program.close());

  test('what is set aside is told with the day it goes; given up, it is gone, and the log says what and by whom', async () => {
    later(60);
    await program.call('system.backup', {});
    const { entries, others, neededFor } = await program.call('system.aside', {});
    expect([entries.length, others, neededFor]).toEqual([2, 1, null]);
    const [newest] = entries;
    expect(newest).toMatchObject({
      kind: 'ledger',
      at: '2025-06-30T02:02:00.000Z',
      goesAt: '2025-09-29T02:02:00.000Z',
    });
    expect(newest?.bytes).toBeGreaterThan(100_000);
    const names = entries.map(({ name }) => name);
    expect(names.map((name) => fs.existsSync(`${aside}/${name}/ledger.db`))).toEqual([true, true]);
    const left = await program.call('system.dropAside', { names: names.slice(1) });
    expect(left.entries).toEqual([newest]);
    expect(fs.readdirSync(aside).sort()).toEqual([names[0], 'notes.txt'].sort());
    await program.call('system.dropAside', { names: names.slice(0, 1) });
    expect(fs.readdirSync(aside)).toEqual(['notes.txt']);
    const auditor = await program.signIn('auditor');
    const { entries: logged } = await auditor.call('audit.list', { actions: ['system.dropAside'] });
    expect(logged.map(({ account, detail }) => [account, detail])).toEqual([
      ['admin', { aside: [names[0]] }],
      ['admin', { aside: [names[1]] }],
    ]);
  });

  test('what another program holds is told to whoever gave it up, and can be given up again', async () => {
    later(60);
    await program.call('system.backup', {});
    const names = (await program.call('system.aside', {})).entries.map(({ name }) => name);
    const remove = fs.rmSync.bind(fs);
    vi.spyOn(fs, 'rmSync').mockImplementation((at, options) => {
      if (!String(at).endsWith(names[0] ?? '-')) return remove(at, options);
      throw Object.assign(new Error('held'), { code: 'EBUSY' });
    });
    await program.call('system.dropAside', { names });
    vi.restoreAllMocks();
    expect(program.events).toContainEqual({
      event: 'leftUndone',
      failure: { code: 'aside-kept', params: { folder: aside, count: 1 } },
    });
    const { entries } = await program.call('system.aside', {});
    expect(entries.map(({ name }) => name)).toEqual([names[0]]);
    await program.call('system.dropAside', { names: names.slice(0, 1) });
    expect((await program.call('system.aside', {})).entries).toEqual([]);
  });

  test('what is too old and held stays until the next copy, which is made all the same', async () => {
    later(92 * 86_400);
    await program.signInAgain();
    const remove = fs.rmSync.bind(fs);
    vi.spyOn(fs, 'rmSync').mockImplementation((at, options) => {
      if (!String(at).startsWith(aside) && !/backups.ledger-[\d-]+\.db$/.test(String(at)))
        return remove(at, options);
      throw Object.assign(new Error('held'), { code: 'EBUSY' });
    });
    const made = await program.call('system.backup', {});
    vi.restoreAllMocks();
    expect(fs.existsSync(made.file)).toBe(true);
    expect((await program.call('system.aside', {})).entries).toHaveLength(2);
    later(60);
    await program.call('system.backup', {});
    expect((await program.call('system.aside', {})).entries).toEqual([]);
  });

  test('not while no copy was made since, nor while the ledger is damaged', async () => {
    const names = (await program.call('system.aside', {})).entries.map(({ name }) => name);
    const refused = () => program.refused('system.dropAside', { names });
    expect(await refused()).toMatchObject({ code: 'aside-needed', params: { why: 'copy' } });
    later(60);
    await program.call('system.backup', {});
    fs.writeFileSync(inFolder(program.folder, 'damaged'), '');
    expect(await refused()).toMatchObject({ code: 'aside-needed', params: { why: 'damaged' } });
    expect(fs.readdirSync(aside)).toHaveLength(3);
    fs.rmSync(inFolder(program.folder, 'damaged'));
    await program.call('system.dropAside', { names });
  });

  test('what was not on the list, or lies elsewhere, is not touched; without the right or the password nothing is', async () => {
    later(60);
    await program.call('system.backup', {});
    for (const name of ['notes.txt', '../ledger.db', '..', '2025-01-01T00-00-00-000Z'])
      expect((await program.refused('system.dropAside', { names: [name] })).code, name).toBe('file-missing');
    const names = (await program.call('system.aside', {})).entries.map(({ name }) => name);
    const clerk = await program.signIn('clerk');
    expect((await clerk.refused('system.dropAside', { names })).code).toBe('no-right');
    expect(fs.readdirSync(aside)).toHaveLength(3);
    expect(fs.existsSync(inFolder(program.folder, 'ledger'))).toBe(true);
  });
});

test('the dialogs of sealing and destruction say until when it is held elsewhere, with the figures that count', () => {
  for (const text of [destructionText.carryOutHint, sealingText.confirmSure.seal('1号')]) {
    expect(text).toContain(`满 ${asideDays} 天`);
    expect(text).toContain(`${copiesKept.days} 天、${copiesKept.weeks} 周、${copiesKept.months} 个月`);
  }
});
