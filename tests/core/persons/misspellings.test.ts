// The index finds a person under each misspelling of a list of 200, and shows few others. With JUDICIAL_FULL=1 among
// 600,000 persons, else among a hundredth of them; the seed is fresh and printed.
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  aPopulation,
  type Misspelling,
  misspellings,
  partyOf,
  type Somebody,
} from '#tests/fixtures/persons.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

const isFull = process.env.JUDICIAL_FULL === '1';
const persons = isFull ? 600_000 : 6_000;
const perBatch = 2_000;
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

let program: Program;
let population: Somebody[];
beforeAll(async () => {
  program = await aProgram();
  population = aPopulation(persons, seed);
  for (let from = 0; from < persons; from += 2 * perBatch) {
    const records: Record<string, unknown>[] = [];
    for (let at = from; at < Math.min(persons, from + 2 * perBatch); at += 2) {
      const [applicant, respondent] = [population[at], population[at + 1]] as [Somebody, Somebody];
      records.push({
        acceptedOn: '2025-03-01',
        kind: '02',
        summary: '双方因院墙排水发生争执，请求调解。',
        parties: [
          { side: 'applicant', ...partyOf(applicant) },
          { side: 'respondent', ...partyOf(respondent) },
        ],
      });
    }
    await program.call('ledger.addMany', { ledger: 'mediation', records });
  }
}, 3_600_000);
afterAll(() => program.close());

test('each of 200 misspellings finds its person among at most five, fewer on average', async () => {
  const list = misspellings(population, seed + 1);
  expect(list).toHaveLength(200);
  const missed: Misspelling[] = [];
  const times: number[] = [];
  let shown = 0;
  for (const misspelling of list) {
    const { typed, of } = misspelling;
    const start = performance.now();
    const { same, matches } = await program.call('person.match', { values: typed });
    times.push(performance.now() - start);
    const found = same ? [same, ...matches] : matches;
    expect(found.length).toBeLessThanOrEqual(6);
    shown += found.length;
    const isMeant = ({ key, name }: { key: string; name: string }) =>
      of.number ? key === `i:${of.number}` : name === of.name && key.includes(of.phone ?? of.birthOn);
    if (!found.some(isMeant)) missed.push(misspelling);
  }
  times.sort((one, other) => one - other);
  console.log(
    `seed ${seed}: ${persons} persons, ${(shown / list.length).toFixed(2)} shown on average, ` +
      `${times[190]?.toFixed(1)} ms at p95, ${times.at(-1)?.toFixed(1)} ms at most`,
  );
  expect(missed, `seed ${seed}`).toEqual([]);
  expect(shown / list.length).toBeLessThanOrEqual(5);
}, 600_000);
