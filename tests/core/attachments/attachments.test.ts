// Scans and photos of a record: what goes in comes out the same, encrypted in between, and nothing else goes in.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { sql } from '#core/db/sql.ts';
import { attachmentsOf } from '#core/ledgers/attachments.ts';
import type { Attachment, Saved } from '#shared/api/types.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program } from '#tests/fixtures/program.ts';
import { aPdf, aPhoto, aPicture, put } from '#tests/fixtures/scans.ts';

let program: Program;
let scans: string;
let files = 0;

beforeAll(async () => {
  program = await aProgram({ everyRole: true });
  scans = fs.mkdtempSync(path.join(os.tmpdir(), 'ledger-scans-'));
});
afterAll(async () => {
  await program.close();
  fs.rmSync(scans, { recursive: true, force: true });
});

const aRecord = (): Promise<Saved> => program.save(aMediation());
const given = (name: string, bytes: Uint8Array) =>
  program.grant(`grant:${++files}`, put(path.join(scans, String(files)), name, bytes));
const out = (name: string) => program.grant(`grant:${++files}`, path.join(scans, name));
const add = (record: Saved, name: string, bytes: Uint8Array, more: { kind?: string; title?: string } = {}) =>
  program.call('attachment.add', {
    recordId: record.id,
    file: given(name, bytes),
    kind: 'evidence',
    ...more,
  });
const list = (record: Saved, removed = false) =>
  program.call('attachment.list', { recordId: record.id, removed });
const refused = async (record: Saved, name: string, bytes: Uint8Array) =>
  program.refused('attachment.add', { recordId: record.id, file: given(name, bytes), kind: 'evidence' });
const objects = () =>
  fs
    .readdirSync(path.join(program.folder, 'objects'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
const lastEntry = () =>
  program.look((db) =>
    db.get<{ action: string; record_id: string; detail: string; account: string }>(
      sql`select action, record_id, detail, account from audit_entry order by seq desc limit 1`,
    ),
  );

describe('what is added', () => {
  test('a picture and a PDF stand with their kind, pages and size, in the order they came', async () => {
    const record = await aRecord();
    const picture = aPicture();
    const pdf = await aPdf(3);
    await add(record, '院墙.png', picture, { kind: 'site' });
    await add(record, '收条.pdf', pdf, { kind: 'performance', title: '收条与转账凭证' });
    const found = await list(record);
    expect(found).toMatchObject([
      {
        title: '院墙',
        kind: 'site',
        mediaType: 'image/png',
        pages: 1,
        bytes: picture.length,
        addedBy: 'admin',
      },
      { title: '收条与转账凭证', kind: 'performance', mediaType: 'application/pdf', pages: 3, removed: null },
    ]);
    expect(await program.look((db) => attachmentsOf(db, record.id))).toMatchObject([
      { title: '院墙', kind: 'site', pages: 1 },
      { title: '收条与转账凭证', kind: 'performance', pages: 3 },
    ]);
    for (const [index, bytes] of [picture, pdf].entries()) {
      const { content } = await program.call('attachment.view', { id: found[index]?.id ?? '' });
      expect(Buffer.compare(Buffer.from(content), bytes)).toBe(0);
    }
  });

  test('a large file is read by a helper, never by the thread that saves', async () => {
    const asked: string[] = [];
    const own = await aProgram({
      helper: async (task) => {
        asked.push(task);
        return task === 'attachment.isWhole' ? true : 1;
      },
    });
    const reading = vi.spyOn(fs, 'readFileSync');
    try {
      const { id } = await own.save(aMediation());
      const bytes = Buffer.concat([await aPdf(1), Buffer.alloc(5 * 2 ** 20)]);
      const name = '大.pdf';
      const file = own.grant('large', put(path.join(scans, 'large'), name, bytes));
      reading.mockClear();
      await own.call('attachment.add', { recordId: id, file, kind: 'evidence' });
      expect(asked).toEqual(['attachment.isWhole', 'attachment.pages']);
      expect(reading.mock.calls.filter(([from]) => String(from).endsWith(name))).toEqual([]);
    } finally {
      reading.mockRestore();
      await own.close();
    }
  });

  test('a file is what its bytes are, whatever its name says', async () => {
    const record = await aRecord();
    expect(await add(record, '合同.exe', aPicture({ note: 'named exe' }))).toMatchObject({
      mediaType: 'image/png',
    });
    expect(await refused(record, '照片.jpg', Buffer.from('MZ\x90\0 this program cannot be run'))).toEqual({
      code: 'attachment-kind',
      params: { file: '照片.jpg' },
    });
    for (const text of [
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'PK\x03\x04',
      'GIF89a',
      'BMW',
      'x%PDF-1.4',
      'x',
    ])
      expect((await refused(record, 'x.pdf', Buffer.from(text))).code, text).toBe('attachment-kind');
    expect((await refused(record, '空.png', Buffer.alloc(0))).code).toBe('attachment-empty');
    expect((await list(record)).length).toBe(1);
  });

  test('a picture that would fill the memory of a page is refused by what it says of itself', async () => {
    const bomb = aPicture({ width: 100, height: 10 }, { width: 60_000, height: 50_000 });
    expect(await refused(await aRecord(), '图.png', bomb)).toEqual({
      code: 'attachment-pixels',
      params: { file: '图.png', width: 60_000, height: 50_000 },
    });
  });

  test('a PDF whose pages cannot be counted is refused; the catalogue of a file counts them', async () => {
    const torn = Buffer.concat([(await aPdf(2)).subarray(0, 200), Buffer.from('\n%%EOF')]);
    expect(await refused(await aRecord(), '破.pdf', torn)).toEqual({
      code: 'attachment-unreadable',
      params: { file: '破.pdf' },
    });
  });

  test('a photo, scan or PDF that was cut short on its way is refused, and does not look archived', async () => {
    const record = await aRecord();
    const [photo, scan, pdf] = [aPhoto(6), aPicture({ note: 'cut' }), await aPdf(200)];
    for (const [name, bytes] of [
      ['照片.jpg', photo.subarray(0, photo.length - 3)],
      ['扫描.png', scan.subarray(0, scan.length - 20)],
      ['半.pdf', pdf.subarray(0, pdf.length - 5000)],
    ] as const) {
      expect(await refused(record, name, bytes)).toEqual({
        code: 'attachment-truncated',
        params: { file: name },
      });
    }
    expect(await list(record)).toEqual([]);
    expect(await add(record, '照片.jpg', photo)).toMatchObject({ mediaType: 'image/jpeg' });
  });

  test('a file that is too large is not read', async () => {
    const file = put(scans, '大.png', aPicture());
    fs.truncateSync(file, 101 * 2 ** 20);
    const input = { recordId: (await aRecord()).id, file: program.grant('grant:large', file), kind: 'other' };
    expect(await program.refused('attachment.add', input)).toEqual({
      code: 'file-too-large',
      params: { file: '大.png', limitMb: 100 },
    });
  });

  test('the file, the record and the kind must be there', async () => {
    const record = await aRecord();
    const file = given('a.png', aPicture({ note: 'there' }));
    const missing = program.grant('grant:none', path.join(scans, '没有.png'));
    const ask = (input: object) =>
      program.refused('attachment.add', { recordId: record.id, file, kind: 'site', ...input });
    expect(await ask({ file: missing })).toEqual({ code: 'file-missing', params: { file: '没有.png' } });
    expect(await ask({ file: program.grant('grant:folder', scans) })).toMatchObject({
      code: 'file-unreadable',
    });
    expect(await ask({ file: 'grant:unknown' })).toMatchObject({ code: 'grant-unknown' });
    expect(await ask({ recordId: '00000000-0000-7000-8000-000000000001' })).toMatchObject({
      code: 'record-missing',
    });
    expect(await ask({ kind: 'nonsense' })).toMatchObject({
      code: 'record-invalid',
      fields: { kind: { problem: 'unknown-code', code: 'nonsense' } },
    });
    expect(await list(record)).toEqual([]);
  });
});

describe('one content, one object', () => {
  test('the same file on two records is stored once; twice on one record it is refused', async () => {
    const [one, two] = [await aRecord(), await aRecord()];
    const bytes = aPicture({ note: 'shared' });
    await add(one, '甲.png', bytes);
    const before = objects().length;
    await add(two, '乙.png', bytes);
    expect(objects().length).toBe(before);
    expect(await refused(one, '丙.png', bytes)).toEqual({
      code: 'attachment-present',
      params: { file: '丙.png', title: '甲' },
    });
  });

  test('neither a name nor the bytes tell what an object holds', async () => {
    const note = '欧阳鹿珂的收条';
    const bytes = aPicture({ note });
    await add(await aRecord(), `${note}.png`, bytes);
    for (const file of objects()) {
      expect(path.basename(file)).toMatch(/^[0-9a-f]{64}$/);
      const stored = fs.readFileSync(file);
      expect(stored.includes(Buffer.from(note))).toBe(false);
      expect(stored.includes(bytes.subarray(0, 24))).toBe(false);
    }
  });
});

describe('taking off', () => {
  test('is no deletion: copies have the object as before, and a restore brings it back', async () => {
    const record = await aRecord();
    const known = new Set(objects());
    const bytes = aPicture({ note: 'taken off, still copied' });
    const { id } = await add(record, '撤下.png', bytes);
    const [object = ''] = objects().filter((file) => !known.has(file));
    await program.call('attachment.remove', { id, reason: '放错了案件' });
    const copied = path.join(
      program.folder,
      'backups',
      'objects',
      path.relative(path.join(program.folder, 'objects'), object),
    );
    fs.rmSync(copied, { force: true });
    await program.call('system.backup', {});
    expect(fs.existsSync(copied)).toBe(true);
    const { content } = await program.call('attachment.view', { id, removed: true });
    expect(Buffer.compare(Buffer.from(content), bytes)).toBe(0);
  });

  test('is a mark with a reason; who added and who took off stays to be told; the file can be added again', async () => {
    const record = await aRecord();
    const bytes = aPicture({ note: 'wrong case' });
    const { id } = await add(record, '错的.png', bytes);
    program.clock.now = new Date(program.clock.now.getTime() + 60_000);
    const before = objects();
    const gone = await program.call('attachment.remove', { id, reason: '放错了案件' });
    expect(gone.removed).toEqual({ at: program.clock.now.toISOString(), by: 'admin', reason: '放错了案件' });
    expect(await list(record)).toEqual([]);
    expect(await list(record, true)).toMatchObject([
      { id, title: '错的', removed: { reason: '放错了案件' } },
    ]);
    expect(objects()).toEqual(before);
    for (const [method, input] of [
      ['attachment.view', { id }],
      ['attachment.remove', { id, reason: '再一次' }],
      ['attachment.export', { id, out: out('x.png'), reason: '用途' }],
    ] as const)
      expect(await program.refused(method, input), method).toEqual({
        code: 'attachment-removed',
        params: { title: '错的' },
      });
    await add(record, '错的.png', bytes);
    expect(await list(record, true)).toHaveLength(2);
  });

  test('a closed record neither takes nor gives', async () => {
    const record = await aRecord();
    const { id } = await add(record, 'a.png', aPicture({ note: 'void' }));
    await program.call('ledger.act', { id: record.id, action: 'void', record: { voidReason: '重复登记' } });
    const refusal = {
      code: 'action-not-allowed',
      params: { action: 'edit', state: 'voided', ledger: 'mediation' },
    };
    expect(await refused(record, 'b.png', aPicture({ note: 'late' }))).toEqual(refusal);
    expect(await program.refused('attachment.remove', { id, reason: '清理' })).toEqual(refusal);
    expect(await list(record)).toHaveLength(1);
  });
});

describe('a copy in clear', () => {
  test('goes out as it came in, with the reason in the log; over another file only when asked', async () => {
    const bytes = await aPdf(1);
    const { id } = await add(await aRecord(), '协议.pdf', bytes);
    const to = out('外面.pdf');
    const { file } = await program.call('attachment.export', { id, out: to, reason: '移送法院' });
    expect(Buffer.compare(fs.readFileSync(file), bytes)).toBe(0);
    expect(JSON.parse((await lastEntry())?.detail ?? '{}')).toEqual({
      ...{ attachment: id, reason: '移送法院' },
      // Under which name it was waited for.
      written: [expect.stringMatching(/^[0-9a-f]{16}$/)],
    });
    const again = { id, out: to, reason: '移送法院' };
    expect(await program.refused('attachment.export', again)).toMatchObject({ code: 'file-exists' });
    await program.call('attachment.export', { ...again, overwrite: true });
    expect(await program.refused('attachment.export', { id, out: to, reason: ' ' })).toMatchObject({
      code: 'invalid-input',
    });
  });

  test('never in the folder of the ledger: not in place of its files, and not beside them in clear', async () => {
    const { id } = await add(await aRecord(), '协议.pdf', await aPdf(1));
    const before = fs.readFileSync(path.join(program.folder, 'ledger.db'));
    for (const name of ['ledger.db', 'ledger.key', 'objects/x.pdf', '外面.pdf']) {
      const to = program.grant(`grant:inside-${name}`, path.join(program.folder, name));
      const given = { id, out: to, reason: '移送法院', overwrite: true };
      expect(await program.refused('attachment.export', given), name).toMatchObject({ code: 'file-inside' });
    }
    expect(Buffer.compare(fs.readFileSync(path.join(program.folder, 'ledger.db')), before)).toBe(0);
    expect(fs.existsSync(path.join(program.folder, '外面.pdf'))).toBe(false);
  });
});

describe('rights and log', () => {
  test('whoever may only read sees that they are there, not what they show, and adds, removes and exports nothing', async () => {
    const record = await aRecord();
    const { id } = await add(record, 'a.png', aPicture({ note: 'rights' }));
    const names = await program.look((db) =>
      db.all<{ name: string; role: string }>(sql`select name, role from account`),
    );
    const auditor: Person = await program.signIn(names.find(({ role }) => role === 'auditor')?.name ?? '');
    expect(await auditor.call('attachment.list', { recordId: record.id })).toHaveLength(1);
    expect(await auditor.refused('attachment.view', { id })).toMatchObject({ code: 'veiled' });
    const clerk = await program.signIn('clerk');
    await clerk.call('attachment.view', { id });
    expect(await lastEntry()).toMatchObject({
      action: 'attachment.view',
      record_id: record.id,
      account: 'clerk',
      detail: JSON.stringify({ attachment: id }),
    });
    const file = given('b.png', aPicture({ note: 'more' }));
    for (const [method, input] of [
      ['attachment.add', { recordId: record.id, file, kind: 'site' }],
      ['attachment.remove', { id, reason: '清理' }],
      ['attachment.export', { id, out: out('y.png'), reason: '用途' }],
    ] as const)
      expect(await auditor.refused(method, input), method).toMatchObject({ code: 'no-right' });
    expect(await program.refused('attachment.view', { id: record.id })).toMatchObject({
      code: 'attachment-missing',
    });
  });

  test('the log says what was done to which, never a name', async () => {
    const record = await aRecord();
    const before = program.events.length;
    const added: Attachment = await add(record, '欧阳秀兰的身份证.png', aPicture({ note: 'id' }), {
      kind: 'identity',
    });
    expect(program.events.slice(before)).toContainEqual({ event: 'changed', ledgers: ['mediation'] });
    const entry = await lastEntry();
    expect(entry).toMatchObject({ action: 'attachment.add', record_id: record.id });
    expect(JSON.parse(entry?.detail ?? '')).toEqual({
      attachment: added.id,
      kind: 'identity',
      pages: 1,
      bytes: added.bytes,
    });
    await program.call('attachment.remove', { id: added.id, reason: '欧阳秀兰要求撤回' });
    expect((await lastEntry())?.detail).toBe(JSON.stringify({ attachment: added.id }));
  });
});

test('adding can be stopped: nothing is left of it', async () => {
  const record = await aRecord();
  const file = given('长.png', Buffer.concat([aPicture({ note: 'long' }), Buffer.alloc(20 * 2 ** 20, 7)]));
  const before = objects();
  const hasProgress = () => program.events.find((event) => event.event === 'progress');
  program.events.length = 0;
  const answer = program.ask('attachment.add', { recordId: record.id, file, kind: 'site' });
  while (!hasProgress()) await new Promise((resolve) => setImmediate(resolve));
  const event = hasProgress();
  program.cancel(event?.event === 'progress' ? event.job : '');
  expect(await answer).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(objects()).toEqual(before);
  expect(await list(record)).toEqual([]);
});
