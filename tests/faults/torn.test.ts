// Power goes: besides the program dying, what was not flushed is lost, torn or garbage. A true model of it: every byte that
// the -wal had when a save was confirmed (it was flushed then) stays; of what was written later any 512-byte sector may
// be missing, zero or nonsense, and the file may be longer than what was written into it. The -shm is gone.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import {
  childEnv,
  folderNames,
  isFull,
  makeLedger,
  type Random,
  seeded,
  startProgram,
  temporaryFolder,
} from './support.ts';

const runs = isFull ? 1000 : 25;
const sector = 512;

/** Tears what lies behind `safe` in a file; returns how many bytes were at stake. */
function tear(file: string, safe: number, random: Random): number {
  if (!fs.existsSync(file)) return 0;
  const bytes = fs.readFileSync(file);
  const tail = bytes.length - safe;
  const way = random.below(4);
  const nonsense = () => Buffer.from(Array.from({ length: sector }, () => random.below(256)));
  if (way === 0) fs.truncateSync(file, safe + random.below(tail + 1));
  else {
    for (let at = safe; at < bytes.length; at += sector) {
      const end = Math.min(at + sector, bytes.length);
      const what = random.below(3);
      if (what === 1) bytes.fill(0, at, end);
      if (what === 2) nonsense().copy(bytes, at, 0, end - at);
    }
    const longer =
      way === 1
        ? []
        : Array.from({ length: random.below(30) }, () => (way === 2 ? Buffer.alloc(sector) : nonsense()));
    fs.writeFileSync(file, Buffer.concat([bytes, ...longer]));
  }
  return tail;
}

test(
  `power cut ${runs} times while saving: every confirmed record and draft is there, and nothing is damaged`,
  async () => {
    const random = seeded('torn writes');
    const folder = temporaryFolder('torn');
    await makeLedger(folder);
    const saved = new Map<string, string>();
    const drafts = new Map<string, number>();
    // Looked for after the next cuts, and all once more at the end: all of them each time is quadratic.
    const fresh = new Set<string>();
    let torn = 0;
    // On a busy machine few lives are cut in the middle of a write: as many more as it takes to tear one.
    for (let round = 1; round <= runs || (torn === 0 && round <= 4 * runs); round++) {
      const script = path.join(import.meta.dirname, 'children', 'saver.ts');
      const child = spawn(process.execPath, [script, folder, String(round * 1000)], { env: childEnv });
      const ended = once(child, 'exit');
      let said = '';
      const isBusy = new Promise<void>((resolve) => {
        child.stdout.on('data', (chunk) => {
          said += String(chunk);
          if (said.includes('\nsaved')) resolve();
        });
      });
      await Promise.race([isBusy, ended]);
      await wait(random.below(60));
      child.kill('SIGKILL');
      expect((await ended)[1]).toBe('SIGKILL');
      const safe = { saved: 0, draft: 0 };
      for (const line of said.split('\n').slice(0, -1)) {
        const [word, id = '', value = '', size = '0'] = line.split(' ');
        if (word === 'saved') {
          saved.set(id, value);
          fresh.add(id);
        }
        if (word === 'draft') drafts.set(id, Number(value));
        if (word === 'saved' || word === 'draft') safe[word] = Math.max(safe[word], Number(size));
      }
      // A life that confirmed nothing says nothing of what is flushed: nothing is torn in it.
      for (const [word, name] of [
        ['saved', 'ledger'],
        ['draft', 'drafts'],
      ] as const) {
        const file = path.join(folder, folderNames[name]);
        if (safe[word] > 0 && tear(`${file}-wal`, safe[word], random) > 0) torn++;
        fs.rmSync(`${file}-shm`, { force: true });
      }
      if (round % 5 !== 0) continue;
      const program = startProgram(folder);
      await program.signIn();
      await program.must('session.reveal', { reason: '核对' });
      for (const id of round + 5 > runs ? saved.keys() : fresh) {
        const { versions } = await program.must('ledger.get', { id });
        expect(versions.map((each) => each.version)).toContain(saved.get(id));
      }
      fresh.clear();
      const kept = new Map(
        (await program.must('draft.list', {})).map((draft) => [draft.id, Number(draft.content.summary)]),
      );
      for (const [id, number] of drafts) expect(kept.get(id)).toBeGreaterThanOrEqual(number);
      expect(await program.must('system.verify', {})).toMatchObject({ ok: true, findings: [] });
      await program.close();
    }
    expect(torn).toBeGreaterThan(0);
    console.info(`torn: ${saved.size} confirmed records, ${torn} files with bytes at stake`);
  },
  isFull ? 7_200_000 : 300_000,
);
