import { derivations } from '#core/api/derivations.ts';
import type { Derivation } from '#core/ledgers/store.ts';
import type { PersonValues } from '#shared/ledgers/persons.ts';
import { copyOf, envOf, openCore, type Place, someCases } from './data-set.ts';
import { median, quantile, type Result, result, timed } from './measure.ts';

const asked = 200;
const warmUp = 20;

export type MatchTimes = { byName: number; byEar: number; bySlip: number };
type Party = Record<string, string>;

/** p95 of looking for parties of the ledger: by name alone (the commonest too), by ear with the phone, by a slip. */
export async function measureMatches(folder: string, place: Place): Promise<MatchTimes> {
  const core = openCore(envOf(copyOf(folder, 'match'), place));
  await core.signIn();
  const { total } = await core.call('ledger.list', { ledger: 'mediation', limit: 1 });
  const parties: Party[] = [];
  for (let at = 0; at < asked; at += 1) {
    const offset = Math.floor((total * at) / asked);
    const { rows } = await core.call('ledger.list', { ledger: 'mediation', limit: 1, offset });
    const { record } = await core.call('ledger.get', { id: rows[0]?.id ?? '' });
    parties.push(...((record.parties ?? []) as Party[]).filter(({ type }) => type === 'natural'));
  }
  const measure = async (valuesOf: (party: Party) => PersonValues | null): Promise<number> => {
    const inputs = parties.map(valuesOf).filter((values) => values !== null);
    for (const values of inputs.slice(0, warmUp)) await core.call('person.match', { values });
    const times: number[] = [];
    for (const values of inputs) times.push(await timed(() => core.call('person.match', { values })));
    return quantile(times, 0.95);
  };
  const byName = await measure(({ name }) => (name ? { name } : null));
  const byEar = await measure(({ name, phone }) =>
    name && phone ? { name: `${name.slice(0, -1)}\u4e00`, phone } : null,
  );
  const bySlip = await measure(({ idNumber }) =>
    idNumber
      ? { idNumber: `${idNumber.slice(0, 12)}${(Number(idNumber[12]) + 1) % 10}${idNumber.slice(13)}` }
      : null,
  );
  await core.close();
  return { byName, byEar, bySlip };
}

/** What the index of persons adds to a save: the same saves with it and without, by turns. */
export async function measurePersonUpkeep(folder: string, place: Place, saves: number): Promise<Result> {
  const list = derivations as Derivation[];
  const all = [...list];
  const others = all.filter(({ name }) => name !== 'persons');
  const use = (chosen: readonly Derivation[]) => void list.splice(0, list.length, ...chosen);
  const [with_, without] = [copyOf(folder, 'with'), copyOf(folder, 'without')].map((copy) =>
    openCore(envOf(copy, place)),
  );
  if (!with_ || !without) throw new Error('no copies');
  await with_.signIn();
  await without.signIn();
  const times: number[] = [];
  const bareTimes: number[] = [];
  for (const record of someCases(saves + warmUp, place)) {
    use(all);
    times.push(await timed(() => with_.call('ledger.save', { ledger: 'mediation', record })));
    use(others);
    bareTimes.push(await timed(() => without.call('ledger.save', { ledger: 'mediation', record })));
  }
  use(all);
  await with_.close();
  await without.close();
  const name = 'one durable save with the index of persons / without it (ratio)';
  return result(name, median(times.slice(warmUp)), median(bareTimes.slice(warmUp)), 1.4);
}

export function matchResults(now: MatchTimes, before: MatchTimes, tenth: number): Result[] {
  const line = (what: string, name: keyof MatchTimes) =>
    result(`likely persons ${what}, p95 (ms) / at ${tenth} records`, now[name], before[name], 50);
  return [
    line('by name', 'byName'),
    line('by ear and phone', 'byEar'),
    line('by a slip in the number', 'bySlip'),
  ];
}
