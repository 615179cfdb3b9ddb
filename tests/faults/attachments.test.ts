// Attachments when something goes wrong: a flipped bit, a lost file, a kill, a full disk, a copy and the way back.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { aPdf, aPicture, put } from '#tests/fixtures/scans.ts';
import { strayIn } from './acts/tries.ts';
import {
  childEnv,
  folderNames,
  isFull,
  makeLedger,
  type Program,
  seeded,
  someCase,
  startProgram,
  temporaryFolder,
} from './support.ts';

const day = 86_400_000;

type Clerk = {
  program: Program;
  folder: string;
  recordId: string;
  add(name: string, bytes: Uint8Array): Promise<string>;
};

async function aClerk(more: Parameters<typeof startProgram>[1] = {}): Promise<Clerk> {
  const folder = temporaryFolder('attachments');
  await makeLedger(folder);
  const program = startProgram(folder, more);
  await program.signIn();
  const record = await program.must('ledger.save', { ledger: 'mediation', record: someCase(1) });
  const sources = temporaryFolder('sources');
  return {
    program,
    folder,
    recordId: record.id,
    async add(name, bytes) {
      const input = { recordId: record.id, file: 'f', kind: 'evidence' };
      return (await program.must('attachment.add', input, { f: put(sources, name, bytes) })).id;
    },
  };
}

/** Every file below a folder, by its path in it. */
function filesIn(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

const storeOf = (folder: string) => path.join(folder, folderNames.objects);

function onlyObject(folder: string): string {
  const [object = '', ...others] = filesIn(storeOf(folder));
  expect(others).toEqual([]);
  return path.join(storeOf(folder), object);
}

function flip(file: string, at: number): void {
  const bytes = fs.readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  fs.writeFileSync(file, bytes);
}

const verify = (program: Program) => program.must('system.verify', {});

test('one flipped bit: the check names the record and the attachment, and nothing of it is shown', async () => {
  const { program, folder, add } = await aClerk();
  const bytes = aPicture();
  const id = await add('院墙照片.png', bytes);
  const object = onlyObject(folder);
  const size = fs.statSync(object).size;
  const random = seeded('attachment flips');
  for (const at of [0, 9, 20, 40, size - 1, random.below(size), random.below(size)]) {
    flip(object, at);
    expect(await verify(program), `byte ${at}`).toMatchObject({
      ok: false,
      findings: [
        {
          check: 'attachment',
          object: id,
          message: expect.stringMatching(/^“.+”的附件“院墙照片”：数据文件已损坏/),
        },
      ],
    });
    expect(await program.failure('attachment.view', { id })).toEqual({
      code: 'attachment-damaged',
      params: { title: '院墙照片' },
    });
    expect((await program.must('system.verify', { quick: true })).ok).toBe(true);
    flip(object, at);
  }
  expect(await verify(program)).toMatchObject({
    ok: true,
    attachments: { rows: 1, objects: 1, unreferenced: 0 },
  });
  fs.truncateSync(object, size - 1);
  expect(await program.must('system.verify', { quick: true })).toMatchObject({ ok: false });
  await program.close();
});

test('a lost file is named; the same file added again to another record mends both', async () => {
  const { program, folder, add } = await aClerk();
  const bytes = await aPdf(2);
  const id = await add('收条.pdf', bytes);
  await program.must('system.backup', {});
  const object = onlyObject(folder);
  for (const hurt of [() => fs.rmSync(object), () => flip(object, 100)]) {
    hurt();
    const isLost = !fs.existsSync(object);
    const { findings } = await verify(program);
    expect(findings.length).toBeGreaterThan(0);
    for (const { message } of findings) expect(message).toContain(isLost ? '不见了' : '已损坏');
    expect((await program.failure('attachment.view', { id })).code).toBe(
      isLost ? 'attachment-lost' : 'attachment-damaged',
    );
    const other = await program.must('ledger.save', { ledger: 'mediation', record: someCase(2) });
    const source = put(temporaryFolder('again'), '收条.pdf', bytes);
    await program.must('attachment.add', { recordId: other.id, file: 'f', kind: 'other' }, { f: source });
    expect((await verify(program)).ok).toBe(true);
    expect(Buffer.from((await program.must('attachment.view', { id })).content).equals(bytes)).toBe(true);
    // Its copy among the backups was the same damaged file; the next copy brings the whole one.
    expect(await program.must('system.backup', {})).toMatchObject({ lost: 0 });
    const copied = path.join(folder, folderNames.backups, 'objects', path.relative(storeOf(folder), object));
    expect(fs.readFileSync(copied).equals(fs.readFileSync(object))).toBe(true);
  }
  await program.close();
});

test('one object put in the place of another of the same size is refused', async () => {
  const { program, folder, add } = await aClerk();
  const first = await add('一.png', aPicture({ note: 'one' }));
  const [one = ''] = filesIn(storeOf(folder));
  const second = await add('二.png', aPicture({ note: 'two' }));
  const two = filesIn(storeOf(folder)).find((name) => name !== one) ?? '';
  fs.copyFileSync(path.join(storeOf(folder), one), path.join(storeOf(folder), two));
  expect((await program.failure('attachment.view', { id: second })).code).toBe('attachment-damaged');
  await program.must('attachment.view', { id: first });
  await program.close();
});

test('a file that changes while it is read is not taken', async () => {
  const { program, folder, recordId } = await aClerk();
  const source = put(
    temporaryFolder('changing'),
    '扫描.png',
    Buffer.concat([aPicture(), Buffer.alloc(40 * 2 ** 20)]),
  );
  const input = { recordId, file: 'f', kind: 'site' };
  const answer = program.call('attachment.add', input, { f: source });
  while (!program.events.some(({ event }) => event === 'progress')) await wait(1);
  // The first four mebibytes have been read once by now, and not yet twice.
  flip(source, 2 ** 20);
  expect(await answer).toMatchObject({
    ok: false,
    error: { code: 'file-changed', params: { file: '扫描.png' } },
  });
  expect(filesIn(storeOf(folder))).toEqual([]);
  await program.close();
});

const kills = isFull ? 300 : 20;

test(
  `killed ${kills} times while attaching: every attachment is whole, every confirmed one is there`,
  async () => {
    const random = seeded('kill while attaching');
    const { program: first, folder, recordId } = await aClerk();
    await first.close();
    const sources = temporaryFolder('sources');
    const confirmed = new Map<string, number>();
    let duringWork = 0;
    for (let round = 1; round <= kills; round++) {
      const script = path.join(import.meta.dirname, 'children', 'attacher.ts');
      const given = [script, folder, recordId, String(round * 1000), sources];
      const child = spawn(process.execPath, given, { env: childEnv });
      const ended = once(child, 'exit');
      let said = '';
      let faults = '';
      child.stderr.on('data', (chunk) => (faults += String(chunk)));
      const isReady = new Promise<void>((resolve) => {
        child.stdout.on('data', (chunk) => {
          said += String(chunk);
          // Every other one is killed in a later attachment than its first, however slow the machine is.
          if (said.includes(round % 2 === 0 ? 'added' : 'ready')) resolve();
        });
      });
      await Promise.race([isReady, ended]);
      await wait(random.below(90));
      child.kill('SIGKILL');
      const [code, signal] = await ended;
      expect({ code, signal, faults }).toEqual({ code: null, signal: 'SIGKILL', faults: '' });
      for (const line of said.split('\n').slice(0, -1)) {
        const [word, id = '', , bytes = '0'] = line.split(' ');
        if (word === 'added') confirmed.set(id, Number(bytes));
      }
      if (said.includes('added')) duringWork++;
    }
    expect(duringWork).toBeGreaterThan(kills / 3);
    const program = startProgram(folder);
    await program.signIn();
    expect(strayIn({ data: folder }), 'half of an attachment').toEqual([]);
    const kept = new Map(
      (await program.must('attachment.list', { recordId })).map((one) => [one.id, one.bytes]),
    );
    for (const [id, bytes] of confirmed) expect(kept.get(id)).toBe(bytes);
    expect(kept.size - confirmed.size).toBeLessThanOrEqual(kills);
    expect(await verify(program)).toMatchObject({ ok: true, findings: [], attachments: { rows: kept.size } });
    await program.close();
    console.info(`kill: ${confirmed.size} confirmed attachments, ${kept.size} kept`);
  },
  isFull ? 1_800_000 : 120_000,
);

test('what a kill left is cleaned after its days, and nothing else', async () => {
  let now = Date.now();
  const { program, folder, add } = await aClerk({ automaticBackups: true, now: () => new Date(now) });
  const id = await add('照片.png', aPicture());
  await program.must('system.backup', {});
  const [needed = ''] = filesIn(storeOf(folder));
  const orphan = path.join('ab', 'ab'.repeat(32));
  put(path.join(storeOf(folder), 'ab'), 'ab'.repeat(32), Buffer.from('left by a kill'));
  const half = path.join('ab', '5f0c.tmp');
  put(storeOf(folder), '5f0c.tmp', Buffer.from('half'));
  put(storeOf(folder), half, Buffer.from('half'));
  expect(await verify(program)).toMatchObject({ ok: true, attachments: { rows: 1, unreferenced: 1 } });
  const leave = async (days: number) => {
    now += days * day;
    await program.must('session.signOut', {});
    await program.signIn();
    return filesIn(storeOf(folder));
  };
  expect(await leave(0)).toEqual([half, needed, orphan].sort());
  expect(await leave(2)).toEqual([needed, orphan].sort());
  expect(await leave(6)).toEqual([needed]);
  await program.must('attachment.view', { id });
  await program.must('attachment.remove', { id, reason: '放错了' });
  expect(await leave(30)).toEqual([needed]);
  await program.close();
});

test('a copy in another place has every object beside it, once, and the way back brings them all', async () => {
  const { program, folder, recordId, add } = await aClerk();
  const place = temporaryFolder('stick');
  const [one, two, three] = [aPicture({ note: '1' }), await aPdf(2), aPicture({ note: '3' })];
  const first = await add('一.png', one);
  const before = await program.must('system.backup', { folder: 'to' }, { to: place });
  const second = await add('二.pdf', two);
  const made = await program.must('system.backup', { folder: 'to' }, { to: place });
  expect(made).toMatchObject({ lost: 0 });
  expect(filesIn(path.join(place, 'objects'))).toEqual(filesIn(storeOf(folder)));
  const third = await add('三.png', three);

  // Another machine: nothing but what lies in the other place.
  const elsewhere = temporaryFolder('elsewhere');
  const other = startProgram(elsewhere);
  await other.must('program.restore', { file: 'f' }, { f: path.join(place, made.name) });
  await other.signIn();
  for (const [id, bytes] of [
    [first, one],
    [second, two],
  ] as const)
    expect(Buffer.from((await other.must('attachment.view', { id })).content).equals(bytes)).toBe(true);
  expect((await verify(other)).ok).toBe(true);
  await other.close();

  // The same machine, with one object damaged and one gone: both come from there.
  for (const [index, name] of filesIn(storeOf(folder)).entries()) {
    const file = path.join(storeOf(folder), name);
    const { size } = fs.statSync(file);
    fs.rmSync(file); // the other place may have the same file under a second name
    if (index > 0) fs.writeFileSync(file, Buffer.alloc(size));
  }
  await program.must('program.restore', { file: 'f' }, { f: path.join(place, made.name) });
  await program.signIn();
  expect(await verify(program)).toMatchObject({ ok: true, attachments: { rows: 2 } });
  expect(await program.must('attachment.list', { recordId })).toHaveLength(2);
  expect((await program.failure('attachment.view', { id: third })).code).toBe('attachment-missing');
  await program.must('program.restore', { file: 'f' }, { f: path.join(place, before.name) });
  await program.signIn();
  expect(await verify(program)).toMatchObject({ ok: true, attachments: { rows: 1 } });
  await program.close();
});

test('a copy is made although an object is lost, and says so; own copies need no second room', async () => {
  const { program, folder, add } = await aClerk();
  await add('一.png', aPicture({ note: '1' }));
  await program.must('system.backup', {});
  const object = onlyObject(folder);
  const copied = path.join(folder, folderNames.backups, 'objects', path.relative(storeOf(folder), object));
  expect(fs.statSync(copied).ino).toBe(fs.statSync(object).ino);
  fs.rmSync(object);
  const made = await program.must('system.backup', { folder: 'to' }, { to: temporaryFolder('stick') });
  expect(made.lost).toBe(1);
  expect(fs.existsSync(made.file)).toBe(true);
  // The folder's own copy still has it.
  await program.must('program.restore', {
    backup: (await program.must('system.backups', {}))[0]?.name ?? '',
  });
  await program.signIn();
  expect((await verify(program)).ok).toBe(true);
  await program.close();
});

test('a disk that fills up while attaching: a clear refusal, and nothing is left', async () => {
  const { program, folder, recordId } = await aClerk();
  await program.close();
  const script = path.join(import.meta.dirname, 'children', 'deprived.ts');
  const run = spawnSync(process.execPath, [script, 'full-attaching', folder, recordId], {
    encoding: 'utf8',
    env: childEnv,
  });
  expect(run.stderr).toBe('');
  expect(JSON.parse(run.stdout)).toEqual({
    failure: { code: 'disk-full', params: { file: '大图.png' } },
    left: [],
    listed: 0,
    afterRoom: 1,
    verified: true,
  });
});
