import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
beforeAll(async () => {
  program = await aProgram({ everyRole: true });
});
afterAll(() => program.close());

test('what is half typed is kept as it is, wrong or not, and survives the end of the program', async () => {
  const id = randomUUID();
  const content = { acceptedOn: '2025-02-30', kind: null, summary: '写到一半的', parties: [{ name: '柳' }] };
  await program.call('draft.save', { id, ledger: 'mediation', content });
  await program.call('draft.save', {
    id,
    ledger: 'mediation',
    content: { ...content, summary: '写到一半的经过' },
  });
  await program.restart();
  await program.signInAgain();
  expect(await program.call('draft.list', {})).toEqual([
    {
      id,
      ledger: 'mediation',
      recordId: null,
      baseVersion: null,
      content: { ...content, summary: '写到一半的经过' },
      updatedAt: expect.any(String),
    },
  ]);
  await program.call('draft.discard', { id });
  expect(await program.call('draft.list', {})).toEqual([]);
});

test('a draft of a saved record remembers what it was begun on', async () => {
  const saved = await program.save(aMediation());
  const id = randomUUID();
  await program.call('draft.save', {
    id,
    ledger: 'mediation',
    recordId: saved.id,
    baseVersion: saved.version,
    content: { remark: '改' },
  });
  expect(await program.call('draft.list', {})).toMatchObject([
    { recordId: saved.id, baseVersion: saved.version },
  ]);
  await program.call('draft.discard', { id });
});

test('a draft left behind by a program that died after the save makes no second record', async () => {
  const id = '01a20000-0000-7000-8000-000000000001';
  const record = aMediation().record();
  await program.call('draft.save', { id, ledger: 'mediation', content: record as never });
  const saved = await program.call('ledger.save', { ledger: 'mediation', id, record });
  expect(saved.id).toBe(id);
  await program.restart();
  await program.signInAgain();
  expect(await program.call('draft.list', {})).toEqual([]);
  const again = await program.call('ledger.save', { ledger: 'mediation', id, record });
  expect(again.versions).toHaveLength(1);
  const other = { ...record, summary: '没有看过就改' };
  expect((await program.refused('ledger.save', { ledger: 'mediation', id, record: other })).code).toBe(
    'record-changed',
  );
});

test('what was typed after the save is no spent draft: it is offered as a change of the record as it was saved', async () => {
  const id = randomUUID();
  const record = aMediation().record();
  const saved = await program.call('ledger.save', { ledger: 'mediation', id, record });
  const content = { ...record, remark: '保存的同时又写了一段' };
  await program.call('draft.save', { id, ledger: 'mediation', content: content as never });
  const offered = { id, recordId: id, baseVersion: saved.version, content: { remark: content.remark } };
  expect(await program.call('draft.list', {})).toMatchObject([offered]);
  // Somebody else changed the record meanwhile: the draft must not go over that unseen.
  const { caseNo: _given, ...theirs } = saved.record;
  await program.save({ ...theirs, remark: '别人写的' }, { id, baseVersion: saved.version });
  const [draft] = await program.call('draft.list', {});
  expect(draft).toMatchObject(offered);
  const { baseVersion, content: typed } = draft as { baseVersion: string; content: Record<string, unknown> };
  expect(
    (await program.refused('ledger.save', { ledger: 'mediation', id, baseVersion, record: typed })).code,
  ).toBe('record-changed');
  // What the draft holds besides, and no save would take, is kept too.
  await program.call('draft.save', {
    id,
    ledger: 'mediation',
    content: { ...record, occurredOn: '二月三十' } as never,
  });
  expect(await program.call('draft.list', {})).toHaveLength(1);
  // As it was first saved, whatever became of it since.
  await program.call('draft.save', { id, ledger: 'mediation', content: record as never });
  expect(await program.call('draft.list', {})).toEqual([]);
});

test('drafts belong to whoever typed them; nobody else reads, changes or discards them', async () => {
  const clerk = await program.signIn('clerk');
  const head = await program.signIn('head');
  const id = randomUUID();
  await clerk.call('draft.save', { id, ledger: 'mediation', content: { summary: '我的' } });
  await head.call('draft.save', { id, ledger: 'mediation', content: { summary: '别人的' } });
  await head.call('draft.discard', { id });
  expect(await head.call('draft.list', {})).toEqual([]);
  expect(await clerk.call('draft.list', {})).toMatchObject([{ id, content: { summary: '我的' } }]);
});

test('no draft is in the ledger: not listed, not found, not in the hash', async () => {
  const before = await program.call('system.hash', {});
  await program.call('draft.save', {
    id: randomUUID(),
    ledger: 'mediation',
    content: { summary: '只在草稿里的词' },
  });
  expect(await program.call('system.hash', {})).toEqual(before);
  expect((await program.call('search.find', { text: '只在草稿' })).hits).toEqual([]);
});

test('drafts damaged while the program works go aside: the ledger is not called damaged, typing goes on', async () => {
  const own = await aProgram();
  try {
    const { id } = await own.save(aMediation());
    const before = { ledger: 'mediation', content: { remark: '写在损坏之前'.repeat(2000) } };
    await own.call('draft.save', { id: randomUUID(), ...before });
    await own.restart();
    await own.signInAgain();
    const file = path.join(own.folder, 'drafts.db');
    const spoil = () => fs.writeFileSync(file, Buffer.alloc(fs.statSync(file).size, 7));
    spoil();
    // Looking at a case leaves its log entry in the same file.
    expect((await own.call('ledger.get', { id })).id).toBe(id);
    spoil();
    own.clock.now = new Date(own.clock.now.getTime() + 60_000);
    const after = { id: randomUUID(), ledger: 'mediation', content: { remark: '之后' } };
    await own.call('draft.save', after);
    expect(await own.call('draft.list', {})).toMatchObject([{ id: after.id }]);
    expect((await own.call('program.state', {})).state.is).toBe('open');
    expect((await own.call('ledger.get', { id })).id).toBe(id);
    const aside = fs.readdirSync(path.join(own.folder, 'set-aside'));
    expect(aside.filter((name) => name.endsWith('drafts.db'))).not.toEqual([]);
    // Looks that waited there may be lost: the log says of which days.
    const { entries } = await own.call('audit.list', { actions: ['views.lost'] });
    expect(entries.length).toBeGreaterThan(0);
  } finally {
    await own.close();
  }
});
