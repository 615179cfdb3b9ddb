import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRegistry, findRecord } from '#core/ledgers/registry.ts';
import { firstWrongVersion, versionId, versionsOf } from '#core/ledgers/versions.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { applyPatch, type Stored } from '#shared/ledgers/content.ts';
import { mediation } from '#shared/ledgers/mediation.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

const registry = createRegistry(ledgers);
let program: Program;
beforeAll(async () => {
  program = await aProgram();
});
afterAll(() => program.close());

test('the id is SHA-256 over record, content and parents, whatever the order of keys and whatever is empty', () => {
  const stored = (content: Record<string, unknown>): Stored => ({
    unitId: 'u',
    state: 'open',
    content: content as Stored['content'],
  });
  const one = versionId(
    mediation,
    'r',
    stored({ kind: '01', summary: 's', parties: [{ name: 'a', side: 'applicant' }] }),
    ['b', 'a'],
  );
  const two = versionId(
    mediation,
    'r',
    stored({
      parties: [{ side: 'applicant', name: 'a', phone: null }],
      remark: null,
      summary: 's',
      kind: '01',
    }),
    ['a', 'b'],
  );
  expect(two).toBe(one);
  expect(one).toMatch(/^[0-9a-f]{64}$/);
  const others = [
    versionId(mediation, 'q', stored({ kind: '01', summary: 's' }), []),
    versionId(mediation, 'r', stored({ kind: '01', summary: 's' }), ['a']),
    versionId(mediation, 'r', { ...stored({ kind: '01', summary: 's' }), state: 'voided' }, []),
    versionId(mediation, 'r', { ...stored({ kind: '01', summary: 's' }), unitId: 'v' }, []),
    versionId(mediation, 'r', stored({ kind: '01', summary: 't' }), []),
    versionId(mediation, 'r', stored({ kind: '01', summary: 's', isMigrantWorker: false }), []),
    versionId(mediation, 'r', stored({ kind: '01', summary: 's' }), []),
  ];
  expect(new Set(others).size).toBe(others.length);
});

type Edit =
  | { is: 'save'; remark: string | null; amount: number | null; names: string[]; kind: string }
  | { is: 'act'; action: keyof typeof asked };

const edit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      is: fc.constant('save' as const),
      remark: fc.option(fc.string({ unit: 'binary', maxLength: 30 })),
      amount: fc.option(fc.nat(10_000_000)),
      names: fc.array(fc.constantFrom('甲某', '乙某', '𠮷某', '丙公司'), { minLength: 1, maxLength: 4 }),
      kind: fc.constantFrom('01', '02', '10', '99'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.constant('act' as const),
      action: fc.constantFrom('archive', 'reopen', 'void'),
    }),
  },
);

/** What each step asks for; a closed record takes nothing else. */
const asked = { archive: { archivedOn: '2025-05-01' }, reopen: {}, void: { voidReason: '登记有误' } };

const recordOf = (one: Edit & { is: 'save' }) => {
  const base = aMediation()
    .about(one.kind)
    .with({
      remark: one.remark,
      parties: one.names.map((name, index) => ({
        side: index === 0 ? 'applicant' : 'respondent',
        type: 'natural',
        name,
      })),
    });
  return one.amount === null ? base : base.agreed('2025-03-02', one.amount);
};

test('after any edits every version can be rebuilt backwards, as it was saved, and verify finds nothing', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 12 }), async (edits) => {
      const { id } = await program.save(aMediation());
      const seen = new Map<string, { state: string; content: unknown }>();
      for (const one of [null, ...edits]) {
        const baseVersion = [...seen.keys()].at(-1) ?? '';
        if (one?.is === 'save') {
          const answer = await program
            .call('ledger.save', { ledger: 'mediation', id, baseVersion, record: recordOf(one).record() })
            .catch(refusal);
          if (typeof answer === 'string') expect(answer).toBe('action-not-allowed');
        } else if (one?.is === 'act') {
          const answer = await program
            .call('ledger.act', { id, action: one.action, record: asked[one.action] })
            .catch(refusal);
          if (typeof answer === 'string') expect(answer).toBe('action-not-allowed');
        }
        const whole = await program.call('ledger.get', { id });
        seen.set(whole.version, { state: whole.state, content: whole.record });
      }
      await program.look((db) => {
        const record = findRecord(db, registry, id);
        const versions = versionsOf(db, id);
        expect(firstWrongVersion(record, versions)).toBeNull();
        expect(versions.map((version) => version.id)).toEqual([...seen.keys()].reverse());
        let stored: Stored = { unitId: record.unitId, state: record.state, content: record.content };
        for (const version of versions) {
          expect({ state: stored.state, content: stored.content }).toEqual(seen.get(version.id));
          stored = applyPatch(stored, version.patch);
        }
      });
    }),
    { numRuns: 25 },
  );
  expect(await program.call('system.verify', {})).toMatchObject({ ok: true, findings: [] });
});

function refusal(error: unknown): string {
  return (error as { failure: { code: string } }).failure.code;
}

test('a version stores what it changed, not the whole record', async () => {
  const first = await program.save(aMediation().with({ remark: '原备注' }));
  const second = await program.save(aMediation().with({ remark: '新备注' }), {
    id: first.id,
    baseVersion: first.version,
  });
  expect(second.versions[0]).toMatchObject({
    parents: [first.version],
    account: 'admin',
    changed: ['remark'],
  });
  const patches = await program.look((db) => versionsOf(db, first.id).map(({ patch }) => patch));
  expect(patches).toEqual([{ remark: '原备注' }, {}]);
});

/** The hash as its definition says, from what the dispatcher tells: plain sorting, no SQL. */
async function recount(own: Program): Promise<string> {
  const lines: string[] = [];
  for (const { name } of ledgers) {
    const { rows } = await own.call('ledger.list', { ledger: name, limit: 1000 });
    lines.push(...rows.map(({ id, version }) => `${id} ${version}\n`));
  }
  return createHash('sha256').update(lines.sort().join('')).digest('hex');
}

test('the content hash is over sorted records and versions, not over the order in which they came', async () => {
  const own = await aProgram();
  try {
    // Ids that run against the order of saving, over two registers.
    for (const digit of [7, 3, 9, 1]) {
      await own.save(aMediation().accepted(`2025-03-0${digit}`), {
        id: `01950000-0000-7000-8000-00000000000${digit}`,
      });
    }
    const committee = { name: '甲村调委会', kind: 'village', establishedOn: '2020-01-01' };
    await own.call('ledger.save', {
      ledger: 'committee',
      id: '01950000-0000-7000-8000-000000000005',
      record: committee,
    });
    const first = await own.call('system.hash', {});
    expect(first).toEqual({ hash: await recount(own), records: 5 });
    const id = '01950000-0000-7000-8000-000000000007';
    const { version: baseVersion } = await own.call('ledger.get', { id });
    const changed = await own.save(aMediation().accepted('2025-03-07').with({ remark: '改' }), {
      id,
      baseVersion,
    });
    expect(changed.versions).toHaveLength(2);
    const second = await own.call('system.hash', {});
    expect(second).toEqual({ hash: await recount(own), records: 5 });
    expect(second.hash).not.toBe(first.hash);
  } finally {
    await own.close();
  }
});

test('verify names what somebody changed behind its back', async () => {
  const own = await aProgram();
  try {
    const { id } = await own.save(aMediation().with({ remark: '真' }));
    expect((await own.call('system.verify', {})).ok).toBe(true);
    await own.look((db) => db.exec(`update mediation_case set remark = '假' where id = '${id}'`));
    const found = await own.call('system.verify', {});
    expect(found.ok).toBe(false);
    expect(found.findings).toContainEqual({ check: 'version', object: id, message: expect.any(String) });
    await own.look((db) =>
      db.exec(
        `update mediation_case set remark = '真', kind = '88' where id = '${id}'; delete from search_doc; delete from audit_entry where seq = 2`,
      ),
    );
    const checks = new Set((await own.call('system.verify', {})).findings.map(({ check }) => check));
    expect(checks).toEqual(new Set(['version', 'content', 'search', 'audit']));
  } finally {
    await own.close();
  }
});

test('a row whose record is gone is named by verify', async () => {
  const own = await aProgram();
  try {
    await own.save(aMediation());
    await own.look((db) => {
      db.pragma('foreign_keys = OFF');
      db.exec(`insert into mediation_party (record_seq, ordinal, side, type, name)
        values (999, 0, 'applicant', 'natural', '无主')`);
    });
    expect(await own.call('system.verify', {})).toMatchObject({
      ok: false,
      findings: [{ check: 'reference', object: 'mediation_party' }],
    });
  } finally {
    await own.close();
  }
});
