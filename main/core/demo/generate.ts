import { cases } from './cases.ts';
import { correctionRecords } from './correction.ts';
import { committees, mediators } from './organisations.ts';
import type { DemoPlan } from './plan.ts';
import { createRandom } from './random.ts';
import { casesPerFinding, type FoundCase, screenings, subsidyRates } from './screenings.ts';

export { demoFigures } from './figures.ts';
export { type DemoPlan, demoPlan } from './plan.ts';
export { oldCases, safetyRecords } from './safety.ts';

export type DemoRecord = { ledger: string; id: string; record: Record<string, unknown> };

/**
 * Synthetic records in the order in which they can be saved: committees, mediators,
 * standards of subsidy, cases by day, rounds of screening with what they found, community correction. The same plan gives
 * the same records and ids. Persons, numbers and firms are invented: identity numbers and credit codes name an area
 * that does not exist, telephone numbers a range that no carrier has.
 */
export function* demoRecords(plan: DemoPlan): Generator<DemoRecord> {
  const random = createRandom(plan.seed);
  const organisations = committees(plan, random);
  for (const { id, record } of organisations) yield { ledger: 'committee', id, record };
  const staff = mediators(plan, organisations, random);
  for (const { id, record } of staff) yield { ledger: 'mediator', id, record };
  yield* subsidyRates(plan);
  const found: FoundCase[] = [];
  let number = 0;
  for (const made of cases(plan, organisations, staff, random)) {
    yield made;
    number += 1;
    if (number % casesPerFinding === 0) found.push(made);
  }
  yield* screenings(plan, organisations, staff, found);
  yield* correctionRecords(plan, plan.correction);
}
