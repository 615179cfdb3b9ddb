// The program dies while it saves, again and again on the same ledger: what was confirmed is there.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { childEnv, isFull, makeLedger, seeded, startProgram, temporaryFolder } from './support.ts';

const kills = isFull ? 1000 : 50;
const perRound = 10_000;

test(
  `killed ${kills} times while saving: every confirmed record and draft is there, no number twice`,
  async () => {
    const random = seeded('kill');
    const folder = temporaryFolder('kill');
    await makeLedger(folder);
    /** Newest confirmed version of each record, highest confirmed content of each draft. */
    const saved = new Map<string, string>();
    const drafts = new Map<string, number>();
    let duringSaves = 0;

    for (let round = 1; round <= kills; round++) {
      const script = path.join(import.meta.dirname, 'children', 'saver.ts');
      const child = spawn(process.execPath, [script, folder, String(round * perRound)], { env: childEnv });
      const ended = once(child, 'exit');
      let said = '';
      let faults = '';
      child.stderr.on('data', (chunk) => (faults += String(chunk)));
      const confirmedBefore = random.below(6);
      const isBusy = new Promise<void>((resolve) => {
        child.stdout.on('data', (chunk) => {
          said += String(chunk);
          if (said.startsWith('ready\n') && said.split('\nsaved').length > confirmedBefore) resolve();
        });
      });
      // Most die in the middle of saving, some while they open the ledger that the last one left behind.
      await Promise.race(round % 10 === 0 ? [wait(200 + random.below(400))] : [isBusy, ended]);
      await wait(random.below(12));
      child.kill('SIGKILL');
      const [code, signal] = await ended;
      expect({ code, signal, faults }).toEqual({ code: null, signal: 'SIGKILL', faults: '' });
      // A last line without its end was cut off on its way here, not confirmed.
      for (const line of said.split('\n').slice(0, -1)) {
        const [word, id = '', value = ''] = line.split(' ');
        if (word === 'saved') saved.set(id, value);
        if (word === 'draft') drafts.set(id, Number(value));
      }
      if (said.includes('saved')) duringSaves++;
    }

    expect(duringSaves).toBeGreaterThan(kills / 2);
    const program = startProgram(folder);
    await program.signIn();
    await program.must('session.reveal', { reason: '核对' });
    for (const [id, version] of saved) {
      const whole = await program.must('ledger.get', { id });
      // A later version may stand that was kept but not yet confirmed.
      expect(whole.versions.map((each) => each.version)).toContain(version);
    }
    const kept = new Map(
      (await program.must('draft.list', {})).map((draft) => [draft.id, Number(draft.content.summary)]),
    );
    for (const [id, number] of drafts) expect(kept.get(id)).toBeGreaterThanOrEqual(number);
    const numbers: string[] = [];
    for (let offset = 0; ; offset += 1000) {
      const { rows } = await program.must('ledger.list', { ledger: 'mediation', offset, limit: 1000 });
      if (rows.length === 0) break;
      numbers.push(...rows.map((row) => String(row.caseNo)));
    }
    expect(numbers.length).toBeGreaterThanOrEqual(saved.size);
    expect(numbers.length - saved.size).toBeLessThanOrEqual(kills);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(await program.must('system.verify', {})).toEqual({
      ok: true,
      findings: [],
      records: numbers.length,
    });
    await program.close();
    console.info(
      `kill: ${saved.size} confirmed records, ${numbers.length} kept, ${duringSaves} of ${kills} while saving`,
    );
  },
  isFull ? 3_600_000 : 180_000,
);
