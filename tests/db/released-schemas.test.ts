// A ledger of every released schema is opened and upgraded by today's program; killed half-way it is the old or the new one.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { thisMachine } from '#core/db/machine.ts';
import { migrations, newestOf } from '#core/db/migrations/all.ts';
import type { Migration } from '#core/db/migrations/migration.ts';
import { errorText } from '#shared/text/errors.ts';
import { account, folderNames, someCase, startProgram } from '../faults/programs.ts';
import { childEnv, temporaryFolder } from '../faults/support.ts';

type Facts = { schema: number; password: string; hash: string; records: number };
const at = path.join(import.meta.dirname, '..', 'fixtures', 'ledgers');
const fixtures = fs
  .readdirSync(at)
  .filter((name) => name.startsWith('schema-'))
  .map((name) => ({
    name,
    ...(JSON.parse(fs.readFileSync(path.join(at, name, 'facts.json'), 'utf8')) as Facts),
  }));
const newest = newestOf(migrations);
const nextStep: Migration = {
  number: newest + 10,
  name: 'next',
  up: 'CREATE TABLE next_one (seq INTEGER) STRICT',
};

function copyOf(name: string): string {
  const folder = temporaryFolder('schema');
  for (const file of [folderNames.ledger, folderNames.key, folderNames.identity])
    fs.copyFileSync(path.join(at, name, file), path.join(folder, file));
  // The ledger remembers the folder that it was made in: here it is opened as one that has always lain in this.
  fs.writeFileSync(path.join(folder, folderNames.machine), JSON.stringify({ machine: thisMachine() }));
  return folder;
}

async function openAndCheck(folder: string, { password, hash, records }: Facts, more = {}) {
  const program = startProgram(folder, more);
  program.token = (await program.must('session.signIn', { account, password })).token;
  expect(await program.must('system.hash', {})).toEqual({ hash, records });
  expect(await program.must('system.verify', {})).toMatchObject({ ok: true, findings: [], records });
  return program;
}

test('there is one of the newest schema or of an older one that steps lead up from', () => {
  expect(fixtures.length).toBeGreaterThan(0);
  for (const { name, schema } of fixtures) {
    expect(name).toBe(`schema-${schema}`);
    expect(schema).toBeLessThanOrEqual(newest);
  }
});

describe.each(fixtures)('a ledger of schema $schema', (fixture) => {
  const { name, schema, password } = fixture;

  test('opens with its content as it was, is upgraded after a copy, and takes new records', async () => {
    const folder = copyOf(name);
    const next = { extra: { ledgers: [], migrations: [nextStep] } };
    const program = await openAndCheck(folder, fixture, next);
    const saved = await program.must('ledger.save', { ledger: 'mediation', record: someCase(1) });
    expect(saved.record.caseNo).toBeTruthy();
    expect((await program.must('system.backups', {})).length).toBe(1);
    await program.close();
    const copy = fs.readdirSync(path.join(folder, folderNames.backups)).find((one) => one.endsWith('.db'));
    expect(copy).toBeDefined();
  });

  test.each(['middle', 'after'])('killed in the upgrade (%s): the old or the new, whole', async (when) => {
    const folder = copyOf(name);
    const child = path.join(import.meta.dirname, '..', 'faults', 'children', 'upgrader.ts');
    const { signal, stderr } = spawnSync(process.execPath, [child, folder, password, when], {
      encoding: 'utf8',
      env: childEnv,
    });
    expect([signal, stderr]).toEqual(['SIGKILL', '']);
    const today = startProgram(folder);
    const answer = await today.call('session.signIn', { account, password });
    await today.close();
    if (when === 'middle') {
      expect(answer.ok).toBe(true);
      await (await openAndCheck(folder, fixture)).close();
    } else {
      // The program of before says which version it found and which it knows, and leaves the newer one as it is.
      if (answer.ok) throw new Error('a newer ledger was opened');
      expect(answer.error).toMatchObject({ code: 'newer', params: { found: newest + 10, known: newest } });
      const sentence = errorText(answer.error);
      for (const version of [newest + 10, newest]) expect(sentence).toContain(String(version));
    }
    // The step that was interrupted goes through, or has gone through already.
    const step: Migration = { ...nextStep, name: 'throw-away' };
    await (await openAndCheck(folder, fixture, { extra: { ledgers: [], migrations: [step] } })).close();
  });

  test('its schema is one of the steps that never change', () => {
    expect(migrations.some((step) => step.number === schema)).toBe(true);
  });
});
