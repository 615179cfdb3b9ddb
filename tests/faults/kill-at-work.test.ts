// The program dies in the middle of each of its works: what was confirmed is there, what was not is whole or not there.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '#core/db/connection.ts';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import { laterSteps, laterVersion } from './later-steps.ts';
import {
  account,
  childEnv,
  folderNames,
  isFull,
  makeLedger,
  type Program,
  password,
  seeded,
  someCase,
  startProgram,
  temporaryFolder,
} from './support.ts';

const kills = isFull ? 150 : 3;
const perRound = 1000;
const limit = isFull ? 3_600_000 : 120_000;

let template: string;
beforeAll(async () => {
  template = fs.mkdtempSync(path.join(process.env.TMPDIR ?? '/tmp', 'judicial-ledger-work-'));
  await makeLedger(template);
  const program = startProgram(template);
  await program.signIn();
  for (let number = 1; number <= 40; number++)
    await program.must('ledger.save', { ledger: 'mediation', record: someCase(number) });
  await program.close();
});
afterAll(() => fs.rmSync(template, { recursive: true, force: true }));

function copyOfTemplate(): string {
  const folder = temporaryFolder('work');
  fs.cpSync(template, folder, { recursive: true });
  return folder;
}

/** One life of the worker, ended `after` milliseconds from its first work on. Returns the lines it said, whole ones. */
async function live(given: readonly string[], after: number): Promise<string[][]> {
  const script = path.join(import.meta.dirname, 'children', 'worker.ts');
  const child = spawn(process.execPath, [script, ...given], { env: childEnv });
  const ended = once(child, 'exit');
  let said = '';
  let faults = '';
  child.stderr.on('data', (chunk) => (faults += String(chunk)));
  const isReady = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk) => {
      said += String(chunk);
      if (said.includes('ready\n')) resolve();
    });
  });
  await Promise.race([isReady, ended]);
  await wait(after);
  child.kill('SIGKILL');
  const [code, signal] = await ended;
  expect({ code, signal, faults }).toEqual({ code: null, signal: 'SIGKILL', faults: '' });
  return said
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split(' '));
}

/** The next start: signed in by one of the passwords, nothing found wrong, every confirmed record there. */
async function expectWhole(
  program: Program,
  saved: ReadonlyMap<string, string>,
  passwords: readonly string[] = [password],
): Promise<string> {
  let used = '';
  let refusal = '';
  for (const candidate of passwords) {
    const answer = await program.call('session.signIn', { account, password: candidate });
    if (!answer.ok) {
      refusal += JSON.stringify(answer.error);
      continue;
    }
    program.token = answer.value.token;
    used = candidate;
    break;
  }
  expect(used, `none of the passwords opens the ledger: ${refusal}`).not.toBe('');
  for (const [id, version] of saved) {
    const { versions } = await program.must('ledger.get', { id });
    expect(versions.map((each) => each.version)).toContain(version);
  }
  expect(await program.must('system.verify', {})).toMatchObject({ ok: true, findings: [] });
  return used;
}

const collect = (lines: readonly string[][], saved: Map<string, string>) => {
  for (const [word, id = '', version = ''] of lines) if (word === 'saved') saved.set(id, version);
};

test(
  `killed ${kills} times while importing figures: the last confirmed import stands, whole`,
  async () => {
    const random = seeded('kill while importing');
    const folder = copyOfTemplate();
    let confirmed = 0;
    for (let round = 1; round <= kills; round++) {
      const lines = await live(['figures', folder, String(round * perRound), ''], random.below(150));
      confirmed += lines.filter(([word]) => word === 'imported').length;
      const program = startProgram(folder);
      await expectWhole(program, new Map());
      const { figures } = await program.must('indicator.list', { year: 2023 });
      const entered = figures.filter((figure) => figure.manual !== null).length;
      // All of the table or nothing of it.
      expect([0, 151]).toContain(entered);
      if (confirmed > 0) expect(entered).toBe(151);
      await program.close();
    }
    console.info(`kill: ${confirmed} confirmed imports`);
  },
  limit,
);

test(
  `killed ${kills} times while making reports: no file of that name is half`,
  async () => {
    const random = seeded('kill while reporting');
    const folder = copyOfTemplate();
    const out = temporaryFolder('reports');
    const saved = new Map<string, string>();
    for (let round = 1; round <= kills; round++) {
      const lines = await live(['report', folder, String(round * perRound), out], random.below(400));
      collect(lines, saved);
      for (const [word, file = ''] of lines) if (word === 'made') expect(fs.existsSync(file)).toBe(true);
      for (const name of fs.readdirSync(out).filter((each) => each.endsWith('.docx')))
        expect(unzipSync(fs.readFileSync(path.join(out, name)))['word/document.xml']?.length).toBeGreaterThan(
          1000,
        );
      const program = startProgram(folder);
      await expectWhole(program, saved);
      await program.close();
    }
  },
  limit,
);

test(
  `killed ${kills} times while copying: every copy that has its name is whole`,
  async () => {
    const random = seeded('kill while copying');
    const folder = copyOfTemplate();
    const saved = new Map<string, string>();
    for (let round = 1; round <= kills; round++) {
      const lines = await live(['backup', folder, String(round * perRound), ''], random.below(300));
      collect(lines, saved);
      // One of the same day is dropped once a newer one stands.
      const last = lines.findLast(([word]) => word === 'made')?.[1];
      const at = path.join(folder, folderNames.backups);
      const names = fs.existsSync(at) ? fs.readdirSync(at).filter((each) => each.endsWith('.db')) : [];
      if (last !== undefined)
        expect(
          names.some((name) => orderOf(name) >= orderOf(path.basename(last))),
          `${last} or a newer one`,
        ).toBe(true);
      const program = startProgram(folder);
      await expectWhole(program, saved);
      const key = await keyOf(folder);
      for (const { name } of await program.must('system.backups', {})) {
        const copy = connect(path.join(folder, folderNames.backups, name), { key, access: 'look' });
        expect(copy.pragma('integrity_check(1)')).toBe('ok');
        copy.close();
      }
      await program.close();
    }
  },
  limit,
);

test(
  `killed ${kills} times while restoring: the ledger or the copy, whole, and what stood is set aside`,
  async () => {
    const random = seeded('kill while restoring');
    const folder = copyOfTemplate();
    const saved = new Map<string, string>();
    for (let round = 1; round <= kills; round++) {
      const lines = await live(['restore', folder, String(round * perRound), ''], random.below(600));
      // Each copy holds every record that was confirmed before it.
      collect(lines, saved);
      const program = startProgram(folder);
      await expectWhole(program, saved);
      await program.close();
      fs.rmSync(path.join(folder, folderNames.aside), { recursive: true, force: true });
    }
  },
  limit,
);

test(
  `killed ${kills} times while changing the password: the old or the new one opens, never neither`,
  async () => {
    const random = seeded('kill while changing the password');
    const folder = copyOfTemplate();
    let valid = [password];
    let changes = 0;
    for (let round = 1; round <= kills; round++) {
      // The last one lives long enough that some change is confirmed on a busy machine too.
      const life = random.below(120) + (round === kills ? 2_000 : 0);
      const lines = await live(['password', folder, String(round * perRound), ''], life);
      for (const [word, ...rest] of lines) {
        const given = rest.join(' ');
        if (word === 'changing') valid = [valid.at(-1) ?? '', given];
        if (word === 'changed') {
          valid = [given];
          changes++;
        }
      }
      const program = startProgram(folder);
      valid = [await expectWhole(program, new Map(), valid)];
      await program.close();
    }
    expect(changes).toBeGreaterThan(0);
  },
  limit,
);

test(
  `killed ${kills} times while upgrading: the old schema or the new one, whole, with a copy made before`,
  async () => {
    const random = seeded('kill while upgrading');
    const ends = { older: 0, newer: 0 };
    for (let round = 1; round <= kills; round++) {
      const folder = copyOfTemplate();
      const lines = await live(['upgrade', folder, '1', ''], random.below(250));
      const key = await keyOf(folder);
      const look = connect(path.join(folder, folderNames.ledger), { key, access: 'look' });
      const version = look.pragma<number>('user_version');
      const tables = look.column<string>({
        text: `select name from sqlite_schema where name like 'later\\_%' escape '\\'`,
        values: [],
      });
      look.close();
      if (version === laterVersion) ends.newer++;
      else ends.older++;
      expect(tables).toHaveLength(version === laterVersion ? laterSteps.migrations.length : 0);
      if (lines.some(([word]) => word === 'upgraded')) expect(version).toBe(laterVersion);
      const program = startProgram(folder, { extra: laterSteps });
      await expectWhole(program, new Map());
      expect((await program.must('ledger.list', { ledger: 'mediation' })).total).toBe(40);
      expect((await program.must('system.backups', {})).length).toBeGreaterThan(0);
      await program.close();
      fs.rmSync(folder, { recursive: true });
    }
    console.info(`kill: ${JSON.stringify(ends)}`);
  },
  limit,
);

/** `ledger-20260101-120000.db`, a second one of that second `…-2.db`: later ones are greater. */
const orderOf = (name: string) => {
  const [, day = '', time = '', turn = '1'] = /^ledger-(\d{8})-(\d{6})(?:-(\d+))?\.db$/.exec(name) ?? [];
  return `${day}${time}${turn.padStart(6, '0')}`;
};

async function keyOf(folder: string): Promise<Uint8Array> {
  const file = readKeyFile(folder);
  const key = file && (await keyByPassword(file, account, password));
  if (!key) throw new Error('no key');
  return key;
}
