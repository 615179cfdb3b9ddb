// Any role, unit and registers, over any records of a county: an account finds exactly what is in its scope, and nothing of
// the rest by any way, not in a count, a refusal or a sheet (个人信息保护法 51(四)).
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Role, roles } from '#shared/api/rights.ts';
import { shareDuties } from '#tests/fixtures/duties.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';
import { waysToAsk } from '#tests/fixtures/ways-to-ask.ts';

const given = 'qinghe-2025';
type Made = { id: string; ledger: string; unitId: string; secrets: string[] };
let county: Program;
let own = '';
let probe: Person;
let probeId = '';
const stations: string[] = [];
const made: Made[] = [];

const idOf = async (name: string) =>
  (await county.call('account.list', {})).find((account) => account.name === name)?.id ?? '';
async function enter(name: string): Promise<Person> {
  const person = await county.signIn(name, given);
  await person.call('session.changePassword', { password: given, newPassword: password });
  await person.call('session.reveal', { reason: '办理业务' });
  return person;
}

beforeAll(async () => {
  county = await aProgram({ isCounty: true });
  const units = await county.call('units.tree', {});
  own = units.find(({ level }) => level === 'county')?.id ?? '';
  stations.push(
    ...units
      .filter(({ level }) => level === 'station')
      .slice(0, 3)
      .map(({ id }) => id),
  );
  await shareDuties(county, given);
  for (const [name, unitId] of [
    ['甲', stations[0]],
    ['乙', stations[1]],
    ['丙', stations[2]],
    ['丁', own],
    ['试', own],
  ] as const)
    await county.call('account.create', { name, role: 'clerk', password: given, unitId: unitId ?? '' });
  // Each unit has a few records of two registers, with names that stand nowhere else.
  const letters = [...'曜谧濮霁宸狐筱冉璟珩亓琚瑄璠琮玥璐珅琛瑾'];
  const [counts = []] = fc.sample(
    fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 4, maxLength: 4 }),
    1,
  );
  for (const [at, name] of ['甲', '乙', '丙', '丁'].entries()) {
    const person = await enter(name);
    for (let turn = 0; turn < (counts[at] ?? 1); turn += 1) {
      const applicant = `${letters[at]}${letters[4 + turn]}${letters[8 + at]}`;
      const number = makeIdentityNumber('1987-03-14', 10 * at + turn + 1);
      const saved = await person.save(
        aMediation().between(applicant, `${applicant}氏`).withApplicant({ idNumber: number }),
      );
      const finding = await person.call('ledger.save', {
        ledger: 'finding',
        record: { name: `${applicant}水井纠纷`, foundOn: '2025-05-01', persons: applicant, summary: '争水' },
      });
      const { id, unitId } = saved;
      made.push({
        id,
        unitId,
        ledger: 'mediation',
        secrets: [applicant, number, id, String(saved.record.caseNo)],
      });
      made.push({
        id: finding.id,
        unitId: finding.unitId,
        ledger: 'finding',
        secrets: [`${applicant}水井`, finding.id],
      });
    }
  }
  probe = await enter('试');
  probeId = await idOf('试');
}, 120_000);
afterAll(() => county.close());

type Holding = { role: Role; unit: number; registers: string[] | null };
const holding: fc.Arbitrary<Holding> = fc.record({
  role: fc.constantFrom(...roles),
  unit: fc.integer({ min: 0, max: 3 }),
  registers: fc.option(fc.subarray(['mediation', 'finding', 'committee'], { minLength: 1 }), { nil: null }),
});

/** The probe's account with another role, unit and registers; what it is to see of all that was made. */
async function hold({ role, unit, registers }: Holding): Promise<(one: Made) => boolean> {
  const unitId = stations[unit] ?? own;
  await county.call('account.change', { changes: [{ id: probeId, role, unitId, ledgers: registers }] });
  await probe.ask('session.reveal', { reason: '办理业务' });
  return (one) => (unitId === own || one.unitId === unitId) && (registers?.includes(one.ledger) ?? true);
}

test('lists, counts, hits and records are exactly those of the scope', { timeout: 120_000 }, async () => {
  const found = async (ledger: string): Promise<string[] | 'refused'> => {
    const answer = await probe.ask('ledger.list', { ledger, limit: 1000 });
    if (!answer.ok) return 'refused';
    const { rows, total } = answer.value as { rows: { id: string }[]; total: number };
    expect(total).toBe(rows.length);
    return rows.map(({ id }) => id).sort();
  };
  await fc.assert(
    fc.asyncProperty(holding, async (held) => {
      const sees = await hold(held);
      for (const ledger of ['mediation', 'finding']) {
        const wanted = made.filter((one) => one.ledger === ledger && sees(one)).map(({ id }) => id);
        const isShut = held.registers !== null && !held.registers.includes(ledger);
        expect(await found(ledger)).toEqual(isShut ? 'refused' : wanted.sort());
      }
      for (const one of made) {
        expect((await probe.ask('ledger.get', { id: one.id })).ok).toBe(sees(one));
        if (one.ledger !== 'mediation' || held.role === 'auditor') continue;
        const hits = await probe.call('search.find', { text: one.secrets[0] ?? '' });
        const named = made.filter(
          (other) => sees(other) && other.secrets[0]?.startsWith(one.secrets[0] ?? ''),
        );
        expect(hits.total).toBe(named.length);
      }
    }),
    { numRuns: 12, endOnFailure: true },
  );
});

test('nothing of the rest comes by any way', { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(holding, fc.nat(), async (held, pick) => {
      const sees = await hold(held);
      const rest = made.filter((one) => !sees(one));
      // Somebody may stand in a finding that is seen and in a case that is not.
      const known = made.filter(sees).flatMap((one) => one.secrets);
      const hidden = rest.flatMap((one) => one.secrets);
      const secrets = hidden.filter((secret) => !known.some((text) => text.includes(secret)));
      const cases = made.filter(({ ledger }) => ledger === 'mediation');
      const asked = (rest.filter(({ ledger }) => ledger === 'mediation')[0] ??
        cases[pick % cases.length]) as Made;
      const other = made[pick % made.length] as Made;
      const [applicant = '', number = ''] = asked.secrets;
      const leaks: string[] = [];
      for (const [method, input] of waysToAsk(
        { mediation: asked.id, other: other.id },
        { applicant, number },
      )) {
        const said = JSON.stringify(await probe.ask(method, input));
        const asking = JSON.stringify(input);
        for (const secret of secrets)
          if (said.includes(secret) && !asking.includes(secret)) leaks.push(`${method} ${asking}: ${secret}`);
      }
      expect(leaks).toEqual([]);
    }),
    { numRuns: 4, endOnFailure: true },
  );
});

test('a sight that was given for a reason goes with the right to it', async () => {
  const [first] = made;
  await hold({ role: 'clerk', unit: 3, registers: null });
  const titleOf = async () =>
    (await probe.call('ledger.titles', { ledger: 'mediation', ids: [first?.id ?? ''] }))[first?.id ?? ''];
  expect(await titleOf()).toContain(first?.secrets[0]);
  await county.call('account.change', { changes: [{ id: probeId, role: 'auditor' }] });
  expect(await titleOf()).not.toContain(first?.secrets[0]);
});

test('what somebody took out of a case stays his to account for, the case does not', async () => {
  const one = made.find(({ ledger, unitId }) => ledger === 'mediation' && unitId === stations[0]) as Made;
  await hold({ role: 'clerk', unit: 0, registers: null });
  await probe.call('paper.issue', { id: one.id, kind: 'application' });
  await hold({ role: 'clerk', unit: 1, registers: null });
  const { rows } = await probe.call('transfer.list', { direction: 'out', limit: 500 });
  const [row] = rows;
  expect(row).toMatchObject({ account: '试', recordId: null, title: null });
  expect(JSON.stringify(rows)).not.toContain(one.id);
});
