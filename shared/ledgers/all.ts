import type { LedgerSpec } from './describe.ts';
import { mediation } from './mediation.ts';
import { committee, mediator } from './organisation.ts';

/** Every register of the program. A new one: its description here, a migration, a workflow, fixtures. */
export const ledgers: readonly LedgerSpec[] = [mediation, committee, mediator];
