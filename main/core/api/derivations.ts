import type { Derivation } from '#core/ledgers/store.ts';

/** What the features keep up to date with every write, in this order. */
export const derivations: readonly Derivation[] = [];
