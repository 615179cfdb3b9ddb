import type { PersonValues } from '#shared/ledgers/persons.ts';
import { copyOf, envOf, openCore, type Place } from './data-set.ts';
import { quantile, type Result, result, timed } from './measure.ts';

const asked = 200;
const warmUp = 20;

export type MatchTimes = { byName: number; byEar: number; bySlip: number };
type Party = Record<string, string>;

/** p95 of looking for parties of the ledger: by name alone (the commonest too), by ear with the phone, by a slip. */
export async function measureMatches(folder: string, place: Place): Promise<MatchTimes> {
  const core = openCore(envOf(copyOf(folder, 'match'), place));
  await core.signIn();
  // Whoever enters a case has said why he looks: without it nobody is shown who is known.
  await core.call('session.reveal', { reason: 'bench' });
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

export function matchResults(now: MatchTimes, before: MatchTimes, tenth: number): Result[] {
  const line = (what: string, name: keyof MatchTimes) =>
    result(`likely persons ${what}, p95 (ms) / at ${tenth} records`, now[name], before[name], 50);
  return [
    line('by name', 'byName'),
    line('by ear and phone', 'byEar'),
    line('by a slip in the number', 'bySlip'),
  ];
}
