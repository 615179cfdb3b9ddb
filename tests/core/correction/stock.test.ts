// The register of persons under correction adds up, whatever happened: as figures of the program against plain counting.
import { expect, test } from 'vitest';
import type { Saved, Unit } from '#shared/api/types.ts';
import { addDays, asDay, daysBetween } from '#shared/domain/day.ts';
import { endsOf } from '#shared/ledgers/correction/person-workflow.ts';
import { aCorrection } from '#tests/fixtures/correction.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';

const persons = process.env.JUDICIAL_FULL ? 1500 : 120;
const seed = Number(process.env.JUDICIAL_SEED ?? Math.floor(Math.random() * 2 ** 31));
const years = [2022, 2023, 2024, 2025];

function randomOf(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What is possible for each category, so that only the history is random. */
const sentences: Readonly<Record<string, Record<string, unknown>>> = {
  '01': { penalty: '05' },
  '02': { penalty: '03', penaltyMonths: 6 },
  '03': { penalty: '03', penaltyTo: '2035-01-01' },
  '04': { penalty: '03', penaltyTo: '2035-01-01' },
};

test(`the stock holds over random histories of ${persons} persons (seed ${seed})`, {
  timeout: 600_000,
}, async () => {
  const random = randomOf(seed);
  const below = (most: number) => Math.floor(random() * most);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const county = await aProgram({ isCounty: true });
  try {
    const units = await county.call('units.tree', {});
    const stations = units.filter(({ level }) => level === 'station').slice(0, 3);
    expect(stations.length).toBe(3);
    const everyone: Saved[] = [];
    // The county's own desk, then one clerk at one station after the other
    for (const unit of [null, ...stations]) {
      const desk = unit === null ? county : await clerkAt(county, unit);
      for (let count = 0; count < persons / (stations.length + 1); count += 1)
        everyone.push(await history(desk, everyone.length + 1));
    }
    await recount(county, everyone, stations);
    // Whatever is done afterwards: ends taken back, records voided
    for (const [at, one] of everyone.entries()) {
      if (random() < 0.7) continue;
      const action = one.actions.includes('resume') && random() < 0.6 ? 'resume' : 'void';
      const record = action === 'void' ? { voidReason: '登记错误' } : {};
      everyone[at] = await county.call('ledger.act', {
        id: one.id,
        action,
        baseVersion: one.version,
        record,
      });
    }
    await recount(county, everyone, stations);
  } finally {
    await county.close();
  }

  async function history(desk: Person, order: number): Promise<Saved> {
    const category = pick(Object.keys(sentences));
    const from = addDays(asDay('2021-06-01'), below(1400));
    const later = (day: string, most: number) => {
      const room = daysBetween(asDay(day), asDay('2025-06-30'));
      return addDays(asDay(day), below(Math.max(1, Math.min(most, room) + 1)));
    };
    const record: Record<string, unknown> = {
      ...aCorrection({
        penaltyMonths: undefined,
        effectiveOn: from,
        decidedOn: from,
        documentsOn: undefined,
      }),
      ...sentences[category],
      category,
      registeredOn: from,
      termFrom: from,
      termTo: addDays(from, 365),
      entry: pick(['new', 'new', 'movedIn', undefined]),
      idNumber: makeIdentityNumber('1980-01-01', order % 999),
    };
    if (random() < 0.1) {
      const end = { endKind: 'notReceived', endedOn: later(from, 200), endReason: '撤销缓刑' };
      return desk.call('ledger.save', {
        ledger: 'correction',
        record: random() < 0.5 ? record : { ...record, ...end },
      });
    }
    const receivedOn = later(from, 30);
    Object.assign(record, { fileNo: `档${order}`, reportedOn: receivedOn, receivedOn, receivedWay: 'self' });
    if (random() < 0.8) record.declaredOn = later(receivedOn, 10);
    if (random() < 0.7) {
      const endKind = pick([...endsOf.released, ...endsOf.terminated, ...endsOf.movedOut]);
      const least = String(record.declaredOn ?? receivedOn);
      const expiry = String(record.termTo);
      const endedOn = endKind === 'expired' ? expiry : later(least, 700);
      if (endedOn <= '2025-06-30') Object.assign(record, { endKind, endedOn, endReason: '见文书' });
    }
    return desk.call('ledger.save', { ledger: 'correction', record });
  }

  async function recount(where: Person, all: readonly Saved[], stations: readonly Unit[]): Promise<void> {
    const counting = all.filter(({ state }) => state !== 'voided');
    const figureOf = async (year: number, unit?: string) => {
      const { figures } = await where.call('indicator.list', { year, ...(unit ? { unit } : {}) });
      const found = new Map(figures.map(({ code, value }) => [code, value]));
      return (code: string): number => Number(found.get(`correctionStock.${code}`));
    };
    let before = counting.filter(({ record }) => inRegisterOn(record, '2021-12-31')).length;
    for (const year of years) {
      const value = await figureOf(year);
      const end = value('inRegister');
      // By the program and by hand
      expect(end, `${year} ${seed}`).toBe(
        counting.filter(({ record }) => inRegisterOn(record, `${year}-12-31`)).length,
      );
      const [came, went] = [
        value('received') + value('movedIn'),
        value('released') + value('terminated') + value('movedOut'),
      ];
      expect(end, `start + in - out, ${year} ${seed}`).toBe(before + came - went);
      const categories = ['01', '02', '03', '04', '99'].map((code) => value(`category${code}`));
      expect(sum(categories), `by category ${seed}`).toBe(end);
      expect(value('male') + value('female') + value('otherSex'), `by sex ${seed}`).toBe(end);
      const byUnit = new Map<string, number>();
      for (const { unitId, record } of counting)
        if (inRegisterOn(record, `${year}-12-31`)) byUnit.set(unitId, (byUnit.get(unitId) ?? 0) + 1);
      let ofStations = 0;
      for (const { id, code } of stations) {
        const own = (await figureOf(year, code))('inRegister');
        expect(own, `${code} ${year} ${seed}`).toBe(byUnit.get(id) ?? 0);
        ofStations += own;
      }
      const ofCounty = counting.filter(
        ({ unitId, record }) =>
          !stations.some(({ id }) => id === unitId) && inRegisterOn(record, `${year}-12-31`),
      ).length;
      expect(ofStations + ofCounty, `by station ${seed}`).toBe(end);
      before = end;
    }
    expect(before).toBeGreaterThan(0);
  }
});

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

function inRegisterOn({ receivedOn, endedOn }: Record<string, unknown>, day: string): boolean {
  return (
    typeof receivedOn === 'string' && receivedOn <= day && !(typeof endedOn === 'string' && endedOn <= day)
  );
}

/** The one clerk, at this station from now on. */
async function clerkAt(county: Program, { id: unitId }: Unit): Promise<Person> {
  await county.call('session.confirm', { password });
  const known = (await county.call('account.list', {})).find(({ name }) => name === clerk);
  if (known) {
    await county.call('account.change', { changes: [{ id: known.id, unitId }] });
    return county.signIn(clerk);
  }
  await county.call('account.create', { name: clerk, password: given, role: 'clerk', unitId });
  const person = await county.signIn(clerk, given);
  await person.call('session.changePassword', { password: given, newPassword: password });
  await person.call('session.reveal', { reason: '办理业务' });
  return person;
}
const [clerk, given] = ['所里经办人', 'qinghe-2025'];
