// A damaged ledger on a machine without a window: each damage has a sentence that names its way out, and each way out
// works in a process of its own, which knows nothing of what was tried before.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { inFolder, type names } from '#core/db/folder.ts';
import { contentBack } from '#shared/text/attachments.ts';
import { layFolder } from '#tests/fixtures/copied-folder.ts';
import { aPicture } from '#tests/fixtures/scans.ts';
import { aCommandLine, type CommandLine, secret } from './command-line.ts';

afterEach(() => void vi.restoreAllMocks());

let whole: CommandLine;
let other: CommandLine;
let recoveryKey: string;
let hash: string;
/** A copy on a stick, with what lies beside it. */
let copy: string;
/** A picture's data file, as a path inside the folder. */
let object: string;
let record: string;
let attachment: string;
const lines: CommandLine[] = [];

const own = 'eigen-2025';
const keys = ['key', 'keyCopy'] as const;
const identities = ['identity', 'identityCopy'] as const;
function each(
  folder: string,
  which: readonly (keyof typeof names)[],
  work: (file: string, name: keyof typeof names) => void,
) {
  for (const name of which) work(inFolder(folder, name), name);
}
const foreignKey = ({ folder }: CommandLine) =>
  each(folder, keys, (file, name) => fs.copyFileSync(inFolder(other.folder, name), file));
const gone = (file: string) => fs.rmSync(file, { force: true });

beforeAll(async () => {
  [whole, other] = [aCommandLine(), aCommandLine()];
  lines.push(whole, other);
  ({ recoveryKey } = await whole.json(
    ...['init', '--level', 'station', '--unit', '620921103', '--name', '东坝镇司法所'],
  ));
  const content = {
    acceptedOn: '2023-03-01',
    kind: '02',
    summary: '院墙滴水',
    parties: [{ side: 'applicant', type: 'natural', name: '王建军' }],
  };
  ({ id: record } = await whole.json(
    'record',
    'add',
    '--ledger',
    'mediation',
    '--file',
    whole.file('r.json', content),
  ));
  const picture = whole.at('p.png');
  fs.writeFileSync(picture, aPicture());
  ({ id: attachment } = await whole.json(
    'attachment',
    'add',
    '--id',
    record,
    '--file',
    picture,
    '--kind',
    'site',
  ));
  // Without a folder the copy is one of the ledger's own, which drills and repairs go by.
  expect((await whole.refused('drill')).message).toContain('不写 --out');
  await whole.json('backup');
  expect((await whole.json('drill')).fault).toBeNull();
  copy = (await whole.json('backup', '--out', whole.at('stick'))).file;
  ({ hash } = await whole.json('hash'));
  const found = fs
    .readdirSync(inFolder(whole.folder, 'objects'), { recursive: true, withFileTypes: true })
    .find((one) => one.isFile());
  object = path.relative(whole.folder, path.join(found?.parentPath ?? '', found?.name ?? ''));
  await other.json('init', '--level', 'county', '--unit', '620921', '--name', '金塔县司法局');
}, 60_000);
afterAll(() => {
  for (const line of lines) line.remove();
});

/** A folder of its own with what the sound one has, its copy on the stick included. */
function aCopy(): CommandLine {
  const line = aCommandLine();
  lines.push(line);
  layFolder(whole.home, line.home);
  return line;
}
const onStick = (line: CommandLine) => line.at(path.join('stick', path.basename(copy)));
const dropCopies = (line: CommandLine) => fs.rmSync(inFolder(line.folder, 'backups'), { recursive: true });

function spoil(file: string, from: number, bytes = 4096) {
  const handle = fs.openSync(file, 'r+');
  fs.writeSync(handle, Buffer.alloc(bytes, 7), 0, bytes, from);
  fs.closeSync(handle);
}

type Damage = {
  does(line: CommandLine): void | Promise<void>;
  /** What every command says then, and the command that it names. */
  says: [code: string, named: string];
  way(line: CommandLine): string[];
  env?: Record<string, string>;
};
const damages: Record<string, Damage> = {
  'the key file of another ledger': {
    does: foreignKey,
    says: ['wrong-key', 'take-key'],
    way: () => ['take-key'],
  },
  'the key file of another ledger, and no copy here': {
    does(line) {
      foreignKey(line);
      dropCopies(line);
    },
    says: ['wrong-key', 'take-key --file'],
    way: (line) => ['take-key', '--file', onStick(line).replace(/\.db$/, '.key')],
  },
  'no key file': {
    does: ({ folder }) => each(folder, keys, gone),
    says: ['ledger-without-key', 'take-key'],
    way: () => ['take-key'],
  },
  'a damaged key file': {
    does: ({ folder }) => each(folder, keys, (file) => fs.writeFileSync(file, '{"file":')),
    says: ['key-file-damaged', 'take-key'],
    way: () => ['take-key'],
  },
  'no key file, and back to a copy instead': {
    does: ({ folder }) => each(folder, keys, gone),
    says: ['ledger-without-key', 'take-key'],
    way: (line) => ['restore', '--file', onStick(line)],
  },
  'no ledger.id, none beside a copy either': {
    does(line) {
      each(line.folder, identities, gone);
      dropCopies(line);
    },
    says: ['identity-lost', 'go-on --reason'],
    way: () => ['go-on', '--reason', '磁盘坏过'],
  },
  'a damaged ledger.id': {
    does(line) {
      each(line.folder, identities, (file) => fs.writeFileSync(file, 'x'));
      dropCopies(line);
    },
    says: ['identity-lost', 'go-on --reason'],
    way: () => ['go-on', '--reason', '磁盘坏过'],
  },
  'an empty ledger.db': {
    does: ({ folder }) => fs.truncateSync(inFolder(folder, 'ledger'), 0),
    says: ['damaged', 'repair'],
    way: () => ['repair'],
  },
  'a ledger.db cut off': {
    does: ({ folder }) => fs.truncateSync(inFolder(folder, 'ledger'), 3 * 4096 + 100),
    says: ['damaged', 'repair'],
    way: () => ['repair'],
  },
  'a ledger.db cut off between two pages': {
    does: ({ folder }) => fs.truncateSync(inFolder(folder, 'ledger'), 3 * 4096),
    says: ['damaged', 'repair'],
    way: () => ['repair'],
  },
  'a spoilt first page': {
    does: ({ folder }) => spoil(inFolder(folder, 'ledger'), 0),
    says: ['damaged', 'repair'],
    way: () => ['repair'],
  },
  'an empty ledger.db, and back to a copy instead': {
    does: ({ folder }) => fs.truncateSync(inFolder(folder, 'ledger'), 0),
    says: ['damaged', 'restore --file'],
    way: (line) => ['restore', '--file', onStick(line)],
  },
  'an empty ledger.db without a copy here': {
    does(line) {
      fs.truncateSync(inFolder(line.folder, 'ledger'), 0);
      dropCopies(line);
    },
    says: ['damaged', 'restore --file'],
    way: (line) => ['restore', '--file', onStick(line)],
  },
  'no ledger.db': {
    does: ({ folder }) => gone(inFolder(folder, 'ledger')),
    says: ['ledger-lost', 'restore --file'],
    way: (line) => ['restore', '--file', onStick(line)],
  },
  'no ledger.db and no copy here': {
    does(line) {
      gone(inFolder(line.folder, 'ledger'));
      dropCopies(line);
    },
    says: ['ledger-lost', 'restore --file'],
    way: (line) => ['restore', '--file', onStick(line)],
  },
  'an empty folder on another PC': {
    does({ folder }) {
      fs.rmSync(folder, { recursive: true });
      fs.mkdirSync(folder);
    },
    says: ['ledger-absent', 'restore --file'],
    way: (line) => ['restore', '--file', onStick(line)],
  },
  'a folder found on another machine': {
    does: ({ folder }) =>
      fs.writeFileSync(inFolder(folder, 'machine'), JSON.stringify({ machine: 'another' })),
    says: ['folder-elsewhere', 'go-on --reason'],
    way: () => ['go-on', '--reason', '旧电脑报废'],
  },
  'a folder that another machine uses too': {
    does: ({ folder }) =>
      fs.writeFileSync(inFolder(folder, 'machine'), JSON.stringify({ machine: 'another' })),
    says: ['folder-elsewhere', '--beside'],
    way: () => ['go-on', '--reason', '两台都用', '--beside'],
  },
  'a ledger that was moved away': {
    does: async (line) => void (await line.json('move', '--out', line.at('usb'))),
    says: ['ledger-moved', 'go-on --reason'],
    way: () => ['go-on', '--reason', 'U盘坏了'],
  },
  'every password forgotten': {
    does: ({ folder }) => gone(path.join(folder, 'nothing')),
    says: ['sign-in-failed', ''],
    way: () => ['recover', '--account', 'admin'],
    env: { LEDGER_PASSWORD: 'vergessen' },
  },
  'an account locked after too many wrong passwords': {
    async does(line) {
      const begun = os.uptime();
      for (let turn = 0; turn < 10; turn++) {
        vi.spyOn(os, 'uptime').mockReturnValue(begun + turn * 900);
        await line.run(line.on('hash'), { LEDGER_PASSWORD: 'falsch' });
      }
      // The recovery key waits as every door does.
      vi.spyOn(os, 'uptime').mockReturnValue(begun + 9900);
    },
    says: ['account-locked', 'recover'],
    way: () => ['recover', '--account', 'admin'],
  },
};

/** What stands in no sentence that is read without a window. */
const ofTheWindow = /点“|按钮|画面|刷新|所选/;

test.each(Object.entries(damages))('%s', { timeout: 60_000 }, async (_name, { does, says, way, env }) => {
  const line = aCopy();
  await does(line);
  const [code, named] = says;
  const json = await line.run([...line.on('hash'), '--json'], { LEDGER_PASSWORD: secret, ...env });
  expect(JSON.parse(json.err).error.code).toBe(code);
  const { err, status } = await line.run(line.on('hash'), { LEDGER_PASSWORD: secret, ...env });
  expect(status).toBe(1);
  expect(err).toContain(named);
  expect(err).not.toMatch(ofTheWindow);

  const words = way(line);
  const done = await line.run(line.on(...words), {
    // Whether the file itself is damaged is known with the key alone.
    ...(code === 'damaged' ? { LEDGER_PASSWORD: secret } : {}),
    ...(words[0] === 'recover' ? { LEDGER_RECOVERY_KEY: recoveryKey, LEDGER_NEW_PASSWORD: own } : {}),
  });
  expect([done.err, done.status]).toEqual(['', 0]);
  expect(done.out).not.toMatch(ofTheWindow);

  const again = { LEDGER_PASSWORD: words[0] === 'recover' ? own : secret };
  const after = await line.run([...line.on('hash'), '--json'], again);
  expect([after.err, JSON.parse(after.out || '{}').hash]).toEqual(['', hash]);
  const verified = await line.run([...line.on('verify'), '--json'], again);
  expect(JSON.parse(verified.out)).toMatchObject({ ok: true });
});

test('a spoilt page somewhere: whatever meets it, a repair brings the ledger back', async () => {
  const line = aCopy();
  const file = inFolder(line.folder, 'ledger');
  for (let page = 2; page < fs.statSync(file).size / 4096; page += 3) spoil(file, page * 4096);
  expect((await line.refused('hash')).code).toBe('damaged');
  const { out, err } = await line.run(line.on('repair'));
  expect([err, out]).toEqual(['', expect.stringMatching(/修复|恢复/)]);
  expect((await line.json('hash')).hash).toBe(hash);
  expect((await line.json('verify')).ok).toBe(true);
});

test.each([
  ['lost', 'its original'],
  ['spoilt', 'its original'],
  ['lost', 'what lies beside a copy'],
  ['spoilt', 'what lies beside a copy'],
  ['lost', 'a copy that is put back'],
])('a picture that is %s is found by verify, and comes back with %s', async (how, what) => {
  const line = aCopy();
  const file = path.join(line.folder, object);
  // Beside the own copies it is the same file under a second name.
  dropCopies(line);
  if (how === 'lost') fs.rmSync(file);
  else spoil(file, 40, 16);
  const exported = [
    'attachment',
    'export',
    '--id',
    attachment,
    '--out',
    line.at('out.png'),
    '--reason',
    '核对',
  ];
  expect((await line.refused(...exported)).message).toContain(contentBack);
  const said = await line.run(line.on('verify'));
  expect([said.status, said.out]).toEqual([0, expect.stringContaining(contentBack)]);
  const add = ['attachment', 'add', '--id', record, '--file', line.at('p.png'), '--kind', 'site'];
  if (what === 'its original') expect((await line.json(...add)).id).toBe(attachment);
  else if (what === 'what lies beside a copy')
    fs.cpSync(line.at(path.join('stick', 'objects')), inFolder(line.folder, 'objects'), { recursive: true });
  else await line.json('restore', '--file', onStick(line));
  expect((await line.json('verify')).ok).toBe(true);
  await line.json(...exported);
  expect(fs.readFileSync(line.at('out.png'))).toEqual(fs.readFileSync(line.at('p.png')));
  expect((await line.refused(...add)).code).toBe('attachment-present');
});

test('what is not needed is refused with what is so, and changes nothing', async () => {
  const line = aCopy();
  const codes = async (...words: string[]) => (await line.refused(...words)).code;
  expect(await codes('take-key')).toBe('key-needless');
  expect(await codes('go-on', '--reason', 'x')).toBe('ledger-not-moved');
  expect(await codes('repair')).toBe('repair-needless');
  // Another damage is told by its own name, not as if there were none.
  each(line.folder, keys, gone);
  expect(await codes('repair')).toBe('ledger-without-key');
  expect(await codes('go-on', '--reason', 'x')).toBe('ledger-without-key');
  await line.json('take-key');
  gone(inFolder(line.folder, 'ledger'));
  expect(await codes('take-key')).toBe('ledger-lost');
  expect(await codes('repair')).toBe('ledger-lost');
});

test('a ledger that opens goes back to a copy only by whoever may', async () => {
  const line = aCopy();
  const words = line.on('restore', '--file', onStick(line));
  expect((await line.run(words, {})).status).toBe(2);
  const wrong = await line.run([...words, '--json'], { LEDGER_PASSWORD: 'falsch' });
  expect(JSON.parse(wrong.err).error.code).toBe('sign-in-failed');
});
